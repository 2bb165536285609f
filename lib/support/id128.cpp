#include "support/id128.h"

namespace tierline {

std::string to_hex(Id128 id) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text(32, '0');
  for (unsigned i = 0; i < 16; ++i) {
    text[15 - i] = digits[id.high >> (4 * i) & 0xFU];
    text[31 - i] = digits[id.low >> (4 * i) & 0xFU];
  }
  return text;
}

}  // namespace tierline
