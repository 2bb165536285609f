#include "stats.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <iterator>
#include <numeric>

#include "tierline/json_writer.h"
#include "tierline/output_mark.h"

namespace tierline {
namespace {

const Register<OutputMark> mark{
    {.id = "stats", .beginning = R"({"tool":{"name":"tierline"},"seconds":)", .is_json = true}};

}  // namespace

double Stats::seconds() const {
  return std::accumulate(stages.begin(), stages.end(), 0.0,
                         [](double sum, const StageTime& stage) { return sum + stage.seconds; });
}

Stats stats_of(const Audit& audit, std::vector<StageTime> reports) {
  Stats stats;
  stats.stages = audit.times;
  std::ranges::move(reports, std::back_inserter(stats.stages));
  stats.rules = audit.results.times;
  stats.items = audit.inventory->item_count();
  stats.relations = audit.inventory->relation_count();
  for (const InputSummary& input : audit.inventory->inputs()) {
    stats.bytes += input.bytes;
  }
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  stats.peak_memory = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
  stats.jobs = audit.run.jobs;
  return stats;
}

std::string stats_text(const Stats& stats) {
  const double all = stats.seconds();
  std::string text;
  const auto add = [&](const StageTime& time, std::string_view indent) {
    // Below the number of threads, processors idle.
    text += fmt::format("{}{:<40}{:>9.3f} s{:>7.1f} %{:>7.1f} busy\n", indent, time.stage,
                        time.seconds, 100 * time.seconds / all,
                        time.seconds > 0 ? time.cpu_seconds / time.seconds : 0);
  };
  for (const StageTime& stage : stats.stages) {
    add(stage, "");
    if (stage.stage == "rules") {
      for (const StageTime& rule : stats.rules) {
        add(rule, "  ");
      }
    }
  }
  text += fmt::format("{:<40}{:>9.3f} s{:>9.0f} MB/s\n", "all", all,
                      static_cast<double>(stats.bytes) / 1e6 / all);
  text += fmt::format("{:<40}{:>9} MB\n", "peak memory", stats.peak_memory / 1'000'000);
  return text;
}

std::string stats_json(const Stats& stats) {
  JsonText json;
  const auto times = [&](std::string_view name, std::string_view of,
                         const std::vector<StageTime>& all) {
    json.list(name, all, [&](const StageTime& time) {
      json.object([&] {
        json.text(of, time.stage);
        json.decimal("seconds", time.seconds);
        json.decimal("cpuSeconds", time.cpu_seconds);
      });
    });
  };
  json.object([&] {
    json.object("tool", [&] { json.text("name", "tierline"); });
    json.decimal("seconds", stats.seconds());
    json.number("items", stats.items);
    json.number("relations", stats.relations);
    json.number("bytes", stats.bytes);
    json.number("peakMemoryBytes", stats.peak_memory);
    json.number("jobs", stats.jobs);
    times("stages", "stage", stats.stages);
    times("rules", "rule", stats.rules);
  });
  return json.line();
}

}  // namespace tierline
