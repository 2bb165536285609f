#include "input/json/bracket_scan.h"

#include "input/scan.h"

namespace tierline {
namespace {

/// Bit i is set where byte i follows a backslash that is not itself escaped. Looks into the next
/// block through `carry`.
std::uint64_t escaped_bytes(std::uint64_t backslashes, bool& carry) {
  std::uint64_t escaped = carry ? 1 : 0;
  carry = false;
  for (; backslashes != 0; backslashes &= backslashes - 1) {
    const std::size_t at = scan::lowest(backslashes);
    if ((escaped >> at & 1U) == 0) {
      if (at == 63) {
        carry = true;
      } else {
        escaped |= std::uint64_t{2} << at;
      }
    }
  }
  return escaped;
}

template <typename Block>
[[gnu::always_inline]] inline Brackets brackets_in(PaddedView text, std::size_t at) {
  Brackets brackets;
  std::uint64_t in_string = 0;
  bool carry = false;
  std::size_t depth = 0;
  for (std::size_t offset = at; offset < text.size(); offset += scan::block_size) {
    const Block block(text.text().data() + offset);
    const std::uint64_t valid = scan::below(text.size() - offset);
    const std::uint64_t backslashes = block.equal('\\') & valid;
    const std::uint64_t escaped = backslashes != 0 || carry ? escaped_bytes(backslashes, carry) : 0;
    brackets.hints.has_escapes |= backslashes != 0;
    const std::uint64_t strings =
        Block::prefix_xor(block.equal('"') & ~escaped & valid) ^ in_string;
    in_string = static_cast<std::uint64_t>(static_cast<std::int64_t>(strings) >> 63U);
    brackets.hints.has_controls |= (block.controls() & strings & valid) != 0;
    brackets.hints.is_ascii &= block.is_ascii();
    const std::uint64_t opening = block.equal_folded('{') & ~strings & valid;
    const std::uint64_t closing = block.equal_folded('}') & ~strings & valid;
    const std::uint64_t newlines = block.equal('\n') & valid;
    std::size_t closed = 0;
    if (scan::count(closing) >= depth) {
      for (std::uint64_t rest = closing; rest != 0; rest &= rest - 1) {
        const std::uint64_t before = scan::below(scan::lowest(rest));
        if (depth + scan::count(opening & before) == ++closed) {
          brackets.lines += scan::count(newlines & before);
          brackets.end = offset + scan::lowest(rest) + 1;
          return brackets;
        }
      }
    }
    depth = depth + scan::count(opening) - scan::count(closing);
    brackets.lines += scan::count(newlines);
  }
  return brackets;
}

#ifdef __SSE2__
[[gnu::target("avx2,bmi,popcnt,pclmul")]] Brackets brackets_in_256(PaddedView text,
                                                                   std::size_t at) {
  return brackets_in<scan::Block256>(text, at);
}

[[gnu::target("avx512f,avx512bw,avx2,bmi,popcnt,pclmul")]] Brackets brackets_in_512(
    PaddedView text, std::size_t at) {
  return brackets_in<scan::Block512>(text, at);
}
#endif

}  // namespace

Brackets find_brackets(PaddedView text, std::size_t at) {
#ifdef __SSE2__
  if (scan::have_512_bit_blocks()) {
    return brackets_in_512(text, at);
  }
  if (scan::have_256_bit_blocks()) {
    return brackets_in_256(text, at);
  }
#endif
  return brackets_in<scan::Block128>(text, at);
}

}  // namespace tierline
