#pragma once
// Lets RapidJSON write to an Output, with line ends where people want them.

#include <cstddef>
#include <memory>

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

}  // namespace tierline
