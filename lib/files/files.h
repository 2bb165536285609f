#pragma once
// Files: which of them are meant, and what stands in each, unpacked and decoded to UTF-8.
//
//   paths ─list_files→ files ─FileReader→ members of archives ─TextSource→ text
//
// list_files.cpp finds files; byte_stream.h is one as it lies on disk; compression.h tells how it
// is packed and unpacks it, by gunzip.h or decompress.h; archive_reader.h and archive_members.h go
// through an archive, and zip_check.h sees whether a zip is whole; text_source.h makes text of what
// is left, whatever its encoding. Nothing here knows a syntax. All of it is a stream: memory does
// not grow with a file.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tierline/notice.h"
#include "tierline/result.h"

namespace tierline {

/// A file to read, and how it came to be one.
struct InputFile {
  std::string path;    ///< As people gave it; "-" is standard input.
  bool named = false;  ///< Named on the command line, rather than found in a folder.
};

/// The files to read, and what stands among them that nobody can read.
struct FileList {
  std::vector<InputFile> files;
  std::vector<Notice> notices;
};

/// Every file that `inputs` stand for: files as they are, folders recursively without hidden
/// entries; links to folders are followed, each folder once. In the order of their paths, each
/// once, so that the order of arguments does not matter. An error where a folder cannot be listed,
/// or something in one is called as exports or archives are and is no file: a pipe, a link that
/// leads nowhere.
Result<FileList> list_files(std::span<const std::string> inputs,
                            const std::function<bool(const std::string& path)>& has_export_ending);

/// Whether a file or folder of that name is passed over where it was not named. Also what
/// spreadsheets put beside a file that is open: "~$export.csv".
bool is_hidden_name(std::string_view name);

/// The text of a file as UTF-8: a byte order mark is dropped, UTF-16 with one is converted.
class TextSource {
 public:
  virtual ~TextSource() = default;

  /// How the text begins, for telling what it is; `read` still starts at its first byte.
  [[nodiscard]] virtual std::string_view beginning() const = 0;
  /// Fills `out` as far as the file goes; fewer bytes than asked for means its end.
  virtual Result<std::size_t> read(std::span<char> out) = 0;
  /// Bytes taken from the file so far, as it is when it is unpacked.
  [[nodiscard]] virtual std::uint64_t bytes_read() const = 0;
  /// XXH3 (128 bits, hex) of the bytes taken so far: which file it was, packed or not.
  [[nodiscard]] virtual std::string digest() const = 0;
};

/// What stands at a path, one file after another: the file itself, unpacked where it is compressed
/// (gzip, bzip2, xz, zstd, lz4, lzip), or the members of an archive (zip, tar, compressed tar) in
/// the order in which they stand there. Told by content; read as a stream, whatever its size.
///
/// Members are files of their own: `backup.zip/exports/items.csv`. Their names are only shown,
/// never opened. Hidden ones, folders, links and devices are passed over. A member may be
/// compressed once more; an archive in an archive is an error, like one that unpacks to far more
/// than any export.
class FileReader {
 public:
  /// A file, as long as nobody has asked for the next one.
  struct File {
    std::string path;  ///< For people.
    Result<std::shared_ptr<TextSource>> text;
  };

  /// A folder, a missing or unreadable file is an error. `path` may be "-", for standard input.
  static Result<std::unique_ptr<FileReader>> open(const std::string& path);

  virtual ~FileReader() = default;

  /// The next file; nothing after the last one. An error where there is no going on.
  virtual Result<std::optional<File>> next() = 0;
  [[nodiscard]] virtual bool is_archive() const = 0;
  /// How much of what stands at the path was read, packed as it is.
  [[nodiscard]] virtual std::uint64_t bytes_read() const = 0;
};

/// A file's name without the ending of a compression: `items.csv.gz` is `items.csv`.
std::string_view without_compression_ending(std::string_view path);

}  // namespace tierline
