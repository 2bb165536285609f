// CSV as RFC 4180 has it, and as spreadsheets and mail programs leave it.

#include <fmt/format.h>

#include <algorithm>
#include <boost/unordered/unordered_flat_set.hpp>
#include <map>
#include <set>

#include "input/csv/csv_text.h"
#include "input/csv/field_profiler.h"
#include "input/csv/row_builder.h"
#include "input/input.h"
#include "input/refill_buffer.h"
#include "input/scan.h"
#include "support/quote.h"
#include "tierline/text.h"
#include "tierline/utf8.h"

namespace tierline {
namespace {

constexpr std::size_t sample_size = 16 * 1024;

class CsvRecords final : public Records {
 public:
  CsvRecords(std::shared_ptr<TextSource> source, std::string path)
      : path_(path),
        text_(std::move(source), std::move(path), "row", ": does a quote stay open?") {}

  /// Reads the header and the first chunk.
  Status begin() {
    bool stray = false;
    std::vector<csv::RawCell> cells;
    std::size_t end = 0;
    do {
      if (auto filled = fill(); !filled) {
        return filled;
      }
      if (has_bare_returns(text_.view())) {
        return Error{"its lines end in CR alone: save it again with CR LF or LF", {path_, 1}};
      }
      skip_before_header();
      separator_ =
          said_separator_ ? said_separator_ : csv::find_separator(text_.view().substr(done_));
      cells.clear();
      end = csv::take_row(text_.view(), done_, separator_, cells, stray);
    } while (end == text_.size() && !text_.at_end());
    if (csv::is_open(text_.view(), cells.back())) {
      return ends_in_quotes(line_);
    }
    if (is_wrapped(cells)) {
      wrapped_ = true;
      read_header(csv::unquote(text_.data(), cells.front()));
    } else {
      for (const csv::RawCell& cell : cells) {
        add_column(csv::unquote(text_.data(), cell));
      }
    }
    line_ += lines_in(text_.view().substr(done_, end - done_));
    done_ = end;
    auto chunk = cut();
    if (!chunk) {
      return std::move(chunk).error();
    }
    first_ = std::move(*chunk);
    return Done{};
  }

  Result<std::optional<Chunk>> next() override {
    return first_ ? std::exchange(first_, std::nullopt) : cut();
  }

  void expect(const FieldSelection& selection) override {
    const std::map<std::string, std::string> chosen = choose_columns(selection);
    const bool has_titles = std::ranges::any_of(columns_, [&](const csv::Column& column) {
      return selection.column(column.header) != nullptr &&
             (selection.exactness(column.header) == 1 ||
              column.header.find(' ') != std::string::npos);
    });
    std::set<std::pair<Slot, Facet>> seen;
    for (csv::Column& column : columns_) {
      // A word that is a title in another case may be the field of somebody else's export.
      const bool may_be_selected = has_titles || selection.exactness(column.header) >= 0;
      const FieldSelection::Field* selected =
          may_be_selected ? selection.column(column.header) : nullptr;
      column.is_selected = selected != nullptr && chosen.at(fold(column.header)) == column.header &&
                           seen.emplace(selected->slot, selected->facet).second;
      if (column.is_selected) {
        column.selected = *selected;
      }
    }
  }

  Status parse(Chunk& chunk, RowSink& sink) const override { return parse(chunk, columns_, sink); }

  Status survey(Chunk& chunk, FieldSink& sink) const override {
    csv::FieldProfiler profiler(columns_, sink);
    return parse(chunk, profiler.all_selected(), profiler);
  }

  [[nodiscard]] std::vector<Chunk> sample() const override {
    std::vector<Chunk> samples;
    if (first_) {
      const PaddedView padded =
          first_->bytes.padded().from(first_->begin).first(first_->end - first_->begin);
      const std::string_view rows = padded.text();
      csv::RowBoundary cut =
          csv::last_row_end(padded.first(sample_size), wrapped_ ? '\0' : separator_);
      Chunk& copy = samples.emplace_back();
      copy.bytes = Buffer(cut.end > 0 ? rows.substr(0, cut.end) : rows);
      copy.end = copy.bytes.size();
      copy.line = first_->line;
      cut.index.regular = cut.index.regular && cut.end > 0;
      copy.index = std::make_unique<csv::Index>(std::move(cut.index));
    }
    return samples;
  }

  [[nodiscard]] std::vector<std::string> fields() const override {
    std::vector<std::string> headers;
    headers.reserve(columns_.size());
    std::ranges::transform(columns_, std::back_inserter(headers), &csv::Column::header);
    return headers;
  }

  [[nodiscard]] std::vector<Slot> columns() const override {
    std::vector<Slot> slots;
    for (const csv::Column& column : columns_) {
      if (column.is_selected) {
        slots.push_back(column.selected.slot);
      }
    }
    return slots;
  }

  void finish(RowSink& sink) const override {
    if (!repeated_.empty()) {
      sink.issue({input_issue::repeated_column, 1,
                  fmt::format("column {} stands more than once: the first one is read",
                              quoted(repeated_))});
    }
    if (!twins_.first.empty()) {
      sink.issue({input_issue::names_differ_in_case, 1,
                  fmt::format("columns {} and {} differ only in the case of their letters: the "
                              "first one of these is read",
                              quoted(twins_.first), quoted(twins_.second))});
    }
    if (unended_line_ != 0) {
      sink.issue({input_issue::no_line_end, unended_line_,
                  "the last row has all its cells but no line end: see whether rows are missing "
                  "behind it"});
    }
  }

 private:
  /// Of headers that are selected and differ only in case, by what they have in common, the one
  /// that is to be read: the one that is spelled as the profile has it, else the first.
  std::map<std::string, std::string> choose_columns(const FieldSelection& selection) {
    twins_ = {};
    std::map<std::string, std::string> chosen;
    for (const csv::Column& column : columns_) {
      const auto [known, is_new] = chosen.try_emplace(fold(column.header), column.header);
      if (is_new || known->second == column.header || selection.column(column.header) == nullptr) {
        continue;
      }
      std::string other = column.header;
      if (selection.exactness(other) > selection.exactness(known->second)) {
        std::swap(other, known->second);
      }
      twins_ = {known->second, std::move(other)};
    }
    return chosen;
  }

  static bool has_bare_returns(std::string_view text) {
    return text.find('\n') == std::string_view::npos && text.find('\r') < text.size() - 1;
  }

  [[nodiscard]] Error ends_in_quotes(std::uint64_t line) const {
    return {"the file ends inside of a quoted cell: the export was cut off, make it again",
            {path_, line}};
  }

  /// Empty lines, and the line with which spreadsheets say the separator: "sep=;".
  void skip_before_header() {
    while (true) {
      const std::string_view rest = text_.view().substr(done_);
      const std::size_t size = rest.find('\n');
      const std::string_view line = trim(rest.substr(0, size));
      const bool says_separator =
          line.size() == 5 && line.starts_with("sep=") && line.back() != '"';
      if (size == std::string_view::npos || !(line.empty() || says_separator)) {
        return;
      }
      said_separator_ = says_separator ? line.back() : said_separator_;
      done_ += size + 1;
      ++line_;
    }
  }

  /// A spreadsheet's mail round trip makes one quoted cell of each row: "a,""b"",""c""".
  [[nodiscard]] bool is_wrapped(const std::vector<csv::RawCell>& header) const {
    return header.size() == 1 && header.front().quoted &&
           text_.view()
                   .substr(header.front().begin, header.front().end - header.front().begin)
                   .find(',') != std::string_view::npos;
  }

  void read_header(std::string_view header) {
    std::string copy(header);
    separator_ = csv::find_separator(copy);
    std::vector<csv::RawCell> cells;
    bool stray = false;
    csv::take_row(copy, 0, separator_, cells, stray);
    for (const csv::RawCell& cell : cells) {
      add_column(csv::unquote(copy.data(), cell));
    }
  }

  void add_column(std::string_view header) {
    std::string name = is_utf8(header) ? std::string(header) : from_windows_1252(header);
    name = trim(name);
    if (!name.empty() && !headers_.insert(name).second) {
      repeated_ = name;
    }
    columns_.push_back({.header = std::move(name), .is_selected = false, .selected = {}});
  }

  Status parse(Chunk& chunk, const std::vector<csv::Column>& columns, RowSink& sink) const {
    csv::RowBuilder row(columns, path_, sink);
    auto parsed = chunk.index_as<csv::Index>().regular && !wrapped_ ? parse_regular(chunk, row)
                                                                    : parse_scalar(chunk, row);
    row.report();
    return parsed;
  }

  /// How many cells the next row has; 0 when it has more than there are columns, or no line end.
  [[nodiscard]] std::size_t cells_of_row(const char* text, scan::BitIndexer& cell_ends) const {
    std::size_t cell = 0;
    do {
      const std::span<const std::uint32_t> ends = cell_ends.at_hand();
      for (const std::size_t some = std::min(ends.size(), columns_.size()); cell < some; ++cell) {
        if (text[ends[cell]] == '\n') {
          return cell + 1;
        }
      }
    } while (cell < columns_.size() && cell_ends.find_more());
    return 0;
  }

  Status parse_regular(Chunk& chunk, csv::RowBuilder& row) const {
    const auto& index = chunk.index_as<csv::Index>();
    char* const text = chunk.bytes.data() + chunk.begin;
    const std::size_t size = chunk.end - chunk.begin;
    scan::BitIndexer cell_ends(index.cell_ends);
    std::uint64_t line = chunk.line;
    for (std::size_t begin = 0; begin < size;) {
      row.start(line);
      const std::size_t cells = cells_of_row(text, cell_ends);
      std::size_t end = begin;
      if (const auto ends = cell_ends.at_hand().first(cells);
          cells == columns_.size() && row.add_whole_row(text, begin, ends, index.needs_decoding)) {
        end = ends.back() + 1;
        cell_ends.pass(cells);
      } else {
        end = add_cells({text, size}, begin, cell_ends, row);
        if (auto finished = row.finish(text[end - 1] != '\n'); !finished) {
          return finished;
        }
      }
      line += index.quoted_lines ? lines_in({text + begin, end - begin}) : 1;
      chunk.bytes.let_go(chunk.begin + begin, chunk.begin + end);
      begin = end;
    }
    return Done{};
  }

  /// The cells of the row at `begin`, one after the other; returns where the next row begins.
  static std::size_t add_cells(std::span<char> text, std::size_t begin, scan::BitIndexer& cell_ends,
                               csv::RowBuilder& row) {
    while (true) {
      while (cell_ends.at_hand().empty() && cell_ends.find_more()) {
      }
      const bool cut_off = cell_ends.at_hand().empty();
      const std::size_t end = cut_off ? text.size() : cell_ends.at_hand().front();
      const bool ends_row = cut_off || text[end] == '\n';
      const bool has_return = ends_row && end > begin && text[end - 1] == '\r';
      row.add(csv::unquote(text.data(),
                           {begin, has_return ? end - 1 : end, begin < end && text[begin] == '"'}));
      if (cut_off) {
        return end;
      }
      cell_ends.pass(1);
      begin = end + 1;
      if (ends_row) {
        return begin;
      }
    }
  }

  Status parse_scalar(Chunk& chunk, csv::RowBuilder& row) const {
    const std::string_view text(chunk.bytes.data(), chunk.end);
    std::uint64_t line = chunk.line;
    std::vector<csv::RawCell> cells;
    std::string unwrapped;
    for (std::size_t at = chunk.begin; at < chunk.end;) {
      bool stray = false;
      cells.clear();
      const std::size_t next = csv::take_row(text, at, wrapped_ ? '\0' : separator_, cells, stray);
      const bool cut_off = text[next - 1] != '\n';
      const std::uint64_t lines = lines_in(text.substr(at, next - at));
      char* source = chunk.bytes.data();
      if (wrapped_) {
        unwrapped = csv::unquote(source, cells.front());
        cells.clear();
        csv::take_row(unwrapped, 0, separator_, cells, stray);
        source = unwrapped.data();
      }
      row.start(line);
      if (stray) {
        row.count_stray();
      }
      for (const csv::RawCell& cell : cells) {
        row.add(csv::unquote(source, cell));
      }
      if (auto finished = row.finish(cut_off); !finished) {
        return finished;
      }
      line += lines;
      chunk.bytes.let_go(at, next);
      at = next;
    }
    return Done{};
  }

  /// Cuts the next run of whole rows.
  Result<std::optional<Chunk>> cut() {
    while (true) {
      const PaddedView padded = text_.padded().from(done_);
      const std::string_view rest = padded.text();
      csv::RowBoundary cut = csv::last_row_end(padded, wrapped_ ? '\0' : separator_);
      if (text_.at_end()) {
        if (cut.open_quote) {
          return ends_in_quotes(line_ + cut.lines);
        }
        if (!trim(rest.substr(cut.end)).empty()) {
          unended_line_ = line_ + cut.lines;
        }
        cut.end = rest.size();
        cut.lines = lines_in(rest);
      }
      if (cut.end > 0) {
        return std::optional<Chunk>(hand_over(std::move(cut)));
      }
      if (text_.at_end()) {
        return std::optional<Chunk>();
      }
      if (auto filled = fill(); !filled) {
        return std::move(filled).error();
      }
    }
  }

  Chunk hand_over(csv::RowBoundary&& cut) {
    Chunk chunk;
    chunk.begin = done_;
    chunk.end = done_ + cut.end;
    chunk.line = line_;
    line_ += cut.lines;
    chunk.index = std::make_unique<csv::Index>(std::move(cut.index));
    chunk.bytes = text_.hand_over(chunk.end);
    done_ = 0;
    return chunk;
  }

  Status fill() {
    auto filled = text_.fill(done_, line_);
    done_ = filled ? 0 : done_;
    return filled;
  }

  std::string path_;
  std::vector<csv::Column> columns_;
  boost::unordered_flat_set<std::string> headers_;
  std::string repeated_;
  std::pair<std::string, std::string> twins_;  ///< The header that is read, and one that is not.
  char separator_ = ',';
  char said_separator_ = '\0';  ///< By the file itself; none.
  bool wrapped_ = false;
  RefillBuffer text_;
  std::size_t done_ = 0;  ///< Text before this has been handed over.
  std::uint64_t line_ = 1;
  std::uint64_t unended_line_ = 0;  ///< Of the last row, if it has no line end.
  std::optional<Chunk> first_;
};

Result<std::unique_ptr<Records>> open(std::shared_ptr<TextSource> source, std::string path,
                                      const RecordPaths& /*paths*/) {
  auto records = std::make_unique<CsvRecords>(std::move(source), std::move(path));
  if (auto begun = records->begin(); !begun) {
    return std::move(begun).error();
  }
  return std::unique_ptr<Records>(std::move(records));
}

/// Any text can be CSV; what looks like something else is asked first.
int likeness(std::string_view /*beginning*/) {
  return 1;
}

const Register<Syntax> syntax{{.id = "csv",
                               .endings = {".csv", ".tsv"},
                               .likeness = likeness,
                               .open = open,
                               .has_header_line = true}};

}  // namespace
}  // namespace tierline
