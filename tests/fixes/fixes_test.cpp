// From finding to fix, and back: what is proposed is done to the export, which is audited again.

#include "tierline/fixes.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <filesystem>
#include <map>
#include <set>

#include "given.h"
#include "run_tool.h"
#include "scratch.h"
#include "synthetic.h"
#include "tierline/text.h"

namespace tierline {
namespace {

namespace fs = std::filesystem;

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Key;
using ::testing::Not;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

/// `RULE TABLE ID FIELD VALUE`.
std::vector<std::string> proposed(const Given& estate) {
  std::vector<std::string> all;
  for (const Fix& fix : fixes_for(estate.audit().report()).fixes) {
    all.push_back(fmt::format("{} {} {} {} {}", fix.rule, fix.id, to_string(fix.action), fix.field,
                              fix.after));
  }
  return all;
}

TEST(Fixes, GiveWhatHasLostItsOwnerToTheBestCandidateWhoIsThere) {
  EXPECT_THAT(
      proposed(given("person ann; person eve left; external Shop @eve in:Retail; system Cart "
                     "@ann; Shop -> Cart; portfolio Retail @ann")),
      Contains(HasSubstr("owner-inactive Shop update owner ann")));
}

TEST(Fixes, ProposeNothingWhereNobodyFits) {
  EXPECT_THAT(proposed(given("person eve left; external Shop @eve; system Cart; Shop -> Cart")),
              IsEmpty());
}

/// The core rules, with what reads the fields that tell states.
RuleSelection with_states() {
  RuleSelection rules;
  rules.settings["status-contradiction"].on = true;
  rules.skip = {"service-without-parts"};  // Speaks up where too few are left that have none.
  return rules;
}

/// The names of what is proposed to be retired.
std::vector<std::string> retired_in(std::string_view statements) {
  std::vector<std::string> all;
  for (const Fix& fix : fixes_for(given(statements, with_states()).audit().report()).fixes) {
    if (fix.rule == "orphaned-supporting-service") {
      EXPECT_EQ(fix.field + ' ' + fix.after, "state retired");
      EXPECT_EQ(fix.confidence, Confidence::hint) << "a person decides";
      all.push_back(fix.id);
    }
  }
  return all;
}

constexpr std::string_view shop =
    "person ann; portfolio All @ann; external Shop @ann in:All; system Cart @ann; Shop -> Cart; ";

TEST(Fixes, RetireServicesThatSupportNobody) {
  EXPECT_THAT(retired_in(fmt::format("{}supporting Tape @ann; supporting Fax @ann; "
                                     "system Modem @ann; Cart -> Fax -> Modem",
                                     shop)),
              ElementsAre("Tape"));
}

TEST(Fixes, RetireAnIslandAsAWhole) {
  EXPECT_THAT(retired_in(fmt::format("{}supporting Tape @ann; supporting Fax @ann; "
                                     "supporting Telex @ann; Tape -> Fax -> Telex -> Tape",
                                     shop)),
              ElementsAre("Fax", "Tape", "Telex"));
}

TEST(Fixes, KeepAServiceThatHasSomethingRunningForItAlone) {
  EXPECT_THAT(retired_in(fmt::format("{}supporting Tape @ann; system Robot @ann; Tape -> Robot; "
                                     "supporting Fax @ann; Fax -> Cart",
                                     shop)),
              ElementsAre("Fax"));
}

TEST(Fixes, KeepAServiceThatSomethingInUseNeeds) {
  EXPECT_THAT(
      retired_in(fmt::format("{}supporting Tape @ann; system Nightly @ann; Nightly -> Tape", shop)),
      IsEmpty());
}

TEST(Fixes, KeepAServiceThatIsStillAwaited) {
  EXPECT_THAT(retired_in(fmt::format("{}supporting Tape @ann; external Mail @ann planned; "
                                     "Mail -> Tape",
                                     shop)),
              IsEmpty());
}

TEST(Fixes, KeepTheLastServiceOfAPortfolio) {
  EXPECT_THAT(retired_in(fmt::format("{}portfolio Old @ann; supporting Tape @ann in:Old", shop)),
              IsEmpty());
}

TEST(Fixes, SpareWhatNothingIsWrongWithWhereAServiceStays) {
  const Given estate = given(
      fmt::format(
          "{}person eve left; supporting Tape @ann in:All; system Robot @eve ?ann; Tape -> Robot",
          shop),
      with_states());
  EXPECT_THAT(proposed(estate), ElementsAre("owner-inactive Robot update owner ann"));
}

RuleSelection accepting(const std::string& rule, const std::string& item,
                        const std::string& expires = "2027-01-31") {
  RuleSelection rules = with_states();
  Acceptance one;
  one.rule = rule;
  one.item = item;
  one.reason = "known";
  one.approver = "ann";
  one.created = "2026-11-01";
  one.expires = expires;
  rules.acceptances.are_given = true;
  rules.acceptances.all.push_back(std::move(one));
  return rules;
}

TEST(Fixes, ProposeNothingForWhatSomebodyAccepts) {
  const std::string estate =
      fmt::format("{}supporting Tape @ann in:All; supporting Fax @ann in:All", shop);
  EXPECT_THAT(proposed(given(estate, accepting("orphaned-supporting-service", "Tape"))),
              ElementsAre("orphaned-supporting-service Fax update state retired"));
}

TEST(Fixes, DoNotMindThatAnAcceptanceIsNoLongerNeeded) {
  const std::string estate = fmt::format("{}supporting Tape @ann in:All", shop);
  EXPECT_THAT(
      proposed(given(estate, accepting("orphaned-supporting-service", "Tape", "2026-11-10"))),
      ElementsAre("orphaned-supporting-service Tape update state retired"));
}

/// As somebody who leads the organisation, Ann should own no service.
TEST(Fixes, AreTriedWithTheTitlesOfTheRun) {
  constexpr std::string_view estate =
      "person eve left; person ann title:Head_of_All; external Shop @eve; system Cart @ann; "
      "Shop -> Cart";
  const std::string owner = "owner-inactive Shop update owner ann";
  EXPECT_THAT(proposed(given(estate)), Contains(owner));
  EXPECT_THAT(proposed(given(estate, {.executive_titles = {"head of *"}})), Not(Contains(owner)));
}

using Table = std::vector<std::vector<std::string>>;

Table read_csv(const std::string& text) {
  Table rows;
  std::vector<std::string> row;
  std::string cell;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
        cell += text[++i];
      } else if (c == '"') {
        quoted = false;
      } else {
        cell += c;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',' || c == '\n') {
      row.push_back(std::exchange(cell, {}));
      if (c == '\n') {
        rows.push_back(std::exchange(row, {}));
      }
    } else if (c != '\r') {
      cell += c;
    }
  }
  return rows;
}

std::string csv_text(const Table& rows) {
  std::string text;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      std::string cell = row[i];
      for (std::size_t at = 0; (at = cell.find('"', at)) != std::string::npos; at += 2) {
        cell.insert(at, 1, '"');
      }
      text += fmt::format("{}\"{}\"", i == 0 ? "" : ",", cell);
    }
    text += '\n';
  }
  return text;
}

/// Rows of files of fixes, by the id of the row that they change.
using FixRows = std::map<std::string, Table>;

class AppliedFixes : public ::testing::Test {
 protected:
  /// The fingerprints that an audit of the export finds.
  std::set<std::string> audit(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments = {"audit",   "export",     "-q", "--set",    "all",
                                          "--as-of", "2026-11-21", "-o", "found.csv"};
    if (!fs::exists(scratch_.path() / "tierline.toml")) {
      arguments.emplace_back("--no-config");
    }
    if (fs::exists(scratch_.path() / "register")) {
      arguments.emplace_back("register");
    }
    if (fs::exists(scratch_.path() / "profile.json")) {
      arguments.insert(arguments.end(), {"--profile", "profile.json"});
    }
    arguments.insert(arguments.end(), more.begin(), more.end());
    const ToolRun run = run_tool(arguments, {}, scratch_.path());
    EXPECT_LE(run.exit_code, 1) << run.err;
    std::set<std::string> all;
    const Table rows = read_csv(scratch_.read("found.csv"));
    const auto column = static_cast<std::size_t>(std::ranges::find(rows.front(), "fingerprint") -
                                                 rows.front().begin());
    for (std::size_t i = 1; i < rows.size(); ++i) {
      all.insert(rows[i][column]);
    }
    return all;
  }

  /// Without the header.
  [[nodiscard]] Table proposed_rows() const {
    Table all;
    for (const auto& file : fs::directory_iterator(scratch_.path() / "fixes")) {
      if (file.path().extension() == ".csv") {
        const Table rows = read_csv(read_file(file.path()));
        for (std::size_t i = 1; i < rows.size(); ++i) {
          EXPECT_EQ(to_lower(rows[i][0]) + ".csv", file.path().filename());
          all.push_back(rows[i]);
        }
      }
    }
    return all;
  }

  /// How many rows each rule has.
  [[nodiscard]] std::map<std::string, int> proposed_by_rule() const {
    std::map<std::string, int> count;
    for (const auto& row : proposed_rows()) {
      ++count[row[7]];
    }
    return count;
  }

  /// Does what the fixes say to the export, as somebody who imports them would; returns which
  /// findings they name.
  std::set<std::string> apply() const {
    std::set<std::string> findings;
    FixRows by_row;
    for (const auto& row : proposed_rows()) {
      by_row[row[1]].push_back(row);
      findings.insert(row[8]);
    }
    std::size_t done = 0;
    for (const char* const folder : {"export", "register"}) {
      if (fs::exists(scratch_.path() / folder)) {
        for (const auto& file : fs::directory_iterator(scratch_.path() / folder)) {
          if (file.path().extension() == ".csv") {
            Table rows = read_csv(read_file(file.path()));
            done += change(rows, by_row);
            scratch_.write(fmt::format("{}/{}", folder, file.path().filename().string()),
                           csv_text(rows));
          }
        }
      }
    }
    EXPECT_GE(done, proposed_rows().size()) << "a fix names a row or a field that is in no table";
    return findings;
  }

  /// A record may stand in more than one table. Returns how often one was changed.
  static std::size_t change(Table& rows, const FixRows& fixes) {
    const std::vector<std::string> header = rows.front();
    std::size_t done = 0;
    std::erase_if(rows, [&](std::vector<std::string>& row) {
      const auto found = fixes.find(row.front());
      bool is_removed = false;
      for (const auto& fix : found == fixes.end() ? Table() : found->second) {
        const auto field = std::ranges::find(header, fix[3]);
        if (fix[2] == "delete") {
          is_removed = true;
          ++done;
        } else if (field != header.end()) {
          std::string& cell = row[static_cast<std::size_t>(field - header.begin())];
          EXPECT_EQ(cell, fix[4]) << "of " << fix[3] << ", which " << fix[7] << " changes";
          cell = fix[5];
          ++done;
        }
      }
      return is_removed;
    });
    return done;
  }

  /// What the fixes name is gone, and nothing is new.
  void expect_mended(std::size_t at_least) const {
    const std::set<std::string> before = audit({"-o", "fixes:fixes"});
    const std::set<std::string> named = apply();
    const std::set<std::string> after = audit();
    EXPECT_GE(named.size(), at_least);
    for (const std::string& finding : named) {
      EXPECT_FALSE(after.contains(finding)) << finding << " is still there";
    }
    for (const std::string& finding : after) {
      EXPECT_TRUE(before.contains(finding)) << finding << " is new";
    }
  }

  const Scratch scratch_;
};

TEST_F(AppliedFixes, MendTheBundledEstateAndBreakNothing) {
  fs::copy(fs::path(TIERLINE_ROOT) / "fixtures" / "estate" / "export", scratch_.path() / "export");
  expect_mended(8);
  const std::map<std::string, int> by_rule = proposed_by_rule();
  EXPECT_THAT(by_rule, Contains(Key("owner-missing"))) << "its files have owned_by and no owner";
  EXPECT_THAT(by_rule, Contains(Key("owner-inactive")));
}

TEST_F(AppliedFixes, MendGeneratedEstatesAndBreakNothing) {
  std::map<std::string, int> proposed;
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    fs::remove_all(scratch_.path() / "export");
    synthetic::Options options;
    options.seed = seed;
    options.cis = 600;
    options.defects = synthetic::Defects::many;
    synthetic::write(options, scratch_.path());
    expect_mended(10);
    for (const auto& [rule, rows] : proposed_by_rule()) {
      proposed[rule] += rows;
    }
    EXPECT_GT(proposed_by_rule()["orphaned-supporting-service"], 0);
    EXPECT_GT(proposed_by_rule()["owner-missing"], 0);
  }
  EXPECT_GT(proposed["service-not-in-portfolio"], 0);
}

TEST_F(AppliedFixes, MendGeneratedEstatesWithPeopleAndBreakNothing) {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    fs::remove_all(scratch_.path() / "export");
    fs::remove_all(scratch_.path() / "register");
    synthetic::Options options;
    options.seed = seed;
    options.cis = 1200;
    options.people = true;
    synthetic::write(options, scratch_.path());
    expect_mended(10);
    EXPECT_GT(proposed_by_rule()["orphaned-supporting-service"], 0);
    EXPECT_GT(proposed_by_rule()["status-contradiction"], 0);
  }
}

TEST_F(AppliedFixes, MendAnEstateInOurOwnFormat) {
  scratch_.write("export/parties.csv",
                 "id,name,kind,active\nann,Ann,person,true\n"
                 "eve,Eve,person,false\n");
  scratch_.write("export/items.csv",
                 "id,name,class,tier,facing,owner,state,portfolio\n"
                 "p1,All,portfolio,portfolio,,ann,live,\n"
                 "s1,Shop,offer,service,external,ann,live,p1\n"
                 "s2,Tape,platform,service,supporting,ann,live,p1\n"
                 "s3,Fax,platform,service,supporting,ann,,p1\n"
                 "y1,Cart,application,system,,eve,live,\n");
  scratch_.write("export/relations.csv",
                 "id,from,to,type\nr1,s1,y1,needs\nr2,s1,y1,needs\nr3,s1,,needs\n");
  expect_mended(5);
  EXPECT_THAT(proposed_by_rule(),
              ElementsAre(Pair("dangling-edge", 1), Pair("duplicate-edge", 1),
                          Pair("orphaned-supporting-service", 2), Pair("owner-inactive", 1)));
  for (const char* const table : {"items", "relations"}) {
    EXPECT_TRUE(fs::exists(scratch_.path() / "fixes" / fmt::format("{}.csv", table))) << table;
  }
}

TEST_F(AppliedFixes, GiveThePersonWhoIsReplacedInTheFormOfTheColumn) {
  const auto with_owners = [&](std::string_view ann, std::string_view eve) {
    scratch_.write("export/parties.csv",
                   "id,name,kind,active\np1,Ann,person,true\np2,Eve,person,false\n");
    scratch_.write("export/items.csv", fmt::format("id,name,class,tier,facing,owner,contact\n"
                                                   "s1,Shop,offer,service,external,{0},{0}\n"
                                                   "y1,Cart,application,system,,{1},{0}\n",
                                                   ann, eve));
    scratch_.write("export/relations.csv", "id,from,to,type\nr1,s1,y1,needs\n");
    (void)audit({"-o", "fixes:fixes"});
    std::vector<std::string> said;
    for (const auto& row : proposed_rows()) {
      said.push_back(fmt::format("{} {} -> {}", row[1], row[4], row[5]));
    }
    return said;
  };
  EXPECT_THAT(with_owners("Ann", "Eve"), ElementsAre("y1 Eve -> p1"));
  EXPECT_THAT(with_owners("p1", "p2"), ElementsAre("y1 p2 -> p1"));
}

TEST_F(AppliedFixes, ChangeNoneOfTwoOwnerFieldsWhereNothingTellsWhichNamesTheOwner) {
  scratch_.write("export/sys_user.csv",
                 "sys_id,name,active\n0000000000000000000000000000000a,Ann,true\n"
                 "0000000000000000000000000000000b,Eve,false\n");
  scratch_.write("export/cmdb_ci_service_business.csv",
                 "sys_id,name,owned_by,owner,managed_by\n"
                 "00000000000000000000000000000001,Shop,,Eve,Ann\n"
                 "00000000000000000000000000000002,Mail,,,Ann\n");
  scratch_.write("export/cmdb_rel_ci.csv",
                 "sys_id,parent,child,type\n"
                 "00000000000000000000000000000003,00000000000000000000000000000001,"
                 "00000000000000000000000000000002,Depends on::Used by\n");
  (void)audit({"-o", "fixes:fixes"});
  std::vector<std::string> said;
  for (const auto& row : proposed_rows()) {
    said.push_back(fmt::format("{} {} {}", row[1].back(), row[3], row[5].back()));
  }
  EXPECT_THAT(said, ElementsAre("2 owned_by a"));
}

TEST_F(AppliedFixes, LeaveOutWhatASpreadsheetWouldAlter) {
  scratch_.write("export/parties.csv",
                 "id,name,kind,active\nann,Ann,person,true\n-eve,Eve,person,false\n");
  scratch_.write("export/items.csv",
                 "id,name,class,tier,facing,owner,contact\n"
                 "s1,Shop,offer,service,external,ann,ann\n"
                 "y1,Cart,application,system,,-eve,ann\n");
  scratch_.write("export/relations.csv",
                 "id,from,to,type\n-1,s1,y1,needs\n-2,s1,y1,needs\nr3,s1,,needs\n");
  expect_mended(1);
  EXPECT_THAT(proposed_by_rule(), ElementsAre(Pair("dangling-edge", 1)));
  EXPECT_THAT(scratch_.read("fixes/README.txt"), HasSubstr("2 changes were left out"));
}

TEST_F(AppliedFixes, SayThatThereIsNothing) {
  scratch_.write("export/items.csv",
                 "id,name,class,tier\ny1,Cart,application,system\ny2,Till,application,system\n");
  scratch_.write("export/relations.csv", "id,from,to,type\nr1,y1,y2,needs\n");
  (void)audit({"-o", "fixes:fixes"});
  EXPECT_EQ(scratch_.read("fixes/README.txt"), "There is nothing to propose.\n");
}

TEST_F(AppliedFixes, NameATableAsTheElementsOfTheExportAreCalled) {
  fs::copy(fs::path(TIERLINE_ROOT) / "fixtures" / "profiles" / "itop" / "export",
           scratch_.path() / "export");
  const std::string links = scratch_.read("export/links.xml");
  scratch_.write("export/links.xml",
                 links.substr(0, links.rfind("</Set>")) +
                     "<lnkServerToVolume alias=\"lnkServerToVolume\" id=\"99\">"
                     "<volume_id>98765</volume_id><server_id>20</server_id></lnkServerToVolume>"
                     "</Set>\n");
  (void)audit({"-o", "fixes:fixes"});
  const Table rows = proposed_rows();
  const auto added = std::ranges::find_if(rows, [](const auto& row) { return row[1] == "99"; });
  ASSERT_NE(added, rows.end());
  EXPECT_EQ((*added)[0], "lnkServerToVolume");
}

/// Two states of each item, the first of which counts, in the words of somebody's own tool.
TEST_F(AppliedFixes, WriteStatesInTheWordsOfTheExport) {
  scratch_.write("profile.json", R"({"profile": "inventar", "title": "Inventar", "records": [{
    "as": "item", "tables": "dienste", "id": "nr", "name": "name", "class": "art",
    "tier": {"field": "art", "values": {"service": ["dienst", "plattform"],
                                        "system": "anwendung"}},
    "facing": {"field": "art", "values": {"external": "dienst", "supporting": "plattform"}},
    "state": [{"field": "betrieb", "values": {"live": ["2", "an"], "retired": ["9", "aus"]}},
              {"field": "buch", "values": {"live": ["L", "aktiv"], "planned": "P",
                                           "retired": ["X", "alt"]}}],
    "accountable": {"field": "wer", "pointsTo": "person"},
    "relations": {"kind": "needs", "to": "braucht"}}]})");
  scratch_.write("export/dienste.csv",
                 "nr,name,art,betrieb,buch,wer,braucht\n"
                 "1,Laden,dienst,an,aktiv,ann,2\n"
                 "2,Korb,anwendung,an,alt,ann,\n"
                 "3,Band,plattform,an,,ann,\n"
                 "4,Ablage,plattform,an,alt,ann,\n");
  expect_mended(3);
  std::vector<std::string> said;
  for (const auto& row : proposed_rows()) {
    said.push_back(fmt::format("{} {} {} -> {} ({})", row[1], row[3], row[4], row[5], row[9]));
  }
  EXPECT_THAT(said, ElementsAre("2 buch alt -> aktiv (hint)", "3 betrieb an -> 9 (hint)",
                                "4 betrieb an -> 9 (hint)"));
}

TEST_F(AppliedFixes, LetStatesFollowTheFieldThatCountsUnlessMostAreAgainstIt) {
  scratch_.write(
      "export/cmdb_ci_server.csv",
      "sys_id,name,life_cycle_stage_status,life_cycle_stage,operational_status,install_status\n"
      "00000000000000000000000000000001,one,,,Operational,Absent\n"
      "00000000000000000000000000000002,two,In Use,Operational,Operational,7\n"
      "00000000000000000000000000000003,three,In Use,,Retired,Absent\n"
      "00000000000000000000000000000004,four,Pending Retirement,,,Absent\n"
      "00000000000000000000000000000005,five,,,Operational,Installed\n");
  scratch_.write("export/cmdb_rel_ci.csv",
                 "sys_id,parent,child,type\n"
                 "0000000000000000000000000000000a,00000000000000000000000000000001,"
                 "00000000000000000000000000000005,Depends on::Used by\n");
  expect_mended(3);
  std::vector<std::string> said;
  for (const auto& row : proposed_rows()) {
    said.push_back(
        fmt::format("{} {} {} -> {} ({})", row[1].back(), row[3], row[4], row[5], row[9]));
  }
  EXPECT_THAT(said, ElementsAre("1 install_status Absent -> Installed (hint)",
                                "2 install_status 7 -> Installed (likely)",
                                "4 install_status Absent -> Installed (hint)"));
  EXPECT_THAT(scratch_.read("fixes/README.txt"), HasSubstr(" 1 item is left, "));
}

TEST_F(AppliedFixes, NameNoFieldThatIsMadeOfOthers) {
  fs::copy(fs::path(TIERLINE_ROOT) / "fixtures" / "profiles" / "glpi" / "export",
           scratch_.path() / "export");
  (void)audit({"-o", "fixes:fixes"});
  EXPECT_EQ(proposed_by_rule()["dangling-edge"], 1);
  for (const auto& row : proposed_rows()) {
    EXPECT_THAT(row[3], Not(HasSubstr("{")));
  }
}

/// What the configuration says of persons decides whether Ann fits, and whom there is to replace.
TEST_F(AppliedFixes, AreTriedWithTheSettingsOfTheConfiguration) {
  scratch_.write("export/parties.csv",
                 "id,name,kind,active,title,organisation\n"
                 "corp,Corp,organisation,,,\nplumbing,Plumbing,organisation,,,corp\n"
                 "ann,Ann,person,true,Head of All,plumbing\neve,Eve,person,false,,corp\n"
                 "bob,Bob,person,true,,corp\n");
  scratch_.write("export/items.csv",
                 "id,name,class,tier,facing,owner,state,contact\n"
                 "s1,Shop,offer,service,external,eve,live,ann\n"
                 "s2,Mail,offer,service,external,bob,live,\n"
                 "y1,Cart,application,system,,ann,live,\n"
                 "y2,Ledger,application,system,,someone,live,bob\n"
                 "c1,Router,net_router,component,,,live,\n");
  scratch_.write("export/relations.csv",
                 "id,from,to,type\nr1,s1,y1,needs\nr2,s2,y2,needs\n"
                 "r3,y1,c1,needs\nr4,s2,c1,needs\nr5,s2,c1,needs\n");
  const auto with = [&](const std::string& settings) {
    scratch_.write("tierline.toml", settings);
    (void)audit({"-o", "fixes:fixes"});
    std::vector<std::string> said;
    for (const auto& row : proposed_rows()) {
      said.push_back(fmt::format("{} {} {}", row[7], row[1], row[5]));
    }
    return said;
  };
  const std::string owner = "owner-inactive s1 ann";
  const std::string row = "duplicate-edge r5 ";
  const std::string unknown = "owner-dangling y2 bob";
  EXPECT_THAT(with(""), UnorderedElementsAre(owner, row, unknown));
  EXPECT_THAT(with("executive_titles = [\"head of *\"]"), UnorderedElementsAre(row, unknown));
  EXPECT_THAT(with("it_orgs = [\"Plumbing\"]"), UnorderedElementsAre(row, unknown));
  EXPECT_THAT(with("placeholder_words = [\"someone\"]"),
              UnorderedElementsAre(owner, row, "system-owner-missing y2 bob"));
  EXPECT_THAT(with("[domain_owners]\nnet_router = \"bob\""),
              UnorderedElementsAre(owner, row, unknown));
}

TEST_F(AppliedFixes, AreRefusedWherePersonsHavePseudonyms) {
  fs::copy(fs::path(TIERLINE_ROOT) / "fixtures" / "estate" / "export", scratch_.path() / "export");
  const ToolRun run =
      run_tool({"audit", "export", "--no-config", "-q", "--redact", "people", "-o", "fixes:fixes"},
               {}, scratch_.path());
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("cannot go with --redact people"));
  EXPECT_FALSE(fs::exists(scratch_.path() / "fixes"));
}

}  // namespace
}  // namespace tierline
