#include "reports/picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "reports/caption.h"
#include "reports/diagram_findings.h"
#include "reports/graphviz_text.h"
#include "reports/numbered_ids.h"
#include "reports/palette.h"
#include "reports/tier_rank.h"
#include "tierline/text.h"

namespace tierline {
namespace {

constexpr std::size_t rules_shown = 3;

NodeColors colors_of(const Inventory& inventory, ItemId item) {
  if (!inventory.is_service(item)) {
    return plain_colors;
  }
  switch (inventory.facing(item)) {
    case Facing::external:
      return external_colors;
    case Facing::internal:
      return internal_colors;
    case Facing::supporting:
      return supporting_colors;
    case Facing::unknown:
      break;
  }
  return plain_colors;
}

const char* shape_of(Tier tier) {
  constexpr const char* shapes[] = {"folder", "box", "component", "box3d", "note"};
  return shapes[static_cast<std::size_t>(tier)];
}

class Picture {
 public:
  Picture(const AuditReport& report, const ReportStyle& style, const std::vector<ItemId>& items)
      : report_(report),
        inventory_(report.inventory),
        style_(style),
        items_(items),
        findings_(report) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      numbers_[items[i]] = i;
    }
  }

  GraphPtr draw() {
    graph_.reset(agopen(text("tierline"), Agdirected, numbered_ids()));
    set_defaults();
    collect_relations();
    draw_items();
    draw_relations();
    draw_caption();
    return std::move(graph_);
  }

 private:
  void set_defaults() {
    const auto attribute = [&](int kind, const char* name, const char* value) {
      agattr(graph_.get(), kind, text(name), text(value));
    };
    attribute(AGRAPH, "rankdir", "TB");
    attribute(AGRAPH, "newrank", "true");
    attribute(AGRAPH, "fontname", "Helvetica");
    attribute(AGRAPH, "fontsize", "12");
    attribute(AGRAPH, "nodesep", "0.18");
    attribute(AGRAPH, "ranksep", "0.55");
    attribute(AGRAPH, "labelloc", "b");
    attribute(AGRAPH, "labeljust", "l");
    attribute(AGNODE, "fontname", "Helvetica");
    attribute(AGNODE, "fontsize", "10");
    // Room for fonts that are wider than the one the layout reckons with.
    attribute(AGNODE, "margin", "0.18,0.07");
    attribute(AGNODE, "height", "0.3");
    attribute(AGEDGE, "color", "#555555");
    attribute(AGEDGE, "arrowsize", "0.6");
    attribute(AGEDGE, "fontname", "Helvetica");
  }

  // --- items, in ranks

  void draw_items() {
    constexpr const char* titles[] = {"Portfolios", "Services", "Systems", "Components",
                                      "Classes without a tier"};
    std::vector<std::pair<ItemId, ItemId>> relations;
    for (const auto& [from, to, contains, membership] : drawn_) {
      relations.emplace_back(items_[from], items_[to]);
    }
    Agnode_t* above = nullptr;
    for (std::size_t tier = 0; tier < tier_count; ++tier) {
      std::vector<ItemId> members;
      std::ranges::copy_if(items_, std::back_inserter(members), [&](ItemId item) {
        return inventory_.tier(item) == static_cast<Tier>(tier);
      });
      if (members.empty()) {
        continue;
      }
      Agraph_t* tier_rank = agsubg(graph_.get(), text(fmt::format("cluster_{}", tier)), 1);
      set(tier_rank, "label", titles[tier]);
      set(tier_rank, "style", "filled");
      set(tier_rank, "color", "#f4f4f4");
      set(tier_rank, "fontcolor", "#444444");
      set(tier_rank, "labelloc", "t");
      set(tier_rank, "labeljust", "l");
      // An unseen node above and one below the members keep the ranks apart.
      Agnode_t* bottom = anchor(tier);
      const TierRank ends(members, relations);
      for (const ItemId member : members) {
        Agnode_t* node = draw_item(tier_rank, member);
        if (ends.may_be_highest(member)) {
          hold(above, node);
        }
        if (ends.may_be_lowest(member)) {
          hold(node, bottom);
        }
      }
      above = bottom;
    }
  }

  Agnode_t* anchor(std::size_t tier) {
    Agnode_t* node = agnode(graph_.get(), text(fmt::format("below{}", tier)), 1);
    set(node, "style", "invis");
    set(node, "shape", "point");
    set(node, "width", "0");
    set(node, "height", "0");
    set(node, "label", "");
    return node;
  }

  void hold(Agnode_t* upper, Agnode_t* lower) {
    if (upper != nullptr) {
      Agedge_t* edge = agedge(graph_.get(), upper, lower, nullptr, 1);
      set(edge, "style", "invis");
      set(edge, "weight", "0");
    }
  }

  Agnode_t* draw_item(Agraph_t* tier_rank, ItemId item) {
    Agnode_t* node = agnode(tier_rank, text(node_name(item)), 1);
    const bool is_live = inventory_.is_live(item);
    const bool alarms = is_live && !inventory_.has_owner(item) &&
                        inventory_.tier(item) != Tier::component &&
                        inventory_.has_input(item, RuleInput::accountable);
    const NodeColors colors =
        findings_.is_orphan(item) ? orphan_colors : colors_of(inventory_, item);
    const bool is_service = inventory_.is_service(item);
    set(node, "shape", shape_of(inventory_.tier(item)));
    set(node, "style",
        fmt::format("filled{}{}", is_service ? ",rounded" : "",
                    !is_live ? ",dotted"
                    : alarms ? ",dashed"
                             : ""));
    set(node, "fillcolor", is_live ? colors.fill : "#ffffff");
    set(node, "color", alarms ? alarm : colors.border);
    set(node, "penwidth", item == style_.subject.focus ? "4" : alarms ? "2" : "1");
    set(node, "fontcolor", is_live ? "#000000" : "#444444");
    set(node, "label", label_of(item, alarms));
    set(node, "tooltip",
        for_tooltip(fmt::format("{} {}", inventory_.class_name(item), inventory_.id(item))));
    return node;
  }

  [[nodiscard]] std::string node_name(ItemId item) const {
    return fmt::format("n{}", numbers_.at(item));
  }

  [[nodiscard]] std::string label_of(ItemId item, bool alarms) const {
    std::string label = wrapped(inventory_.label(item));
    const State state = inventory_.state(item);
    std::vector<std::string> facts;
    if (inventory_.is_service(item)) {
      facts.push_back(inventory_.facing(item) == Facing::unknown
                          ? "facing unknown"
                          : std::string(to_string(inventory_.facing(item))));
    }
    if (state == State::retired || state == State::planned || state == State::retiring) {
      facts.emplace_back(to_string(state));
    }
    if (alarms) {
      facts.emplace_back("no owner");
    }
    if (!facts.empty()) {
      label += "\\n" + join(facts, ", ");
    }
    return label + findings_of(item) + hidden_of(item);
  }

  [[nodiscard]] std::string findings_of(ItemId item) const {
    const auto findings = findings_.of(item);
    std::string lines;
    for (std::size_t i = 0; i < std::min(findings.size(), rules_shown); ++i) {
      lines += fmt::format("\\n! {}", findings[i].rule->id);
    }
    return findings.size() > rules_shown
               ? fmt::format("{}\\n! and {} more", lines, findings.size() - rules_shown)
               : lines;
  }

  /// How many neighbours of an item the picture leaves out.
  [[nodiscard]] std::string hidden_of(ItemId item) const {
    std::set<ItemId> hidden;
    std::ranges::copy_if(neighbours_of(report_.graph, item), std::inserter(hidden, hidden.end()),
                         [&](ItemId other) { return !numbers_.contains(other); });
    return hidden.empty() ? std::string()
                          : fmt::format("\\n(+{} not drawn)", with_thousands(hidden.size()));
  }

  // --- relations

  void collect_relations() {
    for (const RelationId id : inventory_.relations()) {
      const Relation& relation = inventory_.relation(id);
      const bool is_use =
          relation.kind == RelationKind::needs || relation.kind == RelationKind::contains;
      if (is_use && numbers_.contains(relation.from) && numbers_.contains(relation.to)) {
        drawn_.emplace(numbers_[relation.from], numbers_[relation.to],
                       relation.kind == RelationKind::contains, relation.membership);
      }
    }
  }

  void draw_relations() {
    for (const auto& [from, to, contains, membership] : drawn_) {
      draw_relation(items_[from], items_[to], contains, membership);
    }
  }

  void draw_relation(ItemId from, ItemId to, bool contains, bool membership) {
    Agedge_t* edge = agedge(graph_.get(), agnode(graph_.get(), text(node_name(from)), 0),
                            agnode(graph_.get(), text(node_name(to)), 0), nullptr, 1);
    if (contains) {
      // The diamond stands at the end that contains.
      set(edge, "style", membership ? "dotted" : "dashed");
      set(edge, "dir", "back");
      set(edge, "arrowtail", "odiamond");
    }
    if (findings_.is_faulty(from, to)) {
      set(edge, "color", alarm);
      set(edge, "penwidth", "2");
    }
    // What runs upwards does not turn the picture over.
    if (inventory_.tier(from) > inventory_.tier(to)) {
      set(edge, "constraint", "false");
    }
  }

  void draw_caption() {
    char* html = agstrdup_html(graph_.get(), text(caption(report_, style_, items_)));
    agsafeset(graph_.get(), text("label"), html, text(""));
    agstrfree(graph_.get(), html);
  }

  const AuditReport& report_;
  const Inventory& inventory_;
  const ReportStyle& style_;
  const std::vector<ItemId>& items_;
  DiagramFindings findings_;
  std::map<ItemId, std::size_t> numbers_;
  /// From, to, whether it is a containment, whether it is a membership.
  std::set<std::tuple<std::size_t, std::size_t, bool, bool>> drawn_;
  GraphPtr graph_;
};

}  // namespace

GraphPtr draw(const AuditReport& report, const ReportStyle& style,
              const std::vector<ItemId>& items) {
  return Picture(report, style, items).draw();
}

}  // namespace tierline
