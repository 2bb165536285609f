#pragma once
// The members of a zip or a tar, one after another. They are files like those of a folder, and
// those that are hidden there are hidden here.

#include <memory>
#include <string>
#include <unordered_set>

#include "files/archive_reader.h"
#include "files/compression.h"
#include "files/files.h"

namespace tierline {

class ArchiveMembers final : public FileReader {
 public:
  /// `compression` is tar or zip.
  ArchiveMembers(Unpacked archive, std::string path, std::shared_ptr<Expansion> expansion);

  Status begin();

  Result<std::optional<File>> next() override;
  [[nodiscard]] bool is_archive() const override { return true; }
  [[nodiscard]] std::uint64_t bytes_read() const override { return expansion_->taken(); }

 private:
  [[nodiscard]] Status end();
  [[nodiscard]] Result<std::shared_ptr<TextSource>> open_member(archive_entry* entry,
                                                                const std::string& path);

  std::string path_;
  Compression compression_;
  std::shared_ptr<Expansion> expansion_;
  std::shared_ptr<ArchiveReader> reader_;
  std::unordered_set<std::string> seen_;
};

}  // namespace tierline
