#pragma once
// Where a JSON object or list ends: 64 bytes at a time, a bit for each, in the widest registers
// that the machine has.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "input/buffer.h"

namespace tierline {

/// What is seen of a record when it is split off, so that parsing need not look for it.
struct JsonRecordHints {
  bool has_escapes = true;   ///< There may be backslashes in it.
  bool has_controls = true;  ///< There may be control characters in its texts.
  bool is_ascii = false;     ///< It is known to be ASCII.
  std::uint64_t lines = 0;   ///< Line ends in it.
};

/// An object or a list.
struct Brackets {
  std::size_t end = std::string_view::npos;  ///< Where it has ended, or npos.
  std::uint64_t lines = 0;
  JsonRecordHints hints = {.has_escapes = false, .has_controls = false, .is_ascii = true};
};

/// What opens at `at`: a brace or a bracket. Brackets of either kind close one another, as parsing
/// tells them apart.
Brackets find_brackets(PaddedView text, std::size_t at);

}  // namespace tierline
