#pragma once
// A generated export on disk, for as long as a benchmark runs.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "synthetic.h"

namespace tierline {

/// Written when it is made; gone when the program ends.
class Exported {
 public:
  Exported(synthetic::Format format, std::uint64_t cis, const std::string& purpose)
      : folder_(std::filesystem::temp_directory_path() /
                ("tierline-bench-" + std::to_string(cis) + "-" +
                 std::to_string(static_cast<int>(format)) + purpose)) {
    std::filesystem::remove_all(folder_);
    synthetic::write({.seed = 1, .cis = cis, .format = format}, folder_);
    for (const std::filesystem::directory_entry& file :
         std::filesystem::directory_iterator(path())) {
      files_.push_back(file.path());
      bytes_ += static_cast<std::int64_t>(file.file_size());
    }
  }
  Exported(const Exported&) = delete;
  Exported& operator=(const Exported&) = delete;
  ~Exported() { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::string path() const { return folder_ / "export"; }
  [[nodiscard]] const std::vector<std::filesystem::path>& files() const { return files_; }
  [[nodiscard]] std::int64_t bytes() const { return bytes_; }  ///< As written.

 private:
  std::filesystem::path folder_;
  std::vector<std::filesystem::path> files_;
  std::int64_t bytes_ = 0;
};

}  // namespace tierline
