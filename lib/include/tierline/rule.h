#pragma once
// A rule is one file: what is wrong, why it matters, what to do, the check, and its words. The
// check reads a const estate and adds facts; the words are made of one fact while it is read, as
// often as it is.

#include <algorithm>
#include <cassert>
#include <functional>
#include <map>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tierline/acceptance.h"
#include "tierline/finding.h"
#include "tierline/graph.h"
#include "tierline/inventory.h"
#include "tierline/registry.h"
#include "tierline/stopwatch.h"

namespace tierline {

/// What is there of a source, as far as rules depend on it.
struct SourceShape {
  std::size_t items = 0;
  std::size_t services = 0;
  std::size_t portfolios = 0;
  std::size_t listings = 0;        ///< Things that portfolios contain.
  std::size_t infrastructure = 0;  ///< Systems and components.
  std::size_t relations = 0;       ///< Between two items, other than membership in portfolios.
  /// Of those that say who relies on whom: with a service in them.
  std::size_t service_dependencies = 0;
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
  /// `subjects` are those of which alone rules speak; all without it.
  Reach(const Inventory& inventory, const TieredGraph& graph, unsigned jobs = 1,
        const ItemSet* subjects = nullptr);

  std::vector<SourceShape> shapes;  ///< By source.
  /// Whether a source has items without relations, or the other way round.
  [[nodiscard]] bool lacks_records() const {
    return std::ranges::any_of(
        shapes, [](const SourceShape& shape) { return shape.nodes_only() || shape.edges_only(); });
  }
  ItemSet live;
  Condensation condensation;  ///< Of the live items.
  ItemSet by_customers;       ///< A live customer-facing service relies on it, through live items.
  ItemSet by_unknown_facing;  ///< A live service of unknown facing does.
  ItemSet by_services;        ///< Any live service does.
  ItemSet by_retired_services;  ///< A retired service does, through items of any state.
  ItemSet to_infrastructure;    ///< It relies on a live system or component, through live items.
  static constexpr std::size_t sharing_services = 3;  ///< At least as many share a platform,
  static constexpr std::size_t sharing_owners = 2;    ///< of as many owners.
  /// Live systems and services without owner that as many other live services rely on; of the
  /// subjects.
  std::map<ItemId, Consumers> shared_unowned;
};

/// The estate that rules judge.
struct Estate {
  const Inventory& inventory;
  const TieredGraph& graph;
  const Reach& reach;
  std::span<const Rule* const> rules;             ///< Those that were selected.
  bool assume_complete = false;                   ///< Nothing is to be taken for cut off.
  std::span<const std::string> executive_titles;  ///< As `RuleSelection` has them.
  /// What became of them; known only to rules that judge them.
  std::span<const Acceptance> acceptances = {};
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

/// Which rules judge when none are named: core, or all.
enum class RuleSet : std::uint8_t { core, all };
std::string_view to_string(RuleSet set);

/// What a rule looks at, to be counted.
enum class Population : std::uint8_t {
  items,      ///< Live items of its tiers, or those of them that `concerns` says.
  relations,  ///< All relations.
  tables,     ///< The tables of the export.
  parties,    ///< Persons and groups.
  acceptances
};

class Facts;
class FactView;

/// Which change to an export's records mends what a rule finds; lib/fixes proposes it.
enum class FixKind : std::uint8_t {
  none,  ///< It takes people.
  remove_relation,
  remove_repeats,  ///< All relations of a finding but the first.
  name_owner,
  replace_owner,  ///< The record has an owner, who cannot be it any longer.
  put_into_portfolio,
  retire,
  settle_state  ///< Fields that contradict the one that counts follow it.
};

/// A number that a configuration may choose.
struct RuleOption {
  std::string_view name;  ///< `most-services`
  std::uint32_t standard = 0;
  std::uint32_t least = 0;
  std::uint32_t most = UINT32_MAX;
  std::string_view meaning;
};

struct Rule {
  std::string_view id;  ///< Names the fault. The file, its test and its fixture have the same name.
  std::string_view title;
  Severity severity = Severity::medium;
  Certainty certainty = Certainty::proven;
  Confidence confidence = Confidence::certain;
  RuleSet set = RuleSet::core;  ///< The smallest that it is in.
  /// What it has in common with rules that yield to one another: of a subject, one of them speaks.
  std::string_view family = {};
  std::string_view rationale;
  std::string_view definition;
  std::string_view remedy;
  std::vector<Tier> tiers;  ///< Whose items it judges; empty when it does not judge items.
  Population population = Population::items;
  /// Of live items of these tiers, those that it judges; null where it judges all.
  bool (*concerns)(const Inventory& inventory, ItemId item) = nullptr;
  std::vector<Need> needs;
  std::vector<RuleInput> inputs;        ///< Fields that it needs of each class it judges.
  std::vector<RuleInput> details = {};  ///< What it looks at besides, where an export has it.
  /// What it concludes from not being there: not judged where a page that might hold it is cut off.
  Absence concludes_from_absence_of = Absence::nothing;
  /// Takes far longer than most in a large estate: is started before these, so that it is not what
  /// all wait for in the end.
  bool is_long = false;
  /// Rests on which organisations are IT: known where a configuration says so, and then as certain
  /// as that; elsewhere told by their names.
  bool rests_on_it = false;
  /// Judges what others accept: after all other rules, and only where a run is given acceptances.
  bool judges_acceptances = false;
  std::vector<RuleOption> options = {};
  FixKind fix = FixKind::none;
  void (*check)(const Estate& estate, Facts& facts) = nullptr;
  /// Says in words what `check` found: message and evidence; of a subject that is neither an item
  /// nor a relation, also what it is and where.
  void (*word)(const FactView& fact, Finding& finding) = nullptr;
  /// What makes a group the same group in another run; null where that is its members.
  std::string (*group_key)(const FactView& fact) = nullptr;
  /// The message in short, for tables; null where the message is short.
  std::string (*brief)(const FactView& fact) = nullptr;
  /// What facts have in common that are told together, such as what their relations lead to; empty
  /// for one that stands alone. Null where each is told by itself.
  std::string (*cause)(const FactView& fact) = nullptr;
  /// Two or more facts of one cause, in one sentence.
  std::string (*tell_together)(std::span<const FactView> facts) = nullptr;
};

/// What a configuration says of one rule. What it leaves open is as the rule has it.
struct RuleSettings {
  std::optional<bool> on;            ///< Whether it judges, whatever set it is in.
  std::optional<Severity> severity;  ///< A step worse for what matters most, as ever.
  std::optional<bool> fails;         ///< Whether its findings may fail a run.
  std::map<std::string, std::uint32_t, std::less<>> options;

  [[nodiscard]] bool is_on(const Rule& rule, RuleSet set) const {
    return on.value_or(set == RuleSet::all || rule.set == RuleSet::core);
  }
  [[nodiscard]] bool may_fail(const Rule& rule) const {
    return fails.value_or(rule.confidence == Confidence::certain);
  }
  [[nodiscard]] std::uint32_t option(const RuleOption& of) const {
    const auto chosen = options.find(of.name);
    return chosen == options.end() ? of.standard : chosen->second;
  }
};

using Numbers = std::vector<std::uint32_t>;

/// All that one rule found, in numbers.
struct RuleFacts {
  const Rule* rule = nullptr;
  std::vector<Fact> facts;  ///< By subject, in an order that does not depend on files.
  /// Evidence: lists one behind the other, each behind its length. The first is empty.
  Numbers lists{0};
  /// Subjects in scope that it could judge, whatever it said of them, and that it could not.
  std::uint64_t judged = 0;
  std::uint64_t not_judged = 0;
  RuleSettings settings;
  std::span<const Acceptance> acceptances = {};  ///< Those of the run.

  [[nodiscard]] std::span<const std::uint32_t> list(std::uint32_t at) const {
    return std::span(lists).subspan(at + 1, lists[at]);
  }
  /// An option of the rule, as it is chosen.
  [[nodiscard]] std::uint32_t option(std::string_view name) const {
    const auto found = std::ranges::find(rule->options, name, &RuleOption::name);
    assert(found != rule->options.end());
    return settings.option(*found);
  }
};

/// Takes what one rule finds out about the subjects in scope, and drops the rest.
class Facts {
 public:
  Facts(const Rule& rule, RuleSettings settings, const Inventory& inventory, const ItemSet& scope)
      : rule_(rule),
        severity_(settings.severity.value_or(rule.severity)),
        inventory_(inventory),
        scope_(scope) {
    found_.rule = &rule;
    found_.settings = std::move(settings);
  }

  /// An option of the rule, as it is chosen.
  [[nodiscard]] std::uint32_t option(std::string_view name) const { return found_.option(name); }

  /// A fact about an item. `evidence` are numbers that the rule's words are made of.
  void add(ItemId item, const Numbers& evidence = {});
  void add(RelationId relation, const Numbers& evidence = {});
  /// About a list of items that was kept; for a group that is worse, or less bad, than its rule
  /// says, where no configuration says how bad it is.
  void add_group(std::uint32_t members, Severity severity, const Numbers& evidence = {});
  /// About somebody, in scope where one of the items is.
  void add(PartyId party, std::span<const ItemId> items, const Numbers& evidence = {});
  /// About what is neither an item nor a relation nor a group nor a party.
  void add(SubjectKind kind, std::uint32_t subject, const Numbers& evidence = {});

  /// Keeps a list that several facts refer to; returns where it stands.
  std::uint32_t keep(std::span<const std::uint32_t> list);
  std::uint32_t keep(std::span<const ItemId> items);

  /// Whether anything that is added about it stays: for what takes long to find out.
  [[nodiscard]] bool is_in_scope(ItemId item) const { return scope_.contains(item); }
  [[nodiscard]] bool is_in_scope(RelationId relation) const;

  /// Whether the export has `input` for the item. If not, the item is counted as not evaluated.
  bool can_judge(ItemId item, RuleInput input);
  /// Something that is no item cannot be judged, for this reason; each call counts one.
  void cannot_judge(std::string_view reason);
  /// The same of an item, which is counted where it is in scope.
  void cannot_judge(ItemId item, std::string_view reason);
  /// The item is neither faulty nor sound, for this reason.
  void undetermined(ItemId item, std::string_view reason);

  [[nodiscard]] RuleFacts& found() { return found_; }
  [[nodiscard]] std::vector<NotEvaluated> not_evaluated() const;

 private:
  void add(Fact fact, const Numbers& evidence);

  const Rule& rule_;
  Severity severity_;
  const Inventory& inventory_;
  const ItemSet& scope_;
  RuleFacts found_;
  std::map<std::pair<std::uint32_t, RuleInput>, std::uint64_t> missing_inputs_;
  std::map<std::string, std::uint64_t, std::less<>> not_judged_;
  std::map<std::string, std::vector<ItemId>, std::less<>> undetermined_;
};

/// A fact as its rule reads it, to put it into words.
class FactView {
 public:
  FactView(const Inventory& inventory, const TieredGraph& graph, const RuleFacts& found,
           const Fact& fact)
      : inventory_(&inventory), graph_(&graph), found_(&found), fact_(&fact) {}

  [[nodiscard]] const Inventory& inventory() const { return *inventory_; }
  [[nodiscard]] const TieredGraph& graph() const { return *graph_; }
  [[nodiscard]] const Rule& rule() const { return *found_->rule; }
  /// An option of the rule, as it was chosen.
  [[nodiscard]] std::uint32_t option(std::string_view name) const { return found_->option(name); }
  [[nodiscard]] SubjectKind kind() const { return fact_->kind; }
  [[nodiscard]] Severity severity() const { return fact_->severity; }
  [[nodiscard]] FindingState state() const { return fact_->state; }
  /// What accepts it; null where nothing does.
  [[nodiscard]] const Acceptance* accepted() const {
    return fact_->acceptance == 0 ? nullptr : &found_->acceptances[fact_->acceptance - 1];
  }
  /// What a fact about one is about.
  [[nodiscard]] const Acceptance& acceptance() const { return found_->acceptances[fact_->subject]; }
  [[nodiscard]] std::uint32_t rows() const { return fact_->rows; }
  [[nodiscard]] std::uint32_t subject() const { return fact_->subject; }
  /// no_item where it is about something else.
  [[nodiscard]] ItemId item() const {
    return fact_->kind == SubjectKind::item ? ItemId{fact_->subject} : no_item;
  }
  [[nodiscard]] PartyId party() const { return PartyId{fact_->subject}; }
  [[nodiscard]] RelationId relation() const { return RelationId{fact_->subject}; }
  /// Of a group, its items; of a relation, those of its ends that are items.
  [[nodiscard]] std::vector<ItemId> members() const;

  [[nodiscard]] std::span<const std::uint32_t> evidence() const {
    return found_->list(fact_->list);
  }
  /// A list that was kept.
  [[nodiscard]] std::span<const std::uint32_t> list(std::uint32_t at) const {
    return found_->list(at);
  }

 private:
  const Inventory* inventory_;
  const TieredGraph* graph_;
  const RuleFacts* found_;
  const Fact* fact_;
};

std::vector<ItemId> items_of(std::span<const std::uint32_t> numbers);

/// The fact in words, with all that makes a finding of it.
Finding word(const FactView& fact);

/// The message in at most some 60 characters.
std::string brief(const FactView& fact);

/// `environment`, `portfolio` or `class`, and a value: which subjects are reported. Values of one
/// field are alternatives; every field that is named has to fit.
struct ScopeTerm {
  std::string field;
  std::string value;
};

/// What people accept, and who may.
struct Acceptances {
  bool are_given = false;  ///< Whether there is a file of them, were it empty.
  AcceptancePolicy policy = AcceptancePolicy::off;
  std::vector<Acceptance> all;
};

/// A rule of today by a name that it had before. Of a rule's former names, the first stays in the
/// fingerprints of its findings, which so are the same under any name.
struct RuleAlias {
  std::string_view id;   ///< The former name.
  std::string_view now;  ///< The id of the rule.
  bool is_first = true;
};
/// The id today of the rule that is, or was, called so.
std::string_view current_rule(std::string_view id);
/// The rule itself; null where none ever was.
const Rule* rule_called(std::string_view id);
/// The rule that says who supports nobody: that is one of the two questions people come with, so
/// pictures, answers and histories tell of it by itself.
inline constexpr std::string_view rule_of_orphans = "orphaned-supporting-service";
/// The name of a rule that fingerprints are made of.
std::string_view first_name_of(std::string_view rule);

/// Chief ..., CEO, CIO and the like.
std::vector<std::string> standard_executive_titles();

struct RuleSelection {
  std::vector<std::string> only = {};  ///< None means all of `set`.
  std::vector<std::string> skip = {};
  bool assume_complete = false;  ///< Judge as if no page were cut off and nothing were left out.
  RuleSet set = RuleSet::core;
  std::map<std::string, RuleSettings, std::less<>> settings = {};  ///< By id.
  Acceptances acceptances = {};
  /// How titles of those begin who lead the organisation; `*` stands for any characters.
  std::vector<std::string> executive_titles = standard_executive_titles();
};

/// All that the selected rules look at.
InputSet inputs_of(const RuleSelection& selection);

/// How many live customer-facing services rely on an item through live items, itself included. A
/// service and its offerings count once.
class ServiceReach {
 public:
  struct Count {
    std::uint32_t services = 0;
    bool exact = true;  ///< Else within 25 % in 19 of 20 cases.
  };
  explicit ServiceReach(std::size_t items = 0) : counts_(items) {}

  /// Of an item that some finding is about.
  [[nodiscard]] Count of(ItemId item) const {
    const std::uint32_t count = counts_[index_of(item)];
    return {count & ~estimated, (count & estimated) == 0};
  }
  void set(ItemId item, Count count) {
    counts_[index_of(item)] = count.services | (count.exact ? 0 : estimated);
  }

 private:
  static constexpr std::uint32_t estimated = 1U << 31U;
  std::vector<std::uint32_t> counts_;
};

struct RuleResults {
  std::vector<const Rule*> rules;           ///< Those that were selected, sorted by id.
  std::vector<RuleFacts> found;             ///< By each of them, in the same order.
  Acceptances acceptances;                  ///< What became of them.
  ServiceReach reach;                       ///< Of the items that findings are about.
  std::vector<NotEvaluated> not_evaluated;  ///< Sorted by rule.
  bool lacks_records = false;               ///< A source has only items, or only relations.
  std::vector<StageTime> times;             ///< Of what rules share, and of each rule.

  [[nodiscard]] std::size_t accepted_count() const {
    return std::transform_reduce(acceptances.all.begin(), acceptances.all.end(), std::size_t{0},
                                 std::plus(), [](const Acceptance& one) { return one.accepted; });
  }
  [[nodiscard]] std::size_t fact_count() const {
    return std::transform_reduce(found.begin(), found.end(), std::size_t{0}, std::plus(),
                                 [](const RuleFacts& one) { return one.facts.size(); });
  }
};

/// `scope` decides which subjects are reported; what relies on what is followed everywhere. What is
/// found does not depend on `jobs`, the number of threads.
RuleResults run_rules(const Inventory& inventory, const TieredGraph& graph,
                      const RuleSelection& selection, const ItemSet& scope, unsigned jobs = 1);

}  // namespace tierline
