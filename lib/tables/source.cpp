#include "analysis/families.h"
#include "tierline/tables.h"

namespace tierline {

TableSource::TableSource(const Inventory& inventory, const TieredGraph& graph,
                         const RuleResults& results, const ItemSet& scope)
    : inventory_(inventory),
      graph_(graph),
      results_(results),
      scope_(scope),
      live_(items_where(inventory, [&](ItemId item) { return inventory.is_live(item); })),
      families_(std::make_unique<const Families>(inventory, graph)) {}

TableSource::~TableSource() = default;

bool TableSource::counts(ItemId item) const {
  return live_.contains(item) && scope_.contains(item) &&
         (!inventory_.is_service(item) || families_->is_head(item));
}

const Condensation& TableSource::condensation() const {
  std::call_once(condensed_, [&] { condensation_ = graph_.condensation(live_); });
  return condensation_;
}

}  // namespace tierline
