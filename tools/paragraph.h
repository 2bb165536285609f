#pragma once
// Long texts on a terminal.

#include <string>
#include <string_view>

namespace tierline {

/// A text in lines of a readable width, a little indented.
std::string paragraph(std::string_view text);

}  // namespace tierline
