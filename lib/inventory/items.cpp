#include "inventory/items.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <tuple>

#include "support/parallel.h"
#include "support/quote.h"

namespace tierline {

Items::Items(const Collected& in, InventoryAssembly& out, AttributeTable& attributes,
             const ItemIndex& item_index, GroupInputs& inputs, const InputSet& details,
             unsigned jobs)
    : in_(in), out_(out), attributes_(attributes), item_index_(item_index), inputs_(inputs) {
  resize_columns();
  if (details[static_cast<std::size_t>(RuleInput::contradictions)]) {
    out_.columns.contradiction.resize(item_index.size());
    out_.columns.contradictions.emplace_back();
    contradictions_.emplace(Contradiction(), 0);
  }
  for (std::uint32_t i = 0; i < attributes_.signatures().size(); ++i) {
    environment_of(i);
    contradiction_of(i);
  }
  parallel_ranges(item_index.size(), jobs, [&](std::size_t begin, std::size_t end) {
    GroupInputs known = inputs;
    for (auto item = static_cast<std::uint32_t>(begin); item < end; ++item) {
      out_.columns.file[item] = Collected::file_of(in_.item_segments, item_index_.record_of(item));
      fill(item, item_index_.record_of(item), known);
    }
  });
  merge_repeated();
  for (const auto& [item, records] : item_index_.joined()) {
    add_from_other_sources(item, records);
  }
  choose_costs();
  fill_details();
  if (details[static_cast<std::size_t>(RuleInput::redundancy)]) {
    fill_redundancy();
  }
  fill_strong_keys();
  fill_texts(in_.vendors, out_.columns.vendors);
  fill_texts(in_.links, out_.columns.links);
  for (auto& [field_and_file, notice] : disagreements_) {
    out_.add_notice(std::move(notice));
  }
  for (std::uint32_t i = 0; i < in_.classes.size(); ++i) {
    out_.columns.class_names.push_back(in_.classes[i]);
  }
  report_unmapped_values();
  for (std::uint32_t i = 0; i < environments_.size(); ++i) {
    out_.columns.environments.push_back(environments_[i]);
  }
}

const std::vector<PartyRef>* Items::merged_responsibilities(std::uint32_t item) const {
  const auto found = merged_responsibilities_.find(item);
  return found == merged_responsibilities_.end() ? nullptr : &found->second;
}

void Items::resize_columns() {
  const std::size_t count = item_index_.size();
  out_.columns.tier.resize(count);
  out_.columns.facing.resize(count);
  out_.columns.state.resize(count);
  out_.columns.criticality.resize(count);
  out_.columns.offering.resize(count);
  out_.columns.inputs_of.resize(count);
  out_.columns.id_kind.resize(count);
  out_.columns.id.resize(count);
  out_.columns.name_begin.resize(count);
  out_.columns.name_size.resize(count);
  out_.columns.item_class.resize(count);
  out_.columns.source.resize(count);
  out_.columns.environment.resize(count);
  out_.columns.file.resize(count);
  out_.columns.line.resize(count);
  facing_from_parent_.resize(count);
}

/// Records of one id in one source.
void Items::merge_repeated() {
  std::map<std::uint32_t, std::vector<std::uint32_t>> repeated;
  for (std::uint32_t record = 0; record < in_.items.size(); ++record) {
    const std::uint32_t item = item_index_.item_of(record);
    if (item == ambiguous) {
      continue;
    }
    const std::uint32_t first = item_index_.record_of(item);
    if (record != first &&
        attributes_.signature_of(record).source == attributes_.signature_of(first).source) {
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
    const ItemAttributes& attributes = attributes_.attributes(other.signature);
    const auto keep = [](auto& known, auto unsaid, auto value) {
      known = known == unsaid ? value : known;
    };
    keep(out_.columns.tier[item], Tier::unmapped, attributes.tier);
    keep(out_.columns.facing[item], Facing::unknown, attributes.facing);
    keep(out_.columns.state[item], State::unknown, attributes.state);
    keep(out_.columns.criticality[item], std::uint8_t{0}, attributes.criticality);
    keep(out_.columns.environment[item], environments_.intern({}),
         environments_.intern(attributes.environment));
    if (out_.columns.name_size[item] == 0) {
      out_.columns.name_begin[item] = other.name_begin;
      out_.columns.name_size[item] = other.name_size;
    }
    out_.columns.inputs_of[item] |=
        inputs_.of(Collected::file_of(in_.item_segments, record), other.signature);
  }
}

/// The item's own source counts, then the newest record, then the greater cost.
void Items::choose_costs() {
  const auto weight = [&](const ItemCost& cost) {
    const std::uint32_t first = item_index_.record_of(item_index_.item_of(cost.item));
    const bool is_own =
        attributes_.signature_of(cost.item).source == attributes_.signature_of(first).source;
    return std::tuple(is_own, in_.items[cost.item].updated, cost.cost.cents,
                      std::string_view(cost.cost.currency));
  };
  std::map<std::uint32_t, const ItemCost*> best;
  for (const ItemCost& cost : in_.costs) {
    const auto [known, is_new] = best.try_emplace(item_index_.item_of(cost.item), &cost);
    if (!is_new && weight(cost) > weight(*known->second)) {
      known->second = &cost;
    }
  }
  for (const auto& [item, cost] : best) {
    out_.columns.costs.emplace(item, to_string(cost->cost));
  }
}

void Items::fill(std::uint32_t item, std::uint32_t record, GroupInputs& inputs) {
  const ItemRecord& from = in_.items[record];
  out_.columns.id[item] =
      from.id_kind == RefKind::none ? Id128{0, item_index_.ordinal_of(record)} : from.id;
  out_.columns.id_kind[item] = from.id_kind == RefKind::hex    ? InventoryColumns::IdKind::hex
                               : from.id_kind == RefKind::text ? InventoryColumns::IdKind::text
                                                               : InventoryColumns::IdKind::name;
  out_.columns.name_begin[item] = from.name_begin;
  out_.columns.name_size[item] = from.name_size;
  out_.columns.line[item] = from.line;
  out_.columns.inputs_of[item] = inputs.of(out_.columns.file[item], from.signature);
  set_attributes(item, from.signature);
}

void Items::set_attributes(std::uint32_t item, std::uint32_t signature) {
  const ItemAttributes& attributes = attributes_.attributes(signature);
  out_.columns.tier[item] = attributes.tier;
  out_.columns.facing[item] = attributes.facing;
  out_.columns.state[item] = attributes.state;
  out_.columns.criticality[item] = attributes.criticality;
  out_.columns.offering[item] = attributes.offering ? 1 : 0;
  out_.columns.item_class[item] = attributes_.signatures()[signature].local.item_class;
  out_.columns.source[item] = attributes_.signatures()[signature].source;
  out_.columns.environment[item] = environment_of(signature);
  facing_from_parent_[item] = attributes.facing_from_parent ? 1 : 0;
  if (!out_.columns.contradiction.empty()) {
    out_.columns.contradiction[item] = contradiction_of(signature);
  }
}

/// May be asked side by side once it was asked of a signature; 0 where there is none.
std::uint32_t Items::contradiction_of(std::uint32_t signature) {
  if (out_.columns.contradiction.empty()) {
    return 0;
  }
  if (signature >= contradiction_of_signature_.size()) {
    contradiction_of_signature_.resize(attributes_.signatures().size(), no_index);
  }
  std::uint32_t& known = contradiction_of_signature_[signature];
  if (known == no_index) {
    Contradiction found = attributes_.attributes(signature).contradiction;
    found.state_fields = attributes_.state_fields(signature);
    const auto next = static_cast<std::uint32_t>(out_.columns.contradictions.size());
    const auto [entry, is_new] = contradictions_.try_emplace(found, next);
    known = entry->second;
    if (is_new) {
      out_.columns.contradictions.push_back(std::move(found));
    }
  }
  return known;
}

/// Of several records of an item in its own source, the most specific class counts, then the newest
/// record, then the greater value; a record whose group lacks the field says nothing. What its own
/// source does not say, others may.
void Items::fill_details() {
  if (in_.details.empty()) {
    return;
  }
  const auto column_of = [&](RuleInput input) -> ColumnOf<std::uint32_t>& {
    auto& column = out_.columns.details[static_cast<std::size_t>(input)];
    if (column.empty()) {
      column.assign(out_.columns.tier.size(), 0);
    }
    return column;
  };
  const std::map<std::uint32_t, std::vector<std::uint32_t>> repeated = records_of_repeated();
  std::map<std::pair<RuleInput, std::uint32_t>, std::uint32_t> stated;  // By record of those.
  InputSet inputs;
  for (const ItemDetail& detail : in_.details) {
    const std::uint32_t item = item_index_.item_of(detail.item);
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
        const auto input = static_cast<RuleInput>(i);
        column_of(input)[item] = merged_detail(input, records, stated);
      }
    }
  }
}

/// By item, all of its records where there are several, the first one of its own source first.
std::map<std::uint32_t, std::vector<std::uint32_t>> Items::records_of_repeated() const {
  std::map<std::uint32_t, std::vector<std::uint32_t>> repeated;
  for (std::uint32_t record = 0; record < in_.items.size(); ++record) {
    const std::uint32_t item = item_index_.item_of(record);
    if (item != ambiguous && item_index_.record_of(item) != record) {
      auto& records = repeated[item];
      if (records.empty()) {
        records.push_back(item_index_.record_of(item));
      }
      records.push_back(record);
    }
  }
  return repeated;
}

std::uint32_t Items::merged_detail(
    RuleInput input, std::span<const std::uint32_t> records,
    const std::map<std::pair<RuleInput, std::uint32_t>, std::uint32_t>& stated) {
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
        attributes_.signature_of(record).source == attributes_.signature_of(records.front()).source;
    auto& best = is_own ? own : others;
    best = std::max(
        best, std::optional(Weighed(attributes_.attributes(of.signature).specificity, of.updated,
                                    value == stated.end() ? 0 : value->second)));
  }
  const bool says_own = own && std::get<2>(*own) != 0;
  return says_own ? std::get<2>(*own) : others ? std::get<2>(*others) : 0;
}

/// Of classes that stand while some of their members do, where no field says it of the item.
void Items::fill_redundancy() {
  std::map<std::uint32_t, std::uint32_t> members_needed;  // By class.
  for (std::uint32_t i = 0; i < attributes_.signatures().size(); ++i) {
    if (const std::uint32_t needed = attributes_.attributes(i).members_needed; needed != 0) {
      members_needed[attributes_.signatures()[i].local.item_class] = needed;
    }
  }
  auto& column = out_.columns.details[static_cast<std::size_t>(RuleInput::redundancy)];
  if (!members_needed.empty() && column.empty()) {
    column.assign(out_.columns.tier.size(), 0);
  }
  for (std::uint32_t item = 0; !members_needed.empty() && item < column.size(); ++item) {
    const auto needed = members_needed.find(out_.columns.item_class[item]);
    if (column[item] == 0 && needed != members_needed.end()) {
      column[item] = needed->second;
    }
  }
}

/// Each that any record of an item states, once.
void Items::fill_strong_keys() {
  for (const ItemText& key : in_.strong_keys) {
    if (const std::uint32_t item = item_index_.item_of(key.item); item != ambiguous) {
      out_.columns.strong_keys.push_back({ItemId{item}, key.text});
    }
  }
  const auto by_item_and_text = [&](const StrongKey& key) {
    return std::pair(key.item, out_.columns.stored(key.text));
  };
  std::ranges::sort(out_.columns.strong_keys, {}, by_item_and_text);
  auto& keys = out_.columns.strong_keys;
  keys.erase(std::unique(keys.begin(), keys.end(),
                         [&](const StrongKey& a, const StrongKey& b) {
                           return by_item_and_text(a) == by_item_and_text(b);
                         }),
             keys.end());
}

/// One an item: of several that its records state, the least.
void Items::fill_texts(std::span<const ItemText> stated, std::vector<StatedText>& column) {
  for (const ItemText& one : stated) {
    if (const std::uint32_t item = item_index_.item_of(one.item); item != ambiguous) {
      column.push_back({ItemId{item}, one.text});
    }
  }
  std::ranges::sort(column, {}, [&](const StatedText& one) {
    return std::pair(one.item, out_.columns.stored(one.text));
  });
  column.erase(
      std::unique(column.begin(), column.end(),
                  [](const StatedText& a, const StatedText& b) { return a.item == b.item; }),
      column.end());
}

std::uint32_t Items::environment_of(std::uint32_t signature) {
  if (signature >= environment_of_signature_.size()) {
    environment_of_signature_.resize(attributes_.signatures().size(), no_index);
  }
  std::uint32_t& known = environment_of_signature_[signature];
  if (known == no_index) {
    known = environments_.intern(attributes_.attributes(signature).environment);
  }
  return known;
}

/// Values that no profile has a meaning for, with how many records have them.
void Items::report_unmapped_values() {
  std::vector<std::uint64_t> count(attributes_.signatures().size());
  std::vector<std::uint32_t> first(attributes_.signatures().size(), no_index);
  for (std::uint32_t record = 0; record < in_.items.size(); ++record) {
    const std::uint32_t signature = in_.items[record].signature;
    ++count[signature];
    first[signature] = std::min(first[signature], record);
  }
  for (std::uint32_t i = 0; i < attributes_.signatures().size(); ++i) {
    for (const auto& [field, text] : attributes_.attributes(i).unmapped) {
      if (count[i] > 0) {
        out_.add_notice({"unmapped-value",
                         fmt::format("profile '{}' has no meaning for the value {} of '{}'",
                                     in_.profiles[attributes_.signatures()[i].profile]->name(),
                                     quoted(text), field),
                         {out_.columns.inputs[Collected::file_of(in_.item_segments, first[i])].path,
                          in_.items[first[i]].line},
                         count[i],
                         field});
      }
    }
  }
}

}  // namespace tierline
