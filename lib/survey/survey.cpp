#include <xxhash.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>

#include "mapping/derived_fields.h"
#include "mapping/record_kind.h"
#include "support/interner.h"
#include "survey/survey_records.h"
#include "tierline/text.h"

namespace tierline {
namespace {

/// Lists that are called like this are called after their file.
bool says_nothing(std::string_view container) {
  constexpr std::string_view words[] = {"",     "result",  "results", "record",  "records", "data",
                                        "item", "items",   "value",   "values",  "row",     "rows",
                                        "list", "entries", "objects", "elements"};
  return std::ranges::find(words, to_lower(container)) != std::end(words);
}

std::string table_of_file(const std::string& path) {
  const std::string stem = to_lower(std::filesystem::path(path).stem().string());
  return std::string(without_page_suffix(stem));
}

void sample_text(FieldSurvey& field, std::string_view text) {
  constexpr std::size_t longest_value = 100;
  constexpr std::size_t longest_sample = 1000;
  ++field.texts;
  field.hashes.insert(FieldSurvey::hash_of(text));
  if (field.sample.size() < FieldSurvey::most_samples && text.size() <= longest_sample) {
    field.sample.emplace_back(text);
  }
  std::string value(text.substr(0, longest_value + 1));
  const auto known = field.values.find(value);
  if (known != field.values.end()) {
    ++known->second;
  } else if (value.size() <= longest_value && field.values.size() < FieldSurvey::most_values) {
    field.values.emplace(std::move(value), 1);
  } else {
    field.has_more_values = true;
  }
}

/// Counts the fields of one file's records.
class Surveyor final : public FieldSink {
 public:
  Surveyor(const std::string& path, const CompiledProfile* profile, SurveyedTables& tables)
      : profile_(profile),
        file_table_(profile == nullptr ? table_of_file(path) : profile->table_of_file(path)),
        tables_(tables) {
    if (profile != nullptr) {
      derived_.emplace(*profile);
    }
  }

  void begin_record(std::string_view container, std::size_t depth) override {
    records_.resize(depth);
    records_.emplace_back().container = container;
  }

  void field(const SurveyedField& field) override {
    const auto path = number_of(field.path);
    if (!path) {
      return;
    }
    OpenRecord& record = records_.back();
    record.texts.push_back(
        {*path, record.texts.size(), trim(field.text), field.selected, field.can_be_named});
    if (field.selected != nullptr) {
      record.cells.push_back({field.text, 0, field.selected->slot, field.selected->facet});
    }
  }

  /// After the last record.
  void list_missing_fields() {
    if (profile_ == nullptr) {
      return;
    }
    FieldSet readable;
    profile_->selection.each_below(
        FieldSelection::root,
        [&](const FieldSelection::Field& selected) { readable.set(selected.slot); });
    for (const auto& [name, slots] : slots_) {
      const FieldSet missing = slots.used & readable & ~slots.seen & ~profile_->class_fields_used;
      for (std::size_t slot = 0; slot < missing.size(); ++slot) {
        if (missing.test(slot)) {
          tables_[name].missing.push_back(profile_->fields[slot]);
        }
      }
    }
  }

  void end_record() override {
    if (profile_ == nullptr) {
      const std::string container(records_.back().container);
      const bool is_inside = records_.size() > 1;
      count(!is_inside && says_nothing(container) ? file_table_ : container, {});
    } else {
      count_as_told();
    }
    records_.pop_back();
  }

 private:
  struct Text {
    std::uint32_t path = 0;
    std::size_t order = 0;
    std::string_view text;
    const FieldSelection::Field* selected = nullptr;
    bool can_be_named = true;
  };
  struct Slots {
    FieldSet used;
    FieldSet seen;
  };
  struct OpenRecord {
    std::string_view container;
    std::vector<Text> texts;
    std::vector<Cell> cells;
  };

  /// The number of a path; nothing where maps that are keyed by ids have made too many of them.
  std::optional<std::uint32_t> number_of(std::string_view path) {
    constexpr std::uint32_t most_paths = 10'000;
    return paths_.size() < most_paths || paths_.has(path) ? std::optional(paths_.intern(path))
                                                          : std::nullopt;
  }

  /// By the list that the outermost record stands in.
  RecordKinds& kinds() {
    const std::string container(records_.front().container);
    return kinds_.try_emplace(container, *profile_, container, file_table_).first->second;
  }

  /// As the mapper tells what a record is.
  void count_as_told() {
    const OpenRecord& record = records_.back();
    row_.set_row(record.cells);
    row_.set_row(derived_->add(row_, record.cells, profile_->class_derived));
    const RecordKind& kind =
        kinds().of(row_, records_.size() == 1 ? std::string_view() : record.container);
    if (kind.record == nullptr || kind.record->is<IgnoredDef>()) {
      return;
    }
    const std::string of_kind = kind.class_name;
    row_.set_row(record.cells);
    row_.set_row(derived_->add(row_, record.cells, kind.record->derived));
    const std::string_view own_class =
        kind.record->is<ItemDef>() ? row_.text(kind.record->of<ItemDef>().item_class) : "";
    count(profile_->canonical_class(own_class.empty() ? of_kind : own_class),
          kind.record->fields_used | profile_->class_fields_used);
  }

  void count(const std::string& name, const FieldSet& fields_used) {
    TableSurvey& table = tables_[name];
    table.name = name;
    ++table.records;
    Slots& slots = slots_[name];
    slots.used |= fields_used;
    for (const Cell& cell : records_.back().cells) {
      slots.seen.set(cell.slot);
    }
    std::vector<Text>& texts = records_.back().texts;
    std::ranges::sort(texts, {}, [](const Text& text) { return std::pair(text.path, text.order); });
    for (auto text = texts.begin(); text != texts.end();) {
      const auto next = std::find_if(text, texts.end(),
                                     [&](const Text& other) { return other.path != text->path; });
      if (FieldSurvey* field = field_of(table, text->path)) {
        add(table, *field, {text, next}, fields_used);
      }
      text = next;
    }
  }

  /// Adds what one record has under one path.
  void add(const TableSurvey& table, FieldSurvey& field, std::span<const Text> texts,
           const FieldSet& fields_used) const {
    ++field.records;
    bool is_filled = false;
    for (const Text& one : texts) {
      field.can_be_named &= one.can_be_named;
      field.used |= one.selected != nullptr && fields_used.test(one.selected->slot);
      if (one.text.empty()) {
        continue;
      }
      field.example = field.example.empty() ? one.text : field.example;
      field.is_list |= is_filled;
      is_filled = true;
      if (profile_ == nullptr && table.records <= TableSurvey::sampled_records) {
        sample_text(field, one.text);
      }
    }
    field.filled += is_filled ? 1U : 0U;
  }

  /// Null when the table has too many fields.
  FieldSurvey* field_of(TableSurvey& table, std::uint32_t path) {
    const auto [known, is_new] = places_.try_emplace({table.name, path}, table.fields.size());
    if (is_new) {
      const auto found = std::ranges::find(table.fields, paths_[path], &FieldSurvey::path);
      known->second = static_cast<std::size_t>(found - table.fields.begin());
      if (found == table.fields.end() && table.fields.size() < TableSurvey::most_fields) {
        table.fields.emplace_back().path = paths_[path];
      }
    }
    return known->second < table.fields.size() ? &table.fields[known->second] : nullptr;
  }

  const CompiledProfile* profile_;
  std::string file_table_;
  SurveyedTables& tables_;
  Interner paths_;
  std::map<std::pair<std::string, std::uint32_t>, std::size_t> places_;  ///< Of fields in tables.
  std::map<std::string, Slots> slots_;                                   ///< By table.
  std::map<std::string, RecordKinds> kinds_;                             ///< By container.
  std::vector<OpenRecord>
      records_;  ///< By depth: those that the current one stands inside of, too.
  RowFields row_;
  std::optional<DerivedFields> derived_;
};

}  // namespace

std::uint64_t FieldSurvey::hash_of(std::string_view text) {
  const std::string folded = fold(text);
  return XXH3_64bits(folded.data(), folded.size());
}

void drop_empty_objects(TableSurvey& table) {
  std::set<std::string, std::less<>> objects;
  for (const FieldSurvey& field : table.fields) {
    const bool is_text = field.path.ends_with(".value") && field.filled == 0;
    for (std::size_t dot = field.path.find('.'); dot != std::string::npos && !is_text;
         dot = field.path.find('.', dot + 1)) {
      objects.insert(field.path.substr(0, dot));
    }
  }
  std::erase_if(table.fields, [&](const FieldSurvey& field) {
    const std::string_view path = field.path;
    const std::string_view parent = path.substr(0, path.rfind('.'));
    return field.filled == 0 && (objects.contains(path) || path.ends_with(".*") ||
                                 (path.ends_with(".value") && objects.contains(parent)));
  });
}

Status survey(const std::string& path, Records& records, const Profile* profile,
              SurveyedTables& tables, StructureSummary* structure) {
  Surveyor surveyor(path, profile == nullptr ? nullptr : &profile->compiled(), tables);
  auto surveyed = records.each_chunk([&](Chunk& chunk) {
    if (structure != nullptr) {
      // Before the survey uses them up.
      records.each_json(
          chunk, [&](std::string_view json) { structure->add_record(chunk.container, json); });
    }
    return records.survey(chunk, surveyor);
  });
  if (surveyed) {
    surveyor.list_missing_fields();
  }
  return surveyed;
}

}  // namespace tierline
