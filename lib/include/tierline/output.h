#pragma once
// Where reports go: written whole or not at all. A file is written beside its place under a hidden
// name and takes its name only when everything of it is on disk, so a job that is killed leaves
// yesterday's report.

#include <memory>
#include <string>
#include <string_view>

#include "tierline/result.h"

namespace tierline {

class Output {
 public:
  /// "-" is standard output. A folder, or a place that cannot be written to, is an error at once.
  static Result<std::unique_ptr<Output>> open(const std::string& path);

  virtual ~Output() = default;

  /// Errors are kept for `commit`.
  virtual void write(std::string_view text) = 0;
  /// Puts the file in its place; an error when anything could not be written.
  virtual Status commit() = 0;
};

}  // namespace tierline
