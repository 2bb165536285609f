// `--redact people`, as those see it who get the reports: no text of theirs names a person.

#include <gmock/gmock.h>
#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "run_tool.h"
#include "scratch.h"

namespace tierline {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// What is left of a person where one was overlooked, in the form that `comparable` gives.
constexpr const char* traces[] = {"quixworth", "zöllner", "rohe",   "brannigan",
                                  "иванов",    "山田",    "mononym"};

/// A text in which a name looks the same however it was written.
std::string comparable(const std::string& text) {
  utf8proc_uint8_t* mapped = nullptr;
  const auto size = utf8proc_map(
      reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
      static_cast<utf8proc_ssize_t>(text.size()), &mapped,
      static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
                                     UTF8PROC_IGNORE | UTF8PROC_CASEFOLD));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(mapped, &std::free);
  std::string same(reinterpret_cast<const char*>(mapped),
                   size < 0 ? 0 : static_cast<std::size_t>(size));
  for (const std::string_view visible : {"[u+200b]", "[u+00ad]"}) {
    for (std::size_t at = same.find(visible); at != std::string::npos; at = same.find(visible)) {
      same.erase(at, visible.size());
    }
  }
  return same;
}

/// That a text names nobody.
void expect_nobody(const std::string& text, const std::string& where) {
  const std::string same = comparable(text);
  for (const char* trace : traces) {
    const std::size_t at = same.find(trace);
    EXPECT_EQ(at, std::string::npos)
        << where << ": ..." << same.substr(at - std::min<std::size_t>(at, 80), 160);
  }
}

// --- errors

struct Broken {
  const char* file;
  std::string text;
  const char* place;
};

TEST(RedactErrors, QuoteNothingAndSayWhere) {
  const Broken all[] = {
      {"items.json", "{\"items\":[{\"id\":1,\"tier\":\"system\"} Zebulon Quixworth]}", ":1"},
      {"items.json", "{\"items\":[{\"id\":1}],\n Quixworth}", ":2"},
      {"items.json", "{\"a\":1 Quixworth}", ":1"},
      {"items.json", "Zebulon Quixworth", ""},
      {"items.json", "[{\"id\":\"1\",\"tier\":Quixworth}]", ":1"},
      {"items.json", "[{\"id\":\"1\",\"tier\":\"system\",\"name\":\"Quixworth", ":1"},
      {"items.json", "{\"junk\":Quixworth,\"items\":[]}", ":1"},
      {"items.yaml", "items:\n- id: *Quixworth\n", ":2"},
      {"items.yaml", "items:\n- id: &Quixworth [*Quixworth]\n", ":2"},
      {"items.yaml", "items:\n- id: @Quixworth\n", ":2"},
      {"items.yaml", "items:\n- id: 'Quixworth\n", ""},
      {"items.yaml", "items:\n- id: 1\n Quixworth: 2\n", ""},
      {"items.xml", "<?xml version='1.0' encoding='Quixworth'?><items/>", ""},
      {"items.xml", "<items><item><Quixworth></item></items>", ":1"},
      {"items.xml", "<items>&Quixworth;</items>", ":1"},
      {"items.xml", "<items><item><id>Quixworth", ""},
      {"items.csv", "id,tier\n1,\"Quixworth", ":2"},
      {"items.csv", "id,tier,name\n1,Quixworth", ":2"},
      {"nothing.csv", "Quixworth,Zebulon\n1,2\n", ""},
      {"cmdb_ci.json",
       "{\"result\":[{\"sys_id\":\"1\",\"name\":\"x\"}],\"error\":{\"message\":\"Quixworth\"}}",
       ""},
      {"cmdb_ci.json", "{\"result\":[{\"sys_id\":\"1\",\"error\":{\"message\":\"Quixworth\"}, \"na",
       ""},
  };
  for (const Broken& one : all) {
    const Scratch scratch;
    scratch.write(one.file, one.text);
    const ToolRun run = run_tool({"audit", one.file, "--redact", "people"}, {}, scratch.path());
    EXPECT_EQ(run.exit_code, 2) << one.text;
    EXPECT_THAT(run.err, HasSubstr(std::string("tierline: ") + one.file + one.place)) << one.text;
    expect_nobody(run.err, one.text);
  }
}

/// Cut anywhere, and with anything in place of each of its bytes in turn.
TEST(RedactErrors, QuoteNothingWhateverIsBroken) {
  const std::string name = "Zebulon Quixworth";
  const Scratch scratch;
  for (const auto& [file, text] : std::initializer_list<std::pair<std::string, std::string>>{
           {"items.json", "[{\"id\":\"" + name + "\",\"tier\":\"" + name + "\"}]"},
           {"items.yaml", "- id: \"" + name + "\"\n  tier: [" + name + "]\n"},
           {"items.xml", "<items><item><id>" + name + "</id></item></items>"},
           {"items.csv", "id,tier\n\"" + name + "\",\"" + name + "\"\n"}}) {
    for (std::size_t at = 0; at < text.size(); at += 3) {
      std::string broken = text;
      broken[at] = "\"<}&*:\x01"[at % 7];
      for (const std::string& export_text : {broken, text.substr(0, at)}) {
        scratch.write(file, export_text);
        const ToolRun run = run_tool({"audit", file, "--redact", "people"}, {}, scratch.path());
        if (run.exit_code == 2) {
          expect_nobody(run.err, export_text);
        }
      }
    }
  }
}

// --- the key

class RedactKey : public ::testing::Test {
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

  [[nodiscard]] std::string json(const std::vector<std::string>& more) const {
    std::vector<std::string> arguments = {"-o", "json:-"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return redact(arguments).out;
  }

  /// What Zebulon Quixworth is called.
  [[nodiscard]] std::string pseudonym(const std::vector<std::string>& more) const {
    const std::string report = json(more);
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

TEST_F(RedactKey, GivesOtherPseudonymsWithAnotherKey) {
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

TEST_F(RedactKey, RefusesAKeyThatIsNone) {
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

TEST_F(RedactKey, RefusesAKeyWithoutAnythingToRedact) {
  scratch_.write("my.key", "secret");
  const ToolRun refused =
      run_tool({"audit", "estate", "--redact-key", "my.key"}, {}, scratch_.path());
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_EQ(refused.err, "tierline: --redact-key my.key: goes with --redact people\n");
}

TEST_F(RedactKey, WritesNoReportOverTheKey) {
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
