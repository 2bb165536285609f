// `tierline profiles check` as somebody meets it who has an export, and perhaps a profile.

#include <gmock/gmock.h>

#include <filesystem>

#include "json_schema.h"
#include "packed.h"
#include "run_tool.h"
#include "scratch.h"
#include "tierline/profile.h"
#include "tierline/text.h"
#include "transcript.h"

namespace tierline {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

const std::string root = TIERLINE_ROOT;
const std::string tutorial = root + "/fixtures/tutorial";

constexpr std::string_view profile = R"({
  "profile": "ledger",
  "title": "A ledger",
  "records": [
    {"as": "item", "tables": ["apps", "app"], "id": "id", "name": "name", "class": "sort",
     "tier": [{"field": "sort", "values": {"service": "offer", "system": "program"}}],
     "state": {"field": "phase", "values": {"live": "on", "retired": "off"}},
     "accountable": "owner", "operates": "team",
     "relations": {"kind": "needs", "to": "uses", "separator": ";"}},
    {"as": "relation", "tables": "links", "from": "a", "to": "b", "type": "verb"},
    {"as": "party", "tables": "people", "id": "login", "kind": {"is": "person"}},
    {"as": "ignore", "tables": "history", "notice": "history is of no use here"}
  ],
  "relationTypes": {"name": "needs", "kind": "needs"}
})";

class ProfilesCheck : public ::testing::Test {
 protected:
  [[nodiscard]] ToolRun check(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"profiles", "check"});
    return run_tool(arguments, {}, scratch_.path());
  }
  /// The check of one file by the ledger's profile.
  [[nodiscard]] std::string checked(const std::string& name, std::string_view text) const {
    scratch_.write("ledger.json", profile);
    scratch_.write(name, text);
    const ToolRun run = check({name, "--profile", "ledger.json"});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    return run.out;
  }

  const Scratch scratch_;
};

TEST_F(ProfilesCheck, TellsWhereRecordsWent) {
  EXPECT_THAT(checked("apps.csv",
                      "id,name,sort,phase,owner\n"
                      "1,Shop,offer,on,ann\n2,Mail,offer,off,ann\n3,CRM,program,on,\n"),
              AllOf(HasSubstr("Read 1 file: 3 items, 0 relations, 0 parties.\n"),
                    HasSubstr("  csv, 3 records; profile ledger, told by its name; table apps; "
                              "source ledger\n"),
                    HasSubstr("  offer    2 records: items of tier service; facing unknown; state "
                              "live 1, retired 1\n"),
                    HasSubstr("  program  1 record: items of tier system; state live\n")));
}

TEST_F(ProfilesCheck, TellsWhatWasLeftOutAndWhy) {
  EXPECT_THAT(
      checked("mixed.json", R"({"apps": [{"id": "1", "sort": "offer"}],
                                        "links": [{"a": "1", "b": "1", "verb": "needs"}],
                                        "people": [{"login": "ann"}, {"login": "bob"}],
                                        "history": [{"id": "1"}],
                                        "colours": [{"red": "1"}]})"),
      AllOf(HasSubstr("links    1 record: relations\n"),
            HasSubstr("people   2 records: persons and groups\n"),
            HasSubstr("history  1 record: left out: history is of no use here\n"),
            HasSubstr("colours  1 record: left out: the profile has no mapping for them\n")));
}

TEST_F(ProfilesCheck, ShowsFieldsThatTheProfileDoesNotUse) {
  const std::string text = checked("apps.csv",
                                   "id,sort,login,colour\n"
                                   "1,offer,ann,\n2,offer,,\"a very long colour that goes\x1b[31m "
                                   "on and on and on\"\n");
  EXPECT_THAT(text, HasSubstr("  Not used:\n"
                              "    login   1 of 2 filled, such as \"ann\"\n"
                              "    colour  1 of 2 filled, such as \"a very long colour that goes "
                              "[31m on ...\"\n"));
}

TEST_F(ProfilesCheck, ShowsFieldsThatNoRecordHas) {
  EXPECT_THAT(checked("apps.csv", "id,sort,owner\n1,offer,ann\n"),
              HasSubstr("  Not in any record of offer: name, phase, team, uses\n"));
}

TEST_F(ProfilesCheck, LooksIntoObjectsAndLists) {
  EXPECT_THAT(checked("apps.json", R"([{"id": "1", "sort": "offer", "uses": ["2", "2"],
                                        "more": {"tags": [{"k": "x"}, {"k": "y"}]}}])"),
              AllOf(HasSubstr("    more.tags.k  1 of 1 filled, such as \"x\"\n"),
                    Not(HasSubstr("    uses"))));
}

TEST_F(ProfilesCheck, TellsWhatRulesLack) {
  EXPECT_THAT(checked("apps.csv", "id,sort\n1,offer\n"),
              AllOf(HasSubstr("\nWhat rules lack\n"),
                    HasSubstr("  the export of class 'offer' lacks owner (1 item): ")));
}

TEST_F(ProfilesCheck, CountsWhatHasNoMeaning) {
  scratch_.write("links.csv", "a,b,verb\n1,2,haunts\n2,1,haunts\n");
  scratch_.write("ledger.json", profile);
  scratch_.write("apps.csv", "id,sort,phase\n1,offer,asleep\n2,offer,asleep\n3,oracle,on\n");
  const std::string text = check({"apps.csv", "links.csv", "--profile", "ledger.json"}).out;
  EXPECT_THAT(text, HasSubstr("apps.csv:2: profile 'ledger' has no meaning for the value 'asleep' "
                              "of 'phase' (2 times)\n"));
  EXPECT_THAT(text, HasSubstr("  oracle: 1 item of this class has no tier"));
  EXPECT_THAT(text, HasSubstr("  haunts: 2 relations are left out"));
}

TEST_F(ProfilesCheck, CountsReferencesThatLeadNowhere) {
  scratch_.write("ledger.json", profile);
  scratch_.write("apps.csv", "id,sort,owner,uses\n1,offer,ann,7;8\n2,offer,zoe,7\n3,offer,zoe,1\n");
  scratch_.write("people.csv", "login\nann\n");
  EXPECT_THAT(
      check({".", "--profile", "ledger.json"}).out,
      AllOf(HasSubstr("  accountable owner is in none of the tables of persons and groups: 2, such "
                      "as 'zoe' (./apps.csv:3)\n"),
            HasSubstr("  relation 'uses' has an end that is no item of the export: 3, such as '7' "
                      "(./apps.csv:2), '8' (./apps.csv:2)\n")));
}

TEST_F(ProfilesCheck, ShowsTheItemWithMostInIt) {
  scratch_.write("people.csv", "login\nann\n");
  EXPECT_THAT(checked("apps.csv",
                      "id,name,sort,phase,owner,team,uses\n1,Shop,offer,off,,,\n"
                      "2,Mail,offer,on,ann,tbd,3\n3,CRM,program,,,,\n"),
              AllOf(HasSubstr("  service Mail  apps.csv:3\n"
                              "    id           2\n"
                              "    class        offer\n"
                              "    state        live\n"
                              "    facing       unknown\n"
                              "    criticality  -\n"
                              "    environment  -\n"
                              "    owned by     ann (in no table)\n"
                              "    run by       tbd (in no table)\n"
                              "    ask          -\n"
                              "    needs        CRM\n"
                              "    contains     -\n"),
                    HasSubstr("  system CRM  apps.csv:4\n")));
}

TEST_F(ProfilesCheck, ProposesAProfileWhereNoneFits) {
  scratch_.write("things.csv", "id,name,status\nt1,Shop,live\nt2,Mail,retired\n");
  const ToolRun run = check({"things.csv"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, AllOf(HasSubstr("  csv, not read: no built-in profile understands it\n"),
                             HasSubstr("    name    2 of 2 filled, such as \"Shop\"\n"),
                             HasSubstr("\n{\n  \"profile\": \"mine\",\n"),
                             HasSubstr("\nWhat to look at in it\n  things: nothing tells")));
}

TEST_F(ProfilesCheck, PrintsNothingButTheProposalWhenAskedTo) {
  scratch_.write("things.csv", "id,name,status\nt1,Shop,live\nt2,Mail,retired\n");
  const ToolRun run = check({"things.csv", "--suggest"});
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_TRUE(Profile::parse(run.out, "mine.json")) << run.out;
  EXPECT_THAT(schema_errors(profile_schema(), run.out), IsEmpty());
  EXPECT_THAT(run.err, StartsWith("to look at: things: nothing tells"));
}

TEST_F(ProfilesCheck, SaysWhenFilesCannotBeRead) {
  EXPECT_EQ(check({"nowhere.csv"}).exit_code, 2);
  scratch_.write("broken.json", R"({"apps": [{"id": "1")");
  const ToolRun broken = check({"broken.json", "--suggest"});
  EXPECT_EQ(broken.exit_code, 2);
  EXPECT_THAT(broken.err, StartsWith("tierline: broken.json:"));
  EXPECT_THAT(check({"-"}).err, HasSubstr("an export is read twice to be checked"));
  scratch_.write("empty.csv", "id,name\n");
  EXPECT_THAT(check({"empty.csv", "--suggest"}).err, HasSubstr("there are no records here"));
}

TEST_F(ProfilesCheck, LooksIntoArchives) {
  scratch_.write("ledger.json", profile);
  scratch_.write("all.zip", archive_of({{"apps.csv", "id,sort,extra\n1,offer,x\n"},
                                        {"things.csv", "key,label\nk1,Shop\nk2,Mail\n"}},
                                       ".zip"));
  EXPECT_THAT(check({"all.zip", "--profile", "ledger.json"}).out,
              AllOf(HasSubstr("Read 1 file: 1 item, "), HasSubstr("all.zip/apps.csv\n"),
                    HasSubstr("    extra  1 of 1 filled, such as \"x\"\n"),
                    HasSubstr("all.zip/things.csv\n  csv, not read: no profile understands it; "
                              "tried: ledger\n"),
                    HasSubstr("\"tables\": \"things\"")));
}

TEST_F(ProfilesCheck, DoesNotTakeEmptyObjectsForFields) {
  scratch_.write("nested.json", R"({
    "profile": "nested", "title": "t", "recordsAt": ["$.apps.*", "$.app[*]"],
    "records": [
      {"as": "item", "tables": "apps", "id": "$key", "tier": {"is": "system"},
       "relations": {"kind": "needs", "each": "uses.*", "to": "$key"}},
      {"as": "item", "tables": "app", "id": "@id", "tier": {"is": "system"}, "accountable": "owner.key"}]})");
  scratch_.write("apps.yaml", "apps:\n  a: {uses: {b: }}\n  b: {uses: {a: {why: x}}}\n");
  EXPECT_THAT(check({"apps.yaml", "--profile", "nested.json"}).out,
              AllOf(HasSubstr("2 items, 2 relations"),
                    HasSubstr("  Not used:\n    uses.*.why  1 of 2 filled, such as \"x\"\n\n")));
  scratch_.write("apps.xml",
                 "<x><app id='1'><owner key='ann'/></app><app id='2'><owner/></app></x>");
  EXPECT_THAT(check({"apps.xml", "--profile", "nested.json"}).out,
              AllOf(HasSubstr("2 items"), Not(HasSubstr("Not used"))));
}

TEST_F(ProfilesCheck, TellsFilesThatSeveralProfilesUnderstand) {
  scratch_.write("ledger.json", profile);
  std::string other(profile);
  other.replace(other.find("ledger"), 6, "diary");
  scratch_.write("diary.json", other);
  scratch_.write("apps.csv", "id,sort\n1,offer\n");
  EXPECT_THAT(check({"apps.csv", "--profile", "ledger.json", "--profile", "diary.json"}).out,
              HasSubstr("more than one profile understands it: ledger, diary; choose one with "
                        "--profile\n"));
}

TEST_F(ProfilesCheck, PassesOverTierlinesOwnReports) {
  scratch_.write("ledger.json", profile);
  scratch_.write("export/apps.csv", "id,sort\n1,offer\n");
  run_tool({"audit", "export", "--profile", "ledger.json", "-o", "export/findings.json", "-q"}, {},
           scratch_.path());
  EXPECT_THAT(check({"export", "--profile", "ledger.json"}).out,
              HasSubstr("findings.json\n  not read: a report of tierline itself: skipped\n"));
  EXPECT_THAT(check({"export", "--suggest"}).out, Not(HasSubstr("findings")));
}

TEST(Tutorial, StartsFromWhatIsSuggested) {
  const ToolRun run =
      run_tool({"profiles", "check", "fixtures/tutorial/export", "--suggest"}, {}, root);
  expect_file(tutorial + "/draft.json", run.out);
  const std::string page = read_file(tutorial + "/README.md");
  for (const std::string_view line : split(std::string_view(run.err), "\n")) {
    EXPECT_THAT(page, HasSubstr(std::string(line)));
  }
}

/// What a page says of a profile, step by step.
std::vector<std::string> steps_of(const std::string& page) {
  constexpr std::string_view opening = "```json\n";
  std::vector<std::string> steps;
  for (std::size_t at = 0; (at = page.find(opening, at)) != std::string::npos;) {
    at += opening.size();
    steps.push_back(page.substr(at, page.find("```", at) - at));
  }
  return steps;
}

TEST(Tutorial, EndsWithTheProfileThatItsStepsMake) {
  const std::string made = read_file(tutorial + "/profile.json");
  EXPECT_THAT(schema_errors(profile_schema(), made), IsEmpty());
  const auto steps = steps_of(read_file(tutorial + "/README.md"));
  EXPECT_EQ(steps.size(), 4U);
  for (const std::string& step : steps) {
    EXPECT_THAT(made, HasSubstr(step));
  }
}

TEST(Tutorial, FindsNestedRecordsFromWhatIsSuggested) {
  const std::string nested = "fixtures/tutorial/nested";
  for (const auto& [file, draft] : {std::pair("stage.yaml", "stage.draft.json"),
                                    std::pair("partner.xml", "partner.draft.json")}) {
    const ToolRun run =
        run_tool({"profiles", "check", nested + "/export/" + file, "--suggest"}, {}, root);
    expect_file(root + '/' + nested + '/' + draft, run.out);
  }
  const std::string folder = root + '/' + nested;
  const std::string made = read_file(folder + "/stage.json");
  EXPECT_THAT(schema_errors(profile_schema(), made), IsEmpty());
  const auto steps = steps_of(read_file(folder + "/README.md"));
  EXPECT_EQ(steps.size(), 5U);
  for (const std::string& step : steps) {
    EXPECT_THAT(made + read_file(folder + "/partner.draft.json"), HasSubstr(step));
  }
}

}  // namespace
}  // namespace tierline
