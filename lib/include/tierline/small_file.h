#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "tierline/result.h"

namespace tierline {

/// All of a file that people wrote, or a pipe that stands for one; an error where it has more bytes
/// than `most`, as no `kind` has.
Result<std::string> read_small_file(const std::string& path, std::size_t most,
                                    std::string_view kind);

}  // namespace tierline
