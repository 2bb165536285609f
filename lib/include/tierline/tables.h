#pragma once
// The tables that people work from: who answers for how much, how deep that goes, which services
// build on which. Each is made of a finished audit when somebody wants to see it, in time close to
// linear in the estate. All of them count live items in scope; a service and its live offerings are
// one, and stand in the tables as that service.

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "tierline/graph.h"
#include "tierline/inventory.h"
#include "tierline/rule.h"

namespace tierline {

class Families;

/// Portfolios, services, systems and components: what somebody has to answer for.
inline constexpr std::size_t owned_tiers = 4;

/// The audit that tables are made of, which must outlive it, and what several of them look up.
class TableSource {
 public:
  TableSource(const Inventory& inventory, const TieredGraph& graph, const RuleResults& results,
              const ItemSet& scope);
  TableSource(const TableSource&) = delete;
  TableSource& operator=(const TableSource&) = delete;
  ~TableSource();

  [[nodiscard]] const Inventory& inventory() const { return inventory_; }
  [[nodiscard]] const TieredGraph& graph() const { return graph_; }
  [[nodiscard]] const RuleResults& results() const { return results_; }
  [[nodiscard]] const ItemSet& scope() const { return scope_; }
  /// The live items, in scope or not.
  [[nodiscard]] const ItemSet& live() const { return live_; }
  [[nodiscard]] const Families& families() const { return *families_; }
  /// Whether tables count it.
  [[nodiscard]] bool counts(ItemId item) const;
  /// Of the live items; worked out when it is asked for first.
  [[nodiscard]] const Condensation& condensation() const;

 private:
  const Inventory& inventory_;
  const TieredGraph& graph_;
  const RuleResults& results_;
  const ItemSet& scope_;
  ItemSet live_;
  std::unique_ptr<const Families> families_;
  mutable std::once_flag condensed_;
  mutable Condensation condensation_;
};

/// The items of a tier by who answers for them: each is counted once, where it fits first.
struct Ownership {
  std::uint64_t live = 0;           ///< All of them.
  std::uint64_t owned = 0;          ///< An owner who is there.
  std::uint64_t inactive = 0;       ///< Owners, all of whom have left.
  std::uint64_t dangling = 0;       ///< Owners, those who have not left in no table.
  std::uint64_t group_only = 0;     ///< No owner; a group runs it.
  std::uint64_t not_evaluated = 0;  ///< The export lacks the field.
  std::uint64_t inherited = 0;      ///< Nobody; a live item that directly contains it has an owner.
  std::uint64_t none = 0;           ///< Nobody.
};
using OwnershipTable = std::array<Ownership, owned_tiers>;

OwnershipTable ownership_table(const TableSource& source);

/// How many items of a tier somebody answers for: an owner; for components, a group that runs them
/// will do.
struct TierCoverage {
  std::uint64_t answered = 0;
  std::uint64_t judged = 0;  ///< Those of which the export says it, answered or not.
};

struct Depth {
  ItemId portfolio = no_item;
  std::array<TierCoverage, owned_tiers> tiers;
  /// The lowest tier down to which, in every tier that has anything judged, somebody answers for
  /// 80 % at least.
  std::optional<Tier> deepest;
};

/// Every item is in one portfolio at most, a topmost one: a service in the nearest that holds it, a
/// system or component in that of the nearest service that relies on it.
struct DepthProfile {
  static constexpr std::uint64_t wanted_percent = 80;
  Depth estate;
  std::vector<Depth> portfolios;  ///< By name.
  Depth in_none;
};

DepthProfile depth_profile(const TableSource& source);

/// How much of the technology belongs to a service: some live service relies on it.
struct DefinedRatio {
  /// What part of IT organisations are said to have defined their technology by services: less than
  /// so many percent.
  static constexpr std::uint64_t organisations_percent = 20;
  struct Count {
    std::uint64_t live = 0;
    std::uint64_t in_services = 0;
  };
  Count systems;
  Count components;
};

DefinedRatio defined_ratio(const TableSource& source);

/// What a person or group is accountable for.
struct Owner {
  PartyId party{};
  std::array<std::uint64_t, owned_tiers> items{};  ///< By tier.
  std::uint64_t external = 0;                      ///< Of the services, those for outsiders.
  /// Services by criticality, 1 to 4; at 0, those of which the export does not say it.
  std::array<std::uint64_t, 5> criticalities{};
  /// Services by weight: 3 of criticality 1, 2 of criticality 2, else 1.
  std::uint64_t load = 0;
  /// By severity: about the owner, what he owns, and groups and relations that it is part of.
  std::array<std::uint64_t, 5> findings{};

  [[nodiscard]] std::uint64_t services() const {
    return items[static_cast<std::size_t>(Tier::service)];
  }
};

/// The greatest load first, then by name.
std::vector<Owner> owner_table(const TableSource& source);

/// Services by whom they face, and who builds on whom.
struct FacingLayers {
  static constexpr std::size_t layer_count = 4;  ///< By Facing.
  std::array<std::uint64_t, layer_count> services{};
  /// Pairs of services, one of which directly relies on the other: by layer of the one, then of the
  /// other.
  std::array<std::array<std::uint64_t, layer_count>, layer_count> uses{};
  struct Reuse {
    ItemId service = no_item;
    ServiceReach::Count users;  ///< Live services that rely on it through live items.
  };
  std::vector<Reuse> supporting;  ///< What most rely on first, then by name.
};

FacingLayers facing_layers(const TableSource& source);

/// Who has to come when the future of a platform is discussed.
struct Platform {
  struct Consumer {
    ItemId service = no_item;
    std::vector<PartyId> owners;  ///< Of the service and its offerings; by name.
  };
  ItemId platform = no_item;
  ServiceReach::Count users;        ///< Live services that rely on it through live items.
  std::vector<Consumer> consumers;  ///< By name; of more than 60, some.
};

/// Live systems and supporting services that three live services or more rely on.
struct PlatformCollaborators {
  static constexpr std::size_t most_platforms = 1000;
  std::uint64_t shared = 0;         ///< How many there are.
  std::vector<Platform> platforms;  ///< What most rely on first, then by name; so many at most.
};

PlatformCollaborators platform_collaborators(const TableSource& source);

}  // namespace tierline
