#pragma once
// A file that becomes another one: written beside it under a random name, readable by nobody else,
// and removed unless it takes the other's place.

#include <memory>
#include <string>
#include <string_view>

#include "tierline/output.h"
#include "tierline/result.h"

namespace tierline {

class TemporaryFile {
 public:
  /// For what will be called `name` in `folder`, an open descriptor, which it takes.
  static Result<std::unique_ptr<TemporaryFile>> create(int folder, std::string name);

  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile();

  [[nodiscard]] int descriptor() const { return descriptor_; }
  /// All return 0, or why it failed.
  [[nodiscard]] int save() const;
  [[nodiscard]] int put_in_place();
  void settle() const;

 private:
  struct Entry;
  friend void remove_unfinished_outputs();

  TemporaryFile(int folder, std::string name);
  void keep_what_the_old_file_has() const;

  int folder_;
  std::string name_;
  Entry* entry_;
  int descriptor_ = -1;
};

/// The random name of something that is not in its place yet, and whether a name is such a one.
std::string temporary_name();
bool is_temporary_name(std::string_view name);

}  // namespace tierline
