#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "analysis/scope.h"
#include "analysis/wording.h"
#include "tierline/rule.h"

namespace tierline {

namespace {

constexpr std::array<std::string_view, 5> severity_words = {"info", "low", "medium", "high",
                                                            "critical"};

}  // namespace

std::string_view to_string(Severity severity) {
  return severity_words[static_cast<std::size_t>(severity)];
}

std::optional<Severity> severity_called(std::string_view word) {
  const auto* const found = std::ranges::find(severity_words, word);
  return found == severity_words.end()
             ? std::nullopt
             : std::optional(static_cast<Severity>(found - severity_words.begin()));
}

std::vector<std::string> severity_names() {
  return {severity_words.begin(), severity_words.end()};
}

std::string_view to_string(Certainty certainty) {
  return certainty == Certainty::proven ? "proven" : "assumes-complete-export";
}

std::string_view to_string(Confidence confidence) {
  constexpr std::string_view words[] = {"certain", "likely", "hint"};
  return words[static_cast<std::size_t>(confidence)];
}

std::string_view to_string(FindingState state) {
  constexpr std::string_view words[] = {"new", "unchanged", "updated"};
  return words[static_cast<std::size_t>(state)];
}

std::string_view to_string(RuleSet set) {
  return set == RuleSet::core ? "core" : "all";
}

std::string_view to_string(SubjectKind kind) {
  constexpr std::string_view words[] = {"item", "relation", "class", "relation-type", "field",
                                        "file", "group",    "party", "source",        "acceptance"};
  return words[static_cast<std::size_t>(kind)];
}

std::string_view to_string(NotEvaluated::Cause cause) {
  constexpr std::string_view words[] = {"missing-data", "missing-field", "incomplete-export",
                                        "undetermined"};
  return words[static_cast<std::size_t>(cause)];
}

std::string_view to_string(Need need) {
  constexpr std::string_view words[] = {
      "services",
      "portfolios",
      "systems or components",
      "relations between items",
      "relations of services",
      "table of persons or groups",
  };
  return words[static_cast<std::size_t>(need)];
}

Subject Subject::of(ItemId item) {
  Subject subject;
  subject.item = item;
  return subject;
}

namespace {

/// One step worse for what matters most: criticality 1, or facing customers outside.
Severity escalated(const Inventory& inventory, ItemId item, Severity severity) {
  const bool matters = inventory.criticality(item) == 1 ||
                       (inventory.is_service(item) && inventory.facing(item) == Facing::external);
  return matters && severity < Severity::critical
             ? static_cast<Severity>(static_cast<int>(severity) + 1)
             : severity;
}

}  // namespace

void Facts::add(ItemId item, const Numbers& evidence) {
  if (scope_.contains(item)) {
    add({.subject = index_of(item), .severity = escalated(inventory_, item, severity_)}, evidence);
  }
}

bool Facts::is_in_scope(RelationId relation) const {
  return tierline::is_in_scope(inventory_.relation(relation), scope_);
}

void Facts::add(RelationId id, const Numbers& evidence) {
  if (is_in_scope(id)) {
    add({.subject = index_of(id), .kind = SubjectKind::relation, .severity = severity_}, evidence);
  }
}

void Facts::add_group(std::uint32_t members, Severity severity, const Numbers& evidence) {
  if (std::ranges::any_of(found_.list(members),
                          [&](std::uint32_t item) { return scope_.contains(ItemId{item}); })) {
    add({.subject = members,
         .kind = SubjectKind::group,
         .severity = found_.settings.severity.value_or(severity)},
        evidence);
  }
}

void Facts::add(PartyId party, std::span<const ItemId> items, const Numbers& evidence) {
  if (std::ranges::any_of(items, [&](ItemId item) { return scope_.contains(item); })) {
    add(SubjectKind::party, index_of(party), evidence);
  }
}

void Facts::add(SubjectKind kind, std::uint32_t subject, const Numbers& evidence) {
  add({.subject = subject, .kind = kind, .severity = severity_}, evidence);
}

void Facts::add(Fact fact, const Numbers& evidence) {
  fact.list = evidence.empty() ? 0 : keep(evidence);
  found_.facts.push_back(fact);
}

std::uint32_t Facts::keep(std::span<const std::uint32_t> list) {
  const auto at = static_cast<std::uint32_t>(found_.lists.size());
  found_.lists.push_back(static_cast<std::uint32_t>(list.size()));
  found_.lists.insert(found_.lists.end(), list.begin(), list.end());
  return at;
}

std::uint32_t Facts::keep(std::span<const ItemId> items) {
  return keep(numbers_of(items));
}

bool Facts::can_judge(ItemId item, RuleInput input) {
  if (inventory_.has_input(item, input)) {
    return true;
  }
  if (scope_.contains(item)) {
    ++missing_inputs_[{inventory_.item_class(item), input}];
  }
  return false;
}

void Facts::cannot_judge(std::string_view reason) {
  const auto known = not_judged_.find(reason);
  if (known == not_judged_.end()) {
    not_judged_.emplace(reason, 1);
  } else {
    ++known->second;
  }
}

void Facts::cannot_judge(ItemId item, std::string_view reason) {
  if (scope_.contains(item)) {
    cannot_judge(reason);
  }
}

void Facts::undetermined(ItemId item, std::string_view reason) {
  if (!scope_.contains(item)) {
    return;
  }
  auto known = undetermined_.find(reason);
  if (known == undetermined_.end()) {
    known = undetermined_.emplace(reason, std::vector<ItemId>()).first;
  }
  known->second.push_back(item);
}

std::vector<NotEvaluated> Facts::not_evaluated() const {
  std::vector<NotEvaluated> all;
  const auto add = [&](NotEvaluated::Cause cause, std::string reason,
                       std::uint64_t count) -> NotEvaluated& {
    NotEvaluated& one = all.emplace_back();
    one.rule = &rule_;
    one.cause = cause;
    one.reason = std::move(reason);
    one.count = count;
    return one;
  };
  for (const auto& [key, count] : missing_inputs_) {
    const auto& [item_class, input] = key;
    const auto inputs = inventory_.class_inputs();
    const auto known = std::ranges::find_if(inputs, [&](const ClassInput& one) {
      return one.item_class == item_class && one.input == input;
    });
    const std::string fields = known == inputs.end() ? "" : known->fields;
    const std::string& class_name = inventory_.class_names()[item_class];
    const bool some_pages = known != inputs.end() && known->exported;
    std::string reason =
        fields.empty() ? fmt::format("the profile has no field for the {} of class '{}'",
                                     phrase(input), class_name)
        : some_pages   ? fmt::format("some pages of class '{}' lack {}", class_name, fields)
                       : fmt::format("the export of class '{}' lacks {}", class_name, fields);
    NotEvaluated& one = add(NotEvaluated::Cause::missing_field, std::move(reason), count);
    one.item_class = class_name;
    one.input = input;
  }
  for (const auto& [reason, count] : not_judged_) {
    add(NotEvaluated::Cause::missing_field, reason, count);
  }
  for (const auto& [reason, items] : undetermined_) {
    add(NotEvaluated::Cause::undetermined, reason, items.size()).subjects =
        in_order(inventory_, items);
  }
  return all;
}

}  // namespace tierline
