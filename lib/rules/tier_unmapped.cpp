#include <fmt/format.h>

#include <map>

#include "support/text.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

void check(const Estate& estate, Findings& findings) {
  const Inventory& inventory = estate.inventory;
  struct Class {
    std::uint64_t count = 0;
    Place first;
  };
  std::map<std::string, Class> classes;
  for (const ItemId item : inventory.items()) {
    if (inventory.tier(item) == Tier::unmapped) {
      Class& seen = classes[inventory.class_name(item)];
      const Place place = inventory.place(item);
      if (seen.count++ == 0 ||
          std::tie(place.file, place.line) < std::tie(seen.first.file, seen.first.line)) {
        seen.first = place;
      }
    }
  }
  for (const auto& [name, seen] : classes) {
    Subject subject;
    subject.kind = SubjectKind::item_class;
    subject.id = subject.name = name;
    findings.add(
        subject, seen.first,
        fmt::format("{} of {} class {} no tier, and cannot be judged", count_of(seen.count, "item"),
                    name.empty() ? "no" : "this", seen.count == 1 ? "has" : "have"),
        {{"itemCount", seen.count}});
  }
}

const Register<Rule> rule{{
    .id = "tier-unmapped",
    .title = "Class has no tier",
    .severity = Severity::info,
    .certainty = Certainty::proven,
    .rationale = "What is neither service nor system nor component is not judged by any rule about "
                 "them. It still carries relations.",
    .definition = "A class of items for which the profile has no tier; one finding for each class.",
    .remedy =
        "Give the class a tier in a profile of your own: `tierline profiles show NAME` prints "
        "one to start from.",
    .tiers = {Tier::unmapped},
    .needs = {},
    .inputs = {},
    .check = check,
}};

}  // namespace
}  // namespace tierline
