// Explanations for programs, by explanation.schema.json.

#include <span>
#include <string>

#include "analysis/wording.h"
#include "reports/subject.h"
#include "support/documents.h"
#include "tierline/explain.h"
#include "tierline/json_writer.h"

namespace tierline {
namespace {

class Writer : JsonText {
 public:
  explicit Writer(const AuditReport& report) : report_(report), inventory_(report.inventory) {}

  std::string write(const Answers& answers) {
    json_.StartObject();
    key("schemaVersion");
    json_.Int(1);
    key("tool");
    json_.StartObject();
    text("name", "tierline");
    text("version", report_.run.version);
    json_.EndObject();
    text("asOf", report_.run.as_of);
    list("items", answers.items, [&](const ItemExplanation& one) { explain(one); });
    list("parties", answers.parties, [&](const PartyExplanation& one) { explain(one); });
    list("findings", answers.findings, [&](const FactView& fact) { finding(fact); });
    json_.EndObject();
    return line();
  }

 private:
  void item(ItemId item) {
    json_.StartObject();
    text("id", inventory_.id(item));
    text("name", inventory_.name(item));
    text("tier", to_string(inventory_.tier(item)));
    text("class", inventory_.class_name(item));
    text("source", inventory_.source(item));
    text("state", to_string(inventory_.state(item)));
    if (inventory_.is_service(item)) {
      text("facing", to_string(inventory_.facing(item)));
    }
    texts("owners", labels_of(inventory_, inventory_.owners(item)));
    text_if_any("vendor", inventory_.vendor(item));
    text_if_any("link", report_.link_to(item));
    json_.EndObject();
  }

  void text_if_any(std::string_view name, std::string_view value) {
    if (!value.empty()) {
      text(name, value);
    }
  }

  /// How to reach a party.
  void contact(PartyId party) {
    text_if_any("email", inventory_.contact(party).email);
    text_if_any("phone", inventory_.contact(party).phone);
  }

  void reachable(PartyId party) {
    json_.StartObject();
    text("name", label(inventory_.party(party)));
    contact(party);
    json_.EndObject();
  }

  void explain(const ItemExplanation& one) {
    json_.StartObject();
    key("item");
    item(one.item);
    list("owners", one.owners, [&](PartyId owner) { reachable(owner); });
    text("ownerFields", one.owner_fields);
    flag("ownerExported", one.can_have_owner);
    list("candidates", one.candidates, [&](const OwnerCandidate& candidate) {
      json_.StartObject();
      text("name", label(inventory_.party(candidate.party)));
      contact(candidate.party);
      text("reason", candidate.reason);
      json_.EndObject();
    });
    list("holders", one.holders, [&](ItemId holder) { item(holder); });
    number("servedCount", one.served_count);
    list("served", one.served, [&](const ServedService& service) {
      json_.StartObject();
      text("facing", to_string(service.facing));
      list("path", service.path, [&](ItemId step) { item(step); });
      json_.EndObject();
    });
    key("standsOn");
    json_.StartObject();
    for (std::size_t tier = 0; tier < tier_count; ++tier) {
      some_of(to_string(static_cast<Tier>(tier)), one.foundations[tier]);
    }
    json_.EndObject();
    some_of("holds", one.held);
    list("findings", one.findings, [&](const FactView& fact) { finding(fact); });
    list("notJudged", one.not_judged, [&](const NotEvaluated* reason) {
      json_.StartObject();
      text("rule", reason->rule->id);
      text("reason", reason->reason);
      json_.EndObject();
    });
    json_.EndObject();
  }

  void some_of(std::string_view name, const Foundation& items) {
    key(name);
    json_.StartObject();
    number("count", items.count);
    number("shared", items.shared);
    list("nearest", items.nearest, [&](ItemId one) { item(one); });
    json_.EndObject();
  }

  void explain(const PartyExplanation& one) {
    const Party& party = inventory_.party(one.party);
    json_.StartObject();
    text("id", party.id);
    text("name", party.name);
    flag("known", party.known);
    flag("active", party.active);
    contact(one.party);
    const PartyDetails& details = inventory_.details(one.party);
    if (party.kind == PartyKind::group && details.lead != no_party) {
      key("lead");
      reachable(details.lead);
    }
    if (const auto& members = inventory_.contact(one.party).members; !members.empty()) {
      list("members", members, [&](PartyId member) { reachable(member); });
    }
    list("owns", one.owned, [&](ItemId owned) { item(owned); });
    list("runs", one.operated, [&](ItemId operated) { item(operated); });
    list("findings", one.findings, [&](const FactView& fact) { finding(fact); });
    json_.EndObject();
  }

  void finding(const FactView& fact) {
    const Finding one = word(fact);
    json_.StartObject();
    text("rule", one.rule->id);
    text("severity", to_string(one.severity));
    text("fingerprint", one.fingerprint);
    text("subject", subject_name(report_, one.subject));
    text("message", one.message);
    text("brief", brief(fact));
    text("rationale", one.rule->rationale);
    text("definition", one.rule->definition);
    text("remedy", one.rule->remedy);
    json_.EndObject();
  }

  const AuditReport& report_;
  const Inventory& inventory_;
};

}  // namespace

std::string explanation_json(const AuditReport& report, const Answers& answers) {
  return Writer(report).write(answers);
}

std::string_view explanation_schema() {
  return embedded_explanation_schema();
}

}  // namespace tierline
