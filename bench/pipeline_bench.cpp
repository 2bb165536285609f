// Stage by stage: import, graph, rules, reports, on generated exports.
//
//   build/release/bench/pipeline_bench
//
// The whole command at a million items: bench/measure.

#include <benchmark/benchmark.h>

#include <functional>
#include <map>
#include <string>
#include <utility>

#include "exported.h"
#include "tierline/audit.h"
#include "value_of.h"

namespace tierline {
namespace {

AuditOptions options_for(const Exported& exported, unsigned jobs) {
  AuditOptions options;
  options.import.inputs = {exported.path()};
  options.import.as_of = "2026-11-21";
  options.import.jobs = jobs;
  return options;
}

/// Generated estates, exported and audited; each is made when it is first asked for.
class Estates {
 public:
  const Exported& exported(synthetic::Format format, std::int64_t cis) {
    return exported_.try_emplace({format, cis}, format, static_cast<std::uint64_t>(cis), "")
        .first->second;
  }

  /// As CSV.
  const Audit& audited(std::int64_t cis) {
    const auto known = audited_.find(cis);
    if (known != audited_.end()) {
      return known->second;
    }
    const AuditOptions options = options_for(exported(synthetic::Format::csv, cis), 2);
    return audited_.emplace(cis, value_of(audit(options))).first->second;
  }

 private:
  std::map<std::pair<synthetic::Format, std::int64_t>, Exported> exported_;
  std::map<std::int64_t, Audit> audited_;
};

void import_export(benchmark::State& state, Estates& estates, synthetic::Format format) {
  const Exported& exported = estates.exported(format, state.range(0));
  const AuditOptions options = options_for(exported, static_cast<unsigned>(state.range(1)));
  for (auto _ : state) {
    auto inventory = import(options.import);
    benchmark::DoNotOptimize(inventory);
  }
  state.SetBytesProcessed(state.iterations() * exported.bytes());
}

void build_graph(benchmark::State& state, Estates& estates) {
  const Audit& audit = estates.audited(state.range(0));
  for (auto _ : state) {
    TieredGraph graph(*audit.inventory);
    benchmark::DoNotOptimize(graph);
  }
}

void judge(benchmark::State& state, Estates& estates) {
  const Audit& audit = estates.audited(state.range(0));
  const ItemSet everything = all_items(*audit.inventory);
  for (auto _ : state) {
    const RuleResults results = run_rules(*audit.inventory, *audit.graph, {}, everything);
    benchmark::DoNotOptimize(results.fact_count());
  }
}

void write_report(benchmark::State& state, Estates& estates, const char* id) {
  const Audit& audit = estates.audited(state.range(0));
  const ReportFormat* format = Register<ReportFormat>::find(id);
  for (auto _ : state) {
    auto output = Output::open("/dev/null");
    if (!format->write(audit.report(), {}, **output)) {
      state.SkipWithError("cannot write");
    }
  }
  state.counters["findings"] = static_cast<double>(audit.results.fact_count());
}

/// The estates have to outlive the runs.
void register_benchmarks(Estates& estates) {
  const auto shared = std::ref(estates);
  for (const auto& [name, format] : {std::pair("import_export/csv", synthetic::Format::csv),
                                     std::pair("import_export/json", synthetic::Format::json)}) {
    benchmark::RegisterBenchmark(name, import_export, shared, format)
        ->ArgNames({"cis", "jobs"})
        ->ArgsProduct({{10'000, 100'000}, {1, 2}})
        ->UseRealTime()
        ->Unit(benchmark::kMillisecond);
  }
  for (const auto& [name, stage] :
       {std::pair("build_graph", &build_graph), std::pair("judge", &judge)}) {
    benchmark::RegisterBenchmark(name, stage, shared)
        ->ArgName("cis")
        ->Arg(10'000)
        ->Arg(100'000)
        ->Unit(benchmark::kMillisecond);
  }
  for (const char* id : {"json", "csv", "text", "dot", "svg"}) {
    const std::string name = std::string("write_report/") + id;
    benchmark::RegisterBenchmark(name.c_str(), write_report, shared, id)
        ->Arg(100'000)
        ->Unit(benchmark::kMillisecond);
  }
}

}  // namespace
}  // namespace tierline

int main(int argc, char** argv) {
  tierline::Estates estates;
  tierline::register_benchmarks(estates);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) {
    return 1;
  }
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
