#include <fmt/format.h>

#include <memory>

#include "commands.h"
#include "tierline/paragraph.h"
#include "tierline/profile.h"
#include "tierline/text.h"

namespace tierline {

void add_profiles(CLI::App& app, Action& action) {
  auto* command =
      app.add_subcommand("profiles", "List what exports can be read; check or print a profile");
  command->require_subcommand(0, 1);
  command->callback([&action, command] {
    if (command->get_subcommands().empty()) {
      action = [] {
        for (const Profile& profile : built_in_profiles()) {
          fmt::print("{:<14}{}\n{}\n\n", profile.id(), profile.title(),
                     paragraph("  ", profile.description()));
        }
        fmt::print(
            "An export of another kind is described by a profile of your own:\n"
            "  tierline profiles check EXPORT --suggest > mine.json\n"
            "  tierline profiles check EXPORT --profile mine.json\n"
            "  tierline audit EXPORT --profile mine.json\n"
            "fixtures/tutorial/README.md shows how, step by step.\n");
        return 0;
      };
    }
  });
  command->footer(
      "A profile for an export of your own, in ten minutes: fixtures/tutorial/README.md");
  add_profiles_check(*command, action);
  auto* show = command->add_subcommand("show", "Print a profile, to start one from");
  auto name = std::make_shared<std::string>();
  show->add_option("name", *name, "The profile")->required()->type_name("NAME");
  auto as_page = std::make_shared<bool>(false);
  show->add_flag("--page", *as_page, "As a page for people, of Markdown");
  show->callback([name, as_page, &action] {
    action = [name, as_page] {
      std::vector<std::string> names;
      for (const Profile& profile : built_in_profiles()) {
        if (profile.id() == *name) {
          fmt::print("{}", *as_page ? profile.page() : profile.document());
          return 0;
        }
        names.push_back(profile.id());
      }
      return fail(fmt::format("no profile is called '{}'{}; there are {}", *name,
                              did_you_mean(*name, names), join(names, ", ")));
    };
  });
}

}  // namespace tierline
