// Files, rules, tests and fixtures carry one word, and none is missing.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "input/input.h"
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

TEST(Catalogue, HoldsEverySyntaxAndReport) {
  EXPECT_EQ(Register<Syntax>::ids(), (std::vector<std::string>{"csv", "json", "xml", "yaml"}));
  std::vector<std::string> reports = {
      "baseline", "by-owner", "csv",     "dot",    "fixes", "gitlab", "html", "json",
      "junit",    "markdown", "mermaid", "ndjson", "prom",  "sarif",  "svg",  "text"};
#ifdef TIERLINE_WITHOUT_PAGE
  std::erase(reports, "html");
#endif
  EXPECT_EQ(Register<ReportFormat>::ids(), reports);
}

}  // namespace
}  // namespace tierline
