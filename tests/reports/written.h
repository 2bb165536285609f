#pragma once
// A report as it is written, of an audit that a test has made.

#include <array>
#include <stdexcept>
#include <string>
#include <string_view>

#include "scratch.h"
#include "tierline/audit.h"

namespace tierline {

inline std::string written(const Audit& audit, std::string_view format) {
  const Scratch scratch;
  auto output = Output::open(scratch / "report");
  if (!output ||
      !Register<ReportFormat>::find(format)->write(audit.report(), ReportStyle{}, **output) ||
      !commit(std::array{output->get()})) {
    throw std::runtime_error("the report was not written");
  }
  return scratch.read("report");
}

}  // namespace tierline
