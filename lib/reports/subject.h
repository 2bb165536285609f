#pragma once
// What a finding is about, as reports name it, and how much stands on it.

#include <string>

#include "tierline/report.h"

namespace tierline {

inline std::string subject_name(const AuditReport& report, const Subject& subject) {
  return subject.item == no_item ? subject.name : report.inventory.label(subject.item);
}

/// Only what is no item has to be put into words for that.
inline std::string subject_name(const AuditReport& report, const FactView& fact) {
  return fact.item() == no_item ? word(fact).subject.name : report.inventory.label(fact.item());
}

/// None for what is no item.
inline ServiceReach::Count services_on(const AuditReport& report, const FactView& fact) {
  return fact.item() == no_item ? ServiceReach::Count() : report.results.reach.of(fact.item());
}

}  // namespace tierline
