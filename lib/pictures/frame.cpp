#include "pictures/frame.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "tierline/dates.h"
#include "tierline/text.h"

namespace tierline {
namespace {

constexpr double title_size = 24;
constexpr double sentence_size = 16;
constexpr double sentence_line = 24;
constexpr double between_sentences = 14;
constexpr double day_size = 14;
constexpr double legend_size = 12;
constexpr double legend_line = 22;
constexpr double note_line = 17;
constexpr double sign_to_words = 6;
constexpr double between_signs = 18;

bool is_number(std::string_view word) {
  return !word.empty() && word.find_first_not_of("0123456789,") == std::string_view::npos;
}

/// How many words at the beginning of a sentence are to be seen first: `2 of 18`, `3`, `Nobody`.
std::size_t words_in_bold(const std::vector<std::string_view>& words) {
  if (words.size() > 2 && is_number(words[0]) && words[1] == "of" && is_number(words[2])) {
    return 3;
  }
  const bool stands_out = !words.empty() && (is_number(words[0]) || words[0] == "Nobody" ||
                                             words[0] == "No" || words[0] == "Every");
  return stands_out ? 1 : 0;
}

/// Words of one weight that stand in one line.
struct Run {
  std::string text;
  Weight weight = Weight::regular;
  double x = 0;
  std::size_t line = 0;
};

/// Sentences, folded.
std::vector<Run> flow(const std::vector<std::string>& sentences, double room) {
  std::vector<Run> runs;
  double x = 0;
  std::size_t line = 0;
  for (const std::string& sentence : sentences) {
    const std::vector<std::string_view> words = split(sentence, " ");
    const std::size_t bold = words_in_bold(words);
    bool is_new = true;
    for (std::size_t i = 0; i < words.size(); ++i) {
      const Weight weight = i < bold ? Weight::bold : Weight::regular;
      const std::string word = fit(words[i], room, sentence_size, weight);
      const double width = text_width(word, sentence_size, weight);
      const double blank = x == 0 ? 0 : text_width(" ", sentence_size, weight);
      if (x > 0 && x + blank + width > room) {
        ++line;
        x = 0;
        is_new = true;
      }
      const bool joins = !is_new && runs.back().weight == weight;
      x += x > 0 ? blank : 0;
      if (joins) {
        runs.back().text += ' ' + word;
      } else {
        runs.push_back({word, weight, x, line});
      }
      x += width;
      is_new = false;
    }
    x += between_sentences;
  }
  return runs;
}

/// Where a sign of a legend stands, or the label of a row.
struct Spot {
  const Sign* sign = nullptr;
  std::string words;
  double x = 0;
  std::size_t line = 0;
};

std::vector<Spot> spots(const std::vector<LegendRow>& rows, double room) {
  std::vector<Spot> spots;
  std::size_t line = 0;
  for (const LegendRow& row : rows) {
    double x = 0;
    if (row.signs.empty()) {
      continue;
    }
    if (!row.label.empty()) {
      spots.push_back({nullptr, fit(row.label, room, legend_size, Weight::bold), 0, line});
      x = text_width(spots.back().words, legend_size, Weight::bold) + between_signs;
    }
    for (const Sign& sign : row.signs) {
      const std::string words = fit(sign.words, room - sign.width - sign_to_words, legend_size);
      const double width = sign.width + sign_to_words + text_width(words, legend_size);
      if (x > 0 && x + width > room) {
        ++line;
        x = 0;
      }
      spots.push_back({&sign, words, x, line});
      x += width + between_signs;
    }
    ++line;
  }
  return spots;
}

}  // namespace

std::string day_in_words(std::string_view day) {
  constexpr std::array<std::string_view, 12> months = {
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  const auto digits = [&](std::size_t at) {
    return static_cast<std::size_t>(day[at] - '0') * 10 +
           static_cast<std::size_t>(day[at + 1] - '0');
  };
  if (parse_day(day) != day) {
    return std::string(day);
  }
  return fmt::format("{} {} {}", digits(8), months.at(digits(5) - 1), day.substr(0, 4));
}

void Frame::text(double x, double y, std::string_view text, const TextStyle& style) {
  if (canvas_ != nullptr) {
    TextStyle sentence = style;
    sentence.is_sentence = true;
    canvas_->text(x, y, text, sentence);
  }
}

void Frame::heading(const Heading& heading) {
  const std::string day = day_in_words(heading.day);
  const double day_width = text_width(day, day_size) + 24;
  const bool is_beside = day_width + 200 < room_;
  const auto lines =
      wrap(heading.title, is_beside ? room_ - day_width : room_, title_size, Weight::bold, 3);
  if (is_beside) {
    text(margin_ + room_, bottom_ + 20, day,
         {.size = day_size, .fill = Token::ink_2, .anchor = Anchor::end});
  }
  for (const std::string& line : lines) {
    text(margin_, bottom_ + 20, line, {.size = title_size, .weight = Weight::bold});
    bottom_ += 30;
  }
  if (!is_beside) {
    text(margin_, bottom_ + 12, day, {.size = day_size, .fill = Token::ink_2});
    bottom_ += 20;
  }
  sentences(heading.sentences);
}

void Frame::sentences(const std::vector<std::string>& sentences) {
  const std::vector<Run> runs = flow(sentences, room_);
  for (const Run& run : runs) {
    text(margin_ + run.x, bottom_ + 20 + static_cast<double>(run.line) * sentence_line, run.text,
         {.size = sentence_size,
          .fill = run.weight == Weight::bold ? Token::ink : Token::ink_2,
          .weight = run.weight});
  }
  bottom_ += runs.empty() ? 0 : static_cast<double>(runs.back().line + 1) * sentence_line;
}

double Frame::picture(double height) {
  const double top = bottom_ + 24;
  bottom_ = top + height;
  return top;
}

void Frame::legend(const std::vector<LegendRow>& rows) {
  const std::vector<Spot> all = spots(rows, room_);
  const double first = bottom_ + 32;
  for (const Spot& spot : all) {
    const double y = first + static_cast<double>(spot.line) * legend_line;
    const double x = margin_ + spot.x;
    if (spot.sign == nullptr) {
      text(x, y, spot.words, {.size = legend_size, .weight = Weight::bold});
      continue;
    }
    if (canvas_ != nullptr) {
      spot.sign->draw(*canvas_, x, y);
    }
    text(x + spot.sign->width + sign_to_words, y, spot.words,
         {.size = legend_size, .fill = Token::ink_2});
  }
  bottom_ =
      all.empty() ? bottom_ + 8 : first + static_cast<double>(all.back().line) * legend_line + 8;
}

void Frame::notes(const std::vector<std::string>& notes) {
  constexpr std::size_t most_lines = 6;
  for (const std::string& note : notes) {
    for (const std::string& line : wrap(note, room_, legend_size, Weight::regular, most_lines)) {
      bottom_ += note_line;
      text(margin_, bottom_, line, {.size = legend_size, .fill = Token::ink_3});
    }
  }
}

}  // namespace tierline
