// What a profile can say: each folder of fixtures/language has an export, the profile that reads
// it, and what comes of both.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "fixture_folders.h"
#include "inventory_text.h"
#include "tierline/import.h"
#include "transcript.h"

namespace tierline {
namespace {

namespace fs = std::filesystem;

class Language : public testing::TestWithParam<fs::path> {};

TEST_P(Language, SaysWhatTheExportMeans) {
  ImportOptions options;
  options.inputs = {(GetParam() / "export").string()};
  options.as_of = "2026-11-21";
  for (const fs::directory_entry& entry : fs::directory_iterator(GetParam())) {
    if (entry.path().extension() == ".json") {
      auto profile = Profile::load(entry.path().string());
      ASSERT_TRUE(profile) << to_string(profile.error());
      options.profiles.push_back(*profile);
    }
  }
  const auto inventory = import(options);
  ASSERT_TRUE(inventory) << to_string(inventory.error());
  expect_file(GetParam() / "expected.txt", without_folder(GetParam(), inventory_text(*inventory)));
}

TEST(LanguageReadme, ListsEveryFolder) {
  const fs::path language = fs::path(TIERLINE_ROOT) / "fixtures" / "language";
  std::ifstream file(language / "README.md");
  std::vector<std::string> listed;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("| [")) {
      listed.push_back(line.substr(3, line.find(']') - 3));
      const std::size_t link = line.find("](") + 2;
      EXPECT_TRUE(fs::exists(language / line.substr(link, line.find(')') - link))) << line;
    }
  }
  std::vector<std::string> folders;
  for (const fs::path& folder : fixture_folders("language")) {
    folders.push_back(folder.filename().string());
  }
  EXPECT_EQ(listed, folders);
}

INSTANTIATE_TEST_SUITE_P(Fixtures, Language, testing::ValuesIn(fixture_folders("language")),
                         test_name);

}  // namespace
}  // namespace tierline
