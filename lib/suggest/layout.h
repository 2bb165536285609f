#pragma once
// Where the records of nested documents are likely to stand, by what their structure looks like:
// lists of objects and objects of objects that are alike hold records; what only wraps them does
// not count.

#include <set>
#include <string>
#include <vector>

#include "survey/structure_summary.h"

namespace tierline {

struct Layout {
  /// Records inside of other records.
  struct Nested {
    std::string name;
    bool by_key = false;
    std::set<std::string> outer = {};  ///< The lists of those around them; empty for documents.
  };
  /// An object of a record whose members are called as other records are: it refers to them.
  struct References {
    std::string table;
    std::string path;
  };

  std::vector<std::string> records_at;  ///< As in a profile; empty where they are found without.
  std::vector<Nested> nested;
  std::vector<References> references;

  [[nodiscard]] bool says_nothing() const {
    return records_at.empty() && nested.empty() && references.empty();
  }
  [[nodiscard]] const Nested* find_nested(std::string_view name) const;
};

Layout layout_of(const StructureSummary& documents);

}  // namespace tierline
