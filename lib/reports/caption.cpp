#include "reports/caption.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "reports/palette.h"
#include "tierline/text.h"

namespace tierline {
namespace {

constexpr const char* signs =
    "Arrow: relies on. Diamond: contains (dashed), serves what it contains (dotted). "
    "Red: a relation with a finding.";

std::string swatch(std::string_view name, NodeColors colors) {
  return fmt::format(
      "<td border=\"1\" style=\"rounded\" width=\"{}\" bgcolor=\"{}\" color=\"{}\">{}</td>",
      9 * name.size(), colors.fill, colors.border, name);
}

std::string legend() {
  return fmt::format(
      "<table border=\"0\" cellborder=\"0\" cellspacing=\"6\" cellpadding=\"6\"><tr>"
      "<td>Services:</td>{}{}{}{}"
      "<td border=\"1\" style=\"dashed\" width=\"80\" color=\"{}\">no owner</td>"
      "<td border=\"1\" style=\"dotted\" width=\"150\" color=\"#555555\">retired or planned</td>"
      "<td>! rule with a finding</td></tr></table>",
      swatch("external", external_colors), swatch("internal", internal_colors),
      swatch("supporting", supporting_colors), swatch("supports nobody", orphan_colors), alarm);
}

/// How much of the estate the picture shows.
std::string extent(const AuditReport& report, const ReportStyle& style,
                   const std::vector<ItemId>& items) {
  const std::size_t all = report.inventory.item_count();
  if (items.size() == all) {
    return fmt::format("Drawn: all there is, {}.", count_of(items.size(), "item"));
  }
  const std::set<ItemId> drawn(items.begin(), items.end());
  std::size_t about_items = 0;
  std::size_t shown = 0;
  report.each_fact([&](const FactView& fact) {
    const ItemId item = fact.item();
    about_items += item != no_item ? 1U : 0U;
    shown += item != no_item && drawn.contains(item) ? 1U : 0U;
  });
  return fmt::format("Drawn: {} of {}, {}; {} of {} about items.", with_thousands(items.size()),
                     count_of(all, "item"),
                     style.subject.focus == no_item ? "those with findings first, worst first"
                                                    : "what stands nearest to the focus",
                     with_thousands(shown), count_of(about_items, "finding"));
}

/// What was read, and the gravest of what was left open, in one line.
std::string basis(const Ledger& ledger) {
  constexpr std::size_t shown = 3;
  std::string line = fmt::format("From {}", count_of(ledger.files, "file"));
  const std::vector<Gap> gaps = gaps_in(ledger);
  for (std::size_t i = 0; i < std::min(gaps.size(), shown); ++i) {
    line += "; " + gaps[i].what;
  }
  return gaps.size() > shown
             ? fmt::format("{}; and {}.", line, count_of(gaps.size() - shown, "more gap"))
             : line + '.';
}

}  // namespace

std::string caption(const AuditReport& report, const ReportStyle& style,
                    const std::vector<ItemId>& items) {
  return fmt::format(
      "<table border=\"0\" cellborder=\"0\"><tr><td align=\"left\">{}</td></tr>"
      "<tr><td align=\"left\">{}</td></tr><tr><td align=\"left\">{} As of {}.</td></tr>"
      "<tr><td align=\"left\">{}</td></tr></table>",
      legend(), signs, extent(report, style, items), report.run.as_of, basis(report.ledger));
}

}  // namespace tierline
