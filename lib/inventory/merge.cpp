// One item out of several records of one id: pages that overlap, a base table and a subclass table.

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "inventory/items.h"

namespace tierline {

/// For each field, the record of the most specific class counts, then the newest, then the one with
/// the greater value; a record whose group lacks the field says nothing.
class Items::Merge {
 public:
  Merge(Items& items, std::uint32_t item, std::span<const std::uint32_t> records)
      : items_(items), item_(item), profile_(signature(records.front()).profile) {
    std::ranges::copy_if(records, std::back_inserter(records_), [&](std::uint32_t record) {
      return signature(record).profile == profile_;
    });
  }

  void run() {
    const std::uint32_t chief = choose(
        "class", [](std::uint32_t) { return true; },
        [&](std::uint32_t record) -> std::string_view { return class_of(record); });
    merge_name();
    merge_responsibilities();
    for (const std::uint32_t record : records_) {
      const std::uint32_t file = Collected::file_of(items_.in_.item_segments, record);
      items_.out_.columns.inputs_of[item_] |= items_.inputs_.of(file, item(record).signature);
    }
    items_.set_attributes(item_, merged_signature(chief));
  }

 private:
  [[nodiscard]] const ItemRecord& item(std::uint32_t record) const {
    return items_.in_.items[record];
  }
  [[nodiscard]] const SourceSignature& signature(std::uint32_t record) const {
    return items_.attributes_.signature_of(record);
  }
  [[nodiscard]] const std::string& class_of(std::uint32_t record) const {
    return items_.in_.classes[signature(record).local.item_class];
  }
  [[nodiscard]] const ProfileSemantics& semantics() const { return *items_.in_.profiles[profile_]; }

  /// The record that counts, among those that have the field; `no_index` when none has.
  template <typename Has, typename Text>
  std::uint32_t choose(std::string_view field, Has has, Text text) {
    const auto weight = [&](std::uint32_t record) {
      return std::tuple(items_.attributes_.attributes(item(record).signature).specificity,
                        item(record).updated, text(record));
    };
    std::uint32_t first = no_index;
    std::uint32_t other = no_index;
    std::uint32_t best = no_index;
    for (const std::uint32_t record : records_) {
      if (!has(record)) {
        continue;
      }
      first = first == no_index ? record : first;
      other = other == no_index && text(record) != text(first) ? record : other;
      best = best == no_index || weight(record) > weight(best) ? record : best;
    }
    // A subclass beside its base class is no disagreement.
    if (other != no_index && field != "class") {
      report(field, first, other);
    }
    return best;
  }

  [[nodiscard]] Place place(std::uint32_t record) const {
    const std::uint32_t file = Collected::file_of(items_.in_.item_segments, record);
    return {items_.out_.columns.inputs[file].path, item(record).line};
  }

  /// One notice for each field and file, with the places of the first two records that disagree.
  void report(std::string_view field, std::uint32_t first, std::uint32_t other) {
    const std::uint32_t file = Collected::file_of(items_.in_.item_segments, first);
    auto& notices = items_.disagreements_;
    const auto [known, is_new] = notices.try_emplace({std::string(field), file});
    Notice& notice = known->second;
    if (!is_new) {
      ++notice.count;
      return;
    }
    notice = {"records-disagree",
              fmt::format("records of one id say different things in '{}' (here and at {}): the "
                          "most specific class counts, then the newest record, then the greater "
                          "value",
                          field, to_string(place(other))),
              place(first)};
  }

  std::uint32_t merged_signature(std::uint32_t chief) {
    SourceSignature merged = signature(chief);
    for (std::size_t code = 0; code < merged.local.codes.size(); ++code) {
      const auto number = [&](std::uint32_t record) { return signature(record).local.codes[code]; };
      const std::uint32_t best = choose(
          semantics().field_name(semantics().coded_slot(code)),
          [&](std::uint32_t record) { return number(record) != 0; },
          [&](std::uint32_t record) -> std::string_view {
            return items_.in_.codes[number(record)];
          });
      merged.local.codes[code] = best == no_index ? 0 : number(best);
    }
    return items_.attributes_.number(std::move(merged));
  }

  void merge_name() {
    const std::uint32_t named = choose(
        "name", [&](std::uint32_t record) { return item(record).name_size != 0; },
        [&](std::uint32_t record) {
          return std::string_view(items_.out_.columns.text)
              .substr(item(record).name_begin, item(record).name_size);
        });
    if (named != no_index) {
      items_.out_.columns.name_begin[item_] = item(named).name_begin;
      items_.out_.columns.name_size[item_] = item(named).name_size;
    }
  }

  [[nodiscard]] bool group_has(std::uint32_t record, Slot slot) const {
    const std::uint32_t file = Collected::file_of(items_.in_.item_segments, record);
    const Signature& local = signature(record).local;
    const auto group = items_.in_.record_groups.find({file, local.record_kind, local.item_class});
    return group != items_.in_.record_groups.end() && group->second.test(slot);
  }

  void merge_responsibilities() {
    std::set<std::uint8_t> fields;
    for (const std::uint32_t record : records_) {
      for (const PartyRef& party : items_.in_.responsibilities_of(record)) {
        fields.insert(party.field);
      }
    }
    std::vector<PartyRef> merged;
    for (const std::uint8_t field : fields) {
      const Slot slot = semantics().party_slot(field);
      const auto text = [&](std::uint32_t record) {
        std::string all;
        for (const PartyRef& party : items_.in_.responsibilities_of(record)) {
          all +=
              party.field == field ? items_.out_.reference_text(party.id, party.kind) + '\n' : "";
        }
        return all;
      };
      const std::uint32_t best = choose(
          semantics().field_name(slot), [&](std::uint32_t r) { return group_has(r, slot); }, text);
      for (const PartyRef& party :
           best == no_index ? std::span<const PartyRef>() : items_.in_.responsibilities_of(best)) {
        if (party.field == field) {
          merged.push_back(party);
        }
      }
    }
    items_.merged_responsibilities_[item_] = std::move(merged);
  }

  Items& items_;
  std::uint32_t item_;
  std::uint16_t profile_;
  std::vector<std::uint32_t> records_;
};

void Items::merge(std::uint32_t item, std::span<const std::uint32_t> records) {
  Merge(*this, item, records).run();
}

}  // namespace tierline
