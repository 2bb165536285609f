#include "inventory/redaction.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "support/text.h"

namespace tierline {
namespace {

bool is_without_digits(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Redaction::Redaction(const Collected& in, InventoryDraft& out, const Parties& parties,
                     const Pseudonyms& pseudonyms)
    : out_(out), pseudonyms_(pseudonyms), people_(pseudonyms) {
  list_people(in);
  list_people_of_fields(parties);
  redact_parties(parties);
}

/// Everybody who is not known to be a group, by name and address. An id is a name only where there
/// is no other, and it looks like one.
void Redaction::list_people(const Collected& in) {
  for (std::size_t i = 0; i < in.party_records.size(); ++i) {
    const PartyRecord& record = in.party_records[i];
    const std::string& id = record.id.empty() ? record.name : record.id;
    const Meaning& meaning = *in.files[in.party_files[i]].meaning;
    if (record.kind == PartyKind::group ||
        meaning.is_placeholder(record.name.empty() ? id : record.name)) {
      continue;
    }
    const std::string pseudonym = pseudonyms_.of(record.source, id);
    const bool id_is_name = record.name.empty() && is_without_digits(id);
    people_.add_name(id_is_name ? id : record.name, pseudonym);
    std::vector<std::string> addresses = record.aliases;
    addresses.insert(addresses.end(), {record.id, record.name});
    for (const std::string& address : addresses) {
      if (People::is_address(address)) {
        people_.add_address(address, pseudonym);
      }
    }
  }
}

/// Whom no table of the export has, but a field of an item names: one of them or several.
void Redaction::list_people_of_fields(const Parties& parties) {
  for (std::uint32_t i = 0; i < out_.parties_.size(); ++i) {
    const Party& party = out_.parties_[i];
    if (party.known || party.kind == PartyKind::group || parties.is_known_placeholder(i)) {
      continue;
    }
    const std::string pseudonym = pseudonyms_.of(party.source, party.id);
    for (const std::string_view one : split(party.id, ";")) {
      if (People::is_address(trim(one))) {
        people_.add_address(one, pseudonym);
      } else if (is_without_digits(one)) {
        people_.add_name(one, pseudonym);
      }
    }
    if (is_without_digits(party.name)) {
      people_.add_name(party.name, pseudonym);
    }
  }
}

void Redaction::redact_parties(const Parties& parties) {
  for (std::uint32_t i = 0; i < out_.parties_.size(); ++i) {
    Party& party = out_.parties_[i];
    const bool is_nobody = parties.is_known_placeholder(i);
    if (party.kind == PartyKind::group) {
      redact(party.name);
      redact(party.id);
    } else if (!is_nobody) {
      party.name = party.id = pseudonyms_.of(party.source, party.id);
    }
  }
}

void Redaction::redact(std::string& text) const {
  if (auto redacted = people_.redacted(text)) {
    text = std::move(*redacted);
  }
}

void Redaction::redact_item(std::uint32_t item) {
  const ItemId id{item};
  const auto redacted_name = people_.redacted(out_.name(id));
  const auto redacted_id = out_.id_kind_[item] == InventoryDraft::IdKind::text
                               ? people_.redacted(out_.stored(out_.id_[item]))
                               : std::nullopt;
  if (redacted_id || (redacted_name && out_.id_kind_[item] == InventoryDraft::IdKind::name)) {
    out_.exported_ids_.emplace(item, out_.id(id));
  }
  if (redacted_id) {
    out_.id_[item] = out_.add_text(*redacted_id);
  }
  if (redacted_name) {
    const Id128 name = out_.add_text(*redacted_name);
    out_.name_begin_[item] = name.high;
    out_.name_size_[item] = static_cast<std::uint32_t>(name.low);
  }
}

void Redaction::redact_texts() {
  for (const ItemId item : out_.items()) {
    redact_item(index_of(item));
  }
  for (std::size_t i = 0; i < out_.relations_.size(); ++i) {
    if (out_.relations_[i].has_row_id && !out_.relations_[i].row_id_is_hex) {
      if (const auto redacted = people_.redacted(out_.stored(out_.row_id_[i]))) {
        out_.row_id_[i] = out_.add_text(*redacted);
      }
    }
  }
  for (UnresolvedEnd& end : out_.unresolved_) {
    if (auto redacted = people_.redacted(end.text)) {
      end.exported = std::exchange(end.text, std::move(*redacted));
    }
  }
  for (RelationType& type : out_.relation_types_) {
    redact(type.id);
  }
  for (auto* texts : {&out_.class_names_, &out_.environments_}) {
    std::ranges::for_each(*texts, [&](std::string& text) { redact(text); });
  }
  for (Truncation& one : out_.truncations_) {
    redact(one.reason);
  }
  for (Notice& notice : out_.notices_) {
    redact(notice.message);
  }
}

}  // namespace tierline
