#include <fmt/format.h>

#include <vector>

#include "analysis/wording.h"
#include "tierline/rule.h"
#include "tierline/text.h"

namespace tierline {
namespace {

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  for (const OwnerConflict& conflict : inventory.owner_conflicts()) {
    if (!inventory.is_live(conflict.item)) {
      continue;
    }
    if (!conflict.is_certain) {
      facts.undetermined(conflict.item, "an owner is in no table: who it is, nobody knows");
      continue;
    }
    facts.add(conflict.item, {conflict.sources[0], facts.keep(numbers_of(conflict.owners[0])),
                              conflict.sources[1], facts.keep(numbers_of(conflict.owners[1]))});
  }
}

void word(const FactView& fact, Finding& finding) {
  const Inventory& inventory = fact.inventory();
  const auto source = [&](std::size_t i) { return inventory.sources()[fact.evidence()[2 * i]]; };
  const auto owners = [&](std::size_t i) {
    return labels_of(inventory, parties_of(fact.list(fact.evidence()[2 * i + 1])));
  };
  finding.message =
      fmt::format("is owned by {} as {} says, and by {} as {} says", name_list(owners(0)),
                  shortened(source(0)), name_list(owners(1)), shortened(source(1)));
  finding.evidence = {{"owners", owners(0)},
                      {"otherOwners", owners(1)},
                      {"sources", std::vector<std::string>{source(0), source(1)}}};
}

std::string brief(const FactView& /*fact*/) {
  return "two sources name different owners";
}

const Register<Rule> rule{{
    .id = "owner-conflict",
    .title = "Two sources name different owners",
    .severity = Severity::medium,
    .certainty = Certainty::proven,
    .rationale = "Each source is right for those who read it. When it matters, two are called, and "
                 "each says that it is the other.",
    .definition =
        "A live item that several sources describe, as their correlation says, and whose owners in "
        "two of them have neither a name nor an address in common, whatever the case of the "
        "letters. In each source, the first accountable field that is filled in counts. "
        "Undetermined where an owner is in no table and is told by no address.",
    .remedy = "Agree on one of them, and correct the other source.",
    .tiers = {Tier::portfolio, Tier::service, Tier::system, Tier::component},
    .needs = {},
    .inputs = {},
    .details = {RuleInput::correlation},
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
