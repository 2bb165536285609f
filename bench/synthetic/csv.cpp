#include "synthetic/syntax.h"

namespace tierline::synthetic {
namespace {

void append_csv(std::string& out, std::string_view text) {
  out += '"';
  for (auto quote = text.find('"'); quote != text.npos; quote = text.find('"')) {
    out.append(text.substr(0, quote + 1)).append("\"");
    text.remove_prefix(quote + 1);
  }
  out.append(text).append("\"");
}

class Csv final : public Syntax {
 public:
  std::string_view extension() const override { return "csv"; }

  void text(std::string_view field, std::string_view value) override {
    if (!has_header_) {
      header_ += header_.empty() ? "" : ",";
      append_csv(header_, field);
    }
    record_ += record_.empty() ? "" : ",";
    append_csv(record_, value);
  }

  void reference(std::string_view field, std::string_view /*table*/, std::string_view id) override {
    text(field, id);
  }

  void begin_file(std::string& out) override {
    has_header_ = true;
    out.append(header_).append("\r\n");
  }

  void end_record(std::string& out) override {
    out.append(record_).append("\r\n");
    record_.clear();
  }

  void end_file(std::string& /*out*/) override {}

 private:
  std::string header_;  // Gathered from the first record.
  bool has_header_ = false;
  std::string record_;
};

}  // namespace

std::unique_ptr<Syntax> csv_syntax() {
  return std::make_unique<Csv>();
}

}  // namespace tierline::synthetic
