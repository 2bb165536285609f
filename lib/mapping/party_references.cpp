#include "mapping/party_references.h"

#include <string>

#include "tierline/text.h"

namespace tierline {
namespace {

/// What records of that signature say of their source; 0 where they say nothing.
std::uint32_t source_code(const CompiledProfile& profile, const Batch& batch,
                          std::uint32_t signature) {
  if (signature == FieldPerson::no_signature) {
    return 0;
  }
  const Signature& of = batch.signatures[signature];
  const auto code = profile.item(of.record_kind).source_code;
  return code ? of.codes[*code] : 0;
}

}  // namespace

PartyRef PartyReferences::of(std::uint8_t number, const FieldReference& party, std::uint32_t group,
                             std::uint32_t signature) {
  const PartyField& field = row_.profile.party_fields[number];
  const Ref ref = row_.reference(party.text);
  const PartyRef found{ref.id, table_of(field, party), number, ref.kind};
  if (row_.chunk.lists_people) {
    list_person(found, party.text, row_.fields.facet(field.slot, Facet::label, group), signature);
  }
  return found;
}

void PartyReferences::list_person(const PartyRef& party, std::string_view text,
                                  std::string_view label, std::uint32_t signature) {
  if (party.kind == RefKind::hex && label.empty()) {
    return;  // An id is nobody's name.
  }
  row_.scratch.assign(1, static_cast<char>(party.field));
  row_.scratch.append(text).append(1, '\x1f').append(label).append(1, '\x1f');
  row_.scratch.append(std::to_string(source_code(row_.profile, row_.batch, signature)));
  if (listed_people_.insert(row_.scratch).second) {
    row_.batch.field_people.push_back({party, std::string(label), signature});
  }
}

/// The table that a reference to a party points into, by its link or by its text.
std::uint32_t PartyReferences::table_of(const PartyField& field, const FieldReference& party) {
  if (const std::string_view table = party.table(); !table.empty()) {
    return row_.batch.tables.intern(table);
  }
  const std::string folded = field.tables.empty() ? std::string() : fold(party.text);
  for (const auto& [pattern, table] : field.tables) {
    if (pattern.matches(folded)) {
      return row_.batch.tables.intern(table);
    }
  }
  return 0;
}

}  // namespace tierline
