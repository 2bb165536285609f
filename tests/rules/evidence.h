#pragma once
// What a finding can be checked by: names_in(finding, "nearest"), word_in(finding, "kind").

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "tierline/finding.h"

namespace tierline {

inline bool has_evidence(const Finding& finding, std::string_view name) {
  for (const auto& [key, value] : finding.evidence) {
    if (key == name) {
      return true;
    }
  }
  return false;
}

/// Throws when the finding has no such evidence, or it is of another type.
template <typename Value>
const Value& evidence_of(const Finding& finding, std::string_view name) {
  for (const auto& [key, value] : finding.evidence) {
    if (key == name) {
      return std::get<Value>(value);
    }
  }
  throw std::runtime_error("no evidence '" + std::string(name) + "'");
}

inline std::vector<std::string> names_in(const Finding& finding, std::string_view name) {
  return evidence_of<std::vector<std::string>>(finding, name);
}

inline std::string word_in(const Finding& finding, std::string_view name) {
  return evidence_of<std::string>(finding, name);
}

inline std::uint64_t number_in(const Finding& finding, std::string_view name) {
  return evidence_of<std::uint64_t>(finding, name);
}

}  // namespace tierline
