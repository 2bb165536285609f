#include "profile/compiled.h"

#include <algorithm>
#include <filesystem>

#include "tierline/text.h"

namespace tierline {
namespace {

bool is_glob(const Pattern& pattern) {
  return pattern.text.find('*') != std::string::npos;
}

bool is_page_word(std::string_view word) {
  constexpr std::string_view words[] = {"page",   "part", "p", "chunk", "batch",
                                        "export", "all",  "t", "z"};
  return std::ranges::find(words, word) != std::end(words);
}

constexpr std::string_view digits = "0123456789";

}  // namespace

std::string_view without_page_suffix(std::string_view stem) {
  constexpr std::string_view marks = "0123456789-_. ()";
  while (true) {
    const std::size_t end = stem.find_last_not_of(marks);
    if (end == std::string_view::npos) {
      return stem;
    }
    const std::string_view bare = stem.substr(0, end + 1);
    const std::size_t word = bare.find_last_of(marks);
    if (word == std::string_view::npos || !is_page_word(bare.substr(word + 1))) {
      return stem.substr(0, stem.find_first_not_of(digits, end + 1));
    }
    stem = bare.substr(0, word + 1);
  }
}

std::string fold_type(std::string_view name) {
  std::string folded;
  for (const char c : fold(name)) {
    if (c == ':' && folded.ends_with(' ')) {
      folded.pop_back();
    }
    if (c != ' ' || !folded.ends_with(':')) {
      folded += c;
    }
  }
  return folded;
}

bool Pattern::matches(std::string_view folded) const {
  return matches_glob(text, folded);
}

bool any_matches(std::span<const Pattern> patterns, std::string_view folded) {
  return std::ranges::any_of(patterns, [&](const Pattern& p) { return p.matches(folded); });
}

const ClassDef* CompiledProfile::find_class(std::string_view class_name) const {
  const std::string folded = fold(class_name);
  const auto found = class_by_name.find(folded);
  if (found != class_by_name.end()) {
    return &classes[found->second];
  }
  const ClassDef* best = nullptr;
  for (const ClassDef& def : classes) {
    const bool longer = best == nullptr || def.name.text.size() > best->name.text.size();
    if (is_glob(def.name) && longer && def.name.matches(folded)) {
      best = &def;
    }
  }
  return best;
}

std::string CompiledProfile::canonical_class(std::string_view class_name) const {
  const auto found = class_by_name.find(fold(class_name));
  return found == class_by_name.end() ? std::string(trim(class_name)) : classes[found->second].id;
}

const RecordDef* CompiledProfile::record_of_table(std::string_view table) const {
  const std::string folded = fold(table);
  for (const bool globs : {false, true}) {
    for (const RecordDef& record : records) {
      for (const Pattern& pattern : record.tables) {
        if (is_glob(pattern) == globs && pattern.matches(folded)) {
          return &record;
        }
      }
    }
  }
  return nullptr;
}

std::string CompiledProfile::table_of_file(std::string_view path) const {
  const std::string stem =
      to_lower(std::filesystem::path(without_compression_ending(path)).stem().string());
  const std::string_view base = without_page_suffix(stem);
  const std::string_view letters = base.substr(0, base.find_last_not_of(digits) + 1);
  for (const std::string_view name : {std::string_view(stem), base, letters}) {
    if (names_table(name)) {
      return std::string(name);
    }
  }
  for (const std::string_view name : {base, std::string_view(stem)}) {
    if (record_of_table(name) != nullptr) {
      return std::string(name);
    }
  }
  return {};
}

bool CompiledProfile::names_table(std::string_view table) const {
  const RecordDef* record = record_of_table(table);
  const auto is_that = [&](const Pattern& pattern) { return pattern.text == fold(table); };
  return record != nullptr &&
         (class_by_name.contains(fold(table)) || std::ranges::any_of(record->tables, is_that));
}

bool CompiledProfile::holds_items(std::string_view table) const {
  const ClassDef* def = find_class(table);
  while (def != nullptr && !def->tier && !def->extends.empty()) {
    def = find_class(def->extends);
  }
  return def != nullptr && def->tier;
}

FieldSelection CompiledProfile::selection_for(const InputSet& details) const {
  FieldSet slots = always_selected;
  for (std::size_t input = 0; input < input_count; ++input) {
    if (details[input]) {
      slots |= selected_for[input];
    }
  }
  FieldSelection kept = selection;
  kept.keep_only(slots);
  return kept;
}

}  // namespace tierline
