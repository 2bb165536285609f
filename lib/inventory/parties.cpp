#include "inventory/parties.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>

#include "support/id128.h"
#include "tierline/text.h"

namespace tierline {
namespace {

/// What records of one party can disagree about, and which value is the greater one.
enum class PartyField : std::uint8_t {
  name,
  kind,
  active,
  until,
  leads,
  title,
  manager,
  organisation,
  employment,
  phone
};

std::string_view to_string(PartyField field) {
  constexpr std::string_view words[] = {"name",  "kind",    "active",       "leave date", "leads",
                                        "title", "manager", "organisation", "employment", "phone"};
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
  known.set(PartyText::lead, std::max(known.text(PartyText::lead), other.text(PartyText::lead)));
  for (const auto& [field, which] : {std::pair(PartyField::title, PartyText::title),
                                     {PartyField::manager, PartyText::manager},
                                     {PartyField::organisation, PartyText::organisation},
                                     {PartyField::phone, PartyText::phone}}) {
    std::string text = known.text(which);
    merge(field, text, other.text(which), std::greater());
    known.set(which, text);
  }
  if (keep_greater(known.employment, other.employment, Employment::unknown, std::greater())) {
    disagree(PartyField::employment);
  }
}

}  // namespace

Parties::Parties(const Collected& in, InventoryAssembly& out, const InputSet& details)
    : in_(in), out_(out), wants_contact_(details[static_cast<std::size_t>(RuleInput::contact)]) {
  for (const PartyRecord& record : in_.party_records) {
    out_.source_number(record.source);
  }
  indexes_.resize(out_.columns.sources.size());
}

/// Parties by id first: a name that is also another party's id never hides it.
void Parties::read(const std::string& as_of) {
  merge_records(as_of);
  index_names();
  resolve_details();
}

void Parties::index_names() {
  for (std::size_t i = 0; i < in_.party_records.size(); ++i) {
    const PartyRecord& record = in_.party_records[i];
    SourceIndex& index = indexes_[out_.source_number(record.source)];
    auto& by_name = record.kind == PartyKind::organisation ? index.by_organisation : index.by_name;
    std::vector<std::string> names = record.aliases;
    names.push_back(record.name);
    for (const std::string& name : names) {
      const auto [entry, is_new] = by_name.try_emplace(fold(name), party_of_record_[i]);
      if (entry->second != party_of_record_[i]) {
        entry->second = ambiguous;
      }
    }
  }
}

void Parties::add_details(const PartyRecord& record, const ProfileSemantics& semantics) {
  const bool is_it = record.kind != PartyKind::person && semantics.is_it_organisation(record.name);
  if (is_it || !record.texts.empty() || record.employment != Employment::unknown) {
    out_.columns.party_details.resize(out_.columns.parties.size());
    PartyDetails& details = out_.columns.party_details.back();
    details.title = record.text(PartyText::title);
    details.employment = record.employment;
    details.is_it = is_it;
  }
  if (wants_contact_) {
    add_contact(record);
  }
}

/// An address is a name that has an @.
void Parties::add_contact(const PartyRecord& record) {
  const auto email = std::ranges::find_if(record.aliases, [](const std::string& alias) {
    return alias.find('@') != std::string::npos;
  });
  if (email != record.aliases.end() || !record.text(PartyText::phone).empty()) {
    out_.columns.party_contacts.resize(out_.columns.parties.size());
    PartyContact& contact = out_.columns.party_contacts.back();
    contact.phone = record.text(PartyText::phone);
    contact.email = email == record.aliases.end() ? std::string() : *email;
  }
}

/// To whom somebody reports and where they belong, once all parties are known.
void Parties::resolve_details() {
  for (std::uint32_t party = 0; party < out_.columns.party_details.size(); ++party) {
    const auto several = merged_.find(party);
    const PartyRecord& record =
        several == merged_.end() ? in_.party_records[first_record_[party]] : several->second;
    const std::string& source = record.source;
    const std::string& manager = record.text(PartyText::manager);
    const std::string& organisation = record.text(PartyText::organisation);
    PartyDetails& details = out_.columns.party_details[party];
    details.manager = party_at(manager, source);
    details.has_unknown_manager = details.manager == no_party && !manager.empty();
    details.lead = party_at(record.text(PartyText::lead), source);
    const SourceIndex& index = indexes_[out_.source_number(source)];
    const auto found = index.by_organisation.find(fold(organisation));
    details.organisation = found != index.by_organisation.end() && found->second != ambiguous
                               ? PartyId{found->second}
                               : party_at(organisation, source);
  }
  resolve_members();
  merged_.clear();
  first_record_.clear();
}

/// Who is in which group, where tables of the export have both.
void Parties::resolve_members() {
  for (const MembershipRecord& one : in_.memberships) {
    const PartyId group = party_at(one.group, one.source);
    const PartyId member = party_at(one.member, one.source);
    if (group == no_party || member == no_party ||
        out_.so_far.party(group).kind != PartyKind::group) {
      continue;
    }
    out_.columns.party_contacts.resize(std::max<std::size_t>(out_.columns.party_contacts.size(),
                                                             index_of(group) + std::size_t{1}));
    out_.columns.party_contacts[index_of(group)].members.push_back(member);
  }
  for (PartyContact& contact : out_.columns.party_contacts) {
    std::vector<PartyId>& members = contact.members;
    std::ranges::sort(members, [&](PartyId a, PartyId b) {
      const std::string& id = out_.so_far.party(a).id;
      const std::string& other = out_.so_far.party(b).id;
      return id != other ? id < other : a < b;
    });
    members.erase(std::unique(members.begin(), members.end()), members.end());
  }
}

/// The party that a text refers to; no_party where it is none, or may be several.
PartyId Parties::party_at(const std::string& text, const std::string& source) const {
  if (text.empty()) {
    return no_party;
  }
  const SourceIndex& index = indexes_[out_.source_number(source)];
  const auto hex = parse_id128(text);
  const std::uint32_t party = hex ? index.by_id.find(*hex) : look_up(text, index);
  return party < ambiguous ? PartyId{party} : no_party;
}

std::vector<MentionedPerson> Parties::mentioned(const std::vector<std::string>& texts) const {
  std::map<std::string, std::vector<PartyId>> unknown;
  for (std::uint32_t party = 0; party < out_.columns.parties.size() && !texts.empty(); ++party) {
    if (!out_.columns.parties[party].known) {
      unknown[fold(out_.columns.parties[party].id)].push_back(PartyId{party});
    }
  }
  std::vector<MentionedPerson> all;
  for (const std::string& text : texts) {
    MentionedPerson& person = all.emplace_back(MentionedPerson{text, {}});
    const auto hex = parse_id128(text);
    for (const SourceIndex& index : indexes_) {
      const std::uint32_t by_id = hex ? index.by_id.find(*hex) : no_index;
      const std::uint32_t party = by_id < ambiguous ? by_id : look_up(text, index);
      if (party < ambiguous && !text.empty()) {
        person.parties.push_back(PartyId{party});
      }
    }
    if (const auto found = unknown.find(fold(text)); found != unknown.end()) {
      person.parties.insert(person.parties.end(), found->second.begin(), found->second.end());
    }
  }
  return all;
}

std::vector<std::string> Parties::names_of(std::uint32_t party) {
  if (!addresses_) {
    addresses_.emplace();
    for (std::size_t i = 0; i < party_of_record_.size(); ++i) {
      for (const std::string& alias : in_.party_records[i].aliases) {
        if (alias.find('@') != std::string::npos) {
          (*addresses_)[party_of_record_[i]].push_back(fold(alias));
        }
      }
    }
  }
  std::vector<std::string> names = {fold(label(out_.columns.parties[party]))};
  if (const auto known = addresses_->find(party); known != addresses_->end()) {
    std::ranges::copy(known->second, std::back_inserter(names));
  }
  return names;
}

/// Records of one id become one party.
void Parties::merge_records(const std::string& as_of) {
  std::map<std::uint32_t, std::set<PartyField>> disagreed;  // By party.
  std::map<std::pair<PartyField, std::uint32_t>, Notice> notices;
  const auto place = [&](std::uint32_t record) {
    return Place{out_.columns.inputs[in_.party_files[record]].path, in_.party_records[record].line};
  };
  for (std::uint32_t i = 0; i < in_.party_records.size(); ++i) {
    const std::uint32_t party =
        number(in_.party_records[i], static_cast<std::uint32_t>(first_record_.size()));
    party_of_record_.push_back(party);
    if (party == first_record_.size()) {
      first_record_.push_back(i);
      continue;
    }
    const std::uint32_t first = first_record_[party];
    PartyRecord& so_far = merged_.try_emplace(party, in_.party_records[first]).first->second;
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
  for (std::uint32_t party = 0; party < first_record_.size(); ++party) {
    const auto several = merged_.find(party);
    const std::uint32_t first = first_record_[party];
    const PartyRecord& record =
        several == merged_.end() ? in_.party_records[first] : several->second;
    add(record, as_of);
    add_details(record, *in_.files[in_.party_files[first]].semantics);
  }
}

/// The number of the party with the record's id: `next` when it is a new one.
std::uint32_t Parties::number(const PartyRecord& record, std::uint32_t next) {
  SourceIndex& index = indexes_[out_.source_number(record.source)];
  index.has_persons |= record.kind == PartyKind::person || record.kind == PartyKind::unknown;
  index.has_groups |= record.kind == PartyKind::group || record.kind == PartyKind::unknown;
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
  out_.columns.parties.push_back(std::move(party));
}

std::uint32_t Parties::find(const PartyRef& ref, SourceIndex& index) const {
  return ref.kind == RefKind::hex ? index.by_id.find(ref.id)
                                  : find(out_.columns.stored(ref.id), index);
}

std::uint32_t Parties::find(std::string_view text, SourceIndex& index) {
  if (const auto known = index.by_text.find(text); known != index.by_text.end()) {
    return known->second;
  }
  const std::uint32_t party = look_up(text, index);
  index.by_text.emplace(std::string(text), party);
  return party;
}

std::uint32_t Parties::look_up(std::string_view text, const SourceIndex& index) {
  const std::string folded = fold(text);
  for (const auto* names : {&index.by_text_id, &index.by_name, &index.by_organisation}) {
    if (const auto found = names->find(folded); found != names->end()) {
      return found->second;
    }
  }
  return no_index;
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
  const auto next = static_cast<std::uint32_t>(out_.columns.parties.size());
  const std::uint32_t number =
      ref.kind == RefKind::hex
          ? index.unknown_by_id[loaded ? 1 : 0].try_emplace(ref.id, next).first->second
          : index.unknown_by_text[loaded ? 1 : 0]
                .try_emplace(std::string(out_.columns.stored(ref.id)), next)
                .first->second;
  if (number == next) {
    const std::string text = out_.reference_text(ref.id, ref.kind);
    out_.columns.parties.push_back({.id = text,
                                    .name = {},
                                    .source = out_.columns.sources[source],
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

std::uint32_t Parties::called(const std::string& text) {
  std::uint32_t found = no_index;
  for (const std::string& source : out_.columns.sources) {
    if (const PartyId party = party_at(text, source); party != no_party) {
      found = found == no_index ? index_of(party) : ambiguous;
    }
  }
  if (found < ambiguous) {
    return found;
  }
  out_.columns.parties.push_back({.id = text,
                                  .name = {},
                                  .source = {},
                                  .kind = PartyKind::unknown,
                                  .known = false,
                                  .active = true,
                                  .table_loaded = false,
                                  .has_one_lead = {}});
  return static_cast<std::uint32_t>(out_.columns.parties.size() - 1);
}

bool Parties::is_placeholder(std::uint32_t party, const ProfileSemantics& semantics) {
  is_placeholder_.resize(out_.columns.parties.size());
  std::optional<bool>& known = is_placeholder_[party];
  if (!known) {
    known = semantics.is_placeholder(label(out_.columns.parties[party]));
  }
  return *known;
}

}  // namespace tierline
