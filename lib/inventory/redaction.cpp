#include "inventory/redaction.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/unordered/unordered_flat_set.hpp>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "tierline/text.h"

namespace tierline {
namespace {

/// What stands between separators, without blanks around it; nothing of it is empty.
std::vector<std::string_view> split_at(std::string_view text,
                                       std::initializer_list<std::string_view> separators) {
  std::vector<std::string_view> parts = {text};
  for (const std::string_view separator : separators) {
    std::vector<std::string_view> smaller;
    for (const std::string_view part : parts) {
      std::ranges::copy(split(part, separator), std::back_inserter(smaller));
    }
    parts = std::move(smaller);
  }
  std::ranges::transform(parts, parts.begin(), trim);
  std::erase(parts, std::string_view());
  return parts;
}

/// What has a name that is no person's.
bool is_of_many(PartyKind kind) {
  return kind == PartyKind::group || kind == PartyKind::organisation;
}

bool is_without_digits(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Redaction::Redaction(const Collected& in, InventoryAssembly& out, const AttributeTable& attributes,
                     Parties& parties, const Pseudonyms& pseudonyms)
    : out_(out), parties_(parties), pseudonyms_(pseudonyms), people_(pseudonyms) {
  list_people(in);
  list_people_of_fields(in, attributes);
  list_mentioned();
  redact_parties();
}

/// Whom the export does not know.
void Redaction::list_mentioned() {
  for (const MentionedPerson& person : out_.columns.mentioned_people) {
    if (person.parties.empty()) {
      list_person(person.shown, pseudonyms_.of({}, person.shown));
    }
  }
}

/// Everybody who is not known to be a group, by name and address. An id is a name only where there
/// is no other, and it looks like one.
void Redaction::list_people(const Collected& in) {
  for (std::size_t i = 0; i < in.party_records.size(); ++i) {
    const PartyRecord& record = in.party_records[i];
    const std::string& id = record.id.empty() ? record.name : record.id;
    const ProfileSemantics& semantics = *in.files[in.party_files[i]].semantics;
    if (is_of_many(record.kind) ||
        semantics.is_placeholder(record.name.empty() ? id : record.name)) {
      continue;
    }
    const std::string pseudonym = pseudonyms_.of(record.source, id);
    const bool id_is_name = record.name.empty() && is_without_digits(id);
    people_.add_name(id_is_name ? id : record.name, pseudonym);
    std::vector<std::string> aliases = record.aliases;
    aliases.insert(aliases.end(), {record.id, record.name});
    for (const std::string& alias : aliases) {
      if (People::is_address(alias)) {
        people_.add_address(alias, pseudonym);
      } else if (alias.find(' ') != std::string::npos) {
        people_.add_name(alias, pseudonym);
      }
    }
  }
}

void Redaction::list_people_of_fields(const Collected& in, const AttributeTable& attributes) {
  boost::unordered_flat_set<std::string> known;
  for (std::size_t i = 0; i < in.field_people.size(); ++i) {
    const FieldPerson& person = in.field_people[i];
    CollectedFile of = in.files[in.field_people_files[i]];
    if (person.signature != FieldPerson::no_signature) {
      of.source = attributes.signatures()[person.signature].source;
    }
    const PartyRef& ref = person.party;
    const bool is_new =
        known
            .insert(fmt::format("{} {} {} {} {}\x1f{}", of.source, of.profile, ref.field, ref.table,
                                out_.reference_text(ref.id, ref.kind), person.label))
            .second;
    if (is_new) {  // Each batch lists its own.
      list_person_of_field(in, person, of);
    }
  }
}

/// Whom no table of the export has, and how fields call those whom one has.
void Redaction::list_person_of_field(const Collected& in, const FieldPerson& person,
                                     const CollectedFile& of) {
  const PartyRef& ref = person.party;
  const std::string text = out_.reference_text(ref.id, ref.kind);
  if (of.semantics->is_placeholder(text)) {
    return;
  }
  const std::uint32_t number = parties_.known(ref, of.source);
  if (number < ambiguous) {
    const Party& party = out_.columns.parties[number];
    if (!is_of_many(party.kind)) {
      list_people_in(person.label, of.source, pseudonyms_.of(party.source, party.id));
    }
    return;
  }
  const std::string pseudonym = pseudonyms_.of(out_.columns.sources[of.source], text);
  if (ref.kind == RefKind::text) {
    list_people_in(text, of.source, pseudonym);
  }
  const bool is_group =
      of.semantics->party_table(ref.field, in.tables[ref.table]).kind == PartyKind::group;
  if (!is_group && !of.semantics->is_placeholder(person.label)) {
    list_people_in(person.label, of.source, pseudonym);
  }
}

/// One person or several, whose names may be of one word.
void Redaction::list_people_in(std::string_view cell, std::uint16_t source,
                               const std::string& pseudonym) {
  const std::vector<std::string_view> parts =
      split_at(cell, {";", "\n", "|", "\xE3\x80\x81", "\xEF\xBC\x9B"});
  for (const std::string_view part : parts) {
    if (parts.size() == 1) {
      list_people_side_by_side(part, source, pseudonym);
    } else if (const auto own = pseudonym_of(part, source)) {
      list_people_side_by_side(part, source, *own);
    }
  }
}

/// What stands between names also stands within them: "Baker, Bob". So it parts only what could be
/// whole names.
void Redaction::list_people_side_by_side(std::string_view text, std::uint16_t source,
                                         const std::string& pseudonym) {
  const std::vector<std::string_view> parts =
      split_at(text, {",", "/", "&", " and ", " und ", " et "});
  const bool are_names = parts.size() > 1 && std::ranges::all_of(parts, People::has_several_words);
  if (!are_names) {
    list_person(text, pseudonym);
    return;
  }
  for (const std::string_view part : parts) {
    if (const auto own = pseudonym_of(part, source)) {
      list_person(part, *own);
    }
  }
}

/// Of one of several in a cell; nothing for a group.
std::optional<std::string> Redaction::pseudonym_of(std::string_view name, std::uint16_t source) {
  const std::uint32_t number = parties_.known(name, source);
  if (number >= ambiguous) {
    return pseudonyms_.of(out_.columns.sources[source], name);
  }
  const Party& party = out_.columns.parties[number];
  return is_of_many(party.kind) ? std::nullopt
                                : std::optional(pseudonyms_.of(party.source, party.id));
}

/// A name, an address, or both: `Bob Baker <bob@corp.com>`.
void Redaction::list_person(std::string_view text, const std::string& pseudonym) {
  for (const std::string_view word :
       split_at(text, {" ", "<", ">", "(", ")", "\"", ",", "mailto:"})) {
    if (People::is_address(word)) {
      people_.add_address(word, pseudonym);
    }
  }
  const std::string_view name = trim(text.substr(0, text.find_first_of("<([@")));
  const bool has_address = text.substr(name.size()).starts_with('@');
  if (!has_address && is_without_digits(name)) {
    people_.add_name(name, pseudonym);
  }
}

void Redaction::redact_parties() {
  for (std::uint32_t i = 0; i < out_.columns.parties.size(); ++i) {
    Party& party = out_.columns.parties[i];
    if (is_of_many(party.kind) || parties_.is_known_placeholder(i)) {
      redact(party.name);
      redact(party.id);
    } else {
      party.name = party.id = pseudonyms_.of(party.source, party.id);
    }
    redact(party.source);
  }
  for (PartyDetails& details : out_.columns.party_details) {
    redact(details.title);
  }
  for (PartyContact& contact : out_.columns.party_contacts) {
    contact.phone.clear();
    contact.email.clear();
  }
}

void Redaction::redact(std::string& text) const {
  if (auto redacted = people_.redacted(text)) {
    text = std::move(*redacted);
  }
}

void Redaction::redact_items() {
  std::vector<bool> has_short_name;
  for (const Party& party : out_.columns.parties) {
    has_short_name.push_back(people_.has_short_name(party.id));
  }
  std::vector<std::string_view> beside;
  for (const ItemId item : out_.so_far.items()) {
    beside.clear();
    for (const Responsibility& responsibility : out_.so_far.parties_of(item)) {
      if (has_short_name[index_of(responsibility.party)]) {
        beside.push_back(out_.so_far.party(responsibility.party).id);
      }
    }
    redact_item(index_of(item), beside);
  }
  for (auto& [item, cost] : out_.columns.costs) {
    redact(cost);
  }
  for (StrongKey& key : out_.columns.strong_keys) {
    if (const auto redacted = people_.redacted(out_.columns.stored(key.text))) {
      key.text = out_.add_text(*redacted);
    }
  }
  for (StatedText& vendor : out_.columns.vendors) {
    if (const auto redacted = people_.redacted(out_.columns.stored(vendor.text))) {
      vendor.text = out_.add_text(*redacted);
    }
  }
  out_.columns.links.clear();  // They lead to what names persons.
  for (Contradiction& one : out_.columns.contradictions) {
    redact(one.facing);
    redact(one.state);
  }
}

void Redaction::redact_item(std::uint32_t item, std::span<const std::string_view> beside) {
  const ItemId id{item};
  const auto redacted_name = people_.redacted(out_.so_far.name(id), beside);
  const auto redacted_id =
      out_.columns.id_kind[item] == InventoryColumns::IdKind::text
          ? people_.redacted(out_.columns.stored(out_.columns.id[item]), beside)
          : std::nullopt;
  if (redacted_id) {
    out_.columns.exported_ids.emplace(item, out_.so_far.id(id));
    out_.columns.id[item] = out_.add_text(*redacted_id).as_id();
  }
  if (redacted_name) {
    out_.columns.exported_names.emplace(item, out_.so_far.name(id));
    const TextRange name = out_.add_text(*redacted_name);
    out_.columns.name_begin[item] = name.begin;
    out_.columns.name_size[item] = static_cast<std::uint32_t>(name.size);
  }
}

void Redaction::redact_relations() {
  for (std::size_t i = 0; i < out_.columns.relations.size(); ++i) {
    if (out_.columns.relations[i].has_row_id && !out_.columns.relations[i].row_id_is_hex) {
      if (const auto redacted = people_.redacted(out_.columns.stored(out_.columns.row_id[i]))) {
        out_.columns.row_id[i] = out_.add_text(*redacted).as_id();
      }
    }
  }
  for (UnresolvedEnd& end : out_.columns.unresolved) {
    if (auto redacted = people_.redacted(end.text)) {
      end.exported = std::exchange(end.text, std::move(*redacted));
    }
  }
  for (RelationType& type : out_.columns.relation_types) {
    redact(type.id);
  }
}

/// Whether files and tables are called after persons.
void Redaction::redact_inputs() {
  for (InputSummary& input : out_.columns.inputs) {
    redact(input.path);
    redact(input.table);
    redact(input.source);
    for (TableSummary& table : input.tables) {
      redact(table.name);
    }
  }
  for (Truncation& one : out_.columns.truncations) {
    redact(one.reason);
    redact(one.table);
    redact(one.source);
    std::ranges::for_each(one.files, [&](std::string& file) { redact(file); });
  }
  for (Notice& notice : out_.columns.notices) {
    redact(notice.message);
    redact(notice.place.file);
  }
}

void Redaction::redact_sources() {
  for (std::uint16_t i = 0; i < out_.columns.sources.size(); ++i) {
    if (auto redacted = people_.redacted(out_.columns.sources[i])) {
      out_.columns.exported_sources[i] =
          std::exchange(out_.columns.sources[i], std::move(*redacted));
    }
  }
}

/// Who is meant has the pseudonym of the party, and where that is none, one of its own.
void Redaction::redact_mentioned() {
  for (MentionedPerson& person : out_.columns.mentioned_people) {
    if (!person.shown.empty()) {
      person.shown = person.parties.empty()
                         ? pseudonyms_.of({}, person.shown)
                         : label(out_.columns.parties[index_of(person.parties.front())]);
    }
  }
  std::ranges::for_each(out_.columns.mentioned_texts, [&](std::string& text) { redact(text); });
}

void Redaction::redact_texts() {
  redact_items();
  redact_relations();
  redact_inputs();
  redact_sources();
  redact_mentioned();
  for (auto* texts : {&out_.columns.class_names, &out_.columns.environments}) {
    std::ranges::for_each(*texts, [&](std::string& text) { redact(text); });
  }
}

}  // namespace tierline
