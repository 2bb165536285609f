#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "analysis/families.h"
#include "analysis/reporting_lines.h"
#include "analysis/wording.h"
#include "support/text.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

/// How titles of those begin who lead the organisation, beside those that begin with "Chief".
constexpr std::array executive_titles = {"ceo",  "cio", "cto", "cfo", "coo",
                                         "ciso", "cdo", "cmo", "chro"};
constexpr std::uint32_t most_levels_below_top = 1;
constexpr std::uint32_t fewest_levels_of_tree = 3;
constexpr std::uint32_t fewest_services = 10;
constexpr std::uint32_t least_percent_of_services = 20;
constexpr std::size_t fewest_portfolios = 3;

bool is_executive(std::string_view title) {
  const std::string folded = fold(title);
  const std::string_view first = std::string_view(folded).substr(0, folded.find_first_of(" ,;/&("));
  return folded.starts_with("chief ") ||
         std::ranges::find(executive_titles, first) != executive_titles.end();
}

/// Why somebody is taken for one who owns whatever nobody else does.
enum class Reason : std::uint8_t { none, title, rank, breadth };

struct Judgement {
  Reason reason = Reason::none;
  std::uint32_t levels_below_top = 0;
  std::uint32_t services = 0;
  std::uint32_t portfolios = 0;
};

/// What each person answers for, and where in the organisation they stand.
class Owners {
 public:
  explicit Owners(const Estate& estate)
      : estate_(estate), lines_(estate.inventory), judgements_(estate.inventory.party_count()) {
    std::map<PartyId, std::vector<ItemId>> services;
    const Families families(estate);
    for (const ItemId item : estate.inventory.items()) {
      const ItemId head = families.head_of(item);
      if (head == no_item) {
        continue;
      }
      live_services_ += head == item ? 1U : 0U;
      for (const PartyId owner : estate.inventory.owners(item)) {
        services[owner].push_back(head);
      }
    }
    for (std::uint32_t i = 0; i < judgements_.size(); ++i) {
      const PartyId party{i};
      if (estate.inventory.party(party).kind == PartyKind::person) {
        judgements_[i] = judge(party, services[party]);
      }
    }
  }

  [[nodiscard]] const Judgement& of(PartyId owner) const { return judgements_[index_of(owner)]; }
  [[nodiscard]] std::uint32_t live_services() const { return live_services_; }

 private:
  [[nodiscard]] Judgement judge(PartyId person, std::vector<ItemId>& services) const {
    if (is_executive(estate_.inventory.details(person).title)) {
      return {.reason = Reason::title};
    }
    if (const ReportingLines::Place place = lines_.of(person);
        place.levels_of_tree >= fewest_levels_of_tree &&
        place.levels_below_top <= most_levels_below_top) {
      return {.reason = Reason::rank, .levels_below_top = place.levels_below_top};
    }
    std::ranges::sort(services);
    const auto [begin, end] = std::ranges::unique(services);
    services.erase(begin, end);
    const auto count = static_cast<std::uint32_t>(services.size());
    if (count < fewest_services ||
        count * std::uint64_t{100} < live_services_ * std::uint64_t{least_percent_of_services}) {
      return {};
    }
    const std::size_t portfolios = topmost_portfolios(services);
    return portfolios < fewest_portfolios
               ? Judgement()
               : Judgement{.reason = Reason::breadth,
                           .services = count,
                           .portfolios = static_cast<std::uint32_t>(portfolios)};
  }

  /// Live portfolios that hold some of the services and are in no other live one.
  [[nodiscard]] std::size_t topmost_portfolios(const std::vector<ItemId>& services) const {
    const Inventory& inventory = estate_.inventory;
    const auto is_portfolio = [&](ItemId item) {
      return inventory.tier(item) == Tier::portfolio && inventory.is_live(item);
    };
    ItemSet roots(inventory.item_count());
    std::ranges::for_each(services, [&](ItemId service) { roots.add(service); });
    const ItemSet holding = estate_.graph.holding(roots);
    std::size_t count = 0;
    for (const ItemId item : inventory.items()) {
      const ItemSpan holders = estate_.graph.holders_of(item);
      count += holding.contains(item) && is_portfolio(item) &&
                       std::none_of(holders.begin(), holders.end(), is_portfolio)
                   ? 1U
                   : 0U;
    }
    return count;
  }

  const Estate& estate_;
  ReportingLines lines_;
  std::vector<Judgement> judgements_;  // By party.
  std::uint32_t live_services_ = 0;
};

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  const Owners owners(estate);
  for (const ItemId item : inventory.items()) {
    const Tier tier = inventory.tier(item);
    const bool is_judged = tier == Tier::service || tier == Tier::system || tier == Tier::component;
    if (!is_judged || !inventory.is_live(item) || !facts.can_judge(item, Input::accountable)) {
      continue;
    }
    for (const PartyId owner : inventory.owners(item)) {
      const Judgement& judgement = owners.of(owner);
      if (judgement.reason != Reason::none) {
        facts.add(item, {index_of(owner), static_cast<std::uint32_t>(judgement.reason),
                         judgement.levels_below_top, judgement.services, judgement.portfolios,
                         owners.live_services()});
        break;
      }
    }
  }
}

/// What a fact says of the owner.
struct Said {
  explicit Said(const FactView& fact)
      : inventory(fact.inventory()),
        owner{fact.evidence()[0]},
        reason(static_cast<Reason>(fact.evidence()[1])),
        levels_below_top(fact.evidence()[2]),
        services(fact.evidence()[3]),
        portfolios(fact.evidence()[4]),
        live_services(fact.evidence()[5]) {}

  [[nodiscard]] std::string name() const { return shortened(label(inventory.party(owner))); }
  /// `Ann Berg, Chief Information Officer`
  [[nodiscard]] std::string text() const {
    switch (reason) {
      case Reason::title:
        return fmt::format("{}, {}", name(), shortened(inventory.details(owner).title));
      case Reason::rank:
        return fmt::format("{}, who {}", name(),
                           levels_below_top == 0 ? "heads the organisation"
                                                 : "reports to the head of the organisation");
      default:
        return fmt::format("{}, who answers for {} of {} live services, in {} portfolios", name(),
                           services, live_services, portfolios);
    }
  }

  const Inventory& inventory;
  PartyId owner;
  Reason reason;
  std::uint32_t levels_below_top;
  std::uint32_t services;
  std::uint32_t portfolios;
  std::uint32_t live_services;
};

void word(const FactView& fact, Finding& finding) {
  const Said said(fact);
  finding.message = "is owned by " + said.text();
  finding.evidence = {{"owner", said.name()}};
  if (said.reason == Reason::title) {
    finding.evidence.emplace_back("title", shortened(said.inventory.details(said.owner).title));
  } else if (said.reason == Reason::rank) {
    finding.evidence.emplace_back("levelsBelowTop", std::uint64_t{said.levels_below_top});
  } else {
    finding.evidence.emplace_back("serviceCount", std::uint64_t{said.services});
    finding.evidence.emplace_back("portfolioCount", std::uint64_t{said.portfolios});
  }
}

std::string brief(const FactView& fact) {
  return fmt::format("is owned by {}, as much else is", brief_label(Said(fact).name()));
}

std::string cause(const FactView& fact) {
  return std::to_string(fact.evidence()[0]);
}

std::string tell_together(std::span<const FactView> facts) {
  return fmt::format("{} are owned by {}", subject_list(facts), Said(facts.front()).text());
}

const Register<Rule> rule{{
    .id = "owner-catch-all",
    .title = "Owner is the one who owns whatever nobody else does",
    .severity = Severity::medium,
    .certainty = Certainty::proven,
    .confidence = Confidence::likely,
    .rationale = "Where a field must be filled in, the head of IT is an answer that is never quite "
                 "wrong. But whoever answers for everything has time for none of it, and the field "
                 "is as good as empty.",
    .definition =
        "A live service, system or component with an owner who is a person and whose title begins "
        "with Chief or with CEO, CIO, CTO, CFO, COO, CISO, CDO, CMO or CHRO; or who heads the "
        "organisation or reports to its head, where persons have managers on three levels or more; "
        "or who answers for at least 10 live services that are a fifth of all, in at least three "
        "portfolios that are in no other. A service and its offerings count once.",
    .remedy = "Find who decides about it from day to day, and hand it over to them.",
    .tiers = {Tier::service, Tier::system, Tier::component},
    .needs = {},
    .inputs = {Input::accountable},
    .details = {Input::title, Input::reporting_line},
    .check = check,
    .word = word,
    .brief = brief,
    .cause = cause,
    .tell_together = tell_together,
}};

}  // namespace
}  // namespace tierline
