#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "tierline/inventory.h"

namespace tierline {

struct ClassCount {
  std::string_view source;
  std::string_view item_class;
  std::uint64_t items = 0;
};

/// Of every class that has items, by source, then class.
std::vector<ClassCount> class_counts(const Inventory& inventory);

}  // namespace tierline
