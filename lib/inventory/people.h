#pragma once
// Finds the persons of an export in its other texts, where their names are not to be shown: an
// item called "Payroll (Bob Baker)", an address at the end of a relation.
//
// A name is found as a run of words, whatever stands between them and whatever their case; a name
// of one word only as it is spelled. An address is found as a whole. What is not found: names that
// are inflected, shortened, misspelt or written into other words, and user names.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "support/interner.h"

namespace tierline {

class People {
 public:
  /// What a person is called instead: the same for the same person in every run.
  static std::string pseudonym(const std::string& source, const std::string& id);
  static bool is_address(std::string_view text);

  /// A name that several persons have stands for none of them, and gets a pseudonym of its own.
  void add_name(std::string_view name, const std::string& pseudonym);
  void add_address(std::string_view address, const std::string& pseudonym);

  /// The text with a pseudonym for each person in it; nothing when it names none. Takes time in
  /// proportion to the text, however many persons there are.
  [[nodiscard]] std::optional<std::string> redacted(std::string_view text) const;

 private:
  [[nodiscard]] std::optional<std::string> without_addresses(std::string_view text) const;
  [[nodiscard]] std::optional<std::string> without_names(std::string_view text) const;

  ByText<std::string> by_address_;   // Folded.
  ByText<std::string> by_name_;      // Words in lower case with a blank between; one word as it is.
  ByText<std::uint8_t> most_words_;  // Of the names that begin with a word, in lower case.
};

}  // namespace tierline
