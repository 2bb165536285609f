// Findings that somebody accepts: what an entry may say, what it fits, who may approve, how every
// report tells of it, and the command that adds one.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <rapidjson/document.h>

#include <cstdlib>

#include "json_schema.h"
#include "reports/written.h"
#include "rules/acceptances.h"
#include "rules/from_files.h"
#include "run_tool.h"
#include "scratch.h"
#include "tierline/config.h"
#include "tierline/text.h"

namespace tierline {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

/// One entry with `more` in place of what it says of the finding.
std::string entry(const std::string& more, const std::string& created = "2026-11-01",
                  const std::string& expires = "2026-12-31") {
  return fmt::format(
      "[[accept]]\n{}\nreason = \"We know\"\napprover = \"ann\"\ncreated = \"{}\"\n"
      "expires = \"{}\"\n",
      more, created, expires);
}

const std::string of_print = "rule = \"owner-missing\"\nmatch = {item = \"s3\"}";

/// A folder with an estate: Shop of Ann relies on Print and on Cart, which nobody answers for, and
/// the portfolio Retail holds Shop.
class Accepting : public ::testing::Test {
 protected:
  Accepting() {
    scratch_.write("exports/items.csv",
                   "id,name,class,tier,facing,owner,portfolio\n"
                   "p1,Retail,portfolio,portfolio,,bob,\n"
                   "s1,Shop,service,service,external,ann,p1\n"
                   "s3,Print (Ann Archer),service,service,supporting,,\n"
                   "y1,Cart,application,system,,,\n");
    scratch_.write("exports/relations.csv", "id,from,to,type\nr1,s1,y1,needs\nr2,s1,s3,contains\n");
    scratch_.write("exports/parties.csv",
                   "id,name,kind\nann,Ann Archer,person\nbob,Bob Builder,person\neve,Eve "
                   "Ecker,person\n");
  }
  [[nodiscard]] ToolRun run(std::vector<std::string> arguments) const {
    return run_tool(std::move(arguments), {}, scratch_.path());
  }
  /// Audits with an `accepted.toml` of this text.
  [[nodiscard]] ToolRun audit(const std::string& text, std::vector<std::string> more = {}) const {
    scratch_.write("accepted.toml", text);
    more.insert(more.begin(), {"audit", "exports", "--quiet", "--acceptances", "accepted.toml",
                               "--as-of", "2026-11-21", "-o", "json:-"});
    return run(std::move(more));
  }
  /// `RULE ID` of what is accepted.
  [[nodiscard]] static std::vector<std::string> accepted_in(const std::string& report) {
    EXPECT_THAT(schema_errors(findings_schema(), report), IsEmpty());
    rapidjson::Document document;
    document.Parse(report.data(), report.size());
    std::vector<std::string> all;
    if (document.HasParseError()) {
      return {"no report"};
    }
    for (const auto& finding : document["findings"].GetArray()) {
      if (finding.HasMember("accepted")) {
        all.push_back(fmt::format("{} {}", finding["rule"].GetString(),
                                  finding["subject"]["id"].GetString()));
      }
    }
    return all;
  }
  /// What is accepted where an entry says this of a finding.
  [[nodiscard]] std::vector<std::string> fitting(const std::string& more) const {
    const ToolRun made = audit(entry(more));
    EXPECT_EQ(made.err, "");
    return accepted_in(made.out);
  }
  [[nodiscard]] std::string fingerprint_of_print() const {
    const std::string report = run({"audit", "exports", "-o", "json:-"}).out;
    rapidjson::Document document;
    document.Parse(report.data(), report.size());
    for (const auto& finding : document["findings"].GetArray()) {
      if (std::string(finding["rule"].GetString()) == "owner-missing") {
        return finding["fingerprint"].GetString();
      }
    }
    return {};
  }

  const Scratch scratch_;
};

TEST_F(Accepting, FailsNoRunByWhatIsAccepted) {
  EXPECT_EQ(run({"audit", "exports", "--as-of", "2026-11-21"}).exit_code, 1);
  const ToolRun made = audit(entry(of_print) + entry("rule = \"system-owner-missing\""));
  EXPECT_EQ(made.exit_code, 0) << made.err;
  EXPECT_THAT(accepted_in(made.out), ElementsAre("owner-missing s3", "system-owner-missing y1"));
}

TEST_F(Accepting, FitsByEachThingThatAnEntryMaySay) {
  const std::string rule = "rule = \"owner-missing\"\nmatch = ";
  const auto is_print = ElementsAre("owner-missing s3");
  EXPECT_THAT(fitting("rule = \"owner-missing\""), is_print);
  EXPECT_THAT(fitting(rule + "{item = \"s3\"}"), is_print);
  EXPECT_THAT(fitting(rule + "{item = \"tierline/s3\"}"), is_print);
  EXPECT_THAT(fitting(rule + "{item = \"y1\"}"), IsEmpty());
  EXPECT_THAT(fitting(rule + "{class = \"Service\"}"), is_print);
  EXPECT_THAT(fitting(rule + "{class = \"servic\"}"), IsEmpty());
  EXPECT_THAT(fitting(rule + "{glob = \"PRINT*\"}"), is_print);
  EXPECT_THAT(fitting(rule + "{glob = \"*3\"}"), is_print);
  EXPECT_THAT(fitting(rule + "{glob = \"print\"}"), IsEmpty());
  EXPECT_THAT(fitting(rule + "{portfolio = \"retail\"}"), is_print);
  EXPECT_THAT(fitting(rule + "{portfolio = \"wholesale\"}"), IsEmpty());
  EXPECT_THAT(fitting(rule + "{owner = \"ann\"}"), IsEmpty()) << "nobody owns it";
  EXPECT_THAT(fitting(rule + "{item = \"s3\", class = \"application\"}"), IsEmpty())
      << "all of it has to fit";
  EXPECT_THAT(fitting(fmt::format("match = {{fingerprint = \"{}\"}}", fingerprint_of_print())),
              is_print);
  EXPECT_THAT(fitting(fmt::format("rule = \"orphan-system\"\nmatch = {{fingerprint = \"{}\"}}",
                                  fingerprint_of_print())),
              IsEmpty());
}

TEST_F(Accepting, FitsOwnersByIdAndName) {
  const auto accepted = [](const char* owner) {
    Acceptance one = accepting("owner-inactive");
    one.owner = owner;
    return tierline::accepted_in(given_accepting("external Shop @ann; person ann left", {one}));
  };
  EXPECT_THAT(accepted("ann"), ElementsAre("owner-inactive Shop"));
  EXPECT_THAT(accepted("bob"), IsEmpty());
}

TEST_F(Accepting, FitsGroupsAndRelationsByWhatIsInThem) {
  EXPECT_EQ(tierline::accepted_in(given_accepting("system A @x; system B @x; A -> B -> A",
                                                  {accepting("dependency-cycle", "B")}))
                .size(),
            1U);
  EXPECT_EQ(
      tierline::accepted_in(given_accepting("system A @x; A -> A", {accepting("self-loop", "A")}))
          .size(),
      1U);
}

TEST_F(Accepting, TakesTheOneThatLastsLongest) {
  const Given estate = given_accepting(
      "external Shop", {accepting("owner-missing"), until("2027-01-01", accepting("owner-missing")),
                        until("2026-11-30", accepting("owner-missing"))});
  EXPECT_EQ(estate.only("owner-missing").accepted->expires, "2027-01-01");
  EXPECT_EQ(estate.audit().results.accepted_count(), 1U);
}

TEST_F(Accepting, HoldsFromTheFirstDayToTheLast) {
  const auto count = [&](const char* day) {
    scratch_.write("accepted.toml", entry(of_print, "2026-11-10", "2026-11-20"));
    return accepted_in(run({"audit", "exports", "--acceptances", "accepted.toml", "--as-of", day,
                            "-o", "json:-"})
                           .out)
        .size();
  };
  EXPECT_EQ(count("2026-11-09"), 0U);
  EXPECT_EQ(count("2026-11-10"), 1U);
  EXPECT_EQ(count("2026-11-20"), 1U);
  EXPECT_EQ(count("2026-11-21"), 0U);
}

TEST_F(Accepting, RefusesAnEntryThatDoesNotSayWhatItHasTo) {
  const auto said_of = [&](const std::string& text) {
    const ToolRun made = audit(text);
    EXPECT_EQ(made.exit_code, 2) << text;
    return made.err;
  };
  const std::string rest = "\napprover = \"ann\"\ncreated = 2026-11-01\nexpires = 2026-12-31\n";
  EXPECT_THAT(said_of("[[accept]]\nreason = \"x\"" + rest),
              HasSubstr("accepted.toml:1: the rule is missing: say which rule's"));
  EXPECT_THAT(said_of("# all\n[[accept]]\nrule = \"owner-missing\"" + rest),
              HasSubstr("accepted.toml:2: the reason is missing: say why"));
  EXPECT_THAT(said_of(entry("rule = \"owner-mising\"")),
              HasSubstr("no rule is called 'owner-mising' (did you mean 'owner-missing'?)"));
  EXPECT_THAT(said_of(entry("rule = \"acceptance-unused\"")), HasSubstr("not to be accepted"));
  EXPECT_THAT(said_of(entry("ruel = \"owner-missing\"")),
              HasSubstr("accepted.toml:2: an acceptance has no 'ruel' (did you mean 'rule'?)"));
  EXPECT_THAT(said_of(entry("rule = \"owner-missing\"\nmatch = {clas = \"x\"}")),
              HasSubstr("has no 'clas' (did you mean 'class'?)"));
  EXPECT_THAT(said_of(entry("rule = \"owner-missing\"\nmatch = {}")), HasSubstr("match: expected"));
  EXPECT_THAT(said_of(entry("match = {fingerprint = \"12\"}")), HasSubstr("is no fingerprint"));
  EXPECT_THAT(said_of(entry(of_print, "2026-11-01", "2027-11-02")),
              HasSubstr("it is for 366 days, from 2026-11-01 to 2027-11-02: 365 are the most"));
  EXPECT_THAT(said_of(entry(of_print, "2026-11-01", "2026-10-31")), HasSubstr("before it was"));
  EXPECT_THAT(said_of(entry(of_print, "1.11.2026")), HasSubstr("created: '1.11.2026' is no day"));
  EXPECT_THAT(said_of("fail_on = \"low\"\n"), HasSubstr("holds [[accept]] only"));
  EXPECT_THAT(said_of("accept = 3\n"), HasSubstr("begin with [[accept]]"));
  EXPECT_THAT(said_of("[[accept\n"), HasSubstr("accepted.toml:1: not TOML"));
}

TEST_F(Accepting, ReadsRowsOfASheet) {
  const auto audit_csv = [&](const std::string& text) {
    scratch_.write("accepted.csv", text);
    return run({"audit", "exports", "--acceptances", "accepted.csv", "--as-of", "2026-11-21", "-o",
                "json:-"});
  };
  const ToolRun made = audit_csv(
      "\xEF\xBB\xBFRule;Item;Reason;Approver;Created;Expires\r\n"
      "owner-missing;s3;\"We know; and\r\nso what\";ann;2026-11-01;2026-12-31\r\n;;;;;\r\n"
      "system-owner-missing;;J\xFCrgen knows;ann;2026-11-01;2026-12-31");
  EXPECT_THAT(accepted_in(made.out), ElementsAre("owner-missing s3", "system-owner-missing y1"));
  EXPECT_THAT(made.out, AllOf(HasSubstr("We know; and"), HasSubstr("J\xC3\xBCrgen knows")));
  EXPECT_THAT(audit_csv("rule,why\n").err, HasSubstr("accepted.csv:1: an acceptance has no 'why'"));
  EXPECT_THAT(audit_csv("rule,reason,approver,created,expires\n\"a\nb\",x\n").err,
              HasSubstr("accepted.csv:2: this row has 2 cells, and the header 5"));
  EXPECT_THAT(audit_csv("rule,reason,approver,created,expires\n\nowner-missing,\"x,ann,1,2\n").err,
              HasSubstr("accepted.csv:3: a quote is opened here and never closed"));
}

TEST_F(Accepting, FindsThemBesideTheConfigurationAndInIt) {
  scratch_.write("tierline.toml", "acceptances = \"more.csv\"\n" + entry(of_print));
  scratch_.write("acceptances.toml", entry("rule = \"system-owner-missing\""));
  scratch_.write("more.csv",
                 "rule,reason,approver,created,expires\n"
                 "orphan-system,We know,ann,2026-11-01,2026-12-31\n");
  const ToolRun made = run({"audit", "exports", "--as-of", "2026-11-21", "-o", "json:-"});
  EXPECT_THAT(accepted_in(made.out), ElementsAre("owner-missing s3", "system-owner-missing y1"));
  EXPECT_THAT(made.out, HasSubstr(R"("files":["tierline.toml","more.csv","acceptances.toml"])"));
  EXPECT_THAT(run({"config"}).out,
              AllOf(HasSubstr("acceptances = [\"more.csv\", \"acceptances.toml\"]"),
                    HasSubstr("# tierline.toml:2\n[[accept]]\nrule = \"owner-missing\"\nmatch = "
                              "{item = \"s3\"}\nreason = \"We know\"")));
}

TEST_F(Accepting, TakesNoneFromWithinWhatIsAudited) {
  scratch_.write("exports/accepted.toml", entry(of_print));
  const ToolRun made = run({"audit", "exports", "--acceptances", "exports/accepted.toml"});
  EXPECT_EQ(made.exit_code, 2);
  EXPECT_THAT(made.err, HasSubstr("an export must not say what of it is accepted"));
}

TEST_F(Accepting, LetsNoReportTakeTheirPlace) {
  scratch_.write("accepted.toml", entry(of_print));
  const ToolRun made =
      run({"audit", "exports", "--acceptances", "accepted.toml", "-o", "json:accepted.toml"});
  EXPECT_EQ(made.exit_code, 2);
  EXPECT_THAT(made.err, HasSubstr("is one of the configurations that are read"));
  EXPECT_THAT(scratch_.read("accepted.toml"), StartsWith("[[accept]]"));
}

TEST_F(Accepting, AsksThatTheApproverOwnsTheSubjectOrWhatContainsItWherePolicySaysSo) {
  const auto approved_by = [&](const std::string& who, const std::string& policy) {
    scratch_.write("tierline.toml", fmt::format("acceptance_policy = \"{}\"\n", policy));
    std::string text = entry(of_print);
    text.replace(text.find("\"ann\""), 5, '"' + who + '"');
    return audit(text);
  };
  const auto is_print = ElementsAre("owner-missing s3");
  // Shop contains it, and is Ann's; Retail contains that, and is Bob's.
  for (const char* who : {"ann", "Ann Archer", "bob"}) {
    EXPECT_THAT(accepted_in(approved_by(who, "require").out), is_print) << who;
  }
  EXPECT_THAT(accepted_in(approved_by("eve", "off").out), is_print);
  const ToolRun warned = approved_by("eve", "warn");
  EXPECT_THAT(accepted_in(warned.out), is_print);
  EXPECT_THAT(warned.out, HasSubstr("\"unapproved\":1"));
  const ToolRun refused = approved_by("eve", "require");
  EXPECT_THAT(accepted_in(refused.out), IsEmpty());
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(
      run({"audit", "exports", "--acceptances", "accepted.toml", "--as-of", "2026-11-21"}).out,
      HasSubstr("owner-missing (item s3): 0 findings, by eve: We know; of 1 finding eve is "
                "no owner, so not accepted"));
  EXPECT_THAT(approved_by("ann", "required").err, HasSubstr("there are off, warn, require"));
}

TEST_F(Accepting, IsToldByEveryFormat) {
  Acceptance one = accepting("owner-missing");
  one.reason = "\"We\" <know> & wait";
  const Given estate = given_accepting(
      "external Shop; internal Bank @ann; system Cart @ann; Shop -> Cart; Bank -> Cart; person ann;"
      "system Till; Bank -> Till",
      {one});
  EXPECT_EQ(estate.audit().run.exit_code, 0);
  const auto in = [&](const char* format) { return written(estate.audit(), format); };
  EXPECT_THAT(in("json"), AllOf(HasSubstr(R"("accepted":{"reason":"\"We\" <know> & wait",)"),
                                HasSubstr(R"("approver":"ann","until":"2026-12-31"})"),
                                HasSubstr("\"accepted\":1")));
  EXPECT_THAT(in("csv"), HasSubstr("\"2026-12-31\",\"ann\",\"\"\"We\"\" <know> & wait\""));
  EXPECT_THAT(in("sarif"),
              AllOf(HasSubstr(R"("suppressions":[{"kind":"external","status":"accepted",)"),
                    HasSubstr("\"suppressions\":[]")));
  EXPECT_THAT(in("junit"), HasSubstr("<skipped message=\"accepted until 2026-12-31 by ann"));
  EXPECT_THAT(in("gitlab"), HasSubstr("(accepted until 2026-12-31 by ann: "));
  EXPECT_THAT(
      in("prom"),
      AllOf(HasSubstr("{rule=\"owner-missing\",severity=\"critical\",state=\"accepted\"} 1\n"),
            HasSubstr("{rule=\"owner-missing\",severity=\"critical\",state=\"new\"} 0\n"),
            HasSubstr("tierline_acceptances{state=\"in-force\"} 1\n")));
  EXPECT_THAT(in("markdown"),
              HasSubstr("1 finding is accepted: the first of them until 2026-12-31."));
  EXPECT_THAT(in("baseline"), HasSubstr("\"accepted\":{\"until\":\"2026-12-31\"}"));
  EXPECT_THAT(in("text"),
              AllOf(HasSubstr("until 2026-12-31  owner-missing: 1 finding, by ann: \"We\" <know>"),
                    HasSubstr("; 1 accepted. ")));
}

TEST_F(Accepting, ShowsNoPersonWherePersonsAreRedacted) {
  std::string text = entry("rule = \"owner-missing\"\nmatch = {glob = \"print (ann archer)\"}");
  text.replace(text.find("We know"), 7, "Ann Archer knows, and so does Zoe Unknown");
  text.replace(text.find("\"ann\""), 5, "\"Ann Archer\"");
  std::string other = entry("rule = \"system-owner-missing\"");
  other.replace(other.find("\"ann\""), 5, "\"Zoe Unknown\"");
  const ToolRun made = audit(text + other, {"--redact", "people"});
  EXPECT_THAT(accepted_in(made.out), ElementsAre("owner-missing s3", "system-owner-missing y1"));
  EXPECT_THAT(made.out, AllOf(Not(HasSubstr("Archer")), Not(HasSubstr("Unknown")),
                              Not(HasSubstr("\"ann\""))));
}

TEST_F(Accepting, IsAsGoodAsNewOnceItIsNoLongerAccepted) {
  scratch_.write("accepted.toml", entry(of_print, "2026-11-01", "2026-11-20"));
  const auto night = [&](const char* day) {
    return run({"audit", "exports", "--acceptances", "accepted.toml", "--as-of", day, "--baseline",
                "night.json", "-o", "night.json", "--quiet", "--only", "owner-missing"});
  };
  EXPECT_EQ(night("2026-11-19").exit_code, 0);
  EXPECT_EQ(night("2026-11-20").exit_code, 0);
  EXPECT_THAT(scratch_.read("night.json"), HasSubstr("\"unchanged\":1"));
  EXPECT_EQ(night("2026-11-21").exit_code, 1);
  EXPECT_THAT(scratch_.read("night.json"),
              AllOf(HasSubstr("\"new\":1"), HasSubstr("\"since\":\"2026-11-19\"")));
  EXPECT_EQ(night("2026-11-22").exit_code, 0);
}

TEST_F(Accepting, AddsAnEntryByCommand) {
  const std::string fingerprint = fingerprint_of_print();
  ASSERT_EQ(run({"audit", "exports", "-o", "findings.json", "--quiet"}).exit_code, 1);
  const std::vector<std::string> command = {
      "accept",  fingerprint,  "--in",    "findings.json", "--reason", "It \"goes\" away",
      "--until", "2027-01-31", "--as-of", "2026-11-21",    "--as",     "Ann Archer"};
  const ToolRun lost = run(command);
  EXPECT_EQ(lost.exit_code, 2);
  EXPECT_THAT(lost.err, HasSubstr("there is no tierline.toml here or above"));
  scratch_.write("tierline.toml", "");
  const ToolRun made = run(command);
  EXPECT_EQ(made.exit_code, 0) << made.err;
  EXPECT_THAT(made.out, HasSubstr("acceptances.toml: owner-missing (fingerprint"));
  EXPECT_EQ(scratch_.read("acceptances.toml"),
            fmt::format("# Print (Ann Archer) (item s3)\n[[accept]]\nrule = \"owner-missing\"\n"
                        "match = {{fingerprint = \"{}\"}}\nreason = \"It \\\"goes\\\" away\"\n"
                        "approver = \"Ann Archer\"\ncreated = \"2026-11-21\"\nexpires = "
                        "\"2027-01-31\"\n",
                        fingerprint));
  EXPECT_THAT(accepted_in(run({"audit", "exports", "--as-of", "2026-11-21", "-o", "json:-"}).out),
              ElementsAre("owner-missing s3"));
  const ToolRun again = run(command);
  EXPECT_EQ(again.exit_code, 2);
  EXPECT_THAT(again.err, HasSubstr("acceptances.toml:2: accepts this finding already, until "
                                   "2027-01-31 by Ann Archer"));
}

TEST_F(Accepting, AddsNoEntryThatAuditsWouldRefuse) {
  const auto said_of = [&](const std::string& fingerprint, const std::string& until) {
    const ToolRun made = run({"accept", fingerprint, "--reason", "x", "--until", until, "--as",
                              "ann", "--as-of", "2026-11-21", "--to", "accepted.toml"});
    EXPECT_EQ(made.exit_code, 2);
    EXPECT_FALSE(std::filesystem::exists(scratch_ / "accepted.toml"));
    return made.err;
  };
  const std::string known(32, 'a');
  EXPECT_THAT(said_of("xyz", "2027-01-31"), HasSubstr("'xyz' is no fingerprint"));
  EXPECT_THAT(said_of(known, "soon"), HasSubstr("expires: 'soon' is no day"));
  EXPECT_THAT(said_of(known, "2027-11-22"), HasSubstr("365 are the most"));
  EXPECT_THAT(said_of(known, "2026-11-20"), HasSubstr("before it was created"));
}

TEST_F(Accepting, KeepsWhatTheFileHas) {
  scratch_.write("accepted.toml", "# Ours\n" + entry(of_print));
  const ToolRun made =
      run({"accept", std::string(32, 'A'), "--reason", "x", "--until", "2027-01-31", "--as", "ann",
           "--as-of", "2026-11-21", "--to", "accepted.toml"});
  EXPECT_EQ(made.exit_code, 0) << made.err;
  EXPECT_THAT(scratch_.read("accepted.toml"),
              AllOf(StartsWith("# Ours\n" + entry(of_print) + "\n[[accept]]\nmatch = {fingerprint"),
                    HasSubstr(std::string(32, 'a'))));
  scratch_.write("accepted.toml", "broken");
  EXPECT_EQ(run({"accept", std::string(32, 'b'), "--reason", "x", "--until", "2027-01-31", "--as",
                 "ann", "--to", "accepted.toml"})
                .exit_code,
            2);
  EXPECT_EQ(scratch_.read("accepted.toml"), "broken");
}

/// A brute-force check: what is accepted is what one entry fits, one by one.
TEST_F(Accepting, AcceptsWhatEntriesFitOneByOne) {
  std::srand(17);
  for (int round = 0; round < 20; ++round) {
    std::string statements = "portfolio P @ann";
    for (int i = 0; i < 12; ++i) {
      statements += fmt::format("; {} n{} class:c{} {}", i % 2 == 0 ? "internal" : "system", i,
                                std::rand() % 3, i % 4 == 0 ? "in:P" : "");
    }
    std::vector<Acceptance> all;
    for (int i = 0; i < 6; ++i) {
      Acceptance one = accepting(std::rand() % 2 == 0 ? "owner-missing" : "system-owner-missing");
      one.item = std::rand() % 2 == 0 ? fmt::format("n{}", std::rand() % 12) : "";
      one.item_class = std::rand() % 2 == 0 ? fmt::format("c{}", std::rand() % 3) : "";
      one.glob = std::rand() % 3 == 0 ? fmt::format("N*{}", std::rand() % 10) : "";
      all.push_back(one);
    }
    const Given estate = given_accepting(statements, all);
    for (const Finding& finding : estate.audit().findings()) {
      const ItemId item = finding.subject.item;
      const auto fits = [&](const Acceptance& one) {
        return item != no_item && one.rule == finding.rule->id &&
               (one.item.empty() || one.item == estate.inventory().id(item)) &&
               (one.item_class.empty() || one.item_class == estate.inventory().class_name(item)) &&
               (one.glob.empty() ||
                matches_glob(fold(one.glob), fold(estate.inventory().name(item))));
      };
      EXPECT_EQ(finding.accepted != nullptr, std::ranges::any_of(all, fits)) << statements;
    }
  }
}

}  // namespace
}  // namespace tierline
