// Links, pipes, devices and folders that nobody may open, where exports are looked for: each is
// read, or said not to be.

#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <thread>

#include "packed.h"
#include "run_tool.h"
#include "scratch.h"

namespace tierline {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

constexpr std::string_view items =
    "id,name,tier,facing,owner\n1,Shop,service,external,ann\n2,Till,service,internal,bob\n";

/// A folder `in` with one export, to put something else beside it.
struct Folder {
  Scratch scratch;
  Folder() { scratch.write("in/items.csv", items); }

  [[nodiscard]] ToolRun audit() const {
    return run_tool({"audit", "in", "-o", "text:-"}, {}, scratch.path());
  }
  [[nodiscard]] std::string operator/(const std::string& name) const { return scratch / name; }
};

void expect_refusal(const ToolRun& run, const std::string& line) {
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.err, "tierline: " + line + "\n");
  EXPECT_EQ(run.out, "");
}

TEST(SpecialFiles, LinkThatLeadsNowhereIsRefusedWhereItIsNamedLikeAnExport) {
  for (const char* name : {"more.csv", "more.JSON.gz", "more.tar.zst"}) {
    const Folder folder;
    fs::create_symlink("gone", folder / (std::string("in/") + name));
    expect_refusal(folder.audit(), fmt::format("in/{}: a link that leads nowhere: mend it, or take "
                                               "it away",
                                               name));
  }
}

TEST(SpecialFiles, LinkThatLeadsToItselfIsRefusedWhereItIsNamedLikeAnExport) {
  const Folder folder;
  fs::create_symlink("more.csv", folder / "in/more.csv");
  expect_refusal(folder.audit(), "in/more.csv: cannot open: Too many levels of symbolic links");
}

TEST(SpecialFiles, PipeInAFolderIsRefusedWhereItIsNamedLikeAnExport) {
  const Folder folder;
  ::mkfifo((folder / "in/more.csv").c_str(), 0600);
  expect_refusal(folder.audit(),
                 "in/more.csv: a pipe, a socket or a device: name it itself if it is to be read");
}

TEST(SpecialFiles, OthersInAFolderAreNoted) {
  const Folder folder;
  ::mkfifo((folder / "in/pipe").c_str(), 0600);
  fs::create_symlink("gone", folder / "in/latest");
  EXPECT_THAT(folder.audit().out,
              AllOf(HasSubstr("Examined 1 file: 2 items"),
                    HasSubstr("in/pipe: a pipe, a socket or a device: name it itself"),
                    HasSubstr("in/latest: a link that leads nowhere")));
}

TEST(SpecialFiles, LinkedFoldersAreReadOnce) {
  const Folder folder;
  folder.scratch.write("elsewhere/more.csv",
                       "id,name,tier,facing,owner\n3,Desk,service,external,ann\n");
  fs::create_directory_symlink("../elsewhere", folder / "in/a");
  fs::create_directory_symlink("../elsewhere", folder / "in/b");
  fs::create_directory_symlink("../in", folder / "in/c");
  fs::create_directory_symlink("..", folder / "elsewhere/up");
  EXPECT_THAT(folder.audit().out, HasSubstr("Examined 2 files: 3 items"));
}

TEST(SpecialFiles, FolderWithoutPermissionIsRefused) {
  const Folder folder;
  fs::create_directory(folder / "in/closed");
  fs::permissions(folder / "in/closed", fs::perms::none);
  const ToolRun run = run_tool({"audit", "in"}, {}, folder.scratch.path(), [] {
    if (!become_nobody()) {
      ::_exit(126);
    }
  });
  fs::permissions(folder / "in/closed", fs::perms::owner_all);
  if (run.exit_code == 126) {
    GTEST_SKIP() << "cannot become nobody";
  }
  expect_refusal(run, "in/closed: cannot list this folder: Permission denied");
}

// --- named on the command line

TEST(SpecialFiles, NamedPipeIsRead) {
  const Scratch scratch;
  const std::string pipe = scratch / "items.csv";
  ::mkfifo(pipe.c_str(), 0600);
  const std::jthread writer([&] { std::ofstream(pipe) << items; });
  EXPECT_THAT(run_tool({"audit", pipe}).out, HasSubstr("Examined 1 file: 2 items"));
}

TEST(SpecialFiles, PipeOfAShellIsRead) {
  const std::string packed = compressed(items, ".gz");
  for (const std::string& text : {std::string(items), packed}) {
    const ToolRun run = run_tool({"audit", "/dev/fd/9"}, {}, ".", [&] {
      int ends[2];
      if (::pipe(ends) != 0 || ::write(ends[1], text.data(), text.size()) < 0) {
        ::_exit(126);
      }
      ::dup2(ends[0], 9);
      ::close(ends[1]);
    });
    EXPECT_THAT(run.out, HasSubstr("Examined 1 file: 2 items")) << run.err;
  }
}

TEST(SpecialFiles, StandardInputIsReadByItsPath) {
  EXPECT_THAT(run_tool({"audit", "/dev/stdin"}, std::string(items)).out,
              HasSubstr("Examined 1 file: 2 items"));
}

TEST(SpecialFiles, BrokenPipeIsRefused) {
  const Scratch scratch;
  const std::string pipe = scratch / "items.json";
  ::mkfifo(pipe.c_str(), 0600);
  const std::jthread writer([&] { std::ofstream(pipe) << R"([{"id":"1",)"; });
  EXPECT_EQ(run_tool({"audit", pipe}).exit_code, 2);
}

TEST(SpecialFiles, PipeIsRefusedWhereExportsAreReadTwice) {
  const Scratch scratch;
  ::mkfifo((scratch / "items.csv").c_str(), 0600);
  expect_refusal(run_tool({"profiles", "check", "items.csv"}, {}, scratch.path()),
                 "items.csv: an export is read twice to be checked: save it as a file first");
}

TEST(SpecialFiles, PathThatIsTooLongIsRefused) {
  const std::string path = std::string(5000, 'a');
  const std::string deep = [] {
    std::string steps;
    for (int i = 0; i < 1500; ++i) {
      steps += "abc/";
    }
    return steps;
  }();
  for (const std::string& name : {path, deep}) {
    expect_refusal(run_tool({"audit", name}), name + ": cannot open: File name too long");
    expect_refusal(run_tool({"audit", "-", "--profile", name}),
                   name + ": cannot open: File name too long");
  }
}

TEST(SpecialFiles, WhatIsNoFileIsNoProfile) {
  expect_refusal(run_tool({"audit", "-", "--profile", "/"}), "/: cannot read: Is a directory");
  expect_refusal(run_tool({"audit", "-", "--profile", "/dev/zero"}),
                 "/dev/zero: this is no profile: none is larger than 4 MiB");
}

TEST(SpecialFiles, DeviceWithoutEndIsRefused) {
  EXPECT_EQ(run_tool({"audit", "/dev/zero"}).exit_code, 2);
}

// --- how many are open at once

TEST(SpecialFiles, ManyFilesNeedFewDescriptors) {
  const Scratch scratch;
  scratch.write("in/a.json", fmt::format(R"([{{"id":"a","tier":"service","name":"{}"}}])",
                                         std::string(8'000'000, 'x')));
  for (int i = 0; i < 1500; ++i) {
    scratch.write(
        fmt::format("in/b{}.csv", i),
        fmt::format("id,name,tier,facing,owner\n{},Shop {},service,external,ann\n", i, i));
  }
  for (const char* ending : {".zip", ".tar.gz", ".gz", ".zst"}) {
    const std::string text = "id,name,tier,facing,owner\n9999,Till,service,external,ann\n";
    for (int i = 0; i < 30; ++i) {
      scratch.write(fmt::format("in/c{}.csv{}", i, ending),
                    std::string_view(ending).size() == 3 || ending == std::string_view(".zst")
                        ? compressed(text, ending)
                        : archive_of({{"c.csv", text}}, ending));
    }
  }
  for (const char* jobs : {"1", "8"}) {
    const ToolRun run =
        run_tool({"audit", "in", "--jobs", jobs, "--fail-on", "never", "-o", "json:report.json"},
                 {}, scratch.path(), [] {
                   const rlimit few = {64, 64};
                   ::setrlimit(RLIMIT_NOFILE, &few);
                 });
    EXPECT_EQ(run.exit_code, 3) << run.err;  // Items alone, without relations.
  }
}

}  // namespace
}  // namespace tierline
