#pragma once
// Records that are persons, groups and organisations, that say who is in which group, and that give
// items parties.

#include "mapping/party_references.h"
#include "mapping/relation_mapper.h"
#include "mapping/row_context.h"

namespace tierline {

class PartyMapper {
 public:
  PartyMapper(RowContext& row, PartyReferences& parties) : row_(row), parties_(parties) {}

  void add(const RecordDef& record);
  void add_membership(const MembershipDef& def);
  /// `relations` tells which items are meant.
  void add_assignments(const RecordDef& record, RelationMapper& relations);

 private:
  void add_members(const PartyDef& def, const PartyRecord& party);

  RowContext& row_;
  PartyReferences& parties_;
};

}  // namespace tierline
