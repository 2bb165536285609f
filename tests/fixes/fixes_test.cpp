// From finding to fix, and back: what is proposed is done to the export, which is audited again.

#include "tierline/fixes.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <filesystem>
#include <map>
#include <set>

#include "given.h"
#include "run_tool.h"
#include "scratch.h"
#include "synthetic.h"

namespace tierline {
namespace {

namespace fs = std::filesystem;

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// `RULE TABLE ID FIELD VALUE`.
std::vector<std::string> proposed(const Given& estate) {
  std::vector<std::string> all;
  for (const Fix& fix : fixes_for(estate.audit().report()).fixes) {
    all.push_back(fmt::format("{} {} {} {} {}", fix.rule, fix.id, to_string(fix.action), fix.field,
                              fix.after));
  }
  return all;
}

TEST(Fixes, GiveWhatHasLostItsOwnerToTheBestCandidateWhoIsThere) {
  EXPECT_THAT(
      proposed(given("person ann; person eve left; external Shop @eve in:Retail; system Cart "
                     "@ann; Shop -> Cart; portfolio Retail @ann")),
      Contains(HasSubstr("owner-inactive Shop update owner ann")));
}

TEST(Fixes, ProposeNothingWhereNobodyFits) {
  EXPECT_THAT(proposed(given("person eve left; external Shop @eve; system Cart; Shop -> Cart")),
              IsEmpty());
}

using Table = std::vector<std::vector<std::string>>;

Table read_csv(const std::string& text) {
  Table rows;
  std::vector<std::string> row;
  std::string cell;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
        cell += text[++i];
      } else if (c == '"') {
        quoted = false;
      } else {
        cell += c;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',' || c == '\n') {
      row.push_back(std::exchange(cell, {}));
      if (c == '\n') {
        rows.push_back(std::exchange(row, {}));
      }
    } else if (c != '\r') {
      cell += c;
    }
  }
  return rows;
}

std::string csv_text(const Table& rows) {
  std::string text;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      std::string cell = row[i];
      for (std::size_t at = 0; (at = cell.find('"', at)) != std::string::npos; at += 2) {
        cell.insert(at, 1, '"');
      }
      text += fmt::format("{}\"{}\"", i == 0 ? "" : ",", cell);
    }
    text += '\n';
  }
  return text;
}

class AppliedFixes : public ::testing::Test {
 protected:
  /// The fingerprints that an audit of the export finds.
  std::set<std::string> audit(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments = {"audit",   "export",     "--no-config", "-q",
                                          "--as-of", "2026-11-21", "-o",          "found.csv"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const ToolRun run = run_tool(arguments, {}, scratch_.path());
    EXPECT_LE(run.exit_code, 1) << run.err;
    std::set<std::string> all;
    const Table rows = read_csv(scratch_.read("found.csv"));
    const auto column = static_cast<std::size_t>(std::ranges::find(rows.front(), "fingerprint") -
                                                 rows.front().begin());
    for (std::size_t i = 1; i < rows.size(); ++i) {
      all.insert(rows[i][column]);
    }
    return all;
  }

  /// Does what the fixes say to the export, as somebody who imports them would; returns which
  /// findings they name.
  std::set<std::string> apply() const {
    std::set<std::string> findings;
    std::map<std::string, std::vector<std::string>> by_row;  // Of fixes, by the row's id.
    for (const auto& file : fs::directory_iterator(scratch_.path() / "fixes")) {
      if (file.path().extension() != ".csv") {
        continue;
      }
      const Table rows = read_csv(read_file(file.path()));
      for (std::size_t i = 1; i < rows.size(); ++i) {
        by_row[rows[i][1]] = rows[i];
        findings.insert(rows[i][8]);
      }
    }
    for (const auto& file : fs::directory_iterator(scratch_.path() / "export")) {
      if (file.path().extension() == ".csv") {
        Table rows = read_csv(read_file(file.path()));
        change(rows, by_row);
        scratch_.write("export/" + file.path().filename().string(), csv_text(rows));
      }
    }
    EXPECT_THAT(by_row, IsEmpty()) << "a fix names a row that is in no table";
    return findings;
  }

  static void change(Table& rows, std::map<std::string, std::vector<std::string>>& fixes) {
    const std::vector<std::string> header = rows.front();
    std::erase_if(rows, [&](std::vector<std::string>& row) {
      const auto fix = fixes.find(row.front());
      if (fix == fixes.end()) {
        return false;
      }
      const bool is_removed = fix->second[2] == "delete";
      if (!is_removed) {
        const auto field = std::ranges::find(header, fix->second[3]);
        if (field == header.end()) {
          return false;  // Another table has more of it.
        }
        row[static_cast<std::size_t>(field - header.begin())] = fix->second[5];
      }
      fixes.erase(fix);
      return is_removed;
    });
  }

  /// What the fixes name is gone, and nothing is new.
  void expect_mended(std::size_t at_least) const {
    const std::set<std::string> before = audit({"-o", "fixes:fixes"});
    const std::set<std::string> named = apply();
    const std::set<std::string> after = audit();
    EXPECT_GE(named.size(), at_least);
    for (const std::string& finding : named) {
      EXPECT_FALSE(after.contains(finding)) << finding << " is still there";
    }
    for (const std::string& finding : after) {
      EXPECT_TRUE(before.contains(finding)) << finding << " is new";
    }
  }

  const Scratch scratch_;
};

TEST_F(AppliedFixes, MendTheBundledEstateAndBreakNothing) {
  fs::copy(fs::path(TIERLINE_ROOT) / "fixtures" / "estate" / "export", scratch_.path() / "export");
  expect_mended(3);
}

TEST_F(AppliedFixes, MendGeneratedEstatesAndBreakNothing) {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    fs::remove_all(scratch_.path() / "export");
    synthetic::Options options;
    options.seed = seed;
    options.cis = 600;
    options.defects = synthetic::Defects::many;
    synthetic::write(options, scratch_.path());
    expect_mended(10);
  }
}

TEST_F(AppliedFixes, AreRefusedWherePersonsHavePseudonyms) {
  fs::copy(fs::path(TIERLINE_ROOT) / "fixtures" / "estate" / "export", scratch_.path() / "export");
  const ToolRun run =
      run_tool({"audit", "export", "--no-config", "-q", "--redact", "people", "-o", "fixes:fixes"},
               {}, scratch_.path());
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("cannot go with --redact people"));
  EXPECT_FALSE(fs::exists(scratch_.path() / "fixes"));
}

}  // namespace
}  // namespace tierline
