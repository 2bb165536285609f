#pragma once
// The rows of an export text, in a form that a test can compare: `LINE: field=text field=text`.

#include <string>
#include <string_view>
#include <vector>

#include "input/input.h"

namespace tierline {

struct ReadText {
  std::vector<std::string> rows;
  std::vector<std::string> issues;  ///< `kind@line xCOUNT`
  std::vector<std::string> remarks;
  std::string error;  ///< Empty when there was none; without the file's path.
  std::string syntax;
};

/// Where records stand and what makes fields, beyond what is usual.
struct Shape {
  std::vector<std::string> paths = {};  ///< As `RecordPaths` has them.
  std::vector<std::string> nested =
      {};                  ///< Members that hold records: `a`, or `a.*` by their names.
  std::string pairs = {};  ///< A list whose elements have `name` and `value`.
};

/// Reads `text` as a file called `name`, wanting `fields` (a dot leads into an object). A record
/// inside of another stands behind `> ` and the list that it is in.
ReadText read_text(std::string_view text, const std::vector<std::string>& fields,
                   const std::string& name = "export", const Shape& shape = {});

}  // namespace tierline
