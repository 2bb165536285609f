// What goes wrong with exports: each case has an exit status, one line that says where, what and
// what to do, and leaves nothing half written.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "packed.h"
#include "run_tool.h"
#include "scratch.h"
#include "tierline/profile.h"
#include "tierline/report.h"
#include "tierline/text.h"

namespace tierline {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr std::string_view service =
    R"({"sys_id":"a1","name":"Shop","sys_class_name":"cmdb_ci_service_business","owned_by":"ann"})";

/// Audits the folder `in` of a scratch, with a report into it; the run and whether a report is
/// there.
struct Audited {
  ToolRun run;
  bool has_report = false;
};

Audited audit(const Scratch& scratch, const std::vector<std::string>& inputs) {
  std::vector<std::string> arguments = {"audit"};
  arguments.insert(arguments.end(), inputs.begin(), inputs.end());
  arguments.insert(arguments.end(), {"-o", "report.json"});
  Audited audited;
  audited.run = run_tool(arguments, {}, scratch.path());
  audited.has_report = std::filesystem::exists(scratch / "report.json");
  return audited;
}

/// That a run could not go on, said so in one line, and left nothing behind.
void expect_refusal(const Audited& audited, const std::string& line) {
  EXPECT_EQ(audited.run.exit_code, 2);
  EXPECT_THAT(audited.run.err, ContainsRegex("^tierline: " + line));
  EXPECT_EQ(std::ranges::count(audited.run.err, '\n'), 1) << audited.run.err;
  EXPECT_THAT(audited.run.out, IsEmpty());
  EXPECT_FALSE(audited.has_report);
}

void expect_refusal(const std::string& name, std::string_view text, const std::string& line) {
  const Scratch scratch;
  scratch.write(name, text);
  expect_refusal(audit(scratch, {name}), line);
}

TEST(BadInput, MissingFile) {
  const Scratch scratch;
  expect_refusal(audit(scratch, {"nothing.json"}), "nothing.json: no such file or folder");
}

TEST(BadInput, FolderWithoutFiles) {
  const Scratch scratch;
  std::filesystem::create_directory(scratch / "exports");
  expect_refusal(audit(scratch, {"exports"}),
                 "exports: no files in this folder: name one that holds exports");
}

TEST(BadInput, FolderWithoutExports) {
  const Scratch scratch;
  scratch.write("exports/notes.txt", "call Ann\n");
  expect_refusal(audit(scratch, {"exports"}), "exports: nothing here is an export");
}

TEST(BadInput, FolderAsOutput) {
  const Scratch scratch;
  scratch.write("cmdb.json", fmt::format("[{}]", service));
  const ToolRun run = run_tool({"audit", "cmdb.json", "-o", "json:."}, {}, scratch.path());
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.err, "tierline: .: this is a folder: name a file to write to\n");
}

TEST(BadInput, NotJson) {
  expect_refusal("cmdb_ci.json", "[{\"sys_id\": \"a1\",\n \"name\": Shop}]",
                 "cmdb_ci.json:2: not JSON: invalid value");
}

TEST(BadInput, TruncatedJson) {
  expect_refusal("cmdb_ci.json", fmt::format("{{\"result\":[{},\n{{\"sys_id\":", service),
                 "cmdb_ci.json:2: the file ends in the middle of its JSON: the export was cut off, "
                 "make it again");
}

TEST(BadInput, AnswerThatEndsInAnErrorOfItsServer) {
  expect_refusal("cmdb_ci.json",
                 fmt::format("{{\"result\":[{}],\"error\":{{\"message\":\"Transaction "
                             "cancelled\",\"detail\":\"took too "
                             "long\"}},\"status\":\"failure\"}}",
                             service),
                 "cmdb_ci.json: the export ends in an error of its server: Transaction cancelled: "
                 "took too long");
}

TEST(BadInput, BrokenAnswerThatSaysWhy) {
  expect_refusal(
      "cmdb_ci.json",
      fmt::format("{{\"result\":[{},}}\"\"],\"error\":{{\"message\":\"out of time\"}}}}", service),
      "cmdb_ci.json:1: not JSON: .*the file itself says: out of time");
}

TEST(BadInput, MergeConflict) {
  expect_refusal("cmdb_ci.json", fmt::format("[\n{},\n<<<<<<< HEAD\n{{}}\n=======\n]", service),
                 "cmdb_ci.json:3: a merge conflict marker stands here: resolve the conflict");
}

TEST(BadInput, BinaryFile) {
  expect_refusal("cmdb_ci.json", std::string("\x89PNG\0\0", 6),
                 "cmdb_ci.json: not text: export as CSV, JSON, XML or YAML");
}

TEST(BadInput, EmptyFile) {
  expect_refusal("cmdb_rel_ci.csv", "",
                 "cmdb_rel_ci.csv: the file is empty: the export failed, make it again");
}

TEST(BadInput, EmptyFileOfATableInAFolder) {
  const Scratch scratch;
  scratch.write("exports/cmdb_ci.json", fmt::format("[{}]", service));
  scratch.write("exports/cmdb_rel_ci.csv", "");
  expect_refusal(audit(scratch, {"exports"}), "exports/cmdb_rel_ci.csv: the file is empty");
}

TEST(BadInput, CsvWithoutHeader) {
  std::vector<std::string> tried;
  for (const Profile& profile : built_in_profiles()) {
    tried.emplace_back(profile.id());
  }
  expect_refusal(
      "data.csv", "0a1b,Shop,operational\n0a1c,Bank,operational\n",
      fmt::format("data.csv: no profile understands this file: {} were tried, and the fields 0a1b, "
                  "Shop, operational found; name the file after its table, with the fields' names "
                  "in its first line, or describe it with --profile",
                  join(tried, ", ")));
}

TEST(BadInput, NamesAllFieldsOfAJsonRecordThatNobodyUnderstands) {
  expect_refusal("data.json", R"([{"width":1e999,"colour":{"name":"red"},"parts":[{"x":1}]}])",
                 "data.json: no profile understands this file: .* and the fields width, colour, "
                 "parts found; name the file after its table, or");
}

TEST(BadInput, FileThatTwoProfilesUnderstand) {
  const Scratch scratch;
  const std::string profile =
      R"({"profile":"%","title":"One","records":[{"as":"item","fields":["id"],"id":"id"}]})";
  const auto named = [&](const std::string& id) {
    std::string text = profile;
    return scratch.write(id + ".profile", text.replace(text.find('%'), 1, id));
  };
  scratch.write("x.csv", "id\n1\n");
  expect_refusal(audit(scratch, {"x.csv", "--profile", named("one"), "--profile", named("two")}),
                 "x.csv: more than one profile understands this file: one, two; the fields id "
                 "found; choose one");
}

TEST(BadInput, ItemsWithoutRelations) {
  const Scratch scratch;
  scratch.write("cmdb.json", fmt::format("[{}]", service));
  const ToolRun run = run_tool({"audit", "cmdb.json"}, {}, scratch.path());
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(
      run.out,
      HasSubstr(
          "servicenow: no relation connects two of its items, but for membership in portfolios"));
}

TEST(BadInput, RelationsWithoutItems) {
  const Scratch scratch;
  scratch.write("cmdb_rel_ci.csv", "parent,child,type\na,b,Depends on::Used by\n");
  const ToolRun run = run_tool({"audit", "cmdb_rel_ci.csv"}, {}, scratch.path());
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.out, HasSubstr("servicenow: none of its relations has an end among its items"));
}

TEST(BadInput, IdsThatStandTwice) {
  const Scratch scratch;
  scratch.write("cmdb.csv",
                "sys_id,name,sys_class_name,owned_by\n"
                "a1,Shop,cmdb_ci_service_business,ann\n"
                "a1,Store,cmdb_ci_service_business,ann\n");
  const ToolRun run = run_tool({"audit", "cmdb.csv"}, {}, scratch.path());
  EXPECT_THAT(run.out, HasSubstr("1 item,"));
  EXPECT_THAT(run.out, HasSubstr("cmdb.csv:2: records of one id say different things in 'name'"));
}

TEST(BadInput, MembersThatStandTwice) {
  const Scratch scratch;
  scratch.write(
      "cmdb.json",
      "[{\"sys_id\":\"a1\",\"name\":\"Gone\",\"sys_class_name\":\"cmdb_ci_service_business\",\n"
      "\"name\":\"Shop\",\"owned_by\":\"\",\"x\":1,\"x\":2}]");
  scratch.write("more.yaml",
                "- sys_id: a2\n  owned_by:\n  name: Gone\n  name: Bank\n  sys_class_name: "
                "cmdb_ci_service_business\n");
  const ToolRun run = run_tool({"audit", "cmdb.json", "more.yaml"}, {}, scratch.path());
  for (const char* place : {"cmdb.json:2", "more.yaml:4"}) {
    EXPECT_THAT(run.out,
                HasSubstr(fmt::format(
                    "{}: a member stands twice in one object: the last one counts", place)));
  }
  audit(scratch, {"cmdb.json", "more.yaml"});
  const std::string report = scratch.read("report.json");
  EXPECT_THAT(report, HasSubstr(R"("kind":"duplicate-member")"));
  EXPECT_THAT(report, AllOf(HasSubstr("\"Shop\""), HasSubstr("\"Bank\""), Not(HasSubstr("Gone"))));
}

TEST(BadInput, AChainOfAHundredThousandItems) {
  const Scratch scratch;
  std::string items = "id,name,tier,facing,owner\n0,Shop,service,external,ann\n";
  std::string relations = "from,to\n";
  for (int i = 1; i <= 100'000; ++i) {
    items += fmt::format("{0},s{0},system,,ann\n", i);
    relations += fmt::format("{},{}\n", i - 1, i);
  }
  scratch.write("items.csv", items);
  scratch.write("relations.csv", relations);
  const ToolRun run = run_tool(
      {"audit", ".", "--only", "orphan-system", "--only", "dependency-cycle"}, {}, scratch.path());
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("100,001 items"));
}

TEST(BadInput, AHundredThousandListsOfDifferentNames) {
  const Scratch scratch;
  std::string json = R"({"items":[{"id":"0","name":"Shop","tier":"service","owner":"ann"}])";
  std::string yaml = "items:\n- {id: 1, name: Till, tier: service, owner: ann}\n";
  std::string xml = "<e><item><id>2</id><name>Bank</name><tier>service</tier></item>";
  for (int i = 0; i < 100'000; ++i) {
    json += fmt::format(",\"l{}\":[{{\"a\":1}}]", i);
    yaml += fmt::format("l{}:\n- a: 1\n", i);
    xml += fmt::format("<l{0}><i><a>1</a></i></l{0}>", i);
  }
  scratch.write("one.json", json + "}");
  scratch.write("two.yaml", yaml);
  scratch.write("three.xml", xml + "</e>");
  for (const char* name : {"one.json", "two.yaml", "three.xml"}) {
    EXPECT_THAT(run_tool({"audit", name}, {}, scratch.path()).out,
                HasSubstr("Examined 1 file: 1 item,"))
        << name;
  }
}

TEST(BadInput, ACircleOfAHundredThousandServices) {
  const Scratch scratch;
  std::string items = "id,name,tier,facing,owner\n";
  std::string relations = "from,to\n";
  for (int i = 0; i < 100'000; ++i) {
    items += fmt::format("{0},s{0},service,supporting,ann\n", i);
    relations += fmt::format("{},{}\n", i, (i + 1) % 100'000);
  }
  scratch.write("items.csv", items);
  scratch.write("relations.csv", relations);
  const ToolRun run =
      run_tool({"audit", ".", "-o", "report.json", "-o", "report.svg"}, {}, scratch.path());
  EXPECT_EQ(run.exit_code, 1) << run.err;
}

TEST(BadInput, OneServiceOnly) {
  const Scratch scratch;
  scratch.write("items.csv", "id,name,tier,facing,owner\n1,Shop,service,external,\n");
  const ToolRun run = run_tool({"audit", "items.csv"}, {}, scratch.path());
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.out, HasSubstr("Shop: has no accountable owner"));
}

TEST(BadInput, EverythingRetired) {
  const Scratch scratch;
  scratch.write("items.csv",
                "id,name,tier,facing,state,owner\n1,Shop,service,external,retired,\n2,Till,system,,"
                "retired,\n");
  scratch.write("relations.csv", "from,to\n1,2\n");
  const ToolRun run = run_tool({"audit", "."}, {}, scratch.path());
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_THAT(run.out, HasSubstr("Findings: none."));
}

TEST(BadInput, FullDisk) {
  if (!std::filesystem::exists("/dev/full")) {
    GTEST_SKIP() << "no /dev/full here";
  }
  const Scratch scratch;
  scratch.write("cmdb.json", fmt::format("[{}]", service));
  const ToolRun run = run_tool({"audit", "cmdb.json", "-o", "json:/dev/full"}, {}, scratch.path());
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.err,
            "tierline: /dev/full: cannot write: No space left on device; no file was changed\n");
}

TEST(BadInput, ReportOfLastNightSurvivesARunThatFails) {
  const Scratch scratch;
  scratch.write("report.json", "yesterday");
  scratch.write("cmdb.json", "[{");
  EXPECT_EQ(audit(scratch, {"cmdb.json"}).run.exit_code, 2);
  EXPECT_EQ(scratch.read("report.json"), "yesterday");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(scratch.path()), {}), 2);
}

TEST(BadInput, PicturesOfTierlineItselfAreNoExports) {
  const Scratch scratch;
  scratch.write("exports/items.csv", "id,name,tier,facing,owner\n1,Shop,service,external,ann\n");
  const std::vector<std::string> look = {"draw", "exports/items.csv", "-q", "--focus", "Shop"};
  for (const char* name : {"exports/shop.svg", "exports/shop.mmd"}) {
    std::vector<std::string> command = look;
    command.insert(command.end(), {"-o", name});
    run_tool(command, {}, scratch.path());
    const ToolRun run = run_tool({"audit", "exports"}, {}, scratch.path());
    EXPECT_THAT(run.err, HasSubstr(fmt::format(
                             "tierline: {}: a report of tierline itself: skipped\n", name)));
  }
}

TEST(BadInput, ReportsOfTierlineItselfAreNoExports) {
  const Scratch scratch;
  scratch.write("exports/items.csv", "id,name,tier,facing,owner\n1,Shop,service,external,ann\n");
  std::vector<std::string> names = {"findings.json", "findings.csv", "picture.dot", "picture.svg",
                                    "text.txt"};
  std::vector<std::string> command = {"audit", "exports/items.csv", "-q", "--stats-json",
                                      "exports/stats.json"};
  for (const std::string& name : names) {
    command.insert(command.end(), {"-o", "exports/" + name});
  }
  run_tool(command, {}, scratch.path());
  for (const auto& [table, name] :
       {std::pair("owners", "owners.csv"), std::pair("definedRatio", "tables.txt")}) {
    names.emplace_back(name);
    run_tool(
        {"tables", "exports/items.csv", "-q", "--table", table, "-o", "exports/" + names.back()},
        {}, scratch.path());
  }
  for (const std::string& name : names) {
    scratch.write("exports/" + name + ".gz", compressed(scratch.read("exports/" + name), ".gz"));
  }
  const ToolRun run = run_tool({"audit", "exports"}, {}, scratch.path());
  EXPECT_THAT(run.out, HasSubstr("Examined 1 file: 1 item,"));
  const ToolRun json = run_tool({"audit", "exports", "-o", "json:-"}, {}, scratch.path());
  EXPECT_THAT(json.out, HasSubstr(R"({"kind":"own-output","count":15})"));
  EXPECT_THAT(json.out, HasSubstr(R"("ownOutputs":["exports/findings.csv","exports/findings.csv)"));
  for (const std::string& name : names) {
    EXPECT_THAT(run.err, HasSubstr("tierline: exports/" + name +
                                   ": a report of tierline itself: skipped\n"));
    EXPECT_THAT(run.err, HasSubstr(name + ".gz: a report of tierline itself: skipped\n"));
    EXPECT_THAT(json.out, HasSubstr("\"exports/" + name + ".gz\""));
  }
}

TEST(BadInput, ReportsInNoFormatHinderTheNextRun) {
  for (const ReportFormat* format : Register<ReportFormat>::all()) {
    SCOPED_TRACE(format->id);
    const Scratch scratch;
    scratch.write("exports/items.csv", "id,name,tier,facing,owner\n1,Shop,service,external,ann\n");
    scratch.write("exports/relations.csv", "from,to\n1,1\n");  // What fixes are for.
    const std::string ending(format->ending.empty() ? ".json" : format->ending);
    run_tool({"audit", "exports", "-q", "-o",
              fmt::format("{}:exports/report{}", format->id, format->is_folder ? "" : ending)},
             {}, scratch.path());
    const ToolRun run = run_tool({"audit", "exports"}, {}, scratch.path());
    EXPECT_THAT(run.out, HasSubstr(": 1 item,")) << run.err;
  }
}

TEST(BadInput, ReportsOfTierlineItselfAreToldByHowTheyBeginOnly) {
  const Scratch scratch;
  for (const char* words :
       {"generated by tierline", "<!-- generated by tierline -->", "// generated by tierline",
        "tierline audit as of 2026-11-21", R"({""tool"": {""name"": ""tierline""})",
        "rule,severity,subject_kind,subject_id,subject_name,", "tierline_table,",
        "tierline tables as of 2026-11-21"}) {
    SCOPED_TRACE(words);
    scratch.write("items.csv",
                  fmt::format("id,name,tier,facing,owner\n1,\"{}\",service,external,ann\n", words));
    scratch.write("records.json", R"([{"id":"2","tool":{"name":"tierline"},"name":"Till",)"
                                  R"("tier":"service","facing":"internal","owner":"ann"}])");
    const ToolRun run = run_tool({"audit", "items.csv", "records.json"}, {}, scratch.path());
    EXPECT_THAT(run.out, HasSubstr("Examined 2 files: 2 items,")) << run.err;
  }
}

// --- what stands where an export should

TEST(BadInput, AnErrorOfTheServerInsteadOfRecords) {
  for (const char* body :
       {R"({"error": {"message": "User Not Authenticated", "detail": "x"}, "status": "failure"})",
        R"({"result": {"error": "User Not Authenticated"}})",
        R"({"result": [{"sys_id": "r", "parent": "a", "child": "b"},
                       {"error": {"message": "User Not Authenticated"}}]})"}) {
    expect_refusal("cmdb_rel_ci.json", body,
                   "cmdb_rel_ci.json: the export ends in an error of its server: User Not "
                   "Authenticated");
  }
}

TEST(BadInput, AWebPageInsteadOfAnExport) {
  expect_refusal("cmdb_ci_service.json", "<!DOCTYPE html><html><body>Login</body></html>",
                 "cmdb_ci_service.json:1: an HTML page, not an export");
}

TEST(BadInput, WordsInsteadOfJson) {
  expect_refusal("sys_user_001.json", "Service Unavailable",
                 "sys_user_001.json:1: not JSON: expected a JSON object or array");
}

TEST(BadInput, RecordsOfAnotherKindUnderATablesName) {
  expect_refusal("cmdb_ci_service.json", R"({"message": "no", "code": 7})",
                 "cmdb_ci_service.json: no profile understands this file");
}

TEST(BadInput, CsvOfATableWithoutItsHeader) {
  expect_refusal("cmdb_rel_ci.csv", "9,A,B,Depends on::Used by\n8,A,C,Depends on::Used by\n",
                 "cmdb_rel_ci.csv: no profile understands this file");
}

TEST(BadInput, LinesThatEndInCarriageReturns) {
  expect_refusal("cmdb_rel_ci.csv", "sys_id,parent,child,type\r9,A,B,Depends on::Used by\r",
                 "cmdb_rel_ci.csv:1: its lines end in CR alone");
}

TEST(BadInput, TablesWithoutAnyRecord) {
  const Scratch scratch;
  scratch.write("cmdb_ci_service.json", R"({"result": []})");
  scratch.write("cmdb_rel_ci.csv", "sys_id,parent,child,type\n");
  const Audited audited = audit(scratch, {"."});
  EXPECT_EQ(audited.run.exit_code, 3);
  EXPECT_THAT(scratch.read("report.json"), HasSubstr("no file holds an item or a relation"));
}

TEST(BadInput, AReportThatWouldReplaceItsExport) {
  const Scratch scratch;
  const std::string text = fmt::format(R"({{"result": [{}]}})", service);
  scratch.write("cmdb_ci_service.json", text);
  const ToolRun run = run_tool({"audit", ".", "-o", "cmdb_ci_service.json"}, {}, scratch.path());
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("-o cmdb_ci_service.json: is one of the exports that are read"));
  EXPECT_EQ(scratch.read("cmdb_ci_service.json"), text);
}

TEST(BadInput, AnObjectBesideTheRecordsIsNoRecord) {
  const Scratch scratch;
  scratch.write("cmdb_ci_service.json",
                fmt::format(R"({{"result": [{}], "meta": {{"total": 1}}}})", service));
  EXPECT_THAT(run_tool({"audit", "cmdb_ci_service.json"}, {}, scratch.path()).out,
              HasSubstr("Examined 1 file: 1 item, 0 relations"));
}

TEST(BadInput, ARemarkThatRowsAreWithheldAmongEmptyCells) {
  const Scratch scratch;
  scratch.write("cmdb_ci_service.csv",
                "sys_id,name,sys_class_name,note\na,Shop,cmdb_ci_service_business,x\n"
                "Number of rows removed from this list by Security constraints: 5,,,\n");
  const ToolRun run = run_tool({"audit", "cmdb_ci_service.csv"}, {}, scratch.path());
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.out, HasSubstr("Examined 1 file: 1 item,"));
}

TEST(BadInput, ALockFileOfASpreadsheetIsPassedOver) {
  const Scratch scratch;
  scratch.write("cmdb_ci_service.json", fmt::format(R"({{"result": [{}]}})", service));
  scratch.write("~$cmdb_ci.csv", std::string_view("\0\0", 2));
  EXPECT_THAT(run_tool({"audit", "."}, {}, scratch.path()).out, HasSubstr("Examined 1 file"));
}

}  // namespace
}  // namespace tierline
