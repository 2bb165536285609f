#include "pictures/text_width.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

namespace tierline {
namespace {

using Widths = std::span<const std::uint16_t>;

/// Characters that follow one another, and their widths in thousandths of the size.
struct Range {
  std::int32_t first;
  Widths regular;
  Widths bold;
};

constexpr std::array<std::uint16_t, 95> ascii_regular = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333,  278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667,  611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278,  556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500,  500, 334, 260, 334, 584};
constexpr std::array<std::uint16_t, 95> ascii_bold = {
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667,
    611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556,
    278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584};
constexpr std::array<std::uint16_t, 96> latin_regular = {
    278, 333, 556, 556, 556, 556, 260,  556, 333, 737, 370, 556, 584, 333, 737, 552,
    400, 549, 333, 333, 333, 576, 537,  278, 333, 333, 365, 556, 834, 834, 834, 611,
    667, 667, 667, 667, 667, 667, 1000, 722, 667, 667, 667, 667, 278, 278, 278, 278,
    722, 722, 778, 778, 778, 778, 778,  584, 778, 722, 722, 722, 722, 667, 667, 611,
    556, 556, 556, 556, 556, 556, 889,  500, 556, 556, 556, 556, 278, 278, 278, 278,
    556, 556, 556, 556, 556, 556, 556,  549, 611, 556, 556, 556, 556, 500, 556, 500};
constexpr std::array<std::uint16_t, 96> latin_bold = {
    278, 333, 556, 556, 556, 556, 280,  556, 333, 737, 370, 556, 584, 333, 737, 552,
    400, 549, 333, 333, 333, 576, 556,  278, 333, 333, 365, 556, 834, 834, 834, 611,
    722, 722, 722, 722, 722, 722, 1000, 722, 667, 667, 667, 667, 278, 278, 278, 278,
    722, 722, 778, 778, 778, 778, 778,  584, 778, 722, 722, 722, 722, 667, 667, 611,
    556, 556, 556, 556, 556, 556, 889,  556, 556, 556, 556, 556, 278, 278, 278, 278,
    611, 611, 611, 611, 611, 611, 611,  549, 611, 611, 611, 611, 611, 556, 611, 556};
constexpr std::array<std::uint16_t, 57> greek_regular = {
    667, 667, 551, 668, 667, 611, 722, 778, 278, 667, 668, 833, 722, 650, 778, 722, 667, 0,   618,
    611, 667, 798, 667, 835, 748, 278, 667, 578, 446, 556, 222, 547, 578, 575, 500, 557, 446, 441,
    556, 556, 222, 500, 500, 576, 500, 448, 556, 690, 569, 482, 617, 395, 547, 648, 525, 713, 781};
constexpr std::array<std::uint16_t, 57> greek_bold = {
    722, 722, 601, 719, 667, 611, 722, 778, 278, 722, 667, 833, 722, 644, 778, 722, 667, 0,   600,
    611, 667, 821, 667, 809, 802, 278, 667, 615, 451, 611, 278, 582, 615, 610, 556, 606, 475, 460,
    611, 541, 278, 558, 556, 612, 556, 445, 611, 766, 619, 520, 684, 446, 582, 715, 576, 753, 845};
constexpr std::array<std::uint16_t, 96> cyrillic_regular = {
    667, 667, 865, 542, 719, 667, 278, 278, 500, 1057, 1010, 854, 583, 722, 635,  719,
    667, 656, 667, 542, 677, 667, 923, 604, 719, 719,  583,  656, 833, 722, 778,  719,
    667, 722, 611, 635, 760, 667, 740, 667, 917, 938,  792,  885, 656, 719, 1010, 722,
    556, 573, 531, 365, 583, 556, 669, 458, 559, 559,  438,  583, 688, 552, 556,  542,
    556, 500, 458, 500, 823, 500, 573, 521, 802, 823,  625,  719, 521, 510, 750,  542,
    556, 556, 556, 365, 510, 500, 222, 278, 222, 906,  812,  556, 438, 559, 500,  552};
constexpr std::array<std::uint16_t, 96> cyrillic_bold = {
    667, 669, 885, 567, 711, 667, 278, 276, 556,  1094, 1062, 875, 610, 722, 622,  719,
    722, 719, 722, 567, 712, 667, 904, 626, 719,  719,  610,  702, 833, 722, 778,  719,
    667, 722, 611, 622, 854, 667, 730, 703, 1005, 1019, 870,  979, 719, 711, 1031, 719,
    556, 618, 615, 417, 635, 556, 709, 497, 615,  615,  500,  635, 740, 604, 611,  604,
    611, 556, 490, 556, 875, 556, 615, 581, 833,  844,  729,  854, 615, 552, 854,  583,
    556, 556, 611, 417, 552, 556, 278, 281, 278,  969,  906,  611, 500, 615, 556,  604};
constexpr std::array<std::uint16_t, 23> punctuation_regular = {
    333, 333, 0,   556, 1000, 1000, 0,   552, 222, 222, 222, 222,
    333, 333, 333, 0,   556,  556,  350, 0,   0,   0,   1000};
constexpr std::array<std::uint16_t, 23> punctuation_bold = {
    333, 333, 0,   556, 1000, 1000, 0,   552, 278, 278, 278, 278,
    500, 500, 500, 0,   556,  556,  350, 0,   0,   0,   1000};

constexpr std::array<Range, 5> ranges = {{
    {0x0020, ascii_regular, ascii_bold},
    {0x00A0, latin_regular, latin_bold},
    {0x0391, greek_regular, greek_bold},
    {0x0400, cyrillic_regular, cyrillic_bold},
    {0x2010, punctuation_regular, punctuation_bold},
}};

constexpr std::uint16_t wide = 1000;
/// Of scripts that Helvetica does not have; whatever font steps in is seldom wider on average.
constexpr std::uint16_t unknown = 750;
/// Of Hebrew and Arabic letters: words are seldom wider, in whatever font.
constexpr std::uint16_t from_right_to_left = 640;

bool is_hebrew_or_arabic(std::int32_t c) {
  return (c >= 0x0590 && c <= 0x077F) || (c >= 0xFB1D && c <= 0xFDFF) ||
         (c >= 0xFE70 && c <= 0xFEFC);
}

/// Takes the first character off a text. What is no UTF-8 counts as one byte.
std::int32_t next_character(std::string_view& text) {
  utf8proc_int32_t c = -1;
  const auto size =
      utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                       static_cast<utf8proc_ssize_t>(std::min<std::size_t>(text.size(), 4)), &c);
  text.remove_prefix(size > 0 ? static_cast<std::size_t>(size) : 1);
  return size > 0 ? c : 0xFFFD;
}

/// 0 where no table has it.
std::uint16_t listed_width(std::int32_t c, Weight weight) {
  for (const Range& range : ranges) {
    const std::int64_t at = c - range.first;
    if (at >= 0 && at < static_cast<std::int64_t>(range.regular.size())) {
      return (weight == Weight::bold ? range.bold : range.regular)[static_cast<std::size_t>(at)];
    }
  }
  return 0;
}

/// A letter with marks is as wide as the letter.
std::int32_t base_of(std::int32_t c) {
  std::array<utf8proc_int32_t, 8> parts{};
  int last = UTF8PROC_BOUNDCLASS_START;
  const auto count =
      utf8proc_decompose_char(c, parts.data(), parts.size(), UTF8PROC_DECOMPOSE, &last);
  return count > 0 ? parts.front() : c;
}

std::uint16_t width_of(std::int32_t c, Weight weight) {
  if (const std::uint16_t width = listed_width(c, weight); width > 0) {
    return width;
  }
  const int cells = utf8proc_charwidth(c);
  if (cells == 0 && utf8proc_category(c) != UTF8PROC_CATEGORY_CN) {
    return 0;
  }
  if (cells == 2) {
    return wide;
  }
  const std::uint16_t width = listed_width(base_of(c), weight);
  return width > 0 ? width : is_hebrew_or_arabic(c) ? from_right_to_left : unknown;
}

/// The beginning of a text that is shown as one character.
std::string_view first_cluster(std::string_view text) {
  std::string_view rest = text;
  std::int32_t before = next_character(rest);
  utf8proc_int32_t state = 0;
  while (!rest.empty()) {
    std::string_view after = rest;
    const std::int32_t c = next_character(after);
    if (utf8proc_grapheme_break_stateful(before, c, &state) != 0) {
      break;
    }
    before = c;
    rest = after;
  }
  return text.substr(0, text.size() - rest.size());
}

/// The longest beginning that there is room for, in bytes. It ends between clusters.
std::size_t bytes_that_fit(std::string_view text, double room, double size, Weight weight) {
  std::size_t taken = 0;
  double used = 0;
  while (taken < text.size()) {
    const std::string_view cluster = first_cluster(text.substr(taken));
    used += text_width(cluster, size, weight);
    if (used > room) {
      break;
    }
    taken += cluster.size();
  }
  return taken;
}

bool may_break_before(std::string_view text) {
  return utf8proc_charwidth(next_character(text)) == 2;
}

/// Where a line ends that begins with a text which is too long for it: before the last blank that
/// there is room for, else between two characters that may stand apart; 0 when nowhere.
std::size_t end_of_line(std::string_view text, double room, double size, Weight weight) {
  std::size_t end = 0;
  double used = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view cluster = first_cluster(text.substr(at));
    if (at > 0 && (cluster == " " || may_break_before(cluster))) {
      end = at;
    }
    used += text_width(cluster, size, weight);
    if (used > room) {
      break;
    }
    at += cluster.size();
  }
  return end;
}

std::string_view without_outer_blanks(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(' '), text.size());
  const std::size_t end = text.find_last_not_of(' ');
  return end == std::string_view::npos ? std::string_view() : text.substr(begin, end + 1 - begin);
}

}  // namespace

double text_width(std::string_view text, double size, Weight weight) {
  std::uint64_t width = 0;
  while (!text.empty()) {
    width += width_of(next_character(text), weight);
  }
  return static_cast<double>(width) * size / 1000;
}

std::string fit(std::string_view text, double room, double size, Weight weight) {
  constexpr std::string_view ellipsis = "…";
  const std::size_t whole = bytes_that_fit(text, room, size, weight);
  if (whole == text.size()) {
    return std::string(text);
  }
  const double left = room - text_width(ellipsis, size, weight);
  std::string_view shown = text.substr(0, bytes_that_fit(text, left, size, weight));
  while (!shown.empty() && std::string_view(" -,.").find(shown.back()) != std::string_view::npos) {
    shown.remove_suffix(1);
  }
  return std::string(shown) + std::string(ellipsis);
}

std::vector<std::string> wrap(std::string_view text, double room, double size, Weight weight,
                              std::size_t lines) {
  std::vector<std::string> all;
  std::string_view rest = without_outer_blanks(text);
  while (all.size() + 1 < lines && bytes_that_fit(rest, room, size, weight) < rest.size()) {
    const std::size_t end = end_of_line(rest, room, size, weight);
    if (end == 0) {
      break;
    }
    all.emplace_back(without_outer_blanks(rest.substr(0, end)));
    rest = without_outer_blanks(rest.substr(end));
  }
  all.push_back(fit(rest, room, size, weight));
  return all;
}

bool runs_leftwards(std::string_view text) {
  while (!text.empty()) {
    const auto direction = utf8proc_get_property(next_character(text))->bidi_class;
    if (direction == UTF8PROC_BIDI_CLASS_R || direction == UTF8PROC_BIDI_CLASS_AL) {
      return true;
    }
    if (direction == UTF8PROC_BIDI_CLASS_L) {
      return false;
    }
  }
  return false;
}

}  // namespace tierline
