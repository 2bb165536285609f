#pragma once
// By what tierline tells its own outputs where they lie among its inputs, such as the report of the
// night before. Whatever writes something that could be read as an export registers how that
// begins (what the tool writes by itself, in the tool); what an export is told by its records
// stands further on.

#include <string_view>

#include "tierline/registry.h"

namespace tierline {

struct OutputMark {
  std::string_view id;  ///< The format, or what else writes it.
  std::string_view beginning;
  bool is_json = false;  ///< White space makes no difference.
  /// In place of `beginning`, where no fixed text tells.
  bool (*fits)(std::string_view text) = nullptr;
};

/// Whether a file that begins like this is an output of tierline.
bool is_own_output(std::string_view beginning);

}  // namespace tierline
