#include "pictures/neighbourhood.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_map>

#include "pictures/gather.h"
#include "tierline/text.h"
#include "tierline/utf8.h"

namespace tierline {
namespace {

/// So many cards that rely on one make a hub of it.
constexpr std::size_t hub_size = 4;
constexpr std::size_t most_hubs = 8;
constexpr std::size_t edges_of_left_out = 3;

constexpr std::array<std::string_view, column_count> things = {"portfolio", "service", "system",
                                                               "component"};

/// What findings say of an item.
struct Marked {
  std::uint32_t findings = 0;
  bool is_grave = false;
  std::string rules;  ///< Their ids.
};

/// Whether everything but its digits at the end is the same.
std::string_view stem_of(std::string_view name) {
  while (!name.empty() && name.back() >= '0' && name.back() <= '9') {
    name.remove_suffix(1);
  }
  return name;
}

/// `web-01, 02`, `web-01 … 09`, `Tape and 3 more`.
std::string name_of(const Inventory& inventory, const std::vector<ItemId>& items) {
  std::vector<std::string> names;
  for (const ItemId item : items) {
    names.push_back(made_visible(inventory.label(item)));
  }
  std::ranges::sort(names);
  const std::string& first = names.front();
  if (names.size() == 1) {
    return first;
  }
  const std::string stem(stem_of(first));
  const bool is_series = !stem.empty() && std::ranges::all_of(names, [&](const std::string& name) {
    return stem_of(name) == stem && name.size() > stem.size();
  });
  if (!is_series) {
    return fmt::format("{} and {} more", first, with_thousands(names.size() - 1));
  }
  // By number, however many digits they have.
  std::ranges::sort(names, {}, [](const std::string& name) {
    return std::pair(name.size(), std::string_view(name));
  });
  const std::string_view last = std::string_view(names.back()).substr(stem.size());
  return names.size() == 2 ? fmt::format("{}, {}", names.front(), last)
                           : fmt::format("{} … {}", names.front(), last);
}

class Drafting {
 public:
  Drafting(const AuditReport& report, const ReportStyle& style)
      : report_(report),
        inventory_(report.inventory),
        graph_(report.graph),
        subject_(style.subject),
        most_(style.most_items) {}

  void draw(Gathered gathered) {
    gathered_ = std::move(gathered);
    for (const Gathered::One& one : gathered_.items) {
      one_of_[one.item] = &one;
    }
    read_findings();
    make_cards();
    place_what_has_no_tier();
    find_uses();
    count_below();
    add_left_out();
    add_holders();
    name_hubs();
  }

  Neighbourhood result;

  [[nodiscard]] std::size_t items_drawn() const { return card_of_.size(); }
  [[nodiscard]] std::size_t items_below() const { return below_.size(); }

 private:
  // --- cards

  void read_findings() {
    report_.each_fact([&](const FactView& fact) {
      if (const auto found = one_of_.find(fact.item()); found != one_of_.end()) {
        Marked& marked = marked_[fact.item()];
        ++marked.findings;
        marked.is_grave = marked.is_grave || fact.severity() >= Severity::high;
        marked.rules += fmt::format("{} ", fact.rule().id);
      }
      if (fact.kind() == SubjectKind::relation) {
        const Relation& relation = inventory_.relation(fact.relation());
        if (one_of_.contains(relation.from) && one_of_.contains(relation.to)) {
          faulty_.emplace(relation.from, relation.to);
        }
      } else if (fact.kind() == SubjectKind::group) {
        read_group(fact.members());
      }
    });
  }

  void read_group(const std::vector<ItemId>& members) {
    std::set<ItemId> here;
    std::ranges::copy_if(members, std::inserter(here, here.end()),
                         [&](ItemId member) { return one_of_.contains(member); });
    for (const ItemId from : here) {
      for (const ItemId to : graph_.dependencies_of(from)) {
        if (here.contains(to)) {
          faulty_.emplace(from, to);
        }
      }
    }
  }

  [[nodiscard]] bool is_focus(const Gathered::One& one) const {
    return is_asked_for(one) || (subject_.rule != nullptr && one.distance == 0);
  }

  /// What makes items alike: they are the same to a reader, and stand in the same place.
  [[nodiscard]] std::string likeness(const Gathered::One& one) const {
    const ItemId item = one.item;
    const auto towards = card_of_.find(one.towards);
    std::string key = fmt::format(
        "{} {} {} {} {} {}", static_cast<int>(one.zone), static_cast<int>(inventory_.tier(item)),
        inventory_.item_class(item), static_cast<int>(inventory_.state(item)),
        towards == card_of_.end() ? SIZE_MAX : towards->second, inventory_.environment(item));
    for (const Responsibility& responsibility : inventory_.parties_of(item)) {
      key += fmt::format(" {}:{}", static_cast<int>(responsibility.role),
                         index_of(responsibility.party));
    }
    std::set<std::uint32_t> classes;
    for (const ItemId lower : graph_.dependencies_of(item)) {
      classes.insert(inventory_.item_class(lower));
    }
    for (const std::uint32_t item_class : classes) {
      key += fmt::format(" {}", item_class);
    }
    const auto marked = marked_.find(item);
    return marked == marked_.end() ? key : key + ' ' + marked->second.rules;
  }

  [[nodiscard]] bool is_asked_for(const Gathered::One& one) const {
    return one.item == subject_.focus || one.item == subject_.from || one.item == subject_.to;
  }

  /// Of one zone: a column of all there is room for would be a picture that is all height.
  [[nodiscard]] std::size_t most_in_column() const {
    const bool has_zones = subject_.focus != no_item;
    return std::max<std::size_t>(2, has_zones ? most_ * 3 / 10 : most_ / 2);
  }

  void make_cards() {
    std::unordered_map<std::string, std::size_t> alike;
    std::map<std::pair<Zone, std::size_t>, std::size_t> counts;
    for (const Gathered::One& one : gathered_.items) {
      const Tier tier = inventory_.tier(one.item);
      const bool may_merge = !is_focus(one) && tier != Tier::service && tier != Tier::portfolio;
      const std::string key = may_merge ? likeness(one) : std::string();
      if (const auto found = alike.find(key); may_merge && found != alike.end()) {
        put(one, found->second);
        continue;
      }
      std::size_t& in_column = counts[{one.zone, column_of(tier)}];
      if (result.cards.size() >= most_ || (in_column >= most_in_column() && !is_asked_for(one))) {
        left_out_[{one.zone, column_of(tier)}].push_back(one.item);
        continue;
      }
      ++in_column;
      Card card;
      card.zone = one.zone;
      card.distance = one.distance;
      card.column = column_of(tier);
      card.is_focus = is_focus(one);
      result.cards.push_back(std::move(card));
      put(one, result.cards.size() - 1);
      if (may_merge) {
        alike.emplace(key, result.cards.size() - 1);
      }
    }
    for (Card& card : result.cards) {
      std::ranges::sort(card.items,
                        [&](ItemId a, ItemId b) { return inventory_.comes_before(a, b); });
      card.name = name_of(inventory_, card.items);
    }
  }

  void put(const Gathered::One& one, std::size_t number) {
    Card& card = result.cards[number];
    card.items.push_back(one.item);
    card_of_[one.item] = number;
    if (const auto marked = marked_.find(one.item); marked != marked_.end()) {
      card.findings += marked->second.findings;
      card.is_grave = card.is_grave || marked->second.is_grave;
    }
  }

  /// One column left of what it relies on.
  void place_what_has_no_tier() {
    for (Card& card : result.cards) {
      if (inventory_.tier(card.items.front()) != Tier::unmapped) {
        continue;
      }
      std::size_t first = column_count;
      for (const ItemId lower : graph_.dependencies_of(card.items.front())) {
        if (card_of_.contains(lower) && inventory_.tier(lower) != Tier::unmapped) {
          first = std::min(first, column_of(inventory_.tier(lower)));
        }
      }
      card.column = first == column_count ? card.column : std::max<std::size_t>(first, 2) - 1;
    }
  }

  // --- relations

  struct Pairs {
    std::set<ItemId> from;
    std::set<ItemId> to;
    bool is_faulty = false;
  };

  [[nodiscard]] bool is_drawn(ItemId from, ItemId to) const {
    const Gathered::One& upper = *one_of_.at(from);
    const Gathered::One& lower = *one_of_.at(to);
    const bool passes_by = upper.zone == Zone::above && lower.zone == Zone::below;
    const bool is_closed = upper.is_unopened && lower.distance != 0;
    return !passes_by && !is_closed;
  }

  void find_uses() {
    std::map<std::pair<std::size_t, std::size_t>, Pairs> pairs;
    for (std::size_t number = 0; number < result.cards.size(); ++number) {
      for (const ItemId item : result.cards[number].items) {
        for (const ItemId lower : graph_.dependencies_of(item)) {
          const auto found = card_of_.find(lower);
          if (found != card_of_.end() && found->second != number && is_drawn(item, lower)) {
            Pairs& some = pairs[{number, found->second}];
            some.from.insert(item);
            some.to.insert(lower);
            some.is_faulty = some.is_faulty || faulty_.contains({item, lower});
          }
        }
      }
    }
    for (const auto& [cards, some] : pairs) {
      result.edges.push_back({.from = cards.first,
                              .to = cards.second,
                              .is_partial = some.from.size() < items_in(cards.first) ||
                                            some.to.size() < items_in(cards.second),
                              .is_faulty = some.is_faulty});
    }
  }

  [[nodiscard]] std::size_t items_in(std::size_t card) const {
    return result.cards[card].items.size();
  }

  /// What the services on the way down stand on themselves.
  void count_below() {
    for (Card& card : result.cards) {
      const Gathered::One& one = *one_of_.at(card.items.front());
      if (!one.is_unopened || one.zone != Zone::below || !inventory_.is_live(one.item)) {
        continue;
      }
      for (const ItemId lower : graph_.dependencies_of(one.item)) {
        if (!one_of_.contains(lower) && inventory_.is_live(lower)) {
          ++card.below;
          below_.insert(lower);
        }
      }
    }
  }

  // --- what is not drawn

  void add_left_out() {
    for (const Zone zone : {Zone::above, Zone::centre, Zone::below}) {
      for (std::size_t column = 0; column < column_count; ++column) {
        const std::vector<ItemId>& items = left_out_[{zone, column}];
        const std::size_t count =
            items.size() +
            gathered_.beyond[static_cast<std::size_t>(static_cast<int>(zone) + 1)][column];
        if (count > 0) {
          add_left_out(zone, column, items, count);
        }
      }
    }
  }

  void add_left_out(Zone zone, std::size_t column, const std::vector<ItemId>& items,
                    std::size_t count) {
    Card card;
    card.kind = Card::Kind::more;
    card.zone = zone;
    card.column = column;
    card.distance = 1000;
    card.left_out = count;
    card.name = fmt::format("+{} more", with_thousands(count));
    const std::size_t number = result.cards.size();
    result.cards.push_back(std::move(card));
    std::map<std::pair<std::size_t, bool>, std::size_t> counts;
    for (const ItemId item : items) {
      for (const bool is_up : {true, false}) {
        for (const ItemId other :
             is_up ? graph_.dependents_of(item) : graph_.dependencies_of(item)) {
          if (const auto found = card_of_.find(other); found != card_of_.end()) {
            ++counts[{found->second, is_up}];
          }
        }
      }
    }
    std::vector<std::pair<std::size_t, std::pair<std::size_t, bool>>> order;
    for (const auto& [end, uses] : counts) {
      order.emplace_back(uses, end);
    }
    std::ranges::stable_sort(order, std::ranges::greater(),
                             [](const auto& one) { return one.first; });
    for (std::size_t i = 0; i < std::min(order.size(), edges_of_left_out); ++i) {
      const auto [other, is_up] = order[i].second;
      result.edges.push_back(
          {.from = is_up ? other : number, .to = is_up ? number : other, .is_partial = true});
    }
  }

  // --- portfolios

  /// The nearest portfolio that holds an item.
  [[nodiscard]] ItemId portfolio_of(ItemId item) const {
    constexpr std::size_t most_looked_at = 1000;
    std::vector<ItemId> queue = {item};
    for (std::size_t at = 0; at < queue.size() && at < most_looked_at; ++at) {
      ItemId nearest = no_item;
      for (const ItemId holder : graph_.holders_of(queue[at])) {
        if (inventory_.tier(holder) == Tier::portfolio) {
          nearest =
              nearest == no_item || inventory_.comes_before(holder, nearest) ? holder : nearest;
        } else if (std::ranges::find(queue, holder) == queue.end()) {
          queue.push_back(holder);
        }
      }
      if (nearest != no_item) {
        return nearest;
      }
    }
    return no_item;
  }

  void add_holders() {
    const bool has_portfolios = std::ranges::any_of(
        inventory_.items(), [&](ItemId item) { return inventory_.tier(item) == Tier::portfolio; });
    const std::size_t cards = result.cards.size();
    std::size_t outside = SIZE_MAX;
    for (std::size_t number = 0; has_portfolios && number < cards; ++number) {
      if (result.cards[number].kind != Card::Kind::items) {
        continue;
      }
      const ItemId item = result.cards[number].items.front();
      const bool is_portfolio = inventory_.tier(item) == Tier::portfolio;
      if (!inventory_.is_service(item) && !is_portfolio) {
        continue;
      }
      const ItemId portfolio = portfolio_of(item);
      if (portfolio != no_item && portfolio != item) {
        hold(card_of_portfolio(portfolio, number), number);
      } else if (portfolio == no_item && inventory_.is_service(item) && inventory_.is_live(item)) {
        outside = outside == SIZE_MAX ? add_outside() : outside;
        hold(outside, number);
      }
    }
  }

  void hold(std::size_t portfolio, std::size_t held) {
    Card& card = result.cards[portfolio];
    const Card& service = result.cards[held];
    if (service.zone == Zone::centre) {
      card.zone = Zone::centre;
    }
    result.edges.push_back({.from = portfolio, .to = held, .holds = true});
  }

  std::size_t add_outside() {
    Card card;
    card.kind = Card::Kind::outside;
    card.zone = Zone::below;
    card.distance = 2000;
    card.name = "in no portfolio";
    result.cards.push_back(std::move(card));
    return result.cards.size() - 1;
  }

  std::size_t card_of_portfolio(ItemId portfolio, std::size_t held) {
    if (const auto found = card_of_.find(portfolio); found != card_of_.end()) {
      return found->second;
    }
    Card card;
    card.items = {portfolio};
    card.name = name_of(inventory_, card.items);
    card.zone = result.cards[held].zone;
    card.distance = result.cards[held].distance + 1;
    report_.each_fact([&](const FactView& fact) {
      if (fact.item() == portfolio) {
        ++card.findings;
        card.is_grave = card.is_grave || fact.severity() >= Severity::high;
      }
    });
    result.cards.push_back(std::move(card));
    return card_of_[portfolio] = result.cards.size() - 1;
  }

  // --- hubs

  void name_hubs() {
    std::map<std::size_t, std::size_t> uses;
    for (const CardEdge& edge : result.edges) {
      uses[edge.to] += edge.holds ? 0 : 1;
    }
    std::size_t hubs = 0;
    for (const auto& [number, count] : uses) {
      Card& card = result.cards[number];
      if (count >= hub_size && !card.is_focus && card.kind == Card::Kind::items &&
          hubs < most_hubs) {
        card.hub = static_cast<char>('a' + hubs++);
        card.hub_uses = count;
      }
    }
    for (const CardEdge& edge : result.edges) {
      if (!edge.holds && result.cards[edge.to].hub != 0) {
        result.cards[edge.from].hubs += result.cards[edge.to].hub;
      }
    }
    std::erase_if(result.edges, [&](const CardEdge& edge) {
      return !edge.holds && result.cards[edge.to].hub != 0;
    });
  }

  const AuditReport& report_;
  const Inventory& inventory_;
  const TieredGraph& graph_;
  const PictureSubject& subject_;
  std::size_t most_;
  Gathered gathered_;
  std::unordered_map<ItemId, const Gathered::One*> one_of_;
  std::unordered_map<ItemId, Marked> marked_;
  std::set<std::pair<ItemId, ItemId>> faulty_;
  std::unordered_map<ItemId, std::size_t> card_of_;
  std::map<std::pair<Zone, std::size_t>, std::vector<ItemId>> left_out_;
  std::set<ItemId> below_;
};

// --- words

std::string shown(const Inventory& inventory, ItemId item) {
  return shortened(made_visible(inventory.label(item)));
}

/// What lies below an item, by tier, and the customer-facing services above it.
struct Extent {
  std::size_t customers = 0;
  std::size_t systems = 0;
  std::size_t components = 0;
};

Extent extent_of(const AuditReport& report, ItemId focus) {
  const Inventory& inventory = report.inventory;
  const ItemSet live = items_where(inventory, [&](ItemId item) { return inventory.is_live(item); });
  ItemSet roots(inventory.item_count());
  roots.add(focus);
  const ItemSet above = report.graph.reaching(roots, live);
  const ItemSet below = report.graph.reachable_from(roots, live);
  Extent extent;
  for (const ItemId item : inventory.items()) {
    if (item != focus) {
      extent.customers += above.contains(item) && inventory.is_customer_facing(item) ? 1U : 0U;
      extent.systems += below.contains(item) && inventory.tier(item) == Tier::system ? 1U : 0U;
      extent.components +=
          below.contains(item) && inventory.tier(item) == Tier::component ? 1U : 0U;
    }
  }
  return extent;
}

std::string who_answers_for(const Inventory& inventory, ItemId item) {
  const std::vector<PartyId> owners = inventory.owners(item);
  if (!owners.empty()) {
    const Party& first = inventory.party(owners.front());
    const std::string name = made_visible(label(first));
    return owners.size() > 1 ? fmt::format("{} and {} more answer for it.", name, owners.size() - 1)
           : !first.active   ? fmt::format("Its owner, {}, has left.", name)
                             : fmt::format("{} answers for it.", name);
  }
  if (inventory.tier(item) == Tier::component && inventory.has_operator(item)) {
    return "A group runs it, which is enough for a component.";
  }
  return inventory.has_input(item, RuleInput::accountable) ||
                 inventory.tier(item) == Tier::component
             ? "Nobody answers for it."
             : "Who answers for it is not exported.";
}

std::vector<std::string> sentences_of(const AuditReport& report, ItemId focus) {
  const Inventory& inventory = report.inventory;
  if (!inventory.is_live(focus)) {
    return {fmt::format("It is {}.", to_string(inventory.state(focus)))};
  }
  std::vector<std::string> sentences;
  const Extent extent = extent_of(report, focus);
  if (inventory.is_customer_facing(focus)) {
    sentences.push_back(fmt::format("It faces {} customers.", to_string(inventory.facing(focus))));
  } else if (inventory.tier(focus) != Tier::portfolio) {
    sentences.push_back(extent.customers == 0
                            ? "No customer-facing service stands on it."
                            : fmt::format("{} {} on it.",
                                          count_of(extent.customers, "customer-facing service"),
                                          extent.customers == 1 ? "stands" : "stand"));
  }
  std::vector<std::string> below;
  if (extent.systems > 0) {
    below.push_back(count_of(extent.systems, "system"));
  }
  if (extent.components > 0) {
    below.push_back(count_of(extent.components, "component"));
  }
  if (!below.empty()) {
    sentences.push_back(fmt::format("It stands on {}.", join(below, " and ")));
  }
  sentences.push_back(who_answers_for(inventory, focus));
  return sentences;
}

std::string basis_of(const AuditReport& report) {
  constexpr std::size_t most = 3;
  const std::vector<Gap> gaps = gaps_in(report.ledger);
  std::vector<std::string> told;
  for (std::size_t i = 0; i < std::min(gaps.size(), most); ++i) {
    told.push_back(gaps[i].what);
  }
  if (gaps.size() > most) {
    told.push_back("and " + count_of(gaps.size() - most, "more gap"));
  }
  return fmt::format("As of {}, from {}.{}", report.run.as_of,
                     count_of(report.ledger.files, "file"),
                     told.empty() ? "" : fmt::format(" Gaps: {}.", join(told, "; ")));
}

std::string drawn_note(const AuditReport& report, const Drafting& drafting) {
  const std::size_t all = report.inventory.item_count();
  std::string note = fmt::format("Drawn: {} of {}.", with_thousands(drafting.items_drawn()),
                                 count_of(all, "item"));
  if (const std::size_t below = drafting.items_below(); below > 0) {
    note += fmt::format(
        " Not drawn: {} directly below the next service on the way down, whose owner "
        "answers for {}.",
        count_of(below, "item"), below == 1 ? "it" : "them");
  }
  return note;
}

/// What to do about findings of a rule; of one that has none to draw, why that is.
std::string sentence_of(const AuditReport& report, const Rule& rule, bool is_empty) {
  const auto found = std::ranges::find(report.results.found, &rule, &RuleFacts::rule);
  if (found != report.results.found.end() && !found->facts.empty()) {
    return is_empty ? fmt::format("What it found is about no single items. {}", rule.remedy)
                    : std::string(rule.remedy);
  }
  const auto& open = report.results.not_evaluated;
  const auto reason = std::ranges::find_if(
      open, [&](const NotEvaluated& one) { return one.rule == &rule && one.count == 0; });
  return reason == open.end() ? "It has no findings."
                              : fmt::format("It could not be judged: {}.", reason->reason);
}

Result<Gathered> ways(const AuditReport& report, const PictureSubject& subject) {
  Gathered gathered = on_ways(report, subject.from, subject.to);
  if (gathered.items.empty()) {
    const bool is_reverse = !on_ways(report, subject.to, subject.from).items.empty();
    return Error{fmt::format("no way leads from {} to {}{}", shown(report.inventory, subject.from),
                             shown(report.inventory, subject.to),
                             is_reverse ? ", but one leads back: turn them round" : "")};
  }
  return gathered;
}

}  // namespace

Result<Neighbourhood> neighbourhood_of(const AuditReport& report, const ReportStyle& style) {
  const PictureSubject& subject = style.subject;
  Drafting drafting(report, style);
  Neighbourhood& result = drafting.result;
  if (subject.rule != nullptr) {
    drafting.draw(around_findings(report, *subject.rule, style.most_items));
    result.title = fmt::format("{}: what stands around it", subject.rule->title);
    result.sentences = {sentence_of(report, *subject.rule, result.cards.empty())};
    result.has_zones = false;
  } else if (subject.from != no_item) {
    auto gathered = ways(report, subject);
    if (!gathered) {
      return std::move(gathered).error();
    }
    drafting.draw(std::move(*gathered));
    result.title = fmt::format("{} to {}: the ways between", shown(report.inventory, subject.from),
                               shown(report.inventory, subject.to));
    result.has_zones = false;
  } else {
    drafting.draw(around_focus(report, style));
    result.title = fmt::format("{}: whom it serves, and what it stands on",
                               shown(report.inventory, subject.focus));
    result.sentences = sentences_of(report, subject.focus);
  }
  result.as_of = report.run.as_of;
  result.notes = {drawn_note(report, drafting), basis_of(report)};
  return std::move(result);
}

}  // namespace tierline
