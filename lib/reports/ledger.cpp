// What a reader has to know before trusting the findings: what was read, and what was left open.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "analysis/wording.h"
#include "tierline/report.h"
#include "tierline/text.h"

namespace tierline {
namespace {

using Counts = std::map<std::string, std::uint64_t>;

std::vector<Ledger::Count> listed(const Counts& counts) {
  std::vector<Ledger::Count> list;
  for (const auto& [name, count] : counts) {
    list.push_back({name, count});
  }
  return list;
}

void count_records(const Inventory& inventory, Ledger& ledger) {
  ledger.files = inventory.inputs().size();
  for (const InputSummary& input : inventory.inputs()) {
    ledger.records += input.records;
    for (const TableSummary& table : input.tables) {
      ledger.records_left_out +=
          table.disposition == RecordDisposition::left_out ? table.records : 0;
      ledger.records_unmapped +=
          table.disposition == RecordDisposition::unmapped ? table.records : 0;
    }
  }
  Counts notices;
  for (const Notice& notice : inventory.notices()) {
    notices[notice.kind] += notice.count;
    if (notice.kind == own_output_kind) {
      ledger.own_outputs.push_back(notice.place.file);
    }
  }
  std::ranges::sort(ledger.own_outputs);
  ledger.notices = listed(notices);
  ledger.truncated_tables = inventory.truncations().size();
}

void count_items(const Inventory& inventory, Ledger& ledger) {
  ledger.items = inventory.item_count();
  for (const ItemId item : inventory.items()) {
    ledger.items_without_tier += inventory.tier(item) == Tier::unmapped ? 1U : 0U;
    for (const Responsibility& responsibility : inventory.parties_of(item)) {
      const Party& party = inventory.party(responsibility.party);
      const bool is_lost =
          responsibility.role == Role::accountable && !party.known && party.table_loaded;
      ledger.owners_in_no_table += is_lost ? 1U : 0U;
    }
  }
  for (std::uint32_t i = 0; i < inventory.party_count(); ++i) {
    ledger.parties += inventory.party(PartyId{i}).known ? 1U : 0U;
  }
}

void count_relations(const Inventory& inventory, Ledger& ledger) {
  ledger.relations = inventory.relation_count();
  Ledger::References& ends = ledger.unresolved;
  for (const UnresolvedEnd& end : inventory.unresolved_ends()) {
    ++(end.reason == Unresolved::empty       ? ends.empty
       : end.reason == Unresolved::ambiguous ? ends.ambiguous
                                             : ends.missing);
  }
  Counts unknown;
  for (const RelationId id : inventory.relations()) {
    const Relation& relation = inventory.relation(id);
    if (relation.kind == RelationKind::unknown) {
      ++unknown[inventory.type(relation).id];
    }
  }
  ledger.unknown_types = listed(unknown);
}

void count_rules(const RuleResults& results, Ledger& ledger) {
  ledger.rules = results.rules.size();
  std::set<std::string_view> left_open;
  for (const NotEvaluated& one : results.not_evaluated) {
    left_open.insert(one.rule->id);
  }
  for (const RuleFacts& found : results.found) {
    if (left_open.contains(found.rule->id)) {
      auto& rules = found.judged > 0 ? ledger.rules_evaluated_in_part : ledger.rules_not_evaluated;
      rules.emplace_back(found.rule->id);
    }
  }
}

std::uint64_t noticed(const Ledger& ledger, std::string_view kind) {
  const auto found = std::ranges::find(ledger.notices, kind, &Ledger::Count::name);
  return found == ledger.notices.end() ? 0 : found->count;
}

/// Why references lead nowhere: `2 missing, 1 ambiguous`.
std::string reasons(const Ledger::References& ends) {
  std::vector<std::string> reasons;
  for (const auto& [count, why] :
       {std::pair(ends.missing, "missing"), {ends.ambiguous, "ambiguous"}, {ends.empty, "empty"}}) {
    if (count > 0) {
      reasons.push_back(fmt::format("{} {}", with_thousands(count), why));
    }
  }
  return join(reasons, ", ");
}

std::vector<std::string> types_with_counts(const Ledger& ledger) {
  std::vector<std::string> types;
  for (const auto& [name, count] : ledger.unknown_types) {
    types.push_back(fmt::format("{} ({})", name.empty() ? "no type" : name, with_thousands(count)));
  }
  return types;
}

}  // namespace

std::string_view to_string(Completeness completeness) {
  constexpr std::string_view words[] = {"complete", "gaps", "incomplete"};
  return words[static_cast<std::size_t>(completeness)];
}

Ledger ledger_of(const Inventory& inventory, const RuleResults& results, bool is_incomplete) {
  Ledger ledger;
  count_records(inventory, ledger);
  count_items(inventory, ledger);
  count_relations(inventory, ledger);
  count_rules(results, ledger);
  ledger.verdict = is_incomplete ? Completeness::incomplete : Completeness::complete;
  if (!is_incomplete && !gaps_in(ledger).empty()) {
    ledger.verdict = Completeness::gaps;
  }
  return ledger;
}

std::vector<Gap> gaps_in(const Ledger& ledger) {
  std::vector<Gap> gaps;
  const auto add = [&](std::uint64_t count, std::string_view thing, std::string_view of_one,
                       std::string_view of_several, std::string which = {}) {
    if (count > 0) {
      gaps.push_back(
          {fmt::format("{} {}", count_of(count, thing), count == 1 ? of_one : of_several),
           std::move(which)});
    }
  };
  add(ledger.truncated_tables, "table", "looks cut off", "look cut off");
  if (ledger.verdict == Completeness::incomplete && ledger.truncated_tables == 0) {
    gaps.push_back({"items or relations are missing altogether", {}});
  }
  add(ledger.rules_not_evaluated.size(), "rule", "was not evaluated", "were not evaluated",
      name_list(ledger.rules_not_evaluated));
  const Ledger::References& ends = ledger.unresolved;
  add(ends.missing + ends.ambiguous + ends.empty, "reference", "leads nowhere", "lead nowhere",
      reasons(ends));
  add(ledger.owners_in_no_table, "owner", "is in no table", "are in no table");
  std::uint64_t of_unknown_types = 0;
  for (const Ledger::Count& type : ledger.unknown_types) {
    of_unknown_types += type.count;
  }
  add(of_unknown_types, "relation", "is of an unknown type", "are of unknown types",
      name_list(types_with_counts(ledger)));
  add(ledger.items_without_tier, "item", "has no tier", "have no tier");
  add(ledger.records_unmapped, "record", "is of no known table", "are of no known table");
  add(noticed(ledger, "unusable-record"), "record", "could not be used", "could not be used");
  add(noticed(ledger, "no-id"), "record", "has neither an id nor a name of its own",
      "have neither ids nor names of their own");
  add(noticed(ledger, "unmapped-value"), "value", "has no meaning", "have no meaning");
  add(ledger.rules_evaluated_in_part.size(), "rule", "was evaluated in part",
      "were evaluated in part", name_list(ledger.rules_evaluated_in_part));
  return gaps;
}

}  // namespace tierline
