// Both ways into JSON: what simdjson walks, RapidJSON reads just so.

#ifdef TIERLINE_SIMDJSON

#include "input/json_walker.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidjson/reader.h>

#include <random>
#include <string>
#include <string_view>

#include "tierline/input.h"

namespace tierline {
namespace {

Wants wants() {
  Wants wants;
  const std::vector<std::vector<std::string>> paths = {{"id"},
                                                       {"name"},
                                                       {"owner", "value"},
                                                       {"owner", "display_value"},
                                                       {"tags"},
                                                       {"parts", "name"},
                                                       {"size"},
                                                       {"a key of 17 byte"},
                                                       {"by_name", "*"},
                                                       {"deep", "x", "y"},
                                                       {"a key of 12", "inside"}};
  for (std::size_t i = 0; i < paths.size(); ++i) {
    wants.add_path(paths[i], {static_cast<Slot>(i), Facet::text});
  }
  wants.add_pairs(std::vector<std::string>{"pairs"}, "name", "value");
  wants.add_path(std::vector<std::string>{"pairs", "colour"}, {20, Facet::text});
  return wants;
}

std::string told(const JsonPicker& picker) {
  std::string text;
  for (std::size_t i = 0; i < picker.row_count(); ++i) {
    for (const Cell& cell : picker.row(i).cells) {
      text += fmt::format("{}[{}]={};", cell.slot, cell.group, cell.text);
    }
  }
  return text;
}

/// What RapidJSON makes of a record; "refused" where it is none.
std::string read(std::string text) {
  static const Wants all = wants();
  JsonPicker picker(all);
  rapidjson::InsituStringStream stream(text.data());
  picker.start(stream, text, 1, {});
  const auto parsed =
      rapidjson::Reader()
          .Parse<rapidjson::kParseInsituFlag | rapidjson::kParseNumbersAsStringsFlag |
                 rapidjson::kParseStopWhenDoneFlag>(stream, picker);
  return parsed.IsError() || picker.repaired() > 0 ? "refused" : told(picker);
}

/// What simdjson makes of it, in the same words, after whatever record came before.
std::string walked(std::string_view text) {
  static const Wants all = wants();
  static JsonPicker picker(all);
  static JsonWalker walker;
  const Buffer buffer(text);
  picker.start_plain(1, {});
  const bool has_escapes = text.find('\\') != std::string_view::npos;
  return walker.walk(buffer.view(), has_escapes, picker) ? told(picker) : "refused";
}

const std::string_view records[] = {
    R"({})",
    R"({"id":"1","name":"Pay","other":"x"})",
    R"({ "id" : "1" , "skipped" : { "a" : [ 1 , 2.5e3 , { "b" : null } ] , "c" : true } , "name" : "" })",
    R"({"owner":{"display_value":"Ann","link":"https://x/y","value":"ann"},"size":-12.50})",
    R"({"owner":"ann","tags":["a","b"],"parts":[{"name":"p","n":1},{"name":"q"}]})",
    R"({"tags":[],"parts":{},"by_name":{"k":"v","l":["w","x"]},"deep":{"x":{"y":false,"z":0}}})",
    R"({"pairs":[{"name":"colour","value":"red"},{"name":"weight","value":"7"}],"size":null})",
    R"({"name":"say \"hi\"\n","other":"\u00e4\ud83d\ude00","id":"\u0031","k\u0065y":"v"})",
    R"({"name":"Bäcker 😀","a key of 17 byte":"1","a key of 12":{"inside":"2"},"a key of 13":"3"})",
    R"({"id":"1","id":"2","name":["a",["b",["c"]]]})",
};

TEST(JsonWalker, TellsWhatRapidJsonTells) {
  for (const std::string_view record : records) {
    EXPECT_NE(read(std::string(record)), "refused") << record;
    EXPECT_EQ(walked(record), read(std::string(record))) << record;
  }
}

TEST(JsonWalker, TakesNoNameForOneThatHasAQuoteInIt) {
  EXPECT_EQ(walked(R"({"name\":\"x":"","size":"1"})"), "6[0]=1;");
  EXPECT_EQ(walked(R"({"name":"x","size":"1"})"), "1[0]=x;6[0]=1;");
}

TEST(JsonWalker, LeavesWhatIsOddToRapidJson) {
  const std::string nested(70, '[');
  for (const std::string& record :
       {std::string(R"({"other":tru})"), std::string(R"({"other":01})"),
        std::string(R"({"other":"\q"})"), std::string(R"({"\q":1})"),
        std::string(R"({"name":"\ud800"})"), std::string("{\"name\":\"\xE4\"}"),
        std::string("{\"other\":\"a\tb\"}"), std::string(R"({"other":[1 2]})"),
        std::string(R"({"a":1,})"), std::string(R"({"a" 1})"), std::string(R"({"other":{"a":}})"),
        "{\"other\":" + nested + std::string(70, ']') + "}"}) {
    EXPECT_EQ(walked(record), "refused") << record;
  }
}

TEST(JsonWalker, AcceptsNothingElseWhereARecordIsDamaged) {
  std::mt19937 random(1);
  const std::string_view bytes = "\"\\{}[]:,0-eu tn\xC3\n";
  for (int round = 0; round < 20'000; ++round) {
    std::string record(records[random() % std::size(records)]);
    for (auto damage = random() % 3 + 1; damage > 0; --damage) {
      record[random() % record.size()] = bytes[random() % bytes.size()];
    }
    // The cutter hands over what begins and ends as an object does.
    record.front() = '{';
    record.back() = '}';
    if (const std::string found = walked(record); found != "refused") {
      EXPECT_EQ(found, read(record)) << record;
    }
  }
}

}  // namespace
}  // namespace tierline

#endif
