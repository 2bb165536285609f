#pragma once
// Reads a small JSON document strictly: every member has to be asked for, and what is wrong is said
// with its place in the document (`/records/2/from: expected a text`). The first error counts;
// after it, reading goes on with empty values, so that callers need not check at each step.

#include <rapidjson/document.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tierline {

class JsonErrors {
 public:
  void add(const std::string& path, const std::string& message) {
    if (!first_) {
      first_ = path.empty() ? message : path + ": " + message;
    }
  }
  [[nodiscard]] const std::optional<std::string>& first() const { return first_; }

 private:
  std::optional<std::string> first_;
};

/// A value of the document, and where it is.
class JsonNode {
 public:
  JsonNode(const rapidjson::Value& value, std::string path, JsonErrors& errors)
      : value_(&value), path_(std::move(path)), errors_(&errors) {}

  /// Says that this object has members of these names only. The one check that nothing is ignored.
  void allow(std::initializer_list<std::string_view> names) const;

  /// The member of that name, when there is one.
  [[nodiscard]] std::optional<JsonNode> find(std::string_view name) const;
  /// The member of that name; without it, an error.
  [[nodiscard]] std::optional<JsonNode> require(std::string_view name) const;

  [[nodiscard]] std::string text() const;
  [[nodiscard]] bool boolean() const;
  /// A text that is not empty.
  [[nodiscard]] std::string name() const;
  [[nodiscard]] std::uint64_t positive_number() const;
  /// The elements of a list, of which there is at least one; anything else counts as a list of one.
  [[nodiscard]] std::vector<JsonNode> elements() const;
  /// The members of an object; a name that stands twice is an error.
  [[nodiscard]] std::vector<std::pair<std::string, JsonNode>> members() const;
  [[nodiscard]] bool is_object() const { return value_->IsObject(); }

  /// The value as it stands in the document, without layout.
  [[nodiscard]] std::string as_json() const;

  void fail(const std::string& message) const { errors_->add(path_, message); }
  /// One of `words`, by its place in them; an error that suggests the nearest one otherwise.
  [[nodiscard]] std::size_t word(std::span<const std::string> words) const;

 private:
  [[nodiscard]] JsonNode at(std::string_view step, const rapidjson::Value& value) const;
  const rapidjson::Value* value_;
  std::string path_;
  JsonErrors* errors_;
};

}  // namespace tierline
