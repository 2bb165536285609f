#pragma once
// What a rule says of a subject: data, not failure. A rule finds facts, which are a few numbers;
// they become findings, which have words, while somebody reads them (`word` in rule.h). The JSON
// form of a finding is a contract (`tierline schema findings`).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "tierline/inventory.h"
#include "tierline/result.h"

namespace tierline {

enum class Severity : std::uint8_t { info, low, medium, high, critical };
std::string_view to_string(Severity severity);
/// The severity of that name; nothing for any other word.
std::optional<Severity> severity_called(std::string_view word);
/// Their names, the least first.
std::vector<std::string> severity_names();

/// Whether the records alone show it, or the export has to be complete for it to be true (nothing
/// relies on X, as far as the export goes).
enum class Certainty : std::uint8_t { proven, assumes_complete_export };
std::string_view to_string(Certainty certainty);

/// How sure a rule can be of its findings, whatever is in the export. Only what is certain fails a
/// run.
enum class Confidence : std::uint8_t {
  certain,  ///< It is as the definition says.
  likely,   ///< It is so more often than not: somebody has to look.
  hint,     ///< It may be worth a look.
};
std::string_view to_string(Confidence confidence);

enum class SubjectKind : std::uint8_t {
  item,
  relation,
  item_class,
  relation_type,
  field,
  file,
  group,
  party,
  source,
  acceptance
};
std::string_view to_string(SubjectKind kind);

/// What a finding is about.
struct Subject {
  SubjectKind kind = SubjectKind::item;
  ItemId item = no_item;  ///< Of an item.
  std::string id;         ///< Of anything else.
  std::string name;
  std::vector<std::pair<std::string, std::string>> attributes;  ///< What else defines it, in order.
  std::vector<ItemId> members;  ///< Of a group; the ends of a relation, where they are items.

  static Subject of(ItemId item);
};

/// Facts that a reader or a program can check the message by, in the order of the report.
using EvidenceValue = std::variant<std::string, std::uint64_t, std::vector<std::string>>;
using Evidence = std::vector<std::pair<std::string, EvidenceValue>>;

struct Rule;
struct Acceptance;

/// What has become of a finding since an earlier run. Without one, each is new.
enum class FindingState : std::uint8_t {
  added,  ///< It was not there.
  unchanged,
  updated,  ///< It was there: as bad as it is now, for as many, or by that rule, it was not.
};
std::string_view to_string(FindingState state);

/// What a rule found, in numbers.
struct Fact {
  /// Of an item, a relation, a class, a relation type or an acceptance, its number; of anything
  /// else, whatever its rule numbers.
  std::uint32_t subject = 0;
  std::uint32_t list = 0;  ///< Where its evidence stands among the lists of its rule; 0 is none.
  std::uint32_t rows = 1;  ///< How many rows of the export say it.
  SubjectKind kind = SubjectKind::item;
  Severity severity = Severity::info;
  FindingState state = FindingState::added;
  std::uint32_t acceptance = 0;  ///< Which one accepts it, from 1 on; 0 is none.
};

/// A fact in words.
struct Finding {
  const Rule* rule = nullptr;
  Severity severity = Severity::info;
  Certainty certainty = Certainty::proven;
  Subject subject;
  std::string message;  ///< Of the subject, in a sentence without it.
  Evidence evidence;
  Place location;
  FindingState state = FindingState::added;
  const Acceptance* accepted = nullptr;  ///< Null where nobody accepts it.
  /// Identity across runs and encodings: a hash of the rule and the keys of what is wrong, in hex.
  /// Not of names, severity, counts or places.
  std::string fingerprint;
};

/// A rule that could not be judged for some subjects, and why.
struct NotEvaluated {
  enum class Cause : std::uint8_t {
    missing_data,       ///< The export has none of a kind of record that the rule needs.
    missing_field,      ///< The export lacks a field of a class.
    incomplete_export,  ///< The export looks cut off, and the rule concludes from absence.
    undetermined,       ///< What these subjects are depends on something that is unknown.
  };
  const Rule* rule = nullptr;
  Cause cause = Cause::missing_data;
  std::string reason;
  std::string item_class;          ///< Of a missing field.
  std::optional<RuleInput> input;  ///< The same.
  std::uint64_t count = 0;       ///< How many subjects; 0 when the rule could not be judged at all.
  std::vector<ItemId> subjects;  ///< Which ones, where they have to be looked at one by one.
};

std::string_view to_string(NotEvaluated::Cause cause);

}  // namespace tierline
