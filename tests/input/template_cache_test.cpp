// What is read by known templates is what RapidJSON reads.

#include "input/json/template_cache.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>

#include "input/extracted.h"
#include "input/input.h"
#include "input/json/record_splitter.h"

namespace tierline {
namespace {

class LearnedTemplates {
 public:
  explicit LearnedTemplates(std::initializer_list<std::string_view> known) {
    for (const std::string_view record : known) {
      learn(record);
    }
  }

  void learn(std::string_view record) {
    const Buffer buffer(record);
    templates_.learn(buffer.padded());
  }

  /// "no record" where the splitter does not hand it over as one that templates are for.
  std::string read(std::string_view record) {
    const Buffer list('[' + std::string(record) + ']');
    JsonRecordSplitter splitter("record");
    const auto outcome = splitter.next(list.padded(), true);
    if (!outcome || *outcome != JsonRecordSplitter::Outcome::record ||
        splitter.end() != record.size() + 1 || splitter.hints().has_controls) {
      return "no record";
    }
    extractor_.start_plain(splitter.hints().is_ascii, 1, {});
    const bool is_known = templates_.read(list.padded().from(1).first(record.size()),
                                          splitter.hints().has_escapes, extractor_);
    return is_known ? extracted::as_text(extractor_) : "unknown";
  }

  [[nodiscard]] bool same_columns_as_previous() const {
    return templates_.same_columns_as_previous();
  }
  [[nodiscard]] std::uint64_t repaired() const { return extractor_.repaired(); }

 private:
  JsonTemplateCache templates_{extracted::selection()};
  JsonCellExtractor extractor_{extracted::selection()};
};

TEST(JsonTemplateCache, ReadARecordThatDiffersInItsTextsOnly) {
  LearnedTemplates templates{R"({"id":"1","other":"2","name":"3"})"};
  EXPECT_EQ(templates.read(R"({"id":"","other":"x","name":"Pay"})"), "0[0]=;1[0]=Pay;");
  EXPECT_EQ(templates.read(R"({"id":"1","other":"2"})"), "unknown");
  EXPECT_EQ(templates.read(R"({"id":"1", "other":"2","name":"3"})"), "unknown");
}

TEST(JsonTemplateCache, PutPiecesOfSeveralRecordsTogether) {
  LearnedTemplates templates{R"({"id":"1","owner":"","deep":{"x":{"y":"2"}}})",
                             R"({"id":"1","owner":{"value":"a"},"deep":""})"};
  EXPECT_EQ(templates.read(R"({"id":"1","owner":{"value":"b"},"deep":""})"), "0[0]=1;2[0]=b;");
  EXPECT_EQ(templates.read(R"({"id":"1","owner":"","deep":""})"), "unknown");
  EXPECT_EQ(templates.read(R"({"id":"1","owner":{"value":"b"},"deep":{"x":{"y":"3"}}})"),
            "unknown");
  templates.learn(R"({"owner":{"value":"b"},"deep":{"x":{"y":"3"}}})");
  EXPECT_EQ(templates.read(R"({"id":"1","owner":{"value":"b"},"deep":{"x":{"y":"3"}}})"),
            "0[0]=1;2[0]=b;9[0]=3;");
}

TEST(JsonTemplateCache, KnowAMemberByTheObjectThatItIsIn) {
  LearnedTemplates templates{R"({"deep":{"name":"1"},"name":"2"})"};
  EXPECT_EQ(templates.read(R"({"deep":{"name":"3"},"name":"4"})"), "1[0]=4;");
  EXPECT_EQ(templates.read(R"({"deep":{"name":"3"}})"), "unknown");
  EXPECT_EQ(templates.read(R"({"name":"4"})"), "unknown");
}

TEST(JsonTemplateCache, ReadUsualEscapes) {
  LearnedTemplates templates{R"({"name":"\"","other":"\\"})"};
  EXPECT_EQ(templates.read(R"({"name":"a\n\u00e4\"","other":"\\\""})"), "1[0]=a\nä\";");
  EXPECT_EQ(templates.read(R"({"name":"\\","other":"\ud83d\ude00"})"), "unknown");
  EXPECT_EQ(templates.read(R"({"name":"\\","other":"\q"})"), "unknown");
  EXPECT_EQ(templates.read(R"({"name":"\\","other":"\u12g4"})"), "unknown");
  EXPECT_EQ(templates.read(R"({"name":"\\","other":"\u12"})"), "unknown");
}

TEST(JsonTemplateCache, ReadNumbersAndWordsThatCanBeReadInOneWayOnly) {
  LearnedTemplates templates{R"({"size":1,"other":null})", R"({"size":"1","other":true})"};
  EXPECT_EQ(templates.read(R"({"size":-20.50,"other":false})"), "6[0]=-20.50;");
  EXPECT_EQ(templates.read(R"({"size":null,"other":null})"), "6[0]=;");
  EXPECT_EQ(templates.read(R"({"size":"x","other":0})"), "6[0]=x;");
  EXPECT_EQ(templates.read(R"({"size":1.5e+3,"other":-0.0E09})"), "6[0]=1.5e+3;");
  EXPECT_EQ(templates.read(R"({"size":true,"other":[]})"), "6[0]=true;");
  for (const std::string_view number : {"01", "1.", ".5", "-", "1e", "1e+", "+1", "1.5.5", "1-",
                                        "-01", "nul", "truer", "[1]", "{}"}) {
    EXPECT_EQ(templates.read(R"({"size":)" + std::string(number) + R"(,"other":null})"), "unknown")
        << number;
  }
}

TEST(JsonTemplateCache, ReadNumbersOfAnySize) {
  LearnedTemplates templates{R"({"size":1,"other":null})"};
  for (const std::string& number : {std::string("1e500"), "-" + std::string(400, '9')}) {
    EXPECT_EQ(templates.read(fmt::format(R"({{"size":{0},"other":{0}}})", number)),
              fmt::format("6[0]={};", number));
  }
}

TEST(JsonTemplateCache, AreLearnedOfNumbersOfAnySize) {
  LearnedTemplates templates{R"({"size":1e999,"other":[-1e999]})"};
  EXPECT_EQ(templates.read(R"({"size":2,"other":[3]})"), "6[0]=2;");
}

TEST(JsonTemplateCache, ReadListsOfAnyLength) {
  LearnedTemplates templates{
      R"({"tags":["a","b"],"parts":[{"name":"p","n":1},{"name":"q","n":2}],"id":"1"})",
      R"({"tags":[],"parts":[{"name":"p","n":1}],"id":"1"})"};
  EXPECT_EQ(templates.read(R"({"tags":["[a]","b","c"],"parts":[{"name":"p","n":1}],"id":"2"})"),
            "4[1]=[a];4[2]=b;4[3]=c;5[4]=p;0[0]=2;");
  EXPECT_EQ(
      templates.read(R"({"tags":[],"parts":[{"name":"p","n":1},{"name":"q","n":2}],"id":"2"})"),
      "4[0]=;5[1]=p;5[2]=q;0[0]=2;");
  EXPECT_EQ(templates.read(R"({"tags":["a","b"],"parts":[],"id":"2"})"), "unknown");
  EXPECT_EQ(templates.read(R"({"tags":["a"],"parts":["id":"2"})"), "no record");
}

TEST(JsonTemplateCache, DoNotTakeAMemberForAnElementWhateverItIsCalled) {
  LearnedTemplates templates{R"({"a":["1"],"id":"1"})", R"({"a[":"1","id":"1"})"};
  EXPECT_EQ(templates.read(R"({"a":["2"],"id":"2"})"), "0[0]=2;");
  EXPECT_EQ(templates.read(R"({"a":["2","id":"2"]})"), "unknown");
  EXPECT_EQ(templates.read(R"({"a[":"2","id":"2"})"), "0[0]=2;");
}

TEST(JsonTemplateCache, AreNotToldByNames) {
  for (const std::string_view record :
       {R"({"pairs":[{"name":"a"}],"id":"1"})", R"({"pairs":[],"id":"1"})",
        R"({"by_name":{"a":"1"}})", R"({"id":"1","\"":"1"})"}) {
    EXPECT_EQ(LearnedTemplates{record}.read(record), "unknown") << record;
  }
}

TEST(JsonTemplateCache, RepairWhatIsNotUtf8WhereItIsWanted) {
  LearnedTemplates templates{R"({"name":"","other":""})"};
  EXPECT_EQ(templates.read("{\"name\":\"\xE4\",\"other\":\"\xE4\"}"), "1[0]=\uFFFD;");
  EXPECT_EQ(templates.repaired(), 1U);
}

TEST(JsonTemplateCache, TellWhenRecordsHaveTheSameFields) {
  const std::string_view one = R"({"id":"1","other":"2","name":"3"})";
  const std::string_view other = R"({"id":"1","other":"2"})";
  LearnedTemplates templates{one, other};
  const auto same_columns_as_previous = [&](std::string_view record) {
    EXPECT_NE(templates.read(record), "unknown");
    return templates.same_columns_as_previous();
  };
  EXPECT_FALSE(same_columns_as_previous(one));
  EXPECT_TRUE(same_columns_as_previous(one));
  EXPECT_FALSE(same_columns_as_previous(other));
  EXPECT_TRUE(same_columns_as_previous(other));
  EXPECT_FALSE(same_columns_as_previous(one));
}

TEST(JsonTemplateCache, AreNotForControlCharacters) {
  LearnedTemplates templates{R"({"name":"1","id":"2"})", "{\n\"name\":\"1\"\n}"};
  EXPECT_EQ(templates.read("{\"name\":\"a\tb\",\"id\":\"2\"}"), "no record");
  EXPECT_EQ(templates.read("{\n\"name\":\"2\"\n}"), "1[0]=2;");
}

TEST(JsonTemplateCache, AreGivenUpWhereNoneComesBack) {
  LearnedTemplates templates{};
  for (int number = 0; number < 100; ++number) {
    const std::string record = R"({"id":"1","n)" + std::to_string(number) + R"(":"2"})";
    EXPECT_EQ(templates.read(record), "unknown");
    templates.learn(record);
  }
  EXPECT_EQ(templates.read(R"({"id":"1","n0":"2"})"), "unknown");
}

TEST(JsonTemplateCache, KeepToWhatTheyKnowWhenTooManyNamesCome) {
  const std::string known = R"({"id":"1","name":"2"})";
  LearnedTemplates templates{known};
  int remembered = 0;
  for (int number = 0; number < 100'000; ++number) {
    const std::string record = R"({"id":"1","n)" + std::to_string(number) + R"(":"2","name":"3"})";
    EXPECT_EQ(templates.read(record), "unknown");
    templates.learn(record);
    remembered += templates.read(record) == "unknown" ? 0 : 1;
    EXPECT_EQ(templates.read(known), "0[0]=1;1[0]=2;");
  }
  EXPECT_GT(remembered, 0);
  EXPECT_LT(remembered, 100);
}

TEST(JsonTemplateCache, LeaveMembersThatMayStandTwiceToOthers) {
  LearnedTemplates templates{R"({"id":"1","name":"2"})",
                             R"({"name":"2","id":"1"})",
                             R"({"parts":[{"name":"p"},{"name":"q"}],"id":"1"})",
                             R"({"parts":[{"name":"p","no":"1","name":"q"}],"id":"1"})",
                             R"({"owner":{"value":"a"},"id":"1","owner":{}})",
                             R"({"owner":{"value":"a","no":"1","value":"b"}})"};
  EXPECT_EQ(templates.read(R"({"id":"1","name":"2"})"), "0[0]=1;1[0]=2;");
  EXPECT_EQ(templates.read(R"({"id":"1","name":"2","id":"3"})"), "unknown");
  EXPECT_EQ(templates.read(R"({"parts":[{"name":"p"},{"name":"q"},{"name":"r"}],"id":"1"})"),
            "5[1]=p;5[2]=q;5[3]=r;0[0]=1;");
  EXPECT_EQ(templates.read(R"({"parts":[{"name":"p","no":"1","name":"q"}],"id":"1"})"), "unknown");
  EXPECT_EQ(templates.read(R"({"owner":{"value":"a"},"id":"1","owner":{}})"), "unknown");
  EXPECT_EQ(templates.read(R"({"owner":{"value":"a","no":"1","value":"b"}})"), "unknown");
}

TEST(JsonTemplateCache, TellWhatRapidJsonTellsOfDamagedRecordsToo) {
  LearnedTemplates templates{};
  std::mt19937 random(1);
  int known = 0;
  for (int round = 0; round < 40'000; ++round) {
    const std::string record =
        random() % 2 == 0 ? std::string(extracted::records[random() % extracted::records.size()])
                          : extracted::damaged_record(random);
    const std::string expected = extracted::by_rapidjson(record);
    const std::string found = templates.read(record);
    if (found != "unknown" && found != "no record" && templates.repaired() == 0) {
      ++known;
      EXPECT_EQ(found, expected) << record;
    }
    if (found != "no record" && expected != "refused") {
      templates.learn(record);
    }
  }
  EXPECT_GT(known, 5'000);
}

}  // namespace
}  // namespace tierline
