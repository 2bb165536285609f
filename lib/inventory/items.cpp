#include "inventory/items.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <tuple>

#include "support/parallel.h"
#include "support/quote.h"

namespace tierline {

Items::Items(const Collected& in, InventoryDraft& out, ItemTraits& traits,
             const ItemNumbers& numbers, PageInputs& inputs, const InputSet& details, unsigned jobs)
    : in_(in), out_(out), traits_(traits), numbers_(numbers), inputs_(inputs) {
  resize_columns();
  if (details[static_cast<std::size_t>(Input::contradictions)]) {
    out_.contradiction_.resize(numbers.size());
    out_.contradictions_.emplace_back();
  }
  for (std::uint32_t i = 0; i < traits_.signatures().size(); ++i) {
    environment_of(i);
    contradiction_of(i);
  }
  parallel_ranges(numbers.size(), jobs, [&](std::size_t begin, std::size_t end) {
    PageInputs known = inputs;
    for (auto item = static_cast<std::uint32_t>(begin); item < end; ++item) {
      out_.file_[item] = Collected::file_of(in_.item_segments, numbers_.record_of(item));
      fill(item, numbers_.record_of(item), known);
    }
  });
  merge_repeated();
  for (const auto& [item, records] : numbers_.joined()) {
    add_from_other_sources(item, records);
  }
  choose_costs();
  fill_details();
  if (details[static_cast<std::size_t>(Input::redundancy)]) {
    fill_redundancy();
  }
  fill_strong_keys();
  fill_texts(in_.vendors, out_.vendors_);
  fill_texts(in_.links, out_.links_);
  for (auto& [field_and_file, notice] : disagreements_) {
    out_.add_notice(std::move(notice));
  }
  for (std::uint32_t i = 0; i < in_.classes.size(); ++i) {
    out_.class_names_.push_back(in_.classes[i]);
  }
  report_unmapped_values();
  for (std::uint32_t i = 0; i < environments_.size(); ++i) {
    out_.environments_.push_back(environments_[i]);
  }
}

const std::vector<PartyRef>* Items::merged_uses(std::uint32_t item) const {
  const auto found = merged_uses_.find(item);
  return found == merged_uses_.end() ? nullptr : &found->second;
}

void Items::resize_columns() {
  const std::size_t count = numbers_.size();
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
}

/// Records of one id in one source.
void Items::merge_repeated() {
  std::map<std::uint32_t, std::vector<std::uint32_t>> repeated;
  for (std::uint32_t record = 0; record < in_.items.size(); ++record) {
    const std::uint32_t item = numbers_.item_of(record);
    if (item == ambiguous) {
      continue;
    }
    const std::uint32_t first = numbers_.record_of(item);
    if (record != first &&
        traits_.signature_of(record).source == traits_.signature_of(first).source) {
      auto& records = repeated[item];
      if (records.empty()) {
        records.push_back(first);
      }
      records.push_back(record);
    }
  }
  for (const auto& [item, records] : repeated) {
    merge(item, records);
  }
}

/// What the item's own source does not say, others may.
void Items::add_from_other_sources(std::uint32_t item, std::span<const std::uint32_t> records) {
  for (const std::uint32_t record : records) {
    const ItemRecord& other = in_.items[record];
    const Traits& traits = traits_.traits(other.signature);
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
    out_.inputs_of_[item] |=
        inputs_.of(Collected::file_of(in_.item_segments, record), other.signature);
  }
}

/// The item's own source counts, then the newest record, then the greater cost.
void Items::choose_costs() {
  const auto weight = [&](const ItemCost& cost) {
    const std::uint32_t first = numbers_.record_of(numbers_.item_of(cost.item));
    const bool is_own =
        traits_.signature_of(cost.item).source == traits_.signature_of(first).source;
    return std::tuple(is_own, in_.items[cost.item].updated, cost.cost.cents,
                      std::string_view(cost.cost.currency));
  };
  std::map<std::uint32_t, const ItemCost*> best;
  for (const ItemCost& cost : in_.costs) {
    const auto [known, is_new] = best.try_emplace(numbers_.item_of(cost.item), &cost);
    if (!is_new && weight(cost) > weight(*known->second)) {
      known->second = &cost;
    }
  }
  for (const auto& [item, cost] : best) {
    out_.costs_.emplace(item, to_string(cost->cost));
  }
}

void Items::fill(std::uint32_t item, std::uint32_t record, PageInputs& inputs) {
  const ItemRecord& from = in_.items[record];
  out_.id_[item] = from.id_kind == RefKind::none ? Id128{0, numbers_.ordinal_of(record)} : from.id;
  out_.id_kind_[item] = from.id_kind == RefKind::hex    ? InventoryDraft::IdKind::hex
                        : from.id_kind == RefKind::text ? InventoryDraft::IdKind::text
                                                        : InventoryDraft::IdKind::name;
  out_.name_begin_[item] = from.name_begin;
  out_.name_size_[item] = from.name_size;
  out_.line_[item] = from.line;
  out_.inputs_of_[item] = inputs.of(out_.file_[item], from.signature);
  set_traits(item, from.signature);
}

void Items::set_traits(std::uint32_t item, std::uint32_t signature) {
  const Traits& traits = traits_.traits(signature);
  out_.tier_[item] = traits.tier;
  out_.facing_[item] = traits.facing;
  out_.state_[item] = traits.state;
  out_.criticality_[item] = traits.criticality;
  out_.offering_[item] = traits.offering ? 1 : 0;
  out_.class_[item] = traits_.signatures()[signature].local.item_class;
  out_.source_[item] = traits_.signatures()[signature].source;
  out_.environment_[item] = environment_of(signature);
  facing_from_parent_[item] = traits.facing_from_parent ? 1 : 0;
  if (!out_.contradiction_.empty()) {
    out_.contradiction_[item] = contradiction_of(signature);
  }
}

/// May be asked side by side once it was asked of a signature; 0 where there is none.
std::uint32_t Items::contradiction_of(std::uint32_t signature) {
  if (out_.contradiction_.empty()) {
    return 0;
  }
  if (signature >= contradiction_of_signature_.size()) {
    contradiction_of_signature_.resize(traits_.signatures().size(), nothing);
  }
  std::uint32_t& known = contradiction_of_signature_[signature];
  if (known == nothing) {
    const Contradiction& found = traits_.traits(signature).contradiction;
    known = found.facing.empty() && found.state.empty()
                ? 0
                : static_cast<std::uint32_t>(out_.contradictions_.size());
    if (known != 0) {
      out_.contradictions_.push_back(found);
    }
  }
  return known;
}

/// Of several records of an item in its own source, the most specific class counts, then the newest
/// record, then the greater value; a record whose page lacks the field says nothing. What its own
/// source does not say, others may.
void Items::fill_details() {
  if (in_.details.empty()) {
    return;
  }
  const auto column_of = [&](Input input) -> ColumnOf<std::uint32_t>& {
    auto& column = out_.details_[static_cast<std::size_t>(input)];
    if (column.empty()) {
      column.assign(out_.tier_.size(), 0);
    }
    return column;
  };
  const std::map<std::uint32_t, std::vector<std::uint32_t>> repeated = records_of_repeated();
  std::map<std::pair<Input, std::uint32_t>, std::uint32_t> stated;  // By record of those.
  InputSet inputs;
  for (const ItemDetail& detail : in_.details) {
    const std::uint32_t item = numbers_.item_of(detail.item);
    if (item == ambiguous) {
      continue;
    }
    inputs.set(static_cast<std::size_t>(detail.input));
    if (!repeated.empty() && repeated.contains(item)) {
      stated[{detail.input, detail.item}] = detail.value;
    } else {
      column_of(detail.input)[item] = detail.value;
    }
  }
  for (const auto& [item, records] : repeated) {
    for (std::size_t i = 0; i < item_input_count; ++i) {
      if (inputs[i]) {
        const auto input = static_cast<Input>(i);
        column_of(input)[item] = merged_detail(input, records, stated);
      }
    }
  }
}

/// By item, all of its records where there are several, the first one of its own source first.
std::map<std::uint32_t, std::vector<std::uint32_t>> Items::records_of_repeated() const {
  std::map<std::uint32_t, std::vector<std::uint32_t>> repeated;
  for (std::uint32_t record = 0; record < in_.items.size(); ++record) {
    const std::uint32_t item = numbers_.item_of(record);
    if (item != ambiguous && numbers_.record_of(item) != record) {
      auto& records = repeated[item];
      if (records.empty()) {
        records.push_back(numbers_.record_of(item));
      }
      records.push_back(record);
    }
  }
  return repeated;
}

std::uint32_t Items::merged_detail(
    Input input, std::span<const std::uint32_t> records,
    const std::map<std::pair<Input, std::uint32_t>, std::uint32_t>& stated) {
  using Weighed = std::tuple<int, std::uint32_t, std::uint32_t>;
  std::optional<Weighed> own;
  std::optional<Weighed> others;
  for (const std::uint32_t record : records) {
    const ItemRecord& of = in_.items[record];
    const std::uint32_t file = Collected::file_of(in_.item_segments, record);
    if ((inputs_.of(file, of.signature) >> static_cast<unsigned>(input) & 1U) == 0) {
      continue;
    }
    const auto value = stated.find({input, record});
    const bool is_own =
        traits_.signature_of(record).source == traits_.signature_of(records.front()).source;
    auto& best = is_own ? own : others;
    best =
        std::max(best, std::optional(Weighed(traits_.traits(of.signature).specificity, of.updated,
                                             value == stated.end() ? 0 : value->second)));
  }
  const bool says_own = own && std::get<2>(*own) != 0;
  return says_own ? std::get<2>(*own) : others ? std::get<2>(*others) : 0;
}

/// Of classes that stand while some of their members do, where no field says it of the item.
void Items::fill_redundancy() {
  std::map<std::uint32_t, std::uint32_t> members_needed;  // By class.
  for (std::uint32_t i = 0; i < traits_.signatures().size(); ++i) {
    if (const std::uint32_t needed = traits_.traits(i).members_needed; needed != 0) {
      members_needed[traits_.signatures()[i].local.item_class] = needed;
    }
  }
  auto& column = out_.details_[static_cast<std::size_t>(Input::redundancy)];
  if (!members_needed.empty() && column.empty()) {
    column.assign(out_.tier_.size(), 0);
  }
  for (std::uint32_t item = 0; !members_needed.empty() && item < column.size(); ++item) {
    const auto needed = members_needed.find(out_.class_[item]);
    if (column[item] == 0 && needed != members_needed.end()) {
      column[item] = needed->second;
    }
  }
}

/// Each that any record of an item states, once.
void Items::fill_strong_keys() {
  for (const ItemText& key : in_.strong_keys) {
    if (const std::uint32_t item = numbers_.item_of(key.item); item != ambiguous) {
      out_.strong_keys_.push_back({ItemId{item}, key.text});
    }
  }
  const auto by_item_and_text = [&](const StrongKey& key) {
    return std::pair(key.item, out_.stored(key.text));
  };
  std::ranges::sort(out_.strong_keys_, {}, by_item_and_text);
  auto& keys = out_.strong_keys_;
  keys.erase(std::unique(keys.begin(), keys.end(),
                         [&](const StrongKey& a, const StrongKey& b) {
                           return by_item_and_text(a) == by_item_and_text(b);
                         }),
             keys.end());
}

/// One an item: of several that its records state, the least.
void Items::fill_texts(std::span<const ItemText> stated, std::vector<StatedText>& column) {
  for (const ItemText& one : stated) {
    if (const std::uint32_t item = numbers_.item_of(one.item); item != ambiguous) {
      column.push_back({ItemId{item}, one.text});
    }
  }
  std::ranges::sort(column, {}, [&](const StatedText& one) {
    return std::pair(one.item, out_.stored(one.text));
  });
  column.erase(
      std::unique(column.begin(), column.end(),
                  [](const StatedText& a, const StatedText& b) { return a.item == b.item; }),
      column.end());
}

std::uint32_t Items::environment_of(std::uint32_t signature) {
  if (signature >= environment_of_signature_.size()) {
    environment_of_signature_.resize(traits_.signatures().size(), nothing);
  }
  std::uint32_t& known = environment_of_signature_[signature];
  if (known == nothing) {
    known = environments_.intern(traits_.traits(signature).environment);
  }
  return known;
}

/// Values that no profile has a meaning for, with how many records have them.
void Items::report_unmapped_values() {
  std::vector<std::uint64_t> count(traits_.signatures().size());
  std::vector<std::uint32_t> first(traits_.signatures().size(), nothing);
  for (std::uint32_t record = 0; record < in_.items.size(); ++record) {
    const std::uint32_t signature = in_.items[record].signature;
    ++count[signature];
    first[signature] = std::min(first[signature], record);
  }
  for (std::uint32_t i = 0; i < traits_.signatures().size(); ++i) {
    for (const auto& [field, text] : traits_.traits(i).unmapped) {
      if (count[i] > 0) {
        out_.add_notice({"unmapped-value",
                         fmt::format("profile '{}' has no meaning for the value {} of '{}'",
                                     in_.profiles[traits_.signatures()[i].profile]->name(),
                                     quoted(text), field),
                         {out_.inputs_[Collected::file_of(in_.item_segments, first[i])].path,
                          in_.items[first[i]].line},
                         count[i],
                         field});
      }
    }
  }
}

}  // namespace tierline
