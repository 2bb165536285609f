#pragma once
// Maps by text, and texts that are stored once.

#define XXH_INLINE_ALL  // Most texts are short: calling costs more than hashing them.
#include <xxhash.h>

#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace tierline {

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return XXH3_64bits(text.data(), text.size());
  }
};

/// Looked up by any text, without making a string of it.
template <typename T>
using ByText = boost::unordered_flat_map<std::string, T, TextHash, std::equal_to<>>;

/// Numbers of texts. Those that are looked up again and again are found without hashing.
class TextNumbers {
 public:
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view text) {
    Recent& recent = recent_[place(text)];
    if (recent.is_used && recent.text == text) {
      return recent.number;
    }
    const auto found = all_.find(text);
    if (found == all_.end()) {
      return std::nullopt;
    }
    recent.is_used = true;
    recent.text = text;
    recent.number = found->second;
    return recent.number;
  }

  void add(std::string_view text, std::uint32_t number) { all_.emplace(std::string(text), number); }

 private:
  struct Recent {
    bool is_used = false;
    std::uint32_t number = 0;
    std::string text;
  };

  static std::size_t place(std::string_view text) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    return text.empty() ? 0 : (text.size() + at(0) * 3U + at(text.size() - 1)) % size;
  }

  static constexpr std::size_t size = 16;
  std::array<Recent, size> recent_;
  ByText<std::uint32_t> all_;
};

/// Texts, each stored once and numbered from 0 in the order of their first appearance.
class Interner {
 public:
  std::uint32_t intern(std::string_view text) {
    const auto found = numbers_.find(text);
    if (found != numbers_.end()) {
      return found->second;
    }
    const auto number = static_cast<std::uint32_t>(texts_.size());
    numbers_.emplace(texts_.emplace_back(text), number);
    return number;
  }

  [[nodiscard]] bool has(std::string_view text) const { return numbers_.contains(text); }
  [[nodiscard]] const std::string& operator[](std::uint32_t number) const { return texts_[number]; }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(texts_.size()); }

 private:
  std::deque<std::string> texts_;  // A deque, so that the keys below stay where they are.
  boost::unordered_flat_map<std::string_view, std::uint32_t, TextHash> numbers_;
};

}  // namespace tierline
