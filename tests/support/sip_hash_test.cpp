#include "support/sip_hash.h"

#include <gtest/gtest.h>

#include <string>

namespace tierline {
namespace {

/// The key is the bytes 0 to 15, and each text the bytes from 0 on, as those who published it have
/// it.
TEST(SipHash, IsThatOfItsPublishedExamples) {
  const SipKey key = {0x0706050403020100, 0x0f0e0d0c0b0a0908};
  const std::uint64_t expected[] = {0x726fdb47dd0e0e31, 0x74f839c593dc67fd, 0x0d6c8009d9a94f5a,
                                    0x85676696d7fb7e2d};
  std::string text;
  for (const std::uint64_t hash : expected) {
    EXPECT_EQ(sip_hash(key, text), hash) << text.size();
    text += static_cast<char>(text.size());
  }
  while (text.size() < 15) {
    text += static_cast<char>(text.size());
  }
  EXPECT_EQ(sip_hash(key, text), 0xa129ca6149be45e5);
}

}  // namespace
}  // namespace tierline
