// For people: what was examined, who answers for what, what is wrong (worst first), what could not
// be judged. Not a contract; programs read JSON.

#include "tierline/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

#include "reports/answers.h"
#include "reports/subject.h"
#include "tierline/output_mark.h"
#include "tierline/report.h"
#include "tierline/utf8.h"

namespace tierline {
namespace {

constexpr std::size_t shown_per_rule = 10;
constexpr std::size_t shown_notices = 3;  // Of one kind.

class Report {
 public:
  Report(const AuditReport& report, const ReportStyle& style, Output& output)
      : report_(report), inventory_(report.inventory), style_(style), output_(output) {}

  void write() {
    examined();
    answers();
    changes();
    to_do_first();
    coverage();
    findings();
    acceptances();
    not_evaluated();
    notices();
    completeness();
    conclusion();
  }

 private:
  template <typename... Arguments>
  void line(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    output_.write(fmt::format(format, std::forward<Arguments>(arguments)...) + "\n");
  }

  [[nodiscard]] std::string colored(std::string_view text, std::string_view code) const {
    return style_.color ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
  }
  [[nodiscard]] std::string heading(std::string_view text) const { return colored(text, "1"); }
  [[nodiscard]] std::string severity(Severity severity) const {
    constexpr std::string_view codes[] = {"2", "36", "33", "31", "1;31"};
    const auto number = static_cast<std::size_t>(severity);
    return colored(fmt::format("{:8}", to_string(severity)), codes[number]);
  }

  void examined() {
    const Summary& summary = report_.summary;
    line("{} as of {}", heading("tierline audit"), report_.run.as_of);
    line("Examined {}: {}, {}, {}.", count_of(inventory_.inputs().size(), "file"),
         count_of(inventory_.item_count(), "item"),
         count_of(inventory_.relation_count(), "relation"),
         count_of(summary.parties, "party", "parties"));
    if (!report_.run.scope.empty()) {
      const std::uint64_t items =
          std::accumulate(summary.items.begin(), summary.items.end(), std::uint64_t{0});
      line("Reported: {} with {}. Relations are followed everywhere.", count_of(items, "item"),
           one_line(join(report_.run.scope, ", ")));
    }
    if (const RunInfo& run = report_.run; !run.config_files.empty()) {
      line("Configured by {} (digest {}).", one_line(join(run.config_files, ", ")),
           run.config_digest.substr(0, 8));
    }
    line("");
  }

  /// What people come to ask, in a sentence each.
  void answers() {
    const AnswerCounts answers = answers_of(report_);
    line("{}", who_answers(answers));
    if (const std::string answer = who_is_served(answers); !answer.empty()) {
      line("{}", answer);
    }
    line("");
  }

  /// What is new since the baseline, and what is gone.
  void changes() {
    if (report_.changes == nullptr) {
      return;
    }
    const Changes& changes = *report_.changes;
    if (changes.as_of.empty()) {
      line("{}: {} is not there yet, so every finding is new.", heading("First night"),
           one_line(changes.file));
      line("");
      return;
    }
    line("{}: {} new, {} updated, {} gone, {} as before.",
         heading(fmt::format("Since {}", one_line(changes.as_of))), with_thousands(changes.added),
         with_thousands(changes.updated), with_thousands(changes.absent.size()),
         with_thousands(changes.unchanged));
    new_findings();
    gone_findings(changes.absent);
    line("");
  }

  static constexpr std::size_t changes_shown = 10;

  void new_findings() {
    std::vector<Entry> all;
    report_.each_fact([&](const FactView& fact) {
      if (fact.state() == FindingState::added && fact.accepted() == nullptr) {
        all.push_back({fact, {}});
      }
    });
    put_first(all, changes_shown);
    for (const Entry& entry : std::span(all).first(std::min(all.size(), changes_shown))) {
      line("  new   {} {}: {}", severity(entry.first.severity()),
           one_line(shortened(name_of(entry.first))), one_line(brief(entry.first)));
    }
    more(all.size());
  }

  void gone_findings(std::span<const AbsentFinding> absent) {
    for (const AbsentFinding& one : absent.first(std::min(absent.size(), changes_shown))) {
      const BaselineFinding& finding = one.finding;
      line("  gone  {} {}: {} ({})", severity(finding.severity),
           one_line(shortened(finding.name.empty() ? finding.id : finding.name)),
           one_line(finding.rule), in_words(one.fate));
    }
    more(absent.size());
  }

  void more(std::size_t all) {
    if (all > changes_shown) {
      line("        ... and {} more", with_thousands(all - changes_shown));
    }
  }

  static std::string_view in_words(Fate fate) {
    constexpr std::string_view words[] = {"resolved", "no longer live", "no longer exported",
                                          "not evaluated tonight", "out of scope"};
    return words[static_cast<std::size_t>(fate)];
  }

  void coverage() {
    line("{}", heading("Accountable owners of live items"));
    line("  {:<11}{:>10}{:>10}{:>10}{:>16}{:>9}", "", "live", "owned", "unowned", "not evaluated",
         "covered");
    for (std::size_t tier = 0; tier < tier_count; ++tier) {
      const Coverage& coverage = report_.summary.coverage[tier];
      if (coverage.live == 0) {
        continue;
      }
      const std::uint64_t judged = coverage.owned + coverage.unowned;
      const std::string share =
          judged == 0 ? "-" : fmt::format("{} %", coverage.owned * 100 / judged);
      line("  {:<11}{:>10}{:>10}{:>10}{:>16}{:>9}", to_string(static_cast<Tier>(tier)),
           with_thousands(coverage.live), with_thousands(coverage.owned),
           with_thousands(coverage.unowned), with_thousands(coverage.not_evaluated), share);
    }
    line("");
  }

  /// Whether nobody accepts it: what is accepted is told by acceptances.
  static bool is_open(const Fact& fact) { return fact.acceptance == 0; }

  /// One fact, or several of a rule that have a cause in common.
  struct Entry {
    FactView first;
    std::vector<FactView> together;  ///< All of them; empty where there is one.

    [[nodiscard]] std::span<const FactView> facts() const {
      return together.empty() ? std::span(&first, 1) : std::span(together);
    }
  };

  [[nodiscard]] Severity worst(const Entry& entry) const {
    return std::ranges::max(entry.facts(), {}, &FactView::severity).severity();
  }
  [[nodiscard]] ServiceReach::Count reach(const FactView& fact) const {
    return services_on(report_, fact);
  }
  [[nodiscard]] std::uint32_t widest_reach(const Entry& entry) const {
    std::uint32_t widest = 0;
    for (const FactView& fact : entry.facts()) {
      widest = std::max(widest, reach(fact).services);
    }
    return widest;
  }
  /// What is told first: the worst, what most services rely on, what is about most.
  [[nodiscard]] auto rank(const Entry& entry) const {
    return std::tuple(-static_cast<int>(worst(entry)),
                      -static_cast<std::int64_t>(widest_reach(entry)),
                      -static_cast<std::int64_t>(entry.facts().size()));
  }

  /// What a rule found, by cause where it is told together.
  [[nodiscard]] std::vector<Entry> entries(const RuleFacts& found) const {
    constexpr std::size_t worth_telling_together = 3;
    std::map<std::string, std::vector<FactView>> by_cause;
    std::vector<Entry> all;
    for (const Fact& fact : found.facts) {
      if (!is_open(fact)) {
        continue;
      }
      const FactView view = report_.view(found, fact);
      const std::string cause = found.rule->cause != nullptr ? found.rule->cause(view) : "";
      if (cause.empty()) {
        all.push_back({view, {}});
      } else {
        by_cause[cause].push_back(view);
      }
    }
    for (auto& [cause, facts] : by_cause) {
      if (facts.size() >= worth_telling_together) {
        const FactView front = facts.front();
        all.push_back({front, std::move(facts)});
        continue;
      }
      for (const FactView& fact : facts) {
        all.push_back({fact, {}});
      }
    }
    return all;
  }

  /// The first few of them in their order stand in front.
  void put_first(std::vector<Entry>& entries, std::size_t few) const {
    std::vector<std::pair<decltype(rank(entries[0])), std::size_t>> order;
    order.reserve(entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
      order.emplace_back(rank(entries[i]), i);
    }
    const auto comes_first = [&](const auto& a, const auto& b) {
      if (a.first != b.first) {
        return a.first < b.first;
      }
      const auto name = [&](const auto& one) { return name_of(entries[one.second].first); };
      const auto names = std::pair(name(a), name(b));
      return names.first != names.second ? names.first < names.second : a.second < b.second;
    };
    few = std::min(few, entries.size());
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(few), order.end(),
                      comes_first);
    std::vector<Entry> sorted;
    sorted.reserve(entries.size());
    for (const auto& [key, i] : order) {
      sorted.push_back(std::move(entries[i]));
    }
    entries = std::move(sorted);
  }

  [[nodiscard]] std::string name_of(const FactView& fact) const {
    return subject_name(report_, fact);
  }

  /// The worst subjects, whatever rule found them: at most ten, each with what to do. Where only
  /// one rule found any, its list says the same.
  void to_do_first() {
    const auto has_facts = [](const RuleFacts& found) {
      return std::ranges::any_of(found.facts, &is_open);
    };
    if (std::ranges::count_if(report_.results.found, has_facts) < 2) {
      return;
    }
    const std::vector<FactView> worst = worst_facts();
    if (worst.empty()) {
      return;
    }
    line("{}", heading("To do first"));
    for (const FactView& fact : worst) {
      line("  {} {}: {}{}", severity(fact.severity()), one_line(shortened(name_of(fact))),
           one_line(brief(fact)), relying_on(fact));
      line("  {:8} {}", "", colored(fact.rule().remedy, "2"));
    }
    line("");
  }

  /// `; 12 customer-facing services rely on it`; nothing where none does but itself.
  [[nodiscard]] std::string relying_on(const FactView& fact) const {
    const ServiceReach::Count count = reach(fact);
    const bool is_one = fact.item() != no_item && inventory_.is_customer_facing(fact.item());
    const std::uint32_t others = count.services - (is_one && count.services > 0 ? 1 : 0);
    return others == 0 ? std::string()
                       : fmt::format("; {}{} {} on it", count.exact ? "" : "about ",
                                     count_of(others, is_one ? "other customer-facing service"
                                                             : "customer-facing service"),
                                     others == 1 ? "relies" : "rely");
  }

  [[nodiscard]] std::vector<FactView> worst_facts() const {
    constexpr std::size_t subjects_shown = 10;
    std::vector<Entry> all;
    for (const RuleFacts& found : report_.results.found) {
      std::vector<Entry> of_rule;
      for (const Fact& fact : found.facts) {
        if (fact.severity > Severity::info && fact.acceptance == 0) {
          of_rule.push_back({report_.view(found, fact), {}});
        }
      }
      put_first(of_rule, subjects_shown);
      of_rule.erase(
          of_rule.begin() + static_cast<std::ptrdiff_t>(std::min(of_rule.size(), subjects_shown)),
          of_rule.end());
      std::ranges::move(of_rule, std::back_inserter(all));
    }
    put_first(all, all.size());
    std::vector<FactView> worst;
    std::set<std::pair<SubjectKind, std::uint32_t>> subjects;
    for (const Entry& entry : all) {
      const FactView& fact = entry.first;
      if (worst.size() < subjects_shown && subjects.emplace(fact.kind(), fact.subject()).second) {
        worst.push_back(fact);
      }
    }
    return worst;
  }

  void findings() {
    std::vector<std::pair<const RuleFacts*, std::vector<Entry>>> rules;
    for (const RuleFacts& found : report_.results.found) {
      if (std::ranges::any_of(found.facts, &is_open)) {
        rules.emplace_back(&found, entries(found));
        put_first(rules.back().second, shown_per_rule + 1);
      }
    }
    std::ranges::stable_sort(rules, std::ranges::greater(),
                             [&](const auto& rule) { return worst(rule.second.front()); });
    for (const auto& [found, entries] : rules) {
      of_rule(*found, entries);
    }
  }

  void of_rule(const RuleFacts& found, const std::vector<Entry>& entries) {
    const Rule& rule = *found.rule;
    const auto open = static_cast<std::size_t>(std::ranges::count_if(found.facts, &is_open));
    line("{} {}{}", heading(rule.title),
         colored(fmt::format(
                     "({}: {}{})", rule.id, with_thousands(open),
                     open == found.facts.size()
                         ? ""
                         : fmt::format(", {} accepted", with_thousands(found.facts.size() - open))),
                 "2"),
         report_.run.is_incomplete && rule.certainty == Certainty::assumes_complete_export
             ? colored(", if nothing else is missing", "33")
             : "");
    const std::size_t shown =
        entries.size() <= shown_per_rule + 1 ? entries.size() : shown_per_rule;
    for (std::size_t i = 0; i < shown; ++i) {
      entry(entries[i]);
    }
    if (shown < entries.size()) {
      std::vector<FactView> rest;
      for (const Entry& entry : std::span(entries).subspan(shown)) {
        rest.insert(rest.end(), entry.facts().begin(), entry.facts().end());
      }
      line("  {:8} and {} more, in {}", "", with_thousands(rest.size()), classes_of(rest));
    }
    line("");
  }

  /// What of all this somebody has decided to live with.
  void acceptances() {
    std::vector<const Acceptance*> all;
    for (const Acceptance& one : report_.results.acceptances.all) {
      if (one.accepted > 0 || one.unapproved > 0) {
        all.push_back(&one);
      }
    }
    if (all.empty()) {
      return;
    }
    std::ranges::stable_sort(all, {}, &Acceptance::expires);
    line("{}", heading("Accepted"));
    for (const Acceptance* one : std::span(all).first(std::min(all.size(), shown_per_rule))) {
      line("  until {}  {}: {}, by {}: {}{}", one->expires, one_line(shortened(one->label())),
           count_of(one->accepted, "finding"), one_line(shortened(one->approver)),
           one_line(shortened(one->reason)), unapproved(*one));
    }
    if (all.size() > shown_per_rule) {
      line("  and {} more", with_thousands(all.size() - shown_per_rule));
    }
    line("");
  }

  [[nodiscard]] std::string unapproved(const Acceptance& one) const {
    if (one.unapproved == 0) {
      return "";
    }
    const bool is_required = report_.results.acceptances.policy == AcceptancePolicy::require;
    return fmt::format("; of {} {} is no owner{}", count_of(one.unapproved, "finding"),
                       one_line(shortened(one.approver)), is_required ? ", so not accepted" : "");
  }

  void entry(const Entry& entry) {
    const Finding first = word(entry.first);
    const std::string place = to_string(first.location);
    const std::string said = entry.together.empty()
                                 ? fmt::format("{}: {}", name_of(entry.first), first.message)
                                 : first.rule->tell_together(entry.together);
    line("  {} {}{}", severity(worst(entry)), one_line(said),
         place.empty() ? "" : "  " + colored(one_line(place), "2"));
  }

  /// A text that cannot break out of its line, or tell a terminal what to do.
  static std::string one_line(std::string_view text) { return made_visible(text); }

  /// What the findings that are not shown are about, by class.
  [[nodiscard]] std::string classes_of(std::span<const FactView> facts) const {
    std::map<std::string_view, std::size_t> counts;
    for (const FactView& fact : facts) {
      ++counts[fact.item() != no_item ? std::string_view(inventory_.class_name(fact.item()))
                                      : to_string(fact.kind())];
    }
    std::vector<std::pair<std::size_t, std::string_view>> order;
    for (const auto& [name, count] : counts) {
      order.emplace_back(count, name);
    }
    std::ranges::sort(order, [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    std::vector<std::string> shown;
    for (const auto& [count, name] : order) {
      shown.push_back(fmt::format("{} ({})", one_line(name), with_thousands(count)));
    }
    const std::size_t most = 4;
    const std::size_t rest = shown.size() > most ? shown.size() - most : 0;
    shown.resize(shown.size() - rest);
    return join(shown, ", ") + (rest > 0 ? fmt::format(" and {} more classes", rest) : "");
  }

  void not_evaluated() {
    if (report_.results.not_evaluated.empty()) {
      return;
    }
    line("{}", heading("Not evaluated"));
    for (const SharedReason& shared : reasons_not_evaluated(report_.results)) {
      line("  {}: {}{}", join(shared.rules, ", "), one_line(shared.reason),
           shared.count > 0 ? fmt::format(" ({})", count_of(shared.count, shared.counted)) : "");
    }
    line("");
  }

  void notices() {
    const auto notices = inventory_.notices();
    if (notices.empty()) {
      return;
    }
    line("{}", heading("Noticed while reading"));
    std::map<std::string, std::vector<const Notice*>> kinds;
    std::map<std::pair<std::string, std::string>, std::size_t> of_field;
    for (const Notice& notice : notices) {
      // Of those about one field, the first stands for all.
      if (notice.field.empty() || ++of_field[{notice.kind, notice.field}] == 1) {
        kinds[notice.kind].push_back(&notice);
      }
    }
    for (const auto& [kind, of_kind] : kinds) {
      for (std::size_t i = 0; i < std::min(of_kind.size(), shown_notices); ++i) {
        notice(*of_kind[i]);
        const std::size_t all = of_field[{kind, of_kind[i]->field}];
        if (all > 1) {
          line("    and the same of {} of '{}'", count_of(all - 1, "more value"),
               one_line(of_kind[i]->field));
        }
      }
      if (of_kind.size() > shown_notices) {
        line("  and {} more of this kind ({})", with_thousands(of_kind.size() - shown_notices),
             kind);
      }
    }
    line("");
  }

  void notice(const Notice& notice) {
    const std::string place = to_string(notice.place);
    line("  {}{}{}", place.empty() ? "" : one_line(place) + ": ", one_line(notice.message),
         notice.count > 1 ? fmt::format(" ({} times)", with_thousands(notice.count)) : "");
  }

  void completeness() {
    const std::vector<Gap> gaps = gaps_in(report_.ledger);
    if (gaps.empty()) {
      line("{}: every reference, type and value was understood, and every rule evaluated.",
           heading("Completeness"));
      return;
    }
    line("{}", heading("Completeness"));
    for (const Gap& gap : gaps) {
      line("  {}{}", gap.what, gap.which.empty() ? "" : ": " + one_line(gap.which));
    }
    line("");
  }

  void conclusion() {
    const std::string counts = findings_by_severity(report_.summary);
    const std::size_t evaluated = report_.ledger.rules - report_.ledger.rules_not_evaluated.size();
    const std::size_t accepted = report_.results.accepted_count();
    line("{}: {}{}. {} of {} could be evaluated{}.", heading("Findings"),
         counts.empty() ? "none" : counts,
         accepted == 0 ? "" : fmt::format("; {} accepted", with_thousands(accepted)), evaluated,
         count_of(report_.ledger.rules, "rule"),
         report_.results.not_evaluated.empty() || evaluated == 0 ? ""
                                                                 : ", with the exceptions above");
    if (report_.run.is_incomplete) {
      line("{}",
           colored(report_.run.assume_complete
                       ? "The export looks incomplete; what follows from absence was judged "
                         "all the same."
                       : "The export looks incomplete: what follows from absence was not judged.",
                   "33"));
    }
  }

  const AuditReport& report_;
  const Inventory& inventory_;
  const ReportStyle& style_;
  Output& output_;
};

Status write(const AuditReport& report, const ReportStyle& style, Output& output) {
  Report(report, style, output).write();
  return Done{};
}

const Register<OutputMark> mark{{.id = "text", .beginning = "tierline audit as of "}};

const Register<ReportFormat> format{
    {.id = "text", .ending = ".txt", .help = "for people", .write = write}};

}  // namespace
}  // namespace tierline
