#include "inventory/namesakes.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <tuple>

#include "support/money.h"
#include "support/quote.h"

namespace tierline {
namespace {

constexpr char separator = '\x1f';

Id128 hash_of(std::string_view text) {
  const XXH128_hash_t hash = XXH3_128bits(text.data(), text.size());
  return {hash.high64, hash.low64};
}

/// One more thing that a record says, in whatever order it says them.
void add_to(Id128& content, std::string_view text) {
  const Id128 more = hash_of(text);
  content.high += more.high;
  content.low += more.low;
}

}  // namespace

Namesakes::Namesakes(const Collected& in, InventoryAssembly& out, const AttributeTable& attributes)
    : in_(in), out_(out), attributes_(attributes) {
  find_groups();
  if (!groups_.empty()) {
    add_texts();
    add_relations();
    give_ordinals();
    report();
  }
}

void Namesakes::find_groups() {
  struct Seen {
    std::uint32_t first = 0;
    std::uint32_t group = no_index;
  };
  boost::unordered_flat_map<Id128, Seen> seen;
  std::string key;
  for (std::uint32_t record = 0; record < in_.items.size(); ++record) {
    if (in_.items[record].id_kind != RefKind::none || !attributes_.lacks_id(record)) {
      continue;
    }
    key = class_of(record);
    key.append(1, separator).append(out_.columns.sources[attributes_.signature_of(record).source]);
    key.append(1, separator).append(name_of(record));
    const auto [known, is_new] = seen.try_emplace(hash_of(key), Seen{.first = record});
    if (is_new) {
      continue;
    }
    std::uint32_t& group = known->second.group;
    if (group == no_index) {
      group = static_cast<std::uint32_t>(groups_.size());
      groups_.push_back({known->second.first});
    }
    groups_[group].push_back(record);
  }
  for (const auto& group : groups_) {
    for (const std::uint32_t record : group) {
      members_[record].content = content_of(record);
    }
  }
}

/// What it means rather than how it is written, so that other encodings put records in one order.
Id128 Namesakes::content_of(std::uint32_t record) const {
  const ItemRecord& item = in_.items[record];
  const ItemAttributes& attributes = attributes_.attributes(item.signature);
  Id128 content;
  add_to(content, fmt::format("{} {} {} {} {} {} {}", to_string(attributes.tier),
                              to_string(attributes.facing), to_string(attributes.state),
                              attributes.criticality, attributes.offering,
                              attributes.facing_from_parent, item.updated));
  add_to(content, "environment" + attributes.environment);
  for (const PartyRef& party : in_.responsibilities_of(record)) {
    add_to(content, fmt::format("party {} {}{}{}", party.field, in_.tables[party.table], separator,
                                out_.reference_text(party.id, party.kind)));
  }
  return content;
}

void Namesakes::add_texts() {
  const auto add = [&](std::uint32_t record, std::string_view what, std::string_view text) {
    if (const auto known = members_.find(record); known != members_.end()) {
      add_to(known->second.content, fmt::format("{} {}", what, text));
    }
  };
  for (const ItemText& alias : in_.aliases) {
    add(alias.item, "alias", out_.columns.stored(alias.text));
  }
  for (const ItemText& correlation : in_.correlations) {
    add(correlation.item, "correlation", out_.columns.stored(correlation.text));
  }
  for (const ItemCost& cost : in_.costs) {
    add(cost.item, "cost", to_string(cost.cost));
  }
}

/// What their fields say about other items.
void Namesakes::add_relations() {
  const auto before = members_;  // Ends are told apart by what they say of themselves.
  const auto end_text = [&](const Id128& id, RefKind kind) {
    std::string text = text_of_end(id, kind);
    if (kind == RefKind::item) {
      if (const auto end = before.find(static_cast<std::uint32_t>(id.low)); end != before.end()) {
        text += fmt::format(" {} {}", end->second.content.high, end->second.content.low);
      }
    }
    return text;
  };
  for (const RelationGroup& group : in_.relation_groups) {
    for (std::size_t i = 0; i < group.size(); ++i) {
      const CollectedRelation relation = group[i];
      const auto add = [&](const Id128& id, RefKind kind, std::string_view which,
                           const Id128& other, RefKind other_kind) {
        const auto own = kind == RefKind::item ? members_.find(static_cast<std::uint32_t>(id.low))
                                               : members_.end();
        if (own != members_.end()) {
          add_to(own->second.content,
                 fmt::format("{} {}{}{}", which, in_.relation_types[relation.type].text, separator,
                             end_text(other, other_kind)));
        }
      };
      add(relation.from, relation.from_kind, "from", relation.to, relation.to_kind);
      add(relation.to, relation.to_kind, "to", relation.from, relation.from_kind);
    }
  }
}

std::string Namesakes::text_of_end(const Id128& id, RefKind kind) const {
  if (kind != RefKind::item) {
    return out_.reference_text(id, kind);
  }
  const auto record = static_cast<std::uint32_t>(id.low);
  const ItemRecord& item = in_.items[record];
  return item.id_kind == RefKind::none
             ? fmt::format("{}{}{}", class_of(record), separator, name_of(record))
             : out_.reference_text(item.id, item.id_kind);
}

/// Pages may have different columns: an owner that is not there is not one that is empty.
Id128 Namesakes::fields_present_in(std::uint32_t record) const {
  const Signature& local = attributes_.signature_of(record).local;
  const std::uint32_t file = Collected::file_of(in_.item_segments, record);
  const auto group = in_.record_groups.find({file, local.record_kind, local.item_class});
  return group == in_.record_groups.end() ? Id128() : hash_of(group->second.to_string());
}

void Namesakes::give_ordinals() {
  for (auto& group : groups_) {
    std::ranges::sort(group, {}, [&](std::uint32_t record) {
      return std::tuple(members_.at(record).content, fields_present_in(record), record);
    });
    for (std::uint32_t ordinal = 0; ordinal < group.size(); ++ordinal) {
      members_.at(group[ordinal]).ordinal = ordinal;
    }
  }
}

void Namesakes::report() const {
  struct OfClass {
    std::string_view first_name;
    Place place;
    std::uint64_t records = 0;
  };
  std::map<std::string_view, OfClass> classes;
  for (const auto& group : groups_) {
    const std::string_view name = name_of(group.front());
    const auto [known, is_new] = classes.try_emplace(class_of(group.front()));
    OfClass& of_class = known->second;
    of_class.first_name = is_new ? name : std::min(of_class.first_name, name);
    of_class.records += group.size();
    for (const std::uint32_t record : group) {
      const Place place = place_of(record);
      if (of_class.place.file.empty() ||
          std::tie(place.file, place.line) < std::tie(of_class.place.file, of_class.place.line)) {
        of_class.place = place;
      }
    }
  }
  for (const auto& [name, of_class] : classes) {
    out_.add_notice(
        {"no-id",
         fmt::format("records of class {} have no id, and share their names with others "
                     "of it ({} is the first by name): each counts as an item of its "
                     "own, and a reference by such a name is ambiguous",
                     quoted(name), quoted(of_class.first_name)),
         of_class.place, of_class.records});
  }
}

}  // namespace tierline
