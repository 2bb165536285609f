#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>

#include "input/rows.h"
#include "input/xml/xml_transcoder.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

std::vector<std::string> rows(std::string_view text) {
  return read_text(text, {"a", "b"}).rows;
}
std::string error(std::string_view text) {
  return read_text(text, {"a", "b"}).error;
}

class GivenText final : public TextSource {
 public:
  explicit GivenText(std::string text) : text_(std::move(text)) {}

  [[nodiscard]] std::string_view beginning() const override { return text_; }
  Result<std::size_t> read(std::span<char> out) override {
    const std::size_t count = std::min(out.size(), text_.size() - at_);
    std::copy_n(text_.data() + at_, count, out.data());
    at_ += count;
    return count;
  }
  [[nodiscard]] std::uint64_t bytes_read() const override { return at_; }
  [[nodiscard]] std::string digest() const override { return {}; }

 private:
  std::string text_;
  std::size_t at_ = 0;
};

/// The JSON that an XML text is read as, or the error, read in pieces of that size.
std::string json(std::string_view text, std::size_t piece_size = 64 * 1024) {
  const auto source =
      transcode_xml(std::make_shared<GivenText>(std::string(text)), "x", {}, piece_size);
  std::string all;
  std::string buffer(997, '\0');
  while (true) {
    const auto got = source->read(buffer);
    if (!got) {
      return to_string(got.error());
    }
    all += buffer.substr(0, *got);
    if (*got < buffer.size()) {
      return all;
    }
  }
}

/// The JSON of one record with this inside.
std::string record(std::string_view text) {
  const std::string all = json(fmt::format("<x><r>{}</r></x>", text));
  return all.starts_with("{\"r\":[") ? all.substr(6, all.size() - 8) : all;
}

// --- what is a record, and in which list

TEST(Xml, FindsRecordsInEveryWrapperThatExportsHave) {
  const auto expected = ElementsAre("1: a=1 b=x", "1: a=2 b=y");
  for (const auto& [root, element] :
       {std::pair("unload", "cmdb_ci"), std::pair("xml", "cmdb_ci"),
        std::pair("response", "result"), std::pair("Set", "Server")}) {
    EXPECT_THAT(
        rows(fmt::format("<{0}><{1}><a>1</a><b>x</b></{1}><{1}><a>2</a><b>y</b></{1}></{0}>", root,
                         element)),
        expected);
  }
}

TEST(Xml, IsTheSyntaxOfWhatBeginsWithATag) {
  for (const std::string_view text :
       {"<x/>", "<?xml version='1.0'?><x/>", "<!-- made by hand --><x/>", "\n\n  <x></x>",
        "\xEF\xBB\xBF<x/>", "<\xC3\xA9l\xC3\xA9ment/>"}) {
    EXPECT_EQ(read_text(text, {}).syntax, "xml") << text;
    EXPECT_EQ(read_text(text, {}).error, "") << text;
  }
  EXPECT_EQ(read_text("<,a\n1,2\n", {}).syntax, "csv");
}

TEST(Xml, PutsRecordsIntoTheListOfTheirElement) {
  EXPECT_EQ(json("<u><ci><a>1</a></ci><ci><a>2</a></ci><rel><b>3</b></rel><ci><a>4</a></ci></u>"),
            R"({"ci":[{"a":"1"},{"a":"2"}],"rel":[{"b":"3"}],"ci":[{"a":"4"}]})");
}

TEST(Xml, ReadsTablesThatTakeTurns) {
  EXPECT_THAT(rows("<u><ci><a>1</a></ci><rel><b>2</b></rel><ci><a>3</a></ci></u>"),
              ElementsAre("1: a=1", "1: b=2", "1: a=3"));
}

TEST(Xml, ReadsARootWithoutRecordsAsNone) {
  for (const std::string_view text : {"<unload/>", "<unload unload_date=\"2026-11-21\"></unload>",
                                      "<response><result/></response>", "<u><!-- none --></u>"}) {
    EXPECT_THAT(rows(text), IsEmpty()) << text;
    EXPECT_EQ(error(text), "") << text;
  }
}

TEST(Xml, HandsOnTextsBesideTheRecords) {
  const auto read =
      read_text("<response><result><a>1</a></result><status>failure</status></response>", {"a"});
  EXPECT_THAT(read.rows, ElementsAre("1: a=1"));
  EXPECT_THAT(read.remarks, ElementsAre("failure"));
}

// --- what is in a record

TEST(Xml, ReadsAnElementWithTextAsText) {
  EXPECT_EQ(record("<a>one two</a><b/><c></c>"), R"({"a":"one two","b":"","c":""})");
}

TEST(Xml, ReadsAttributesBesideATextAsAnObject) {
  EXPECT_EQ(record(R"(<o display_value="Beth" link="u/1">1</o><p display_value=""/>)"),
            R"({"o":{"display_value":"Beth","link":"u/1","value":"1"},)"
            R"("p":{"display_value":"","value":""}})");
}

TEST(Xml, TellsAttributesOfTheRecordByAnAt) {
  EXPECT_EQ(
      json(R"(<u><ci action="INSERT" action.on="x"><action>y</action></ci><row id="7"/></u>)"),
      R"({"ci":[{"@action":"INSERT","@action.on":"x","action":"y"}],"row":[{"@id":"7"}]})");
}

TEST(Xml, FindsElementsAndAttributesWhateverTheCaseOfTheirLetters) {
  const auto text =
      read_text("<x><r><A LINK='1'>2</A><B>3</B></r><r>\n<B>4</B><b>5</b></r><r C='6'/></x>",
                {"a.value", "b", "@c"});
  EXPECT_THAT(text.rows, ElementsAre("1: a.value=2 b=3", "1: b=5", "2: @c=6"));
  EXPECT_THAT(text.issues, ElementsAre("names-differ-in-case@1 x1"));
}

TEST(Xml, ReadsElementsInElementsAsObjects) {
  EXPECT_EQ(record("<o>\n <link>u/1</link>\n <value>1</value>\n</o>"),
            R"({"o":{"link":"u/1","value":"1"}})");
}

TEST(Xml, MakesAListOfElementsOfOneNameWhereverTheyStand) {
  EXPECT_EQ(record("<t>1</t><t>2</t><o>x</o><t>3</t>"), R"({"t":["1","2","3"],"o":"x"})");
  EXPECT_EQ(record("<l><t>1</t><v/><t><t>2</t><t/></t></l><t>3</t>"),
            R"({"l":{"t":["1",{"t":["2",""]}],"v":""},"t":"3"})");
  EXPECT_EQ(record(R"(<o value="1" t="2"><t>3</t><value>4</value></o>)"),
            R"({"o":{"value":["1","4"],"t":["2","3"]}})");
}

TEST(Xml, KeepsTheTextOfMixedContentBesideItsElements) {
  EXPECT_EQ(record("<o>see <b>it</b> there</o>"), R"({"o":{"b":"it","value":"see it there"}})");
  EXPECT_EQ(record("<o x='1'>see <b>it</b></o>"), R"({"o":{"x":"1","b":"it","value":"see it"}})");
}

TEST(Xml, LeavesOutAttributesThatSpeakOfTheXml) {
  EXPECT_EQ(json(R"(<u><r xmlns="urn:a"><a xml:space="preserve" xmlns:i="urn:i"> 1 </a></r></u>)"),
            R"({"r":[{"a":" 1 "}]})");
}

TEST(Xml, WritesTextsAsJsonHasThem) {
  EXPECT_EQ(record("<a>\"\\u0041\\\t&lt;&#x1F600;&amp;<![CDATA[<&]]>é</a>"),
            R"({"a":"\"\\u0041\\\t<😀&<&é"})");
  EXPECT_THAT(rows("<u><r><a>\"x\\\ny\"}{</a></r></u>"), ElementsAre("1: a=\"x\\\ny\"}{"));
}

TEST(Xml, PassesOverCommentsAndInstructions) {
  EXPECT_EQ(record("<!-- <a>0</a> --><a>1<!-- x -->2</a><?x y?>"), R"({"a":"12"})");
}

// --- lines

TEST(Xml, KnowsTheLineOfEveryRecord) {
  EXPECT_THAT(rows("<?xml version=\"1.0\"?>\n\n<u>\n<r\n x='1'><a>1\n2</a>\n</r><r><a>3</a></r>\n"
                   "<!-- \n\n --><s>\n<b>4</b></s></u>"),
              ElementsAre("4: a=1\n2", "7: a=3", "10: b=4"));
}

TEST(Xml, CountsBlankLinesBeforeTheDeclaration) {
  EXPECT_THAT(rows("\n\r\n<?xml version=\"1.0\"?>\n<u><r><a>1</a></r></u>"), ElementsAre("4: a=1"));
  EXPECT_THAT(error("\n<?xml version=\"1.0\"?>\n<u><r></u>"), StartsWith("export:3: not XML"));
}

TEST(Xml, CountsALineOnceWhateverEndsIt) {
  EXPECT_THAT(rows("<u>\r\n<r><a>1</a></r>\r\n<r><a>2</a></r>\r\n</u>\r\n"),
              ElementsAre("2: a=1", "3: a=2"));
}

// --- pieces, sizes

TEST(Xml, SaysTheSameWhereverAPieceEnds) {
  const std::string text =
      "\n<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<u d='1'>\n<ci action=\"INSERT\">\n"
      "<a x=\"é&amp;&#10;\">1\r\n2</a><t>😀</t><!-- - --><t>&lt;<![CDATA[]]]]>\r\n</t></ci>\n"
      "<rel>\n\n<b/></rel><rel\n/><ci><b>x</b></ci><s>y</s>\n</u>\n\n";
  const std::string whole = json(text);
  EXPECT_THAT(whole, HasSubstr(R"("t":["😀","<]]\n"]})"));
  for (std::size_t size = 1; size <= text.size() + 1; ++size) {
    EXPECT_EQ(json(text, size), whole) << size;
  }
}

TEST(Xml, GivesTheSameRowsWhereverAChunkEnds) {
  std::string text = "<u>\n";
  std::vector<std::string> expected;
  for (int i = 0; text.size() < 2'500'000; ++i) {
    const std::string value = std::string(static_cast<std::size_t>(i % 97), '\\') + "é\"}{";
    text += fmt::format("<t{0}><a>{1}</a>\n<b>{2}</b></t{0}>\n", i / 1000 % 3, value, i);
    expected.push_back(fmt::format("{}: a={} b={}", 2 + 2 * i, value, i));
  }
  EXPECT_EQ(rows(text + "</u>"), expected);
}

TEST(Xml, ReadsManyListsThatTakeTurns) {
  std::string text = "<u>";
  for (int i = 0; i < 20'000; ++i) {
    text += fmt::format("<t{}><a>{}</a></t{}>\n", i % 2, i, i % 2);
  }
  const auto read = rows(text + "</u>");
  ASSERT_THAT(read, SizeIs(20'000));
  EXPECT_EQ(read.back(), "20000: a=19999");
}

TEST(Xml, FindsRecordsThatAreLargerThanAChunk) {
  const std::string large(3'000'000, 'x');
  EXPECT_THAT(rows("<u><r><a>1</a></r>\n<r><x>" + large + "</x><a>2</a></r><r><a>3</a></r></u>"),
              ElementsAre("1: a=1", "2: a=2", "2: a=3"));
}

TEST(Xml, ReadsAnAttributeOfAMegabyte) {
  const auto read = rows("<u><r><a x='" + std::string(1'000'000, 'x') + "'>1</a><b>2</b></r></u>");
  EXPECT_THAT(read, ElementsAre("1: b=2"));
}

TEST(Xml, RefusesATagOrCommentWithoutEnd) {
  const std::string endless(5 * 1024 * 1024, 'x');
  EXPECT_EQ(error("<u>\n<r a='" + endless), "export:2: a tag or comment is larger than 4 MiB");
  EXPECT_EQ(error("<u><r/>\n\n<!-- " + endless + " --></u>"),
            "export:3: a tag or comment is larger than 4 MiB");
}

TEST(Xml, RefusesNamesWithoutEnd) {
  std::string text = "<u>\n";
  for (int i = 0; i < 400'000; ++i) {
    text += fmt::format("<n{}/>", i);
  }
  EXPECT_EQ(error(text + "</u>"), "export:2: there are more names of elements than an export has");
}

TEST(Xml, RefusesARecordOfAQuarterOfAGigabyteWithItsLine) {
  /// A source that never holds its text: `<u>`, an empty line, then a record without end.
  class Endless final : public TextSource {
   public:
    [[nodiscard]] std::string_view beginning() const override { return begin_; }
    Result<std::size_t> read(std::span<char> out) override {
      std::ranges::fill(out, ' ');
      std::ranges::copy(at_ == 0 ? begin_ : std::string_view(), out.begin());
      at_ += out.size();
      return out.size();
    }
    [[nodiscard]] std::uint64_t bytes_read() const override { return at_; }
    [[nodiscard]] std::string digest() const override { return {}; }

   private:
    std::string_view begin_ = "<u>\n\n<r><a/>";
    std::uint64_t at_ = 0;
  };
  const auto source = transcode_xml(std::make_shared<Endless>(), "x");
  std::string buffer(1024, '\0');
  EXPECT_EQ(to_string(source->read(buffer).error()), "x:3: a record is larger than 256 MiB");
}

// --- encodings

TEST(Xml, ReadsLatin1AndWindows1252) {
  EXPECT_THAT(rows("<?xml version='1.0' encoding='ISO-8859-1'?><u><r><a>\xE9</a></r></u>"),
              ElementsAre("1: a=é"));
  for (const char* name : {"windows-1252", "Windows-1252", "cp1252"}) {
    EXPECT_THAT(
        rows(fmt::format("<?xml version='1.0' encoding='{}'?><u><r><a>\xE9\x80</a></r></u>", name)),
        ElementsAre("1: a=é€"));
  }
}

TEST(Xml, ReadsUtf16WhateverItSaysOfItself) {
  for (const bool big_endian : {false, true}) {
    std::string text = big_endian ? "\xFE\xFF" : "\xFF\xFE";
    for (const char c : std::string_view(
             "<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n<u><r><a>\xE9</a></r></u>")) {
      text += big_endian ? std::string{'\0', c} : std::string{c, '\0'};
    }
    EXPECT_THAT(rows(text), ElementsAre("2: a=é"));
  }
  EXPECT_THAT(rows("<?xml version='1.0' encoding='utf-16'?><u><r><a>é</a></r></u>"),
              ElementsAre("1: a=é"));
}

TEST(Xml, RefusesEncodingsThatItDoesNotKnow) {
  EXPECT_EQ(error("<?xml version='1.0' encoding='Shift_JIS'?><u/>"),
            "export:1: the encoding 'shift_jis' is not known: export in UTF-8");
  EXPECT_THAT(error("<?xml version='1.0' encoding='utf\n-8\xFF?><u/>"),
              StartsWith("export:2: the byte 0xFF is not UTF-8"));
}

TEST(Xml, SaysWhereTextIsNotInItsEncoding) {
  for (const std::string_view bad : {"\xFF", "\xC3(", "\xC0\xAF", "\xED\xA0\x80"}) {
    EXPECT_THAT(error(fmt::format("<u>\n<r><a>x{}y</a></r></u>", bad)),
                ::testing::AllOf(StartsWith("export:2: the byte 0x"), HasSubstr("is not UTF-8")));
  }
}

// --- what is refused, or left out

TEST(Xml, RefusesADoctype) {
  const std::string bomb =
      "<?xml version=\"1.0\"?>\n<!DOCTYPE u [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]>\n"
      "<u><r><a>&b;</a></r></u>";
  EXPECT_EQ(error(bomb),
            "export:2: a DOCTYPE is refused, for what it can make a reader do: export without it");
  EXPECT_THAT(error("<!DOCTYPE u SYSTEM \"file:///etc/passwd\"><u/>"),
              StartsWith("export:1: a DOCTYPE is refused"));
}

TEST(Xml, KnowsAPageOfALoginForm) {
  EXPECT_EQ(error("<!DOCTYPE html>\n<html><body><br></body></html>"),
            "export:1: an HTML page, not an export: log in again, and make the export again");
}

TEST(Xml, LeavesOutRecordsThatAreNestedTooDeep) {
  std::string open;
  std::string close;
  for (int i = 0; i < 5'000; ++i) {
    open += "<x>";
    close += "</x>";
  }
  const auto read =
      read_text("<u><r><a>1</a></r>\n<r>" + open + "y" + close + "</r><r><a>2</a></r></u>", {"a"});
  EXPECT_THAT(read.rows, ElementsAre("1: a=1", "2: a=2"));
  EXPECT_THAT(read.issues, ElementsAre("nested-too-deep@2 x1"));
}

TEST(Xml, ReadsAsDeepAsJson) {
  const auto nested = [](int depth) {
    std::string text = "<b>1</b>";
    for (int i = 0; i < depth; ++i) {
      text = "<x>" + text + "</x>";
    }
    return "<u><r><a>1</a>" + text + "</r></u>";
  };
  EXPECT_THAT(read_text(nested(62), {"a"}).rows, SizeIs(1));
  EXPECT_THAT(read_text(nested(63), {"a"}).rows, IsEmpty());
  EXPECT_THAT(read_text(nested(63), {"a"}).issues, SizeIs(1));
}

TEST(Xml, RefusesDepthWithoutEnd) {
  std::string deep = "<u>";
  for (int i = 0; i < 100'000; ++i) {
    deep += "<x>";
  }
  EXPECT_EQ(error(deep),
            "export:1: elements stand in one another more than 10000 deep: this is no export");
}

TEST(Xml, RefusesAFileThatIsCutOff) {
  const std::string text =
      "<?xml version=\"1.0\"?>\n<u>\n<r x=\"1\"><a>é<![CDATA[2]]>&amp;</a></r></u>";
  EXPECT_EQ(error(text), "");
  for (std::size_t size = 24; size < text.size(); ++size) {
    EXPECT_THAT(error(text.substr(0, size)), HasSubstr("the file ends in the middle of its XML"))
        << text.substr(0, size);
  }
  EXPECT_EQ(error("<u>\n<r><a>1"),
            "export:2: the file ends in the middle of its XML: the export was cut off, make it "
            "again");
}

TEST(Xml, SaysWhereTextIsNotXml) {
  EXPECT_EQ(error("<u>\n<r><a>1</b></r></u>"),
            "export:2: not XML: mismatched tag: make the export again, or mend this line");
  EXPECT_THAT(error("<u>\n<r><a>R&D</a></r></u>"), StartsWith("export:2: not XML"));
  EXPECT_THAT(error("<u>\n<r><a>1 < 2</a></r></u>"),
              StartsWith("export:2: not XML: a character that cannot stand here"));
  EXPECT_THAT(error("<u><r x='1' x='2'/></u>"),
              StartsWith("export:1: not XML: duplicate attribute"));
  EXPECT_THAT(error("<u><r><a>&nbsp;</a></r></u>"), StartsWith("export:1: not XML: undefined"));
  EXPECT_THAT(error("<u/>\n<u/>"),
              StartsWith("export:2: not XML: something stands after the end of the document"));
}

TEST(Xml, RefusesControlCharacters) {
  EXPECT_THAT(error("<u>\n<r><a>x\x0By</a></r></u>"),
              StartsWith("export:2: not XML: the control character 0x0B"));
  EXPECT_THAT(error("<u>\n<r><a>&#x1;</a></r></u>"),
              StartsWith("export:2: not XML: a reference to a character that XML forbids"));
  std::string late = "<u>\n<r><a>" + std::string(70'000, 'x');
  late += '\0';
  EXPECT_THAT(error(late + "</a></r></u>"),
              StartsWith("export: byte 70011 is NUL, which no text has"));
}

TEST(Xml, KnowsAMergeConflict) {
  EXPECT_EQ(error("<u>\n<<<<<<< HEAD\n<r/>\n=======\n<s/>\n>>>>>>> x\n</u>"),
            "export:2: a merge conflict marker stands here: resolve the conflict in this file");
  EXPECT_EQ(error("<<<<<<< HEAD\n<u/>\n=======\n<v/>\n>>>>>>> x\n"),
            "export:1: a merge conflict marker stands here: resolve the conflict in this file");
}

}  // namespace
}  // namespace tierline
