#include "suggest/table_analysis.h"

#include <algorithm>
#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <map>
#include <set>

#include "tierline/text.h"

namespace tierline {
namespace {

/// Whether a field's name says that it is about another record than its own.
bool is_about_others(const TableAnalysis& analysis, const NameWords& words) {
  const bool names_its_table = !words.all().empty() && analysis.words.has(words.all().front());
  return !names_its_table &&
         (is_about_parties(words) || words.has_any({"parent", "from", "to", "source", "target"}));
}

/// Whether a field's name says that it tells what a record is like, rather than which one it is.
bool is_about_attributes(const NameWords& words) {
  return words.has_any({"type",  "kind",     "class",  "category",    "tier",
                        "layer", "level",    "state",  "status",      "lifecycle",
                        "phase", "audience", "facing", "environment", "location",
                        "date",  "updated",  "note",   "comment",     "description"});
}

int id_rank(const TableAnalysis& analysis, const AnalysedColumn& column) {
  const NameWords& words = column.words;
  if (!analysis.is_unique(column) || is_about_others(analysis, words)) {
    return TableAnalysis::none;
  }
  const std::string& text = words.text();
  if (text == "id" || column.field->path == "$key") {
    return 0;
  }
  if (text == "sys id" || text == "uuid" || text == "guid" || text == "key" ||
      text == "identifier") {
    return 1;
  }
  if (words.all().size() > 1 && words.all().back() == "id" &&
      analysis.words.has(words.all().front())) {
    return 2;
  }
  return words.has_any({"id", "uuid", "guid", "key"}) ? 3
         : words.has_any({"ref", "reference", "number", "code", "login", "asset"})
             ? 4
             : TableAnalysis::none;
}

/// Names may stand twice, but not often.
int name_rank(const TableAnalysis& analysis, const AnalysedColumn& column) {
  const FieldSurvey& field = *column.field;
  const NameWords& words = column.words;
  const bool is_filled = !field.is_list && field.filled * 10 >= analysis.table->records * 9;
  if (!is_filled || field.hashes.size() * 10 < field.texts * 9 ||
      is_about_others(analysis, words)) {
    return TableAnalysis::none;
  }
  if (words.text() == "name") {
    return 0;
  }
  if (words.has_any({"title", "label", "display"}) || words.text() == "full name") {
    return 1;
  }
  if (words.has("name") && !words.has_any({"user", "first", "last", "domain"})) {
    return 2;
  }
  return words.all().size() == 1 && (analysis.words.has(words.text()) || tier_of(words))
             ? 3
             : TableAnalysis::none;
}

/// The fields by which other tables may refer to a table's records.
using Keys = std::vector<const FieldSurvey*>;

/// How a text names records.
struct Form {
  std::string_view separator;
  std::string_view after = {};
  std::string_view until = {};
};

constexpr Form whole_forms[] = {{""}, {";"}, {","}, {"|"}, {" & "}, {" / "}};
constexpr Form cut_forms[] = {{"", "#"},     {"", ":"},      {"", "", " "},
                              {"", "", ":"}, {"", "", " ("}, {";", "", " "}};

std::string_view cut(std::string_view text, const Form& form) {
  const std::size_t after = form.after.empty() ? std::string_view::npos : text.find(form.after);
  if (after != std::string_view::npos) {
    text.remove_prefix(after + form.after.size());
  }
  return form.until.empty() ? text : text.substr(0, text.find(form.until));
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// `10 GB` does not name record 10: what follows a number has to stand in a record as well.
bool is_amount(std::string_view text, const Form& form,
               std::span<const TableAnalysis* const> targets) {
  const std::string_view number = cut(text, form);
  if (form.until.empty() || number.size() == text.size() || !is_number(number)) {
    return false;
  }
  const std::uint64_t rest = FieldSurvey::hash_of(text.substr(number.size() + 1));
  return std::ranges::none_of(targets, [&](const TableAnalysis* target) {
    return std::ranges::any_of(target->columns, [&](const AnalysedColumn& column) {
      return column.field->hashes.contains(rest);
    });
  });
}

/// Whether what a form is about stands in a column's texts; without, they are what they are as a
/// whole.
bool occurs(const Form& form, const AnalysedColumn& column) {
  return std::ranges::all_of(
      std::array{form.separator, form.after, form.until}, [&](std::string_view mark) {
        return mark.empty() || std::ranges::any_of(column.field->sample, [&](const auto& text) {
                 return text.find(mark) != std::string::npos;
               });
      });
}

/// The names in a text, with what stands around each.
std::vector<std::string_view> parts_of(std::string_view text, const Form& form) {
  return form.separator.empty() ? std::vector{text} : split(text, form.separator);
}

Keys keys_of(const TableAnalysis& analysis) {
  Keys keys;
  for (const AnalysedColumn& column : analysis.columns) {
    if (&column == analysis.id || &column == analysis.name ||
        column.words.has_any({"email", "mail"})) {
      keys.push_back(column.field);
    }
  }
  return keys;
}

ForeignKeyGuess reference_with(const AnalysedColumn& column,
                               std::span<const TableAnalysis* const> targets,
                               std::span<const Keys> keys, const Form& form) {
  std::vector<std::size_t> hits(targets.size());
  std::size_t parts = 0;
  std::size_t found = 0;
  for (const std::string& text : column.field->sample) {
    for (const std::string_view whole : parts_of(text, form)) {
      const std::string_view part = cut(trim(whole), form);
      if (trim(part).empty() || is_nobody(part)) {
        continue;
      }
      ++parts;
      if (is_amount(trim(whole), form, targets)) {
        continue;
      }
      const std::uint64_t hash = FieldSurvey::hash_of(part);
      bool is_known = false;
      for (std::size_t i = 0; i < targets.size(); ++i) {
        const bool is_hit = std::ranges::any_of(
            keys[i], [&](const FieldSurvey* key) { return key->hashes.contains(hash); });
        hits[i] += is_hit ? 1U : 0U;
        is_known |= is_hit;
      }
      found += is_known ? 1U : 0U;
    }
  }
  ForeignKeyGuess reference;
  if (found > 0) {
    reference.target =
        targets[static_cast<std::size_t>(std::ranges::max_element(hits) - hits.begin())];
    reference.share = static_cast<double>(found) / static_cast<double>(parts);
    reference.separator = form.separator;
    reference.after = form.after;
    reference.until = form.until;
  }
  return reference;
}

/// Which columns that could be ids, of tables without any, other tables refer to.
class ReferencedIds {
 public:
  explicit ReferencedIds(std::span<const TableAnalysis> analyses) {
    for (const TableAnalysis& analysis : analyses) {
      for (const AnalysedColumn& column : analysis.columns) {
        if (analysis.id == nullptr && !column.taken && analysis.is_unique(column) &&
            !is_about_others(analysis, column.words)) {
          for (const std::uint64_t hash : column.field->hashes) {
            columns_by_hash_[hash].push_back(columns_.size());
          }
          columns_.push_back({&analysis, &column});
        }
      }
    }
    for (const TableAnalysis& analysis : analyses) {
      for (const AnalysedColumn& column : analysis.columns) {
        if (!columns_.empty() && !analysis.is_unique(column)) {
          look_at(analysis, column);
        }
      }
    }
  }

  [[nodiscard]] bool has(const AnalysedColumn& column) const { return used_.contains(&column); }

 private:
  struct Candidate {
    const TableAnalysis* analysis = nullptr;
    const AnalysedColumn* column = nullptr;
  };

  void look_at(const TableAnalysis& analysis, const AnalysedColumn& user) {
    for (const std::span<const Form> forms : {std::span<const Form>(whole_forms), {cut_forms}}) {
      for (const Form& form : forms) {
        if (occurs(form, user)) {
          count(analysis, user, form);
        }
      }
    }
  }

  void count(const TableAnalysis& analysis, const AnalysedColumn& user, const Form& form) {
    std::size_t parts = 0;
    std::map<std::size_t, std::size_t> hits;
    for (const std::string& text : user.field->sample) {
      for (const std::string_view whole : parts_of(text, form)) {
        const std::string_view part = cut(trim(whole), form);
        parts += trim(part).empty() || is_nobody(part) ? 0U : 1U;
        const auto found = columns_by_hash_.find(FieldSurvey::hash_of(part));
        if (found != columns_by_hash_.end()) {
          for (const std::size_t number : found->second) {
            const TableAnalysis* const owner = columns_[number].analysis;
            hits[number] += is_amount(trim(whole), form, {&owner, 1}) ? 0U : 1U;
          }
        }
      }
    }
    for (const auto& [number, count] : hits) {
      if (columns_[number].analysis != &analysis && count * 10 >= parts * 8) {
        used_.insert(columns_[number].column);
      }
    }
  }

  std::vector<Candidate> columns_;
  boost::unordered_flat_map<std::uint64_t, std::vector<std::size_t>> columns_by_hash_;
  std::set<const AnalysedColumn*> used_;
};

}  // namespace

TableAnalysis::TableAnalysis(const TableSurvey& surveyed) : table(&surveyed), words(surveyed.name) {
  for (const FieldSurvey& field : surveyed.fields) {
    const bool is_one_field = field.path.find('*') == std::string::npos;
    if (field.can_be_named && is_one_field) {
      columns.push_back({&field, NameWords(field.path), false});
    }
  }
  id = take_best([&](const AnalysedColumn& column) { return id_rank(*this, column); });
  name = take_best([&](const AnalysedColumn& column) { return name_rank(*this, column); });
}

bool TableAnalysis::is_unique(const AnalysedColumn& column) const {
  const FieldSurvey& field = *column.field;
  return field.filled == table->records && !field.is_list && field.hashes.size() == field.texts;
}

bool TableAnalysis::is_code(const AnalysedColumn& column) const {
  const FieldSurvey& field = *column.field;
  return field.texts > 0 && !field.has_more_values &&
         (field.values.size() <= 5 || field.values.size() * 2 <= field.texts);
}

AnalysedColumn* TableAnalysis::take_best(const std::function<int(const AnalysedColumn&)>& rank) {
  AnalysedColumn* best = nullptr;
  int lowest = none;
  for (AnalysedColumn& column : columns) {
    const int its = column.taken ? none : rank(column);
    if (its < lowest) {
      lowest = its;
      best = &column;
    }
  }
  if (best != nullptr) {
    best->taken = true;
  }
  return best;
}

AnalysedColumn* TableAnalysis::take_name_by_texts() {
  const auto is_word = [](const std::string& text) {
    return std::ranges::count_if(
               text, [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }) >= 2;
  };
  name = take_best([&](const AnalysedColumn& column) {
    const FieldSurvey& field = *column.field;
    const bool differs = field.hashes.size() * 10 >= field.texts * 9;
    const bool is_filled = !field.is_list && field.filled * 10 >= table->records * 9;
    if (is_filled && field.path == "value") {
      return 0;  // The text of an XML element that has attributes besides.
    }
    return is_filled && differs && field.texts > 2 && !is_about_parties(column.words) &&
                   !is_about_attributes(column.words) && std::ranges::all_of(field.sample, is_word)
               ? 1
               : none;
  });
  return name;
}

AnalysedColumn* TableAnalysis::take(std::initializer_list<std::string_view> words_sought,
                                    const std::function<bool(const AnalysedColumn&)>& fits) {
  return take_best([&](const AnalysedColumn& column) {
    return column.words.has_any(words_sought) && fits(column) ? 0 : none;
  });
}

bool is_about_parties(const NameWords& words) {
  return words.has_any({"owner", "owned", "owning", "accountable", "responsible", "team", "group",
                        "squad", "support", "lead", "contact", "manager", "managed", "steward",
                        "deputy", "custodian", "operator", "operated", "maintained"}) &&
         !words.has_any({"date", "since", "until", "end", "start", "level", "hour", "url", "cost",
                         "phone", "tier", "time"});
}

void infer_primary_keys(std::span<TableAnalysis> analyses) {
  const ReferencedIds referenced(analyses);
  for (TableAnalysis& analysis : analyses) {
    if (analysis.id == nullptr) {
      analysis.id = analysis.take_best([&](const AnalysedColumn& column) {
        return referenced.has(column) ? 0 : TableAnalysis::none;
      });
    }
  }
}

ForeignKeyGuess guess_foreign_key(const AnalysedColumn& column,
                                  std::span<const TableAnalysis* const> targets) {
  std::vector<Keys> keys;
  for (const TableAnalysis* target : targets) {
    keys.push_back(keys_of(*target));
  }
  ForeignKeyGuess best;
  for (const Form& form : whole_forms) {
    if (!occurs(form, column)) {
      continue;
    }
    ForeignKeyGuess reference = reference_with(column, targets, keys, form);
    if (reference.share > best.share) {
      best = std::move(reference);
    }
  }
  if (best.is_plain()) {
    return best;
  }
  for (const Form& form : cut_forms) {
    if (!occurs(form, column)) {
      continue;
    }
    ForeignKeyGuess reference = reference_with(column, targets, keys, form);
    if (reference.is_plain() && reference.share > best.share) {
      best = std::move(reference);
    }
  }
  return best;
}

}  // namespace tierline
