// What built-in profiles agree on, and which table a file is named after.

#include "profile/compiled.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tierline/profile.h"

namespace tierline {
namespace {

constexpr const char* document = R"({
  "profile": "mine",
  "title": "Mine",
  "classes": {"ci_db2": {"tier": "system"}, "ci_server": {"tier": "component"}},
  "records": [
    {"as": "item", "tables": ["ci", "ci_*", "export_*"], "id": "id"},
    {"as": "relation", "tables": ["links"], "from": "a", "to": "b", "kind": "needs"}
  ]
})";

struct NamedFile {
  const char* path;
  const char* table;
};

TEST(TableOfFile, IsItsNameWithoutWhatIsAddedForAPage) {
  const Profile profile = Profile::parse(document, "mine.json").value();
  const NamedFile files[] = {
      {"links.csv", "links"},
      {"some/folder.d/LINKS.CSV", "links"},
      {"links_001.csv", "links"},
      {"links2.csv", "links"},
      {"links (3).json", "links"},
      {"links-page4.json", "links"},
      {"links.part5.json", "links"},
      {"links_2026-11-21T06_00_00Z.json", "links"},
      {"ci_server_1.csv", "ci_server"},
      {"ci_db2.csv", "ci_db2"},
      {"ci_db2_2.csv", "ci_db2"},
      {"ci_own_1.csv", "ci_own"},
      {"ci_own2.csv", "ci_own2"},
      {"ci_own2_page3.csv", "ci_own2"},
      {"export_2026.csv", "export_2026"},
      {"linksmen.csv", ""},
      {"2026-11-21.csv", ""},
  };
  for (const NamedFile& file : files) {
    EXPECT_EQ(profile.compiled().table_of_file(file.path), file.table) << file.path;
  }
}

TEST(Placeholders, AreTheSameInEveryBuiltInProfile) {
  const auto words = [](const Profile& profile) {
    std::vector<std::string> texts;
    for (const Pattern& pattern : profile.compiled().placeholders) {
      texts.push_back(pattern.text);
    }
    std::ranges::sort(texts);
    return texts;
  };
  for (const Profile& profile : built_in_profiles()) {
    EXPECT_EQ(words(profile), words(built_in_profiles().front())) << profile.id();
  }
}

}  // namespace
}  // namespace tierline
