#include "pictures/tokens.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace tierline {
namespace {

/// The relative luminance that the Web Content Accessibility Guidelines define.
double luminance(std::string_view colour) {
  double sum = 0;
  const double weights[] = {0.2126, 0.7152, 0.0722};
  for (std::size_t i = 0; i < 3; ++i) {
    const double part = std::stoi(std::string(colour.substr(1 + 2 * i, 2)), nullptr, 16) / 255.0;
    sum += weights[i] * (part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4));
  }
  return sum;
}

double contrast(std::string_view a, std::string_view b) {
  const double light = std::max(luminance(a), luminance(b));
  const double dark = std::min(luminance(a), luminance(b));
  return (light + 0.05) / (dark + 0.05);
}

TEST(Tokens, AreReadableOnAllThatTheyStandOn) {
  const std::vector<std::pair<Token, std::vector<Token>>> texts = {
      {Token::ink, {Token::paper, Token::box, Token::card, Token::idle, Token::facing_wash}},
      {Token::ink_2, {Token::paper, Token::box, Token::card, Token::idle, Token::facing_wash}},
      {Token::ink_3, {Token::paper, Token::box, Token::card, Token::facing_wash}},
      {Token::alarm, {Token::paper, Token::box, Token::card, Token::facing_wash}},
      {Token::on_alarm, {Token::alarm}},
      {Token::paper, {Token::ink_2}}};
  for (const auto& [text, grounds] : texts) {
    for (const Token ground : grounds) {
      const Colour& of_text = colour_of(text);
      const Colour& of_ground = colour_of(ground);
      EXPECT_GE(contrast(of_text.light, of_ground.light), 4.5)
          << of_text.name << " on " << of_ground.name;
      EXPECT_GE(contrast(of_text.dark, of_ground.dark), 4.5)
          << of_text.name << " on " << of_ground.name << ", dark";
    }
  }
}

TEST(Tokens, OfBordersAndBarsCanBeSeen) {
  for (const Token sign : {Token::edge, Token::alarm, Token::facing, Token::owned}) {
    EXPECT_GE(contrast(colour_of(sign).light, colour_of(Token::card).light), 3.0);
    EXPECT_GE(contrast(colour_of(sign).dark, colour_of(Token::card).dark), 3.0);
  }
}

}  // namespace
}  // namespace tierline
