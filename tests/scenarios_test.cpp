// Every transcript under fixtures/, and every rule's own scenario.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "tierline/rule.h"
#include "transcript.h"

namespace tierline {
namespace {

namespace fs = std::filesystem;

const fs::path fixtures = fs::path(TIERLINE_ROOT) / "fixtures";

std::vector<fs::path> transcripts() {
  std::vector<fs::path> found;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(fixtures)) {
    if (entry.path().filename() == "transcript.txt") {
      found.push_back(entry.path());
    }
  }
  std::ranges::sort(found);
  return found;
}

std::string name_of(const testing::TestParamInfo<fs::path>& info) {
  std::string name = info.param.parent_path().lexically_relative(fixtures).string();
  std::ranges::replace_if(
      name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return name;
}

class Scenario : public testing::TestWithParam<fs::path> {};

TEST_P(Scenario, SaysWhatItsTranscriptSays) {
  expect_transcript(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Fixtures, Scenario, testing::ValuesIn(transcripts()), name_of);

TEST(Scenarios, EveryRuleHasOne) {
  for (const Rule* rule : Register<Rule>::all()) {
    EXPECT_TRUE(fs::exists(fixtures / "rules" / rule->id / "transcript.txt")) << rule->id;
  }
}

}  // namespace
}  // namespace tierline
