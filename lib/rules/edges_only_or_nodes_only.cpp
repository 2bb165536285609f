#include "tierline/rule.h"

namespace tierline {
namespace {

void check(const Estate& estate, Findings& findings) {
  const Inventory& inventory = estate.inventory;
  for (std::size_t source = 0; source < inventory.sources().size(); ++source) {
    const SourceShape& shape = estate.reach.shapes[source];
    if (!shape.nodes_only() && !shape.edges_only()) {
      continue;
    }
    Subject subject;
    subject.kind = SubjectKind::file;
    subject.id = subject.name = inventory.sources()[source];
    subject.attributes = {{"lacks", shape.edges_only() ? "items" : "relations"}};
    findings.add(subject, {},
                 shape.edges_only()
                     ? "none of its relations has an end among its items"
                     : "no relation connects two of its items, but for membership in portfolios",
                 {{"itemCount", std::uint64_t{shape.items}},
                  {"relationCount", std::uint64_t{shape.relation_records}}});
  }
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
    .needs = {},
    .inputs = {},
    .check = check,
}};

}  // namespace
}  // namespace tierline
