// `tierline tables`, as people type it.

#include <gmock/gmock.h>

#include <algorithm>

#include "run_tool.h"
#include "scratch.h"

namespace tierline {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class TablesCommand : public testing::Test {
 protected:
  void SetUp() override {
    scratch_.write("export.json", R"({"items": [
      {"id": "p1", "name": "Retail", "tier": "portfolio", "owner": "ann"},
      {"id": "s1", "name": "Web Shop", "tier": "service", "facing": "external", "owner": "ann",
       "portfolio": "p1", "criticality": "1", "environment": "production", "needs": "c1"},
      {"id": "s2", "name": "=Till", "tier": "service", "facing": "external", "owner": "bob",
       "portfolio": "p1", "environment": "test", "needs": "c1"},
      {"id": "s3", "name": "Payroll", "tier": "service", "facing": "internal", "owner": "",
       "needs": "c1"},
      {"id": "c1", "name": "CRM", "tier": "system", "owner": "cat"}],
      "parties": [{"id": "ann", "name": "Ann Lindqvist", "kind": "person"},
                  {"id": "bob", "name": "Bob", "kind": "person", "active": "false"},
                  {"id": "cat", "name": "Cat", "kind": "person"}]})");
  }
  [[nodiscard]] ToolRun tables(std::vector<std::string> more) const {
    std::vector<std::string> arguments = {"tables", "export.json", "--as-of", "2026-11-21"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_tool(arguments, {}, scratch_.path());
  }

  Scratch scratch_;
};

TEST_F(TablesCommand, ShowsAllTables) {
  const ToolRun run = tables({});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  for (const char* name : {"ownership", "depthProfile", "definedRatio", "owners", "facingLayers",
                           "supportingReuse", "platformCollaborators"}) {
    EXPECT_THAT(run.out, HasSubstr("(" + std::string(name)));
  }
}

TEST_F(TablesCommand, ShowsWhomToInvite) {
  EXPECT_THAT(tables({"--table", "platformCollaborators"}).out,
              HasSubstr("  CRM: 3 services rely on it; its owner: Cat\n"
                        "    Bob (has left), for =Till\n"
                        "    Ann Lindqvist, for Web Shop\n"
                        "    nobody, for Payroll\n"));
}

TEST_F(TablesCommand, WritesCsvThatASpreadsheetDoesNotRun) {
  const ToolRun run = tables({"--table", "platformCollaborators", "-o", "csv:-"});
  EXPECT_THAT(run.out,
              StartsWith("tierline_table,platform_id,platform_name,tier,source,platform_owners,"
                         "users,users_exact,service_id,service_name,service_owners\r\n"));
  EXPECT_THAT(run.out, HasSubstr("\"3\",\"true\",\"s2\",\"'=Till\",\"Bob\"\r\n"));
}

TEST_F(TablesCommand, WritesAsManyCellsAsTheHeaderHas) {
  for (const char* name : {"ownership", "depthProfile", "definedRatio", "owners", "facingLayers",
                           "supportingReuse", "platformCollaborators"}) {
    const std::string out = tables({"--table", name, "-o", "csv:-"}).out;
    const std::string header = out.substr(0, out.find('\n'));
    const std::string row = out.substr(out.find('\n') + 1);
    const auto cells = [](const std::string& line) {
      return std::count(line.begin(), line.end(), ',') + 1;
    };
    if (!row.empty()) {
      EXPECT_EQ(cells(row.substr(0, row.find('\n'))), cells(header)) << out;
      EXPECT_THAT(row, StartsWith("\"" + std::string(name) + "\","));
    }
  }
}

TEST_F(TablesCommand, WritesOneTableIntoAFileOfCsv) {
  const ToolRun run = tables({"-o", "csv:-"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("-o csv: holds one table: name it with --table"));
}

TEST_F(TablesCommand, SuggestsTheTableThatIsMeant) {
  EXPECT_THAT(tables({"--table", "owner"}).err,
              HasSubstr("--table owner: no table is called that (did you mean 'owners'?)"));
}

TEST_F(TablesCommand, CountsWhatIsInScopeAndFollowsRelationsEverywhere) {
  const ToolRun run = tables(
      {"--where", "environment=production", "--table", "facingLayers", "--table", "definedRatio"});
  EXPECT_THAT(run.out, HasSubstr("Only items with environment=production are counted.\n"));
  EXPECT_THAT(run.out, HasSubstr("  external             1 "));
}

TEST_F(TablesCommand, KeepsPersonsToItselfWhileRedacting) {
  for (const std::vector<std::string>& more :
       {std::vector<std::string>{},
        {"--table", "owners", "-o", "csv:-"},
        {"--table", "platformCollaborators", "-o", "csv:-"}}) {
    std::vector<std::string> arguments = {"--redact", "people"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const ToolRun run = tables(arguments);
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_THAT(run.out, Not(HasSubstr("Lindqvist")));
    EXPECT_THAT(run.out, Not(HasSubstr("ann\"")));
  }
}

TEST_F(TablesCommand, SaysWhenTheExportIsIncomplete) {
  scratch_.write("nodes.json", R"({"items": [{"id": "a", "tier": "service", "owner": "ann"},
                                             {"id": "b", "tier": "service", "owner": "ann"}]})");
  EXPECT_EQ(
      run_tool({"tables", "nodes.json", "--as-of", "2026-11-21"}, {}, scratch_.path()).exit_code,
      3);
}

TEST_F(TablesCommand, ShowsTheFirstRowsUnlessATableIsNamed) {
  std::string items;
  for (int i = 0; i < 12; ++i) {
    items += (i == 0 ? "" : ",") + std::string(R"({"id": "s)") + std::to_string(i) +
             R"(", "tier": "service", "facing": "supporting", "owner": "o)" + std::to_string(i) +
             R"(", "needs": "x"})";
  }
  scratch_.write("many.json", R"({"items": [{"id": "x", "tier": "system"},)" + items + "]}");
  const auto shown = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"tables", "many.json"});
    return run_tool(more, {}, scratch_.path()).out;
  };
  EXPECT_THAT(shown({}), HasSubstr("  and 2 more; --table owners shows them\n"));
  EXPECT_THAT(shown({"--table", "owners"}), Not(HasSubstr("more")));
}

}  // namespace
}  // namespace tierline
