#pragma once
// A folder for one test, gone when the test is over.

#include <filesystem>
#include <string>
#include <string_view>

namespace tierline {

class Scratch {
 public:
  Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Writes a file, with the folders on the way to it; returns its path.
  std::string write(const std::string& name, std::string_view text) const;
  [[nodiscard]] std::string read(const std::string& name) const;
  [[nodiscard]] std::string operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

/// The whole text of a file; throws when it cannot be read.
std::string read_file(const std::filesystem::path& path);

}  // namespace tierline
