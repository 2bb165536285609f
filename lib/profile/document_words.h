#pragma once
// What is read in many places of a profile document: words of tiers and of kinds of relations,
// patterns, and members that need not be there.

#include <optional>
#include <string>
#include <vector>

#include "profile/compiled.h"
#include "profile/json_node.h"

namespace tierline {

using Words = std::vector<std::string>;

/// The words of an enumeration in its order, up to and including `last`.
template <typename Enum>
Words words_up_to(Enum last) {
  Words words;
  for (std::size_t i = 0; i <= static_cast<std::size_t>(last); ++i) {
    words.emplace_back(to_string(static_cast<Enum>(i)));
  }
  return words;
}

extern const Words tier_words;

/// Empty when the member is not there.
std::string text_of(const std::optional<JsonNode>& node);
/// Empty when the member is not there; an error when it is there and empty.
std::string name_of(const std::optional<JsonNode>& node);
/// False when the member is not there.
bool flag_of(const std::optional<JsonNode>& node);

std::vector<Pattern> patterns(const std::optional<JsonNode>& node);
std::vector<Tier> tiers(const std::optional<JsonNode>& node);

/// `kind`, and of what goes with it these: `reversed` and `membership`.
RelationInterpretation read_interpretation(const JsonNode& node,
                                           std::initializer_list<std::string_view> flags = {
                                               "reversed", "membership"});

}  // namespace tierline
