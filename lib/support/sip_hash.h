#pragma once
// SipHash-2-4 of Aumasson and Bernstein: who does not know the key can say nothing of the hash of
// any text.

#include <array>
#include <cstdint>
#include <string_view>

namespace tierline {

using SipKey = std::array<std::uint64_t, 2>;

std::uint64_t sip_hash(const SipKey& key, std::string_view text);

}  // namespace tierline
