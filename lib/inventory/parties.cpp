// Who answers for what: references to parties become parties, and each item gets its owners.

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>

#include "inventory/builder.h"
#include "inventory/id128.h"
#include "support/text.h"

namespace tierline {
namespace {

/// The same for the same person in every run.
std::string pseudonym(const std::string& source, const std::string& id) {
  const std::string key = source + '\x1f' + fold(id);
  return fmt::format("person-{:016x}", XXH3_64bits(key.data(), key.size())).substr(0, 15);
}

/// Two records of one party become one. Where they differ, who is said to be inactive is.
void merge_party(Party& known, const Party& other) {
  known.name = std::max(known.name, other.name);
  known.kind = std::min(known.kind, other.kind);
  known.active = known.active && other.active;
  if (!known.has_one_lead) {
    known.has_one_lead = other.has_one_lead;
  } else if (other.has_one_lead) {
    known.has_one_lead = *known.has_one_lead && *other.has_one_lead;
  }
}

}  // namespace

void InventoryBuilder::resolve_parties() {
  index_parties();
  fill_uses();
  if (options_.redact_people) {
    redact_people();
  }
}

/// What a person is called in messages.
std::string InventoryBuilder::shown(const std::string& source, const std::string& person) const {
  return options_.redact_people ? pseudonym(source, person) : person;
}

/// Groups keep their names; whoever may be a person loses it.
void InventoryBuilder::redact_people() {
  for (std::size_t i = 0; i < out_.parties_.size(); ++i) {
    Party& party = out_.parties_[i];
    const bool is_nobody = i < is_placeholder_.size() && is_placeholder_[i].value_or(false);
    if (party.kind != PartyKind::group && !is_nobody) {
      party.name = party.id = pseudonym(party.source, party.id);
    }
  }
}

/// Parties by id first: a name that is also another party's id never hides it.
void InventoryBuilder::index_parties() {
  for (const PartyRecord& record : party_records_) {
    source_number(record.source);
  }
  party_indexes_.resize(out_.sources_.size());
  std::vector<std::uint32_t> party_of_record;
  for (const PartyRecord& record : party_records_) {
    add_party(record, party_of_record);
  }
  for (std::size_t i = 0; i < party_records_.size(); ++i) {
    const PartyRecord& record = party_records_[i];
    PartyIndex& index = party_indexes_[source_number(record.source)];
    std::vector<std::string> names = record.aliases;
    names.push_back(record.name);
    for (const std::string& name : names) {
      const auto [entry, is_new] = index.by_name.try_emplace(fold(name), party_of_record[i]);
      if (entry->second != party_of_record[i]) {
        entry->second = ambiguous;
      }
    }
  }
}

void InventoryBuilder::add_party(const PartyRecord& record,
                                 std::vector<std::uint32_t>& party_of_record) {
  PartyIndex& index = party_indexes_[source_number(record.source)];
  Party party{.id = record.id.empty() ? record.name : record.id,
              .name = record.name,
              .source = record.source,
              .kind = record.kind,
              .known = true,
              .active = record.active && (record.until.empty() || record.until >= options_.as_of),
              .table_loaded = true,
              .has_one_lead = {}};
  if (record.lead_count) {
    party.has_one_lead = *record.lead_count == 1;
  }
  index.has_persons |= record.kind != PartyKind::group;
  index.has_groups |= record.kind != PartyKind::person;
  const auto next = static_cast<std::uint32_t>(out_.parties_.size());
  const auto hex = parse_id128(party.id);
  const std::uint32_t number =
      hex ? index.by_id.try_emplace(*hex, next).first->second
          : index.by_text_id.try_emplace(fold(party.id), next).first->second;
  party_of_record.push_back(number);
  if (number == next) {
    out_.parties_.push_back(std::move(party));
  } else {
    merge_party(out_.parties_[number], party);
  }
}

std::uint32_t InventoryBuilder::find_party(const PartyRef& ref, PartyIndex& index) const {
  if (ref.kind == RefKind::hex) {
    const auto found = index.by_id.find(ref.id);
    return found == index.by_id.end() ? nothing : found->second;
  }
  const std::string_view text = stored(ref.id);
  if (const auto known = index.by_text.find(text); known != index.by_text.end()) {
    return known->second;
  }
  const std::string folded = fold(text);
  std::uint32_t party = nothing;
  for (const auto* names : {&index.by_text_id, &index.by_name}) {
    const auto found = names->find(folded);
    if (party == nothing && found != names->end()) {
      party = found->second;
    }
  }
  index.by_text.emplace(std::string(text), party);
  return party;
}

std::uint32_t InventoryBuilder::resolve_party(const PartyRef& ref, std::uint16_t profile,
                                              std::uint16_t source) {
  const std::uint32_t party = find_party(ref, party_indexes_[source]);
  return party < ambiguous ? party : unknown_party(ref, profile, source);
}

/// Somebody whom no table of the export holds, or whom several entries of it could be.
std::uint32_t InventoryBuilder::unknown_party(const PartyRef& ref, std::uint16_t profile,
                                              std::uint16_t source) {
  PartyIndex& index = party_indexes_[source];
  const auto [table, is_new_table] = party_tables_.try_emplace({profile, ref.field, ref.table});
  if (is_new_table) {
    table->second = profiles_[profile]->party_table(ref.field, tables_[ref.table]);
  }
  const bool has_table = table->second.kind == PartyKind::person ? index.has_persons
                         : table->second.kind == PartyKind::group
                             ? index.has_groups
                             : index.has_persons || index.has_groups;
  const bool is_ambiguous = find_party(ref, index) == ambiguous;
  const bool loaded = has_table && !table->second.elsewhere && !is_ambiguous;
  const auto next = static_cast<std::uint32_t>(out_.parties_.size());
  const std::uint32_t number =
      ref.kind == RefKind::hex
          ? index.unknown_by_id[loaded ? 1 : 0].try_emplace(ref.id, next).first->second
          : index.unknown_by_text[loaded ? 1 : 0]
                .try_emplace(std::string(stored(ref.id)), next)
                .first->second;
  if (number == next) {
    const std::string text = reference_text(ref.id, ref.kind);
    out_.parties_.push_back({.id = text,
                             .name = {},
                             .source = out_.sources_[source],
                             .kind = PartyKind::unknown,
                             .known = false,
                             .active = true,
                             .table_loaded = loaded,
                             .has_one_lead = {}});
    if (is_ambiguous) {
      add_notice({"ambiguous-reference",
                  fmt::format("'{}' names several parties: it counts as an owner, but nobody knows "
                              "who",
                              shown(out_.sources_[source], text)),
                  {}});
    }
  }
  return number;
}

bool InventoryBuilder::is_placeholder(std::uint32_t party, const Meaning& meaning) {
  is_placeholder_.resize(out_.parties_.size());
  std::optional<bool>& known = is_placeholder_[party];
  if (!known) {
    known = meaning.is_placeholder(label(out_.parties_[party]));
  }
  return *known;
}

void InventoryBuilder::fill_uses() {
  out_.uses_begin_.reserve(record_of_item_.size() + 1);
  out_.uses_.reserve(uses_.size());
  for (std::uint32_t item = 0; item < record_of_item_.size(); ++item) {
    out_.uses_begin_.push_back(static_cast<std::uint32_t>(out_.uses_.size()));
    fill_uses(item);
  }
  out_.uses_begin_.push_back(static_cast<std::uint32_t>(out_.uses_.size()));
}

/// The first accountable field with a party in it names the owners; what later ones name are
/// candidates. A placeholder is nobody, and is kept only to be told of.
void InventoryBuilder::fill_uses(std::uint32_t item) {
  const ItemRecord& record = items_[record_of_item_[item]];
  const auto merged = merged_uses_.empty() ? merged_uses_.end() : merged_uses_.find(item);
  const std::span<const PartyRef> refs =
      merged != merged_uses_.end() ? std::span<const PartyRef>(merged->second)
                                   : std::span(uses_).subspan(record.uses_begin, record.use_count);
  const std::uint16_t profile = signatures_[record.signature].profile;
  const Meaning& meaning = *profiles_[profile];
  const auto begin = static_cast<std::ptrdiff_t>(out_.uses_.size());
  std::optional<PartyUse> placeholder;
  int owner_field = -1;
  const auto add = [&](PartyUse use) {
    const auto same = [&](const PartyUse& other) {
      return other.party == use.party && other.role == use.role;
    };
    if (std::none_of(out_.uses_.begin() + begin, out_.uses_.end(), same)) {
      out_.uses_.push_back(use);
    }
  };
  for (const PartyRef& ref : refs) {
    const std::uint32_t party = resolve_party(ref, profile, out_.source_[item]);
    Role role = meaning.role(ref.field);
    if (is_placeholder(party, meaning)) {
      if (role == Role::accountable && !placeholder) {
        placeholder = PartyUse{PartyId{party}, Role::placeholder};
      }
      continue;
    }
    if (role == Role::accountable) {
      owner_field = owner_field < 0 ? ref.field : owner_field;
      role = ref.field == owner_field ? role : Role::candidate;
    }
    add({PartyId{party}, role});
  }
  if (placeholder && owner_field < 0) {
    add(*placeholder);
  }
  const auto goes_before = [&](const PartyUse& a, const PartyUse& b) {
    return a.role == Role::accountable && b.role == Role::accountable
               ? out_.party(a.party).id < out_.party(b.party).id
               : a.role < b.role;
  };
  if (!std::is_sorted(out_.uses_.begin() + begin, out_.uses_.end(), goes_before)) {
    std::stable_sort(out_.uses_.begin() + begin, out_.uses_.end(), goes_before);
  }
}

}  // namespace tierline
