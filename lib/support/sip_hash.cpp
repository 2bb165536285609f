#include "support/sip_hash.h"

#include <bit>

namespace tierline {
namespace {

class SipHash {
 public:
  explicit SipHash(const SipKey& key)
      : a_(key[0] ^ 0x736f6d6570736575),
        b_(key[1] ^ 0x646f72616e646f6d),
        c_(key[0] ^ 0x6c7967656e657261),
        d_(key[1] ^ 0x7465646279746573) {}

  std::uint64_t of(std::string_view text) {
    constexpr std::size_t block = 8;
    const std::size_t whole = text.size() / block * block;
    for (std::size_t at = 0; at < whole; at += block) {
      take(number_of(text.substr(at, block)));
    }
    take(number_of(text.substr(whole)) | static_cast<std::uint64_t>(text.size()) << 56U);
    c_ ^= 0xff;
    for (int i = 0; i < 4; ++i) {
      mix();
    }
    return a_ ^ b_ ^ c_ ^ d_;
  }

 private:
  /// Up to eight bytes, the first one lowest.
  static std::uint64_t number_of(std::string_view bytes) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      number |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    }
    return number;
  }

  void take(std::uint64_t number) {
    d_ ^= number;
    mix();
    mix();
    a_ ^= number;
  }

  void mix() {
    a_ += b_;
    c_ += d_;
    b_ = std::rotl(b_, 13) ^ a_;
    d_ = std::rotl(d_, 16) ^ c_;
    a_ = std::rotl(a_, 32);
    c_ += b_;
    a_ += d_;
    b_ = std::rotl(b_, 17) ^ c_;
    d_ = std::rotl(d_, 21) ^ a_;
    c_ = std::rotl(c_, 32);
  }

  std::uint64_t a_;
  std::uint64_t b_;
  std::uint64_t c_;
  std::uint64_t d_;
};

}  // namespace

std::uint64_t sip_hash(const SipKey& key, std::string_view text) {
  return SipHash(key).of(text);
}

}  // namespace tierline
