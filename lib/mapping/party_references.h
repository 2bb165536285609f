#pragma once
// How fields name parties.

#include <boost/unordered/unordered_flat_set.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "mapping/row_context.h"

namespace tierline {

class PartyReferences {
 public:
  explicit PartyReferences(RowContext& row) : row_(row) {}

  /// What the field of that number says, in a record of that signature, or of none.
  PartyRef of(std::uint8_t number, const FieldReference& party, std::uint32_t group,
              std::uint32_t signature);

 private:
  std::uint32_t table_of(const PartyField& field, const FieldReference& party);
  void list_person(const PartyRef& party, std::string_view text, std::string_view label,
                   std::uint32_t signature);

  RowContext& row_;
  /// By their texts, and where they were seen.
  boost::unordered_flat_set<std::string> listed_people_;
};

}  // namespace tierline
