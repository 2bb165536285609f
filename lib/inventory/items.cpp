// From item records to items: which records are one item, and what it is.

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>

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

bool InventoryBuilder::is_implied(std::uint32_t record) const {
  const GlobalSignature& signature = signatures_[items_[record].signature];
  return profiles_[signature.profile]->is_implied(signature.local.record);
}

/// Which item each record is. Items that are only named come last: they are those that records of
/// their own describe, where there are such.
void InventoryBuilder::number_items() {
  item_of_record_.resize(items_.size());
  std::set<std::pair<std::uint16_t, std::uint32_t>> implied_classes;
  std::vector<std::uint32_t> implied;
  for (std::uint32_t record = 0; record < items_.size(); ++record) {
    if (is_implied(record)) {
      const GlobalSignature& signature = signatures_[items_[record].signature];
      implied_classes.emplace(signature.source, signature.local.item_class);
      implied.push_back(record);
    }
  }
  const auto name_key = [&](std::uint32_t record) {
    const ItemRecord& item = items_[record];
    return classes_[signatures_[item.signature].local.item_class] + '\x1f' +
           out_.text_.substr(item.name_begin, item.name_size);
  };
  const auto give_number = [&](std::uint32_t record) {
    const ItemRecord& item = items_[record];
    const GlobalSignature& signature = signatures_[item.signature];
    SourceIndex& index = indexes_[signature.source];
    const auto next = static_cast<std::uint32_t>(record_of_item_.size());
    std::uint32_t number = next;
    if (item.id_kind == RefKind::hex) {
      number = index.by_id.try_emplace(item.id, next).first->second;
    } else if (item.id_kind == RefKind::text) {
      number = index.by_text_id.try_emplace(stored(item.id), next).first->second;
    } else {
      number = index.by_class_and_name.try_emplace(name_key(record), next).first->second;
    }
    item_of_record_[record] = number;
    if (number == next) {
      record_of_item_.push_back(record);
    }
    if (item.id_kind != RefKind::none &&
        implied_classes.contains({signature.source, signature.local.item_class})) {
      index.by_class_and_name.try_emplace(name_key(record), number);
    }
  };
  for (std::uint32_t record = 0; record < items_.size(); ++record) {
    if (implied.empty() || !is_implied(record)) {
      give_number(record);
    }
  }
  std::ranges::for_each(implied, give_number);
}

/// Items of different sources that are called the same there become one, which is known by the
/// source that describes it and comes first by name. Within a source, such a name says nothing.
void InventoryBuilder::join_sources() {
  struct Named {
    std::string text;
    std::uint32_t record = 0;
  };
  std::vector<Named> named;
  for (const ItemText& one : correlations_) {
    named.push_back({std::string(stored(one.text)), one.item});
  }
  const auto source = [&](std::uint32_t record) -> const std::string& {
    return out_.sources_[signatures_[items_[record].signature].source];
  };
  const auto rank = [&](const Named& one) {
    return std::tuple(std::string_view(one.text), is_implied(one.record),
                      std::string_view(source(one.record)), one.record);
  };
  std::ranges::sort(named, {}, rank);
  for (std::size_t begin = 0; begin < named.size();) {
    std::vector<std::uint32_t> items;  // Each once, the one that the others become first.
    std::set<std::string_view> sources;
    std::size_t end = begin;
    for (; end < named.size() && named[end].text == named[begin].text; ++end) {
      const std::uint32_t item = item_of_record_[named[end].record];
      if (std::ranges::find(items, item) == items.end()) {
        items.push_back(item);
        sources.insert(source(named[end].record));
      }
    }
    if (items.size() > sources.size()) {
      const ItemRecord& first = items_[named[begin].record];
      add_notice({"ambiguous-correlation",
                  fmt::format("several items of one source are called '{}' in others: they are "
                              "not joined with any",
                              named[begin].text),
                  {out_.inputs_[file_of(item_segments_, named[begin].record)].path, first.line}});
    } else {
      for (const std::uint32_t other : std::span(items).subspan(1)) {
        same_as_[other] = items.front();
      }
    }
    begin = end;
  }
  if (!same_as_.empty()) {
    renumber_items();
  }
}

/// Takes the numbers of items that are another one out of the row.
void InventoryBuilder::renumber_items() {
  std::vector<std::uint32_t> new_number(record_of_item_.size());
  std::vector<std::uint32_t> kept;
  for (std::uint32_t item = 0; item < record_of_item_.size(); ++item) {
    if (!same_as_.contains(item)) {
      new_number[item] = static_cast<std::uint32_t>(kept.size());
      kept.push_back(record_of_item_[item]);
    }
  }
  const auto end_of = [&](std::uint32_t item) {
    for (auto same = same_as_.find(item); same != same_as_.end(); same = same_as_.find(item)) {
      item = same->second;
    }
    return new_number[item];
  };
  for (std::uint32_t record = 0; record < item_of_record_.size(); ++record) {
    const bool is_other = same_as_.contains(item_of_record_[record]);
    item_of_record_[record] = end_of(item_of_record_[record]);
    if (is_other) {
      joined_[item_of_record_[record]].push_back(record);
    }
  }
  for (SourceIndex& index : indexes_) {
    for (auto& [id, item] : index.by_id) {
      item = end_of(item);
    }
    for (auto& [id, item] : index.by_text_id) {
      item = end_of(item);
    }
    for (auto& [name, item] : index.by_class_and_name) {
      item = end_of(item);
    }
  }
  record_of_item_ = std::move(kept);
}

/// What the item's own source does not say, others may.
void InventoryBuilder::add_from_other_sources(std::uint32_t item,
                                              std::span<const std::uint32_t> records) {
  for (const std::uint32_t record : records) {
    const ItemRecord& other = items_[record];
    const Traits& traits = traits_[other.signature];
    const auto keep = [](auto& known, auto unsaid, auto value) {
      known = known == unsaid ? value : known;
    };
    keep(out_.tier_[item], Tier::unmapped, traits.tier);
    keep(out_.facing_[item], Facing::unknown, traits.facing);
    keep(out_.state_[item], State::unknown, traits.state);
    keep(out_.criticality_[item], std::uint8_t{0}, traits.criticality);
    keep(out_.environment_[item], environments_.intern({}),
         environments_.intern(traits.environment));
    if (out_.name_size_[item] == 0) {
      out_.name_begin_[item] = other.name_begin;
      out_.name_size_[item] = other.name_size;
    }
    out_.inputs_of_[item] |= inputs_of(file_of(item_segments_, record), other.signature);
  }
}

/// The item's own source counts, then the newest record, then the greater cost.
void InventoryBuilder::choose_costs() {
  const auto weight = [&](const ItemCost& cost) {
    const std::uint32_t first = record_of_item_[item_of_record_[cost.item]];
    const bool is_own = signatures_[items_[cost.item].signature].source ==
                        signatures_[items_[first].signature].source;
    return std::tuple(is_own, items_[cost.item].updated, cost.cost.cents,
                      std::string_view(cost.cost.currency));
  };
  std::map<std::uint32_t, const ItemCost*> best;
  for (const ItemCost& cost : costs_) {
    const auto [known, is_new] = best.try_emplace(item_of_record_[cost.item], &cost);
    if (!is_new && weight(cost) > weight(*known->second)) {
      known->second = &cost;
    }
  }
  for (const auto& [item, cost] : best) {
    out_.costs_.emplace(item, to_string(cost->cost));
  }
}

void InventoryBuilder::identify_items() {
  number_items();
  join_sources();
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
  for (std::uint32_t item = 0; item < count; ++item) {
    out_.file_[item] = file_of(item_segments_, record_of_item_[item]);
    fill_item(item, record_of_item_[item]);
  }
  std::map<std::uint32_t, std::vector<std::uint32_t>> repeated;
  for (std::uint32_t record = 0; record < items_.size(); ++record) {
    const std::uint32_t item = item_of_record_[record];
    const std::uint32_t first = record_of_item_[item];
    if (record != first && signatures_[items_[record].signature].source ==
                               signatures_[items_[first].signature].source) {
      auto& records = repeated[item];
      if (records.empty()) {
        records.push_back(first);
      }
      records.push_back(record);
    }
  }
  for (const auto& [item, records] : repeated) {
    merge_item(item, records);
  }
  for (const auto& [item, records] : joined_) {
    add_from_other_sources(item, records);
  }
  choose_costs();
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
    const Meaning& meaning = *profiles_[of.profile];
    const auto page = pages_.find({file, of.local.record, of.local.item_class});
    Presence present = page == pages_.end() ? Presence() : page->second;
    present |= options_.assume_complete ? meaning.assignable() : assigned_[{of.profile, of.source}];
    for (unsigned input = 0; input < input_count; ++input) {
      const bool has = meaning.has_input(of.local.record, static_cast<Input>(input), present);
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
                       false,
                       profiles_[signature.profile]->is_field(signature.local.record, input)};
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
