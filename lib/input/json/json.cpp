// JSON: records found by JsonRecordSplitter, each read by a template of those before it, or parsed
// in place by RapidJSON's SAX reader where none fits or it holds records itself. That one's
// nesting is bounded because it recurses.

#include "input/json/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <deque>
#include <memory>
#include <mutex>
#include <span>
#include <variant>

#include "input/conflict_marker.h"
#include "input/json/cell_extractor.h"
#include "input/json/field_profiler.h"
#include "input/json/json_escapes.h"
#include "input/json/rapidjson_reader.h"
#include "input/json/record_cursor.h"
#include "input/json/record_splitter.h"
#include "input/json/template_cache.h"
#include "input/refill_buffer.h"
#include "tierline/text.h"

namespace tierline {
namespace {

/// Collects the names of a record's members.
struct NameCollector : JsonRecordCursor<NameCollector, std::monostate> {
  void member(const Level& /*level*/, std::string_view name, bool /*is_any*/) {
    if (depth() == 1) {
      names.emplace_back(name);
    }
  }

  std::vector<std::string> names;
};

}  // namespace
}  // namespace tierline

template <>
template <>
void tierline::JsonReader::ParseNumber<tierline::json_record_flags, rapidjson::InsituStringStream,
                                       tierline::NameCollector>(rapidjson::InsituStringStream& is,
                                                                tierline::NameCollector& handler) {
  tierline::read_json_number(is, handler, parseResult_);
}

namespace tierline {
namespace {

constexpr std::size_t sampled_records = 20;
constexpr std::size_t sampled_lists = 16;

struct JsonRecord {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint64_t line = 0;
  std::string key;  ///< The name that it stands under, in a map of records.
  JsonRecordHints hints;

  [[nodiscard]] std::size_t size() const { return end - begin; }
  [[nodiscard]] PaddedView text_in(const Chunk& chunk) const {
    return chunk.bytes.padded().from(begin).first(size());
  }
  /// The same, to be changed.
  [[nodiscard]] std::span<char> bytes_in(Chunk& chunk) const {
    return {chunk.bytes.data() + begin, size()};
  }
};

/// Where each record of a chunk is.
struct JsonIndex final : ChunkIndex {
  std::vector<JsonRecord> records;
};

class JsonRecords final : public Records {
 public:
  JsonRecords(std::shared_ptr<TextSource> source, std::string path, const RecordPaths& paths,
              Documents documents)
      : path_(path),
        splitter_(path, paths, documents),
        text_(std::move(source), std::move(path), "record") {}

  /// Cuts the first chunk; where several lists are in the text at hand, one of each.
  Status begin() {
    while (first_.size() < sampled_lists) {
      auto chunk = cut();
      if (!chunk && first_.empty()) {
        return std::move(chunk).error();
      }
      if (!chunk || !*chunk) {
        break;
      }
      first_.push_back(std::move(**chunk));
      if (!text_.at_end() && first_.back().bytes.size() >= RefillBuffer::usual_size / 2) {
        break;
      }
    }
    return Done{};
  }

  Result<std::optional<Chunk>> next() override {
    if (first_.empty()) {
      return cut();
    }
    std::optional<Chunk> chunk = std::move(first_.front());
    first_.pop_front();
    return chunk;
  }

  void expect(const FieldSelection& selection) override {
    selection_ = &selection;
    readers_.clear();
  }

  Status parse(Chunk& chunk, RowSink& sink) const override {
    assert(selection_ != nullptr);
    std::unique_ptr<Reader> reader = take_reader();
    auto& [extractor, templates] = *reader;
    bool can_compare = false;  // The last row with the next one.
    IssueTally repaired;
    IssueTally duplicates;
    IssueTally twins;
    for (const JsonRecord& record : chunk.index_as<JsonIndex>().records) {
      std::uint64_t surrogates = 0;
      const bool could_compare = std::exchange(can_compare, false);
      const bool is_by_template = read_by_template(chunk, record, templates, extractor);
      if (!is_by_template) {
        surrogates = repair_surrogates(record.bytes_in(chunk));
        if (auto parsed = parse_record(chunk, record, extractor); !parsed) {
          return parsed;
        }
      }
      if (extractor.too_deep()) {
        sink.issue(
            {input_issue::nested_too_deep, record.line,
             fmt::format("a record nested deeper than {} levels was left out", deepest_json)});
        continue;
      }
      repaired.add(record.line, surrogates + extractor.repaired());
      const std::uint64_t last_line = record.line + record.hints.lines;
      duplicates.add(last_line - extractor.duplicates().lines_behind, extractor.duplicates().count);
      twins.add(last_line - extractor.twins().lines_behind, extractor.twins().count);
      can_compare = is_by_template && record.key.empty();
      for (std::size_t i = 0; i < extractor.row_count(); ++i) {
        Row row = extractor.row(i);
        row.same_columns_as_previous =
            could_compare && can_compare && templates.same_columns_as_previous();
        sink.row(row);
      }
      chunk.bytes.let_go(record.begin, record.end);
    }
    if (repaired.count > 0) {
      sink.issue({input_issue::repaired_text, repaired.line,
                  "text that is not valid UTF-8 was repaired with U+FFFD", repaired.count});
    }
    if (duplicates.count > 0) {
      sink.issue({input_issue::duplicate_member, duplicates.line,
                  "a member stands twice in one object: the last one counts", duplicates.count});
    }
    if (twins.count > 0) {
      sink.issue({input_issue::names_differ_in_case, twins.line,
                  "members of one object differ only in the case of their names: the one that is "
                  "spelled as the profile has it counts, else the first",
                  twins.count});
    }
    give_back(std::move(reader));
    return Done{};
  }

  Status survey(Chunk& chunk, FieldSink& sink) const override {
    assert(selection_ != nullptr);
    JsonFieldProfiler profiler(*selection_, sink);
    for (const JsonRecord& record : chunk.index_as<JsonIndex>().records) {
      repair_surrogates(record.bytes_in(chunk));
      sink.begin_record(chunk.container, 0);
      if (auto parsed = parse_record(chunk, record, profiler); !parsed) {
        return parsed;
      }
      if (!profiler.too_deep()) {
        sink.end_record();
      }
      chunk.bytes.let_go(record.begin, record.end);
    }
    return Done{};
  }

  void each_json(const Chunk& chunk,
                 const std::function<void(std::string_view json)>& sink) const override {
    for (const JsonRecord& record : chunk.index_as<JsonIndex>().records) {
      sink(record.text_in(chunk).text());
    }
  }

  [[nodiscard]] std::vector<Chunk> sample() const override {
    std::vector<Chunk> samples;
    for (const Chunk& chunk : first_) {
      samples.push_back(copy_of(chunk));
    }
    return samples;
  }

  [[nodiscard]] std::vector<std::string> fields() const override;

  [[nodiscard]] std::vector<std::string> passed_over() const override {
    return splitter_.passed_over();
  }

  void finish(RowSink& sink) const override {
    if (splitter_.skipped().count > 0) {
      sink.issue({input_issue::not_a_record, splitter_.skipped().line,
                  "an element of a list of records is not an object, and was left out",
                  splitter_.skipped().count});
    }
    for (const std::string& text : splitter_.texts()) {
      sink.remark(text, 0);
    }
  }

 private:
  /// Remembers what the records of this file look like.
  struct Reader {
    explicit Reader(const FieldSelection& selection) : extractor(selection), templates(selection) {}
    JsonCellExtractor extractor;
    JsonTemplateCache templates;
  };

  std::unique_ptr<Reader> take_reader() const {
    const std::scoped_lock lock(readers_mutex_);
    if (readers_.empty()) {
      return std::make_unique<Reader>(*selection_);
    }
    std::unique_ptr<Reader> reader = std::move(readers_.back());
    readers_.pop_back();
    return reader;
  }
  void give_back(std::unique_ptr<Reader> reader) const {
    const std::scoped_lock lock(readers_mutex_);
    readers_.push_back(std::move(reader));
  }

  /// The quick way, for records like others that were read and have none inside.
  bool read_by_template(const Chunk& chunk, const JsonRecord& record, JsonTemplateCache& templates,
                        JsonCellExtractor& extractor) const {
    if (selection_->has_nested() || record.hints.has_controls) {
      return false;
    }
    const PaddedView text = record.text_in(chunk);
    extractor.start_plain(record.hints.is_ascii, record.line, record.key);
    if (templates.read(text, record.hints.has_escapes, extractor)) {
      return true;
    }
    templates.learn(text);
    return false;
  }

  template <typename Handler>
  Status parse_record(Chunk& chunk, const JsonRecord& record, Handler& handler) const {
    char* const text = record.bytes_in(chunk).data();
    const std::size_t size = record.size();
    if (record.hints.has_controls) {
      // RapidJSON overlooks some of them.
      if (const std::size_t at = find_control_in_text({text, size}); at != std::string_view::npos) {
        return Error{control_message(text[at]), {path_, record.line + lines_in({text, at})}};
      }
    }
    const char after = std::exchange(text[size], '\0');
    rapidjson::InsituStringStream stream(text);
    handler.start(stream, record.text_in(chunk), record.line, record.key);
    const rapidjson::ParseResult parsed = JsonReader().Parse<json_record_flags>(stream, handler);
    text[size] = after;
    if (!parsed.IsError()) {
      return Done{};
    }
    const std::size_t offset = std::min(parsed.Offset(), size);
    if (!handler.too_deep()) {
      return broken_record({text, size}, offset, record, json_message(parsed.Code()));
    }
    // Nobody reads on, but what is left out is JSON as well.
    const std::string outside = outside_of(text[offset - 1], handler);
    const auto fault = find_fault(outside + std::string(text + offset, size - offset));
    if (!fault) {
      return Done{};
    }
    return broken_record({text, size}, offset + fault->at - outside.size(), record, fault->message);
  }

  /// What a value must stand in for `bracket` to be as deep as nobody reads.
  template <typename Handler>
  static std::string outside_of(char bracket, const Handler& handler) {
    std::string outside;
    for (std::size_t depth = 1; depth < deepest_json; ++depth) {
      outside += handler.is_list(depth) ? "[" : R"({"":)";
    }
    return outside + bracket;
  }

  /// All behind `offset` must stand there as it was.
  [[nodiscard]] Error broken_record(std::string_view text, std::size_t offset,
                                    const JsonRecord& record, std::string message) const {
    const std::uint64_t lines = record.hints.lines - lines_in(text.substr(offset));
    const std::size_t line_begin = text.substr(0, offset).rfind('\n') + 1;
    const bool is_conflict = is_conflict_marker(text.substr(line_begin));
    return {is_conflict ? std::string(conflict_message) : std::move(message),
            {path_, record.line + lines}};
  }

  /// Cuts the next run of records that stand in one list.
  Result<std::optional<Chunk>> cut() {
    while (!failure_ && !ended_) {
      JsonIndex index;
      Chunk chunk = collect(index);
      if (!index.records.empty()) {
        chunk.index = std::make_unique<JsonIndex>(std::move(index));
        return std::optional<Chunk>(std::move(chunk));
      }
      if (failure_ || ended_) {
        break;
      }
      const std::size_t done = splitter_.position();
      if (auto filled = text_.fill(done, splitter_.current_line()); !filled) {
        failure_ = std::move(filled).error();
      } else {
        splitter_.rewind(done);
      }
    }
    if (failure_) {
      return *failure_;
    }
    return std::optional<Chunk>();
  }

  /// Takes records from the text at hand until it or their list ends. What comes too late for this
  /// chunk, an error as well, is kept for the next one.
  Chunk collect(JsonIndex& index) {
    Chunk chunk;
    while (true) {
      if (!held_) {
        auto outcome = splitter_.next(text_.padded(), text_.at_end());
        if (!outcome) {
          failure_ = std::move(outcome).error();
          break;
        }
        if (*outcome != JsonRecordSplitter::Outcome::record) {
          ended_ = *outcome == JsonRecordSplitter::Outcome::end;
          break;
        }
      }
      held_ = !index.records.empty() && splitter_.container() != chunk.container;
      if (held_) {
        break;
      }
      chunk.container = splitter_.container();
      index.records.push_back({static_cast<std::uint32_t>(splitter_.begin()),
                               static_cast<std::uint32_t>(splitter_.end()), splitter_.line(),
                               splitter_.key(), splitter_.hints()});
    }
    if (!index.records.empty()) {
      hand_over(chunk, index);
    }
    return chunk;
  }

  /// Gives the text to the chunk and goes on with a copy of what it does not need; or the other way
  /// round where lists are short, so that the long rest is not copied for each of them.
  void hand_over(Chunk& chunk, JsonIndex& index) {
    const std::size_t done = held_ ? splitter_.begin() : splitter_.position();
    chunk.begin = index.records.front().begin;
    chunk.end = index.records.back().end;
    chunk.line = index.records.front().line;
    if (chunk.end - chunk.begin < text_.size() - done) {
      chunk.bytes = Buffer(text_.view().substr(chunk.begin, chunk.end - chunk.begin));
      for (JsonRecord& record : index.records) {
        record.begin -= static_cast<std::uint32_t>(chunk.begin);
        record.end -= static_cast<std::uint32_t>(chunk.begin);
      }
      chunk.end -= chunk.begin;
      chunk.begin = 0;
      return;
    }
    chunk.bytes = text_.hand_over(done);
    splitter_.rewind(done);
  }

  static Chunk copy_of(const Chunk& chunk) {
    JsonIndex index = chunk.index_as<JsonIndex>();
    index.records.resize(std::min(index.records.size(), sampled_records));
    Chunk copy;
    copy.container = chunk.container;
    copy.bytes = Buffer(chunk.bytes.view().substr(0, index.records.back().end));
    copy.index = std::make_unique<JsonIndex>(std::move(index));
    return copy;
  }

  std::string path_;
  const FieldSelection* selection_ = nullptr;
  mutable std::mutex readers_mutex_;
  mutable std::vector<std::unique_ptr<Reader>> readers_;  ///< That nobody reads with at present.
  JsonRecordSplitter splitter_;
  RefillBuffer text_;
  std::deque<Chunk> first_;  ///< Cut beforehand, to look at.
  std::optional<Error> failure_;
  bool ended_ = false;
  bool held_ = false;  ///< The splitter's record belongs to the next chunk.
};

std::vector<std::string> JsonRecords::fields() const {
  NameCollector collector;
  const auto samples = sample();
  if (!samples.empty()) {
    const Chunk& chunk = samples.front();
    const JsonRecord& record = chunk.index_as<JsonIndex>().records.front();
    chunk.bytes.data()[record.end] = '\0';
    rapidjson::InsituStringStream stream(chunk.bytes.data() + record.begin);
    JsonReader().Parse<json_record_flags>(stream, collector);
  }
  return std::move(collector.names);
}

int likeness(std::string_view beginning) {
  const std::string_view text = trim(beginning);
  return text.starts_with('{') || text.starts_with('[') ? 2 : 0;
}

Result<std::unique_ptr<Records>> open(std::shared_ptr<TextSource> source, std::string path,
                                      const RecordPaths& paths) {
  return open_json_records(std::move(source), std::move(path), paths);
}

const Register<Syntax> syntax{
    {.id = "json", .endings = {".json", ".ndjson", ".jsonl"}, .likeness = likeness, .open = open}};

}  // namespace

Result<std::unique_ptr<Records>> open_json_records(std::shared_ptr<TextSource> source,
                                                   std::string path, const RecordPaths& paths,
                                                   Documents documents) {
  auto records =
      std::make_unique<JsonRecords>(std::move(source), std::move(path), paths, documents);
  if (auto begun = records->begin(); !begun) {
    return std::move(begun).error();
  }
  return std::unique_ptr<Records>(std::move(records));
}

}  // namespace tierline
