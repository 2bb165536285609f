#include "suggest/proposed_profile.h"

#include <rapidjson/prettywriter.h>

#include <string_view>
#include <utility>

#include "tierline/json_writer.h"

namespace tierline {
namespace {

class ProposalWriter : JsonMembers<rapidjson::PrettyWriter<JsonBuffer>> {
 public:
  ProposalWriter() : JsonMembers(writer_), writer_(buffer_) {
    writer_.SetIndent(' ', 2);
    writer_.SetFormatOptions(rapidjson::kFormatSingleLineArray);
  }

  std::string write(const ProposedProfile& proposal) {
    object([&] {
      member("profile", "mine");
      member("title", proposal.title);
      member("description", proposal.description);
      if (!proposal.placeholders.empty()) {
        object("owners", [&] { member("placeholders", proposal.placeholders); });
      }
      member("tableFields", proposal.table_fields);
      member("recordsAt", proposal.records_at);
      member("nestedRecords", proposal.nested_records);
      members("records", proposal.records);
      members("relationTypes", proposal.relation_types);
    });
    return std::string(buffer_.GetString(), buffer_.GetSize()) + '\n';
  }

 private:
  // What is empty is left out.

  void member(std::string_view name, std::string_view value) {
    if (!value.empty()) {
      text(name, value);
    }
  }
  /// A list of one is written as its element.
  template <typename Element>
  void member(std::string_view name, const std::vector<Element>& elements) {
    if (elements.size() == 1) {
      key(name);
      write(elements.front());
    } else {
      members(name, elements);
    }
  }
  template <typename Element>
  void members(std::string_view name, const std::vector<Element>& elements) {
    if (!elements.empty()) {
      list(name, elements, [&](const Element& element) { write(element); });
    }
  }
  /// Its field alone, where there is nothing more to say.
  void member(std::string_view name, const ProposedEnd& end) {
    if (end.field.empty() || (end.separator + end.after + end.until).empty()) {
      member(name, end.field);
    } else {
      object(name, [&] { write_members(end); });
    }
  }

  void write(std::string_view value) { text(value); }

  void write(const ProposedCase& one) {
    object([&] {
      member("is", one.is);
      if (!one.when_field.empty()) {
        object("when", [&] { object("field", [&] { member(one.when_field, one.when_texts); }); });
      }
      member("field", one.field);
      if (one.is.empty()) {
        object("values", [&] {
          for (const auto& [meaning, texts] : one.values) {
            member(meaning, texts);
          }
        });
      }
    });
  }

  void write_members(const ProposedEnd& end) {
    member("field", end.field);
    member("separator", end.separator);
    member("after", end.after);
    member("until", end.until);
  }

  void write(const ProposedParty& party) {
    object([&] {
      write_members(party);
      member("pointsTo", party.points_to);
    });
  }

  void write(const ProposedRelation& relation) {
    object([&] {
      member("kind", relation.kind);
      member("each", relation.each);
      ProposedEnd end = relation.end;
      const std::string separator = std::exchange(end.separator, {});
      member(relation.names_first ? "from" : "to", end);
      member("separator", separator);
      member("fromTiers", relation.is_portfolio ? "portfolio" : "");
    });
  }

  void write(const ProposedType& type) {
    object([&] {
      member("name", type.name);
      member("kind", type.kind);
      if (type.reversed) {
        flag("reversed", true);
      }
    });
  }

  void write(const ProposedRecord& record) {
    object([&] {
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
      if (!record.active.empty()) {
        object("active", [&] {
          member("field", record.active);
          member("inactive", record.inactive);
        });
      }
      member("until", record.until);
      member("leads", record.leads);
    });
  }

  JsonBuffer buffer_;
  rapidjson::PrettyWriter<JsonBuffer> writer_;
};

}  // namespace

std::string to_json(const ProposedProfile& proposal) {
  return ProposalWriter().write(proposal);
}

}  // namespace tierline
