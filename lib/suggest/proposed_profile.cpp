#include "suggest/proposed_profile.h"

#include <rapidjson/prettywriter.h>

#include <string_view>
#include <utility>

#include "tierline/json_buffer.h"
#include "tierline/utf8.h"

namespace tierline {
namespace {

class ProposalWriter {
 public:
  ProposalWriter() : writer_(buffer_) {
    writer_.SetIndent(' ', 2);
    writer_.SetFormatOptions(rapidjson::kFormatSingleLineArray);
  }

  std::string write(const ProposedProfile& proposal) {
    writer_.StartObject();
    member("profile", std::string_view("mine"));
    member("title", proposal.title);
    member("description", proposal.description);
    if (!proposal.placeholders.empty()) {
      key("owners");
      writer_.StartObject();
      member("placeholders", proposal.placeholders);
      writer_.EndObject();
    }
    member("tableFields", proposal.table_fields);
    member("recordsAt", proposal.records_at);
    member("nestedRecords", proposal.nested_records);
    list("records", proposal.records);
    list("relationTypes", proposal.relation_types);
    writer_.EndObject();
    return std::string(buffer_.GetString(), buffer_.GetSize()) + '\n';
  }

 private:
  void key(std::string_view name) {
    writer_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
  }
  /// A table may be called after a file, whose name may be of any bytes.
  void write(std::string_view value) {
    const std::string text = repair_utf8(value);
    writer_.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  }
  void member(std::string_view name, std::string_view text) {
    if (!text.empty()) {
      key(name);
      write(text);
    }
  }
  void flag(std::string_view name, bool holds) {
    if (holds) {
      key(name);
      writer_.Bool(true);
    }
  }
  /// A list of one is written as its element.
  template <typename Element>
  void member(std::string_view name, const std::vector<Element>& elements) {
    if (elements.size() == 1) {
      key(name);
      write(elements.front());
    } else {
      list(name, elements);
    }
  }

  template <typename Element>
  void list(std::string_view name, const std::vector<Element>& elements) {
    if (elements.empty()) {
      return;
    }
    key(name);
    writer_.StartArray();
    for (const Element& element : elements) {
      write(element);
    }
    writer_.EndArray();
  }

  void write(const ProposedCase& one) {
    writer_.StartObject();
    member("is", one.is);
    if (!one.when_field.empty()) {
      key("when");
      writer_.StartObject();
      key("field");
      writer_.StartObject();
      member(one.when_field, one.when_texts);
      writer_.EndObject();
      writer_.EndObject();
    }
    member("field", one.field);
    if (one.is.empty()) {
      key("values");
      writer_.StartObject();
      for (const auto& [meaning, texts] : one.values) {
        member(meaning, texts);
      }
      writer_.EndObject();
    }
    writer_.EndObject();
  }

  void write_members(const ProposedEnd& end) {
    member("field", end.field);
    member("separator", end.separator);
    member("after", end.after);
    member("until", end.until);
  }
  /// Its field alone, where there is nothing more to say.
  void member(std::string_view name, const ProposedEnd& end) {
    if (end.field.empty() || (end.separator + end.after + end.until).empty()) {
      member(name, std::string_view(end.field));
      return;
    }
    key(name);
    writer_.StartObject();
    write_members(end);
    writer_.EndObject();
  }

  void write(const ProposedParty& party) {
    writer_.StartObject();
    write_members(party);
    member("pointsTo", party.points_to);
    writer_.EndObject();
  }

  void write(const ProposedRelation& relation) {
    writer_.StartObject();
    member("kind", relation.kind);
    member("each", relation.each);
    ProposedEnd end = relation.end;
    const std::string separator = std::exchange(end.separator, {});
    member(relation.names_first ? "from" : "to", end);
    member("separator", separator);
    member("fromTiers", std::string_view(relation.is_portfolio ? "portfolio" : ""));
    writer_.EndObject();
  }

  void write(const ProposedType& type) {
    writer_.StartObject();
    member("name", type.name);
    member("kind", type.kind);
    flag("reversed", type.reversed);
    writer_.EndObject();
  }

  void write(const ProposedRecord& record) {
    writer_.StartObject();
    member("as", record.as);
    member("tables", record.tables);
    member("fields", record.fields);
    member("id", record.id);
    member("name", record.name);
    member("class", record.item_class);
    member("tier", record.tier);
    member("facing", record.facing);
    member("state", record.state);
    member("criticality", record.criticality);
    member("environment", record.environment);
    member("updated", record.updated);
    member("accountable", record.accountable);
    member("operates", record.operates);
    member("candidates", record.candidates);
    member("relations", record.relations);
    member("from", record.from);
    member("to", record.to);
    member("type", record.type);
    member("aliases", record.aliases);
    member("kind", record.party_kind);
    member("kind", record.kind);
    write_active(record);
    member("until", record.until);
    member("leads", record.leads);
    writer_.EndObject();
  }

  void write_active(const ProposedRecord& record) {
    if (!record.active.empty()) {
      key("active");
      writer_.StartObject();
      member("field", record.active);
      member("inactive", record.inactive);
      writer_.EndObject();
    }
  }

  JsonBuffer buffer_;
  rapidjson::PrettyWriter<JsonBuffer> writer_;
};

}  // namespace

std::string to_json(const ProposedProfile& proposal) {
  return ProposalWriter().write(proposal);
}

}  // namespace tierline
