#include "inventory/people.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "tierline/text.h"

namespace tierline {
namespace {

/// Longer names are found by their first words.
constexpr std::size_t words_of_a_name = 16;
/// Words with more than this many characters between them, blanks not counted, are no name.
constexpr std::size_t gap_in_a_name = 3;
/// A name of more words than this is not looked for in another order.
constexpr std::size_t words_turned_round = 6;

enum class Sort : std::uint8_t {
  letter,
  mark,       ///< Of the letter before it.
  sign,       ///< A word of its own: an `@`, or a letter of a script without blanks.
  invisible,  ///< Shown as nothing: stands inside words or between them.
  blank,
  other
};

struct Character {
  std::size_t size = 1;
  Sort sort = Sort::other;
};

bool is_between(utf8proc_int32_t c, utf8proc_int32_t first, utf8proc_int32_t last) {
  return c >= first && c <= last;
}

bool is_of_script_without_blanks(utf8proc_int32_t c) {
  return is_between(c, 0x3040, 0x30FF) || is_between(c, 0x3400, 0x9FFF) ||
         is_between(c, 0xAC00, 0xD7A3) || is_between(c, 0xF900, 0xFAFF) ||
         is_between(c, 0x20000, 0x3FFFF);
}

Sort sort_of_ascii(char c) {
  const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return is_letter                 ? Sort::letter
         : c == '@'                ? Sort::sign
         : c <= ' ' || c == '\x7f' ? Sort::blank
                                   : Sort::other;
}

Sort sort_of(utf8proc_int32_t c) {
  if (c == 0xFF20 || c == 0xFE6B || is_of_script_without_blanks(c)) {
    return Sort::sign;
  }
  if (utf8proc_get_property(c)->ignorable) {
    return Sort::invisible;
  }
  switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
      return Sort::letter;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
      return Sort::mark;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_CC:
      return Sort::blank;
    default:
      return Sort::other;
  }
}

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

/// `&nbsp;`, `&#32;`, `%20`: what stands for another character; 0 when nothing does.
std::size_t escape_size(std::string_view text) {
  if (text.size() >= 3 && text[0] == '%' && is_hex(text[1]) && is_hex(text[2])) {
    return 3;
  }
  constexpr std::size_t longest = 10;
  const std::size_t end = text[0] == '&' ? text.substr(0, longest).find(';') : std::string::npos;
  const auto is_of_entity = [](char c) {
    return c == '#' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  };
  return end != std::string::npos && std::ranges::all_of(text.substr(1, end - 1), is_of_entity)
             ? end + 1
             : 0;
}

Character first_of(std::string_view text) {
  if (const std::size_t size = escape_size(text); size != 0) {
    const std::string_view escape = text.substr(0, size);
    const bool is_at = escape == "%40" || escape == "&#64;";
    return {size, is_at ? Sort::sign : Sort::blank};
  }
  if (static_cast<unsigned char>(text[0]) < 0x80) {
    return {1, sort_of_ascii(text[0])};
  }
  utf8proc_int32_t c = 0;
  const auto size =
      utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                       static_cast<utf8proc_ssize_t>(std::min<std::size_t>(text.size(), 4)), &c);
  return size > 0 ? Character{static_cast<std::size_t>(size), sort_of(c)} : Character{};
}

struct Word {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t gap = 0;  ///< Characters before it that are neither blank nor of a word.
};

/// Runs of letters and digits, and signs; no more than `most`.
std::vector<Word> words_of(std::string_view text, bool joins_invisible, std::size_t most) {
  std::vector<Word> words;
  bool is_in_word = false;
  std::size_t gap = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto [size, sort] = first_of(text.substr(at));
    const bool is_of_word = sort == Sort::letter || (sort == Sort::mark && is_in_word);
    if (is_of_word && is_in_word) {
      words.back().end = at + size;
    } else if (is_of_word || sort == Sort::sign) {
      if (words.size() == most) {
        break;
      }
      words.push_back({at, at + size, gap});
      gap = 0;
      is_in_word = is_of_word;
    } else if (sort != Sort::invisible || !joins_invisible) {
      is_in_word = false;
      gap += sort == Sort::other ? 1U : 0U;
    }
    at += size;
  }
  return words;
}

/// In one form whatever form it came in: compatible characters are one, and what is not shown is
/// not there.
std::string normalized(std::string_view text, int more) {
  utf8proc_uint8_t* mapped = nullptr;
  const auto size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &mapped,
                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE |
                                                  UTF8PROC_COMPAT | UTF8PROC_IGNORE | more));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(mapped, &std::free);
  return size < 0
             ? std::string(text)
             : std::string(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size));
}

bool is_ascii(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

std::string folded(std::string_view word) {
  if (word == "%40" || word == "&#64;") {
    return "@";
  }
  return is_ascii(word) ? to_lower(word) : normalized(word, UTF8PROC_CASEFOLD);
}

std::string spelled(std::string_view word) {
  return is_ascii(word) ? std::string(word) : normalized(word, 0);
}

std::string_view text_of(std::string_view text, Word word) {
  return text.substr(word.begin, word.end - word.begin);
}

std::vector<std::string> folded_words(std::string_view text) {
  std::vector<std::string> words;
  for (const Word& word : words_of(text, true, words_of_a_name)) {
    words.push_back(folded(text_of(text, word)));
  }
  return words;
}

bool is_of_address(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80 ||
         std::string_view("._%+-'").find(c) != std::string_view::npos;
}

}  // namespace

void People::set_pseudonym(std::string& known, const std::string& key,
                           const std::string& pseudonym) {
  known = known.empty() || known == pseudonym ? pseudonym : pseudonyms_.of({}, key);
}

bool People::is_address(std::string_view text) {
  const std::size_t at = text.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
         std::ranges::all_of(text, [](char c) { return c == '@' || is_of_address(c); });
}

bool People::has_several_words(std::string_view name) {
  return words_of(name, true, 2).size() > 1;
}

void People::add_address(std::string_view address, const std::string& pseudonym) {
  add(folded_words(address), pseudonym);
}

void People::add_name(std::string_view name, const std::string& pseudonym) {
  const std::vector<Word> found = words_of(name, true, 2);
  if (found.empty()) {
    return;
  }
  if (found.size() == 1) {
    const std::string key = spelled(text_of(name, found.front()));
    set_pseudonym(by_spelling_[key], key, pseudonym);
    short_names_[pseudonym].push_back(folded(text_of(name, found.front())));
    return;
  }
  std::vector<std::string> words = folded_words(name);
  const std::vector<std::string> as_written = words;
  add(as_written, pseudonym);
  if (words.size() > words_turned_round || std::ranges::find(words, "@") != words.end()) {
    return;
  }
  for (std::size_t i = 1; i < as_written.size(); ++i) {
    std::rotate(words.begin(), words.begin() + 1, words.end());
    if (words != as_written) {
      add(words, pseudonym);
    }
  }
}

void People::add(const std::vector<std::string>& words, const std::string& pseudonym) {
  std::uint32_t node = 0;
  for (const std::string& word : words) {
    const auto number = static_cast<std::uint32_t>(words_.size() + 1);
    const std::uint32_t known = words_.try_emplace(word, number).first->second;
    const auto [next, is_new] =
        next_.try_emplace({node, known}, static_cast<std::uint32_t>(nodes_.size()));
    if (is_new) {
      nodes_.push_back({(node == 0 ? "" : nodes_[node].key + ' ') + word, {}});
    }
    node = next->second;
  }
  if (node != 0) {
    set_pseudonym(nodes_[node].pseudonym, nodes_[node].key, pseudonym);
  }
}

std::optional<std::string> People::redacted(std::string_view text,
                                            std::span<const std::string_view> beside) const {
  auto joined = replaced(text, true, beside);
  if (is_ascii(text)) {
    return joined;
  }
  auto split = replaced(joined ? *joined : text, false, beside);
  return split ? std::move(split) : std::move(joined);
}

/// The pseudonym of whom a word names that is no part of a longer name; empty for nobody.
std::string_view People::of_short_name(std::string_view word,
                                       std::span<const std::string_view> beside) const {
  if (const auto known = by_spelling_.find(spelled(word)); known != by_spelling_.end()) {
    return known->second;
  }
  for (const std::string_view pseudonym : beside) {
    const auto names = short_names_.find(pseudonym);
    if (names != short_names_.end() &&
        std::ranges::find(names->second, folded(word)) != names->second.end()) {
      return pseudonym;
    }
  }
  return {};
}

std::optional<std::string> People::replaced(std::string_view text, bool joins_invisible,
                                            std::span<const std::string_view> beside) const {
  const std::vector<Word> words = words_of(text, joins_invisible, text.size());
  std::vector<std::uint32_t> numbers;
  for (const Word& word : words) {
    const auto known = words_.find(folded(text_of(text, word)));
    numbers.push_back(known == words_.end() ? 0 : known->second);
  }
  std::string redacted;
  std::size_t done = 0;
  for (std::size_t i = 0; i < words.size();) {
    std::string_view pseudonym;
    std::size_t count = 1;
    std::uint32_t node = 0;
    for (std::size_t at = i; at < words.size(); ++at) {
      const auto next = next_.find({node, numbers[at]});
      if (next == next_.end() || (at > i && words[at].gap > gap_in_a_name)) {
        break;
      }
      node = next->second;
      if (!nodes_[node].pseudonym.empty()) {
        pseudonym = nodes_[node].pseudonym;
        count = at + 1 - i;
      }
    }
    if (pseudonym.empty()) {
      pseudonym = of_short_name(text_of(text, words[i]), beside);
    }
    if (!pseudonym.empty()) {
      redacted.append(text.substr(done, words[i].begin - done)).append(pseudonym);
      done = words[i + count - 1].end;
    }
    i += count;
  }
  return done == 0 ? std::nullopt : std::optional(redacted.append(text.substr(done)));
}

}  // namespace tierline
