#include "inventory/lineages.h"

#include <algorithm>
#include <functional>
#include <set>

#include "tierline/text.h"

namespace tierline {
namespace {

/// What stands for one class only; null where there is none, or where it stands for several.
class ClassIndex {
 public:
  void add(std::string_view text, const ClassRecord& record) {
    if (text.empty()) {
      return;
    }
    const auto [known, is_new] = records_.try_emplace(fold(text), &record);
    if (!is_new && known->second != nullptr && fold(known->second->name) != fold(record.name)) {
      known->second = nullptr;
    }
  }
  [[nodiscard]] const ClassRecord* find(std::string_view text) const {
    const auto found = records_.find(fold(text));
    return found == records_.end() ? nullptr : found->second;
  }

 private:
  boost::unordered_flat_map<std::string, const ClassRecord*> records_;
};

}  // namespace

Lineages::Lineages(const Collected& in) : in_(in) {
  for (const auto& [scope, records] : in.class_records) {
    bases_.emplace(scope, bases(records));
  }
}

Lineages::ByText Lineages::bases(std::vector<ClassRecord> records) {
  // Whatever the order of the files: of records that disagree, the greater value counts.
  std::ranges::sort(records, std::greater());
  ClassIndex by_id;
  ClassIndex by_name;
  ClassIndex by_label;
  for (const ClassRecord& record : records) {
    by_id.add(record.id, record);
    by_name.add(record.name, record);
    by_label.add(record.label, record);
  }
  ByText bases;
  for (const ClassRecord& record : records) {
    const ClassRecord* base = by_id.find(record.extends);
    base = base == nullptr ? by_name.find(record.extends) : base;
    base = base == nullptr ? by_label.find(record.extends) : base;
    // A class that the table does not list may still be one that the profile knows.
    const std::string& name = base == nullptr ? record.extends : base->name;
    if (name.empty()) {
      continue;
    }
    bases.try_emplace(fold(record.name), name);
    if (by_label.find(record.label) != nullptr && by_name.find(record.label) == nullptr) {
      bases.try_emplace(fold(record.label), name);
    }
  }
  return bases;
}

std::vector<std::string> Lineages::of(const SourceSignature& signature) const {
  std::vector<std::string> lineage{in_.classes[signature.local.item_class]};
  const auto scope = bases_.find({signature.profile, signature.source});
  if (scope == bases_.end()) {
    return lineage;
  }
  const ProfileSemantics& semantics = *in_.profiles[signature.profile];
  std::set<std::string> seen;  // A table may go round in a circle.
  while (!semantics.knows_class(lineage.back()) && seen.insert(fold(lineage.back())).second) {
    const auto base = scope->second.find(fold(lineage.back()));
    if (base == scope->second.end()) {
      break;
    }
    lineage.push_back(base->second);
  }
  return lineage;
}

}  // namespace tierline
