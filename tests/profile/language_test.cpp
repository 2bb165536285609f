// What a profile can say: each folder of fixtures/language has an export, the profile that reads
// it, and what comes of both.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "inventory_text.h"
#include "tierline/import.h"
#include "transcript.h"

namespace tierline {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> folders() {
  std::vector<fs::path> found;
  for (const fs::directory_entry& entry :
       fs::directory_iterator(fs::path(TIERLINE_ROOT) / "fixtures" / "language")) {
    found.push_back(entry.path());
  }
  std::ranges::sort(found);
  return found;
}

std::string name_of(const testing::TestParamInfo<fs::path>& info) {
  std::string name = info.param.filename().string();
  std::ranges::replace(name, '-', '_');
  return name;
}

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
  std::string text = inventory_text(*inventory);
  const std::string folder = GetParam().string() + "/";
  for (std::size_t at = text.find(folder); at != std::string::npos; at = text.find(folder)) {
    text.erase(at, folder.size());
  }
  expect_file(GetParam() / "expected.txt", text);
}

INSTANTIATE_TEST_SUITE_P(Fixtures, Language, testing::ValuesIn(folders()), name_of);

}  // namespace
}  // namespace tierline
