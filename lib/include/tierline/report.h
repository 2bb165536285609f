#pragma once
// The last stage: what was found becomes bytes. One format is one file; none of them judges.

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tierline/baseline.h"
#include "tierline/finding.h"
#include "tierline/graph.h"
#include "tierline/inventory.h"
#include "tierline/item_link.h"
#include "tierline/output.h"
#include "tierline/registry.h"
#include "tierline/rule.h"
#include "tierline/tables.h"

namespace tierline {

/// The estate in numbers, as far as it is in scope.
struct Summary {
  std::array<std::uint64_t, tier_count> items{};
  std::array<std::array<std::uint64_t, 5>, tier_count> states{};  ///< By tier and State.
  std::array<std::uint64_t, 4> facings{};                         ///< Live services, by Facing.
  CoverageByTier coverage{};
  std::array<std::uint64_t, 7> relations{};  ///< With an end in scope; by RelationKind.
  std::uint64_t unresolved_ends = 0;
  std::uint64_t parties = 0;
  std::array<std::uint64_t, 5> severities{};  ///< Findings, by Severity.
};

/// `2 critical, 11 high`; empty when there are no findings.
std::string findings_by_severity(const Summary& summary);

/// Whether the run saw all that the export refers to, as far as that can be told.
enum class Completeness : std::uint8_t {
  complete,    ///< Nothing was left open.
  gaps,        ///< Something was, and is counted.
  incomplete,  ///< The export looks cut off, or half of it is missing.
};
std::string_view to_string(Completeness completeness);

/// What the run read, and what it could not follow, make sense of or judge. Of the whole export,
/// whatever the scope.
struct Ledger {
  struct Count {
    std::string name;
    std::uint64_t count = 0;
  };
  /// Ends of relations that are no items, by why.
  struct References {
    std::uint64_t missing = 0;
    std::uint64_t ambiguous = 0;
    std::uint64_t empty = 0;
  };

  Completeness verdict = Completeness::complete;
  std::uint64_t files = 0;
  std::uint64_t records = 0;
  std::uint64_t items = 0;
  std::uint64_t relations = 0;
  std::uint64_t parties = 0;
  std::uint64_t records_left_out = 0;  ///< Because the profile says so.
  std::uint64_t records_unmapped = 0;  ///< No profile says anything of them.
  std::uint64_t truncated_tables = 0;
  References unresolved;
  std::uint64_t owners_in_no_table = 0;  ///< Each as often as it owns an item.
  std::uint64_t items_without_tier = 0;
  std::vector<Count> unknown_types;                  ///< Of relations; sorted by name.
  std::vector<Count> notices;                        ///< By kind, sorted.
  std::vector<std::string> own_outputs;              ///< Files skipped as tierline's own. Sorted.
  std::uint64_t rules = 0;                           ///< Those that were selected.
  std::vector<std::string> rules_evaluated_in_part;  ///< Not for every subject. Sorted.
  std::vector<std::string> rules_not_evaluated;      ///< Not at all. Sorted.
};

Ledger ledger_of(const Inventory& inventory, const RuleResults& results, bool is_incomplete);

/// Something that was left open: `2 relations are of unknown types`, and which.
struct Gap {
  std::string what;
  std::string which;  ///< Empty where there is no more to say.
};

/// The gravest first; none in an export that is complete.
std::vector<Gap> gaps_in(const Ledger& ledger);

/// What a run was asked to do, as far as it shapes the result.
struct RunInfo {
  std::string version;
  std::string as_of;
  std::string fail_on;
  int exit_code = 0;
  bool is_incomplete = false;      ///< The export looks cut off, or half of it is missing.
  std::vector<std::string> scope;  ///< FIELD=VALUE, sorted.
  std::string estate;              ///< Which one it is, from night to night.
  bool estate_is_named = false;    ///< Somebody gave it that name; else it is its sources.
  bool assume_complete = false;
  bool redacted = false;
  std::vector<std::string> config_files;  ///< Where the configuration was read; none without one.
  std::string config_digest;              ///< XXH3-128 of them together.
  LinkTemplate link;                      ///< To pages of items, where it is configured.
  unsigned jobs = 1;                      ///< Threads; no report says how many, or depends on it.
};

/// Everything a report can tell of.
struct AuditReport {
  const Inventory& inventory;
  const TieredGraph& graph;
  const RuleResults& results;
  const RuleSelection& rules;  ///< By which `results` came about: what judges a copy takes these.
  const ItemSet& scope;        ///< What is reported.
  Summary summary;
  Ledger ledger;
  RunInfo run;
  const Changes* changes = nullptr;  ///< Since the baseline, where one was named.
  /// Those of the same estate before this one that are known, the earliest first.
  std::span<const NightFigures> earlier_nights = {};

  [[nodiscard]] FactView view(const RuleFacts& found, const Fact& fact) const {
    return {inventory, graph, found, fact};
  }
  /// Its page in the tool that keeps it; empty where nothing tells.
  [[nodiscard]] std::string link_to(ItemId item) const { return run.link.of(inventory, item); }
  /// The day of the first run that knew a finding: this one's, unless the baseline knew it.
  [[nodiscard]] std::string_view since(Id128 fingerprint) const {
    const std::string_view day =
        changes == nullptr ? std::string_view() : changes->since(fingerprint);
    return day.empty() ? std::string_view(run.as_of) : day;
  }
  /// Calls `sink(FactView)` for every fact, by rule, then by subject.
  template <typename Sink>
  void each_fact(Sink sink) const {
    for (const RuleFacts& found : results.found) {
      for (const Fact& fact : found.facts) {
        sink(view(found, fact));
      }
    }
  }
};

/// The colours of pictures; `automatic` follows the viewer's preference.
enum class Theme : std::uint8_t { automatic, light, dark };

/// Which part of the estate a picture is about; all of it where nothing is said.
struct PictureSubject {
  std::vector<std::string> portfolios = {};  ///< The map: services that these hold, by name or id.
  std::vector<std::string> owners = {};      ///< The map: services that these own.
  ItemId focus = no_item;                    ///< What is around this item.
  ItemId from = no_item;                     ///< The ways from this item
  ItemId to = no_item;                       ///< to this one.
  const Rule* rule = nullptr;                ///< What is around this rule's findings.
};

/// How a report is to look.
struct ReportStyle {
  bool color = false;              ///< Text: colours of a terminal.
  PictureSubject subject;          ///< Pictures.
  std::size_t most_items = 300;    ///< Pictures; of the map, all are drawn.
  std::optional<unsigned> up;      ///< How many steps upwards from the focus; all without it.
  std::optional<unsigned> down;    ///< The same downwards.
  std::optional<Tier> lowest;      ///< Downwards no further than this tier.
  Theme theme = Theme::automatic;  ///< SVG.
  unsigned width = 0;              ///< SVG, in pixels; 0: as fills a slide best.
  bool by_graphviz = false;        ///< SVG: laid out by Graphviz, tiers from top to bottom.
};

struct ReportFormat {
  std::string_view id;
  std::string_view ending;  ///< ".json"; empty where none says it: the format has to be named.
  std::string_view help;    ///< What it is, in a line.
  bool is_picture = false;
  bool is_folder = false;  ///< Writes files into a folder of its own (`Output::open_folder`).
  std::vector<RuleInput> reads = {};  ///< Details that it shows, where an export has them.
  /// Writes the report; the caller commits the output, or drops it after an error.
  Status (*write)(const AuditReport& report, const ReportStyle& style, Output& output) = nullptr;
};

/// Why rules could not be judged, each reason once.
struct SharedReason {
  std::string reason;
  std::vector<std::string> rules;
  std::uint64_t count = 0;   ///< Subjects; 0 when the rules could not be judged at all.
  std::string_view counted;  ///< What they are: rules that judge no tier judge relations.
};
std::vector<SharedReason> reasons_not_evaluated(const RuleResults& results);

/// Counts the items of `scope`, the relations with an end in it, and all parties of party tables.
Summary summarize(const Inventory& inventory, const ItemSet& scope, const RuleResults& results);

/// The tables of an audit as people ask for them (tables.h); in JSON they are members of the
/// report.
enum class Table : std::uint8_t {
  ownership,
  depth_profile,
  defined_ratio,
  owners,
  facing_layers,
  supporting_reuse,  ///< The supporting services of the facing layers.
  platform_collaborators,
};
inline constexpr std::size_t table_count = 7;
/// `depthProfile`: the name of the JSON member.
std::string_view to_string(Table table);

/// For a terminal of 80 columns: each with its first rows, or with all of them.
std::string tables_text(const AuditReport& report, std::span<const Table> tables, bool all_rows);
/// With a header; every row.
std::string table_csv(const AuditReport& report, Table table);

/// The JSON Schema of the JSON report.
std::string_view findings_schema();

}  // namespace tierline
