// The command line as a user meets it: what each option does, what a run exits with, and what is
// said of a word that nobody knows.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <rapidjson/document.h>

#include <algorithm>
#include <filesystem>

#include "run_tool.h"
#include "scratch.h"
#include "tierline/rule.h"
#include "tierline/text.h"

namespace tierline {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

using Arguments = std::vector<std::string>;

/// Shop is sound; Backup has no owner and supports nobody; Cart, of the test environment, has no
/// owner; Vault belongs to a group. All three people stand somewhere.
constexpr std::string_view items =
    "id,name,class,tier,facing,owner,contact,group,environment,portfolio\n"
    "p1,Retail,portfolio,portfolio,,ann,,,,\n"
    "s1,Shop,service,service,external,ann,bob,,production,p1\n"
    "s2,Backup,service,service,supporting,,bob,,production,p1\n"
    "y1,Cart,application,system,,,zoe@example.com,,test,\n"
    "y2,Vault,application,system,,ops,,,production,\n"
    "c1,web1,server,component,,,,ops,production,\n";
constexpr std::string_view relations =
    "id,from,to,type\n"
    "r1,s1,y1,needs\n"
    "r2,s1,y2,needs\n"
    "r3,y1,c1,needs\n";
constexpr std::string_view parties =
    "id,name,email,kind,active,lead\n"
    "ann,Ann Archer,ann@example.com,person,true,\n"
    "bob,Bob Builder,bob@example.com,person,true,\n"
    "zoe,Zoe Zimmer,zoe@example.com,person,true,\n"
    "ops,Operations,,group,true,ann\n";

class CommandLine : public ::testing::Test {
 protected:
  CommandLine() {
    scratch_.write("exports/items.csv", items);
    scratch_.write("exports/relations.csv", relations);
    scratch_.write("exports/parties.csv", parties);
  }

  [[nodiscard]] ToolRun run(const Arguments& arguments, const std::string& input = {}) const {
    return run_tool(arguments, input, scratch_.path());
  }
  /// Persons in texts that are not about them.
  void write_texts_with_persons() const {
    scratch_.write("exports/items_page2.csv",
                   "id,name,class,tier,facing,owner,group,environment,needs\n"
                   "s3,Payroll (Bob Builder),service,service,external,,hq,desk of ann archer,"
                   "bob@example.com\n"
                   "s4,Zoe's Zimmer Frame,service,service,external,,,\"production\",s4\n"
                   "item of zoe@example.com,,service,service,mailto:bob@example.com,,,,s3\n");
    scratch_.write("exports/relations_page2.csv",
                   "id,from,to,type\nrow of Bob Builder,s3,zoe@example.com,haunts\n");
    scratch_.write("exports/parties_page2.csv", "id,name,kind\nhq,The team of Zoe Zimmer,group\n");
  }

  /// What findings are called, in the order of the report.
  [[nodiscard]] std::vector<std::string> fingerprints(const Arguments& options) const {
    Arguments arguments = {"-o", "csv:-"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    const std::string report = audit(arguments).out;
    std::vector<std::string> found;
    for (std::size_t at = 0; (at = report.find(R"("new")", at)) != std::string::npos; ++at) {
      found.push_back(report.substr(at - 34, 32));
    }
    return found;
  }

  /// `audit exports` as of a day, with more options.
  [[nodiscard]] ToolRun audit(const Arguments& options) const {
    Arguments arguments = {"audit", "exports", "--as-of", "2026-11-21"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return run(arguments);
  }
  /// All formats of one audit with these options, one after the other.
  [[nodiscard]] std::string all_formats(const Arguments& options) const {
    Arguments names = {"r.txt", "r.json", "r.ndjson", "r.csv", "r.dot", "r.svg"};
#ifndef TIERLINE_WITHOUT_PAGE
    names.emplace_back("r.html");
#endif
    Arguments arguments = {"audit", "--as-of", "2026-11-21", "-q"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    for (const std::string& name : names) {
      arguments.insert(arguments.end(), {"-o", name});
    }
    EXPECT_THAT(run(arguments).err, IsEmpty());
    std::string all;
    for (const std::string& name : names) {
      all += scratch_.read(name);
    }
    return all;
  }
  /// That a command line is refused in one line that says this.
  void expect_refusal(const Arguments& arguments, const std::string& part) const {
    const ToolRun refused = run(arguments);
    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_THAT(refused.err, StartsWith("tierline: "));
    EXPECT_THAT(refused.err, HasSubstr(part));
    EXPECT_EQ(std::ranges::count(refused.err, '\n'), 1) << refused.err;
    EXPECT_THAT(refused.out, IsEmpty());
  }

  Scratch scratch_;
};

// --- exit status

TEST_F(CommandLine, ExitsWith0WhenNothingIsAsSevereAsFailOn) {
  EXPECT_EQ(audit({"--only", "owner-missing", "--fail-on", "critical"}).exit_code, 0);
}

TEST_F(CommandLine, ExitsWith1WhenAFindingIsAsSevereAsFailOn) {
  EXPECT_EQ(audit({"--only", "owner-missing", "--fail-on", "high"}).exit_code, 1);
}

TEST_F(CommandLine, FailsOnHighUnlessToldOtherwise) {
  EXPECT_EQ(audit({"--only", "owner-missing"}).exit_code, 1);
  EXPECT_EQ(audit({"--only", "system-owner-missing"}).exit_code, 0);
}

TEST_F(CommandLine, NeverFailsOnFindingsWithFailOnNever) {
  EXPECT_EQ(audit({"--fail-on", "never"}).exit_code, 0);
}

TEST_F(CommandLine, ExitsWith3ForAnIncompleteExportWhateverWasFound) {
  EXPECT_EQ(run({"audit", "exports/items.csv"}).exit_code, 3);
  EXPECT_EQ(run({"audit", "exports/items.csv", "--fail-on", "never"}).exit_code, 3);
}

TEST_F(CommandLine, ExitsWith2ForABrokenFileBesideAnIncompleteExport) {
  scratch_.write("broken.json", "[{");
  EXPECT_EQ(run({"audit", "exports/items.csv", "broken.json"}).exit_code, 2);
}

TEST_F(CommandLine, ExitsWith3ForAnIncompleteExportThatIsAssumedComplete) {
  const ToolRun judged = run({"audit", "exports/items.csv", "--assume-complete"});
  EXPECT_EQ(judged.exit_code, 3);
  EXPECT_THAT(judged.out, HasSubstr("(orphaned-supporting-service: 1)"));
}

// --- what is judged

TEST_F(CommandLine, OnlyJudgesByTheRulesThatAreNamed) {
  const ToolRun judged = audit({"--only", "owner-missing", "--only", "system-owner-missing"});
  EXPECT_THAT(judged.out, HasSubstr("2 of 2 rules could be evaluated"));
  EXPECT_THAT(judged.out, HasSubstr("(owner-missing: 1)"));
  EXPECT_THAT(judged.out, HasSubstr("(system-owner-missing: 1)"));
}

TEST_F(CommandLine, SkipLeavesOutARule) {
  EXPECT_THAT(audit({}).out, HasSubstr("(owner-missing: 1)"));
  EXPECT_THAT(audit({"--skip", "owner-missing"}).out, Not(HasSubstr("(owner-missing:")));
}

TEST_F(CommandLine, SkipWinsOverOnly) {
  const ToolRun judged =
      audit({"--only", "owner-missing", "--only", "owner-not-single", "--skip", "owner-missing"});
  EXPECT_THAT(judged.out, HasSubstr("1 of 1 rule could be evaluated"));
}

TEST_F(CommandLine, WhereReportsOnlySubjectsOfAnEnvironment) {
  const ToolRun judged = audit({"--where", "environment=production"});
  EXPECT_THAT(judged.out, HasSubstr("Backup: has no accountable owner"));
  EXPECT_THAT(judged.out, Not(HasSubstr("Cart:")));
}

TEST_F(CommandLine, WhereStillFollowsRelationsOutsideOfItsScope) {
  const ToolRun judged = audit({"--where", "environment=production", "--only", "orphan-component"});
  EXPECT_THAT(judged.out, HasSubstr("Findings: none."));  // Shop reaches web1 through Cart.
}

TEST_F(CommandLine, WhereTakesSeveralValuesOfAFieldAsAlternatives) {
  const ToolRun judged =
      audit({"--where", "environment=production", "--where", "environment=test"});
  EXPECT_THAT(judged.out, HasSubstr("Backup: has no accountable owner"));
  EXPECT_THAT(judged.out, HasSubstr("Cart:"));
}

TEST_F(CommandLine, WhereTakesSeveralFieldsTogether) {
  const ToolRun judged =
      audit({"--where", "environment=production", "--where", "class=application"});
  EXPECT_THAT(judged.out, HasSubstr("Vault: is owned by the group Operations"));
  EXPECT_THAT(judged.out, Not(HasSubstr("Backup:")));
  EXPECT_THAT(judged.out, Not(HasSubstr("Cart:")));
}

TEST_F(CommandLine, SourceTellsEstatesApart) {
  scratch_.write("other/items.csv", "id,name,tier,facing,owner\ns1,Bank,service,external,ann\n");
  const Arguments both = {"audit",  "exports", "other",  "-o",
                          "json:-", "-q",      "--only", "facing-unknown"};
  EXPECT_THAT(run(both).out, Not(HasSubstr(R"("source":"emea")")));
  Arguments named = both;
  named.insert(named.end(), {"--source", "emea=other"});
  EXPECT_THAT(run(named).out, HasSubstr(R"("source":"emea")"));
}

TEST_F(CommandLine, SourceKeepsItemsOfOneIdApart) {
  scratch_.write("other/items.csv", "id,name,tier,facing,owner\ns1,Bank,service,external,ann\n");
  EXPECT_THAT(run({"audit", "exports", "other"}).out, HasSubstr("4 files: 6 items"));
  EXPECT_THAT(run({"audit", "exports", "other", "--source", "emea=other"}).out,
              HasSubstr("4 files: 7 items"));
}

TEST_F(CommandLine, SourceHasToNameAnInput) {
  expect_refusal({"audit", "exports", "--source", "emea=exprots"},
                 "--source emea=exprots: none of the inputs is there");
}

TEST_F(CommandLine, TheSourceOfTheNearestFolderCounts) {
  const ToolRun read = run({"audit", "exports", "-q", "-o", "json:-", "--source", "all=.",
                            "--source", "one=exports/items.csv"});
  EXPECT_THAT(read.out, HasSubstr(R"("source":"one")"));
  EXPECT_THAT(read.out, HasSubstr(R"("source":"all")"));
}

TEST_F(CommandLine, AsOfDecidesWhoHasLeft) {
  scratch_.write("exports/parties.csv",
                 "id,name,kind,until\nann,Ann,person,2026-06-30\nops,Operations,group,\n");
  EXPECT_EQ(
      run({"audit", "exports", "--only", "owner-inactive", "--as-of", "2026-06-30"}).exit_code, 0);
  EXPECT_EQ(
      run({"audit", "exports", "--only", "owner-inactive", "--as-of", "2026-07-01"}).exit_code, 1);
}

TEST_F(CommandLine, AsOfIsRecorded) {
  EXPECT_THAT(audit({"-o", "json:-"}).out, HasSubstr(R"("asOf":"2026-11-21")"));
}

TEST_F(CommandLine, AsOfHasToBeADay) {
  expect_refusal({"audit", "exports", "--as-of", "2026-02-30"},
                 "--as-of 2026-02-30: expected a day");
}

// --- the same bytes

TEST_F(CommandLine, GivesTheSameBytesForAnyNumberOfJobs) {
  // More than is read in one piece; some ids stand twice, and disagree.
  std::string many = "id,name,tier,facing,owner,needs\n";
  for (int i = 0; i < 60'000; ++i) {
    many += fmt::format("n{},Item {},{},supporting,{},n{}\n", i % 50'000, i,
                        i % 3 == 0 ? "service" : "system", i % 7 == 0 ? "" : "ann",
                        (i * 17 + 1) % 50'000);
  }
  scratch_.write("exports/items_page2.csv", many);
  const std::string one = all_formats({"exports", "--jobs", "1"});
  EXPECT_THAT(one.substr(0, 200), HasSubstr("50,006 items"));
  for (const char* jobs : {"2", "3", "8"}) {
    EXPECT_TRUE(all_formats({"exports", "--jobs", jobs}) == one) << jobs;
  }
}

TEST_F(CommandLine, GivesTheSameBytesForFilesInAnyOrder) {
  const std::string forwards =
      all_formats({"exports/items.csv", "exports/parties.csv", "exports/relations.csv"});
  const std::string backwards =
      all_formats({"exports/relations.csv", "exports/parties.csv", "exports/items.csv"});
  EXPECT_EQ(forwards, backwards);
}

TEST_F(CommandLine, ReadsAFileOnceThatIsNamedTwice) {
  const ToolRun read = run({"audit", "exports", "exports/items.csv", "./exports/items.csv"});
  EXPECT_THAT(read.out, HasSubstr("Examined 3 files: 6 items, "));
}

// --- persons

TEST_F(CommandLine, RedactLeavesNoNameOfAPersonInAnyFormat) {
  scratch_.write("exports/items_page2.csv",
                 "id,name,tier,facing,owner,contact\n"
                 "s3,Mail,service,external,Gone Girl,\n"
                 "s4,Chat,service,external,Twin Name,\n");
  scratch_.write("exports/parties_page2.csv",
                 "id,name,kind,active\nt1,Twin Name,person,true\nt2,Twin Name,person,true\n"
                 "left,Lefty Gomez,person,false\n");
  const std::string plain = all_formats({"exports"});
  const std::string redacted = all_formats({"exports", "--redact", "people"});
  for (const char* name : {"Bob Builder", "Gone Girl", "Twin Name"}) {
    EXPECT_THAT(plain, HasSubstr(name));
  }
  for (const char* name : {"Ann Archer", "Bob Builder", "Zoe Zimmer", "Gone Girl", "Twin Name",
                           "Lefty", "@example.com", "\"ann\"", "\"bob\"", "\"zoe\""}) {
    EXPECT_THAT(redacted, Not(HasSubstr(name)));
  }
  EXPECT_THAT(redacted, HasSubstr("Operations"));
}

TEST_F(CommandLine, RedactFindsPersonsInNamesOfItemsEndsOfRelationsAndNotices) {
  write_texts_with_persons();
  const std::string plain = all_formats({"exports"});
  const std::string redacted = all_formats({"exports", "--redact", "people"});
  for (const char* name : {"Payroll (Bob Builder)", "bob@example.com", "Zoe's Zimmer Frame",
                           "item of zoe@example.com", "desk of ann archer", "team of Zoe Zimmer"}) {
    EXPECT_THAT(plain, HasSubstr(name));
  }
  const std::string lower = to_lower(redacted);
  for (const char* name : {"bob builder", "bob@", "zoe zimmer", "zoe@", "ann archer"}) {
    EXPECT_THAT(lower, Not(HasSubstr(name)));
  }
  EXPECT_THAT(redacted, HasSubstr("Payroll (person-"));
  EXPECT_THAT(redacted, HasSubstr("Zoe's Zimmer Frame"));
}

TEST_F(CommandLine, RedactChangesNoFingerprintOfWhatNamesAPerson) {
  write_texts_with_persons();
  EXPECT_EQ(fingerprints({"--redact", "people"}), fingerprints({}));
}

TEST_F(CommandLine, RedactGivesAPersonTheSamePseudonymInEveryRun) {
  const std::string first = all_formats({"exports", "--redact", "people"});
  EXPECT_THAT(first, HasSubstr("ask person-"));
  EXPECT_EQ(all_formats({"exports", "--redact", "people"}), first);
}

TEST_F(CommandLine, RedactChangesNoFingerprint) {
  EXPECT_THAT(fingerprints({}), Not(IsEmpty()));
  EXPECT_EQ(fingerprints({"--redact", "people"}), fingerprints({}));
}

// --- outputs

TEST_F(CommandLine, WritesSeveralReportsOfOneRun) {
  const ToolRun written = audit({"-o", "a.json", "-o", "csv:b.out", "-o", "-"});
  EXPECT_THAT(scratch_.read("a.json"), StartsWith("{"));
  EXPECT_THAT(scratch_.read("b.out"), StartsWith("rule,severity,"));
  EXPECT_THAT(written.out, StartsWith("tierline audit as of 2026-11-21"));
}

TEST_F(CommandLine, WritesAFormatToStandardOutput) {
  const ToolRun written = audit({"-o", "json:-"});
  EXPECT_THAT(written.out, AllOf(StartsWith("{"), EndsWith("}\n")));
  EXPECT_THAT(written.out, HasSubstr(R"("schemaVersion")"));
}

TEST_F(CommandLine, SaysInOneLineWhatItWroteToFiles) {
  const ToolRun loud = audit({"-o", "a.json"});
  EXPECT_THAT(loud.out, IsEmpty());
  EXPECT_THAT(loud.err, StartsWith("tierline: 6 items and "));
  EXPECT_EQ(std::ranges::count(loud.err, '\n'), 1);
  EXPECT_THAT(audit({"-o", "a.json", "--quiet"}).err, IsEmpty());
}

TEST_F(CommandLine, RefusesAnOutputInAFolderThatIsNotThere) {
  expect_refusal({"audit", "exports", "-o", "json:missing/a.json"},
                 "missing/a.json: cannot write here: ");
}

TEST_F(CommandLine, LeavesNothingBehindWhenOneOfItsOutputsCannotBeWritten) {
  EXPECT_EQ(run({"audit", "exports", "-o", "a.json", "-o", "missing/b.json"}).exit_code, 2);
  const std::filesystem::directory_iterator files(scratch_.path());
  EXPECT_EQ(std::distance(begin(files), end(files)), 1);  // Only the exports.
}

TEST_F(CommandLine, WritesToAPathWithAColonInIt) {
  EXPECT_EQ(audit({"-o", "night:2026.json", "--fail-on", "never"}).exit_code, 0);
  EXPECT_THAT(scratch_.read("night:2026.json"), StartsWith("{"));
}

TEST_F(CommandLine, RefusesTwoOutputsToOnePlace) {
  expect_refusal({"audit", "exports", "-o", "a.json", "-o", "csv:a.json"},
                 "-o csv:a.json: two outputs go to the same place");
}

// --- inputs

TEST_F(CommandLine, ReadsCsvFromStandardInput) {
  const ToolRun read = run({"audit", "-", "--only", "owner-missing"}, std::string(items));
  EXPECT_THAT(read.out, HasSubstr("Examined 1 file: 6 items, "));
  EXPECT_THAT(read.out, HasSubstr("Backup: has no accountable owner"));
}

TEST_F(CommandLine, ReadsJsonFromStandardInput) {
  const ToolRun read = run({"audit", "-", "--only", "owner-missing"},
                           R"({"items":[{"id":"s1","name":"Shop","tier":"service","owner":""}]})");
  EXPECT_THAT(read.out, HasSubstr("Shop: has no accountable owner"));
}

TEST_F(CommandLine, ReadsStandardInputBesideFiles) {
  const ToolRun read = run({"audit", "exports/items.csv", "-"}, std::string(relations));
  EXPECT_THAT(read.out, HasSubstr("Examined 2 files: 6 items, 5 relations"));
}

TEST_F(CommandLine, ReadsTheFoldersInAFolder) {
  scratch_.write("deep/one/items.csv", items);
  scratch_.write("deep/one/two/relations.csv", relations);
  EXPECT_THAT(run({"audit", "deep"}).out, HasSubstr("Examined 2 files: 6 items, "));
}

TEST_F(CommandLine, SkipsHiddenFilesAndFolders) {
  scratch_.write("exports/.git/items.csv", "id,name,tier\nx,Hidden,service\n");
  scratch_.write("exports/.items.csv", "id,name,tier\nx,Hidden,service\n");
  EXPECT_THAT(audit({}).out, HasSubstr("Examined 3 files: 6 items, "));
}

// --- other commands

TEST_F(CommandLine, DrawWritesDotToStandardOutputAndDoesNotFailOnFindings) {
  const ToolRun drawn = run({"draw", "exports"});
  EXPECT_EQ(drawn.exit_code, 0);
  EXPECT_THAT(drawn.out, HasSubstr("digraph"));
  EXPECT_THAT(drawn.out, AllOf(HasSubstr("Shop"), HasSubstr("Backup"), HasSubstr("web1")));
}

TEST_F(CommandLine, DrawWritesTheTiersFromTheHighestToTheLowest) {
  for (const char* format : {"dot:-", "svg:-"}) {
    const std::string drawn = run({"draw", "exports", "--layout", "graphviz", "-o", format}).out;
    std::vector<std::size_t> places;
    for (const char* tier : {"cluster_0", "cluster_1", "cluster_2", "cluster_3"}) {
      places.push_back(drawn.find(tier));
    }
    EXPECT_TRUE(std::ranges::is_sorted(places)) << drawn;
    EXPECT_NE(places.back(), std::string::npos);
  }
}

TEST_F(CommandLine, DrawFocusShowsWhatStandsAroundAnItem) {
  const ToolRun drawn = run({"draw", "exports", "--focus", "cart", "--most", "3"});
  EXPECT_THAT(drawn.out, AllOf(HasSubstr("Cart"), HasSubstr("Shop"), HasSubstr("web1")));
  EXPECT_THAT(drawn.out, Not(HasSubstr("Backup")));
}

TEST_F(CommandLine, DrawMostSaysWhatIsLeftOut) {
  const ToolRun drawn = run({"draw", "exports", "--most", "1"});
  EXPECT_THAT(drawn.out, HasSubstr("Drawn: 1 of 6 items"));
}

TEST_F(CommandLine, DrawsTheMap) {
  const std::string map = run({"draw", "exports", "-o", "svg:-"}).out;
  EXPECT_THAT(map, AllOf(HasSubstr("Who answers for which service"), HasSubstr(">Shop</text>"),
                         HasSubstr(">Backup</text>"), HasSubstr("prefers-color-scheme")));
  EXPECT_EQ(run({"audit", "exports", "-o", "svg:-"}).out, map);
}

TEST_F(CommandLine, DrawsTheMapAsWideAndAsDarkAsItIsToBe) {
  const std::string map =
      run({"draw", "exports", "--width", "700", "--theme", "dark", "-o", "svg:-"}).out;
  EXPECT_THAT(map, AllOf(HasSubstr(" width=\"700\""), Not(HasSubstr("prefers-color-scheme"))));
  expect_refusal({"draw", "exports", "--portfolio", "Nil", "-o", "svg:-"},
                 "--portfolio Nil: no portfolio is called this");
}

TEST_F(CommandLine, DrawsWhatStandsAroundAnItem) {
  const std::string around = run({"draw", "exports", "--focus", "cart", "-o", "svg:-"}).out;
  EXPECT_THAT(around, AllOf(HasSubstr("Cart: whom it serves, and what it stands on"),
                            HasSubstr(">Shop</text>"), Not(HasSubstr(">Backup</text>"))));
  EXPECT_THAT(run({"draw", "exports", "--from", "shop", "--to", "web1", "-o", "svg:-"}).out,
              HasSubstr(">Cart</text>"));
  EXPECT_THAT(run({"draw", "exports", "--focus", "cart", "-o", "mermaid:-"}).out,
              HasSubstr("flowchart LR\n"));
}

TEST_F(CommandLine, DrawRefusesWhatAFormatCannotDo) {
  expect_refusal({"draw", "exports", "--portfolio", "Retail"},
                 "--portfolio: does not go with dot, which Graphviz lays out");
  expect_refusal({"draw", "exports", "--theme", "dark", "-o", "x.mmd"},
                 "--theme: does not go with mermaid");
  expect_refusal({"draw", "exports", "--most", "3", "-o", "x.svg"},
                 "--most: the map shows every service; --portfolio, --owner and --where choose "
                 "some");
  expect_refusal({"draw", "exports", "--rule", "owner-mising", "-o", "x.svg"},
                 "--rule owner-mising: no rule of this run is called this (did you mean "
                 "'owner-missing'?)");
}

TEST_F(CommandLine, DrawFocusSuggestsTheNearestName) {
  expect_refusal({"draw", "exports", "--focus", "Bakcup"},
                 "no item is called 'Bakcup' (did you mean 'Backup'?)");
}

TEST_F(CommandLine, DrawExitsWith3ForAnIncompleteExport) {
  EXPECT_EQ(run({"draw", "exports/items.csv"}).exit_code, 3);
}

TEST_F(CommandLine, RulesListsEveryRule) {
  const ToolRun listed = run({"rules"});
  EXPECT_EQ(listed.exit_code, 0);
  for (const Rule* rule : Register<Rule>::all()) {
    EXPECT_THAT(listed.out, HasSubstr(std::string(rule->id) + " "));
  }
}

TEST_F(CommandLine, RulesExplainsOne) {
  const ToolRun shown = run({"rules", "owner-missing"});
  EXPECT_EQ(shown.exit_code, 0);
  EXPECT_THAT(shown.out, StartsWith("owner-missing: "));
  EXPECT_THAT(shown.out,
              AllOf(HasSubstr("What it finds"), HasSubstr("What to do"),
                    HasSubstr("Severity   high"), HasSubstr("Fields     accountable owner")));
}

TEST_F(CommandLine, ProfilesShowPrintsAProfileThatCanBeReadAgain) {
  const ToolRun shown = run({"profiles", "show", "tierline"});
  EXPECT_EQ(shown.exit_code, 0);
  scratch_.write("mine.json", shown.out);
  const ToolRun read = run({"audit", "exports", "--profile", "mine.json", "--as-of", "2026-11-21"});
  EXPECT_EQ(read.out, audit({}).out);
}

TEST_F(CommandLine, ProfilesListsThem) {
  EXPECT_THAT(run({"profiles"}).out, AllOf(HasSubstr("servicenow"), HasSubstr("tierline")));
}

TEST_F(CommandLine, SchemaPrintsJsonSchemas) {
  for (const char* name : {"findings", "profile"}) {
    const ToolRun shown = run({"schema", name});
    EXPECT_EQ(shown.exit_code, 0);
    EXPECT_THAT(shown.out, AllOf(StartsWith("{"), HasSubstr("\"$schema\"")));
  }
}

TEST_F(CommandLine, HelpAndVersionAreNoErrors) {
  for (const Arguments& asked :
       {Arguments{"--help"}, {"audit", "--help"}, {"draw", "--help"}, {"--version"}}) {
    const ToolRun told = run(asked);
    EXPECT_EQ(told.exit_code, 0);
    EXPECT_THAT(told.out, Not(IsEmpty()));
    EXPECT_THAT(told.err, IsEmpty());
  }
}

// --- words that nobody knows

struct Unknown {
  Arguments arguments;
  std::string message;
};

TEST_F(CommandLine, SuggestsTheNearestNameForAnUnknownOne) {
  const Unknown words[] = {
      {{"audti", "exports"},
       "no command is called 'audti' (did you mean 'audit'?); see tierline --help"},
      {{"audit", "exports", "--fial-on", "high"},
       "no option is called '--fial-on' (did you mean '--fail-on'?); see tierline audit "
       "--help"},
      {{"audit", "exports", "--jbos=2"}, "no option is called '--jbos' (did you mean '--jobs'?)"},
      {{"audit", "--quite", "exports"}, "no option is called '--quite' (did you mean '--quiet'?)"},
      {{"audit", "--wheer"}, "no option is called '--wheer' (did you mean '--where'?)"},
      {{"draw", "exports", "--focsu", "Shop"},
       "no option is called '--focsu' (did you mean '--focus'?)"},
      {{"--versoin"}, "no option is called '--versoin' (did you mean '--version'?)"},
      {{"profiles", "shwo", "servicenow"},
       "no command is called 'shwo' (did you mean 'show'?); see tierline profiles "
       "--help"},
      {{"profiles", "show", "servicenwo"},
       "no profile is called 'servicenwo' (did you mean 'servicenow'?)"},
      {{"schema", "finding"}, "no schema is called 'finding' (did you mean 'findings'?)"},
      {{"rules", "owner-mising"},
       "no rule is called 'owner-mising' (did you mean 'owner-missing'?)"},
      {{"audit", "exports", "--only", "owner-mising"},
       "no rule is called 'owner-mising' (did you mean 'owner-missing'?)"},
      {{"audit", "exports", "--skip", "slef-loop"},
       "no rule is called 'slef-loop' (did you mean 'self-loop'?)"},
      {{"audit", "exports", "--profile", "service-now"}, "(did you mean 'servicenow'?)"},
      {{"audit", "exports", "--fail-on", "hihg"}, "(did you mean 'high'?)"},
      {{"audit", "exports", "--where", "environmnet=test"}, "(did you mean 'environment'?)"},
      {{"audit", "exports", "--where", "environment=tset"}, "(did you mean 'test'?)"},
      {{"audit", "exports", "-o", "jsno:a.txt"},
       "-o jsno:a.txt: no format is called 'jsno' (did you mean 'json'?)"},
      {{"audit", "exports", "-o", "a.jsno"}, "(did you mean 'json'?)"},
  };
  for (const Unknown& word : words) {
    SCOPED_TRACE(word.arguments.back());
    expect_refusal(word.arguments, word.message);
  }
}

TEST_F(CommandLine, SuggestsNothingForAWordThatIsLikeNoOther) {
  const ToolRun refused = run({"audit", "exports", "--supercalifragilistic"});
  EXPECT_EQ(refused.err,
            "tierline: no option is called '--supercalifragilistic'; see tierline audit "
            "--help\n");
}

TEST_F(CommandLine, RefusesAWordTooMany) {
  expect_refusal({"rules", "owner-missing", "self-loop"},
                 "'self-loop' is a word too many; see tierline rules --help");
}

TEST_F(CommandLine, AsksForACommand) {
  const std::string help = run({"--help"}).out;
  const std::size_t list = help.find("Subcommands:\n");
  ASSERT_NE(list, std::string::npos) << help;
  std::vector<std::string> commands;
  for (const std::string_view line : split(std::string_view(help).substr(list), "\n")) {
    if (line.starts_with("  ") && !line.starts_with("   ")) {
      commands.emplace_back(line.substr(2, line.find(' ', 2) - 2));
    }
  }
  EXPECT_THAT(commands, AllOf(Contains("audit"), Contains("schema")));
  expect_refusal({}, fmt::format("name a command: {}; see tierline --help", join(commands, ", ")));
}

TEST_F(CommandLine, AsksForAnExport) {
  expect_refusal({"audit"}, "exports is required; see tierline audit --help");
}

std::size_t core_rules() {
  const auto all = Register<Rule>::all();
  return static_cast<std::size_t>(std::ranges::count_if(all, [](const Rule* rule) {
    return rule->set == RuleSet::core && !rule->judges_acceptances;
  }));
}

TEST_F(CommandLine, WritesHowLongStagesAndRulesTook) {
  const Arguments audit = {"audit",   "exports", "--stats-json", "exports/stats.json",
                           "--stats", "-o",      "x.json"};
  EXPECT_THAT(run(audit).err, AllOf(HasSubstr("\n  owner-missing "), HasSubstr("\npeak memory ")));
  rapidjson::Document stats;
  stats.Parse(scratch_.read("exports/stats.json").c_str());
  ASSERT_TRUE(stats.IsObject());
  EXPECT_EQ(stats["items"].GetUint(), 6U);
  EXPECT_EQ(stats["stages"].Size(), 4U);
  EXPECT_EQ(stats["rules"].Size(), core_rules() + 3);
  EXPECT_EQ(run(audit).exit_code, 1) << "its own file is no export";
  EXPECT_THAT(run({"audit", "exports", "--stats-json", "exports/items.csv"}).err,
              HasSubstr("--stats-json exports/items.csv: is one of the exports that are read"));
}

}  // namespace
}  // namespace tierline
