#include "synthetic/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace tierline::synthetic {
namespace {

constexpr std::size_t buffer_size = 1U << 20U;

/// ServiceNow cuts an export off at this many rows, so no file may happen to have just as many.
constexpr std::uint64_t export_cap = 10'000;

std::uint64_t records_per_file(std::uint64_t records, std::uint64_t page) {
  page = page == 0 ? std::max<std::uint64_t>(records, 1) : page;
  while (std::min(page, records) == export_cap || records % page == export_cap) {
    --page;
  }
  return page;
}

std::unique_ptr<Syntax> syntax_of(Format format) {
  switch (format) {
    case Format::json:
      return json_syntax();
    case Format::ndjson:
      return ndjson_syntax();
    case Format::xml:
      return xml_syntax();
    case Format::yaml:
      return yaml_syntax();
    case Format::csv:
      break;
  }
  return csv_syntax();
}

}  // namespace

Table::Table(const Options& options, const std::filesystem::path& folder, std::string_view name,
             std::uint64_t records)
    : syntax_(syntax_of(options.format)),
      page_(records_per_file(records, options.page)),
      paged_(options.page > 0 || records > page_),
      path_(folder / name) {}

void Table::begin_file() {
  const auto number = paged_ ? fmt::format("_{:03}", files_ + 1) : "";
  file_.open(fmt::format("{}{}.{}", path_.string(), number, syntax_->extension()),
             std::ios::binary);
  ++files_;
  syntax_->begin_file(buffer_);
}

void Table::end_record() {
  if (records_ == page_) {
    close();
  }
  if (records_ == 0) {
    begin_file();
  }
  ++records_;
  facts_ = nullptr;
  syntax_->end_record(buffer_);
  if (buffer_.size() > buffer_size) {
    flush();
  }
}

void Table::flush() {
  if (!file_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size())).flush()) {
    throw std::runtime_error(fmt::format("cannot write {}", path_.string()));
  }
  buffer_.clear();
}

void Table::close() {
  if (records_ > 0) {
    syntax_->end_file(buffer_);
    flush();
    file_.close();
    records_ = 0;
  }
}

}  // namespace tierline::synthetic
