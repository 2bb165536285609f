// What the rules say of any small estate, against a slow search that follows the definitions to the
// letter: every path looked for by itself, nothing shared, nothing clever.

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "given.h"
#include "rules/evidence.h"

namespace tierline {
namespace {

constexpr std::string_view kinds[] = {"portfolio", "external", "internal", "supporting",
                                      "service",   "system",   "component"};
constexpr std::string_view states[] = {"", "planned", "retiring", "retired"};
constexpr std::string_view owners[] = {"", "@ann", "@bob"};
constexpr std::string_view arrows[] = {"->", "=>", "-|>", "~>"};

struct Node {
  int kind = 0;
  int state = 0;
  int owner = 0;
};

struct Edge {
  int from = 0;
  int to = 0;
  int arrow = 0;
};

struct SmallEstate {
  std::vector<Node> nodes;
  std::vector<Edge> edges;
};

void showValue(const SmallEstate& estate, std::ostream& out);

std::string statements(const SmallEstate& estate) {
  std::string text = "person ann; person bob";
  for (std::size_t i = 0; i < estate.nodes.size(); ++i) {
    const Node& node = estate.nodes[i];
    text +=
        fmt::format("; {} n{} {} {}", kinds[node.kind], i, states[node.state], owners[node.owner]);
  }
  for (const Edge& edge : estate.edges) {
    text += fmt::format("; n{} {} n{}", edge.from, arrows[edge.arrow], edge.to);
  }
  return text;
}

void showValue(const SmallEstate& estate, std::ostream& out) {
  out << statements(estate);
}

/// The definitions, one after another.
class Slow {
 public:
  explicit Slow(const SmallEstate& estate)
      : estate_(estate), count_(static_cast<int>(estate.nodes.size())) {}

  using Names = std::set<std::string>;
  using Test = std::function<bool(int)>;

  [[nodiscard]] std::string_view kind(int n) const { return kinds[at(n).kind]; }
  [[nodiscard]] bool is_portfolio(int n) const { return kind(n) == "portfolio"; }
  [[nodiscard]] bool is_service(int n) const { return at(n).kind >= 1 && at(n).kind <= 4; }
  [[nodiscard]] bool is_infrastructure(int n) const { return at(n).kind >= 5; }
  [[nodiscard]] bool is_live(int n) const { return at(n).state == 0 || at(n).state == 2; }
  [[nodiscard]] bool is_planned(int n) const { return at(n).state == 1; }
  [[nodiscard]] bool is_retired(int n) const { return at(n).state == 3; }
  [[nodiscard]] bool faces_customers(int n) const {
    return kind(n) == "external" || kind(n) == "internal";
  }
  [[nodiscard]] bool is_owned(int n) const { return at(n).owner != 0; }

  /// u relies on v.
  [[nodiscard]] bool uses(int u, int v) const {
    return u != v && any_edge([&](const Edge& edge) {
             return (edge.arrow == 0 && edge.from == u && edge.to == v) ||
                    (edge.arrow == 1 && edge.from == u && edge.to == v && !is_portfolio(u)) ||
                    (edge.arrow == 2 && edge.from == v && edge.to == u);
           });
  }

  /// A path of one step or more from u to v, all of whose nodes are in `through`.
  [[nodiscard]] bool reaches(int u, int v, const Test& through) const {
    if (!through(u) || !through(v)) {
      return false;
    }
    std::set<int> seen;
    std::vector<int> waiting = {u};
    while (!waiting.empty()) {
      const int from = waiting.back();
      waiting.pop_back();
      for (int to = 0; to < count_; ++to) {
        if (uses(from, to) && through(to)) {
          if (to == v) {
            return true;
          }
          if (seen.insert(to).second) {
            waiting.push_back(to);
          }
        }
      }
    }
    return false;
  }

  [[nodiscard]] bool is_reached_by(int v, const Test& from, const Test& through) const {
    return any([&](int u) { return from(u) && reaches(u, v, through); });
  }

  [[nodiscard]] Names names_where(const Test& holds) const {
    Names names;
    for (int n = 0; n < count_; ++n) {
      if (holds(n)) {
        names.insert(fmt::format("n{}", n));
      }
    }
    return names;
  }

  [[nodiscard]] bool any(const Test& holds) const {
    for (int n = 0; n < count_; ++n) {
      if (holds(n)) {
        return true;
      }
    }
    return false;
  }

  /// Why a live supporting service is an orphan; empty when it is none, "?" when nobody knows.
  [[nodiscard]] std::string orphan_kind(int p) const {
    const Test live = [&](int n) { return is_live(n); };
    const auto customers = [&](const Test& state) -> Test {
      return [&, state](int n) { return faces_customers(n) && state(n); };
    };
    const Test live_or_retired = [&](int n) { return is_live(n) || is_retired(n); };
    const Test live_or_planned = [&](int n) { return is_live(n) || is_planned(n); };
    if (kind(p) != "supporting" || !is_live(p) || is_reached_by(p, customers(live), live)) {
      return {};
    }
    if (is_reached_by(
            p, [&](int n) { return kind(n) == "service" && is_live(n); }, live)) {
      return "?";
    }
    if (is_reached_by(p, customers(live_or_retired), live_or_retired)) {
      return "outlived";
    }
    if (is_reached_by(p, customers(live_or_planned), live_or_planned)) {
      return "awaited";
    }
    return any([&](int u) { return !is_portfolio(u) && uses(u, p); }) ? "island" : "isolated";
  }

  [[nodiscard]] bool contains(int u, int v) const {
    return any_edge(
        [&](const Edge& edge) { return edge.arrow == 1 && edge.from == u && edge.to == v; });
  }

  /// Whether a portfolio holds it, directly or through portfolios and services.
  [[nodiscard]] bool is_held(int v, std::set<int> seen = {}) const {
    return any([&](int u) {
      if (!contains(u, v) || u == v || !seen.insert(u).second) {
        return false;
      }
      return is_portfolio(u) || (is_service(u) && is_service(v) && is_held(u, seen));
    });
  }

  /// Whether u holds a live service, through portfolios and services.
  [[nodiscard]] bool holds_live_service(int u, std::set<int>& seen) const {
    return any([&](int v) {
      const bool is_holding =
          contains(u, v) && (is_portfolio(u) || (is_service(u) && is_service(v)));
      if (!is_holding || !seen.insert(v).second) {
        return false;
      }
      return (is_service(v) && is_live(v)) || holds_live_service(v, seen);
    });
  }

  /// Whether u needs or contains v, which may close a circle.
  [[nodiscard]] bool leads(int u, int v) const {
    return u != v && is_live(u) && is_live(v) && any_edge([&](const Edge& edge) {
             const bool is_listing =
                 edge.arrow == 1 && is_portfolio(edge.from) && !is_portfolio(edge.to);
             return edge.arrow <= 1 && !is_listing && edge.from == u && edge.to == v;
           });
  }

  /// How many steps the shortest circle of some nodes has.
  [[nodiscard]] std::size_t shortest_circle(const Names& members) const {
    std::size_t shortest = members.size() + 1;
    for (int start = 0; start < count_; ++start) {
      std::set<int> at = {start};
      for (std::size_t steps = 1; steps < shortest; ++steps) {
        std::set<int> next;
        for (int v = 0; v < count_; ++v) {
          if (members.contains(fmt::format("n{}", v)) &&
              std::ranges::any_of(at, [&](int u) { return leads(u, v); })) {
            next.insert(v);
          }
        }
        if (next.contains(start)) {
          shortest = steps;
        }
        at = std::move(next);
      }
    }
    return shortest;
  }

  /// How many live services that face customers rely on a node, itself included.
  [[nodiscard]] std::uint32_t customer_services_on(int n) const {
    std::uint32_t services = 0;
    for (int s = 0; s < count_; ++s) {
      services += faces_customers(s) && is_live(s) &&
                          (s == n || reaches(s, n, [&](int x) { return is_live(x); }))
                      ? 1U
                      : 0U;
    }
    return services;
  }

  /// Sets of live nodes that need or contain one another.
  [[nodiscard]] std::set<Names> circles() const {
    std::vector<std::vector<bool>> reach(static_cast<std::size_t>(count_));
    for (int u = 0; u < count_; ++u) {
      auto& row = reach[static_cast<std::size_t>(u)];
      row.resize(static_cast<std::size_t>(count_));
      for (int v = 0; v < count_; ++v) {
        row[static_cast<std::size_t>(v)] = leads(u, v);
      }
    }
    for (std::size_t k = 0; k < reach.size(); ++k) {
      for (auto& row : reach) {
        for (std::size_t v = 0; row[k] && v < reach.size(); ++v) {
          row[v] = row[v] || reach[k][v];
        }
      }
    }
    std::set<Names> circles;
    for (std::size_t u = 0; u < reach.size(); ++u) {
      Names members;
      for (std::size_t v = 0; v < reach.size(); ++v) {
        if (u == v || (reach[u][v] && reach[v][u])) {
          members.insert(fmt::format("n{}", v));
        }
      }
      if (members.size() > 1) {
        circles.insert(members);
      }
    }
    return circles;
  }

  [[nodiscard]] bool is_shared_unowned(int x) const {
    std::set<int> services;
    std::set<int> owners_of_services;
    for (int s = 0; s < count_; ++s) {
      if (is_service(s) && is_live(s) && s != x &&
          reaches(s, x, [&](int n) { return is_live(n); })) {
        services.insert(s);
        if (is_owned(s)) {
          owners_of_services.insert(at(s).owner);
        }
      }
    }
    return kind(x) == "system" && is_live(x) && !is_owned(x) && services.size() >= 3 &&
           owners_of_services.size() >= 2;
  }

  [[nodiscard]] bool has_relations_of_services() const {
    return any_edge([&](const Edge& edge) {
      return edge.arrow <= 2 && edge.from != edge.to &&
             (is_service(edge.from) || is_service(edge.to)) &&
             !(edge.arrow == 1 && is_portfolio(edge.from));
    });
  }

  [[nodiscard]] bool has_relations() const {
    return any_edge([&](const Edge& edge) {
      return edge.from != edge.to && !(edge.arrow == 1 && is_portfolio(edge.from));
    });
  }

 private:
  [[nodiscard]] const Node& at(int n) const { return estate_.nodes[static_cast<std::size_t>(n)]; }
  [[nodiscard]] bool any_edge(const std::function<bool(const Edge&)>& holds) const {
    return std::ranges::any_of(estate_.edges, holds);
  }

  const SmallEstate& estate_;
  int count_;
};

std::set<std::string> found(const Given& estate, std::string_view rule) {
  const auto subjects = estate.subjects(rule);
  return {subjects.begin(), subjects.end()};
}

std::map<std::string, std::string> orphan_kinds(const Given& estate) {
  std::map<std::string, std::string> kinds_found;
  for (const Finding& finding : estate.audit().findings()) {
    if (finding.rule->id == "orphaned-supporting-service") {
      kinds_found[estate.inventory().label(finding.subject.item)] =
          std::get<std::string>(finding.evidence.front().second);
    }
  }
  return kinds_found;
}

rc::Gen<SmallEstate> any_estate() {
  return rc::gen::mapcat(rc::gen::inRange(1, 11), [](int count) {
    const auto node = rc::gen::build<Node>(
        rc::gen::set(&Node::kind, rc::gen::inRange(0, 7)),
        rc::gen::set(&Node::state, rc::gen::weightedElement<int>({{6, 0}, {1, 1}, {1, 2}, {2, 3}})),
        rc::gen::set(&Node::owner, rc::gen::inRange(0, 3)));
    const auto edge = rc::gen::build<Edge>(
        rc::gen::set(&Edge::from, rc::gen::inRange(0, count)),
        rc::gen::set(&Edge::to, rc::gen::inRange(0, count)),
        rc::gen::set(&Edge::arrow,
                     rc::gen::weightedElement<int>({{5, 0}, {4, 1}, {2, 2}, {1, 3}})));
    return rc::gen::build<SmallEstate>(
        rc::gen::set(&SmallEstate::nodes,
                     rc::gen::container<std::vector<Node>>(static_cast<std::size_t>(count), node)),
        rc::gen::set(&SmallEstate::edges,
                     rc::gen::resize(18, rc::gen::container<std::vector<Edge>>(edge))));
  });
}

/// Judged as if complete, so that every rule has its say even where relations are few.
Given judged(const SmallEstate& small) {
  RuleSelection rules;
  rules.assume_complete = true;
  return given(statements(small), rules);
}

RC_GTEST_PROP(Properties, OrphansAreWhatTheDefinitionSays, ()) {
  const SmallEstate small = *any_estate();
  const Slow slow(small);
  std::map<std::string, std::string> expected;
  for (int n = 0; n < static_cast<int>(small.nodes.size()); ++n) {
    const std::string kind = slow.orphan_kind(n);
    if (!kind.empty() && kind != "?") {
      expected[fmt::format("n{}", n)] = kind;
    }
  }
  RC_ASSERT(orphan_kinds(judged(small)) == expected);
}

RC_GTEST_PROP(Properties, PathsAreWhatTheDefinitionSays, ()) {
  const SmallEstate small = *any_estate();
  const Slow slow(small);
  const Given estate = judged(small);
  const auto live = [&](int n) { return slow.is_live(n); };
  const auto everything = [](int) { return true; };
  const auto by_live_service = [&](int n) {
    return slow.is_reached_by(
        n, [&](int s) { return slow.is_service(s) && slow.is_live(s); }, live);
  };
  const auto by_retired_service = [&](int n) {
    return slow.is_reached_by(
        n, [&](int s) { return slow.is_service(s) && slow.is_retired(s); }, everything);
  };
  const bool has_services = slow.any([&](int n) { return slow.is_service(n); });
  const auto orphans_of = [&](std::string_view tier) {
    return slow.names_where([&](int n) {
      return has_services && slow.kind(n) == tier && slow.is_live(n) && !by_live_service(n) &&
             !by_retired_service(n);
    });
  };
  RC_ASSERT(found(estate, "orphan-system") == orphans_of("system"));
  RC_ASSERT(found(estate, "orphan-component") == orphans_of("component"));
  RC_ASSERT(found(estate, "retired-service-live-infrastructure") == slow.names_where([&](int n) {
    return slow.is_infrastructure(n) && slow.is_live(n) && !by_live_service(n) &&
           by_retired_service(n);
  }));
  const bool has_infrastructure = slow.any([&](int n) { return slow.is_infrastructure(n); });
  RC_ASSERT(found(estate, "customer-facing-unsupported") == slow.names_where([&](int n) {
    return has_infrastructure && slow.faces_customers(n) && slow.is_live(n) &&
           !slow.any([&](int x) { return slow.is_infrastructure(x) && slow.reaches(n, x, live); });
  }));
}

RC_GTEST_PROP(Properties, PortfoliosAreWhatTheDefinitionSays, ()) {
  const SmallEstate small = *any_estate();
  const Slow slow(small);
  const Given estate = judged(small);
  const bool has_portfolios = slow.any([&](int n) { return slow.is_portfolio(n); });
  const bool has_services = slow.any([&](int n) { return slow.is_service(n); });
  RC_ASSERT(found(estate, "service-not-in-portfolio") == slow.names_where([&](int n) {
    return has_portfolios && slow.is_service(n) && slow.is_live(n) && !slow.is_held(n);
  }));
  RC_ASSERT(found(estate, "empty-portfolio") == slow.names_where([&](int n) {
    std::set<int> seen;
    return has_services && slow.is_portfolio(n) && slow.is_live(n) &&
           !slow.holds_live_service(n, seen);
  }));
}

RC_GTEST_PROP(Properties, OwnersAndCirclesAreWhatTheDefinitionSays, ()) {
  const SmallEstate small = *any_estate();
  const Slow slow(small);
  const Given estate = judged(small);
  RC_ASSERT(found(estate, "owner-missing") == slow.names_where([&](int n) {
    return slow.is_service(n) && slow.is_live(n) && !slow.is_owned(n);
  }));
  const bool can_share = slow.has_relations_of_services();
  const auto is_shared = [&](int n) { return can_share && slow.is_shared_unowned(n); };
  RC_ASSERT(found(estate, "shared-platform-unowned") == slow.names_where(is_shared));
  RC_ASSERT(found(estate, "system-owner-missing") == slow.names_where([&](int n) {
    return slow.kind(n) == "system" && slow.is_live(n) && !slow.is_owned(n) && !is_shared(n);
  }));
  std::set<std::set<std::string>> circles;
  for (const Finding& finding : estate.audit().findings()) {
    if (finding.rule->id == "dependency-cycle") {
      std::set<std::string> members;
      for (const ItemId member : finding.subject.members) {
        members.insert(estate.inventory().label(member));
      }
      circles.insert(members);
    }
  }
  RC_ASSERT(circles == (slow.has_relations() ? slow.circles() : std::set<std::set<std::string>>{}));
}

RC_GTEST_PROP(Properties, PathsOfCirclesAreShortestOnes, ()) {
  const SmallEstate small = *any_estate();
  const Slow slow(small);
  const Given estate = judged(small);
  const auto number = [](const std::string& id) { return std::stoi(id.substr(1)); };
  for (const Finding& finding : estate.audit().findings()) {
    if (finding.rule->id == "dependency-cycle") {
      std::set<std::string> members;
      for (const ItemId member : finding.subject.members) {
        members.insert(estate.inventory().label(member));
      }
      const auto path = names_in(finding, "path");
      for (std::size_t i = 0; i < path.size(); ++i) {
        RC_ASSERT(slow.leads(number(path[i]), number(path[(i + 1) % path.size()])));
      }
      RC_ASSERT(path.size() == slow.shortest_circle(members));
    }
  }
}

RC_GTEST_PROP(Properties, ReachIsWhatTheDefinitionSays, ()) {
  const SmallEstate small = *any_estate();
  const Slow slow(small);
  const Given estate = judged(small);
  for (const Finding& finding : estate.audit().findings()) {
    if (const ItemId item = finding.subject.item; item != no_item) {
      const auto reach = estate.audit().results.reach.of(item);
      RC_ASSERT(reach.exact);
      RC_ASSERT(reach.services ==
                slow.customer_services_on(std::stoi(estate.inventory().label(item).substr(1))));
    }
  }
}

RC_GTEST_PROP(Properties, NoFindingIsMadeTwice, ()) {
  const Given estate = judged(*any_estate());
  std::set<std::string> fingerprints;
  for (const Finding& finding : estate.audit().findings()) {
    RC_ASSERT(fingerprints.insert(finding.fingerprint).second);
  }
}

}  // namespace
}  // namespace tierline
