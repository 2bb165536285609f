#pragma once
// The marks that version control leaves in a file whose versions could not be merged.

#include <string_view>

namespace tierline {

inline constexpr std::string_view conflict_message =
    "a merge conflict marker stands here: resolve the conflict in this file";

/// Whether a line begins like one of the three marks.
inline bool is_conflict_marker(std::string_view line) {
  return line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ") ||
         line.starts_with("=======");
}

}  // namespace tierline
