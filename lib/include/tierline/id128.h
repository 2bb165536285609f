#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

namespace tierline {

/// A 128-bit id (32 hexadecimal digits), or the place of another kind of id among stored texts.
struct Id128 {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  friend auto operator<=>(const Id128&, const Id128&) = default;
  /// Ids are not evenly spread (many share their first digits), so both halves are mixed.
  friend std::size_t hash_value(const Id128& id) {
    const std::uint64_t mixed = (id.high ^ (id.low * 0x9E3779B97F4A7C15U)) * 0xC2B2AE3D27D4EB4FU;
    return mixed ^ (mixed >> 29U);
  }
};

}  // namespace tierline
