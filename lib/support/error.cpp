#include <fmt/format.h>

#include "tierline/result.h"

namespace tierline {

std::string to_string(const Error& error) {
  if (error.place.file.empty()) {
    return error.message;
  }
  return error.place.line == 0
             ? fmt::format("{}: {}", error.place.file, error.message)
             : fmt::format("{}:{}: {}", error.place.file, error.place.line, error.message);
}

}  // namespace tierline
