#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <functional>

#include "input/rows.h"
#include "packed.h"
#include "scratch.h"
#include "tierline/utf8.h"

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
  EXPECT_THAT(names(list_files(folder, has_export_ending)->files, scratch),
              ElementsAre("a/y.json", "a/z.json", "b.csv"));
}

TEST(ListFiles, ListsAFileOnceHoweverOftenItIsNamed) {
  const Scratch scratch;
  const std::string file = scratch.write("a.csv", "x");
  const std::vector<std::string> inputs = {scratch.path(), file, scratch / "./a.csv"};
  EXPECT_THAT(list_files(inputs, has_export_ending)->files.size(), 1);
}

TEST(ListFiles, RefusesWhatIsMissingOrEmpty) {
  const Scratch scratch;
  const std::vector<std::string> missing = {scratch / "nothing"};
  EXPECT_THAT(list_files(missing, has_export_ending).error().message,
              HasSubstr("no such file or folder"));
  const std::vector<std::string> empty = {scratch.path()};
  EXPECT_THAT(list_files(empty, has_export_ending).error().message,
              HasSubstr("no files in this folder"));
}

// --- files on disk while they are read

std::size_t open_descriptors() {
  const auto all = std::filesystem::directory_iterator("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

TEST(FileReader, ClosesAFileThatIsRead) {
  const Scratch scratch;
  const std::string plain = scratch.write("a.csv", "id\n1\n");
  const std::string packed = scratch.write("b.csv.gz", compressed("id\n1\n", ".gz"));
  const std::string other = scratch.write("c.csv.zst", compressed("id\n1\n", ".zst"));
  const std::string tar = scratch.write("d.tar", archive_of({{"a.csv", "id\n1\n"}}, ".tar"));
  const std::string zip = scratch.write("e.zip", archive_of({{"a.csv", "id\n1\n"}}, ".zip"));
  const std::size_t before = open_descriptors();
  std::vector<std::shared_ptr<TextSource>> held;
  for (const std::string& path : {plain, packed, other, tar, zip}) {
    const auto reader = std::move(*FileReader::open(path));
    while (auto file = std::move(*reader->next())) {
      held.push_back(std::move(*file->text));
    }
  }
  EXPECT_EQ(held.size(), 5U);
  EXPECT_EQ(open_descriptors(), before);
}

/// What becomes of reading a file that `change` befalls after it was opened.
std::string reading_while(const std::string& path, const std::function<void()>& change) {
  const auto reader = std::move(*FileReader::open(path));
  change();
  while (true) {
    auto file = reader->next();
    if (!file) {
      return file.error().message;
    }
    if (!*file) {
      return "";
    }
    std::string rest(1'000'000, ' ');
    if (auto got = (*(**file).text)->read(rest); !got) {
      return got.error().message;
    }
  }
}

TEST(FileReader, SaysThatAFileChangedWhileItWasRead) {
  const Scratch scratch;
  const std::string text(300'000, 'x');
  for (const std::string& bytes :
       {text, archive_of({{"a.csv", text}}, ".zip"), archive_of({{"a.csv", text}}, ".tar")}) {
    const std::string path = scratch.write("a", bytes);
    EXPECT_EQ(reading_while(path, [] {}), "");
    EXPECT_THAT(reading_while(path, [&] { std::ofstream(path, std::ios::app) << '\0'; }),
                HasSubstr("this file changed while it was read"));
  }
  const std::string path = scratch.write("a", text);
  EXPECT_THAT(reading_while(path, [&] { std::filesystem::resize_file(path, 200'000); }),
              HasSubstr("this file changed while it was read"));
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
