#include "profile/json_node.h"

#include <fmt/format.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <set>

#include "tierline/json_buffer.h"
#include "tierline/text.h"

namespace tierline {

/// A step of a JSON Pointer (RFC 6901).
JsonNode JsonNode::at(std::string_view step, const rapidjson::Value& value) const {
  std::string escaped;
  for (const char c : step) {
    escaped += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  }
  return {value, fmt::format("{}/{}", path_, escaped), *errors_};
}

void JsonNode::allow(std::initializer_list<std::string_view> names) const {
  if (!value_->IsObject()) {
    fail("expected an object");
    return;
  }
  const std::vector<std::string> known(names.begin(), names.end());
  for (const auto& [name, node] : members()) {
    if (std::ranges::find(known, name) == known.end()) {
      node.fail("unknown member" + did_you_mean(name, known));
    }
  }
}

std::optional<JsonNode> JsonNode::find(std::string_view name) const {
  if (!value_->IsObject()) {
    return std::nullopt;
  }
  const auto member = value_->FindMember(
      rapidjson::Value(name.data(), static_cast<rapidjson::SizeType>(name.size())));
  return member == value_->MemberEnd() ? std::nullopt : std::optional(at(name, member->value));
}

std::optional<JsonNode> JsonNode::require(std::string_view name) const {
  auto member = find(name);
  if (!value_->IsObject()) {
    fail("expected an object");
  } else if (!member) {
    fail(fmt::format("'{}' is missing", name));
  }
  return member;
}

std::string JsonNode::text() const {
  if (!value_->IsString()) {
    fail("expected a text");
    return {};
  }
  return {value_->GetString(), value_->GetStringLength()};
}

bool JsonNode::boolean() const {
  if (!value_->IsBool()) {
    fail("expected true or false");
    return false;
  }
  return value_->GetBool();
}

std::string JsonNode::name() const {
  std::string name = text();
  if (value_->IsString() && trim(name).empty()) {
    fail("expected a text that is not empty");
  }
  return name;
}

std::uint64_t JsonNode::positive_number() const {
  if (!value_->IsUint64() || value_->GetUint64() == 0) {
    fail("expected a whole number above 0");
    return 1;
  }
  return value_->GetUint64();
}

std::vector<JsonNode> JsonNode::elements() const {
  if (!value_->IsArray()) {
    return {*this};
  }
  if (value_->Empty()) {
    fail("expected at least one element");
  }
  std::vector<JsonNode> elements;
  for (const rapidjson::Value& element : value_->GetArray()) {
    elements.push_back(at(std::to_string(elements.size()), element));
  }
  return elements;
}

std::vector<std::pair<std::string, JsonNode>> JsonNode::members() const {
  std::vector<std::pair<std::string, JsonNode>> members;
  if (!value_->IsObject()) {
    fail("expected an object");
    return members;
  }
  std::set<std::string> seen;
  for (const auto& member : value_->GetObject()) {
    const std::string name(member.name.GetString(), member.name.GetStringLength());
    members.emplace_back(name, at(name, member.value));
    if (!seen.insert(name).second) {
      members.back().second.fail("stands twice");
    }
  }
  return members;
}

std::string JsonNode::as_json() const {
  JsonBuffer buffer;
  rapidjson::Writer<JsonBuffer> writer(buffer);
  value_->Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

std::size_t JsonNode::word(std::span<const std::string> words) const {
  const std::string chosen = text();
  const auto found = std::ranges::find(words, chosen);
  if (found == words.end()) {
    fail(fmt::format("'{}' is none of {}{}", chosen, join(words, ", "),
                     did_you_mean(chosen, words)));
    return 0;
  }
  return static_cast<std::size_t>(found - words.begin());
}

}  // namespace tierline
