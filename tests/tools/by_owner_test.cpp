// Extracts by owner: who gets what, under which names, and what becomes of a folder that is there.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <rapidjson/document.h>

#include <filesystem>
#include <map>
#include <set>

#include "input/rows.h"
#include "run_tool.h"
#include "scratch.h"
#include "tierline/text.h"

namespace tierline {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class ByOwner : public ::testing::Test {
 protected:
  /// Persons by id, with their names, each of whom owns a service that stands on nothing.
  void write_export(const std::map<std::string, std::string>& people) const {
    std::string items =
        "id,name,tier,facing,owner\nnone,Nobody's,service,external,\n"
        "base,Base,system,,\n";
    std::string parties = "id,name,kind\n";
    for (const auto& [id, name] : people) {
      items += fmt::format("\"s-{0}\",\"Of {0}\",service,external,\"{0}\"\n", id);
      parties += fmt::format("\"{}\",\"{}\",person\n", id, name);
    }
    scratch_.write("exports/items.csv", items);
    scratch_.write("exports/parties.csv", parties);
    scratch_.write("exports/relations.csv", "from,to,type\nnone,base,needs\n");
  }
  [[nodiscard]] ToolRun run(std::vector<std::string> more = {}) const {
    more.insert(more.begin(),
                {"audit", "exports", "--as-of", "2026-11-21", "--quiet", "-o", "by-owner:owners/"});
    return run_tool(more, {}, scratch_.path());
  }
  [[nodiscard]] std::set<std::string> files() const {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(scratch_ / "owners")) {
      names.insert(entry.path().filename());
    }
    return names;
  }
  [[nodiscard]] std::vector<std::string> column(const std::string& file,
                                                const std::string& name) const {
    std::vector<std::string> cells;
    for (const std::string& row : read_text(scratch_.read("owners/" + file), {name}, file).rows) {
      cells.push_back(row.substr(row.find('=') + 1));
    }
    return cells;
  }

  const Scratch scratch_;
};

TEST_F(ByOwner, HasTwoFilesForEachWithWhatIsTheirs) {
  write_export({{"ann", "Ann Archer"}, {"bob", "Bob Builder"}});
  ASSERT_EQ(run().exit_code, 1);
  EXPECT_EQ(files().size(), 8U);
  const auto csvs = column("index.csv", "csv");
  const auto jsons = column("index.csv", "json");
  ASSERT_EQ(csvs.size(), 3U);
  EXPECT_THAT(column("index.csv", "tierline_owner"), ElementsAre("Ann Archer", "Bob Builder", ""));
  EXPECT_THAT(csvs[0], AllOf(StartsWith("ann-archer-"), HasSubstr(".csv")));
  EXPECT_EQ(csvs[2], "nobody.csv");
  EXPECT_THAT(column(csvs[0], "subject_id"), ::testing::Each("s-ann"));
  EXPECT_THAT(column("nobody.csv", "subject_id"), ::testing::Each(AnyOf("none", "base")));
  rapidjson::Document json;
  json.Parse(scratch_.read("owners/" + jsons[1]).c_str());
  ASSERT_FALSE(json.HasParseError());
  EXPECT_STREQ(json["owner"]["id"].GetString(), "bob");
  ASSERT_EQ(json["findings"].Size(), column(csvs[1], "rule").size());
  for (const auto& finding : json["findings"].GetArray()) {
    EXPECT_STREQ(finding["subject"]["id"].GetString(), "s-bob");
  }
}

TEST_F(ByOwner, HasEveryFindingOfOneOwnerOrOfNobodyOnce) {
  std::map<std::string, std::string> people;
  for (int i = 0; i < 300; ++i) {
    people.emplace(fmt::format("p{}", i), fmt::format("Person {}", i));
  }
  write_export(people);
  ASSERT_EQ(run({"-o", "all.csv"}).exit_code, 1);
  std::multiset<std::string> parts;
  for (const std::string& file : column("index.csv", "csv")) {
    for (const std::string& mark : column(file, "fingerprint")) {
      parts.insert(mark);
    }
  }
  std::multiset<std::string> all;
  for (const std::string& row : read_text(scratch_.read("all.csv"), {"fingerprint"}, "all").rows) {
    all.insert(row.substr(row.find('=') + 1));
  }
  EXPECT_EQ(parts, all);
}

TEST_F(ByOwner, NamesFilesThatEverySystemTakesAndNobodyFollows) {
  std::map<std::string, std::string> people;
  const std::vector<std::string> hostile = {"../../etc/passwd",
                                            "CON",
                                            "nul.txt",
                                            "-rf",
                                            ".hidden",
                                            "a/b\\c:d*e?f",
                                            "ann",
                                            "ANN",
                                            "Ann ",
                                            "\xC3\x85sa",
                                            "",
                                            "nobody",
                                            "index",
                                            std::string(300, 'x'),
                                            "tab\tand\xE2\x80\xAE"};
  for (std::size_t i = 0; i < hostile.size(); ++i) {
    people.emplace(fmt::format("p{}", i), hostile[i]);
  }
  write_export(people);
  ASSERT_EQ(run().exit_code, 1);
  const auto csvs = column("index.csv", "csv");
  // Who is called "nobody" is nobody: the word stands where an owner should.
  EXPECT_EQ(csvs.size(), hostile.size());
  std::set<std::string> folded;
  for (const std::string& name : files()) {
    EXPECT_TRUE(folded.insert(to_lower(name)).second) << name;
    EXPECT_LE(name.size(), 70U);
    if (name != ".tierline-by-owner") {
      EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-."), std::string::npos)
          << name;
      EXPECT_NE(name.front(), '-') << name;
      EXPECT_NE(name.front(), '.') << name;
    }
  }
  for (const std::string& name : csvs) {
    EXPECT_TRUE(folded.contains(name)) << name;
  }
}

TEST_F(ByOwner, KeepsTheNameOfAnOwnersFileFromNightToNight) {
  write_export({{"ann", "Ann Archer"}});
  (void)run();
  const auto before = column("index.csv", "csv");
  write_export({{"ann", "Ann Archer"}, {"aa", "Ann Archer"}, {"zoe", "Zoe"}});
  (void)run();
  const auto now = column("index.csv", "csv");
  EXPECT_EQ(now.size(), 4U);
  EXPECT_THAT(now, ::testing::IsSupersetOf(before));
}

TEST_F(ByOwner, ReplacesItsOwnFolderAsAWholeAndNoOther) {
  write_export({{"ann", "Ann Archer"}, {"bob", "Bob Builder"}});
  fs::create_directory(scratch_ / "owners");
  ASSERT_EQ(run().exit_code, 1) << "an empty one may be replaced";
  EXPECT_EQ(files().size(), 8U);
  write_export({{"ann", "Ann Archer"}});
  ASSERT_EQ(run().exit_code, 1);
  EXPECT_EQ(files().size(), 6U) << "nothing of Bob's is left";
  fs::remove(scratch_ / "owners/.tierline-by-owner");
  const ToolRun refused = run();
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.err, HasSubstr("holds no .tierline-by-owner"));
  EXPECT_EQ(files().size(), 5U);
  for (const auto& entry : fs::directory_iterator(scratch_.path())) {
    EXPECT_THAT(entry.path().filename().string(), Not(StartsWith(".tierline-")));
  }
}

TEST_F(ByOwner, FollowsALinkToTheFolder) {
  write_export({{"ann", "Ann Archer"}});
  fs::create_directory(scratch_ / "real");
  fs::create_directory_symlink(scratch_ / "real", scratch_ / "owners");
  ASSERT_EQ(run().exit_code, 1);
  EXPECT_TRUE(fs::is_symlink(scratch_ / "owners"));
  EXPECT_TRUE(fs::exists(scratch_ / "real/index.csv"));
}

TEST_F(ByOwner, RefusesAPlaceThatCannotBe) {
  write_export({{"ann", "Ann Archer"}});
  const auto said_of = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"audit", "exports"});
    const ToolRun made = run_tool(arguments, {}, scratch_.path());
    EXPECT_EQ(made.exit_code, 2);
    return made.err;
  };
  scratch_.write("file", "");
  EXPECT_THAT(said_of({"-o", "by-owner:file"}), HasSubstr("this is a file"));
  EXPECT_THAT(said_of({"-o", "by-owner:-"}), HasSubstr("writes a folder: name one"));
  EXPECT_THAT(said_of({"-o", "by-owner:none/owners"}), HasSubstr("none/owners: cannot write here"));
  EXPECT_THAT(said_of({"-o", "by-owner:exports"}), HasSubstr("is not tierline's"));
  EXPECT_THAT(said_of({"-o", "by-owner:owners", "-o", "by-owner:./owners/"}),
              HasSubstr("two outputs go to the same place"));
  ASSERT_EQ(run().exit_code, 1);
  EXPECT_THAT(said_of({"-o", "by-owner:owners", "-o", "json:owners/findings.json"}),
              HasSubstr("two outputs go to the same place"));
  scratch_.write("owners/items.csv", "id,tier\na,system\n");
  const ToolRun eaten =
      run_tool({"audit", "owners/items.csv", "-o", "by-owner:owners"}, {}, scratch_.path());
  EXPECT_EQ(eaten.exit_code, 2);
  EXPECT_THAT(eaten.err, HasSubstr("is one of the exports that are read"));
  EXPECT_TRUE(fs::exists(scratch_ / "owners/items.csv"));
}

TEST_F(ByOwner, IsKnownForItsOwnAmongExports) {
  write_export({{"ann", "Ann Archer"}});
  ASSERT_EQ(run({"-o", "findings.ndjson"}).exit_code, 1);
  fs::copy(scratch_ / "owners", scratch_ / "exports/owners");
  fs::copy(scratch_ / "findings.ndjson", scratch_ / "exports/findings.ndjson");
  const ToolRun again = run_tool({"audit", "exports", "-o", "csv:again.csv"}, {}, scratch_.path());
  EXPECT_EQ(again.exit_code, 1) << again.err;
  EXPECT_THAT(again.err, AllOf(HasSubstr("exports/findings.ndjson: a report of tierline itself"),
                               HasSubstr("index.csv: a report of tierline itself"),
                               HasSubstr("nobody.json: a report of tierline itself")));
}

TEST_F(ByOwner, ShowsNoPersonWherePersonsAreRedacted) {
  write_export({{"ann", "Ann Archer"}});
  ASSERT_EQ(run({"--redact", "people"}).exit_code, 1);
  for (const std::string& name : files()) {
    EXPECT_THAT(name, Not(HasSubstr("archer")));
    EXPECT_THAT(scratch_.read("owners/" + name), Not(HasSubstr("Archer")));
  }
}

}  // namespace
}  // namespace tierline
