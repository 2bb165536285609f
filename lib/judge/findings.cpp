#include <fmt/format.h>

#include <algorithm>

#include "judge/fingerprint.h"
#include "judge/wording.h"
#include "tierline/rule.h"

namespace tierline {

std::string_view to_string(Severity severity) {
  constexpr std::string_view words[] = {"info", "low", "medium", "high", "critical"};
  return words[static_cast<std::size_t>(severity)];
}

std::string_view to_string(Certainty certainty) {
  return certainty == Certainty::proven ? "proven" : "assumes-complete-export";
}

std::string_view to_string(SubjectKind kind) {
  constexpr std::string_view words[] = {"item",  "relation", "class", "relation-type",
                                        "field", "file",     "group"};
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

void Findings::add(ItemId item, std::string message, Evidence evidence) {
  add(Subject::of(item), inventory_.place(item), escalated(inventory_, item, rule_.severity),
      std::move(message), std::move(evidence));
}

void Findings::add(Subject subject, Place location, std::string message, Evidence evidence) {
  add(std::move(subject), std::move(location), rule_.severity, std::move(message),
      std::move(evidence));
}

void Findings::add(Subject subject, Place location, Severity severity, std::string message,
                   Evidence evidence) {
  if (!is_in_scope(subject)) {
    return;
  }
  Finding finding;
  finding.rule = &rule_;
  finding.severity = severity;
  finding.certainty = rule_.certainty;
  finding.fingerprint = fingerprint(rule_.id, subject_key(inventory_, subject));
  finding.subject = std::move(subject);
  finding.message = std::move(message);
  finding.evidence = std::move(evidence);
  finding.location = std::move(location);
  found_.push_back(std::move(finding));
}

bool Findings::can_judge(ItemId item, Input input) {
  if (inventory_.has_input(item, input)) {
    return true;
  }
  if (scope_.contains(item)) {
    ++missing_inputs_[{inventory_.item_class(item), input}];
  }
  return false;
}

/// What is about the export as a whole, or leads nowhere, always is.
bool Findings::is_in_scope(const Subject& subject) const {
  if (subject.kind == SubjectKind::item) {
    return scope_.contains(subject.item);
  }
  return subject.members.empty() ||
         std::ranges::any_of(subject.members, [&](ItemId item) { return scope_.contains(item); });
}

void Findings::cannot_judge(std::string_view reason) {
  const auto known = not_judged_.find(reason);
  if (known == not_judged_.end()) {
    not_judged_.emplace(reason, 1);
  } else {
    ++known->second;
  }
}

void Findings::undetermined(ItemId item, std::string_view reason) {
  if (!scope_.contains(item)) {
    return;
  }
  auto known = undetermined_.find(reason);
  if (known == undetermined_.end()) {
    known = undetermined_.emplace(reason, std::vector<ItemId>()).first;
  }
  known->second.push_back(item);
}

std::vector<NotEvaluated> Findings::not_evaluated() const {
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
