#pragma once
// What a scenario says of one record.

#include <functional>
#include <map>
#include <string>

namespace tierline::synthetic {

/// By field: what is in it instead of what would be.
using Facts = std::map<std::string, std::string, std::less<>>;

}  // namespace tierline::synthetic
