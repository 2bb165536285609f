#include <fmt/format.h>

#include <memory>

#include "commands.h"
#include "tierline/paragraph.h"
#include "tierline/rule.h"
#include "tierline/text.h"

namespace tierline {
namespace {

template <typename Element>
std::string words(const std::vector<Element>& elements) {
  std::vector<std::string> all;
  for (const Element& element : elements) {
    all.emplace_back(to_string(element));
  }
  return all.empty() ? "-" : join(all, ", ");
}

std::string phrases(const std::vector<RuleInput>& inputs) {
  std::vector<std::string> all;
  for (const RuleInput input : inputs) {
    all.emplace_back(phrase(input));
  }
  return all.empty() ? "-" : join(all, ", ");
}

void print_rule(const Rule& rule) {
  fmt::print("{}: {}\n\n{}\n\nWhat it finds\n{}\n\nWhat to do\n{}\n\n", rule.id, rule.title,
             paragraph("  ", rule.rationale), paragraph("  ", rule.definition),
             paragraph("  ", rule.remedy));
  fmt::print("Severity   {}; a step worse for criticality 1 and external services\n",
             to_string(rule.severity));
  fmt::print("Certainty  {}\n", to_string(rule.certainty));
  fmt::print("Confidence {}{}\n", to_string(rule.confidence),
             rule.confidence == Confidence::certain
                 ? ""
                 : "; fails no run, unless the configuration says so");
  fmt::print("Set        {}\n", to_string(rule.set));
  fmt::print("Judges     {}\n", rule.tiers.empty() ? "the export" : words(rule.tiers));
  fmt::print("Needs      {}\nFields     {}\n", words(rule.needs), phrases(rule.inputs));
  if (!rule.details.empty()) {
    fmt::print("Reads      {}, where the export has it\n", phrases(rule.details));
  }
  for (const RuleOption& option : rule.options) {
    fmt::print("Option     {}: {}; {} without it\n", option.name, option.meaning, option.standard);
  }
}

}  // namespace

void add_rules(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand("rules", "List the rules, or explain one");
  auto id = std::make_shared<std::string>();
  command->add_option("rule", *id, "The rule to explain")->type_name("RULE");
  command->footer(
      "Examples:\n"
      "  tierline rules orphaned-supporting-service\n"
      "  tierline rules owner-overloaded      its option goes into tierline.toml");
  command->callback([id, &action] {
    action = [id] {
      if (id->empty()) {
        for (const Rule* rule : Register<Rule>::all()) {
          fmt::print("{:<38}{:<9}{:<9}{:<6}{}\n", rule->id, to_string(rule->severity),
                     to_string(rule->confidence), to_string(rule->set), rule->title);
        }
        return 0;
      }
      const Rule* rule = rule_called(*id);
      if (rule == nullptr) {
        const auto ids = Register<Rule>::ids();
        return fail(fmt::format("no rule is called '{}'{}; there are {}", *id,
                                did_you_mean(*id, ids), join(ids, ", ")));
      }
      print_rule(*rule);
      return 0;
    };
  });
}

}  // namespace tierline
