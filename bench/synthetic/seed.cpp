#include "synthetic/seed.h"

namespace tierline::synthetic {
namespace {

std::uint64_t key_of(Item item) {
  return static_cast<std::uint64_t>(item.role) << 32U | item.number;
}

}  // namespace

Id Seed::id(Item item) const {
  if (!item) {
    return {};
  }
  const auto key = key_of(item) ^ key_;
  const std::array halves{mix(key), mix(mix(key) + key_)};
  Id id;
  for (std::size_t i = 0; i < id.hex.size(); ++i) {
    id.hex[i] = "0123456789abcdef"[halves[i / 16] >> (60 - i % 16 * 4) & 15U];
  }
  return id;
}

Random Seed::random(Item item, Purpose purpose) const {
  return Random(mix(key_of(item) ^ mix(key_ + static_cast<std::uint64_t>(purpose))));
}

}  // namespace tierline::synthetic
