#pragma once
// Puts batches one after the other: what is numbered within each gets numbers that hold for all.

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "inventory/assembly.h"
#include "inventory/batch.h"
#include "inventory/collected.h"
#include "inventory/profile_semantics.h"

namespace tierline {

class Collector {
 public:
  /// Texts, sources, summaries of files and notices go to `out`.
  explicit Collector(InventoryAssembly& out) : out_(out) {}

  std::uint32_t add_file(InputSummary summary, const ProfileSemantics& semantics);
  void append(Batch&& batch);

  [[nodiscard]] const Collected& collected() const { return collected_; }
  /// Takes them away.
  [[nodiscard]] std::vector<RelationGroup> take_relations() {
    return std::move(collected_.relation_groups);
  }
  /// Says in the summary of each file which tables it has.
  void list_tables();
  /// Let go of what is no longer needed, once records are items, and once these have their parties.
  void drop_items() { collected_.items.clear(); }
  void drop_responsibilities() {
    collected_.responsibilities.clear();
    collected_.responsibilities_begin.clear();
  }

 private:
  std::uint16_t profile_number(const ProfileSemantics& semantics);
  std::uint32_t type_number(const CollectedFile& file, const std::string& type);
  void append_counts(const Batch& batch, const CollectedFile& file);
  void append_items(const Batch& batch, const CollectedFile& file, std::uint64_t text_base);
  void append_relations(Batch& batch, const CollectedFile& file, std::uint64_t text_base,
                        std::size_t item_base);
  void append_parties(Batch& batch, const CollectedFile& file);
  void append_assignments(const Batch& batch, std::uint64_t text_base);
  void append_item_texts(const Batch& batch, std::uint64_t text_base, std::size_t item_base);

  InventoryAssembly& out_;
  Collected collected_;
  /// By file: the records of each table, by its name, what became of them, and why.
  std::vector<std::map<std::tuple<std::string, RecordDisposition, std::string>, std::uint64_t>>
      counts_;
  std::map<std::tuple<std::uint16_t, std::uint16_t, std::string>, std::uint32_t> type_numbers_;
};

}  // namespace tierline
