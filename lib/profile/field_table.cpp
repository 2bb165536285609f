#include "profile/field_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "tierline/text.h"

namespace tierline {
namespace {

void add_steps(Words& path, const std::string& name) {
  for (const std::string_view step : split(name, ".")) {
    path.emplace_back(step);
  }
}

}  // namespace

void FieldTable::read_spelling(const JsonNode& root) {
  if (const auto values = root.find("values")) {
    values->allow({"stored", "label", "link", "labelField", "nothing"});
    profile_.nothing = patterns(values->find("nothing"));
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
        const std::string alias = name.name();
        const auto [known, is_new] = field_of_alias_.try_emplace(alias, field);
        if (is_new) {
          aliases_[field].push_back(alias);
        } else if (known->second != field) {
          name.fail(fmt::format("'{}' stands for '{}' already", alias, known->second));
        }
      }
    }
  }
  if (const auto labels = root.find("labels")) {
    for (const auto& [header, field] : labels->members()) {
      headers_[field.name()].push_back(header);
    }
  }
  read_places(root);
}

/// Where records stand, and what stands for fields, beyond what is usual.
void FieldTable::read_places(const JsonNode& root) {
  if (const auto paths = root.find("recordsAt")) {
    for (const JsonNode& path : paths->elements()) {
      const std::string text = path.text();
      if (!profile_.record_paths.add(text)) {
        path.fail(fmt::format("'{}' is no path such as $.data.items[*] or $.services.*", text));
      }
    }
  }
  if (const auto nested = root.find("nestedRecords")) {
    for (const JsonNode& node : nested->elements()) {
      const std::string text = node.name();
      const bool by_key = text.ends_with(".*");
      const std::string name = text.substr(0, text.size() - (by_key ? 2 : 0));
      if (name.empty() || name.find_first_of(".*[") != std::string::npos) {
        node.fail("needs the name of a member, or with '.*' after it, of an object of records");
      }
      profile_.selection.add_nested(name, by_key);
    }
  }
  if (const auto pairs = root.find("pairs")) {
    for (const JsonNode& node : pairs->elements()) {
      read_pairs(node);
    }
  }
}

void FieldTable::read_pairs(const JsonNode& node) {
  node.allow({"list", "name", "value"});
  const auto list = node.require("list");
  const auto name = node.require("name");
  const auto value = node.require("value");
  if (list && name && value) {
    for (const Words& path : paths(list->name(), {})) {
      profile_.selection.add_pairs(path, name->name(), value->name());
    }
  }
}

Slot FieldTable::slot(const JsonNode& field, const std::string& each) {
  if (field.is_object()) {
    field.find("is")
        ? field.allow({"is"})
        : field.allow({"field", "separator", "after", "until", "prefixes", "lowercase"});
    return derived_slot(field, each);
  }
  if (const std::string name = field.name();
      name == "$table" || name.find('{') != std::string::npos) {
    return derived_slot(field, each);
  }
  return slot_of(field.name(), each, field);
}

std::optional<Slot> FieldTable::slot(const std::optional<JsonNode>& field,
                                     const std::string& each) {
  return field ? std::optional(slot(*field, each)) : std::nullopt;
}

// --- fields that are made from others

std::string FieldTable::name_of_field(const JsonNode& field) {
  if (!field.is_object()) {
    return field.text();
  }
  return text_of(field.find(field.find("is") ? "is" : "field"));
}

std::vector<std::uint16_t> FieldTable::take_derived() {
  std::vector<std::uint16_t> all(used_derived_.begin(), used_derived_.end());
  used_derived_.clear();
  return all;
}

Slot FieldTable::derived_slot(const JsonNode& field, const std::string& each) {
  DerivedField def;
  if (const auto is = field.find("is")) {
    def.text = {{.literal = is->name()}};
  } else if (field.is_object()) {
    const auto text = field.require("field");
    if (!text) {
      return 0;
    }
    def.text = read_template(*text, each);
    def.separator = text_of(field.find("separator"));
    for (const auto& [name, mark] : {std::pair("after", &def.after), {"until", &def.until}}) {
      const auto node = field.find(name);
      *mark = text_of(node);
      if (node && mark->empty()) {
        node->fail("expected a text that is not empty");
      }
    }
    def.lowercase = flag_of(field.find("lowercase"));
    if (const auto prefixes = field.find("prefixes")) {
      def.prefixes = read_prefixes(*prefixes, each);
    }
    const bool changes = !def.separator.empty() || !def.after.empty() || !def.until.empty() ||
                         !def.prefixes.empty() || def.lowercase;
    if (!changes && def.text.size() == 1 && def.text[0].slot && !def.text[0].otherwise) {
      return *def.text[0].slot;
    }
  } else {
    def.text = read_template(field, each);
  }
  const std::string key = each + '\x1f' + field.as_json();
  const auto next = static_cast<std::uint16_t>(profile_.derived.size());
  const auto [known, is_new] = derived_.try_emplace(key, next);
  if (is_new) {
    def.slot = slot_without_field(name_of_field(field), field);
    profile_.derived.push_back(std::move(def));
  }
  used_derived_.insert(known->second);
  return profile_.derived[known->second].slot;
}

/// `{field}`, `{field=otherwise}` and `{field|lower}` among constant text. A text without braces is
/// one field.
TextTemplate FieldTable::read_template(const JsonNode& node, const std::string& each) {
  const std::string whole = node.name();
  if (whole == "$table") {
    return {{.is_table = true}};
  }
  if (whole.find('{') == std::string::npos) {
    return {{.slot = slot_of(whole, each, node)}};
  }
  TextTemplate parts;
  std::string_view text = whole;
  while (!text.empty()) {
    const std::size_t brace = std::min(text.find('{'), text.size());
    if (brace > 0) {
      parts.push_back({.literal = std::string(text.substr(0, brace))});
      text.remove_prefix(brace);
      continue;
    }
    const std::size_t end = text.find('}');
    if (end == std::string_view::npos) {
      node.fail("a '{' without its '}'");
      return parts;
    }
    parts.push_back(read_part(text.substr(1, end - 1), each, node));
    text.remove_prefix(end + 1);
  }
  return parts;
}

TextPart FieldTable::read_part(std::string_view inside, const std::string& each,
                               const JsonNode& at) {
  TextPart part;
  if (const std::size_t equal = inside.find('='); equal != std::string_view::npos) {
    part.otherwise = inside.substr(equal + 1);
    inside = inside.substr(0, equal);
  }
  if (const std::size_t bar = inside.find('|'); bar != std::string_view::npos) {
    part.lowercase = inside.substr(bar + 1) == "lower";
    if (!part.lowercase) {
      at.fail(fmt::format("'|{}' is not known: there is '|lower' only", inside.substr(bar + 1)));
    }
    inside = inside.substr(0, bar);
  }
  const std::string name(trim(inside));
  if (name.empty()) {
    at.fail("'{}' needs the name of a field in it");
    return part;
  }
  if (name == "$table") {
    part.is_table = true;
  } else {
    part.slot = slot_of(name, each, at);
  }
  return part;
}

std::vector<Prefix> FieldTable::read_prefixes(const JsonNode& node, const std::string& each) {
  std::vector<Prefix> all;
  for (const JsonNode& element : node.elements()) {
    element.allow({"ends", "otherwise"});
    const auto ends = element.require("ends");
    const auto otherwise = element.require("otherwise");
    if (!ends || !otherwise) {
      break;
    }
    Prefix prefix;
    prefix.ends = ends->name();
    const std::string text = otherwise->name();
    prefix.otherwise = text.find('{') == std::string::npos ? TextTemplate{{.literal = text}}
                                                           : read_template(*otherwise, each);
    all.push_back(std::move(prefix));
  }
  return all;
}

Slot FieldTable::slot_without_field(const std::string& name, const JsonNode& at) {
  const std::string key = fmt::format("\x1f{}", profile_.fields.size());
  const auto slot = static_cast<Slot>(slots_.size());
  slots_.emplace(key, slot);
  if (slots_.size() > max_slots) {
    at.fail(fmt::format("a profile can want {} fields at most", max_slots));
    return 0;
  }
  profile_.fields.push_back(name);
  return slot;
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

std::size_t FieldTable::code(const JsonNode& field) {
  return code_of(slot(field));
}

std::size_t FieldTable::code(const std::string& field, const JsonNode& at) {
  return code_of(slot_named(field, at));
}

std::size_t FieldTable::code_of(Slot slot) {
  const auto found = std::ranges::find(profile_.coded, slot);
  if (found == profile_.coded.end()) {
    profile_.coded.push_back(slot);
    return profile_.coded.size() - 1;
  }
  return static_cast<std::size_t>(found - profile_.coded.begin());
}

Slot FieldTable::slot_of(const std::string& name, const std::string& each, const JsonNode& at) {
  const auto alias = field_of_alias_.find(name);
  const std::string& field = alias == field_of_alias_.end() ? name : alias->second;
  const std::string path = each.empty() ? field : each + "\x1f" + field;
  if (slots_.size() == max_slots && !slots_.contains(path)) {
    at.fail(fmt::format("a profile can want {} fields at most", max_slots));
    return 0;
  }
  const auto [known, is_new] = slots_.try_emplace(path, static_cast<Slot>(slots_.size()));
  if (is_new) {
    profile_.fields.push_back(each.empty() ? field : each + "." + field);
    if ((field == "$key" || field == "$value") && !each.empty() && !each.ends_with(".*")) {
      at.fail(fmt::format("'{}' goes with an 'each' that ends in '.*'", field));
    }
    select(field, each, known->second);
  }
  used_.set(known->second);
  return known->second;
}

void FieldTable::select(const std::string& field, const std::string& each, Slot slot) {
  Words names = {field};
  std::ranges::copy(aliases_[field], std::back_inserter(names));
  for (const std::string& name : names) {
    select_name(name, each, {slot, Facet::text});
    for (const std::string& pattern : label_fields_) {
      std::string label_name = pattern;
      label_name.replace(label_name.find('*'), 1, name);
      select_name(label_name, each, {slot, Facet::label});
    }
    select_parts(name, each, slot);
  }
  if (each.empty()) {
    for (const std::string& header : headers_[field]) {
      profile_.selection.add_label(header, {slot, Facet::text});
    }
  }
}

void FieldTable::select_name(const std::string& name, const std::string& each,
                             FieldSelection::Field selected) {
  for (const Words& path : paths(name, each)) {
    profile_.selection.add_path(path, selected);
  }
  if (each.empty()) {
    profile_.selection.add_column(name, selected);
  }
}

void FieldTable::select_parts(const std::string& name, const std::string& each, Slot slot) {
  const std::pair<std::string, Facet> parts[] = {
      {stored_, Facet::value}, {label_, Facet::label}, {link_, Facet::link}};
  for (const auto& [part, facet] : parts) {
    for (Words path : paths(name, each)) {
      if (!part.empty()) {
        path.push_back(part);
        profile_.selection.add_path(path, {slot, facet});
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
    if (!prefix.empty()) {
      path.push_back(prefix);
    }
    if (!each.empty()) {
      add_steps(path, each);
    }
    all.push_back(path);
    if (name != "$value") {
      all.back().push_back(name);
    }
    if (name.find('.') != std::string::npos) {
      add_steps(path, name);
      all.push_back(path);
    }
  }
  return all;
}

}  // namespace tierline
