#pragma once
// The exports among the inputs, opened one after another: each is told by its content, and the
// profile that understands it is found. What stands among them and is none of them is noted.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "input/input.h"
#include "mapping/detect.h"
#include "tierline/inventory_types.h"
#include "tierline/profile.h"

namespace tierline {

/// Which exports are meant, and by what they are understood. All of it must outlive the reading.
struct ExportRequest {
  std::span<const std::string> inputs;  ///< Files, archives, folders, "-" for standard input.
  std::span<const Profile> profiles;    ///< To choose from, by content.
  bool profiles_are_named = true;       ///< Somebody chose them; else they are the built-in ones.
  /// Every file that can be read is handed out, also those that none or several of the profiles
  /// understand.
  bool hands_out_all = false;
  /// Files that no profile understands, or several, are noted, wherever they stand.
  bool pass_over_unknown = false;
  std::span<const std::pair<std::string, std::string>> sources = {};  ///< Name and path.
  InputSet details = {};                                              ///< What to ask for besides.
};

/// An export while it is read.
struct OpenExport {
  std::uint32_t number = 0;  ///< How batches call it.
  std::string path;
  std::string disk_path;  ///< What on disk it is, or is a member of.
  std::string table;
  std::string source;
  OpenedFile opened;
  const Profile* profile = nullptr;  ///< Null where not exactly one understands it.
  Matching matching;
};

/// What of an export can be parsed at once; without a chunk, its end.
struct ExportChunk {
  std::shared_ptr<OpenExport> file;
  std::optional<Chunk> chunk;
};

/// Adds why the server broke off, where the file itself says it. Files in an archive do not.
Error with_reason(Error error, const std::string& disk_path);

class ExportFiles {
 public:
  explicit ExportFiles(const ExportRequest& request);

  /// Looks for the files, without opening them.
  Status list();

  /// The next export; null after the last one. An error where one cannot be read or understood.
  Result<std::shared_ptr<OpenExport>> next();

  /// Hands one export after the other to `sink`, until one fails.
  template <typename Sink>
  Status each(Sink sink) {
    while (true) {
      auto file = next();
      if (!file) {
        return std::move(file).error();
      }
      if (*file == nullptr) {
        return Done{};
      }
      if (auto done = sink(**file); !done) {
        return with_reason(std::move(done).error(), (*file)->disk_path);
      }
    }
  }

  /// The next chunk of the export at hand, or the first of the next one; nothing after the last.
  /// Errors also where what was being read breaks off; no more is to be asked for then. Use this,
  /// or `next`.
  Result<std::optional<ExportChunk>> next_chunk();

  /// The size of all files, as they lie on disk.
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
  /// How much of that was read.
  [[nodiscard]] std::uint64_t bytes_read() const {
    return done_bytes_ + (reader_ == nullptr ? 0 : reader_->bytes_read());
  }
  /// What was passed over, and why.
  [[nodiscard]] std::vector<Notice>& notices() { return notices_; }

 private:
  using Opened = Result<std::shared_ptr<OpenExport>>;

  /// What a source is called, and where on disk, or in an archive, it is.
  struct SourceRoot {
    std::string name;
    std::string path;
    bool has_files = false;
  };

  Status find_sources();
  Opened open(const InputFile& file);
  Opened next_in_reader();
  Opened end_reader();
  Opened open_file(const InputFile& file, std::shared_ptr<TextSource> text);
  Opened reject(const InputFile& file, Error error);
  Opened skip(const InputFile& file, std::string_view kind, const std::string& why);
  Opened start(const InputFile& file, OpenedFile opened, Matching matching);
  Opened finish();

  const FieldSelection& selection_of(const Profile& profile, const std::string& table);
  std::string source_of(const std::string& path, const Profile& profile);
  [[nodiscard]] bool may_be_unknown() const {
    return request_.hands_out_all || request_.pass_over_unknown;
  }
  [[nodiscard]] bool is_table(const std::string& path) const;
  [[nodiscard]] Error unclear(const std::string& path, const OpenedFile& opened,
                              std::span<const Profile* const> matching) const;

  const ExportRequest request_;
  RecordPaths paths_;  ///< Of all of them.
  /// What is asked for, by profile, and whether of a table of items.
  std::map<std::pair<const Profile*, bool>, FieldSelection> selection_;
  std::vector<SourceRoot> sources_;
  std::vector<InputFile> files_;
  std::size_t next_ = 0;
  std::uint64_t bytes_ = 0;
  std::uint64_t done_bytes_ = 0;
  std::size_t started_ = 0;
  std::vector<Notice> notices_;

  std::shared_ptr<OpenExport> current_;  ///< That chunks are taken of.
  InputFile disk_file_;                  ///< What `reader_` reads.
  std::unique_ptr<FileReader> reader_;
  std::size_t started_before_ = 0;     ///< Of `started_`, those of other readers.
  std::optional<Notice> passed_over_;  ///< The first in `reader_`.
};

}  // namespace tierline
