// From item records to items: which records are one item, and what it is.

#include <fmt/format.h>

#include <algorithm>

#include "inventory/builder.h"
#include "support/text.h"

namespace tierline {

/// Asks the profiles what each combination of codes means, from signature `from` on.
void InventoryBuilder::work_out_traits(std::size_t from) {
  for (std::size_t i = from; i < signatures_.size(); ++i) {
    GlobalSignature& signature = signatures_[i];
    std::vector<const std::string*> codes;
    for (const std::uint32_t code : signature.local.codes) {
      codes.push_back(code == 0 ? nullptr : &codes_[code]);
    }
    const Meaning& meaning = *profiles_[signature.profile];
    traits_.push_back(
        meaning.traits(signature.local.record, classes_[signature.local.item_class], codes));
    if (!traits_.back().source.empty()) {
      const OwnerPolicy policy = out_.policies_[signature.source];
      signature.source = source_number(traits_.back().source);
      out_.policies_[signature.source] = policy;
    }
  }
  indexes_.resize(out_.sources_.size());
}

std::uint32_t InventoryBuilder::file_of(const std::vector<Segment>& segments,
                                        std::size_t at) const {
  const auto after = std::ranges::upper_bound(segments, at, {}, &Segment::first);
  return std::prev(after)->file;
}

void InventoryBuilder::identify_items() {
  std::map<std::uint32_t, std::vector<std::uint32_t>> repeated;
  item_of_record_.resize(items_.size());
  for (std::uint32_t record = 0; record < items_.size(); ++record) {
    const ItemRecord& item = items_[record];
    const GlobalSignature& signature = signatures_[item.signature];
    SourceIndex& index = indexes_[signature.source];
    const auto next = static_cast<std::uint32_t>(record_of_item_.size());
    const std::string_view name =
        std::string_view(out_.text_).substr(item.name_begin, item.name_size);
    std::uint32_t number = next;
    switch (item.id_kind) {
      case RefKind::hex:
        number = index.by_id.try_emplace(item.id, next).first->second;
        break;
      case RefKind::text:
        number = index.by_text_id.try_emplace(stored(item.id), next).first->second;
        break;
      default:
        number = index.by_class_and_name
                     .try_emplace(classes_[signature.local.item_class] + '\x1f' + std::string(name),
                                  next)
                     .first->second;
    }
    item_of_record_[record] = number;
    if (number == next) {
      record_of_item_.push_back(record);
    } else {
      auto& records = repeated[number];
      if (records.empty()) {
        records.push_back(record_of_item_[number]);
      }
      records.push_back(record);
    }
  }
  const std::size_t count = record_of_item_.size();
  out_.tier_.resize(count);
  out_.facing_.resize(count);
  out_.state_.resize(count);
  out_.criticality_.resize(count);
  out_.offering_.resize(count);
  out_.inputs_of_.resize(count);
  out_.id_kind_.resize(count);
  out_.id_.resize(count);
  out_.name_begin_.resize(count);
  out_.name_size_.resize(count);
  out_.class_.resize(count);
  out_.source_.resize(count);
  out_.environment_.resize(count);
  out_.file_.resize(count);
  out_.line_.resize(count);
  facing_from_parent_.resize(count);
  std::size_t segment = 0;
  for (std::uint32_t item = 0; item < count; ++item) {
    while (segment + 1 < item_segments_.size() &&
           item_segments_[segment + 1].first <= record_of_item_[item]) {
      ++segment;
    }
    out_.file_[item] = item_segments_[segment].file;
    fill_item(item, record_of_item_[item]);
  }
  for (const auto& [item, records] : repeated) {
    merge_item(item, records);
  }
  for (auto& [field_and_file, notice] : disagreements_) {
    add_notice(std::move(notice));
  }
  for (std::uint32_t i = 0; i < classes_.size(); ++i) {
    out_.class_names_.push_back(classes_[i]);
  }
  report_unmapped_values();
}

void InventoryBuilder::fill_item(std::uint32_t item, std::uint32_t record) {
  const ItemRecord& from = items_[record];
  out_.id_[item] = from.id;
  out_.id_kind_[item] = from.id_kind == RefKind::hex    ? Inventory::IdKind::hex
                        : from.id_kind == RefKind::text ? Inventory::IdKind::text
                                                        : Inventory::IdKind::name;
  out_.name_begin_[item] = from.name_begin;
  out_.name_size_[item] = from.name_size;
  out_.line_[item] = from.line;
  out_.inputs_of_[item] = inputs_of(out_.file_[item], from.signature);
  set_traits(item, from.signature);
}

void InventoryBuilder::set_traits(std::uint32_t item, std::uint32_t signature) {
  const Traits& traits = traits_[signature];
  out_.tier_[item] = traits.tier;
  out_.facing_[item] = traits.facing;
  out_.state_[item] = traits.state;
  out_.criticality_[item] = traits.criticality;
  out_.offering_[item] = traits.offering ? 1 : 0;
  out_.class_[item] = signatures_[signature].local.item_class;
  out_.source_[item] = signatures_[signature].source;
  out_.environment_[item] = environments_.intern(traits.environment);
  facing_from_parent_[item] = traits.facing_from_parent ? 1 : 0;
}

/// Which inputs the page that a record stands in has, a bit for each.
std::uint8_t InventoryBuilder::inputs_of(std::uint32_t file, std::uint32_t signature) {
  const auto [known, is_new] = inputs_cache_.try_emplace({file, signature}, std::uint8_t{0});
  if (is_new) {
    const GlobalSignature& of = signatures_[signature];
    const auto page = pages_.find({file, of.local.record, of.local.item_class});
    for (unsigned input = 0; page != pages_.end() && input < input_count; ++input) {
      const bool has = profiles_[of.profile]->has_input(of.local.record, static_cast<Input>(input),
                                                        page->second);
      known->second = static_cast<std::uint8_t>(known->second | (has ? 1U << input : 0U));
    }
  }
  return known->second;
}

/// Values that no profile has a meaning for, with how many records have them.
void InventoryBuilder::report_unmapped_values() {
  std::vector<std::uint64_t> count(signatures_.size());
  std::vector<std::uint32_t> first(signatures_.size(), nothing);
  for (std::uint32_t record = 0; record < items_.size(); ++record) {
    const std::uint32_t signature = items_[record].signature;
    ++count[signature];
    first[signature] = std::min(first[signature], record);
  }
  for (std::size_t i = 0; i < signatures_.size(); ++i) {
    for (const auto& [field, text] : traits_[i].unmapped) {
      if (count[i] > 0) {
        add_notice({"unmapped-value",
                    fmt::format("profile '{}' has no meaning for the value '{}' of '{}'",
                                profiles_[signatures_[i].profile]->name(), text, field),
                    {out_.inputs_[file_of(item_segments_, first[i])].path, items_[first[i]].line},
                    count[i]});
      }
    }
  }
}

/// For each class of a tier that needs it, whether any page of it has an input.
void InventoryBuilder::list_class_inputs() {
  std::map<std::pair<std::uint32_t, Input>, ClassInput> inputs;
  const auto need = [&](std::uint32_t item, Input input) {
    const GlobalSignature& signature = signatures_[items_[record_of_item_[item]].signature];
    const auto [known, is_new] = inputs.try_emplace({out_.class_[item], input});
    if (is_new) {
      known->second = {out_.class_[item], input,
                       profiles_[signature.profile]->input_fields(signature.local.record, input),
                       false};
    }
    known->second.exported |= out_.has_input(ItemId{item}, input);
  };
  for (const ItemId id : out_.items()) {
    const Tier tier = out_.tier(id);
    if (!out_.is_live(id) || tier == Tier::unmapped) {
      continue;
    }
    const std::uint32_t item = index_of(id);
    need(item, Input::accountable);
    if (tier == Tier::component && !out_.has_owner(id)) {
      need(item, Input::operates);
    } else if (tier == Tier::service) {
      need(item, Input::portfolio);
      if (out_.facing(id) == Facing::unknown) {
        need(item, Input::facing);
      }
    }
  }
  for (auto& [key, input] : inputs) {
    out_.class_inputs_.push_back(std::move(input));
  }
}

}  // namespace tierline
