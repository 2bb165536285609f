// Facts become findings.

#include <algorithm>

#include "analysis/fingerprint.h"
#include "analysis/wording.h"
#include "tierline/rule.h"

namespace tierline {

std::vector<ItemId> items_of(std::span<const std::uint32_t> numbers) {
  std::vector<ItemId> items;
  items.reserve(numbers.size());
  for (const std::uint32_t number : numbers) {
    items.push_back(ItemId{number});
  }
  return items;
}

std::vector<ItemId> FactView::members() const {
  std::vector<ItemId> members;
  if (kind() == SubjectKind::group) {
    members = items_of(list(subject()));
  } else if (kind() == SubjectKind::relation) {
    const Relation& one = inventory().relation(relation());
    for (const ItemId end : {one.from, one.to}) {
      if (end != no_item) {
        members.push_back(end);
      }
    }
  }
  return members;
}

Place place_of(const FactView& fact) {
  switch (fact.kind()) {
    case SubjectKind::item:
      return fact.inventory().place(fact.item());
    case SubjectKind::relation:
      return fact.inventory().place(fact.relation());
    case SubjectKind::group:
      return fact.inventory().place(fact.members().front());
    case SubjectKind::acceptance:
      return fact.acceptance().place;
    default:
      return {};
  }
}

namespace {

Subject subject_of(const FactView& fact) {
  Subject subject;
  switch (fact.kind()) {
    case SubjectKind::item:
      return Subject::of(fact.item());
    case SubjectKind::relation:
      return relation_subject(fact.inventory(), fact.relation());
    case SubjectKind::group:
      subject.members = fact.members();
      subject.id = fact.inventory().id(subject.members.front());
      subject.name = name_list(fact.inventory(), subject.members, 5);
      break;
    case SubjectKind::party: {
      const Party& party = fact.inventory().party(fact.party());
      subject.id = party.id;
      subject.name = label(party);
      subject.attributes = {{"source", party.source}};
      break;
    }
    case SubjectKind::source:
      subject.id = subject.name = fact.inventory().sources()[fact.subject()];
      break;
    case SubjectKind::acceptance:
      subject.id = subject.name = fact.acceptance().label();
      break;
    default:
      break;
  }
  subject.kind = fact.kind();
  return subject;
}

}  // namespace

Finding word(const FactView& fact) {
  Finding finding;
  finding.rule = &fact.rule();
  finding.severity = fact.severity();
  finding.state = fact.state();
  finding.accepted = fact.accepted();
  finding.certainty = fact.rule().certainty;
  finding.subject = subject_of(fact);
  finding.location = place_of(fact);
  fact.rule().word(fact, finding);
  if (fact.rows() > 1) {
    finding.evidence.emplace_back("rowCount", std::uint64_t{fact.rows()});
  }
  finding.fingerprint = fingerprint(finding.rule->id, subject_key(fact, finding.subject));
  return finding;
}

std::string brief(const FactView& fact) {
  return fact.rule().brief != nullptr ? fact.rule().brief(fact) : word(fact).message;
}

}  // namespace tierline
