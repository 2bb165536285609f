#pragma once
// CSV for spreadsheets: RFC 4180. A cell that a spreadsheet would take for a formula gets an
// apostrophe in front, and so does what one that splits at `;` would, so that opening a report
// never runs what an export contains. Of control characters, only tabs and line ends stay.

#include <span>
#include <string>
#include <string_view>

namespace tierline {

void append_csv_row(std::string& rows, std::span<const std::string_view> cells);

}  // namespace tierline
