#pragma once
// The colours of a picture: Okabe and Ito's palette, light enough for black text; nothing is said
// by colour alone.

namespace tierline {

struct NodeColors {
  const char* fill;
  const char* border;
};
constexpr NodeColors external_colors = {"#cfe6f6", "#0072b2"};
constexpr NodeColors internal_colors = {"#d5efe5", "#009e73"};
constexpr NodeColors supporting_colors = {"#fdf0c4", "#a67c00"};
constexpr NodeColors plain_colors = {"#ffffff", "#555555"};
constexpr NodeColors orphan_colors = {"#dedede", "#555555"};
constexpr const char* alarm = "#c0392b";

}  // namespace tierline
