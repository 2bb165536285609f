// A nightly job that is killed: every output is whole, of this night or of the one before, and the
// next night comes out as if nothing had been. TIERLINE_KILLS says how often; `tools/check --deep`
// does it a hundred times.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sys/time.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <random>

#include "run_tool.h"
#include "scratch.h"

namespace tierline {
namespace {

namespace fs = std::filesystem;

class Killed : public ::testing::Test {
 protected:
  static constexpr int items = 3000;

  Killed() {
    for (const char* night : {"yesterday", "today"}) {
      // Half of the owners change from night to night, so that no output stays as it is.
      std::string text = "id,name,class,tier,facing,owner\n";
      for (int i = 0; i < items; ++i) {
        const bool has_owner = (i + (night[0] == 't' ? 1 : 0)) % 2 == 0;
        text += fmt::format("s{},Service {},service,service,internal,{}\n", i, i,
                            has_owner ? fmt::format("o{}", i % 40) : "");
      }
      scratch_.write(fmt::format("{}/items.csv", night), text);
      scratch_.write(fmt::format("{}/relations.csv", night), "from,to,type\ns0,s1,needs\n");
    }
  }

  [[nodiscard]] ToolRun run(const std::string& night, const std::string& folder,
                            const std::function<void()>& prepare = {}) const {
    std::vector<std::string> arguments = {"audit",           scratch_ / night,
                                          "--as-of",         "2026-11-21",
                                          "--source",        "estate=" + scratch_ / night,
                                          "--accept-change", "--baseline",
                                          "night.json",      "-o",
                                          "night.json",      "--quiet"};
    for (const char* output : {"night.sarif", "night.csv", "night.prom", "night.ndjson",
                               "junit:night.xml", "by-owner:owners/"}) {
      arguments.insert(arguments.end(), {"-o", output});
    }
    return run_tool(arguments, {}, scratch_ / folder, prepare);
  }

  /// Every output by its name, a folder as one: what is not in its place is not there.
  [[nodiscard]] std::map<std::string, std::string> outputs(const std::string& folder) const {
    std::map<std::string, std::string> all;
    for (const auto& entry : fs::directory_iterator(scratch_ / folder)) {
      const std::string name = entry.path().filename();
      if (name.starts_with(".tierline-")) {
        continue;
      }
      std::string& text = all[name];
      if (!entry.is_directory()) {
        text = read_file(entry.path());
        continue;
      }
      std::map<std::string, std::string> files;
      for (const auto& file : fs::directory_iterator(entry.path())) {
        files[file.path().filename()] = read_file(file.path());
      }
      for (const auto& [file, content] : files) {
        text += fmt::format("{}\n{}\n", file, content);
      }
    }
    return all;
  }

  void make_yesterday(const std::string& folder) const {
    fs::remove_all(scratch_ / folder);
    fs::create_directory(scratch_ / folder);
    (void)run("yesterday", folder);
  }

  const Scratch scratch_;
};

void die_after(std::chrono::microseconds time) {
  itimerval timer{};
  timer.it_value.tv_sec = time.count() / 1'000'000;
  timer.it_value.tv_usec = time.count() % 1'000'000;
  ::setitimer(ITIMER_REAL, &timer, nullptr);
}

TEST_F(Killed, LeavesEveryOutputWhole) {
  make_yesterday("nights");
  const auto yesterday = outputs("nights");
  ASSERT_EQ(yesterday.size(), 7U);
  const auto begin = std::chrono::steady_clock::now();
  ASSERT_LE(run("today", "nights").exit_code, 1);
  const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - begin);
  const auto today = outputs("nights");
  for (const auto& [name, text] : today) {
    EXPECT_NE(yesterday.at(name), text) << name;
  }

  const char* wanted = std::getenv("TIERLINE_KILLS");
  const int kills = wanted == nullptr ? 10 : std::atoi(wanted);
  std::mt19937 random(17);
  std::uniform_real_distribution<> part(0.2, 1.1);
  int died = 0;
  make_yesterday("nights");
  for (int i = 0; i < kills; ++i) {
    const std::chrono::microseconds time(
        static_cast<long>(part(random) * static_cast<double>(whole.count())));
    const ToolRun killed = run("today", "nights", [&] { die_after(time); });
    died += killed.exit_code > 128 ? 1 : 0;
    const auto left = outputs("nights");
    ASSERT_EQ(left.size(), yesterday.size());
    bool is_yesterday = true;
    for (const auto& [name, text] : left) {
      EXPECT_TRUE(text == yesterday.at(name) || text == today.at(name))
          << name << " is neither, after " << time.count() << " us";
      is_yesterday &= text == yesterday.at(name);
    }
    if (!is_yesterday) {
      make_yesterday("nights");
    }
  }
  EXPECT_GT(died, 0) << "none was killed in time";
  ASSERT_LE(run("today", "nights").exit_code, 1);
  EXPECT_EQ(outputs("nights"), today);
}

}  // namespace
}  // namespace tierline
