#pragma once
// Who may be the right owner of an item that has none, or none who is there.

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "tierline/explain.h"

namespace tierline {

/// What speaks for somebody, in the order of how often it was right where `bench/owner_candidates`
/// took known owners away. Of services of an organised estate (`generate --organised`), the owner
/// was among the first three of: part 56 %, below 41 %, user 38 %, named 28 %, holder 26 %, peers
/// 12 %; of systems, user 30 %, named 27 %, below 8 %, peers 4 %. All tiers have one order. Value
/// streams are in no such estate: who owns one is to own the services in it.
enum class OwnerReason : std::uint8_t {
  part,      ///< Owns an offering of it, or most of what a portfolio holds.
  stream,    ///< Owns what leads to it in a value stream.
  user,      ///< Owns what relies on it.
  below,     ///< Owns most of what it stands on.
  named,     ///< Is named on it, as manager or contact.
  holder,    ///< Owns the service or portfolio that holds it.
  peers,     ///< Owns most of what the same group runs.
  operates,  ///< Runs it.
};
inline constexpr std::size_t owner_reason_count = 8;

/// The live portfolios and services that hold an item, the nearest first.
std::vector<ItemId> live_holders(const AuditReport& report, ItemId item);

/// Items above components by the groups and persons that run them.
class OperatedItems {
 public:
  explicit OperatedItems(const Inventory& inventory);
  /// In the order of their numbers.
  [[nodiscard]] std::span<const ItemId> by(PartyId party) const;

 private:
  std::map<PartyId, std::vector<ItemId>> by_;
};

/// Those that one reason speaks for and who are there, the most likely first, each once. `holders`
/// are the portfolios and services that hold the item, the nearest first.
std::vector<OwnerCandidate> candidates_by(OwnerReason reason, const AuditReport& report,
                                          ItemId item, std::span<const ItemId> holders,
                                          const OperatedItems& operated);

/// By all reasons: first whoever each of them speaks for most, then the next ones; each person or
/// group once.
std::vector<OwnerCandidate> owner_candidates(const AuditReport& report, ItemId item,
                                             std::span<const ItemId> holders,
                                             const OperatedItems& operated);

}  // namespace tierline
