// `--redact people`, as those see it who get the reports: no text of theirs names a person.

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "run_tool.h"
#include "scratch.h"

namespace tierline {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class Redact : public ::testing::Test {
 protected:
  void SetUp() override {
    scratch_.write("estate/items.csv",
                   "id,name,tier,facing,owner\n"
                   "1,Shop,service,external,zq\n");
    scratch_.write("estate/parties.csv",
                   "id,name,kind,email\n"
                   "zq,Zebulon Quixworth,person,zebulon.quixworth@corp.example\n");
  }

  [[nodiscard]] ToolRun redact(const std::vector<std::string>& more) const {
    std::vector<std::string> arguments = {"audit", "estate", "--redact", "people"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_tool(arguments, {}, scratch_.path());
  }

  [[nodiscard]] std::string picture(const std::vector<std::string>& more) const {
    std::vector<std::string> arguments = {"-o", "json:-"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return redact(arguments).out;
  }

  /// What Zebulon Quixworth is called.
  [[nodiscard]] std::string pseudonym(const std::vector<std::string>& more) const {
    const std::string report = picture(more);
    const std::size_t at = report.find("person-");
    return at == std::string::npos ? "" : report.substr(at, 23);
  }

  void expect_refusal(const std::vector<std::string>& more, const std::string& line) const {
    const ToolRun refused = redact(more);
    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_EQ(refused.err, "tierline: " + line + "\n");
    EXPECT_THAT(refused.out, IsEmpty());
  }

  const Scratch scratch_;
};

// --- the key

TEST_F(Redact, GivesOtherPseudonymsWithAnotherKey) {
  scratch_.write("estate/relations.csv", "from,to\nZebulon Quixworth,1\n");
  scratch_.write("one.key", "secret");
  scratch_.write("two.key", "secreu");
  const std::string one = pseudonym({"--redact-key", "one.key"});
  EXPECT_THAT(one, Not(IsEmpty()));
  EXPECT_EQ(pseudonym({"--redact-key", "one.key"}), one);
  EXPECT_NE(pseudonym({"--redact-key", "two.key"}), one);
  EXPECT_NE(pseudonym({}), one);
  EXPECT_EQ(pseudonym({}), pseudonym({}));
}

TEST_F(Redact, RefusesAKeyThatIsNone) {
  scratch_.write("empty.key", "");
  scratch_.write("blank.key", " \n");
  for (const char* key : {"empty.key", "blank.key"}) {
    expect_refusal(
        {"--redact-key", key},
        std::string(key) + ": this key is empty: make one with `head -c 32 /dev/urandom`");
  }
  expect_refusal({"--redact-key", "/dev/zero"},
                 "/dev/zero: this is no key: none is larger than 64 KiB");
  expect_refusal({"--redact-key", "no.key"}, "no.key: no such file or folder");
}

TEST_F(Redact, RefusesAKeyWithoutAnythingToRedact) {
  scratch_.write("my.key", "secret");
  const ToolRun refused =
      run_tool({"audit", "estate", "--redact-key", "my.key"}, {}, scratch_.path());
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_EQ(refused.err, "tierline: --redact-key my.key: goes with --redact people\n");
}

TEST_F(Redact, WritesNoReportOverTheKey) {
  scratch_.write("my.key", "secret");
  std::filesystem::create_symlink("my.key", scratch_ / "link.json");
  expect_refusal({"--redact-key", "my.key", "-o", "json:my.key"},
                 "-o my.key: is one of the keys that are read: write elsewhere");
  expect_refusal({"--redact-key", "my.key", "--stats-json", "link.json"},
                 "--stats-json link.json: is one of the keys that are read: write elsewhere");
  EXPECT_EQ(scratch_.read("my.key"), "secret");
}

}  // namespace
}  // namespace tierline
