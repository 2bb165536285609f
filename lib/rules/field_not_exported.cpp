#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "analysis/wording.h"
#include "tierline/rule.h"
#include "tierline/text.h"

namespace tierline {
namespace {

/// The core rules that judge items of a tier by an input.
std::vector<std::string> rules_needing(RuleInput input, Tier tier) {
  std::vector<std::string> ids;
  for (const Rule* rule : Register<Rule>::all()) {
    if (rule->set == RuleSet::core &&
        std::ranges::find(rule->inputs, input) != rule->inputs.end() &&
        std::ranges::find(rule->tiers, tier) != rule->tiers.end()) {
      ids.emplace_back(rule->id);
    }
  }
  return ids;
}

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  std::map<std::uint32_t, ItemId> first_of_class;
  for (const ItemId item : inventory.items()) {
    first_of_class.try_emplace(inventory.item_class(item), item);
  }
  const auto inputs = inventory.class_inputs();
  for (std::uint32_t i = 0; i < inputs.size(); ++i) {
    const ClassInput& one = inputs[i];
    const ItemId first = first_of_class[one.item_class];
    const SourceShape& shape = estate.reach.shapes[inventory.source_of(first)];
    const bool is_beside_the_point =
        one.input == RuleInput::portfolio && (shape.portfolios == 0 || shape.listings > 0);
    if (one.exported || !one.is_field || one.fields.empty() || is_beside_the_point) {
      continue;
    }
    if (!rules_needing(one.input, inventory.tier(first)).empty()) {
      facts.add(SubjectKind::field, i, {index_of(first)});
    }
  }
}

void word(const FactView& fact, Finding& finding) {
  const Inventory& inventory = fact.inventory();
  const ClassInput& one = inventory.class_inputs()[fact.subject()];
  const ItemId first{fact.evidence()[0]};
  const auto rules = rules_needing(one.input, inventory.tier(first));
  const std::string& class_name = inventory.class_names()[one.item_class];
  const std::string input(to_string(one.input));
  finding.subject.id = fmt::format("{}.{}", class_name, input);
  finding.subject.name = fmt::format("{} of {}", one.fields, class_name);
  finding.subject.attributes = {{"class", class_name}, {"input", input}};
  finding.location = {inventory.place(first).file, 0};
  finding.message = fmt::format("is not in the export; {} {} it", name_list(rules, rules.size()),
                                rules.size() == 1 ? "needs" : "need");
  finding.evidence = {{"rules", rules}};
}

std::string brief(const FactView& /*fact*/) {
  return "is not in the export";
}

std::set<std::string> needed_by(const FactView& fact) {
  const ClassInput& one = fact.inventory().class_inputs()[fact.subject()];
  const auto rules = rules_needing(one.input, fact.inventory().tier(ItemId{fact.evidence()[0]}));
  return {rules.begin(), rules.end()};
}

std::string cause(const FactView& fact) {
  const ClassInput& one = fact.inventory().class_inputs()[fact.subject()];
  return fmt::format("{}: {}", to_string(one.input), one.fields);
}

std::string tell_together(std::span<const FactView> facts) {
  const Inventory& inventory = facts.front().inventory();
  std::vector<std::string> classes;
  std::set<std::string> rules;
  for (const FactView& fact : facts) {
    const ClassInput& one = inventory.class_inputs()[fact.subject()];
    classes.push_back(inventory.class_names()[one.item_class]);
    rules.merge(needed_by(fact));
  }
  const std::vector<std::string> ids(rules.begin(), rules.end());
  return fmt::format("{} is not in the export of {}: {}; {} {} it",
                     inventory.class_inputs()[facts.front().subject()].fields,
                     count_of(facts.size(), "class", "classes"), name_list(classes, 6),
                     name_list(ids, ids.size()), ids.size() == 1 ? "needs" : "need");
}

const Register<Rule> rule{{
    .id = "field-not-exported",
    .title = "Field that rules need is not in the export",
    .severity = Severity::medium,
    .certainty = Certainty::proven,
    .rationale = "A field that was not exported is not an empty field. Judging by it would make "
                 "thousands of findings about an export, and none about the estate.",
    .definition =
        "A class of live items no page of which has a field that a rule needs; one finding "
        "for each class and field. The rules are not evaluated for that class.",
    .remedy = "Export the table again with the field in its list of columns.",
    .tiers = {},
    .population = Population::tables,
    .needs = {},
    .inputs = {},
    .check = check,
    .word = word,
    .brief = brief,
    .cause = cause,
    .tell_together = tell_together,
}};

}  // namespace
}  // namespace tierline
