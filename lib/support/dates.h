#pragma once
// Dates as exports write them.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tierline {

/// The day of `2026-11-21`, `2026-11-21 08:30:00` or `2026-11-21T08:30:00Z`, as `2026-11-21`.
std::optional<std::string> parse_day(std::string_view text);

/// Seconds since 1970 of such a text, read as UTC; 0 for anything else.
std::uint32_t parse_seconds(std::string_view text);

}  // namespace tierline
