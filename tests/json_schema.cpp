#include "json_schema.h"

#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <rapidjson/pointer.h>

#include <map>
#include <memory>
#include <set>
#include <stdexcept>
#include <valijson/adapters/rapidjson_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

namespace tierline {
namespace {

rapidjson::Document parse(std::string_view text) {
  rapidjson::Document document;
  document.Parse(text.data(), text.size());
  if (document.HasParseError()) {
    throw std::invalid_argument(fmt::format("not JSON at {}: {}", document.GetErrorOffset(),
                                            GetParseError_En(document.GetParseError())));
  }
  return document;
}

/// Schemas are compiled once: tests hold hundreds of documents against the same two.
const valijson::Schema& compiled(std::string_view text) {
  static std::map<std::string, std::unique_ptr<valijson::Schema>, std::less<>> known;
  const auto found = known.find(text);
  if (found != known.end()) {
    return *found->second;
  }
  const rapidjson::Document document = parse(text);
  auto schema = std::make_unique<valijson::Schema>();
  valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
  parser.populateSchema(valijson::adapters::RapidJsonAdapter(document), *schema);
  return *known.emplace(text, std::move(schema)).first->second;
}

/// `<root>`, `[findings]`, `[0]` as `/findings/0`.
std::string pointer_of(const std::vector<std::string>& context) {
  std::string pointer;
  for (const std::string& step : context) {
    if (step.starts_with('[') && step.ends_with(']')) {
      pointer += '/' + step.substr(1, step.size() - 2);
    }
  }
  return pointer.empty() ? "/" : pointer;
}

std::string_view text_of(const rapidjson::Value& value) {
  return {value.GetString(), value.GetStringLength()};
}

/// What a keyword of draft 7 holds: further schemas, by which its content is to be read.
enum class Holds { no_schema, schema, schemas, schemas_by_name };

const std::map<std::string_view, Holds>& keywords() {
  static const std::map<std::string_view, Holds> all = {{"$schema", Holds::no_schema},
                                                        {"$id", Holds::no_schema},
                                                        {"$ref", Holds::no_schema},
                                                        {"title", Holds::no_schema},
                                                        {"description", Holds::no_schema},
                                                        {"examples", Holds::no_schema},
                                                        {"type", Holds::no_schema},
                                                        {"enum", Holds::no_schema},
                                                        {"const", Holds::no_schema},
                                                        {"pattern", Holds::no_schema},
                                                        {"minLength", Holds::no_schema},
                                                        {"maxLength", Holds::no_schema},
                                                        {"minimum", Holds::no_schema},
                                                        {"maximum", Holds::no_schema},
                                                        {"minItems", Holds::no_schema},
                                                        {"maxItems", Holds::no_schema},
                                                        {"uniqueItems", Holds::no_schema},
                                                        {"minProperties", Holds::no_schema},
                                                        {"required", Holds::no_schema},
                                                        {"dependencies", Holds::no_schema},
                                                        {"items", Holds::schema},
                                                        {"additionalProperties", Holds::schema},
                                                        {"propertyNames", Holds::schema},
                                                        {"not", Holds::schema},
                                                        {"if", Holds::schema},
                                                        {"then", Holds::schema},
                                                        {"else", Holds::schema},
                                                        {"allOf", Holds::schemas},
                                                        {"anyOf", Holds::schemas},
                                                        {"oneOf", Holds::schemas},
                                                        {"properties", Holds::schemas_by_name},
                                                        {"definitions", Holds::schemas_by_name}};
  return all;
}

class SchemaReview {
 public:
  explicit SchemaReview(const rapidjson::Document& root) : root_(root) {}

  std::vector<std::string> run() {
    visit(root_, "#");
    if (root_.IsObject() && root_.HasMember("definitions")) {
      for (const auto& definition : root_["definitions"].GetObject()) {
        const std::string place = fmt::format("#/definitions/{}", text_of(definition.name));
        if (!referred_.contains(place)) {
          issue(place, "nothing refers to it");
        }
      }
    }
    return std::move(issues_);
  }

 private:
  void issue(const std::string& place, std::string_view why) {
    issues_.push_back(fmt::format("{}: {}", place, why));
  }

  void visit(const rapidjson::Value& schema, const std::string& place) {
    if (!schema.IsObject()) {
      if (!schema.IsBool()) {
        issue(place, "not a schema");
      }
      return;
    }
    for (const auto& member : schema.GetObject()) {
      visit_keyword(schema, text_of(member.name), member.value, place);
    }
  }

  void visit_keyword(const rapidjson::Value& schema, std::string_view keyword,
                     const rapidjson::Value& value, const std::string& place) {
    const std::string here = fmt::format("{}/{}", place, keyword);
    const auto known = keywords().find(keyword);
    if (known == keywords().end()) {
      issue(here, "not a keyword that tests know");
      return;
    }
    if (keyword == "$ref") {
      follow(text_of(value), here);
    }
    if (known->second == Holds::schema) {
      visit(value, here);
    } else if (known->second == Holds::schemas) {
      for (rapidjson::SizeType i = 0; i < value.Size(); ++i) {
        visit(value[i], fmt::format("{}/{}", here, i));
      }
    } else if (known->second == Holds::schemas_by_name) {
      // Elsewhere, `properties` only narrows what has been explained already.
      const bool explains = keyword == "definitions" || schema.HasMember("type");
      for (const auto& member : value.GetObject()) {
        const std::string member_place = fmt::format("{}/{}", here, text_of(member.name));
        visit(member.value, member_place);
        if (explains) {
          check_description(member.value, member_place);
        }
      }
    }
  }

  void follow(std::string_view reference, const std::string& place) {
    const rapidjson::Pointer pointer(reference.data(), reference.size());
    if (!reference.starts_with('#') || !pointer.IsValid() || pointer.Get(root_) == nullptr) {
      issue(place, "leads nowhere");
    }
    referred_.emplace(reference);
  }

  void check_description(const rapidjson::Value& schema, const std::string& place) {
    const bool has = schema.IsObject() && schema.HasMember("description");
    const std::string_view text = has ? text_of(schema["description"]) : std::string_view();
    if (text.empty() || text.front() != std::toupper(text.front()) ||
        !(text.ends_with('.') || text.ends_with(".)"))) {
      issue(place, "no description in sentences");
    }
  }

  const rapidjson::Document& root_;
  std::vector<std::string> issues_;
  std::set<std::string, std::less<>> referred_;
};

}  // namespace

std::vector<std::string> schema_errors(std::string_view schema, std::string_view document) {
  const rapidjson::Document json = parse(document);
  valijson::Validator validator(valijson::Validator::kStrongTypes);
  valijson::ValidationResults results;
  validator.validate(compiled(schema), valijson::adapters::RapidJsonAdapter(json), &results);
  std::vector<std::string> errors;
  for (valijson::ValidationResults::Error error; results.popError(error);) {
    errors.push_back(fmt::format("{}: {}", pointer_of(error.context), error.description));
  }
  return errors;
}

std::vector<std::string> schema_flaws(std::string_view schema) {
  const rapidjson::Document root = parse(schema);
  return SchemaReview(root).run();
}

}  // namespace tierline
