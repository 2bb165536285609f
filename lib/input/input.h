#pragma once
// The first stage: files become chunks of whole records, chunks become rows.
//
//   files ─TextSource→ bytes ─Records::next→ Chunk, Chunk, ... ─Records::parse→ Row, Row, ...
//
// Cutting a file into chunks is done by one thread at a time and is cheap; parsing a chunk needs
// nothing but the chunk, so chunks are parsed side by side. Memory is bounded by the chunks in
// flight, never by the size of a file.
//
// Each syntax has a room of its own, and a header that begins with what is in it: csv/csv_text.h,
// json/json.h, xml/xml_transcoder.h, yaml/yaml_transcoder.h. What they share stands here:
// refill_buffer.h reads, scan.h looks at 64 bytes at a time, field_selection.h says which fields
// are wanted, record_paths.h where records stand, row.h what they become.

#include <cassert>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "files/files.h"
#include "input/buffer.h"
#include "input/field_selection.h"
#include "input/record_paths.h"
#include "tierline/registry.h"
#include "tierline/result.h"

namespace tierline {

/// What a syntax notes of a chunk when it cuts it, for when it parses it. To all others it is
/// closed.
class ChunkIndex {
 public:
  ChunkIndex() = default;
  ChunkIndex(const ChunkIndex&) = default;
  ChunkIndex(ChunkIndex&&) = default;
  ChunkIndex& operator=(const ChunkIndex&) = default;
  ChunkIndex& operator=(ChunkIndex&&) = default;
  virtual ~ChunkIndex() = default;
};

/// A run of whole records of one file, small enough to be parsed at once.
struct Chunk {
  Buffer bytes{0};
  std::size_t begin = 0;  ///< The records stand in bytes [begin, end).
  std::size_t end = 0;
  std::uint64_t line = 1;  ///< The line of `begin`.
  std::string container;   ///< The name of the list that the records stand in, if it has one.
  std::unique_ptr<ChunkIndex> index;

  /// The index as the syntax that made it knows it.
  template <typename Index>
  [[nodiscard]] const Index& index_as() const {
    assert(dynamic_cast<const Index*>(index.get()) != nullptr);
    return static_cast<const Index&>(*index);
  }
};

/// A field as it stands in a record, whether it is selected or not.
struct SurveyedField {
  /// The names that lead to it, with dots between them; lists on the way are looked through, so
  /// that a record can have several fields of one path.
  std::string_view path;
  std::string_view text;
  const FieldSelection::Field* selected = nullptr;  ///< Null when it is not selected.
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

/// One export file, opened: cut into chunks by `next`, each parsed by `parse`. In this order:
/// `sample` and `fields`, to find out whose export it is; `expect`; `next` with `parse` or
/// `survey`, until there are no more; `finish` and `passed_over`.
class Records {
 public:
  virtual ~Records() = default;

  /// The next chunk in the order of the file; nothing at its end. An error where the text is not
  /// its format, or ends too early.
  virtual Result<std::optional<Chunk>> next() = 0;

  /// Hands one chunk after the other to `sink`, until one fails.
  template <typename Sink>
  Status each_chunk(Sink sink) {
    while (true) {
      auto chunk = next();
      if (!chunk) {
        return std::move(chunk).error();
      }
      if (!*chunk) {
        return Done{};
      }
      if (auto done = sink(**chunk); !done) {
        return done;
      }
    }
  }

  /// Says which fields rows are to have. `selection` must outlive the parsing.
  virtual void expect(const FieldSelection& selection) = 0;

  /// The rows of a chunk. Uses up the chunk's text. May run on several threads at once.
  virtual Status parse(Chunk& chunk, RowSink& sink) const = 0;

  /// Every field of a chunk's records, for looking at an export before anyone says what it means.
  /// Uses up the chunk's text as well.
  virtual Status survey(Chunk& chunk, FieldSink& sink) const = 0;

  /// Hands out the text of each record of a chunk that has not been parsed, for syntaxes that read
  /// records as JSON.
  virtual void each_json(const Chunk& /*chunk*/,
                         const std::function<void(std::string_view json)>& /*sink*/) const {}

  /// Copies of the first records, of several lists where a file has several, to try profiles on.
  [[nodiscard]] virtual std::vector<Chunk> sample() const = 0;

  /// The names of the fields that the first records have, for messages.
  [[nodiscard]] virtual std::vector<std::string> fields() const = 0;

  /// Fields that every record has, as columns do, even where there is no record.
  [[nodiscard]] virtual std::vector<Slot> columns() const { return {}; }

  /// Lists and objects that were read past, because records stand in other places of their
  /// document; the first few. Known at the file's end.
  [[nodiscard]] virtual std::vector<std::string> passed_over() const { return {}; }

  /// What stood outside of records: issues, and texts beside them such as {"status": "failure"}.
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
  Result<std::unique_ptr<Records>> (*open)(std::shared_ptr<TextSource> source, std::string path,
                                           const RecordPaths& paths);
  bool has_header_line = false;  ///< Fields are named once, in the first line.
  bool has_tags = false;         ///< Names are those of elements, and never of a record.
};

struct OpenedFile {
  const Syntax* syntax = nullptr;
  std::shared_ptr<TextSource> source;
  std::unique_ptr<Records> records;
};

/// Whether a file is called as exports are.
bool has_export_ending(const std::string& path);

/// Opens an export by its content. A file that is empty or binary, or not of the syntax that its
/// ending promises, is an error that says so. `paths`: where else than usual records may stand.
Result<OpenedFile> open_export(std::shared_ptr<TextSource> source, const std::string& path,
                               const RecordPaths& paths = {});

}  // namespace tierline
