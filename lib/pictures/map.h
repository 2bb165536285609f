#pragma once
// What the map of an estate says: portfolios and the services in them, who answers for each, whom
// it faces, what was found, and who answers for what lies under it. No coordinates.

#include <array>
#include <string>
#include <vector>

#include "reports/answers.h"
#include "tierline/report.h"

namespace tierline {

/// Who answers for a system or a component.
enum class Answerer : std::uint8_t { owner, group, nobody, not_exported };
inline constexpr std::size_t answerer_count = 4;

/// Systems and components under a service, by who answers for them.
struct Underlying {
  std::array<std::uint32_t, answerer_count> systems{};
  std::array<std::uint32_t, answerer_count> components{};

  [[nodiscard]] std::uint32_t count() const;
  [[nodiscard]] std::uint32_t count(Answerer answerer) const {
    return systems[static_cast<std::size_t>(answerer)] +
           components[static_cast<std::size_t>(answerer)];
  }
};

struct MapService {
  ItemId item = no_item;
  std::string name;
  std::string owner;       ///< Of several, the first, and how many more; empty where there is none.
  std::string owner_flaw;  ///< "has left", "in no table"
  Facing facing = Facing::unknown;
  State state = State::unknown;
  bool is_live = false;
  bool is_unowned = false;         ///< Live, and its owner's field is empty.
  bool lacks_owner_field = false;  ///< The export does not say.
  bool supports_nobody = false;
  bool is_undetermined = false;  ///< Whether it supports anybody could not be judged.
  /// Live, and one of the two questions was not judged for it, or for no service at all.
  bool is_judged_in_part = false;
  bool is_grave = false;  ///< Its worst finding is critical or high.
  std::uint8_t criticality = 0;
  std::uint32_t findings = 0;
  Underlying under = {};  ///< Where the map has few services.
  std::string link = {};  ///< To its page; where the map has no more services than lines.
};

/// What to say of a service in a word or two: whom it faces, or why that does not matter.
std::string_view word_of(const MapService& service);
/// What to say of it in a line: the text for a pointer that rests on it.
std::string line_of(const MapService& service);

/// A portfolio around others.
struct MapGroup {
  std::string title;
  std::string owner;
  bool is_unowned = false;
};
inline constexpr std::size_t no_group = SIZE_MAX;

struct MapBox {
  enum class Kind : std::uint8_t {
    portfolio,
    rest,     ///< Portfolios that there is no room for, together.
    outside,  ///< What is in no portfolio.
    all       ///< Everything, where the export has no portfolios.
  };

  Kind kind = Kind::portfolio;
  std::size_t portfolios = 1;  ///< How many it stands for.
  ItemId portfolio = no_item;
  std::string title;
  std::string above;  ///< Where it is: "Portfolio", "in Corporate, Helena Brandt".
  std::string owner;
  std::string link = {};  ///< To the page of the portfolio.
  bool is_unowned = false;
  std::size_t group = no_group;      ///< Which of the map's it is in, where others are in it too.
  std::vector<MapService> services;  ///< Worst first.

  // Of its live services.
  std::size_t live = 0;
  std::size_t unowned = 0;
  std::size_t orphans = 0;
  std::size_t owner_unknown = 0;  ///< The export does not say who owns them.
};

/// `3 without owner`, `owners not exported`, `all owned`.
std::string owners_in_words(const MapBox& box);

struct Map {
  std::string title;
  AnswerCounts answers;
  std::string as_of;
  std::vector<MapBox>
      boxes;  ///< Worst first, those of a group together; what is in no portfolio last.
  std::vector<MapGroup> groups = {};
  std::size_t services = 0;
  std::vector<std::string> notes;  ///< What is drawn, what is not, what the export lacks.
};

/// Up to so many services, it is worked out what lies under each.
inline constexpr std::size_t most_with_underlying = 64;

/// An error where a portfolio or an owner is named that is not there.
Result<Map> map_of(const AuditReport& report, const PictureSubject& subject);

/// Leaves at most so many boxes of portfolios: the last of them become one. May be asked for fewer
/// again.
void limit_boxes(Map& map, std::size_t most);

}  // namespace tierline
