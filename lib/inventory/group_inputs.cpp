#include "inventory/group_inputs.h"

#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace tierline {
namespace {

/// An input of a class, while one item after the other adds what its group has.
class KnownInput {
 public:
  KnownInput(const Collected& in, const SourceSignature& first, std::uint32_t item_class,
             RuleInput input)
      : in_(in), of_(first.profile), record_(first.local.record_kind) {
    made_.item_class = item_class;
    made_.input = input;
    made_.fields = in.profiles[of_]->input_fields(record_, input);
    made_.is_field = in.profiles[of_]->is_field(record_, input);
  }

  void add(bool exported, std::uint32_t file, const SourceSignature& signature) {
    made_.exported |= exported;
    // Neighbouring items are mostly of one group.
    if (last_ == std::pair(file, &signature)) {
      return;
    }
    last_ = {file, &signature};
    const auto group =
        in_.record_groups.find({file, signature.local.record_kind, signature.local.item_class});
    if (group == in_.record_groups.end()) {
      return;
    }
    if (signature.profile == of_ && signature.local.record_kind == record_) {
      present_ |= group->second;
    } else {
      is_told_elsewhere_ |=
          !in_.profiles[signature.profile]
               ->own_fields(signature.local.record_kind, made_.input, group->second)
               .empty();
    }
  }

  ClassInput finish(bool names_parties) {
    if (!is_told_elsewhere_) {
      made_.present = in_.profiles[of_]->own_fields(record_, made_.input, present_);
    }
    made_.names_parties = names_parties;
    return std::move(made_);
  }

 private:
  const Collected& in_;
  std::uint16_t of_;  // Profile.
  std::uint32_t record_;
  ClassInput made_;
  FieldSet present_;
  bool is_told_elsewhere_ = false;  // By records of another kind.
  std::pair<std::uint32_t, const SourceSignature*> last_;
};

}  // namespace

/// The fields and the tables of assignments that there are.
FieldSet GroupInputs::fields_present_in(std::uint32_t file,
                                        const SourceSignature& signature) const {
  const auto group =
      in_.record_groups.find({file, signature.local.record_kind, signature.local.item_class});
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
      const bool has =
          semantics.has_input(of.local.record_kind, static_cast<RuleInput>(input), present);
      known->second = static_cast<std::uint16_t>(known->second | (has ? 1U << input : 0U));
    }
  }
  return known->second;
}

void list_class_inputs(const Collected& in, const AttributeTable& attributes,
                       const ItemIndex& item_index,
                       const std::vector<std::optional<bool>>& names_parties,
                       InventoryAssembly& out) {
  // By class and input; details are no inputs of classes.
  constexpr auto count = static_cast<std::size_t>(RuleInput::portfolio) + 1;
  std::vector<std::array<std::optional<KnownInput>, count>> inputs(in.classes.size());
  const auto need = [&](std::uint32_t item, RuleInput input) {
    const std::uint32_t item_class = out.columns.item_class[item];
    std::optional<KnownInput>& known = inputs[item_class][static_cast<std::size_t>(input)];
    const SourceSignature& signature = attributes.signature_of(item_index.record_of(item));
    if (!known) {
      known.emplace(in, signature, item_class, input);
    }
    known->add(out.so_far.has_input(ItemId{item}, input), out.columns.file[item], signature);
  };
  for (const ItemId id : out.so_far.items()) {
    const Tier tier = out.so_far.tier(id);
    if (!out.so_far.is_live(id) || tier == Tier::unmapped) {
      continue;
    }
    const std::uint32_t item = index_of(id);
    need(item, RuleInput::accountable);
    const bool may_have_group = tier == Tier::system || tier == Tier::component;
    if (may_have_group && !out.so_far.has_owner(id)) {
      need(item, RuleInput::operates);
    } else if (tier == Tier::service) {
      need(item, RuleInput::portfolio);
      if (out.so_far.facing(id) == Facing::unknown) {
        need(item, RuleInput::facing);
      }
    }
  }
  for (std::size_t item_class = 0; item_class < inputs.size(); ++item_class) {
    for (std::optional<KnownInput>& input : inputs[item_class]) {
      if (input) {
        out.columns.class_inputs.push_back(
            input->finish(names_parties[item_class].value_or(false)));
      }
    }
  }
}

}  // namespace tierline
