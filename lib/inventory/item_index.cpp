#include "inventory/item_index.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "support/quote.h"

namespace tierline {
namespace {

/// What is known under a key already, and is another item, makes it ambiguous.
template <typename Map, typename Key>
void add(Map& map, Key key, std::uint32_t item) {
  const auto [entry, is_new] = map.try_emplace(std::move(key), item);
  entry->second = is_new || entry->second == item ? item : ambiguous;
}

}  // namespace

ItemIndex::ItemIndex(const Collected& in, InventoryAssembly& out, const AttributeTable& attributes)
    : in_(in),
      out_(out),
      attributes_(attributes),
      namesakes_(in, out, attributes),
      indexes_(out.columns.sources.size()) {
  reserve();
  number_items();
  join_sources();
}

void ItemIndex::reserve() {
  std::vector<std::size_t> items(indexes_.size());
  for (std::size_t file = 0; file < in_.files.size(); ++file) {
    items[in_.files[file].source] += out_.columns.inputs[file].items;
  }
  for (std::size_t source = 0; source < items.size(); ++source) {
    indexes_[source].by_id.reserve(items[source]);
  }
  record_of_item_.reserve(in_.items.size());
}

/// Which item each record is. Items that are only named come last: they are those that records of
/// their own describe, where there are such.
void ItemIndex::number_items() {
  item_of_record_.resize(in_.items.size());
  std::set<Class> implied_classes;
  std::vector<std::uint32_t> implied;
  for (std::uint32_t record = 0; attributes_.has_implied() && record < in_.items.size(); ++record) {
    if (attributes_.is_implied(record)) {
      const SourceSignature& signature = attributes_.signature_of(record);
      implied_classes.emplace(signature.source, signature.local.item_class);
      implied.push_back(record);
    }
  }
  constexpr std::uint32_t ahead = 16;
  for (std::uint32_t record = 0; record < in_.items.size(); ++record) {
    if (record + ahead < in_.items.size()) {
      const ItemRecord& later = in_.items[record + ahead];
      prefetch(later.id, later.id_kind, attributes_.signature_of(record + ahead).source);
    }
    if (implied.empty() || !attributes_.is_implied(record)) {
      give_number(record, implied_classes);
    }
  }
  for (const std::uint32_t record : implied) {
    give_number(record, implied_classes);
  }
}

void ItemIndex::give_number(std::uint32_t record, const std::set<Class>& implied_classes) {
  const ItemRecord& item = in_.items[record];
  const SourceSignature& signature = attributes_.signature_of(record);
  SourceIndex& index = indexes_[signature.source];
  const auto next = static_cast<std::uint32_t>(record_of_item_.size());
  std::uint32_t& number = item_of_record_[record];
  if (item.id_kind == RefKind::hex) {
    number = index.by_id.insert(item.id, next);
  } else if (item.id_kind == RefKind::text) {
    number = index.by_text_id.try_emplace(out_.columns.stored(item.id), next).first->second;
  } else {
    give_number_by_name(record, next);
  }
  if (number == next) {
    record_of_item_.push_back(record);
  }
  if (item.id_kind != RefKind::none &&
      implied_classes.contains({signature.source, signature.local.item_class})) {
    add(index.by_class_and_name, name_key(record), number);
  }
}

/// A record that has no id, but should have one, is an item of its own whatever its name is.
void ItemIndex::give_number_by_name(std::uint32_t record, std::uint32_t next) {
  Index<std::string>& by_name = indexes_[attributes_.signature_of(record).source].by_class_and_name;
  std::uint32_t& number = item_of_record_[record];
  if (attributes_.lacks_id(record)) {
    number = next;
    add(by_name, name_key(record), next);
    return;
  }
  number = by_name.try_emplace(name_key(record), next).first->second;
  if (number == ambiguous) {
    const ItemRecord& item = in_.items[record];
    ambiguous_names_[record] = {item.name_begin, item.name_size};
  }
}

std::string ItemIndex::name_key(std::uint32_t record) const {
  const ItemRecord& item = in_.items[record];
  return in_.classes[attributes_.signature_of(record).local.item_class] + '\x1f' +
         out_.columns.text.substr(item.name_begin, item.name_size);
}

std::string ItemIndex::said(const Id128& id, RefKind kind) const {
  if (kind != RefKind::item) {
    return out_.reference_text(id, kind);
  }
  const auto record = static_cast<std::uint32_t>(id.low);
  const auto ambiguous_name = ambiguous_names_.find(record);
  return ambiguous_name == ambiguous_names_.end()
             ? out_.so_far.label(ItemId{item_of_record_[record]})
             : std::string(out_.columns.stored(ambiguous_name->second));
}

/// Items of different sources that are called the same there become one, which is known by the
/// source that describes it and comes first by name. Within a source, such a name says nothing.
void ItemIndex::join_sources() {
  struct Named {
    std::string text;
    std::uint32_t record = 0;
  };
  std::vector<Named> named;
  for (const ItemText& one : in_.correlations) {
    if (item_of_record_[one.item] != ambiguous) {
      named.push_back({std::string(out_.columns.stored(one.text)), one.item});
    }
  }
  const auto source = [&](std::uint32_t record) -> const std::string& {
    return out_.columns.sources[attributes_.signature_of(record).source];
  };
  const auto rank = [&](const Named& one) {
    return std::tuple(std::string_view(one.text), attributes_.is_implied(one.record),
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
      const ItemRecord& first = in_.items[named[begin].record];
      if (sources.size() > 1) {
        out_.add_notice(
            {"ambiguous-correlation",
             fmt::format("several items of one source are called {} in others: they are "
                         "not joined with any",
                         quoted(named[begin].text)),
             {out_.columns.inputs[Collected::file_of(in_.item_segments, named[begin].record)].path,
              first.line}});
      }
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
void ItemIndex::renumber_items() {
  std::vector<std::uint32_t> new_number(record_of_item_.size());
  std::vector<std::uint32_t> kept;
  for (std::uint32_t item = 0; item < record_of_item_.size(); ++item) {
    if (!same_as_.contains(item)) {
      new_number[item] = static_cast<std::uint32_t>(kept.size());
      kept.push_back(record_of_item_[item]);
    }
  }
  const auto end_of = [&](std::uint32_t item) {
    if (item == ambiguous) {
      return item;
    }
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
    index.by_id.each([&](std::uint32_t& item) { item = end_of(item); });
    for (auto& [id, item] : index.by_text_id) {
      item = end_of(item);
    }
    for (auto& [name, item] : index.by_class_and_name) {
      item = end_of(item);
    }
  }
  record_of_item_ = std::move(kept);
}

void ItemIndex::index_names(std::span<const std::uint16_t> type_sources) {
  indexes_.resize(out_.columns.sources.size());
  std::vector<std::uint8_t> needed(indexes_.size());
  for (const RelationGroup& group : in_.relation_groups) {
    for (std::size_t i = 0; group.has_text_ends && i < group.size(); ++i) {
      const CollectedRelation relation = group[i];
      if (relation.from_kind == RefKind::text || relation.to_kind == RefKind::text) {
        needed[type_sources[relation.type]] = 1;
      }
    }
  }
  for (std::size_t i = 0; i < in_.assignments.size(); ++i) {
    if (in_.assignments[i].item_kind == RefKind::text) {
      needed[in_.files[Collected::file_of(in_.assignment_segments, i)].source] = 1;
    }
  }
  const bool needs_any = std::ranges::find(needed, 1) != needed.end();
  for (const ItemId id : IdRange<ItemId>(needs_any ? out_.so_far.item_count() : 0)) {
    const std::uint32_t item = index_of(id);
    if (needed[out_.columns.source[item]] == 0 || out_.columns.name_size[item] == 0) {
      continue;
    }
    SourceIndex& index = indexes_[out_.columns.source[item]];
    add(index.by_name, out_.so_far.name(id), item);
    add(index.by_class_and_name,
        out_.so_far.class_name(id) + '\x1f' + std::string(out_.so_far.name(id)), item);
  }
  for (const ItemText& alias : in_.aliases) {
    const std::uint32_t item = item_of_record_[alias.item];
    SourceIndex& index = indexes_[attributes_.signature_of(alias.item).source];
    add(index.by_name, out_.columns.stored(alias.text), item);
    add(index.by_class_and_name,
        out_.so_far.class_name(ItemId{item}) + '\x1f' +
            std::string(out_.columns.stored(alias.text)),
        item);
  }
}

std::uint32_t ItemIndex::resolve(const Id128& id, RefKind kind, std::uint16_t source,
                                 const std::string& class_name) const {
  const auto look_up = [](const auto& map, const auto& key) {
    const auto found = map.find(key);
    return found == map.end() ? no_index : found->second;
  };
  const SourceIndex& index = indexes_[source];
  switch (kind) {
    case RefKind::none:
      return no_index;
    case RefKind::item:
      return item_of_record_[id.low];
    case RefKind::hex:
      return index.by_id.find(id);
    case RefKind::text:
      break;
  }
  const std::string_view text = out_.columns.stored(id);
  std::uint32_t item = look_up(index.by_text_id, text);
  if (item == no_index && !class_name.empty()) {
    item = look_up(index.by_class_and_name, class_name + '\x1f' + std::string(text));
  }
  return item == no_index ? look_up(index.by_name, text) : item;
}

}  // namespace tierline
