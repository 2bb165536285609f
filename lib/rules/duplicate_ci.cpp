#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <vector>

#include "analysis/wording.h"
#include "tierline/rule.h"
#include "tierline/text.h"

namespace tierline {
namespace {

/// What stands in such fields and tells nothing apart, in small letters.
constexpr std::array<std::string_view, 26> placeholders = {"-",
                                                           "none",
                                                           "null",
                                                           "n/a",
                                                           "na",
                                                           "empty",
                                                           "unknown",
                                                           "undefined",
                                                           "unspecified",
                                                           "not specified",
                                                           "not available",
                                                           "not applicable",
                                                           "not present",
                                                           "no serial",
                                                           "serial",
                                                           "serial number",
                                                           "default string",
                                                           "system serial number",
                                                           "chassis serial number",
                                                           "base board serial number",
                                                           "to be filled by o.e.m.",
                                                           "to be filled by o.e.m",
                                                           "0123456789",
                                                           "123456789",
                                                           "localhost",
                                                           "localhost.localdomain"};

bool is_placeholder(std::string_view key) {
  // 0, 0000000, xxxx, ...
  const bool is_one_character = key.find_first_not_of(key.substr(0, 1)) == std::string_view::npos;
  return is_one_character || std::ranges::find(placeholders, key) != placeholders.end();
}

bool is_judged(const Inventory& inventory, ItemId item) {
  return inventory.is_live(item) && inventory.tier(item) != Tier::unmapped;
}

/// What makes two items the same: what they have in common, in one class of one source.
struct Shared {
  std::uint16_t source = 0;
  std::uint32_t item_class = 0;
  std::string_view key;
  ItemId item = no_item;
  [[nodiscard]] auto group() const { return std::tuple(source, item_class, key); }
};

std::vector<Shared> shared_keys(const Inventory& inventory) {
  std::vector<Shared> all;
  for (const StrongKey& one : inventory.strong_keys()) {
    const std::string_view key = inventory.strong_key(one);
    if (is_judged(inventory, one.item) && !is_placeholder(key)) {
      all.push_back({inventory.source_of(one.item), inventory.item_class(one.item), key, one.item});
    }
  }
  std::ranges::sort(all, {}, [](const Shared& one) { return std::pair(one.group(), one.item); });
  return all;
}

/// Items that are the same, directly or through others.
class Sets {
 public:
  void join(ItemId a, ItemId b) { parent_[find(a)] = find(b); }
  ItemId find(ItemId item) {
    while (true) {
      const auto [known, is_new] = parent_.try_emplace(item, item);
      if (known->second == item) {
        return item;
      }
      known->second = parent_[known->second];
      item = known->second;
    }
  }
  /// By one of them.
  std::map<ItemId, std::vector<ItemId>> sets() {
    std::map<ItemId, std::vector<ItemId>> sets;
    std::vector<ItemId> items;
    for (const auto& [item, parent] : parent_) {
      items.push_back(item);
    }
    for (const ItemId item : items) {
      sets[find(item)].push_back(item);
    }
    return sets;
  }

 private:
  std::map<ItemId, ItemId> parent_;
};

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  if (inventory.strong_keys().empty()) {
    for (const ItemId item : inventory.items()) {
      if (is_judged(inventory, item)) {
        facts.cannot_judge(item, "the export has no serial numbers or host names");
      }
    }
    return;
  }
  const std::vector<Shared> keys = shared_keys(inventory);
  Sets sets;
  for (std::size_t i = 1; i < keys.size(); ++i) {
    if (keys[i].group() == keys[i - 1].group()) {
      sets.join(keys[i].item, keys[i - 1].item);
    }
  }
  for (auto& [first, items] : sets.sets()) {
    facts.add_group(facts.keep(in_order(inventory, std::move(items))), Severity::low);
  }
}

/// What two or more of them have in common.
std::vector<std::string> keys_in_common(const Inventory& inventory,
                                        const std::vector<ItemId>& items) {
  std::map<std::string, std::size_t> counts;
  for (const ItemId item : items) {
    const auto [begin, end] =
        std::ranges::equal_range(inventory.strong_keys(), item, {}, &StrongKey::item);
    for (const StrongKey& key : std::ranges::subrange(begin, end)) {
      ++counts[std::string(inventory.strong_key(key))];
    }
  }
  std::vector<std::string> keys;
  for (const auto& [key, count] : counts) {
    if (count > 1 && !is_placeholder(key)) {
      keys.push_back(key);
    }
  }
  return keys;
}

void word(const FactView& fact, Finding& finding) {
  constexpr std::size_t members_shown = 20;
  const Inventory& inventory = fact.inventory();
  std::vector<ItemId>& members = finding.subject.members;
  const auto keys = keys_in_common(inventory, members);
  finding.message = fmt::format("are {} records of class '{}' of one thing: {}", members.size(),
                                inventory.class_name(members.front()), name_list(keys));
  finding.evidence = {{"memberCount", std::uint64_t{members.size()}}, {"strongKeys", keys}};
  members.resize(std::min(members.size(), members_shown), no_item);
}

std::string brief(const FactView& fact) {
  return fmt::format("{} records of one thing", fact.members().size());
}

const Register<Rule> rule{{
    .id = "duplicate-ci",
    .title = "One thing is recorded more than once",
    .severity = Severity::low,
    .certainty = Certainty::proven,
    .set = RuleSet::all,
    .rationale = "Each record of a thing has its own owner, relations and state, and each of them "
                 "is right in part. Whoever asks the wrong one gets the wrong answer.",
    .definition =
        "Two or more live items of one class and source that have a serial number or a host name "
        "with its domain in common, whatever the case of the letters; texts that stand for nothing "
        "(0, none, to be filled by O.E.M., localhost and the like) do not count. Those that are "
        "the same through a third one are one finding.",
    .remedy = "Merge the records, and find out why the second one was made.",
    .tiers = {Tier::portfolio, Tier::service, Tier::system, Tier::component},
    .needs = {},
    .inputs = {},
    .details = {RuleInput::strong_keys},
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
