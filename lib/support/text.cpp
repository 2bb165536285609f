#include "tierline/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace tierline {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// How many bytes of white space stand at the start of `text`.
std::size_t leading_blank(std::string_view text) {
  if (text.empty()) {
    return 0;
  }
  if (is_blank(text.front())) {
    return 1;
  }
  return text.starts_with(no_break_space) ? no_break_space.size() : 0;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min(
          {above + 1, row[j - 1] + 1, diagonal + (lower(a[i - 1]) == lower(b[j - 1]) ? 0U : 1U)});
      diagonal = above;
    }
  }
  return row.back();
}

}  // namespace

std::uint64_t lines_in(std::string_view text) {
  std::uint64_t lines = 0;
  for (std::size_t at = text.find('\n'); at != std::string_view::npos;
       at = text.find('\n', at + 1)) {
    ++lines;
  }
  return lines;
}

std::string_view trim_blanks(std::string_view text) {
  while (const std::size_t blank = leading_blank(text)) {
    text.remove_prefix(blank);
  }
  while (!text.empty()) {
    if (is_blank(text.back())) {
      text.remove_suffix(1);
    } else if (text.ends_with(no_break_space)) {
      text.remove_suffix(no_break_space.size());
    } else {
      break;
    }
  }
  return text;
}

std::string fold(std::string_view text) {
  text = trim(text);
  std::string folded;
  folded.reserve(text.size());
  while (!text.empty()) {
    if (const std::size_t blank = leading_blank(text)) {
      if (folded.back() != ' ') {
        folded += ' ';
      }
      text.remove_prefix(blank);
    } else {
      folded += lower(text.front());
      text.remove_prefix(1);
    }
  }
  return folded;
}

std::string to_lower(std::string_view text) {
  std::string lowered(text);
  std::ranges::transform(lowered, lowered.begin(), lower);
  return lowered;
}

bool matches_glob(std::string_view pattern, std::string_view text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

std::vector<std::string_view> split(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) {
      return parts;
    }
    text.remove_prefix(end + separator.size());
  }
}

std::string join(std::span<const std::string> parts, std::string_view separator) {
  return fmt::format("{}", fmt::join(parts.begin(), parts.end(), separator));
}

std::string shortened(std::string_view text) {
  constexpr std::size_t longest = 200;
  constexpr std::size_t kept = 160;  // With what is said of it, still within the longest.
  if (text.size() <= longest) {
    return std::string(text);
  }
  std::size_t end = kept;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
    --end;
  }
  return fmt::format("{}... ({} bytes)", text.substr(0, end), with_thousands(text.size()));
}

std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates) {
  // Nobody mistypes more than that, and comparing takes time by the square of it.
  constexpr std::size_t longest = 100;
  std::optional<std::string> best;
  if (word.size() > longest) {
    return best;
  }
  std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    if (candidate.size() >= word.size() + best_distance) {
      continue;
    }
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

std::string did_you_mean(std::string_view word, std::span<const std::string> candidates) {
  const auto candidate = nearest(word, candidates);
  return candidate ? fmt::format(" (did you mean '{}'?)", *candidate) : std::string();
}

std::string with_thousands(std::size_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t end = digits.size(); end > 3;) {
    end -= 3;
    digits.insert(end, 1, ',');
  }
  return digits;
}

std::string count_of(std::size_t count, std::string_view singular, std::string_view plural) {
  if (count == 1) {
    return fmt::format("1 {}", singular);
  }
  return plural.empty() ? fmt::format("{} {}s", with_thousands(count), singular)
                        : fmt::format("{} {}", with_thousands(count), plural);
}

}  // namespace tierline
