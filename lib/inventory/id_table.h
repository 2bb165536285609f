#pragma once
// Ids and the numbers that stand for them, looked up some millions of times. An entry stands
// in one piece of memory, which can be asked for before it is needed.

#include <cstdint>
#include <random>
#include <vector>

#include "tierline/inventory.h"

namespace tierline {

class IdTable {
 public:
  static constexpr std::uint32_t none = UINT32_MAX;

  /// Makes room for that many ids.
  void reserve(std::size_t ids) {
    if (ids > room()) {
      rehash(buckets_for(ids));
    }
  }

  /// The number of an id: `number`, when it is a new one.
  std::uint32_t insert(const Id128& id, std::uint32_t number) {
    if (count_ == room()) {
      rehash(buckets_for(count_ * 2 + 16));
    }
    const SlotPosition position = position_of(id);
    Bucket& bucket = buckets_[position.bucket];
    if (bucket.numbers[position.slot] == none) {
      bucket.ids[position.slot] = id;
      bucket.numbers[position.slot] = number;
      ++count_;
    }
    return bucket.numbers[position.slot];
  }

  /// The number of an id; `none` when there is none.
  [[nodiscard]] std::uint32_t find(const Id128& id) const {
    if (buckets_.empty()) {
      return none;
    }
    const SlotPosition position = position_of(id);
    return buckets_[position.bucket].numbers[position.slot];
  }

  /// Has the entry of an id brought from memory, if it is not at hand.
  void prefetch(const Id128& id) const {
    if (!buckets_.empty()) {
      __builtin_prefetch(&buckets_[first_bucket(id)]);
    }
  }

  /// Calls `sink` with each number, to be changed.
  template <typename Sink>
  void each(Sink sink) {
    for (Bucket& bucket : buckets_) {
      for (std::uint32_t& number : bucket.numbers) {
        if (number != none) {
          sink(number);
        }
      }
    }
  }

 private:
  static constexpr std::size_t slots = 3;
  /// What a processor takes from memory at once. Slots fill from the first one on; what finds none
  /// free goes to the next bucket.
  struct alignas(64) Bucket {
    Id128 ids[slots];
    std::uint32_t numbers[slots] = {none, none, none};
  };
  struct SlotPosition {
    std::size_t bucket;
    std::size_t slot;
  };

  /// Three slots of five are filled at most.
  [[nodiscard]] std::size_t room() const { return buckets_.size() * slots / 5 * 3; }
  static std::size_t buckets_for(std::size_t ids) { return ids / 9 * 5 + 5; }

  /// Drawn, so that nobody who writes an export can tell which ids fall together.
  static const Id128& seeds() {
    static const Id128 drawn = [] {
      std::random_device device;
      const auto word = [&] { return std::uint64_t{device()} << 32U | device(); };
      return Id128{word(), word()};
    }();
    return drawn;
  }

  [[nodiscard]] std::size_t first_bucket(const Id128& id) const {
    __extension__ using Wide = unsigned __int128;
    const auto product = [](std::uint64_t a, std::uint64_t b) { return static_cast<Wide>(a) * b; };
    const auto mixed = product(id.high ^ seeds_.high, id.low ^ seeds_.low);
    const std::uint64_t hash =
        static_cast<std::uint64_t>(mixed) ^ static_cast<std::uint64_t>(mixed >> 64U);
    return static_cast<std::size_t>(product(hash, buckets_.size()) >> 64U);
  }

  /// Where an id stands, or would.
  [[nodiscard]] SlotPosition position_of(const Id128& id) const {
    for (std::size_t at = first_bucket(id);; at = at + 1 == buckets_.size() ? 0 : at + 1) {
      const Bucket& bucket = buckets_[at];
      for (std::size_t slot = 0; slot < slots; ++slot) {
        if (bucket.numbers[slot] == none || bucket.ids[slot] == id) {
          return {at, slot};
        }
      }
    }
  }

  void rehash(std::size_t size) {
    std::vector<Bucket> old(size);
    old.swap(buckets_);
    for (const Bucket& bucket : old) {
      for (std::size_t slot = 0; slot < slots && bucket.numbers[slot] != none; ++slot) {
        const SlotPosition position = position_of(bucket.ids[slot]);
        buckets_[position.bucket].ids[position.slot] = bucket.ids[slot];
        buckets_[position.bucket].numbers[position.slot] = bucket.numbers[slot];
      }
    }
  }

  std::vector<Bucket> buckets_;
  std::size_t count_ = 0;
  Id128 seeds_ = seeds();
};

}  // namespace tierline
