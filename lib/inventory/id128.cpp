#include "inventory/id128.h"

#include <fmt/format.h>

namespace tierline {

std::string to_hex(Id128 id) {
  return fmt::format("{:016x}{:016x}", id.high, id.low);
}

}  // namespace tierline
