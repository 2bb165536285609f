#pragma once
// What might mend single findings, each by itself, before anybody has tried it.

#include <optional>
#include <vector>

#include "tierline/fixes.h"

namespace tierline {

/// A fix, and what it does to the inventory.
struct ProposedFix {
  Fix fix;
  Id128 finding;
  std::vector<ItemId> items;  ///< Those that it touches.
  std::optional<RelationId> removed = {};
  ItemId item = no_item;  ///< That gets an owner, a portfolio or a state.
  PartyId owner = no_party;
  std::optional<Relation> added = {};
  /// What the fields of the item say with it and all others of that item.
  std::optional<State> state = {};

  /// Whether it takes the item out of service.
  [[nodiscard]] bool retires() const { return state == State::retired; }
};

struct ProposedFixes {
  std::vector<ProposedFix> all;
  std::uint64_t undecided = 0;  ///< As in `Fixes`.
};

/// Of findings that somebody accepts, there are none.
ProposedFixes proposals_for(const AuditReport& report);

}  // namespace tierline
