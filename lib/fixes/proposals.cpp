#include "fixes/proposals.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "analysis/fingerprint.h"
#include "explain/candidates.h"
#include "fixes/state_texts.h"
#include "support/id128.h"
#include "tierline/text.h"

namespace tierline {
namespace {

/// Whether it is the name of a table, and not an address or a title.
bool is_plain(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
}

/// The name of a table without that of the profile, which profiles put before what a record is
/// called where files do not tell its table: `itop lnkServerToVolume`.
std::string as_exported(std::string_view table, std::string_view profile) {
  const bool is_marked =
      table.starts_with(profile) && table.substr(profile.size()).starts_with(' ');
  return std::string(is_marked ? table.substr(profile.size() + 1) : table);
}

class Proposing {
 public:
  explicit Proposing(const AuditReport& report) : report_(report), inventory_(report.inventory) {}

  ProposedFixes make() {
    report_.each_fact([&](const FactView& fact) {
      if (fact.rule().fix == FixKind::none || fact.accepted() != nullptr) {
        return;
      }
      finding_ = fingerprint_of(fact);
      propose(fact);
    });
    return std::move(out_);
  }

 private:
  void propose(const FactView& fact) {
    switch (fact.rule().fix) {
      case FixKind::none:
        return;
      case FixKind::remove_relation:
        return remove(fact, fact.relation());
      case FixKind::remove_repeats:
        for (const std::uint32_t row : fact.evidence().subspan(1)) {
          remove(fact, RelationId{row});
        }
        return;
      case FixKind::name_owner:
      case FixKind::replace_owner:
        return give_owner(fact);
      case FixKind::put_into_portfolio:
        return put_into_portfolio(fact);
      case FixKind::retire:
        return retire(fact);
      case FixKind::settle_state:
        return settle_state(fact);
    }
  }

  [[nodiscard]] ProposedFix proposal(const FactView& fact, std::string reason,
                                     Confidence confidence) const {
    ProposedFix made;
    made.finding = finding_;
    made.fix.finding = to_hex(finding_);
    made.fix.rule = fact.rule().id;
    made.fix.reason = std::move(reason);
    made.fix.confidence = confidence;
    return made;
  }

  /// To the record of the item that the finding is about.
  [[nodiscard]] ProposedFix update(const FactView& fact, std::string reason,
                                   Confidence confidence) const {
    ProposedFix made = proposal(fact, std::move(reason), confidence);
    made.item = fact.item();
    made.items = {fact.item()};
    made.fix.table = table_of(fact.item());
    made.fix.id = inventory_.id(fact.item());
    return made;
  }

  /// Rows only: a field of an item may be there for another reason as well.
  void remove(const FactView& fact, RelationId id) {
    const Relation& relation = inventory_.relation(id);
    const std::string row = inventory_.row_id(id);
    const std::string table = table_of(id);
    if (!relation.is_row || row.empty() || table.empty()) {
      return;
    }
    ProposedFix made = proposal(fact, word(fact).message, Confidence::certain);
    made.fix.table = table;
    made.fix.id = row;
    made.fix.action = FixAction::remove;
    made.removed = id;
    made.items = {relation.from, relation.to};
    out_.all.push_back(std::move(made));
  }

  /// The table that a row of relations is in; empty where its file has several, and nothing tells.
  [[nodiscard]] std::string table_of(RelationId id) const {
    const auto input =
        std::ranges::find(inventory_.inputs(), inventory_.place(id).file, &InputSummary::path);
    if (input == inventory_.inputs().end()) {
      return "relations";
    }
    std::vector<std::string> tables;
    for (const TableSummary& one : input->tables) {
      if (one.disposition == RecordDisposition::relation && !one.name.empty()) {
        tables.push_back(as_exported(one.name, input->profile));
      }
    }
    if (tables.size() < 2) {
      return tables.empty() ? as_exported(input->table, input->profile) : tables.front();
    }
    // Rows that say no type have the name of their table for one.
    const std::string& type = inventory_.type(inventory_.relation(id)).id;
    const auto fits = std::ranges::find_if(
        tables, [&](const std::string& table) { return fold(table) == fold(type); });
    return fits == tables.end() ? std::string() : *fits;
  }

  /// The table that the record of an item is in: its class where that is one, as in ServiceNow, or
  /// where its file is not of a single table that has a plain name.
  [[nodiscard]] std::string table_of(ItemId item) const {
    const std::string& item_class = inventory_.class_name(item);
    const auto inputs = inventory_.inputs();
    if (std::ranges::find(inputs, item_class, &InputSummary::table) != inputs.end()) {
      return item_class;
    }
    const auto input = std::ranges::find(inputs, inventory_.place(item).file, &InputSummary::path);
    const bool is_told = input != inputs.end() && is_plain(input->table) &&
                         std::ranges::all_of(input->tables, [](const TableSummary& one) {
                           return one.disposition == RecordDisposition::item ||
                                  one.disposition == RecordDisposition::left_out;
                         });
    return is_told ? input->table : item_class;
  }

  /// What says it of the items of a class; null where there is no field that somebody can write to.
  [[nodiscard]] const ClassInput* said_by(ItemId item, RuleInput input) const {
    const auto inputs = inventory_.class_inputs();
    const auto found = std::ranges::find_if(inputs, [&](const ClassInput& one) {
      return one.item_class == inventory_.item_class(item) && one.input == input;
    });
    return found == inputs.end() || found->present.empty() ? nullptr : &*found;
  }

  /// Who stands where the owner should, in the form that the column has.
  [[nodiscard]] std::string owners_said(ItemId item, const ClassInput& field) const {
    std::string text;
    for (const Responsibility& one : inventory_.parties_of(item)) {
      if (one.role == Role::accountable || one.role == Role::placeholder) {
        const Party& party = inventory_.party(one.party);
        text += text.empty() ? "" : ", ";
        text += party.known && field.names_parties ? party.name : party.id;
      }
    }
    return text;
  }

  void give_owner(const FactView& fact) {
    const ItemId item = fact.item();
    const ClassInput* const field = said_by(item, RuleInput::accountable);
    if (field == nullptr) {
      return;
    }
    const std::string before = owners_said(item, *field);
    if (!before.empty() && field->present.size() > 1) {
      return;  // Nothing tells which of them says it.
    }
    if (!operated_) {
      operated_.emplace(inventory_);
    }
    const auto candidates =
        owner_candidates(report_, item, live_holders(report_, item), *operated_);
    const auto best = std::ranges::find_if(candidates, [&](const OwnerCandidate& candidate) {
      const Party& party = inventory_.party(candidate.party);
      return party.kind == PartyKind::person && party.known && party.active;
    });
    if (best == candidates.end()) {
      return;
    }
    const Party& party = inventory_.party(best->party);
    ProposedFix made =
        update(fact, fmt::format("{} {}", label(party), best->reason),
               fact.rule().fix == FixKind::replace_owner ? Confidence::likely : Confidence::hint);
    made.fix.field = field->present.front();
    made.fix.before = before;
    made.fix.after = party.id;
    made.owner = best->party;
    out_.all.push_back(std::move(made));
  }

  /// The portfolio that holds other services of its owner, where all of them are in one.
  void put_into_portfolio(const FactView& fact) {
    const ItemId item = fact.item();
    const std::vector<PartyId> owners = inventory_.owners(item);
    const ClassInput* const said = said_by(item, RuleInput::portfolio);
    if (owners.size() != 1 || said == nullptr) {
      return;
    }
    const auto found = memberships().find(owners);
    const Relation* const fits = found == memberships().end() ? nullptr : found->second;
    if (fits == nullptr || !inventory_.is_live(fits->from)) {
      return;
    }
    // The field that says it of the others: one for nodes of a taxonomy takes no portfolio.
    const std::string& field = inventory_.type(*fits).id;
    if (std::ranges::find(said->present, field) == said->present.end()) {
      return;
    }
    ProposedFix made =
        update(fact,
               fmt::format("all other services that {} owns are in {}",
                           label(inventory_.party(owners[0])), inventory_.label(fits->from)),
               Confidence::likely);
    made.fix.field = field;
    made.fix.after = inventory_.id(fits->from);
    made.items = {item, fits->from};
    made.added = *fits;
    made.added->to = item;
    out_.all.push_back(std::move(made));
  }

  /// A service that supports nobody, unless what is still planned is to use it. All fields say it,
  /// so that none of them contradicts another.
  void retire(const FactView& fact) {
    const Finding finding = word(fact);
    if (finding.evidence.front().second == EvidenceValue(std::string("awaited"))) {
      return;
    }
    const auto& fields = inventory_.contradiction(fact.item()).state_fields;
    std::vector<StateField> changed;
    std::ranges::copy_if(fields, std::back_inserter(changed), [](const StateField& field) {
      return field.state && *field.state != State::retired;
    });
    if (changed.empty() && !fields.empty()) {
      changed = {fields.front()};  // None says anything.
    }
    if (set_fields(fact, changed, State::retired, State::retired, Confidence::hint,
                   finding.message + ": to be retired only where somebody who knows it agrees")) {
      retired_.insert(fact.item());
    }
  }

  /// The fields that disagree follow the one that counts before all others, unless more of them are
  /// against it.
  void settle_state(const FactView& fact) {
    if (retired_.contains(fact.item())) {
      return;
    }
    const auto& fields = inventory_.contradiction(fact.item()).state_fields;
    const auto counts = std::ranges::find_if(
        fields, [](const StateField& field) { return field.state.has_value(); });
    if (counts == fields.end()) {
      ++out_.undecided;
      return;
    }
    std::size_t with = 0;
    std::vector<StateField> against;
    for (const StateField& field : fields) {
      if (field.state && side_of(*field.state) == side_of(*counts->state)) {
        ++with;
      } else if (field.state) {
        against.push_back(field);
      }
    }
    if (against.size() > with ||
        !set_fields(
            fact, against, State::live, inventory_.state(fact.item()),
            against.size() < with ? Confidence::likely : Confidence::hint,
            fmt::format("{} says {}, and counts before the others", counts->field, counts->text))) {
      ++out_.undecided;
    }
  }

  /// All of them, or none where one has no text for it. `state` is that of the item then.
  bool set_fields(const FactView& fact, const std::vector<StateField>& fields, State said,
                  State state, Confidence confidence, const std::string& reason) {
    if (!texts_) {
      texts_.emplace(inventory_);
    }
    std::vector<ProposedFix> made;
    for (const StateField& field : fields) {
      ProposedFix& one = made.emplace_back(update(fact, reason, confidence));
      one.fix.field = field.field;
      one.fix.before = field.text;
      one.fix.after = texts_->of(fact.item(), field, said);
      one.state = state;
      if (one.fix.after.empty()) {
        return false;
      }
    }
    std::ranges::move(made, std::back_inserter(out_.all));
    return !made.empty();
  }

  /// By owners, how a service of theirs says in which portfolio it is; null where they are in
  /// several.
  const std::map<std::vector<PartyId>, const Relation*>& memberships() {
    if (!memberships_) {
      memberships_.emplace();
      for (const RelationId id : inventory_.relations()) {
        const Relation& relation = inventory_.relation(id);
        if (!relation.is_row && relation.kind == RelationKind::contains &&
            relation.from != no_item && relation.to != no_item &&
            inventory_.tier(relation.from) == Tier::portfolio &&
            inventory_.is_service(relation.to) && inventory_.is_live(relation.to)) {
          const auto [known, is_new] =
              memberships_->try_emplace(inventory_.owners(relation.to), &relation);
          if (!is_new && (known->second == nullptr || known->second->from != relation.from)) {
            known->second = nullptr;
          }
        }
      }
    }
    return *memberships_;
  }

  const AuditReport& report_;
  const Inventory& inventory_;
  Id128 finding_;
  std::optional<std::map<std::vector<PartyId>, const Relation*>> memberships_;
  std::optional<StateTexts> texts_;
  std::optional<OperatedItems> operated_;
  std::set<ItemId> retired_;
  ProposedFixes out_;
};

}  // namespace

ProposedFixes proposals_for(const AuditReport& report) {
  return Proposing(report).make();
}

}  // namespace tierline
