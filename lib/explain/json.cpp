// Explanations for programs, by explanation.schema.json.

#include <rapidjson/writer.h>

#include <span>
#include <string>

#include "analysis/wording.h"
#include "documents.h"
#include "support/json_value.h"
#include "tierline/explain.h"

namespace tierline {
namespace {

class Writer {
 public:
  explicit Writer(const AuditReport& report)
      : report_(report), inventory_(report.inventory), json_(buffer_) {}

  std::string write(const Answers& answers) {
    json_.StartObject();
    json_.Key("schemaVersion");
    json_.Int(1);
    json_.Key("tool");
    json_.StartObject();
    text("name", "tierline");
    text("version", report_.run.version);
    json_.EndObject();
    text("asOf", report_.run.as_of);
    list("items", answers.items, [&](const ItemExplanation& one) { explain(one); });
    list("parties", answers.parties, [&](const PartyExplanation& one) { explain(one); });
    list("findings", answers.findings, [&](const FactView& fact) { finding(fact); });
    json_.EndObject();
    return std::string(buffer_.GetString(), buffer_.GetSize()) + "\n";
  }

 private:
  void text(std::string_view value) { write_text(json_, value); }
  void text(const char* name, std::string_view value) {
    json_.Key(name);
    text(value);
  }
  void number(const char* name, std::uint64_t value) {
    json_.Key(name);
    json_.Uint64(value);
  }
  template <typename Range, typename Write>
  void list(const char* name, const Range& range, Write write) {
    json_.Key(name);
    json_.StartArray();
    for (const auto& one : range) {
      write(one);
    }
    json_.EndArray();
  }

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
    list("owners", labels_of(inventory_, inventory_.owners(item)),
         [&](const std::string& owner) { text(owner); });
    json_.EndObject();
  }

  void explain(const ItemExplanation& one) {
    json_.StartObject();
    json_.Key("item");
    item(one.item);
    text("ownerFields", one.owner_fields);
    json_.Key("ownerExported");
    json_.Bool(one.can_have_owner);
    list("candidates", one.candidates, [&](const OwnerCandidate& candidate) {
      json_.StartObject();
      text("name", label(inventory_.party(candidate.party)));
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
    json_.Key("standsOn");
    json_.StartObject();
    for (std::size_t tier = 0; tier < tier_count; ++tier) {
      some_of(std::string(to_string(static_cast<Tier>(tier))).c_str(), one.foundations[tier]);
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

  void some_of(const char* name, const Foundation& items) {
    json_.Key(name);
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
    json_.Key("known");
    json_.Bool(party.known);
    json_.Key("active");
    json_.Bool(party.active);
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
    text("subject",
         one.subject.item == no_item ? one.subject.name : inventory_.label(one.subject.item));
    text("message", one.message);
    text("brief", brief(fact));
    text("rationale", one.rule->rationale);
    text("definition", one.rule->definition);
    text("remedy", one.rule->remedy);
    json_.EndObject();
  }

  const AuditReport& report_;
  const Inventory& inventory_;
  JsonBuffer buffer_;
  rapidjson::Writer<JsonBuffer> json_;
};

}  // namespace

std::string explanation_json(const AuditReport& report, const Answers& answers) {
  return Writer(report).write(answers);
}

std::string_view explanation_schema() {
  return embedded_explanation_schema();
}

}  // namespace tierline
