#include "synthetic/planted_graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "synthetic/dates.h"
#include "synthetic/people.h"
#include "synthetic/traits.h"

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

/// What facts may be said of; a field of another name would be a slip of the pen.
constexpr std::array fields{"active",
                            "attested_date",
                            "busines_criticality",
                            "consumer_type",
                            "core_company",
                            "correlation_id",
                            "department",
                            "description",
                            "end_date",
                            "environment",
                            "fqdn",
                            "install_status",
                            "last_discovered",
                            "last_review_date",
                            "life_cycle_stage",
                            "life_cycle_stage_status",
                            "managed_by",
                            "managed_by_group",
                            "manager",
                            "name",
                            "owned_by",
                            "operational_status",
                            "assignment_group",
                            "registered_email",
                            "registered_name",
                            "registered_owner",
                            "serial_number",
                            "service_classification",
                            "service_owner_delegate",
                            "short_description",
                            "spm_service_portfolio",
                            "spm_taxonomy_node",
                            "support_group",
                            "sys_updated_on",
                            "title",
                            "u_employee_type",
                            "used_for"};

/// Those that are always there.
Item known(std::string_view name) {
  static const std::map<std::string_view, Item> all{{"head", head},
                                                    {"deputy", deputy},
                                                    {"networks", networks},
                                                    {"sales", sales},
                                                    {"ithaca", ithaca}};
  return all.at(name);
}

bool is_orphan_kind(std::string_view verdict) {
  return verdict == "isolated" || verdict == "island" || verdict == "outlived" ||
         verdict == "awaited";
}

}  // namespace

void PlantedGraph::plant(const Scenario& scenario) {
  NodesByName named;
  Item before;
  std::string_view tie;
  for (auto word : words(scenario.graph)) {
    if (is_tie(word)) {
      tie = word;
      continue;
    }
    const bool ends_chain = word.back() == ',';
    word.remove_suffix(ends_chain ? 1 : 0);
    const auto known = named.find(name_of(word));
    const auto item = known != named.end() ? known->second : node_for(word, tie, before);
    named.emplace(name_of(word), item);
    relate(before, tie, item);
    before = item;
    tie = {};
  }
  for (auto fact : words(scenario.facts, ';')) {
    fact.remove_prefix(std::min(fact.find_first_not_of(' '), fact.size()));
    state(fact, named);
  }
  ++planted_count_;
  const auto verdicts = words(scenario.verdicts);
  for (std::size_t i = 0; i + 1 < verdicts.size(); i += 2) {
    judge(verdicts[i], verdicts[i + 1], named);
  }
}

std::uint32_t PlantedGraph::count() const {
  std::size_t all = 0;
  for (std::size_t role = 0; role < ci_roles; ++role) {
    all += nodes_[role].size();
  }
  return static_cast<std::uint32_t>(all);
}

Item PlantedGraph::node_for(std::string_view word, std::string_view tie, Item before) {
  static const std::map<char, Role> letters{
      {'B', Role::business}, {'T', Role::technical}, {'S', Role::instance}, {'N', Role::node},
      {'C', Role::cluster},  {'H', Role::server},    {'W', Role::network},  {'P', Role::person},
      {'G', Role::group},    {'X', Role::stranger}};
  const bool is_offering = tie == "/";
  const auto role = !is_offering                    ? letters.at(name_of(word).front())
                    : before.role == Role::business ? Role::business_offering
                                                    : Role::technical_offering;
  nodes_[index(role)].push_back({.state = state_of(word), .parent = is_offering ? before : Item{}});
  return {role, first_planted + count(role) - 1};
}

void PlantedGraph::relate(Item parent, std::string_view tie, Item child) {
  static const std::map<std::string_view, Type> types{{">", Type::depends_on},
                                                      {"=", Type::contains},
                                                      {"~", Type::exchanges_data},
                                                      {"!", Type::custom}};
  const auto type = types.find(tie);
  if (type == types.end()) {
    return;  // The start of a chain, or an offering, which names its parent.
  }
  if (parent.role == Role::node && child.role != Role::node) {
    // Whatever a scenario lists, nobody else does.
    node_of(child).facts = {{"spm_service_portfolio", ""}, {"spm_taxonomy_node", ""}};
  }
  Node& above = node_of(parent);
  const bool needs_retired = type->second == Type::depends_on && is_live(above.state) &&
                             node(child).state == State::retired;
  above.relations.push_back({.type = type->second,
                             .parent = parent,
                             .child = child,
                             .fault = parent == child                ? Fault::self_loop
                                      : child.role == Role::stranger ? Fault::dangling
                                      : needs_retired                ? Fault::needs_retired
                                                                     : Fault::none});
}

/// `B.end_date={-1}`
void PlantedGraph::state(std::string_view fact, const NodesByName& named) {
  const auto dot = fact.find('.');
  const auto equals = fact.find('=');
  const auto who = fact.substr(0, dot);
  const auto field = fact.substr(dot + 1, equals - dot - 1);
  const auto value = fact.substr(equals + 1);
  const bool is_any = who.ends_with('*');
  if (std::ranges::find(fields, field) == fields.end() || (!is_any && !named.contains(who))) {
    throw std::logic_error(fmt::format("no such fact: {}", fact));
  }
  for (const auto& [name, item] : named) {
    if (!(is_any ? name.starts_with(who.substr(0, who.size() - 1)) : name == who)) {
      continue;
    }
    Node& node = node_of(item);
    node.facts[std::string(field)] = text(value, named);
    if (field == "owned_by") {
      node.owner = value.empty() ? Item{} : named.at(value.substr(1));
    }
  }
}

std::string PlantedGraph::text(std::string_view value, const NodesByName& named) const {
  if (value.starts_with('@')) {
    const auto item = named.find(value.substr(1));
    return std::string(seed_.id(item != named.end() ? item->second : known(value.substr(1))));
  }
  if (value.starts_with('{')) {
    int days = 0;
    std::from_chars(value.data() + 1, value.data() + value.size(), days);
    return day(days);
  }
  std::string text(value);
  if (const auto number = text.find('#'); number != text.npos) {
    text.replace(number, 1, std::to_string(planted_count_));
  }
  return text;
}

void PlantedGraph::judge(std::string_view names, std::string_view verdict,
                         const NodesByName& named) {
  const auto all = words(names, ',');
  if (verdict == "tier-skip") {
    const auto class_of = [&](std::size_t i) {
      return std::string(trait(named.at(all[i]).role).classes[0]);
    };
    verdicts_["tier-skip"] = {{class_of(0), {{"contained", class_of(1)}}, {}}};
    return;
  }
  if (all.size() > 1) {
    Plant group;
    for (const auto name : all) {
      group.members.emplace_back(seed_.id(named.at(name)));
    }
    std::ranges::sort(group.members);
    group.id = group.members.front();
    verdicts_[verdict == "cycle" ? "dependency-cycle" : std::string(verdict)].push_back(group);
    return;
  }
  Plant single{std::string(seed_.id(named.at(names))), {}, {}};
  if (is_orphan_kind(verdict)) {
    single.facts["kind"] = verdict;
    verdict = "orphaned-supporting-service";
  }
  verdicts_[std::string(verdict)].push_back(single);
}

}  // namespace tierline::synthetic
