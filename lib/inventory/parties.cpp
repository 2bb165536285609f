// Who answers for what: references to parties become parties, and each item gets its owners.

#include <fmt/format.h>

#include <algorithm>

#include "inventory/builder.h"
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

void InventoryBuilder::resolve_parties() {
  index_parties();
  assign_parties();
  fill_uses();
  if (options_.redact_people) {
    redact_parties();
  }
}

/// Parties by id first: a name that is also another party's id never hides it.
void InventoryBuilder::index_parties() {
  for (const PartyRecord& record : party_records_) {
    source_number(record.source);
  }
  party_indexes_.resize(out_.sources_.size());
  const std::vector<std::uint32_t> party_of_record = merge_parties();
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

/// Records of one id become one party. Which party each record is.
std::vector<std::uint32_t> InventoryBuilder::merge_parties() {
  std::vector<std::uint32_t> party_of_record;
  std::vector<std::uint32_t> first_record;
  std::map<std::uint32_t, PartyRecord> merged;              // By party, where there are several.
  std::map<std::uint32_t, std::set<PartyField>> disagreed;  // The same.
  std::map<std::pair<PartyField, std::uint32_t>, Notice> notices;
  const auto place = [&](std::uint32_t record) {
    return Place{out_.inputs_[party_files_[record]].path, party_records_[record].line};
  };
  for (std::uint32_t i = 0; i < party_records_.size(); ++i) {
    const std::uint32_t party =
        party_number(party_records_[i], static_cast<std::uint32_t>(first_record.size()));
    party_of_record.push_back(party);
    if (party == first_record.size()) {
      first_record.push_back(i);
      continue;
    }
    const std::uint32_t first = first_record[party];
    PartyRecord& so_far = merged.try_emplace(party, party_records_[first]).first->second;
    merge_party(so_far, party_records_[i], [&](PartyField field) {
      if (!disagreed[party].insert(field).second) {
        return;
      }
      Notice& notice = notices[{field, party_files_[first]}];
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
    add_notice(std::move(notice));
  }
  for (std::uint32_t party = 0; party < first_record.size(); ++party) {
    const auto several = merged.find(party);
    add_party(several == merged.end() ? party_records_[first_record[party]] : several->second);
  }
  return party_of_record;
}

/// The number of the party with the record's id: `next` when it is a new one.
std::uint32_t InventoryBuilder::party_number(const PartyRecord& record, std::uint32_t next) {
  PartyIndex& index = party_indexes_[source_number(record.source)];
  index.has_persons |= record.kind != PartyKind::group;
  index.has_groups |= record.kind != PartyKind::person;
  const std::string& id = record.id.empty() ? record.name : record.id;
  const auto hex = parse_id128(id);
  return hex ? index.by_id.try_emplace(*hex, next).first->second
             : index.by_text_id.try_emplace(fold(id), next).first->second;
}

void InventoryBuilder::add_party(const PartyRecord& record) {
  Party party{.id = record.id.empty() ? record.name : record.id,
              .name = record.name,
              .source = record.source,
              .kind = record.kind,
              .known = true,
              .active = record.active.value_or(true) &&
                        (record.until.empty() || record.until >= options_.as_of),
              .table_loaded = true,
              .has_one_lead = {}};
  if (record.lead_count) {
    party.has_one_lead = *record.lead_count == 1;
  }
  out_.parties_.push_back(std::move(party));
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

/// Whom a field of an item names.
std::uint32_t InventoryBuilder::resolve_party(const PartyRef& ref, std::uint16_t profile,
                                              std::uint16_t source, std::uint32_t item) {
  const std::uint32_t party = find_party(ref, party_indexes_[source]);
  return party < ambiguous ? party : unknown_party(ref, profile, source, item);
}

/// Somebody whom no table of the export holds, or whom several entries of it could be.
std::uint32_t InventoryBuilder::unknown_party(const PartyRef& ref, std::uint16_t profile,
                                              std::uint16_t source, std::uint32_t item) {
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
  }
  if (is_ambiguous) {
    const auto [seen, is_first] = ambiguous_parties_.try_emplace(number, AmbiguousParty{item, 0});
    ++seen->second.count;
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
  report_ambiguous_parties();
}

/// Names that several parties have, with the first item that one of them answers for.
void InventoryBuilder::report_ambiguous_parties() {
  for (const auto& [number, seen] : ambiguous_parties_) {
    const Party& party = out_.parties_[number];
    const ItemId item{seen.first};
    add_notice({"ambiguous-reference",
                fmt::format("'{}' names several parties: it counts as somebody, but nobody knows "
                            "who (first of {})",
                            shown_person(party.source, party.id), out_.label(item)),
                out_.place(item), seen.count});
  }
}

/// Gathers the parties of one item. The first accountable field with a party in it names the
/// owners; what later ones name are candidates. A placeholder is nobody, and is kept only to be
/// told of.
class InventoryBuilder::ItemUses {
 public:
  ItemUses(InventoryBuilder& builder, std::uint32_t item)
      : builder_(builder),
        item_(item),
        begin_(static_cast<std::ptrdiff_t>(builder.out_.uses_.size())) {}

  void add(const PartyRef& ref, std::uint16_t profile, std::uint16_t source) {
    const Meaning& meaning = *builder_.profiles_[profile];
    const std::uint32_t party = builder_.resolve_party(ref, profile, source, item_);
    Role role = meaning.role(ref.field);
    if (builder_.is_placeholder(party, meaning)) {
      if (role == Role::accountable && !placeholder_) {
        placeholder_ = PartyUse{PartyId{party}, Role::placeholder};
      }
      return;
    }
    if (role == Role::accountable) {
      const std::pair field(profile, ref.field);
      owner_field_ = owner_field_.value_or(field);
      role = field == *owner_field_ ? role : Role::candidate;
    }
    add({PartyId{party}, role});
  }

  void finish() {
    if (placeholder_ && !owner_field_) {
      add(*placeholder_);
    }
    auto& uses = builder_.out_.uses_;
    const auto goes_before = [&](const PartyUse& a, const PartyUse& b) {
      return a.role == Role::accountable && b.role == Role::accountable
                 ? builder_.out_.party(a.party).id < builder_.out_.party(b.party).id
                 : a.role < b.role;
    };
    if (!std::is_sorted(uses.begin() + begin_, uses.end(), goes_before)) {
      std::stable_sort(uses.begin() + begin_, uses.end(), goes_before);
    }
  }

 private:
  void add(PartyUse use) {
    auto& uses = builder_.out_.uses_;
    const auto same = [&](const PartyUse& other) {
      return other.party == use.party && other.role == use.role;
    };
    if (std::none_of(uses.begin() + begin_, uses.end(), same)) {
      uses.push_back(use);
    }
  }

  InventoryBuilder& builder_;
  std::uint32_t item_;
  std::ptrdiff_t begin_;  ///< Where the item's parties begin.
  std::optional<PartyUse> placeholder_;
  std::optional<std::pair<std::uint16_t, std::uint8_t>> owner_field_;  ///< Of which profile.
};

/// What the item's own record says, then tables of assignments, then other sources.
void InventoryBuilder::fill_uses(std::uint32_t item) {
  ItemUses uses(*this, item);
  const auto add_record = [&](std::uint32_t record) {
    const GlobalSignature& signature = signatures_[items_[record].signature];
    for (const PartyRef& ref : uses_of(record)) {
      uses.add(ref, signature.profile, signature.source);
    }
  };
  const std::uint32_t record = record_of_item_[item];
  const auto merged = merged_uses_.empty() ? merged_uses_.end() : merged_uses_.find(item);
  if (merged == merged_uses_.end()) {
    add_record(record);
  } else {
    const GlobalSignature& signature = signatures_[items_[record].signature];
    for (const PartyRef& ref : merged->second) {
      uses.add(ref, signature.profile, signature.source);
    }
  }
  if (const auto assigned = assigned_parties_.find(item); assigned != assigned_parties_.end()) {
    for (const std::uint32_t number : assigned->second) {
      const FileInfo& file = files_[file_of(assignment_segments_, number)];
      uses.add(assignments_[number].party, file.profile, file.source);
    }
  }
  if (const auto others = joined_.find(item); others != joined_.end()) {
    std::ranges::for_each(others->second, add_record);
  }
  uses.finish();
}

/// Which item each assignment is about.
void InventoryBuilder::assign_parties() {
  std::map<std::uint32_t, Notice> lost;  // By file.
  for (std::uint32_t i = 0; i < assignments_.size(); ++i) {
    const AssignmentRecord& assignment = assignments_[i];
    const std::uint32_t file = file_of(assignment_segments_, i);
    const std::uint32_t item =
        resolve(assignment.item, assignment.item_kind, files_[file].source, {});
    if (item < ambiguous) {
      assigned_parties_[item].push_back(i);
      continue;
    }
    const auto [known, is_new] = lost.try_emplace(file);
    if (is_new) {
      known->second = {"dangling-assignment",
                       fmt::format("parties are assigned to items that the export does not have, "
                                   "or has several of (first '{}')",
                                   reference_text(assignment.item, assignment.item_kind)),
                       {out_.inputs_[file].path, assignment.line},
                       0};
    }
    ++known->second.count;
  }
  for (auto& [file, notice] : lost) {
    add_notice(std::move(notice));
  }
}

}  // namespace tierline
