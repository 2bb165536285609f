#include <fmt/format.h>

#include <array>
#include <boost/container_hash/hash.hpp>
#include <boost/unordered/unordered_flat_map.hpp>
#include <optional>
#include <tuple>

#include "judge/inversion.h"
#include "judge/wording.h"
#include "support/text.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

constexpr std::uint64_t fewest_relations = 20;
constexpr std::uint64_t usual_percent = 95;
constexpr RelationId no_relation{UINT32_MAX};

/// What relations have in common that ought to run one way: source, type, kind and the two classes,
/// the lower number first.
using Kin = std::tuple<std::uint16_t, std::uint16_t, RelationKind, std::uint32_t, std::uint32_t>;

/// A relation among its kin. It runs upwards when it begins at the class with the lower number.
struct Drawn {
  Kin kin;
  bool upwards = false;
};

/// The relations of a kin.
struct Tally {
  std::array<std::uint64_t, 2> by_direction{};  ///< Downwards, upwards.
  RelationId example = no_relation;             ///< One that runs as is usual.

  [[nodiscard]] std::uint64_t all() const { return by_direction[0] + by_direction[1]; }
  [[nodiscard]] bool is_upwards_usual() const { return by_direction[1] > by_direction[0]; }
  [[nodiscard]] std::uint64_t usual() const { return by_direction[is_upwards_usual() ? 1 : 0]; }
  [[nodiscard]] bool has_a_usual_direction() const {
    return all() >= fewest_relations && usual() * 100 >= all() * usual_percent;
  }
};

class Check {
 public:
  Check(const Inventory& inventory, Findings& findings)
      : inventory_(inventory), findings_(findings) {}

  void run() {
    each_use([&](RelationId id) {
      if (const auto drawn = among_kin(id)) {
        ++tallies_[drawn->kin].by_direction[drawn->upwards ? 1 : 0];
      }
    });
    std::vector<std::pair<RelationId, const Tally*>> unusual;
    each_use([&](RelationId id) {
      const auto drawn = among_kin(id);
      Tally* tally = drawn ? &tallies_.at(drawn->kin) : nullptr;
      if (tally == nullptr || !tally->has_a_usual_direction()) {
        judge_by_tier(id);
      } else if (drawn->upwards != tally->is_upwards_usual()) {
        unusual.emplace_back(id, tally);
      } else if (tally->usual() < tally->all()) {
        tally->example = first_of(tally->example, id);
      }
    });
    for (const auto& [id, tally] : unusual) {
      report_unusual(id, *tally);
    }
  }

 private:
  /// Calls `judge` with what says who relies on whom, and does not contradict the tiers for
  /// certain.
  template <typename Judge>
  void each_use(Judge judge) const {
    for (const RelationId id : inventory_.relations()) {
      const Relation& relation = inventory_.relation(id);
      const bool is_use =
          relation.kind == RelationKind::needs || relation.kind == RelationKind::contains;
      if (is_use && !relation.membership && relation.from != no_item && relation.to != no_item &&
          !is_inverted(inventory_, relation)) {
        judge(id);
      }
    }
  }

  /// Nothing when its ends are not of two classes.
  [[nodiscard]] std::optional<Drawn> among_kin(RelationId id) const {
    const Relation& relation = inventory_.relation(id);
    const std::uint32_t from = inventory_.item_class(relation.from);
    const std::uint32_t to = inventory_.item_class(relation.to);
    if (from == to || inventory_.class_names()[from].empty() ||
        inventory_.class_names()[to].empty()) {
      return std::nullopt;
    }
    return Drawn{{inventory_.source_of(id), relation.type, relation.kind, std::min(from, to),
                  std::max(from, to)},
                 from < to};
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

  void judge_by_tier(RelationId id) {
    const Relation& relation = inventory_.relation(id);
    if (relation.kind == RelationKind::needs && inventory_.tier(relation.from) == Tier::component &&
        inventory_.is_customer_facing(relation.to)) {
      findings_.add(relation_subject(inventory_, id), inventory_.place(id),
                    fmt::format("the component {} needs the customer-facing service {}",
                                inventory_.label(relation.from), inventory_.label(relation.to)));
    }
  }

  void report_unusual(RelationId id, const Tally& tally) {
    const Relation& relation = inventory_.relation(id);
    const Relation& example = inventory_.relation(tally.example);
    findings_.add(
        relation_subject(inventory_, id), inventory_.place(id),
        fmt::format("the {} {} {} the {} {}, though {} of {} relations of this type between these "
                    "classes run the other way: {} {} {}, for example",
                    inventory_.class_name(relation.from), inventory_.label(relation.from),
                    to_string(relation.kind), inventory_.class_name(relation.to),
                    inventory_.label(relation.to), with_thousands(tally.usual()),
                    with_thousands(tally.all()), inventory_.label(example.from),
                    to_string(example.kind), inventory_.label(example.to)),
        {{"relationCount", tally.all()},
         {"otherWay", tally.usual()},
         {"example", ids_of(inventory_, std::array{example.from, example.to})}});
  }

  const Inventory& inventory_;
  Findings& findings_;
  boost::unordered_flat_map<Kin, Tally> tallies_;
};

void check(const Estate& estate, Findings& findings) {
  Check(estate.inventory, findings).run();
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
        "A need or containment between items of two classes of which at least 20 of one type are "
        "in the export, where at least 95 % run the other way. Or a component's need of a live "
        "customer-facing service, unless needs of that type between the two classes usually run "
        "so (supporting services and systems may well be needed by components). Memberships, and "
        "what tier-inversion reports, are neither counted nor reported.",
    .remedy =
        "Ask what the relation is meant to say, and turn it round if that is the other way. A "
        "service that components need may be a supporting one: classify it so.",
    .tiers = {},
    .needs = {Need::relations},
    .inputs = {},
    .check = check,
}};

}  // namespace
}  // namespace tierline
