#pragma once
// A profile on its way to being written: what suggest.cpp found, member by member.

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace tierline {

/// One way to come by a tier, state, ...: `is`, in all records or in those that have one of these
/// texts in a field, or else the texts of `field`, by what they mean.
struct ProposedCase {
  std::string is;
  std::string when_field;
  std::vector<std::string> when_texts;
  std::string field;
  std::map<std::string, std::vector<std::string>, std::less<>> values;
};

/// What names others, with what stands around their names.
struct ProposedEnd {
  std::string field;
  std::string separator;
  std::string after;
  std::string until;
};

struct ProposedParty : ProposedEnd {
  std::string points_to;
};

/// A relation that an item states in a field.
struct ProposedRelation {
  std::string kind;
  bool names_first = false;  ///< The field names the first end: it is `from`, not `to`.
  bool is_portfolio = false;
  std::string each = {};  ///< The object whose members are the relations, where they are.
  ProposedEnd end;
};

/// A kind of record. Members that are empty are not written.
struct ProposedRecord {
  std::string as;
  std::vector<std::string> tables;
  std::string fields;  ///< Instead of tables: the field by which such records are told.
  std::string id;
  std::string name;
  // Items.
  std::string item_class;
  std::string environment;
  std::string updated;
  std::vector<ProposedCase> tier;
  std::vector<ProposedCase> facing;
  std::vector<ProposedCase> state;
  std::vector<ProposedCase> criticality;
  std::vector<ProposedParty> accountable;
  std::vector<ProposedParty> operates;
  std::vector<ProposedParty> candidates;
  std::vector<ProposedRelation> relations;
  // Relations.
  ProposedEnd from;
  ProposedEnd to;
  std::string type;
  std::string kind;
  // Parties.
  std::vector<std::string> aliases;
  std::vector<ProposedCase> party_kind;
  std::string active;
  std::vector<std::string> inactive;
  std::string until;
  std::vector<std::string> leads;
};

struct ProposedType {
  std::string name;
  std::string kind;
  bool reversed = false;
};

struct ProposedProfile {
  std::string title;
  std::string description;
  std::vector<std::string> placeholders;
  std::vector<std::string> table_fields;
  std::vector<std::string> records_at;
  std::vector<std::string> nested_records;
  std::vector<ProposedRecord> records;
  std::vector<ProposedType> relation_types;
};

/// The document, indented for people.
std::string to_json(const ProposedProfile& proposal);

}  // namespace tierline
