#pragma once
// The rows of an export text, in a form that a test can compare: `LINE: field=text field=text`.

#include <string>
#include <string_view>
#include <vector>

#include "tierline/input.h"

namespace tierline {

struct ReadText {
  std::vector<std::string> rows;
  std::vector<std::string> flaws;  ///< `kind@line xCOUNT`
  std::vector<std::string> remarks;
  std::string error;  ///< Empty when there was none; without the file's path.
  std::string syntax;
};

/// Reads `text` as a file called `name`, wanting `fields` (a dot leads into an object).
ReadText read_text(std::string_view text, const std::vector<std::string>& fields,
                   const std::string& name = "export");

}  // namespace tierline
