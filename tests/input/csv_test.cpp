#include <fmt/format.h>
#include <gmock/gmock.h>

#include <random>

#include "input/rows.h"
#include "tierline/text.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

ReadText read(std::string_view text) {
  return read_text(text, {"a", "b", "c"});
}
std::vector<std::string> rows(std::string_view text) {
  return read(text).rows;
}

TEST(Csv, ReadsQuotedCellsAndDoubledQuotes) {
  EXPECT_THAT(rows("a,b\n\"1\",\"say \"\"hi\"\"\"\n"), ElementsAre("2: a=1 b=say \"hi\""));
}

TEST(Csv, ReadsLineEndsInsideCells) {
  EXPECT_THAT(rows("a,b\r\n\"one\r\ntwo\",2\r\n3,4\r\n"),
              ElementsAre("2: a=one\r\ntwo b=2", "4: a=3 b=4"));
}

TEST(Csv, ReadsEitherLineEndAndNoneAtTheEnd) {
  EXPECT_THAT(rows("a,b\r\n1,2\r\n3,4"), ElementsAre("2: a=1 b=2", "3: a=3 b=4"));
  EXPECT_THAT(rows("a,b\n1,2\n3,"), ElementsAre("2: a=1 b=2", "3: a=3 b="));
}

TEST(Csv, FindsTheSeparatorByLooking) {
  for (const char separator : {',', ';', '\t', '|'}) {
    EXPECT_THAT(rows(fmt::format("a{0}b\n1{0}2\n", separator)), ElementsAre("2: a=1 b=2"))
        << separator;
  }
}

TEST(Csv, TakesTheSeparatorThatTheFileNames) {
  EXPECT_THAT(rows("sep=;\na;b\n1,5;2\n"), ElementsAre("3: a=1,5 b=2"));
}

TEST(Csv, PassesOverEmptyLinesBeforeTheHeader) {
  EXPECT_THAT(rows("\xEF\xBB\xBF\r\n\na,b\n1,2\n"), ElementsAre("4: a=1 b=2"));
}

TEST(Csv, DropsAByteOrderMarkAndReadsUtf16) {
  EXPECT_THAT(rows("\xEF\xBB\xBF\"a\",b\n1,2\n"), ElementsAre("2: a=1 b=2"));
  const std::string big{"\xFE\xFF\0a\0\n\0\xE9\0\n", 10};
  EXPECT_THAT(rows(big), ElementsAre("2: a=é"));
}

TEST(Csv, ReadsCellsThatAreNotUtf8AsWindows1252) {
  const auto text = read("a,b\nM\xFCnchen,\x80\x81\nZürich,ok\n");
  EXPECT_THAT(text.rows, ElementsAre("2: a=München b=€\uFFFD", "3: a=Zürich b=ok"));
  EXPECT_THAT(text.issues, ElementsAre("repaired-text@2 x2"));
}

TEST(Csv, NotesRaggedAndEmptyRows) {
  const auto text = read("a,b,c\n1,2,3\n1,2\n\n,,\n1,2,3,4\n");
  EXPECT_THAT(text.rows, ElementsAre("2: a=1 b=2 c=3", "3: a=1 b=2", "6: a=1 b=2 c=3"));
  EXPECT_THAT(text.issues, ElementsAre("empty-row@4 x2", "ragged-row@3 x2"));
}

TEST(Csv, TakesAStrayQuoteAsItStands) {
  const auto text = read("a,b\nMacBook Pro 17\",x\n\"q\",5\" disk\n\"\"\"\",y\n");
  EXPECT_THAT(text.rows,
              ElementsAre("2: a=MacBook Pro 17\" b=x", "3: a=q b=5\" disk", "4: a=\" b=y"));
  EXPECT_THAT(text.issues, ElementsAre("stray-quote@2 x2"));
}

TEST(Csv, UndoesRowsThatAMailProgramWrapped) {
  EXPECT_THAT(rows("\"a,\"\"b\"\"\"\n\"1,\"\"two, too\"\"\"\n"), ElementsAre("2: a=1 b=two, too"));
}

TEST(Csv, ReadsTheFirstOfTwoColumnsWithOneName) {
  const auto text = read("a,a\n1,2\n");
  EXPECT_THAT(text.rows, ElementsAre("2: a=1"));
  EXPECT_THAT(text.issues, ElementsAre("repeated-column@1 x1"));
}

TEST(Csv, ReadsTheExactOneOfColumnsThatDifferInCaseElseTheFirst) {
  const auto text = read("B,A,a,b,A\n1,2,3,4,5\n");
  EXPECT_THAT(text.rows, ElementsAre("2: a=3 b=4"));
  EXPECT_THAT(text.issues, ElementsAre("repeated-column@1 x1", "names-differ-in-case@1 x1"));
  const auto neither = read_text("Sys_ID,SYS_ID,SYS_id\n1,2,3\n", {"sys_id"});
  EXPECT_THAT(neither.rows, ElementsAre("2: sys_id=1"));
  EXPECT_THAT(neither.issues, ElementsAre("names-differ-in-case@1 x1"));
}

TEST(Csv, SaysNothingOfColumnsThatDifferInCaseWhereNobodyReadsThem) {
  EXPECT_THAT(read("a,X,x\n1,2,3\n").issues, IsEmpty());
}

TEST(Csv, ComparesHeadersWithoutCaseAndBlanks) {
  EXPECT_THAT(rows(" A ,\"B\"\n1,2\n"), ElementsAre("2: a=1 b=2"));
}

TEST(Csv, HandsOnALoneCellAsARemark) {
  EXPECT_THAT(read("a,b\n1,2\nNumber of rows removed by Security constraints: 7\n").remarks,
              ElementsAre("Number of rows removed by Security constraints: 7"));
}

TEST(Csv, ReadsACellOf32Megabytes) {
  const std::string large(32U << 20U, 'x');
  const auto text = read_text("a,z\n1,\"" + large + "\"\n2,\n", {"a"});
  EXPECT_THAT(text.rows, ElementsAre("2: a=1", "3: a=2"));
}

TEST(Csv, ReadsAMillionColumns) {
  std::string header = "a";
  std::string row = "1";
  for (int i = 1; i < 1'000'000; ++i) {
    header += fmt::format(",x{}", i);
    row += ",";
  }
  EXPECT_THAT(rows(header + ",b\n" + row + ",2\n"), ElementsAre("2: a=1 b=2"));
}

TEST(Csv, GivesTheSameRowsWhereverAChunkEnds) {
  std::string text = "a,b\r\n";
  std::vector<std::string> expected;
  std::size_t line = 2;
  for (int i = 0; text.size() < 2'500'000; ++i) {
    const std::string filler(static_cast<std::size_t>(i % 89), 'x');
    text += fmt::format("\"{}\"\"é\n,\",{}\r\n", filler, i);
    expected.push_back(fmt::format("{}: a={}\"é\n, b={}", line, filler, i));
    line += 2;
  }
  EXPECT_EQ(rows(text), expected);
  // A stray quote makes the reader look at every character; it has to see the same rows.
  const std::string stray = "a,b\r\nx\"y,0\r\n" + text.substr(5);
  auto with_stray = rows(stray);
  EXPECT_EQ(with_stray.front(), "2: a=x\"y b=0");
  EXPECT_EQ(with_stray.size(), expected.size() + 1);
  EXPECT_EQ(with_stray.back().substr(with_stray.back().find(':')),
            expected.back().substr(expected.back().find(':')));
}

TEST(Csv, ReadsRowsTheSameWholeOrCellByCell) {
  const std::string long_text(90, 'x');
  const std::string cells[] = {"",
                               "x",
                               "12",
                               R"("")",
                               R"("quoted")",
                               "\"one\ntwo\"",
                               "é",
                               R"("say ""hi""")",
                               "\"x\"\"\n\"",
                               "\xE9",
                               "\"\xC3\"",
                               long_text,
                               "\"" + long_text + "é\""};
  std::mt19937 random(1);
  for (int round = 0; round < 500; ++round) {
    std::string text = "a,nobody wants it,b,c\n";
    for (auto count = random() % 6; count > 0; --count) {
      const std::size_t width = random() % 4 == 0 ? random() % 6 + 1 : 4;
      for (std::size_t cell = 0; cell < width; ++cell) {
        text += (cell == 0 ? "" : ",") + cells[random() % std::size(cells)];
      }
      text += random() % 2 == 0 ? "\n" : "\r\n";
    }
    // A stray quote makes the reader take every row cell by cell.
    ReadText whole = read(text + "z,y,x,w\n");
    ReadText by_cell = read(text + "z,y,x,w\"\n");
    std::erase(by_cell.issues, fmt::format("stray-quote@{} x1", lines_in(text) + 1));
    ASSERT_FALSE(by_cell.rows.empty());
    EXPECT_EQ(whole.rows.back() + '"', by_cell.rows.back()) << text;
    whole.rows.back() = by_cell.rows.back();
    EXPECT_EQ(whole.rows, by_cell.rows) << text;
    EXPECT_EQ(whole.issues, by_cell.issues) << text;
    EXPECT_EQ(whole.remarks, by_cell.remarks) << text;
  }
}

TEST(Csv, KeepsACarriageReturnBehindAQuoteThatEndsNoLine) {
  for (std::size_t size = 0; size < 70; ++size) {
    const std::string filler(size, 'x');
    const std::string cell = "\"" + filler + "\"\rdef";
    EXPECT_THAT(rows("a,b\n" + cell + ",2\n"), ElementsAre("2: a=" + cell + " b=2"));
    EXPECT_THAT(rows("a,b\r\n1,\"" + filler + "\"\r\n3,4\r\n"),
                ElementsAre("2: a=1 b=" + filler, "3: a=3 b=4"));
  }
}

TEST(Csv, CountsTheLineEndsOfACellOnce) {
  EXPECT_THAT(rows("a,b\n1,\"x\"\"\n\"\n\"y\"\"\n\",2\n3,4\n"),
              ElementsAre("2: a=1 b=x\"\n", "4: a=y\"\n b=2", "6: a=3 b=4"));
}

TEST(Csv, TakesNoQuoteForASeparator) {
  for (std::size_t size = 0; size < 70; ++size) {
    const ReadText as_header =
        read_text("sep=\"\na\"b\"c\"x\n\"" + std::string(size, 'a') + "\"\"\"\"abc\"\n",
                  {"a", "b", "c"}, "x.csv");
    EXPECT_THAT(as_header.rows, ElementsAre("2:", "3:"));
  }
}

TEST(Csv, SeesQuotesAndOddBytesWhereverTheyStandInABlock) {
  for (std::size_t size = 0; size < 140; ++size) {
    const std::string filler(size, 'x');
    EXPECT_THAT(rows("a,b\n" + filler + "\xE9,\"" + filler + "\"\nz,\"" + filler + "\"\"y\"\n"),
                ElementsAre("2: a=" + filler + "é b=" + filler, "3: a=z b=" + filler + "\"y"));
  }
}

TEST(Csv, RefusesAFileThatIsCutOff) {
  EXPECT_THAT(read("a,b\n1,\"2\n").error,
              HasSubstr("export:2: the file ends inside of a quoted cell"));
  EXPECT_THAT(read("a,b,c\n1,2,3\n4,5").error,
              HasSubstr("export:3: the last row has 2 of 3 cells"));
}

TEST(Csv, RefusesAFileThatIsCutOffWhereverItIs) {
  const std::string whole = "a,b,c\n1,2,3\n44,55,\"six, \"\"6\"\"\"\n";
  const std::size_t last_row = whole.find("44");
  for (std::size_t size = last_row + 1; size < whole.size(); ++size) {
    const auto cut = read(std::string_view(whole).substr(0, size));
    const bool may_be_whole =
        cut.error.empty() && cut.issues.size() == 1 && cut.issues.front() == "no-line-end@3 x1";
    EXPECT_TRUE(may_be_whole || cut.error.starts_with("export:3: the ")) << size << cut.error;
    const std::string_view row = std::string_view(whole).substr(last_row, size - last_row);
    EXPECT_EQ(may_be_whole, row.starts_with("44,55,") && std::ranges::count(row, '"') % 2 == 0)
        << row;
  }
  EXPECT_EQ(read("a,\"b\n1,2\n").error,
            "export:1: the file ends inside of a quoted cell: the export was cut off, make it "
            "again");
}

TEST(Csv, NoticesAFullLastRowWithoutALineEnd) {
  EXPECT_THAT(read("a,b\n1,2\n3,4").issues, ElementsAre("no-line-end@3 x1"));
  EXPECT_THAT(read("a,b\n1,2\n3,4\n").issues, IsEmpty());
}

TEST(Csv, RefusesNulAtAnyOffset) {
  std::string text = "a,b\n";
  for (int row = 0; row < 20'000; ++row) {
    text += fmt::format("{},x\n", row);
  }
  const std::size_t middle = text.find("15000,");
  std::ranges::fill(text.begin() + static_cast<std::ptrdiff_t>(middle),
                    text.begin() + static_cast<std::ptrdiff_t>(middle) + 4096, '\0');
  EXPECT_THAT(read(text).error, HasSubstr(fmt::format("export: byte {} is NUL", middle + 1)));
}

TEST(Csv, KnowsAMergeConflict) {
  EXPECT_EQ(read("a,b\n<<<<<<< HEAD\n1,2\n").error,
            "export:2: a merge conflict marker stands here: resolve the conflict in this file");
}

TEST(Csv, ReadsAHeaderWithoutRows) {
  EXPECT_THAT(rows("a,b\n"), IsEmpty());
  EXPECT_EQ(read("a,b").error, "");
}

}  // namespace
}  // namespace tierline
