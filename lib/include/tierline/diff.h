#pragma once
// What changed from one export to another, which findings came and went, and which single change
// each of them hangs on.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tierline/audit.h"
#include "tierline/baseline.h"

namespace tierline {

enum class ChangeKind : std::uint8_t {
  item_added,
  item_removed,
  renamed,
  owner,     ///< Who answers for an item.
  operated,  ///< Whoever else is named with it: who runs it, candidates.
  state,
  facing,
  tier,
  criticality,
  party,  ///< A person, group or organisation: whether it is there, and active.
  relation_added,
  relation_removed,
};
std::string_view to_string(ChangeKind kind);

/// One difference between two exports. `before` and `after` are empty where there was nothing.
struct Change {
  ChangeKind kind = ChangeKind::item_added;
  std::string subject;  ///< `Web Shop`; of a relation `Web Shop -> Storage (Depends on::Used by)`.
  std::string before;
  std::string after;

  // What it is about: in the later export, of what is gone in the earlier one.
  ItemId item = no_item;
  PartyId party = no_party;
  RelationId relation{};
};
/// `Web Shop has no owner any more: it was Ann Archer`.
std::string sentence(const Change& change);

/// A finding that is only there on one of the two days.
struct ChangedFinding {
  bool is_new = true;  ///< Else it is gone.
  std::string rule;
  Severity severity = Severity::info;
  std::string subject;
  std::string message;  ///< Empty where reports are compared.
  std::string fingerprint;
  /// Numbers of changes. Had one of them alone not happened, the finding would be as it was before.
  /// None: it takes more than one, or one that is not among those that are compared.
  std::vector<std::size_t> causes;
  /// Why its rule was not judged at all on the day when it is not there. Empty where it was: else
  /// nothing is known of that day, and no change is its cause.
  std::string not_judged = {};
};

struct DiffSide {
  std::string name;
  std::string as_of;
};

struct Difference {
  DiffSide before;
  DiffSide after;
  bool is_of_reports = false;            ///< Only findings are compared then.
  std::vector<Change> changes;           ///< By kind, then subject.
  std::vector<ChangedFinding> findings;  ///< New ones first; by severity, rule, subject.
  std::uint64_t unchanged = 0;           ///< Findings of both days.
  std::uint64_t undone = 0;  ///< How many changes were taken back, to see what hangs on them.
};

/// The changes and findings of two audits that were made as `options` say. At most so many changes
/// are taken back one by one, those next to findings first; each takes as long as judging the
/// estate.
Difference difference(const Audit& before, const Audit& after, const AuditOptions& options,
                      std::size_t most_undone);
/// The same of two reports, without changes.
Difference difference(const Baseline& before, const Baseline& after);

std::string difference_text(const Difference& difference);
std::string difference_json(const Difference& difference);
std::string difference_markdown(const Difference& difference);

/// The JSON Schema of `difference_json`.
std::string_view difference_schema();

}  // namespace tierline
