#include "support/quote.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>

#include "tierline/text.h"

namespace tierline {
namespace {

std::atomic<int> hiders = 0;

std::string size_of(std::string_view content) {
  const auto is_first_byte = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; };
  const auto characters = static_cast<std::size_t>(std::ranges::count_if(content, is_first_byte));
  return fmt::format("[{}]", count_of(characters, "character"));
}

}  // namespace

std::string quoted(std::string_view content) {
  return hiders > 0 ? size_of(content) : fmt::format("'{}'", shortened(content));
}

std::string as_said(std::string_view content) {
  return hiders > 0 ? size_of(content) : shortened(content);
}

HiddenContents::HiddenContents(bool is_wanted) : is_wanted_(is_wanted) {
  hiders += is_wanted_ ? 1 : 0;
}

HiddenContents::~HiddenContents() {
  hiders -= is_wanted_ ? 1 : 0;
}

}  // namespace tierline
