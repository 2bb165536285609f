#pragma once
// Data as a page can hold it: deflated, in base64.

#include <string>
#include <string_view>

#include "tierline/output.h"

namespace tierline {

/// A part of one raw deflate stream: parts that are packed by themselves, on whatever thread, and
/// follow one another are one stream, which `end_of_pack` ends.
std::string pack(std::string_view text);
std::string_view end_of_pack();

/// Writes bytes as base64, one piece after the other.
class Base64 {
 public:
  explicit Base64(Output& output) : output_(output) {}

  void write(std::string_view bytes);
  /// Writes what is left over, and the padding.
  void end();

 private:
  Output& output_;
  std::string rest_;  // Fewer bytes than make four digits.
};

/// How many digits so many bytes take.
constexpr std::size_t base64_size(std::size_t bytes) {
  return (bytes + 2) / 3 * 4;
}

}  // namespace tierline
