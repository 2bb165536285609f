#pragma once
// What was noticed while reading an export and did not stop the run: an unusable record, a value
// nobody could make sense of, a name that fits two items. Shown in every report.

#include <cstdint>
#include <string>
#include <string_view>

#include "tierline/result.h"

namespace tierline {

/// The kind of the notice that a file was skipped because tierline wrote it.
inline constexpr std::string_view own_output_kind = "own-output";

struct Notice {
  std::string kind;     ///< A word to select by: "ragged-row", "ambiguous-reference", ...
  std::string message;  ///< For people.
  Place place;          ///< Where it was seen first.
  std::uint64_t count = 1;
  std::string field = {};  ///< Whose values it is about; empty where it is about no field.
};

}  // namespace tierline
