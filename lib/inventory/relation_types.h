#pragma once
// What the types of relations mean, asked of the profiles once for each type, and where that
// depends on the ends, once for each pair of their classes.

#include <cstdint>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "inventory/assembly.h"
#include "inventory/collected.h"
#include "inventory/item_index.h"
#include "inventory/profile_semantics.h"

namespace tierline {

class RelationTypes {
 public:
  /// Types, and sources that they name, become those of `out`.
  RelationTypes(const Collected& in, InventoryAssembly& out);

  [[nodiscard]] const RelationSemantics& semantics(std::uint32_t type) const {
    return semantics_[type];
  }
  [[nodiscard]] std::uint16_t source(std::uint32_t type) const { return sources_[type]; }
  [[nodiscard]] std::span<const std::uint16_t> sources() const { return sources_; }
  /// The inventory's number of a type.
  [[nodiscard]] std::uint16_t number(std::uint32_t type) const { return type_numbers_[type]; }

  /// Kind and direction of a relation of a type between two items. May be asked side by side.
  RelationInterpretation interpretation(std::uint32_t type, std::uint32_t from, std::uint32_t to);

  /// What is odd about types, with the first relation that has one.
  void report(const ItemIndex& items) const;

 private:
  std::uint16_t out_number(const std::string& name, bool known);

  const Collected& in_;
  InventoryAssembly& out_;
  std::vector<RelationSemantics> semantics_;
  std::vector<std::uint16_t> sources_;
  std::vector<std::uint16_t> type_numbers_;
  std::map<std::string, std::uint16_t> out_numbers_;
  std::mutex interpreting_;  // Guards the next one.
  std::map<std::tuple<std::uint32_t, std::string, std::string>, RelationInterpretation>
      interpretations_;
};

}  // namespace tierline
