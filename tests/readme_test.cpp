// What README.md and other pages show is what happens.

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "run_tool.h"
#include "scratch.h"
#include "tierline/text.h"

namespace tierline {
namespace {

const std::string root = TIERLINE_ROOT;

/// The lines of a page of this repository.
std::vector<std::string> lines_of(const std::string& page) {
  std::ifstream file(root + '/' + page);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    lines.push_back(line);
  }
  return lines;
}

std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  for (const std::string_view word : split(line, " ")) {
    words.emplace_back(word);
  }
  return words;
}

/// A command, and the output shown below it: runs of lines, between which others are left out.
struct Transcript {
  std::vector<std::string> arguments;
  std::vector<std::string> runs = {"\n"};
};

std::vector<Transcript> transcripts(const std::string& page) {
  std::vector<Transcript> all;
  bool inside = false;
  for (const std::string& line : lines_of(page)) {
    if (line.starts_with("```")) {
      inside = line == "```console";
    } else if (inside && line.starts_with("$ tierline ")) {
      all.push_back({words_of(line.substr(std::string_view("$ tierline ").size()))});
    } else if (inside && line == "...") {
      all.back().runs.emplace_back("\n");
    } else if (inside) {
      all.back().runs.back() += line + '\n';
    }
  }
  return all;
}

class Page : public testing::TestWithParam<const char*> {};

TEST_P(Page, ShowsWhatTheProgramPrints) {
  const auto shown = transcripts(GetParam());
  ASSERT_FALSE(shown.empty());
  for (const Transcript& transcript : shown) {
    const std::string printed = '\n' + run_tool(transcript.arguments, "", root).out;
    std::size_t from = 0;
    for (const std::string& run : transcript.runs) {
      const std::size_t found = printed.find(run, from);
      ASSERT_NE(found, std::string::npos) << run << "is not what it prints:\n" << printed;
      from = found + run.size() - 1;
    }
  }
}

std::string name_of(const testing::TestParamInfo<const char*>& page) {
  const std::vector<std::string> names = {"ReadmeItself", "TheTutorial", "ItsSecondPart"};
  return names[page.index];
}

INSTANTIATE_TEST_SUITE_P(Readme, Page,
                         testing::Values("README.md", "fixtures/tutorial/README.md",
                                         "fixtures/tutorial/nested/README.md"),
                         name_of);

/// The first block of a page that is fenced as that language.
std::string example_of(const std::string& language, const std::string& page) {
  const std::string text = read_file(root + '/' + page);
  const std::string fence = "```" + language + '\n';
  const std::size_t begin = text.find(fence) + fence.size();
  return text.substr(begin, text.find("```", begin) - begin);
}

/// What README.md shows indented, from the line on that begins so.
std::string indented_example(std::string_view beginning) {
  std::string example;
  for (const std::string& line : lines_of("README.md")) {
    if (line.starts_with("    ") && (!example.empty() || line.substr(4).starts_with(beginning))) {
      example += line.substr(4) + '\n';
    } else if (!example.empty()) {
      break;
    }
  }
  return example;
}

TEST(Readme, ShowsAnEstateThatAScriptCouldWrite) {
  const Scratch scratch;
  scratch.write("export.json", indented_example(R"({"items")"));
  const ToolRun run = run_tool({"audit", "export.json", "--as-of", "2026-11-21"}, "", scratch / "");
  EXPECT_THAT(run.out, testing::HasSubstr("Examined 1 file: 2 items, 1 relation, 1 party.\n"))
      << run.err;
}

TEST(Pages, ShowTheThreeTablesOfThePlainFormat) {
  const Scratch scratch;
  scratch.write("export.json", example_of("json", "lib/profile/profiles/tierline.md"));
  const ToolRun run = run_tool({"audit", "export.json", "--as-of", "2026-11-21"}, "", scratch / "");
  EXPECT_THAT(run.out, testing::HasSubstr("Examined 1 file: 3 items, 3 relations, 2 parties.\n"))
      << run.err;
  EXPECT_THAT(run.out, testing::HasSubstr("CRM: has no accountable owner")) << run.out;
}

TEST(Pages, ShowAConfigurationThatIsRead) {
  const Scratch scratch;
  scratch.write("company.toml", "");
  scratch.write("estate/profiles/ledger.json", read_file(root + "/tests/profiles/cmdb-kit.json"));
  scratch.write("estate/tierline.toml", example_of("toml", "lib/config/README.md"));
  const ToolRun run = run_tool({"config"}, "", scratch / "estate");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, testing::HasSubstr(R"(estate = "Example Corp")"));
}

TEST(Pages, ShowAnAcceptanceThatAccepts) {
  const Scratch scratch;
  scratch.write("export.json", R"({"items": [
    {"id": "s1", "name": "Print", "class": "cmdb_ci_service", "tier": "service",
     "facing": "external", "owner": "", "needs": "y1"},
    {"id": "y1", "name": "Spooler", "class": "app", "tier": "system", "owner": ""}]})");
  scratch.write("acceptances.toml", example_of("toml", "tools/jobs/README.md"));
  const ToolRun run = run_tool({"audit", "export.json", "--only", "owner-missing", "--acceptances",
                                "acceptances.toml", "--as-of", "2026-11-21"},
                               "", scratch / "");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, testing::HasSubstr("Printing moves to the landlord in spring")) << run.out;
}

}  // namespace
}  // namespace tierline
