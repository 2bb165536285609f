// The same estate gives the same findings, whatever shape ServiceNow exports it in.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <functional>

#include "profile/servicenow_estate.h"
#include "rules/from_files.h"
#include "tierline/text.h"

namespace tierline {
namespace {

using servicenow::Display;
using servicenow::Estate;
using servicenow::Headers;
using servicenow::Order;
using servicenow::Table;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr std::string_view estate_text = R"(
spm_service_portfolio (Service Portfolio) | name | owned_by > sys_user
Retail | Ann
Shared |

spm_taxonomy_node (Taxonomy Node) | name | service_portfolio > spm_service_portfolio | owned_by > sys_user
Sales | Retail | Ann

cmdb_ci_service_business (Business Service) | name | owned_by > sys_user | spm_taxonomy_node > spm_taxonomy_node | consumer_type | busines_criticality | operational_status
Shop    | Ann  | Sales | external = External | 1 - most critical     | 1 = Operational
Kiosk   | !Eve | Sales | external = External | 3 - less critical     | 6 = Retired
Payroll |      |       | internal = Internal | 2 - somewhat critical | 1 = Operational

cmdb_ci_service_technical (Technology Management Service) | name | owned_by > sys_user | spm_service_portfolio > spm_service_portfolio | operational_status
Backup  |     | Shared | 1 = Operational
Network | Bob | Shared | 1 = Operational

service_offering (Service Offering) | name | owned_by > sys_user | parent > cmdb_ci_service | service_classification | operational_status
Shop Gold | Default Owner | Shop | Business Service | 1 = Operational

cmdb_ci_service_auto (Application Service) | name | owned_by > sys_user | operational_status
Till   | !Eve | 1 = Operational
Scales |      | 1 = Operational

cmdb_ci_linux_server (Linux Server) | name | owned_by > sys_user | managed_by_group > sys_user_group | operational_status
web1 |     | Ops | 1 = Operational
web2 |     |     | 1 = Operational
web3 |     | Ops | 1 = Operational
old1 | Ann |     | 1 = Operational

cmdb_rel_ci (CI Relationship) | parent > cmdb_ci | type > cmdb_rel_type | child > cmdb_ci
Shop   | 1a9cb166f1571100a92eb60da2bce5c5 = Depends on::Used by     | Till
Shop   | 1a9cb166f1571100a92eb60da2bce5c5 = Depends on::Used by     | Till
Shop   | 1a9cb166f1571100a92eb60da2bce5c5 = Depends on::Used by     | Network
Kiosk  | 1a9cb166f1571100a92eb60da2bce5c5 = Depends on::Used by     | old1
Till   | 60bc4e22c0a8010e01f074cbe6bd73c3 = Runs on::Runs           | web1
Till   | Feeds::Fed by                                              | Scales
web1   | 1a9cb166f1571100a92eb60da2bce5c5 = Depends on::Used by     | web3
web3   | 1a9cb166f1571100a92eb60da2bce5c5 = Depends on::Used by     | web1
web1   | 1a9cb166f1571100a92eb60da2bce5c5 = Depends on::Used by     | !Gone
Backup | 55c95bf6c0a8010e0118ec7056ebc54d = Contains::Contained by  | web2

svc_ci_assoc (Service CI Association) | service_id > cmdb_ci_service_auto | ci_id > cmdb_ci
Till | Scales

cmdb_rel_type (CI Relation Type) | name | parent_descriptor | child_descriptor
Feeds::Fed by | Feeds | Fed by

sys_user (User) | name | user_name | active
Ann           | ann           | true
Bob           | bob           | false
Default Owner | default.owner | true

sys_user_group (Group) | name | manager > sys_user | active
Ops | Ann | true
)";

/// Every finding in a line: what is wrong with what, how bad, and under which identity.
std::vector<std::string> findings_of(const Given& estate) {
  std::vector<std::string> lines;
  for (const Finding& finding : estate.audit().findings()) {
    const bool is_item = finding.subject.kind == SubjectKind::item;
    lines.push_back(
        fmt::format("{} {} {}: {} [{}]", to_string(finding.severity), finding.rule->id,
                    is_item ? estate.inventory().label(finding.subject.item) : finding.subject.name,
                    finding.message, finding.fingerprint));
  }
  return lines;
}

/// Every rule that was not evaluated in a line, with the class or the reason.
std::vector<std::string> not_evaluated_of(const Given& estate) {
  std::vector<std::string> lines;
  for (const NotEvaluated& one : estate.audit().results.not_evaluated) {
    lines.push_back(fmt::format("{}: {}", one.rule->id, one.reason));
  }
  return lines;
}

using Export = std::vector<ExportFile>;

/// A file a table, each written by `write`.
template <typename Write>
Export by_table(const Estate& estate, const std::string& ending, Write write) {
  Export files;
  for (const Table& table : estate) {
    files.push_back({table.name + ending, write(table)});
  }
  return files;
}

/// A file an item, which has its relations in it; other tables as the Table API gives them.
template <typename Write>
Export by_item(const Estate& estate, Write write) {
  Export files;
  for (const Table& table : estate) {
    if (!table.holds_items() && table.name != "cmdb_rel_ci") {
      files.push_back({table.name + ".json", as_table_api(table, {Display::stored, true})});
    }
    for (const servicenow::Record& record : table.records) {
      if (table.holds_items()) {
        files.push_back({record.id + ".json", write(estate, table, record)});
      }
    }
  }
  return files;
}

Export table_api(const Estate& estate, Display display, bool links) {
  return by_table(estate, ".json", [&](const Table& table) {
    return as_table_api(table, {display, links});
  });
}

Export csv(const Estate& estate, Display display, Headers headers) {
  return by_table(estate, ".csv",
                  [&](const Table& table) { return as_csv(table, display, headers); });
}

Export rest_xml(const Estate& estate, Display display, bool links) {
  return by_table(estate, ".xml", [&](const Table& table) {
    return as_rest_xml(table, {display, links});
  });
}

struct Shape {
  const char* name;
  std::function<Export(const Estate&)> write;
};

void PrintTo(const Shape& shape, std::ostream* out) {
  *out << shape.name;
}

const Shape shapes[] = {
    {"TableApiStored", [](const Estate& e) { return table_api(e, Display::stored, true); }},
    {"TableApiStoredWithoutLinks",
     [](const Estate& e) { return table_api(e, Display::stored, false); }},
    {"TableApiLabels", [](const Estate& e) { return table_api(e, Display::labels, true); }},
    {"TableApiLabelsWithoutLinks",
     [](const Estate& e) { return table_api(e, Display::labels, false); }},
    {"TableApiBoth", [](const Estate& e) { return table_api(e, Display::both, true); }},
    {"TableApiBothWithoutLinks",
     [](const Estate& e) { return table_api(e, Display::both, false); }},
    {"ListJson",
     [](const Estate& e) {
       return by_table(e, ".json", [](const Table& t) { return as_list_json(t, false); });
     }},
    {"ListJsonWithDisplayValues",
     [](const Estate& e) {
       return by_table(e, ".json", [](const Table& t) { return as_list_json(t, true); });
     }},
    {"InstanceApi", [](const Estate& e) { return by_item(e, servicenow::as_instance); }},
    {"CsvStored", [](const Estate& e) { return csv(e, Display::stored, Headers::names); }},
    {"CsvLabels", [](const Estate& e) { return csv(e, Display::labels, Headers::names); }},
    {"CsvLabelsUnderLabels",
     [](const Estate& e) { return csv(e, Display::labels, Headers::labels); }},
    {"CsvStoredUnderLabels",
     [](const Estate& e) { return csv(e, Display::stored, Headers::labels); }},
    {"RestXmlStored", [](const Estate& e) { return rest_xml(e, Display::stored, true); }},
    {"RestXmlLabels", [](const Estate& e) { return rest_xml(e, Display::labels, true); }},
    {"RestXmlBoth", [](const Estate& e) { return rest_xml(e, Display::both, true); }},
    {"RestXmlBothWithoutLinks", [](const Estate& e) { return rest_xml(e, Display::both, false); }},
    {"XmlUnload",
     [](const Estate& e) {
       return Export{{"unload.xml", as_xml(e, "unload", Order::by_table)}};
     }},
    {"XmlUnloadOfTablesInTurns",
     [](const Estate& e) {
       return Export{{"unload.xml", as_xml(e, "unload", Order::in_turns)}};
     }},
    {"XmlOfAnAddress",
     [](const Estate& e) {
       return by_table(e, ".xml",
                       [](const Table& t) { return as_xml({t}, "xml", Order::by_table); });
     }},
};

class ServiceNowShape : public ::testing::TestWithParam<Shape> {};

INSTANTIATE_TEST_SUITE_P(, ServiceNowShape, ::testing::ValuesIn(shapes),
                         [](const auto& shape) { return std::string(shape.param.name); });

const Estate& estate() {
  static const Estate read = servicenow::read_estate(estate_text);
  return read;
}

const std::vector<std::string> without_departments = {
    "external-service-owned-by-it: no organisation of the export is IT by its name",
    "it-service-owned-outside-it: no organisation of the export is IT by its name"};

TEST(ServiceNowShapes, TheEstateHasFindingsOfManyKinds) {
  const Given given = from_files(table_api(estate(), Display::both, true));
  std::vector<std::string> found;
  for (const Finding& finding : given.audit().findings()) {
    const bool is_item = finding.subject.kind == SubjectKind::item;
    found.push_back(fmt::format(
        "{} {}", finding.rule->id,
        is_item ? given.inventory().label(finding.subject.item) : finding.subject.name));
  }
  EXPECT_THAT(
      found,
      ElementsAre("component-domain-owner-missing web2", "customer-facing-unsupported Payroll",
                  "dangling-edge web1 -> 476f6e65000000000000000000000000 (Depends on::Used by)",
                  "dependency-cycle web1 and web3",
                  "duplicate-edge Shop -> Till (Depends on::Used by)", "no-crisis-lead Payroll",
                  "orphan-component web2", "orphaned-supporting-service Backup",
                  "owner-dangling Till", "owner-inactive Network", "owner-missing Backup",
                  "owner-missing Payroll", "owner-missing Shop Gold",
                  "portfolio-owner-missing Shared", "retired-service-live-infrastructure old1",
                  "service-not-in-portfolio Payroll", "service-without-parts Network",
                  "system-owner-missing Scales", "unknown-relationship-type Feeds::Fed by"));
  EXPECT_THAT(not_evaluated_of(given), ElementsAreArray(without_departments));
}

TEST_P(ServiceNowShape, GivesTheSameFindings) {
  const Given best = from_files(table_api(estate(), Display::both, true));
  const Given given = from_files(GetParam().write(estate()));
  EXPECT_THAT(findings_of(given), ElementsAreArray(findings_of(best)));
  EXPECT_THAT(not_evaluated_of(given), ElementsAreArray(not_evaluated_of(best)));
}

// --- shapes that lack something

TEST(ServiceNowShapes, ServiceGraphAnswersGiveTheSameFindingsButForWhatNeedsRowIds) {
  const Given best = from_files(table_api(estate(), Display::both, true));
  const Given given = from_files(by_item(estate(), servicenow::as_service_graph));
  std::vector<std::string> expected = findings_of(best);
  std::erase_if(expected,
                [](const std::string& line) { return line.starts_with("low duplicate-edge "); });
  EXPECT_THAT(findings_of(given), ElementsAreArray(expected));
  std::vector<std::string> not_evaluated = without_departments;
  not_evaluated.insert(not_evaluated.begin(),
                       "duplicate-edge: relations have no row ids to tell them apart by");
  EXPECT_THAT(not_evaluated_of(given), ElementsAreArray(not_evaluated));
}

/// The estate without a field.
Estate without(std::string_view field) {
  Estate rest = estate();
  for (Table& table : rest) {
    for (std::size_t i = table.fields.size(); i-- > 0;) {
      if (table.fields[i].name == field) {
        table.fields.erase(table.fields.begin() + static_cast<std::ptrdiff_t>(i));
        for (servicenow::Record& record : table.records) {
          record.values.erase(record.values.begin() + static_cast<std::ptrdiff_t>(i));
        }
      }
    }
  }
  return rest;
}

/// Besides those that need departments, which the estate has none of.
std::vector<std::string> rules_not_evaluated(const Given& given) {
  std::vector<std::string> rules;
  for (const NotEvaluated& one : given.audit().results.not_evaluated) {
    const bool is_for_departments = one.rule->id == "external-service-owned-by-it" ||
                                    one.rule->id == "it-service-owned-outside-it";
    if (!is_for_departments && (rules.empty() || rules.back() != one.rule->id)) {
      rules.emplace_back(one.rule->id);
    }
  }
  return rules;
}

TEST(ServiceNowShapes, WithoutOwnersTheRulesThatNeedThemAreNotEvaluated) {
  const Given given = from_files(csv(without("owned_by"), Display::labels, Headers::labels));
  EXPECT_THAT(
      rules_not_evaluated(given),
      ElementsAre("component-domain-owner-missing", "no-crisis-lead", "owner-catch-all",
                  "owner-dangling", "owner-inactive", "owner-missing", "owner-not-single",
                  "portfolio-owner-missing", "shared-platform-unowned", "system-owner-missing"));
  EXPECT_THAT(given.subjects("owner-missing"), IsEmpty());
  EXPECT_THAT(given.subjects("field-not-exported"),
              Contains("owned_by or owner of cmdb_ci_service_business"));
}

TEST(ServiceNowShapes, WithoutUsersDanglingAndInactiveOwnersAreNotEvaluated) {
  Estate rest = estate();
  std::erase_if(rest, [](const Table& table) { return table.name.starts_with("sys_user"); });
  const Given given = from_files(table_api(rest, Display::both, true));
  EXPECT_THAT(rules_not_evaluated(given),
              ElementsAre("no-crisis-lead", "owner-dangling", "owner-inactive"));
}

/// A CSV of labels without the column of ids, which is how lists are exported by default.
std::string without_ids(const std::string& csv_text) {
  std::string rest;
  for (const std::string_view line : split(csv_text, "\r\n")) {
    rest += line.empty() ? "" : std::string(line.substr(line.find(',') + 1)) + "\r\n";
  }
  return rest;
}

TEST(ServiceNowShapes, ListsWithoutIdsGiveTheSameFindingsUnderOtherFingerprints) {
  const auto write = [](const Table& table) {
    return without_ids(as_csv(table, Display::labels, Headers::labels));
  };
  Estate rest = estate();
  std::erase_if(rest, [](const Table& table) { return table.name == "cmdb_rel_type"; });
  const Given given = from_files(by_table(rest, ".csv", write));
  const Given best = from_files(table_api(estate(), Display::both, true));
  for (const Rule* rule : Register<Rule>::all()) {
    SCOPED_TRACE(rule->id);
    if (rule->id != "duplicate-edge") {
      EXPECT_EQ(given.subjects(rule->id), best.subjects(rule->id));
    }
  }
  EXPECT_THAT(rules_not_evaluated(given), ElementsAre("duplicate-edge"));
}

TEST(ServiceNowShapes, LabelsOfSeveralItemsLoseTheirRelationsWithANotice) {
  const Estate twins = servicenow::read_estate(R"(
cmdb_ci_service_business (Business Service) | name | owned_by > sys_user
Shop | Ann

cmdb_ci_linux_server (Linux Server) | name | owned_by > sys_user
web | Ann

cmdb_ci_win_server (Windows Server) | name | owned_by > sys_user
web | Ann

cmdb_rel_ci (CI Relationship) | parent > cmdb_ci | type > cmdb_rel_type | child > cmdb_ci
Shop | 1a9cb166f1571100a92eb60da2bce5c5 = Depends on::Used by | web
)");
  Estate apart = twins;
  apart[2].records[0].id = servicenow::id_of("web of windows");
  const Given labels = from_files(table_api(apart, Display::labels, false));
  ASSERT_THAT(labels.inventory().notices(), Not(IsEmpty()));
  EXPECT_EQ(labels.inventory().notices()[0].kind, "ambiguous-reference");
  const Given links = from_files(table_api(apart, Display::labels, true));
  EXPECT_THAT(links.inventory().notices(), IsEmpty());
}

// --- one table in many files, several tables in one

TEST(ServiceNowShapes, PagesOfATableGiveTheSameFindings) {
  Export pages;
  for (const Table& table : estate()) {
    for (std::size_t i = 0; i < table.records.size(); ++i) {
      Table page = table;
      page.records = {table.records[i]};
      pages.push_back({fmt::format("{}_{:03}.json", table.name, i + 1),
                       as_table_api(page, {Display::stored, true})});
    }
  }
  EXPECT_THAT(findings_of(from_files(pages)),
              ElementsAreArray(findings_of(from_files(table_api(estate(), Display::both, true)))));
}

TEST(ServiceNowShapes, PagesOfATableMayBeNamedAsPeopleNameThem) {
  for (const char* name : {"cmdb_rel_ci.csv", "cmdb_rel_ci (2).csv", "cmdb_rel_ci-page3.csv",
                           "cmdb_rel_ci_2026-11-21.csv", "cmdb_rel_ci2.csv", "CMDB_REL_CI_p04.CSV",
                           "cmdb_rel_ci.part2.csv"}) {
    SCOPED_TRACE(name);
    const Given given =
        from_files({{"cmdb_ci_service_business.csv", "sys_id,name\na1,Shop\na2,Bank\n"},
                    {name, "sys_id,parent,child,type\nr1,a1,a2,Depends on::Used by\n"}});
    EXPECT_EQ(given.inventory().relation_count(), 1U);
  }
}

TEST(ServiceNowShapes, OneFileMayHoldSeveralTables) {
  const Given given = from_files(
      {{"everything.ndjson",
        R"({"table_name":"cmdb_ci_service_business","sys_id":"a1","name":"Shop","owned_by":"u1"})"
        "\n"
        R"({"table_name":"cmdb_ci_service_auto","sys_id":"a2","name":"Till","owned_by":"u1"})"
        "\n"
        R"({"table_name":"cmdb_rel_ci","sys_id":"r1","parent":"a1","child":"a2","type":"Depends on::Used by"})"
        "\n"
        R"({"table_name":"sys_user","sys_id":"u1","name":"Ann","user_name":"ann"})"
        "\n"}});
  EXPECT_EQ(given.inventory().item_count(), 2U);
  EXPECT_EQ(given.inventory().relation_count(), 1U);
  EXPECT_EQ(given.inventory().party_count(), 1U);
  EXPECT_EQ(given.inventory().tier(given.item("Till")), Tier::system);
}

TEST(ServiceNowShapes, WhatAnUnloadDeletesIsLeftOutWithANotice) {
  const Given given = from_files({{"unload.xml", R"(<unload>
<cmdb_ci_service_business action="INSERT_OR_UPDATE"><sys_id>a1</sys_id><name>Shop</name></cmdb_ci_service_business>
<cmdb_ci_service_business action="DELETE"><sys_id>a2</sys_id><name>Bank</name></cmdb_ci_service_business>
<cmdb_rel_ci action="delete"><sys_id>r1</sys_id><parent>a1</parent><child>a2</child></cmdb_rel_ci>
</unload>)"}});
  EXPECT_EQ(given.inventory().item_count(), 1U);
  EXPECT_EQ(given.inventory().relation_count(), 0U);
  ASSERT_EQ(given.inventory().notices().size(), 1U);
  const Notice& notice = given.inventory().notices()[0];
  EXPECT_EQ(notice.kind, "left-out");
  EXPECT_EQ(notice.message, "records of what was deleted (action=\"DELETE\") are left out");
  EXPECT_EQ(notice.place.line, 3U);
  EXPECT_EQ(notice.count, 2U);
}

TEST(ServiceNowShapes, ALargeUnloadMayBeginWithWhatIsOfNoUse) {
  std::string text = "<unload><sys_properties><value>1</value></sys_properties>\n";
  for (int i = 0; text.size() < 2'000'000; ++i) {
    text += fmt::format(
        "<cmdb_ci_linux_server><sys_id>a{0}</sys_id><name>web{0}</name></cmdb_ci_linux_server>\n",
        i);
  }
  const Given given = from_files({{"all.xml", text + "</unload>"}});
  EXPECT_GT(given.inventory().item_count(), 20'000U);
  ASSERT_EQ(given.inventory().notices().size(), 1U);
  EXPECT_EQ(given.inventory().notices()[0].kind, "unmapped-table");
}

TEST(ServiceNowShapes, AFullPageBeforeOneThatIsNotIsNotCutOff) {
  std::string full = "sys_id,name,sys_class_name\n";
  for (int i = 0; i < 10'000; ++i) {
    full += fmt::format("a{0},web{0},cmdb_ci_linux_server\n", i);
  }
  const ExportFile first = {"cmdb_ci_server_1.csv", full};
  const ExportFile second = {"cmdb_ci_server_2.csv",
                             "sys_id,name,sys_class_name\nb1,web,cmdb_ci_linux_server\n"};
  EXPECT_THAT(from_files({first}).subjects("export-truncated"), ElementsAre("cmdb_ci_server"));
  EXPECT_THAT(from_files({first, second}).subjects("export-truncated"), IsEmpty());
}

TEST(ServiceNowShapes, APageThatLacksTheOwnersLeavesItsItemsUnjudged) {
  const Given given = from_files(
      {{"cmdb_ci_service_business_1.csv", "sys_id,name,owned_by\na1,Shop,\na2,Bank,Ann\n"},
       {"cmdb_ci_service_business_2.csv", "sys_id,name\na3,Mail\na4,Chat\n"}});
  EXPECT_THAT(given.subjects("owner-missing"), ElementsAre("Shop"));
  const NotEvaluated* unjudged = nullptr;
  for (const NotEvaluated& one : given.audit().results.not_evaluated) {
    unjudged = one.rule->id == "owner-missing" ? &one : unjudged;
  }
  ASSERT_NE(unjudged, nullptr);
  EXPECT_EQ(unjudged->count, 2U);
}

TEST(ServiceNowShapes, FieldsOfWhatAReferencePointsToStandForTheReference) {
  const Given given =
      from_files({{"cmdb_ci.csv",
                   "sys_id,name,sys_class_name,owned_by.email\n"
                   "a1,Shop,cmdb_ci_service_business,ann@example.com\n"
                   "a2,web,cmdb_ci_linux_server,\n"},
                  {"cmdb_rel_ci.csv",
                   "sys_id,parent.name,type.name,child.name,child.sys_class_name\n"
                   "r1,Shop,Depends on::Used by,web,cmdb_ci_linux_server\n"},
                  {"sys_user.csv", "sys_id,name,user_name,email\nu1,Ann,ann,ann@example.com\n"}});
  EXPECT_THAT(given.subjects("owner-dangling"), IsEmpty());
  EXPECT_EQ(given.inventory().party(given.inventory().owners(given.item("Shop")).at(0)).id, "u1");
  const ItemSpan relied_on = given.graph().dependencies_of(given.item("Shop"));
  ASSERT_EQ(relied_on.size(), 1U);
  EXPECT_EQ(*relied_on.begin(), given.item("web"));
}

}  // namespace
}  // namespace tierline
