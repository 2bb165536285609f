#include <fmt/format.h>

#include <algorithm>

#include "judge/wording.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

void check(const Estate& estate, Findings& findings) {
  const Inventory& inventory = estate.inventory;
  ItemSet in_containment_circle(inventory.item_count());
  for (const auto& circle :
       estate.graph.cycles(estate.reach.live, TieredGraph::Circle::containment)) {
    for (const ItemId member : circle) {
      in_containment_circle.add(member);
    }
  }
  for (const auto& members : estate.graph.cycles(estate.reach.live, TieredGraph::Circle::any)) {
    const bool by_containment = std::ranges::any_of(
        members, [&](ItemId member) { return in_containment_circle.contains(member); });
    Subject subject;
    subject.kind = SubjectKind::group;
    subject.id = inventory.id(members.front());
    subject.name = name_list(inventory, members, 5);
    subject.members = members;
    findings.add(subject, inventory.place(members.front()),
                 by_containment ? Severity::high : Severity::medium,
                 fmt::format("rely on one another in a circle of {}{}", members.size(),
                             by_containment ? ", by containment alone" : ""),
                 {{"closedBy", std::string(by_containment ? "containment" : "needs")},
                  {"memberCount", members.size()}});
  }
}

const Register<Rule> rule{{
    .id = "dependency-cycle",
    .title = "Items rely on one another in a circle",
    .severity = Severity::medium,
    .certainty = Certainty::proven,
    .rationale = "What relies on one another in a circle has no order in which it can be started "
                 "again, and nothing can contain itself through others.",
    .definition =
        "A set of two or more live items, each of which needs or contains every other, "
        "directly or through others of the set; memberships are left out, and so is what a "
        "portfolio lists. High where containment alone closes the circle.",
    .remedy = "Find the relation that is the wrong way round or no longer true, and remove it.",
    .tiers = {},
    .needs = {Need::relations},
    .inputs = {},
    .check = check,
}};

}  // namespace
}  // namespace tierline
