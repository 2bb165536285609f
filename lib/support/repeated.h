#pragma once
// Which of many things may be there twice: few are left to be looked at closely.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace tierline {

/// Things by their hashes, in two bits each. Who is there twice is always told; few others are.
class RepeatedHashes {
 public:
  /// For so many things: 16 places each.
  explicit RepeatedHashes(std::size_t things)
      : mask_(std::bit_ceil(std::uint64_t{things} * 16 + 64) - 1), seen_(mask_ / per_word + 1) {}

  void add(std::uint64_t hash) {
    const std::uint64_t at = hash & mask_;
    std::uint64_t& word = seen_[at / per_word];
    const std::uint64_t once = std::uint64_t{1} << 2 * (at % per_word);
    word |= once | (word & once) << 1U;  // The second bit: it was there before.
  }

  [[nodiscard]] bool may_be_repeated(std::uint64_t hash) const {
    const std::uint64_t at = hash & mask_;
    return (seen_[at / per_word] >> 2 * (at % per_word) & 2U) != 0;
  }

 private:
  static constexpr std::uint64_t per_word = 32;
  std::uint64_t mask_;
  std::vector<std::uint64_t> seen_;
};

}  // namespace tierline
