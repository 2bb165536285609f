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

TEST_F(ConfigFile, SaysWhichTitlesAreExecutive) {
  scratch_.write("estate/exports/parties.csv",
                 "id,name,kind,title\nann,Ann Archer,person,\"Head of IT, Europe\"\n");
  const std::vector<std::string> only = {"--only", "owner-catch-all"};
  EXPECT_THAT(audit(only).out, Not(HasSubstr("Shop")));
  scratch_.write("estate/tierline.toml", "executive_titles = [\"CIO\", \"head of it\"]\n");
  EXPECT_THAT(audit(only).out, HasSubstr("Head of IT, Europe"));
  scratch_.write("estate/tierline.toml", "executive_titles = \"head of i\"\n");
  EXPECT_THAT(audit(only).out, Not(HasSubstr("Shop"))) << "whole words only";
}

TEST_F(ConfigFile, LeavesNoTitleToBeExecutiveButThoseItNames) {
  scratch_.write("estate/exports/parties.csv",
                 "id,name,kind,title\nann,Ann Archer,person,Chief Engineer\n");
  const std::vector<std::string> only = {"--only", "owner-catch-all"};
  EXPECT_THAT(audit(only).out, HasSubstr("Chief Engineer"));
  scratch_.write("estate/tierline.toml", "executive_titles = [\"CIO\", \"CTO\"]\n");
  EXPECT_THAT(audit(only).out, Not(HasSubstr("Chief Engineer")));
}

/// A router that nobody runs, a switch that Karl runs, and a host of a class of its own.
constexpr std::string_view components =
    "id,name,class,tier,owner,group\n"
    "s1,Shop,service,service,,\n"
    "n1,Router,net_router,component,,\n"
    "n2,Switch,net_switch,component,,karl\n"
    "n3,Host,host,component,,\n"
    "y1,Cart,net_app,system,,\n";

TEST_F(ConfigFile, SaysWhoAnswersForComponentsOfAClass) {
  scratch_.write("estate/exports/items.csv", components);
  scratch_.write("estate/exports/relations.csv", "id,from,to,type\n");
  const std::vector<std::string> only = {"--only", "component-domain-owner-missing"};
  EXPECT_THAT(audit(only).out, AllOf(HasSubstr("Router"), HasSubstr("Host")));
  scratch_.write("estate/tierline.toml", "[domain_owners]\n\"NET_*\" = \"ann\"\n");
  const ToolRun made = audit(only);
  EXPECT_THAT(made.out, AllOf(Not(HasSubstr("Router")), HasSubstr("Host")));
  const auto explained = [&](const std::string& item) {
    return run({"explain", "exports", "--item", item}).out;
  };
  EXPECT_THAT(explained("Router"),
              HasSubstr("Ann Archer: answers for its class, as the configuration says"));
  EXPECT_THAT(explained("Switch"), AllOf(HasSubstr("karl"), Not(HasSubstr("Ann Archer"))))
      << "the export itself says who runs it";
  EXPECT_THAT(explained("Cart"), Not(HasSubstr("Ann Archer"))) << "a system needs an owner";
}

TEST_F(ConfigFile, TakesTheClassItselfBeforeALongerPatternBeforeAShorterOne) {
  scratch_.write("estate/exports/items.csv", components);
  const auto who = [&](const std::string& text) {
    scratch_.write("estate/tierline.toml", "[domain_owners]\n" + text);
    return run({"explain", "exports", "--item", "Router"}).out;
  };
  EXPECT_THAT(who("\"*\" = \"one\"\n\"net_*\" = \"two\"\n"), HasSubstr("two: answers for"));
  EXPECT_THAT(who("\"net_route*\" = \"one\"\nnet_router = \"two\"\n"),
              HasSubstr("two: answers for"));
}

TEST_F(ConfigFile, TellsOfADomainOwnerWhomNoTableHas) {
  scratch_.write("estate/exports/items.csv", components);
  scratch_.write("estate/tierline.toml", "\n[domain_owners]\nnet_router = \"Networks\"\n");
  EXPECT_THAT(run({"audit", "exports", "-o", "json:-"}).out,
              AllOf(HasSubstr("unknown-domain-owner"), HasSubstr("tierline.toml")));
  scratch_.write("estate/tierline.toml", "[domain_owners]\nno_such_class = \"Networks\"\n");
  EXPECT_THAT(run({"audit", "exports", "-o", "json:-"}).out, Not(HasSubstr("unknown-domain-owner")))
      << "nothing is of that class";
}

TEST_F(ConfigFile, CountsDomainOwnersWhereOnlyPartsHaveThem) {
  scratch_.write("estate/exports/items.csv", components);
  scratch_.write("estate/exports/relations.csv",
                 "id,from,to,type\nr1,s1,n1,needs\nr2,s1,n3,needs\n");
  const std::string rule = "[rules.domain-owner-only]\nleast-parts = 2\n";
  scratch_.write("estate/tierline.toml", rule);
  EXPECT_THAT(audit({"--only", "domain-owner-only"}).out, Not(HasSubstr("Shop")));
  scratch_.write("estate/tierline.toml", rule + "[domain_owners]\n\"*\" = \"ann\"\n");
  EXPECT_THAT(audit({"--only", "domain-owner-only"}).out, HasSubstr("Shop"));
}

TEST_F(ConfigFile, SaysWhereThePagesOfItemsAre) {
  scratch_.write("estate/tierline.toml",
                 "link = \"https://cmdb.example/{class}.do?id={id}&n={name}\"\n");
  scratch_.write("estate/exports/items.csv",
                 "id,name,class,tier,link\ns1,Shop & \"\"Co\"\",service,service,\n"
                 "s2,Own,service,service,https://wiki.example/own page\n"
                 "s3,Bad,service,service,javascript:alert(1)\n");
  const auto explained = [&](const std::string& item) {
    return run({"explain", "exports", "--item", item}).out;
  };
  EXPECT_THAT(explained("s1"), HasSubstr("https://cmdb.example/service.do?id=s1&n=Shop%20%26%20"));
  EXPECT_THAT(explained("s2"),
              AllOf(HasSubstr("https://wiki.example/own%20page"), Not(HasSubstr("cmdb.example"))));
  EXPECT_THAT(explained("s3"),
              AllOf(HasSubstr("https://cmdb.example/service.do?id=s3"), Not(HasSubstr("script"))));
  const std::string map = run({"draw", "exports", "-o", "svg:-"}).out;
  EXPECT_THAT(
      map, AllOf(HasSubstr("<a href=\"https://cmdb.example/service.do?id=s1&amp;n=Shop%20%26%20"),
                 HasSubstr("<a href=\"https://wiki.example/own%20page\">"),
                 Not(HasSubstr("javascript"))));
  scratch_.write("estate/exports/relations.csv", "id,from,to,type\nr1,s1,s2,needs\n");
  EXPECT_THAT(run({"draw", "exports", "--focus", "Own", "-o", "svg:-"}).out,
              AllOf(HasSubstr("<a href=\"https://wiki.example/own%20page\"><title>Own"),
                    HasSubstr("id=s1&amp;")));
  scratch_.write("estate/tierline.toml", "");
  EXPECT_THAT(run({"draw", "exports", "-o", "svg:-"}).out,
              AllOf(HasSubstr("wiki.example"), Not(HasSubstr("cmdb.example"))));
}

TEST_F(ConfigFile, RefusesLinksThatAreNoneOfTheWeb) {
  const auto said_of_link = [&](const std::string& link) {
    return said_of("\nlink = '" + link + "'\n");
  };
  for (const std::string link : {"javascript:alert(1)", "JaVaScRiPt://x/{id}", "data:text/html,x",
                                 "ftp://x/{id}", "//cmdb.example/{id}", "cmdb.example/{id}",
                                 " https://x/", "https:/x", "file:///etc/passwd", "http://"}) {
    EXPECT_THAT(said_of_link(link), AllOf(HasSubstr("tierline.toml:2: link: '"), HasSubstr("http")))
        << link;
  }
  for (const std::string link : {"https://{source}.example/{id}", "https://a@b.example/{id}",
                                 "https://{id}", "https:///{id}", "https://?{id}"}) {
    EXPECT_THAT(said_of_link(link), HasSubstr("the host has to be spelled out")) << link;
  }
  for (const std::string link : {"https://x/a b", "https://x/\"><script>", "https://x/\\y",
                                 "https://x/}", "https://x/\u00e9", "https://x/`"}) {
    EXPECT_THAT(said_of_link(link), HasSubstr("no blanks, quotes")) << link;
  }
  EXPECT_THAT(said_of_link("https://x/{ids}"),
              HasSubstr("'{ids}' is nothing that an item has (did you mean 'id'?)"));
  EXPECT_THAT(said_of_link("https://x/{id"), HasSubstr("is nothing that an item has"));
}

TEST_F(ConfigFile, NamesTheEstateInTitlesAndFromNightToNight) {
  scratch_.write("estate/tierline.toml", "estate = \"Norrvik <Home>\"\n");
  EXPECT_THAT(run({"draw", "exports", "-o", "svg:-"}).out,
              HasSubstr("<title>Norrvik &lt;Home&gt; · Who answers for which service</title>"));
  EXPECT_THAT(run({"draw", "exports", "--estate", "Other", "-o", "svg:-"}).out,
              HasSubstr("<title>Other · Who answers"));
  EXPECT_THAT(run({"audit", "exports", "-o", "json:-"}).out,
              HasSubstr("\"estate\":\"Norrvik <Home>\""));
  EXPECT_THAT(run({"draw", "exports", "--no-config", "-o", "svg:-"}).out,
              HasSubstr("<title>Who answers for which service</title>"));
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
  EXPECT_THAT(said_of("link = 3\n"), HasSubstr("tierline.toml:1: link: expected a text"));
  EXPECT_THAT(said_of("domain_owners = \"x\"\n"),
              HasSubstr("domain_owners: expected a table, [domain_owners]"));
  EXPECT_THAT(said_of("[domain_owners]\n\nhost = [\"x\"]\n"),
              HasSubstr("tierline.toml:3: domain_owners.host: expected a text"));
  EXPECT_THAT(said_of("executive_titles = [1]\n"), HasSubstr("expected a text"));
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
                 "set = \"all\"\nestate = \"A \\\"B\\\"\"\nlink = \"https://x/{id}\"\n"
                 "executive_titles = []\nplaceholder_words = ['a \"b\" \\', \"tab\\t\"]\n"
                 "[domain_owners]\n\"net *\" = \"o'x\"\n[rules]\nowner-missing = \"low\"\n");
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
estate = "Example Corp"
set = "all"
fail_on = "critical"
it_orgs = ["Digital*"]
executive_titles = ["CIO"]
link = "https://cmdb.example/nav_to.do?uri={class}.do?sys_id={id}"
placeholder_words = ["ask Bob", "unassigned*"]
profiles = ["servicenow"]
[domain_owners]
cmdb_ci_ip_switch = "Networks"
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
