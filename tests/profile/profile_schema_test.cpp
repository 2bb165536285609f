#include <gmock/gmock.h>
#include <rapidjson/document.h>
#include <rapidjson/writer.h>

#include <filesystem>

#include "json_schema.h"
#include "run_tool.h"
#include "scratch.h"
#include "tierline/json_buffer.h"
#include "tierline/profile.h"

namespace tierline {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

std::vector<std::string> errors_of(std::string_view document) {
  return schema_errors(profile_schema(), document);
}

/// Why the reader refuses a document: `/records/0/as: 'thing' is none of ...`; empty when it takes
/// it.
std::string refusal_of(std::string_view document) {
  const auto profile = Profile::parse(document, "mine.json");
  return profile ? std::string() : profile.error().message;
}

/// A document with these members and right records.
std::string with_records(const std::string& members) {
  return R"({"records": {"as": "ignore", "tables": "t"}, )" + members + "}";
}

/// A right profile with these members besides.
std::string with(const std::string& members) {
  return R"({"profile": "mine", "title": "Mine", "records": {"as": "item", "tables": "things",
             "id": "id"}, )" +
         members + "}";
}

/// A right profile whose only record is this one.
std::string record(const std::string& members) {
  return R"({"profile": "mine", "title": "Mine", "records": [{)" + members + "}]}";
}

/// A right profile with these members in its item.
std::string item(const std::string& members) {
  return record(R"("as": "item", "tables": "things", "id": "id", )" + members);
}

/// A right profile whose only record is a relation with these members.
std::string row(const std::string& members) {
  return record(R"("as": "relation", "tables": "links", )" + members);
}

std::string party(const std::string& members) {
  return record(R"("as": "party", "tables": "people", "id": "id", )" + members);
}

std::string type(const std::string& members) {
  return with(R"("relationTypes": [{)" + members + "}]");
}

std::string a_class(const std::string& members) {
  return with(R"("classes": {"server": {)" + members + "}}");
}

/// The same list many times over.
std::string list_of(int count, const std::string& name) {
  std::string list = "[";
  for (int i = 0; i < count; ++i) {
    list += (i == 0 ? "\"" : ", \"") + name + (name.ends_with('-') ? std::to_string(i) : "") + '"';
  }
  return list + "]";
}

struct Wrong {
  std::string document;
  std::string refusal;  ///< How the reader begins to say what is wrong, and where.
};

/// What both the schema and the reader refuse.
std::vector<Wrong> wrong_profiles() {
  return {
      // The document as a whole.
      {"[]", "expected an object"},
      {"null", "expected an object"},
      {with_records(R"("title": "Mine")"), "'profile' is missing"},
      {with_records(R"("profile": "mine")"), "'title' is missing"},
      {R"({"profile": "mine", "title": "Mine"})", "'records' is missing"},
      {with_records(R"("profile": 1, "title": "Mine")"), "/profile: expected a text"},
      {with_records(R"("profile": "my own", "title": "Mine")"),
       "/profile: expected a word of small"},
      {with_records(R"("profile": "Größe", "title": "Mine")"),
       "/profile: expected a word of small"},
      {with_records(R"("profile": "", "title": "Mine")"), "/profile: expected a word of small"},
      {with_records(R"("profile": "mine", "title": "")"),
       "/title: expected a text that is not empty"},
      {with(R"("description": ["Mine"])"), "/description: expected a text"},
      {with(R"("owner": {})"), "/owner: unknown member (did you mean 'owners'?)"},
      {with(R"("Values": {})"), "/Values: unknown member (did you mean 'values'?)"},
      // How fields and values are written.
      {with(R"("owners": [])"), "/owners: expected an object"},
      {with(R"("owners": null)"), "/owners: expected an object"},
      {with(R"("owners": {"policies": "team"})"), "/owners/policies: unknown member"},
      {with(R"("owners": {"policy": "group"})"), "/owners/policy: 'group' is none of person, team"},
      {with(R"("owners": {"placeholders": ["tbd", 0]})"),
       "/owners/placeholders/1: expected a text"},
      {with(R"("owners": {"placeholders": []})"),
       "/owners/placeholders: expected at least one element"},
      {with(R"("owners": {"itOrganisations": []})"),
       "/owners/itOrganisations: expected at least one element"},
      {item(R"("seen": [])"), "/records/0/seen: expected at least one element"},
      {item(R"("ends": true)"), "/records/0/ends: expected a text"},
      {item(R"("title": "title")"), "/records/0/title: unknown member"},
      {party(R"("employment": {"is": "boss"})"), "/records/0/employment/is: 'boss' is none of"},
      {party(R"("organisation": [])"), "/records/0/organisation: expected at least one element"},
      {with(R"("values": "value")"), "/values: expected an object"},
      {with(R"("values": {"store": "value"})"),
       "/values/store: unknown member (did you mean 'stored'?)"},
      {with(R"("values": {"stored": ["value"]})"), "/values/stored: expected a text"},
      {with(R"("values": {"label": null})"), "/values/label: expected a text"},
      {with(R"("values": {"labelField": "display"})"), "/values/labelField: needs one '*'"},
      {with(R"("values": {"labelField": ["dv_*", "*_*"]})"), "/values/labelField/1: needs one '*'"},
      {with(R"("values": {"labelField": {"dv": "*"}})"), "/values/labelField: expected a text"},
      {with(R"("under": [["attributes"]])"), "/under/0: expected a text"},
      {with(R"("under": [])"), "/under: expected at least one element"},
      {with(R"("aliases": ["crit"])"), "/aliases: expected an object"},
      {with(R"("aliases": {"criticality": 1})"), "/aliases/criticality: expected a text"},
      {with(R"("labels": {"Owned by": ["owned_by"]})"), "/labels/Owned by: expected a text"},
      {with(R"("tableFields": {"sys_class_name": true})"),
       "/tableFields/sys_class_name: unknown member"},
      {with(R"("recordsAt": "data.items")"), "/recordsAt: 'data.items' is no path"},
      {with(R"("recordsAt": ["$.a", "$[0]"])"), "/recordsAt/1: '$[0]' is no path"},
      {with(R"("nestedRecords": "a.b")"), "/nestedRecords: needs the name of a member"},
      {with(R"("nestedRecords": ".*")"), "/nestedRecords: needs the name of a member"},
      {with(R"("pairs": {"list": "a", "name": "n"})"), "/pairs: 'value' is missing"},
      {with(R"("pairs": {"list": "a", "value": "v"})"), "/pairs: 'name' is missing"},
      {with(R"("pairs": {"name": "n", "value": "v"})"), "/pairs: 'list' is missing"},
      {with(R"("pairs": [{"list": "a", "name": "n", "value": "v"}, {}])"),
       "/pairs/1: 'list' is missing"},
      {with(R"("pairs": {"list": "a", "name": "n", "value": "v", "of": "x"})"),
       "/pairs/of: unknown member"},
      {with(R"("dates": "year first")"), "/dates: 'year first' is none of day first, month first"},
      {with(R"("values": {"nothing": [""]})"), "/values/nothing/0: expected a text that is not"},
      {with(R"("truncation": 10000)"), "/truncation: expected an object"},
      {with(R"("truncation": {"cap": 10000})"), "/truncation/cap: unknown member"},
      {with(R"("truncation": {"caps": 0})"), "/truncation/caps: expected a whole number above 0"},
      {with(R"("truncation": {"caps": "10000"})"), "/truncation/caps: expected a whole number"},
      {with(R"("truncation": {"caps": [10000, -1]})"),
       "/truncation/caps/1: expected a whole number"},
      {with(R"("truncation": {"caps": [0.5]})"), "/truncation/caps/0: expected a whole number"},
      {with(R"("truncation": {"remarks": [1]})"), "/truncation/remarks/0: expected a text"},
      {with(R"("supportingServicesServeWhatTheyContain": "yes")"),
       "/supportingServicesServeWhatTheyContain: expected true or false"},
      // Classes.
      {with(R"("classes": [{"tier": "system"}])"), "/classes: expected an object"},
      {with(R"("classes": {"server": "component"})"), "/classes/server: expected an object"},
      {a_class(R"("level": "component")"), "/classes/server/level: unknown member"},
      {a_class(R"("tier": "components")"),
       "/classes/server/tier: 'components' is none of portfolio, service, system, component (did "
       "you mean 'component'?)"},
      {a_class(R"("tier": "unmapped")"), "/classes/server/tier: 'unmapped' is none of"},
      {a_class(R"("offering": "true")"), "/classes/server/offering: expected true or false"},
      {a_class(R"("membersNeeded": 0)"),
       "/classes/server/membersNeeded: expected a whole number above 0"},
      {a_class(R"("labels": {"en": "Server"})"), "/classes/server/labels: expected a text"},
      {a_class(R"("extends": ["computer"])"), "/classes/server/extends: expected a text"},
      {a_class(R"("extends": " ")"), "/classes/server/extends: expected a text that is not empty"},
      {with(R"("classes": {" ": {"tier": "system"}})"), "/classes/ : a class has to have a name"},
      // Types of relations.
      {with(R"("relationTypes": {"calls": "needs"})"), "/relationTypes/calls: unknown member"},
      {type(R"("kind": "needs")"), "/relationTypes/0: 'name' is missing"},
      {type(R"("name": "calls")"), "/relationTypes/0: 'kind' is missing"},
      {type(R"("name": "calls", "kind": "need")"),
       "/relationTypes/0/kind: 'need' is none of needs, contains, data, step, agreement, other "
       "(did you mean 'needs'?)"},
      {type(R"("name": "calls", "kind": "unknown")"), "/relationTypes/0/kind: 'unknown' is none"},
      {with(R"("relationTypes": [])"), "/relationTypes: expected at least one element"},
      {type(R"("name": ["calls"], "kind": "needs")"), "/relationTypes/0/name: expected a text"},
      {type(R"("name": "calls", "kind": "needs", "id": "7")"),
       "/relationTypes/0/id: unknown member (did you mean 'ids'?)"},
      {type(R"("name": "calls", "kind": "needs", "ids": [7])"),
       "/relationTypes/0/ids/0: expected a text"},
      {type(R"("name": "calls", "kind": "needs", "reversed": 1)"),
       "/relationTypes/0/reversed: expected true or false"},
      {type(R"("name": "calls", "kind": "needs", "membership": null)"),
       "/relationTypes/0/membership: expected true or false"},
      {type(R"("name": "calls", "kind": "needs", "fromClass": {"is": "server"})"),
       "/relationTypes/0/fromClass: expected a text"},
      // Records.
      {R"({"profile": "mine", "title": "Mine", "records": []})",
       "/records: expected at least one element"},
      {R"({"profile": "mine", "title": "Mine", "records": "items"})",
       "/records: expected an object"},
      {R"({"profile": "mine", "title": "Mine", "records": [{"as": "ignore", "tables": "t"}, 1]})",
       "/records/1: expected an object"},
      {record(R"("tables": "things", "id": "id")"), "/records/0: 'as' is missing"},
      {record(R"("as": "items", "tables": "things", "id": "id")"),
       "/records/0/as: 'items' is none of item, relation, party, assignment, membership, "
       "relationType, class, failure, ignore (did you mean 'item'?)"},
      {record(R"("as": "item", "id": "id")"),
       "/records/0: needs 'tables' or 'fields' to be told by"},
      {record(R"("as": "item", "tables": [], "fields": "id", "id": "id")"),
       "/records/0/tables: expected at least one element"},
      {record(R"("as": "item", "tables": "", "id": "id")"),
       "/records/0/tables: expected a text that is not empty"},
      {record(R"("as": "item", "tables": "things")"), "/records/0: needs 'id' or 'name'"},
      {record(R"("as": "item", "tables": "things", "id": "")"),
       "/records/0/id: expected a text that is not empty"},
      {record(R"("as": "item", "tables": "things", "id": [], "name": "name")"),
       "/records/0/id: expected at least one element"},
      {record(R"("as": "party", "tables": "people")"), "/records/0: needs 'id' or 'name'"},
      {record(R"("as": "relationType", "tables": "types", "name": "name")"),
       "/records/0: 'id' is missing"},
      {record(R"("as": "class", "tables": "kinds", "extends": "base")"),
       "/records/0: 'name' is missing"},
      {record(R"("as": "class", "tables": "kinds", "name": "name")"),
       "/records/0: 'extends' is missing"},
      {record(R"("as": "class", "tables": "kinds", "name": "name", "extends": ["a", "b"])"),
       "/records/0/extends: expected a text"},
      {record(R"("as": "failure", "tables": "error")"), "/records/0: 'message' is missing"},
      {record(R"("as": "failure", "tables": "error", "message": [])"),
       "/records/0/message: expected at least one element"},
      // Members that another kind of record has.
      {item(R"("aliases": true)"), "/records/0/aliases: expected a text"},
      {item(R"("correlation": ["a", "b"])"), "/records/0/correlation: expected a text"},
      {item(R"("cost": {"currency": "EUR"})"), "/records/0/cost: 'field' is missing"},
      {item(R"("cost": {"field": "price", "decimal": ";"})"),
       "/records/0/cost/decimal: ';' is none of"},
      {item(R"("cost": {"field": "price", "per": "month"})"),
       "/records/0/cost/per: unknown member"},
      {item(R"("kind": {"is": "person"})"), "/records/0/kind: unknown member"},
      {party(R"("tier": {"is": "system"})"), "/records/0/tier: unknown member"},
      {party(R"("relations": {"kind": "needs", "to": "boss"})"),
       "/records/0/relations: unknown member"},
      {record(R"("as": "ignore", "tables": "t", "id": "id")"), "/records/0/id: unknown member"},
      {record(R"("as": "ignore", "table": "sys_choice")"),
       "/records/0/table: unknown member (did you mean 'tables'?)"},
      {record(R"("as": "ignore", "tables": [7])"), "/records/0/tables/0: expected a text"},
      {record(R"("as": "ignore")"), "/records/0: needs 'tables' or 'fields' to be told by"},
      {record(R"("as": "ignore", "when": {})"),
       "/records/0/when: needs 'field', or two fields or more in 'same'"},
      {record(R"("as": "ignore", "when": {"field": {}})"),
       "/records/0/when/field: expected at least one member"},
      {record(R"("as": "ignore", "when": {"field": {" ": "x"}})"),
       "/records/0/when/field/ : a field has to have a name"},
      {record(R"("as": "ignore", "when": {"field": {"a": []}})"),
       "/records/0/when/field/a: expected at least one element"},
      {record(R"("as": "ignore", "when": {"field": {"a": "x"}, "class": "c"})"),
       "/records/0/when/class: unknown member"},
      {record(R"("as": "ignore", "tables": "t", "when": {"field": {"a": "x"}})"),
       "/records/0: is told by 'when' alone, or by 'tables' and 'fields'"},
      {record(R"("as": "ignore", "tables": "t", "notice": "")"),
       "/records/0/notice: expected a text that is not empty"},
      {item(R"("when": {"field": {"a": "x"}})"), "/records/0/when: unknown member"},
      {item(R"("owner": "owned_by")"), "/records/0/owner: unknown member"},
      {item(R"("name": {"text": "name"})"), "/records/0/name/text: unknown member"},
      {item(R"("name": {"separator": ";"})"), "/records/0/name: 'field' is missing"},
      {item(R"("name": {"field": "name", "until": ""})"),
       "/records/0/name/until: expected a text that is not empty"},
      {item(R"("name": {"field": "name", "lowercase": "yes"})"),
       "/records/0/name/lowercase: expected true or false"},
      {item(R"("name": {"field": "name", "prefixes": {"ends": ":"}})"),
       "/records/0/name/prefixes: 'otherwise' is missing"},
      {item(R"("name": {"field": "name", "prefixes": []})"),
       "/records/0/name/prefixes: expected at least one element"},
      {item(R"("source": ["source"])"), "/records/0/source: expected a text"},
      {item(R"("updated": ["changed", "created"])"), "/records/0/updated: expected a text"},
      {item(R"("environment": [null])"), "/records/0/environment/0: expected a text"},
      // Owners and the like.
      {item(R"("accountable": 1)"), "/records/0/accountable: expected a text"},
      {item(R"("accountable": {"name": "owner"})"), "/records/0/accountable/name: unknown member"},
      {item(R"("accountable": {"separator": ";"})"), "/records/0/accountable: 'field' is missing"},
      {item(R"("operates": ["group", {"field": ["a"]}])"),
       "/records/0/operates/1/field: expected a text"},
      {item(R"("operates": {"field": "group", "pointsTo": "team"})"),
       "/records/0/operates/pointsTo: 'team' is none of person, group"},
      {item(R"("candidates": {"field": "contacts", "separator": true})"),
       "/records/0/candidates/separator: expected a text"},
      // Cases.
      {item(R"("tier": "service")"), "/records/0/tier: expected an object"},
      {item(R"("tier": {"is": "services"})"),
       "/records/0/tier/is: 'services' is none of portfolio, service, system, component"},
      {item(R"("facing": {"is": "unknown"})"), "/records/0/facing/is: 'unknown' is none of"},
      {item(R"("state": [{"is": "live"}, {"is": "dead"}])"),
       "/records/0/state/1/is: 'dead' is none of planned, live, retiring, retired"},
      {item(R"("criticality": {"is": 1})"), "/records/0/criticality/is: expected a text"},
      {item(R"("criticality": {"is": "5"})"), "/records/0/criticality/is: '5' is none of"},
      {item(R"("state": {})"), "/records/0/state: needs either 'is' or 'field' with 'values'"},
      {item(R"("state": {"is": "live", "field": "status", "values": {"retired": "6"}})"),
       "/records/0/state: needs either 'is' or 'field' with 'values'"},
      {item(R"("facing": {"is": "internal", "sameAs": "parent"})"),
       "/records/0/facing: needs either 'is', 'sameAs' or 'field' with 'values'"},
      {item(R"("state": {"sameAs": "parent"})"), "/records/0/state/sameAs: unknown member"},
      {item(R"("state": {"field": "status"})"), "/records/0/state: 'values' is missing"},
      {item(R"("state": {"values": {"live": "1"}})"), "/records/0/state: 'field' is missing"},
      {item(R"("state": {"field": "status", "values": ["live"]})"),
       "/records/0/state/values: expected an object"},
      {item(R"("state": {"field": "status", "values": {"living": "1"}})"),
       "/records/0/state/values/living: 'living' is none of planned, live, retiring, retired"},
      {item(R"("state": {"field": "status", "values": {"live": 1}})"),
       "/records/0/state/values/live: expected a text"},
      {item(R"("state": {"field": "status", "value": {"live": "1"}})"),
       "/records/0/state/value: unknown member (did you mean 'values'?)"},
      {item(R"("facing": {"sameAs": 7})"), "/records/0/facing/sameAs: expected a text"},
      {item(R"("tier": {"is": "system", "when": "always"})"),
       "/records/0/tier/when: expected an object"},
      {item(R"("tier": {"is": "system", "when": {"fields": {}}})"),
       "/records/0/tier/when/fields: unknown member (did you mean 'field'?)"},
      {item(R"("tier": {"is": "system", "when": {"field": "kind"}})"),
       "/records/0/tier/when/field: expected an object"},
      {item(R"("tier": {"is": "system", "when": {"field": {"kind": 1}}})"),
       "/records/0/tier/when/field/kind: expected a text"},
      {item(R"("tier": {"is": "system", "when": {"field": {"": "a"}}})"),
       "/records/0/tier/when/field/: a field has to have a name"},
      {item(R"("tier": {"is": "system", "when": {"class": []}})"),
       "/records/0/tier/when/class: expected at least one element"},
      {item(R"("tier": {"is": "system", "when": {"class": {}}})"),
       "/records/0/tier/when/class: expected a text"},
      // Relations of items.
      {item(R"("relations": "parent")"), "/records/0/relations: expected an object"},
      {item(R"("relations": {"kind": "needs"})"),
       "/records/0/relations: needs either 'from' or 'to': the other end is"},
      {item(R"("relations": {"kind": "needs", "from": "a", "to": "b"})"),
       "/records/0/relations: needs either 'from' or 'to': the other end is"},
      {item(R"("relations": [{"to": "uses"}])"), "/records/0/relations/0: needs 'kind' or 'type'"},
      {item(R"("relations": {"type": "verb", "to": "uses", "reversed": true})"),
       "/records/0/relations/reversed: goes with 'kind', which is missing"},
      {item(R"("relations": {"kind": "uses", "to": "uses"})"),
       "/records/0/relations/kind: 'uses' is none of"},
      {item(R"("relations": {"kind": "needs", "to": ["uses", "calls"]})"),
       "/records/0/relations/to: expected a text"},
      {item(R"("relations": {"kind": "needs", "to": "uses", "via": "x"})"),
       "/records/0/relations/via: unknown member"},
      {item(R"("relations": {"kind": "needs", "to": "uses", "toTiers": ["servers"]})"),
       "/records/0/relations/toTiers/0: 'servers' is none of"},
      {item(R"("relations": {"kind": "needs", "to": "uses", "fromTiers": true})"),
       "/records/0/relations/fromTiers: expected a text"},
      {item(R"("relations": {"kind": "needs", "each": ["uses"], "to": "id"})"),
       "/records/0/relations/each: expected a text"},
      // Rows that are relations.
      {row(R"("kind": "needs", "from": "a")"), "/records/0: 'to' is missing"},
      {row(R"("kind": "needs", "to": "b")"), "/records/0: 'from' is missing"},
      {row(R"("from": "a", "to": "b")"), "/records/0: needs 'kind' or 'type'"},
      {row(R"("type": "verb", "from": "a", "to": "b", "membership": true)"),
       "/records/0/membership: goes with 'kind', which is missing"},
      {row(R"("from": "a", "to": "b", "type": {"fields": "type"})"),
       "/records/0/type/fields: unknown member"},
      {row(R"("kind": "needs", "from": "a", "to": "b", "id": ["key", "row"])"),
       "/records/0/id: expected a text"},
      {row(R"("kind": "needs", "from": "a", "to": "b", "name": "label")"),
       "/records/0/name: unknown member"},
      {row(R"("kind": "needs", "from": "a", "to": "b", "each": "links")"),
       "/records/0/each: unknown member"},
      {row(R"("kind": "needs", "from": "a", "to": "b", "separator": ";")"),
       "/records/0/separator: unknown member"},
      // Parties.
      {party(R"("kind": "person")"), "/records/0/kind: expected an object"},
      {party(R"("kind": {"is": "team"})"), "/records/0/kind/is: 'team' is none of person, group"},
      {party(R"("kind": {"sameAs": "boss"})"), "/records/0/kind/sameAs: unknown member"},
      {party(R"("kind": {"is": "group", "when": {"field": {"type": "team"}}})"),
       "/records/0/kind/when: unknown member"},
      {party(R"("active": "active")"), "/records/0/active: expected an object"},
      {party(R"("active": {"field": "active"})"), "/records/0/active: 'inactive' is missing"},
      {party(R"("active": {"inactive": "false"})"), "/records/0/active: 'field' is missing"},
      {party(R"("active": {"field": "active", "inactive": false})"),
       "/records/0/active/inactive: expected a text"},
      {party(R"("active": {"field": "active", "inactive": ""})"),
       "/records/0/active/inactive: expected a text that is not empty"},
      {party(R"("active": {"field": "active", "inactive": "0", "active": "1"})"),
       "/records/0/active/active: unknown member"},
      {party(R"("until": ["left"])"), "/records/0/until: expected a text"},
      {party(R"("leads": {"fields": "lead"})"), "/records/0/leads/fields: unknown member"},
      // Tables that give items parties, and what else relations can say.
      {record(R"("as": "assignment", "fields": ["a", "b"], "item": "a", "party": "b")"),
       "/records/0: needs 'tables'"},
      {record(R"("as": "assignment", "tables": "duties", "item": "a", "party": ["b", "c"])"),
       "/records/0/party: names one field"},
      {record(R"("as": "assignment", "tables": "duties", "party": "b")"),
       "/records/0: 'item' is missing"},
      {record(R"("as": "assignment", "tables": "duties", "item": "a", "party": "b",
              "role": {"is": "owner"})"),
       "/records/0/role/is: 'owner' is none of accountable, operates, candidate"},
      {record(R"("as": "assignment", "tables": "duties", "item": "a", "party": "b",
              "role": {"field": "duty", "values": {"boss": "b"}})"),
       "/records/0/role/values/boss: 'boss' is none of"},
      {row(R"("relations": {"from": "a", "to": "b", "kind": "needs"}, "kind": "needs")"),
       "/records/0/kind: stands in the entries of 'relations'"},
      {row(R"("relations": {"from": "a", "kind": "needs"})"),
       "/records/0/relations: 'to' is missing"},
      {row(R"("from": "a", "to": "b", "kind": "needs", "reversed": {"way": "in"})"),
       "/records/0/reversed/way: unknown member"},
      {row(R"("from": "a", "to": "b", "kind": "needs", "reversed": {"field": {}})"),
       "/records/0/reversed/field: expected at least one member"},
      {item(
           R"("relations": {"kind": "needs", "to": {"field": "a", "implies": {"tier": "system"}}})"),
       "/records/0/relations/to/implies: 'class' is missing"},
      {item(R"("relations": {"kind": "needs",
            "to": {"field": "a", "implies": {"class": "x", "tier": "things"}}})"),
       "/records/0/relations/to/implies/tier: 'things' is none of"},
      {item(R"("relations": {"kind": "needs", "to": {"from": "a"}})"),
       "/records/0/relations/to/from: unknown member"},
      {party(R"("aliases": [1])"), "/records/0/aliases/0: expected a text"},
  };
}

/// What is odd, and right all the same.
std::vector<std::string> odd_profiles() {
  return {
      with(R"("$schema": "tierline:profile")"),
      with(R"("description": "")"),
      R"({"profile": "mine.v2_new-", "title": "Größe", "records": {"as": "ignore",
          "fields": "größe"}})",
      // Lists of one and empty objects.
      with(R"("owners": {})"),
      with(R"("owners": {"policy": "team", "placeholders": "n/a"})"),
      with(R"("values": {}, "aliases": {}, "labels": {}, "classes": {}, "truncation": {})"),
      with(R"("values": {"stored": "v", "label": "d", "link": "l", "labelField": "dv_*"})"),
      with(R"("values": {"labelField": ["*.name", "dv_*"]})"),
      with(R"("under": "attributes")"),
      with(R"("aliases": {"owner": "Owner", "spec.owner": ["a", "b"], "unused": "c"})"),
      with(R"("labels": {"Owned by": "owner", "Owner (e-mail) of it": "owner", "": "empty"})"),
      with(R"("tableFields": ["type", "meta.type"])"),
      with(R"("truncation": {"caps": 10000, "remarks": "*withheld*"})"),
      with(R"("supportingServicesServeWhatTheyContain": false)"),
      // Classes.
      a_class(""),
      a_class(R"("labels": "Server", "tier": "component", "offering": false)"),
      with(R"("classes": {"web server": {"extends": "Server"},
                           "linux_*": {"extends": "server"},
                           "linux_web": {"extends": "linux_web_server"},
                           "server": {"labels": ["Server", "Serveur"], "tier": "component"}})"),
      // Types of relations.
      with(R"("relationTypes": {"name": "calls", "kind": "needs"})"),
      type(R"("name": "calls", "kind": "needs", "ids": "7", "fromClass": "*")"),
      type(R"("name": "hosts", "kind": "contains", "toClass": "container"},
              {"name": "Hosts", "kind": "needs", "reversed": true, "membership": true)"),
      // Records.
      record(R"("as": "item", "tables": ["*"], "name": "name")"),
      record(R"("as": "item", "fields": ["a", "b"], "name": ["name"])"),
      record(R"("as": "ignore", "fields": "group")"),
      record(R"("as": "ignore", "when": {"field": {"@action": ["delete*", "gone"], "b": "*"}})"),
      record(R"("as": "ignore", "tables": "trash", "notice": "deleted records are left out")"),
      record(R"("as": "failure", "tables": "error", "message": "text")"),
      record(R"("as": "relationType", "tables": "types", "id": ["id", "key"], "name": "name")"),
      record(R"("as": "class", "tables": "t", "name": "name", "label": "b", "extends": "base")"),
      record(R"("as": "party", "tables": "people", "name": "name")"),
      item(R"("class": "type", "source": "estate", "updated": "at", "environment": "stage")"),
      // Owners and the like.
      item(R"("accountable": ["owner", {"field": "spec.owner"}])"),
      item(R"("operates": {"field": "groups", "separator": "", "pointsTo": "group"})"),
      item(R"("candidates": {"field": "contacts", "separator": " / ", "pointsTo": "person"})"),
      item(R"("accountable": )" + list_of(256, "owner")),
      item(R"("name": )" + list_of(255, "name-")),
      // Cases.
      item(R"("tier": {"is": "system"})"),
      item(R"("tier": {"is": "system", "when": {}})"),
      item(R"("tier": {"is": "system", "when": {"field": {}}})"),
      item(R"("tier": {"is": "system", "when": {"class": "app*", "field": {"kind": ["*"]}}})"),
      item(R"("state": {"field": "status", "values": {}})"),
      item(R"("state": {"field": "status", "values": {"live": ["1", "2"], "retired": "*"}})"),
      item(R"("criticality": [{"field": "crit", "values": {"1": "gold", "4": ["tin", "*"]}},
                              {"is": "3"}])"),
      item(R"("facing": {"sameAs": "parent", "when": {"class": "offering"}},
              "relations": {"kind": "contains", "from": "parent"})"),
      // Relations of items.
      item(R"("relations": {"kind": "needs", "to": "uses", "separator": ","})"),
      item(R"("relations": {"type": "verb", "to": "object"})"),
      item(R"("relations": {"type": "verb", "kind": "other", "reversed": false, "from": "a"})"),
      item(R"("relations": {"each": "links", "id": "key", "to": "target.id", "type": "type.name",
                            "fromClass": "source.class", "toClass": "target.class"})"),
      item(R"("relations": {"kind": "contains", "from": "parent", "fromTiers": "portfolio",
                            "toTiers": ["portfolio", "service"]})"),
      item(R"("relations": {"kind": "step", "to": "next"})"),
      // Rows that are relations.
      record(R"("as": "relation", "fields": ["a", "b"], "id": "key", "source": "estate",
                "kind": "agreement", "from": "a", "to": "b")"),
      row(R"("type": "verb", "from": "a", "to": "a")"),
      row(R"("type": "verb", "kind": "needs", "reversed": true, "membership": true, "from": "a",
             "to": "b", "fromClass": "ac", "toClass": "bc", "fromTiers": "service",
             "toTiers": ["system"])"),
      // Parties.
      party(R"("kind": {"is": "group"}, "leads": ["lead", "deputy"], "aliases": "mail")"),
      party(R"("kind": {"field": "type", "values": {"person": "*", "group": ["team"]}})"),
      party(R"("active": {"field": "active", "inactive": ["*gone*", "0"]}, "until": "left.on")"),
  };
}

/// What only the reader can see.
std::vector<Wrong> wrong_beyond_a_schema() {
  return {
      {with(R"("aliases": {"owner": ["boss"], "chief": ["boss"]})"),
       "/aliases/chief/0: 'boss' stands for 'owner' already"},
      {a_class(R"("extends": "computer")"),
       "/classes/server: extends 'computer', which is no class of this profile"},
      {a_class(R"("extends": "server")"),
       "/classes/server: the classes that it extends go round in a circle"},
      {with(R"("classes": {"a": {"extends": "B"}, "b": {"labels": "B", "extends": "a"}})"),
       "/classes/a: the classes that it extends go round in a circle"},
      {with(R"("classes": {"app_*": {"extends": "app_base"}})"),
       "/classes/app_*: the classes that it extends go round in a circle"},
      {with(R"("classes": {"a": {}, "A": {}})"), "/classes/A: 'A' names two classes"},
      {with(R"("classes": {"a": {}, "b": {"labels": "A"}})"),
       "/classes/b/labels: 'A' already names the class 'a'"},
      {with(R"("aliases": {"a": "b", "a": "c"})"), "/aliases/a: stands twice"},
      {type(
           R"("name": "a", "ids": "7", "kind": "needs"}, {"name": "b", "ids": "7", "kind": "data")"),
       "/relationTypes/1/ids: '7' is already an id of 'a'"},
      {item(R"("facing": {"sameAs": "a"}, "relations": {"kind": "needs", "to": "a"})"),
       "/records/0/facing/sameAs: no entry of 'relations' has this field as 'from'"},
      {item(R"("assignedIn": "duties")"),
       "/records/0/assignedIn: no entry of 'records' is an assignment of that table"},
      {item(R"("name": "{first} {last")"), "/records/0/name: a '{' without its '}'"},
      {item(R"("name": "{first|upper}")"), "/records/0/name: '|upper' is not known"},
      {item(R"("name": "{}")"), "/records/0/name: '{}' needs the name of a field"},
      {item(R"("relations": {"kind": "needs", "each": "uses", "to": "$key"})"),
       "/records/0/relations/to: '$key' goes with an 'each' that ends in '.*'"},
      {item(R"("relations": {"kind": "needs", "to": {"field": "a", "implies": {"class": "x"}}})"),
       "/records/0/relations/to/implies: needs 'tier'"},
      {item(R"("name": )" + list_of(256, "name-")),
       "/records/0/name/255: a profile can want 256 fields at most"},
      {item(R"("accountable": )" + list_of(257, "owner")),
       "/records/0/accountable/256: a profile can have 256 fields of parties at most"},
  };
}

TEST(ProfileSchema, IsASchemaThatExplainsEveryMember) {
  EXPECT_THAT(schema_flaws(profile_schema()), IsEmpty());
}

TEST(ProfileSchema, IsWhatTheProgramPrints) {
  EXPECT_EQ(run_tool({"schema", "profile"}).out, profile_schema());
}

TEST(ProfileSchema, DescribesTheBuiltInProfiles) {
  for (const Profile& profile : built_in_profiles()) {
    EXPECT_THAT(errors_of(profile.document()), IsEmpty()) << profile.id();
  }
}

TEST(ProfileSchema, DescribesEveryProfileOfTestsAndFixtures) {
  const fs::path root = TIERLINE_ROOT;
  for (const char* folder : {"tests", "fixtures"}) {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root / folder)) {
      const std::string path = entry.path().lexically_relative(root);
      const bool in_profiles =
          (path.starts_with("tests/profiles/") || (path.find("/language/") != std::string::npos &&
                                                   path.find("/export/") == std::string::npos)) &&
          path.ends_with(".json");
      if (in_profiles || path.ends_with(".profile.json")) {
        const std::string document = read_file(entry.path());
        EXPECT_THAT(errors_of(document), IsEmpty()) << path;
        EXPECT_EQ(refusal_of(document), "") << path;
      }
    }
  }
}

TEST(ProfileSchema, GivesAnExampleThatIsRight) {
  rapidjson::Document schema;
  schema.Parse(profile_schema().data(), profile_schema().size());
  ASSERT_GE(schema["examples"].Size(), 1U);
  for (const auto& example : schema["examples"].GetArray()) {
    JsonBuffer text;
    rapidjson::Writer<JsonBuffer> writer(text);
    example.Accept(writer);
    EXPECT_THAT(errors_of(text.GetString()), IsEmpty());
    EXPECT_EQ(refusal_of(text.GetString()), "");
  }
}

TEST(ProfileSchema, RefusesWhatTheReaderRefuses) {
  for (const Wrong& wrong : wrong_profiles()) {
    EXPECT_THAT(errors_of(wrong.document), Not(IsEmpty())) << wrong.document;
    EXPECT_THAT(refusal_of(wrong.document), StartsWith(wrong.refusal)) << wrong.document;
  }
}

TEST(ProfileSchema, TakesWhatIsOddAndRightAsTheReaderDoes) {
  for (const std::string& document : odd_profiles()) {
    EXPECT_THAT(errors_of(document), IsEmpty()) << document;
    EXPECT_EQ(refusal_of(document), "") << document;
  }
}

TEST(ProfileSchema, LeavesToTheReaderWhatNoSchemaCanSee) {
  for (const Wrong& wrong : wrong_beyond_a_schema()) {
    EXPECT_THAT(errors_of(wrong.document), IsEmpty()) << wrong.document;
    EXPECT_THAT(refusal_of(wrong.document), StartsWith(wrong.refusal)) << wrong.document;
  }
}

}  // namespace
}  // namespace tierline
