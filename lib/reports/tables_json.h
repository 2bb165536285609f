#pragma once
// The tables as members of the findings document.

#include <rapidjson/writer.h>

#include <functional>

#include "support/json_stream.h"
#include "tierline/report.h"

namespace tierline {

/// Writes all of them; `end_line()` is called behind each.
void write_tables(const AuditReport& report, rapidjson::Writer<JsonStream>& json,
                  const std::function<void()>& end_line);

}  // namespace tierline
