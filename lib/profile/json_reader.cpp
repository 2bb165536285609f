#include "profile/json_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "support/text.h"

namespace tierline {

JsonNode JsonNode::at(std::string_view step, const rapidjson::Value& value) const {
  return {value, fmt::format("{}/{}", path_, step), *errors_};
}

void JsonNode::allow(std::initializer_list<std::string_view> names) const {
  if (!value_->IsObject()) {
    fail("expected an object");
    return;
  }
  const std::vector<std::string> known(names.begin(), names.end());
  for (const auto& member : value_->GetObject()) {
    const std::string_view name(member.name.GetString(), member.name.GetStringLength());
    if (std::ranges::find(known, name) == known.end()) {
      at(name, member.value).fail("unknown member" + did_you_mean(name, known));
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
  if (!member) {
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

std::uint64_t JsonNode::number() const {
  if (!value_->IsUint64()) {
    fail("expected a whole number");
    return 0;
  }
  return value_->GetUint64();
}

std::vector<std::string> JsonNode::texts() const {
  std::vector<std::string> texts;
  for (const JsonNode& element : elements()) {
    texts.push_back(element.text());
  }
  return texts;
}

std::vector<JsonNode> JsonNode::elements() const {
  if (!value_->IsArray()) {
    return {*this};
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
  for (const auto& member : value_->GetObject()) {
    const std::string name(member.name.GetString(), member.name.GetStringLength());
    members.emplace_back(name, at(name, member.value));
  }
  return members;
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
