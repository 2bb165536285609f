#include "reports/picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "reports/numbered_ids.h"
#include "support/text.h"

namespace tierline {
namespace {

constexpr std::size_t label_width = 26;
constexpr std::size_t rules_shown = 3;

// Okabe and Ito's palette, light enough for black text; nothing is said by colour alone.
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

/// cgraph takes its texts as if it might change them; it does not.
char* text(const std::string& value) {
  return const_cast<char*>(value.c_str());
}

void set(void* object, const std::string& name, const std::string& value) {
  agsafeset(object, text(name), text(value), text(""));
}

/// A text as Graphviz shows it: without control characters, backslashes doubled.
std::string escaped(std::string_view value) {
  std::string safe;
  for (const char c : value) {
    if (c == '\\') {
      safe += "\\\\";
    } else {
      safe += static_cast<unsigned char>(c) < ' ' || c == '\x7f' ? ' ' : c;
    }
  }
  return safe;
}

/// Escaped, and broken at blanks into lines of about `label_width`.
std::string wrapped(std::string_view value) {
  std::string lines;
  std::size_t width = 0;
  for (const std::string_view word : split(value, " ")) {
    if (width > 0 && width + 1 + word.size() > label_width) {
      lines += "\\n";
      width = 0;
    } else if (width > 0) {
      lines += ' ';
      ++width;
    }
    lines += escaped(word);
    width += word.size();
  }
  return lines;
}

Paint paint_of(const Inventory& inventory, ItemId item) {
  if (!inventory.is_service(item)) {
    return plain_paint;
  }
  switch (inventory.facing(item)) {
    case Facing::external:
      return external_paint;
    case Facing::internal:
      return internal_paint;
    case Facing::supporting:
      return supporting_paint;
    case Facing::unknown:
      break;
  }
  return plain_paint;
}

const char* shape_of(Tier tier) {
  constexpr const char* shapes[] = {"folder", "box", "component", "box3d", "note"};
  return shapes[static_cast<std::size_t>(tier)];
}

class Picture {
 public:
  Picture(const AuditReport& report, const ReportStyle& style, const std::vector<ItemId>& items)
      : report_(report), inventory_(report.inventory), style_(style), items_(items) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      numbers_[items[i]] = i;
    }
    for (const Finding& finding : report.results.findings) {
      const Subject& subject = finding.subject;
      if (subject.item != no_item && numbers_.contains(subject.item)) {
        findings_[subject.item].push_back(&finding);
      }
      for (const ItemId member : subject.members) {
        faults_[member].insert(&finding);
      }
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

  // --- items, in bands

  void draw_items() {
    constexpr const char* titles[] = {"Portfolios", "Services", "Systems", "Components",
                                      "Classes without a tier"};
    Agnode_t* above = nullptr;
    for (std::size_t tier = 0; tier < tier_count; ++tier) {
      std::vector<ItemId> members;
      std::ranges::copy_if(items_, std::back_inserter(members), [&](ItemId item) {
        return inventory_.tier(item) == static_cast<Tier>(tier);
      });
      if (members.empty()) {
        continue;
      }
      Agraph_t* band = agsubg(graph_.get(), text(fmt::format("cluster_{}", tier)), 1);
      set(band, "label", titles[tier]);
      set(band, "style", "filled");
      set(band, "color", "#f4f4f4");
      set(band, "fontcolor", "#444444");
      set(band, "labelloc", "t");
      set(band, "labeljust", "l");
      // An unseen node above and one below the members keep the bands apart.
      Agnode_t* bottom = anchor(tier);
      const Edges edges(*this, members);
      for (const ItemId member : members) {
        Agnode_t* node = draw_item(band, member);
        if (edges.may_be_highest(member)) {
          hold(above, node);
        }
        if (edges.may_be_lowest(member)) {
          hold(node, bottom);
        }
      }
      above = bottom;
    }
  }

  /// The relations within a band. What stands between others of the band need not be held in it,
  /// which spares the layout the longest of the unseen edges.
  class Edges {
   public:
    Edges(const Picture& picture, const std::vector<ItemId>& members) {
      std::map<ItemId, std::vector<ItemId>> above;
      std::map<ItemId, std::vector<ItemId>> below;
      const std::set<ItemId> in_band(members.begin(), members.end());
      for (const auto& [from, to, contains, membership] : picture.drawn_) {
        const ItemId upper = picture.items_[from];
        const ItemId lower = picture.items_[to];
        if (upper != lower && in_band.contains(upper) && in_band.contains(lower)) {
          above[lower].push_back(upper);
          below[upper].push_back(lower);
        }
      }
      highest_ = ends(members, above, below);
      lowest_ = ends(members, below, above);
    }

    [[nodiscard]] bool may_be_highest(ItemId item) const { return highest_.contains(item); }
    [[nodiscard]] bool may_be_lowest(ItemId item) const { return lowest_.contains(item); }

   private:
    using Neighbours = std::map<ItemId, std::vector<ItemId>>;

    /// Members with nothing before them, and all that are on or behind a circle.
    static std::set<ItemId> ends(const std::vector<ItemId>& members, const Neighbours& before,
                                 const Neighbours& after) {
      std::map<ItemId, std::size_t> waiting_for;
      std::vector<ItemId> ready;
      for (const ItemId member : members) {
        const auto found = before.find(member);
        waiting_for[member] = found == before.end() ? 0 : found->second.size();
        if (waiting_for[member] == 0) {
          ready.push_back(member);
        }
      }
      std::set<ItemId> ends(ready.begin(), ready.end());
      for (std::size_t at = 0; at < ready.size(); ++at) {
        const auto found = after.find(ready[at]);
        for (const ItemId next : found == after.end() ? std::vector<ItemId>() : found->second) {
          if (--waiting_for[next] == 0) {
            ready.push_back(next);
          }
        }
      }
      for (const auto& [member, count] : waiting_for) {
        if (count > 0) {
          ends.insert(member);
        }
      }
      return ends;
    }

    std::set<ItemId> highest_;
    std::set<ItemId> lowest_;
  };

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

  Agnode_t* draw_item(Agraph_t* band, ItemId item) {
    Agnode_t* node = agnode(band, text(node_name(item)), 1);
    const bool is_live = inventory_.is_live(item);
    const bool alarms = is_live && !inventory_.has_owner(item) &&
                        inventory_.tier(item) != Tier::component &&
                        inventory_.has_input(item, Input::accountable);
    const Paint paint = is_orphan(item) ? orphan_paint : paint_of(inventory_, item);
    const bool is_service = inventory_.is_service(item);
    set(node, "shape", shape_of(inventory_.tier(item)));
    set(node, "style",
        fmt::format("filled{}{}", is_service ? ",rounded" : "",
                    !is_live ? ",dotted"
                    : alarms ? ",dashed"
                             : ""));
    set(node, "fillcolor", is_live ? paint.fill : "#ffffff");
    set(node, "color", alarms ? alarm : paint.border);
    set(node, "penwidth", item == style_.focus ? "4" : alarms ? "2" : "1");
    set(node, "fontcolor", is_live ? "#000000" : "#444444");
    set(node, "label", label_of(item, alarms));
    set(node, "tooltip",
        escaped(fmt::format("{} {}", inventory_.class_name(item), inventory_.id(item))));
    return node;
  }

  [[nodiscard]] bool is_orphan(ItemId item) const {
    const auto found = findings_.find(item);
    return found != findings_.end() &&
           std::ranges::any_of(found->second, [](const Finding* finding) {
             return finding->rule->id == "orphaned-supporting-service";
           });
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
    const auto found = findings_.find(item);
    if (found == findings_.end()) {
      return {};
    }
    auto findings = found->second;
    std::ranges::stable_sort(findings, std::ranges::greater(),
                             [](const Finding* finding) { return finding->severity; });
    std::string lines;
    for (std::size_t i = 0; i < std::min(findings.size(), rules_shown); ++i) {
      lines += fmt::format("\\n! {}", findings[i]->rule->id);
    }
    return findings.size() > rules_shown
               ? fmt::format("{}\\n! and {} more", lines, findings.size() - rules_shown)
               : lines;
  }

  /// How many neighbours of an item the picture leaves out.
  [[nodiscard]] std::string hidden_of(ItemId item) const {
    std::set<ItemId> hidden;
    const TieredGraph& graph = report_.graph;
    for (const ItemSpan span : {graph.holders_of(item), graph.held_by(item),
                                graph.relied_on_by(item), graph.relies_on(item)}) {
      std::ranges::copy_if(span, std::inserter(hidden, hidden.end()),
                           [&](ItemId other) { return !numbers_.contains(other); });
    }
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
    if (is_faulty(from, to)) {
      set(edge, "color", alarm);
      set(edge, "penwidth", "2");
    }
    // What runs upwards does not turn the picture over.
    if (inventory_.tier(from) > inventory_.tier(to)) {
      set(edge, "constraint", "false");
    }
  }

  /// Whether a finding is about a relation between the two, or about a group that both are in.
  [[nodiscard]] bool is_faulty(ItemId from, ItemId to) const {
    const auto of_from = faults_.find(from);
    const auto of_to = faults_.find(to);
    if (of_from == faults_.end() || of_to == faults_.end()) {
      return false;
    }
    return std::ranges::any_of(of_from->second, [&](const Finding* finding) {
      const bool is_about_both = finding->subject.kind == SubjectKind::group ||
                                 (finding->subject.members == std::vector{from, to} ||
                                  finding->subject.members == std::vector{to, from});
      return is_about_both && of_to->second.contains(finding);
    });
  }

  // --- what it means, and what it leaves out

  void draw_caption() {
    std::string caption = fmt::format(
        "<table border=\"0\" cellborder=\"0\" cellspacing=\"6\" cellpadding=\"6\"><tr>"
        "<td>Services:</td>{}{}{}{}"
        "<td border=\"1\" style=\"dashed\" width=\"80\" color=\"{}\">no owner</td>"
        "<td border=\"1\" style=\"dotted\" width=\"150\" color=\"#555555\">retired or planned</td>"
        "<td>! rule with a finding</td></tr></table>",
        swatch("external", external_paint), swatch("internal", internal_paint),
        swatch("supporting", supporting_paint), swatch("supports nobody", orphan_paint), alarm);
    const std::string lines =
        "Arrow: relies on. Diamond: contains (dashed), serves what it contains (dotted). "
        "Red: a relation with a finding.";
    std::size_t shown = 0;
    for (const auto& [item, findings] : findings_) {
      shown += findings.size();
    }
    std::size_t about_items = 0;
    for (const Finding& finding : report_.results.findings) {
      about_items += finding.subject.item != no_item ? 1U : 0U;
    }
    const std::string extent =
        items_.size() == inventory_.item_count()
            ? fmt::format("All {} are drawn.", count_of(items_.size(), "item"))
            : fmt::format("Drawn: {} of {}, {}; {} of {} about items.",
                          with_thousands(items_.size()), count_of(inventory_.item_count(), "item"),
                          style_.focus == no_item ? "those with findings first, worst first"
                                                  : "what stands nearest to the focus",
                          with_thousands(shown), count_of(about_items, "finding"));
    caption = fmt::format(
        "<table border=\"0\" cellborder=\"0\"><tr><td align=\"left\">{}</td></tr>"
        "<tr><td align=\"left\">{}</td></tr><tr><td align=\"left\">{} As of {}.</td></tr></table>",
        caption, lines, extent, report_.run.as_of);
    char* html = agstrdup_html(graph_.get(), text(caption));
    agsafeset(graph_.get(), text("label"), html, text(""));
    agstrfree(graph_.get(), html);
  }

  static std::string swatch(std::string_view name, Paint paint) {
    return fmt::format(
        "<td border=\"1\" style=\"rounded\" width=\"{}\" bgcolor=\"{}\" color=\"{}\">{}</td>",
        9 * name.size(), paint.fill, paint.border, name);
  }

  const AuditReport& report_;
  const Inventory& inventory_;
  const ReportStyle& style_;
  const std::vector<ItemId>& items_;
  std::map<ItemId, std::size_t> numbers_;
  /// From, to, whether it is a containment, whether it is a membership.
  std::set<std::tuple<std::size_t, std::size_t, bool, bool>> drawn_;
  std::map<ItemId, std::vector<const Finding*>> findings_;
  std::map<ItemId, std::set<const Finding*>>
      faults_;  ///< Of relations and groups, by their members.
  GraphPtr graph_;
};

}  // namespace

GraphPtr draw(const AuditReport& report, const ReportStyle& style,
              const std::vector<ItemId>& items) {
  return Picture(report, style, items).draw();
}

}  // namespace tierline
