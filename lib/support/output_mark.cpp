#include "tierline/output_mark.h"

#include <algorithm>
#include <cassert>
#include <string>

namespace tierline {

bool is_own_output(std::string_view beginning) {
  std::string dense(beginning.substr(0, 256));
  std::erase_if(
      dense, [](char c) { return std::string_view(" \t\r\n").find(c) != std::string_view::npos; });
  return std::ranges::any_of(Register<OutputMark>::all(), [&](const OutputMark* mark) {
    assert(mark->fits != nullptr || !mark->beginning.empty());
    return mark->fits != nullptr
               ? mark->fits(beginning)
               : (mark->is_json ? std::string_view(dense) : beginning).starts_with(mark->beginning);
  });
}

}  // namespace tierline
