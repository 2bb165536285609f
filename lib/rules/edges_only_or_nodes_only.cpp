#include "tierline/rule.h"

namespace tierline {
namespace {

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  for (std::size_t source = 0; source < inventory.sources().size(); ++source) {
    const SourceShape& shape = estate.reach.shapes[source];
    if (!shape.nodes_only() && !shape.edges_only()) {
      continue;
    }
    facts.add(SubjectKind::file, static_cast<std::uint32_t>(source),
              {shape.edges_only() ? 1U : 0U, static_cast<std::uint32_t>(shape.items),
               static_cast<std::uint32_t>(shape.relation_records)});
  }
}

void word(const FactView& fact, Finding& finding) {
  const bool edges_only = fact.evidence()[0] != 0;
  finding.subject.id = finding.subject.name = fact.inventory().sources()[fact.subject()];
  finding.subject.attributes = {{"lacks", edges_only ? "items" : "relations"}};
  finding.message = edges_only
                        ? "none of its relations has an end among its items"
                        : "no relation connects two of its items, but for membership in portfolios";
  finding.evidence = {{"itemCount", std::uint64_t{fact.evidence()[1]}},
                      {"relationCount", std::uint64_t{fact.evidence()[2]}}};
}

std::string brief(const FactView& fact) {
  return fact.evidence()[0] != 0 ? "has relations, but no items" : "has items, but no relations";
}

const Register<Rule> rule{{
    .id = "edges-only-or-nodes-only",
    .title = "Export has items or relations only",
    .severity = Severity::high,
    .certainty = Certainty::proven,
    .rationale = "Without relations nothing relies on anything, and every supporting service would "
                 "look like an orphan; without items, relations lead nowhere.",
    .definition =
        "A source with items and no relation between them but membership in portfolios, or "
        "with relations none of whose ends is an item.",
    .remedy = "Add the table that is missing (ServiceNow: cmdb_rel_ci, svc_ci_assoc and the parent "
              "fields; or the tables of configuration items).",
    .tiers = {},
    .population = Population::tables,
    .needs = {},
    .inputs = {},
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
