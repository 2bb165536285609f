// The bundled estate: what is wrong in it is found, what only looks so is not. Its reports stand
// beside it, and are replayed with the other scenarios.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <filesystem>
#include <set>

#include "input/rows.h"
#include "json_schema.h"
#include "scratch.h"
#include "tierline/audit.h"
#include "tierline/explain.h"
#include "tierline/text.h"
#include "transcript.h"

namespace tierline {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const fs::path estate = fs::path(TIERLINE_ROOT) / "fixtures" / "estate";

/// `rule=RULE subject=SUBJECT`
using Pairs = std::set<std::string>;

std::string pair_of(std::string_view rule, std::string_view subject) {
  return fmt::format("rule={} subject={}", rule, subject);
}

Pairs listed_in(const char* file) {
  Pairs pairs;
  for (const std::string& row : read_text(read_file(estate / file), {"rule", "subject"}).rows) {
    pairs.insert(row.substr(row.find(": ") + 2));
  }
  return pairs;
}

Audit audited(std::initializer_list<const char*> folders, RuleSet set) {
  AuditOptions options;
  for (const char* const folder : folders) {
    options.import.inputs.push_back(estate / folder);
  }
  options.import.as_of = "2026-11-21";
  options.rules.set = set;
  return std::move(*audit(options));
}

Audit audited_by_core() {
  return audited({"export"}, RuleSet::core);
}

/// Beside the export, the register that the business keeps.
Audit audited_by_all() {
  return audited({"export", "register"}, RuleSet::all);
}

std::string name_of(const Audit& audit, const Subject& subject) {
  return subject.kind == SubjectKind::item ? audit.inventory->label(subject.item) : subject.name;
}

Pairs found_in(const Audit& audit) {
  Pairs found;
  for (const Finding& finding : audit.findings()) {
    const auto [pair, is_new] =
        found.insert(pair_of(finding.rule->id, name_of(audit, finding.subject)));
    EXPECT_TRUE(is_new) << *pair << " is found twice";
  }
  return found;
}

TEST(Estate, HasExactlyTheDefectsThatAreListed) {
  EXPECT_EQ(found_in(audited_by_core()), listed_in("defects.csv"));
}

TEST(Estate, HasByAllRulesExactlyTheDeeperOnesThatAreListedBesides) {
  Pairs listed = listed_in("defects.csv");
  listed.merge(listed_in("deeper.csv"));
  EXPECT_EQ(found_in(audited_by_all()), listed);
}

void expect_nothing_about(const Pairs& sound, const Audit& audit) {
  for (const Finding& finding : audit.findings()) {
    const auto expect_not_sound = [&](const std::string& name) {
      EXPECT_THAT(sound, Not(Contains(pair_of(finding.rule->id, name))));
    };
    expect_not_sound(name_of(audit, finding.subject));
    for (const auto& [attribute, value] : finding.subject.attributes) {
      expect_not_sound(value);
    }
    for (const ItemId member : finding.subject.members) {
      expect_not_sound(audit.inventory->label(member));
    }
  }
}

TEST(Estate, HasNoFindingAboutWhatIsSound) {
  const Pairs sound = listed_in("sound.csv");
  expect_nothing_about(sound, audited_by_core());
  expect_nothing_about(sound, audited_by_all());
}

/// A near miss that is misspelt, or gone from the export, would miss everything.
TEST(Estate, HoldsWhatIsSound) {
  std::string text;
  for (const char* const folder : {"export", "register"}) {
    for (const fs::directory_entry& file : fs::directory_iterator(estate / folder)) {
      text += file.path().filename().string() + '\n' + read_file(file.path());
    }
  }
  for (const std::string& pair : listed_in("sound.csv")) {
    const std::string subject = pair.substr(pair.find(" subject=") + 9);
    for (const std::string_view name : split(std::string_view(subject), " -> ")) {
      EXPECT_THAT(text, HasSubstr(std::string(name.substr(0, name.find(" (")))));
    }
  }
}

/// As `tierline explain export --finding FINGERPRINT` says it, one after another: to be read aloud
/// to whom they concern.
TEST(Estate, ExplainsEveryFindingAsIsWrittenBesideIt) {
  const Audit audit = audited_by_core();
  const AuditReport report = audit.report();
  std::string text;
  report.each_fact([&](const FactView& fact) {
    text += fmt::format("==== {}\n\n", fact.rule().id);
    text += explanation_text(report, {.items = {}, .parties = {}, .findings = {fact}});
    text += '\n';
  });
  const std::string folder = (estate / "export").string();
  for (std::size_t at = text.find(folder); at != std::string::npos; at = text.find(folder)) {
    text.replace(at, folder.size(), "export");
  }
  expect_file(estate / "explained.txt", text);
}

TEST(Estate, HasAJsonReportThatTheSchemaDescribes) {
  const std::string report = read_file(estate / "expected" / "findings.json");
  EXPECT_THAT(schema_errors(findings_schema(), report), IsEmpty());
}

}  // namespace
}  // namespace tierline
