#pragma once
// What the mappers of all kinds of records share: the row at hand, the batch that it goes into, and
// how its texts and references get there.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "inventory/batch.h"
#include "mapping/row_fields.h"
#include "profile/compiled.h"

namespace tierline {

/// What is known of a chunk's records before any is read.
struct ChunkContext {
  std::uint32_t file = 0;
  std::string path;
  std::string table;          ///< That the file is named after; empty when it is named after none.
  std::string container;      ///< The list that the records stand in.
  bool lists_people = false;  ///< All whom fields name, by all texts.
  InputSet details;           ///< What is asked for besides.
};

/// A reference as a batch keeps it.
struct Ref {
  Id128 id;
  RefKind kind = RefKind::none;
};

struct RowContext {
  RowContext(const CompiledProfile& profile_of_rows, const ChunkContext& chunk_of_rows,
             Batch& batch_of_rows);

  const CompiledProfile& profile;
  const ChunkContext& chunk;
  Batch& batch;
  RowFields fields;
  std::uint32_t line = 0;
  std::uint32_t depth = 0;
  std::string scratch;  ///< For a text that is made to be looked up.

  Ref reference(std::string_view text);
  /// Keeps it in the batch's text.
  TextRange store(std::string_view text);
  std::string reference_in(std::optional<Slot> slot);
  [[nodiscard]] bool holds(const FieldTest& test) const;
  std::optional<std::uint8_t> meaning_of(std::span<const Case> cases);

  [[nodiscard]] bool is_asked_for(RuleInput input) const {
    return chunk.details[static_cast<std::size_t>(input)];
  }
  [[nodiscard]] bool is_asked_for(Role role) const;

  void notice(const char* kind, std::string message, std::uint64_t at, std::uint64_t count = 1,
              std::string field = {});
  void notice_unreadable_date(Slot slot, std::string_view so);
};

}  // namespace tierline
