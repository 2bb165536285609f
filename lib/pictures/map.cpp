#include "pictures/map.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

#include "pictures/map_picture.h"
#include "pictures/underlying.h"
#include "tierline/text.h"
#include "tierline/utf8.h"

namespace tierline {
namespace {

// --- which services

/// The parties that somebody means by a name or an id, of those that own services.
Result<std::set<PartyId>> owners_called(const Inventory& inventory,
                                        const std::vector<std::string>& wanted) {
  std::map<std::string, std::vector<PartyId>> known;
  std::set<std::string> names;
  for (const ItemId item : inventory.items()) {
    for (const PartyId owner :
         inventory.is_service(item) ? inventory.owners(item) : std::vector<PartyId>()) {
      const Party& party = inventory.party(owner);
      known[fold(party.name)].push_back(owner);
      known[fold(party.id)].push_back(owner);
      names.insert(label(party));
    }
  }
  std::set<PartyId> owners;
  for (const std::string& name : wanted) {
    const auto found = known.find(fold(name));
    if (found == known.end()) {
      const std::vector<std::string> all(names.begin(), names.end());
      return Error{
          fmt::format("--owner {}: no service is owned by this{}", name, did_you_mean(name, all))};
    }
    owners.insert(found->second.begin(), found->second.end());
  }
  return owners;
}

/// What the portfolios hold that somebody means.
Result<ItemSet> held_by_portfolios(const AuditReport& report,
                                   const std::vector<std::string>& wanted) {
  const Inventory& inventory = report.inventory;
  ItemSet portfolios(inventory.item_count());
  std::set<std::string> found;
  std::vector<std::string> names;
  for (const ItemId item : inventory.items()) {
    if (inventory.tier(item) != Tier::portfolio) {
      continue;
    }
    names.push_back(inventory.label(item));
    for (const std::string& name : wanted) {
      if (fold(inventory.name(item)) == fold(name) || inventory.id(item) == name) {
        portfolios.add(item);
        found.insert(name);
      }
    }
  }
  for (const std::string& name : wanted) {
    if (!found.contains(name)) {
      return Error{fmt::format("--portfolio {}: no portfolio is called this{}", name,
                               did_you_mean(name, names))};
    }
  }
  return report.graph.held(portfolios);
}

Result<std::vector<ItemId>> chosen_services(const AuditReport& report,
                                            const PictureSubject& subject) {
  const Inventory& inventory = report.inventory;
  auto held = subject.portfolios.empty() ? all_items(inventory)
                                         : held_by_portfolios(report, subject.portfolios);
  auto owners = owners_called(inventory, subject.owners);
  if (!held) {
    return std::move(held).error();
  }
  if (!owners) {
    return std::move(owners).error();
  }
  const auto is_owned = [&](ItemId item) {
    return subject.owners.empty() ||
           std::ranges::any_of(inventory.owners(item),
                               [&](PartyId owner) { return owners->contains(owner); });
  };
  std::vector<ItemId> services;
  for (const ItemId item : inventory.items()) {
    if (inventory.is_service(item) && report.scope.contains(item) && held->contains(item) &&
        is_owned(item)) {
      services.push_back(item);
    }
  }
  return services;
}

// --- what to say of them

std::string flaw_of(const Party& party) {
  return !party.active ? "has left" : !party.known && party.table_loaded ? "in no table" : "";
}

/// Of several owners, the first, and how many more.
std::string name_of_owners(const Inventory& inventory, const std::vector<PartyId>& owners) {
  if (owners.empty()) {
    return {};
  }
  const std::string first = made_visible(label(inventory.party(owners.front())));
  return owners.size() == 1 ? first : fmt::format("{} and {} more", first, owners.size() - 1);
}

std::string with_owner(std::string_view name, const std::string& owner) {
  return owner.empty() ? std::string(name) : fmt::format("{}, {}", name, owner);
}

/// Who has no owner comes first, then by whom it faces; then who supports nobody; last what is
/// not live.
auto rank(const MapService& service) {
  constexpr int order[] = {0, 1, 3, 2};  // Of external, internal, supporting, unknown.
  return std::tuple(!service.is_live, !service.is_unowned, service.supports_nobody,
                    order[static_cast<std::size_t>(service.facing)],
                    service.criticality == 0 ? 9 : int{service.criticality},
                    std::string_view(service.name));
}

class Drafting {
 public:
  Drafting(const AuditReport& report, const PictureSubject& subject)
      : report_(report), inventory_(report.inventory), subject_(subject) {}

  Result<Map> map() {
    auto chosen = chosen_services(report_, subject_);
    if (!chosen) {
      return std::move(chosen).error();
    }
    services_.resize(chosen->size());
    const bool has_links = chosen->size() <= most_lines;
    for (std::size_t i = 0; i < chosen->size(); ++i) {
      number_of_[(*chosen)[i]] = i;
      services_[i] = service((*chosen)[i]);
      if (has_links) {
        services_[i].link = report_.link_to((*chosen)[i]);
      }
    }
    add_findings();
    add_underlying(*chosen);
    Map map;
    map.services = services_.size();
    map.as_of = report_.run.as_of;
    map.title = title();
    map.answers = answers();
    for (MapService& service : services_) {
      const bool is_asked = service.facing == Facing::supporting;
      service.is_judged_in_part =
          service.is_live &&
          (service.lacks_owner_field || service.is_undetermined ||
           (is_asked && map.answers.asks_support && !map.answers.support_unknown.empty()));
    }
    map.notes = {drawn(), basis()};
    map.boxes = boxes();
    group(map);
    sort(map);
    return map;
  }

 private:
  [[nodiscard]] MapService service(ItemId item) const {
    MapService service;
    service.item = item;
    service.name = made_visible(inventory_.label(item));
    const std::vector<PartyId> owners = inventory_.owners(item);
    service.owner = name_of_owners(inventory_, owners);
    service.owner_flaw = owners.empty() ? "" : flaw_of(inventory_.party(owners.front()));
    service.facing = inventory_.facing(item);
    service.state = inventory_.state(item);
    service.is_live = inventory_.is_live(item);
    const bool is_told = inventory_.has_input(item, RuleInput::accountable);
    service.is_unowned = service.is_live && owners.empty() && is_told;
    service.lacks_owner_field = owners.empty() && !is_told;
    service.criticality = static_cast<std::uint8_t>(inventory_.criticality(item));
    return service;
  }

  void add_findings() {
    report_.each_fact([&](const FactView& fact) {
      const auto found = number_of_.find(fact.item());
      if (found != number_of_.end()) {
        MapService& service = services_[found->second];
        ++service.findings;
        service.is_grave = service.is_grave || fact.severity() >= Severity::high;
        service.supports_nobody = service.supports_nobody || fact.rule().id == rule_of_orphans;
      }
    });
    for (const NotEvaluated& one : report_.results.not_evaluated) {
      if (one.rule->id != rule_of_orphans) {
        continue;
      }
      for (const ItemId item : one.subjects) {
        if (const auto found = number_of_.find(item); found != number_of_.end()) {
          services_[found->second].is_undetermined = true;
        }
      }
    }
  }

  void add_underlying(const std::vector<ItemId>& items) {
    if (items.size() > most_with_underlying) {
      return;
    }
    const std::vector<Underlying> all = underlying(inventory_, report_.graph, items);
    for (std::size_t i = 0; i < all.size(); ++i) {
      services_[i].under = all[i];
    }
  }

  /// What was chosen, in the words of the command.
  [[nodiscard]] std::string choice() const {
    std::vector<std::string> parts;
    const auto add = [&](std::string_view what, const std::vector<std::string>& values) {
      if (!values.empty()) {
        parts.push_back(fmt::format("{} {}", what, join(values, ", ")));
      }
    };
    add("in", subject_.portfolios);
    add("owned by", subject_.owners);
    add("with", report_.run.scope);
    return join(parts, ", ");
  }

  [[nodiscard]] std::string title() const {
    const std::string chosen = choice();
    const std::string what =
        "Who answers for which service" + (chosen.empty() ? "" : ": " + made_visible(chosen));
    return report_.run.estate_is_named
               ? fmt::format("{} · {}", made_visible(shortened(report_.run.estate)), what)
               : what;
  }

  /// Of the services of the map; of what could not be judged at all, the audit says it.
  [[nodiscard]] AnswerCounts answers() const {
    AnswerCounts answers = answers_of(report_);
    answers.live = answers.owned = answers.unowned = answers.owner_unknown = 0;
    answers.supporting = answers.orphans = answers.undetermined = 0;
    for (const MapService& service : services_) {
      if (service.is_live) {
        ++answers.live;
        ++(service.is_unowned          ? answers.unowned
           : service.lacks_owner_field ? answers.owner_unknown
                                       : answers.owned);
        answers.supporting += service.facing == Facing::supporting ? 1U : 0U;
        answers.orphans += service.supports_nobody ? 1U : 0U;
        answers.undetermined += service.is_undetermined ? 1U : 0U;
      }
    }
    return answers;
  }

  // --- boxes

  [[nodiscard]] ItemId holder_among_portfolios(ItemId portfolio) const {
    ItemId holder = no_item;
    for (const ItemId one : report_.graph.holders_of(portfolio)) {
      if (inventory_.tier(one) == Tier::portfolio && one != portfolio &&
          (holder == no_item || inventory_.comes_before(one, holder))) {
        holder = one;
      }
    }
    return holder;
  }

  /// The portfolios around one, the nearest first.
  [[nodiscard]] std::vector<ItemId> around(ItemId portfolio) const {
    std::vector<ItemId> around;
    ItemId at = holder_among_portfolios(portfolio);
    while (at != no_item && at != portfolio && std::ranges::find(around, at) == around.end()) {
      around.push_back(at);
      at = holder_among_portfolios(at);
    }
    return around;
  }

  [[nodiscard]] bool is_unowned(ItemId portfolio) const {
    return inventory_.owners(portfolio).empty() && inventory_.is_live(portfolio) &&
           inventory_.has_input(portfolio, RuleInput::accountable);
  }

  [[nodiscard]] std::string owner_of(ItemId item) const {
    return name_of_owners(inventory_, inventory_.owners(item));
  }

  [[nodiscard]] std::string title_of(ItemId item) const {
    return made_visible(inventory_.label(item));
  }

  [[nodiscard]] MapBox portfolio_box(ItemId portfolio) const {
    MapBox box;
    box.portfolio = portfolio;
    box.title = title_of(portfolio);
    box.owner = owner_of(portfolio);
    box.link = report_.link_to(portfolio);
    box.is_unowned = is_unowned(portfolio);
    return box;
  }

  [[nodiscard]] MapBox outside_box() const {
    MapBox box;
    const bool has_portfolios = std::ranges::any_of(
        inventory_.items(), [&](ItemId item) { return inventory_.tier(item) == Tier::portfolio; });
    box.kind = has_portfolios ? MapBox::Kind::outside : MapBox::Kind::all;
    box.title = has_portfolios ? "In no portfolio" : "All services";
    box.above = has_portfolios ? "" : "The export has no portfolios";
    return box;
  }

  [[nodiscard]] std::vector<MapBox> boxes() {
    const std::vector<ItemId> holders = report_.graph.nearest_holder(items_where(
        inventory_, [&](ItemId item) { return inventory_.tier(item) == Tier::portfolio; }));
    std::map<ItemId, std::vector<MapService>> by_holder;
    for (MapService& service : services_) {
      by_holder[holders[index_of(service.item)]].push_back(std::move(service));
    }
    std::vector<MapBox> boxes;
    for (auto& [holder, services] : by_holder) {
      boxes.push_back(holder == no_item ? outside_box() : portfolio_box(holder));
      boxes.back().services = std::move(services);
      finish(boxes.back());
    }
    return boxes;
  }

  // --- portfolios in portfolios

  /// Puts boxes of one outermost portfolio into a group, and says of the others where they are.
  void group(Map& map) const {
    std::map<ItemId, std::vector<MapBox*>> by_outermost;
    for (MapBox& box : map.boxes) {
      if (box.portfolio != no_item) {
        const std::vector<ItemId> portfolios = around(box.portfolio);
        by_outermost[portfolios.empty() ? box.portfolio : portfolios.back()].push_back(&box);
      }
    }
    for (auto& [outermost, boxes] : by_outermost) {
      const bool is_group = boxes.size() > 1;
      if (is_group) {
        map.groups.push_back({title_of(outermost), owner_of(outermost), is_unowned(outermost)});
      }
      for (MapBox* box : boxes) {
        box->group = is_group ? map.groups.size() - 1 : no_group;
        box->above = above(box->portfolio, is_group);
      }
    }
  }

  /// `in Corporate, Helena Brandt`; of what has a frame around it, nothing that the frame says.
  [[nodiscard]] std::string above(ItemId portfolio, bool is_framed) const {
    constexpr std::size_t most = 3;
    std::vector<ItemId> portfolios = around(portfolio);
    if (is_framed && portfolios.empty()) {
      return "Itself";
    }
    if (is_framed) {
      portfolios.pop_back();
    }
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < std::min(portfolios.size(), most); ++i) {
      const std::string title = title_of(portfolios[i]);
      parts.push_back("in " + (i == 0 ? with_owner(title, owner_of(portfolios[i])) : title));
    }
    return parts.empty() ? "Portfolio" : join(parts, ", ");
  }

  void finish(MapBox& box) const {
    std::ranges::sort(box.services, [&](const MapService& a, const MapService& b) {
      const auto rank_a = rank(a);
      const auto rank_b = rank(b);
      return rank_a != rank_b ? rank_a < rank_b : inventory_.comes_before(a.item, b.item);
    });
    for (const MapService& service : box.services) {
      box.live += service.is_live ? 1U : 0U;
      box.unowned += service.is_unowned ? 1U : 0U;
      box.owner_unknown += service.is_live && service.lacks_owner_field ? 1U : 0U;
      box.orphans += service.supports_nobody ? 1U : 0U;
    }
  }

  /// How bad a box is, or all of a group.
  struct Badness {
    std::size_t faults = 0;
    std::size_t grave = 0;
    std::size_t services = 0;

    void add(const MapBox& box) {
      faults += box.unowned + box.orphans;
      grave += static_cast<std::size_t>(std::ranges::count_if(box.services, &MapService::is_grave));
      services += box.services.size();
    }
    friend auto operator<=>(const Badness&, const Badness&) = default;
  };

  /// Worst first; those of a group together.
  void sort(Map& map) const {
    std::vector<Badness> groups(map.groups.size());
    for (const MapBox& box : map.boxes) {
      if (box.group != no_group) {
        groups[box.group].add(box);
      }
    }
    std::ranges::sort(map.boxes, [&](const MapBox& a, const MapBox& b) {
      const auto of = [&](const MapBox& box) {
        Badness own;
        own.add(box);
        const bool is_grouped = box.group != no_group;
        return std::tuple(box.portfolio != no_item, is_grouped ? groups[box.group] : own,
                          is_grouped ? map.groups.size() - box.group : 0, own);
      };
      const auto of_a = of(a);
      const auto of_b = of(b);
      return of_a != of_b         ? of_a > of_b
             : a.title != b.title ? a.title < b.title
                                  : inventory_.comes_before(a.portfolio, b.portfolio);
    });
  }

  // --- notes

  /// `Drawn: all 20 services, 18 of them live. Not drawn: 20 systems, 27 components.`
  [[nodiscard]] std::string drawn() const {
    std::array<std::size_t, tier_count> counts{};
    for (const ItemId item : inventory_.items()) {
      ++counts[static_cast<std::size_t>(inventory_.tier(item))];
    }
    const auto count = [&](Tier tier) { return counts[static_cast<std::size_t>(tier)]; };
    const std::size_t live =
        static_cast<std::size_t>(std::ranges::count_if(services_, &MapService::is_live));
    const std::size_t all = count(Tier::service);
    std::string text = services_.size() == all
                           ? fmt::format("Drawn: all there is, {}", count_of(all, "service"))
                           : fmt::format("Drawn: {} of {}", with_thousands(services_.size()),
                                         count_of(all, "service"));
    text +=
        live == services_.size() ? "." : fmt::format(", {} of them live.", with_thousands(live));
    std::vector<std::string> rest;
    const auto add = [&](Tier tier, std::string_view thing, std::string_view things = {}) {
      if (count(tier) > 0) {
        rest.push_back(count_of(count(tier), thing, things));
      }
    };
    add(Tier::system, "system");
    add(Tier::component, "component");
    add(Tier::unmapped, "item of a class without tier", "items of classes without tier");
    return rest.empty() ? text : fmt::format("{} Not drawn: {}.", text, join(rest, ", "));
  }

  /// What it rests on, and the gravest of what is missing.
  [[nodiscard]] std::string basis() const {
    constexpr std::size_t shown = 4;
    const Ledger& ledger = report_.ledger;
    std::string text =
        fmt::format("As of {}, from {}, {}, {}.", report_.run.as_of, count_of(ledger.files, "file"),
                    count_of(ledger.items, "item"), count_of(ledger.relations, "relation"));
    const std::vector<Gap> gaps = gaps_in(ledger);
    std::vector<std::string> told;
    for (std::size_t i = 0; i < std::min(gaps.size(), shown); ++i) {
      told.push_back(gaps[i].what);
    }
    if (gaps.size() > shown) {
      told.push_back("and " + count_of(gaps.size() - shown, "more gap"));
    }
    return told.empty() ? text : fmt::format("{} Gaps: {}.", text, join(told, "; "));
  }

  const AuditReport& report_;
  const Inventory& inventory_;
  const PictureSubject& subject_;
  std::vector<MapService> services_;
  std::map<ItemId, std::size_t> number_of_;
};

std::string owner_line(const MapService& service) {
  if (!service.owner.empty()) {
    return "owned by " + service.owner +
           (service.owner_flaw.empty() ? "" : fmt::format(" ({})", service.owner_flaw));
  }
  return service.is_unowned          ? "no accountable owner"
         : service.lacks_owner_field ? "its owner is not exported"
                                     : "no owner";
}

}  // namespace

std::uint32_t Underlying::count() const {
  return std::accumulate(systems.begin(), systems.end(), 0U) +
         std::accumulate(components.begin(), components.end(), 0U);
}

std::string_view word_of(const MapService& service) {
  if (!service.is_live || service.state == State::retiring) {
    return to_string(service.state);
  }
  if (service.supports_nobody) {
    return "supports nobody";
  }
  return service.is_undetermined             ? "not judged"
         : service.facing == Facing::unknown ? "facing unknown"
                                             : to_string(service.facing);
}

std::string line_of(const MapService& service) {
  std::string line =
      fmt::format("{}: {}; {}", shortened(service.name), word_of(service), owner_line(service));
  if (service.findings > 0) {
    line += fmt::format("; {}{}", count_of(service.findings, "finding"),
                        !service.is_grave       ? ""
                        : service.findings == 1 ? ", critical or high"
                                                : ", the worst critical or high");
  }
  if (service.under.count() > 0) {
    const auto sum = [](const auto& counts) {
      return std::accumulate(counts.begin(), counts.end(), std::size_t{0});
    };
    line += fmt::format("; stands on {} and {}", count_of(sum(service.under.systems), "system"),
                        count_of(sum(service.under.components), "component"));
  }
  return line;
}

Result<Map> map_of(const AuditReport& report, const PictureSubject& subject) {
  return Drafting(report, subject).map();
}

std::string owners_in_words(const MapBox& box) {
  if (box.unowned > 0) {
    return fmt::format("{} without owner", with_thousands(box.unowned));
  }
  return box.owner_unknown == 0 ? "all owned"
         : box.owner_unknown == box.live
             ? "owners not exported"
             : fmt::format("{} of unknown owner", with_thousands(box.owner_unknown));
}

void limit_boxes(Map& map, std::size_t most) {
  const auto outside = std::ranges::find_if(map.boxes, [](const MapBox& box) {
    return box.kind == MapBox::Kind::outside || box.kind == MapBox::Kind::all;
  });
  const auto portfolios = static_cast<std::size_t>(outside - map.boxes.begin());
  if (portfolios <= most) {
    return;
  }
  MapBox rest;
  rest.kind = MapBox::Kind::rest;
  rest.portfolios = 0;
  const auto first = map.boxes.begin() + static_cast<std::ptrdiff_t>(most - 1);
  for (auto box = first; box != outside; ++box) {
    rest.portfolios += box->portfolios;
    rest.live += box->live;
    rest.unowned += box->unowned;
    rest.owner_unknown += box->owner_unknown;
    rest.orphans += box->orphans;
    std::ranges::move(box->services, std::back_inserter(rest.services));
  }
  rest.title = fmt::format("{} more portfolios", with_thousands(rest.portfolios));
  *first = std::move(rest);
  map.boxes.erase(first + 1, outside);
}

}  // namespace tierline
