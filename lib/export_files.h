#pragma once
// The exports among the inputs, opened one after another: each is told by its content, and the
// profile that understands it is found. What stands among them and is none of them is noted.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tierline/import.h"
#include "tierline/input.h"

namespace tierline {

/// An export while it is read.
struct ExportFile {
  std::uint32_t number = 0;  ///< How batches call it.
  std::string path;
  std::string table;
  std::string source;
  OpenedFile opened;
  const Profile* profile = nullptr;
};

class ExportFiles {
 public:
  /// `options` must outlive it.
  explicit ExportFiles(const ImportOptions& options);

  /// Looks for the files, without opening them.
  Status list();

  /// The next export; null after the last one. An error where one cannot be read or understood.
  Result<std::shared_ptr<ExportFile>> next();

  /// The size of all files.
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
  /// What was passed over, and why.
  [[nodiscard]] std::vector<Notice>& notices() { return notices_; }

 private:
  Result<std::shared_ptr<ExportFile>> open(const InputFile& file);
  Result<std::shared_ptr<ExportFile>> reject(const InputFile& file, Error error);
  std::shared_ptr<ExportFile> start(const InputFile& file, OpenedFile opened,
                                    const Profile& profile);
  void skip(const InputFile& file, std::string_view kind, const std::string& why);

  [[nodiscard]] std::string source_of(const std::string& path, const Profile& profile) const;
  [[nodiscard]] bool is_table(const std::string& path) const;
  [[nodiscard]] Error unclear(const std::string& path, const OpenedFile& opened,
                              std::span<const Profile* const> matching) const;

  const ImportOptions& options_;
  std::span<const Profile> profiles_;
  std::vector<InputFile> files_;
  std::size_t next_ = 0;
  std::size_t started_ = 0;
  std::uint64_t bytes_ = 0;
  std::vector<Notice> notices_;
};

/// Adds why the server broke off, where the file itself says it.
Error with_reason(Error error);

}  // namespace tierline
