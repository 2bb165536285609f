#pragma once
// How an export writes states: what somebody types there has to mean the same to its source.

#include <map>
#include <string>
#include <tuple>

#include "tierline/inventory.h"

namespace tierline {

class StateTexts {
 public:
  explicit StateTexts(const Inventory& inventory);

  /// What says in that field that an item is live, or retired: the text that most items of its
  /// class have there, else most of its source, else one that its profile knows. Empty where there
  /// is none.
  [[nodiscard]] std::string of(ItemId item, const StateField& field, State state) const;

 private:
  /// Source, class, field and state.
  using Key = std::tuple<std::uint16_t, std::uint32_t, std::string, State>;
  static constexpr std::uint32_t any_class = UINT32_MAX;

  [[nodiscard]] const std::string* most_common(const Key& key) const;

  const Inventory& inventory_;
  std::map<Key, std::map<std::string, std::uint64_t>> counts_;
};

}  // namespace tierline
