#pragma once
// What a finding is about, as reports name it, and how much stands on it.

#include <string>
#include <vector>

#include "tierline/report.h"

namespace tierline {

inline std::string subject_name(const AuditReport& report, const Subject& subject) {
  return subject.item == no_item ? subject.name : report.inventory.label(subject.item);
}

/// Only what is no item has to be put into words for that.
inline std::string subject_name(const AuditReport& report, const FactView& fact) {
  return fact.item() == no_item ? word(fact).subject.name : report.inventory.label(fact.item());
}

/// The items that a fact is about: one, those of a group, the ends of a relation that are items.
inline std::vector<ItemId> items_of(const FactView& fact) {
  return fact.item() != no_item ? std::vector{fact.item()} : fact.members();
}

/// None for what is no item.
inline ServiceReach::Count services_on(const AuditReport& report, const FactView& fact) {
  return fact.item() == no_item ? ServiceReach::Count() : report.results.reach.of(fact.item());
}

}  // namespace tierline
