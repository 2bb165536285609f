#pragma once
// What stands in an export before anyone says what it means: its tables, their fields, how many
// records fill each, and with what. `tierline profiles check` goes by it.

#include <boost/unordered/unordered_flat_set.hpp>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tierline {

struct FieldSurvey {
  static constexpr std::size_t most_values = 64;
  static constexpr std::size_t most_samples = 500;

  std::string path;           ///< As a profile names it: `spec.owner` is `owner` in `spec`.
  bool can_be_named = true;   ///< A profile can use it under that path.
  bool used = false;          ///< The profile looks at it in such records.
  std::uint64_t records = 0;  ///< Those that have it.
  std::uint64_t filled = 0;   ///< Those that have it, and not empty.
  std::string example;        ///< The first text in it.

  // Of the first records only, and where no profile was given:
  bool is_list = false;                         ///< A record has several.
  std::uint64_t texts = 0;                      ///< That are not empty.
  std::vector<std::string> sample;              ///< The first of them.
  std::map<std::string, std::uint64_t> values;  ///< Different ones, with their counts.
  bool has_more_values = false;
  boost::unordered_flat_set<std::uint64_t> hashes;  ///< `hash_of` all of them.

  /// Of a text, as names and values are compared.
  static std::uint64_t hash_of(std::string_view text);
};

struct TableSurvey {
  static constexpr std::uint64_t sampled_records = 10'000;
  static constexpr std::size_t most_fields = 512;

  std::string name;
  std::uint64_t records = 0;
  std::vector<FieldSurvey> fields;  ///< In the order of their first appearance.
  /// Fields that the profile looks at in such records, and none of them has.
  std::vector<std::string> missing;
};

/// By name.
using SurveyedTables = std::map<std::string, TableSurvey>;

}  // namespace tierline
