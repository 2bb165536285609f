#pragma once
// What is said about an item follows from the seed, the item and what it is drawn for.

#include <array>
#include <cstdint>
#include <string_view>

#include "synthetic/item.h"
#include "synthetic/random.h"

namespace tierline::synthetic {

/// A sys_id; empty for no item.
struct Id {
  std::array<char, 32> hex{};

  operator std::string_view() const { return {hex.data(), hex[0] == 0 ? 0 : hex.size()}; }
};

/// For what a number is drawn; each purpose draws its own.
enum class Purpose {
  state,
  owner,
  group,
  portfolio,
  parent,
  link,
  defect,
  repeat,
  name,
  record,
  forgotten,
  organised_owner,
  organised_manager,
  criticality,
  registered
};

class Seed {
 public:
  explicit Seed(std::uint64_t seed) : key_(mix(seed)) {}

  std::uint64_t key() const { return key_; }
  Id id(Item item) const;
  Random random(Item item, Purpose purpose) const;

 private:
  std::uint64_t key_;
};

}  // namespace tierline::synthetic
