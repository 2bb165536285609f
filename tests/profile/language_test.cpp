// What a profile can say: each folder of fixtures/language has an export, the profile that reads
// it, and what comes of both.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

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

INSTANTIATE_TEST_SUITE_P(Fixtures, Language, testing::ValuesIn(fixture_folders("language")),
                         test_name);

}  // namespace
}  // namespace tierline
