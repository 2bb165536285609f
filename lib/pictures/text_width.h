#pragma once
// How wide a text is, before anybody draws it: by the widths of Helvetica, which Arial and
// Liberation Sans share. What these fonts do not have is reckoned rather too wide than too narrow.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tierline {

enum class Weight : bool { regular, bold };

/// In pixels, of a text of UTF-8 in a size of so many pixels.
double text_width(std::string_view text, double size, Weight weight = Weight::regular);

/// The text, or as much of it as there is room for with an ellipsis behind it. Characters that are
/// shown as one are never taken apart.
std::string fit(std::string_view text, double room, double size, Weight weight = Weight::regular);

/// The text in at most so many lines, broken at blanks, and anywhere in scripts that have none; the
/// last one is cut. No line is empty, unless all of the text is.
std::vector<std::string> wrap(std::string_view text, double room, double size, Weight weight,
                              std::size_t lines);

/// Whether its first letter belongs to a script that is written from right to left.
bool runs_leftwards(std::string_view text);

}  // namespace tierline
