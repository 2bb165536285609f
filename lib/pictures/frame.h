#pragma once
// What stands around every picture: a title with the day, a sentence or two below it, a legend of
// the signs that occur, and notes at the bottom. All of it is folded into the width that there is.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "pictures/canvas.h"

namespace tierline {

struct Heading {
  std::string title;
  std::vector<std::string> sentences;
  std::string day;  ///< YYYY-MM-DD
};

/// A sign and what it means.
struct Sign {
  std::string words;
  double width = 0;
  /// At its left edge, on the base line of the words.
  std::function<void(Canvas& canvas, double x, double y)> draw;
};

struct LegendRow {
  std::string label;  ///< What the signs are of; may be empty.
  std::vector<Sign> signs;
};

/// Draws the parts of a frame one below the other, or only measures them.
class Frame {
 public:
  /// `canvas` may be null.
  Frame(Canvas* canvas, double margin, double width)
      : canvas_(canvas), margin_(margin), room_(width - 2 * margin), bottom_(margin) {}

  void heading(const Heading& heading);
  /// Room for the picture itself. Returns where it begins.
  double picture(double height);
  void legend(const std::vector<LegendRow>& rows);
  void notes(const std::vector<std::string>& notes);
  /// The height of all of it.
  [[nodiscard]] double height() const { return bottom_ + margin_; }

 private:
  void text(double x, double y, std::string_view text, const TextStyle& style);
  void sentences(const std::vector<std::string>& sentences);

  Canvas* canvas_;
  double margin_;
  double room_;
  double bottom_;
};

/// `30 November 2026`
std::string day_in_words(std::string_view day);

}  // namespace tierline
