// SVG: the map of an estate, or what stands around an item, between two, or around findings.

#include "pictures/map_picture.h"
#include "pictures/neighbourhood_picture.h"
#include "reports/picture.h"

namespace tierline {
namespace {

Status write(const AuditReport& report, const ReportStyle& style, Output& output) {
  if (style.by_graphviz) {
    return write_graphviz_svg(report, style, output);
  }
  if (is_neighbourhood(style.subject)) {
    auto around = neighbourhood_of(report, style);
    if (!around) {
      return std::move(around).error();
    }
    output.write(draw_neighbourhood(report, *around, style));
    return Done{};
  }
  auto map = map_of(report, style.subject);
  if (!map) {
    return std::move(map).error();
  }
  output.write(draw_map(std::move(*map), style));
  return Done{};
}

const Register<ReportFormat> format{
    {.id = "svg", .ending = ".svg", .is_picture = true, .write = write}};

}  // namespace
}  // namespace tierline
