#pragma once
// tierline's own reports, which may lie among the exports of the night before.

#include <string_view>

namespace tierline {

/// Whether a file that begins like this is a report.
bool is_own_output(std::string_view beginning);

}  // namespace tierline
