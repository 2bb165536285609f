#pragma once
// What the items of a role have in common: their classes, how many there are, their names.

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "synthetic/item.h"

namespace tierline::synthetic {

struct Trait {
  std::array<std::string_view, 2> classes;  // One or two.
  double share;                             // Of the sound part; servers take what is left.
  std::uint32_t minimum;                    // In the smallest estate.
  double relations;                         // That an item is the parent of, on average.
  std::string_view name;                    // Of a word, a site and a number.
  std::span<const std::string_view> words;
};

/// For the roles of configuration items.
const Trait& trait(Role role);

}  // namespace tierline::synthetic
