#include "tierline/result.h"

#include <fmt/format.h>

namespace tierline {

std::string to_string(const Place& place) {
  return place.file.empty() || place.line == 0 ? place.file
                                               : fmt::format("{}:{}", place.file, place.line);
}

std::string to_string(const Error& error) {
  return error.place.file.empty() ? error.message
                                  : fmt::format("{}: {}", to_string(error.place), error.message);
}

}  // namespace tierline
