#pragma once
// Folders of fixtures, a test for each.

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

namespace tierline {

/// The folders in that folder of fixtures, sorted.
std::vector<std::filesystem::path> fixture_folders(const std::string& name);

/// What the test of a folder is called.
std::string test_name(const testing::TestParamInfo<std::filesystem::path>& info);

/// A text without the folder wherever a path in it begins with that.
std::string without_folder(const std::filesystem::path& folder, std::string text);

}  // namespace tierline
