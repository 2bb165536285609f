#include "profile/field_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "support/text.h"

namespace tierline {

void FieldTable::read_spelling(const JsonNode& root) {
  if (const auto values = root.find("values")) {
    values->allow({"stored", "label", "link", "labelField"});
    const auto part = [&](std::string_view name) {
      const auto node = values->find(name);
      return node ? node->name() : std::string();
    };
    stored_ = part("stored");
    label_ = part("label");
    link_ = part("link");
    if (const auto patterns = values->find("labelField")) {
      for (const JsonNode& pattern : patterns->elements()) {
        const std::string text = pattern.text();
        if (std::ranges::count(text, '*') == 1) {
          label_fields_.push_back(text);
        } else {
          pattern.fail("needs one '*', which stands for the field's name");
        }
      }
    }
  }
  if (const auto under = root.find("under")) {
    for (const JsonNode& name : under->elements()) {
      under_.push_back(name.name());
    }
  }
  if (const auto aliases = root.find("aliases")) {
    for (const auto& [field, names] : aliases->members()) {
      for (const JsonNode& name : names.elements()) {
        aliases_[field].push_back(name.name());
      }
    }
  }
  if (const auto labels = root.find("labels")) {
    for (const auto& [header, field] : labels->members()) {
      headers_[field.name()].push_back(header);
    }
  }
}

Slot FieldTable::slot(const JsonNode& name, const std::string& each) {
  return slot_of(name.name(), each, name);
}

std::optional<Slot> FieldTable::slot(const std::optional<JsonNode>& name, const std::string& each) {
  return name ? std::optional(slot(*name, each)) : std::nullopt;
}

std::vector<Slot> FieldTable::slots(const std::optional<JsonNode>& names) {
  std::vector<Slot> all;
  if (names) {
    for (const JsonNode& name : names->elements()) {
      all.push_back(slot(name));
    }
  }
  return all;
}

Slot FieldTable::slot_named(const std::string& field, const JsonNode& at) {
  if (trim(field).empty()) {
    at.fail("a field has to have a name");
  }
  return slot_of(field, {}, at);
}

std::size_t FieldTable::code(const JsonNode& name) {
  return code(name.name(), name);
}

std::size_t FieldTable::code(const std::string& field, const JsonNode& at) {
  const Slot wanted = slot_named(field, at);
  const auto found = std::ranges::find(profile_.coded, wanted);
  if (found == profile_.coded.end()) {
    profile_.coded.push_back(wanted);
    return profile_.coded.size() - 1;
  }
  return static_cast<std::size_t>(found - profile_.coded.begin());
}

Slot FieldTable::slot_of(const std::string& field, const std::string& each, const JsonNode& at) {
  const std::string path = each.empty() ? field : each + "\x1f" + field;
  if (slots_.size() == max_slots && !slots_.contains(path)) {
    at.fail(fmt::format("a profile can want {} fields at most", max_slots));
    return 0;
  }
  const auto [known, is_new] = slots_.try_emplace(path, static_cast<Slot>(slots_.size()));
  if (is_new) {
    profile_.fields.push_back(each.empty() ? field : each + "." + field);
    want(field, each, known->second);
  }
  used_.set(known->second);
  return known->second;
}

void FieldTable::want(const std::string& field, const std::string& each, Slot slot) {
  Words names = {field};
  std::ranges::copy(aliases_[field], std::back_inserter(names));
  for (const std::string& name : names) {
    want_name(name, each, {slot, Facet::text});
    for (const std::string& pattern : label_fields_) {
      std::string label_name = pattern;
      label_name.replace(label_name.find('*'), 1, name);
      want_name(label_name, each, {slot, Facet::label});
    }
    want_parts(name, each, slot);
  }
  if (each.empty()) {
    for (const std::string& header : headers_[field]) {
      profile_.wants.add_label(header, {slot, Facet::text});
    }
  }
}

void FieldTable::want_name(const std::string& name, const std::string& each, Wants::Want want) {
  for (const Words& path : paths(name, each)) {
    profile_.wants.add_path(path, want);
  }
  if (each.empty()) {
    profile_.wants.add_column(name, want);
  }
}

void FieldTable::want_parts(const std::string& name, const std::string& each, Slot slot) {
  const std::pair<std::string, Facet> parts[] = {
      {stored_, Facet::value}, {label_, Facet::label}, {link_, Facet::link}};
  for (const auto& [part, facet] : parts) {
    for (Words path : paths(name, each)) {
      if (!part.empty()) {
        path.push_back(part);
        profile_.wants.add_path(path, {slot, facet});
      }
    }
  }
}

/// Every way to a name: at the top of a record or under one of `under`; a name with dots also as
/// names inside of names.
std::vector<Words> FieldTable::paths(const std::string& name, const std::string& each) const {
  std::vector<Words> all;
  for (const std::string& prefix : each.empty() ? under_ : Words{""}) {
    Words path;
    for (const std::string& step : {prefix, each}) {
      if (!step.empty()) {
        path.push_back(step);
      }
    }
    all.push_back(path);
    all.back().push_back(name);
    if (name.find('.') != std::string::npos) {
      for (const std::string_view step : split(name, ".")) {
        path.emplace_back(step);
      }
      all.push_back(path);
    }
  }
  return all;
}

}  // namespace tierline
