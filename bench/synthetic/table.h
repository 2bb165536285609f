#pragma once
// The files of one table.

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>

#include "synthetic.h"
#include "synthetic/facts.h"
#include "synthetic/syntax.h"

namespace tierline::synthetic {

/// Writes one table, record by record, field by field, to one file or several.
class Table {
 public:
  Table(const Options& options, const std::filesystem::path& folder, std::string_view name,
        std::uint64_t records);

  void text(std::string_view field, std::string_view value) {
    syntax_->text(field, said(field, value));
  }
  void reference(std::string_view field, std::string_view table, std::string_view id) {
    syntax_->reference(field, table, said(field, id));
  }
  /// What the next record says instead, field by field.
  void say_instead(const Facts& facts) { facts_ = &facts; }
  void end_record();
  /// To be called after the last record: a destructor could not tell that the disk is full.
  void close();

 private:
  void begin_file();
  void flush();
  std::string_view said(std::string_view field, std::string_view value) const {
    if (facts_ == nullptr) {
      return value;
    }
    const auto fact = facts_->find(field);
    return fact == facts_->end() ? value : fact->second;
  }

  std::unique_ptr<Syntax> syntax_;
  std::uint64_t page_;  // Records a file.
  bool paged_;
  std::filesystem::path path_;  // Without number and extension.
  std::ofstream file_;
  std::uint64_t files_ = 0;
  std::uint64_t records_ = 0;  // In this file.
  std::string buffer_;
  const Facts* facts_ = nullptr;
};

}  // namespace tierline::synthetic
