#include "synthetic/stage.h"

#include <algorithm>

namespace tierline::synthetic {
namespace {

std::vector<std::string_view> words(std::string_view text, char separator = ' ') {
  std::vector<std::string_view> found;
  while (!text.empty()) {
    const auto end = std::min(text.find(separator), text.size());
    found.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return found;
}

bool is_tie(std::string_view word) {
  return word.find_first_not_of(">=~!/") == std::string_view::npos;
}

State state_of(std::string_view word) {
  switch (word.front()) {
    case '-':
      return State::retired;
    case '+':
      return State::planned;
    case '*':
      return State::retiring;
    case '?':
      return State::unknown;
    default:
      return State::live;
  }
}

std::string_view name_of(std::string_view word) {
  return word.substr(std::min(word.find_first_not_of("-+*?"), word.size()));
}

bool is_orphan_kind(std::string_view verdict) {
  return verdict == "isolated" || verdict == "island" || verdict == "outlived" ||
         verdict == "awaited";
}

}  // namespace

void Stage::play(const Scene& scene) {
  Cast cast;
  Item before;
  std::string_view tie;
  for (auto word : words(scene.graph)) {
    if (is_tie(word)) {
      tie = word;
      continue;
    }
    const bool ends_chain = word.back() == ',';
    word.remove_suffix(ends_chain ? 1 : 0);
    const auto known = cast.find(name_of(word));
    const auto item = known != cast.end() ? known->second : enter(word, tie, before);
    cast.emplace(name_of(word), item);
    relate(before, tie, item);
    before = item;
    tie = {};
  }
  const auto verdicts = words(scene.verdicts);
  for (std::size_t i = 0; i + 1 < verdicts.size(); i += 2) {
    judge(verdicts[i], verdicts[i + 1], cast);
  }
}

std::uint32_t Stage::count() const {
  std::size_t all = 0;
  for (const auto& actors : actors_) {
    all += actors.size();
  }
  return static_cast<std::uint32_t>(all);
}

Item Stage::enter(std::string_view word, std::string_view tie, Item before) {
  static const std::map<char, Role> letters{
      {'B', Role::business}, {'T', Role::technical}, {'S', Role::instance}, {'N', Role::node}};
  const bool is_offering = tie == "/";
  const auto role = !is_offering                    ? letters.at(name_of(word).front())
                    : before.role == Role::business ? Role::business_offering
                                                    : Role::technical_offering;
  auto& actors = actors_[index(role)];
  actors.push_back({state_of(word), is_offering ? before : Item{}, {}});
  return {role, first_planted + count(role) - 1};
}

void Stage::relate(Item parent, std::string_view tie, Item child) {
  static const std::map<std::string_view, Type> types{{">", Type::depends_on},
                                                      {"=", Type::contains},
                                                      {"~", Type::exchanges_data},
                                                      {"!", Type::custom}};
  const auto type = types.find(tie);
  if (type == types.end()) {
    return;  // The start of a chain, or an offering, which names its parent.
  }
  auto& [state, above, relations] = actors_[index(parent.role)][parent.number - first_planted];
  const bool needs_retired =
      type->second == Type::depends_on && is_live(state) && actor(child).state == State::retired;
  relations.push_back({.type = type->second,
                       .parent = parent,
                       .child = child,
                       .fault = parent == child ? Fault::self_loop
                                : needs_retired ? Fault::needs_retired
                                                : Fault::none});
}

void Stage::judge(std::string_view names, std::string_view verdict, const Cast& cast) {
  if (verdict == "cycle") {
    Plant cycle;
    for (const auto name : words(names, ',')) {
      cycle.members.emplace_back(seed_.id(cast.at(name)));
    }
    std::ranges::sort(cycle.members);
    cycle.id = cycle.members.front();
    verdicts_["dependency-cycle"].push_back(cycle);
    return;
  }
  Plant plant{std::string(seed_.id(cast.at(names))), {}, {}};
  if (is_orphan_kind(verdict)) {
    plant.facts["kind"] = verdict;
    verdict = "orphaned-supporting-service";
  }
  verdicts_[std::string(verdict)].push_back(plant);
}

}  // namespace tierline::synthetic
