// A summary for a pull request or a chat: the two answers, what is new and gone, what is worst. At
// most 60 lines, whatever was found.

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "reports/answers.h"
#include "reports/subject.h"
#include "support/markdown_text.h"
#include "tierline/report.h"
#include "tierline/text.h"

namespace tierline {
namespace {

constexpr std::size_t shown = 10;

class ShortReport {
 public:
  explicit ShortReport(const AuditReport& report) : report_(report) {}

  std::string text() {
    line("## Who answers for which service, as of {}", markdown_escaped(report_.run.as_of));
    line("");
    const AnswerCounts answers = answers_of(report_);
    line("**{}** {}", who_answers(answers), who_is_served(answers));
    line("");
    if (report_.run.is_incomplete) {
      line("The export looks incomplete: what follows from absence was not judged.");
      line("");
    }
    changes();
    accepted();
    rules();
    worst();
    return std::move(out_);
  }

 private:
  template <typename... Arguments>
  void line(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    out_ += fmt::format(format, std::forward<Arguments>(arguments)...) + '\n';
  }

  void changes() {
    if (report_.changes == nullptr || report_.changes->as_of.empty()) {
      return;
    }
    const Changes& changes = *report_.changes;
    line("Since {}: **{} new**, {} updated, {} gone, {} as before.",
         markdown_escaped(changes.as_of), with_thousands(changes.added),
         with_thousands(changes.updated), with_thousands(changes.absent.size()),
         with_thousands(changes.unchanged));
    line("");
  }

  void accepted() {
    if (const std::size_t count = report_.results.accepted_count(); count > 0) {
      line("{} accepted: {}.", count_of(count, "finding") + (count == 1 ? " is" : " are"),
           until_when());
      line("");
    }
  }

  /// The next day on which an acceptance ends that is of use.
  [[nodiscard]] std::string until_when() const {
    std::string first;
    for (const Acceptance& one : report_.results.acceptances.all) {
      if (one.accepted > 0 && (first.empty() || one.expires < first)) {
        first = one.expires;
      }
    }
    return "the first of them until " + first;
  }

  /// The rules that found most of what is worst.
  void rules() {
    struct Row {
      const Rule* rule;
      Severity worst;
      std::uint64_t all;
      std::uint64_t added;
    };
    std::vector<Row> rows;
    for (const RuleFacts& found : report_.results.found) {
      if (!found.facts.empty()) {
        const auto is_new = [](const Fact& fact) { return fact.state == FindingState::added; };
        rows.push_back({found.rule, std::ranges::max(found.facts, {}, &Fact::severity).severity,
                        found.facts.size(),
                        static_cast<std::uint64_t>(std::ranges::count_if(found.facts, is_new))});
      }
    }
    if (rows.empty()) {
      line("Nothing was found.");
      return;
    }
    std::ranges::stable_sort(rows, [](const Row& a, const Row& b) {
      return std::tuple(a.worst, a.all) > std::tuple(b.worst, b.all);
    });
    const bool compares = report_.changes != nullptr && !report_.changes->as_of.empty();
    line("| What is wrong | worst | findings |{}", compares ? " new |" : "");
    line("|---|---|--:|{}", compares ? "--:|" : "");
    for (const Row& row : std::span(rows).first(std::min(rows.size(), 2 * shown))) {
      line("| {} | {} | {} |{}", markdown_escaped(row.rule->title), to_string(row.worst),
           with_thousands(row.all),
           compares ? fmt::format(" {} |", with_thousands(row.added)) : "");
    }
    if (rows.size() > 2 * shown) {
      line("");
      line("... and {} more.", count_of(rows.size() - 2 * shown, "rule"));
    }
    line("");
  }

  /// What is worst, of what is new where there is a baseline.
  void worst() {
    const bool compares = report_.changes != nullptr && !report_.changes->as_of.empty();
    std::vector<FactView> facts;
    report_.each_fact([&](const FactView& fact) {
      if (fact.accepted() == nullptr && (!compares || fact.state() == FindingState::added)) {
        facts.push_back(fact);
      }
    });
    if (facts.empty()) {
      return;
    }
    const auto reach = [&](const FactView& fact) { return services_on(report_, fact).services; };
    const std::size_t few = std::min(facts.size(), shown);
    std::partial_sort(facts.begin(), facts.begin() + static_cast<std::ptrdiff_t>(few), facts.end(),
                      [&](const FactView& a, const FactView& b) {
                        return std::tuple(a.severity(), reach(a), b.rule().id, b.subject()) >
                               std::tuple(b.severity(), reach(b), a.rule().id, a.subject());
                      });
    line("### {}", compares ? "New, the worst first" : "The worst");
    line("");
    for (const FactView& fact : std::span(facts).first(few)) {
      line("- **{}** {}: {}", to_string(fact.severity()),
           markdown_escaped(subject_name(report_, fact)), markdown_escaped(brief(fact)));
    }
    if (facts.size() > few) {
      line("- ... and {} more", with_thousands(facts.size() - few));
    }
  }

  const AuditReport& report_;
  std::string out_;
};

Status write(const AuditReport& report, const ReportStyle& /*style*/, Output& output) {
  output.write(ShortReport(report).text());
  return Done{};
}

const Register<ReportFormat> format{{.id = "markdown",
                                     .ending = ".md",
                                     .help = "a summary for a ticket or a merge request",
                                     .write = write}};

}  // namespace
}  // namespace tierline
