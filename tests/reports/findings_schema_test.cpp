#include <gmock/gmock.h>
#include <rapidjson/document.h>
#include <rapidjson/pointer.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <set>

#include "given.h"
#include "json_schema.h"
#include "run_tool.h"
#include "scratch.h"
#include "tierline/report.h"

namespace tierline {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsSubsetOf;
using ::testing::Not;
using ::testing::UnorderedElementsAreArray;

using Words = std::vector<std::string>;

std::string report_of(const Audit& audit) {
  const Scratch scratch;
  auto output = Output::open(scratch / "report.json");
  if (!output ||
      !Register<ReportFormat>::find("json")->write(audit.report(), ReportStyle{}, **output) ||
      !(*output)->commit()) {
    throw std::runtime_error("the report was not written");
  }
  return scratch.read("report.json");
}

std::string report_of(std::string_view statements, const RuleSelection& rules = {}) {
  return report_of(given(statements, rules).audit());
}

Audit audit_of(const std::vector<std::string>& inputs, std::vector<Profile> profiles = {}) {
  AuditOptions options;
  options.import.inputs = inputs;
  options.import.profiles = std::move(profiles);
  options.import.as_of = "2026-11-21";
  auto audited = audit(options);
  if (!audited) {
    throw std::runtime_error(to_string(audited.error()));
  }
  return std::move(*audited);
}

/// The report on an export in tierline's own format.
std::string report_of_export(std::string_view text) {
  const Scratch scratch;
  return report_of(audit_of({scratch.write("estate.json", text)}));
}

/// One estate with much that can be wrong: all kinds of subjects, notices and open questions.
std::string report_of_every_kind() {
  return report_of_export(R"({
    "items": [
      {"id": "Shop", "name": "Shop", "tier": "service", "facing": "external"},
      {"id": "Base", "name": "Base", "tier": "service", "facing": "supporting"},
      {"id": "Store", "name": "Store", "tier": "service", "facing": "supporting"},
      {"id": "Help", "name": "Help", "tier": "service", "facing": ""},
      {"id": "Cart", "name": "Cart", "tier": "system", "state": "resting"},
      {"id": "Odd", "name": "Odd", "tier": "gadget"},
      {"name": ""}],
    "relations": [
      {"id": "1", "from": "Shop", "to": "Cart", "type": "needs"},
      {"id": "2", "from": "Cart", "to": "Shop", "type": "needs"},
      {"id": "3", "from": "Shop", "to": "Gone", "type": "needs"},
      {"id": "4", "from": "Help", "to": "Store", "type": "needs"},
      {"id": "5", "from": "Shop", "to": "Odd", "type": "feeds"}]})");
}

rapidjson::Document parse(std::string_view text) {
  rapidjson::Document document;
  document.Parse(text.data(), text.size());
  return document;
}

std::string text_of(const rapidjson::Value& value) {
  return {value.GetString(), value.GetStringLength()};
}

std::string to_json(const rapidjson::Value& value) {
  rapidjson::StringBuffer text;
  rapidjson::Writer<rapidjson::StringBuffer> writer(text);
  value.Accept(writer);
  return text.GetString();
}

Words errors_of(std::string_view report) {
  return schema_errors(findings_schema(), report);
}

const rapidjson::Value& at(const rapidjson::Document& document, const std::string& pointer) {
  const rapidjson::Value* value = rapidjson::Pointer(pointer.c_str()).Get(document);
  if (value == nullptr) {
    throw std::runtime_error("nothing at " + pointer);
  }
  return *value;
}

Words words_at(const std::string& pointer) {
  Words words;
  const rapidjson::Document schema = parse(findings_schema());
  for (const auto& word : at(schema, pointer).GetArray()) {
    words.push_back(text_of(word));
  }
  return words;
}

Words members_at(const std::string& pointer) {
  Words names;
  const rapidjson::Document schema = parse(findings_schema());
  for (const auto& member : at(schema, pointer).GetObject()) {
    names.push_back(text_of(member.name));
  }
  return names;
}

/// The words of an enumeration, from its first to its last value.
template <typename Word>
Words words_of(Word last) {
  Words words;
  for (int i = 0; i <= static_cast<int>(last); ++i) {
    words.emplace_back(to_string(static_cast<Word>(i)));
  }
  return words;
}

std::set<std::string> subject_kinds(const rapidjson::Document& report) {
  std::set<std::string> kinds;
  for (const auto& finding : report["findings"].GetArray()) {
    kinds.insert(text_of(finding["subject"]["kind"]));
  }
  return kinds;
}

/// The keys of all evidence in a report.
Words facts_of(const std::string& report) {
  Words facts;
  const rapidjson::Document json = parse(report);
  for (const auto& finding : json["findings"].GetArray()) {
    for (const auto& fact : finding["evidence"].GetObject()) {
      facts.push_back(text_of(fact.name));
    }
  }
  return facts;
}

/// Every object of a report whose keys are fixed, by its place. Of lists, only the first element of
/// each shape.
class ClosedObjects {
 public:
  static Words in(const rapidjson::Value& report) {
    ClosedObjects found;
    found.visit(report, "", "");
    return std::move(found.places_);
  }

 private:
  void visit(const rapidjson::Value& value, const std::string& place, const std::string& shape) {
    if (value.IsArray()) {
      for (rapidjson::SizeType i = 0; i < value.Size(); ++i) {
        visit(value[i], place + '/' + std::to_string(i), shape + "/*");
      }
    } else if (value.IsObject()) {
      const std::string kind =
          value.HasMember("kind") ? ':' + text_of(value["kind"]) : std::string();
      if (shapes_.insert(shape + kind).second) {
        places_.push_back(place);
      }
      for (const auto& member : value.GetObject()) {
        const std::string name = text_of(member.name);
        if (name != "evidence") {
          visit(member.value, place + '/' + name, shape + '/' + name);
        }
      }
    }
  }

  std::set<std::string> shapes_;
  Words places_;
};

/// The report after a change to the object at `place`.
std::string changed(const rapidjson::Document& report, const std::string& place,
                    const std::function<void(rapidjson::Value&, rapidjson::Document&)>& change) {
  rapidjson::Document copy;
  copy.CopyFrom(report, copy.GetAllocator());
  change(*rapidjson::Pointer(place.c_str()).Get(copy), copy);
  return to_json(copy);
}

bool is_left_out_at_times(const std::string& place, const std::string& key) {
  const bool of_not_evaluated =
      place.starts_with("/notEvaluated/") && place.find("/subjects") == std::string::npos;
  return key == "location" || key == "line" ||
         (of_not_evaluated && (key == "class" || key == "count" || key == "subjects"));
}

TEST(FindingsSchema, IsASchemaThatExplainsEveryKey) {
  EXPECT_THAT(schema_flaws(findings_schema()), IsEmpty());
}

TEST(FindingsSchema, KnowsTheWordsOfTheModel) {
  const auto words = [&](const std::string& of) { return words_at("/definitions/" + of); };
  EXPECT_EQ(words("severity/enum"), words_of(Severity::critical));
  EXPECT_EQ(words("finding/properties/certainty/enum"),
            words_of(Certainty::assumes_complete_export));
  EXPECT_EQ(words("itemSubject/properties/tier/enum"), words_of(Tier::unmapped));
  EXPECT_EQ(words("fieldSubject/properties/input/enum"), words_of(Input::portfolio));
  const auto counted = [](const std::string& of) {
    return members_at("/properties/summary/properties/" + of + "/properties");
  };
  EXPECT_EQ(counted("tiers"), words_of(Tier::unmapped));
  EXPECT_EQ(counted("facings"), words_of(Facing::unknown));
  EXPECT_EQ(counted("relations"), words_of(RelationKind::unknown));
  EXPECT_EQ(counted("findings"), words_of(Severity::critical));
  EXPECT_THAT(words_of(State::unknown),
              IsSubsetOf(members_at("/definitions/tierCounts/properties")));
}

TEST(FindingsSchema, DescribesAFindingOfEveryKind) {
  const std::string report = report_of_every_kind();
  EXPECT_THAT(errors_of(report), IsEmpty());
  EXPECT_THAT(subject_kinds(parse(report)),
              ElementsAre("class", "field", "group", "item", "relation", "relation-type"));
}

TEST(FindingsSchema, DescribesAnExportThatHasOnlyItems) {
  const std::string report = report_of("external Shop @ann; system Cart @bob");
  EXPECT_THAT(errors_of(report), IsEmpty());
  const rapidjson::Document json = parse(report);
  EXPECT_EQ(
      to_json(at(json, "/findings/0/subject")),
      R"({"kind":"group","id":"tierline","name":"tierline","lacks":"relations","members":[]})");
}

TEST(FindingsSchema, DescribesWhatIsNotEvaluated) {
  const std::string report = report_of_every_kind();
  const rapidjson::Document json = parse(report);
  std::set<std::string> shapes;
  for (const auto& one : json["notEvaluated"].GetArray()) {
    shapes.insert(one.HasMember("subjects") ? "items"
                  : one.HasMember("class")  ? "class"
                                            : "altogether");
  }
  EXPECT_THAT(shapes, ElementsAre("altogether", "class", "items"));
  EXPECT_THAT(errors_of(report), IsEmpty());
}

TEST(FindingsSchema, DescribesNotices) {
  const std::string report = report_of_every_kind();
  EXPECT_GE(parse(report)["notices"].Size(), 2U);
  EXPECT_THAT(errors_of(report), IsEmpty());
}

TEST(FindingsSchema, DescribesATableThatLooksCutOff) {
  auto profile = Profile::parse(R"({
    "profile": "things", "title": "Things", "truncation": {"caps": 2},
    "records": {"as": "item", "tables": "things", "id": "id"}})",
                                "things.profile.json");
  ASSERT_TRUE(profile) << to_string(profile.error());
  const Scratch scratch;
  const std::string file = scratch.write("things.json", R"([{"id": "a"}, {"id": "b"}])");
  const std::string report = report_of(audit_of({file}, {*profile}));
  EXPECT_THAT(errors_of(report), IsEmpty());
  const rapidjson::Document json = parse(report);
  EXPECT_EQ(json["truncated"].Size(), 1U);
  EXPECT_EQ(at(json, "/run/exitCode").GetInt(), 3);
  EXPECT_THAT(subject_kinds(json), Contains("class"));
}

TEST(FindingsSchema, DescribesASoundEstate) {
  const std::string report = report_of(
      "portfolio Retail @ann; external Shop @ann in:Retail; system Cart @ann; Shop -> Cart;"
      "person ann");
  EXPECT_THAT(errors_of(report), IsEmpty());
  EXPECT_EQ(parse(report)["findings"].Size(), 0U);
}

TEST(FindingsSchema, DescribesWhatTheProgramWrites) {
  const Scratch scratch;
  scratch.write("estate.json",
                R"({"items": [
                     {"id": "Shop", "tier": "service", "owner": "", "environment": "test"},
                     {"id": "<&\"\\\u0001\ud83d\ude00>", "tier": "system", "owner": "Ann"}]})");
  const ToolRun run = run_tool(
      {"audit", "estate.json", "--where", "environment=test", "--fail-on", "never", "--redact",
       "people", "--assume-complete", "--source", "north=estate.json", "-o", "findings.json"},
      {}, scratch.path());
  ASSERT_EQ(run.exit_code, 3) << run.err;
  const std::string report = scratch.read("findings.json");
  EXPECT_THAT(errors_of(report), IsEmpty());
  EXPECT_FALSE(text_of(at(parse(report), "/tool/version")).empty());
}

TEST(FindingsSchema, IsWhatTheProgramPrints) {
  EXPECT_EQ(run_tool({"schema", "findings"}).out, findings_schema());
}

TEST(FindingsSchema, ExplainsTheEvidenceThatRulesGiveAndNoOther) {
  const std::string reports[] = {
      report_of_every_kind(),
      report_of("portfolio Staff @ann; internal Payroll @TBD +ops ?eve in:Staff; system Pay @bob;"
                "person ann; person bob left; Payroll -> Pay"),
      report_of("external Shop @ann; external Bank @bob; external Mail @cat; system Hub;"
                "Shop -> Hub; Bank -> Hub; Mail -> Hub"),
      report_of("external Shop; system Cart; Shop -> Cart; supporting Backup; supporting Tape;"
                "Backup -> Tape -> Backup"),
      report_of("system Cart; system Ledger retired; Cart -> Ledger; Cart -> Cart; Cart -> Cart"),
      report_of("external Shop"),
  };
  std::set<std::string> given_facts;
  for (const std::string& report : reports) {
    EXPECT_THAT(errors_of(report), IsEmpty());
    for (const std::string& fact : facts_of(report)) {
      given_facts.insert(fact);
    }
  }
  EXPECT_THAT(members_at("/definitions/evidence/properties"),
              UnorderedElementsAreArray(given_facts));
}

TEST(FindingsSchema, ExplainsTheEvidenceOfEveryFixture) {
  const Words explained = members_at("/definitions/evidence/properties");
  for (const auto& rule : fs::directory_iterator(fs::path(TIERLINE_ROOT) / "fixtures" / "rules")) {
    for (const auto& entry : fs::directory_iterator(rule)) {
      if (entry.path().stem() == "faulty") {
        const std::string report = report_of(audit_of({entry.path()}));
        EXPECT_THAT(errors_of(report), IsEmpty()) << entry.path();
        EXPECT_THAT(facts_of(report), IsSubsetOf(explained)) << entry.path();
      }
    }
  }
}

TEST(FindingsSchema, RefusesAReportThatLacksAKey) {
  const rapidjson::Document report = parse(report_of_every_kind());
  for (const std::string& place : ClosedObjects::in(report)) {
    for (const auto& member : at(report, place).GetObject()) {
      const std::string key = text_of(member.name);
      const Words errors =
          errors_of(changed(report, place, [&](rapidjson::Value& object, rapidjson::Document&) {
            object.RemoveMember(key.c_str());
          }));
      EXPECT_EQ(errors.empty(), is_left_out_at_times(place, key)) << place << " without " << key;
    }
  }
}

TEST(FindingsSchema, RefusesAReportWithAKeyThatIsNotInTheContract) {
  const rapidjson::Document report = parse(report_of_every_kind());
  for (const std::string& place : ClosedObjects::in(report)) {
    const auto add_key = [](rapidjson::Value& object, rapidjson::Document& document) {
      object.AddMember("extra", 1, document.GetAllocator());
    };
    EXPECT_THAT(errors_of(changed(report, place, add_key)), Not(IsEmpty())) << place;
  }
}

TEST(FindingsSchema, LeavesEvidenceOpenForWhatLaterRulesShow) {
  const rapidjson::Document report = parse(report_of("external Shop; system Cart; Shop -> Cart"));
  const auto add = [&](const char* value) {
    return changed(report, "/findings/0/evidence",
                   [&](rapidjson::Value& evidence, rapidjson::Document& document) {
                     evidence.AddMember("later", rapidjson::StringRef(value),
                                        document.GetAllocator());
                   });
  };
  EXPECT_THAT(errors_of(add("a fact")), IsEmpty());
}

TEST(FindingsSchema, RefusesNothingWhereAValueShouldBe) {
  const rapidjson::Document report = parse(report_of_every_kind());
  for (const std::string& place : ClosedObjects::in(report)) {
    for (const auto& member : at(report, place).GetObject()) {
      const std::string key = text_of(member.name);
      const auto empty = [&](rapidjson::Value& object, rapidjson::Document&) {
        object[key.c_str()].SetNull();
      };
      EXPECT_THAT(errors_of(changed(report, place, empty)), Not(IsEmpty())) << place << '/' << key;
    }
  }
}

TEST(FindingsSchema, RefusesValuesThatNoReportHas) {
  const rapidjson::Document report = parse(report_of(
      "external Shop @TBD; system Cart; Shop -> Cart", {.only = {"owner-missing"}, .skip = {}}));
  ASSERT_THAT(errors_of(to_json(report)), IsEmpty());
  const std::pair<std::string, std::string> slips[] = {
      {"/schemaVersion", "2"},
      {"/tool/name", R"("other")"},
      {"/run/asOf", R"("21.11.2026")"},
      {"/run/asOf", R"("2026-13-01")"},
      {"/run/failOn", R"("severe")"},
      {"/run/exitCode", "2"},
      {"/run/scope", R"(["colour=red"])"},
      {"/summary/parties", "-1"},
      {"/summary/tiers/service/live", "1.5"},
      {"/inputs/0/xxh128", R"("0123456789ABCDEF0123456789ABCDEF")"},
      {"/inputs/0/path", R"("")"},
      {"/rules/0/id", R"("Owner missing")"},
      {"/findings/0/rule", R"("owner_missing")"},
      {"/findings/0/severity", R"("urgent")"},
      {"/findings/0/certainty", R"("sure")"},
      {"/findings/0/state", R"("old")"},
      {"/findings/0/message", R"("")"},
      {"/findings/0/fingerprint", R"("0123456789abcdef")"},
      {"/findings/0/fingerprint", R"("0123456789abcdef0123456789abcdeg")"},
      {"/findings/0/subject", R"("Shop")"},
      {"/findings/0/subject/kind", R"("thing")"},
      {"/findings/0/subject/kind", R"("relation")"},
      {"/findings/0/subject/tier", R"("platform")"},
      {"/findings/0/location/line", "0"},
      {"/findings/0/evidence/placeholder", "7"},
      {"/findings/0/evidence/candidates", R"("ann")"},
      {"/findings/0/evidence/later", R"({"nested": true})"},
      {"/findings/0/evidence/later", "-1"},
  };
  for (const auto& [place, value] : slips) {
    rapidjson::Document slipped;
    slipped.CopyFrom(report, slipped.GetAllocator());
    rapidjson::Pointer(place.c_str()).Set(slipped, parse(value));
    EXPECT_THAT(errors_of(to_json(slipped)), Not(IsEmpty())) << place << " = " << value;
  }
}

TEST(FindingsSchema, SaysWhereAReportIsWrong) {
  rapidjson::Document report = parse(report_of("external Shop; system Cart; Shop -> Cart"));
  rapidjson::Pointer("/findings/0/severity").Set(report, "urgent");
  EXPECT_THAT(errors_of(to_json(report)),
              Contains(::testing::StartsWith("/findings/0/severity: ")));
}

TEST(FindingsSchema, DescribesEveryExpectedReport) {
  const fs::path root = TIERLINE_ROOT;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root / "fixtures")) {
    const std::string path = entry.path().lexically_relative(root);
    if (path.find("/expected/") == std::string::npos || !path.ends_with(".json")) {
      continue;
    }
    const std::string text = read_file(entry.path());
    const rapidjson::Document json = parse(text);
    const rapidjson::Value* tool = rapidjson::Pointer("/tool/name").Get(json);
    if (tool != nullptr && *tool == "tierline") {
      EXPECT_THAT(errors_of(text), IsEmpty()) << path;
    }
  }
}

}  // namespace
}  // namespace tierline
