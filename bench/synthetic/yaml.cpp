#include "synthetic/syntax.h"

namespace tierline::synthetic {
namespace {

class Yaml final : public Syntax {
 public:
  std::string_view extension() const override { return "yaml"; }

  void text(std::string_view field, std::string_view value) override {
    record_.append(record_.empty() ? "- " : "  ").append(field).append(": ");
    append_json(record_, value);
    record_ += '\n';
  }

  void reference(std::string_view field, std::string_view /*table*/, std::string_view id) override {
    text(field, id);
  }

  void begin_file(std::string& /*out*/) override {}

  void end_record(std::string& out) override {
    out += record_;
    record_.clear();
  }

  void end_file(std::string& /*out*/) override {}

 private:
  std::string record_;
};

}  // namespace

std::unique_ptr<Syntax> yaml_syntax() {
  return std::make_unique<Yaml>();
}

}  // namespace tierline::synthetic
