#include "pictures/answer.h"

#include <fmt/format.h>

#include "pictures/underlying.h"
#include "tierline/utf8.h"

namespace tierline {

Answer answer_of(const Inventory& inventory, ItemId item) {
  const std::vector<PartyId> owners = inventory.owners(item);
  if (!inventory.is_live(item)) {
    std::string state(to_string(inventory.state(item)));
    return {owners.empty() ? state
                           : fmt::format("{}, {}", state,
                                         made_visible(label(inventory.party(owners.front())))),
            "", false};
  }
  if (!owners.empty()) {
    const Party& first = inventory.party(owners.front());
    const std::string name = made_visible(label(first));
    return {owners.size() == 1 ? name : fmt::format("{} and {} more", name, owners.size() - 1),
            !first.active                        ? "has left"
            : !first.known && first.table_loaded ? "in no table"
                                                 : "",
            false};
  }
  if (inventory.tier(item) == Tier::unmapped) {
    return {"class without a tier", "", false};
  }
  switch (answerer_of(inventory, item)) {
    case Answerer::group:
      for (const Responsibility& responsibility : inventory.parties_of(item)) {
        if (is_operator(responsibility.role)) {
          return {"run by " + made_visible(label(inventory.party(responsibility.party))), "",
                  false};
        }
      }
      break;
    case Answerer::not_exported:
      return {"not exported who answers", "", false};
    case Answerer::owner:
    case Answerer::nobody:
      break;
  }
  return {"", "", true};
}

}  // namespace tierline
