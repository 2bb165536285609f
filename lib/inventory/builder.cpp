#include "inventory/builder.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "inventory/item_numbers.h"
#include "inventory/item_traits.h"
#include "inventory/items.h"
#include "inventory/page_inputs.h"
#include "inventory/parties.h"
#include "inventory/pseudonyms.h"
#include "inventory/redaction.h"
#include "inventory/relation_types.h"
#include "inventory/relations.h"
#include "inventory/uses.h"
#include "support/dates.h"
#include "support/parallel.h"

namespace tierline {

std::uint32_t InventoryBuilder::add_file(InputSummary summary, const Meaning& meaning) {
  return collector_.add_file(std::move(summary), meaning);
}

void InventoryBuilder::append(Batch&& batch) {
  collector_.append(std::move(batch));
}

void InventoryBuilder::end_file(std::uint32_t file, std::uint64_t bytes, std::string digest) {
  out_.inputs_[file].bytes = bytes;
  out_.inputs_[file].digest = std::move(digest);
}

void InventoryBuilder::add_notice(Notice notice) {
  out_.add_notice(std::move(notice));
}

Inventory InventoryBuilder::finish(const Options& options) {
  const Collected& in = collector_.collected();
  if (in.items.empty() && in.relation_pages.empty()) {
    out_.add_notice(
        {"empty-export",
         "no file holds an item or a relation: may the account that exports them read them?",
         {}});
  }
  out_.as_of_ = parse_days(options.as_of);
  collector_.list_tables();
  ItemTraits traits(in, out_);
  // All sources have their numbers before items and parties are worked out side by side.
  RelationTypes types(in, out_);
  Parties parties(in, out_, options.details);
  std::optional<ItemNumbers> item_numbers;
  parallel_calls(
      options.jobs, [&] { item_numbers.emplace(in, out_, traits); },
      [&] { parties.read(options.as_of); });
  ItemNumbers& numbers = *item_numbers;
  PageInputs inputs(in, traits, options.assume_complete);
  const Items items(in, out_, traits, numbers, inputs, options.details, options.jobs);
  collector_.drop_items();
  numbers.index_names(types.sources());
  Uses uses(in, out_, traits, numbers, items, parties, options.details, options.jobs);
  uses.answer_for_classes(options.domain_owners);
  types.report(numbers);
  Relations relations(in, out_, numbers, types, collector_.take_relations());
  parallel_calls(
      options.jobs, [&] { uses.fill(); }, [&] { relations.resolve(options.jobs); });
  collector_.drop_uses();
  out_.mentioned_people_ = parties.mentioned(options.mentioned_people);
  out_.mentioned_texts_ = options.mentioned_texts;
  std::optional<Redaction> redaction;
  if (options.redact_people) {
    redaction.emplace(in, out_, traits, parties, Pseudonyms(options.redact_key));
  }
  relations.fill(options.jobs);
  relations.hand_down_facing(items);
  parallel_calls(
      options.jobs, [&] { relations.mark_served(traits); },
      [&] { list_class_inputs(in, traits, numbers, out_); });
  find_truncations();
  if (redaction) {
    redaction->redact_texts();
  }
  sort_notices();
  return std::move(out_);
}

/// A table whose every page has exactly a number of records at which exports are known to stop.
void InventoryBuilder::find_truncations() {
  const std::vector<CollectedFile>& files = collector_.collected().files;
  std::map<std::pair<std::string, std::string>, Truncation> tables;
  std::map<std::pair<std::string, std::string>, bool> at_cap;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const InputSummary& file = out_.inputs_[i];
    const auto caps = files[i].meaning->caps();
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
