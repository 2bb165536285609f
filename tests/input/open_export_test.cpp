#include <gmock/gmock.h>

#include <filesystem>

#include "input/rows.h"
#include "scratch.h"
#include "support/utf8.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(OpenExport, TellsTheSyntaxByContent) {
  EXPECT_EQ(read_text("  [{}]", {}, "export.csv").syntax, "json");
  EXPECT_EQ(read_text("a,b\n", {}, "export.txt").syntax, "csv");
}

TEST(OpenExport, TakesAnEndingAtItsWordForTextThatCouldBeAnything) {
  EXPECT_THAT(read_text("a,b\n", {}, "export.json").error, HasSubstr("export.json:1: not JSON"));
}

TEST(OpenExport, RefusesEmptyAndBinaryFiles) {
  EXPECT_EQ(read_text("", {}).error, "export: the file is empty: the export failed, make it again");
  EXPECT_EQ(read_text(" \n", {}).error,
            "export: the file is empty: the export failed, make it again");
  EXPECT_THAT(read_text(std::string("\x89PNG\0\0", 6), {}).error, HasSubstr("not text"));
}

TEST(OpenExport, SaysThatAFileIsMissing) {
  EXPECT_EQ(to_string(FileReader::open("/nonexistent/x.json").error()),
            "/nonexistent/x.json: no such file or folder");
}

std::vector<std::string> names(const std::vector<InputFile>& files, const Scratch& scratch) {
  std::vector<std::string> names;
  for (const InputFile& file : files) {
    names.push_back(std::filesystem::path(file.path).lexically_relative(scratch.path()).string() +
                    (file.named ? " named" : ""));
  }
  return names;
}

TEST(ListFiles, ListsFoldersRecursivelyInAFixedOrderWithoutHiddenOnes) {
  const Scratch scratch;
  for (const char* name : {"b.csv", "a/z.json", "a/y.json", ".git/config", "a/.part"}) {
    scratch.write(name, "x");
  }
  const std::vector<std::string> folder = {scratch.path()};
  EXPECT_THAT(names(*list_files(folder), scratch), ElementsAre("a/y.json", "a/z.json", "b.csv"));
}

TEST(ListFiles, ListsAFileOnceHoweverOftenItIsNamed) {
  const Scratch scratch;
  const std::string file = scratch.write("a.csv", "x");
  const std::vector<std::string> inputs = {scratch.path(), file, scratch / "./a.csv"};
  EXPECT_THAT(list_files(inputs)->size(), 1);
}

TEST(ListFiles, RefusesWhatIsMissingOrEmpty) {
  const Scratch scratch;
  const std::vector<std::string> missing = {scratch / "nothing"};
  EXPECT_THAT(list_files(missing).error().message, HasSubstr("no such file or folder"));
  const std::vector<std::string> empty = {scratch.path()};
  EXPECT_THAT(list_files(empty).error().message, HasSubstr("no files in this folder"));
}

TEST(Utf8, TellsValidFromInvalid) {
  EXPECT_TRUE(is_utf8("plain ascii text that is longer than a word"));
  EXPECT_TRUE(is_utf8("Łódź 😀"));
  for (const std::string_view bad :
       {"\x80", "\xC3", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "12345678\xFF"}) {
    EXPECT_FALSE(is_utf8(bad));
  }
}

}  // namespace
}  // namespace tierline
