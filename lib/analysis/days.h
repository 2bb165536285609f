#pragma once
// Days since 1970 in words.

#include <cstdint>
#include <string>

namespace tierline {

/// `2026-11-21`
std::string day_text(std::uint32_t days);

}  // namespace tierline
