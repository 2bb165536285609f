#pragma once
// How the mapper packs a few texts into one, so that a batch can number them, and how the profile
// takes them apart again. The parts are set off by control characters that no field is left with.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tierline/inventory.h"

namespace tierline {

inline constexpr char part_separator = '\x1f';
inline constexpr char label_separator = '\x1e';

/// A coded field: the stored value and, where the export has it as well, the label.
struct CodeText {
  CodeText() = default;
  explicit CodeText(std::string_view packed);
  static void pack(std::string& out, std::string_view value, std::string_view label);

  [[nodiscard]] bool empty() const { return value.empty() && label.empty(); }
  /// What to show to people.
  [[nodiscard]] std::string shown() const { return label.empty() ? value : label; }
  /// What to compare with, first choice first.
  [[nodiscard]] std::vector<std::string> folded() const;

  std::string value;
  std::string label;
};

/// A relation record apart from its ends: which definition states it, and what it says of itself.
struct RelationText {
  explicit RelationText(std::string_view packed);
  static void pack(std::string& out, std::uint32_t def, bool reversed, std::string_view source,
                   std::string_view from_class, std::string_view to_class);

  std::uint32_t def = 0;
  bool reversed = false;  ///< The record says that its ends stand the other way round.
  std::string source;
  std::string from_class;
  std::string to_class;
  CodeText type;
};

}  // namespace tierline
