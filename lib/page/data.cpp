#include "page/data.h"

#include <algorithm>
#include <array>
#include <functional>
#include <span>

#include "analysis/wording.h"
#include "explain/candidates.h"
#include "page/columns.h"
#include "page/pack.h"
#include "page/selection.h"
#include "page/trend.h"
#include "reports/answers.h"
#include "reports/subject.h"
#include "support/id128.h"
#include "support/parallel.h"

namespace tierline {
namespace {

/// Of more items than these, components have no links: ids do not pack.
constexpr std::size_t most_links = 100'000;
constexpr std::size_t line_length = 1000;  // Entries of columns; web/data.ts counts on it.

/// What stands for the number of something that is not there.
constexpr std::int64_t nothing = -1;

std::int64_t or_nothing(std::uint32_t number) {
  return number == PageSelection::none ? nothing : std::int64_t{number};
}

/// Lines of one kind, as many as there was room for.
struct Lines {
  std::vector<std::string> packed;
  std::size_t size = 0;     ///< Of all of them, in bytes.
  std::size_t entries = 0;  ///< That are told of.
};

/// Packs a line for each `line_length` of so many entries, until `most` bytes are full.
template <typename Make>
Lines pack_lines(std::size_t entries, std::size_t most, unsigned jobs, Make make) {
  Lines lines;
  const std::size_t count = (entries + line_length - 1) / line_length;
  const std::size_t at_once = std::size_t{4} * std::max(jobs, 1U);
  for (std::size_t begin = 0; begin < count; begin += at_once) {
    std::vector<std::string> packed(std::min(at_once, count - begin));
    parallel_each(packed.size(), jobs, [&](std::size_t i) {
      const std::size_t first = (begin + i) * line_length;
      packed[i] = pack(make(first, std::min(entries, first + line_length)));
    });
    for (std::string& line : packed) {
      if (lines.size + line.size() > most) {
        return lines;
      }
      lines.size += line.size();
      lines.entries = std::min(entries, lines.entries + line_length);
      lines.packed.push_back(std::move(line));
    }
  }
  return lines;
}

/// A fact, and what decides how early the page tells of it.
struct RankedFact {
  const RuleFacts* found;
  const Fact* fact;
  std::uint32_t services;  ///< That rely on its subject.
};

/// The gravest first, then what most services rely on; else by rule and subject.
std::vector<RankedFact> ranked_facts(const AuditReport& report) {
  std::vector<RankedFact> facts;
  facts.reserve(report.results.fact_count());
  for (const RuleFacts& found : report.results.found) {
    for (const Fact& fact : found.facts) {
      facts.push_back({&found, &fact, services_on(report, report.view(found, fact)).services});
    }
  }
  std::ranges::stable_sort(facts, std::ranges::greater(), [](const RankedFact& one) {
    return std::pair(one.fact->severity, one.services);
  });
  return facts;
}

class PageData {
 public:
  PageData(const AuditReport& report, std::size_t most)
      : report_(report),
        inventory_(report.inventory),
        most_(most),
        chosen_(report),
        portfolios_(report),
        facts_(ranked_facts(report)) {}

  std::vector<std::string> write() {
    // Half of the room is kept for findings where there are many: each takes some 40 bytes.
    constexpr std::size_t a_finding = 40;
    const std::size_t for_findings = std::min(most_ / 2, facts_.size() * a_finding);
    const std::size_t for_head = most_ / 16;
    const std::size_t for_items = most_ - for_findings - for_head;
    const Lines parties = pack_lines(chosen_.parties().size(), for_items / 8, jobs(),
                                     [&](auto begin, auto end) { return party_line(begin, end); });
    const Lines nodes = pack_lines(chosen_.items().size(), for_items / 2, jobs(),
                                   [&](auto begin, auto end) { return node_line(begin, end); });
    told_ = nodes.entries;
    const Lines relies = pack_lines(told_, for_items / 4, jobs(), [&](auto begin, auto end) {
      return edge_line("relies", begin, end,
                       [&](ItemId item) { return report_.graph.dependencies_of(item); });
    });
    const Lines holds = pack_lines(told_, for_items / 8, jobs(), [&](auto begin, auto end) {
      return edge_line("holds", begin, end,
                       [&](ItemId item) { return report_.graph.held_by(item); });
    });
    choose_unowned();
    const Lines ask = pack_lines(unowned_.size(), for_head / 2, jobs(),
                                 [&](auto begin, auto end) { return ask_line(begin, end); });
    const std::size_t used =
        for_head + parties.size + nodes.size + relies.size + holds.size + ask.size;
    const Lines findings =
        pack_lines(facts_.size(), most_ - std::min(most_, used), jobs(),
                   [&](auto begin, auto end) { return finding_line(begin, end); });
    std::vector<std::string> all = {pack(head(nodes, relies, holds, findings))};
    for (const Lines* lines : {&parties, &nodes, &relies, &holds, &ask, &findings}) {
      all.insert(all.end(), lines->packed.begin(), lines->packed.end());
    }
    all.push_back(pack(Line("end").end()));
    return all;
  }

 private:
  [[nodiscard]] unsigned jobs() const { return report_.run.jobs; }

  [[nodiscard]] std::span<const ItemId> items(std::size_t begin, std::size_t end) const {
    return std::span(chosen_.items()).subspan(begin, end - begin);
  }

  // --- head

  std::string head(const Lines& nodes, const Lines& relies, const Lines& holds,
                   const Lines& findings) const {
    Line line("head");
    run(line);
    tiers(line);
    answers(line);
    rules(line);
    not_evaluated(line);
    const auto text = [&](std::string_view value) { line.text(value); };
    line.list("files", chosen_.files(), text);
    classes(line);
    baseline(line);
    trend(line);
    acceptances(line);
    line.list("gaps", gaps_in(report_.ledger), [&](const Gap& gap) {
      line.object([&] {
        line.text("what", gap.what);
        line.text("which", gap.which);
      });
    });
    line.key("counts");
    line.object([&] {
      line.number("files", report_.ledger.files);
      line.number("items", report_.ledger.items);
      line.number("relations", report_.ledger.relations);
      line.number("parties", report_.ledger.parties);
      line.number("findings", facts_.size());
    });
    left_out(line, nodes, relies, holds, findings);
    return line.end();
  }

  void run(Line& line) const {
    line.text("version", report_.run.version);
    line.text("asOf", report_.run.as_of);
    if (report_.run.estate_is_named) {
      line.key("estate");
      line.name(report_.run.estate);
    }
    line.list("scope", report_.run.scope, [&](const std::string& term) { line.text(term); });
    line.flag("incomplete", report_.run.is_incomplete);
    line.flag("redacted", report_.run.redacted);
    line.list("config", report_.run.config_files,
              [&](const std::string& file) { line.name(file); });
  }

  /// Who answers for live items. How many components that nobody owns have a group that runs them,
  /// which is enough for a component, is known of the whole estate only.
  void tiers(Line& line) const {
    std::uint64_t run_by_group = 0;
    for (const ItemId item : inventory_.items()) {
      if (inventory_.tier(item) == Tier::component && inventory_.is_live(item) &&
          !inventory_.has_owner(item) && inventory_.has_input(item, RuleInput::accountable) &&
          inventory_.has_operator(item)) {
        ++run_by_group;
      }
    }
    const bool is_known = report_.run.scope.empty();
    std::vector<std::size_t> numbers = {0, 1, 2, 3, 4};
    line.list("tiers", numbers, [&](std::size_t tier) {
      const Coverage& coverage = report_.summary.coverage[tier];
      line.object([&] {
        line.text("tier", to_string(static_cast<Tier>(tier)));
        line.number("live", coverage.live);
        line.number("owned", coverage.owned);
        line.number("unowned", coverage.unowned);
        line.number("notEvaluated", coverage.not_evaluated);
        line.number("runByGroup", is_known && tier == static_cast<std::size_t>(Tier::component)
                                      ? run_by_group
                                      : 0);
      });
    });
    line.list("severities", report_.summary.severities,
              [&](std::uint64_t count) { line.number(static_cast<std::int64_t>(count)); });
  }

  /// What the second answer is made of: whom supporting services support.
  void answers(Line& line) const {
    const AnswerCounts answers = answers_of(report_);
    line.key("supporting");
    line.object([&] {
      line.number("live", answers.supporting);
      line.flag("asked", answers.asks_support);
      line.number("orphans", answers.orphans);
      line.number("undetermined", answers.undetermined);
      line.text("notJudged", answers.support_unknown);
    });
  }

  void rules(Line& line) const {
    line.list("rules", report_.results.found, [&](const RuleFacts& found) {
      const Rule& rule = *found.rule;
      line.object([&] {
        line.text("id", rule.id);
        line.text("title", rule.title);
        line.text("severity", to_string(found.settings.severity.value_or(rule.severity)));
        line.text("confidence", to_string(rule.confidence));
        line.text("certainty", to_string(rule.certainty));
        line.text("rationale", rule.rationale);
        line.text("definition", rule.definition);
        line.text("remedy", rule.remedy);
        line.number("findings", found.facts.size());
        line.number("judged", found.judged);
        line.number("notJudged", found.not_judged);
      });
    });
  }

  [[nodiscard]] std::int64_t rule_number(const Rule* rule) const {
    return std::ranges::find(report_.results.found, rule, &RuleFacts::rule) -
           report_.results.found.begin();
  }

  void not_evaluated(Line& line) const {
    constexpr std::size_t few = 8;
    line.list("notEvaluated", report_.results.not_evaluated, [&](const NotEvaluated& one) {
      line.object([&] {
        line.key("rule");
        line.number(rule_number(one.rule));
        line.text("cause", to_string(one.cause));
        line.text("reason", one.reason);
        line.number("count", one.count);
        line.list("subjects", std::span(one.subjects).first(std::min(few, one.subjects.size())),
                  [&](ItemId item) { line.text(label_of(inventory_, item)); });
      });
    });
  }

  /// The earlier night that findings were compared with, and what of it is gone.
  void baseline(Line& line) const {
    if (report_.changes == nullptr) {
      return;
    }
    constexpr std::size_t most = 200;
    const Changes& changes = *report_.changes;
    line.key("baseline");
    line.object([&] {
      line.text("asOf", changes.as_of);
      line.number("added", changes.added);
      line.number("updated", changes.updated);
      line.number("unchanged", changes.unchanged);
      line.number("absent", changes.absent.size());
      line.list("gone", std::span(changes.absent).first(std::min(most, changes.absent.size())),
                [&](const AbsentFinding& one) {
                  line.object([&] {
                    line.text("rule", one.finding.rule);
                    line.text("severity", to_string(one.finding.severity));
                    line.key("name");
                    line.name(one.finding.name.empty() ? one.finding.id : one.finding.name);
                    line.text("fate", to_string(one.fate));
                    line.text("since", one.finding.since);
                  });
                });
    });
  }

  /// Figures over the nights, a list each.
  void trend(Line& line) const {
    const PageTrend trend = page_trend(report_);
    if (trend.nights.empty()) {
      return;
    }
    line.key("trend");
    line.object([&] {
      line.number("all", trend.all);
      line.number("incomplete", trend.incomplete);
      line.text("every", trend.every);
      line.list("nights", trend.nights, [&](const NightFigures& night) { line.text(night.as_of); });
      const auto tiers = [&](std::string_view name, std::uint64_t Coverage::*figure) {
        line.list(name, std::array{0, 1, 2, 3}, [&](int tier) {
          line.list(trend.nights, [&](const NightFigures& night) {
            line.number(night.coverage
                            ? static_cast<std::int64_t>(
                                  (*night.coverage)[static_cast<std::size_t>(tier)].*figure)
                            : nothing);
          });
        });
      };
      tiers("owned", &Coverage::owned);
      tiers("unowned", &Coverage::unowned);
      line.list("severities", std::array{0, 1, 2, 3, 4}, [&](int severity) {
        line.list(trend.nights, [&](const NightFigures& night) {
          line.number(
              static_cast<std::int64_t>(night.severities[static_cast<std::size_t>(severity)]));
        });
      });
      line.list("orphans", trend.nights, [&](const NightFigures& night) {
        line.number(night.orphans ? static_cast<std::int64_t>(*night.orphans) : nothing);
      });
    });
  }

  /// Which of them accepts a finding stands with the finding, from 1 on.
  void acceptances(Line& line) const {
    if (!report_.results.acceptances.are_given) {
      return;
    }
    line.list("acceptances", report_.results.acceptances.all, [&](const Acceptance& one) {
      line.object([&] {
        line.text("until", one.expires);
        line.key("approver");
        line.name(one.approver);
        line.key("reason");
        line.name(one.reason);
      });
    });
  }

  /// Names of classes, and the fields that say who answers for items of them.
  void classes(Line& line) const {
    std::vector<const ClassInput*> inputs(inventory_.class_names().size());
    for (const ClassInput& one : inventory_.class_inputs()) {
      if (one.input == RuleInput::accountable) {
        inputs[one.item_class] = &one;
      }
    }
    line.list("classes", inventory_.class_names(),
              [&](const std::string& name) { line.name(name); });
    line.list("ownerFields", inputs,
              [&](const ClassInput* one) { line.text(one == nullptr ? "" : one->fields); });
  }

  void left_out(Line& line, const Lines& nodes, const Lines& relies, const Lines& holds,
                const Lines& findings) const {
    line.key("leftOut");
    line.object([&] {
      std::array<std::uint64_t, tier_count> tiers{};
      for (const ItemId item : items(nodes.entries, chosen_.items().size())) {
        ++tiers[static_cast<std::size_t>(inventory_.tier(item))];
      }
      std::array<std::uint64_t, 5> severities{};
      for (const RankedFact& one : std::span(facts_).subspan(findings.entries)) {
        ++severities[static_cast<std::size_t>(one.fact->severity)];
      }
      const auto count = [&](std::uint64_t value) {
        line.number(static_cast<std::int64_t>(value));
      };
      line.list("items", tiers, count);
      line.list("findings", severities, count);
      line.flag("relations", std::min(relies.entries, holds.entries) < nodes.entries);
    });
  }

  // --- parties

  std::string party_line(std::size_t begin, std::size_t end) const {
    const auto parties = std::span(chosen_.parties()).subspan(begin, end - begin);
    Line line("parties");
    const auto column = [&](std::string_view name, const std::function<void(const Party&)>& write) {
      line.list(name, parties, [&](PartyId party) { write(inventory_.party(party)); });
    };
    column("name", [&](const Party& party) { line.name(label(party)); });
    column("id", [&](const Party& party) {
      line.text_or_zero(party.id == label(party) ? "" : std::string_view(party.id));
    });
    column("kind", [&](const Party& party) { line.number(static_cast<int>(party.kind)); });
    column("flags", [&](const Party& party) {
      line.number((party.active ? 1 : 0) + (party.known ? 2 : 0) + (party.table_loaded ? 4 : 0));
    });
    contacts(line, parties);
    return line.end();
  }

  /// How parties are reached, and who is in groups, where the export says it of any.
  void contacts(Line& line, std::span<const PartyId> parties) const {
    for (const auto& [name, text] :
         {std::pair("email", &PartyContact::email), {"phone", &PartyContact::phone}}) {
      if (has_contacts([&](const PartyContact& one) { return !(one.*text).empty(); })) {
        line.list(name, parties,
                  [&](PartyId party) { line.text_or_zero(inventory_.contact(party).*text); });
      }
    }
    if (has_contacts([](const PartyContact& one) { return !one.members.empty(); })) {
      line.list("lead", parties, [&](PartyId party) {
        const bool is_group = inventory_.party(party).kind == PartyKind::group;
        line.number(is_group ? number_of(inventory_.details(party).lead) : nothing);
      });
      line.list("members", parties, [&](PartyId party) {
        line.list(numbers_of_members(party), [&](std::int64_t one) { line.number(one); });
      });
    }
  }

  template <typename Condition>
  [[nodiscard]] bool has_contacts(Condition condition) const {
    return std::ranges::any_of(chosen_.parties(),
                               [&](PartyId party) { return condition(inventory_.contact(party)); });
  }

  [[nodiscard]] std::int64_t number_of(PartyId party) const {
    return party == no_party ? nothing : or_nothing(chosen_.number(party));
  }

  /// Of those members that the page knows.
  [[nodiscard]] std::vector<std::int64_t> numbers_of_members(PartyId group) const {
    std::vector<std::int64_t> numbers;
    for (const PartyId member : inventory_.contact(group).members) {
      if (const std::int64_t number = number_of(member); number != nothing) {
        numbers.push_back(number);
      }
    }
    return numbers;
  }

  // --- items

  std::string node_line(std::size_t begin, std::size_t end) const {
    const auto nodes = items(begin, end);
    Line line("nodes");
    const auto numbers = [&](std::string_view name,
                             const std::function<std::int64_t(ItemId)>& value) {
      line.list(name, nodes, [&](ItemId item) { line.number(value(item)); });
    };
    line.list("name", nodes, [&](ItemId item) { line.name(inventory_.label(item)); });
    line.list("id", nodes, [&](ItemId item) {
      const std::string id = inventory_.id(item);
      const bool is_needed = inventory_.tier(item) <= Tier::service && id != inventory_.label(item);
      line.text_or_zero(is_needed ? id : "");
    });
    numbers("tier", [&](ItemId item) { return static_cast<int>(inventory_.tier(item)); });
    numbers("class", [&](ItemId item) { return inventory_.item_class(item); });
    numbers("facing", [&](ItemId item) { return static_cast<int>(inventory_.facing(item)); });
    numbers("state", [&](ItemId item) { return static_cast<int>(inventory_.state(item)); });
    numbers("criticality", [&](ItemId item) { return inventory_.criticality(item); });
    numbers("ownerExported", [&](ItemId item) {
      return inventory_.has_input(item, RuleInput::accountable) ? 1 : 0;
    });
    numbers("file",
            [&](ItemId item) { return chosen_.number_of_file(inventory_.place(item).file); });
    numbers("line",
            [&](ItemId item) { return static_cast<std::int64_t>(inventory_.place(item).line); });
    numbers("portfolio", [&](ItemId item) { return portfolio(item); });
    line.list("placeholder", nodes,
              [&](ItemId item) { line.text_or_zero(placeholder_of(inventory_, item)); });
    line.list("environment", nodes,
              [&](ItemId item) { line.text_or_zero(inventory_.environment(item)); });
    using IsIt = bool (*)(Role);
    for (const auto& [name, is_it] :
         {std::pair<const char*, IsIt>("owners",
                                       [](Role role) { return role == Role::accountable; }),
          {"operators", is_operator},
          {"named", [](Role role) { return role == Role::candidate; }}}) {
      line.list(name, nodes, [&](ItemId item) { parties_in(line, item, is_it); });
    }
    if (inventory_.states_vendors()) {
      line.list("vendor", nodes, [&](ItemId item) { line.text_or_zero(inventory_.vendor(item)); });
    }
    if (inventory_.states_links() || !report_.run.link.text().empty()) {
      line.list("link", nodes, [&](ItemId item) {
        const bool is_shown =
            inventory_.tier(item) <= Tier::system || chosen_.items().size() <= most_links;
        const std::string link = is_shown ? report_.link_to(item) : std::string();
        if (link.empty()) {
          line.number(0);
        } else {
          line.text(link);
        }
      });
    }
    return line.end();
  }

  /// -2: several.
  [[nodiscard]] std::int64_t portfolio(ItemId item) const {
    if (portfolios_.has_several(item)) {
      return -2;
    }
    const ItemId one = portfolios_.of(item);
    return one == no_item ? nothing : or_nothing(chosen_.number(one));
  }

  /// Most items have one, or none: a number, -1, or a list.
  void parties_in(Line& line, ItemId item, bool (*is_it)(Role)) const {
    std::vector<std::int64_t> numbers;
    for (const Responsibility& responsibility : inventory_.parties_of(item)) {
      if (is_it(responsibility.role)) {
        numbers.push_back(chosen_.number(responsibility.party));
      }
    }
    if (numbers.size() > 1) {
      line.list(numbers, [&](std::int64_t number) { line.number(number); });
    } else {
      line.number(numbers.empty() ? nothing : numbers.front());
    }
  }

  /// For each item how many others there are, and their numbers, each as the difference from the
  /// one before: those that are told of.
  template <typename Next>
  std::string edge_line(std::string_view type, std::size_t begin, std::size_t end,
                        Next next) const {
    std::vector<std::size_t> counts;
    std::vector<std::int64_t> steps;
    for (const ItemId item : items(begin, end)) {
      std::vector<std::uint32_t> others;
      for (const ItemId other : next(item)) {
        if (chosen_.number(other) < told_ && other != item) {
          others.push_back(chosen_.number(other));
        }
      }
      std::ranges::sort(others);
      others.erase(std::ranges::unique(others).begin(), others.end());
      counts.push_back(others.size());
      std::int64_t before = 0;
      for (const std::uint32_t other : others) {
        steps.push_back(other - before);
        before = other;
      }
    }
    Line line(type);
    line.list("count", counts,
              [&](std::size_t count) { line.number(static_cast<std::int64_t>(count)); });
    line.list("step", steps, [&](std::int64_t step) { line.number(step); });
    return line.end();
  }

  // --- whom to ask

  /// Those that nobody owns, as far as a reader may be told whom to ask for it: not where half of
  /// the estate relies on it.
  void choose_unowned() {
    constexpr std::size_t most = 2000;
    constexpr std::size_t most_users = 5000;
    for (std::uint32_t i = 0; i < told_ && unowned_.size() < most; ++i) {
      const ItemId item = chosen_.items()[i];
      if (inventory_.tier(item) < Tier::component && inventory_.is_live(item) &&
          !inventory_.has_owner(item) && report_.graph.dependents_of(item).size() <= most_users) {
        unowned_.push_back(i);
      }
    }
  }

  std::string ask_line(std::size_t begin, std::size_t end) const {
    const auto numbers = std::span(unowned_).subspan(begin, end - begin);
    Line line("ask");
    line.list("item", numbers, [&](std::uint32_t number) { line.number(number); });
    line.list("candidates", numbers, [&](std::uint32_t number) {
      const ItemId item = chosen_.items()[number];
      line.list(owner_candidates(report_, item, live_holders(report_, item), operated_),
                [&](const OwnerCandidate& candidate) {
                  line.list(std::array{label(inventory_.party(candidate.party)), candidate.reason},
                            [&](const std::string& text) { line.text(text); });
                });
    });
    return line.end();
  }

  // --- findings

  std::string finding_line(std::size_t begin, std::size_t end) const {
    const auto facts = std::span(facts_).subspan(begin, end - begin);
    std::vector<Finding> findings;
    std::vector<std::string> briefs;
    std::vector<std::string> causes;
    for (const RankedFact& one : facts) {
      const FactView view = report_.view(*one.found, *one.fact);
      findings.push_back(word(view));
      briefs.push_back(view.rule().brief != nullptr ? brief(view) : std::string());
      causes.push_back(view.rule().cause != nullptr ? view.rule().cause(view) : std::string());
    }
    Line line("findings");
    const auto numbers = [&](std::string_view name,
                             const std::function<std::int64_t(const Finding&)>& value) {
      line.list(name, findings, [&](const Finding& one) { line.number(value(one)); });
    };
    const auto texts = [&](std::string_view name,
                           const std::function<std::string(const Finding&)>& value) {
      line.list(name, findings, [&](const Finding& one) { line.text_or_zero(value(one)); });
    };
    line.list("rule", facts,
              [&](const RankedFact& one) { line.number(one.found - &report_.results.found[0]); });
    numbers("severity", [](const Finding& one) { return static_cast<int>(one.severity); });
    numbers("kind", [](const Finding& one) { return static_cast<int>(one.subject.kind); });
    numbers("item", [&](const Finding& one) { return told_number(one.subject.item); });
    texts("name", [&](const Finding& one) { return name_of(one.subject); });
    line.list("members", findings, [&](const Finding& one) { members(line, one.subject); });
    line.list("message", findings, [&](const Finding& one) { line.text(one.message); });
    line.list("brief", briefs, [&](const std::string& text) { line.text_or_zero(text); });
    line.list("cause", causes, [&](const std::string& text) { line.text_or_zero(text); });
    line.list("evidence", findings, [&](const Finding& one) { evidence(line, one); });
    numbers("file", [&](const Finding& one) { return chosen_.number_of_file(one.location.file); });
    numbers("line",
            [](const Finding& one) { return static_cast<std::int64_t>(one.location.line); });
    numbers("reach", [&](const Finding& one) { return reach(one.subject); });
    if (report_.changes != nullptr) {
      line.list("state", facts,
                [&](const RankedFact& one) { line.number(static_cast<int>(one.fact->state)); });
      texts("since", [&](const Finding& one) { return since(one); });
    }
    if (report_.results.acceptances.are_given) {
      line.list("accepted", facts,
                [&](const RankedFact& one) { line.number(one.fact->acceptance); });
    }
    texts("mark", [&](const Finding& one) { return one.fingerprint.substr(0, mark_length()); });
    return line.end();
  }

  /// The day of the first run that knew it; empty for what is new.
  [[nodiscard]] std::string since(const Finding& finding) const {
    return std::string(report_.changes->since(*parse_id128(finding.fingerprint)));
  }

  /// A fingerprint does not pack. Where there are many, as much of it as tells them apart, which
  /// is all that `explain --finding` needs.
  [[nodiscard]] std::size_t mark_length() const {
    constexpr std::size_t few = 20'000;
    constexpr std::size_t enough = 12;
    return facts_.size() <= few ? std::string::npos : enough;
  }

  [[nodiscard]] std::int64_t told_number(ItemId item) const {
    return item != no_item && chosen_.number(item) < told_ ? std::int64_t{chosen_.number(item)}
                                                           : nothing;
  }

  /// Of what is no item that the page knows.
  [[nodiscard]] std::string name_of(const Subject& subject) const {
    return subject.item == no_item                ? subject.name
           : told_number(subject.item) == nothing ? inventory_.label(subject.item)
                                                  : std::string();
  }

  void members(Line& line, const Subject& subject) const {
    constexpr std::size_t few = 12;
    std::vector<std::int64_t> numbers;
    for (const ItemId member : subject.members) {
      if (told_number(member) != nothing && numbers.size() < few) {
        numbers.push_back(told_number(member));
      }
    }
    if (numbers.empty()) {
      line.number(0);
    } else {
      line.list(numbers, [&](std::int64_t number) { line.number(number); });
    }
  }

  /// -1 for what is no item; estimates below that, -2 for 0.
  [[nodiscard]] std::int64_t reach(const Subject& subject) const {
    if (subject.item == no_item) {
      return nothing;
    }
    const ServiceReach::Count count = report_.results.reach.of(subject.item);
    return count.exact ? std::int64_t{count.services} : -2 - std::int64_t{count.services};
  }

  /// Pairs of name and value, one behind the other. A value is a number, a text or a list of texts;
  /// items that the page knows are lists of one number, or numbers in lists.
  void evidence(Line& line, const Finding& finding) const {
    if (finding.evidence.empty()) {
      line.number(0);
      return;
    }
    line.list(finding.evidence, [&](const auto& entry) {
      line.list(std::array{0, 1}, [&](int part) {
        if (part == 0) {
          line.text(entry.first);
        } else {
          evidence_value(line, entry.first, entry.second);
        }
      });
    });
  }

  void evidence_value(Line& line, std::string_view name, const EvidenceValue& value) const {
    constexpr std::size_t few = 8;
    if (const auto* count = std::get_if<std::uint64_t>(&value)) {
      line.number(static_cast<std::int64_t>(*count));
    } else if (const auto* text = std::get_if<std::string>(&value)) {
      if (item_named(name, *text) == nothing) {
        line.name(*text);
      } else {
        line.list(std::array{item_named(name, *text)},
                  [&](std::int64_t item) { line.number(item); });
      }
    } else {
      const auto& texts = std::get<std::vector<std::string>>(value);
      line.list(std::span(texts).first(std::min(few, texts.size())), [&](const std::string& one) {
        const std::int64_t item = item_named(name, one);
        if (item == nothing) {
          line.name(one);
        } else {
          line.number(item);
        }
      });
    }
  }

  /// The item whose id a value is. Persons are given by name, which may be an id as well.
  [[nodiscard]] std::int64_t item_named(std::string_view name, const std::string& value) const {
    constexpr std::string_view of_parties[] = {"owners", "candidates", "consumerOwners",
                                               "inheritedOwners", "placeholder"};
    const bool is_of_items = std::ranges::find(of_parties, name) == std::end(of_parties);
    const std::uint32_t item = is_of_items ? chosen_.number_of_id(value) : PageSelection::none;
    return item < told_ ? std::int64_t{item} : nothing;
  }

  const AuditReport& report_;
  const OperatedItems operated_{report_.inventory};
  const Inventory& inventory_;
  std::size_t most_;
  PageSelection chosen_;
  PortfolioOf portfolios_;
  std::vector<RankedFact> facts_;
  std::size_t told_ = 0;  ///< So many of the chosen items, from the first on.
  std::vector<std::uint32_t> unowned_;
};

}  // namespace

std::vector<std::string> page_data(const AuditReport& report, std::size_t most) {
  return PageData(report, most).write();
}

}  // namespace tierline
