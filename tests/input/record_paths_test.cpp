// Records that stand where a profile says: at a path, under names, inside of other records.

#include <gmock/gmock.h>

#include "input/rows.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> rows_at(const std::string& path, std::string_view text,
                                 const std::string& name = "export") {
  return read_text(text, {"a", "$key", "@id"}, name, {.paths = {path}}).rows;
}

TEST(RecordPaths, AListDeepInADocument) {
  EXPECT_THAT(rows_at("$.data.items[*]",
                      "{\"status\":\"ok\",\"data\":{\"n\":2,\"items\":[\n{\"a\":1},"
                      "\n{\"a\":2}],\"more\":[{\"a\":9}]},\"b\":{\"a\":8}}"),
              ElementsAre("2: a=1", "3: a=2"));
}

TEST(RecordPaths, TheMembersOfAnObject) {
  EXPECT_THAT(
      rows_at("$.objects.*", R"({"code":0,"objects":{"Service::1":{"a":1},"x\u0041":{"a":2}}})"),
      ElementsAre("1: $key=Service::1 a=1", "1: $key=xA a=2"));
}

TEST(RecordPaths, TheMembersOfTheDocumentItself) {
  EXPECT_THAT(rows_at("$.*", R"({"one":{"a":1},"two":{"a":2},"three":4})"),
              ElementsAre("1: $key=one a=1", "1: $key=two a=2"));
}

TEST(RecordPaths, ListsInTheElementsOfAList) {
  EXPECT_THAT(
      rows_at("$[*].items[*]", R"([{"items":[{"a":1},{"a":2}]},{"items":[]},{"items":[{"a":3}]}])"),
      ElementsAre("1: a=1", "1: a=2", "1: a=3"));
}

TEST(RecordPaths, AnObjectForAPathOfOne) {
  EXPECT_THAT(rows_at("$.data.items[*]", R"({"data":{"items":{"a":1}}})"), ElementsAre("1: a=1"));
  EXPECT_THAT(rows_at("$.row[*].item[*]", "<set><row><item><a>1</a></item></row></set>"),
              ElementsAre("1: a=1"));
}

TEST(RecordPaths, OneDocumentAfterAnother) {
  EXPECT_THAT(rows_at("$.data.items[*]",
                      "{\"data\":{\"items\":[{\"a\":1}]}}\n{\"data\":{\"items\":[{\"a\":2}]}}"),
              ElementsAre("1: a=1", "2: a=2"));
}

TEST(RecordPaths, ADocumentWithoutThemIsReadAsUsual) {
  EXPECT_THAT(rows_at("$.data.items[*]", R"({"data":[{"a":1}],"items":[{"a":2}]})"),
              ElementsAre("1: a=1", "1: a=2"));
  EXPECT_THAT(rows_at("$.data.items[*]", R"({"a":1,"data":{"x":1}})"), ElementsAre("1: a=1"));
}

TEST(RecordPaths, InYaml) {
  EXPECT_THAT(rows_at("$.services.*", "services:\n  pay:\n    a: 1\n  mail:\n    a: 2\n"),
              ElementsAre("3: $key=pay a=1", "5: $key=mail a=2"));
}

TEST(RecordPaths, InXml) {
  EXPECT_THAT(
      rows_at("$.graph.node[*]",
              "<graphml><key id=\"k\"/>\n<graph edgedefault=\"directed\">\n<node id=\"n1\"><a>1</a>"
              "</node>\n<node id=\"n2\"/>\n</graph>\n</graphml>"),
      ElementsAre("3: @id=n1 a=1", "4: @id=n2"));
  EXPECT_THAT(rows_at("$.Row.*",
                      "<Set><Row><S id=\"1\"><a>x</a></S><T id=\"2\"/></Row>"
                      "<Row><S id=\"3\"/></Row></Set>"),
              ElementsAre("1: @id=1 a=x", "1: @id=2", "1: @id=3"));
}

std::vector<std::string> rows_in(const std::vector<std::string>& nested, std::string_view text) {
  return read_text(text, {"a", "t", "$key"}, "export", {.nested = nested}).rows;
}

TEST(RecordPaths, RecordsInsideOfRecordsComeAfterThem) {
  EXPECT_THAT(rows_in({"parts"},
                      "[{\"parts\":[\n{\"a\":2,\"parts\":[{\"a\":3}],\"t\":[\"x\",\"y\"]},\n"
                      "{\"a\":4}],\"a\":1,\"t\":[\"z\"]},{\"a\":5}]"),
              ElementsAre("1: a=1 t[1]=z", "> parts@2: a=2 t[1]=x t[2]=y", "> > parts@2: a=3",
                          "> parts@3: a=4", "3: a=5"));
}

TEST(RecordPaths, AnObjectForAListOfOne) {
  EXPECT_THAT(rows_in({"parts"}, R"([{"a":1,"parts":{"a":2}}])"),
              ElementsAre("1: a=1", "> parts@1: a=2"));
}

TEST(RecordPaths, RecordsInsideOfRecordsByTheirNames) {
  EXPECT_THAT(rows_in({"parts.*"}, R"([{"a":1,"parts":{"db":{"a":2},"web":[{"a":3}],"n":7}}])"),
              ElementsAre("1: a=1", "> parts@1: $key=db a=2", "> parts@1: a=3"));
}

TEST(RecordPaths, MembersUnderAnyNameAreElements) {
  EXPECT_THAT(read_text(R"([{"needs":{"db":{"kind":"hard"},"mail":{"kind":"soft","x":1}}}])",
                        {"needs.*.$key", "needs.*.kind"})
                  .rows,
              ElementsAre("1: needs.*.$key[1]=db needs.*.kind[1]=hard needs.*.$key[2]=mail "
                          "needs.*.kind[2]=soft"));
  EXPECT_THAT(
      read_text(R"([{"needs":{"db":"hard","mail":null}}])", {"needs.*.$key", "needs.*"}).rows,
      ElementsAre("1: needs.*.$key[1]=db needs.*[1]=hard needs.*.$key[2]=mail needs.*[2]="));
}

TEST(RecordPaths, PairsOfNameAndValueAreFields) {
  const auto read =
      read_text(R"([{"props":[{"name":"owner","value":"Ann"},{"value":"x","name":"y"}]}])",
                {"props.owner"}, "export", {.pairs = "props"});
  EXPECT_THAT(read.rows, ElementsAre("1: props.owner[1]=Ann props.owner="));
}

TEST(RecordPaths, ATextIsNoPath) {
  RecordPaths paths;
  for (const char* text : {"", "$", "a", ".a", "$a", "$.", "$..a", "$[0]", "$.a[*", "$.a]"}) {
    EXPECT_FALSE(paths.add(text)) << text;
  }
  for (const char* text : {"$.a", "$.*", "$[*]", "$.a[*].b.*"}) {
    EXPECT_TRUE(paths.add(text)) << text;
  }
}

}  // namespace
}  // namespace tierline
