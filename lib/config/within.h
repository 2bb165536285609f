#pragma once
// What belongs to an export, and so must not say how it is judged.

#include <span>
#include <string>

namespace tierline {

/// Whether the file is one of the exports, or lies in a folder that is.
bool is_within(const std::string& file, std::span<const std::string> exports);

}  // namespace tierline
