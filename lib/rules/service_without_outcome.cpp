#include <fmt/format.h>

#include "analysis/stated.h"
#include "support/text.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

constexpr std::uint32_t fewest_words = 3;

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  const Stated descriptions(inventory, Input::description);
  for (const ItemId item : inventory.items()) {
    if (inventory.is_customer_facing(item) && descriptions.can_judge(item, facts) &&
        inventory.detail(item, Input::description) < fewest_words) {
      facts.add(item);
    }
  }
}

void word(const FactView& fact, Finding& finding) {
  const std::uint32_t words = fact.inventory().detail(fact.item(), Input::description);
  finding.message =
      words == 0 ? "faces customers, and nothing says what they get from it"
                 : fmt::format("faces customers, and {} all that is said of what they get from it",
                               words == 1 ? "one word is" : "two words are");
  finding.evidence = {{"wordCount", std::uint64_t{words}}};
}

std::string brief(const FactView& /*fact*/) {
  return "nothing says what customers get from it";
}

/// Those that face customers.
bool concerns(const Inventory& inventory, ItemId item) {
  return inventory.is_customer_facing(item);
}

const Register<Rule> rule{{
    .id = "service-without-outcome",
    .title = "Nothing says what customers get from the service",
    .severity = Severity::low,
    .certainty = Certainty::proven,
    .confidence = Confidence::hint,
    .set = RuleSet::all,
    .rationale = "A service is what it does for somebody. Where that is not written down, each "
                 "reads something else into its name, and nobody can say whether it is good.",
    .definition = "A live customer-facing service whose description has fewer than three words. "
                  "Not judged where the export has no descriptions.",
    .remedy = "Say in a sentence what a customer can do with it that they could not do before.",
    .tiers = {Tier::service},
    .concerns = concerns,
    .needs = {Need::services},
    .inputs = {},
    .details = {Input::description},
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
