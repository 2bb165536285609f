// What is read of a JSON text is what RapidJSON takes for JSON, whatever its bytes: neither more
// nor less, but for what is said here.

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidjson/encodedstream.h>
#include <rapidjson/error/error.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "files/byte_stream.h"
#include "files/text_source.h"
#include "input/json/json.h"
#include "input/json/json_escapes.h"
#include "tierline/text.h"

namespace tierline {
namespace {

/// In the shapes that exports have, with records of one form and of others, values that are
/// skipped, and records inside of records.
const std::vector<std::string_view> documents = {
    R"([{"a":"1","b":"x"},{"a":"2","b":"y"},{"a":"3","b":"z"},{"a":"4","b":""}])",
    R"({"result":[{"a":1,"b":true},{"a":-2.5e3,"b":null},{"a":0,"b":[]}],"count":2,"next":null})",
    "{\n  \"cis\": [\n    {\"a\": \"1\", \"o\": {\"v\": \"x\"}},\n    {\"a\": \"2\"}\n  ],\n"
    "  \"rels\": [ {\"b\": \"3\"} ]\n}\n",
    R"({"a":"one \"record\" \\ \u00e4\ud83d\ude00\n","b":["x","y",{"v":[1,2,[3]]}],"o":{"v":{"w":1}}})",
    R"({"meta":{"x":[1,"2",{"y":null}],"z":"\t"},"text":"beside","n":1e99,"l":[{"a":"1"},2,"x",[3]]})",
    R"([{"a":"Bäcker","in":[{"a":"inner","b":1},{"a":"other"}],"b":""},{"in":{"a":"2"}},{"in":[]}])",
    R"([{"a":"1","b":"x","o":{"v":"1"}},{"a":"2","b":"y","o":{"v":"2"}},{"a":"2","a":"y"},)"
    R"({"a":"1","b":"x","o":{"v":"1"}},{"a":"2","b":"y","o":{"v":""}},{}])",
};

std::string mutated(std::mt19937& random) {
  static constexpr std::string_view bytes =
      "\"\\{}[]:,0-.eE+ tfnu/*#\n\r\t\x00\x01\x1A\x1F\x7F\xC3\xFF";
  std::string text(documents[random() % documents.size()]);
  for (auto changes = random() % 3 + 1; changes > 0 && !text.empty(); --changes) {
    const std::size_t at = random() % text.size();
    const std::size_t size = std::min<std::size_t>(random() % 8 + 1, text.size() - at);
    switch (random() % 6) {
      case 0:
        text[at] = static_cast<char>(static_cast<unsigned char>(text[at]) ^ 1U << random() % 8);
        break;
      case 1:
        text.erase(at, size);
        break;
      case 2:
        text.insert(at, text.substr(at, size));
        break;
      case 3:
        text.insert(at, 1, bytes[random() % bytes.size()]);
        break;
      case 4:
        text[at] = bytes[random() % bytes.size()];
        break;
      default:
        text.resize(random() % 8 == 0 ? at : text.size());
        break;
    }
  }
  return text;
}

/// The first fault in a text of documents, which may follow one another: a record a line. Halves of
/// surrogate pairs are repaired, which is told.
rapidjson::ParseErrorCode fault_in(std::string text) {
  repair_surrogates(text);
  rapidjson::MemoryStream memory(text.data(), text.size());
  rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> stream(memory);
  while (true) {
    rapidjson::SkipWhitespace(stream);
    if (stream.Tell() >= text.size()) {
      return rapidjson::kParseErrorNone;
    }
    if (stream.Peek() != '{' && stream.Peek() != '[') {
      return rapidjson::kParseErrorDocumentRootNotSingular;
    }
    rapidjson::BaseReaderHandler<> nobody;
    const auto parsed =
        rapidjson::Reader().Parse<rapidjson::kParseStopWhenDoneFlag>(stream, nobody);
    if (parsed.IsError()) {
      return parsed.Code();
    }
  }
}

class TextBytes final : public ByteStream {
 public:
  explicit TextBytes(std::string_view text) : rest_(text) {}

 private:
  Result<std::size_t> read_available(std::span<char> out) override {
    const std::size_t size = rest_.copy(out.data(), out.size());
    rest_.remove_prefix(size);
    return size;
  }

  std::string_view rest_;
};

struct Nobody final : RowSink {
  void row(const Row& /*row*/) override {}
  void issue(InputIssue /*flaw*/) override {}
  bool remark(std::string_view /*text*/, std::uint64_t /*line*/) override { return false; }
};

Status read_all(std::string_view text, const FieldSelection& selection) {
  auto source = read_as_text(std::make_unique<TextBytes>(text));
  if (!source) {
    return source.error();
  }
  auto records = open_json_records(std::move(*source), "export.json", {});
  if (!records) {
    return records.error();
  }
  (*records)->expect(selection);
  Nobody nobody;
  while (true) {
    auto chunk = (*records)->next();
    if (!chunk) {
      return chunk.error();
    }
    if (!*chunk) {
      return Done{};
    }
    if (auto parsed = (*records)->parse(**chunk, nobody); !parsed) {
      return parsed;
    }
  }
}

FieldSelection selection_of(bool has_nested) {
  FieldSelection selection;
  Slot slot = 0;
  for (const std::vector<std::string>& path :
       std::vector<std::vector<std::string>>{{"a"}, {"b"}, {"o", "v"}, {"b", "v"}}) {
    selection.add_path(path, {slot++, Facet::text});
  }
  if (has_nested) {
    selection.add_nested("in", false);
  }
  return selection;
}

/// A byte order mark is passed over or tells of another encoding; a text of nothing is read by
/// nobody, here: the file is called empty before.
bool is_other_by_intent(std::string_view text) {
  return trim(text).empty() || text.front() == '\xEF' || text.front() == '\xFF' ||
         text.front() == '\xFE';
}

TEST(JsonMutations, AreReadIfAndOnlyIfRapidJsonTakesThemForDocuments) {
  std::mt19937 random(12);
  const FieldSelection with_nested = selection_of(true);
  const FieldSelection plain = selection_of(false);
  int accepted = 0;
  for (int round = 0; round < 10'000; ++round) {
    const std::string text = mutated(random);
    const rapidjson::ParseErrorCode fault = fault_in(text);
    // It says nothing of what follows a number beyond double.
    if (is_other_by_intent(text) || fault == rapidjson::kParseErrorNumberTooBig) {
      continue;
    }
    for (const FieldSelection& selection : {plain, with_nested}) {
      const Status read = read_all(text, selection);
      EXPECT_EQ(read.has_value(), fault == rapidjson::kParseErrorNone)
          << round << ": " << text << "\n"
          << (read ? std::string() : to_string(read.error()));
    }
    accepted += fault == rapidjson::kParseErrorNone ? 1 : 0;
  }
  EXPECT_GT(accepted, 1'000);
  EXPECT_LT(accepted, 9'000);
}

}  // namespace
}  // namespace tierline
