#pragma once
// What makes a finding the same finding in another run, and from another encoding of the export.

#include <string>
#include <string_view>

#include "tierline/rule.h"

namespace tierline {

/// The key of what is wrong: of an item its source and id, of a relation its ends and type, of a
/// group its members' keys, or what its rule says, of anything else what `subject` says. No names,
/// places, counts or severities.
std::string subject_key(const FactView& fact, const Subject& subject);

/// The same, for those who do not have the words yet.
std::string subject_key(const FactView& fact);

Id128 fingerprint_number(std::string_view rule, std::string_view subject_key);
/// That of a fact, which need not be put into words for it.
Id128 fingerprint_of(const FactView& fact);

/// The same, in hex.
std::string fingerprint(std::string_view rule, std::string_view subject_key);

}  // namespace tierline
