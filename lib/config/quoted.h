#pragma once
// Texts as TOML writes them.

#include <string>
#include <string_view>

namespace tierline {

/// In quotes, whatever stands in it.
std::string toml_quoted(std::string_view text);

}  // namespace tierline
