#include "inventory/people.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <vector>

#include "support/text.h"

namespace tierline {
namespace {

/// Longer names are found by their first words.
constexpr std::size_t words_of_a_name = 6;
/// Words that stand further apart than this many bytes are no name.
constexpr std::size_t gap_in_a_name = 3;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_of_address(char c) {
  return is_letter(c) || std::string_view("._%+-'").find(c) != std::string_view::npos;
}

struct Word {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Runs of letters and digits; no more than `most`.
std::vector<Word> words_of(std::string_view text, std::size_t most) {
  std::vector<Word> words;
  bool is_in_word = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_blank = text.substr(i, no_break_space.size()) == no_break_space;
    if (is_blank || !is_letter(text[i])) {
      is_in_word = false;
      i += is_blank ? 1 : 0;
      continue;
    }
    if (!is_in_word && words.size() == most) {
      break;
    }
    if (!is_in_word) {
      words.push_back({i, i});
    }
    is_in_word = true;
    words.back().end = i + 1;
  }
  return words;
}

std::string_view text_of(std::string_view text, Word word) {
  return text.substr(word.begin, word.end - word.begin);
}

/// How a name is looked up.
std::string key_of(std::string_view text, const Word* words, std::size_t count) {
  if (count == 1) {
    return std::string(text_of(text, *words));
  }
  std::string key;
  for (std::size_t i = 0; i < count; ++i) {
    key += (i == 0 ? "" : " ") + to_lower(text_of(text, words[i]));
  }
  return key;
}

void add(ByText<std::string>& pseudonyms, const std::string& key, const std::string& pseudonym) {
  const auto [known, is_new] = pseudonyms.try_emplace(key, pseudonym);
  if (!is_new && known->second != pseudonym) {
    known->second = People::pseudonym({}, key);
  }
}

}  // namespace

std::string People::pseudonym(const std::string& source, const std::string& id) {
  const std::string key = source + '\x1f' + fold(id);
  return fmt::format("person-{:016x}", XXH3_64bits(key.data(), key.size())).substr(0, 15);
}

bool People::is_address(std::string_view text) {
  const std::size_t at = text.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
         std::ranges::all_of(text, [](char c) { return c == '@' || is_of_address(c); });
}

void People::add_address(std::string_view address, const std::string& pseudonym) {
  add(by_address_, fold(address), pseudonym);
}

void People::add_name(std::string_view name, const std::string& pseudonym) {
  const std::vector<Word> words = words_of(name, words_of_a_name);
  if (words.empty()) {
    return;
  }
  add(by_name_, key_of(name, words.data(), words.size()), pseudonym);
  std::uint8_t& most = most_words_[to_lower(text_of(name, words.front()))];
  most = std::max(most, static_cast<std::uint8_t>(words.size()));
}

std::optional<std::string> People::redacted(std::string_view text) const {
  auto without = without_addresses(text);
  auto result = without_names(without ? *without : text);
  return result ? std::move(result) : std::move(without);
}

std::optional<std::string> People::without_addresses(std::string_view text) const {
  std::string redacted;
  std::size_t done = 0;
  for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
    std::size_t begin = at;
    while (begin > done && is_of_address(text[begin - 1])) {
      --begin;
    }
    std::size_t end = at + 1;
    while (end < text.size() && is_of_address(text[end])) {
      ++end;
    }
    // A sentence may end, or a quotation begin, with an address.
    while (begin < at && !is_letter(text[begin])) {
      ++begin;
    }
    while (end > at && !is_letter(text[end - 1])) {
      --end;
    }
    const auto known = by_address_.find(fold(text.substr(begin, end - begin)));
    if (known != by_address_.end()) {
      redacted.append(text.substr(done, begin - done)).append(known->second);
      done = end;
    }
  }
  return done == 0 ? std::nullopt : std::optional(redacted.append(text.substr(done)));
}

std::optional<std::string> People::without_names(std::string_view text) const {
  const std::vector<Word> words = words_of(text, text.size());
  std::string redacted;
  std::size_t done = 0;
  for (std::size_t i = 0; i < words.size();) {
    const auto first = most_words_.find(to_lower(text_of(text, words[i])));
    std::size_t count = 0;
    if (first != most_words_.end()) {
      const std::size_t most = std::min<std::size_t>(first->second, words.size() - i);
      for (count = 1;
           count < most && words[i + count].begin - words[i + count - 1].end <= gap_in_a_name;) {
        ++count;
      }
    }
    auto known = by_name_.end();
    while (count > 0 && known == by_name_.end()) {
      known = by_name_.find(key_of(text, &words[i], count));
      count -= known == by_name_.end() ? 1U : 0U;
    }
    if (count == 0) {
      ++i;
      continue;
    }
    redacted.append(text.substr(done, words[i].begin - done)).append(known->second);
    done = words[i + count - 1].end;
    i += count;
  }
  return done == 0 ? std::nullopt : std::optional(redacted.append(text.substr(done)));
}

}  // namespace tierline
