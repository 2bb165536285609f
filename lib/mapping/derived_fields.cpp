#include "mapping/derived_fields.h"

#include <algorithm>

#include "tierline/text.h"

namespace tierline {
namespace {

/// The facet that a field's texts are taken from, where its cells have several.
Facet best_facet(std::span<const Cell> cells, Slot slot) {
  const auto has = [&](Facet facet) {
    return std::ranges::any_of(
        cells, [&](const Cell& cell) { return cell.slot == slot && cell.facet == facet; });
  };
  return has(Facet::value) ? Facet::value : has(Facet::text) ? Facet::text : Facet::label;
}

const TextPart* first_part_in(const TextTemplate& text, std::span<const Cell> cells) {
  const auto stands_there = [&](const TextPart& part) {
    return part.slot &&
           std::ranges::any_of(cells, [&](const Cell& cell) { return cell.slot == *part.slot; });
  };
  const auto found = std::ranges::find_if(text, stands_there);
  return found == text.end() ? nullptr : &*found;
}

}  // namespace

std::span<const Cell> DerivedFields::add(const RowFields& fields, std::span<const Cell> cells,
                                         std::span<const std::uint16_t> numbers,
                                         std::string_view table) {
  fields_ = &fields;
  table_ = table;
  cells_.clear();
  texts_.clear();
  in_lists_.reset();
  last_group_ = 0;
  for (const Cell& cell : cells) {
    last_group_ = std::max(last_group_, cell.group);
    in_lists_[cell.slot] = in_lists_[cell.slot] || cell.group != 0;
  }
  for (std::size_t begin = 0; begin < cells.size();) {
    std::size_t end = begin + 1;
    while (end < cells.size() && cells[end].group == cells[begin].group) {
      ++end;
    }
    const Element element = cells.subspan(begin, end - begin);
    cells_.insert(cells_.end(), element.begin(), element.end());
    if (element.front().group != 0) {
      derive_in(element, numbers);
    }
    begin = end;
  }
  for (const std::uint16_t number : numbers) {
    derive_outside(profile_.derived[number]);
  }
  return cells_;
}

/// A field that has a part in a list has a text for each element.
void DerivedFields::derive_in(Element element, std::span<const std::uint16_t> numbers) {
  for (const std::uint16_t number : numbers) {
    const DerivedField& field = profile_.derived[number];
    const TextPart* driver = first_part_in(field.text, element);
    if (driver == nullptr) {
      continue;
    }
    const Facet facet = best_facet(element, *driver->slot);
    for (const Cell& cell : element) {
      if (cell.slot == *driver->slot && cell.facet == facet) {
        put(field, fill(field.text, element, driver, trim(cell.text)), element, cell.group);
      }
    }
  }
}

void DerivedFields::derive_outside(const DerivedField& field) {
  const auto is_in_list = [&](const TextPart& part) { return part.slot && in_lists_[*part.slot]; };
  const auto is_there = [&](const TextPart& part) { return part.slot && fields_->has(*part.slot); };
  const auto is_constant = [](const TextPart& part) { return !part.slot; };
  if (std::ranges::any_of(field.text, is_in_list)) {
    return;
  }
  if (std::ranges::any_of(field.text, is_there) || std::ranges::all_of(field.text, is_constant)) {
    put(field, fill(field.text, {}, nullptr, {}), {}, 0);
  }
}

std::string_view DerivedFields::part_text(const TextPart& part, Element element) const {
  const Facet facet = best_facet(element, *part.slot);
  for (const Cell& cell : element) {
    if (cell.slot == *part.slot && cell.facet == facet) {
      return trim(cell.text);
    }
  }
  return fields_->text(*part.slot);
}

std::string DerivedFields::fill(const TextTemplate& text, Element element, const TextPart* driver,
                                std::string_view driver_text) const {
  std::string filled;
  for (const TextPart& part : text) {
    if (!part.slot && !part.is_table) {
      filled += part.literal;
      continue;
    }
    std::string_view found = part.is_table     ? table_
                             : &part == driver ? driver_text
                                               : part_text(part, element);
    if (profile_.is_nothing(found)) {
      if (!part.otherwise) {
        return {};
      }
      found = *part.otherwise;
    }
    filled += part.lowercase ? to_lower(found) : std::string(found);
  }
  return filled;
}

void DerivedFields::put(const DerivedField& field, std::string text, Element element,
                        std::uint32_t group) {
  if (!field.separator.empty()) {
    for (const std::string_view one : split(text, field.separator)) {
      const std::uint32_t own_group = group == 0 ? ++last_group_ : group;
      cells_.push_back({texts_.emplace_back(completed(field, trim(one), element)), own_group,
                        field.slot, Facet::text});
    }
    return;
  }
  cells_.push_back(
      {texts_.emplace_back(completed(field, text, element)), group, field.slot, Facet::text});
}

/// With the prefixes that it lacks. What stands for nobody stays what it is.
std::string DerivedFields::completed(const DerivedField& field, std::string_view text,
                                     Element element) const {
  if (const std::size_t at = text.find(field.after);
      !field.after.empty() && at != std::string_view::npos) {
    text = trim(text.substr(at + field.after.size()));
  }
  if (!field.until.empty()) {
    text = trim(text.substr(0, text.find(field.until)));
  }
  if (text.empty() || any_matches(profile_.placeholders, fold(text))) {
    return std::string(text);
  }
  std::string whole;
  for (const Prefix& prefix : field.prefixes) {
    const std::size_t at = text.find(prefix.ends);
    if (at == std::string_view::npos) {
      whole += fill(prefix.otherwise, element, nullptr, {}) + prefix.ends;
    } else {
      whole += text.substr(0, at + prefix.ends.size());
      text.remove_prefix(at + prefix.ends.size());
    }
  }
  whole += text;
  return field.lowercase ? to_lower(whole) : whole;
}

}  // namespace tierline
