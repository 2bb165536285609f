#pragma once
// The cells of one row as the fields of a record. All of it is in this header because it runs for
// every cell.

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "input/row.h"
#include "inventory/batch.h"
#include "support/id128.h"
#include "tierline/text.h"

namespace tierline {

/// A reference to another record, as its cells say it.
struct FieldReference {
  std::string_view text;
  std::string_view address = {};  ///< Where an API would give it.

  [[nodiscard]] bool empty() const { return text.empty(); }
  /// The table that the address says it is of.
  [[nodiscard]] std::string_view table() const { return parts().first; }
  [[nodiscard]] std::string_view id() const { return parts().second; }

 private:
  /// The last two steps: `.../sys_user/6816f79c...` names a table and an id.
  [[nodiscard]] std::pair<std::string_view, std::string_view> parts() const {
    const std::string_view steps = address.substr(0, address.find('?'));
    const std::size_t last = steps.rfind('/');
    if (last == std::string_view::npos || last == 0) {
      return {};
    }
    const std::size_t before = steps.rfind('/', last - 1);
    const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
    return {steps.substr(begin, last - begin), steps.substr(last + 1)};
  }
};

class RowFields {
 public:
  /// Goes on to the next row, whose cells must stay where they are; `same_columns_as_previous` when
  /// they are known to be of the same slots.
  void set_row(std::span<const Cell> cells, bool same_columns_as_previous = false) {
    cells_ = cells;
    const auto is_as_before = [](const Cell& cell, Slot slot) { return cell.slot == slot; };
    assert(!same_columns_as_previous || std::ranges::equal(cells_, slots_, is_as_before));
    if (!same_columns_as_previous && !std::ranges::equal(cells_, slots_, is_as_before)) {
      find_spans();
    }
  }

  [[nodiscard]] const FieldSet& present() const { return present_; }
  [[nodiscard]] bool has(Slot slot) const { return spans_[slot].first != absent; }
  [[nodiscard]] bool has_all(std::span<const Slot> slots) const {
    return std::ranges::all_of(slots, [&](Slot slot) { return present_.test(slot); });
  }

  [[nodiscard]] bool is_single(Slot slot) const { return spans_[slot].first == spans_[slot].last; }

  [[nodiscard]] const Cell* first(Slot slot) const {
    return has(slot) ? &cells_[spans_[slot].first] : nullptr;
  }

  /// The text of a field: stored value before plain text before label.
  [[nodiscard]] std::string_view text(Slot slot) const {
    const Cell* cell = first(slot);
    if (cell == nullptr) {
      return {};
    }
    // Of a list, its first element.
    if (cell->group != 0 || (is_single(slot) && cell->facet != Facet::link)) {
      return trim(cell->text);
    }
    for (const Facet sought : {Facet::value, Facet::text, Facet::label}) {
      const std::string_view found = facet(slot, sought, 0);
      if (!found.empty()) {
        return found;
      }
    }
    return {};
  }

  /// Of the first of these fields that has one.
  [[nodiscard]] std::string_view text(std::span<const Slot> slots) const {
    for (const Slot slot : slots) {
      const std::string_view found = text(slot);
      if (!found.empty()) {
        return found;
      }
    }
    return {};
  }

  [[nodiscard]] std::string_view facet(Slot slot, Facet facet, std::uint32_t group) const {
    if (!has(slot)) {
      return {};
    }
    // The cells of one element of a list stand together.
    const Span& span = spans_[slot];
    for (std::size_t i = group == 0 ? span.first : std::max<std::size_t>(group_begin_, span.first);
         i <= span.last; ++i) {
      const Cell& cell = cells_[i];
      if (group != 0 && cell.group != group) {
        break;
      }
      if (cell.slot == slot && cell.facet == facet && cell.group == group && !cell.text.empty()) {
        return trim(cell.text);
      }
    }
    return {};
  }

  /// The text of `reference`; empty where there is no such field.
  [[nodiscard]] std::string_view reference_text(Slot slot, std::uint32_t group) const {
    const Cell* only = only_cell(slot, group);
    return only != nullptr ? trim(only->text) : has(slot) ? reference(slot, group).text : "";
  }

  [[nodiscard]] FieldReference reference(Slot slot, std::uint32_t group) const {
    if (const Cell* only = only_cell(slot, group)) {
      return {trim(only->text)};
    }
    FieldReference made{{}, facet(slot, Facet::link, group)};
    for (const Facet sought : {Facet::value, Facet::text}) {
      made.text = made.text.empty() ? facet(slot, sought, group) : made.text;
    }
    if (made.text.empty()) {
      const std::string_view label = facet(slot, Facet::label, group);
      const std::string_view id = made.id();
      made.text = label.empty() || parse_id128(id) ? id : label;
    }
    return made;
  }

  /// Calls `sink` with each reference of a field, which may be a list or a text with separators,
  /// and with the group it stands in. There is none in a cell without text.
  template <typename Sink>
  void each_reference(Slot slot, const std::string& separator, Sink sink) {
    if (const Cell* only = only_cell(slot, 0); only != nullptr && only->text.empty()) {
      return;
    }
    std::uint32_t last_group = UINT32_MAX;
    for (std::size_t i = spans_[slot].first; i <= spans_[slot].last; ++i) {
      const Cell& cell = cells_[i];
      const bool is_plain = cell.facet == Facet::text;
      if (cell.slot != slot || (cell.group == last_group && !(is_plain && cell.group != 0))) {
        continue;
      }
      last_group = cell.group;
      if (cell.group != 0) {
        for (group_begin_ = i; group_begin_ > 0 && cells_[group_begin_ - 1].group == cell.group;) {
          --group_begin_;
        }
      }
      const FieldReference found = is_plain && cell.group != 0 ? FieldReference{trim(cell.text)}
                                                               : reference(slot, cell.group);
      if (separator.empty()) {
        sink(found, cell.group);
        continue;
      }
      for (const std::string_view part : split(found.text, separator)) {
        sink(FieldReference{trim(part), found.address}, cell.group);
      }
    }
  }

 private:
  static constexpr std::uint32_t absent = UINT32_MAX;

  /// The cell that says all there is to a reference.
  [[nodiscard]] const Cell* only_cell(Slot slot, std::uint32_t group) const {
    const Cell* only = is_single(slot) ? first(slot) : nullptr;
    const bool says_all = only != nullptr && only->group == group &&
                          (only->facet == Facet::text || only->facet == Facet::value);
    return says_all ? only : nullptr;
  }

  void find_spans() {
    for (const Slot slot : slots_) {
      spans_[slot] = {};
    }
    slots_.clear();
    present_.reset();
    for (std::uint32_t i = 0; i < cells_.size(); ++i) {
      const Slot slot = cells_[i].slot;
      slots_.push_back(slot);
      present_.set(slot);
      Span& span = spans_[slot];
      span.first = std::min(span.first, i);
      span.last = i;
    }
  }

  /// Where the cells of a slot stand.
  struct Span {
    std::uint32_t first = absent;
    std::uint32_t last = absent;
  };

  std::span<const Cell> cells_;
  std::vector<Slot> slots_;                                 ///< Of the cells.
  std::vector<Span> spans_ = std::vector<Span>(max_slots);  ///< By slot.
  std::size_t group_begin_ = 0;  ///< The first cell of the list element being looked at.
  FieldSet present_;
};

}  // namespace tierline
