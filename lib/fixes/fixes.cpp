#include "tierline/fixes.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/unordered/unordered_flat_set.hpp>
#include <iterator>
#include <optional>
#include <set>
#include <tuple>

#include "analysis/fingerprint.h"
#include "explain/candidates.h"
#include "inventory/edit.h"
#include "inventory/id128.h"
#include "reports/subject.h"

namespace tierline {
namespace {

/// A fix, and what it does to the inventory.
struct Proposal {
  Fix fix;
  Id128 finding;
  std::vector<ItemId> items;  ///< Those that it touches.
  std::optional<RelationId> removed = {};
  ItemId item = no_item;  ///< That gets an owner, or a portfolio.
  PartyId owner = no_party;
  std::optional<Relation> added = {};
};

bool is_of(const FactView& fact, std::initializer_list<std::string_view> rules) {
  return std::ranges::find(rules, fact.rule().id) != rules.end();
}

class Proposals {
 public:
  explicit Proposals(const AuditReport& report) : report_(report), inventory_(report.inventory) {}

  std::vector<Proposal> make() {
    report_.each_fact([&](const FactView& fact) {
      finding_ = fingerprint_of(fact);
      if (is_of(fact, {"dangling-edge", "self-loop"})) {
        remove(fact, fact.relation());
      } else if (is_of(fact, {"duplicate-edge"})) {
        for (const std::uint32_t row : fact.evidence().subspan(1)) {
          remove(fact, RelationId{row});
        }
      } else if (is_of(fact, {"owner-inactive", "owner-dangling", "owner-missing",
                              "system-owner-missing", "portfolio-owner-missing"})) {
        give_owner(fact);
      } else if (is_of(fact, {"service-not-in-portfolio"})) {
        put_into_portfolio(fact);
      }
    });
    return std::move(all_);
  }

 private:
  Proposal proposal(const FactView& fact, std::string reason, Confidence confidence) const {
    Proposal made;
    made.finding = finding_;
    made.fix.finding = to_hex(finding_);
    made.fix.rule = fact.rule().id;
    made.fix.reason = std::move(reason);
    made.fix.confidence = confidence;
    return made;
  }

  /// Rows only: a field of an item may be there for another reason as well.
  void remove(const FactView& fact, RelationId id) {
    const Relation& relation = inventory_.relation(id);
    const std::string row = inventory_.row_id(id);
    if (!relation.is_row || row.empty()) {
      return;
    }
    Proposal made = proposal(fact, word(fact).message, Confidence::certain);
    made.fix.table = table_of(inventory_.place(id).file);
    made.fix.id = row;
    made.fix.action = FixAction::remove;
    made.removed = id;
    made.items = {relation.from, relation.to};
    all_.push_back(std::move(made));
  }

  [[nodiscard]] std::string table_of(const std::string& file) const {
    const auto input = std::ranges::find(inventory_.inputs(), file, &InputSummary::path);
    return input == inventory_.inputs().end() ? file : input->table;
  }

  /// The field that says it of the items of a class; empty where several might.
  [[nodiscard]] std::string field_of(ItemId item, Input input) const {
    for (const ClassInput& one : inventory_.class_inputs()) {
      if (one.item_class == inventory_.item_class(item) && one.input == input && one.exported &&
          one.is_field && one.fields.find(' ') == std::string::npos) {
        return one.fields;
      }
    }
    return {};
  }

  void give_owner(const FactView& fact) {
    const ItemId item = fact.item();
    const std::string field = field_of(item, Input::accountable);
    const auto candidates = owner_candidates(report_, item, live_holders(report_, item));
    const auto best = std::ranges::find_if(candidates, [&](const OwnerCandidate& candidate) {
      const Party& party = inventory_.party(candidate.party);
      return party.kind == PartyKind::person && party.known && party.active;
    });
    if (field.empty() || best == candidates.end()) {
      return;
    }
    const Party& party = inventory_.party(best->party);
    Proposal made =
        proposal(fact, fmt::format("{} {}", label(party), best->reason),
                 fact.rule().id == "owner-inactive" ? Confidence::likely : Confidence::hint);
    made.fix.table = inventory_.class_name(item);
    made.fix.id = inventory_.id(item);
    made.fix.field = field;
    for (const PartyId owner : inventory_.owners(item)) {
      made.fix.before += (made.fix.before.empty() ? "" : ", ") + label(inventory_.party(owner));
    }
    made.fix.after = party.id;
    made.item = item;
    made.owner = best->party;
    made.items = {item};
    all_.push_back(std::move(made));
  }

  /// The portfolio that holds other services of its owner, where all of them are in one.
  void put_into_portfolio(const FactView& fact) {
    const ItemId item = fact.item();
    const std::vector<PartyId> owners = inventory_.owners(item);
    const std::string field = field_of(item, Input::portfolio);
    if (owners.size() != 1 || field.empty()) {
      return;
    }
    const Relation* fits = nullptr;
    for (const Relation& relation : memberships()) {
      if (inventory_.owners(relation.to) != owners) {
        continue;
      }
      if (fits != nullptr && fits->from != relation.from) {
        return;
      }
      fits = &relation;
    }
    if (fits == nullptr || !inventory_.is_live(fits->from)) {
      return;
    }
    Proposal made =
        proposal(fact,
                 fmt::format("all other services that {} owns are in {}",
                             label(inventory_.party(owners[0])), inventory_.label(fits->from)),
                 Confidence::likely);
    made.fix.table = inventory_.class_name(item);
    made.fix.id = inventory_.id(item);
    made.fix.field = field;
    made.fix.after = inventory_.id(fits->from);
    made.item = item;
    made.items = {item, fits->from};
    made.added = *fits;
    made.added->to = item;
    all_.push_back(std::move(made));
  }

  /// Services that say themselves in which portfolio they are.
  const std::vector<Relation>& memberships() {
    if (!memberships_) {
      memberships_.emplace();
      for (const RelationId id : inventory_.relations()) {
        const Relation& relation = inventory_.relation(id);
        if (!relation.is_row && relation.kind == RelationKind::contains &&
            relation.from != no_item && relation.to != no_item &&
            inventory_.tier(relation.from) == Tier::portfolio &&
            inventory_.is_service(relation.to) && inventory_.is_live(relation.to)) {
          memberships_->push_back(relation);
        }
      }
    }
    return *memberships_;
  }

  const AuditReport& report_;
  const Inventory& inventory_;
  Id128 finding_;
  std::optional<std::vector<Relation>> memberships_;
  std::vector<Proposal> all_;
};

/// The estate with all of them.
Inventory with(const std::vector<Proposal>& proposals, const Inventory& inventory) {
  InventoryEdit edit(inventory);
  std::vector<RelationId> removed;
  for (const Proposal& one : proposals) {
    if (one.removed) {
      removed.push_back(*one.removed);
    } else if (one.added) {
      edit.add_relation(*one.added, inventory.source_of(one.item));
    } else {
      std::vector<Responsibility> uses{{one.owner, Role::accountable}};
      std::ranges::copy_if(inventory.parties_of(one.item), std::back_inserter(uses),
                           [](const Responsibility& responsibility) {
                             return responsibility.role != Role::accountable &&
                                    responsibility.role != Role::placeholder;
                           });
      edit.set_responsibilities(one.item, std::move(uses));
    }
  }
  edit.drop_relations(removed);
  return edit.finish();
}

/// Whom a finding is about: items, or a person.
struct Concerned {
  std::set<ItemId> items;
  std::set<PartyId> parties;

  void add(const FactView& fact) {
    const std::vector<ItemId> all = items_of(fact);
    items.insert(all.begin(), all.end());
    if (fact.kind() == SubjectKind::party) {
      parties.insert(fact.party());
    }
  }
  [[nodiscard]] bool touches(const Proposal& one) const {
    return parties.contains(one.owner) ||
           std::ranges::any_of(one.items, [&](ItemId item) { return items.contains(item); });
  }
};

using Fingerprints = boost::unordered_flat_set<Id128>;

template <typename Sink>
void each_fact(const Inventory& inventory, const TieredGraph& graph, const RuleResults& results,
               Sink sink) {
  for (const RuleFacts& found : results.found) {
    for (const Fact& fact : found.facts) {
      const FactView view(inventory, graph, found, fact);
      sink(view, fingerprint_of(view));
    }
  }
}

}  // namespace

std::string_view to_string(FixAction action) {
  return action == FixAction::update ? "update" : "delete";
}

Fixes fixes_for(const AuditReport& report) {
  std::vector<Proposal> proposals = Proposals(report).make();
  Fixes made;
  Fingerprints before;
  each_fact(report.inventory, report.graph, report.results,
            [&](const FactView&, Id128 id) { before.insert(id); });
  // What leads to something new is left out, with what is next to it, until nothing new is left.
  while (!proposals.empty()) {
    const Inventory mended = with(proposals, report.inventory);
    const TieredGraph graph(mended, report.run.jobs);
    const RuleResults results =
        run_rules(mended, graph, report.rules, report.scope, report.run.jobs);
    Concerned by_new;
    Fingerprints there;
    bool is_new = false;
    each_fact(mended, graph, results, [&](const FactView& fact, Id128 id) {
      there.insert(id);
      if (!before.contains(id)) {
        by_new.add(fact);
        is_new = true;
      }
    });
    const std::size_t count = proposals.size();
    std::erase_if(proposals, [&](const Proposal& one) {
      return there.contains(one.finding) || by_new.touches(one);
    });
    made.withdrawn += count - proposals.size();
    if (!is_new && count == proposals.size()) {
      break;
    }
    if (count == proposals.size()) {  // Nothing that is proposed is near what is new.
      made.withdrawn += count;
      proposals.clear();
    }
  }
  std::ranges::transform(proposals, std::back_inserter(made.fixes), &Proposal::fix);
  std::ranges::sort(made.fixes, {}, [](const Fix& fix) {
    return std::tie(fix.table, fix.id, fix.field, fix.finding);
  });
  return made;
}

}  // namespace tierline
