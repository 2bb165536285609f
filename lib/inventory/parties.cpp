#include "inventory/parties.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>
#include <string_view>
#include <utility>

#include "inventory/id128.h"
#include "support/text.h"

namespace tierline {
namespace {

/// What records of one party can disagree about, and which value is the greater one.
enum class PartyField : std::uint8_t { name, kind, active, until, leads };

std::string_view to_string(PartyField field) {
  constexpr std::string_view words[] = {"name", "kind", "active", "leave date", "leads"};
  return words[static_cast<std::size_t>(field)];
}

/// The greater value counts, whichever comes first; what is not said is less than anything. True
/// where both say something, and not the same.
template <typename Value, typename IsGreater>
bool keep_greater(Value& known, const Value& other, const Value& unsaid, IsGreater is_greater) {
  const bool disagree = known != unsaid && other != unsaid && known != other;
  if (known == unsaid || (disagree && is_greater(other, known))) {
    known = other;
  }
  return disagree;
}

/// Two records of one party become one; each field that they disagree about is told.
template <typename Disagree>
void merge_party(PartyRecord& known, const PartyRecord& other, Disagree disagree) {
  const auto merge = [&](PartyField field, auto& value, const auto& its, auto is_greater) {
    if (keep_greater(value, its, {}, is_greater)) {
      disagree(field);
    }
  };
  known.id = std::max(known.id, other.id);
  merge(PartyField::name, known.name, other.name, std::greater());
  if (keep_greater(known.kind, other.kind, PartyKind::unknown, std::less())) {
    disagree(PartyField::kind);
  }
  merge(PartyField::active, known.active, other.active, std::less());
  merge(PartyField::until, known.until, other.until, std::greater());
  merge(PartyField::leads, known.lead_count, other.lead_count, std::greater());
}

}  // namespace

Parties::Parties(const Collected& in, InventoryDraft& out) : in_(in), out_(out) {
  for (const PartyRecord& record : in_.party_records) {
    out_.source_number(record.source);
  }
  indexes_.resize(out_.sources_.size());
}

/// Parties by id first: a name that is also another party's id never hides it.
void Parties::read(const std::string& as_of) {
  index_names(merge_records(as_of));
}

void Parties::index_names(const std::vector<std::uint32_t>& party_of_record) {
  for (std::size_t i = 0; i < in_.party_records.size(); ++i) {
    const PartyRecord& record = in_.party_records[i];
    SourceIndex& index = indexes_[out_.source_number(record.source)];
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

/// Records of one id become one party. Which party each record is.
std::vector<std::uint32_t> Parties::merge_records(const std::string& as_of) {
  std::vector<std::uint32_t> party_of_record;
  std::vector<std::uint32_t> first_record;
  std::map<std::uint32_t, PartyRecord> merged;              // By party, where there are several.
  std::map<std::uint32_t, std::set<PartyField>> disagreed;  // The same.
  std::map<std::pair<PartyField, std::uint32_t>, Notice> notices;
  const auto place = [&](std::uint32_t record) {
    return Place{out_.inputs_[in_.party_files[record]].path, in_.party_records[record].line};
  };
  for (std::uint32_t i = 0; i < in_.party_records.size(); ++i) {
    const std::uint32_t party =
        number(in_.party_records[i], static_cast<std::uint32_t>(first_record.size()));
    party_of_record.push_back(party);
    if (party == first_record.size()) {
      first_record.push_back(i);
      continue;
    }
    const std::uint32_t first = first_record[party];
    PartyRecord& so_far = merged.try_emplace(party, in_.party_records[first]).first->second;
    merge_party(so_far, in_.party_records[i], [&](PartyField field) {
      if (!disagreed[party].insert(field).second) {
        return;
      }
      Notice& notice = notices[{field, in_.party_files[first]}];
      const std::uint64_t count = notice.message.empty() ? 1 : notice.count + 1;
      if (const Place here = place(first); count == 1 || here.line < notice.place.line) {
        const Place there = place(i);
        notice = {"records-disagree",
                  fmt::format("records of one party say different things in '{}' (here and at "
                              "{}:{}): the greater value counts{}",
                              to_string(field), there.file, there.line,
                              field == PartyField::active ? ", and gone is greater" : ""),
                  here};
      }
      notice.count = count;
    });
  }
  for (auto& [field_and_file, notice] : notices) {
    out_.add_notice(std::move(notice));
  }
  for (std::uint32_t party = 0; party < first_record.size(); ++party) {
    const auto several = merged.find(party);
    add(several == merged.end() ? in_.party_records[first_record[party]] : several->second, as_of);
  }
  return party_of_record;
}

/// The number of the party with the record's id: `next` when it is a new one.
std::uint32_t Parties::number(const PartyRecord& record, std::uint32_t next) {
  SourceIndex& index = indexes_[out_.source_number(record.source)];
  index.has_persons |= record.kind != PartyKind::group;
  index.has_groups |= record.kind != PartyKind::person;
  const std::string& id = record.id.empty() ? record.name : record.id;
  const auto hex = parse_id128(id);
  return hex ? index.by_id.insert(*hex, next)
             : index.by_text_id.try_emplace(fold(id), next).first->second;
}

void Parties::add(const PartyRecord& record, const std::string& as_of) {
  Party party{
      .id = record.id.empty() ? record.name : record.id,
      .name = record.name,
      .source = record.source,
      .kind = record.kind,
      .known = true,
      .active = record.active.value_or(true) && (record.until.empty() || record.until >= as_of),
      .table_loaded = true,
      .has_one_lead = {}};
  if (record.lead_count) {
    party.has_one_lead = *record.lead_count == 1;
  }
  out_.parties_.push_back(std::move(party));
}

std::uint32_t Parties::find(const PartyRef& ref, SourceIndex& index) const {
  return ref.kind == RefKind::hex ? index.by_id.find(ref.id) : find(out_.stored(ref.id), index);
}

std::uint32_t Parties::find(std::string_view text, SourceIndex& index) {
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

std::uint32_t Parties::resolve(const PartyRef& ref, std::uint16_t profile, std::uint16_t source,
                               std::uint32_t item) {
  const std::uint32_t party = find(ref, indexes_[source]);
  return party < ambiguous ? party : unknown(ref, profile, source, item);
}

/// Somebody whom no table of the export holds, or whom several entries of it could be.
std::uint32_t Parties::unknown(const PartyRef& ref, std::uint16_t profile, std::uint16_t source,
                               std::uint32_t item) {
  SourceIndex& index = indexes_[source];
  const auto [table, is_new_table] = tables_.try_emplace({profile, ref.field, ref.table});
  if (is_new_table) {
    table->second = in_.profiles[profile]->party_table(ref.field, in_.tables[ref.table]);
  }
  const bool has_table = table->second.kind == PartyKind::person ? index.has_persons
                         : table->second.kind == PartyKind::group
                             ? index.has_groups
                             : index.has_persons || index.has_groups;
  const bool is_ambiguous = find(ref, index) == ambiguous;
  const bool loaded = has_table && !table->second.elsewhere && !is_ambiguous;
  const auto next = static_cast<std::uint32_t>(out_.parties_.size());
  const std::uint32_t number =
      ref.kind == RefKind::hex
          ? index.unknown_by_id[loaded ? 1 : 0].try_emplace(ref.id, next).first->second
          : index.unknown_by_text[loaded ? 1 : 0]
                .try_emplace(std::string(out_.stored(ref.id)), next)
                .first->second;
  if (number == next) {
    const std::string text = out_.reference_text(ref.id, ref.kind);
    out_.parties_.push_back({.id = text,
                             .name = {},
                             .source = out_.sources_[source],
                             .kind = PartyKind::unknown,
                             .known = false,
                             .active = true,
                             .table_loaded = loaded,
                             .has_one_lead = {}});
  }
  if (is_ambiguous) {
    const auto [seen, is_first] = ambiguous_.try_emplace(number, Ambiguous{item, 0});
    ++seen->second.count;
  }
  return number;
}

bool Parties::is_placeholder(std::uint32_t party, const Meaning& meaning) {
  is_placeholder_.resize(out_.parties_.size());
  std::optional<bool>& known = is_placeholder_[party];
  if (!known) {
    known = meaning.is_placeholder(label(out_.parties_[party]));
  }
  return *known;
}

}  // namespace tierline
