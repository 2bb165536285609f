// From what somebody asks to what it is about.

#include <fmt/format.h>

#include <algorithm>

#include "analysis/fingerprint.h"
#include "tierline/explain.h"

namespace tierline {
namespace {

/// By a fingerprint, or how one begins.
Result<FactView> find_fact(const AuditReport& report, const std::string& wanted) {
  constexpr std::size_t shortest = 6;
  std::vector<FactView> found;
  if (wanted.size() >= shortest) {
    report.each_fact([&](const FactView& fact) {
      if (fingerprint(fact.rule().id, subject_key(fact)).starts_with(wanted)) {
        found.push_back(fact);
      }
    });
  }
  if (found.size() == 1) {
    return found.front();
  }
  return Error{found.empty()
                   ? fmt::format("no finding has the fingerprint '{}': reports have them (JSON: "
                                 "fingerprint), and {} characters of one are enough",
                                 wanted, shortest)
                   : fmt::format("{} findings have a fingerprint that begins with '{}'",
                                 found.size(), wanted)};
}

}  // namespace

Result<Subjects> subjects_of(const Inventory& inventory, const Question& question) {
  Subjects subjects;
  for (const std::string& name : question.items) {
    const auto item = find_item(inventory, name);
    if (!item) {
      return item.error();
    }
    subjects.items.push_back(*item);
  }
  for (const std::string& name : question.persons) {
    const auto party = find_party(inventory, name);
    if (!party) {
      return party.error();
    }
    subjects.parties.push_back(*party);
  }
  subjects.findings = question.findings;
  return subjects;
}

ItemSet items_concerned(const Inventory& inventory, const Subjects& subjects) {
  if (!subjects.findings.empty()) {
    return all_items(inventory);
  }
  ItemSet concerned(inventory.item_count());
  for (const ItemId item : subjects.items) {
    concerned.add(item);
  }
  for (const ItemId item : inventory.items()) {
    for (const Responsibility& responsibility : inventory.parties_of(item)) {
      if (responsibility.role == Role::accountable &&
          std::ranges::find(subjects.parties, responsibility.party) != subjects.parties.end()) {
        concerned.add(item);
      }
    }
  }
  return concerned;
}

Result<Answers> answer(const AuditReport& report, const Subjects& subjects) {
  Answers answers;
  for (const ItemId item : subjects.items) {
    answers.items.push_back(explain_item(report, item));
  }
  for (const PartyId party : subjects.parties) {
    answers.parties.push_back(explain_party(report, party));
  }
  for (const std::string& fingerprint : subjects.findings) {
    auto fact = find_fact(report, fingerprint);
    if (!fact) {
      return std::move(fact).error();
    }
    answers.findings.push_back(*fact);
  }
  return answers;
}

}  // namespace tierline
