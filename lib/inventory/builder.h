#pragma once
// Puts batches together into an inventory: numbers become global, records of one id become one
// item, references become items and parties. The result does not depend on the order in which files
// come.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "inventory/assembly.h"
#include "inventory/batch.h"
#include "inventory/collector.h"
#include "inventory/profile_semantics.h"
#include "tierline/inventory.h"

namespace tierline {

class InventoryBuilder {
 public:
  InventoryBuilder() = default;
  InventoryBuilder(const InventoryBuilder&) = delete;
  InventoryBuilder& operator=(const InventoryBuilder&) = delete;

  /// Announces a file; batches refer to it by the number that comes back. `semantics` must outlive
  /// the builder.
  std::uint32_t add_file(InputSummary summary, const ProfileSemantics& semantics);

  /// Adds a batch. Batches come in the order of the files and of the chunks in them.
  void append(Batch&& batch);

  /// What is known of a file only at its end.
  void end_file(std::uint32_t file, std::uint64_t bytes, std::string digest);

  void add_notice(Notice notice);

  struct Options {
    std::string as_of;  ///< YYYY-MM-DD: decides who has left.
    unsigned jobs = 1;
    bool redact_people = false;
    std::string redact_key;
    InputSet details = {};         ///< What to keep besides.
    bool assume_complete = false;  ///< Tables of assignments that are not there are empty.
    /// Texts from elsewhere; see `ImportOptions`.
    std::vector<std::string> mentioned_people = {};
    std::vector<std::string> mentioned_texts = {};
    std::span<const DomainOwner> domain_owners = {};
  };
  /// The builder is used up.
  Inventory finish(const Options& options);

 private:
  void find_truncations();
  void sort_notices();

  InventoryAssembly out_;
  Collector collector_{out_};
};

}  // namespace tierline
