#include "analysis/inversion.h"

namespace tierline {

bool is_inverted(const Inventory& inventory, const Relation& relation) {
  if (relation.from == no_item || relation.to == no_item || relation.membership) {
    return false;
  }
  const Tier from = inventory.tier(relation.from);
  const Tier to = inventory.tier(relation.to);
  if (from == Tier::unmapped || to == Tier::unmapped) {
    return false;
  }
  return relation.kind == RelationKind::contains
             ? from > to
             : relation.kind == RelationKind::needs && to == Tier::portfolio;
}

}  // namespace tierline
