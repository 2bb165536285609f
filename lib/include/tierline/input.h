#pragma once
// The first stage: files become chunks of whole records, chunks become rows.
//
//   files ─ByteSource→ bytes ─Records::next→ Chunk, Chunk, ... ─Records::parse→ Row, Row, ...
//
// Cutting a file into chunks is done by one thread at a time and is cheap; parsing a chunk needs
// nothing but the chunk, so chunks are parsed side by side. Memory is bounded by the chunks in
// flight, never by the size of a file.

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tierline/notice.h"
#include "tierline/registry.h"
#include "tierline/result.h"
#include "tierline/row.h"

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
/// or something in one is named like an export and is no file: a pipe, a link that leads nowhere.
Result<FileList> list_files(std::span<const std::string> inputs);

/// Whether a file or folder of that name is passed over where it was not named. Also what
/// spreadsheets put beside a file that is open: "~$export.csv".
bool is_hidden_name(std::string_view name);

/// The text of a file as UTF-8: a byte order mark is dropped, UTF-16 with one is converted.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

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
    Result<std::shared_ptr<ByteSource>> text;
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

/// Text in memory, writable because parsers unescape in place, with room after its end so that they
/// may read a little past it.
class Buffer {
 public:
  static constexpr std::size_t padding = 64;

  explicit Buffer(std::size_t capacity)
      : bytes_(std::make_unique_for_overwrite<char[]>(capacity + padding)), capacity_(capacity) {
    set_size(0);
  }

  /// A copy of `text`, with room for `capacity` bytes in all.
  Buffer(std::string_view text, std::size_t capacity) : Buffer(capacity) {
    std::ranges::copy(text, data());
    set_size(text.size());
  }
  explicit Buffer(std::string_view text) : Buffer(text, text.size()) {}

  [[nodiscard]] char* data() const { return bytes_.get(); }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t capacity() const { return capacity_; }
  [[nodiscard]] std::string_view view() const { return {bytes_.get(), size_}; }
  void set_size(std::size_t size);

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t capacity_;
  std::size_t size_ = 0;
};

/// Places in a document where records stand that nobody would look for there: `$.data.items[*]` are
/// the elements of a list, `$.objects.*` the members of an object, whatever they are called. `$` is
/// the document; in XML, its root.
class RecordPaths {
 public:
  using Node = std::uint32_t;
  static constexpr Node root = 0;
  static constexpr Node none = UINT32_MAX;

  RecordPaths() : nodes_(1) {}

  /// False where it is no path.
  bool add(std::string_view path);
  void add(const RecordPaths& others);

  [[nodiscard]] Node member(Node node, std::string_view name) const;
  /// Whether it is a place only because any name is.
  [[nodiscard]] bool is_any(Node node, std::string_view name) const;
  [[nodiscard]] Node element(Node node) const;
  /// Whether what stands here is a record or, where it is a list, records.
  [[nodiscard]] bool is_record(Node node) const;
  /// Whether there are places in what stands here.
  [[nodiscard]] bool leads_on(Node node) const;

 private:
  struct Step {
    std::map<std::string, Node, std::less<>> children;
    bool is_record = false;
  };
  [[nodiscard]] Node child(Node node, std::string_view step) const;
  void add(Node node, const RecordPaths& others, Node other);

  std::vector<Step> nodes_;
};

/// What was seen of a run of CSV rows when it was cut.
struct CsvMarks {
  bool regular = true;  ///< Quotes stand only where RFC 4180 has them; if so:
  /// A bit for each byte from the first row on: whether it ends a cell.
  std::vector<std::uint64_t> cell_ends = {};
  /// A bit for each of these: whether there are quotes inside of cells, or other than ASCII.
  std::vector<std::uint64_t> odd = {};
  bool quoted_lines = false;  ///< Some cells have line ends in them.
};

/// What was seen of a JSON record when it was cut.
struct JsonMarks {
  bool has_escapes = true;   ///< There may be backslashes in it.
  bool has_controls = true;  ///< There may be control characters in its texts.
  bool is_ascii = false;     ///< It is known to be ASCII.
  std::uint64_t lines = 0;   ///< Line ends in it.
};

/// A run of whole records of one file, small enough to be parsed at once.
struct Chunk {
  struct Record {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint64_t line = 0;
    std::string key = {};  ///< The name that it stands under, in a map of records.
    JsonMarks json = {};
  };
  Buffer bytes{0};
  std::size_t begin = 0;  ///< The records stand in bytes [begin, end).
  std::size_t end = 0;
  std::uint64_t line = 1;       ///< The line of `begin`.
  std::string container;        ///< The name of the list that the records stand in, if it has one.
  std::vector<Record> records;  ///< Where each record is, for syntaxes that find them when cutting.
  CsvMarks csv;
};

/// A field as it stands in a record, whether anybody wants it or not.
struct SurveyedField {
  /// The names that lead to it, with dots between them; lists on the way are looked through, so
  /// that a record can have several fields of one path.
  std::string_view path;
  std::string_view text;
  const Wants::Want* want = nullptr;  ///< Null when nobody wants it.
  /// Whether `path` leads to it: names inside of objects that have dots themselves cannot be told
  /// from several names.
  bool can_be_named = true;
};

/// Receives all that stands in the records of a chunk, in the order of the file. A record that
/// begins and does not end is left out. Texts and containers, but not paths, are valid until the
/// record at depth 0 ends.
class FieldSink {
 public:
  virtual ~FieldSink() = default;
  /// `depth` and `container` are those that its `Row` would have; at depth 0, the container is the
  /// chunk's.
  virtual void begin_record(std::string_view container, std::size_t depth) = 0;
  virtual void field(const SurveyedField& field) = 0;
  virtual void end_record() = 0;
};

/// One export file, opened: cut into chunks by `next`, each parsed by `parse`.
class Records {
 public:
  virtual ~Records() = default;

  /// The next chunk in the order of the file; nothing at its end. An error where the text is not
  /// its format, or ends too early.
  virtual Result<std::optional<Chunk>> next() = 0;

  /// Says which fields rows are to have. `wants` must outlive the parsing.
  virtual void expect(const Wants& wants) = 0;

  /// The rows of a chunk. Uses up the chunk's text. May run on several threads at once.
  virtual Status parse(Chunk& chunk, RowSink& sink) const = 0;

  /// Every field of a chunk's records, for looking at an export before anyone says what it means.
  /// Uses up the chunk's text as well.
  virtual Status survey(Chunk& chunk, FieldSink& sink) const = 0;

  /// Copies of the first records, of several lists where a file has several, to try profiles on.
  [[nodiscard]] virtual std::vector<Chunk> sample() const = 0;

  /// The names of the fields that the first records have, for messages.
  [[nodiscard]] virtual std::vector<std::string> fields() const = 0;

  /// Fields that every record has, as columns do, even where there is no record.
  [[nodiscard]] virtual std::vector<Slot> columns() const { return {}; }

  /// Lists and objects that were read past, because records stand in other places of their
  /// document; the first few. Known at the file's end.
  [[nodiscard]] virtual std::vector<std::string> passed_over() const { return {}; }

  /// What stood outside of records: flaws, and texts beside them such as {"status": "failure"}.
  virtual void finish(RowSink& /*sink*/) const {}
};

/// A way to write records down: JSON, CSV, ...
struct Syntax {
  std::string_view id;
  /// How files of this syntax are called: ".json".
  std::vector<std::string_view> endings;
  /// Whether text that begins like this can be of this syntax. Those that look closest go first.
  int (*likeness)(std::string_view beginning);
  /// An error where the text does not begin as this syntax demands. `path` is for messages.
  Result<std::unique_ptr<Records>> (*open)(std::shared_ptr<ByteSource> source, std::string path,
                                           const RecordPaths& paths);
};

struct OpenedFile {
  const Syntax* syntax = nullptr;
  std::shared_ptr<ByteSource> source;
  std::unique_ptr<Records> records;
};

/// Whether a file is called as exports are.
bool has_export_ending(const std::string& path);

/// Opens an export by its content. A file that is empty or binary, or not of the syntax that its
/// ending promises, is an error that says so. `paths`: where else than usual records may stand.
Result<OpenedFile> open_export(std::shared_ptr<ByteSource> source, const std::string& path,
                               const RecordPaths& paths = {});

}  // namespace tierline
