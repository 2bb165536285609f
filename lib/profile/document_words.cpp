#include "profile/document_words.h"

#include "tierline/text.h"

namespace tierline {

const Words tier_words = words_up_to(Tier::component);

std::string text_of(const std::optional<JsonNode>& node) {
  return node ? node->text() : std::string();
}

std::string name_of(const std::optional<JsonNode>& node) {
  return node ? node->name() : std::string();
}

bool flag_of(const std::optional<JsonNode>& node) {
  return node && node->boolean();
}

std::vector<Pattern> patterns(const std::optional<JsonNode>& node) {
  std::vector<Pattern> all;
  if (node) {
    for (const JsonNode& text : node->elements()) {
      all.push_back({fold(text.name())});
    }
  }
  return all;
}

std::vector<Tier> tiers(const std::optional<JsonNode>& node) {
  std::vector<Tier> all;
  if (node) {
    for (const JsonNode& word : node->elements()) {
      all.push_back(static_cast<Tier>(word.word(tier_words)));
    }
  }
  return all;
}

RelationInterpretation read_interpretation(const JsonNode& node,
                                           std::initializer_list<std::string_view> flags) {
  static const Words kind_words = words_up_to(RelationKind::other);
  RelationInterpretation interpretation;
  const auto kind = node.find("kind");
  if (kind) {
    interpretation.kind = static_cast<RelationKind>(kind->word(kind_words));
  }
  for (const std::string_view name : flags) {
    if (const auto member = node.find(name)) {
      (name == "reversed" ? interpretation.reversed : interpretation.membership) =
          member->boolean();
      if (!kind) {
        member->fail("goes with 'kind', which is missing");
      }
    }
  }
  return interpretation;
}

}  // namespace tierline
