#include "inventory/page_inputs.h"

#include <array>
#include <optional>
#include <vector>

namespace tierline {

/// The fields and the tables of assignments that there are.
Presence PageInputs::presence(std::uint32_t file, const SourceSignature& signature) const {
  const auto page = in_.pages.find({file, signature.local.record, signature.local.item_class});
  Presence present = page == in_.pages.end() ? Presence() : page->second;
  const auto assigned = in_.assigned.find({signature.profile, signature.source});
  if (assume_complete_) {
    present |= in_.profiles[signature.profile]->assignable();
  } else if (assigned != in_.assigned.end()) {
    present |= assigned->second;
  }
  return present;
}

std::uint16_t PageInputs::of(std::uint32_t file, std::uint32_t signature) {
  const auto [known, is_new] =
      known_.try_emplace(std::uint64_t{file} << 32U | signature, std::uint16_t{0});
  if (is_new) {
    const SourceSignature& of = traits_.signatures()[signature];
    const Meaning& meaning = *in_.profiles[of.profile];
    const Presence present = presence(file, of);
    for (unsigned input = 0; input < item_input_count; ++input) {
      const bool has = meaning.has_input(of.local.record, static_cast<Input>(input), present);
      known->second = static_cast<std::uint16_t>(known->second | (has ? 1U << input : 0U));
    }
  }
  return known->second;
}

void list_class_inputs(const Collected& in, const ItemTraits& traits, const ItemNumbers& numbers,
                       InventoryDraft& out) {
  // By class and input; details are no inputs of classes.
  constexpr auto count = static_cast<std::size_t>(Input::portfolio) + 1;
  std::vector<std::array<std::optional<ClassInput>, count>> inputs(in.classes.size());
  const auto need = [&](std::uint32_t item, Input input) {
    std::optional<ClassInput>& known = inputs[out.class_[item]][static_cast<std::size_t>(input)];
    if (!known) {
      const SourceSignature& signature = traits.signature_of(numbers.record_of(item));
      known = {out.class_[item], input,
               in.profiles[signature.profile]->input_fields(signature.local.record, input), false,
               in.profiles[signature.profile]->is_field(signature.local.record, input)};
    }
    known->exported |= out.has_input(ItemId{item}, input);
  };
  for (const ItemId id : out.items()) {
    const Tier tier = out.tier(id);
    if (!out.is_live(id) || tier == Tier::unmapped) {
      continue;
    }
    const std::uint32_t item = index_of(id);
    need(item, Input::accountable);
    const bool may_have_group = tier == Tier::system || tier == Tier::component;
    if (may_have_group && !out.has_owner(id)) {
      need(item, Input::operates);
    } else if (tier == Tier::service) {
      need(item, Input::portfolio);
      if (out.facing(id) == Facing::unknown) {
        need(item, Input::facing);
      }
    }
  }
  for (auto& of_class : inputs) {
    for (std::optional<ClassInput>& input : of_class) {
      if (input) {
        out.class_inputs_.push_back(std::move(*input));
      }
    }
  }
}

}  // namespace tierline
