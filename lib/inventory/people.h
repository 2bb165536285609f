#pragma once
// Finds the persons of an export in its other texts, where their names are not to be shown: an
// item called "Payroll (Bob Baker)", an address at the end of a relation.
//
// A name is found as a run of words, whatever stands between them and whatever their case and form
// in Unicode, also with its last words first; a name of one word only as it is spelled, or where
// the one who has it is at hand: "may" is no person, unless May owns the item. An address
// is found as a run of words with an `@` among them. What is not found: names that are inflected,
// shortened, misspelt or written into other words, and user names.

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "inventory/pseudonyms.h"
#include "support/interner.h"

namespace tierline {

class People {
 public:
  /// Their pseudonyms are given with their names; `pseudonyms` is for names that stand for nobody.
  explicit People(const Pseudonyms& pseudonyms = Pseudonyms()) : pseudonyms_(pseudonyms) {}

  static bool is_address(std::string_view text);
  static bool has_several_words(std::string_view name);

  /// A name that several persons have stands for none of them, and gets a pseudonym of its own.
  void add_name(std::string_view name, const std::string& pseudonym);
  void add_address(std::string_view address, const std::string& pseudonym);

  /// Whether any name of theirs is one word.
  [[nodiscard]] bool has_short_name(std::string_view pseudonym) const {
    return short_names_.contains(pseudonym);
  }

  /// The text with a pseudonym for each person in it; nothing when it names none. Names of one word
  /// are found in any case for the persons, by their pseudonyms, whom the text stands beside. Takes
  /// time in proportion to the text, however many persons there are.
  [[nodiscard]] std::optional<std::string> redacted(
      std::string_view text, std::span<const std::string_view> beside = {}) const;

 private:
  /// What a run of words leads to.
  struct Node {
    std::string key;
    std::string pseudonym;  // Empty where no name ends.
  };

  void add(const std::vector<std::string>& words, const std::string& pseudonym);
  void set_pseudonym(std::string& known, const std::string& key, const std::string& pseudonym);
  [[nodiscard]] std::optional<std::string> replaced(std::string_view text, bool joins_invisible,
                                                    std::span<const std::string_view> beside) const;
  [[nodiscard]] std::string_view of_short_name(std::string_view word,
                                               std::span<const std::string_view> beside) const;

  Pseudonyms pseudonyms_;
  ByText<std::uint32_t> words_;                   // Folded, from 1 on.
  ByText<std::string> by_spelling_;               // Names of one word, as they are spelled.
  ByText<std::vector<std::string>> short_names_;  // Names of one word, folded, by pseudonym.
  std::vector<Node> nodes_ = {{}};
  boost::unordered_flat_map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> next_;
};

}  // namespace tierline
