// Archives and compressed files where exports can be given: they say the same as what was packed.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <regex>

#include "packed.h"
#include "run_tool.h"
#include "scratch.h"
#include "tierline/import.h"

namespace tierline {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

const Member items{"exports/items.csv",
                   "id,name,tier,facing,owner\n1,Shop,service,external,ann\n2,Till,system,,\n"};
const Member relations{"exports/relations.csv", "from,to\n1,2\n"};

std::vector<Member> estate() {
  std::vector<Member> files;
  for (const fs::directory_entry& file :
       fs::directory_iterator(fs::path(TIERLINE_ROOT) / "fixtures" / "estate" / "export")) {
    files.push_back({file.path().filename(), read_file(file.path())});
  }
  std::ranges::sort(files, {}, &Member::name);
  return files;
}

/// The JSON report on an input, with `prefix` before the names of its files.
std::string report(const Scratch& scratch, const std::string& input, const std::string& prefix,
                   const std::string& text = {}) {
  const ToolRun run =
      run_tool({"audit", input, "--as-of", "2026-11-21", "-o", "json:-"}, text, scratch.path());
  EXPECT_EQ(run.exit_code, 1) << run.err;
  return std::regex_replace(run.out, std::regex(prefix + "/"), "");
}

TEST(CompressedInput, IsTheSameEstateInEveryArchive) {
  const Scratch scratch;
  std::vector<Member> files = estate();
  for (const Member& file : files) {
    scratch.write("plain/" + file.name, file.text);
  }
  const std::string expected = report(scratch, "plain", "plain");
  for (const char* order : {"sorted", "reversed"}) {
    for (const char* ending : {".zip", ".tar", ".tar.gz", ".tar.zst"}) {
      SCOPED_TRACE(fmt::format("{} {}", order, ending));
      const std::string bytes = archive_of(files, ending);
      scratch.write("packed", bytes);
      EXPECT_EQ(report(scratch, "packed", "packed"), expected);
      EXPECT_EQ(report(scratch, "-", "-", bytes), expected);
    }
    std::ranges::reverse(files);
  }
}

TEST(CompressedInput, IsTheSameEstateInEveryCompression) {
  const Scratch scratch;
  for (const Member& file : estate()) {
    scratch.write("plain/" + file.name, file.text);
    for (const char* ending : {".gz", ".xz", ".zst", ".bz2"}) {
      scratch.write(&ending[1] + ('/' + file.name + ending), compressed(file.text, ending));
    }
  }
  const std::string expected = report(scratch, "plain", "plain");
  for (const std::string ending : {"gz", "xz", "zst", "bz2"}) {
    SCOPED_TRACE(ending);
    const std::string packed = report(scratch, ending, ending);
    EXPECT_EQ(std::regex_replace(packed, std::regex("\\." + ending + "\\b"), ""), expected);
  }
}

TEST(CompressedInput, WithSomethingBehindItsEndIsRefused) {
  const Scratch scratch;
  const std::string tar = archive_of({items}, ".tar");
  scratch.write("two.tar", tar + archive_of({relations}, ".tar"));
  scratch.write("rest.tar", tar + std::string(9000, '\0') + "rest");
  scratch.write("two.tar.gz", compressed(tar + tar, ".gz"));
  scratch.write("items.csv.gz", compressed(items.text, ".gz") + "rest");
  for (const std::string name : {"two.tar", "rest.tar", "two.tar.gz", "items.csv.gz"}) {
    const ToolRun run = run_tool({"audit", name}, {}, scratch.path());
    EXPECT_EQ(run.exit_code, 2);
    EXPECT_EQ(run.err, "tierline: " + name +
                           ": its packed data is cut off, or something else follows it: make the "
                           "export again\n");
  }
}

TEST(CompressedInput, MayBeFilledUpWithZeros) {
  const Scratch scratch;
  const std::string zeros(20'000, '\0');
  scratch.write("a.tar", archive_of({items}, ".tar") + zeros);
  scratch.write("b.csv.gz", compressed(items.text, ".gz") + zeros);
  scratch.write("c.csv.gz", compressed(items.text, ".gz") + compressed("3,Desk,system,,\n", ".gz"));
  for (const std::string name : {"a.tar", "b.csv.gz", "c.csv.gz"}) {
    EXPECT_THAT(run_tool({"audit", name}, {}, scratch.path()).out,
                HasSubstr(name == "c.csv.gz" ? "3 items" : "2 items"));
  }
}

TEST(CompressedInput, IsFoundInAFolderAndReadFromStandardInput) {
  const Scratch scratch;
  scratch.write("night/a.tar.xz", archive_of({items}, ".tar.xz"));
  scratch.write("night/relations.csv.gz", compressed(relations.text, ".gz"));
  EXPECT_THAT(run_tool({"audit", "night"}, {}, scratch.path()).out,
              AllOf(HasSubstr("Examined 2 files: 2 items, 1 relation"),
                    HasSubstr("night/a.tar.xz/exports/items.csv:3")));
  EXPECT_THAT(run_tool({"audit", "-"}, archive_of({items, relations}, ".zip")).out,
              HasSubstr("-/exports/items.csv:3"));
}

TEST(CompressedInput, HasMembersThatAreNoExports) {
  const Scratch scratch;
  const std::string inner = archive_of({items}, ".zip");
  scratch.write("a.zip",
                archive_of({{"README", "call Ann\n"}, {"b.zip", inner}, items, relations}, ".zip"));
  EXPECT_THAT(run_tool({"audit", "a.zip"}, {}, scratch.path()).out,
              AllOf(HasSubstr("Examined 2 files"), HasSubstr("a.zip/README: no profile"),
                    HasSubstr("a.zip/b.zip: an archive in an archive: unpack it")));
}

TEST(CompressedInput, WithoutExportsIsRefused) {
  const Scratch scratch;
  scratch.write("a.zip", archive_of({{"photo", std::string("\x89PNG\0", 5)}}, ".zip"));
  scratch.write("b.tar", archive_of({{".hidden.json", "[]"}}, ".tar"));
  EXPECT_EQ(run_tool({"audit", "a.zip"}, {}, scratch.path()).err,
            "tierline: a.zip: nothing in this archive is an export that a profile understands; "
            "first of all a.zip/photo: not text: export as CSV, JSON, XML or YAML, in UTF-8, or "
            "UTF-16 with a byte order mark; byte 5 is NUL, which no text has: the export is "
            "damaged, make it again\n");
  EXPECT_EQ(run_tool({"audit", "b.tar"}, {}, scratch.path()).err,
            "tierline: b.tar: nothing in this archive is an export that a profile understands\n");
}

TEST(CompressedInput, OfAZipThatItsTableOfContentsDoesNotNameIsNotLostWithoutAWord) {
  const Scratch scratch;
  const std::string items_text(items.text);
  scratch.write("x/backup.zip", zip_of({{"items.csv", items_text, "items.csv"},
                                        {"more/items.csv", items_text, ""}}));
  const ToolRun run = run_tool({"audit", "x"}, {}, scratch.path());
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.err,
            "tierline: x/backup.zip: its table of contents does not name all that is in it: files "
            "may be missing, pack it anew\n");
}

TEST(CompressedInput, AmongExportsMayBeOfNoUse) {
  const Scratch scratch;
  scratch.write("x/items.csv", items.text);
  scratch.write("x/photos.zip", archive_of({{"photo", std::string("\x89PNG\0", 5)}}, ".zip"));
  scratch.write("x/broken.zip", "PK\x03\x04 and no more");
  EXPECT_THAT(run_tool({"audit", "x"}, {}, scratch.path()).out,
              AllOf(HasSubstr("x/photos.zip: nothing in this archive is an export"),
                    HasSubstr("x/broken.zip: its packed data")));
}

TEST(CompressedInput, IsNoExportWhenItIsCutOff) {
  const Scratch scratch;
  const std::string bytes = archive_of({items, relations}, ".tar");
  scratch.write("x/a.tar", std::string_view(bytes).substr(0, 2500));
  scratch.write("items.csv.gz", compressed(items.text, ".gz").substr(0, 40));
  EXPECT_EQ(run_tool({"audit", "x"}, {}, scratch.path()).err,
            "tierline: x/a.tar: its packed data ends too early: the export was cut off, make it "
            "again\n");
  EXPECT_EQ(run_tool({"audit", "items.csv.gz"}, {}, scratch.path()).err,
            "tierline: items.csv.gz: its packed data ends too early: the export was cut off, make "
            "it again\n");
}

TEST(CompressedInput, SaysWhereAMemberIsBroken) {
  const Scratch scratch;
  scratch.write("a.zip", archive_of({relations, {"x/items.json", "[{\"id\": 1},\n{]"}}, ".zip"));
  const ToolRun run = run_tool({"audit", "a.zip"}, {}, scratch.path());
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, StartsWith("tierline: a.zip/x/items.json:2: not JSON"));
}

TEST(CompressedInput, HasSources) {
  const Scratch scratch;
  const Member other{"other/items.csv", "id,name,tier\n9,Desk,system\n"};
  scratch.write("a.zip", archive_of({items, other, relations}, ".zip"));
  const auto audited = [&](const std::vector<std::string>& sources) {
    std::vector<std::string> arguments = {"audit", "a.zip", "-o", "json:-"};
    for (const std::string& source : sources) {
      arguments.insert(arguments.end(), {"--source", source});
    }
    return run_tool(arguments, {}, scratch.path());
  };
  const std::string first = R"("a.zip/exports/items.csv","format":"csv","profile":"tierline",)";
  const std::string second = R"("a.zip/other/items.csv","format":"csv","profile":"tierline",)";
  EXPECT_THAT(
      audited({"all=a.zip", "other=a.zip/other"}).out,
      AllOf(HasSubstr(first + R"("source":"all")"), HasSubstr(second + R"("source":"other")")));
  EXPECT_EQ(audited({"other=a.zip/elsewhere"}).err,
            "tierline: --source other=a.zip/elsewhere: none of the inputs is there\n");
}

TEST(CompressedInput, MayHoldReportsOfTierlineItself) {
  const Scratch scratch;
  const std::string own = run_tool({"audit", "-", "-o", "json:-"}, items.text).out;
  scratch.write("a.zip", archive_of({items, relations, {"findings.json", own}}, ".zip"));
  EXPECT_THAT(run_tool({"audit", "a.zip"}, {}, scratch.path()).out,
              AllOf(HasSubstr("Examined 2 files"),
                    HasSubstr("a.zip/findings.json: a report of tierline itself: skipped")));
}

TEST(CompressedInput, IsNotReplacedByAReport) {
  const Scratch scratch;
  const std::string bytes = archive_of({items, relations}, ".zip");
  scratch.write("a.zip", bytes);
  EXPECT_EQ(run_tool({"audit", "a.zip", "-o", "json:a.zip"}, {}, scratch.path()).err,
            "tierline: -o a.zip: is one of the exports that are read: write elsewhere\n");
  EXPECT_EQ(scratch.read("a.zip"), bytes);
}

TEST(CompressedInput, HasNamesThatDoNotBreakOutOfTheirLine) {
  const Scratch scratch;
  const std::string name = "x\n\x1B[31m/items.csv";
  scratch.write("a.tar", archive_of({{name, items.text}, relations}, ".tar"));
  scratch.write("b.tar", archive_of({{name, "id,name\n\"1,2\n"}}, ".tar"));
  EXPECT_THAT(run_tool({"audit", "a.tar"}, {}, scratch.path()).out,
              AllOf(HasSubstr("a.tar/x  [31m/items.csv:3"), Not(HasSubstr("\x1B"))));
  const ToolRun broken = run_tool({"audit", "b.tar"}, {}, scratch.path());
  EXPECT_THAT(broken.err, StartsWith("tierline: b.tar/x  [31m/items.csv:2: "));
  EXPECT_EQ(std::ranges::count(broken.err, '\n'), 1);
}

TEST(CompressedInput, IsMeasuredAsItLiesOnDisk) {
  const Scratch scratch;
  const std::string bytes = compressed(items.text, ".gz");
  ImportOptions options;
  options.inputs = {scratch.write("items.csv.gz", bytes)};
  options.as_of = "2026-11-21";
  std::pair<std::uint64_t, std::uint64_t> last;
  options.progress = [&](std::uint64_t done, std::uint64_t all) { last = {done, all}; };
  const auto inventory = import(options);
  ASSERT_TRUE(inventory) << to_string(inventory.error());
  EXPECT_EQ(last, std::pair(bytes.size(), bytes.size()));
  EXPECT_EQ(inventory->inputs()[0].bytes, items.text.size());
}

}  // namespace
}  // namespace tierline
