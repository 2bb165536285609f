#pragma once
// Finds the persons of an export in its other texts, where their names are not to be shown: an
// item called "Payroll (Bob Baker)", an address at the end of a relation.
//
// A name is found as a run of words, whatever stands between them and whatever their case and form
// in Unicode, also with its last words first; a name of one word only as it is spelled. An address
// is found as a run of words with an `@` among them. What is not found: names that are inflected,
// shortened, misspelt or written into other words, and user names.

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <optional>
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

  /// A name that several persons have stands for none of them, and gets a pseudonym of its own.
  void add_name(std::string_view name, const std::string& pseudonym);
  void add_address(std::string_view address, const std::string& pseudonym);

  /// The text with a pseudonym for each person in it; nothing when it names none. Takes time in
  /// proportion to the text, however many persons there are.
  [[nodiscard]] std::optional<std::string> redacted(std::string_view text) const;

 private:
  /// What a run of words leads to.
  struct Node {
    std::string key;
    std::string pseudonym;  // Empty where no name ends.
  };

  void add(const std::vector<std::string>& words, const std::string& pseudonym);
  void set_pseudonym(std::string& known, const std::string& key, const std::string& pseudonym);
  [[nodiscard]] std::optional<std::string> replaced(std::string_view text,
                                                    bool joins_invisible) const;

  Pseudonyms pseudonyms_;
  ByText<std::uint32_t> words_;      // Folded, from 1 on.
  ByText<std::string> by_spelling_;  // Names of one word, as they are spelled.
  std::vector<Node> nodes_ = {{}};
  boost::unordered_flat_map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> next_;
};

}  // namespace tierline
