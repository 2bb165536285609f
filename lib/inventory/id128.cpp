#include "inventory/id128.h"

#include <string_view>

namespace tierline {

std::string to_hex(Id128 id) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text(32, '0');
  for (std::size_t i = 0; i < 16; ++i) {
    text[15 - i] = digits[id.high >> 4 * i & 0xFU];
    text[31 - i] = digits[id.low >> 4 * i & 0xFU];
  }
  return text;
}

}  // namespace tierline
