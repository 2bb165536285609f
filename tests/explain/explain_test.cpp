#include "tierline/explain.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <set>

#include "json_schema.h"
#include "rules/from_files.h"
#include "run_tool.h"
#include "scratch.h"
#include "tierline/audit.h"

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
    all.push_back(label(estate.inventory().party(one.party)) + ": " + one.reason);
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

TEST(Explain, NamesTheFirstCandidateOfEachReasonBeforeTheNextOnes) {
  const Given estate = given(
      "portfolio Retail @pia; supporting Disk in:Retail +ops ?eve; external Shop @sam;"
      "internal Payroll @ivy; system Rack @rob; Shop -> Disk; Payroll -> Disk; Disk -> Rack");
  EXPECT_THAT(candidates(estate, "Disk"),
              ElementsAre("sam: owns the service Shop, which relies on it",
                          "rob: owns the system Rack, all that it stands on",
                          "eve: is named on it, as manager or contact",
                          "pia: owns the portfolio Retail, which holds it", "ops: runs it",
                          "ivy: owns the service Payroll, which relies on it"));
}

TEST(Explain, NamesNoCandidateWhoHasLeftOrIsNobodyOrIsNamedAlready) {
  const Given estate = given(
      "person pia left; person sam; portfolio Retail @pia; supporting Disk in:Retail;"
      "external Shop @sam; external Bank @sam; external Mail @stranger; Shop -> Disk;"
      "Bank -> Disk; Mail -> Disk");
  EXPECT_THAT(candidates(estate, "Disk"),
              ElementsAre("sam: owns the service Bank, which relies on it"));
}

TEST(Explain, NamesCandidatesFurtherUpWhereTheNearestHaveNoOwner) {
  const Given estate = given(
      "external Shop @sam; supporting Disk; system Rack; component Server; Shop -> Disk -> Rack;"
      "Rack -> Server");
  EXPECT_THAT(candidates(estate, "Server"),
              ElementsAre("sam: owns the service Shop, which relies on it"));
}

TEST(Explain, NamesWhoOwnsMostOfWhatTheSameGroupRuns) {
  const Given estate = given(
      "system A @ann +ops; system B @ann +ops; system C @bob +ops; system D +ops;"
      "component E @bob +ops; component F @bob +ops");
  EXPECT_THAT(candidates(estate, "D"),
              ElementsAre("ann: owns 2 of the 3 other items that ops runs", "ops: runs it"));
}

TEST(Explain, NamesWhoOwnsWhatLeadsToItInAValueStream) {
  const Given estate = from_files(
      {{"items.csv",
        "id,tier,class,facing,owner\nOrder to "
        "Cash,,value_stream,,vera\nSell,service,,external,sam\n"
        "Bill,service,,external,\nOld,service,,external,olga\n"},
       {"relations.csv",
        "id,from,to,type\nr1,Order to Cash,Bill,step\nr2,Sell,Bill,step\nr3,Bill,Old,step\n"}});
  EXPECT_THAT(candidates(estate, "Bill"),
              ElementsAre("vera: owns Order to Cash, which leads to it in a value stream",
                          "sam: owns the service Sell, which leads to it in a value stream"));
}

TEST(Explain, NamesForAPortfolioWhoOwnsMostInIt) {
  const Given estate = given(
      "portfolio Retail; external Shop @sam in:Retail; external Bank @sam in:Retail;"
      "external Mail @ivy in:Retail");
  EXPECT_THAT(candidates(estate, "Retail"),
              ElementsAre("sam: owns 2 of the 3 items that it holds"));
}

TEST(Explain, NamesCandidatesWhereTheOwnerHasLeft) {
  const Given estate =
      given("person pia left; person sam; portfolio Retail @sam; external Shop @pia in:Retail");
  EXPECT_THAT(candidates(estate, "Shop"),
              ElementsAre("sam: owns the portfolio Retail, which holds it"));
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

TEST(Explain, CountsAServiceAndItsOfferingsOnce) {
  const Given estate =
      from_files({{"cmdb_ci_service_business.csv",
                   "sys_id,name,service_classification\ns1,Shop,Business Service\n"},
                  {"service_offering.csv", "sys_id,name,parent\no1,Gold,s1\no2,Silver,s1\n"},
                  {"cmdb_ci_service_technical.csv", "sys_id,name\nt1,Disk\n"},
                  {"cmdb_rel_ci.csv",
                   "sys_id,parent,child,type\nr1,o1,t1,Depends on::Used by\n"
                   "r2,o2,t1,Depends on::Used by\n"}});
  EXPECT_EQ(explained(estate, "Disk").served_count, 1U);
  EXPECT_THAT(paths(estate, "Disk"), ElementsAre("Gold > Disk"));
  const ItemExplanation shop = explained(estate, "Shop");
  EXPECT_EQ(shop.served_count, 0U);
  EXPECT_EQ(shop.foundations[static_cast<std::size_t>(Tier::service)].count, 1U);
}

TEST(Explain, SaysWhatIsSharedWithOthersThatItDoesNotStandOn) {
  const Given estate = given(
      "external Shop; external Bank; system Cart; system Hub; system Own; Shop -> Cart -> Hub;"
      "Shop -> Hub; Cart -> Own; Bank -> Hub");
  const Foundation systems =
      explained(estate, "Shop").foundations[static_cast<std::size_t>(Tier::system)];
  EXPECT_EQ(systems.count, 3U);
  EXPECT_EQ(systems.shared, 1U);
  EXPECT_THAT(systems.nearest_shared, ElementsAre(estate.item("Hub")));
}

TEST(Explain, SaysWhatAPortfolioHolds) {
  const ItemExplanation one =
      explained(given("portfolio Retail; portfolio Online in:Retail; external Shop in:Online;"
                      "external Old retired in:Online"),
                "Retail");
  EXPECT_EQ(one.held.count, 1U);
}

TEST(Explain, TellsAnOwnerOfFindingsAboutHimselfAndOfWhatHeIsPartOf) {
  std::string statements = "person ann; system A @ann; system B @bob; A -> B -> A";
  for (int i = 0; i < 13; ++i) {
    statements += fmt::format("; external s{} @ann; s{} -> A", i, i);
  }
  const Given estate = given(statements);
  const auto ann = find_party(estate.inventory(), "ann");
  ASSERT_TRUE(ann);
  std::set<std::string> rules;
  for (const FactView& fact : explain_party(estate.audit().report(), *ann).findings) {
    rules.emplace(fact.rule().id);
  }
  EXPECT_TRUE(rules.contains("owner-overloaded"));
  EXPECT_TRUE(rules.contains("dependency-cycle"));
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
  EXPECT_THAT(run.out, HasSubstr("Nobody: the record says \"TBD\", which is no name (owner).\n"
                                 "  It may fall to one of these; ask in this order:\n"
                                 "  1. Ann Lindqvist: owns the service Web Shop, which relies "
                                 "on it\n"));
  EXPECT_THAT(run.out, HasSubstr("    Web Shop > Disk (external)\n"));
  EXPECT_THAT(run.out, HasSubstr("has no accountable owner"));
}

TEST_F(ExplainCommand, TellsOfAPerson) {
  const ToolRun run = explain({"--person", "ann lindqvist"});
  EXPECT_THAT(run.out, HasSubstr("Ann Lindqvist: person\n"));
  EXPECT_THAT(run.out, HasSubstr("Answers for 3 items\n  Web Shop: external service"));
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

TEST_F(ExplainCommand, SaysWhomToAskAboutARelation) {
  scratch_.write("export.json", R"({"items": [
      {"id": "a", "tier": "system", "owner": "ann"}, {"id": "b", "tier": "system", "owner": "old",
       "group": "ops"}, {"id": "c", "tier": "system", "owner": "ann"}],
      "relations": [{"id": "1", "from": "a", "to": "b"}, {"id": "2", "from": "b", "to": "c"},
                    {"id": "3", "from": "c", "to": "a"}],
      "parties": [{"id": "ann", "name": "Ann Lindqvist", "kind": "person"},
                  {"id": "old", "kind": "person", "active": "false"},
                  {"id": "ops", "kind": "group"}]})");
  ASSERT_LE(run_tool({"audit", "export.json", "-o", "findings.json", "-q", "--only",
                      "dependency-cycle", "--as-of", "2026-11-21"},
                     {}, scratch_.path())
                .exit_code,
            1);
  const std::string report = scratch_.read("findings.json");
  const std::size_t at = report.find("\"fingerprint\":\"");
  ASSERT_NE(at, std::string::npos);
  const ToolRun run = explain({"--finding", report.substr(at + 15, 8)});
  EXPECT_THAT(run.out, HasSubstr("Whom to ask\n  Ann Lindqvist, who answers for a and c.\n"
                                 "  ops, who runs or manages b.\n"));
}

TEST_F(ExplainCommand, WritesWhatItsSchemaSays) {
  const ToolRun run = explain({"--item", "Disk", "--person", "ann", "-o", "json:out.json"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(schema_errors(explanation_schema(), scratch_.read("out.json")), IsEmpty());
}

TEST_F(ExplainCommand, ListsTheChoicesForAnAmbiguousName) {
  const ToolRun run = explain({"--item", "Twin"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err,
              HasSubstr("2 items are called 'Twin': name one by its id: x1 (system), x2 (system)"));
}

TEST_F(ExplainCommand, TakesEveryChoiceThatItLists) {
  scratch_.write("north/items.csv", "id,tier,name,owner\nw 1,service,Mail,\n");
  scratch_.write("south/items.csv", "id,tier,name,owner\nw 1,service,Mail,\n");
  const std::vector<std::string> base = {"explain",     "north",       "south",
                                         "--source",    "north=north", "--source",
                                         "south=south", "--as-of",     "2026-11-21"};
  const auto explained = [&](const std::string& item) {
    std::vector<std::string> arguments = base;
    arguments.insert(arguments.end(), {"--item", item});
    return run_tool(arguments, {}, scratch_.path());
  };
  for (const char* ambiguous : {"Mail", "w 1"}) {
    EXPECT_THAT(explained(ambiguous).err,
                HasSubstr("name one by its id: 'north/w 1' (service), 'south/w 1' (service)"));
  }
  const ToolRun run = explained("south/w 1");
  EXPECT_THAT(run.out, HasSubstr("  id w 1, class items, source south\n  south/items.csv:2\n"))
      << run.err;
}

TEST_F(ExplainCommand, TellsApartWhatHasNoIdByItsClass) {
  scratch_.write("cmdb_ci_server.csv", "name,owned_by\nHub,\n");
  scratch_.write("cmdb_ci_business_app.csv", "name,owned_by\nHub,\n");
  const auto explained = [&](const std::string& item) {
    return run_tool({"explain", "cmdb_ci_server.csv", "cmdb_ci_business_app.csv", "--as-of",
                     "2026-11-21", "--item", item},
                    {}, scratch_.path());
  };
  EXPECT_THAT(explained("Hub").err, HasSubstr("servicenow/cmdb_ci_server/Hub (component)"));
  EXPECT_THAT(explained("servicenow/cmdb_ci_server/Hub").out, HasSubstr("Hub: component"));
}

TEST_F(ExplainCommand, SaysWhenTheScopeLeavesTheItemOut) {
  scratch_.write("scoped.json", R"({"items": [
      {"id": "s1", "tier": "service", "owner": "", "environment": "test"},
      {"id": "s2", "tier": "service", "owner": "", "environment": "production"}]})");
  const ToolRun run = run_tool({"explain", "scoped.json", "--as-of", "2026-11-21", "--where",
                                "environment=production", "--item", "s1"},
                               {}, scratch_.path());
  EXPECT_THAT(run.out, HasSubstr("--where leaves it out, so no finding about it is shown."));
}

TEST_F(ExplainCommand, SaysTheSameOfAnItemAsOfAllThatIsAsked) {
  const ToolRun one = explain({"--item", "Disk"});
  const ToolRun both = explain({"--item", "Disk", "--person", "ann"});
  EXPECT_TRUE(both.out.starts_with(one.out)) << both.out;
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
  EXPECT_THAT(run.out, HasSubstr("owns the service Web Shop"));
}

}  // namespace
}  // namespace tierline
