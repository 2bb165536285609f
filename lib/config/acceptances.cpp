// What people accept: entries of `[[accept]]` in TOML, or rows of CSV for people with spreadsheets.
// Both say the same, by the same names.

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>

#include "config/accept_entries.h"
#include "config/quoted.h"
#include "config/within.h"
#include "input/csv/csv_text.h"
#include "support/id128.h"
#include "tierline/config.h"
#include "tierline/dates.h"
#include "tierline/small_file.h"
#include "tierline/text.h"
#include "tierline/utf8.h"

namespace tierline {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_bytes = std::size_t{4} * 1024 * 1024;

/// A key of an entry, or of its `match`.
struct AcceptKey {
  std::string_view name;
  std::string Acceptance::*value;
  bool is_of_match = false;
};
constexpr std::array<AcceptKey, 11> keys = {{{"rule", &Acceptance::rule},
                                             {"item", &Acceptance::item, true},
                                             {"class", &Acceptance::item_class, true},
                                             {"owner", &Acceptance::owner, true},
                                             {"portfolio", &Acceptance::portfolio, true},
                                             {"glob", &Acceptance::glob, true},
                                             {"fingerprint", &Acceptance::fingerprint, true},
                                             {"reason", &Acceptance::reason},
                                             {"approver", &Acceptance::approver},
                                             {"created", &Acceptance::created},
                                             {"expires", &Acceptance::expires}}};

const AcceptKey* key_called(std::string_view name) {
  const auto* const found = std::ranges::find(keys, name, &AcceptKey::name);
  return found == keys.end() ? nullptr : found;
}

Error unknown_key(std::string_view word, const std::vector<std::string>& known, Place place) {
  return {fmt::format("an acceptance has no '{}'{}; there are {}", shortened(word),
                      did_you_mean(word, known), join(known, ", ")),
          std::move(place)};
}

std::vector<std::string> names_of(bool is_of_match) {
  std::vector<std::string> names;
  for (const AcceptKey& key : keys) {
    if (key.is_of_match == is_of_match) {
      names.emplace_back(key.name);
    }
  }
  return names;
}

// --- what an entry has to say

std::string wrong_rule(const Acceptance& one) {
  if (one.rule.empty()) {
    return one.fingerprint.empty()
               ? "the rule is missing: say which rule's findings are accepted, or the fingerprint "
                 "of one finding"
               : "";
  }
  const Rule* const rule = rule_called(one.rule);
  if (rule == nullptr) {
    return fmt::format("no rule is called '{}'{}; `tierline rules` lists them", shortened(one.rule),
                       did_you_mean(one.rule, Register<Rule>::ids()));
  }
  return rule->judges_acceptances
             ? fmt::format(
                   "{} tells of acceptances, and is not to be accepted itself: see to "
                   "these, or turn the rule off",
                   one.rule)
             : "";
}

std::string wrong_text(const Acceptance& one) {
  if (!one.fingerprint.empty() && !parse_id128(one.fingerprint)) {
    return fmt::format("'{}' is no fingerprint: reports have them, 32 digits of 0-9 and a-f",
                       shortened(one.fingerprint));
  }
  if (trim(one.reason).empty()) {
    return "the reason is missing: say why this can be lived with";
  }
  if (trim(one.approver).empty()) {
    return "the approver is missing: say who decided it, by id or name";
  }
  return "";
}

std::string wrong_day(std::string_view key, const std::string& day) {
  if (day.empty()) {
    return fmt::format("'{}' is missing: give a day such as 2026-11-21", key);
  }
  return parse_day(day) == day
             ? ""
             : fmt::format("{}: '{}' is no day: write it as 2026-11-21", key, shortened(day));
}

std::string wrong_days(const Acceptance& one) {
  for (const auto& [key, day] :
       {std::pair("created", &one.created), std::pair("expires", &one.expires)}) {
    if (std::string wrong = wrong_day(key, *day); !wrong.empty()) {
      return wrong;
    }
  }
  const std::uint32_t first = parse_days(one.created);
  const std::uint32_t last = parse_days(one.expires);
  if (last < first) {
    return fmt::format("it expires on {}, before it was created on {}", one.expires, one.created);
  }
  return last - first > most_days_accepted
             ? fmt::format("it is for {} days, from {} to {}: {} are the most; decide again then",
                           last - first, one.created, one.expires, most_days_accepted)
             : "";
}

/// Adds it where it says all it has to.
Status add(Acceptance one, std::vector<Acceptance>& all) {
  one.rule = current_rule(one.rule);
  one.fingerprint = to_lower(one.fingerprint);
  for (auto* wrong_of : {wrong_rule, wrong_text, wrong_days}) {
    if (std::string wrong = wrong_of(one); !wrong.empty()) {
      return Error{std::move(wrong), one.place};
    }
  }
  all.push_back(std::move(one));
  return Done{};
}

// --- TOML

std::optional<std::string> text_of(const toml::node& node) {
  if (const auto* const text = node.as_string()) {
    return text->get();
  }
  if (const auto* const day = node.as_date()) {
    const toml::date& date = day->get();
    return fmt::format("{:04}-{:02}-{:02}", date.year, unsigned{date.month}, unsigned{date.day});
  }
  return std::nullopt;
}

/// The keys of an entry, or of its `match`, whose values are texts.
Status read_keys(const toml::table& table, bool is_of_match, Acceptance& one) {
  for (const auto& [key, node] : table) {
    const Place place{one.place.file, key.source().begin.line};
    const AcceptKey* const known = key_called(key.str());
    if (!is_of_match && key.str() == "match") {
      const toml::table* const match = node.as_table();
      if (match == nullptr || match->empty()) {
        return Error{"match: expected a table such as {item = \"b1\"}", place};
      }
      if (auto read = read_keys(*match, true, one); !read) {
        return read;
      }
      continue;
    }
    if (known == nullptr || known->is_of_match != is_of_match) {
      std::vector<std::string> names = names_of(is_of_match);
      if (!is_of_match) {
        names.emplace_back("match");
      }
      return unknown_key(key.str(), names, place);
    }
    const auto text = text_of(node);
    if (!text || text->empty()) {
      return Error{fmt::format("{}: expected a text", key.str()), place};
    }
    one.*known->value = *text;
  }
  return Done{};
}

Status read_toml(const std::string& text, const std::string& file, std::vector<Acceptance>& all) {
  toml::table document;
  try {
    document = toml::parse(text, file);
  } catch (const toml::parse_error& error) {
    return Error{fmt::format("not TOML: {}", error.description()),
                 {file, error.source().begin.line}};
  }
  for (const auto& [key, node] : document) {
    if (key.str() != "accept") {
      return Error{fmt::format("a file of acceptances holds [[accept]] only, and no '{}'",
                               shortened(key.str())),
                   {file, key.source().begin.line}};
    }
    if (auto added = add_accept_entries(node, file, all); !added) {
      return added;
    }
  }
  return Done{};
}

// --- CSV

class AcceptanceRows {
 public:
  AcceptanceRows(std::string text, const std::string& file)
      : text_(std::move(text)), file_(file), separator_(csv::find_separator(text_)) {}

  Status read(std::vector<Acceptance>& all) {
    std::vector<const AcceptKey*> columns;
    for (const std::string& name : next_row()) {
      const AcceptKey* const key = key_called(fold(name));
      if (key == nullptr) {
        std::vector<std::string> names = names_of(false);
        std::ranges::move(names_of(true), std::back_inserter(names));
        return unknown_key(name, names, {file_, 1});
      }
      columns.push_back(key);
    }
    while (at_ < text_.size()) {
      Acceptance one;
      one.place = {file_, line_};
      const std::vector<std::string> cells = next_row();
      if (std::ranges::all_of(cells, [](const std::string& cell) { return trim(cell).empty(); })) {
        continue;
      }
      if (is_open_ || cells.size() != columns.size()) {
        return Error{is_open_ ? "a quote is opened here and never closed"
                              : fmt::format("this row has {} cells, and the header {}",
                                            cells.size(), columns.size()),
                     one.place};
      }
      for (std::size_t i = 0; i < columns.size(); ++i) {
        one.*columns[i]->value = trim(cells[i]);
      }
      if (auto added = add(std::move(one), all); !added) {
        return added;
      }
    }
    return Done{};
  }

 private:
  std::vector<std::string> next_row() {
    std::vector<csv::RawCell> raw;
    bool stray = false;
    const std::size_t begin = at_;
    at_ = csv::take_row(text_, at_, separator_, raw, stray);
    line_ += lines_in(std::string_view(text_).substr(begin, at_ - begin));
    is_open_ = csv::is_open(text_, raw.back());
    std::vector<std::string> cells;
    for (const csv::RawCell& cell : raw) {
      cells.emplace_back(csv::unquote(text_.data(), cell));
    }
    return cells;
  }

  std::string text_;
  const std::string& file_;
  char separator_;
  std::size_t at_ = 0;
  std::uint64_t line_ = 1;
  bool is_open_ = false;
};

Status read_csv(std::string text, const std::string& file, std::vector<Acceptance>& all) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (text.starts_with(mark)) {
    text.erase(0, mark.size());
  }
  if (!is_utf8(text)) {
    text = from_windows_1252(text);
  }
  return AcceptanceRows(std::move(text), file).read(all);
}

}  // namespace

Status add_accept_entries(const toml::node& entries, const std::string& file,
                          std::vector<Acceptance>& all) {
  const toml::array* const list = entries.as_array();
  if (list == nullptr || !list->is_array_of_tables()) {
    return Error{"accept: expected entries that begin with [[accept]]",
                 {file, entries.source().begin.line}};
  }
  for (const toml::node& node : *list) {
    Acceptance one;
    one.place = {file, node.source().begin.line};
    if (auto read = read_keys(*node.as_table(), false, one); !read) {
      return read;
    }
    if (auto added = add(std::move(one), all); !added) {
      return added;
    }
  }
  return Done{};
}

Status read_acceptances(const std::string& file, std::span<const std::string> exports,
                        Config& config) {
  if (is_within(file, exports)) {
    return Error{
        "lies within what is audited: an export must not say what of it is accepted; keep "
        "it elsewhere",
        {file}};
  }
  auto text = read_small_file(file, most_bytes, "file of acceptances");
  if (!text) {
    return std::move(text).error();
  }
  const std::string digested = fmt::format("{}\n{}\n{}", config.digest, text->size(), *text);
  const XXH128_hash_t hash = XXH3_128bits(digested.data(), digested.size());
  config.digest = fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
  config.files.push_back(file);
  config.acceptances.are_given = true;
  auto all = parse_acceptances(std::move(*text), file);
  if (!all) {
    return std::move(all).error();
  }
  std::ranges::move(*all, std::back_inserter(config.acceptances.all));
  return Done{};
}

Result<std::vector<Acceptance>> parse_acceptances(std::string text, const std::string& file) {
  std::vector<Acceptance> all;
  const bool is_csv = to_lower(fs::path(file).extension().string()) == ".csv";
  const Status read = is_csv ? read_csv(std::move(text), file, all) : read_toml(text, file, all);
  if (!read) {
    return read.error();
  }
  return all;
}

std::string acceptance_text(const Acceptance& acceptance) {
  std::string text = "[[accept]]\n";
  std::vector<std::string> match;
  for (const AcceptKey& key : keys) {
    const std::string& value = acceptance.*key.value;
    if (!value.empty() && key.is_of_match) {
      match.push_back(fmt::format("{} = {}", key.name, toml_quoted(value)));
    } else if (!value.empty()) {
      // What it is for stands together, before why.
      text += key.name == "reason" && !match.empty()
                  ? fmt::format("match = {{{}}}\n", join(match, ", "))
                  : "";
      text += fmt::format("{} = {}\n", key.name, toml_quoted(value));
    }
  }
  return text;
}

}  // namespace tierline
