// Who may include whom. lib/README.md says it in words.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace tierline {
namespace {

namespace fs = std::filesystem;

const fs::path lib = fs::path(TIERLINE_ROOT) / "lib";

/// The folders of lib, each after those that it may include from, with its public headers.
const std::vector<std::pair<std::string, std::vector<std::string>>> layers = {
    {"support",
     {"column.h", "dates.h", "id128.h", "json_buffer.h", "json_writer.h", "notice.h", "output.h",
      "output_mark.h", "paragraph.h", "registry.h", "result.h", "stopwatch.h", "text.h", "utf8.h"}},
    {"files", {"small_file.h"}},
    {"input", {}},
    {"inventory", {"inventory.h", "inventory_columns.h", "inventory_types.h", "item_link.h"}},
    {"profile", {"profile.h"}},
    {"mapping", {}},
    {"graph", {"graph.h"}},
    {"analysis", {"acceptance.h", "finding.h", "rule.h"}},
    {"rules", {}},
    {"baseline", {"baseline.h"}},
    {"config", {"config.h"}},
    {"tables", {"tables.h"}},
    {"reports", {"csv_row.h", "report.h"}},
    {"pictures", {}},
    {"history", {"history.h"}},
    {".", {"audit.h", "import.h"}},
    {"diff", {"diff.h"}},
    {"explain", {"explain.h"}},
    {"fixes", {"fixes.h"}},
    {"page", {}},
    {"survey", {"survey.h"}},
    {"suggest", {"suggest.h"}},
    {"check", {"check.h"}},
};

std::size_t layer_of(const std::string& folder) {
  const auto found =
      std::ranges::find(layers, folder, [](const auto& layer) { return layer.first; });
  return static_cast<std::size_t>(found - layers.begin());
}

/// The layer of a file of lib, by its path from there; their number when it is in none.
std::size_t layer_of_file(const fs::path& file) {
  const std::string folder = file.has_parent_path() ? file.begin()->string() : ".";
  if (folder != "include" && folder != "tierline") {
    return layer_of(folder);
  }
  const std::string name = file.filename().string();
  const auto found = std::ranges::find_if(layers, [&](const auto& layer) {
    return std::ranges::find(layer.second, name) != layer.second.end();
  });
  return static_cast<std::size_t>(found - layers.begin());
}

std::vector<fs::path> sources() {
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(lib)) {
    const fs::path extension = entry.path().extension();
    if (extension == ".cpp" || extension == ".h") {
      files.push_back(entry.path().lexically_relative(lib));
    }
  }
  return files;
}

/// What the first group of `pattern` is in each line that it is found in.
std::vector<std::string> found_in(const fs::path& file, const std::regex& pattern) {
  std::vector<std::string> names;
  std::ifstream text(lib / file);
  for (std::string line; std::getline(text, line);) {
    if (std::smatch match; std::regex_search(line, match, pattern)) {
      names.push_back(match[1]);
    }
  }
  return names;
}

TEST(Layering, EveryFileBelongsToALayer) {
  for (const fs::path& file : sources()) {
    EXPECT_LT(layer_of_file(file), layers.size()) << file << ": add it to `layers`";
  }
}

TEST(Layering, NoFileIncludesWhatComesAfterIt) {
  const std::regex include("^#include \"([^\"]+)\"");
  for (const fs::path& file : sources()) {
    for (const std::string& name : found_in(file, include)) {
      EXPECT_LE(layer_of_file(name), layer_of_file(file)) << file << " includes " << name;
    }
  }
}

TEST(Layering, NoHeaderIsCalledAsOneOfTheSystem) {
  for (const fs::path& file : sources()) {
    EXPECT_FALSE(fs::exists("/usr/include" / file.filename())) << file;
  }
}

TEST(Layering, OnlyOneFolderNamesALibrary) {
  const std::map<std::string, std::set<std::string>> homes = {
      {"archive", {"files"}},        {"boost/graph/", {"graph"}},
      {"expat.h", {"input"}},        {"graphviz/", {"reports"}},
      {"zlib.h", {"files", "page"}}, {"rapidjson/stringbuffer.h", {"include"}}};
  const std::regex include("^#include <([^>]+)>");
  for (const fs::path& file : sources()) {
    for (const std::string& name : found_in(file, include)) {
      for (const auto& [library, folders] : homes) {
        EXPECT_TRUE(!name.starts_with(library) || folders.contains(file.begin()->string()))
            << file << " includes " << name;
      }
    }
  }
}

TEST(Layering, ToolsIncludeOnlyWhatIsPublic) {
  const std::regex include("^#include \"([^\"]+)\"");
  const fs::path tools = fs::path(TIERLINE_ROOT) / "tools";
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(tools)) {
    if (entry.path().extension() != ".cpp" && entry.path().extension() != ".h") {
      continue;
    }
    for (const std::string& name : found_in(entry.path(), include)) {
      EXPECT_TRUE(fs::exists(tools / name) || fs::exists(lib / "include" / name))
          << entry.path() << " includes " << name;
    }
  }
}

/// Two types of one name in one namespace are one type to the linker, which then takes the
/// functions of either for both.
TEST(Layering, NoTwoHeadersDefineATypeOfOneName) {
  const std::regex definition(R"(^(?:class|struct|enum class) (\w+)(?: final)?(?: :[^;]*)? \{)");
  std::map<std::string, fs::path> first;
  for (const fs::path& file : sources()) {
    if (file.extension() != ".h") {
      continue;
    }
    for (const std::string& type : found_in(file, definition)) {
      const auto [known, is_new] = first.emplace(type, file);
      EXPECT_TRUE(is_new) << type << " is in " << known->second << " and in " << file;
    }
  }
}

}  // namespace
}  // namespace tierline
