#include "inventory/group_inputs.h"

#include <array>
#include <optional>
#include <vector>

namespace tierline {

/// The fields and the tables of assignments that there are.
FieldSet GroupInputs::fields_present_in(std::uint32_t file,
                                        const SourceSignature& signature) const {
  const auto group =
      in_.record_groups.find({file, signature.local.record, signature.local.item_class});
  FieldSet present = group == in_.record_groups.end() ? FieldSet() : group->second;
  const auto assigned = in_.assigned.find({signature.profile, signature.source});
  if (assume_complete_) {
    present |= in_.profiles[signature.profile]->assignable();
  } else if (assigned != in_.assigned.end()) {
    present |= assigned->second;
  }
  return present;
}

std::uint16_t GroupInputs::of(std::uint32_t file, std::uint32_t signature) {
  const auto [known, is_new] =
      known_.try_emplace(std::uint64_t{file} << 32U | signature, std::uint16_t{0});
  if (is_new) {
    const SourceSignature& of = attributes_.signatures()[signature];
    const ProfileSemantics& semantics = *in_.profiles[of.profile];
    const FieldSet present = fields_present_in(file, of);
    for (unsigned input = 0; input < item_input_count; ++input) {
      const bool has = semantics.has_input(of.local.record, static_cast<Input>(input), present);
      known->second = static_cast<std::uint16_t>(known->second | (has ? 1U << input : 0U));
    }
  }
  return known->second;
}

void list_class_inputs(const Collected& in, const AttributeTable& attributes,
                       const ItemIndex& item_index, InventoryAssembly& out) {
  // By class and input; details are no inputs of classes.
  constexpr auto count = static_cast<std::size_t>(Input::portfolio) + 1;
  std::vector<std::array<std::optional<ClassInput>, count>> inputs(in.classes.size());
  const auto need = [&](std::uint32_t item, Input input) {
    std::optional<ClassInput>& known =
        inputs[out.columns.item_class[item]][static_cast<std::size_t>(input)];
    if (!known) {
      const SourceSignature& signature = attributes.signature_of(item_index.record_of(item));
      known = {out.columns.item_class[item], input,
               in.profiles[signature.profile]->input_fields(signature.local.record, input), false,
               in.profiles[signature.profile]->is_field(signature.local.record, input)};
    }
    known->exported |= out.so_far.has_input(ItemId{item}, input);
  };
  for (const ItemId id : out.so_far.items()) {
    const Tier tier = out.so_far.tier(id);
    if (!out.so_far.is_live(id) || tier == Tier::unmapped) {
      continue;
    }
    const std::uint32_t item = index_of(id);
    need(item, Input::accountable);
    const bool may_have_group = tier == Tier::system || tier == Tier::component;
    if (may_have_group && !out.so_far.has_owner(id)) {
      need(item, Input::operates);
    } else if (tier == Tier::service) {
      need(item, Input::portfolio);
      if (out.so_far.facing(id) == Facing::unknown) {
        need(item, Input::facing);
      }
    }
  }
  for (auto& of_class : inputs) {
    for (std::optional<ClassInput>& input : of_class) {
      if (input) {
        out.columns.class_inputs.push_back(std::move(*input));
      }
    }
  }
}

}  // namespace tierline
