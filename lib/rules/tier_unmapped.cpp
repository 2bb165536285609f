#include <fmt/format.h>

#include <map>

#include "tierline/rule.h"
#include "tierline/text.h"

namespace tierline {
namespace {

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  struct Class {
    std::uint32_t count = 0;
    ItemId first = no_item;
  };
  const auto stands_before = [&](ItemId a, ItemId b) {
    const Place one = inventory.place(a);
    const Place other = inventory.place(b);
    return std::tie(one.file, one.line) < std::tie(other.file, other.line);
  };
  std::map<std::string_view, Class> classes;
  for (const ItemId item : inventory.items()) {
    if (inventory.tier(item) == Tier::unmapped) {
      Class& seen = classes[inventory.class_name(item)];
      if (seen.count++ == 0 || stands_before(item, seen.first)) {
        seen.first = item;
      }
    }
  }
  for (const auto& [name, seen] : classes) {
    facts.add(SubjectKind::item_class, inventory.item_class(seen.first),
              {seen.count, index_of(seen.first)});
  }
}

void word(const FactView& fact, Finding& finding) {
  const std::uint64_t count = fact.evidence()[0];
  const std::string& name = fact.inventory().class_names()[fact.subject()];
  finding.subject.id = finding.subject.name = name;
  finding.location = fact.inventory().place(ItemId{fact.evidence()[1]});
  finding.message =
      fmt::format("{} of {} class {} no tier, and cannot be judged", count_of(count, "item"),
                  name.empty() ? "no" : "this", count == 1 ? "has" : "have");
  finding.evidence = {{"itemCount", count}};
}

std::string brief(const FactView& /*fact*/) {
  return "its class has no tier";
}

const Register<Rule> rule{{
    .id = "tier-unmapped",
    .title = "Class has no tier",
    .severity = Severity::info,
    .certainty = Certainty::proven,
    .rationale = "What is neither service nor system nor component is not judged by any rule about "
                 "them. It still carries relations.",
    .definition = "A class of items for which the profile has no tier, and of which no table of "
                  "classes says that "
                  "it extends one that has; one finding for each class.",
    .remedy =
        "Export the table that says which class extends which (ServiceNow: sys_db_object), or give "
        "the class a tier in a profile of your own: `tierline profiles show NAME` prints one to "
        "start "
        "from.",
    .tiers = {Tier::unmapped},
    .population = Population::tables,
    .needs = {},
    .inputs = {},
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
