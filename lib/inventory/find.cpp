// What somebody names: an item or a party, by id, key or name.

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "tierline/inventory.h"
#include "tierline/text.h"

namespace tierline {
namespace {

/// What messages call those who are looked for.
struct Words {
  std::string_view none;    ///< "no item is called"
  std::string_view plural;  ///< "items"
};

/// What can be named, whatever it is.
template <typename Id>
struct Names {
  std::size_t count;
  std::string (*id)(const Inventory& inventory, Id one);
  std::string_view (*name)(const Inventory& inventory, Id one);
  const std::string& (*source)(const Inventory& inventory, Id one);
  std::string_view (*kind)(const Inventory& inventory, Id one);   ///< In a word, for people.
  std::string_view (*group)(const Inventory& inventory, Id one);  ///< What tells equal ids apart.
  bool (*is_suggested)(const Inventory& inventory, Id one);
};

template <typename Id>
class Search {
 public:
  Search(const Inventory& inventory, const Names<Id>& names, std::string_view wanted)
      : inventory_(inventory), names_(names), wanted_(wanted), folded_(fold(wanted)) {}

  Result<Id> only(const Words& words) const {
    const std::vector<Id> found = all();
    if (found.empty()) {
      return Error{fmt::format("{} '{}'{}", words.none, wanted_, did_you_mean(wanted_, known()))};
    }
    if (found.size() > 1) {
      return Error{fmt::format("{} {} are called '{}': name one by its id: {}", found.size(),
                               words.plural, wanted_, choices(found))};
    }
    return found.front();
  }

 private:
  /// Those of that id, else of that key, else of that name.
  [[nodiscard]] std::vector<Id> all() const {
    std::vector<Id> by_id;
    std::vector<Id> by_key;
    std::vector<Id> by_name;
    for (const Id one : IdRange<Id>(names_.count)) {
      if (is_id(one)) {
        by_id.push_back(one);
      } else if (is_key(one)) {
        by_key.push_back(one);
      } else if (is_name(names_.name(inventory_, one))) {
        by_name.push_back(one);
      }
    }
    return !by_id.empty() ? by_id : !by_key.empty() ? by_key : by_name;
  }

  [[nodiscard]] bool is_id(Id one) const { return names_.id(inventory_, one) == wanted_; }

  [[nodiscard]] bool is_key(Id one) const {
    return wanted_.starts_with(names_.source(inventory_, one)) &&
           (typed(one, 1) == wanted_ || typed(one, 2) == wanted_);
  }

  /// How it can be typed: its id, or with what goes before that where others have the same.
  [[nodiscard]] std::string typed(Id one, int form) const {
    const std::string id = names_.id(inventory_, one);
    const std::string& source = names_.source(inventory_, one);
    return form == 0   ? id
           : form == 1 ? fmt::format("{}/{}", source, id)
                       : fmt::format("{}/{}/{}", source, names_.group(inventory_, one), id);
  }

  /// Folding makes no text longer, and of one that begins with a letter or digit it keeps that.
  [[nodiscard]] bool is_name(std::string_view name) const {
    const auto is_letter_or_digit = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    if (name.size() < folded_.size() || name.empty() ||
        (is_letter_or_digit(name.front()) && to_lower(name.substr(0, 1)) != folded_.substr(0, 1))) {
      return false;
    }
    return fold(name) == folded_;
  }

  [[nodiscard]] std::vector<std::string> known() const {
    std::vector<std::string> known;
    for (const Id one : IdRange<Id>(names_.count)) {
      if (names_.is_suggested(inventory_, one)) {
        const std::string_view name = names_.name(inventory_, one);
        known.push_back(name.empty() ? names_.id(inventory_, one) : std::string(name));
      }
    }
    return known;
  }

  /// As they can be typed, in the shortest form that tells them apart.
  [[nodiscard]] std::string choices(const std::vector<Id>& found) const {
    constexpr std::size_t shown = 5;
    std::vector<std::string> choices;
    for (int form = 0; form < 3; ++form) {
      std::set<std::string> different;
      choices.clear();
      for (const Id one : found) {
        const std::string text = typed(one, form);
        different.insert(text);
        choices.push_back(fmt::format("{0}{1}{0} ({2})",
                                      text.find(' ') == std::string::npos ? "" : "'", text,
                                      names_.kind(inventory_, one)));
      }
      if (different.size() == found.size()) {
        break;
      }
    }
    const std::size_t rest = found.size() - std::min(found.size(), shown);
    choices.resize(found.size() - rest);
    return join(choices, ", ") + (rest > 0 ? fmt::format(" and {} more", rest) : "");
  }

  const Inventory& inventory_;
  const Names<Id>& names_;
  std::string_view wanted_;
  std::string folded_;
};

}  // namespace

Result<ItemId> find_item(const Inventory& inventory, std::string_view name_or_id) {
  const Names<ItemId> items{
      .count = inventory.item_count(),
      .id = [](const Inventory& all, ItemId one) { return all.id(one); },
      .name = [](const Inventory& all, ItemId one) { return all.name(one); },
      .source = [](const Inventory& all, ItemId one) -> const std::string& {
        return all.source(one);
      },
      .kind = [](const Inventory& all, ItemId one) { return to_string(all.tier(one)); },
      .group = [](const Inventory& all, ItemId one) -> std::string_view {
        return all.class_name(one);
      },
      .is_suggested = [](const Inventory& all, ItemId one) { return all.is_service(one); }};
  return Search(inventory, items, name_or_id).only({"no item is called", "items"});
}

Result<PartyId> find_party(const Inventory& inventory, std::string_view name_or_id) {
  const Names<PartyId> parties{
      .count = inventory.party_count(),
      .id = [](const Inventory& all, PartyId one) { return all.party(one).id; },
      .name = [](const Inventory& all, PartyId one) -> std::string_view {
        return all.party(one).name;
      },
      .source = [](const Inventory& all, PartyId one) -> const std::string& {
        return all.party(one).source;
      },
      .kind = [](const Inventory& all, PartyId one) { return to_string(all.party(one).kind); },
      .group = [](const Inventory& all, PartyId one) { return to_string(all.party(one).kind); },
      .is_suggested = [](const Inventory& /*all*/, PartyId /*one*/) { return true; }};
  return Search(inventory, parties, name_or_id).only({"nobody is called", "persons or groups"});
}

}  // namespace tierline
