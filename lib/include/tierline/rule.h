#pragma once
// A rule is one file: what is wrong, why it matters, what to do, and the check. It reads a const
// estate, and says what about whom; run_rules adds the rest.

#include <algorithm>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tierline/finding.h"
#include "tierline/graph.h"
#include "tierline/inventory.h"
#include "tierline/registry.h"

namespace tierline {

/// What is there of a source, as far as rules depend on it.
struct SourceShape {
  std::size_t items = 0;
  std::size_t services = 0;
  std::size_t portfolios = 0;
  std::size_t listings = 0;        ///< Things that portfolios contain.
  std::size_t infrastructure = 0;  ///< Systems and components.
  std::size_t relations = 0;       ///< Between two items, other than membership in portfolios.
  std::size_t service_uses = 0;  ///< Of those that say who relies on whom: with a service in them.
  std::size_t relation_records = 0;
  std::size_t records_with_an_item = 0;  ///< Of these, those with an end that is an item.

  /// Items without any relation but membership in portfolios.
  [[nodiscard]] bool nodes_only() const { return items > 0 && relations == 0; }
  /// Relations none of whose ends is an item.
  [[nodiscard]] bool edges_only() const {
    return relation_records > 0 && records_with_an_item == 0;
  }
};

/// What reachability says of every item, worked out once for all rules.
struct Reach {
  Reach(const Inventory& inventory, const TieredGraph& graph, unsigned jobs = 1);

  std::vector<SourceShape> shapes;  ///< By source.
  /// Whether a source has items without relations, or the other way round.
  [[nodiscard]] bool lacks_records() const {
    return std::ranges::any_of(
        shapes, [](const SourceShape& shape) { return shape.nodes_only() || shape.edges_only(); });
  }
  ItemSet live;
  ItemSet by_customers;       ///< A live customer-facing service relies on it, through live items.
  ItemSet by_unknown_facing;  ///< A live service of unknown facing does.
  ItemSet by_services;        ///< Any live service does.
  ItemSet by_retired_services;  ///< A retired service does, through items of any state.
  ItemSet to_infrastructure;    ///< It relies on a live system or component, through live items.
  /// Live systems and services without owner that three other live services rely on, which have two
  /// owners among them.
  std::map<ItemId, Consumers> shared_unowned;
};

/// The estate that rules judge.
struct Estate {
  const Inventory& inventory;
  const TieredGraph& graph;
  const Reach& reach;
  std::span<const Rule* const> rules;  ///< Those that were selected.
  bool assume_complete = false;        ///< Nothing is to be taken for cut off.
};

/// What a rule needs of an export as a whole. Without it, the rule is not evaluated.
enum class Need : std::uint8_t {
  services,           ///< At least one service.
  portfolios,         ///< At least one portfolio.
  infrastructure,     ///< At least one system or component.
  relations,          ///< Relations between items, other than membership in portfolios.
  service_relations,  ///< Services take part in such relations.
  parties,            ///< A table of persons or groups.
};
std::string_view to_string(Need need);

/// What may be missing from an export that is cut off: any step of a path, an item, a party.
enum class Absence : std::uint8_t { nothing, path, item, party };

class Findings;

struct Rule {
  std::string_view id;  ///< Names the fault. The file, its test and its fixture have the same name.
  std::string_view title;
  Severity severity = Severity::medium;
  Certainty certainty = Certainty::proven;
  std::string_view rationale;
  std::string_view definition;
  std::string_view remedy;
  std::vector<Tier> tiers;  ///< Whose items it judges; empty when it does not judge items.
  std::vector<Need> needs;
  std::vector<Input> inputs;  ///< Fields that it needs of each class it judges.
  /// What it concludes from not being there: not judged where a page that might hold it is cut off.
  Absence concludes_from_absence_of = Absence::nothing;
  /// Takes far longer than most in a large estate: is started before these, so that it is not what
  /// all wait for in the end.
  bool is_long = false;
  void (*check)(const Estate& estate, Findings& findings) = nullptr;
};

/// Takes what one rule has to say of the items in scope, and drops the rest.
class Findings {
 public:
  Findings(const Rule& rule, const Inventory& inventory, const ItemSet& scope)
      : rule_(rule), inventory_(inventory), scope_(scope) {}

  void add(ItemId item, std::string message, Evidence evidence = {});
  void add(Subject subject, Place location, std::string message, Evidence evidence = {});
  /// For a finding that is worse, or less bad, than its rule says.
  void add(Subject subject, Place location, Severity severity, std::string message,
           Evidence evidence = {});

  /// Whether the export has `input` for the item. If not, the item is counted as not evaluated.
  bool can_judge(ItemId item, Input input);
  /// Something that is no item cannot be judged, for this reason; each call counts one.
  void cannot_judge(std::string_view reason);
  /// The item is neither faulty nor sound, for this reason.
  void undetermined(ItemId item, std::string_view reason);

  [[nodiscard]] std::vector<Finding>& found() { return found_; }
  [[nodiscard]] std::vector<NotEvaluated> not_evaluated() const;

 private:
  [[nodiscard]] bool is_in_scope(const Subject& subject) const;

  const Rule& rule_;
  const Inventory& inventory_;
  const ItemSet& scope_;
  std::vector<Finding> found_;
  std::map<std::pair<std::uint32_t, Input>, std::uint64_t> missing_inputs_;
  std::map<std::string, std::uint64_t, std::less<>> not_judged_;
  std::map<std::string, std::vector<ItemId>, std::less<>> undetermined_;
};

/// `environment`, `portfolio` or `class`, and a value: which subjects are reported. Values of one
/// field are alternatives; every field that is named has to fit.
struct ScopeTerm {
  std::string field;
  std::string value;
};

struct RuleSelection {
  std::vector<std::string> only;  ///< None means all.
  std::vector<std::string> skip;
  bool assume_complete = false;  ///< Judge as if no page were cut off and nothing were left out.
};

/// How long a stage took, or a rule on its thread.
struct StageTime {
  std::string stage;
  double seconds = 0;
};

struct RuleResults {
  std::vector<const Rule*> rules;           ///< Those that were selected, sorted by id.
  std::vector<Finding> findings;            ///< Sorted by rule, then by subject.
  std::vector<NotEvaluated> not_evaluated;  ///< Sorted by rule.
  bool lacks_records = false;               ///< A source has only items, or only relations.
  std::vector<StageTime> times;             ///< Of what rules share, and of each rule.
};

/// `scope` decides which subjects are reported; what relies on what is followed everywhere. What is
/// found does not depend on `jobs`, the number of threads.
RuleResults run_rules(const Inventory& inventory, const TieredGraph& graph,
                      const RuleSelection& selection, const ItemSet& scope, unsigned jobs = 1);

}  // namespace tierline
