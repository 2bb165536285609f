// What an earlier run came to.

#include "tierline/baseline.h"

namespace tierline {

NightFigures figures_of(const Baseline& baseline) {
  NightFigures figures;
  figures.as_of = baseline.as_of;
  figures.coverage = baseline.coverage;
  for (const BaselineFinding& finding : baseline.findings) {
    ++figures.severities[static_cast<std::size_t>(finding.severity)];
  }
  return figures;
}

}  // namespace tierline
