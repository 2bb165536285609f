// The formats that pipelines read: what their readers hold them to, of findings with hostile names.

#include <expat.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <rapidjson/document.h>

#include <algorithm>
#include <array>
#include <map>
#include <regex>
#include <set>
#include <string>

#include "given.h"
#include "reports/written.h"
#include "rules/acceptances.h"
#include "rules/from_files.h"
#include "tierline/text.h"

namespace tierline {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

Given estate() {
  return given(
      "external Shop; supporting Backup; system Cart; system A; system B; A -> B -> A; Shop -> "
      "Cart;"
      "Shop -> A");
}

rapidjson::Document parsed(const std::string& text) {
  rapidjson::Document document;
  document.Parse(text.data(), text.size());
  EXPECT_FALSE(document.HasParseError()) << text;
  return document;
}

TEST(Sarif, HasAPlaceAFingerprintAndARuleForEachResult) {
  const Given audited = estate();
  const auto sarif = parsed(written(audited.audit(), "sarif"));
  EXPECT_STREQ(sarif["version"].GetString(), "2.1.0");
  const auto& run = sarif["runs"][0];
  const auto& rules = run["tool"]["driver"]["rules"];
  ASSERT_EQ(run["results"].Size(), audited.audit().results.fact_count());
  for (const auto& result : run["results"].GetArray()) {
    const auto& place = result["locations"][0]["physicalLocation"];
    EXPECT_GT(place["artifactLocation"]["uri"].GetStringLength(), 0U);
    EXPECT_GE(place["region"]["startLine"].GetUint64(), 1U);
    EXPECT_EQ(result["partialFingerprints"]["tierline/v1"].GetStringLength(), 32U);
    EXPECT_STREQ(rules[result["ruleIndex"].GetUint()]["id"].GetString(),
                 result["ruleId"].GetString());
    EXPECT_STREQ(result["baselineState"].GetString(), "new");
  }
}

TEST(Sarif, NamesTheMembersOfAGroup) {
  const auto sarif = parsed(written(estate().audit(), "sarif"));
  for (const auto& result : sarif["runs"][0]["results"].GetArray()) {
    if (std::string(result["ruleId"].GetString()) == "dependency-cycle") {
      EXPECT_EQ(result["relatedLocations"].Size(), 2U);
    }
  }
}

TEST(Sarif, SaysHowManyItLeavesOut) {
  std::string statements = "external Shop";
  for (int i = 0; i < 26'000; ++i) {
    statements += fmt::format("; system s{}", i);
  }
  const Given many = given(statements, {.only = {"system-owner-missing", "owner-missing"}});
  const auto sarif = parsed(written(many.audit(), "sarif"));
  const auto& run = sarif["runs"][0];
  EXPECT_EQ(run["results"].Size(), 25'000U);
  EXPECT_EQ(run["invocations"][0]["properties"]["findingsLeftOut"].GetUint(), 1'001U);
  EXPECT_THAT(run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].GetString(),
              HasSubstr("1,001 less severe findings are left out"));
  // The worst is not among them.
  EXPECT_STREQ(run["results"][0]["ruleId"].GetString(), "owner-missing");
}

TEST(Sarif, PutsWhatIsAcceptedBehindAllElse) {
  std::string statements = "external Shop";
  for (int i = 0; i < 25'000; ++i) {
    statements += fmt::format("; system s{}", i);
  }
  const Given many =
      given_accepting(statements, {accepting("owner-missing")}, AcceptancePolicy::off,
                      {.only = {"system-owner-missing", "owner-missing"}});
  const auto sarif = parsed(written(many.audit(), "sarif"));
  for (const auto& result : sarif["runs"][0]["results"].GetArray()) {
    EXPECT_STREQ(result["ruleId"].GetString(), "system-owner-missing");
    EXPECT_EQ(result["suppressions"].Size(), 0U);
  }
}

TEST(Sarif, SaysHowMuchOfWhatIsGoneItLeavesOut) {
  const Given audited = estate();
  Changes changes;
  changes.as_of = "2026-11-20";
  changes.absent.resize(13'000);
  AuditReport report = audited.audit().report();
  report.changes = &changes;
  const Scratch scratch;
  auto output = Output::open(scratch / "report");
  ASSERT_TRUE(Register<ReportFormat>::find("sarif")->write(report, {}, **output));
  ASSERT_TRUE(commit(std::array{output->get()}));
  const auto sarif = parsed(scratch.read("report"));
  const auto& invocation = sarif["runs"][0]["invocations"][0];
  EXPECT_EQ(invocation["properties"]["absentLeftOut"].GetUint(), 500U);
  EXPECT_THAT(invocation["toolExecutionNotifications"][0]["message"]["text"].GetString(),
              HasSubstr("500 findings that are gone are left out"));
}

TEST(Ndjson, HasTheFindingsOfTheJsonReportLineByLine) {
  const Given audited = estate();
  const auto report = parsed(written(audited.audit(), "json"));
  const std::string lines = written(audited.audit(), "ndjson");
  EXPECT_EQ(lines.back(), '\n');
  rapidjson::SizeType count = 0;
  for (const std::string_view line :
       split(std::string_view(lines).substr(0, lines.size() - 1), "\n")) {
    ASSERT_LT(count, report["findings"].Size());
    EXPECT_EQ(parsed(std::string(line)), report["findings"][count++]);
  }
  EXPECT_EQ(count, report["findings"].Size());
}

TEST(Ndjson, IsEmptyWhereNothingIsFound) {
  EXPECT_EQ(written(given("external Shop @ann; person ann", {.only = {"owner-missing"}}).audit(),
                    "ndjson"),
            "");
}

TEST(Gitlab, HasWhatTheSpecificationAsksFor) {
  const Given audited = estate();
  const auto report = parsed(written(audited.audit(), "gitlab"));
  ASSERT_EQ(report.Size(), audited.audit().results.fact_count());
  const std::set<std::string> severities = {"info", "minor", "major", "critical", "blocker"};
  std::set<std::string> fingerprints;
  for (const auto& one : report.GetArray()) {
    EXPECT_TRUE(severities.contains(one["severity"].GetString()));
    EXPECT_TRUE(fingerprints.insert(one["fingerprint"].GetString()).second);
    EXPECT_GE(one["location"]["lines"]["begin"].GetUint(), 1U);
    EXPECT_GT(one["location"]["path"].GetStringLength(), 0U);
    EXPECT_GT(one["description"].GetStringLength(), 0U);
  }
}

TEST(Gitlab, IsAListWhereNothingIsFound) {
  EXPECT_EQ(
      parsed(written(given("external Shop @ann; person ann", {.only = {"owner-missing"}}).audit(),
                     "gitlab"))
          .Size(),
      0U);
}

/// Counts of a JUnit report, as its suites say them and as its cases are.
struct Suites {
  std::map<std::string, std::map<std::string, int>> said;
  std::map<std::string, std::map<std::string, int>> seen;
  std::string suite;

  static void begin(void* data, const char* element, const char** attributes) {
    auto& suites = *static_cast<Suites*>(data);
    const std::string name = element;
    std::map<std::string, std::string> all;
    for (int i = 0; attributes[i] != nullptr; i += 2) {
      all[attributes[i]] = attributes[i + 1];
    }
    if (name == "testsuite") {
      suites.suite = all["name"];
      for (const std::string key : {"tests", "failures", "skipped"}) {
        suites.said[suites.suite][key] = std::stoi(all[key]);
        suites.seen[suites.suite][key] += 0;
      }
    }
    const std::map<std::string, std::string> counted = {
        {"testcase", "tests"}, {"failure", "failures"}, {"skipped", "skipped"}};
    if (const auto key = counted.find(name); key != counted.end()) {
      ++suites.seen[suites.suite][key->second];
    }
  }
};

Suites suites_of(const std::string& xml) {
  Suites suites;
  XML_Parser parser = XML_ParserCreate(nullptr);
  XML_SetUserData(parser, &suites);
  XML_SetStartElementHandler(parser, Suites::begin);
  EXPECT_EQ(XML_Parse(parser, xml.data(), static_cast<int>(xml.size()), 1), XML_STATUS_OK)
      << XML_ErrorString(XML_GetErrorCode(parser));
  XML_ParserFree(parser);
  return suites;
}

TEST(Junit, HasASuiteForEachRuleWhoseCountsAreThoseOfItsCases) {
  const Given audited = estate();
  const Suites suites = suites_of(written(audited.audit(), "junit"));
  EXPECT_EQ(suites.said.size(), audited.audit().results.rules.size());
  EXPECT_EQ(suites.said, suites.seen);
  EXPECT_EQ(suites.said.at("self-loop").at("failures"), 0);
  EXPECT_EQ(suites.said.at("self-loop").at("tests"), 1);
  EXPECT_EQ(suites.said.at("owner-missing").at("failures"), 2);
}

TEST(Markdown, IsShortAndShowsNamesAsTheyAre) {
  std::string items = "id,name,tier,facing,owner\n";
  for (int i = 0; i < 500; ++i) {
    items += fmt::format("{},*b* [x](http://e) <i> @all #1 | `c` {},service,external,\n", i, i);
  }
  const std::string text = written(from_files({{"items.csv", items}}).audit(), "markdown");
  EXPECT_LE(std::ranges::count(text, '\n'), 60);
  EXPECT_THAT(text, AllOf(HasSubstr("500 of 500 live services have no accountable owner."),
                          HasSubstr(R"(\*b\* \[x\](http://e) \<i\> \@all \#1 \| \`c\` 0)")));
}

TEST(Prometheus, HasZerosForEveryRuleAndNoLabelOfAnItem) {
  const Given audited = estate();
  const std::string metrics = written(audited.audit(), "prom");
  EXPECT_THAT(
      metrics,
      AllOf(HasSubstr("tierline_findings{rule=\"self-loop\",severity=\"low\",state=\"new\"} 0\n"),
            HasSubstr("tierline_accountable{tier=\"service\",owner=\"no\"} 2\n"),
            Not(HasSubstr("Backup"))));
  // The text format: a comment, or a name, labels and a number.
  const std::regex form(
      "# (HELP|TYPE) [a-z_]+ .+|"
      "[a-z_]+(\\{([a-z_]+=\"([^\"\\\\]|\\\\.)*\",?)*\\})? [0-9]+");
  std::set<std::string> helped;
  for (const std::string_view line : split(metrics, "\n")) {
    const std::string text(line);
    EXPECT_TRUE(text.empty() || std::regex_match(text, form)) << text;
    if (text.starts_with("# TYPE")) {
      EXPECT_TRUE(helped.insert(text).second) << text;
    }
  }
  EXPECT_EQ(metrics.back(), '\n');
}

}  // namespace
}  // namespace tierline
