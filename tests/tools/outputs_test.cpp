// Where reports go, and what is left when something goes wrong on the way.

#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>

#include "run_tool.h"
#include "scratch.h"

namespace tierline {
namespace {

namespace fs = std::filesystem;

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class Outputs : public ::testing::Test {
 protected:
  Outputs() {
    scratch_.write("exports/items.csv", "id,name,tier,facing,owner\ns1,Shop,service,external,a\n");
    fs::create_directory(scratch_ / "out");
  }

  [[nodiscard]] ToolRun audit(const std::vector<std::string>& options) const {
    std::vector<std::string> arguments = {"audit", "exports", "-q", "--as-of", "2026-11-21"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return run_tool(arguments, {}, scratch_.path());
  }
  /// What is in a folder, hidden files too.
  [[nodiscard]] std::vector<std::string> names_in(const std::string& folder) const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(scratch_ / folder)) {
      names.push_back(entry.path().filename());
    }
    return names;
  }

  Scratch scratch_;
};

TEST_F(Outputs, FollowsLinksWhoseTargetIsNotThereYet) {
  fs::create_symlink("real.json", scratch_ / "out/link.json");
  EXPECT_EQ(audit({"-o", "out/link.json"}).exit_code, 3);
  EXPECT_TRUE(fs::is_symlink(scratch_ / "out/link.json"));
  EXPECT_THAT(scratch_.read("out/real.json"), HasSubstr("schemaVersion"));
}

TEST_F(Outputs, RefusesLinksInALoop) {
  fs::create_symlink("loop.json", scratch_ / "out/loop.json");
  const ToolRun run = audit({"-o", "out/loop.json"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("out/loop.json: cannot write here: "));
}

TEST_F(Outputs, TakesNamesOf255Bytes) {
  const std::string name = std::string(250, 'n') + ".json";
  EXPECT_EQ(audit({"-o", "out/" + name}).exit_code, 3);
  EXPECT_THAT(names_in("out"), ::testing::ElementsAre(name));
}

TEST_F(Outputs, KeepModeAndAttributesOfTheFileBefore) {
  const std::string path = scratch_.write("out/r.json", "old");
  ::chmod(path.c_str(), 0640);
  const bool has_attributes = ::setxattr(path.c_str(), "user.note", "n", 1, 0) == 0;
  EXPECT_EQ(audit({"-o", "out/r.json"}).exit_code, 3);
  struct stat status {};
  ::stat(path.c_str(), &status);
  EXPECT_EQ(status.st_mode & 07777U, 0640U);
  char value = 0;
  EXPECT_TRUE(!has_attributes || ::getxattr(path.c_str(), "user.note", &value, 1) == 1);
}

TEST_F(Outputs, KeepTheOwnerOfTheFileBefore) {
  if (::geteuid() != 0) {
    GTEST_SKIP() << "only root may give files away";
  }
  const std::string path = scratch_.write("out/r.json", "old");
  ASSERT_EQ(::chown(path.c_str(), 65534, 65534), 0);
  EXPECT_EQ(audit({"-o", "out/r.json"}).exit_code, 3);
  struct stat status {};
  ::stat(path.c_str(), &status);
  EXPECT_EQ(status.st_uid, 65534U);
}

TEST_F(Outputs, ChangeNothingWhenOneOfThemCannotBeWritten) {
  scratch_.write("out/r.json", "old");
  const ToolRun run = audit({"-o", "out/r.json", "-o", "csv:/dev/full"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.err,
            "tierline: /dev/full: cannot write: No space left on device; no file was changed\n");
  EXPECT_EQ(scratch_.read("out/r.json"), "old");
  EXPECT_THAT(names_in("out"), ::testing::ElementsAre("r.json"));
}

TEST_F(Outputs, AreToldApartByWhatTheyAreNotByTheirNames) {
  scratch_.write("out/r.json", "old");
  fs::create_symlink("r.json", scratch_ / "out/link.csv");
  EXPECT_THAT(audit({"-o", "out/r.json", "-o", "out/link.csv"}).err,
              HasSubstr("-o out/link.csv: two outputs go to the same place"));
  EXPECT_THAT(audit({"-o", "out/new.json", "-o", "csv:out/../out/new.json"}).err,
              HasSubstr("two outputs go to the same place"));
  EXPECT_THAT(audit({"-o", "out/r.json", "--stats-json", "out/r.json"}).err,
              HasSubstr("--stats-json out/r.json: two outputs go to the same place"));
  EXPECT_EQ(scratch_.read("out/r.json"), "old");
}

TEST_F(Outputs, SpareTheProfile) {
  const std::string profile = run_tool({"profiles", "show", "tierline"}).out;
  scratch_.write("p.json", profile);
  const ToolRun run = audit({"--profile", "p.json", "-o", "./p.json"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("-o ./p.json: is one of the profiles that are read"));
  EXPECT_EQ(scratch_.read("p.json"), profile);
}

TEST_F(Outputs, SweepWhatAKilledRunHasLeftAndNothingElse) {
  const auto leave = [&](const std::string& name, int hours) {
    fs::last_write_time(scratch_.write("out/" + name, "part"),
                        fs::file_time_type::clock::now() - std::chrono::hours(hours));
    return name;
  };
  const std::string swept = leave(".tierline-0123456789abcdef.part", 2);
  const std::string fresh = leave(".tierline-0123456789abcde0.part", 0);
  const std::string locked = leave(".tierline-0123456789abcde1.part", 2);
  const std::string other = leave(".tierline-notes.part", 2);
  const int lock = ::open((scratch_ / ("out/" + locked)).c_str(), O_RDONLY | O_CLOEXEC);
  ASSERT_EQ(::flock(lock, LOCK_EX), 0);
  EXPECT_EQ(audit({"-o", "out/r.json"}).exit_code, 3);
  ::close(lock);
  EXPECT_THAT(names_in("out"), ::testing::UnorderedElementsAre(fresh, locked, other, "r.json"));
}

// --- how it ends

/// Runs a line of sh, where $T is the program.
int shell(const Scratch& scratch, const std::string& line) {
  const int status = std::system(  // NOLINT(concurrency-mt-unsafe)
      fmt::format("cd '{}' && T='{}' && {}", scratch.path().string(), TIERLINE_TOOL, line).c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

TEST_F(Outputs, AClosedStandardErrorDoesNotBecomeAReport) {
  EXPECT_EQ(shell(scratch_, "$T audit exports -o out/r.json 2>&-"), 3);
  EXPECT_THAT(scratch_.read("out/r.json"), Not(HasSubstr("tierline: 1 item")));
}

TEST_F(Outputs, AFullStandardErrorChangesNothing) {
  EXPECT_EQ(shell(scratch_, "$T audit exports --stats -o out/r.json 2>/dev/full"), 3);
  EXPECT_THAT(scratch_.read("out/r.json"), HasSubstr("schemaVersion"));
}

TEST_F(Outputs, AFullStandardErrorChangesNothingWhereReportsAreSkipped) {
  EXPECT_EQ(shell(scratch_, "$T audit exports -o exports/r.json 2>/dev/full"), 3);
  EXPECT_EQ(shell(scratch_, "$T audit exports -o out/r.json 2>/dev/full"), 3);
  EXPECT_THAT(scratch_.read("out/r.json"), HasSubstr("exports/r.json"));
}

TEST_F(Outputs, AFullOrClosedStandardOutputIsNoticed) {
  for (const char* command : {"rules", "--version", "schema findings", "profiles", "audit exports",
                              "--help", "rules owner-missing", "profiles show tierline"}) {
    for (const char* to : {">/dev/full", ">&-"}) {
      SCOPED_TRACE(fmt::format("{} {}", command, to));
      EXPECT_EQ(shell(scratch_, fmt::format("$T {} {} 2>err", command, to)), 2);
      EXPECT_THAT(scratch_.read("err"), HasSubstr("tierline: <stdout>: cannot write"));
    }
  }
}

/// The program, waiting for more of standard input with its output begun.
class WaitingRun {
 public:
  explicit WaitingRun(const Scratch& scratch) {
    EXPECT_EQ(::pipe2(pipe_.data(), O_CLOEXEC), 0);
    child_ = ::fork();
    if (child_ == 0) {
      ::dup2(pipe_[0], STDIN_FILENO);
      if (::chdir(scratch.path().c_str()) == 0) {
        ::execl(TIERLINE_TOOL, TIERLINE_TOOL, "audit", "-", "-q", "-o", "out/r.json", nullptr);
      }
      ::_exit(127);
    }
    while (fs::is_empty(scratch / "out")) {
      ::usleep(1000);
    }
  }
  WaitingRun(const WaitingRun&) = delete;
  WaitingRun& operator=(const WaitingRun&) = delete;
  ~WaitingRun() {
    ::close(pipe_[0]);
    ::close(pipe_[1]);
  }

  /// What ended it.
  [[nodiscard]] int end_by(int signal) const {
    ::kill(child_, signal);
    int status = 0;
    ::waitpid(child_, &status, 0);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  }

 private:
  std::array<int, 2> pipe_{};
  pid_t child_ = -1;
};

TEST_F(Outputs, SignalsRemoveWhatIsNotInItsPlaceAndEndTheRun) {
  for (const int signal : {SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM, SIGXFSZ}) {
    SCOPED_TRACE(signal);
    EXPECT_EQ(WaitingRun(scratch_).end_by(signal), signal);
    EXPECT_THAT(names_in("out"), IsEmpty());
  }
}

TEST_F(Outputs, AreHiddenAndNobodyElsesUntilTheyAreInTheirPlace) {
  const WaitingRun run(scratch_);
  const std::vector<std::string> names = names_in("out");
  ASSERT_EQ(names.size(), 1U);
  EXPECT_THAT(names[0], ::testing::MatchesRegex("\\.tierline-[0-9a-f]{16}\\.part"));
  EXPECT_EQ(fs::status(scratch_ / ("out/" + names[0])).permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(run.end_by(SIGTERM), SIGTERM);
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

TEST_F(Outputs, RunsOutOfMemoryInOneLine) {
  std::string many = "id,name,tier,facing,owner\n";
  for (int i = 0; i < 300'000; ++i) {
    many += fmt::format("i{0},Item {0},system,internal,\n", i);
  }
  scratch_.write("exports/many.csv", many);
  for (const int megabytes : {60, 80, 100}) {
    const int code = shell(scratch_, fmt::format("ulimit -v {} && $T audit exports --jobs 1 -o "
                                                 "out/r.json 2>err",
                                                 megabytes * 1024));
    const std::string said = scratch_.read("err");
    EXPECT_EQ(code, 2) << megabytes << said;
    EXPECT_EQ(std::ranges::count(said, '\n'), 1) << said;
    EXPECT_THAT(names_in("out"), IsEmpty());
  }
}

TEST_F(Outputs, GoesOnWithTheThreadsThereAre) {
  EXPECT_EQ(shell(scratch_, "ulimit -v 1500000 && $T audit exports -q --jobs 1024 -o out/r.json"),
            3);
}

TEST_F(Outputs, ASmallStackIsEnough) {
  std::string items = "id,name,tier,facing,owner,needs\n";
  for (int i = 0; i < 100'000; ++i) {
    items += fmt::format("i{0},I{0},service,supporting,,i{1}\n", i, i + 1);
  }
  scratch_.write("exports/items.csv", items);
  EXPECT_EQ(shell(scratch_,
                  "ulimit -s 64 && $T audit exports -q --jobs 2 --fail-on never "
                  "-o out/r.json -o out/r.svg -o out/r.txt -o out/r.csv"),
            0);
}

TEST_F(Outputs, DrawsLessOfADenseExport) {
  std::string relations = "id,from,to,type\n";
  std::string items = "id,name,tier,facing,owner\n";
  for (int i = 0; i < 300; ++i) {
    items += fmt::format("s{0},S{0},service,external,a\n", i);
    for (int j = 0; j < 300; ++j) {
      relations += i == j ? "" : fmt::format("r{0}-{1},s{0},s{1},needs\n", i, j);
    }
  }
  scratch_.write("exports/items.csv", items);
  scratch_.write("exports/relations.csv", relations);
  EXPECT_EQ(shell(scratch_,
                  "ulimit -t 30 && ulimit -v 1000000 && $T draw exports --layout graphviz "
                  "--jobs 1 -q -o out/r.svg"),
            0);
  EXPECT_THAT(scratch_.read("out/r.svg"), HasSubstr("of 300 items"));
}

#endif

}  // namespace
}  // namespace tierline
