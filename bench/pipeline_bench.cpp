// Stage by stage: import, graph, rules, reports, on generated exports.
//
//   build/release/bench/pipeline_bench
//
// The whole command at a million items: bench/measure.

#include <benchmark/benchmark.h>

#include <map>
#include <stdexcept>

#include "exported.h"
#include "tierline/audit.h"

namespace tierline {
namespace {

const Exported& an_export(synthetic::Format format, std::int64_t cis) {
  static std::map<std::pair<synthetic::Format, std::int64_t>, Exported> exports;
  return exports.try_emplace({format, cis}, format, static_cast<std::uint64_t>(cis), "")
      .first->second;
}

AuditOptions options_for(const Exported& exported, unsigned jobs) {
  AuditOptions options;
  options.import.inputs = {exported.path()};
  options.import.as_of = "2026-11-21";
  options.import.jobs = jobs;
  return options;
}

void import_export(benchmark::State& state, synthetic::Format format) {
  const Exported& exported = an_export(format, state.range(0));
  const AuditOptions options = options_for(exported, static_cast<unsigned>(state.range(1)));
  for (auto _ : state) {
    auto inventory = import(options.import);
    benchmark::DoNotOptimize(inventory);
  }
  state.SetBytesProcessed(state.iterations() * exported.bytes());
}

const Audit& an_audit(std::int64_t cis) {
  static std::map<std::int64_t, Audit> audits;
  const auto known = audits.find(cis);
  if (known != audits.end()) {
    return known->second;
  }
  auto audited = audit(options_for(an_export(synthetic::Format::csv, cis), 2));
  if (!audited) {
    throw std::runtime_error(to_string(audited.error()));
  }
  return audits.emplace(cis, std::move(*audited)).first->second;
}

void build_graph(benchmark::State& state) {
  const Audit& audit = an_audit(state.range(0));
  for (auto _ : state) {
    TieredGraph graph(*audit.inventory);
    benchmark::DoNotOptimize(graph);
  }
}

void judge(benchmark::State& state) {
  const Audit& audit = an_audit(state.range(0));
  const ItemSet everything = all_items(*audit.inventory);
  for (auto _ : state) {
    const RuleResults results = run_rules(*audit.inventory, *audit.graph, {}, everything);
    benchmark::DoNotOptimize(results.fact_count());
  }
}

void write_report(benchmark::State& state, const char* id) {
  const Audit& audit = an_audit(state.range(0));
  const ReportFormat* format = Register<ReportFormat>::find(id);
  for (auto _ : state) {
    auto output = Output::open("/dev/null");
    if (!format->write(audit.report(), {}, **output)) {
      state.SkipWithError("cannot write");
    }
  }
  state.counters["findings"] = static_cast<double>(audit.results.fact_count());
}

BENCHMARK_CAPTURE(import_export, csv, synthetic::Format::csv)
    ->ArgNames({"cis", "jobs"})
    ->ArgsProduct({{10'000, 100'000}, {1, 2}})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(import_export, json, synthetic::Format::json)
    ->ArgNames({"cis", "jobs"})
    ->ArgsProduct({{10'000, 100'000}, {1, 2}})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(build_graph)->ArgName("cis")->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond);
BENCHMARK(judge)->ArgName("cis")->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(write_report, json, "json")->Arg(100'000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(write_report, csv, "csv")->Arg(100'000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(write_report, text, "text")->Arg(100'000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(write_report, dot, "dot")->Arg(100'000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(write_report, svg, "svg")->Arg(100'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tierline

BENCHMARK_MAIN();
