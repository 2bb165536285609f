#include <gmock/gmock.h>
#include <rapidjson/document.h>
#include <rapidjson/pointer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <set>

#include "json_schema.h"
#include "reports/written.h"
#include "rules/acceptances.h"
#include "rules/from_files.h"
#include "run_tool.h"
#include "tierline/json_buffer.h"

namespace tierline {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

using Words = std::vector<std::string>;
using WordSet = std::set<std::string>;
using rapidjson::Document;
using rapidjson::Pointer;
using rapidjson::Value;

const fs::path fixtures = fs::path(TIERLINE_ROOT) / "fixtures";

Words errors_of(std::string_view report) {
  return schema_errors(findings_schema(), report);
}

Document parse(std::string_view text) {
  Document document;
  document.Parse(text.data(), text.size());
  return document;
}

std::string to_json(const Value& value) {
  JsonBuffer text;
  rapidjson::Writer<JsonBuffer> writer(text);
  value.Accept(writer);
  return text.GetString();
}

Words words_at(const char* pointer) {
  Words words;
  const Document schema = parse(findings_schema());
  for (const auto& word : Pointer(pointer).Get(schema)->GetArray()) {
    words.emplace_back(word.GetString());
  }
  return words;
}

Words members_at(const char* pointer) {
  Words names;
  const Document schema = parse(findings_schema());
  for (const auto& member : Pointer(pointer).Get(schema)->GetObject()) {
    names.emplace_back(member.name.GetString());
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

std::string report_of(std::string_view statements) {
  return written(given(statements).audit(), "json");
}

std::string report_on(const fs::path& input) {
  AuditOptions options;
  options.import.inputs = {input};
  options.import.as_of = "2026-11-21";
  options.rules.set = RuleSet::all;
  auto audited = audit(options);
  if (!audited) {
    throw std::runtime_error(to_string(audited.error()));
  }
  return written(*audited, "json");
}

/// Reports with everything that rules can say: on the estate, on each rule's own scenario, and on
/// what these leave out.
const Words& reports() {
  static const Words all = [] {
    Words made = {
        report_on(fixtures / "estate" / "export"),
        report_of("external Shop @ann critical env:test; system Cart @bob; Shop -> Cart -> Cart;"
                  "Cart -> Cart"),
        report_of("portfolio Staff @ann; internal Payroll @TBD +ops in:Staff; system Pay; person "
                  "ann; Payroll -> Pay"),
        report_of("external Shop @ann; internal Bank @bob; external Mail @cat; external Hub;"
                  "Shop -> Hub; Bank -> Hub; Mail -> Hub"),
        report_of("system A; system B; system C; A => B => A -> C -> A"),
        written(from_files({{"items.csv",
                             "id,tier,class,owner\nRack,component,racks,ann\n"
                             "Disk,component,racks,\n"}})
                    .audit(),
                "json")};
    Acceptance unused = accepting("owner-missing", "Bank");
    Acceptance pending = unused;
    pending.created = "2026-12-01";
    RuleSelection strict;
    strict.settings["acceptance-too-broad"].options["most-findings"] = 1;
    made.push_back(
        written(given_accepting("external Shop; external Mail; system Cart; Shop -> Cart",
                                {until("2026-11-30", accepting("owner-missing")), unused, pending,
                                 until("2026-11-20", accepting("system-owner-missing"))},
                                AcceptancePolicy::warn, strict)
                    .audit(),
                "json"));
    for (const auto& entry : fs::recursive_directory_iterator(fixtures / "rules")) {
      if (entry.path().stem() == "faulty") {
        made.push_back(report_on(entry.path()));
      }
    }
    return made;
  }();
  return all;
}

/// What `words` says of each element of a list of the report, in all reports.
WordSet seen_in(const char* list, const std::function<Words(const Value&)>& words) {
  WordSet seen;
  for (const std::string& report : reports()) {
    const Document json = parse(report);
    for (const auto& element : json[list].GetArray()) {
      for (const std::string& word : words(element)) {
        seen.insert(word);
      }
    }
  }
  return seen;
}

WordSet set_of(const Words& words) {
  return {words.begin(), words.end()};
}

/// Every object of a report whose keys are fixed, by its place; of those with one shape, the first.
class ClosedObjects {
 public:
  Words in(const Value& report) {
    places_.clear();
    visit(report, "", "");
    return places_;
  }

 private:
  void visit(const Value& value, const std::string& place, std::string shape) {
    if (value.IsArray()) {
      for (rapidjson::SizeType i = 0; i < value.Size(); ++i) {
        visit(value[i], place + '/' + std::to_string(i), shape + "/*");
      }
      return;
    }
    if (!value.IsObject()) {
      return;
    }
    for (const auto& member : value.GetObject()) {
      const std::string name = member.name.GetString();
      if (name != "evidence") {
        visit(member.value, place + '/' + name, shape + '/' + name);
      }
    }
    for (const auto& member : value.GetObject()) {
      shape += std::string(" ") + member.name.GetString();
    }
    if (shapes_.insert(shape).second) {
      places_.push_back(place);
    }
  }

  WordSet shapes_;
  Words places_;
};

/// What is wrong with the report after a change to the object at `place`.
Words errors_after(const Document& report, const std::string& place,
                   const std::function<void(Value&, Document&)>& change) {
  Document copy;
  copy.CopyFrom(report, copy.GetAllocator());
  change(*Pointer(place.c_str()).Get(copy), copy);
  return errors_of(to_json(copy));
}

TEST(FindingsSchema, IsASchemaThatExplainsEveryKey) {
  EXPECT_THAT(schema_flaws(findings_schema()), IsEmpty());
}

TEST(FindingsSchema, IsWhatTheProgramPrints) {
  EXPECT_EQ(run_tool({"schema", "findings"}).out, findings_schema());
}

TEST(FindingsSchema, KnowsTheWordsOfTheModel) {
  EXPECT_EQ(words_at("/definitions/severity/enum"), words_of(Severity::critical));
  EXPECT_EQ(words_at("/definitions/inputWord/enum"), words_of(RuleInput::portfolio));
  EXPECT_EQ(words_at("/properties/ledger/properties/verdict/enum"),
            words_of(Completeness::incomplete));
  EXPECT_EQ(words_at("/definitions/confidence/enum"), words_of(Confidence::hint));
  EXPECT_EQ(words_at("/definitions/finding/properties/certainty/enum"),
            words_of(Certainty::assumes_complete_export));
  EXPECT_EQ(words_at("/definitions/notEvaluated/properties/cause/enum"),
            words_of(NotEvaluated::Cause::undetermined));
  EXPECT_EQ(words_at("/definitions/itemSubject/properties/tier/enum"), words_of(Tier::unmapped));
  EXPECT_EQ(words_at("/definitions/itemSubject/properties/state/enum"), words_of(State::unknown));
  EXPECT_EQ(words_at("/definitions/itemSubject/properties/facing/enum"), words_of(Facing::unknown));
  EXPECT_EQ(members_at("/definitions/tierCounts/properties/states/properties"),
            words_of(State::unknown));
  EXPECT_EQ(members_at("/properties/summary/properties/tiers/properties"),
            words_of(Tier::unmapped));
  EXPECT_EQ(members_at("/properties/summary/properties/facings/properties"),
            words_of(Facing::unknown));
  EXPECT_EQ(members_at("/properties/summary/properties/relations/properties"),
            words_of(RelationKind::unknown));
  EXPECT_EQ(members_at("/properties/summary/properties/findings/properties"),
            words_of(Severity::critical));
}

TEST(FindingsSchema, DescribesWhatEveryRuleSays) {
  for (const std::string& report : reports()) {
    EXPECT_THAT(errors_of(report), IsEmpty()) << report;
  }
  WordSet rules;
  for (const Rule* rule : Register<Rule>::all()) {
    rules.emplace(rule->id);
  }
  EXPECT_EQ(seen_in("findings", [](const Value& one) { return Words{one["rule"].GetString()}; }),
            rules);
  EXPECT_EQ(seen_in("findings",
                    [](const Value& one) { return Words{one["subject"]["kind"].GetString()}; }),
            set_of(words_of(SubjectKind::acceptance)));
  EXPECT_EQ(
      seen_in("notEvaluated", [](const Value& one) { return Words{one["cause"].GetString()}; }),
      set_of(words_of(NotEvaluated::Cause::undetermined)));
  EXPECT_THAT(seen_in("notices", [](const Value& one) { return Words{one["kind"].GetString()}; }),
              Not(IsEmpty()));
}

TEST(FindingsSchema, DescribesTheEvidenceThatRulesGiveAndNoOther) {
  const WordSet given = seen_in("findings", [](const Value& finding) {
    Words facts;
    for (const auto& fact : finding["evidence"].GetObject()) {
      facts.emplace_back(fact.name.GetString());
    }
    return facts;
  });
  EXPECT_EQ(set_of(members_at("/definitions/evidence/properties")), given);
}

TEST(FindingsSchema, DescribesWhatTheProgramWritesWithEveryOption) {
  const Scratch scratch;
  scratch.write("estate.json",
                R"({"items": [
                     {"id": "Shop", "tier": "service", "owner": "", "environment": "test"},
                     {"id": "Cart", "tier": "system", "owner": "Ann"}]})");
  const ToolRun run = run_tool(
      {"audit", "estate.json", "--where", "environment=test", "--fail-on", "never", "--redact",
       "people", "--assume-complete", "--source", "north=estate.json", "-o", "findings.json"},
      {}, scratch.path());
  EXPECT_EQ(run.exit_code, 3) << run.err;
  EXPECT_THAT(errors_of(scratch.read("findings.json")), IsEmpty());
}

TEST(FindingsSchema, DescribesEveryReportInFixtures) {
  int held = 0;
  for (const auto& entry : fs::recursive_directory_iterator(fixtures)) {
    if (entry.path().extension() == ".json") {
      const std::string text = read_file(entry.path());
      const Document json = parse(text);
      const Value* tool = Pointer("/tool/name").Get(json);
      if (tool != nullptr && *tool == "tierline") {
        ++held;
        EXPECT_THAT(errors_of(text), IsEmpty()) << entry.path();
      }
    }
  }
  EXPECT_GT(held, 0);
}

TEST(FindingsSchema, RefusesKeysThatAreMissingEmptyOrStrange) {
  const WordSet left_out_at_times = {"location",    "line",      "criticality", "environment",
                                     "subjects",    "reach",     "contained",   "accepted",
                                     "acceptances", "unapproved"};
  ClosedObjects closed;
  for (const std::string& text : reports()) {
    const Document report = parse(text);
    for (const std::string& place : closed.in(report)) {
      const auto add_key = [](Value& object, Document& document) {
        object.AddMember("extra", 1, document.GetAllocator());
      };
      EXPECT_THAT(errors_after(report, place, add_key), Not(IsEmpty())) << place;
      for (const auto& member : Pointer(place.c_str()).Get(report)->GetObject()) {
        const char* key = member.name.GetString();
        const auto remove = [&](Value& object, Document&) { object.RemoveMember(key); };
        const auto empty = [&](Value& object, Document&) { object[key].SetNull(); };
        // Of an acceptance it is always said what came of it, and where it was read.
        const bool is_of_acceptance = std::count(place.begin(), place.end(), '/') == 2 &&
                                      place.starts_with("/acceptances/") &&
                                      key != std::string_view("unapproved");
        const bool may_go = left_out_at_times.contains(key) && !is_of_acceptance;
        EXPECT_EQ(errors_after(report, place, remove).empty(), may_go)
            << place << " without " << key;
        EXPECT_THAT(errors_after(report, place, empty), Not(IsEmpty())) << place << '/' << key;
      }
    }
  }
}

/// A report with one finding, on an unowned service, and `value` at `place`.
Words errors_with(const std::string& place, const std::string& value) {
  static const std::string report =
      written(given("external Shop @TBD critical; system Cart; Shop -> Cart",
                    {.only = {"owner-missing", "owner-dangling"}, .skip = {}})
                  .audit(),
              "json");
  Document changed = parse(report);
  Value wrong;
  wrong.CopyFrom(parse(value), changed.GetAllocator());
  Pointer(place.c_str()).Set(changed, wrong);
  return errors_of(to_json(changed));
}

TEST(FindingsSchema, RefusesValuesThatNoReportHas) {
  const std::pair<std::string, std::string> slips[] = {
      {"/schemaVersion", "2"},
      {"/tool/name", R"("other")"},
      {"/run/asOf", R"("21.11.2026")"},
      {"/run/asOf", R"("2026-13-01")"},
      {"/run/failOn", R"("severe")"},
      {"/run/exitCode", "2"},
      {"/run/scope", R"(["colour=red"])"},
      {"/summary/parties", "-1"},
      {"/summary/tiers/service/states/live", "1.5"},
      {"/ledger/verdict", R"("perfect")"},
      {"/ledger/unresolved/missing", "-1"},
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
      {"/findings/0/subject/tier", R"("system")"},  // What faces somebody is a service.
      {"/findings/0/subject/state", R"("resting")"},
      {"/findings/0/subject/criticality", "5"},
      {"/findings/0/subject/environment", R"("")"},
      {"/findings/0/location/line", "0"},
      {"/findings/0/evidence/placeholder", "7"},
      {"/findings/0/evidence/candidates", R"("ann")"},
      {"/findings/0/evidence/later", R"({"nested": true})"},
      {"/findings/0/evidence/later", "-1"},
      {"/notEvaluated/0/cause", R"("undetermined")"},  // Of how many is not said.
      {"/notEvaluated/0/count", "1"},                  // It is all of them.
  };
  for (const auto& [place, value] : slips) {
    EXPECT_THAT(errors_with(place, value), Not(IsEmpty())) << place << " = " << value;
  }
  EXPECT_THAT(errors_with("/findings/0/severity", R"("urgent")"),
              Contains(StartsWith("/findings/0/severity: ")));
}

TEST(FindingsSchema, LeavesRoomForWhatLaterVersionsSay) {
  EXPECT_THAT(errors_with("/findings/0/evidence/later", R"("a fact")"), IsEmpty());
  for (const char* state : {"new", "unchanged", "updated"}) {
    EXPECT_THAT(errors_with("/findings/0/state", '"' + std::string(state) + '"'), IsEmpty());
  }
}

}  // namespace
}  // namespace tierline
