#include <fmt/format.h>

#include <vector>

#include "tierline/rule.h"
#include "tierline/text.h"

namespace tierline {
namespace {

constexpr RuleOption least_services = {
    .name = "least-services",
    .standard = 5,
    .least = 1,
    .meaning = "the live services from which on a source is a catalogue",
};

/// The live services of a source.
struct Count {
  std::uint32_t services = 0;
  std::uint32_t customer_facing = 0;
  std::uint32_t unknown = 0;
};

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  std::vector<Count> counts(inventory.sources().size());
  for (const ItemId item : inventory.items()) {
    if (inventory.is_service(item) && inventory.is_live(item)) {
      Count& count = counts[inventory.source_of(item)];
      ++count.services;
      count.customer_facing += inventory.is_customer_facing(item) ? 1U : 0U;
      count.unknown += inventory.facing(item) == Facing::unknown ? 1U : 0U;
    }
  }
  const std::uint32_t least = facts.option(least_services.name);
  for (std::uint32_t source = 0; source < counts.size(); ++source) {
    const Count& count = counts[source];
    if (count.services < least || count.customer_facing > 0) {
      continue;
    }
    if (count.unknown > 0) {
      facts.cannot_judge("nothing says whom some services face");
    } else {
      facts.add(SubjectKind::source, source, {count.services});
    }
  }
}

void word(const FactView& fact, Finding& finding) {
  const std::uint64_t services = fact.evidence()[0];
  finding.message =
      fmt::format("none of its {} faces customers", count_of(services, "live service"));
  finding.evidence = {{"serviceCount", services}};
}

const Register<Rule> rule{{
    .id = "catalogue-limited-to-it",
    .title = "Catalogue holds supporting services only",
    .severity = Severity::medium,
    .certainty = Certainty::assumes_complete_export,
    .set = RuleSet::all,
    .rationale = "Services exist for customers. A catalogue that lists only what IT provides to "
                 "itself cannot say what any of it is for, or what may be stopped.",
    .definition = "A source with at least 5 live services (`least-services`), none of which faces "
                  "customers.",
    .remedy = "Add the services that customers, inside or outside, know by name, and what they "
              "rely on.",
    .tiers = {},
    .population = Population::tables,
    .needs = {Need::services},
    .inputs = {},
    .concludes_from_absence_of = Absence::item,
    .options = {least_services},
    .check = check,
    .word = word,
}};

}  // namespace
}  // namespace tierline
