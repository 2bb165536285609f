// For people: what was examined, who answers for what, what is wrong (worst first), what could not
// be judged. Not a contract; programs read JSON.

#include "support/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "support/utf8.h"
#include "tierline/report.h"

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
    coverage();
    findings();
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
    line("");
  }

  /// What people come to ask, in a sentence each.
  void answers() {
    line("{}", who_answers());
    if (const std::string answer = who_is_served(); !answer.empty()) {
      line("{}", answer);
    }
    line("");
  }

  /// `2 of 18 live services have no accountable owner.`
  [[nodiscard]] std::string who_answers() const {
    const Coverage& services = report_.summary.coverage[static_cast<std::size_t>(Tier::service)];
    if (services.live == 0) {
      return "There is no live service.";
    }
    if (services.not_evaluated == services.live) {
      return "Who answers for live services could not be judged: no field says it.";
    }
    const auto some = [&](std::uint64_t count, std::string_view what) {
      return fmt::format("{} of {} {} {} accountable owner.", with_thousands(count),
                         count_of(services.live, "live service"), count == 1 ? "has" : "have",
                         what);
    };
    if (services.owned == services.live) {
      return "Every live service has an accountable owner.";
    }
    return (services.unowned == 0 ? some(services.owned, "an") : some(services.unowned, "no")) +
           not_judged(services.not_evaluated);
  }

  /// `5 of 11 supporting services support nobody.` Empty where nobody asked.
  [[nodiscard]] std::string who_is_served() const {
    const auto is_it = [](const Rule* rule) { return rule->id == "orphaned-supporting-service"; };
    const auto& results = report_.results;
    if (std::ranges::none_of(results.rules, is_it)) {
      return {};
    }
    std::uint64_t undetermined = 0;
    for (const NotEvaluated& one : results.not_evaluated) {
      if (is_it(one.rule) && one.count == 0) {
        return "Whom supporting services support could not be judged: " + one_line(one.reason) +
               ".";
      }
      undetermined += is_it(one.rule) ? one.count : 0;
    }
    const auto orphans = static_cast<std::uint64_t>(std::ranges::count_if(
        results.findings, [&](const Finding& finding) { return is_it(finding.rule); }));
    const std::uint64_t supporting =
        report_.summary.facings[static_cast<std::size_t>(Facing::supporting)];
    if (supporting == 0) {
      return "There is no live supporting service.";
    }
    const std::string answer =
        orphans == 0 ? fmt::format("No supporting service {} nobody.",
                                   undetermined == 0 ? "supports" : "is known to support")
                     : fmt::format("{} of {} {} nobody.", with_thousands(orphans),
                                   count_of(supporting, "supporting service"),
                                   orphans == 1 ? "supports" : "support");
    return answer + not_judged(undetermined);
  }

  static std::string not_judged(std::uint64_t count) {
    return count == 0 ? "" : fmt::format(" {} could not be judged.", with_thousands(count));
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

  /// The findings of one rule, the worst first.
  using Group = std::vector<const Finding*>;

  [[nodiscard]] std::vector<Group> groups() const {
    std::map<const Rule*, Group> by_rule;
    for (const Finding& finding : report_.results.findings) {
      by_rule[finding.rule].push_back(&finding);
    }
    std::vector<Group> all;
    for (auto& [rule, group] : by_rule) {
      std::ranges::stable_sort(group, std::ranges::greater(),
                               [](const Finding* finding) { return finding->severity; });
      all.push_back(std::move(group));
    }
    std::ranges::sort(all, [](const Group& a, const Group& b) {
      return a[0]->severity != b[0]->severity ? a[0]->severity > b[0]->severity
                                              : a[0]->rule->id < b[0]->rule->id;
    });
    return all;
  }

  void findings() {
    for (const Group& group : groups()) {
      const Rule& rule = *group[0]->rule;
      line("{} {}{}", heading(rule.title),
           colored(fmt::format("({}: {})", rule.id, with_thousands(group.size())), "2"),
           report_.run.is_incomplete && rule.certainty == Certainty::assumes_complete_export
               ? colored(", if nothing else is missing", "33")
               : "");
      const std::size_t shown = group.size() <= shown_per_rule + 1 ? group.size() : shown_per_rule;
      for (std::size_t i = 0; i < shown; ++i) {
        finding(*group[i]);
      }
      if (shown < group.size()) {
        line("  {:8} and {} more, in {}", "", with_thousands(group.size() - shown),
             classes_of(std::span(group).subspan(shown)));
      }
      line("");
    }
  }

  void finding(const Finding& finding) {
    const Subject& subject = finding.subject;
    const std::string name =
        subject.kind == SubjectKind::item ? inventory_.label(subject.item) : subject.name;
    const std::string place = to_string(finding.location);
    line("  {} {}: {}{}", severity(finding.severity), one_line(name), one_line(finding.message),
         place.empty() ? "" : "  " + colored(one_line(place), "2"));
  }

  /// A text that cannot break out of its line, or tell a terminal what to do.
  static std::string one_line(std::string_view text) { return made_visible(text); }

  /// What the findings that are not shown are about, by class.
  [[nodiscard]] std::string classes_of(std::span<const Finding* const> findings) const {
    std::map<std::string, std::size_t> counts;
    for (const Finding* finding : findings) {
      ++counts[finding->subject.kind == SubjectKind::item
                   ? inventory_.class_name(finding->subject.item)
                   : std::string(to_string(finding->subject.kind))];
    }
    std::vector<std::pair<std::size_t, std::string>> order;
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
    for (const Notice& notice : notices) {
      kinds[notice.kind].push_back(&notice);
    }
    for (const auto& [kind, of_kind] : kinds) {
      for (std::size_t i = 0; i < std::min(of_kind.size(), shown_notices); ++i) {
        notice(*of_kind[i]);
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
    line("{}: {}. {} of {} could be evaluated{}.", heading("Findings"),
         counts.empty() ? "none" : counts, evaluated, count_of(report_.ledger.rules, "rule"),
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

const Register<ReportFormat> format{
    {.id = "text", .ending = ".txt", .is_picture = false, .write = write}};

}  // namespace
}  // namespace tierline
