#include "stats.h"

#include <fmt/format.h>
#include <rapidjson/writer.h>
#include <sys/resource.h>

#include <algorithm>
#include <iterator>
#include <numeric>

#include "support/json_buffer.h"

namespace tierline {

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
  JsonBuffer buffer;
  rapidjson::Writer<JsonBuffer> json(buffer);
  json.SetMaxDecimalPlaces(6);
  const auto number = [&](const char* name, std::uint64_t value) {
    json.Key(name);
    json.Uint64(value);
  };
  const auto times = [&](const char* name, const char* of, const std::vector<StageTime>& all) {
    json.Key(name);
    json.StartArray();
    for (const StageTime& time : all) {
      json.StartObject();
      json.Key(of);
      json.String(time.stage.c_str());
      json.Key("seconds");
      json.Double(time.seconds);
      json.Key("cpuSeconds");
      json.Double(time.cpu_seconds);
      json.EndObject();
    }
    json.EndArray();
  };
  json.StartObject();
  json.Key("tool");  // By which tierline knows what it has written itself.
  json.StartObject();
  json.Key("name");
  json.String("tierline");
  json.EndObject();
  json.Key("seconds");
  json.Double(stats.seconds());
  number("items", stats.items);
  number("relations", stats.relations);
  number("bytes", stats.bytes);
  number("peakMemoryBytes", stats.peak_memory);
  number("jobs", stats.jobs);
  times("stages", "stage", stats.stages);
  times("rules", "rule", stats.rules);
  json.EndObject();
  return std::string(buffer.GetString(), buffer.GetSize()) + "\n";
}

}  // namespace tierline
