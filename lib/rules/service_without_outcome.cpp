#include <fmt/format.h>

#include "analysis/stated.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

constexpr RuleOption least_words = {
    .name = "least-words",
    .standard = 3,
    .least = 1,
    .most = 1000,
    .meaning = "the words from which on a description says something",
};

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  const std::uint32_t fewest = facts.option(least_words.name);
  const Stated descriptions(inventory, RuleInput::description);
  for (const ItemId item : inventory.items()) {
    if (inventory.is_customer_facing(item) && descriptions.can_judge(item, facts) &&
        inventory.detail(item, RuleInput::description) < fewest) {
      facts.add(item);
    }
  }
}

void word(const FactView& fact, Finding& finding) {
  const std::uint32_t words = fact.inventory().detail(fact.item(), RuleInput::description);
  finding.message =
      words == 0 ? "faces customers, and nothing says what they get from it"
                 : fmt::format("faces customers, and {} all that is said of what they get from it",
                               words == 1   ? std::string("one word is")
                               : words == 2 ? std::string("two words are")
                                            : fmt::format("{} words are", words));
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
    .definition = "A live customer-facing service whose description has fewer than three words "
                  "(`least-words`). "
                  "Not judged where the export has no descriptions.",
    .remedy = "Say in a sentence what a customer can do with it that they could not do before.",
    .tiers = {Tier::service},
    .concerns = concerns,
    .needs = {Need::services},
    .inputs = {},
    .details = {RuleInput::description},
    .options = {least_words},
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
