#pragma once
// What the words in names of fields and in values are likely to mean. Guesses, for a profile that a
// person will look through; nothing is judged by them.

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tierline/inventory.h"

namespace tierline {

/// The words of a name, in small letters and the singular: owned and by in `ownedBy`, `owned_by`
/// and `Owned by`. German, French and Spanish ones are put into English.
class NameWords {
 public:
  explicit NameWords(std::string_view name);

  [[nodiscard]] bool has(std::string_view word) const;
  [[nodiscard]] bool has_any(std::initializer_list<std::string_view> words) const;
  /// All in one, such as `sys id`.
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const std::vector<std::string>& all() const { return words_; }

 private:
  std::vector<std::string> words_;
  std::string text_;
};

std::optional<Tier> tier_of(const NameWords& words);
std::optional<State> state_of(const NameWords& words);
std::optional<Facing> facing_of(const NameWords& words);
/// 1 (most) to 4.
std::optional<int> criticality_of(const NameWords& words);
std::optional<PartyKind> party_kind_of(const NameWords& words);

/// What a field or a type of relations says: how an item stands to what it names.
struct RelationGuess {
  RelationKind kind = RelationKind::other;
  bool reversed = false;  ///< The other one needs, contains or sends to the item.
};
/// Nothing when the words do not tell.
std::optional<RelationGuess> relation_of(const NameWords& words);

/// Whether a class is one of persons or groups: `Support Team`.
bool names_parties(std::string_view text);

/// Whether a text stands where an owner should, and names nobody.
bool is_nobody(std::string_view text);

}  // namespace tierline
