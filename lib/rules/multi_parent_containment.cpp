#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "analysis/families.h"
#include "analysis/wording.h"
#include "support/sorted.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

/// By service, the live portfolios that list it or a live offering of it; each once.
std::vector<std::pair<ItemId, ItemId>> listings(const Estate& estate) {
  const Inventory& inventory = estate.inventory;
  std::vector<std::pair<ItemId, ItemId>> listings;
  for (const ItemId item : inventory.items()) {
    if (!inventory.is_service(item) || !inventory.is_live(item)) {
      continue;
    }
    const ItemId service = family_of(inventory, estate.graph, item);
    for (const ItemId holder : estate.graph.holders_of(item)) {
      if (inventory.tier(holder) == Tier::portfolio && inventory.is_live(holder)) {
        listings.emplace_back(service, holder);
      }
    }
  }
  sort_without_doubles(listings);
  return listings;
}

/// Which of some portfolios hold none of the others. Most services share theirs with many: each set
/// is looked at once.
class Nesting {
 public:
  explicit Nesting(const Estate& estate)
      : estate_(estate), seen_in_(estate.inventory.item_count()) {}

  const std::vector<ItemId>& innermost(const std::vector<ItemId>& portfolios) {
    const auto [known, is_new] = known_.try_emplace(portfolios);
    if (is_new) {
      known->second = in_order(estate_.inventory, without_holders(portfolios));
    }
    return known->second;
  }

 private:
  /// Goes upwards from all of them at once; those that are come to hold another.
  std::vector<ItemId> without_holders(const std::vector<ItemId>& portfolios) {
    ++round_;
    std::vector<ItemId> queue = portfolios;
    for (std::size_t at = 0; at < queue.size(); ++at) {
      for (const ItemId holder : estate_.graph.holders_of(queue[at])) {
        if (seen_in_[index_of(holder)] != round_) {
          seen_in_[index_of(holder)] = round_;
          queue.push_back(holder);
        }
      }
    }
    std::vector<ItemId> innermost;
    std::ranges::copy_if(portfolios, std::back_inserter(innermost),
                         [&](ItemId one) { return seen_in_[index_of(one)] != round_; });
    return innermost;
  }

  const Estate& estate_;
  std::vector<std::uint32_t> seen_in_;  ///< By item: the last round in which it was a holder.
  std::uint32_t round_ = 0;
  std::map<std::vector<ItemId>, std::vector<ItemId>> known_;
};

void check(const Estate& estate, Facts& facts) {
  const auto all = listings(estate);
  Nesting nesting(estate);
  for (std::size_t begin = 0, end = 0; begin < all.size(); begin = end) {
    std::vector<ItemId> portfolios;
    for (; end < all.size() && all[end].first == all[begin].first; ++end) {
      portfolios.push_back(all[end].second);
    }
    if (portfolios.size() < 2) {
      continue;
    }
    const std::vector<ItemId>& innermost = nesting.innermost(portfolios);
    if (innermost.size() >= 2) {
      facts.add(all[begin].first, {facts.keep(innermost)});
    }
  }
}

void word(const FactView& fact, Finding& finding) {
  const std::vector<ItemId> portfolios = items_of(fact.list(fact.evidence()[0]));
  finding.message = fmt::format("is in {} portfolios, none of which holds another: {}",
                                portfolios.size(), name_list(fact.inventory(), portfolios));
  finding.evidence = {{"portfolios", ids_of(fact.inventory(), portfolios)}};
}

std::string brief(const FactView& fact) {
  return fmt::format("is in {} portfolios", fact.list(fact.evidence()[0]).size());
}

const Register<Rule> rule{{
    .id = "multi-parent-containment",
    .title = "Service is in several portfolios",
    .severity = Severity::low,
    .certainty = Certainty::proven,
    .set = RuleSet::all,
    .rationale = "A service that is planned in two portfolios is asked money for twice, or by "
                 "neither, since each takes it for the other's.",
    .definition = "A live service that two or more live portfolios list, itself or a live offering "
                  "of it, none of which holds another, directly or through others.",
    .remedy = "Keep it in the portfolio that pays for it, and take it out of the others.",
    .tiers = {Tier::service},
    .needs = {Need::services, Need::portfolios},
    .inputs = {},
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
