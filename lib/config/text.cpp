// What is in force, written as TOML.

#include "tierline/text.h"

#include <fmt/format.h>

#include <algorithm>

#include "config/quoted.h"
#include "support/documents.h"
#include "tierline/config.h"

namespace tierline {
namespace {

std::string list(const std::vector<std::string>& texts) {
  std::vector<std::string> all;
  for (const std::string& text : texts) {
    all.push_back(toml_quoted(text));
  }
  return fmt::format("[{}]", join(all, ", "));
}

class Writer {
 public:
  explicit Writer(const Config& config) : config_(config) {}

  std::string text() {
    if (config_.files.empty()) {
      out_ += "# No tierline.toml: all of this is built in, or said on the command line.\n";
    } else {
      out_ += fmt::format("# From {} (digest {})\n", join(config_.files, ", "), config_.digest);
    }
    if (!config_.estate.empty()) {
      line("estate", toml_quoted(config_.estate));
    }
    line("set", toml_quoted(to_string(config_.set)));
    line("acceptances", list(config_.acceptance_files));
    line("acceptance_policy", toml_quoted(to_string(config_.acceptances.policy)));
    line("fail_on", toml_quoted(to_string(config_.fail_on)));
    line("it_orgs", list(config_.it_orgs));
    line("executive_titles", list(config_.executive_titles));
    if (!config_.link.text().empty()) {
      line("link", toml_quoted(config_.link.text()));
    }
    line("placeholder_words", list(config_.placeholder_words));
    line("profiles", list(config_.profiles));
    out_ += "\n[guard]\n";
    limit("fall", config_.guard.fall);
    limit("fallen_records", config_.guard.fallen_records);
    limit("rise", config_.guard.rise);
    limit("risen_findings", config_.guard.risen_findings);
    out_ += "\n[domain_owners]\n";
    for (const DomainOwner& one : config_.domain_owners) {
      commented(fmt::format("{} = {}", toml_quoted(one.classes), toml_quoted(one.owner)),
                to_string(one.said));
    }
    out_ += "\n[rules]\n";
    for (const Rule* rule : Register<Rule>::all()) {
      write(*rule);
    }
    for (const Acceptance& one : config_.acceptances.all) {
      if (std::ranges::find(config_.acceptance_files, one.place.file) ==
          config_.acceptance_files.end()) {
        out_ += fmt::format("\n# {}\n{}", to_string(one.place), acceptance_text(one));
      }
    }
    return std::move(out_);
  }

 private:
  void line(const std::string& key, const std::string& value) {
    commented(fmt::format("{} = {}", key, value), who_says(key));
  }

  void limit(std::string_view name, std::uint32_t value) {
    commented(fmt::format("{} = {}", name, value), who_says(fmt::format("guard.{}", name)));
  }

  void write(const Rule& rule) {
    const auto found = config_.rules.find(rule.id);
    const RuleSettings settings = found == config_.rules.end() ? RuleSettings() : found->second;
    const std::string key = fmt::format("rules.{}", rule.id);
    std::string text = fmt::format(
        "{} = {{on = {}, severity = \"{}\", fails = {}", rule.id, settings.is_on(rule, config_.set),
        to_string(settings.severity.value_or(rule.severity)), settings.may_fail(rule));
    std::vector<std::string> said;
    const auto say = [&](std::string_view name) {
      if (const auto place = config_.places.find(fmt::format("{}.{}", key, name));
          place != config_.places.end()) {
        said.push_back(fmt::format("{}: {}", name, to_string(place->second)));
      }
    };
    say("on");
    say("severity");
    say("fails");
    for (const RuleOption& option : rule.options) {
      text += fmt::format(", {} = {}", option.name, settings.option(option));
      say(option.name);
    }
    commented(text + '}', said.empty() ? "built in" : join(said, ", "));
  }

  [[nodiscard]] std::string who_says(std::string_view key) const {
    const auto place = config_.places.find(key);
    return place == config_.places.end() ? "built in" : to_string(place->second);
  }

  void commented(const std::string& text, const std::string& comment) {
    out_ += fmt::format("{:<40}  # {}\n", text, comment);
  }

  const Config& config_;
  std::string out_;
};

}  // namespace

std::string config_text(const Config& config) {
  return Writer(config).text();
}

std::string_view config_schema() {
  return embedded_config_schema();
}

}  // namespace tierline
