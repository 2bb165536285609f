#pragma once
// Which roles rely on which in the sound part, and how.

#include <cstdint>
#include <span>

#include "synthetic/relation.h"

namespace tierline::synthetic {

/// How the sound part holds together. `all`: the live parents share the live children out among
/// them, so that every live child has one. Then parents fill up with `some`, drawn evenly, or with
/// `hubs`.
enum class Draw : std::uint8_t { all, some, hubs };

struct Tie {
  Role parent;
  Type type;
  Role child;
  Draw draw;
  std::uint32_t weight = 1;
};

std::span<const Tie> ties();

}  // namespace tierline::synthetic
