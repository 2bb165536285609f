// Both ways into JSON: what simdjson walks, RapidJSON reads just so.

#ifdef TIERLINE_SIMDJSON

#include "input/json_walker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>

#include "input/picked.h"
#include "tierline/input.h"

namespace tierline {
namespace {

/// What simdjson makes of a record, after whatever record came before.
std::string walked(std::string_view text) {
  static JsonPicker picker(picked::wants());
  static JsonWalker walker;
  const Buffer buffer(text);
  picker.start_plain(true, 1, {});
  const bool has_escapes = text.find('\\') != std::string_view::npos;
  return walker.walk(buffer.view(), has_escapes, picker) ? picked::told(picker) : "refused";
}

TEST(JsonWalker, TellsWhatRapidJsonTells) {
  for (const std::string_view record : picked::records) {
    EXPECT_NE(picked::by_the_letter(std::string(record)), "refused") << record;
    EXPECT_EQ(walked(record), picked::by_the_letter(std::string(record))) << record;
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
  for (int round = 0; round < 20'000; ++round) {
    const std::string record = picked::damaged_record(random);
    if (const std::string found = walked(record); found != "refused") {
      EXPECT_EQ(found, picked::by_the_letter(record)) << record;
    }
  }
}

}  // namespace
}  // namespace tierline

#endif
