#pragma once
// Which classes extend which, as tables of classes in the exports say.

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "inventory/collected.h"
#include "inventory/signatures.h"

namespace tierline {

class Lineages {
 public:
  explicit Lineages(const Collected& in);

  /// The class of a signature and, if its profile does not know it, those that it extends, up to
  /// the first that the profile knows; never empty.
  [[nodiscard]] std::vector<std::string> of(const SourceSignature& signature) const;

 private:
  /// Texts are folded.
  using ByText = boost::unordered_flat_map<std::string, std::string>;

  static ByText bases(std::vector<ClassRecord> records);

  const Collected& in_;
  /// By profile and source: of each class, by name and by label, the name of the one it extends.
  std::map<std::pair<std::uint16_t, std::uint16_t>, ByText> bases_;
};

}  // namespace tierline
