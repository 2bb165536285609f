// tierline.toml as people use it: where it is found and where never, what it changes, what wins,
// and what is said of a word that nobody knows.

#include "tierline/config.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <filesystem>

#include "json_schema.h"
#include "run_tool.h"
#include "scratch.h"
#include "tierline/report.h"

namespace tierline {
namespace {

namespace fs = std::filesystem;

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

/// Print has no owner; Backup has a word for one. Both support nobody. Shop and Web belong to Ann.
constexpr std::string_view items =
    "id,name,class,tier,facing,owner,criticality\n"
    "s1,Shop,service,service,external,ann,\n"
    "s2,Backup,service,service,supporting,ask Bob,2\n"
    "s3,Web,service,service,supporting,ann,\n"
    "s4,Print,service,service,supporting,,\n"
    "y1,Cart,application,system,,ann,\n";
constexpr std::string_view relations = "id,from,to,type\nr1,s1,y1,needs\nr2,s1,s3,needs\n";
constexpr std::string_view parties = "id,name,kind\nann,Ann Archer,person\n";

class ConfigFile : public ::testing::Test {
 protected:
  ConfigFile() {
    scratch_.write("estate/exports/items.csv", items);
    scratch_.write("estate/exports/relations.csv", relations);
    scratch_.write("estate/exports/parties.csv", parties);
  }

  [[nodiscard]] ToolRun run(std::vector<std::string> arguments,
                            const std::string& folder = "estate") const {
    return run_tool(std::move(arguments), {}, scratch_ / folder);
  }
  [[nodiscard]] ToolRun audit(std::vector<std::string> options = {},
                              const std::string& folder = "estate") const {
    options.insert(options.begin(), {"audit", scratch_ / "estate/exports", "-o", "csv:-"});
    return run(std::move(options), folder);
  }
  /// What is said of a configuration that is wrong.
  [[nodiscard]] std::string said_of(const std::string& text) const {
    scratch_.write("estate/tierline.toml", text);
    const ToolRun said = audit();
    EXPECT_EQ(said.exit_code, 2) << text;
    EXPECT_THAT(said.out, IsEmpty());
    return said.err;
  }

  const Scratch scratch_;
};

TEST_F(ConfigFile, IsFoundInTheWorkingFolderAndAboveTheNearestFirst) {
  scratch_.write("tierline.toml", "[rules]\norphaned-supporting-service = false\n");
  EXPECT_THAT(audit().out, Not(HasSubstr("orphaned-supporting-service")));
  fs::create_directories(scratch_ / "estate/a/b");
  EXPECT_THAT(audit({}, "estate/a/b").out, Not(HasSubstr("orphaned-supporting-service")));
  scratch_.write("estate/tierline.toml", "");
  EXPECT_THAT(audit({}, "estate/a/b").out, HasSubstr("orphaned-supporting-service"));
}

TEST_F(ConfigFile, NeverComesFromWithinWhatIsAudited) {
  scratch_.write("estate/exports/tierline.toml", "[rules]\norphaned-supporting-service = false\n");
  fs::create_directories(scratch_ / "estate/exports/deep");
  for (const std::string folder : {"estate/exports", "estate/exports/deep"}) {
    const ToolRun made = audit({}, folder);
    EXPECT_THAT(made.out, HasSubstr("orphaned-supporting-service")) << folder;
    EXPECT_THAT(made.err, HasSubstr("tierline.toml: lies within what is audited: not used"));
  }
  // The one above the exports counts all the same.
  scratch_.write("estate/tierline.toml", "set = \"all\"\n[rules]\nowner-missing = false\n");
  EXPECT_THAT(audit({}, "estate/exports").out, Not(HasSubstr("owner-missing")));
}

TEST_F(ConfigFile, IsRefusedWhereItIsNamedOrExtendedOrLinkedWithinWhatIsAudited) {
  scratch_.write("estate/exports/own.toml", "set = \"all\"\n");
  const std::string refusal =
      "lies within what is audited: an export must not say how it is judged";
  const ToolRun named = audit({"--config", "exports/own.toml"});
  EXPECT_EQ(named.exit_code, 2);
  EXPECT_THAT(named.err, HasSubstr("exports/own.toml: " + refusal));
  EXPECT_THAT(said_of("extends = \"exports/own.toml\"\n"), HasSubstr(refusal));
  fs::remove(scratch_ / "estate/tierline.toml");
  fs::create_symlink("exports/own.toml", scratch_ / "estate/tierline.toml");
  EXPECT_THAT(audit().err, HasSubstr("tierline.toml: lies within what is audited: not used"));
}

TEST_F(ConfigFile, IsNamedByAnOptionOrDoneWithout) {
  scratch_.write("estate/tierline.toml", "[rules]\norphaned-supporting-service = false\n");
  scratch_.write("estate/other.toml", "[rules]\nowner-missing = false\n");
  EXPECT_THAT(audit({"--no-config"}).out,
              AllOf(HasSubstr("orphaned-supporting-service"), HasSubstr("owner-missing")));
  EXPECT_THAT(audit({"--config", "other.toml"}).out,
              AllOf(HasSubstr("orphaned-supporting-service"), Not(HasSubstr("owner-missing"))));
  EXPECT_THAT(audit({"--config", "gone.toml"}).err, HasSubstr("gone.toml"));
  EXPECT_EQ(audit({"--config", "other.toml", "--no-config"}).exit_code, 2);
}

TEST_F(ConfigFile, TurnsRulesOnAndOffAndSaysHowBadTheyAre) {
  scratch_.write("estate/tierline.toml",
                 "[rules]\norphaned-supporting-service = \"critical\"\n"
                 "offering-missing = true\nowner-missing = {severity = \"info\"}\n");
  const std::string found = audit().out;
  EXPECT_THAT(found, HasSubstr("\"orphaned-supporting-service\",\"critical\""));
  EXPECT_THAT(found, HasSubstr("\"owner-missing\",\"info\""));
  EXPECT_THAT(run({"config"}).out, HasSubstr("offering-missing = {on = true"));
}

TEST_F(ConfigFile, SaysWhichFindingsFailARun) {
  const std::vector<std::string> only = {"--only", "orphaned-supporting-service", "--fail-on",
                                         "info"};
  EXPECT_EQ(audit(only).exit_code, 1);
  scratch_.write("estate/tierline.toml", "[rules.orphaned-supporting-service]\nfails = false\n");
  EXPECT_EQ(audit(only).exit_code, 0);
}

TEST_F(ConfigFile, ChoosesTheNumbersOfRules) {
  scratch_.write("estate/tierline.toml", "[rules.owner-overloaded]\nmost-services = 1\n");
  EXPECT_THAT(audit().out, HasSubstr("owner-overloaded"));
  scratch_.write("estate/tierline.toml", "[rules.owner-overloaded]\nmost-services = 2\n");
  EXPECT_THAT(audit().out, Not(HasSubstr("owner-overloaded")));
}

TEST_F(ConfigFile, AddsWordsThatStandForNobody) {
  EXPECT_THAT(audit({"--only", "owner-missing"}).out, Not(HasSubstr("Backup")));
  scratch_.write("estate/tierline.toml", "placeholder_words = [\"ASK *\"]\n");
  EXPECT_THAT(audit({"--only", "owner-missing"}).out, HasSubstr("Backup"));
}

TEST_F(ConfigFile, SaysWhichOrganisationsAreIt) {
  scratch_.write("estate/exports/parties.csv",
                 "id,name,kind,organisation,parent\nann,Ann Archer,person,net,\n"
                 "net,Networks,organisation,,dig\ndig,Digital Europe,organisation,,\n");
  const std::vector<std::string> only = {"--only", "external-service-owned-by-it"};
  EXPECT_THAT(audit(only).out, Not(HasSubstr("Shop")));
  scratch_.write("estate/tierline.toml", "it_orgs = \"digital*\"\n");
  const ToolRun made = audit(only);
  EXPECT_THAT(made.out, HasSubstr("Shop"));
  EXPECT_EQ(made.exit_code, 1) << "it is known then, not only likely";
  scratch_.write("estate/tierline.toml",
                 "it_orgs = \"digital*\"\n[rules.external-service-owned-by-it]\nfails = false\n");
  EXPECT_EQ(audit(only).exit_code, 0);
}

TEST_F(ConfigFile, YieldsToTheCommandLine) {
  scratch_.write("estate/tierline.toml",
                 "set = \"all\"\nfail_on = \"never\"\nprofiles = \"itop\"\n");
  EXPECT_THAT(audit().err, HasSubstr("profile"));
  EXPECT_EQ(audit({"--profile", "tierline"}).exit_code, 0);
  EXPECT_EQ(audit({"--profile", "tierline", "--fail-on", "info"}).exit_code, 1);
  EXPECT_THAT(run({"config", "--set", "core", "--fail-on", "low"}).out,
              AllOf(HasSubstr("set = \"core\""), HasSubstr("# --set"), HasSubstr("# --fail-on"),
                    HasSubstr("# tierline.toml:3")));
}

TEST_F(ConfigFile, ExtendsOthersRelativeToItself) {
  scratch_.write("company/base.toml",
                 "fail_on = \"low\"\nplaceholder_words = [\"nobody yet\"]\n"
                 "[rules.owner-overloaded]\nmost-services = 1\nseverity = \"high\"\n");
  scratch_.write("estate/tierline.toml",
                 "extends = \"../company/base.toml\"\nfail_on = \"never\"\n"
                 "[rules.owner-overloaded]\nseverity = \"low\"\n");
  EXPECT_THAT(run({"config"}).out,
              AllOf(HasSubstr("fail_on = \"never\""), HasSubstr("[\"nobody yet\"]"),
                    HasSubstr("owner-overloaded = {on = true, severity = \"low\", fails = true, "
                              "most-services = 1}"),
                    HasSubstr("severity: tierline.toml:4, most-services: ../company/base.toml:4")));
}

TEST_F(ConfigFile, ThatExtendsItselfIsAnError) {
  scratch_.write("estate/b.toml", "\nextends = \"tierline.toml\"\n");
  EXPECT_THAT(said_of("extends = [\"b.toml\"]\n"),
              HasSubstr("b.toml:2: extends: 'tierline.toml' extends this file in turn"));
  EXPECT_THAT(said_of("extends = \"tierline.toml\"\n"), HasSubstr("extends this file in turn"));
  EXPECT_THAT(said_of("extends = \"/etc/base.toml\"\n"), HasSubstr("not relative to this file"));
}

TEST_F(ConfigFile, NamesFileAndLineAndTheNearestWord) {
  EXPECT_THAT(said_of("\nfial_on = \"low\"\n"),
              HasSubstr("tierline.toml:2: 'fial_on' is no key (did you mean 'fail_on'?)"));
  EXPECT_THAT(said_of("set = \"al\"\n"),
              HasSubstr("tierline.toml:1: set: 'al' is no set of rules"));
  EXPECT_THAT(said_of("[rules]\n\nowner-mising = true\n"),
              HasSubstr("tierline.toml:3: no rule is called 'owner-mising' (did you mean "
                        "'owner-missing'?)"));
  EXPECT_THAT(said_of("[rules.owner-overloaded]\nmost-service = 3\n"),
              HasSubstr("tierline.toml:2: 'most-service' is no setting of owner-overloaded (did "
                        "you mean 'most-services'?)"));
  EXPECT_THAT(said_of("[rules]\nowner-missing = \"hihg\"\n"),
              HasSubstr("'hihg' is no severity (did you mean 'high'?)"));
}

TEST_F(ConfigFile, SaysWhatItExpected) {
  EXPECT_THAT(said_of("[rules.owner-overloaded]\nmost-services = 0\n"),
              HasSubstr("tierline.toml:2: rules.owner-overloaded.most-services: expected a whole "
                        "number from 1 to 100000"));
  EXPECT_THAT(said_of("[rules.owner-overloaded]\nmost-services = 12.5\n"),
              HasSubstr("expected a whole number"));
  EXPECT_THAT(said_of("rules = 3\n"), HasSubstr("expected a table, [rules]"));
  EXPECT_THAT(said_of("[rules]\nowner-missing = 3\n"),
              HasSubstr("expected true, false, a severity or a table"));
  EXPECT_THAT(said_of("fail_on = true\n"), HasSubstr("tierline.toml:1: fail_on: expected a text"));
  EXPECT_THAT(said_of("placeholder_words = [\"a\", 3]\n"), HasSubstr("expected a text"));
  EXPECT_THAT(said_of("profiles = \"gone.json\"\n"),
              HasSubstr("tierline.toml:1: gone.json: neither a file nor one of"));
}

TEST_F(ConfigFile, ThatIsNoTomlIsAnErrorWithItsLine) {
  EXPECT_THAT(said_of("set = \"core\"\nfail_on =\n"),
              StartsWith("tierline: tierline.toml:2: not TOML"));
  EXPECT_THAT(said_of(std::string("set = \"\0\"\n", 10)), HasSubstr("not TOML"));
  EXPECT_THAT(said_of("set = \"\xff\"\n"), HasSubstr("not TOML"));
  EXPECT_THAT(said_of("x = " + std::string(100'000, '[') + "\n"), HasSubstr("not TOML"));
  EXPECT_THAT(said_of("#" + std::string(std::size_t{2} << 20, 'x')),
              HasSubstr("this is no configuration: none is larger than 1 MiB"));
}

TEST_F(ConfigFile, StandsInReportsWithADigestThatChangesWithIt) {
  const auto report = [&] {
    const ToolRun made = run({"audit", "exports", "-o", "json:-"});
    rapidjson::Document document;
    document.Parse(made.out.data(), made.out.size());
    EXPECT_THAT(schema_errors(findings_schema(), made.out), IsEmpty());
    return document;
  };
  EXPECT_FALSE(report()["run"].HasMember("config"));
  scratch_.write("estate/tierline.toml", "set = \"core\"\n");
  const auto first = report();
  EXPECT_STREQ(first["run"]["config"]["files"][0].GetString(), "tierline.toml");
  scratch_.write("estate/tierline.toml", "set = \"core\" # 2\n");
  EXPECT_STRNE(report()["run"]["config"]["xxh128"].GetString(),
               first["run"]["config"]["xxh128"].GetString());
  EXPECT_THAT(run({"audit", "exports"}).out, HasSubstr("Configured by tierline.toml (digest "));
}

TEST_F(ConfigFile, IsNotOverwrittenByAReport) {
  scratch_.write("estate/tierline.toml", "set = \"core\"\n");
  EXPECT_THAT(run({"audit", "exports", "-o", "text:tierline.toml"}).err,
              HasSubstr("is one of the configurations that are read: write elsewhere"));
  EXPECT_EQ(scratch_.read("estate/tierline.toml"), "set = \"core\"\n");
}

TEST_F(ConfigFile, IsWhatTheConfigCommandPrints) {
  scratch_.write("estate/first.toml",
                 "set = \"all\"\nplaceholder_words = ['a \"b\" \\', \"tab\\t\"]\n"
                 "[rules]\nowner-missing = \"low\"\n");
  const std::string printed = run({"config", "--config", "first.toml"}).out;
  scratch_.write("estate/second.toml", printed);
  const auto without_comments = [](const std::string& text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = text.find('\n', at);
      const std::string line = text.substr(at, end - at);
      out += line.substr(0, line.find("  #")) + '\n';
      at = end + 1;
    }
    return out.substr(out.find('\n'));
  };
  EXPECT_EQ(without_comments(run({"config", "--config", "second.toml"}).out),
            without_comments(printed));
  EXPECT_THAT(run({"config"}).out, StartsWith("# No tierline.toml"));
}

TEST_F(ConfigFile, HasASchemaWhoseExampleIsAccepted) {
  EXPECT_EQ(run({"schema", "config"}).out, config_schema());
  EXPECT_THAT(schema_flaws(config_schema()), IsEmpty());
  rapidjson::Document schema;
  schema.Parse(config_schema().data(), config_schema().size());
  rapidjson::StringBuffer example;
  rapidjson::Writer<rapidjson::StringBuffer> writer(example);
  schema["examples"][0].Accept(writer);
  EXPECT_THAT(schema_errors(config_schema(), example.GetString()), IsEmpty());
  scratch_.write("company.toml", "");
  const ToolRun printed = run({"config", "--config", scratch_.write("estate/example.toml", R"(
extends = "../company.toml"
set = "all"
fail_on = "critical"
it_orgs = ["Digital*"]
placeholder_words = ["ask Bob", "unassigned*"]
profiles = ["servicenow"]
[rules]
orphan-component = false
owner-inactive = "critical"
owner-overloaded = {severity = "high", most-services = 20}
duplicate-platform = {on = true, fails = true}
)")});
  EXPECT_EQ(printed.exit_code, 0) << printed.err;
  // Each key of the schema is one that the reader knows, and the other way round.
  for (const auto& key : schema["properties"].GetObject()) {
    if (std::string(key.name.GetString()) != "extends") {
      EXPECT_THAT(printed.out, HasSubstr(key.name.GetString()));
    }
  }
}

}  // namespace
}  // namespace tierline
