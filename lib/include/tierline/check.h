#pragma once
// What a profile made of an export, for a person who writes or mends one: where the records went,
// which fields nobody reads, which values and references it could not make sense of.

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tierline/audit.h"
#include "tierline/suggest.h"
#include "tierline/survey.h"

namespace tierline {

/// Items of one class that were read from one file.
struct ItemCounts {
  std::uint64_t all = 0;
  std::array<std::uint64_t, tier_count> tiers{};
  std::array<std::uint64_t, 4> facings{};  ///< Of services.
  std::array<std::uint64_t, 5> states{};
};

struct CheckedTable {
  TableSummary records;
  ItemCounts items;  ///< Fewer than records, where several of them are one item.
  std::vector<FieldSurvey> unused;
  /// Fields that the profile names, and no record has; of profiles that were given.
  std::vector<std::string> missing;
};

struct CheckedFile {
  std::string path;
  std::string syntax;
  std::string problem;  ///< Why it was not read; otherwise empty.
  std::string told_by;  ///< How the profile knew it.
  const InputSummary* input = nullptr;
  std::vector<CheckedTable> tables;
  std::vector<std::string> passed_over;  ///< Lists and objects beside those that `recordsAt` names.
};

/// References of one kind that lead nowhere.
struct LooseReferences {
  std::string what;
  std::string why;
  std::uint64_t count = 0;
  std::vector<std::pair<std::string, Place>> examples;  ///< The first few.
};

struct ProfileCheck {
  std::vector<CheckedFile> files;
  std::optional<Audit> audit;  ///< Nothing when no file was read.
  std::vector<LooseReferences> loose;
  std::vector<ItemId> samples;           ///< For each tier that there is, an item with much in it.
  SurveyedTables unknown;                ///< What is in files that no profile understands.
  std::optional<Suggestion> suggestion;  ///< For those.
};

/// An error where an export is unreadable. One that no profile understands is none.
Result<ProfileCheck> check_profiles(const AuditOptions& options);

/// For people; `color` with the codes that a terminal understands.
std::string profile_check_text(const ProfileCheck& check, bool color);

/// A profile for these exports, whatever profiles there are.
Result<Suggestion> suggest_for(const std::vector<std::string>& inputs);

}  // namespace tierline
