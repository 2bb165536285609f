// How often `explain` names the right owner: takes the owner away from one item of an export after
// the other, and looks for him among the candidates. By reason, and in the order in which they are
// named in the end.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "analysis/answered.h"
#include "explain/candidates.h"
#include "tierline/audit.h"

namespace {

using namespace tierline;

constexpr std::size_t shown = 3;  // People ask a few, and then give up.

constexpr std::array<std::string_view, owner_reason_count + 1> names = {
    "part", "stream", "user", "below", "named", "holder", "peers", "operates", "all"};

struct Score {
  std::size_t named = 0;  // Items for which it names somebody.
  std::size_t right = 0;  // Items whose owner is among the first three.
};
using Scores = std::array<Score, names.size()>;

/// Nobody else is to know of it: what the item itself says of its owner, no reason looks at.
bool is_right(const Inventory& inventory, ItemId item, const std::vector<OwnerCandidate>& all) {
  const auto owners = inventory.owners(item);
  const auto end = all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), shown));
  return std::any_of(all.begin(), end, [&](const OwnerCandidate& one) {
    return std::ranges::find(owners, one.party) != owners.end();
  });
}

void try_out(const AuditReport& report, ItemId item, const OperatedItems& operated,
             Scores& scores) {
  const std::vector<ItemId> holders = live_holders(report, item);
  const auto count = [&](std::size_t place, const std::vector<OwnerCandidate>& candidates) {
    scores[place].named += candidates.empty() ? 0 : 1;
    scores[place].right += is_right(report.inventory, item, candidates) ? 1 : 0;
  };
  for (std::size_t i = 0; i < owner_reason_count; ++i) {
    count(i, candidates_by(static_cast<OwnerReason>(i), report, item, holders, operated));
  }
  count(owner_reason_count, owner_candidates(report, item, holders, operated));
}

/// Live ones with an owner who is there, evenly spread.
std::vector<ItemId> owned(const Inventory& inventory, Tier tier, std::size_t most) {
  std::vector<ItemId> items;
  for (const ItemId item : inventory.items()) {
    const auto owners = inventory.owners(item);
    if (inventory.tier(item) == tier && inventory.is_live(item) &&
        std::ranges::any_of(owners, [&](PartyId one) { return is_there(inventory.party(one)); })) {
      items.push_back(item);
    }
  }
  std::vector<ItemId> chosen;
  const std::size_t count = std::min(items.size(), most);
  for (std::size_t i = 0; i < count; ++i) {
    chosen.push_back(items[i * items.size() / count]);
  }
  return chosen;
}

void measure(const AuditReport& report, std::size_t most) {
  const OperatedItems operated(report.inventory);
  for (const Tier tier : {Tier::portfolio, Tier::service, Tier::system, Tier::component}) {
    const std::vector<ItemId> items = owned(report.inventory, tier, most);
    Scores scores;
    for (const ItemId item : items) {
      try_out(report, item, operated, scores);
    }
    fmt::print("{} ({} with an owner)\n", to_string(tier), items.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto [named, right] = scores[i];
      if (named > 0) {
        fmt::print("  {:<9} speaks for {:>5.1f} %, right {:>5.1f} % of these, {:>5.1f} % of all\n",
                   names[i], 100.0 * static_cast<double>(named) / static_cast<double>(items.size()),
                   100.0 * static_cast<double>(right) / static_cast<double>(named),
                   100.0 * static_cast<double>(right) / static_cast<double>(items.size()));
      }
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{
      "Takes the owner away from items of an export, and counts how often he is among the first "
      "three candidates.",
      "owner_candidates"};
  AuditOptions options;
  std::size_t most = 1000;
  app.add_option("exports", options.import.inputs, "Exports")->required();
  app.add_option("--most", most, "At most so many items of each tier; 1000 unless told");
  CLI11_PARSE(app, argc, argv);
  options.import.as_of = "2026-11-21";
  options.rules.only = {"self-loop"};
  try {
    const auto audited = audit(options);
    if (!audited) {
      fmt::print(stderr, "owner_candidates: {}\n", to_string(audited.error()));
      return 2;
    }
    measure(audited->report(), most);
  } catch (const std::exception& error) {
    fmt::print(stderr, "owner_candidates: {}\n", error.what());
    return 2;
  }
  return 0;
}
