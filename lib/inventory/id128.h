#pragma once
// 32 hexadecimal digits as two words.

#include <optional>
#include <string>
#include <string_view>

#include "tierline/inventory.h"

namespace tierline {

/// The id, when `text` is 32 hexadecimal digits of either case.
std::optional<Id128> parse_id128(std::string_view text);

/// In lower case.
std::string to_hex(Id128 id);

}  // namespace tierline
