#include <fmt/format.h>
#include <gmock/gmock.h>

#include "input/input.h"
#include "profile/compiled.h"
#include "scratch.h"
#include "survey/survey_records.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// `table.path: filled/records, such as example`
std::vector<std::string> fields_of(const SurveyedTables& tables) {
  std::vector<std::string> all;
  for (const auto& [name, table] : tables) {
    for (const FieldSurvey& field : table.fields) {
      all.push_back(fmt::format("{}.{}: {}/{}, such as {}", name, field.path, field.filled,
                                field.records, field.example));
    }
  }
  return all;
}

SurveyedTables survey(const std::string& name, std::string_view text,
                      const Profile* profile = nullptr) {
  const Scratch scratch;
  const std::string path = scratch.write(name, text);
  const auto reader = FileReader::open(path).value();
  const auto file = reader->next().value();
  const RecordPaths paths = profile == nullptr ? RecordPaths() : profile->compiled().record_paths;
  const OpenedFile opened = open_export(file->text.value(), path, paths).value();
  opened.records->expect(profile == nullptr ? FieldSelection::nothing()
                                            : profile->compiled().selection);
  SurveyedTables tables;
  EXPECT_TRUE(survey(path, *opened.records, profile, tables));
  return tables;
}

TEST(Survey, CountsTheCellsOfATable) {
  EXPECT_THAT(fields_of(survey("apps_page2.csv", "id,Name\n1,\n2,\" CRM\"\n")),
              ElementsAre("apps.id: 2/2, such as 1", "apps.Name: 1/2, such as CRM"));
}

TEST(Survey, LooksIntoObjectsAndThroughLists) {
  EXPECT_THAT(fields_of(survey("a.json", R"({"apps": [
                {"id": 1, "o": {"x": null, "y": true}, "l": ["a", "b"]},
                {"id": 2, "l": [], "m": [{"k": "v"}, {"k": "w", "deep": [["z"]]}]}]})")),
              ElementsAre("apps.id: 2/2, such as 1", "apps.o.x: 0/1, such as ",
                          "apps.o.y: 1/1, such as true", "apps.l: 1/2, such as a",
                          "apps.m.k: 1/1, such as v", "apps.m.deep: 1/1, such as z"));
}

TEST(Survey, CountsNumbersOfAnySize) {
  EXPECT_THAT(fields_of(survey("a.json", R"({"apps": [{"id": 1e999}, {"id": -1e999, "x": 1}]})")),
              ElementsAre("apps.id: 2/2, such as 1e999", "apps.x: 1/1, such as 1"));
}

TEST(Survey, TellsPathsThatCannotBeNamed) {
  const SurveyedTables tables =
      survey("a.json", R"([{"x.y": "1", "o": {"z": "2", "x.y": ["3"], "x.z": {"w": "4"}}}])");
  std::vector<std::string> unnamed;
  for (const FieldSurvey& field : tables.at("a").fields) {
    if (!field.can_be_named) {
      unnamed.push_back(field.path);
    }
  }
  EXPECT_THAT(unnamed, ElementsAre("o.x.y", "o.x.z.w"));
}

TEST(Survey, CallsListsThatSayNothingAfterTheirFile) {
  EXPECT_THAT(fields_of(survey("apps.json", R"({"result": [{"id": "1"}]})")),
              ElementsAre("apps.id: 1/1, such as 1"));
}

TEST(Survey, ReadsXmlAndYaml) {
  EXPECT_THAT(fields_of(survey("a.xml",
                               "<all><app key='1'><name>CRM</name></app>"
                               "<app key='2'><name>DWH</name></app></all>")),
              ElementsAre("app.@key: 2/2, such as 1", "app.name: 2/2, such as CRM"));
  EXPECT_THAT(fields_of(survey("a.yaml", "apps:\n- id: x\n  uses: [y, z]\n")),
              ElementsAre("apps.id: 1/1, such as x", "apps.uses: 1/1, such as y"));
}

TEST(Survey, LeavesOutWhatIsNestedTooDeep) {
  const std::string deep = std::string(100, '[') + "1" + std::string(100, ']');
  EXPECT_THAT(fields_of(survey("apps.json", R"([{"id": "1"}, {"id": "2", "x": )" + deep + "}]")),
              ElementsAre("apps.id: 1/1, such as 1"));
}

TEST(Survey, KeepsAFewValuesOfAField) {
  std::string text = "id,kind\n";
  for (int i = 0; i < 2000; ++i) {
    text += fmt::format("{},{}\n", i, i % 2 == 0 ? "even" : "odd");
  }
  const SurveyedTables tables = survey("n.csv", text);
  const FieldSurvey& id = tables.at("n").fields[0];
  EXPECT_THAT(id.values, SizeIs(FieldSurvey::most_values));
  EXPECT_TRUE(id.has_more_values);
  EXPECT_THAT(id.sample, SizeIs(FieldSurvey::most_samples));
  EXPECT_THAT(id.hashes, SizeIs(2000));
  const FieldSurvey& kind = tables.at("n").fields[1];
  EXPECT_THAT(kind.values, ElementsAre(std::pair("even", 1000), std::pair("odd", 1000)));
  EXPECT_FALSE(kind.has_more_values);
}

TEST(Survey, DoesNotGrowWithMapsThatAreKeyedByIds) {
  std::string text = R"({"id": "1")";
  for (int i = 0; i < 20'000; ++i) {
    text += fmt::format(R"(, "k{}": "v")", i);
  }
  EXPECT_THAT(survey("m.json", '[' + text + "}]").at("m").fields, SizeIs(TableSurvey::most_fields));
}

/// `table.path`
std::vector<std::string> unused_fields(const SurveyedTables& tables) {
  std::vector<std::string> unused;
  for (const auto& [name, table] : tables) {
    for (const FieldSurvey& field : table.fields) {
      if (!field.used) {
        unused.push_back(name + '.' + field.path);
      }
    }
  }
  return unused;
}

TEST(Survey, TellsWhatAProfileUsesOfEachTable) {
  const Profile profile = Profile::parse(R"({
    "profile": "p", "title": "P", "tableFields": "table", "records": [
      {"as": "item", "tables": "app", "id": "id", "state": {"field": "phase", "values": {"live": "x"}}},
      {"as": "party", "tables": "person", "name": "phase"},
      {"as": "ignore", "tables": "log"}]})",
                                         "p.json")
                              .value();
  const SurveyedTables tables = survey("all.csv",
                                       "table,id,phase,extra\napp,1,x,e\nperson,2,y,f\nlog,3,,\n"
                                       "what,4,,\n",
                                       &profile);
  EXPECT_THAT(unused_fields(tables), ElementsAre("app.extra", "person.id", "person.extra"));
  EXPECT_THAT(tables.at("app").fields.front().values, IsEmpty());
}

TEST(Survey, FollowsAProfileIntoRecordsPairsAndMaps) {
  const Profile profile = Profile::parse(R"({
    "profile": "p", "title": "P", "nestedRecords": ["apps", "hosts.*"],
    "pairs": {"list": "attrs", "name": "n", "value": "v"},
    "records": [
      {"as": "item", "tables": "teams", "id": "id"},
      {"as": "item", "tables": "apps", "id": "id", "environment": "attrs.env"},
      {"as": "item", "tables": "hosts", "id": "$key", "environment": "tags.*.x"}]})",
                                         "p.json")
                              .value();
  const SurveyedTables tables = survey(
      "teams.json",
      R"([{"id": "t", "apps": [{"id": "a", "attrs": [{"n": "env", "v": "x"}, {"n": "size", "v": "L"}],
                                "more": 1}],
           "hosts": {"h1": {"ip": "1", "tags": {"k": {"x": "2", "y": "3"}}}}, "colour": "red"}])",
      &profile);
  EXPECT_THAT(unused_fields(tables), ElementsAre("apps.attrs.size", "apps.more", "hosts.ip",
                                                 "hosts.tags.*.y", "teams.colour"));
  EXPECT_EQ(tables.at("teams").records, 1U);
}

}  // namespace
}  // namespace tierline
