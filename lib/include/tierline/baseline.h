#pragma once
// An earlier night, and what has become of its findings since. A finding is the same one as long as
// its fingerprint is; names, places, order and severity are no part of it.

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tierline/rule.h"

namespace tierline {

/// A finding as an earlier run knew it.
struct BaselineFinding {
  Id128 fingerprint;
  std::string rule;
  Severity severity = Severity::info;
  std::string since;  ///< The day of the first run that knew it.
  std::string kind;   ///< Of its subject: `item`, `group`, ...
  std::string id;
  std::string name;
  std::string source;
  std::vector<std::string> members;  ///< Of a group: the ids of its items.
  bool was_accepted = false;
  /// A hash of the evidence that defines it (`is_defining`); nothing where that is not known.
  std::optional<std::uint64_t> evidence;
};

/// Live items of a tier, by who answers for them.
struct Coverage {
  std::uint64_t live = 0;
  std::uint64_t owned = 0;
  std::uint64_t unowned = 0;
  std::uint64_t not_evaluated = 0;  ///< The export lacks the field for them.
};
using CoverageByTier = std::array<Coverage, tier_count>;

/// What a night came to, in numbers.
struct NightFigures {
  std::string as_of;
  std::optional<CoverageByTier> coverage;     ///< Nothing where it is not known.
  std::array<std::uint64_t, 5> severities{};  ///< Findings, by Severity.
  /// Supporting services that support nobody; nothing where that was not judged, or is not known.
  std::optional<std::uint64_t> orphans;
  bool is_incomplete = false;  ///< Its export looked cut off: these figures are of a part.
};

struct Baseline {
  std::string file;
  std::string as_of;
  std::string estate;        ///< What it is a baseline of, as `RunInfo::estate` says it.
  bool is_redacted = false;  ///< Persons stand under pseudonyms in it.
  /// How many records of each table there were, by source and table.
  std::map<std::string, std::uint64_t> records;
  /// How many items of each class, by source and class. Empty where it is not known.
  std::map<std::string, std::uint64_t> items;
  std::optional<CoverageByTier> coverage;  ///< Nothing where it is not known.
  std::vector<BaselineFinding> findings;   ///< By fingerprint, each once.

  /// Null where none has that fingerprint, or it is none.
  [[nodiscard]] const BaselineFinding* find(std::string_view fingerprint) const;
};

/// Why a finding of an earlier run is not among those of this one.
enum class Fate : std::uint8_t {
  resolved,       ///< What was wrong is no longer so.
  retired,        ///< Its item is not live any more.
  not_exported,   ///< Its item is not in the export.
  not_evaluated,  ///< Its rule could not be judged for it, or was not asked.
  out_of_scope,   ///< It is not what the run reports on.
};
std::string_view to_string(Fate fate);

struct AbsentFinding {
  BaselineFinding finding;
  Fate fate = Fate::resolved;
};

/// The evidence that makes a finding what it is: where it changes, the finding does. Not how many,
/// how far or whom to ask.
bool is_defining(std::string_view evidence_name);
/// Appends a value of it to what is hashed.
void append_evidence(std::string& text, std::string_view name, std::string_view value);
std::uint64_t evidence_hash(std::string_view text);

/// What has become of the findings of an earlier run.
struct Changes {
  std::string file;   ///< The baseline.
  std::string as_of;  ///< Its day; empty on the first night, when there was none.
  std::uint64_t added = 0;
  std::uint64_t unchanged = 0;
  std::uint64_t updated = 0;
  std::vector<AbsentFinding> absent;                      ///< By rule, then by fingerprint.
  std::vector<std::pair<Id128, std::string>> first_seen;  ///< Of what is not new; by fingerprint.

  /// The day of the first run that knew a finding; empty for one that is new.
  [[nodiscard]] std::string_view since(Id128 fingerprint) const;
};

/// A JSON report, or what `tierline baseline create` wrote, packed or not. Nothing where there is
/// no such file: the first night.
Result<std::optional<Baseline>> read_baseline(const std::string& path);

/// A baseline in numbers.
NightFigures figures_of(const Baseline& baseline);

/// Compares what was found with an earlier run: every fact gets its state, and the findings that
/// are no longer there are told apart by why. In time linear in both.
Changes compare(const Inventory& inventory, const TieredGraph& graph, const ItemSet& scope,
                const Baseline& baseline, bool is_redacted, RuleResults& results, unsigned jobs);

/// How many records of each table there are, by source and table.
std::map<std::string, std::uint64_t> records_by_table(const Inventory& inventory);

/// How many items of each class there are, by source and class.
std::map<std::string, std::uint64_t> items_by_class(const Inventory& inventory);

/// How much may change from one night to the next before that looks like a broken export.
struct GuardLimits {
  std::uint32_t fall = 20;            ///< Per cent of the records of a table, the items of a class,
  std::uint32_t fallen_records = 20;  ///< and more than so many.
  std::uint32_t rise = 50;            ///< Per cent of the findings of a rule,
  std::uint32_t risen_findings = 20;  ///< and more than so many.
};

/// What makes it likely that the export is broken rather than the estate changed: tables that are
/// gone, tables and classes that have lost much, rules that find far more. A sentence each; none
/// where nothing of the kind is seen.
std::vector<std::string> suspicious_changes(const Inventory& inventory, const Baseline& baseline,
                                            const RuleResults& results, const GuardLimits& limits);

}  // namespace tierline
