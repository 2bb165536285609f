#include <utility>

#include "synthetic/syntax.h"

namespace tierline::synthetic {
namespace {

class JsonRecords : public Syntax {
 public:
  void text(std::string_view field, std::string_view value) override {
    begin_field(field);
    append_json(record_, value);
  }

  void reference(std::string_view field, std::string_view table, std::string_view id) override {
    if (id.empty()) {
      text(field, id);
      return;
    }
    begin_field(field);
    record_.append(R"({"link":"https://synthetic.example/api/now/table/)").append(table);
    record_.append("/").append(id).append(R"(","value":")").append(id).append(R"("})");
  }

 protected:
  void append_record(std::string& out) {
    out.append("{").append(record_).append("}");
    record_.clear();
  }

 private:
  void begin_field(std::string_view field) {
    record_ += record_.empty() ? "" : ",";
    record_.append("\"").append(field).append("\":");
  }

  std::string record_;
};

class Json final : public JsonRecords {
 public:
  std::string_view extension() const override { return "json"; }

  void begin_file(std::string& out) override {
    out += "{\"result\":[\n";
    before_ = "";
  }

  void end_record(std::string& out) override {
    out += std::exchange(before_, ",\n");
    append_record(out);
  }

  void end_file(std::string& out) override { out += "\n]}\n"; }

 private:
  const char* before_ = "";
};

class Ndjson final : public JsonRecords {
 public:
  std::string_view extension() const override { return "ndjson"; }

  void begin_file(std::string& /*out*/) override {}

  void end_record(std::string& out) override {
    append_record(out);
    out += '\n';
  }

  void end_file(std::string& /*out*/) override {}
};

}  // namespace

std::unique_ptr<Syntax> json_syntax() {
  return std::make_unique<Json>();
}

std::unique_ptr<Syntax> ndjson_syntax() {
  return std::make_unique<Ndjson>();
}

void append_json(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c == '"' || c == '\\' ? "\\" : "";
      out += c;
    }
  }
  out += '"';
}

}  // namespace tierline::synthetic
