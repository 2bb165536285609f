#include "inventory/builder.h"

#include <fmt/format.h>

#include <algorithm>

namespace tierline {

std::uint32_t InventoryBuilder::add_file(InputSummary summary, const Meaning& meaning) {
  FileInfo file;
  file.meaning = &meaning;
  file.source = source_number(summary.source);
  file.profile = profile_number(meaning);
  out_.policies_[file.source] = meaning.owner_policy();
  files_.push_back(file);
  out_.inputs_.push_back(std::move(summary));
  return static_cast<std::uint32_t>(files_.size() - 1);
}

std::uint16_t InventoryBuilder::source_number(const std::string& name) {
  if (out_.sources_.size() == UINT16_MAX && !source_numbers_.contains(name)) {
    add_notice({"too-many-sources",
                fmt::format("more than {} sources: the rest counts as '{}'", UINT16_MAX - 1,
                            out_.sources_.back()),
                {}});
    return UINT16_MAX - 1;
  }
  const auto next = static_cast<std::uint16_t>(out_.sources_.size());
  const auto [entry, is_new] = source_numbers_.try_emplace(name, next);
  if (is_new) {
    out_.sources_.push_back(name);
    out_.policies_.push_back(OwnerPolicy::person);
  }
  return entry->second;
}

std::uint16_t InventoryBuilder::profile_number(const Meaning& meaning) {
  const auto found = std::ranges::find(profiles_, &meaning);
  if (found != profiles_.end()) {
    return static_cast<std::uint16_t>(found - profiles_.begin());
  }
  profiles_.push_back(&meaning);
  type_names_.emplace_back();
  return static_cast<std::uint16_t>(profiles_.size() - 1);
}

std::uint32_t InventoryBuilder::scoped_number(
    std::map<std::tuple<std::uint16_t, std::uint16_t, std::string>, std::uint32_t>& numbers,
    std::vector<Scoped>& all, const FileInfo& file, const std::string& text) {
  const auto next = static_cast<std::uint32_t>(all.size());
  const auto [entry, is_new] = numbers.try_emplace({file.profile, file.source, text}, next);
  if (is_new) {
    all.push_back({file.profile, file.source, text});
  }
  return entry->second;
}

std::uint32_t InventoryBuilder::signature_number(GlobalSignature signature) {
  const auto next = static_cast<std::uint32_t>(signatures_.size());
  const auto [entry, is_new] =
      signature_numbers_.try_emplace({signature.profile, signature.source, signature.local}, next);
  if (is_new) {
    signatures_.push_back(std::move(signature));
  }
  return entry->second;
}

void InventoryBuilder::append(Batch&& batch) {
  const FileInfo& file = files_[batch.file];
  InputSummary& summary = out_.inputs_[batch.file];
  if (summary.table.empty()) {
    summary.table = batch.first_table;
  }
  summary.records += batch.records;
  summary.items += batch.items.size();
  summary.relations += batch.relations.size();
  summary.parties += batch.parties.size();
  summary.assignments += batch.assignment_records;
  summary.ignored += batch.ignored + batch.unrecognised;
  const std::uint64_t text_base = out_.text_.size();
  const std::size_t item_base = items_.size();
  append_counts(batch, file, summary);
  append_items(batch, file, text_base);
  append_relations(batch, file, text_base, item_base);
  append_parties(batch, file);
  append_assignments(batch, text_base);
  append_item_texts(batch, text_base, item_base);
  if (batch.assigned.any()) {
    assigned_[{file.profile, file.source}] |= batch.assigned;
  }
  out_.text_ += batch.text;
  std::ranges::move(batch.type_names, std::back_inserter(type_names_[file.profile]));
  for (Notice& notice : batch.notices) {
    add_notice(std::move(notice));
  }
  for (const std::string& text : batch.withheld) {
    out_.truncations_.push_back({.source = summary.source,
                                 .table = summary.table,
                                 .reason = fmt::format("the export says: \"{}\"", text),
                                 .holds_items = true,
                                 .holds_parties = true,
                                 .holds_relations = true,
                                 .files = {summary.path}});
  }
}

void InventoryBuilder::append_counts(const Batch& batch, const FileInfo& file,
                                     InputSummary& summary) {
  const auto order = [](const TableSummary& one) { return std::tie(one.name, one.use, one.why); };
  for (const auto& [key, records] : batch.counts) {
    const TableSummary table{file.meaning->canonical_class(key.name), key.use, key.why, records};
    const auto at = std::ranges::lower_bound(summary.tables, order(table), {}, order);
    if (at != summary.tables.end() && order(*at) == order(table)) {
      at->records += records;
    } else {
      summary.tables.insert(at, table);
    }
  }
}

void InventoryBuilder::append_items(const Batch& batch, const FileInfo& file,
                                    std::uint64_t text_base) {
  std::vector<std::uint32_t> class_of(batch.classes.size());
  for (std::uint32_t i = 0; i < batch.classes.size(); ++i) {
    class_of[i] = classes_.intern(file.meaning->canonical_class(batch.classes[i]));
  }
  std::vector<std::uint32_t> code_of(batch.codes.size());
  for (std::uint32_t i = 0; i < batch.codes.size(); ++i) {
    code_of[i] = codes_.intern(batch.codes[i]);
  }
  std::vector<std::uint32_t> signature_of;
  for (const Signature& local : batch.signatures) {
    Signature global{local.record, class_of[local.item_class], local.codes};
    std::ranges::transform(global.codes, global.codes.begin(),
                           [&](std::uint32_t code) { return code_of[code]; });
    signature_of.push_back(signature_number({file.profile, file.source, std::move(global)}));
  }
  for (const auto& [page, presence] : batch.presence) {
    pages_[{batch.file, page.first, class_of[page.second]}] |= presence;
  }
  std::vector<std::uint32_t> table_of(batch.tables.size());
  for (std::uint32_t i = 0; i < batch.tables.size(); ++i) {
    table_of[i] = tables_.intern(batch.tables[i]);
  }
  const auto use_base = static_cast<std::uint32_t>(uses_.size());
  for (PartyRef use : batch.party_uses) {
    use.table = table_of[use.table];
    use.id.high += use.kind == RefKind::text ? text_base : 0;
    uses_.push_back(use);
  }
  if (!batch.items.empty()) {
    item_segments_.push_back({items_.size(), batch.file});
  }
  for (ItemRecord item : batch.items) {
    if (item.id_kind == RefKind::text) {
      item.id.high += text_base;
    }
    item.name_begin += text_base;
    item.signature = signature_of[item.signature];
    item.uses_begin += use_base;
    items_.push_back(item);
  }
}

void InventoryBuilder::append_relations(const Batch& batch, const FileInfo& file,
                                        std::uint64_t text_base, std::size_t item_base) {
  std::vector<std::uint32_t> type_of(batch.relation_types.size());
  for (std::uint32_t i = 0; i < batch.relation_types.size(); ++i) {
    type_of[i] = scoped_number(type_numbers_, relation_types_, file, batch.relation_types[i]);
  }
  if (!batch.relations.empty()) {
    relation_segments_.push_back({relations_.size(), batch.file});
  }
  const auto rebase = [&](Id128& id, RefKind kind) {
    if (kind == RefKind::text) {
      id.high += text_base;
    } else if (kind == RefKind::item) {
      id.low += item_base;
    }
  };
  for (RelationRecord relation : batch.relations) {
    rebase(relation.from, relation.from_kind);
    rebase(relation.to, relation.to_kind);
    rebase(relation.row, relation.row_kind);
    relation.type = type_of[relation.type];
    relations_.push_back(relation);
  }
}

void InventoryBuilder::append_parties(Batch& batch, const FileInfo& file) {
  for (PartyRecord& party : batch.parties) {
    if (party.source.empty()) {
      party.source = out_.sources_[file.source];
    }
    party_records_.push_back(std::move(party));
    party_files_.push_back(batch.file);
  }
}

void InventoryBuilder::append_assignments(const Batch& batch, std::uint64_t text_base) {
  if (batch.assignments.empty()) {
    return;
  }
  assignment_segments_.push_back({assignments_.size(), batch.file});
  for (AssignmentRecord assignment : batch.assignments) {
    assignment.item.high += assignment.item_kind == RefKind::text ? text_base : 0;
    PartyRef& party = assignment.party;
    party.id.high += party.kind == RefKind::text ? text_base : 0;
    party.table = tables_.intern(batch.tables[party.table]);
    assignments_.push_back(assignment);
  }
}

void InventoryBuilder::append_item_texts(const Batch& batch, std::uint64_t text_base,
                                         std::size_t item_base) {
  const auto append_to = [&](std::vector<ItemText>& all, const std::vector<ItemText>& texts) {
    for (ItemText text : texts) {
      text.item += static_cast<std::uint32_t>(item_base);
      text.text.high += text_base;
      all.push_back(text);
    }
  };
  append_to(aliases_, batch.aliases);
  append_to(correlations_, batch.correlations);
  for (ItemCost cost : batch.costs) {
    cost.item += static_cast<std::uint32_t>(item_base);
    costs_.push_back(std::move(cost));
  }
}

void InventoryBuilder::end_file(std::uint32_t file, std::uint64_t bytes, std::string digest) {
  out_.inputs_[file].bytes = bytes;
  out_.inputs_[file].digest = std::move(digest);
}

void InventoryBuilder::add_notice(Notice notice) {
  std::vector<Notice>& all = out_.notices_;
  const std::pair<std::string, std::string> key{notice.kind,
                                                notice.message + '\x1f' + notice.place.file};
  const auto [known, is_new] = notice_numbers_.try_emplace(key, all.size());
  if (is_new) {
    all.push_back(std::move(notice));
    return;
  }
  Notice& first = all[known->second];
  first.count += notice.count;
  first.place.line = std::min(first.place.line, notice.place.line);
}

Inventory InventoryBuilder::finish(const Options& options) {
  options_ = options;
  if (items_.empty() && relations_.empty()) {
    add_notice({"empty-export",
                "no file holds an item or a relation: may the account that exports them read them?",
                {}});
  }
  work_out_traits(0);
  identify_items();
  index_names();
  resolve_parties();
  resolve_relations();
  hand_down_facing();
  mark_served();
  list_class_inputs();
  for (std::uint32_t i = 0; i < environments_.size(); ++i) {
    out_.environments_.push_back(environments_[i]);
  }
  find_truncations();
  if (options_.redact_people) {
    redact_texts();
  }
  sort_notices();
  return std::move(out_);
}

/// A table whose every page has exactly a number of records at which exports are known to stop.
void InventoryBuilder::find_truncations() {
  std::map<std::pair<std::string, std::string>, Truncation> tables;
  std::map<std::pair<std::string, std::string>, bool> at_cap;
  for (std::size_t i = 0; i < files_.size(); ++i) {
    const InputSummary& file = out_.inputs_[i];
    const auto caps = files_[i].meaning->caps();
    const bool full = std::ranges::find(caps, file.records) != caps.end();
    const std::pair<std::string, std::string> key{file.source, file.table};
    const auto [known, is_new] = at_cap.try_emplace(key, full);
    known->second &= full;
    Truncation& table = tables[key];
    table.source = file.source;
    table.table = file.table;
    table.holds_items |= file.items > 0;
    table.holds_parties |= file.parties > 0;
    table.holds_relations |= file.relations > 0;
    table.files.push_back(file.path);
  }
  for (auto& [key, table] : tables) {
    if (at_cap[key]) {
      std::ranges::sort(table.files);
      table.reason = table.files.size() == 1 ? "it has" : "each of its pages has";
      table.reason += " exactly as many records as exports stop at";
      out_.truncations_.push_back(std::move(table));
    }
  }
  std::ranges::sort(out_.truncations_, {}, [](const Truncation& one) {
    return std::tie(one.source, one.table, one.reason, one.files);
  });
}

void InventoryBuilder::sort_notices() {
  std::ranges::sort(out_.notices_, {}, [](const Notice& notice) {
    return std::tie(notice.kind, notice.place.file, notice.place.line, notice.message);
  });
}

}  // namespace tierline
