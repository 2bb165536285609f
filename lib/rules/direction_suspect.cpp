#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/unordered/unordered_flat_map.hpp>

#include "analysis/inversion.h"
#include "analysis/wording.h"
#include "tierline/rule.h"
#include "tierline/text.h"

namespace tierline {
namespace {

constexpr std::uint64_t fewest_relations = 20;
constexpr std::uint64_t usual_percent = 95;
constexpr RelationId no_relation{UINT32_MAX};

/// What relations have in common that ought to run one way; of the two classes, the one with the
/// lower number stands first.
struct Kin {
  std::uint16_t source = 0;
  std::uint16_t type = 0;
  RelationKind kind = RelationKind::unknown;
  std::uint32_t first_class = 0;
  std::uint32_t second_class = 0;

  bool operator==(const Kin&) const = default;
  friend std::size_t hash_value(const Kin& kin) {
    const std::uint64_t classes = std::uint64_t{kin.first_class} << 32U | kin.second_class;
    const std::uint64_t rest = std::uint64_t{kin.source} << 32U | std::uint64_t{kin.type} << 8U |
                               static_cast<std::uint64_t>(kin.kind);
    const std::uint64_t mixed = (classes * 0x9E3779B97F4A7C15U ^ rest) * 0xC2B2AE3D27D4EB4FU;
    return mixed ^ mixed >> 32U;
  }
};

/// The relations of a kin. One runs upwards when it begins at the class with the lower number.
struct Tally {
  std::array<std::uint64_t, 2> by_direction{};  ///< Downwards, upwards.
  RelationId example = no_relation;             ///< One that runs as is usual.

  [[nodiscard]] std::uint64_t all() const { return by_direction[0] + by_direction[1]; }
  [[nodiscard]] bool is_upwards_usual() const { return by_direction[1] > by_direction[0]; }
  [[nodiscard]] std::uint64_t usual() const { return by_direction[is_upwards_usual() ? 1 : 0]; }
  [[nodiscard]] bool has_a_usual_direction() const {
    return all() >= fewest_relations && usual() * 100 >= all() * usual_percent;
  }
  [[nodiscard]] bool has_exceptions() const { return has_a_usual_direction() && usual() < all(); }
};

class Check {
 public:
  Check(const Inventory& inventory, Facts& facts)
      : inventory_(inventory), facts_(facts), kin_of_(inventory.relation_count(), no_kin) {}

  void run() {
    count_directions();
    for (const RelationId id : needs_of_what_people_use_) {
      if (!tally_of(id) || !tally_of(id)->has_a_usual_direction()) {
        facts_.add(id);
      }
    }
    for (const RelationId id : exceptions()) {
      report_exception(id);
    }
  }

 private:
  static constexpr std::uint32_t no_kin = UINT32_MAX;

  /// Says who relies on whom, and does not contradict the tiers for certain.
  [[nodiscard]] bool is_counted(const Relation& relation) const {
    const bool is_use =
        relation.kind == RelationKind::needs || relation.kind == RelationKind::contains;
    return is_use && !relation.membership && relation.from != no_item && relation.to != no_item &&
           !is_inverted(inventory_, relation);
  }

  /// By class: whether a relation in scope has an end of it. Between others, nothing is compared.
  [[nodiscard]] std::vector<bool> classes_in_scope() const {
    std::vector<bool> classes(inventory_.class_names().size());
    for (const RelationId id : inventory_.relations()) {
      const Relation& relation = inventory_.relation(id);
      if (relation.from != no_item && relation.to != no_item && facts_.is_in_scope(id)) {
        classes[inventory_.item_class(relation.from)] = true;
        classes[inventory_.item_class(relation.to)] = true;
      }
    }
    return classes;
  }

  void count_directions() {
    const std::vector<bool> classes = classes_in_scope();
    for (const RelationId id : inventory_.relations()) {
      const Relation& relation = inventory_.relation(id);
      if (!is_counted(relation) || !classes[inventory_.item_class(relation.from)] ||
          !classes[inventory_.item_class(relation.to)]) {
        continue;
      }
      kin_of_[index_of(id)] = kin_number(id);
      if (Tally* tally = tally_of(id)) {
        ++tally->by_direction[is_upwards(relation) ? 1 : 0];
      }
      if (relation.kind == RelationKind::needs &&
          inventory_.tier(relation.from) == Tier::component &&
          inventory_.is_customer_facing(relation.to)) {
        needs_of_what_people_use_.push_back(id);
      }
    }
  }

  /// None when its ends are not of two classes.
  std::uint32_t kin_number(RelationId id) {
    const Relation& relation = inventory_.relation(id);
    const std::uint32_t from = inventory_.item_class(relation.from);
    const std::uint32_t to = inventory_.item_class(relation.to);
    if (from == to || inventory_.class_name(relation.from).empty() ||
        inventory_.class_name(relation.to).empty()) {
      return no_kin;
    }
    const Kin kin{inventory_.source_of(id), relation.type, relation.kind, std::min(from, to),
                  std::max(from, to)};
    const auto [number, is_new] =
        kin_numbers_.try_emplace(kin, static_cast<std::uint32_t>(tallies_.size()));
    if (is_new) {
      tallies_.emplace_back();
    }
    return number->second;
  }

  Tally* tally_of(RelationId id) {
    const std::uint32_t kin = kin_of_[index_of(id)];
    return kin == no_kin ? nullptr : &tallies_[kin];
  }

  [[nodiscard]] bool is_upwards(const Relation& relation) const {
    return inventory_.item_class(relation.from) < inventory_.item_class(relation.to);
  }

  /// From a higher tier to a lower one, as relations are meant to run.
  [[nodiscard]] bool follows_the_tiers(const Relation& relation) const {
    const Tier to = inventory_.tier(relation.to);
    return inventory_.tier(relation.from) < to && to != Tier::unmapped;
  }

  /// What runs against the rest of its kin; finds an example for each kin besides.
  std::vector<RelationId> exceptions() {
    std::vector<RelationId> exceptions;
    for (const RelationId id : inventory_.relations()) {
      Tally* tally = tally_of(id);
      if (tally == nullptr || !tally->has_exceptions()) {
        continue;
      }
      const Relation& relation = inventory_.relation(id);
      if (is_upwards(relation) == tally->is_upwards_usual()) {
        tally->example = first_of(tally->example, id);
      } else if (!follows_the_tiers(relation)) {
        exceptions.push_back(id);
      }
    }
    return exceptions;
  }

  /// By the keys of the ends, which do not depend on files.
  [[nodiscard]] RelationId first_of(RelationId known, RelationId other) const {
    if (known == no_relation) {
      return other;
    }
    const Relation& a = inventory_.relation(known);
    const Relation& b = inventory_.relation(other);
    const bool is_other_first = a.from == b.from ? inventory_.comes_before(b.to, a.to)
                                                 : inventory_.comes_before(b.from, a.from);
    return is_other_first ? other : known;
  }

  void report_exception(RelationId id) {
    const Tally& tally = *tally_of(id);
    facts_.add(id, {static_cast<std::uint32_t>(tally.all()),
                    static_cast<std::uint32_t>(tally.usual()), index_of(tally.example)});
  }

  const Inventory& inventory_;
  Facts& facts_;
  boost::unordered_flat_map<Kin, std::uint32_t> kin_numbers_;
  std::vector<Tally> tallies_;
  std::vector<std::uint32_t> kin_of_;  ///< By relation.
  std::vector<RelationId> needs_of_what_people_use_;
};

void check(const Estate& estate, Facts& facts) {
  Check(estate.inventory, facts).run();
}

/// A component that needs what customers use.
void word_need(const FactView& fact, Finding& finding) {
  const Inventory& inventory = fact.inventory();
  const Relation& relation = inventory.relation(fact.relation());
  finding.message =
      fmt::format("the component {} needs the customer-facing service {}",
                  label_of(inventory, relation.from), label_of(inventory, relation.to));
}

/// What runs against the rest of its kin.
void word_exception(const FactView& fact, Finding& finding) {
  const Inventory& inventory = fact.inventory();
  const Relation& relation = inventory.relation(fact.relation());
  const std::uint64_t all = fact.evidence()[0];
  const std::uint64_t usual = fact.evidence()[1];
  const Relation& example = inventory.relation(RelationId{fact.evidence()[2]});
  finding.message = fmt::format(
      "the {} {} {} the {} {}, though {} of {} relations of this type between these classes run "
      "the other way: {} {} {}, for example",
      inventory.class_name(relation.from), label_of(inventory, relation.from),
      to_string(relation.kind), inventory.class_name(relation.to), label_of(inventory, relation.to),
      with_thousands(usual), with_thousands(all), label_of(inventory, example.from),
      to_string(example.kind), label_of(inventory, example.to));
  finding.evidence = {{"relationCount", all},
                      {"otherWay", usual},
                      {"example", ids_of(inventory, std::array{example.from, example.to})}};
}

void word(const FactView& fact, Finding& finding) {
  return fact.evidence().empty() ? word_need(fact, finding) : word_exception(fact, finding);
}

std::string brief(const FactView& fact) {
  return fact.evidence().empty() ? "a component needs what customers use"
                                 : "runs against the rest of its kind";
}

const Register<Rule> rule{{
    .id = "direction-suspect",
    .title = "Relation may be drawn backwards",
    .severity = Severity::low,
    .certainty = Certainty::proven,
    .rationale =
        "What is drawn backwards makes paths that are not there, and hides those that are: a "
        "service seems to stand on nothing, and what it stands on to serve nobody.",
    .definition =
        "A need or containment against which at least 95 % of the relations of its type between "
        "the same two classes run, of which there are at least 20, unless it runs from a higher "
        "tier to a lower one. Or a component's need of a live customer-facing service, unless "
        "needs of that type between the two classes usually run one way. (Supporting services and "
        "systems may well be needed by components.) Memberships, and what tier-inversion reports, "
        "are neither counted nor reported.",
    .remedy =
        "Ask what the relation is meant to say, and turn it round if that is the other way. A "
        "service that components need may be a supporting one: classify it so.",
    .tiers = {},
    .population = Population::relations,
    .needs = {Need::relations},
    .inputs = {},
    .is_long = true,
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
