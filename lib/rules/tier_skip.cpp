#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "analysis/wording.h"
#include "tierline/rule.h"
#include "tierline/text.h"

namespace tierline {
namespace {

/// A containment over two tiers or more, between live items.
bool is_skip(const Inventory& inventory, const Relation& relation) {
  if (relation.kind != RelationKind::contains || relation.membership || relation.from == no_item ||
      relation.to == no_item || !inventory.is_live(relation.from) ||
      !inventory.is_live(relation.to)) {
    return false;
  }
  const auto from = static_cast<int>(inventory.tier(relation.from));
  const Tier to = inventory.tier(relation.to);
  return to != Tier::unmapped && static_cast<int>(to) >= from + 2;
}

/// Containments between two classes.
struct Skips {
  std::uint32_t contained_class = 0;
  std::uint32_t count = 0;
  ItemId from = no_item;  ///< The first by key of those that contain.
  ItemId to = no_item;    ///< The first by key of what it contains.
};

class Check {
 public:
  explicit Check(const Inventory& inventory)
      : inventory_(inventory),
        skips_(inventory.class_names().size()),
        last_class_(inventory.item_count(), UINT32_MAX) {}

  void run(Facts& facts) {
    each([&](const Relation& relation, Skips& skips) { count(relation, skips); });
    each([&](const Relation& relation, Skips& skips) {
      if (relation.from == skips.from) {
        skips.to = first_of(inventory_, skips.to, relation.to);
      }
    });
    for (std::uint32_t from = 0; from < skips_.size(); ++from) {
      for (const Skips& skips : skips_[from]) {
        facts.add(SubjectKind::item_class, from,
                  {skips.contained_class, skips.count, index_of(skips.from), index_of(skips.to)});
      }
    }
  }

 private:
  template <typename Sink>
  void each(Sink sink) {
    for (const RelationId id : inventory_.relations()) {
      const Relation& relation = inventory_.relation(id);
      if (is_skip(inventory_, relation)) {
        sink(relation,
             between(inventory_.item_class(relation.from), inventory_.item_class(relation.to)));
      }
    }
  }

  /// A class contains few others: to look through them takes less than to look them up.
  Skips& between(std::uint32_t from, std::uint32_t to) {
    auto& all = skips_[from];
    const auto known = std::ranges::find(all, to, &Skips::contained_class);
    if (known != all.end()) {
      return *known;
    }
    all.push_back({.contained_class = to});
    return all.back();
  }

  /// Keys are compared once for each item that contains, as a rule.
  void count(const Relation& relation, Skips& skips) {
    ++skips.count;
    std::uint32_t& last = last_class_[index_of(relation.from)];
    if (last != skips.contained_class) {
      last = skips.contained_class;
      skips.from = first_of(inventory_, skips.from, relation.from);
    }
  }

  const Inventory& inventory_;
  std::vector<std::vector<Skips>> skips_;  ///< By class of what contains.
  std::vector<std::uint32_t> last_class_;  ///< By item that contains.
};

void check(const Estate& estate, Facts& facts) {
  Check(estate.inventory).run(facts);
}

void word(const FactView& fact, Finding& finding) {
  const Inventory& inventory = fact.inventory();
  const auto classes = inventory.class_names();
  const std::uint64_t count = fact.evidence()[1];
  const ItemId from{fact.evidence()[2]};
  const ItemId to{fact.evidence()[3]};
  const std::string& contained = classes[fact.evidence()[0]];
  finding.subject.id = finding.subject.name = classes[fact.subject()];
  finding.subject.attributes = {{"contained", contained}};
  finding.location = inventory.place(from);
  finding.message =
      fmt::format("contains {} past a tier, in {}: the {} {} contains the {} {}, for example",
                  contained.empty() ? "what has no class" : contained, count_of(count, "relation"),
                  to_string(inventory.tier(from)), label_of(inventory, from),
                  to_string(inventory.tier(to)), label_of(inventory, to));
  finding.evidence = {{"relationCount", count},
                      {"example", ids_of(inventory, std::array{from, to})}};
}

std::string brief(const FactView& fact) {
  return fmt::format("contains {} past a tier",
                     brief_label(fact.inventory().class_names()[fact.evidence()[0]]));
}

const Register<Rule> rule{{
    .id = "tier-skip",
    .title = "Containment skips a tier",
    .severity = Severity::info,
    .certainty = Certainty::proven,
    .set = RuleSet::all,
    .rationale = "Portfolios hold services, services systems, systems components. What skips a "
                 "level has nobody on it: a server that is right under a service belongs to no "
                 "system whose owner would look after it.",
    .definition = "Containments, between live items, over two tiers or more: of a system or "
                  "component by a portfolio, of a component by a service. Memberships are left "
                  "out. One finding for each two classes.",
    .remedy = "Put what is contained into a system or service in between, or correct the tier of "
              "one of the classes in a profile of your own.",
    .tiers = {},
    .population = Population::relations,
    .needs = {Need::services},
    .inputs = {},
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
