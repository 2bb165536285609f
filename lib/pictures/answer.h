#pragma once
// Who answers for an item, in a few words.

#include <string>

#include "tierline/inventory.h"

namespace tierline {

struct Answer {
  std::string words;
  std::string tag = {};   ///< What is wrong with that: "has left".
  bool is_alarm = false;  ///< Nobody does, and somebody should.
};

Answer answer_of(const Inventory& inventory, ItemId item);

}  // namespace tierline
