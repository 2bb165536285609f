#pragma once
// Who is IT, by the organisations that persons and groups belong to.

#include <cstdint>
#include <string>
#include <vector>

#include "tierline/rule.h"

namespace tierline {

class ItParties {
 public:
  explicit ItParties(const Inventory& inventory);

  enum class Is : std::uint8_t { unknown, yes, no };
  /// Yes where an organisation that it belongs to, or one above, is called as IT organisations are;
  /// no where none is, and its source has such an organisation elsewhere.
  [[nodiscard]] Is of(PartyId party) const { return is_[index_of(party)]; }
  /// Whether some organisation of the export is called so.
  [[nodiscard]] bool are_told() const { return are_told_; }

 private:
  std::vector<Is> is_;  // By party.
  bool are_told_ = false;
};

/// Adds the live services that `concerns` holds for and all of whose owners are IT, or are not, as
/// `wanted` says. Undetermined is one that may be such a service: none of its owners is known to be
/// otherwise.
void judge_owners_by_it(const Estate& estate, Facts& facts,
                        bool (*concerns)(const Inventory& inventory, ItemId item),
                        ItParties::Is wanted);

/// The nearest organisation above a party, or the party itself, that is called as IT organisations
/// are, as messages name it; empty where there is none.
std::string it_organisation_of(const Inventory& inventory, PartyId party);

/// The same of several parties, each once, by name.
std::vector<std::string> it_organisations_of(const Inventory& inventory,
                                             const std::vector<PartyId>& parties);

}  // namespace tierline
