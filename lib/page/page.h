#pragma once
// The page without its data, made by CMake out of web/.

#include <string_view>

namespace tierline {

/// What stands before the data, and behind it.
std::string_view page_begin();
std::string_view page_end();

}  // namespace tierline
