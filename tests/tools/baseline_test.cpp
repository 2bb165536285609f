// Nights in a row: what is new, what is gone and why, what fails a run, and an export that is
// broken rather than an estate that has changed.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <rapidjson/document.h>

#include <map>
#include <utility>

#include "analysis/fingerprint.h"
#include "given.h"
#include "json_schema.h"
#include "run_tool.h"
#include "scratch.h"
#include "support/id128.h"
#include "tierline/config.h"
#include "tierline/report.h"

namespace tierline {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAre;

/// An estate from night to night: items by id, as the rest of their rows.
class Nights : public ::testing::Test {
 protected:
  Nights() {
    items_ = {{"s1", "Shop,service,service,external,ann,"},
              {"s2", "Backup,service,service,supporting,,"},
              {"s3", "Print,service,service,supporting,,"},
              {"y1", "Cart,application,system,,,"}};
    relations_ = "r1,s1,y1,needs\n";
    parties_ = "ann,Ann Archer,person\n";
  }

  void write_export() const {
    std::string text = "id,name,class,tier,facing,owner,state\n";
    for (const auto& [id, rest] : items_) {
      text += fmt::format("{},{}\n", id, rest);
    }
    scratch_.write("exports/items.csv", text);
    scratch_.write("exports/relations.csv", "id,from,to,type\n" + relations_);
    scratch_.write("exports/parties.csv", "id,name,kind\n" + parties_);
  }
  [[nodiscard]] ToolRun run(std::vector<std::string> arguments) const {
    return run_tool(std::move(arguments), {}, scratch_.path());
  }
  /// A night as a job runs it: compared with the report of the night before, and writing the next.
  [[nodiscard]] ToolRun night(std::vector<std::string> more = {}) const {
    write_export();
    more.insert(more.begin(), {"audit", "exports", "--baseline", "night.json", "-o", "night.json",
                               "--quiet", "--fail-on", "medium"});
    return run(std::move(more));
  }
  [[nodiscard]] rapidjson::Document report() const {
    rapidjson::Document document;
    const std::string text = scratch_.read("night.json");
    EXPECT_THAT(schema_errors(findings_schema(), text), IsEmpty());
    document.Parse(text.data(), text.size());
    return document;
  }
  /// `RULE NAME STATE` of what is not as it was; of what is gone, its fate.
  [[nodiscard]] std::vector<std::string> changes() const {
    const rapidjson::Document document = report();
    std::vector<std::string> all;
    for (const auto& finding : document["findings"].GetArray()) {
      if (std::string(finding["state"].GetString()) != "unchanged") {
        all.push_back(fmt::format("{} {} {}", finding["rule"].GetString(),
                                  finding["subject"]["name"].GetString(),
                                  finding["state"].GetString()));
      }
    }
    for (const auto& one : document["absent"].GetArray()) {
      all.push_back(fmt::format("{} {} {}", one["rule"].GetString(),
                                one["subject"]["name"].GetString(), one["fate"].GetString()));
    }
    return all;
  }

  std::map<std::string, std::string> items_;
  std::string relations_;
  std::string parties_;
  const Scratch scratch_;
};

TEST_F(Nights, BeginWithOneOnWhichAllIsNew) {
  EXPECT_EQ(night().exit_code, 1);
  const auto first = report();
  EXPECT_FALSE(first["run"]["baseline"].HasMember("asOf"));
  EXPECT_GT(first["run"]["baseline"]["new"].GetUint(), 0U);
  EXPECT_EQ(night().exit_code, 0) << "nothing is new on the second";
  EXPECT_THAT(changes(), IsEmpty());
}

TEST_F(Nights, FailByWhatIsNewOnlyUnlessTold) {
  ASSERT_EQ(night().exit_code, 1);
  EXPECT_EQ(night().exit_code, 0);
  EXPECT_EQ(night({"--fail-on-any"}).exit_code, 1);
  items_["s4"] = "Mail,service,service,internal,,";
  EXPECT_EQ(night().exit_code, 1);
  EXPECT_THAT(changes(), ::testing::Contains("owner-missing Mail new"));
}

TEST_F(Nights, KnowAFindingWhateverItsNameOrderAndPlace) {
  ASSERT_EQ(night().exit_code, 1);
  items_["s2"] = "Backup & Restore,service,service,supporting,,";
  items_["a0"] = "Ledger,application,system,,ann,";
  relations_ += "r2,s1,a0,needs\n";
  EXPECT_EQ(night().exit_code, 0);
  EXPECT_THAT(changes(), IsEmpty());
}

TEST_F(Nights, TellWhatBecameOfEachThatIsGone) {
  items_["s5"] = "Fax,service,service,supporting,,";
  items_["s6"] = "Telex,service,service,supporting,ann,";
  ASSERT_EQ(night().exit_code, 1);
  items_["s2"] = "Backup,service,service,supporting,ann,";         // Somebody answers for it.
  items_["s3"] = "Print,service,service,supporting,,retired";      // It is over.
  items_.erase("s5");                                              // It is no longer there.
  const ToolRun made = night({"--skip", "system-owner-missing"});  // Nobody asked.
  EXPECT_EQ(made.exit_code, 0) << made.err;
  EXPECT_THAT(changes(),
              UnorderedElementsAre("owner-missing Backup resolved", "owner-missing Print retired",
                                   "orphaned-supporting-service Print retired",
                                   "owner-missing Fax not-exported",
                                   "orphaned-supporting-service Fax not-exported",
                                   "system-owner-missing Cart not-evaluated"));
}

TEST_F(Nights, DoNotTakeAMissingFieldForAnswers) {
  ASSERT_EQ(night().exit_code, 1);
  write_export();
  scratch_.write("exports/items.csv",
                 "id,name,class,tier,facing,state\ns1,Shop,service,service,external,\n"
                 "s2,Backup,service,service,supporting,\ns3,Print,service,service,supporting,\n"
                 "y1,Cart,application,system,,\n");
  (void)run({"audit", "exports", "--baseline", "night.json", "-o", "night.json", "--quiet"});
  EXPECT_THAT(changes(), ::testing::Contains("owner-missing Backup not-evaluated"));
}

TEST_F(Nights, CallAnotherSeverityAndAnotherRuleOfTheFamilyUpdated) {
  ASSERT_EQ(night().exit_code, 1);
  items_["s2"] = "Backup,service,service,external,,";
  EXPECT_EQ(night().exit_code, 1) << "there are new ones as well";
  EXPECT_THAT(changes(), ::testing::Contains("owner-missing Backup updated"));
  // Three services of two owners rely on Cart: another rule tells of it.
  items_["s7"] = "Till,service,service,external,bob,";
  items_["s8"] = "App,service,service,external,bob,";
  parties_ += "bob,Bob Builder,person\n";
  relations_ += "r7,s7,y1,needs\nr8,s8,y1,needs\n";
  (void)night();
  EXPECT_THAT(changes(), AllOf(::testing::Contains("shared-platform-unowned Cart updated"),
                               Not(::testing::Contains(HasSubstr("system-owner-missing Cart")))));
}

TEST_F(Nights, CallAFindingUpdatedWhoseDefiningEvidenceIsAnother) {
  // Backup supports nobody: what it is alone with, once only an island relies on it, is another
  // case of the same.
  ASSERT_EQ(night().exit_code, 1);
  relations_ += "r2,s3,s2,needs\n";
  EXPECT_EQ(night().exit_code, 0);
  EXPECT_THAT(changes(), ElementsAre("orphaned-supporting-service Backup updated"));
  EXPECT_EQ(night().exit_code, 0);
  EXPECT_THAT(changes(), IsEmpty());
}

TEST_F(Nights, KnowDefiningEvidenceFromABaselineFileAsWell) {
  write_export();
  ASSERT_EQ(run({"baseline", "create", "exports", "-o", "known.baseline"}).exit_code, 0);
  relations_ += "r2,s3,s2,needs\n";
  write_export();
  (void)run({"audit", "exports", "--baseline", "known.baseline", "-o", "night.json", "--quiet"});
  EXPECT_THAT(changes(), ElementsAre("orphaned-supporting-service Backup updated"));
}

TEST_F(Nights, TakeNoCountReachOrCandidateForAChange) {
  ASSERT_EQ(night().exit_code, 1);
  parties_ += "eve,Eve Ecker,person\n";
  items_["s2"] = "Backup,service,service,supporting,,";
  relations_ += "r2,s1,s3,needs\n";  // Print is of use now, and one more stands on it.
  EXPECT_EQ(night().exit_code, 0);
  EXPECT_THAT(changes(), ElementsAre("orphaned-supporting-service Print resolved"));
}

/// What owner-missing was called before, had it ever had another name.
const Register<RuleAlias> alias{{.id = "made-up-former-name", .now = "edges-only-or-nodes-only"}};

TEST_F(Nights, KnowFindingsOfARuleByItsFirstName) {
  EXPECT_EQ(current_rule("made-up-former-name"), "edges-only-or-nodes-only");
  EXPECT_EQ(current_rule("owner-missing"), "owner-missing");
  EXPECT_EQ(first_name_of("edges-only-or-nodes-only"), "made-up-former-name");
  EXPECT_EQ(fingerprint("edges-only-or-nodes-only", "key"),
            fingerprint("made-up-former-name", "key"));
  // A report of before the rule was renamed.
  const Given now = given("component A; component B", {.only = {"edges-only-or-nodes-only"}});
  const std::string found = now.only("edges-only-or-nodes-only").fingerprint;
  scratch_.write(
      "before.json",
      fmt::format(R"({{"schemaVersion":1,"tool":{{"name":"tierline"}},"findings":[)"
                  R"({{"rule":"made-up-former-name","severity":"low","fingerprint":"{}",)"
                  R"("subject":{{"kind":"source","id":"x","name":"x"}}}}]}})",
                  found));
  const auto read = read_baseline(scratch_ / "before.json");
  ASSERT_TRUE(read && *read);
  EXPECT_EQ((*read)->findings[0].rule, "edges-only-or-nodes-only");
  EXPECT_EQ(to_hex((*read)->findings[0].fingerprint), found);
}

TEST_F(Nights, KnowARuleByAFormerName) {
  ASSERT_NE(rule_called("made-up-former-name"), nullptr);
  EXPECT_EQ(rule_called("made-up-former-name")->id, "edges-only-or-nodes-only");
  EXPECT_EQ(rule_called("made-up-name"), nullptr);
  const std::string file =
      scratch_.write("former.toml", "[rules]\nmade-up-former-name = \"critical\"\n");
  const auto config = read_config(file, {});
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->rules.at("edges-only-or-nodes-only").severity, Severity::critical);
}

TEST_F(Nights, CallAGroupUpdatedOfWhichAtLeastHalfAreTheSame) {
  const auto circle = [&](int size) {
    relations_ = "r1,s1,y1,needs\n";
    for (int i = 0; i < size; ++i) {
      items_[fmt::format("c{}", i)] = fmt::format("Part {},application,system,,ann,", i);
      relations_ += fmt::format("k{0},c{0},c{1},needs\n", i, (i + 1) % size);
    }
    relations_ += "k,s1,c0,needs\n";
  };
  circle(3);
  (void)night();
  circle(4);
  EXPECT_EQ(night().exit_code, 0);
  EXPECT_THAT(changes(), ElementsAre(AllOf(StartsWith("dependency-cycle"), HasSubstr("updated"))));
  circle(9);
  (void)night();
  EXPECT_THAT(changes(), UnorderedElementsAre(HasSubstr(" new"), HasSubstr(" resolved")));
}

TEST_F(Nights, KeepTheDayOfTheFirst) {
  ASSERT_EQ(night({"--as-of", "2026-11-01"}).exit_code, 1);
  ASSERT_EQ(night({"--as-of", "2026-11-02"}).exit_code, 0);
  items_["s4"] = "Mail,service,service,internal,,";
  ASSERT_EQ(night({"--as-of", "2026-11-03"}).exit_code, 1);
  const auto document = report();
  for (const auto& finding : document["findings"].GetArray()) {
    const bool is_mail = std::string(finding["subject"]["name"].GetString()) == "Mail";
    EXPECT_STREQ(finding["since"].GetString(), is_mail ? "2026-11-03" : "2026-11-01");
  }
}

TEST_F(Nights, AreNotFooledByABrokenExport) {
  for (int i = 0; i < 100; ++i) {
    items_[fmt::format("x{}", i)] = fmt::format("Server {},server,component,,ann,", i);
  }
  ASSERT_EQ(night().exit_code, 1);
  const std::string before = scratch_.read("night.json");
  for (int i = 0; i < 50; ++i) {
    items_.erase(fmt::format("x{}", i));
  }
  const ToolRun broken = night();
  EXPECT_EQ(broken.exit_code, 3);
  EXPECT_THAT(broken.err, AllOf(HasSubstr("table 'tierline/items' has 54 records, and had 104"),
                                HasSubstr("nothing was written")));
  EXPECT_EQ(scratch_.read("night.json"), before);
  EXPECT_EQ(night({"--accept-change"}).exit_code, 0);
  EXPECT_NE(scratch_.read("night.json"), before);
}

TEST_F(Nights, MissATableThatWasThere) {
  ASSERT_EQ(night().exit_code, 1);
  write_export();
  std::filesystem::remove(scratch_ / "exports/parties.csv");
  const ToolRun broken = run({"audit", "exports", "--baseline", "night.json", "-o", "night.json"});
  EXPECT_EQ(broken.exit_code, 3);
  EXPECT_THAT(broken.err, HasSubstr("table 'tierline/parties' is missing: it had 1 record"));
}

TEST_F(Nights, SuspectARuleThatFindsFarMore) {
  for (int i = 0; i < 30; ++i) {
    items_[fmt::format("x{}", i)] =
        fmt::format("App {},application,system,,{},", i, i < 5 ? "" : "ann");
    relations_ += fmt::format("x{0},s1,x{0},needs\n", i);
  }
  ASSERT_EQ(night().exit_code, 1);
  for (int i = 5; i < 30; ++i) {
    items_[fmt::format("x{}", i)] = fmt::format("App {},application,system,,,", i);
  }
  EXPECT_THAT(night().err, HasSubstr("system-owner-missing finds 31, and found 6"));
}

TEST_F(Nights, AreOfOneEstate) {
  ASSERT_EQ(night().exit_code, 1);
  scratch_.write("other/items.csv",
                 "id,name,class,tier,facing,owner\ns9,Till,service,service,external,\n");
  const ToolRun other =
      run({"audit", "other", "--source", "shop=other", "--baseline", "night.json"});
  EXPECT_EQ(other.exit_code, 2);
  EXPECT_THAT(other.err, HasSubstr("night.json: is a baseline of 'tierline', and this is 'shop'"));
  const ToolRun part = night({"--where", "class=service"});
  EXPECT_THAT(part.err, HasSubstr("this is 'tierline where class=service'"));
  EXPECT_EQ(night({"--where", "class=service", "--estate", "tierline"}).exit_code, 0);
  EXPECT_THAT(changes(), ElementsAre("system-owner-missing Cart out-of-scope"));
}

TEST_F(Nights, AreToldInText) {
  ASSERT_EQ(night().exit_code, 1);
  items_["s4"] = "Mail,service,service,internal,,";
  items_.erase("s3");
  write_export();
  const std::string text = run({"audit", "exports", "--baseline", "night.json"}).out;
  EXPECT_THAT(text, AllOf(HasSubstr("2 gone"), HasSubstr("  new   high     Mail: "),
                          HasSubstr("Print: owner-missing (no longer exported)")));
  EXPECT_THAT(run({"audit", "exports", "--baseline", "gone.json"}).out,
              HasSubstr("First night: gone.json is not there yet, so every finding is new."));
}

TEST_F(Nights, CanBeWrittenDownSmall) {
  write_export();
  ASSERT_EQ(run({"baseline", "create", "exports", "-o", "known.baseline", "--as-of", "2026-11-01"})
                .exit_code,
            0);
  const std::string known = scratch_.read("known.baseline");
  EXPECT_THAT(known, StartsWith(R"({"tierline":"baseline","version":1,"asOf":"2026-11-01",)"));
  EXPECT_EQ(run({"audit", "exports", "--baseline", "known.baseline"}).exit_code, 0);
  items_["s4"] = "Mail,service,service,internal,,";
  write_export();
  EXPECT_EQ(run({"audit", "exports", "--baseline", "known.baseline"}).exit_code, 1);
  ASSERT_EQ(run({"baseline", "update", "exports", "--baseline", "known.baseline", "-o",
                 "known.baseline", "--as-of", "2026-11-02"})
                .exit_code,
            0);
  EXPECT_EQ(run({"audit", "exports", "--baseline", "known.baseline"}).exit_code, 0);
  EXPECT_THAT(run({"baseline", "show", "known.baseline"}).out,
              AllOf(HasSubstr("findings of 'tierline' as of 2026-11-02"),
                    HasSubstr("owner-missing"), HasSubstr("since 2026-11-01")));
}

TEST_F(Nights, ReadBaselinesThatArePacked) {
  ASSERT_EQ(night().exit_code, 1);
  ASSERT_EQ(std::system(fmt::format("gzip -k {}", scratch_ / "night.json").c_str()), 0);
  EXPECT_EQ(run({"audit", "exports", "--baseline", "night.json.gz"}).exit_code, 0);
}

TEST_F(Nights, AreNotFooledByAClassThatIsGoneFromALargeTable) {
  for (int i = 0; i < 300; ++i) {
    items_[fmt::format("p{}", i)] =
        fmt::format("Part {},{},component,,,", i, i < 30 ? "printer" : "server");
  }
  ASSERT_EQ(night().exit_code, 1);
  const auto before = items_;
  std::erase_if(items_, [](const auto& item) { return item.second.find("printer") < 99; });
  const ToolRun broken = night();
  EXPECT_EQ(broken.exit_code, 3);
  EXPECT_THAT(broken.err, HasSubstr("class 'tierline/printer' has 0 items, and had 30\n"));
  EXPECT_THAT(broken.err, Not(HasSubstr("table")));
  scratch_.write("tierline.toml", "[guard]\nfallen_records = 30\n");
  EXPECT_EQ(night().exit_code, 0) << "as many may go";
  items_ = before;
  scratch_.write("tierline.toml", "[guard]\nfal = 30\n");
  EXPECT_THAT(night().err, HasSubstr("tierline.toml:2"));
  scratch_.write("tierline.toml", "[guard]\nfall = \"30\"\n");
  EXPECT_THAT(night().err, HasSubstr("guard.fall: expected a whole number"));
}

TEST_F(Nights, RefuseABaselineThatIsNone) {
  write_export();
  const auto said_of = [&](const std::string& text) {
    scratch_.write("wrong.json", text);
    const ToolRun said = run({"audit", "exports", "--baseline", "wrong.json"});
    EXPECT_EQ(said.exit_code, 2) << text;
    return said.err;
  };
  EXPECT_THAT(said_of("{\"a\": 1}"),
              HasSubstr("wrong.json: neither a JSON report of tierline nor"));
  EXPECT_THAT(said_of(""), HasSubstr("wrong.json: "));
  EXPECT_THAT(said_of("{\"tierline\":\"baseline\",\"version\":1}\n{\"fingerprint\":\"xyz\"}"),
              HasSubstr("wrong.json:2: no baseline that can be read: 'xyz' is no fingerprint"));
  EXPECT_THAT(said_of("{\"tierline\":\"baseline\",\"version\":2}"),
              HasSubstr("a later version of tierline"));
  EXPECT_THAT(said_of("{\"tierline\":\"baseline\",\"version\":1}\n{\"fing"),
              HasSubstr("wrong.json:2: no baseline"));
  EXPECT_THAT(said_of(std::string(200'000, '[')), HasSubstr("wrong.json"));
}

TEST_F(Nights, DoNotTellPersonsOfABaselineThatNamesThem) {
  ASSERT_EQ(night().exit_code, 1);
  const ToolRun redacted = night({"--redact", "people"});
  EXPECT_EQ(redacted.exit_code, 2);
  EXPECT_THAT(redacted.err, HasSubstr("night.json: names persons"));
}

}  // namespace
}  // namespace tierline
