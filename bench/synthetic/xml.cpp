#include "synthetic/syntax.h"

namespace tierline::synthetic {
namespace {

void append_xml(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      default:
        out += c;
    }
  }
}

class Xml final : public Syntax {
 public:
  std::string_view extension() const override { return "xml"; }

  void text(std::string_view field, std::string_view value) override {
    if (value.empty()) {
      record_.append("<").append(field).append("/>");
      return;
    }
    record_.append("<").append(field).append(">");
    append_xml(record_, value);
    record_.append("</").append(field).append(">");
  }

  void reference(std::string_view field, std::string_view table, std::string_view id) override {
    if (id.empty()) {
      text(field, id);
      return;
    }
    record_.append("<").append(field).append("><link>https://synthetic.example/api/now/table/");
    record_.append(table).append("/").append(id).append("</link><value>").append(id);
    record_.append("</value></").append(field).append(">");
  }

  void begin_file(std::string& out) override {
    out += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<response>\n";
  }

  void end_record(std::string& out) override {
    out.append("<result>").append(record_).append("</result>\n");
    record_.clear();
  }

  void end_file(std::string& out) override { out += "</response>\n"; }

 private:
  std::string record_;
};

}  // namespace

std::unique_ptr<Syntax> xml_syntax() {
  return std::make_unique<Xml>();
}

}  // namespace tierline::synthetic
