// Files, rules, tests and fixtures carry one word, and none is missing.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "input/input.h"
#include "scratch.h"
#include "tierline/report.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

namespace fs = std::filesystem;

const fs::path root = TIERLINE_ROOT;

std::string id_of(const fs::path& file) {
  std::string id = file.stem();
  std::ranges::replace(id, '_', '-');
  return id;
}

std::vector<std::string> ids_of_files(const fs::path& folder) {
  std::vector<std::string> ids;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".cpp") {
      ids.push_back(id_of(entry.path()));
    }
  }
  std::ranges::sort(ids);
  return ids;
}

TEST(Catalogue, HoldsOneRulePerFile) {
  EXPECT_EQ(Register<Rule>::ids(), ids_of_files(root / "lib" / "rules"));
}

TEST(Catalogue, HoldsATestForEveryRule) {
  for (const Rule* rule : Register<Rule>::all()) {
    std::string name(rule->id);
    std::ranges::replace(name, '-', '_');
    EXPECT_TRUE(fs::exists(root / "tests" / "rules" / (name + "_test.cpp"))) << rule->id;
  }
}

TEST(Catalogue, ExplainsEveryRuleInFullSentences) {
  for (const Rule* rule : Register<Rule>::all()) {
    EXPECT_FALSE(rule->title.ends_with('.')) << rule->id;
    for (const std::string_view text : {rule->rationale, rule->definition, rule->remedy}) {
      EXPECT_TRUE(text.size() > 20 && (text.ends_with('.') || text.ends_with(".)")))
          << rule->id << ": " << text;
    }
    EXPECT_NE(rule->check, nullptr) << rule->id;
    EXPECT_NE(rule->word, nullptr) << rule->id;
    EXPECT_EQ(rule->cause == nullptr, rule->tell_together == nullptr) << rule->id;
  }
}

/// The ids of what files of lib register as a `kind`; a file registers one.
std::vector<std::string> ids_registered_as(const std::string& kind) {
  std::vector<std::string> ids;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root / "lib")) {
#ifdef TIERLINE_WITHOUT_PAGE
    if (entry.path().parent_path().filename() == "page") {
      continue;
    }
#endif
    if (entry.path().extension() != ".cpp") {
      continue;
    }
    const std::string text = read_file(entry.path());
    const std::size_t registration = text.find("const Register<" + kind + "> ");
    if (registration != std::string::npos) {
      constexpr std::string_view key = ".id = \"";
      const std::size_t begin = text.find(key, registration) + key.size();
      ids.push_back(text.substr(begin, text.find('"', begin) - begin));
    }
  }
  std::ranges::sort(ids);
  return ids;
}

TEST(Catalogue, HoldsEverySyntaxAndReport) {
  EXPECT_EQ(Register<Syntax>::ids(), ids_registered_as("Syntax"));
  EXPECT_EQ(Register<ReportFormat>::ids(), ids_registered_as("ReportFormat"));
  EXPECT_FALSE(Register<Syntax>::ids().empty());
  EXPECT_FALSE(Register<ReportFormat>::ids().empty());
}

TEST(Catalogue, TellsPeopleOfEveryReport) {
  const std::string page = read_file(root / "lib" / "reports" / "README.md");
  for (const ReportFormat* format : Register<ReportFormat>::all()) {
    const std::string output = format->is_folder        ? fmt::format("`{}:FOLDER`", format->id)
                               : format->ending.empty() ? fmt::format("`{}:FILE`", format->id)
                                                        : fmt::format("`FILE{}`", format->ending);
    EXPECT_NE(page.find(output), std::string::npos) << output;
  }
}

}  // namespace
}  // namespace tierline
