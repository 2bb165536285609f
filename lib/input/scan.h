#pragma once
// Finding a few characters in much text, 64 bytes at a time: bit i of a mask stands for byte i.
// Reads whole blocks, so the text needs `Buffer::padding` bytes behind it.
//
// What scans all of an export is written once for any kind of block, and compiled twice: always
// inlined into a function for every processor, and into one for those that `have_wide_blocks`.

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <string_view>

#ifdef __SSE2__
#include <immintrin.h>
#endif

namespace tierline::scan {

inline constexpr std::size_t block_size = 64;

/// One block of text, to be asked which of its bytes are a given character.
class Block {
 public:
#ifdef __SSE2__
  explicit Block(const char* text) {
    for (int i = 0; i < 4; ++i) {
      lanes_[i] = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text) + i);
    }
  }

  [[nodiscard]] std::uint64_t equal(char c) const {
    const __m128i wanted = _mm_set1_epi8(c);
    return gather([&](__m128i lane) { return _mm_cmpeq_epi8(lane, wanted); });
  }

  /// No ASCII.
  [[nodiscard]] std::uint64_t above_ascii() const {
    return gather([](__m128i lane) { return lane; });
  }

  [[nodiscard]] bool is_ascii() const {
    return _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(lanes_[0], lanes_[1]),
                                          _mm_or_si128(lanes_[2], lanes_[3]))) == 0;
  }

  /// Equal to `c` once bit 0x20 is set: one question for '[' and '{', one for ']' and '}'.
  [[nodiscard]] std::uint64_t equal_folded(char c) const {
    const __m128i wanted = _mm_set1_epi8(c);
    const __m128i fold = _mm_set1_epi8(0x20);
    return gather([&](__m128i lane) { return _mm_cmpeq_epi8(_mm_or_si128(lane, fold), wanted); });
  }

 private:
  template <typename Compare>
  std::uint64_t gather(Compare compare) const {
    std::uint64_t mask = 0;
    for (int i = 0; i < 4; ++i) {
      const auto bits = static_cast<std::uint32_t>(_mm_movemask_epi8(compare(lanes_[i])));
      mask |= static_cast<std::uint64_t>(bits) << (16 * i);
    }
    return mask;
  }

  __m128i lanes_[4];
#else
  explicit Block(const char* text) : text_(text) {}

  [[nodiscard]] std::uint64_t equal(char c) const {
    std::uint64_t mask = 0;
    for (std::size_t i = 0; i < block_size; ++i) {
      mask |= static_cast<std::uint64_t>(text_[i] == c) << i;
    }
    return mask;
  }

  [[nodiscard]] std::uint64_t above_ascii() const {
    std::uint64_t mask = 0;
    for (std::size_t i = 0; i < block_size; ++i) {
      mask |= static_cast<std::uint64_t>(static_cast<unsigned char>(text_[i]) >> 7U) << i;
    }
    return mask;
  }

  [[nodiscard]] bool is_ascii() const {
    return above_ascii() == 0;
  }

  [[nodiscard]] std::uint64_t equal_folded(char c) const {
    std::uint64_t mask = 0;
    for (std::size_t i = 0; i < block_size; ++i) {
      mask |= static_cast<std::uint64_t>((text_[i] | 0x20) == c) << i;
    }
    return mask;
  }

 private:
  const char* text_;
#endif
};

#ifdef __SSE2__
/// The same for processors with 32 byte registers.
class WideBlock {
 public:
  [[gnu::target("avx2")]] explicit WideBlock(const char* text)
      : low_(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(text))),
        high_(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(text) + 1)) {}

  [[nodiscard, gnu::target("avx2")]] std::uint64_t equal(char c) const {
    const __m256i wanted = _mm256_set1_epi8(c);
    return joined(_mm256_cmpeq_epi8(low_, wanted), _mm256_cmpeq_epi8(high_, wanted));
  }
  [[nodiscard, gnu::target("avx2")]] bool is_ascii() const {
    return _mm256_movemask_epi8(_mm256_or_si256(low_, high_)) == 0;
  }
  [[nodiscard, gnu::target("avx2")]] std::uint64_t equal_folded(char c) const {
    const __m256i wanted = _mm256_set1_epi8(c);
    const __m256i fold = _mm256_set1_epi8(0x20);
    return joined(_mm256_cmpeq_epi8(_mm256_or_si256(low_, fold), wanted),
                  _mm256_cmpeq_epi8(_mm256_or_si256(high_, fold), wanted));
  }

 private:
  [[gnu::target("avx2")]] static std::uint64_t joined(__m256i low, __m256i high) {
    const auto bits = [](int mask) { return std::uint64_t{static_cast<std::uint32_t>(mask)}; };
    return bits(_mm256_movemask_epi8(low)) | bits(_mm256_movemask_epi8(high)) << 32U;
  }

  __m256i low_;
  __m256i high_;
};

inline bool have_wide_blocks() {
  static const bool have = __builtin_cpu_supports("avx2") != 0;
  return have;
}
#endif

/// Bit i is the parity of the bits up to and including i: with one bit for each quote, the bytes
/// from an opening quote up to before its closing one.
inline std::uint64_t prefix_parity(std::uint64_t bits) {
  bits ^= bits << 1U;
  bits ^= bits << 2U;
  bits ^= bits << 4U;
  bits ^= bits << 8U;
  bits ^= bits << 16U;
  bits ^= bits << 32U;
  return bits;
}

/// All ones below bit `n`, for n up to 64.
inline std::uint64_t below(std::size_t n) {
  return n >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << n) - 1;
}

inline std::size_t lowest(std::uint64_t bits) {
  return static_cast<std::size_t>(std::countr_zero(bits));
}

inline std::size_t count(std::uint64_t bits) {
  return static_cast<std::size_t>(std::popcount(bits));
}

/// The places of bits in their order; bit i of mask m stands for place 64 m + i. A few masks at a
/// time, so that what is found stays at hand.
class Places {
 public:
  static constexpr std::size_t masks_at_once = 16;

  /// The bits of a few masks, of which the first one has that number.
  std::span<const std::uint32_t> of(std::span<const std::uint64_t> masks, std::size_t number) {
    std::uint32_t* next = places_.data();
    for (const std::uint64_t mask : masks) {
      const auto base = static_cast<std::uint32_t>(number++ * block_size);
      std::uint32_t* const end = next + count(mask);
      // Some more than there are: that is quicker than to ask each time.
      for (std::uint64_t rest = mask; next < end; next += at_once) {
        for (std::size_t k = 0; k < at_once; ++k) {
          next[k] = base + static_cast<std::uint32_t>(lowest(rest));
          rest &= rest - 1;
        }
      }
      next = end;
    }
    return {places_.data(), next};
  }

 private:
  static constexpr std::size_t at_once = 8;
  std::array<std::uint32_t, masks_at_once * block_size + at_once> places_;
};

/// How far it is from `text` to the next `c`, which must be there.
inline std::size_t distance_to(char c, const char* text) {
#ifdef __SSE2__
  for (std::size_t at = 0;; at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + at));
    const int found = _mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)));
    if (found != 0) {
      return at + lowest(static_cast<std::uint64_t>(found));
    }
  }
#else
  std::size_t at = 0;
  while (text[at] != c) {
    ++at;
  }
  return at;
#endif
}

/// Whether a text is all ASCII and has no `c` in it.
inline bool is_ascii_without(char c, std::string_view text) {
#ifdef __SSE2__
  constexpr std::size_t step = 16;
  for (std::size_t at = 0; at < text.size(); at += step) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const auto found = static_cast<std::uint64_t>(
        _mm_movemask_epi8(_mm_or_si128(bytes, _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)))));
    if ((found & below(text.size() - at)) != 0) {
      return false;
    }
  }
  return true;
#else
  return std::ranges::all_of(
      text, [&](char one) { return static_cast<unsigned char>(one) < 0x80 && one != c; });
#endif
}

inline bool is_ascii(std::string_view text) {
  std::uint64_t above = 0;
  for (std::size_t offset = 0; offset < text.size(); offset += block_size) {
    above |= Block(text.data() + offset).above_ascii() & below(text.size() - offset);
  }
  return above == 0;
}

}  // namespace tierline::scan
