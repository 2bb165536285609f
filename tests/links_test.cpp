// Pages lead to each other: every relative link in a page of this repository leads to something
// that is there, and every anchor to a heading.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

namespace tierline {
namespace {

namespace fs = std::filesystem;

const fs::path root = fs::canonical(TIERLINE_ROOT);

/// Everything but what builds leave at the top.
std::vector<fs::path> pages() {
  std::vector<fs::path> found = {root / "README.md"};
  for (const char* folder : {"bench", "fixtures", "lib", "tests", "tools"}) {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root / folder)) {
      if (entry.path().extension() == ".md") {
        found.push_back(entry.path());
      }
    }
  }
  std::ranges::sort(found);
  return found;
}

/// The lines of a page that are no code.
std::vector<std::string> prose_of(const fs::path& page) {
  std::vector<std::string> prose;
  std::ifstream file(page);
  bool is_code = false;
  for (std::string line; std::getline(file, line);) {
    const bool is_fence = line.starts_with("```");
    is_code = is_code != is_fence;
    if (!is_code && !is_fence && !line.starts_with("    ")) {
      prose.push_back(line);
    }
  }
  return prose;
}

/// How a heading is called in addresses: in small letters, blanks as hyphens, nothing but words.
std::string anchor_of(std::string_view heading) {
  std::string anchor;
  for (const char c : heading) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == ' ') {
      anchor += '-';
    } else if (std::isalnum(byte) != 0 || byte >= 0x80 || c == '-' || c == '_') {
      anchor += static_cast<char>(std::tolower(byte));
    }
  }
  return anchor;
}

bool has_heading(const fs::path& page, const std::string& anchor) {
  return std::ranges::any_of(prose_of(page), [&](const std::string& line) {
    const std::size_t text = line.find_first_not_of('#');
    return text != 0 && text != std::string::npos && line[text] == ' ' &&
           anchor_of(std::string_view(line).substr(text + 1)) == anchor;
  });
}

/// Where the links of a page lead within the repository: `file`, `file#anchor` or `#anchor`.
std::vector<std::string> links_of(const fs::path& page) {
  static const std::regex code("`[^`]*`");
  static const std::regex link(R"(\]\(([^)\s]+)\))");
  static const std::regex elsewhere("[a-z]+:.*");
  std::vector<std::string> links;
  for (const std::string& line : prose_of(page)) {
    // The words of a link may be code; what stands in code is no link.
    const std::string words = std::regex_replace(line, code, "");
    for (std::sregex_iterator at(words.begin(), words.end(), link), end; at != end; ++at) {
      const bool is_escaped = at->position() > 0 && words[at->position() - 1] == '\\';
      if (const std::string target = (*at)[1];
          !is_escaped && !std::regex_match(target, elsewhere)) {
        links.push_back(target);
      }
    }
  }
  return links;
}

TEST(Links, LeadToFilesAndHeadings) {
  std::size_t count = 0;
  for (const fs::path& page : pages()) {
    for (const std::string& link : links_of(page)) {
      const std::size_t hash = std::min(link.find('#'), link.size());
      const fs::path target = hash == 0 ? page : page.parent_path() / link.substr(0, hash);
      EXPECT_TRUE(fs::exists(target)) << page << " links " << link;
      if (hash < link.size()) {
        EXPECT_TRUE(has_heading(target, link.substr(hash + 1))) << page << " links " << link;
      }
      ++count;
    }
  }
  EXPECT_GT(count, 20U);
}

TEST(Links, NameHeadingsAsBrowsersDo) {
  EXPECT_EQ(anchor_of("fixes: rows to import"), "fixes-rows-to-import");
  EXPECT_EQ(anchor_of("`tierline.toml`, in short"), "tierlinetoml-in-short");
}

/// Not everybody knows where a page is that nothing leads to.
TEST(Links, LeadToEveryPage) {
  std::vector<fs::path> reached = {root / "README.md"};
  for (std::size_t i = 0; i < reached.size(); ++i) {
    const fs::path page = reached[i];
    for (const std::string& link : links_of(page)) {
      const std::string file = link.substr(0, link.find('#'));
      const fs::path target = fs::weakly_canonical(page.parent_path() / file);
      if (target.extension() == ".md" && fs::exists(target) &&
          std::ranges::find(reached, target) == reached.end()) {
        reached.push_back(target);
      }
    }
  }
  for (const fs::path& page : pages()) {
    EXPECT_NE(std::ranges::find(reached, page), reached.end())
        << "no page that README.md leads to links " << page;
  }
}

}  // namespace
}  // namespace tierline
