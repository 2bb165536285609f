// From what somebody asks to what it is about.

#include <fmt/format.h>

#include <algorithm>

#include "analysis/fingerprint.h"
#include "support/text.h"
#include "tierline/audit.h"
#include "tierline/explain.h"

namespace tierline {
namespace {

Result<PartyId> find_party(const Inventory& inventory, const std::string& name_or_id) {
  const std::string wanted = fold(name_or_id);
  std::vector<PartyId> by_id;
  std::vector<PartyId> by_name;
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < inventory.party_count(); ++i) {
    const Party& party = inventory.party(PartyId{i});
    if (party.id == name_or_id) {
      by_id.push_back(PartyId{i});
    } else if (fold(party.name) == wanted) {
      by_name.push_back(PartyId{i});
    }
    names.push_back(label(party));
  }
  const auto& found = by_id.empty() ? by_name : by_id;
  if (found.empty()) {
    return Error{
        fmt::format("nobody is called '{}'{}", name_or_id, did_you_mean(name_or_id, names))};
  }
  if (found.size() > 1) {
    std::vector<std::string> choices;
    for (const PartyId party : found) {
      choices.push_back(inventory.party(party).id);
    }
    return Error{fmt::format("{} persons or groups are called '{}': name one by its id: {}",
                             found.size(), name_or_id, join(choices, ", "))};
  }
  return found.front();
}

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

Result<Answers> answer(const AuditReport& report, const Question& question) {
  Answers answers;
  for (const std::string& name : question.items) {
    auto item = find_item(report.inventory, name);
    if (!item) {
      return std::move(item).error();
    }
    answers.items.push_back(explain_item(report, *item));
  }
  for (const std::string& name : question.persons) {
    auto party = find_party(report.inventory, name);
    if (!party) {
      return std::move(party).error();
    }
    answers.parties.push_back(explain_party(report, *party));
  }
  for (const std::string& fingerprint : question.findings) {
    auto fact = find_fact(report, fingerprint);
    if (!fact) {
      return std::move(fact).error();
    }
    answers.findings.push_back(*fact);
  }
  return answers;
}

}  // namespace tierline
