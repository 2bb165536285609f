// Names in an export are hostile: whatever they hold, a report is still what its reader takes it
// for.

#include <expat.h>
#include <gmock/gmock.h>
#include <graphviz/cgraph.h>
#include <rapidjson/document.h>
#include <rapidjson/writer.h>

#include <memory>
#include <set>

#include "input/rows.h"
#include "json_schema.h"
#include "reports/written.h"
#include "rules/from_files.h"
#include "tierline/json_buffer.h"
#include "tierline/text.h"
#include "tierline/utf8.h"

namespace tierline {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Lt;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

using Words = std::vector<std::string>;

/// A service without owner of each name; its id is the name with an `i` before it.
Given services_called(const Words& names) {
  JsonBuffer text;
  rapidjson::Writer<JsonBuffer> json(text);
  json.StartArray();
  for (const std::string& name : names) {
    json.StartObject();
    for (const auto& [key, value] :
         {std::pair("id", 'i' + name), std::pair("name", name),
          std::pair("tier", std::string("service")), std::pair("facing", std::string("external")),
          std::pair("owner", std::string())}) {
      json.Key(key);
      json.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
    }
    json.EndObject();
  }
  json.EndArray();
  return from_files({{"items.json", {text.GetString(), text.GetSize()}}});
}

std::string report_on(const Words& names, std::string_view format) {
  return written(services_called(names).audit(), format);
}

/// Quotes, markup, entities, escapes of Graphviz, and control characters, which are shown as
/// blanks.
const std::string hostile =
    "\"x\" 'y' \\ \\N\\G\\n\\ </text><script>a&amp;&#1;&lt;--> ]]>\x1b[2J\ufffeb\nend\\";
const std::string hostile_shown =
    "\"x\" 'y' \\ \\N\\G\\n\\ </text><script>a&amp;&#1;&lt;--> ]]> [2J b end\\";

TEST(Reports, ShowWhatIsInvisibleInANameInTextAndPictures) {
  const Words names = {"Pay\u200Broll", "Pay\u00ADroll", "Pay\U000E0041roll"};
  for (const char* format : {"text", "dot", "svg"}) {
    const std::string report = report_on(names, format);
    for (const char* shown : {"Pay[U+200B]roll", "Pay[U+00AD]roll", "Pay[U+E0041]roll"}) {
      EXPECT_THAT(report, HasSubstr(shown)) << format;
    }
    EXPECT_THAT(report, AllOf(Not(HasSubstr("\u200B")), Not(HasSubstr("\U000E0041"))));
  }
}

// --- CSV

/// Cells of one column, as a program reads them.
Words column(std::string_view csv, const std::string& name) {
  Words cells;
  for (const std::string& row : read_text(csv, {name}, "report.csv").rows) {
    cells.push_back(row.substr(row.find('=') + 1));
  }
  return cells;
}

TEST(CsvReport, HoldsNoFormulaForASpreadsheetThatSplitsAtSemicolons) {
  const std::string csv = report_on({"a;=cmd|'/c calc'!A1", "b; +1", "c;\"@SUM(A1)\""}, "csv");
  EXPECT_THAT(csv, HasSubstr("a;'=cmd"));
  EXPECT_THAT(csv, HasSubstr("b;' +1"));
  EXPECT_THAT(csv, HasSubstr("c;'\"\"@SUM"));
  EXPECT_THAT(csv, AllOf(Not(HasSubstr(";=")), Not(HasSubstr("; +")), Not(HasSubstr(";\"\"@"))));
}

TEST(CsvReport, HoldsNoCellThatASpreadsheetTakesForAFormula) {
  const std::string csv = report_on(
      {"=cmd|'/c calc'!A1", "+1+1", "-2+3", "@SUM(A1)", "\t=tab", "\r=return", "\n=line"}, "csv");
  for (const char* field : {"subject_id", "subject_name", "class", "source", "message", "file"}) {
    for (const std::string& cell : column(csv, field)) {
      EXPECT_NE(cell.find_first_of("=+-@\t\r\n"), 0U) << field << ": " << cell;
    }
  }
  EXPECT_THAT(column(csv, "subject_name"),
              IsSupersetOf({"'=cmd|'/c calc'!A1", "'+1+1", "'-2+3", "'@SUM(A1)", "'=tab",
                            "'=return", "'=line"}));
}

TEST(CsvReport, KeepsQuotesSeparatorsAndLineEndsInsideTheirCells) {
  const std::string name = "a \"b\", c;\r\nd\n\"";
  EXPECT_THAT(column(report_on({name}, "csv"), "subject_name"), Contains(name));
}

TEST(CsvReport, HoldsNoFormulaBehindWhatASpreadsheetPassesOver) {
  const Words names = {"\uFEFF=1", "\uFF1D1",  "\uFF0B1",  "\uFF0D1",  "\uFF20A1",
                       " =1",      "\u00A0=1", "\u200B=1", "\u202E=1", "\x1b=1"};
  EXPECT_THAT(column(report_on(names, "csv"), "subject_name"),
              IsSupersetOf({"' =1", "'\uFF1D1", "'\uFF0B1", "'\uFF0D1", "'\uFF20A1", "'\u200B=1"}));
}

TEST(CsvReport, HoldsNoControlCharacterButTabsAndLineEnds) {
  EXPECT_THAT(column(report_on({"a\x1b[2J\x07\x7f\u009b b\tc\nd"}, "csv"), "subject_name"),
              Contains("a [2J    b\tc\nd"));
}

// --- what turns the direction of writing round

TEST(Report, HoldsNothingThatTurnsTheDirectionOfWritingRound) {
  const std::string name = "a\u202Eb\u2066c\u200Fd\u061Ce\u2028f";
  for (const char* format : {"text", "csv", "dot", "svg"}) {
    SCOPED_TRACE(format);
    const std::string report = report_on({name}, format);
    EXPECT_THAT(report, HasSubstr("a b c d e f"));
    for (const char* mark : {"\u202E", "\u2066", "\u200F", "\u061C", "\u2028"}) {
      EXPECT_THAT(report, Not(HasSubstr(mark)));
    }
  }
}

// --- JSON

/// The names of what is wrong; throws what is no JSON, and what is no UTF-8.
Words names_in_json(const std::string& report) {
  rapidjson::Document json;
  json.Parse<rapidjson::kParseValidateEncodingFlag>(report.data(), report.size());
  if (json.HasParseError() || !is_utf8(report)) {
    throw std::runtime_error("not JSON: " + report);
  }
  EXPECT_THAT(schema_errors(findings_schema(), report), IsEmpty());
  Words names;
  for (const auto& finding : json["findings"].GetArray()) {
    const auto& name = finding["subject"]["name"];
    names.emplace_back(name.GetString(), name.GetStringLength());
  }
  return names;
}

TEST(JsonReport, KeepsHostileNames) {
  std::string controls = "<";
  for (char c = '\0'; c < ' '; ++c) {
    controls += c;
  }
  controls += "\x7f\u0080\u2028>";
  EXPECT_THAT(names_in_json(report_on({hostile, controls}, "json")),
              IsSupersetOf({hostile, controls}));
}

TEST(JsonReport, EscapesWhatTurnsTheDirectionOfWritingRoundAndKeepsIt) {
  const std::string name = "é\u202Eb\u009b";
  const std::string report = report_on({name}, "json");
  EXPECT_THAT(names_in_json(report), Contains(name));
  EXPECT_THAT(report, HasSubstr(R"(\u202Eb\u009B")"));
  EXPECT_THAT(report, Not(HasSubstr("\u202E")));
}

TEST(JsonReport, IsJsonWhateverBytesTheExportHas) {
  const Given estate =
      from_files({{"caf\xe9.json",
                   "[{\"id\": \"1\", \"name\": \"half \xc3\", \"tier\": \"system\","
                   "\"owner\": \"\"},"
                   "{\"id\": \"2\", \"name\": \"lone \\ud83d\", \"tier\": "
                   "\"system\", \"owner\": \"\"}]"}});
  const std::string report = written(estate.audit(), "json");
  EXPECT_THAT(names_in_json(report), IsSupersetOf({"half \uFFFD", "lone \uFFFD"}));
  EXPECT_THAT(report, HasSubstr("/caf\uFFFD.json\""));
  EXPECT_TRUE(is_utf8(written(estate.audit(), "csv")));
}

// --- text

TEST(TextReport, HoldsNothingThatATerminalObeys) {
  const std::string report = report_on({"a\x1b[2Jb\rc\nd\u009b2Je\x7f f"}, "text");
  EXPECT_THAT(report, HasSubstr("critical a [2Jb c d 2Je  f: "));
  EXPECT_EQ(report.find_first_of("\x1b\r\x7f"), std::string::npos);
}

// --- DOT

struct CloseGraph {
  void operator()(Agraph_t* graph) const { agclose(graph); }
};

/// The label of the first item, as Graphviz reads it.
std::string label_in(const std::string& dot) {
  const std::unique_ptr<Agraph_t, CloseGraph> graph(agmemread(dot.c_str()));
  if (!graph) {
    return "not DOT";
  }
  Agnode_t* node = agnode(graph.get(), const_cast<char*>("n0"), 0);
  return node == nullptr ? "no node" : agget(node, const_cast<char*>("label"));
}

TEST(DotReport, KeepsHostileNames) {
  EXPECT_THAT(label_in(report_on({hostile}, "dot")),
              StartsWith(R"("x" 'y' \\ \\N\\G\\n\\\n)"
                         R"(</text><script>a&amp;amp;&amp;#1;&amp;lt;-->\n]]> [2J b end\\\n)"));
}

TEST(DotReport, CutsWhatIsVeryLong) {
  std::string name;
  for (int i = 0; i < 20'000; ++i) {
    name += "ä\\";
  }
  const std::string label = label_in(report_on({name}, "dot"));
  EXPECT_TRUE(is_utf8(label));
  EXPECT_THAT(label, StartsWith(R"(ä\\ä\\)"));
  EXPECT_THAT(label, HasSubstr("…\\n"));
  EXPECT_LT(label.size(), 500U);
}

// --- SVG

/// What is in an SVG, as an XML parser reads it.
struct Svg {
  bool is_well_formed = false;
  bool is_in_text = false;
  bool is_in_title = false;
  std::set<std::string> elements;
  std::set<std::string> attributes;
  Words texts;     ///< What is shown, a line each.
  Words tooltips;  ///< What is shown of what the mouse is on.
};

Svg svg_of(const std::string& text) {
  Svg svg;
  const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser(XML_ParserCreate("UTF-8"),
                                                                       XML_ParserFree);
  XML_SetUserData(parser.get(), &svg);
  XML_SetStartElementHandler(parser.get(),
                             [](void* data, const XML_Char* element, const XML_Char** attributes) {
                               auto& read = *static_cast<Svg*>(data);
                               read.elements.insert(element);
                               read.is_in_title = std::string_view(element) == "title";
                               read.is_in_text = std::string_view(element) == "text";
                               if (read.is_in_text || read.is_in_title) {
                                 (read.is_in_text ? read.texts : read.tooltips).emplace_back();
                               }
                               for (; *attributes != nullptr; attributes += 2) {
                                 read.attributes.insert(attributes[0]);
                               }
                             });
  XML_SetEndElementHandler(parser.get(), [](void* data, const XML_Char* /*element*/) {
    static_cast<Svg*>(data)->is_in_text = false;
    static_cast<Svg*>(data)->is_in_title = false;
  });
  XML_SetCharacterDataHandler(parser.get(), [](void* data, const XML_Char* part, int size) {
    if (auto& read = *static_cast<Svg*>(data); read.is_in_text || read.is_in_title) {
      (read.is_in_text ? read.texts : read.tooltips)
          .back()
          .append(part, static_cast<std::size_t>(size));
    }
  });
  svg.is_well_formed =
      XML_Parse(parser.get(), text.data(), static_cast<int>(text.size()), 1) == XML_STATUS_OK;
  return svg;
}

TEST(SvgReport, ShowsHostileNamesAndNoMarkupOfTheirs) {
  const std::string harmless = report_on({"Shop"}, "svg");
  const std::string report = report_on({hostile}, "svg");
  const Svg svg = svg_of(report);
  EXPECT_TRUE(svg.is_well_formed) << report;
  EXPECT_EQ(svg.elements, svg_of(harmless).elements);
  EXPECT_EQ(svg.attributes, svg_of(harmless).attributes);
  EXPECT_THAT(join(svg.texts, " "), HasSubstr("\"x\" 'y' \\ \\N\\G\\n\\"));
  EXPECT_THAT(svg.tooltips, Contains(StartsWith(hostile_shown)));
}

TEST(SvgReport, CutsWhatIsVeryLong) {
  const Svg svg = svg_of(report_on({std::string(100'000, 'x'), "Shop"}, "svg"));
  EXPECT_TRUE(svg.is_well_formed);
  EXPECT_THAT(svg.texts, Contains(StartsWith("xxx")));
  EXPECT_THAT(svg.texts, Each(SizeIs(Lt(200U))));
}

}  // namespace
}  // namespace tierline
