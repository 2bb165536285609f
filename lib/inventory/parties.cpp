// Who answers for what: references to parties become parties, and each item gets its owners.

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>

#include "inventory/builder.h"
#include "support/text.h"

namespace tierline {
namespace {

constexpr PartyId several_parties{UINT32_MAX};

std::string index_key(const std::string& source, std::string_view text) {
  return source + '\x1f' + fold(text);
}

/// The same for the same person in every run.
std::string pseudonym(const std::string& source, const std::string& id) {
  const std::string key = index_key(source, id);
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
  party_of_ref_.reserve(party_refs_.size());
  for (std::size_t i = 0; i < party_refs_.size(); ++i) {
    party_of_ref_.push_back(resolve_party(party_refs_[i]));
  }
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
  for (Party& party : out_.parties_) {
    const bool is_placeholder = std::ranges::any_of(
        profiles_, [&](const Meaning* meaning) { return meaning->is_placeholder(label(party)); });
    if (party.kind != PartyKind::group && !is_placeholder) {
      party.name = party.id = pseudonym(party.source, party.id);
    }
  }
}

/// Parties by id first: a name that is also another party's id never hides it.
void InventoryBuilder::index_parties() {
  std::vector<PartyId> party_of_record;
  for (const PartyRecord& record : party_records_) {
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
    party_tables_[{record.source, record.kind}] = true;
    const PartyId next{static_cast<std::uint32_t>(out_.parties_.size())};
    const auto [entry, is_new] = party_index_.try_emplace(index_key(party.source, party.id), next);
    party_of_record.push_back(entry->second);
    if (is_new) {
      out_.parties_.push_back(std::move(party));
    } else {
      merge_party(out_.parties_[index_of(entry->second)], party);
    }
  }
  for (std::size_t i = 0; i < party_records_.size(); ++i) {
    const PartyRecord& record = party_records_[i];
    std::vector<std::string> names = record.aliases;
    names.push_back(record.name);
    for (const std::string& name : names) {
      const std::string key = index_key(record.source, name);
      if (name.empty() || key == index_key(record.source, record.id)) {
        continue;
      }
      const auto [entry, is_new] = party_names_.try_emplace(key, party_of_record[i]);
      if (entry->second != party_of_record[i]) {
        entry->second = several_parties;
      }
    }
  }
}

PartyId InventoryBuilder::resolve_party(const Scoped& reference) {
  const PartyReference wanted = profiles_[reference.profile]->party(reference.text);
  const std::string& source = out_.sources_[reference.source];
  const std::string key = index_key(source, wanted.text);
  for (const auto* index : {&party_index_, &party_names_}) {
    const auto found = index->find(key);
    if (found != index->end() && found->second != several_parties) {
      return found->second;
    }
  }
  const bool is_ambiguous = party_names_.contains(key);
  if (is_ambiguous) {
    add_notice({"ambiguous-reference",
                fmt::format("'{}' names several parties: it counts as an owner, but nobody knows "
                            "who",
                            shown(source, wanted.text)),
                {}});
  }
  const bool loaded = wanted.points_to == PartyKind::unknown
                          ? party_tables_.contains({source, PartyKind::person}) ||
                                party_tables_.contains({source, PartyKind::group})
                          : party_tables_.contains({source, wanted.points_to});
  const PartyId next{static_cast<std::uint32_t>(out_.parties_.size())};
  const auto [entry, is_new] = unknown_parties_.try_emplace(key, next);
  if (is_new) {
    out_.parties_.push_back({.id = wanted.text,
                             .name = {},
                             .source = source,
                             .kind = PartyKind::unknown,
                             .known = false,
                             .active = true,
                             .table_loaded = loaded && !wanted.elsewhere && !is_ambiguous,
                             .has_one_lead = {}});
  }
  return entry->second;
}

void InventoryBuilder::fill_uses() {
  out_.uses_begin_.reserve(record_of_item_.size() + 1);
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
  const auto merged = merged_uses_.find(item);
  const std::span<const PartyRef> refs =
      merged != merged_uses_.end() ? std::span<const PartyRef>(merged->second)
                                   : std::span(uses_).subspan(record.uses_begin, record.use_count);
  if (refs.empty()) {
    return;
  }
  const Meaning& meaning = *profiles_[signatures_[record.signature].profile];
  std::vector<PartyUse> uses;
  std::optional<PartyUse> placeholder;
  int owner_field = -1;
  for (const PartyRef& ref : refs) {
    const PartyId party = party_of_ref_[ref.party];
    Role role = meaning.role(ref.field);
    if (meaning.is_placeholder(label(out_.party(party)))) {
      if (role == Role::accountable && !placeholder) {
        placeholder = PartyUse{party, Role::placeholder};
      }
      continue;
    }
    if (role == Role::accountable) {
      owner_field = owner_field < 0 ? ref.field : owner_field;
      role = ref.field == owner_field ? role : Role::candidate;
    }
    uses.push_back({party, role});
  }
  if (placeholder && owner_field < 0) {
    uses.push_back(*placeholder);
  }
  const auto order = [&](const PartyUse& use) {
    return std::tuple(use.role, out_.party(use.party).id);
  };
  std::ranges::sort(uses,
                    [&](const PartyUse& a, const PartyUse& b) { return order(a) < order(b); });
  const auto [begin, end] = std::ranges::unique(
      uses, [&](const PartyUse& a, const PartyUse& b) { return order(a) == order(b); });
  uses.erase(begin, end);
  std::ranges::copy(uses, std::back_inserter(out_.uses_));
}

}  // namespace tierline
