#pragma once
// The combinations of codes that items have, each with a number.

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "inventory/batch.h"

namespace tierline {

/// A signature of one profile and source.
struct SourceSignature {
  std::uint16_t profile = 0;
  std::uint16_t source = 0;
  Signature local;
  friend auto operator<=>(const SourceSignature&, const SourceSignature&) = default;
};

class Signatures {
 public:
  /// The number of a signature, a new one when it was not there yet.
  std::uint32_t number(SourceSignature signature) {
    const auto next = static_cast<std::uint32_t>(all_.size());
    const auto [entry, is_new] = numbers_.try_emplace(signature, next);
    if (is_new) {
      all_.push_back(std::move(signature));
    }
    return entry->second;
  }

  /// The source that its codes name, instead of the file's; it keeps its number.
  void move_to(std::uint32_t signature, std::uint16_t source) { all_[signature].source = source; }

  [[nodiscard]] const SourceSignature& operator[](std::size_t number) const { return all_[number]; }
  [[nodiscard]] std::size_t size() const { return all_.size(); }

 private:
  std::vector<SourceSignature> all_;
  std::map<SourceSignature, std::uint32_t> numbers_;
};

}  // namespace tierline
