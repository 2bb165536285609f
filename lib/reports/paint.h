#pragma once
// The colours of a picture: Okabe and Ito's palette, light enough for black text; nothing is said
// by colour alone.

namespace tierline {

struct Paint {
  const char* fill;
  const char* border;
};
constexpr Paint external_paint = {"#cfe6f6", "#0072b2"};
constexpr Paint internal_paint = {"#d5efe5", "#009e73"};
constexpr Paint supporting_paint = {"#fdf0c4", "#a67c00"};
constexpr Paint plain_paint = {"#ffffff", "#555555"};
constexpr Paint orphan_paint = {"#dedede", "#555555"};
constexpr const char* alarm = "#c0392b";

}  // namespace tierline
