#include "profile/record_reader.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "profile/item_reader.h"
#include "profile/party_reader.h"
#include "profile/record_reader_context.h"
#include "profile/relation_reader.h"

namespace tierline {
namespace {

const Words record_words = {"item",         "relation", "party",   "assignment", "membership",
                            "relationType", "class",    "failure", "ignore"};

/// In the order of these words.
enum class As : std::uint8_t {
  item,
  relation,
  party,
  assignment,
  membership,
  relation_type,
  item_class,
  failure,
  ignore
};

class RecordReader {
 public:
  RecordReader(FieldTable& fields, CompiledProfile& profile) : context_(fields, profile) {}

  void read(const JsonNode& node) {
    RecordDef record;
    const auto word = node.require("as");
    const As as = word ? static_cast<As>(word->word(record_words)) : As::ignore;
    allow_members(node, as);
    record.tables = patterns(node.find("tables"));
    record.fields = context_.fields.slots(node.find("fields"));
    const bool is_told = !record.tables.empty() || !record.fields.empty();
    const bool has_when = as == As::ignore && node.find("when");
    if (is_told && has_when) {
      node.fail("is told by 'when' alone, or by 'tables' and 'fields'");
    } else if (!is_told && !has_when) {
      node.fail("needs 'tables' or 'fields' to be told by");
    }
    read_as(as, node, record);
    note_essentials(record);
    note_fields_used(record);
    CompiledProfile& profile = context_.profile;
    profile.records.push_back(std::move(record));
    std::ranges::move(std::exchange(context_.implied, {}), std::back_inserter(profile.records));
  }

  void finish() { items_.finish(); }

 private:
  static void allow_members(const JsonNode& node, As as) {
    switch (as) {
      case As::item:
        return node.allow(
            {"as",         "tables",     "fields",      "id",          "name",
             "class",      "source",     "updated",     "environment", "tier",
             "facing",     "state",      "criticality", "accountable", "operates",
             "candidates", "assignedIn", "aliases",     "correlation", "cost",
             "relations",  "manager",    "delegate",    "seen",        "attested",
             "reviewed",   "ends",       "description", "customers",   "membersNeeded",
             "strongKeys", "vendor",     "link"});
      case As::relation:
        return node.allow({"as", "tables", "fields", "id", "source", "from", "to", "type", "kind",
                           "reversed", "membership", "fromClass", "toClass", "fromTiers", "toTiers",
                           "relations"});
      case As::assignment:
        return node.allow({"as", "tables", "fields", "item", "party", "role"});
      case As::party:
        return node.allow({"as", "tables", "fields", "id", "name", "aliases", "source", "kind",
                           "active", "until", "leads", "title", "manager", "organisation",
                           "employment", "phone", "members", "memberOf"});
      case As::membership:
        return node.allow({"as", "tables", "fields", "group", "member"});
      case As::relation_type:
        return node.allow({"as", "tables", "fields", "id", "name"});
      case As::item_class:
        return node.allow({"as", "tables", "fields", "id", "name", "label", "extends"});
      case As::failure:
        return node.allow({"as", "tables", "fields", "message"});
      case As::ignore:
        return node.allow({"as", "tables", "fields", "when", "notice"});
    }
  }

  void read_as(As as, const JsonNode& node, RecordDef& record) {
    switch (as) {
      case As::item:
        return items_.read(node, record);
      case As::relation:
        return relations_.read(node, record);
      case As::party:
        return parties_.read(node, record);
      case As::assignment:
        return parties_.read_assignment(node, record);
      case As::membership:
        return parties_.read_membership(node, record);
      case As::relation_type:
        record.kind = TypeNameDef{};
        record.id = context_.fields.slots(node.require("id"));
        record.name = context_.fields.slots(node.require("name"));
        return;
      case As::item_class:
        return read_class(node, record);
      case As::failure:
        record.kind = FailureDef{context_.fields.slots(node.require("message"))};
        return;
      case As::ignore:
        return read_ignored(node, record);
    }
  }

  void note_fields_used(RecordDef& record) {
    FieldTable& fields = context_.fields;
    record.fields_used = fields.take_used();
    context_.profile.always_selected |= record.fields_used;
    record.fields_used |= std::exchange(context_.used_for_details, {});
    record.derived = fields.take_derived();
    std::ranges::copy(context_.profile.class_derived, std::back_inserter(record.derived));
    std::ranges::sort(record.derived);
    record.derived.erase(std::unique(record.derived.begin(), record.derived.end()),
                         record.derived.end());
  }

  void note_essentials(RecordDef& record) const {
    for (const std::vector<Slot>* slots : {&record.id, &record.name}) {
      for (const Slot slot : *slots) {
        note_essential(slot, record);
      }
    }
    if (record.is<RelationRowDef>()) {
      for (const std::uint32_t number : record.relations) {
        const RelationDef& def = context_.profile.relation_defs[number];
        for (const std::optional<EndDef>& end : {def.from, def.to}) {
          note_essential(end, record);
        }
      }
    }
    if (record.is<AssignmentDef>()) {
      note_essential(record.of<AssignmentDef>().assigned_item, record);
    }
  }

  void note_essential(const std::optional<EndDef>& end, RecordDef& record) const {
    if (end && end->slot) {
      note_essential(*end->slot, record);
    }
  }

  /// A field that is made from others is there when they are.
  void note_essential(Slot slot, RecordDef& record) const {
    const auto made = std::ranges::find(context_.profile.derived, slot, &DerivedField::slot);
    if (made == context_.profile.derived.end()) {
      record.essentials.set(slot);
      return;
    }
    for (const TextPart& part : made->text) {
      if (part.slot) {
        record.essentials.set(*part.slot);
      }
    }
  }

  void read_class(const JsonNode& node, RecordDef& record) {
    record.id = context_.fields.slots(node.find("id"));
    record.name = context_.fields.slots(node.require("name"));
    ClassNameDef def;
    def.label = context_.fields.slots(node.find("label"));
    def.extends = context_.fields.slot(node.require("extends"));
    record.kind = std::move(def);
  }

  void read_ignored(const JsonNode& node, RecordDef& record) {
    auto& def = record.kind.emplace<IgnoredDef>();
    if (const auto notice = node.find("notice")) {
      def.notice = notice->name();
    }
    const auto when = node.find("when");
    if (!when) {
      return;
    }
    when->allow({"field", "same"});
    if (const auto tests = when->find("field")) {
      def.when = context_.field_tests(*tests);
    }
    def.same = context_.fields.slots(when->find("same"));
    if (def.same.size() == 1 || (def.when.empty() && def.same.empty())) {
      when->fail("needs 'field', or two fields or more in 'same'");
    }
    context_.profile.ignored_by_field.push_back(
        static_cast<std::uint32_t>(context_.profile.records.size()));
  }

  RecordReaderContext context_;
  RelationReader relations_{context_};
  ItemReader items_{context_, relations_};
  PartyReader parties_{context_};
};

}  // namespace

void read_records(const JsonNode& records, FieldTable& fields, CompiledProfile& profile) {
  RecordReader reader(fields, profile);
  for (const JsonNode& record : records.elements()) {
    reader.read(record);
  }
  reader.finish();
}

}  // namespace tierline
