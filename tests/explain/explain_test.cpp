#include "tierline/explain.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "json_schema.h"
#include "rules/from_files.h"
#include "run_tool.h"
#include "scratch.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

ItemExplanation explained(const Given& estate, std::string_view name) {
  return explain_item(estate.audit().report(), estate.item(name));
}

std::vector<std::string> candidates(const Given& estate, std::string_view name) {
  std::vector<std::string> all;
  for (const OwnerCandidate& one : explained(estate, name).candidates) {
    all.push_back(one.name + ", who " + one.reason);
  }
  return all;
}

std::vector<std::string> paths(const Given& estate, std::string_view name) {
  std::vector<std::string> all;
  for (const ServedService& service : explained(estate, name).served) {
    std::string path;
    for (const ItemId step : service.path) {
      path += (path.empty() ? "" : " > ") + estate.inventory().label(step);
    }
    all.push_back(path);
  }
  return all;
}

TEST(Explain, NamesCandidatesInOrderWithTheirReasons) {
  const Given estate = given(
      "portfolio Retail @pia; supporting Disk in:Retail +ops ?eve; external Shop @sam;"
      "internal Payroll @ivy; system Rack @rob; Shop -> Disk; Payroll -> Disk; Disk -> Rack");
  EXPECT_THAT(candidates(estate, "Disk"),
              ElementsAre("pia, who owns the portfolio Retail, which holds it",
                          "sam, who owns the service Shop, which relies on it",
                          "ivy, who owns the service Payroll, which relies on it",
                          "eve, who is named on it, as manager or contact", "ops, who runs it",
                          "rob, who owns what it stands on"));
}

TEST(Explain, NamesNoCandidateWhoHasLeftOrIsNamedAlready) {
  const Given estate = given(
      "person pia left; portfolio Retail @pia; supporting Disk in:Retail; external Shop @sam;"
      "external Bank @sam; Shop -> Disk; Bank -> Disk");
  EXPECT_THAT(candidates(estate, "Disk"),
              ElementsAre("sam, who owns the service Bank, which relies on it"));
}

TEST(Explain, NamesNoCandidateWhereThereIsAnOwner) {
  EXPECT_THAT(candidates(given("external Shop @ann; supporting Disk @bob; Shop -> Disk"), "Disk"),
              IsEmpty());
}

TEST(Explain, ShowsShortestPathsExternalServicesFirst) {
  const Given estate = given(
      "external Shop; internal Payroll; system Cart; supporting Disk; Payroll -> Disk;"
      "Shop -> Cart -> Disk; system Long; Shop -> Long; Long -> Cart");
  EXPECT_THAT(paths(estate, "Disk"), ElementsAre("Shop > Cart > Disk", "Payroll > Disk"));
  EXPECT_EQ(explained(estate, "Disk").served_count, 2U);
}

TEST(Explain, FollowsLiveItemsOnly) {
  EXPECT_THAT(
      paths(given("external Shop; system Gone retired; supporting Disk; Shop -> Gone -> Disk"),
            "Disk"),
      IsEmpty());
}

TEST(Explain, ListsFindingsOfCirclesThatItIsPartOf) {
  const Given estate =
      given("system A @ann; system B @ann; external Shop @ann; Shop -> A -> B -> A");
  std::vector<std::string> rules;
  for (const FactView& fact : explained(estate, "B").findings) {
    rules.emplace_back(fact.rule().id);
  }
  EXPECT_THAT(rules, ElementsAre("dependency-cycle"));
}

TEST(Explain, SaysWhatCouldNotBeJudged) {
  const Given estate =
      from_files({{"items.csv", "id,tier,class\nShop,service,services\nCart,system,systems\n"}});
  const ItemExplanation one = explained(estate, "Shop");
  EXPECT_FALSE(one.can_have_owner);
  EXPECT_THAT(one.not_judged, Not(IsEmpty()));
}

class ExplainCommand : public testing::Test {
 protected:
  void SetUp() override {
    scratch_.write("export.json", R"({"items": [
      {"id": "s1", "name": "Web Shop", "tier": "service", "facing": "external", "owner": "ann",
       "needs": ["d1"]},
      {"id": "d1", "name": "Disk", "tier": "service", "facing": "supporting", "owner": "TBD"},
      {"id": "x1", "name": "Twin", "tier": "system", "owner": "ann"},
      {"id": "x2", "name": "Twin", "tier": "system", "owner": "ann"}],
      "parties": [{"id": "ann", "name": "Ann Lindqvist", "kind": "person"}]})");
  }
  [[nodiscard]] ToolRun explain(std::vector<std::string> more) const {
    std::vector<std::string> arguments = {"explain", "export.json", "--as-of", "2026-11-21"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_tool(arguments, {}, scratch_.path());
  }

  Scratch scratch_;
};

TEST_F(ExplainCommand, TellsOfAnItem) {
  const ToolRun run = explain({"--item", "disk"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out,
              HasSubstr("Nobody: \"TBD\" is a placeholder. It may fall to one of these; ask "
                        "in this\n  order:\n  1. Ann Lindqvist, who owns the service Web "
                        "Shop, which relies on it\n"));
  EXPECT_THAT(run.out, HasSubstr("    Web Shop > Disk (external)\n"));
  EXPECT_THAT(run.out, HasSubstr("has no accountable owner"));
}

TEST_F(ExplainCommand, TellsOfAPerson) {
  const ToolRun run = explain({"--person", "ann lindqvist"});
  EXPECT_THAT(run.out, HasSubstr("Ann Lindqvist: person\n"));
  EXPECT_THAT(run.out, HasSubstr("Answers for 3 items\n  Web Shop: external service\n"));
}

TEST_F(ExplainCommand, TellsOfAFindingByHowItsFingerprintBegins) {
  ASSERT_LE(run_tool({"audit", "export.json", "-o", "findings.json", "-q", "--only",
                      "owner-missing", "--as-of", "2026-11-21"},
                     {}, scratch_.path())
                .exit_code,
            1);
  const std::string report = scratch_.read("findings.json");
  const std::size_t at = report.find("\"fingerprint\":\"");
  ASSERT_NE(at, std::string::npos);
  const ToolRun run = explain({"--finding", report.substr(at + 15, 8)});
  EXPECT_THAT(run.out, HasSubstr("Disk: has no accountable owner"));
  EXPECT_THAT(run.out, HasSubstr("\nWhat to do\n  Name one person in the service's accountable"));
}

TEST_F(ExplainCommand, WritesWhatItsSchemaSays) {
  const ToolRun run = explain({"--item", "Disk", "--person", "ann", "-o", "json:out.json"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(schema_errors(explanation_schema(), scratch_.read("out.json")), IsEmpty());
}

TEST_F(ExplainCommand, ListsTheChoicesForAnAmbiguousName) {
  const ToolRun run = explain({"--item", "Twin"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("2 items are called 'Twin': name one by its id: x1, x2"));
}

TEST_F(ExplainCommand, SuggestsWhatIsMeant) {
  EXPECT_THAT(explain({"--item", "Web Shap"}).err, HasSubstr("did you mean 'Web Shop'?"));
  EXPECT_THAT(explain({"--person", "Ann Lindquist"}).err,
              HasSubstr("did you mean 'Ann Lindqvist'?"));
  EXPECT_THAT(explain({"--finding", "0123456789"}).err,
              HasSubstr("no finding has the fingerprint"));
}

TEST_F(ExplainCommand, AsksForSomethingToExplain) {
  const ToolRun run = explain({});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("--item, --person or --finding"));
}

TEST_F(ExplainCommand, KeepsPersonsToItselfWhileRedacting) {
  const ToolRun run = explain({"--item", "Disk", "--redact", "people"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, Not(HasSubstr("Lindqvist")));
  EXPECT_THAT(run.out, HasSubstr("who owns the service Web Shop"));
}

}  // namespace
}  // namespace tierline
