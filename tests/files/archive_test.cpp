// What is packed: each member is a file of its own, and nothing that is broken, cut off or made to
// do harm passes for an export.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <algorithm>
#include <thread>

#include "input/input.h"
#include "packed.h"
#include "scratch.h"

namespace tierline {
namespace {

using ::testing::_;
using ::testing::AnyOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::StartsWith;

using Lines = std::vector<std::string>;
using Kind = Member::Kind;

constexpr std::string_view compressions[] = {".gz", ".bz2", ".xz", ".zst", ".lz4", ".lz"};
constexpr std::string_view archives[] = {".zip",    ".tar",     ".tar.gz", ".tar.bz2",
                                         ".tar.xz", ".tar.zst", ".tar.lz4"};

/// The whole text, or what went wrong with it.
std::string text_of(TextSource& source) {
  std::string all;
  std::string buffer(64 * 1024, '\0');
  while (true) {
    const auto got = source.read(buffer);
    if (!got) {
      return "! " + to_string(got.error());
    }
    all.append(buffer, 0, *got);
    if (*got < buffer.size()) {
      return all;
    }
  }
}

/// What `next` says: `PATH = TEXT`, or `! PATH: ERROR`; empty at the end.
std::string next_of(FileReader& reader) {
  auto file = reader.next();
  if (!file) {
    return "! " + to_string(file.error());
  }
  if (!*file) {
    return {};
  }
  auto& [path, text] = **file;
  const std::string read = text ? text_of(**text) : "! " + to_string(text.error());
  return read.starts_with("! ") ? read : fmt::format("{} = {}", path, read);
}

/// Every file that `bytes` hold when they stand at `name`.
Lines files_of(std::string_view bytes, const std::string& name) {
  const Scratch scratch;
  const std::string folder = scratch.path().string() + '/';
  auto reader = FileReader::open(scratch.write(name, bytes));
  Lines lines;
  std::string line = reader ? next_of(**reader) : "! " + to_string(reader.error());
  while (!line.empty()) {
    const bool is_last = !reader || line.starts_with(fmt::format("! {}{}: ", folder, name));
    lines.push_back(line.erase(line.find(folder), folder.size()));
    line = is_last ? "" : next_of(**reader);
  }
  return lines;
}

Lines members_of(const std::vector<Member>& members, std::string_view ending = ".zip") {
  return files_of(archive_of(members, ending), "a");
}

/// Text that does not shrink to nothing.
std::string long_text(std::size_t size) {
  std::string text;
  std::uint64_t state = 1;
  while (text.size() < size) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    text += fmt::format("{:x}\n", state >> 40U);
  }
  return text;
}

// --- what is in it

TEST(Compressed, IsReadAsTheFileThatItWas) {
  const std::string text = long_text(300'000);
  for (const std::string_view ending : compressions) {
    SCOPED_TRACE(ending);
    const std::string name = fmt::format("x.json{}", ending);
    EXPECT_EQ(files_of(compressed(text, ending), name), Lines{fmt::format("{} = {}", name, text)});
  }
}

TEST(Compressed, IsToldByContentWhateverItsName) {
  EXPECT_EQ(files_of(compressed("[]", ".zst"), "x.json"), Lines{"x.json = []"});
}

TEST(Compressed, IsReadOnBehindTheEndOfItsFirstStream) {
  for (const std::string_view ending : {".gz", ".bz2", ".xz", ".zst"}) {
    SCOPED_TRACE(ending);
    EXPECT_EQ(files_of(compressed("ab", ending) + compressed("cd", ending), "x"),
              Lines{"x = abcd"});
  }
}

TEST(Compressed, MayBeFilledUpWithZeros) {
  for (const std::string_view ending : {".gz", ".bz2"}) {
    SCOPED_TRACE(ending);
    EXPECT_EQ(files_of(compressed("ab", ending) + std::string(3000, '\0'), "x"), Lines{"x = ab"});
  }
}

TEST(Compressed, DoesNotPassOverWhatFollowsIt) {
  const std::string behind = "something else follows it";
  for (const std::string_view ending : compressions) {
    SCOPED_TRACE(ending);
    EXPECT_THAT(files_of(compressed("ab", ending) + "and more, and more, and more", "x"),
                ElementsAre(StartsWith("! x: ")));
  }
  EXPECT_THAT(files_of(compressed("ab", ".gz") + "more", "x"), ElementsAre(HasSubstr(behind)));
  EXPECT_THAT(files_of(compressed("ab", ".bz2") + std::string(9, '\0') + "more", "x"),
              ElementsAre(HasSubstr(behind)));
}

TEST(Compressed, OfNothingIsAnEmptyFile) {
  for (const std::string_view ending : {".gz", ".bz2", ".xz", ".zst"}) {
    SCOPED_TRACE(ending);
    EXPECT_EQ(files_of(compressed("", ending), "x"), Lines{"x = "});
  }
}

TEST(Compressed, TwiceIsRefused) {
  EXPECT_EQ(files_of(compressed(compressed("ab", ".xz"), ".gz"), "x"),
            Lines{"! x: this is compressed twice: unpack it, and name what came out"});
}

TEST(Archives, HoldFilesOfTheirOwnName) {
  for (const std::string_view ending : archives) {
    SCOPED_TRACE(ending);
    const std::string text = long_text(ending == ".tar" ? 3'000'000 : 300'000);
    EXPECT_EQ(members_of({{"x/y.json", text}, {"empty.csv", ""}, {"./z//a.csv", "a"}}, ending),
              (Lines{"a/x/y.json = " + text, "a/empty.csv = ", "a/z/a.csv = a"}));
  }
}

TEST(Archives, WithNothingInThemHaveNoFiles) {
  for (const std::string_view ending : archives) {
    SCOPED_TRACE(ending);
    EXPECT_THAT(members_of({}, ending), IsEmpty());
  }
}

TEST(Archives, HideWhatAFolderHides) {
  EXPECT_EQ(members_of({{".git/x.json", "a"},
                        {"__MACOSX/._x.json", "b"},
                        {"x/~$y.csv", "c"},
                        {"x/.y.csv", "d"},
                        {"x.json", "e"}},
                       ".tar"),
            Lines{"a/x.json = e"});
}

TEST(Archives, PassOverWhatIsNoFile) {
  EXPECT_EQ(members_of({{"x", "", Kind::folder},
                        {"x/y.json", "a"},
                        {"link.json", "/etc/passwd", Kind::link},
                        {"hard.json", "x/y.json", Kind::hard_link},
                        {"pipe.json", "", Kind::pipe}},
                       ".tar"),
            Lines{"a/x/y.json = a"});
  EXPECT_EQ(
      members_of(
          {{"x/", "", Kind::folder}, {"link.json", "/etc/passwd", Kind::link}, {"y.json", "a"}}),
      Lines{"a/y.json = a"});
}

TEST(Archives, HoldCompressedFiles) {
  const Member member{"x.json.gz", compressed("[]", ".gz")};
  EXPECT_EQ(members_of({member, {"y", "1"}}, ".tar.zst"), (Lines{"a/x.json.gz = []", "a/y = 1"}));
  EXPECT_EQ(members_of({member, {"y", "1"}}), (Lines{"a/x.json.gz = []", "a/y = 1"}));
}

TEST(Archives, InArchivesAreToBeUnpacked) {
  EXPECT_EQ(members_of({{"x.zip", archive_of({{"y", "1"}}, ".zip")},
                        {"x.tar.gz", archive_of({{"y", "1"}}, ".tar.gz")},
                        {"z", "1"}},
                       ".tar"),
            (Lines{"! a/x.zip: an archive in an archive: unpack it, and name what came out",
                   "! a/x.tar.gz: an archive in an archive: unpack it, and name what came out",
                   "a/z = 1"}));
}

TEST(Archives, ThatNobodyReadsAreRefused) {
  EXPECT_THAT(files_of("7z\xBC\xAF\x27\x1C and so on", "x"),
              ElementsAre(StartsWith("! x: 7z and RAR archives cannot be read: unpack it")));
  EXPECT_EQ(members_of({{"[Content_Types].xml", "<x/>"}, {"xl/workbook.xml", "<x/>"}}),
            Lines{"! a: this is an Office document: save it as CSV"});
}

TEST(Archives, WithAPasswordAreRefused) {
  EXPECT_EQ(files_of(encrypted_zip_of({{"x.json", "[]"}}), "a"),
            Lines{"! a/x.json: this is encrypted: unpack it with its password, and name what came "
                  "out"});
}

TEST(Archives, DoNotHoldAFileTwice) {
  EXPECT_THAT(
      members_of({{"x", "1"}, {"./x", "2"}}, ".tar"),
      ElementsAre("a/x = 1", StartsWith("! a/x: an older file of this name stands before")));
}

TEST(Archives, HaveNamesInEveryAlphabet) {
  for (const std::string_view ending : {".zip", ".tar"}) {
    EXPECT_EQ(members_of({{"Łódź😀.json", "1"}}, ending), Lines{"a/Łódź😀.json = 1"});
  }
}

TEST(Archives, HaveNamesThatAreNotUtf8) {
  std::string bytes = archive_of({{"M?nchen.json", "1"}}, ".zip");
  std::ranges::replace(bytes, '?', '\xFC');
  EXPECT_EQ(files_of(bytes, "a"), Lines{"a/M\xFCnchen.json = 1"});
}

TEST(Archives, HaveNamesThatAreOnlyShown) {
  for (const std::string_view ending : {".zip", ".tar"}) {
    EXPECT_EQ(
        members_of({{"../../etc/passwd", "1"}, {"/etc/passwd", "2"}, {"a\n\x1B[31m", "3"}}, ending),
        (Lines{"a/../../etc/passwd = 1", "a/etc/passwd = 2", "a/a\n\x1B[31m = 3"}));
  }
}

/// A pipe cannot go back from the table of contents at the end.
TEST(Archives, AreReadFromPipes) {
  const Scratch scratch;
  const std::string pipe = scratch / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  const std::string bytes = archive_of({{"x", long_text(100'000)}, {"y", "1"}}, ".zip");
  const std::jthread writer([&] { scratch.write("pipe", bytes); });
  auto reader = FileReader::open(pipe);
  ASSERT_TRUE(reader) << to_string(reader.error());
  EXPECT_EQ(next_of(**reader), fmt::format("{}/x = {}", pipe, long_text(100'000)));
  EXPECT_EQ(next_of(**reader), pipe + "/y = 1");
  EXPECT_EQ(next_of(**reader), "");
}

// --- what is broken

/// That no part of the bytes passes for all of them.
void expect_cuts_are_noticed(const std::string& bytes, std::size_t from = 16) {
  const Lines whole = files_of(bytes, "a");
  ASSERT_THAT(whole, Each(Not(StartsWith("!"))));
  for (std::size_t size = from; size < bytes.size(); size += 17) {
    const Lines read = files_of(bytes.substr(0, size), "a");
    const bool is_refused =
        std::ranges::any_of(read, [](const std::string& line) { return line.starts_with('!'); });
    EXPECT_TRUE(is_refused || read == whole) << size << " of " << bytes.size();
    if (is_refused) {
      EXPECT_THAT(read.back(), HasSubstr("cut off")) << size;
    }
  }
}

TEST(Compressed, IsNoExportWhenItIsCutOff) {
  for (const std::string_view ending : compressions) {
    SCOPED_TRACE(ending);
    expect_cuts_are_noticed(compressed(long_text(700), ending));
  }
}

TEST(Archives, AreNoExportWhenTheyAreCutOff) {
  const std::vector<Member> members = {
      {"x.json", long_text(700)}, {".hidden", long_text(1500)}, {"y.csv", long_text(100)}};
  for (const std::string_view ending : archives) {
    SCOPED_TRACE(ending);
    expect_cuts_are_noticed(archive_of(members, ending), ending == ".tar" ? 512 : 16);
  }
}

TEST(Archives, AreReadWhereTheirTableOfContentsIsRight) {
  const Lines both = {"a/x.json = [1]", "a/y.json = [2]"};
  for (const bool described : {false, true}) {
    EXPECT_EQ(files_of(zip_of({{"x.json", "[1]", "x.json", 0, described},
                               {"y.json", "[2]", "y.json", 0, described}}),
                       "a"),
              both);
  }
}

TEST(Archives, AreNoExportWhereTheirTableOfContentsDoesNotNameAll) {
  const ZipMember x{"x.json", "[1]", "x.json"};
  const ZipMember y{"y.json", "[2]", "y.json"};
  for (const bool described : {false, true}) {
    const ZipMember lost{"z.json", "[3]", "", 0, described};
    for (const auto& members : {std::vector{lost, x, y}, std::vector{x, lost, y},
                                std::vector{x, y, lost}, std::vector{x, lost}}) {
      EXPECT_EQ(files_of(zip_of(members), "a").back(),
                "! a: its table of contents does not name all that is in it: files may be missing, "
                "pack it anew");
    }
  }
}

TEST(Archives, AreNoExportWhereTheirTableOfContentsHasOtherNamesOrSizes) {
  for (const ZipMember& member :
       {ZipMember{"y.json", "[2]", "z.json"}, ZipMember{"y.json", "[2]   ", "y.json", -3}}) {
    EXPECT_THAT(files_of(zip_of({{"x.json", "[1]", "x.json"}, member}), "a").back(),
                StartsWith("! a: its table of contents has another name, size or checksum for "
                           "'y.json': files may be missing"));
  }
}

TEST(Archives, SayInWhichMemberTheyEnd) {
  const std::string bytes = archive_of({{"x.json", "[]"}, {"y.json", long_text(5000)}}, ".tar.gz");
  EXPECT_THAT(files_of(bytes.substr(0, bytes.size() / 2), "a"),
              ElementsAre("a/x.json = []",
                          "! a/y.json: its packed data ends too early: the export "
                          "was cut off, make it again",
                          _));
}

TEST(Compressed, IsNoExportWhenAByteIsWrong) {
  const std::string text = long_text(3000);
  for (const std::string_view ending : {".gz", ".bz2", ".xz"}) {
    SCOPED_TRACE(ending);
    std::string bytes = compressed(text, ending);
    for (std::size_t at = 20; at < bytes.size(); at += 31) {
      bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
      EXPECT_THAT(files_of(bytes, "x"),
                  AnyOf(ElementsAre(StartsWith("! x: ")), ElementsAre("x = " + text)))
          << at;
      bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
    }
  }
}

TEST(Archives, AreNoExportWhenAByteOfAMemberIsWrong) {
  std::string bytes = archive_of({{"x.json", long_text(3000)}, {"y.json", "[]"}}, ".zip");
  bytes[500] = static_cast<char>(bytes[500] ^ 0x10);
  EXPECT_THAT(files_of(bytes, "a"),
              ElementsAre(StartsWith("! a/x.json: its packed data is broken ("), _));
}

// --- what is made to do harm

constexpr std::string_view too_far = "unpacks to more than 200 times its size";

TEST(Compressed, MayShrinkToAlmostNothingWhileItIsSmall) {
  const std::string text(2'000'000, ' ');
  EXPECT_EQ(files_of(compressed(text, ".bz2"), "x"), Lines{"x = " + text});
}

/// Many times the same stream, which is valid.
TEST(Compressed, DoesNotUnpackToFarMoreThanAnyExport) {
  for (const auto& [ending, count] : {std::pair(".gz", 22), std::pair(".zst", 17)}) {
    const std::string part = compressed(std::string(16'000'000, ' '), ending);
    std::string bytes;
    for (int i = 0; i < count; ++i) {
      bytes += part;
    }
    EXPECT_LT(bytes.size(), 500'000);
    EXPECT_THAT(files_of(bytes, "x"), ElementsAre(StartsWith("! x: this unpacks to more")));
  }
}

TEST(Archives, DoNotUnpackToFarMoreThanAnyExport) {
  const std::string blanks(16'000'000, ' ');
  std::vector<Member> members;
  std::vector<Member> twice;
  const std::string packed = compressed(blanks, ".gz");
  for (int i = 0; i < 22; ++i) {
    members.push_back({std::to_string(i), blanks});
    twice.push_back({std::to_string(i), packed});
  }
  EXPECT_THAT(members_of(members).back(), HasSubstr(too_far));
  EXPECT_THAT(members_of(twice).back(), HasSubstr(too_far));
}

}  // namespace
}  // namespace tierline
