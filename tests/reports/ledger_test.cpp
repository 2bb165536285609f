// What every report says of the export as a whole: what was read, and what was left open.

#include <gmock/gmock.h>

#include "reports/written.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const RuleSelection no_rule_that_lacks_data = {.only = {"owner-missing"}, .skip = {}};

/// `what: which` of every gap.
std::vector<std::string> gaps(const Given& estate) {
  std::vector<std::string> lines;
  for (const Gap& gap : gaps_in(estate.audit().ledger)) {
    lines.push_back(gap.which.empty() ? gap.what : gap.what + ": " + gap.which);
  }
  return lines;
}

/// An estate in tierline's own format, of which only owner-missing is judged.
Given stated(const std::string& json) {
  AuditOptions options;
  options.rules = no_rule_that_lacks_data;
  return from_files({{"estate.json", json}}, options);
}

const std::string two_items = R"({"items": [
    {"id": "Shop", "name": "Shop", "tier": "service", "facing": "external", "owner": "ann"},
    {"id": "Cart", "name": "Cart", "tier": "system", "facing": "", "owner": "ann"}],)";
const std::string ann = R"("parties": [{"id": "ann", "kind": "person"}])";

/// The two items, of whom the first needs the second, and more.
Given with_relations(const std::string& more) {
  return stated(two_items + R"("relations": [{"from": "Shop", "to": "Cart"})" + more + "]," + ann +
                "}");
}

TEST(Ledger, HasNoGapsInWhatIsComplete) {
  const Given estate = with_relations("");
  EXPECT_THAT(gaps(estate), IsEmpty());
  EXPECT_EQ(estate.audit().ledger.verdict, Completeness::complete);
}

TEST(Ledger, CountsWhatWasRead) {
  const Ledger ledger = with_relations("").audit().ledger;
  EXPECT_EQ(ledger.files, 1U);
  EXPECT_EQ(ledger.records, 4U);
  EXPECT_EQ(ledger.items, 2U);
  EXPECT_EQ(ledger.relations, 1U);
  EXPECT_EQ(ledger.parties, 1U);
  EXPECT_EQ(ledger.rules, 1U);
}

TEST(Ledger, TellsWhyReferencesLeadNowhere) {
  const Given estate = with_relations(R"(, {"from": "Shop", "to": "Nil"}, {"from": "Nil", "to": ""},
                                          {"from": "Shop", "to": "Nought"})");
  EXPECT_THAT(gaps(estate), ElementsAre("4 references lead nowhere: 3 missing, 1 empty"));
  EXPECT_EQ(estate.audit().ledger.verdict, Completeness::gaps);
}

TEST(Ledger, CountsReferencesThatFitSeveralItems) {
  AuditOptions options;
  options.rules = no_rule_that_lacks_data;
  const Given estate = from_files(
      {{"cmdb_ci.csv",
        "sys_id,name,sys_class_name,owned_by\na1,Till,cmdb_ci_business_app,ann\n"
        "b1,web,cmdb_ci_linux_server,ann\nb2,web,cmdb_ci_win_server,ann\n"},
       {"cmdb_rel_ci.csv", "parent,child,type\na1,b1,Uses::Used by\na1,web,Uses::Used by\n"}},
      options);
  EXPECT_THAT(gaps(estate), Contains("1 reference leads nowhere: 1 ambiguous"));
}

TEST(Ledger, CountsOwnersInNoTableOnceForEachItem) {
  const Given estate = stated(R"({"items": [
      {"id": "Shop", "tier": "service", "facing": "external", "owner": "bob"},
      {"id": "Cart", "tier": "system", "facing": "", "owner": "bob"}],
      "relations": [{"from": "Shop", "to": "Cart"}],)" +
                              ann + "}");
  EXPECT_THAT(gaps(estate), ElementsAre("2 owners are in no table"));
}

TEST(Ledger, TakesOwnersForGrantedWhereNoTableWasRead) {
  const Given estate = stated(two_items + R"("relations": [{"from": "Shop", "to": "Cart"}]})");
  EXPECT_EQ(estate.audit().ledger.owners_in_no_table, 0U);
}

TEST(Ledger, NamesUnknownTypesOfRelationsWithTheirCounts) {
  const Given estate = with_relations(R"(, {"from": "Shop", "to": "Cart", "type": "haunts"},
      {"from": "Cart", "to": "Shop", "type": "haunts"}, {"from": "Shop", "to": "Cart", "type": "eats"})");
  EXPECT_THAT(gaps(estate),
              ElementsAre("3 relations are of unknown types: eats (1) and haunts (2)"));
}

TEST(Ledger, CountsWhatNobodyHasAMeaningFor) {
  const Given estate = stated(R"({"items": [
      {"id": "Shop", "name": "Shop", "tier": "service", "facing": "sideways", "owner": "ann"},
      {"id": "Cart", "name": "Cart", "tier": "tray", "facing": "", "owner": "ann"}, {"id": ""}],
      "relations": [{"from": "Shop", "to": "Cart"}], "things": [{"a": 1}],)" +
                              ann + "}");
  EXPECT_THAT(gaps(estate), ElementsAre("1 item has no tier", "1 record is of no known table",
                                        "1 record could not be used", "2 values have no meaning"));
}

TEST(Ledger, TellsRulesThatWereEvaluatedInPartFromThoseThatWereNot) {
  AuditOptions options;
  options.rules.only = {"owner-missing", "empty-portfolio"};
  const Given estate =
      from_files({{"cmdb_ci_service_business.csv", "sys_id,name\ns1,Shop\n"},
                  {"cmdb_ci_service_technical.csv", "sys_id,name,owned_by\nt1,Disk,Ann\n"},
                  {"cmdb_ci_linux_server.csv", "sys_id,name\nc1,web\n"},
                  {"cmdb_rel_ci.csv", "parent,child,type\ns1,c1,Uses::Used by\n"}},
                 options);
  EXPECT_THAT(gaps(estate), ElementsAre("1 rule was not evaluated: empty-portfolio",
                                        "1 rule was evaluated in part: owner-missing"));
}

// 41 of 41 services that nobody could judge are no service judged.
TEST(Ledger, TakesARuleThatJudgedNobodyForOneThatWasNotEvaluated) {
  AuditOptions options;
  options.rules.only = {"owner-missing"};
  const Given estate =
      from_files({{"cmdb_ci_service_business.csv", "sys_id,name\ns1,Shop\ns2,Bank\n"},
                  {"cmdb_ci_linux_server.csv", "sys_id,name\nc1,web\n"},
                  {"cmdb_rel_ci.csv", "parent,child,type\ns1,c1,Uses::Used by\n"}},
                 options);
  EXPECT_THAT(gaps(estate), ElementsAre("1 rule was not evaluated: owner-missing"));
  EXPECT_EQ(estate.audit().results.found[0].judged, 0U);
  EXPECT_EQ(estate.audit().results.found[0].not_judged, 2U);
}

TEST(Ledger, CountsWhatRulesJudged) {
  AuditOptions options;
  options.rules.only = {"owner-missing", "self-loop"};
  const Given estate = from_files({{"export.json", R"({"items": [
      {"id": "Shop", "tier": "service", "owner": "ann", "needs": "Cart"},
      {"id": "Old", "tier": "service", "owner": "", "state": "retired"},
      {"id": "Cart", "tier": "system", "needs": "Shop"}]})"}},
                                  options);
  EXPECT_EQ(estate.audit().results.found[0].judged, 1U);
  EXPECT_EQ(estate.audit().results.found[1].judged, 2U);
}

TEST(Ledger, IsIncompleteWhenHalfOfTheExportIsMissing) {
  const Given estate = stated(two_items + ann + "}");
  EXPECT_EQ(estate.audit().ledger.verdict, Completeness::incomplete);
  EXPECT_THAT(gaps(estate), ElementsAre("items or relations are missing altogether"));
}

TEST(Ledger, IsIncompleteWhenATableLooksCutOff) {
  std::string servers = "sys_id,name\n";
  for (int i = 0; i < 10'000; ++i) {
    servers += "c" + std::to_string(i) + ",web\n";
  }
  AuditOptions options;
  options.rules = no_rule_that_lacks_data;
  const Given estate = from_files({{"cmdb_ci_linux_server.csv", servers},
                                   {"cmdb_rel_ci.csv", "parent,child,type\nc0,c1,Uses::Used by\n"}},
                                  options);
  EXPECT_EQ(estate.audit().ledger.verdict, Completeness::incomplete);
  EXPECT_THAT(gaps(estate), Contains("1 table looks cut off"));
}

TEST(Ledger, IsOfTheWholeExportWhateverTheScope) {
  AuditOptions options;
  options.rules = no_rule_that_lacks_data;
  options.where = {{"environment", "test"}};
  const Given estate = from_files({{"estate.json", R"({"items": [
          {"id": "Shop", "tier": "service", "facing": "external", "owner": "", "environment": "test"},
          {"id": "Cart", "tier": "system", "facing": "", "owner": "", "environment": "live"}],
          "relations": [{"from": "Shop", "to": "Cart"}, {"from": "Cart", "to": "Nil"}]})"}},
                                  options);
  EXPECT_EQ(estate.audit().ledger.items, 2U);
  EXPECT_EQ(estate.audit().ledger.unresolved.missing, 1U);
  EXPECT_EQ(estate.audit().summary.unresolved_ends, 0U);
}

TEST(Ledger, IsOneLineOfATextThatHasNothingToSay) {
  EXPECT_THAT(written(with_relations("").audit(), "text"),
              HasSubstr("\nCompleteness: every reference, type and value was understood, and every "
                        "rule evaluated.\nFindings: none."));
}

TEST(Ledger, IsAParagraphOfATextThatHas) {
  EXPECT_THAT(
      written(with_relations(R"(, {"from": "Shop", "to": "Nil", "type": "haunts"})").audit(),
              "text"),
      HasSubstr("\nCompleteness\n  1 reference leads nowhere: 1 missing\n"
                "  1 relation is of an unknown type: haunts (1)\n\nFindings: none."));
}

TEST(Ledger, StandsBelowEveryPictureInALine) {
  const Given complete = with_relations("");
  const Given with_a_gap = with_relations(R"(, {"from": "Shop", "to": "Nil"})");
  EXPECT_THAT(written(complete.audit(), "dot"), HasSubstr(">From 1 file.<"));
  EXPECT_THAT(written(with_a_gap.audit(), "dot"),
              HasSubstr(">From 1 file; 1 reference leads nowhere.<"));
  EXPECT_THAT(written(complete.audit(), "svg"), Not(HasSubstr("Gaps")));
  EXPECT_THAT(written(with_a_gap.audit(), "svg"), HasSubstr(" Gaps: 1 reference leads nowhere.<"));
}

TEST(Ledger, NamesNoMoreThanThreeGapsBelowAPicture) {
  const Given estate = stated(R"({"items": [{"id": "Shop", "tier": "service", "facing": "sideways",
                                             "owner": "bob"}, {"id": "", "tier": "system"}],
      "relations": [{"from": "Shop", "to": "Nil", "type": "haunts"}],)" +
                              ann + "}");
  EXPECT_THAT(written(estate.audit(), "dot"),
              HasSubstr(">From 1 file; items or relations are missing altogether; 1 reference "
                        "leads nowhere; 1 owner is in no table; and 3 more gaps.<"));
}

// --- what each finding rests on

TEST(Certainty, IsTextWhereTheExportIsIncomplete) {
  const std::string cut = R"({"items": [{"id": "Tape", "tier": "service", "facing": "supporting",
                                         "owner": ""}]})";
  const auto orphans = [&](const std::string& json) {
    return written(from_files({{"estate.json", json}}, assuming_complete()).audit(), "text");
  };
  EXPECT_THAT(orphans(cut), HasSubstr("(orphaned-supporting-service: 1), if nothing else is "
                                      "missing\n"));
  EXPECT_THAT(orphans(cut), HasSubstr("(owner-missing: 1)\n"));
}

TEST(Certainty, IsNoMatterOfTextWhereTheExportIsNot) {
  EXPECT_THAT(
      written(given("external Shop; system Cart; Shop -> Cart; supporting Tape").audit(), "text"),
      Not(HasSubstr("if nothing else is missing")));
}

TEST(Certainty, StandsWithEveryFindingForPrograms) {
  const Given estate = given("external Shop; system Cart; Shop -> Cart; supporting Tape");
  for (const char* format : {"json", "csv"}) {
    EXPECT_THAT(written(estate.audit(), format), HasSubstr("\"assumes-complete-export\""));
    EXPECT_THAT(written(estate.audit(), format), HasSubstr("\"proven\""));
  }
}

}  // namespace
}  // namespace tierline
