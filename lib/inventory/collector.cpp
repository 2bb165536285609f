#include "inventory/collector.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace tierline {

std::uint32_t Collector::add_file(InputSummary summary, const ProfileSemantics& semantics) {
  CollectedFile file;
  file.semantics = &semantics;
  file.source = out_.source_number(summary.source);
  file.profile = profile_number(semantics);
  out_.columns.policies[file.source] = semantics.owner_policy();
  collected_.files.push_back(file);
  out_.columns.inputs.push_back(std::move(summary));
  counts_.emplace_back();
  return static_cast<std::uint32_t>(collected_.files.size() - 1);
}

std::uint16_t Collector::profile_number(const ProfileSemantics& semantics) {
  const auto found = std::ranges::find(collected_.profiles, &semantics);
  if (found != collected_.profiles.end()) {
    return static_cast<std::uint16_t>(found - collected_.profiles.begin());
  }
  collected_.profiles.push_back(&semantics);
  collected_.type_names.emplace_back();
  return static_cast<std::uint16_t>(collected_.profiles.size() - 1);
}

std::uint32_t Collector::type_number(const CollectedFile& file, const std::string& type) {
  std::vector<ScopedText>& all = collected_.relation_types;
  const auto next = static_cast<std::uint32_t>(all.size());
  const auto [entry, is_new] = type_numbers_.try_emplace({file.profile, file.source, type}, next);
  if (is_new) {
    all.push_back({file.profile, file.source, type});
  }
  return entry->second;
}

void Collector::append(Batch&& batch) {
  const CollectedFile& file = collected_.files[batch.file];
  InputSummary& summary = out_.columns.inputs[batch.file];
  if (summary.table.empty()) {
    summary.table = batch.first_table;
  }
  summary.records += batch.records;
  summary.items += batch.items.size();
  summary.relations += batch.relations.size();
  summary.parties += batch.parties.size();
  summary.assignments += batch.assignment_records;
  summary.ignored += batch.ignored + batch.unrecognised;
  const std::uint64_t text_base = out_.columns.text.size();
  const std::size_t item_base = collected_.items.size();
  append_counts(batch, file);
  append_items(batch, file, text_base);
  append_relations(batch, file, text_base, item_base);
  append_parties(batch, file);
  append_assignments(batch, text_base);
  append_item_texts(batch, text_base, item_base);
  if (batch.assigned.any()) {
    collected_.assigned[{file.profile, file.source}] |= batch.assigned;
  }
  out_.columns.text += batch.text;
  std::ranges::move(batch.type_names, std::back_inserter(collected_.type_names[file.profile]));
  if (!batch.classes_described.empty()) {
    std::ranges::move(batch.classes_described,
                      std::back_inserter(collected_.class_records[{file.profile, file.source}]));
  }
  for (Notice& notice : batch.notices) {
    out_.add_notice(std::move(notice));
  }
  for (const std::string& text : batch.withheld) {
    out_.columns.truncations.push_back({.source = summary.source,
                                        .table = summary.table,
                                        .reason = fmt::format("the export says: \"{}\"", text),
                                        .holds_items = true,
                                        .holds_parties = true,
                                        .holds_relations = true,
                                        .files = {summary.path}});
  }
}

void Collector::append_counts(const Batch& batch, const CollectedFile& file) {
  for (const auto& [key, records] : batch.counts) {
    counts_[batch.file][{file.semantics->canonical_class(key.name), key.disposition, key.why}] +=
        records;
  }
}

void Collector::list_tables() {
  for (std::size_t file = 0; file < counts_.size(); ++file) {
    for (const auto& [table, records] : counts_[file]) {
      const auto& [name, disposition, why] = table;
      out_.columns.inputs[file].tables.push_back({name, disposition, why, records});
    }
  }
}

void Collector::append_items(const Batch& batch, const CollectedFile& file,
                             std::uint64_t text_base) {
  std::vector<std::uint32_t> class_of(batch.classes.size());
  for (std::uint32_t i = 0; i < batch.classes.size(); ++i) {
    class_of[i] = collected_.classes.intern(file.semantics->canonical_class(batch.classes[i]));
  }
  std::vector<std::uint32_t> code_of(batch.codes.size());
  for (std::uint32_t i = 0; i < batch.codes.size(); ++i) {
    code_of[i] = collected_.codes.intern(batch.codes[i]);
  }
  std::vector<std::uint32_t> signature_of;
  for (const Signature& local : batch.signatures) {
    Signature global{local.record_kind, class_of[local.item_class], local.codes};
    std::ranges::transform(global.codes, global.codes.begin(),
                           [&](std::uint32_t code) { return code_of[code]; });
    signature_of.push_back(
        collected_.signatures.number({file.profile, file.source, std::move(global)}));
  }
  for (const auto& [group, present] : batch.present) {
    collected_.record_groups[{batch.file, group.first, class_of[group.second]}] |= present;
  }
  std::vector<std::uint32_t> table_of(batch.tables.size());
  for (std::uint32_t i = 0; i < batch.tables.size(); ++i) {
    table_of[i] = collected_.tables.intern(batch.tables[i]);
  }
  const auto responsibility_base = static_cast<std::uint32_t>(collected_.responsibilities.size());
  std::ranges::transform(batch.responsibilities,
                         collected_.responsibilities.add(batch.responsibilities.size()).begin(),
                         [&](PartyRef party) {
                           party.table = table_of[party.table];
                           party.id.high += party.kind == RefKind::text ? text_base : 0;
                           return party;
                         });
  for (FieldPerson person : batch.field_people) {
    person.party.table = table_of[person.party.table];
    person.party.id.high += person.party.kind == RefKind::text ? text_base : 0;
    if (person.signature != FieldPerson::no_signature) {
      person.signature = signature_of[person.signature];
    }
    collected_.field_people.push_back(std::move(person));
    collected_.field_people_files.push_back(batch.file);
  }
  if (!batch.items.empty()) {
    collected_.item_segments.push_back({collected_.items.size(), batch.file});
  }
  std::ranges::transform(batch.items, collected_.items.add(batch.items.size()).begin(),
                         [&](ItemRecord item) {
                           item.id.high += item.id_kind == RefKind::text ? text_base : 0;
                           item.name_begin += text_base;
                           item.signature = signature_of[item.signature];
                           return item;
                         });
  std::ranges::transform(
      batch.responsibilities_begin,
      collected_.responsibilities_begin.add(batch.responsibilities_begin.size()).begin(),
      [&](std::uint32_t begin) { return begin + responsibility_base; });
}

void Collector::append_relations(Batch& batch, const CollectedFile& file, std::uint64_t text_base,
                                 std::size_t item_base) {
  if (batch.relations.empty()) {
    return;
  }
  RelationGroup group;
  group.file = batch.file;
  group.records = std::move(batch.relations);
  group.text_base = text_base;
  group.item_base = item_base;
  group.has_text_ends = batch.has_text_ends;
  for (std::uint32_t i = 0; i < batch.relation_types.size(); ++i) {
    group.type_of.push_back(type_number(file, batch.relation_types[i]));
  }
  collected_.relation_groups.push_back(std::move(group));
}

void Collector::append_parties(Batch& batch, const CollectedFile& file) {
  for (PartyRecord& party : batch.parties) {
    if (party.source.empty()) {
      party.source = out_.columns.sources[file.source];
    }
    collected_.party_records.push_back(std::move(party));
    collected_.party_files.push_back(batch.file);
  }
  for (MembershipRecord& one : batch.memberships) {
    if (one.source.empty()) {
      one.source = out_.columns.sources[file.source];
    }
    collected_.memberships.push_back(std::move(one));
  }
}

void Collector::append_assignments(const Batch& batch, std::uint64_t text_base) {
  if (batch.assignments.empty()) {
    return;
  }
  collected_.assignment_segments.push_back({collected_.assignments.size(), batch.file});
  for (AssignmentRecord assignment : batch.assignments) {
    assignment.item.high += assignment.item_kind == RefKind::text ? text_base : 0;
    PartyRef& party = assignment.party;
    party.id.high += party.kind == RefKind::text ? text_base : 0;
    party.table = collected_.tables.intern(batch.tables[party.table]);
    collected_.assignments.push_back(assignment);
  }
}

void Collector::append_item_texts(const Batch& batch, std::uint64_t text_base,
                                  std::size_t item_base) {
  const auto append_to = [&](std::vector<ItemText>& all, const std::vector<ItemText>& texts) {
    for (ItemText text : texts) {
      text.item += static_cast<std::uint32_t>(item_base);
      text.text.begin += text_base;
      all.push_back(text);
    }
  };
  append_to(collected_.aliases, batch.aliases);
  append_to(collected_.correlations, batch.correlations);
  append_to(collected_.strong_keys, batch.strong_keys);
  append_to(collected_.vendors, batch.vendors);
  append_to(collected_.links, batch.links);
  std::ranges::transform(batch.details, collected_.details.add(batch.details.size()).begin(),
                         [&](ItemDetail detail) {
                           detail.item += static_cast<std::uint32_t>(item_base);
                           return detail;
                         });
  for (ItemCost cost : batch.costs) {
    cost.item += static_cast<std::uint32_t>(item_base);
    collected_.costs.push_back(std::move(cost));
  }
}

}  // namespace tierline
