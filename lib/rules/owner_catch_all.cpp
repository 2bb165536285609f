#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <vector>

#include "analysis/families.h"
#include "analysis/reporting_lines.h"
#include "analysis/wording.h"
#include "tierline/rule.h"
#include "tierline/text.h"

namespace tierline {
namespace {

constexpr RuleOption most_levels_below_top = {
    .name = "most-levels-below-top",
    .standard = 1,
    .least = 0,
    .most = 20,
    .meaning = "how far below the head of the organisation somebody still owns too much",
};
constexpr RuleOption fewest_levels_of_tree = {
    .name = "least-levels",
    .standard = 3,
    .least = 2,
    .most = 100,
    .meaning = "the levels from which on persons with managers are an organisation",
};
constexpr RuleOption fewest_services = {
    .name = "least-services",
    .standard = 10,
    .least = 1,
    .most = 100000,
    .meaning = "the services from which on somebody owns too many",
};
constexpr RuleOption least_percent_of_services = {
    .name = "least-percent",
    .standard = 20,
    .least = 0,
    .most = 100,
    .meaning = "how many of all live services these have to be",
};
constexpr RuleOption fewest_portfolios = {
    .name = "least-portfolios",
    .standard = 3,
    .least = 1,
    .most = 1000,
    .meaning = "in how many portfolios these have to be",
};

/// Whether a title begins with whole words that fit one of the patterns, which are folded.
bool is_executive(const std::vector<std::string>& patterns, std::string_view title) {
  const std::string folded = fold(title);
  for (std::size_t end = 0; end < folded.size();) {
    end = std::min(folded.find_first_of(" ,;/&(", end + 1), folded.size());
    const std::string_view beginning = std::string_view(folded).substr(0, end);
    const auto fits = [&](const std::string& pattern) { return matches_glob(pattern, beginning); };
    if (std::ranges::any_of(patterns, fits)) {
      return true;
    }
  }
  return false;
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
  Owners(const Estate& estate, const Facts& facts)
      : estate_(estate),
        facts_(facts),
        lines_(estate.inventory),
        judgements_(estate.inventory.party_count()) {
    std::ranges::transform(estate.executive_titles, std::back_inserter(executive_titles_), fold);
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
    if (is_executive(executive_titles_, estate_.inventory.details(person).title)) {
      return {.reason = Reason::title};
    }
    if (const ReportingLines::Place place = lines_.of(person);
        place.levels_of_tree >= facts_.option(fewest_levels_of_tree.name) &&
        place.levels_below_top <= facts_.option(most_levels_below_top.name)) {
      return {.reason = Reason::rank, .levels_below_top = place.levels_below_top};
    }
    std::ranges::sort(services);
    const auto [begin, end] = std::ranges::unique(services);
    services.erase(begin, end);
    const auto count = static_cast<std::uint32_t>(services.size());
    if (count < facts_.option(fewest_services.name) ||
        count * std::uint64_t{100} <
            live_services_ * std::uint64_t{facts_.option(least_percent_of_services.name)}) {
      return {};
    }
    const std::size_t portfolios = topmost_portfolios(services);
    return portfolios < facts_.option(fewest_portfolios.name)
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
  const Facts& facts_;
  std::vector<std::string> executive_titles_;
  ReportingLines lines_;
  std::vector<Judgement> judgements_;  // By party.
  std::uint32_t live_services_ = 0;
};

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  const Owners owners(estate, facts);
  for (const ItemId item : inventory.items()) {
    const Tier tier = inventory.tier(item);
    const bool is_judged = tier == Tier::service || tier == Tier::system || tier == Tier::component;
    if (!is_judged || !facts.is_in_scope(item) || !inventory.is_live(item) ||
        !facts.can_judge(item, RuleInput::accountable)) {
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
                           levels_below_top == 0 ? std::string("heads the organisation")
                           : levels_below_top == 1
                               ? std::string("reports to the head of the organisation")
                               : fmt::format("stands {} levels below the head of the organisation",
                                             levels_below_top));
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
        "with Chief or with CEO, CIO, CTO, CFO, COO, CISO, CDO, CMO or CHRO, or as the "
        "configuration says (executive_titles); or who heads the organisation or reports to its "
        "head (`most-levels-below-top`), where persons have managers on three levels or more "
        "(`least-levels`); or who answers for at least 10 live services (`least-services`) that "
        "are 20 % of all (`least-percent`), in at least three portfolios that are in no other "
        "(`least-portfolios`). A service and its offerings count once.",
    .remedy = "Find who decides about it from day to day, and hand it over to them.",
    .tiers = {Tier::service, Tier::system, Tier::component},
    .needs = {},
    .inputs = {RuleInput::accountable},
    .details = {RuleInput::title, RuleInput::reporting_line},
    .options = {most_levels_below_top, fewest_levels_of_tree, fewest_services,
                least_percent_of_services, fewest_portfolios},
    .check = check,
    .word = word,
    .brief = brief,
    .cause = cause,
    .tell_together = tell_together,
}};

}  // namespace
}  // namespace tierline
