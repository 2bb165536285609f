// How quickly an audit of an export could go at best: floor EXPORT.
//
// The floor is the export's bytes through the readers, on as many threads as the audit has, and
// each end of a relation looked up once in the table of ids. Nothing is kept of the rest, nothing
// judged and nothing written. Prints the seconds, and what was read and found, so that it can be
// seen to be the whole export. For exports of bench/generate.

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>

#include "export_request.h"
#include "inventory/id_table.h"
#include "mapping/export_files.h"
#include "profile/compiled.h"
#include "support/id128.h"
#include "support/parallel.h"
#include "tierline/import.h"
#include "value_of.h"

namespace tierline {
namespace {

/// The ids that rows of one chunk hold, in the fields that are asked for.
class Ids final : public RowSink {
 public:
  Ids(const std::vector<std::string>& names, std::span<const std::string_view> sought)
      : is_sought_(names.size()) {
    for (std::size_t slot = 0; slot < names.size(); ++slot) {
      is_sought_[slot] = std::ranges::find(sought, names[slot]) != sought.end();
    }
  }

  void row(const Row& row) override {
    ++rows;
    for (const Cell& cell : row.cells) {
      if (is_sought_[cell.slot] && cell.facet != Facet::link) {
        if (const auto id = parse_id128(cell.text)) {
          found.push_back(*id);
        }
      }
    }
  }
  void issue(InputIssue /*issue*/) override {}
  bool remark(std::string_view /*text*/, std::uint64_t /*line*/) override { return false; }

  std::vector<Id128> found;
  std::uint64_t rows = 0;

 private:
  std::vector<bool> is_sought_;
};

class Floor {
 public:
  explicit Floor(const ImportOptions& options)
      : options_(options), exports_(export_request(options)) {}

  void run() {
    const auto begin = std::chrono::steady_clock::now();
    value_of(exports_.list());
    {
      std::vector<std::jthread> others;
      for (unsigned i = 1; i < options_.jobs; ++i) {
        others.emplace_back([this] { read(); });
      }
      read();
    }
    IdTable table;
    table.reserve(items_.size());
    for (std::uint32_t item = 0; item < items_.size(); ++item) {
      table.insert(items_[item], item);
    }
    std::atomic<std::uint64_t> found = 0;
    parallel_ranges(ends_.size(), options_.jobs, [&](std::size_t from, std::size_t to) {
      constexpr std::size_t ahead = 16;
      std::uint64_t here = 0;
      for (std::size_t i = from; i < to; ++i) {
        if (i + ahead < to) {
          table.prefetch(ends_[i + ahead]);
        }
        here += table.find(ends_[i]) == IdTable::none ? 0U : 1U;
      }
      found += here;
    });
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    fmt::print("{:.2f} s: {} rows, {} ids of items, {} ends of relations, {} of them found\n",
               seconds.count(), rows_, items_.size(), ends_.size(), found.load());
  }

 private:
  void read() {
    static constexpr std::string_view ends[] = {"parent", "child", "service_id", "ci_id"};
    static constexpr std::string_view item[] = {"sys_id"};
    while (true) {
      std::optional<ExportChunk> next;
      {
        const std::scoped_lock lock(reading_);
        next = value_of(exports_.next_chunk());
      }
      if (!next) {
        return;
      }
      auto& [file, chunk] = *next;
      if (!chunk) {
        continue;
      }
      const bool is_relation = file->table == "cmdb_rel_ci" || file->table == "svc_ci_assoc";
      Ids ids(file->profile->compiled().fields,
              is_relation ? std::span<const std::string_view>(ends) : item);
      value_of(file->opened.records->parse(*chunk, ids));
      const std::scoped_lock lock(collecting_);
      rows_ += ids.rows;
      auto& all = is_relation ? ends_ : items_;
      all.insert(all.end(), ids.found.begin(), ids.found.end());
    }
  }

  const ImportOptions& options_;
  std::mutex reading_;
  ExportFiles exports_;
  std::mutex collecting_;
  std::vector<Id128> items_;
  std::vector<Id128> ends_;
  std::uint64_t rows_ = 0;
};

}  // namespace
}  // namespace tierline

int main(int argc, char** argv) {
  if (argc != 2) {
    fmt::print(stderr, "usage: floor EXPORT\n");
    return 2;
  }
  tierline::ImportOptions options;
  options.inputs = {argv[1]};
  options.as_of = "2026-11-21";
  options.jobs = std::thread::hardware_concurrency();
  tierline::Floor(options).run();
  return 0;
}
