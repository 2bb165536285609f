#include "input/rows.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <utility>

#include "scratch.h"
#include "tierline/text.h"

namespace tierline {
namespace {

class Collector final : public RowSink {
 public:
  Collector(const std::vector<std::string>& fields, ReadText& read)
      : fields_(fields), read_(read) {}

  void row(const Row& row) override {
    std::vector<std::pair<Slot, Facet>> fields;
    for (const Cell& cell : row.cells) {
      fields.emplace_back(cell.slot, cell.facet);
    }
    EXPECT_TRUE(!row.same_columns_as_previous || fields == last_fields_) << "line " << row.line;
    last_fields_ = std::move(fields);
    std::string text;
    for (std::uint32_t i = 0; i < row.depth; ++i) {
      text += "> ";
    }
    text += fmt::format("{}{}{}:", row.container, row.depth > 0 ? "@" : "", row.line);
    for (const Cell& cell : row.cells) {
      text += fmt::format(" {}{}={}", fields_[cell.slot],
                          cell.group > 0 ? fmt::format("[{}]", cell.group) : "", cell.text);
    }
    read_.rows.push_back(std::move(text));
  }
  void issue(InputIssue issue) override {
    read_.issues.push_back(fmt::format("{}@{} x{}", issue.kind, issue.line, issue.count));
  }
  bool remark(std::string_view text, std::uint64_t /*line*/) override {
    read_.remarks.emplace_back(text);
    return false;
  }

 private:
  const std::vector<std::string>& fields_;
  ReadText& read_;
  std::vector<std::pair<Slot, Facet>> last_fields_;  ///< Of the last row.
};

FieldSelection selection_of(const std::vector<std::string>& fields, const Shape& shape) {
  FieldSelection selection;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    std::vector<std::string> path;
    for (const std::string_view step : split(fields[i], ".")) {
      path.emplace_back(step);
    }
    const FieldSelection::Field selected{static_cast<Slot>(i), Facet::text};
    selection.add_path(path, selected);
    selection.add_column(fields[i], selected);
  }
  for (const std::string& nested : shape.nested) {
    const bool by_key = nested.ends_with(".*");
    selection.add_nested(nested.substr(0, nested.size() - (by_key ? 2 : 0)), by_key);
  }
  if (!shape.pairs.empty()) {
    selection.add_pairs(std::vector{shape.pairs}, "name", "value");
  }
  return selection;
}

/// Without the folder of the test, which is another one in every run.
std::string error_of(const Error& error, const std::string& folder) {
  std::string text = to_string(error);
  return text.starts_with(folder) ? text.substr(folder.size() + 1) : text;
}

}  // namespace

ReadText read_text(std::string_view text, const std::vector<std::string>& fields,
                   const std::string& name, const Shape& shape) {
  const Scratch scratch;
  ReadText read;
  const auto failed = [&](const Error& error) {
    read.error = error_of(error, scratch.path());
    return read;
  };
  const std::string path = scratch.write(name, text);
  auto reader = FileReader::open(path);
  if (!reader) {
    return failed(reader.error());
  }
  auto file = (*reader)->next();
  if (!file) {
    return failed(file.error());
  }
  auto& source = file->value().text;
  if (!source) {
    return failed(source.error());
  }
  RecordPaths paths;
  for (const std::string& one : shape.paths) {
    paths.add(one);
  }
  auto opened = open_export(std::move(*source), path, paths);
  if (!opened) {
    return failed(opened.error());
  }
  read.syntax = opened->syntax->id;
  const FieldSelection selection = selection_of(fields, shape);
  opened->records->expect(selection);
  Collector collector(fields, read);
  const auto parsed = opened->records->each_chunk(
      [&](Chunk& chunk) { return opened->records->parse(chunk, collector); });
  if (!parsed) {
    return failed(parsed.error());
  }
  opened->records->finish(collector);
  return read;
}

}  // namespace tierline
