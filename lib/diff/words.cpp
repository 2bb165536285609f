// A difference for people, and for programs.

#include <fmt/format.h>

#include <algorithm>

#include "support/markdown_text.h"
#include "tierline/diff.h"
#include "tierline/json_writer.h"
#include "tierline/text.h"
#include "tierline/utf8.h"

namespace tierline {
namespace {

constexpr std::size_t most_changes_told = 40;

std::string visible(std::string_view text) {
  return made_visible(repair_utf8(text));
}

std::string_view word_of(const ChangedFinding& finding) {
  return finding.is_new ? "new" : "gone";
}

/// Why a finding came or went.
std::string cause(const Difference& difference, const ChangedFinding& finding) {
  if (difference.is_of_reports) {
    return "";
  }
  if (!finding.not_judged.empty()) {
    return fmt::format("{}: {}",
                       finding.is_new ? "it was not judged before" : "it is not judged now",
                       finding.not_judged);
  }
  if (finding.causes.empty()) {
    return difference.undone == difference.changes.size()
               ? "no single change explains it"
               : fmt::format("none of the {} explains it",
                             count_of(difference.undone, "change that was looked at",
                                      "changes that were looked at"));
  }
  std::string text = "because " + sentence(difference.changes[finding.causes.front()]);
  if (finding.causes.size() > 1) {
    text += fmt::format("; or any of {} more", count_of(finding.causes.size() - 1, "change"));
  }
  return text;
}

std::string counts(const Difference& difference) {
  const auto added = std::ranges::count_if(difference.findings, &ChangedFinding::is_new);
  return fmt::format("{} new, {} gone, {} unchanged",
                     with_thousands(static_cast<std::size_t>(added)),
                     with_thousands(difference.findings.size() - static_cast<std::size_t>(added)),
                     with_thousands(difference.unchanged));
}

std::string sides(const Difference& difference) {
  return fmt::format("{} ({}) to {} ({})", visible(difference.before.name), difference.before.as_of,
                     visible(difference.after.name), difference.after.as_of);
}

/// `Web Shop: has no accountable owner`; of a report, which has no words, `owner-missing: Web
/// Shop`.
std::string said(const ChangedFinding& finding) {
  return finding.message.empty() ? finding.rule + ": " + finding.subject
                                 : finding.subject + ": " + finding.message;
}

}  // namespace

std::string_view to_string(ChangeKind kind) {
  constexpr std::string_view words[] = {
      "item-added", "item-removed", "renamed",     "owner", "operated",       "state",
      "facing",     "tier",         "criticality", "party", "relation-added", "relation-removed"};
  return words[static_cast<std::size_t>(kind)];
}

std::string sentence(const Change& change) {
  const auto from_to = [&](std::string_view what) {
    return fmt::format("{} of '{}' was {}, and is {}", what, change.subject,
                       change.before.empty() ? "nobody" : change.before,
                       change.after.empty() ? "nobody" : change.after);
  };
  switch (change.kind) {
    case ChangeKind::item_added:
      return fmt::format("'{}' is new ({})", change.subject, change.after);
    case ChangeKind::item_removed:
      return fmt::format("'{}' is gone ({})", change.subject, change.before);
    case ChangeKind::renamed:
      return fmt::format("'{}' was called '{}'", change.after, change.before);
    case ChangeKind::owner:
      return from_to("the owner");
    case ChangeKind::operated:
      return fmt::format("with '{}', {} was named, and now {}", change.subject,
                         change.before.empty() ? "nobody else" : change.before,
                         change.after.empty() ? "nobody else" : change.after);
    case ChangeKind::state:
    case ChangeKind::facing:
      return fmt::format("'{}' was {}, and is {}", change.subject, change.before, change.after);
    case ChangeKind::tier:
      return from_to("the tier");
    case ChangeKind::criticality:
      return from_to("the criticality");
    case ChangeKind::party:
      return fmt::format("{} was {}, and is {}", change.subject, change.before, change.after);
    case ChangeKind::relation_added:
      return fmt::format("the relation {} is new", change.subject);
    case ChangeKind::relation_removed:
      return fmt::format("the relation {} is gone", change.subject);
  }
  return change.subject;
}

std::string difference_text(const Difference& difference) {
  std::string text = fmt::format("{}\n{}\n", sides(difference), counts(difference));
  for (const ChangedFinding& finding : difference.findings) {
    text += fmt::format("\n{:<5} {:<8} {}\n", word_of(finding), to_string(finding.severity),
                        visible(said(finding)));
    if (const std::string why = cause(difference, finding); !why.empty()) {
      text += fmt::format("{:>15}{}\n", "", visible(why));
    }
  }
  if (!difference.is_of_reports) {
    text += fmt::format("\n{}\n", count_of(difference.changes.size(), "change"));
    for (std::size_t i = 0; i < std::min(difference.changes.size(), most_changes_told); ++i) {
      text += fmt::format("  {}\n", visible(sentence(difference.changes[i])));
    }
    if (difference.changes.size() > most_changes_told) {
      text += fmt::format("  and {} more: -o json:FILE has all\n",
                          with_thousands(difference.changes.size() - most_changes_told));
    }
  }
  return text;
}

std::string difference_markdown(const Difference& difference) {
  constexpr std::size_t most_findings = 50;
  std::string text =
      fmt::format("## {}\n\n{}\n\n", counts(difference), markdown_escaped(sides(difference)));
  if (!difference.findings.empty()) {
    text += "| | Severity | Finding | Why |\n|---|---|---|---|\n";
  }
  for (std::size_t i = 0; i < std::min(difference.findings.size(), most_findings); ++i) {
    const ChangedFinding& finding = difference.findings[i];
    text +=
        fmt::format("| {} | {} | {} | {} |\n", word_of(finding), to_string(finding.severity),
                    markdown_escaped(said(finding)), markdown_escaped(cause(difference, finding)));
  }
  if (difference.findings.size() > most_findings) {
    text += fmt::format("\n{} more are not shown.\n",
                        with_thousands(difference.findings.size() - most_findings));
  }
  return text;
}

std::string difference_json(const Difference& difference) {
  JsonText json;
  const auto side = [&](std::string_view name, const DiffSide& one) {
    json.object(name, [&] {
      json.text("name", one.name);
      json.text("asOf", one.as_of);
    });
  };
  json.object([&] {
    json.number("schemaVersion", 1);
    json.object("tool", [&] { json.text("name", "tierline"); });
    side("before", difference.before);
    side("after", difference.after);
    json.text("compared", difference.is_of_reports ? "reports" : "exports");
    json.list("changes", difference.changes, [&](const Change& change) {
      json.object([&] {
        json.text("kind", to_string(change.kind));
        json.text("subject", change.subject);
        json.text("before", change.before);
        json.text("after", change.after);
        json.text("text", sentence(change));
      });
    });
    json.number("changesUndone", difference.undone);
    json.list("findings", difference.findings, [&](const ChangedFinding& finding) {
      json.object([&] {
        json.text("change", word_of(finding));
        json.text("rule", finding.rule);
        json.text("severity", to_string(finding.severity));
        json.text("fingerprint", finding.fingerprint);
        json.text("subject", finding.subject);
        json.text("message", finding.message);
        json.list("causes", finding.causes, [&](std::size_t i) { json.number(i); });
        if (!finding.not_judged.empty()) {
          json.text("notJudged", finding.not_judged);
        }
      });
    });
    json.number("findingsUnchanged", difference.unchanged);
  });
  return json.line();
}

}  // namespace tierline
