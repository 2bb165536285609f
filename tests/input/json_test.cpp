#include <fmt/format.h>
#include <gmock/gmock.h>

#include "input/rows.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> rows(std::string_view text) {
  return read_text(text, {"a", "b"}).rows;
}
std::string error(std::string_view text) {
  return read_text(text, {"a", "b"}).error;
}

TEST(Json, FindsRecordsInEveryShapeThatExportsHave) {
  const auto expected = ElementsAre("1: a=1 b=x", "1: a=2 b=y");
  EXPECT_THAT(rows(R"([{"a":1,"b":"x"},{"a":2,"b":"y"}])"), expected);
  EXPECT_THAT(rows(R"({"result":[{"a":1,"b":"x"},{"a":2,"b":"y"}]})"), expected);
  EXPECT_THAT(rows(R"({"records":[{"a":1,"b":"x"},{"a":2,"b":"y"}]})"), expected);
  EXPECT_THAT(rows(R"({"count":2,"next":null,"items":[{"a":1,"b":"x"},{"a":2,"b":"y"}]})"),
              expected);
  EXPECT_THAT(rows(R"({"a":1,"b":"x"}{"a":2,"b":"y"})"), expected);
}

TEST(Json, TakesNoQuoteOutsideOfTextsForTheEndOfOne) {
  EXPECT_THAT(error(R"([{"a": /x", "b": "y"},{"a": "1", "b": z": "2"}])"), HasSubstr("not JSON"));
  EXPECT_THAT(error(R"([{"a": x", "b": "y"},{"a": \", "b": z": "2"}])"), HasSubstr("not JSON"));
  EXPECT_THAT(error(R"([{"a": 1", "b": "y"},{"a": "1", "b": -": "2"}])"), HasSubstr("not JSON"));
}

TEST(Json, ReadsRecordsOfOneFormWhateverComesBetweenThem) {
  const std::string usual = R"({"a":"1","b":"x"})";
  const std::string odd = R"({"b":"1","c":["2"]})";
  const std::string deep = R"({"b":"3","c":)" + std::string(100, '[') + std::string(100, ']') + "}";
  EXPECT_THAT(rows(fmt::format("[{0},\n{1},\n{0},\n{2},\n{1},\n{1},\n{0}]", usual, odd, deep)),
              ElementsAre("1: a=1 b=x", "2: b=1", "3: a=1 b=x", "5: b=1", "6: b=1", "7: a=1 b=x"));
}

TEST(Json, TakesOneResultForAListOfOne) {
  EXPECT_THAT(rows(R"({"result":{"a":1,"b":"x"}})"), ElementsAre("1: a=1 b=x"));
}

TEST(Json, ReadsOneRecordALine) {
  EXPECT_THAT(rows("{\"a\":1}\n{\"a\":2}\n\n{\"a\":3}"), ElementsAre("1: a=1", "2: a=2", "4: a=3"));
}

TEST(Json, ReadsSeveralNamedListsOneAfterAnother) {
  EXPECT_THAT(rows("{\"cis\":[\n{\"a\":1}],\n\"relationships\":[{\"b\":2}]}"),
              ElementsAre("2: a=1", "3: b=2"));
}

TEST(Json, KnowsTheLineOfEveryRecord) {
  EXPECT_THAT(rows("\n{\"result\": [\n  {\n \"a\": \"1\\n\"\n },\n  {\"b\":\n2}\n]}\n"),
              ElementsAre("3: a=1\n", "6: b=2"));
}

TEST(Json, IsNotMisledByBracketsAndQuotesInStrings) {
  EXPECT_THAT(rows(R"([{"x":"}]{[\"\\","a":1},{"a":"\\\\","b":"]"}])"),
              ElementsAre("1: a=1", R"(1: a=\\ b=])"));
}

TEST(Json, LooksIntoObjectsAndThroughLists) {
  const auto read = read_text(R"([{"o":{"v":"1"},"l":[{"v":"2"},{"v":"3"}],"t":["x","y"],"e":[]}])",
                              {"o.v", "l.v", "t", "e"});
  EXPECT_THAT(read.rows, ElementsAre("1: o.v=1 l.v[1]=2 l.v[2]=3 t[3]=x t[4]=y e="));
}

TEST(Json, GivesNumbersAndWordsAsText) {
  EXPECT_THAT(rows(R"([{"a":-1.50e3,"b":true},{"a":null}])"),
              ElementsAre("1: a=-1.50e3 b=true", "1: a="));
}

TEST(Json, TakesNumbersBeyondDoubleForTexts) {
  for (const std::string& number : std::vector<std::string>{
           "1e999", "-1.5E+99999999999", std::string(400, '7'), "1" + std::string(400, '0') + ".5",
           "1e-" + std::string(400, '9')}) {
    const std::string row = fmt::format("1: a={} b=x", number);
    const std::string record = fmt::format(R"({{"a":{0},"b":"x","c":[{0}]}})", number);
    EXPECT_THAT(rows(fmt::format("[{0},{0},{0}]", record)), ElementsAre(row, row, row));
    const auto beside = read_text(
        fmt::format(R"({{"skipped":[{0},[{{"x":{0}}}]],"a list":[{{"a":{0},"b":"x"}},{0}]}})",
                    number),
        {"a", "b"});
    EXPECT_THAT(beside.rows, ElementsAre(row)) << beside.error;
  }
}

TEST(Json, ChecksWhatFollowsANumberBeyondDouble) {
  for (const char* number : {"1e999", "1", "-", "1.", "1e+", "1e999."}) {
    EXPECT_THAT(
        error(fmt::format("{{\"skipped\":{{\"x\":{},\n\"y\":nonsense}},\"l\":[{{}}]}}", number)),
        HasSubstr("not JSON"))
        << number;
    EXPECT_THAT(error(fmt::format("[{{\"a\":{},\n\"y\":nonsense}}]", number)),
                HasSubstr("not JSON"))
        << number;
  }
  EXPECT_THAT(error("{\"skipped\":{\"x\":1e999,\n\"y\":nonsense},\"l\":[{}]}"),
              HasSubstr("export:2: not JSON: invalid value"));
}

TEST(Json, SurvivesTheNumberThatCrashesItsParser) {
  EXPECT_THAT(rows(R"([{"a":128.74836467836484838364836483643636483648e-336}])"),
              ElementsAre("1: a=128.74836467836484838364836483643636483648e-336"));
}

TEST(Json, DropsAByteOrderMarkAndReadsUtf16) {
  EXPECT_THAT(rows("\xEF\xBB\xBF[{\"a\":1}]"), ElementsAre("1: a=1"));
  const std::string little{"\xFF\xFE[\0{\0\"\0a\0\"\0:\0\"\0\xE9\0\"\0}\0]\0", 24};
  EXPECT_THAT(rows(little), ElementsAre("1: a=é"));
}

TEST(Json, RepairsBrokenTextVisibly) {
  const auto read = read_text("[{\"a\":\"x\xFFy\"},\n{\"a\":\"cropped \\ud83d\"}]", {"a"});
  EXPECT_THAT(read.rows, ElementsAre("1: a=x\uFFFDy", "2: a=cropped \uFFFD"));
  EXPECT_THAT(read.issues, ElementsAre("repaired-text@1 x2"));
}

TEST(Json, KeepsWholePairsOfSurrogates) {
  EXPECT_THAT(rows(R"([{"a":"\ud83d\ude00"}])"), ElementsAre("1: a=😀"));
}

TEST(Json, SkipsElementsThatAreNoRecords) {
  const auto read = read_text("[1, \"x\", [2], {\"a\":1}]", {"a"});
  EXPECT_THAT(read.rows, ElementsAre("1: a=1"));
  EXPECT_THAT(read.issues, ElementsAre("not-a-record@1 x3"));
}

TEST(Json, TakesTheLastOfMembersThatStandTwice) {
  const auto read = read_text(
      "[{\"a\":\"1\\n\",\"b\":2,\n\"a\":3},\n"
      "{\"b\":1,\"a\":2},{\"a\":1,\"b\":2},\n{\"a\":\"1\",\"b\":{\"a\":5},\"\\u0061\":[],\"a\":"
      "\"4\"}]",
      {"a", "b"});
  EXPECT_THAT(read.rows, ElementsAre("1: b=2 a=3", "3: b=1 a=2", "3: a=1 b=2", "4: a=4"));
  EXPECT_THAT(read.issues, ElementsAre("duplicate-member@2 x3"));
}

TEST(Json, SaysNothingOfMembersThatStandTwiceWhereNobodyReadsThem) {
  const auto read =
      read_text(R"([{"a":1,"x":1,"x":2,"y":{"a":1,"a":2}},{"a":1,"x":1,"x":2}])", {"a"});
  EXPECT_THAT(read.rows, ElementsAre("1: a=1", "1: a=1"));
  EXPECT_THAT(read.issues, IsEmpty());
}

TEST(Json, TakesTheLastOfObjectsAndListsThatStandTwice) {
  const auto read = read_text(
      R"([{"o":{"v":"1","w":"2"},"l":["x","y"],"o":{"v":"3","v":"4"}},)"
      R"({"l":["x"],"o":"","l":[],"o":{"w":"5"}},{"l":[{"v":"1"},{"v":"2"}],"o":{},"l":"z"}])",
      {"o.v", "o.w", "l", "l.v"});
  EXPECT_THAT(read.rows, ElementsAre("1: l[1]=x l[2]=y o.v=4", "1: l= o.w=5", "1: l=z"));
  EXPECT_THAT(read.issues, ElementsAre("duplicate-member@1 x5"));
}

TEST(Json, KnowsMembersOfSeveralElementsFromThoseThatStandTwice) {
  const std::string record = R"({"l":[{"v":"1"},{"v":"2"},{"w":"3","v":"4"}],"a":"5"})";
  const auto read = read_text(
      fmt::format("[{0},{0},{0},{1}]", record, R"({"l":[{"v":"1","w":"2","v":"3"},{"v":"4"}]})"),
      {"l.v", "l.w", "a"});
  const std::string row = "1: l.v[1]=1 l.v[2]=2 l.w[3]=3 l.v[3]=4 a=5";
  EXPECT_THAT(read.rows, ElementsAre(row, row, row, "1: l.w[1]=2 l.v[1]=3 l.v[2]=4"));
  EXPECT_THAT(read.issues, ElementsAre("duplicate-member@1 x1"));
}

TEST(Json, KnowsMembersThatStandTwiceAroundRecordsInside) {
  const auto read = read_text(
      R"([{"a":"1","in":[{"a":"2"},{"a":"3","a":"4"}],"a":"5","in":[{"a":"6"}],"b":"7","a":"8"}])",
      {"a", "b"}, "export", {.nested = {"in"}});
  EXPECT_THAT(read.rows, ElementsAre("1: b=7 a=8", "> in@1: a=2", "> in@1: a=4", "> in@1: a=6"));
  EXPECT_THAT(read.issues, ElementsAre("duplicate-member@1 x3"));
}

TEST(Json, KnowsNamesThatStandTwiceWhereAnyIsRead) {
  const auto read =
      read_text(R"([{"m":{"k":"1","l":"2","k":"3"},"a":"4"},{"m":{"k":"1"}}])", {"m.*", "a"});
  EXPECT_THAT(read.rows, ElementsAre("1: m.*[2]=2 m.*[3]=3 a=4", "1: m.*[1]=1"));
  EXPECT_THAT(read.issues, ElementsAre("duplicate-member@1 x1"));
}

TEST(Json, TakesTheLastOfManyMembersThatStandTwice) {
  std::string text = "[{";
  for (int i = 0; i < 200'000; ++i) {
    text += fmt::format("\"{}\":{},", i % 2 == 0 ? "a" : "b", i);
  }
  const auto read = read_text(text + R"("m":{"k":1}}])", {"a", "b"});
  EXPECT_THAT(read.rows, ElementsAre("1: a=199998 b=199999"));
  EXPECT_THAT(read.issues, ElementsAre("duplicate-member@1 x199998"));
}

TEST(Json, FindsMembersWhateverTheCaseOfTheirNames) {
  const std::string record = R"({"Sys_ID":"1","OWNER":{"Value":"2"},"x":3})";
  const auto read = read_text(fmt::format("[{0},{0},{0},{1}]", record,
                                          R"({"x":{"a":1},"SYS_ID":"4","Owner":[{"vALUE":"5"}]})"),
                              {"sys_id", "owner.value"});
  const std::string row = "1: sys_id=1 owner.value=2";
  EXPECT_THAT(read.rows, ElementsAre(row, row, row, "1: sys_id=4 owner.value[1]=5"));
  EXPECT_THAT(read.issues, IsEmpty());
}

TEST(Json, FindsMembersInSmallLettersThatAreWantedInCapitals) {
  EXPECT_THAT(read_text(R"([{"traceid":"1"}])", {"traceID"}).rows, ElementsAre("1: traceID=1"));
}

TEST(Json, TakesTheExactOneOfMembersThatDifferInCaseElseTheFirst) {
  const auto read = read_text(
      "[{\"A\":1,\"a\":2,\n\"b\":3},\n{\"a\":1,\"A\":2,\"b\":3},\n{\"A\":1,\"b\":2},"
      "{\"bB\":0,\"B\":{\"A\":4},\"A\":[1,2],\"b\":5}]",
      {"a", "b"});
  EXPECT_THAT(read.rows,
              ElementsAre("1: a=2 b=3", "3: a=1 b=3", "4: a=1 b=2", "4: a[1]=1 a[2]=2 b=5"));
  EXPECT_THAT(read.issues, ElementsAre("names-differ-in-case@1 x3"));
  const auto neither = read_text(R"([{"AB":1,"Ab":{"x":2},"aB":3},{"AB":1,"AB":2}])", {"ab"});
  EXPECT_THAT(neither.rows, ElementsAre("1: ab=1", "1: ab=2"));
  EXPECT_THAT(neither.issues, ElementsAre("duplicate-member@1 x1", "names-differ-in-case@1 x2"));
}

TEST(Json, KeepsFieldsApartThatTheProfileSpellsInTwoCases) {
  const auto read = read_text(R"([{"a":1,"A":2},{"A":3}])", {"a", "A"});
  EXPECT_THAT(read.rows, ElementsAre("1: a=1 A=2", "1: A=3"));
  EXPECT_THAT(read.issues, IsEmpty());
}

TEST(Json, HandsOnWhatStandsBesideTheRecords) {
  EXPECT_THAT(read_text(R"({"result":[{"a":1}],"status":"failure"})", {"a"}).remarks,
              ElementsAre("failure"));
}

TEST(Json, LeavesOutRecordsThatAreNestedTooDeep) {
  const std::string deep(100'000, '[');
  const auto read =
      read_text("[{\"a\":1},{\"x\":" + deep + std::string(100'000, ']') + "},{\"a\":2}]", {"a"});
  EXPECT_THAT(read.rows, ElementsAre("1: a=1", "1: a=2"));
  EXPECT_THAT(read.issues, ElementsAre("nested-too-deep@1 x1"));
}

TEST(Json, ForgetsTheRecordsInsideOfOneThatWasLeftOut) {
  const std::string deep = std::string(70, '[') + std::string(70, ']');
  const ReadText read =
      read_text("{\"a\":\"1\",\"in\":{\"a\":\"2\",\"b\":" + deep + "}}\n{\"a\":\"3\"}\n",
                {"a", "b"}, "export.ndjson", {.nested = {"in"}});
  EXPECT_THAT(read.rows, ElementsAre("2: a=3"));
  EXPECT_THAT(read.issues, ElementsAre("nested-too-deep@1 x1"));
}

TEST(Json, RefusesWhatIsNoJsonBehindTheDeepestThatItReads) {
  for (const bool in_list : {true, false}) {
    const std::string open = in_list ? "[" : R"({"n":)";
    const std::string close = in_list ? "]" : "}";
    std::string deep;
    std::string end;
    for (int i = 0; i < 100; ++i) {
      deep += open;
      end += close;
    }
    const auto text = [&](std::string_view inside, std::string_view after) {
      return fmt::format("[{{\"a\":1}},\n{{\"a\":\"x\\ny\",\n\"x\":{}{}{},\n\"y\":{}}}]", deep,
                         inside, end, after);
    };
    EXPECT_EQ(read_text(text("1", "2"), {"a"}).error, "");
    EXPECT_THAT(error(text("nonsense", "2")), HasSubstr("export:3: not JSON: invalid value"));
    EXPECT_THAT(error(text("1", "nonsense")), HasSubstr("export:4: not JSON: invalid value"));
    EXPECT_THAT(error(text("\"\t\"", "2")), HasSubstr("export:3: not JSON: the control"));
    EXPECT_THAT(error(text("1" + close + open, "2")), HasSubstr("export:3: not JSON"));
  }
}

TEST(Json, FindsRecordsThatAreLargerThanAChunk) {
  const std::string large(3'000'000, 'x');
  const auto read = read_text(R"([{"a":1},{"x":")" + large + R"(","a":2},{"a":3}])", {"a"});
  EXPECT_THAT(read.rows, ElementsAre("1: a=1", "1: a=2", "1: a=3"));
}

TEST(Json, GivesTheSameRowsWhereverAChunkEnds) {
  // Records of many sizes, so that chunk ends fall into strings, escapes and sequences.
  std::string text = "{\"result\":[\n";
  std::vector<std::string> expected;
  for (int i = 0; text.size() < 2'500'000; ++i) {
    const std::string value = std::string(static_cast<std::size_t>(i % 97), '\\') + "é\"}{";
    std::string escaped;
    for (const char c : value) {
      escaped += c == '\\' || c == '"' ? std::string{'\\', c} : std::string{c};
    }
    text += fmt::format("{}{{\"a\":\"{}\",\n\"b\":{}}}", i == 0 ? "" : ",\n", escaped, i);
    expected.push_back(fmt::format("{}: a={} b={}", 2 + 2 * i, value, i));
  }
  EXPECT_EQ(rows(text + "]}"), expected);
}

TEST(Json, ReadsManyShortListsOfTheSameNames) {
  std::string text = "{";
  for (int i = 0; i < 20'000; ++i) {
    text += fmt::format("{}\"t{}\":[{{\"a\":{}}}]\n", i == 0 ? "" : ",", i % 2, i);
  }
  const auto read = rows(text + "}");
  ASSERT_EQ(read.size(), 20'000U);
  EXPECT_EQ(read[1], "2: a=1");
  EXPECT_EQ(read.back(), "20000: a=19999");
}

TEST(Json, RefusesAFileThatIsCutOff) {
  EXPECT_THAT(error(R"({"result":[{"a":1},{"a":)"),
              HasSubstr("export:1: the file ends in the middle"));
  EXPECT_THAT(error("{\"result\":[{\"a\":1},\n"),
              HasSubstr("export:2: the file ends in the middle"));
  EXPECT_THAT(error("[{\"a\":\"x"), HasSubstr("the file ends in the middle"));
}

TEST(Json, RefusesNulAtAnyOffset) {
  const std::string text = R"({"x":[1,true],"l":[{"a":"text"},{"a":2.5}]} )";
  ASSERT_THAT(rows(text), ElementsAre("1: a=text", "1: a=2.5"));
  for (std::size_t at = 1; at <= text.size(); ++at) {
    std::string damaged = text;
    damaged.insert(at, 1, '\0');
    EXPECT_THAT(read_text(damaged, {"a"}, "export.json").error,
                HasSubstr(fmt::format("byte {} is NUL", at + 1)));
  }
  std::string far = "[";
  for (int i = 0; i < 100'000; ++i) {
    far += "{\"a\":\"some text\"},\n";
  }
  for (const std::size_t at : {std::size_t{70'000}, far.size()}) {
    std::string damaged = far + "{}]";
    damaged.insert(at, 1, '\0');
    EXPECT_THAT(read_text(damaged, {"a"}, "export.json").error,
                HasSubstr(fmt::format("byte {} is NUL", at + 1)));
  }
}

TEST(Json, SaysWhereTextIsNotJson) {
  EXPECT_THAT(error("[{\"a\":1}\n{\"a\":2}]"),
              HasSubstr("export:2: not JSON: expected ',' or ']'"));
  EXPECT_THAT(error("[{\"a\":1},\n]"),
              HasSubstr("export:2: not JSON: expected a record after ','"));
  EXPECT_THAT(error("[{\"a\":1},\n{\"a\":tru}]"), HasSubstr("export:2: not JSON"));
  EXPECT_THAT(error("{\"result\":[{}], x}"), HasSubstr("not JSON: expected a name in quotes"));
  EXPECT_THAT(error("[{\"a\":1}] trailing"),
              HasSubstr("not JSON: expected a JSON object or array"));
}

TEST(Json, KnowsTheLineOfAFaultBehindLineEndsInTexts) {
  EXPECT_THAT(error("[{\"a\":\"x\\ny\\nz\",\n\"b\":tru}]"), HasSubstr("export:2: not JSON"));
}

TEST(Json, KnowsAMergeConflict) {
  EXPECT_EQ(error("[{\"a\":1},\n<<<<<<< HEAD\n{\"a\":2}\n=======\n{\"a\":3}\n>>>>>>> x\n]"),
            "export:2: a merge conflict marker stands here: resolve the conflict in this file");
}

TEST(Json, KnowsAMergeConflictInsideARecord) {
  EXPECT_EQ(error("[{\"a\":1,\n<<<<<<< HEAD\n\"b\":2\n=======\n\"b\":3\n>>>>>>> x\n}]"),
            "export:2: a merge conflict marker stands here: resolve the conflict in this file");
}

TEST(Json, ReadsEmptyListsAsNoRecords) {
  EXPECT_THAT(rows(R"({"result":[]})"), IsEmpty());
  EXPECT_EQ(error(R"({"result":[]})"), "");
  EXPECT_THAT(rows(R"({"cis":[],"relationships":[]})"), IsEmpty());
}

}  // namespace
}  // namespace tierline
