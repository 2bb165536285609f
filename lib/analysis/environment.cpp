#include "analysis/environment.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "tierline/text.h"

namespace tierline {

bool is_nonproduction(const Inventory& inventory, ItemId item) {
  // What takes over in a disaster is as much production as what it stands in for.
  constexpr std::array<std::string_view, 6> production = {
      "production", "prod", "prd", "live", "disaster recovery", "dr"};
  const std::string environment = fold(inventory.environment(item));
  return !environment.empty() && std::ranges::find(production, environment) == production.end();
}

}  // namespace tierline
