#pragma once
// A file of another syntax as the JSON that says the same, written while the file is read: what
// reads JSON reads it. Tokens stand in the line that they have in the file, so that the lines of
// messages are true.

#include <memory>
#include <string>

#include "input/input.h"

namespace tierline {

class JsonTranscoder : public TextSource {
 public:
  [[nodiscard]] std::string_view beginning() const final { return source_->beginning(); }
  [[nodiscard]] std::uint64_t bytes_read() const final { return source_->bytes_read(); }
  [[nodiscard]] std::string digest() const final { return source_->digest(); }
  Result<std::size_t> read(std::span<char> out) final;

 protected:
  explicit JsonTranscoder(std::shared_ptr<TextSource> source) : source_(std::move(source)) {}

  /// Reads on and appends to `json_`, of which all was taken; false when nothing comes any more.
  virtual Result<bool> write_on() = 0;

  void go_to_line(std::uint64_t line);
  [[nodiscard]] std::uint64_t json_line() const { return line_; }

  std::shared_ptr<TextSource> source_;  ///< The file itself.
  std::string json_;

 private:
  std::size_t taken_ = 0;  ///< Of `json_`, by those who read.
  std::uint64_t line_ = 1;
};

}  // namespace tierline
