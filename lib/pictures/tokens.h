#pragma once
// The colours of all pictures, in light and in dark. Three hues carry meaning, and each is doubled
// by a shape or a word: vermillion (nobody answers for it, or it is as grave), blue (whom it
// faces), grey (supports nobody; planned or retired). tests/pictures/tokens_test.cpp holds texts to
// a contrast of 4.5 on whatever they stand on.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tierline {

enum class Token : std::uint8_t {
  none,
  paper,        ///< The page.
  box,          ///< A portfolio: one step off the page.
  card,         ///< What lies in a box.
  idle,         ///< The card of a service that supports nobody.
  line,         ///< Hairlines between things.
  edge,         ///< Borders and relations.
  hatch,        ///< Over what is planned or retired.
  ink,          ///< Names and numbers.
  ink_2,        ///< Owners and sentences.
  ink_3,        ///< Captions and units.
  alarm,        ///< No owner; findings that are critical or high.
  on_alarm,     ///< Text on alarm.
  facing,       ///< Whom a service faces.
  facing_wash,  ///< What the picture is about.
  owned,        ///< Bars: somebody answers.
  group,        ///< Bars: no owner, but a group runs it.
  heat_sound,   ///< Squares: nothing found.
  hatched       ///< The pattern itself, as a fill.
};

struct Colour {
  std::string_view name;
  std::string_view light;
  std::string_view dark;
};

/// Not of `none` and `hatched`, which are none.
const Colour& colour_of(Token token);

}  // namespace tierline
