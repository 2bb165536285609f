#include <fmt/format.h>
#include <gmock/gmock.h>

#include "input/rows.h"
#include "scratch.h"
#include "tierline/audit.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::Gt;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

ReadText read(std::string_view text) {
  return read_text(text, {"a", "b"});
}
std::vector<std::string> rows(std::string_view text) {
  return read(text).rows;
}
std::string error(std::string_view text) {
  return read(text).error;
}
std::string syntax(std::string_view text) {
  return read(text).syntax;
}
std::string times(std::size_t count, std::string_view text) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) {
    all += text;
  }
  return all;
}

// --- what is a record

TEST(Yaml, ReadsADocumentARecord) {
  EXPECT_THAT(rows("a: 1\nb: x\n---\na: 2\nb: y\n...\n---\na: 3\n"),
              ElementsAre("1: a=1 b=x", "4: a=2 b=y", "8: a=3"));
}

TEST(Yaml, ReadsAListOfRecords) {
  EXPECT_THAT(rows("- a: 1\n  b: x\n- {a: 2, b: y}\n-\n  a: 3\n"),
              ElementsAre("1: a=1 b=x", "3: a=2 b=y", "5: a=3"));
}

TEST(Yaml, ReadsNamedListsOneAfterAnother) {
  EXPECT_THAT(rows("cis:\n- a: 1\n- a: 2\nrelationships:\n  - b: 3\nnone: []\n"),
              ElementsAre("2: a=1", "3: a=2", "5: b=3"));
}

TEST(Yaml, SkipsDocumentsWithoutContent) {
  EXPECT_THAT(rows("---\n# nothing\n---\na: 1\n---\n---\n~\n---\na: 2\n"),
              ElementsAre("4: a=1", "9: a=2"));
}

TEST(Yaml, SkipsElementsThatAreNoRecords) {
  const auto text = read("- 1\n- x\n- [2]\n- a: 1\n");
  EXPECT_THAT(text.rows, ElementsAre("4: a=1"));
  EXPECT_THAT(text.issues, ElementsAre("not-a-record@1 x3"));
}

TEST(Yaml, KnowsTheLineOfEveryRecordWhateverStandsBetween) {
  EXPECT_THAT(rows("# a comment\n\n- a: |\n    one\n    two\n\n\n# another\n- a: \"x\n\n  y\"\n"
                   "- a: >-\n    folded\n    text\n- {a: last}\n"),
              ElementsAre("3: a=one\ntwo\n", "9: a=x\ny", "12: a=folded text", "15: a=last"));
}

TEST(Yaml, LooksIntoMappingsAndThroughLists) {
  const auto text = read_text("- o: {v: 1}\n  l:\n  - v: 2\n  - v: 3\n  t: [x, y]\n  e: []\n",
                              {"o.v", "l.v", "t", "e"});
  EXPECT_THAT(text.rows, ElementsAre("1: o.v=1 l.v[1]=2 l.v[2]=3 t[3]=x t[4]=y e="));
}

// --- scalars

TEST(Yaml, TakesScalarsAsTheyAreWritten) {
  EXPECT_THAT(rows("a: 0x1F\nb: yes\n---\na: 1.50\nb: 2026-11-22\n---\na: !!int '007'\nb: [x]\n"),
              ElementsAre("1: a=0x1F b=yes", "4: a=1.50 b=2026-11-22", "7: a=007 b[1]=x"));
}

TEST(Yaml, TakesOnlyPlainNullsForNothing) {
  EXPECT_THAT(rows("- {a: ~, b: null}\n- {a: , b: 'null'}\n- {a: '~', b: nullable}\n"),
              ElementsAre("1: a= b=", "2: a= b=null", "3: a=~ b=nullable"));
}

TEST(Yaml, ReadsEveryCharacterThatATextCanHold) {
  EXPECT_THAT(rows(R"(a: "tab\t quote\" back\\slash \x01 \u00e9 \U0001F600 line\nend")"),
              ElementsAre("1: a=tab\t quote\" back\\slash \x01 é 😀 line\nend"));
  EXPECT_THAT(rows("a: 'it''s {\"x\":[1]}'\nb: C:\\temp\\new\n"),
              ElementsAre("1: a=it's {\"x\":[1]} b=C:\\temp\\new"));
}

TEST(Yaml, IsNotMisledByMarksInsideOfBlockTexts) {
  EXPECT_THAT(rows("a: |\n  ---\n  b: no\n  - <<<<<<< HEAD\nb: x\n---\na: 2\n"),
              ElementsAre("1: a=---\nb: no\n- <<<<<<< HEAD\n b=x", "7: a=2"));
}

TEST(Yaml, ReadsWindowsLineEndsByteOrderMarksAndUtf16) {
  EXPECT_THAT(rows("\xEF\xBB\xBF- a: 1\r\n  b: x\r\n- a: 2\r\n"),
              ElementsAre("1: a=1 b=x", "3: a=2"));
  const std::string little{
      "\xFF\xFE"
      "a\0:\0 \0\xE9\0\n\0",
      12};
  EXPECT_THAT(rows(little), ElementsAre("1: a=é"));
}

TEST(Yaml, ReadsJsonBehindAComment) {
  EXPECT_THAT(rows("# made by hand\n[{\"a\": 1, \"b\": \"x\\/\\u00e9\"}]\n"),
              ElementsAre("2: a=1 b=x/é"));
}

// --- anchors, aliases, merge keys

TEST(Yaml, PutsWhatAnAliasRefersToInItsPlace) {
  EXPECT_THAT(rows("- a: &who ann\n- a: *who\n  b: &list [x, *who]\n- b: *list\n- *who : 1\n"),
              ElementsAre("1: a=ann", "2: a=ann b[1]=x b[2]=ann", "4: b[1]=x b[2]=ann", "5:"));
  EXPECT_THAT(rows("- &one\n  a: 1\n  b: x\n- *one\n"), ElementsAre("1: a=1 b=x", "4: a=1 b=x"));
}

TEST(Yaml, TakesTheLastAnchorOfAName) {
  EXPECT_THAT(rows("- a: &x 1\n- a: *x\n- a: &x 2\n- a: *x\n"),
              ElementsAre("1: a=1", "2: a=1", "3: a=2", "4: a=2"));
}

TEST(Yaml, MergesTheKeysThatAMappingDoesNotHaveItself) {
  EXPECT_THAT(rows("- &base {a: 1, b: x}\n- <<: *base\n  b: y\n- {a: 2, <<: *base}\n"),
              ElementsAre("1: a=1 b=x", "2: b=y a=1", "4: a=2 b=x"));
}

TEST(Yaml, MergesTheFirstOfSeveralMappingsThatHaveAKey) {
  EXPECT_THAT(rows("- &one {a: 1}\n- &two {a: 2, b: x}\n- <<: [*one, *two]\n- <<: [*two, *one]\n"),
              ElementsAre("1: a=1", "2: a=2 b=x", "3: a=1 b=x", "4: a=2 b=x"));
}

TEST(Yaml, MergesWhatMergesInTurn) {
  EXPECT_THAT(rows("- &one {a: 1, b: x}\n- &two {<<: *one, b: y}\n- {<<: *two}\n"
                   "- &list [{<<: {a: 5}}]\n- {<<: *list, b: z}\n- *two\n"),
              ElementsAre("1: a=1 b=x", "2: b=y a=1", "3: b=y a=1", "5: b=z a=5", "6: b=y a=1"));
}

TEST(Yaml, KeepsWhatWasMergedInsideOfAnAnchor) {
  EXPECT_THAT(rows("- &two {<<: {a: 1}, b: [{<<: {a: 2}}]}\n- {<<: {a: 3}}\n- *two\n"),
              ElementsAre("1: a=1", "2: a=3", "3: a=1"));
}

TEST(Yaml, MergesNothingUnderAKeyInQuotes) {
  EXPECT_THAT(read_text("- {'<<': {a: 1}, a: 2}\n", {"a", "<<.a"}).rows,
              ElementsAre("1: <<.a=1 a=2"));
}

TEST(Yaml, MergesIntoMoreRecordsThanItCanKeepNodes) {
  std::string text = "- &one {a: 1}\n- &two {b: x}\n";
  for (int i = 0; i < 300'000; ++i) {
    text += "- <<: [*one, *two]\n";
  }
  const auto all = read(text);
  EXPECT_EQ(all.error, "");
  EXPECT_EQ(all.rows.back(), "300002: a=1 b=x");
}

TEST(Yaml, SaysWhereAReferenceLeadsNowhere) {
  EXPECT_EQ(error("- a: 1\n- a: *who\n"),
            "export:2: '*who' refers to nothing: no '&who' stands before it in its document");
  EXPECT_THAT(error("- a: &who 1\n---\n- a: *who\n"), StartsWith("export:3: '*who' refers to"));
  EXPECT_EQ(error("a: 1\nb: &x\n- *x\n"), "export:3: '*x' stands inside of what it refers to");
  EXPECT_EQ(error("- a: 1\n- <<: x\n  b: 2\n"),
            "export:2: '<<' merges a text: it can merge a mapping, or a list of them");
}

// --- what is put right

TEST(Yaml, TakesTheLastOfKeysThatStandTwiceInTheirMapping) {
  const auto text = read("- {a: 1, b: {a: 1}}\n- a: 1\n  b: 3\n  a: 2\n  x: 1\n  x: 2\n");
  EXPECT_THAT(text.rows, ElementsAre("1: a=1", "2: b=3 a=2"));
  EXPECT_THAT(text.issues, ElementsAre("duplicate-member@4 x1"));
}

TEST(Yaml, FindsKeysWhateverTheCaseOfTheirLetters) {
  const auto text = read("- {A: 1, B: 2}\n- A: 1\n  a: 2\n  b: 3\n");
  EXPECT_THAT(text.rows, ElementsAre("1: a=1 b=2", "2: a=2 b=3"));
  EXPECT_THAT(text.issues, ElementsAre("names-differ-in-case@3 x1"));
}

TEST(Yaml, DoesNotTakeAKeyThatIsMergedAwayForOneThatStandsTwice) {
  const auto text = read("- &one {a: 1, b: 2}\n- <<: *one\n  a: 3\n");
  EXPECT_THAT(text.rows, ElementsAre("1: a=1 b=2", "2: a=3 b=2"));
  EXPECT_THAT(text.issues, IsEmpty());
}

// --- YAML as an export

std::vector<std::string> findings_in(const std::string& name, std::string_view text) {
  const Scratch scratch;
  AuditOptions options;
  options.import.inputs = {scratch.write(name, text)};
  options.import.as_of = "2026-11-21";
  const auto audited = audit(options);
  if (!audited) {
    return {to_string(audited.error())};
  }
  std::vector<std::string> findings;
  for (const Finding& finding : audited->findings()) {
    findings.push_back(fmt::format("{} {} {}:{}", finding.fingerprint, finding.rule->id,
                                   finding.message, finding.location.line));
  }
  return findings;
}

TEST(Yaml, GivesTheFindingsAndFingerprintsThatJsonGives) {
  const auto from_json = findings_in("export.json", R"({"items":[
{"id": "shop", "tier": "service", "facing": "external", "owner": "ann", "needs": ["crm", "gone"]},
{"id": "crm", "tier": "system", "name": "CRM", "criticality": 1, "owner": "", "contains": "crm-db"},
{"id": "crm-db", "tier": "component", "owner": null, "group": "dba"}],
"relations":[
{"from": "shop", "to": "crm-db", "type": "needs"}],
"parties":[
{"id": "ann", "kind": "person", "active": false}, {"id": "dba", "kind": "group"}]})");
  EXPECT_THAT(from_json, SizeIs(Gt(2)));
  EXPECT_EQ(findings_in("export.yaml", R"(items:
- {id: shop, tier: &s service, facing: external, owner: ann, needs: [crm, gone]}
- {id: crm, tier: system, name: CRM, criticality: 1, owner: "", contains: crm-db}
- {id: crm-db, tier: component, owner: ~, group: dba}
relations:
- {from: shop, to: crm-db, type: needs}
parties:
- {id: ann, kind: person, active: false}
- {id: dba, kind: group}
)"),
            from_json);
}

// --- which text is YAML

TEST(Yaml, IsToldByItsFirstLine) {
  for (const char* text :
       {"---\na: 1\n", "--- # x\na: 1\n", "%YAML 1.1\n---\na: 1\n", "# x\n\na: 1\n", "a: 1\n",
        "a:\n  b: 1\n", "\"a\": 1\n", "'a' : 1\n", "- a: 1\n", "-\n  a: 1\n", "a b: 1, 2\n",
        "description: one; two, three\nname: x\n", "a:\r\n  b: 1\r\n", "# only a comment\n"}) {
    EXPECT_EQ(syntax(text), "yaml") << text;
  }
}

TEST(Yaml, IsNotWhatATableOrJsonBeginsWith) {
  for (const char* text :
       {"a,b,c\n1,2,3\n", "a\n1\n", "a;b\n1;2\n", "#,a\n1,2\n", "# id,a\n1,2\n", "a:b,c\n1,2\n",
        "Note: all, Id\nx, 1\n", "\"a: x\",b\n1,2\n", "-,a\n1,2\n", "a: x;b\n1;2\n"}) {
    EXPECT_EQ(syntax(text), "csv") << text;
  }
  EXPECT_EQ(syntax("{a: 1}"), "json");
  EXPECT_EQ(syntax("[{\"a\":1}]"), "json");
}

// --- broken text

TEST(Yaml, RefusesAFileThatIsCutOff) {
  EXPECT_EQ(error("- a: 1\n- {a: 2,\n"),
            "export:3: the file ends in the middle of its YAML, inside of brackets: the export was "
            "cut off, make it again");
  EXPECT_THAT(error("- a: 1\n- [x, y"), HasSubstr("export:2: the file ends in the middle"));
  EXPECT_THAT(error("- a: 1\n- a: \"x\n  y\n"), HasSubstr("inside of the quoted text of line 2"));
  EXPECT_THAT(error("- a: 1\n- a: 'x"), HasSubstr("inside of the quoted text of line 2"));
}

TEST(Yaml, SaysWhereTextIsNotYaml) {
  EXPECT_EQ(error("a: 1\n\tb: 2\n"),
            "export:2: not YAML: a tab stands in the indentation: replace it by spaces");
  EXPECT_EQ(error("a:\n  b: 1\n   c: 2\n"),
            "export:3: not YAML: a ':' stands where no key can be: indent this line like its "
            "neighbours, or put the text in quotes");
  EXPECT_THAT(error("a: x: y\n"), StartsWith("export:1: not YAML: a ':' stands where"));
  EXPECT_THAT(error("- a: 1\n- a: @x\n"),
              StartsWith("export:2: not YAML: no text can begin with '@': put it in quotes"));
  EXPECT_THAT(error("a:\n  - x\n b: 1\n"), StartsWith("export:3: not YAML: "));
  EXPECT_THAT(error("a: 1\nb\nc: 2\n"), StartsWith("export:2: not YAML: expected ':' after a key"));
  EXPECT_THAT(error("- a: 1\n- a: {x\n- a: 2\n"), StartsWith("export:3: not YAML: "));
}

TEST(Yaml, KnowsAMergeConflict) {
  const std::string expected =
      "export:3: a merge conflict marker stands here: resolve the conflict in this file";
  EXPECT_EQ(error("- a: 1\n  b: x\n<<<<<<< HEAD\n  c: 1\n=======\n  c: 2\n>>>>>>> x\n"), expected);
  EXPECT_EQ(error("- {a: 1,\n  b: \"x\n<<<<<<< HEAD\n  y\"}\n"), expected);
}

TEST(Yaml, RefusesDocumentsThatAreTexts) {
  EXPECT_EQ(error("---\njust a line\n"),
            "export:2: not a record: expected 'key: value' lines, or a list of them");
}

TEST(Yaml, RefusesKeysThatAreNoTexts) {
  EXPECT_EQ(error("a: 1\n? [x, y]\n: 2\n"),
            "export:2: a key is a list or a mapping: only texts can be keys here");
  EXPECT_THAT(error("- &l [x]\n- *l : 1\n"), StartsWith("export:2: a key is a list"));
}

TEST(Yaml, RefusesTextThatIsNotUtf8) {
  for (const char* bad : {"\x80", "\xC3", "\xC3(", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                          "\xFF", "\xF0\x9F\x98"}) {
    const std::string filler = times(20'000, "- a: xxxxxxxxxxxxxx\n");
    EXPECT_EQ(error("- a: 1\n" + filler + "- a: " + bad + "\n- a: 2\n"),
              "export:20002: not UTF-8: save the file in UTF-8, or in UTF-16 with a byte order "
              "mark");
  }
}

TEST(Yaml, RefusesControlCharacters) {
  const std::string filler = times(20'000, "- a: xxxxxxxxxxxxxx\n");
  EXPECT_EQ(error(filler + "- a: x" + std::string(1, '\0') + "\n- a: 2\n"),
            "export: byte 400007 is NUL, which no text has: the export is damaged, make it again");
  EXPECT_THAT(error("a: 1\nb: \x1B[0m\n"), HasSubstr("export:2: not YAML: the control character"));
}

// --- hostile text

TEST(Yaml, RefusesAnAliasBomb) {
  std::string text = "a: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n";
  for (int i = 1; i < 10; ++i) {
    text +=
        fmt::format("x{}: &a{} [{}*a{}]\n", i, i, times(9, fmt::format("*a{}, ", i - 1)), i - 1);
  }
  EXPECT_EQ(error(text),
            "export:6: its aliases make this file more than 100 times as large: an alias bomb? "
            "write them out, or split the file");
}

TEST(Yaml, RefusesABombOfMergeKeys) {
  std::string text = "- &a0 {a: 1}\n";
  for (int i = 1; i < 30; ++i) {
    text += fmt::format("- &a{} {{<<: [*a{}, *a{}]}}\n", i, i - 1, i - 1);
  }
  EXPECT_THAT(error(text), HasSubstr("an alias bomb?"));
}

TEST(Yaml, RefusesNestingThatIsTooDeep) {
  const std::string expected = "export:1: nested deeper than 64 levels: is this an export?";
  EXPECT_EQ(error("- " + std::string(100'000, '[')), expected);
  EXPECT_EQ(error("- " + times(100'000, "{a: ")), expected);
  EXPECT_EQ(error(times(100'000, "- ")), expected);
  std::string lines;
  for (std::size_t i = 0; i < 1000; ++i) {
    lines += std::string(i, ' ') + "a:\n";
  }
  EXPECT_EQ(error(lines), "export:65: nested deeper than 64 levels: is this an export?");
}

TEST(Yaml, RefusesNestingThatAliasesMakeTooDeep) {
  std::string lists = "- &a0 [x]\n";
  std::string merges = "- &a0 {a: 1}\n";
  for (int i = 1; i < 100; ++i) {
    lists += fmt::format("- &a{} [*a{}]\n", i, i - 1);
    merges += fmt::format("- &a{} {{<<: *a{}}}\n", i, i - 1);
  }
  EXPECT_THAT(error(lists), HasSubstr("deeper than 64 levels with its aliases"));
  EXPECT_THAT(error(merges), HasSubstr("'<<' leads to more than 64 others"));
}

TEST(Yaml, RefusesDirectivesWithoutEnd) {
  std::string text = "%YAML 1.1\n";
  for (int i = 0; i < 100'000; ++i) {
    text += fmt::format("%TAG !t{}! x\n", i);
  }
  EXPECT_THAT(error(text + "---\na: 1\n"), HasSubstr("more than 100 directives"));
}

TEST(Yaml, SurvivesAnchorsThatAreTooManyToKeep) {
  std::string text = "- &first {a: 1}\n";
  for (int i = 0; i < 400'000; ++i) {
    text += fmt::format("- &n{} {{b: x}}\n", i);
  }
  EXPECT_THAT(rows(text + "- *first\n"), SizeIs(400'002));
  EXPECT_EQ(error(text + "- *n399999\n"),
            "export:400002: '*n399999' refers to more than can be kept: write it out");
}

TEST(Yaml, ReadsATextOf32Megabytes) {
  const std::string large(32U << 20U, 'x');
  EXPECT_THAT(rows("- a: 1\n  z: " + large + "\n- a: 2\n"), ElementsAre("1: a=1", "3: a=2"));
}

TEST(Yaml, RefusesATextThatIsLargerThanItCanKeep) {
  EXPECT_EQ(error("- a: 1\n- a: \"" + times(9U << 20U, "xxxxxxxxxxxxxxx\n")),
            "export:2: a value is larger than 128 MiB: does a quote stay open?");
}

TEST(Yaml, GivesTheSameRowsWhereverAReadEnds) {
  // Records of many sizes, so that reads and chunks end in every token.
  std::string text;
  std::vector<std::string> expected;
  std::size_t line = 1;
  for (int i = 0; text.size() < 2'500'000; ++i) {
    const std::string filler(static_cast<std::size_t>(i % 97), 'x');
    text += fmt::format("---\na: \"{}é\\n\\\"}}{{\"\nb: |\n  😀\n  {}\n", filler, i);
    expected.push_back(fmt::format("{}: a={}é\n\"}}{{ b=😀\n{}\n", line + 1, filler, i));
    line += 5;
  }
  EXPECT_EQ(rows(text), expected);
}

TEST(Yaml, EndsInRowsOrOneErrorWhereverAFileIsCut) {
  const std::string text =
      "%YAML 1.1\n--- # x\n- &b {a: \"1\\n\", b: [x, {y: ~}]}\n- <<: *b\n  b: |+\n    t\n\n"
      "- a: !!str 'é'\n  ? b\n  : >-\n    z\n...\n---\na: *b\n";
  for (std::size_t size = 0; size <= text.size(); ++size) {
    const auto cut = read("# x\n" + text.substr(0, size));
    EXPECT_THAT(cut.error, testing::AnyOf(IsEmpty(), StartsWith("export:"))) << size;
    EXPECT_EQ(cut.error.find('\n'), std::string::npos) << size;
    EXPECT_EQ(cut.error.find("JSON"), std::string::npos) << cut.error;
  }
}

}  // namespace
}  // namespace tierline
