#pragma once
// What stands around an item, between two items, or around the findings of a rule: cards and the
// relations between them. No coordinates. However large the estate is, there are at most so many
// cards; what is left out is counted on cards of its own.

#include <cstdint>
#include <string>
#include <vector>

#include "tierline/report.h"

namespace tierline {

/// Where a card stands to what the picture is about.
enum class Zone : std::int8_t {
  above = -1,  ///< Relies on it.
  centre = 0,
  below = 1  ///< It relies on this.
};

/// From left to right. What has no tier stands left of what it relies on.
inline constexpr std::size_t column_count = 4;

struct Card {
  enum class Kind : std::uint8_t {
    items,   ///< One item, or several that are alike.
    more,    ///< Items that there is no room for.
    outside  ///< What holds services that no portfolio holds.
  };

  Kind kind = Kind::items;
  std::vector<ItemId> items;  ///< By key.
  std::size_t column = 0;
  Zone zone = Zone::centre;
  std::uint32_t distance = 0;  ///< Steps from the centre.
  bool is_focus = false;
  std::string name;
  std::size_t left_out = 0;  ///< How many items a card of kind `more` stands for.
  std::size_t below = 0;     ///< How many that it relies on are not drawn, as its owner answers.
  std::uint32_t findings = 0;
  bool is_grave = false;
  char hub = 0;  ///< Its letter, where many cards rely on it: these lines are not drawn.
  std::size_t hub_uses = 0;
  std::string hubs;  ///< The letters of those that it relies on.
};

struct CardEdge {
  std::size_t from = 0;  ///< Relies on `to`, or holds it.
  std::size_t to = 0;
  bool holds = false;
  bool is_partial = false;  ///< True of some of the items only.
  bool is_faulty = false;   ///< A finding is about it.
};

struct Neighbourhood {
  std::string title;
  std::vector<std::string> sentences;
  std::string as_of;
  std::vector<std::string> notes;
  std::vector<Card> cards;
  std::vector<CardEdge> edges;  ///< Without those to hubs.
  bool has_zones = true;        ///< Whether above and below mean something here.
};

/// Whether a picture is of a neighbourhood, and not of all.
inline bool is_neighbourhood(const PictureSubject& subject) {
  return subject.focus != no_item || subject.from != no_item || subject.rule != nullptr;
}

/// An error where a way is asked for and none leads there.
Result<Neighbourhood> neighbourhood_of(const AuditReport& report, const ReportStyle& style);

}  // namespace tierline
