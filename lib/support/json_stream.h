#pragma once
// Lets RapidJSON write to an Output, with line ends where people want them.

#include <string>

#include "tierline/output.h"

namespace tierline {

class JsonStream {
 public:
  using Ch = char;

  explicit JsonStream(Output& output) : output_(output) {}

  /// The next comma ends the line.
  void break_at_comma() { breaks_ = true; }

  void Put(char c) {
    buffer_ += c;
    if (breaks_ && c == ',') {
      buffer_ += '\n';
      breaks_ = false;
    }
    if (buffer_.size() >= 64 * 1024) {
      Flush();
    }
  }
  void Flush() {
    output_.write(buffer_);
    buffer_.clear();
  }

 private:
  Output& output_;
  std::string buffer_;
  bool breaks_ = false;
};

}  // namespace tierline
