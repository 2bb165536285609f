#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <tuple>
#include <vector>

#include "analysis/wording.h"
#include "support/repeated.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

/// Of what makes names the same: source, class and name.
std::uint64_t hash_of(const Inventory& inventory, ItemId item) {
  const std::string_view name = inventory.exported_name(item);
  const std::uint64_t group =
      std::uint64_t{inventory.item_class(item)} << 16U | inventory.source_of(item);
  return XXH3_64bits_withSeed(name.data(), name.size(), group);
}

bool is_judged(const Inventory& inventory, ItemId item) {
  return inventory.is_live(item) && inventory.tier(item) != Tier::unmapped &&
         !inventory.name(item).empty();
}

/// By class: whether an item of it is in scope. Nothing is called the same as one of another class.
std::vector<bool> classes_in_scope(const Inventory& inventory, const Facts& facts) {
  std::vector<bool> classes(inventory.class_names().size());
  for (const ItemId item : inventory.items()) {
    if (facts.is_in_scope(item)) {
      classes[inventory.item_class(item)] = true;
    }
  }
  return classes;
}

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  const std::vector<bool> classes = classes_in_scope(inventory, facts);
  const auto is_looked_at = [&](ItemId item) {
    return classes[inventory.item_class(item)] && is_judged(inventory, item);
  };
  RepeatedHashes names(inventory.item_count());
  for (const ItemId item : inventory.items()) {
    if (is_looked_at(item)) {
      names.add(hash_of(inventory, item));
    }
  }
  std::vector<ItemId> items;
  for (const ItemId item : inventory.items()) {
    if (is_looked_at(item) && names.may_be_repeated(hash_of(inventory, item))) {
      items.push_back(item);
    }
  }
  const auto called = [&](ItemId item) {
    return std::tuple(inventory.source_of(item), inventory.item_class(item),
                      inventory.exported_name(item));
  };
  std::ranges::sort(items, {}, called);
  for (auto begin = items.begin(), end = begin; begin != items.end(); begin = end) {
    end = std::find_if(begin, items.end(),
                       [&](ItemId item) { return called(item) != called(*begin); });
    if (end - begin > 1) {
      facts.add_group(facts.keep(in_order(inventory, {begin, end})), Severity::info);
    }
  }
}

/// Members come and go; the name stays.
std::string group_key(const FactView& fact) {
  const Inventory& inventory = fact.inventory();
  const ItemId first = fact.members().front();
  return fmt::format("{}\x1f{}\x1f{}", inventory.exported_source(first),
                     inventory.class_name(first), inventory.exported_name(first));
}

void word(const FactView& fact, Finding& finding) {
  constexpr std::size_t members_shown = 20;
  const Inventory& inventory = fact.inventory();
  std::vector<ItemId>& members = finding.subject.members;
  const std::size_t count = members.size();
  members.resize(std::min(count, members_shown), no_item);
  finding.subject.name = inventory.name(members.front());
  finding.message = fmt::format("is the name of {} live items of class '{}'", count,
                                inventory.class_name(members.front()));
  finding.evidence = {{"memberCount", std::uint64_t{count}}};
}

std::string brief(const FactView& fact) {
  return fmt::format("is the name of {} live items of one class", fact.members().size());
}

const Register<Rule> rule{{
    .id = "duplicate-name",
    .title = "Several live items of a class have one name",
    .severity = Severity::info,
    .certainty = Certainty::proven,
    .rationale = "Nobody can tell which of them is meant where only the name is said: by a person, "
                 "in a contract, or in an export that refers to items by name. One thing may also "
                 "have been entered twice.",
    .definition =
        "A name that two or more live items of one class of one source have, whether or "
        "not they have ids; one finding for each class and name. Items of a class without "
        "a tier are left out.",
    .remedy = "Merge the records if they mean one thing; if not, rename them. If they only lack "
              "ids, export the table again with its id column (ServiceNow: sys_id).",
    .tiers = {Tier::portfolio, Tier::service, Tier::system, Tier::component},
    .needs = {},
    .inputs = {},
    .check = check,
    .word = word,
    .group_key = group_key,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
