#include "fixes/state_texts.h"

#include <algorithm>
#include <utility>

namespace tierline {

StateTexts::StateTexts(const Inventory& inventory) : inventory_(inventory) {
  // Few combinations of fields are shared by many items.
  using Kind = std::tuple<std::uint16_t, std::uint32_t, const Contradiction*>;
  std::map<Kind, std::uint64_t> kinds;
  for (const ItemId item : inventory.items()) {
    ++kinds[{inventory.source_of(item), inventory.item_class(item),
             &inventory.contradiction(item)}];
  }
  for (const auto& [kind, count] : kinds) {
    const auto& [source, item_class, fields] = kind;
    for (const StateField& one : fields->state_fields) {
      if (one.state) {
        for (const std::uint32_t of : {item_class, any_class}) {
          counts_[{source, of, one.field, *one.state}][one.text] += count;
        }
      }
    }
  }
}

std::string StateTexts::of(ItemId item, const StateField& field, State state) const {
  for (const std::uint32_t item_class : {inventory_.item_class(item), any_class}) {
    const std::string* text =
        most_common({inventory_.source_of(item), item_class, field.field, state});
    if (text != nullptr) {
      return *text;
    }
  }
  return state == State::live ? field.live : field.retired;
}

const std::string* StateTexts::most_common(const Key& key) const {
  const auto found = counts_.find(key);
  return found == counts_.end()
             ? nullptr
             : &std::ranges::max_element(found->second, {}, [](const auto& text) {
                  return text.second;
                })->first;
}

}  // namespace tierline
