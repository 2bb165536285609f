#pragma once
// Long texts on a terminal.

#include <string>
#include <string_view>

namespace tierline {

/// A text in lines of at most 80 columns, broken at blanks, behind a lead; the other lines are
/// indented by as much as that is wide. No line end behind the last.
std::string paragraph(std::string_view lead, std::string_view text);

}  // namespace tierline
