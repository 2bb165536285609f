#include "usage.h"

#include <fmt/format.h>

#include "tierline/text.h"

namespace tierline {
namespace {

/// `tierline profiles show`.
std::string path_of(const CLI::App& command) {
  const CLI::App* parent = command.get_parent();
  return (parent != nullptr ? path_of(*parent) + ' ' : "") + command.get_name();
}

std::vector<std::string> options_of(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options({})) {
    for (const std::string& name : option->get_lnames()) {
      names.push_back("--" + name);
    }
  }
  return names;
}

std::vector<std::string> commands_of(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::App* subcommand : command.get_subcommands({})) {
    names.push_back(subcommand->get_name());
  }
  return names;
}

/// What to say of a word that the command did not expect.
std::string unexpected(const CLI::App& command, const std::string& word) {
  if (word.starts_with('-')) {
    const std::string option = word.substr(0, word.find('='));
    return fmt::format("no option is called '{}'{}", option,
                       did_you_mean(option, options_of(command)));
  }
  const auto commands = commands_of(command);
  return commands.empty()
             ? fmt::format("'{}' is a word too many", word)
             : fmt::format("no command is called '{}'{}", word, did_you_mean(word, commands));
}

}  // namespace

std::string usage_error(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App* command = &app;
  std::string message = error.what();
  while (true) {
    // A word that nobody expected explains the error, whatever else is missing because of it.
    if (const auto words = command->remaining(); !words.empty()) {
      message = unexpected(*command, words.front());
      break;
    }
    const auto chosen = command->get_subcommands();
    if (chosen.empty()) {
      if (command->get_require_subcommand_min() > 0) {
        message = fmt::format("name a command: {}", join(commands_of(*command), ", "));
      }
      break;
    }
    command = chosen.back();
  }
  return fmt::format("{}; see {} --help", message, path_of(*command));
}

}  // namespace tierline
