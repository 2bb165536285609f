#pragma once
// Lets RapidJSON write to an Output, with line ends where people want them.

#include <rapidjson/writer.h>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

#include "tierline/output.h"

namespace tierline {

class JsonStream {
 public:
  using Ch = char;

  explicit JsonStream(Output& output) : output_(output) { make_room(usual_size); }

  /// The next comma ends the line.
  void break_at_comma() { breaks_ = true; }

  void Put(char c) {
    make_room(2);
    put(c);
    if (breaks_ && c == ',') {
      put('\n');
      breaks_ = false;
    }
  }
  void Flush() {
    output_.write({buffer_.get(), used_});
    used_ = 0;
  }
  /// JSON that is written already.
  void write(std::string_view json) {
    Flush();
    output_.write(json);
  }
  /// A text for which there is room.
  void append(std::string_view text) {
    std::memcpy(buffer_.get() + used_, text.data(), text.size());
    used_ += text.size();
  }

  // RapidJSON writes texts and numbers with these: no comma between values is among them.
  friend void PutReserve(JsonStream& stream, std::size_t count) { stream.make_room(count); }
  friend void PutUnsafe(JsonStream& stream, char c) { stream.put(c); }

 private:
  static constexpr std::size_t usual_size = 64 * 1024;

  void make_room(std::size_t count) {
    if (size_ - used_ >= count) {
      return;
    }
    Flush();
    if (size_ < count) {
      buffer_ = std::make_unique_for_overwrite<char[]>(count);
      size_ = count;
    }
  }
  void put(char c) { buffer_[used_++] = c; }

  Output& output_;
  std::unique_ptr<char[]> buffer_;
  std::size_t size_ = 0;
  std::size_t used_ = 0;
  bool breaks_ = false;
};

/// How many bytes of a text come before the first one that JSON has to escape.
inline std::size_t unescaped_prefix(std::string_view text) {
  constexpr std::uint64_t each = 0x0101010101010101U;
  constexpr std::uint64_t high = each * 0x80;
  std::size_t at = 0;
  for (std::uint64_t word = 0; at + sizeof(word) <= text.size(); at += sizeof(word)) {
    std::memcpy(&word, text.data() + at, sizeof(word));
    const auto zeros = [](std::uint64_t bytes) { return (bytes - each) & ~bytes & high; };
    const std::uint64_t found =
        ((word - each * ' ') & ~word & high) | zeros(word ^ each * '"') | zeros(word ^ each * '\\');
    if (found != 0) {
      return at + static_cast<std::size_t>(std::countr_zero(found)) / 8;
    }
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) >= ' ' && text[at] != '"' &&
         text[at] != '\\') {
    ++at;
  }
  return at;
}

}  // namespace tierline

/// Most texts have nothing to escape, and are written as they are. RapidJSON has this for streams
/// of its own only.
template <>
inline bool rapidjson::Writer<tierline::JsonStream>::ScanWriteUnescapedString(StringStream& is,
                                                                              std::size_t length) {
  const std::string_view rest(is.src_, length - is.Tell());
  const std::string_view plain = rest.substr(0, tierline::unescaped_prefix(rest));
  os_->append(plain);
  is.src_ += plain.size();
  return plain.size() < rest.size();
}
