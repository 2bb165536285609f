#include "inventory/attribute_table.h"

#include <string>
#include <utility>

namespace tierline {

AttributeTable::AttributeTable(const Collected& in, InventoryAssembly& out)
    : in_(in), out_(out), lineages_(in), signatures_(in.signatures) {
  signature_of_record_.reserve(in.items.size());
  for (const ItemRecord& item : in.items) {
    signature_of_record_.push_back(item.signature);
  }
  work_out();
}

std::uint32_t AttributeTable::number(SourceSignature signature) {
  const std::uint32_t number = signatures_.number(std::move(signature));
  work_out();
  return number;
}

std::vector<StateField> AttributeTable::state_fields(std::uint32_t signature) const {
  const SourceSignature& of = signatures_[signature];
  return in_.profiles[of.profile]->state_fields(of.local.record_kind, lineages_.of(of),
                                                codes_of(signature));
}

/// Null for those that no record of the item has.
std::vector<const std::string*> AttributeTable::codes_of(std::uint32_t signature) const {
  std::vector<const std::string*> codes;
  for (const std::uint32_t code : signatures_[signature].local.codes) {
    codes.push_back(code == 0 ? nullptr : &in_.codes[code]);
  }
  return codes;
}

/// Asks the profiles what signatures mean that are new.
void AttributeTable::work_out() {
  for (auto i = static_cast<std::uint32_t>(attributes_.size()); i < signatures_.size(); ++i) {
    const SourceSignature& signature = signatures_[i];
    const ProfileSemantics& semantics = *in_.profiles[signature.profile];
    attributes_.push_back(
        semantics.attributes(signature.local.record_kind, lineages_.of(signature), codes_of(i)));
    is_implied_.push_back(semantics.is_implied(signature.local.record_kind) ? 1 : 0);
    has_implied_ = has_implied_ || is_implied_.back() != 0;
    if (!attributes_.back().source.empty()) {
      const OwnerPolicy policy = out_.columns.policies[signature.source];
      signatures_.move_to(i, out_.source_number(attributes_.back().source));
      out_.columns.policies[signature.source] = policy;
    }
  }
}

}  // namespace tierline
