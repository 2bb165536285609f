#pragma once
// What the page knows: lines of JSON, each packed by itself. web/data.ts reads them; they are no
// contract, as page and data are one file.
//
//   head       the run, the two answers, coverage, rules, what was not judged, the nights before,
//              what is left out
//   parties    those who answer for items, run them, or are named on them; columns
//   nodes      items that services stand on, that hold services, or that findings are about;
//   columns relies     what each of these relies on; holds: what each of these holds ask whom to
//   ask for an owner findings   columns, the gravest first

#include <cstddef>
#include <string>
#include <vector>

#include "tierline/report.h"

namespace tierline {

/// Lines that follow one another, packed, of at most `most` bytes together. Where there is more to
/// tell, findings that matter least and items deep below services are left out, and `head` says
/// how many.
std::vector<std::string> page_data(const AuditReport& report, std::size_t most);

}  // namespace tierline
