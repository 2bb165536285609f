#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "judge/wording.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

/// The circles that containment alone closes, by their members.
class ByContainment {
 public:
  /// `members` are those of all circles: containment closes none but among them.
  ByContainment(const Estate& estate, const ItemSet& members)
      : circles_(estate.graph.cycles(members, TieredGraph::Circle::containment)) {
    for (std::size_t i = 0; i < circles_.size(); ++i) {
      for (const ItemId member : circles_[i]) {
        circle_of_.emplace(member, i);
      }
    }
  }

  /// Those among some items: each is among them as a whole, or not at all.
  [[nodiscard]] std::vector<std::span<const ItemId>> among(std::span<const ItemId> items) const {
    std::set<std::size_t> found;
    for (const ItemId item : items) {
      if (const auto circle = circle_of_.find(item); circle != circle_of_.end()) {
        found.insert(circle->second);
      }
    }
    std::vector<std::span<const ItemId>> circles;
    for (const std::size_t circle : found) {
      circles.emplace_back(circles_[circle]);
    }
    return circles;
  }

 private:
  std::vector<std::vector<ItemId>> circles_;
  std::map<ItemId, std::size_t> circle_of_;
};

/// What some of the members are besides: `A and B contain one another, and so do C and D`.
std::string contain_one_another(const Inventory& inventory,
                                std::span<const std::span<const ItemId>> circles) {
  constexpr std::size_t circles_shown = 3;
  std::string text;
  for (const auto& circle : circles.first(std::min(circles.size(), circles_shown))) {
    text += text.empty() ? fmt::format("{} contain one another", name_list(inventory, circle))
                         : fmt::format(", so do {}", name_list(inventory, circle));
  }
  if (circles.size() > circles_shown) {
    text += fmt::format(", and so on in {} circles", circles.size());
  }
  return text;
}

void check(const Estate& estate, Findings& findings) {
  constexpr std::size_t members_shown = 20;
  const Inventory& inventory = estate.inventory;
  const auto all = estate.graph.cycles(estate.reach.live, TieredGraph::Circle::any);
  ItemSet in_circles(inventory.item_count());
  for (const auto& members : all) {
    std::ranges::for_each(members, [&](ItemId member) { in_circles.add(member); });
  }
  const ByContainment by_containment(estate, in_circles);
  for (const auto& members : all) {
    const auto circles = by_containment.among(members);
    std::string message = fmt::format("rely on one another in a circle of {}", members.size());
    Evidence evidence = {{"closedBy", std::string(circles.empty() ? "needs" : "containment")},
                         {"memberCount", members.size()}};
    if (!circles.empty() && circles.front().size() == members.size()) {
      message += ", by containment alone";
    } else if (!circles.empty()) {
      message += "; " + contain_one_another(inventory, circles);
      std::vector<ItemId> closed;
      for (const auto& circle : circles) {
        closed.insert(closed.end(), circle.begin(), circle.end());
      }
      closed.resize(std::min(closed.size(), members_shown), no_item);
      evidence.emplace_back("closedAmong", ids_of(inventory, closed));
    }
    Subject subject;
    subject.kind = SubjectKind::group;
    subject.id = inventory.id(members.front());
    subject.name = name_list(inventory, members, 5);
    subject.members = members;
    findings.add(subject, inventory.place(members.front()),
                 circles.empty() ? Severity::medium : Severity::high, std::move(message),
                 std::move(evidence));
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
        "portfolio lists. High where containment alone closes the circle, or one of some of its "
        "members.",
    .remedy = "Find the relation that is the wrong way round or no longer true, and remove it.",
    .tiers = {},
    .needs = {Need::relations},
    .inputs = {},
    .is_long = true,
    .check = check,
}};

}  // namespace
}  // namespace tierline
