#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "analysis/answered.h"
#include "analysis/families.h"
#include "analysis/wording.h"
#include "tierline/rule.h"
#include "tierline/text.h"

namespace tierline {
namespace {

/// Letters of one case and at least two digits behind them: `web01`, `SRVSQL12`.
bool looks_like_a_host(std::string_view name) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto digits = std::ranges::find_if(name, is_digit);
  const std::ranges::subrange letters(name.begin(), digits);
  const bool of_one_case =
      std::ranges::all_of(letters, [](char c) { return c >= 'a' && c <= 'z'; }) ||
      std::ranges::all_of(letters, [](char c) { return c >= 'A' && c <= 'Z'; });
  return !letters.empty() && of_one_case && name.end() - digits >= 2 &&
         std::all_of(digits, name.end(), is_digit);
}

/// Whether two names are equal, case and blanks aside.
bool are_namesakes(std::string_view a, std::string_view b) {
  // Of most, the first letters tell that they are not.
  a = trim(a);
  b = trim(b);
  return !a.empty() && !b.empty() && to_lower(a.substr(0, 1)) == to_lower(b.substr(0, 1)) &&
         fold(a) == fold(b);
}

/// By service: the first thing by key that it stands on and is named after; else no_item.
std::vector<ItemId> namesakes(const Estate& estate, const Families& families) {
  const Inventory& inventory = estate.inventory;
  std::vector<ItemId> things(inventory.item_count(), no_item);
  for (const RelationId id : inventory.relations()) {
    const Relation& relation = inventory.relation(id);
    if (!is_part_relation(relation) || relation.membership) {
      continue;
    }
    const ItemId service = families.head_of(relation.from);
    if (service == no_item || !is_live_part(inventory, relation.to) ||
        !are_namesakes(inventory.name(service), inventory.name(relation.to))) {
      continue;
    }
    ItemId& first = things[index_of(service)];
    first = first_of(inventory, first, relation.to);
  }
  return things;
}

void check(const Estate& estate, Facts& facts) {
  const Families families(estate);
  const std::vector<ItemId> things = namesakes(estate, families);
  for (const ItemId item : estate.inventory.items()) {
    if (!families.is_head(item)) {
      continue;
    }
    const ItemId thing = things[index_of(item)];
    if (thing != no_item) {
      facts.add(item, {index_of(thing)});
    } else if (looks_like_a_host(trim(estate.inventory.name(item)))) {
      facts.add(item);
    }
  }
}

void word(const FactView& fact, Finding& finding) {
  if (fact.evidence().empty()) {
    finding.message = "is named like a host, and not like what customers get";
    return;
  }
  const ItemId thing{fact.evidence()[0]};
  finding.message = fmt::format("has the name of a {} that it stands on",
                                to_string(fact.inventory().tier(thing)));
  finding.evidence = {{"namesake", fact.inventory().id(thing)}};
}

const Register<Rule> rule{{
    .id = "service-named-as-thing",
    .title = "Service is named after a thing",
    .severity = Severity::low,
    .certainty = Certainty::proven,
    .confidence = Confidence::hint,
    .set = RuleSet::all,
    .rationale = "A service is what somebody gets done, whatever it is done with. One that bears "
                 "the name of a system is often that system, entered twice; nobody can tell what "
                 "it is for, and it ends when the system does.",
    .definition =
        "A live service with the name of a live system or component that it, or an offering of "
        "it, directly needs or contains, case and blanks aside; or whose name looks like that of "
        "a host: letters of one case and at least two digits behind them, such as web01. "
        "Offerings are not judged by themselves.",
    .remedy = "Name the service after what its customers get, or drop it if it is the thing.",
    .tiers = {Tier::service},
    .needs = {Need::services},
    .inputs = {},
    .check = check,
    .word = word,
}};

}  // namespace
}  // namespace tierline
