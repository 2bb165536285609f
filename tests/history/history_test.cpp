// Many nights in a database: what is kept, what is taken back, what is answered. Here in SQLite;
// tests/history/check asks PostgreSQL the same.

#include "tierline/history.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <rapidjson/document.h>
#include <sys/stat.h>

#include <map>
#include <regex>

#include "history/database.h"
#include "run_tool.h"
#include "scratch.h"

namespace tierline {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

class HistoryOfNights : public ::testing::Test {
 protected:
  HistoryOfNights() {
    items_ = {{"s1", "Shop,service,service,external,ann,"},
              {"s2", "Backup,service,service,supporting,,"},
              {"s3", "Print,service,service,supporting,ann,"},
              {"y1", "Cart,application,system,,ann,"}};
  }

  /// A night as a job runs it, on a day of November.
  ToolRun night(int day, std::vector<std::string> more = {}) const {
    std::string text = "id,name,class,tier,facing,owner,state\n";
    for (const auto& [id, rest] : items_) {
      text += fmt::format("{},{}\n", id, rest);
    }
    scratch_.write("exports/items.csv", text);
    scratch_.write("exports/relations.csv", "id,from,to,type\nr1," + ends_ + ",needs\n");
    scratch_.write("exports/parties.csv", "id,name,kind\nann,Ann Archer,person\n");
    more.insert(more.begin(),
                {"audit", "exports", "--no-config", "--quiet", "--history", "sqlite:runs.db",
                 "--baseline", "sqlite:runs.db", "--as-of", fmt::format("2026-11-{:02}", day), "-o",
                 "night.json", "--fail-on", "medium", "--only", "owner-missing", "--only",
                 "orphaned-supporting-service"});
    return run(std::move(more));
  }
  [[nodiscard]] ToolRun run(std::vector<std::string> arguments) const {
    return run_tool(std::move(arguments), {}, scratch_.path());
  }
  [[nodiscard]] ToolRun ask(std::vector<std::string> question) const {
    question.insert(question.begin(), {"history", "runs.db"});
    return run(std::move(question));
  }
  /// `RULE SUBJECT SINCE CLOSED NIGHTS FATE`.
  [[nodiscard]] std::vector<std::string> log() const {
    const ToolRun asked = ask({"log", "-o", "json:-"});
    EXPECT_EQ(asked.exit_code, 0) << asked.err;
    rapidjson::Document document;
    document.Parse(asked.out.data(), asked.out.size());
    std::vector<std::string> all;
    for (const auto& one : document["findings"].GetArray()) {
      all.push_back(fmt::format("{} {} {} {} {} {}", one["rule"].GetString(),
                                one["subject"].GetString(), one["since"].GetString(),
                                one["closed"].GetString(), one["nights"].GetUint(),
                                one["fate"].GetString()));
    }
    return all;
  }
  [[nodiscard]] std::uint64_t rows(const std::string& table) const {
    auto database = Database::open(scratch_ / "runs.db", false).value();
    std::uint64_t count = 0;
    EXPECT_TRUE(database->query("SELECT count(*) FROM " + table, {}, [&](const SqlRow& row) {
      count = static_cast<std::uint64_t>(row.number(0));
    }));
    return count;
  }

  std::map<std::string, std::string> items_;
  std::string ends_ = "s1,y1";  ///< Of the one relation.
  const Scratch scratch_;
};

TEST_F(HistoryOfNights, AreWhatTheNextOnesAreComparedWith) {
  EXPECT_EQ(night(1).exit_code, 1);
  EXPECT_EQ(night(2).exit_code, 0) << "nothing is new";
  items_["s4"] = "Mail,service,service,internal,,";
  EXPECT_EQ(night(3).exit_code, 1);
  EXPECT_THAT(scratch_.read("night.json"), HasSubstr(R"("asOf":"2026-11-02","new":1)"));
}

TEST_F(HistoryOfNights, KeepFindingsByChange) {
  (void)night(1);
  const std::uint64_t states = rows("finding_state");
  EXPECT_GT(states, 0U);
  (void)night(2);
  (void)night(3);
  EXPECT_EQ(rows("finding_state"), states);
  items_["s2"] = "Backup,service,service,external,,";  // More severe, and no orphan any more.
  (void)night(4);
  EXPECT_EQ(rows("finding_state"), states + 1);
  EXPECT_THAT(ask({"log"}).out,
              HasSubstr("2026-11-01  open             4  critical  owner-missing"));
}

TEST_F(HistoryOfNights, SayWhatBecameOfAFinding) {
  (void)night(1);
  (void)night(2);
  items_["s2"] = "Backup,service,service,supporting,ann,";
  items_["s3"] = "Print,service,service,supporting,ann,retired";
  (void)night(3);
  EXPECT_THAT(log(),
              ElementsAre("orphaned-supporting-service Backup 2026-11-01  3 ",
                          "orphaned-supporting-service Print 2026-11-01 2026-11-03 2 retired",
                          "owner-missing Backup 2026-11-01 2026-11-03 2 resolved"));
  EXPECT_THAT(ask({"log"}).out, StartsWith("'tierline': 1 open, 2 closed\n"));
  const ToolRun open = ask({"log", "--open"});
  EXPECT_THAT(open.out, StartsWith("'tierline': 1 open\n"));
  EXPECT_THAT(open.out, Not(HasSubstr("owner-missing")));
}

TEST_F(HistoryOfNights, KeepTheFirstDayOfAFindingThatComesBack) {
  (void)night(1);
  items_["s2"] = "Backup,service,service,supporting,ann,";
  (void)night(2);
  items_["s2"] = "Backup,service,service,supporting,,";
  (void)night(3);
  EXPECT_THAT(log(), Contains("owner-missing Backup 2026-11-01  2 "));
}

TEST_F(HistoryOfNights, TakeTheLastOfOneDay) {
  (void)night(1);
  const auto before = log();
  items_["s2"] = "Backup,service,service,supporting,ann,";
  items_["s4"] = "Mail,service,service,internal,,";
  (void)night(2);
  const auto once = log();
  const std::uint64_t metrics = rows("metric");
  const ToolRun again = night(2);
  EXPECT_EQ(again.exit_code, 1) << "it is compared with the night before, not with itself";
  EXPECT_EQ(log(), once);
  EXPECT_EQ(rows("metric"), metrics);
  EXPECT_EQ(rows("run"), 2U);
  items_["s2"] = "Backup,service,service,supporting,,";
  items_.erase("s4");
  (void)night(2);
  EXPECT_THAT(log(), SizeIs(before.size())) << "of what is no longer true nothing is left";
  EXPECT_THAT(log(), Contains("owner-missing Backup 2026-11-01  2 "));
}

TEST_F(HistoryOfNights, AreWrittenInTheirOrder) {
  (void)night(5);
  const std::string report = scratch_.read("night.json");
  const ToolRun earlier = night(4);
  EXPECT_EQ(earlier.exit_code, 2);
  EXPECT_EQ(earlier.err,
            "tierline: runs.db: history: the night of 2026-11-05 is written already, and nights "
            "are written in their order: this one is of 2026-11-04\n");
  EXPECT_EQ(scratch_.read("night.json"), report) << "nothing is put in place";
}

TEST_F(HistoryOfNights, DoNotTakeAnIncompleteExportForAMendedEstate) {
  (void)night(1);
  const auto before = log();
  const auto items = items_;
  items_.clear();
  EXPECT_EQ(night(2, {"--accept-change"}).exit_code, 3);
  EXPECT_EQ(log(), before);
  items_ = items;
  EXPECT_EQ(night(3).exit_code, 0) << "compared with the last complete night";
  EXPECT_THAT(ask({}).out, HasSubstr("2026-11-02  incomplete"));
  EXPECT_THAT(log(), Contains("owner-missing Backup 2026-11-01  2 "));
}

TEST_F(HistoryOfNights, AreForgottenFromTheOldestOn) {
  (void)night(1);
  (void)night(2);
  items_["s2"] = "Backup,service,service,supporting,ann,";
  (void)night(3);
  (void)night(4);
  EXPECT_EQ(ask({"prune", "--keep", "2"}).out, "2 runs of 'tierline' forgotten\n");
  EXPECT_EQ(rows("run"), 2U);
  EXPECT_THAT(log(), Each(Not(HasSubstr("owner-missing Backup"))));
  EXPECT_THAT(log(), Contains("orphaned-supporting-service Backup 2026-11-01  2 "))
      << "its first day is not forgotten";
  EXPECT_EQ(night(5).exit_code, 0);
}

TEST_F(HistoryOfNights, AreNotAllForgotten) {
  (void)night(1);
  for (const std::string none : {"0", "00", "x", "1.5"}) {
    const ToolRun refused = ask({"prune", "--keep", none});
    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_THAT(refused.err, HasSubstr("--keep: 1 or more; see")) << none;
  }
  EXPECT_EQ(rows("run"), 1U);
}

TEST_F(HistoryOfNights, OfSeveralEstatesStayApart) {
  (void)night(1, {"--estate", "north"});
  items_["s2"] = "Backup,service,service,supporting,ann,";
  (void)night(1, {"--estate", "south"});
  EXPECT_THAT(ask({}).err,
              HasSubstr("holds several estates: say --estate with one of north, south"));
  EXPECT_THAT(ask({"--estate", "nort"}).err, HasSubstr("did you mean 'north'"));
  EXPECT_THAT(ask({"log", "--estate", "north"}).out, HasSubstr("owner-missing"));
  EXPECT_THAT(ask({"log", "--estate", "south"}).out, Not(HasSubstr("owner-missing")));
}

TEST_F(HistoryOfNights, TellTheLifeOfOneFinding) {
  (void)night(1);
  items_["s2"] = "Backup,service,service,external,,";
  (void)night(2);
  const std::string log = ask({"log", "-o", "csv:-"}).out;
  std::smatch found;
  ASSERT_TRUE(std::regex_search(log, found, std::regex("owner-missing.*\"([0-9a-f]{32})\"")));
  const ToolRun life = ask({"finding", found[1].str().substr(0, 10)});
  EXPECT_THAT(life.out, HasSubstr("2026-11-01 to 2026-11-02  high      nobody owns it"));
  EXPECT_THAT(life.out, HasSubstr("2026-11-02 to today       critical"));
  EXPECT_THAT(ask({"finding", "zz"}).err, HasSubstr("is no fingerprint"));
  EXPECT_THAT(ask({"finding", "00000000000"}).err, HasSubstr("no finding begins with"));
}

TEST_F(HistoryOfNights, ShowTrends) {
  (void)night(1);
  items_["s2"] = "Backup,service,service,supporting,ann,";
  (void)night(2);
  EXPECT_THAT(ask({"trend"}).out, HasSubstr("▁█  66 % -> 100 %"));
  EXPECT_THAT(ask({"trend", "-o", "csv:-"}).out,
              HasSubstr("\"2026-11-02\",\"findings_of_rule\",\"owner-missing\",\"0\""));
}

TEST_F(HistoryOfNights, DoNotCountWhatARuleFoundThatWasNotJudged) {
  items_["y2"] = "Till,application,system,,ann,";
  ends_ = "y1,y2";  // No service takes part in it, so whom services support cannot be judged.
  (void)night(1);
  ends_ = "s1,y1";
  (void)night(2);
  const std::string figures = ask({"trend", "-o", "csv:-"}).out;
  const std::string orphans = "\"findings_of_rule\",\"orphaned-supporting-service\"";
  EXPECT_THAT(figures, Not(HasSubstr("\"2026-11-01\"," + orphans)));
  EXPECT_THAT(figures, HasSubstr("\"2026-11-02\"," + orphans + ",\"2\""));
  EXPECT_THAT(ask({"trend"}).out, Not(HasSubstr("orphaned-supporting-service")))
      << "nothing says that there were ever fewer";
}

TEST_F(HistoryOfNights, KeepPersonsOfRedactedRunsApart) {
  (void)night(1, {"--redact", "people"});
  EXPECT_THAT(ask({"log"}).out, Not(HasSubstr("Archer")));
  const ToolRun named = night(2);
  EXPECT_EQ(named.exit_code, 2);
  EXPECT_THAT(named.err, HasSubstr("persons have pseudonyms in it"));
}

TEST_F(HistoryOfNights, AreNotWrittenWhereReportsCannotBe) {
  (void)night(1);
  const auto before = log();
  items_["s4"] = "Mail,service,service,internal,,";
  EXPECT_EQ(night(2, {"-o", "json:/dev/full"}).exit_code, 2);
  EXPECT_EQ(log(), before);
}

TEST_F(HistoryOfNights, AreNotBegunByARunWithoutAPlaceForItsReports) {
  EXPECT_EQ(night(1, {"-o", "/proc/night.json"}).exit_code, 2);
  EXPECT_FALSE(std::filesystem::exists(scratch_.path() / "runs.db"));
}

TEST_F(HistoryOfNights, AreNotBegunByARunThatFails) {
  scratch_.write("exports/broken.json", "{");
  EXPECT_EQ(night(1).exit_code, 2);
  EXPECT_FALSE(std::filesystem::exists(scratch_.path() / "runs.db"));
}

TEST_F(HistoryOfNights, RefuseAPlaceThatIsNone) {
  scratch_.write("notes.txt", "nothing to do with it, but of some length");
  const auto with = [&](const std::string& address) {
    return run({"audit", "exports", "--history", address, "-q"}).err;
  };
  (void)night(1);
  EXPECT_THAT(with("sqlite:notes.txt"), HasSubstr("notes.txt: history: file is not a database"));
  EXPECT_THAT(with("sqlite:exports"), HasSubstr("exports: history: is no file"));
  EXPECT_THAT(with("sqlite:nowhere/runs.db"),
              HasSubstr("nowhere/runs.db: history: unable to open"));
  EXPECT_THAT(with("sqlite:-"), HasSubstr("expected sqlite:FILE or postgresql://"));
  EXPECT_THAT(with("sqlite:"), HasSubstr("expected sqlite:FILE or postgresql://"));
  EXPECT_THAT(with("postgresql://tom:geheim@127.0.0.1:1/x"), Not(HasSubstr("geheim")));
  EXPECT_THAT(with("postgresql://tom:geheim@127.0.0.1:1/x"), HasSubstr("127.0.0.1"));
  EXPECT_THAT(run({"history", "missing.db"}).err, HasSubstr("holds no runs of tierline"));
  EXPECT_FALSE(std::filesystem::exists(scratch_.path() / "missing.db"));
  EXPECT_THAT(run({"audit", "exports", "-q", "--history", "sqlite:r.json", "-o", "r.json"}).err,
              HasSubstr("two outputs go to the same place"));
  EXPECT_FALSE(std::filesystem::exists(scratch_.path() / "r.json"));
}

TEST_F(HistoryOfNights, RefuseWhatALaterVersionWrote) {
  (void)night(1);
  {
    auto database = Database::open(scratch_ / "runs.db", false).value();
    ASSERT_TRUE(database->run("UPDATE schema_version SET version = 99"));
  }
  EXPECT_THAT(night(2).err, HasSubstr("was written by a later version of tierline"));
  EXPECT_THAT(ask({}).err, HasSubstr("was written by a later version of tierline"));
}

TEST_F(HistoryOfNights, AnswerTheQuestionsOfTheManual) {
  (void)night(1);
  items_["s2"] = "Backup,service,service,supporting,ann,";
  (void)night(2);
  const std::string manual =
      read_file(std::filesystem::path(TIERLINE_ROOT) / "lib/history/README.md");
  const std::regex question("```sql\n([^`]+)```");
  auto database = Database::open(scratch_ / "runs.db", false).value();
  int asked = 0;
  for (std::sregex_iterator at(manual.begin(), manual.end(), question), end; at != end; ++at) {
    int answers = 0;
    const auto done = database->query((*at)[1].str(), {}, [&](const SqlRow&) { ++answers; });
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_GT(answers, 0) << (*at)[1].str();
    ++asked;
  }
  EXPECT_EQ(asked, 5);
}

}  // namespace
}  // namespace tierline
