// Where records stand in documents, told by what stands in what.

#include "suggest/layout.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// A line for each place, and for each object that refers to records.
std::vector<std::string> found(std::initializer_list<std::string_view> documents,
                               bool has_tags = false) {
  StructureSummary structure;
  structure.has_tags = has_tags;
  for (const std::string_view document : documents) {
    structure.add_record("", document);
  }
  const Layout layout = layout_of(structure);
  std::vector<std::string> lines = layout.records_at;
  for (const Layout::Nested& nested : layout.nested) {
    lines.push_back(nested.name + (nested.by_key ? ".*" : ""));
  }
  for (const Layout::References& one : layout.references) {
    lines.push_back(fmt::format("{} -> {}", one.table, one.path));
  }
  return lines;
}

TEST(Layout, FindsObjectsOfRecords) {
  EXPECT_THAT(found({R"({"version": "1", "things": {"a": {"owner": "x", "rank": "1"},
                                                     "b": {"owner": "y", "rank": "2"}},
                         "servers": {"c": {"site": "z"}}})"}),
              ElementsAre("$.servers.*", "$.things.*"));
}

TEST(Layout, LooksBeyondNumbersThatAreBeyondADouble) {
  EXPECT_THAT(found({R"({"version": 1e999, "things": {"a": {"owner": "x", "rank": -1e999},
                                                      "b": {"owner": "y", "rank": 2}}})"}),
              ElementsAre("$.things.*"));
}

TEST(Layout, DoesNotTakeFieldsForRecords) {
  EXPECT_THAT(found({R"({"id": "a", "spec": {"owner": {"name": "x"}, "size": {"cpu": "1"}}})",
                     R"({"id": "b", "spec": {"owner": {"name": "y"}, "size": {"cpu": "2"}}})"}),
              IsEmpty());
  EXPECT_THAT(found({R"({"id": "a", "spec": {"owner": "x", "size": "1"}})"}), IsEmpty());
}

TEST(Layout, DoesNotTakeKindsForNamesOfRecords) {
  EXPECT_THAT(found({R"({"links": {"a": {"name": "x", "sort": {"joins": {"from": "1", "to": "2"}}},
                                   "b": {"name": "y", "sort": {"feeds": {"from": "1", "to": "3"}}},
                                   "c": {"name": "z", "sort": {"joins": {"from": "2", "to": "3"}}}}})"}),
              ElementsAre("$.links.*"));
}

TEST(Layout, TakesDocumentsThatDifferDeeperForRecords) {
  EXPECT_THAT(
      found({R"({"kind": "c", "metadata": {"name": "a"}, "relations": [{"id": "1", "to": "b"},
                                                                              {"id": "2", "to": "c"}]})",
             R"({"kind": "c", "metadata": {"name": "b"}, "relations": [{"id": "3", "to": "a"}]})"}),
      ElementsAre("relations"));
}

TEST(Layout, LooksThroughWhatOnlyWraps) {
  EXPECT_THAT(found({R"({"data": {"total": "2", "edges": [{"node": {"id": "a", "name": "x"}},
                                                          {"node": {"id": "b", "name": "y"}}]}})"}),
              ElementsAre("$.data.edges[*].node"));
}

TEST(Layout, FindsRecordsInsideOfDocumentsThatDiffer) {
  EXPECT_THAT(found({R"({"domain": "Care", "parts": {"a": {"name": "A", "rank": "1"},
                                                     "b": {"name": "B", "rank": "2"}}})",
                     R"({"domain": "IT", "parts": {"c": {"name": "C", "rank": "1",
                                                    "stack": [{"app": "d", "host": "h"},
                                                              {"app": "e", "host": "h"}]}}})"}),
              ElementsAre("parts.*", "stack"));
}

TEST(Layout, KnowsObjectsThatReferToRecords) {
  EXPECT_THAT(found({R"({"services": {"a": {"name": "A", "uses": {"hard": {"b": null, "x": null}}},
                                      "b": {"name": "B", "uses": {"hard": {"c": {"why": "w"}}}},
                                      "c": {"name": "C"}}})"}),
              ElementsAre("$.services.*", "services -> uses.hard"));
}

TEST(Layout, DoesNotTakeListsOfOwnersOrReferencesForRecords) {
  EXPECT_THAT(found({R"({"services": {"a": {"name": "A", "owner": [{"name": "x", "since": "1"}],
                                            "links": [{"id": "b", "kind": "k"}]},
                                      "b": {"name": "B"}}})"}),
              ElementsAre("$.services.*"));
}

TEST(Layout, DoesNotTakeElementsForNamesOfRecords) {
  EXPECT_THAT(found({R"({"staff": {"person": [{"@key": "1", "value": "x"}, {"@key": "2"}],
                                   "team": {"@key": "3", "lead": "1"}}})"},
                    true),
              ElementsAre("$.staff.person[*]", "$.staff.team"));
}

TEST(Layout, EndsWhereThereIsTooMuch) {
  StructureSummary structure;
  std::string document = "{";
  for (int i = 0; i < 3'000; ++i) {
    document += fmt::format(R"({}"k{}": {{"a": "1"}})", i == 0 ? "" : ",", i);
  }
  structure.add_record("", document + "}");
  EXPECT_EQ(structure.members.size(), StructureSummary::most_members);
  structure.add_record("", std::string(200'000, '['));
  EXPECT_THAT(layout_of(structure).references, IsEmpty());
}

}  // namespace
}  // namespace tierline
