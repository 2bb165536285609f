#include "tierline/json_buffer.h"

#include <gtest/gtest.h>
#include <rapidjson/document.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/writer.h>

#include <filesystem>

#include "run_tool.h"
#include "scratch.h"

namespace tierline {
namespace {

template <typename Writer>
std::string written_by(const std::string& text) {
  JsonBuffer buffer;
  Writer writer(buffer);
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  return {buffer.GetString(), buffer.GetSize()};
}

/// Long enough for the instructions that look at sixteen bytes at once.
std::string with_each_control() {
  std::string text(64, 'x');
  for (char c = 1; c < ' '; ++c) {
    text += std::string(17, 'y') + c + std::string(17, 'z');
  }
  return text;
}

void expect_escaped(const std::string& json) {
  EXPECT_EQ(json.find_first_of(std::string_view("\x1a\x1b\x1c\x1d\x1e\x1f\x01\x19")),
            std::string::npos);
  rapidjson::Document document;
  document.Parse(json.data(), json.size());
  ASSERT_FALSE(document.HasParseError());
  EXPECT_EQ(document.GetString(), with_each_control());
}

TEST(JsonBuffer, HoldsNoControlCharacterAsItIs) {
  expect_escaped(written_by<rapidjson::Writer<JsonBuffer>>(with_each_control()));
  expect_escaped(written_by<rapidjson::PrettyWriter<JsonBuffer>>(with_each_control()));
}

/// Whether a text is JSON, in UTF-8, without a raw control character but line ends.
bool is_sound(const std::string& json) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseValidateEncodingFlag>(json.data(), json.size());
  return !document.HasParseError() && json.find('\x1b') == std::string::npos &&
         json.find('\x1f') == std::string::npos;
}

TEST(JsonBuffer, HasNamesOfFilesInValidJsonWhateverTheirBytes) {
  const Scratch scratch;
  const std::string name = "evil of a rather long name \x1b[2J\x1f\xff\"\\.csv";
  scratch.write("in/" + name, "app_id,app_name,depends_on\nA1,Billing,A2\nA2,Ledger,\n");
  const ToolRun suggested = run_tool({"profiles", "check", "--suggest", scratch / "in"});
  EXPECT_EQ(suggested.exit_code, 0) << suggested.err;
  EXPECT_TRUE(is_sound(suggested.out)) << suggested.out;
  const std::string estate = std::string(TIERLINE_ROOT) + "/fixtures/estate/export";
  std::filesystem::copy(estate, scratch / "estate", std::filesystem::copy_options::recursive);
  for (const auto& file : std::filesystem::directory_iterator(scratch / "estate")) {
    std::filesystem::rename(file.path(), file.path().parent_path() /
                                             ("\x1b\x1f\xff" + file.path().filename().string()));
  }
  const ToolRun audited = run_tool(
      {"audit", scratch / "estate", "-o", "json:-", "--stats-json", scratch / "stats.json"});
  EXPECT_TRUE(is_sound(audited.out)) << audited.err;
  EXPECT_TRUE(is_sound(scratch.read("stats.json")));
}

}  // namespace
}  // namespace tierline
