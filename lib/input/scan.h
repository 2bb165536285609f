#pragma once
// Finding a few characters in much text, 64 bytes at a time: bit i of a mask stands for byte i.
// Reads whole blocks, so the text needs `Buffer::padding` bytes behind it.
//
// What scans all of an export is written once for any kind of block, and compiled for each: always
// inlined into a function for every processor, and into others for those that
// `have_256_bit_blocks` or `have_512_bit_blocks`.

#include <algorithm>
#include <bit>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#ifdef __SSE2__
#include <immintrin.h>
#endif

#include "input/buffer.h"

namespace tierline::scan {

inline constexpr std::size_t block_size = 64;
static_assert(Buffer::padding >= block_size, "a block may begin at the last byte of a text");

/// One block of text, to be asked which of its bytes are a given character.
class Block128 {
 public:
  /// Bit i is the parity of the bits up to and including i: with one bit for each quote, the bytes
  /// from an opening quote up to before its closing one.
  [[nodiscard]] static std::uint64_t prefix_xor(std::uint64_t bits) {
    for (unsigned distance = 1; distance < 64; distance *= 2) {
      bits ^= bits << distance;
    }
    return bits;
  }

#ifdef __SSE2__
  explicit Block128(const char* text) {
    for (int i = 0; i < 4; ++i) {
      lanes_[i] = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text) + i);
    }
  }

  [[nodiscard]] std::uint64_t equal(char c) const {
    const __m128i sought = _mm_set1_epi8(c);
    return gather([&](__m128i lane) { return _mm_cmpeq_epi8(lane, sought); });
  }

  /// No ASCII.
  [[nodiscard]] std::uint64_t above_ascii() const {
    return gather([](__m128i lane) { return lane; });
  }

  [[nodiscard]] bool is_ascii() const {
    return _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(lanes_[0], lanes_[1]),
                                          _mm_or_si128(lanes_[2], lanes_[3]))) == 0;
  }

  /// Control characters below the blank.
  [[nodiscard]] std::uint64_t controls() const {
    const __m128i last = _mm_set1_epi8(' ' - 1);
    return gather([&](__m128i lane) { return _mm_cmpeq_epi8(_mm_max_epu8(lane, last), last); });
  }

  /// Equal to `c` once bit 0x20 is set: one question for '[' and '{', one for ']' and '}'.
  [[nodiscard]] std::uint64_t equal_folded(char c) const {
    const __m128i sought = _mm_set1_epi8(c);
    const __m128i fold = _mm_set1_epi8(0x20);
    return gather([&](__m128i lane) { return _mm_cmpeq_epi8(_mm_or_si128(lane, fold), sought); });
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
  explicit Block128(const char* text) : text_(text) {}

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

  [[nodiscard]] std::uint64_t controls() const {
    std::uint64_t mask = 0;
    for (std::size_t i = 0; i < block_size; ++i) {
      mask |= static_cast<std::uint64_t>(static_cast<unsigned char>(text_[i]) < ' ') << i;
    }
    return mask;
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
class Block256 {
 public:
  [[gnu::target("avx2")]] explicit Block256(const char* text)
      : low_(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(text))),
        high_(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(text) + 1)) {}

  [[nodiscard, gnu::target("avx2")]] std::uint64_t equal(char c) const {
    const __m256i sought = _mm256_set1_epi8(c);
    return joined(_mm256_cmpeq_epi8(low_, sought), _mm256_cmpeq_epi8(high_, sought));
  }
  [[nodiscard, gnu::target("avx2")]] bool is_ascii() const {
    return _mm256_movemask_epi8(_mm256_or_si256(low_, high_)) == 0;
  }
  [[nodiscard, gnu::target("avx2")]] std::uint64_t controls() const {
    const __m256i last = _mm256_set1_epi8(' ' - 1);
    return joined(_mm256_cmpeq_epi8(_mm256_max_epu8(low_, last), last),
                  _mm256_cmpeq_epi8(_mm256_max_epu8(high_, last), last));
  }
  [[nodiscard, gnu::target("avx2")]] std::uint64_t equal_folded(char c) const {
    const __m256i sought = _mm256_set1_epi8(c);
    const __m256i fold = _mm256_set1_epi8(0x20);
    return joined(_mm256_cmpeq_epi8(_mm256_or_si256(low_, fold), sought),
                  _mm256_cmpeq_epi8(_mm256_or_si256(high_, fold), sought));
  }
  [[gnu::target("avx2,pclmul")]] static std::uint64_t prefix_xor(std::uint64_t bits) {
    const __m128i product = _mm_clmulepi64_si128(_mm_set_epi64x(0, static_cast<std::int64_t>(bits)),
                                                 _mm_set1_epi8('\xFF'), 0);
    return static_cast<std::uint64_t>(_mm_cvtsi128_si64(product));
  }

 private:
  [[gnu::target("avx2")]] static std::uint64_t joined(__m256i low, __m256i high) {
    const auto bits = [](int mask) { return std::uint64_t{static_cast<std::uint32_t>(mask)}; };
    return bits(_mm256_movemask_epi8(low)) | bits(_mm256_movemask_epi8(high)) << 32U;
  }

  __m256i low_;
  __m256i high_;
};

/// The same for processors with 64 byte registers: a block is one of them.
class Block512 {
 public:
  [[gnu::target("avx512f,avx512bw")]] explicit Block512(const char* text)
      : bytes_(_mm512_loadu_si512(text)) {}

  [[nodiscard, gnu::target("avx512f,avx512bw")]] std::uint64_t equal(char c) const {
    return _mm512_cmpeq_epi8_mask(bytes_, _mm512_set1_epi8(c));
  }
  [[nodiscard, gnu::target("avx512f,avx512bw")]] bool is_ascii() const {
    return _mm512_movepi8_mask(bytes_) == 0;
  }
  [[nodiscard, gnu::target("avx512f,avx512bw")]] std::uint64_t controls() const {
    return _mm512_cmplt_epu8_mask(bytes_, _mm512_set1_epi8(' '));
  }
  [[nodiscard, gnu::target("avx512f,avx512bw")]] std::uint64_t equal_folded(char c) const {
    return _mm512_cmpeq_epi8_mask(_mm512_or_si512(bytes_, _mm512_set1_epi8(0x20)),
                                  _mm512_set1_epi8(c));
  }
  [[gnu::target("avx2,pclmul")]] static std::uint64_t prefix_xor(std::uint64_t bits) {
    return Block256::prefix_xor(bits);
  }

 private:
  __m512i bytes_;
};

inline bool have_256_bit_blocks() {
  static const bool have =
      __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("pclmul") != 0;
  return have;
}
inline bool have_512_bit_blocks() {
  static const bool have = have_256_bit_blocks() && __builtin_cpu_supports("avx512bw") != 0;
  return have;
}
#endif

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

/// Whether any bit from `first` to `last` is set; bit i of mask m has the number 64 m + i.
inline bool any_of(std::span<const std::uint64_t> masks, std::size_t first, std::size_t last) {
  for (; first <= last; first = (first | 63U) + 1) {
    const std::uint64_t from_first = masks[first / 64] >> first % 64;
    if ((from_first & below(last - first + 1)) != 0) {
      return true;
    }
  }
  return false;
}

/// The places of bits in their order; bit i of mask m stands for place 64 m + i. They are found for
/// a few masks at a time, so that what is found stays at hand.
class BitIndexer {
 public:
  explicit BitIndexer(std::span<const std::uint64_t> masks) : masks_(masks) {}

  /// Those that were found and not yet passed.
  [[nodiscard]] std::span<const std::uint32_t> at_hand() const {
    return {places_.data() + passed_, places_.data() + found_};
  }
  void pass(std::size_t count) { passed_ += count; }

  /// Looks for more, in the next masks; false when there are none left to look at.
  bool find_more() {
    if (looked_at_ == masks_.size()) {
      return false;
    }
    if (passed_ != 0) {
      std::copy(places_.data() + passed_, places_.data() + found_, places_.data());
      found_ -= passed_;
      passed_ = 0;
    }
    const std::size_t some = std::min(masks_at_once, masks_.size() - looked_at_);
    places_.resize(std::max(places_.size(), found_ + some * block_size + at_once));
    std::uint32_t* next = places_.data() + found_;
    for (const std::uint64_t mask : masks_.subspan(looked_at_, some)) {
      const auto base = static_cast<std::uint32_t>(looked_at_++ * block_size);
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
    found_ = static_cast<std::size_t>(next - places_.data());
    return true;
  }

 private:
  static constexpr std::size_t masks_at_once = 64;
  static constexpr std::size_t at_once = 4;

  std::span<const std::uint64_t> masks_;
  std::size_t looked_at_ = 0;  ///< How many of them.
  std::vector<std::uint32_t> places_;
  std::size_t passed_ = 0;
  std::size_t found_ = 0;
};

/// How far it is from `text` to the next of `chars`, which must be there.
template <char... chars>
std::size_t distance_to(const char* text) {
#ifdef __SSE2__
  for (std::size_t at = 0;; at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + at));
    const int found = (_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(chars))) | ...);
    if (found != 0) {
      return at + lowest(static_cast<std::uint64_t>(found));
    }
  }
#else
  std::size_t at = 0;
  while (((text[at] != chars) && ...)) {
    ++at;
  }
  return at;
#endif
}

inline bool is_ascii(PaddedView padded) {
  const std::string_view text = padded.text();
  std::uint64_t above = 0;
  for (std::size_t offset = 0; offset < text.size(); offset += block_size) {
    above |= Block128(text.data() + offset).above_ascii() & below(text.size() - offset);
  }
  return above == 0;
}

}  // namespace tierline::scan
