#include "inventory/pseudonyms.h"

#include <fmt/format.h>

#include "tierline/text.h"

namespace tierline {
namespace {

/// Of a secret of any size.
SipKey key_of(std::string_view secret) {
  return {sip_hash({0, 0}, secret), sip_hash({0, 1}, secret)};
}

}  // namespace

Pseudonyms::Pseudonyms(std::string_view secret) : key_(key_of(secret)) {}

std::string Pseudonyms::of(std::string_view source, std::string_view id) const {
  const std::string text = std::string(source) + '\x1f' + fold(id);
  return fmt::format("person-{:016x}", sip_hash(key_, text));
}

}  // namespace tierline
