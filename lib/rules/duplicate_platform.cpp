#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <numeric>
#include <string>
#include <unordered_map>
#include <vector>

#include "analysis/environment.h"
#include "analysis/families.h"
#include "analysis/wording.h"
#include "tierline/rule.h"
#include "tierline/text.h"

namespace tierline {
namespace {

/// A name's letters and digits, folded.
std::string letters_of(std::string_view name) {
  std::string letters = to_lower(name);
  std::erase_if(letters, [](char c) {
    const bool is_ascii = static_cast<unsigned char>(c) < 0x80;
    return is_ascii && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9');
  });
  return letters;
}

/// The services that have a name in common.
using Namesakes = std::vector<ItemId>;

/// Those that support others, or may, and stand in production, by name.
std::vector<Namesakes> namesakes(const Inventory& inventory, const Families& families) {
  std::unordered_map<std::string, Namesakes> by_name;
  for (const ItemId item : inventory.items()) {
    if (families.is_head(item) && !families.is_customer_facing(item) &&
        !is_nonproduction(inventory, item)) {
      by_name[letters_of(inventory.name(item))].push_back(item);
    }
  }
  by_name.erase("");
  std::vector<Namesakes> several;
  for (auto& [name, services] : by_name) {
    if (services.size() > 1) {
      several.push_back(in_order(inventory, std::move(services)));
    }
  }
  return several;
}

/// The heads of families and their live offerings, and who relies on these directly.
class Consumers {
 public:
  Consumers(const Estate& estate, const Families& families)
      : estate_(estate), families_(families) {}

  /// Calls `found` with each live item that directly relies on a service.
  template <typename Found>
  void each_of(ItemId service, Found found) const {
    each_direct(service, service, found);
    for (const ItemId held : estate_.graph.held_by(service)) {
      if (families_.head_of(held) == service && held != service) {
        each_direct(service, held, found);
      }
    }
  }

 private:
  template <typename Found>
  void each_direct(ItemId service, ItemId member, Found found) const {
    for (const ItemId user : estate_.graph.dependents_of(member)) {
      const ItemId head = families_.head_of(user);
      if (estate_.inventory.is_live(user) && head != service) {
        found(head == no_item ? user : head);
      }
    }
  }

  const Estate& estate_;
  const Families& families_;
};

/// Whether there are two of them that nobody directly relies on at once. Services that share a
/// consumer are one, and so are those that share one with the same third service.
bool are_apart(const Consumers& consumers, const Namesakes& services) {
  std::vector<std::size_t> set_of(services.size());
  std::iota(set_of.begin(), set_of.end(), std::size_t{0});
  const auto find = [&](std::size_t i) {
    while (set_of[i] != i) {
      set_of[i] = set_of[set_of[i]];
      i = set_of[i];
    }
    return i;
  };
  std::unordered_map<std::uint32_t, std::size_t> set_with;
  std::size_t sets = services.size();
  for (std::size_t i = 0; i < services.size(); ++i) {
    consumers.each_of(services[i], [&](ItemId consumer) {
      const auto [known, is_new] = set_with.try_emplace(index_of(consumer), i);
      const std::size_t other = find(known->second);
      if (other != find(i)) {
        set_of[find(i)] = other;
        --sets;
      }
    });
  }
  return sets > 1;
}

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  const Families families(estate);
  const Consumers consumers(estate, families);
  for (const Namesakes& services : namesakes(inventory, families)) {
    Namesakes supporting;
    std::ranges::copy_if(services, std::back_inserter(supporting), [&](ItemId service) {
      return families.facing(service) == Facing::supporting;
    });
    if (supporting.size() > 1 && are_apart(consumers, supporting)) {
      facts.add_group(facts.keep(supporting), Severity::info);
    } else if (supporting.size() < services.size() && are_apart(consumers, services)) {
      for (const ItemId service : services) {
        if (families.facing(service) == Facing::unknown) {
          facts.undetermined(service, "nothing says whom the service faces");
        }
      }
    }
  }
}

void word(const FactView& /*fact*/, Finding& finding) {
  finding.message = "have one name, and nothing relies directly on more than one of them";
}

std::string brief(const FactView& fact) {
  return fmt::format("{} supporting services have one name", fact.members().size());
}

const Register<Rule> rule{{
    .id = "duplicate-platform",
    .title = "Two supporting services of one name",
    .severity = Severity::info,
    .certainty = Certainty::proven,
    .confidence = Confidence::hint,
    .set = RuleSet::all,
    .rationale = "What two parts of an organisation built for themselves is paid for twice and "
                 "known by heart by half as many. Or it is one platform, entered twice.",
    .definition =
        "Two or more live supporting services whose names have the same letters and digits, case "
        "aside, and that no item directly relies on together; services that say that they stand "
        "outside production are left out. Where services of unknown facing decide, they are "
        "undetermined. A service and its live offerings count as one. One finding for a name.",
    .remedy = "Make one of them, or tell them apart by name.",
    .tiers = {Tier::service},
    .needs = {Need::services},
    .inputs = {},
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
