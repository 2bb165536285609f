#include "inventory/builder.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "inventory/attribute_table.h"
#include "inventory/group_inputs.h"
#include "inventory/item_index.h"
#include "inventory/items.h"
#include "inventory/parties.h"
#include "inventory/pseudonyms.h"
#include "inventory/redaction.h"
#include "inventory/relation_types.h"
#include "inventory/relations.h"
#include "inventory/responsibilities.h"
#include "support/parallel.h"
#include "tierline/dates.h"

namespace tierline {

std::uint32_t InventoryBuilder::add_file(InputSummary summary, const ProfileSemantics& semantics) {
  return collector_.add_file(std::move(summary), semantics);
}

void InventoryBuilder::append(Batch&& batch) {
  collector_.append(std::move(batch));
}

void InventoryBuilder::end_file(std::uint32_t file, std::uint64_t bytes, std::string digest) {
  out_.columns.inputs[file].bytes = bytes;
  out_.columns.inputs[file].digest = std::move(digest);
}

void InventoryBuilder::add_notice(Notice notice) {
  out_.add_notice(std::move(notice));
}

Inventory InventoryBuilder::finish(const Options& options) {
  const Collected& in = collector_.collected();
  if (in.items.empty() && in.relation_groups.empty()) {
    out_.add_notice(
        {"empty-export",
         "no file holds an item or a relation: may the account that exports them read them?",
         {}});
  }
  out_.columns.as_of = parse_days(options.as_of);
  collector_.list_tables();
  AttributeTable attributes(in, out_);
  // All sources have their numbers before items and parties are worked out side by side.
  RelationTypes types(in, out_);
  Parties parties(in, out_, options.details);
  std::optional<ItemIndex> made;
  parallel_calls(
      options.jobs, [&] { made.emplace(in, out_, attributes); },
      [&] { parties.read(options.as_of); });
  ItemIndex& item_index = *made;
  GroupInputs inputs(in, attributes, options.assume_complete);
  const Items items(in, out_, attributes, item_index, inputs, options.details, options.jobs);
  collector_.drop_items();
  item_index.index_names(types.sources());
  Responsibilities responsibilities(in, out_, attributes, item_index, items, parties,
                                    options.details, options.jobs);
  responsibilities.answer_for_classes(options.domain_owners);
  types.report(item_index);
  Relations relations(in, out_, item_index, types, collector_.take_relations());
  parallel_calls(
      options.jobs, [&] { responsibilities.fill(); }, [&] { relations.resolve(options.jobs); });
  collector_.drop_responsibilities();
  out_.columns.mentioned_people = parties.mentioned(options.mentioned_people);
  out_.columns.mentioned_texts = options.mentioned_texts;
  std::optional<Redaction> redaction;
  if (options.redact_people) {
    redaction.emplace(in, out_, attributes, parties, Pseudonyms(options.redact_key));
  }
  relations.fill(options.jobs);
  relations.hand_down_facing(items);
  parallel_calls(
      options.jobs, [&] { relations.mark_served(attributes); },
      [&] {
        list_class_inputs(in, attributes, item_index, responsibilities.names_parties(), out_);
      });
  find_truncations();
  if (redaction) {
    redaction->redact_texts();
  }
  sort_notices();
  return out_.finish();
}

/// A table whose every group has exactly a number of records at which exports are known to stop.
void InventoryBuilder::find_truncations() {
  const std::vector<CollectedFile>& files = collector_.collected().files;
  std::map<std::pair<std::string, std::string>, Truncation> tables;
  std::map<std::pair<std::string, std::string>, bool> at_cap;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const InputSummary& file = out_.columns.inputs[i];
    const auto caps = files[i].semantics->caps();
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
      out_.columns.truncations.push_back(std::move(table));
    }
  }
  std::ranges::sort(out_.columns.truncations, {}, [](const Truncation& one) {
    return std::tie(one.source, one.table, one.reason, one.files);
  });
}

void InventoryBuilder::sort_notices() {
  std::ranges::sort(out_.columns.notices, {}, [](const Notice& notice) {
    return std::tie(notice.kind, notice.place.file, notice.place.line, notice.message);
  });
}

}  // namespace tierline
