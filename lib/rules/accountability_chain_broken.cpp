#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "analysis/answered.h"
#include "analysis/families.h"
#include "analysis/wording.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

/// What the items of a level say together: the greatest of what each says.
enum class Says : std::uint8_t {
  nothing,  ///< There are none.
  nobody,   ///< Answers for any.
  unknown,  ///< Nobody, but the export does not say it of all.
  somebody,
};

constexpr std::size_t level_count = 4;  // The tiers from portfolio to component.

Says said_of(const Inventory& inventory, ItemId item) {
  return is_answered_for(inventory, item)                    ? Says::somebody
         : inventory.has_input(item, RuleInput::accountable) ? Says::nobody
                                                             : Says::unknown;
}

/// Who answers on each level above and below a service. A service and its offerings are one.
class Levels {
 public:
  explicit Levels(const Estate& estate)
      : estate_(estate),
        inventory_(estate.inventory),
        services_(inventory_.item_count()),
        systems_(inventory_.item_count()),
        components_(inventory_.item_count()),
        portfolios_(inventory_.item_count()) {
    for (const ItemId item : inventory_.items()) {
      if (is_live(item, Tier::service)) {
        raise(services_, family_of(inventory_, estate_.graph, item), said_of(inventory_, item));
      }
    }
    each_part(Tier::system, Tier::component, [&](ItemId system, ItemId component) {
      raise(components_, system, said_of(inventory_, component));
    });
    each_part(Tier::service, Tier::system, [&](ItemId service, ItemId system) {
      const ItemId family = family_of(inventory_, estate_.graph, service);
      raise(systems_, family, said_of(inventory_, system));
      raise(components_, family, components_[index_of(system)]);
    });
    find_nearest_portfolios();
  }

  [[nodiscard]] std::array<Says, level_count> of(ItemId service) const {
    const std::uint32_t i = index_of(service);
    return {portfolios_[i], services_[i], systems_[i], components_[i]};
  }
  /// Whether somebody answers for a component that the system needs or contains.
  [[nodiscard]] bool has_answered_component(ItemId system) const {
    return components_[index_of(system)] == Says::somebody;
  }

  /// Live items that a live item of one tier directly needs or contains.
  template <typename Sink>
  void each_part(Tier whole, Tier part, Sink sink) const {
    for (const RelationId id : inventory_.relations()) {
      const Relation& relation = inventory_.relation(id);
      if (is_part_relation(relation) && is_live(relation.from, whole) &&
          is_live(relation.to, part)) {
        sink(relation.from, relation.to);
      }
    }
  }

 private:
  [[nodiscard]] bool is_live(ItemId item, Tier tier) const {
    return inventory_.tier(item) == tier && estate_.reach.live.contains(item);
  }

  static void raise(std::vector<Says>& level, ItemId item, Says says) {
    level[index_of(item)] = std::max(level[index_of(item)], says);
  }

  /// Breadth first from all live portfolios at once, through what they hold.
  void find_nearest_portfolios() {
    constexpr std::uint32_t unreached = UINT32_MAX;
    std::vector<std::uint32_t> distance(inventory_.item_count(), unreached);
    std::vector<ItemId> queue;
    for (const ItemId item : inventory_.items()) {
      if (is_live(item, Tier::portfolio)) {
        distance[index_of(item)] = 0;
        portfolios_[index_of(item)] = said_of(inventory_, item);
        queue.push_back(item);
      }
    }
    for (std::size_t at = 0; at < queue.size(); ++at) {
      const std::uint32_t from = index_of(queue[at]);
      for (const ItemId held : estate_.graph.held_by(queue[at])) {
        std::uint32_t& known = distance[index_of(held)];
        if (known == unreached) {
          known = distance[from] + 1;
          queue.push_back(held);
        }
        if (known == distance[from] + 1) {
          raise(portfolios_, held, portfolios_[from]);
        }
      }
    }
  }

  const Estate& estate_;
  const Inventory& inventory_;
  std::vector<Says> services_;  ///< Of these four, by service.
  std::vector<Says> systems_;
  std::vector<Says> components_;  ///< By system as well.
  std::vector<Says> portfolios_;
};

/// Levels of one service: the first at which nobody answers above the first at which somebody does.
struct Break {
  ItemId service = no_item;
  Tier at = Tier::portfolio;
  Tier answered = Tier::portfolio;
};

class Check {
 public:
  Check(const Estate& estate, Facts& facts)
      : estate_(estate), inventory_(estate.inventory), facts_(facts), levels_(estate) {}

  void run() {
    for (const ItemId item : inventory_.items()) {
      judge(item);
    }
    if (!breaks_.empty()) {
      find_paths();
      for (const Break& one : breaks_) {
        facts_.add(one.service, {static_cast<std::uint32_t>(one.at), facts_.keep(path_of(one))});
      }
    }
  }

 private:
  void judge(ItemId service) {
    const auto says = levels_.of(service);
    if (!inventory_.is_service(service) ||
        says[static_cast<std::size_t>(Tier::service)] == Says::nothing) {
      return;
    }
    const auto is = [&](Says word) {
      return [&says, word](std::size_t level) { return says[level] == word; };
    };
    constexpr std::array<std::size_t, level_count> all = {0, 1, 2, 3};
    const auto broken = std::ranges::find_if(all, is(Says::nobody));
    const auto answered = std::find_if(broken, all.end(), is(Says::somebody));
    if (answered != all.end()) {
      breaks_.push_back({service, Tier{static_cast<std::uint8_t>(*broken)},
                         Tier{static_cast<std::uint8_t>(*answered)}});
      return;
    }
    const auto open = std::ranges::find_if(all, is(Says::unknown));
    if (std::find_if(open, all.end(), is(Says::somebody)) != all.end()) {
      facts_.cannot_judge(service,
                          "the export does not say who answers for what is above some "
                          "item that somebody answers for");
    }
  }

  /// Of each service whose break reaches below it, the system that leads on to who answers; of such
  /// a system, the component. The first by key.
  void find_paths() {
    next_.assign(inventory_.item_count(), no_item);
    std::vector<Tier> answered(inventory_.item_count(), Tier::portfolio);
    for (const Break& one : breaks_) {
      answered[index_of(one.service)] = one.answered;
    }
    ItemSet on_the_way(inventory_.item_count());
    const auto lead = [&](ItemId from, ItemId to) {
      next_[index_of(from)] = first_of(inventory_, next_[index_of(from)], to);
    };
    levels_.each_part(Tier::service, Tier::system, [&](ItemId part, ItemId system) {
      const ItemId service = family_of(inventory_, estate_.graph, part);
      const Tier level = answered[index_of(service)];
      if ((level == Tier::system && is_answered_for(inventory_, system)) ||
          (level == Tier::component && levels_.has_answered_component(system))) {
        lead(service, system);
      }
    });
    for (const Break& one : breaks_) {
      if (one.answered == Tier::component) {
        on_the_way.add(next_[index_of(one.service)]);
      }
    }
    levels_.each_part(Tier::system, Tier::component, [&](ItemId system, ItemId component) {
      if (on_the_way.contains(system) && is_answered_for(inventory_, component)) {
        lead(system, component);
      }
    });
    portfolio_ = estate_.graph.nearest_holder(items_where(inventory_, [&](ItemId item) {
      return inventory_.tier(item) == Tier::portfolio && inventory_.is_live(item);
    }));
  }

  [[nodiscard]] std::vector<ItemId> path_of(const Break& one) const {
    std::vector<ItemId> path;
    if (one.at == Tier::portfolio) {
      path.push_back(portfolio_[index_of(one.service)]);
    }
    path.push_back(one.service);
    for (Tier level = Tier::service; level != one.answered;
         level = Tier{static_cast<std::uint8_t>(static_cast<int>(level) + 1)}) {
      path.push_back(next_[index_of(path.back())]);
    }
    return path;
  }

  const Estate& estate_;
  const Inventory& inventory_;
  Facts& facts_;
  Levels levels_;
  std::vector<Break> breaks_;
  std::vector<ItemId> next_;
  std::vector<ItemId> portfolio_;
};

void check(const Estate& estate, Facts& facts) {
  Check(estate, facts).run();
}

/// Those who answer for an item: its owners, or the groups that run a component without any.
std::vector<PartyId> answering(const Inventory& inventory, ItemId item) {
  std::vector<PartyId> parties = inventory.owners(item);
  if (parties.empty()) {
    for (const Responsibility& responsibility : inventory.parties_of(item)) {
      if (is_operator(responsibility.role)) {
        parties.push_back(responsibility.party);
      }
    }
  }
  return parties;
}

Tier level_of(const FactView& fact) {
  return Tier{static_cast<std::uint8_t>(fact.evidence()[0])};
}

void word(const FactView& fact, Finding& finding) {
  const Inventory& inventory = fact.inventory();
  const std::vector<ItemId> path = items_of(fact.list(fact.evidence()[1]));
  const ItemId last = path.back();
  const auto names = labels_of(inventory, answering(inventory, last));
  const std::string answered =
      inventory.is_service(last)
          ? std::string("it")
          : fmt::format("the {} {}", to_string(inventory.tier(last)), label_of(inventory, last));
  switch (level_of(fact)) {
    case Tier::portfolio:
      finding.message = fmt::format("nobody answers for its portfolio {}, though {} for {}",
                                    label_of(inventory, path.front()), name_list(names), answered);
      break;
    case Tier::service:
      finding.message =
          fmt::format("nobody answers for it, though {} for {}", name_list(names), answered);
      break;
    default:
      finding.message = fmt::format("nobody answers for its systems, such as {}, though {} for {}",
                                    label_of(inventory, path[1]), name_list(names), answered);
      break;
  }
  finding.evidence = {{"brokenAt", std::string(to_string(level_of(fact)))},
                      {"path", ids_of(inventory, path)},
                      {"answeredBy", names}};
}

std::string brief(const FactView& fact) {
  switch (level_of(fact)) {
    case Tier::portfolio:
      return "nobody answers for its portfolio";
    case Tier::service:
      return "nobody answers for it, somebody does below";
    default:
      return "nobody answers for its systems, somebody does below";
  }
}

const Register<Rule> rule{{
    .id = "accountability-chain-broken",
    .title = "Accountability breaks off between two levels",
    .severity = Severity::medium,
    .certainty = Certainty::proven,
    .set = RuleSet::all,
    .rationale = "Whoever answers for a part reports to whoever answers for the whole. Where "
                 "nobody does on the level above, what goes wrong below ends at a desk that is not "
                 "there.",
    .definition =
        "A live service with a level at which nobody answers, while somebody does at a lower one; "
        "the first of its levels: its nearest portfolios; the service, with its offerings; the "
        "systems that it directly needs or contains; the components that these directly need or "
        "contain, for which a group that runs them counts. Only live items count, memberships "
        "included. A level without items, or about which the export does not say it, is left out.",
    .remedy = "Name somebody who answers for the level that is empty.",
    .tiers = {Tier::service},
    .needs = {Need::services},
    .inputs = {RuleInput::accountable},
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
