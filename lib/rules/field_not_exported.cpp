#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "judge/wording.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

/// The rules that judge items of a tier by an input.
std::vector<std::string> rules_needing(Input input, Tier tier) {
  std::vector<std::string> ids;
  for (const Rule* rule : Register<Rule>::all()) {
    if (std::ranges::find(rule->inputs, input) != rule->inputs.end() &&
        std::ranges::find(rule->tiers, tier) != rule->tiers.end()) {
      ids.emplace_back(rule->id);
    }
  }
  return ids;
}

void check(const Estate& estate, Findings& findings) {
  const Inventory& inventory = estate.inventory;
  std::map<std::uint32_t, ItemId> first_of_class;
  for (const ItemId item : inventory.items()) {
    first_of_class.try_emplace(inventory.item_class(item), item);
  }
  for (const ClassInput& one : inventory.class_inputs()) {
    const ItemId first = first_of_class[one.item_class];
    const SourceShape& shape = estate.reach.shapes[inventory.source_of(first)];
    const bool is_beside_the_point =
        one.input == Input::portfolio && (shape.portfolios == 0 || shape.listings > 0);
    if (one.exported || !one.is_field || one.fields.empty() || is_beside_the_point) {
      continue;
    }
    const auto rules = rules_needing(one.input, inventory.tier(first));
    if (rules.empty()) {
      continue;
    }
    const std::string& class_name = inventory.class_names()[one.item_class];
    Subject subject;
    subject.kind = SubjectKind::field;
    subject.id = fmt::format("{}.{}", class_name, to_string(one.input));
    subject.name = fmt::format("{} of {}", one.fields, class_name);
    subject.attributes = {{"class", class_name}, {"input", std::string(to_string(one.input))}};
    findings.add(subject, {inventory.place(first).file, 0},
                 fmt::format("is not in the export; {} {} it", name_list(rules, rules.size()),
                             rules.size() == 1 ? "needs" : "need"),
                 {{"rules", rules}});
  }
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
    .needs = {},
    .inputs = {},
    .check = check,
}};

}  // namespace
}  // namespace tierline
