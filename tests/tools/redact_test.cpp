// `--redact people`, as those see it who get the reports: no text of theirs names a person.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "run_tool.h"
#include "scratch.h"
#include "tierline/text.h"

namespace tierline {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// Every person, and every way to write one, where they are to be found.
constexpr const char* forms[] = {
    "Zebulon Quixworth",
    "ZEBULON QUIXWORTH",
    "zebulon quixworth",
    "Zebulon Quixworth's",
    "Zebulon Quixworth\u2019s desk",
    "Zebulon  Quixworth",
    "Zebulon    Quixworth",
    "Zebulon\tQuixworth",
    "Zebulon\nQuixworth",
    "Zebulon\u00A0Quixworth",
    "Zebulon\u2009Quixworth",
    "Zebulon\u200BQuixworth",
    "Zebu\u200Blon Quix\u00ADworth",
    "x_Zebulon_Quixworth",
    "Zebulon-Quixworth",
    "Zebulon.Quixworth",
    "Zebulon/Quixworth",
    "desk (Zebulon Quixworth)",
    "Quixworth, Zebulon",
    "Patrick O'Brannigan",
    "O'Brannigan, Patrick",
    "PATRICK O\u2019BRANNIGAN",
    "Émile Zöllner",
    "ÉMILE ZÖLLNER",
    "E\u0301mile Zo\u0308llner",
    "E\u0301MILE ZO\u0308LLNER",
    "Ludwig van der Rohe-Schmidt",
    "van der rohe-schmidt, LUDWIG",
    "Иванов Пётр",
    "ИВАНОВ ПЁТР",
    "山田太郎",
    "本番山田太郎のサーバ",
    "Ｚｅｂｕｌｏｎ　Ｑｕｉｘｗｏｒｔｈ",
    "Zebulon&nbsp;Quixworth",
    "Zebulon&#32;Quixworth",
    "Zebulon%20Quixworth",
    "Mononym",
    "Mononym's desk",
    "zebulon.quixworth@corp.example",
    "ZEBULON.QUIXWORTH@CORP.EXAMPLE",
    "mailto:zebulon.quixworth@corp.example",
    "'zebulon.quixworth@corp.example'",
    "Ask zebulon.quixworth@corp.example.",
    "zebulon.quixworth@corp.example_prod",
    "zebulon.quixworth@corp.example-old",
    "zebulon.quixworth@corp.example.old",
    "zebulon.quixworth@corp.example's",
    "zebulon.quixworth@corp.example+db",
    "zebulon.quixworth@corp.example;x",
    "\"zebulon.quixworth@corp.example\"",
    "<zebulon.quixworth@corp.example>",
    "zebulon.quixworth@corp.example/share",
    "zebulon.quixworth@corp.example%20",
    "zebulon.quixworth%40corp.example",
    "db_zebulon.quixworth@corp.example",
    "a.zebulon.quixworth@corp.example",
};

/// What is left of a person where one was overlooked, in the form that `comparable` gives.
constexpr const char* traces[] = {"quixworth", "zöllner", "rohe",   "brannigan",
                                  "иванов",    "山田",    "mononym"};

/// A text in which a name looks the same however it was written.
std::string comparable(const std::string& text) {
  utf8proc_uint8_t* mapped = nullptr;
  const auto size = utf8proc_map(
      reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
      static_cast<utf8proc_ssize_t>(text.size()), &mapped,
      static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
                                     UTF8PROC_IGNORE | UTF8PROC_CASEFOLD));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(mapped, &std::free);
  std::string same(reinterpret_cast<const char*>(mapped),
                   size < 0 ? 0 : static_cast<std::size_t>(size));
  for (const std::string_view visible : {"[u+200b]", "[u+00ad]"}) {
    for (std::size_t at = same.find(visible); at != std::string::npos; at = same.find(visible)) {
      same.erase(at, visible.size());
    }
  }
  return same;
}

bool names_anybody(const std::string& text) {
  const std::string same = comparable(text);
  return std::ranges::any_of(
      traces, [&](const char* trace) { return same.find(trace) != std::string::npos; });
}

/// That a text names nobody.
void expect_nobody(const std::string& text, const std::string& where) {
  const std::string same = comparable(text);
  for (const char* trace : traces) {
    const std::size_t at = same.find(trace);
    EXPECT_EQ(at, std::string::npos)
        << where << ": ..." << same.substr(at - std::min<std::size_t>(at, 80), 160);
  }
}

/// A cell of CSV.
std::string cell(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    quoted.append(c == '"' ? 2 : 1, c);
  }
  return quoted + '"';
}

std::string parties() {
  return "id,name,kind,email\n"
         "zq,Zebulon Quixworth,person,zebulon.quixworth@corp.example\n"
         "ez,Émile Zöllner,person,\n"
         "mm,Mononym,person,\n"
         "lr,Ludwig van der Rohe-Schmidt,person,\n"
         "yt,山田太郎,person,\n"
         "po,\"O'Brannigan, Patrick\",person,\n"
         "ip,Иванов Пётр,person,\n"
         "op,Operations,group,\n";
}

/// Somewhere in an export; `write` puts a text there, and with it all that makes it be shown.
struct Spot {
  const char* name;
  const char* file;
  const char* head;
  std::function<std::string(const std::string& number, const std::string& form)> row;
  bool is_shown = true;  ///< By any report, where nothing is redacted.
};

void PrintTo(const Spot& spot, std::ostream* out) {
  *out << spot.name;
}

const std::vector<Spot>& spots() {
  static const std::vector<Spot> all = {
      {"ItemName", "items_2.csv", "id,name,tier,facing,owner\n",
       [](auto& i, auto& form) { return i + "," + cell(form) + ",service,external,\n"; }},
      {"ItemId", "items_2.csv", "id,name,tier,facing,owner\n",
       [](auto& i, auto& form) { return cell(form) + ",N" + i + ",service,external,\n"; }},
      {"OnlyId", "items_2.csv", "id,name,tier,facing,owner\n",
       [](auto&, auto& form) { return cell(form) + ",,service,external,\n"; }},
      {"Class", "items_2.csv", "id,name,tier,facing,class\n",
       [](auto& i, auto& form) { return i + ",N,service,external," + cell(form) + "\n"; }},
      {"Tier", "items_2.csv", "id,name,tier\n",
       [](auto& i, auto& form) { return i + ",N," + cell(form) + "\n"; }},
      {"Environment", "items_2.csv", "id,name,tier,facing,environment\n",
       [](auto& i, auto& form) { return i + ",N,service,external," + cell(form) + "\n"; }, false},
      {"State", "items_2.csv", "id,name,tier,facing,state\n",
       [](auto& i, auto& form) { return i + ",N,service,external," + cell(form) + "\n"; }},
      {"Facing", "items_2.csv", "id,name,tier,facing\n",
       [](auto& i, auto& form) { return i + ",N,service," + cell(form) + "\n"; }},
      {"Criticality", "items_2.csv", "id,name,tier,facing,criticality\n",
       [](auto& i, auto& form) { return i + ",N,service,external," + cell(form) + "\n"; }},
      {"Date", "items_2.csv", "id,name,tier,facing,updated\n",
       [](auto& i, auto& form) { return i + ",N,service,external," + cell(form) + "\n"; }, false},
      {"Source", "items_2.csv", "id,name,tier,facing,source\n",
       [](auto& i, auto& form) { return i + ",N,service,external," + cell(form) + "\n"; }},
      {"Owner", "items_2.csv", "id,name,tier,facing,owner\n",
       [](auto& i, auto& form) { return i + ",N,service,external," + cell(form) + "\n"; }},
      {"Contact", "items_2.csv", "id,name,tier,facing,owner,contact\n",
       [](auto& i, auto& form) { return i + ",N,service,external,," + cell(form) + "\n"; }},
      // A part of a name is none: `&nbsp;` ends in what separates values.
      {"Needs", "items_2.csv", "id,name,tier,facing,owner,needs\n",
       [](auto& i, auto& form) {
         return form.find(';') != std::string::npos
                    ? std::string()
                    : i + ",N,service,external,," + cell(form) + "\n";
       }},
      {"Portfolio", "items_2.csv", "id,name,tier,facing,owner,portfolio\n",
       [](auto& i, auto& form) { return i + ",N,service,external,," + cell(form) + "\n"; }, false},
      {"GroupName", "parties_2.csv", "id,name,kind\n",
       [](auto& i, auto& form) { return "g" + i + "," + cell("Team of " + form) + ",group\n"; }},
      {"GroupLead", "parties_2.csv", "id,name,kind,lead\n",
       [](auto& i, auto& form) { return "g" + i + ",Team,group," + cell(form) + "\n"; }, false},
      {"PartyKind", "parties_2.csv", "id,name,kind\n",
       [](auto& i, auto& form) { return "p" + i + ",Some Body," + cell(form) + "\n"; }},
      {"PartyUntil", "parties_2.csv", "id,name,kind,until\n",
       [](auto& i, auto& form) { return "p" + i + ",Some Body,person," + cell(form) + "\n"; },
       false},
      {"RelationFrom", "relations.csv", "from,to,type\n",
       [](auto&, auto& form) { return cell(form) + ",shop,needs\n"; }},
      {"RelationTo", "relations.csv", "from,to,type\n",
       [](auto&, auto& form) { return "shop," + cell(form) + ",needs\n"; }},
      {"RelationType", "relations.csv", "from,to,type\n",
       [](auto&, auto& form) { return "shop,tape," + cell(form) + "\n"; }},
      {"RelationId", "relations.csv", "from,to,type,id\n",
       [](auto&, auto& form) { return "shop,nothing,needs," + cell(form) + "\n"; }},
      {"RelationSource", "relations.csv", "from,to,type,source\n",
       [](auto&, auto& form) { return "shop,nothing,needs," + cell(form) + "\n"; }},
  };
  return all;
}

/// An estate in a folder, audited with every report there is.
class Estate {
 public:
  Estate() {
    scratch_.write("estate/items.csv",
                   "id,name,tier,facing,owner,group\n"
                   "shop,Shop,service,external,,\n"
                   "tape,Tape,service,supporting,op,\n");
  }

  void write(const std::string& name, const std::string& text) const {
    scratch_.write("estate/" + name, text);
  }

  /// All that comes of it, each by its name.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> reports(bool redacts) const {
    std::vector<std::string> arguments = {"audit", "estate", "--stats", "--stats-json", "stats"};
    const std::vector<std::string> formats = {"json", "csv", "dot", "svg", "text"};
    for (const std::string& format : formats) {
      arguments.insert(arguments.end(), {"-o", format + ":" + format});
    }
    if (redacts) {
      arguments.insert(arguments.end(), {"--redact", "people"});
    }
    const ToolRun run = run_tool(arguments, {}, scratch_.path());
    EXPECT_NE(run.exit_code, 2) << run.err;
    std::vector<std::pair<std::string, std::string>> all = {{"standard error", run.err},
                                                            {"standard output", run.out},
                                                            {"stats", scratch_.read("stats")}};
    for (const std::string& format : formats) {
      all.emplace_back(format, scratch_.read(format));
    }
    return all;
  }

  [[nodiscard]] std::string report(const std::string& format) const {
    for (auto& [name, text] : reports(true)) {
      if (name == format) {
        return text;
      }
    }
    return {};
  }

  [[nodiscard]] bool names_anybody_unredacted() const {
    return std::ranges::any_of(reports(false),
                               [](const auto& report) { return names_anybody(report.second); });
  }

  void expect_nobody_in_reports() const {
    for (const auto& [name, text] : reports(true)) {
      expect_nobody(text, name);
    }
  }

 private:
  const Scratch scratch_;
};

class RedactsIn : public ::testing::TestWithParam<Spot> {};

TEST_P(RedactsIn, EveryFormOfNamesAndAddresses) {
  const Estate estate;
  estate.write("parties.csv", parties());
  std::string text = GetParam().head;
  std::string run_by_groups = "id,name,tier,facing,owner,group\n";
  for (std::size_t i = 1; i <= std::size(forms); ++i) {
    text += GetParam().row(std::to_string(i), forms[i - 1]);
    run_by_groups += fmt::format("r{0},R{0},service,external,,g{0}\n", i);
  }
  estate.write("items_3.csv", run_by_groups);
  estate.write(GetParam().file, text);
  estate.expect_nobody_in_reports();
  EXPECT_EQ(estate.names_anybody_unredacted(), GetParam().is_shown);
}

INSTANTIATE_TEST_SUITE_P(Spots, RedactsIn, ::testing::ValuesIn(spots()),
                         [](const auto& spot) { return std::string(spot.param.name); });

// --- persons in no table

TEST(RedactWithoutParties, FindsWhomFieldsOfItemsNameOnly) {
  const Estate estate;
  estate.write("items_2.csv",
               "id,name,tier,facing,owner,contact\n"
               "1,N,service,external,Zebulon Quixworth,\"O'Brannigan, Patrick\"\n"
               "2,N,service,external,,Émile Zöllner <zo@corp.example>\n"
               "3,N,service,external,\"Mononym;Иванов Пётр\",\n"
               "4,N,service,external,Ludwig van der Rohe-Schmidt / 山田 太郎,\n"
               "5,ZEBULON_QUIXWORTH and Patrick O'Brannigan,service,external,,\n"
               "6,(émile zöllner) zo@corp.example,service,external,,\n"
               "7,Mononym: пётр иванов,service,external,,\n"
               "8,ludwig van der rohe-schmidt 山田太郎,service,external,,\n");
  estate.expect_nobody_in_reports();
  EXPECT_THAT(estate.report("json"), Not(HasSubstr("zo@")));
}

TEST(RedactWithoutParties, CallsWhomATableHasTheSameAmongSeveralInACell) {
  const Estate estate;
  estate.write("parties.csv", parties());
  estate.write("items_2.csv",
               "id,name,tier,facing,owner,contact\n"
               "1,By Zebulon Quixworth,service,external,,zq\n"
               "2,N,service,external,,\"Zebulon Quixworth, Somebody Else\"\n");
  const std::string report = estate.report("text");
  const std::size_t by = report.find("By person-");
  const std::size_t ask = report.find("ask person-", by);
  ASSERT_NE(ask, std::string::npos) << report;
  EXPECT_EQ(report.substr(by + 3, 23), report.substr(ask + 4, 23));
}

TEST(RedactWithoutParties, FindsWhomAnIdsDisplayValueNames) {
  const Estate estate;
  const auto link = [](char digit, const std::string& name) {
    return fmt::format(R"({{"value":"{}","display_value":"{}"}})", std::string(32, digit), name);
  };
  estate.write(
      "cmdb_ci_service_business.json",
      fmt::format(
          R"({{"result":[{{"sys_id":"{}","name":"quixworth, zebulon","sys_class_name":)"
          R"("cmdb_ci_service_business","owned_by":{},"managed_by":{},"service_owner_delegate":{}}},)"
          R"({{"sys_id":"{}","name":"Zöllner, Émile + PATRICK O'BRANNIGAN + Иванов Пётр",)"
          R"("sys_class_name":"cmdb_ci_service_business","delivery_manager":{}}}]}})",
          std::string(32, 'a'), link('1', "Zebulon Quixworth"), link('2', "Émile Zöllner"),
          link('3', "Patrick O'Brannigan, Иванов Пётр"), std::string(32, 'b'),
          link('4', "Mononym")));
  estate.expect_nobody_in_reports();
}

TEST(RedactWithoutParties, LeavesAGroupsDisplayValue) {
  const Estate estate;
  estate.write("cmdb_ci_service_business.json",
               fmt::format(R"([{{"sys_id":"{}","name":"Database Team's Desk","sys_class_name":)"
                           R"("cmdb_ci_service_business","owned_by":"","support_group":)"
                           R"({{"value":"{}","display_value":"Database Team"}}}}])",
                           std::string(32, 'a'), std::string(32, 'b')));
  EXPECT_THAT(estate.report("json"), HasSubstr("Database Team's Desk"));
}

// --- names of one word

TEST(RedactShortNames, InAnyCaseBesideWhoHasThemOnly) {
  const Estate estate;
  estate.write("parties.csv", "id,name,kind\nma,May,person\nmo,Mononym,person\n");
  estate.write("items_2.csv",
               "id,name,tier,facing,owner,contact\n"
               "1,MONONYM's desk,service,external,mo,\n"
               "2,mononym,service,external,,Mononym\n"
               "3,desk of may,service,external,,ma\n"
               "4,what may fail,service,external,,\n"
               "5,May's,service,external,,\n");
  estate.expect_nobody_in_reports();
  const std::string report = estate.report("json");
  EXPECT_THAT(report, Not(HasSubstr("desk of may")));
  EXPECT_THAT(report, HasSubstr("what may fail"));
  EXPECT_THAT(report, Not(HasSubstr("May's")));
}

// --- what else is shown

TEST(RedactInOther, NamesOfListsAndTablesAndColumns) {
  const Estate estate;
  estate.write("parties.csv", parties());
  estate.write("estate.json",
               R"({"items":[{"id":"1","name":"N","tier":"service","facing":"external"}],)"
               R"("Zebulon Quixworth":[{"a":1}],"mononym":{"Mononym":[{"b":2}]}})");
  estate.write("items_2.csv", "id,tier,Zebulon Quixworth,name,name\n2,service,x,N,M\n");
  estate.expect_nobody_in_reports();
}

TEST(RedactInOther, NamesOfFiles) {
  const Estate estate;
  estate.write("parties.csv", parties());
  estate.write("zebulon.quixworth/items.csv", "id,name,tier\n3,N,service\n3,M,service\n");
  estate.write("Zebulon Quixworth.txt", "nothing to see\n");
  estate.expect_nobody_in_reports();
}

TEST(RedactInOther, BothNamesOfOneParty) {
  const Estate estate;
  estate.write("parties.csv",
               "id,name,kind\nzq,Zebulon Quixworth,person\nzq,Émile Zöllner,person\n");
  estate.write("items_2.csv",
               "id,name,tier,facing\n1,Zebulon Quixworth,service,external\n"
               "2,Émile Zöllner,service,external\n");
  estate.expect_nobody_in_reports();
}

TEST(RedactInOther, NoticesQuoteNothingAndSayWhere) {
  const Estate estate;
  estate.write("items_2.csv",
               "id,name,tier,facing,state,needs\n"
               "1,Shop,service,Zebulon Q.,Quixworth Z.,Shop\n");
  estate.expect_nobody_in_reports();
  EXPECT_THAT(estate.report("json"), HasSubstr("the value [12 characters] of 'state'"));
  EXPECT_THAT(estate.report("text"), HasSubstr("items_2.csv:2"));
}

// --- errors

struct Broken {
  const char* file;
  std::string text;
  const char* place;
};

TEST(RedactErrors, QuoteNothingAndSayWhere) {
  const Broken all[] = {
      {"items.json", "{\"items\":[{\"id\":1,\"tier\":\"system\"} Zebulon Quixworth]}", ":1"},
      {"items.json", "{\"items\":[{\"id\":1}],\n Quixworth}", ":2"},
      {"items.json", "{\"a\":1 Quixworth}", ":1"},
      {"items.json", "Zebulon Quixworth", ""},
      {"items.json", "[{\"id\":\"1\",\"tier\":Quixworth}]", ":1"},
      {"items.json", "[{\"id\":\"1\",\"tier\":\"system\",\"name\":\"Quixworth", ":1"},
      {"items.json", "{\"junk\":Quixworth,\"items\":[]}", ":1"},
      {"items.yaml", "items:\n- id: *Quixworth\n", ":2"},
      {"items.yaml", "items:\n- id: &Quixworth [*Quixworth]\n", ":2"},
      {"items.yaml", "items:\n- id: @Quixworth\n", ":2"},
      {"items.yaml", "items:\n- id: 'Quixworth\n", ""},
      {"items.yaml", "items:\n- id: 1\n Quixworth: 2\n", ""},
      {"items.xml", "<?xml version='1.0' encoding='Quixworth'?><items/>", ""},
      {"items.xml", "<items><item><Quixworth></item></items>", ":1"},
      {"items.xml", "<items>&Quixworth;</items>", ":1"},
      {"items.xml", "<items><item><id>Quixworth", ""},
      {"items.csv", "id,tier\n1,\"Quixworth", ":2"},
      {"items.csv", "id,tier,name\n1,Quixworth", ":2"},
      {"nothing.csv", "Quixworth,Zebulon\n1,2\n", ""},
      {"cmdb_ci.json",
       "{\"result\":[{\"sys_id\":\"1\",\"name\":\"x\"}],\"error\":{\"message\":\"Quixworth\"}}",
       ""},
      {"cmdb_ci.json", "{\"result\":[{\"sys_id\":\"1\",\"error\":{\"message\":\"Quixworth\"}, \"na",
       ""},
  };
  for (const Broken& one : all) {
    const Scratch scratch;
    scratch.write(one.file, one.text);
    const ToolRun run = run_tool({"audit", one.file, "--redact", "people"}, {}, scratch.path());
    EXPECT_EQ(run.exit_code, 2) << one.text;
    EXPECT_THAT(run.err, HasSubstr(std::string("tierline: ") + one.file + one.place)) << one.text;
    expect_nobody(run.err, one.text);
  }
}

/// Cut anywhere, and with anything in place of each of its bytes in turn.
TEST(RedactErrors, QuoteNothingWhateverIsBroken) {
  const std::string name = "Zebulon Quixworth";
  const Scratch scratch;
  for (const auto& [file, text] : std::initializer_list<std::pair<std::string, std::string>>{
           {"items.json", "[{\"id\":\"" + name + "\",\"tier\":\"" + name + "\"}]"},
           {"items.yaml", "- id: \"" + name + "\"\n  tier: [" + name + "]\n"},
           {"items.xml", "<items><item><id>" + name + "</id></item></items>"},
           {"items.csv", "id,tier\n\"" + name + "\",\"" + name + "\"\n"}}) {
    for (std::size_t at = 0; at < text.size(); at += 3) {
      std::string broken = text;
      broken[at] = "\"<}&*:\x01"[at % 7];
      for (const std::string& export_text : {broken, text.substr(0, at)}) {
        scratch.write(file, export_text);
        const ToolRun run = run_tool({"audit", file, "--redact", "people"}, {}, scratch.path());
        if (run.exit_code == 2) {
          expect_nobody(run.err, export_text);
        }
      }
    }
  }
}

// --- the key

class RedactKey : public ::testing::Test {
 protected:
  void SetUp() override {
    scratch_.write("estate/items.csv",
                   "id,name,tier,facing,owner\n"
                   "1,Shop,service,external,zq\n");
    scratch_.write("estate/parties.csv",
                   "id,name,kind,email\n"
                   "zq,Zebulon Quixworth,person,zebulon.quixworth@corp.example\n");
  }

  [[nodiscard]] ToolRun redact(const std::vector<std::string>& more) const {
    std::vector<std::string> arguments = {"audit", "estate", "--redact", "people"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_tool(arguments, {}, scratch_.path());
  }

  [[nodiscard]] std::string json(const std::vector<std::string>& more) const {
    std::vector<std::string> arguments = {"-o", "json:-"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return redact(arguments).out;
  }

  /// What Zebulon Quixworth is called.
  [[nodiscard]] std::string pseudonym(const std::vector<std::string>& more) const {
    const std::string report = json(more);
    const std::size_t at = report.find("person-");
    return at == std::string::npos ? "" : report.substr(at, 23);
  }

  void expect_refusal(const std::vector<std::string>& more, const std::string& line) const {
    const ToolRun refused = redact(more);
    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_EQ(refused.err, "tierline: " + line + "\n");
    EXPECT_THAT(refused.out, IsEmpty());
  }

  const Scratch scratch_;
};

TEST_F(RedactKey, GivesOtherPseudonymsWithAnotherKey) {
  scratch_.write("estate/relations.csv", "from,to\nZebulon Quixworth,1\n");
  scratch_.write("one.key", "secret");
  scratch_.write("two.key", "secreu");
  const std::string one = pseudonym({"--redact-key", "one.key"});
  EXPECT_THAT(one, Not(IsEmpty()));
  EXPECT_EQ(pseudonym({"--redact-key", "one.key"}), one);
  EXPECT_NE(pseudonym({"--redact-key", "two.key"}), one);
  EXPECT_NE(pseudonym({}), one);
  EXPECT_EQ(pseudonym({}), pseudonym({}));
}

TEST_F(RedactKey, RefusesAKeyThatIsNone) {
  scratch_.write("empty.key", "");
  scratch_.write("blank.key", " \n");
  for (const char* key : {"empty.key", "blank.key"}) {
    expect_refusal(
        {"--redact-key", key},
        std::string(key) + ": this key is empty: make one with `head -c 32 /dev/urandom`");
  }
  expect_refusal({"--redact-key", "/dev/zero"},
                 "/dev/zero: this is no key: none is larger than 64 KiB");
  expect_refusal({"--redact-key", "no.key"}, "no.key: no such file or folder");
}

TEST_F(RedactKey, RefusesAKeyWithoutAnythingToRedact) {
  scratch_.write("my.key", "secret");
  const ToolRun refused =
      run_tool({"audit", "estate", "--redact-key", "my.key"}, {}, scratch_.path());
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_EQ(refused.err, "tierline: --redact-key my.key: goes with --redact people\n");
}

TEST_F(RedactKey, WritesNoReportOverTheKey) {
  scratch_.write("my.key", "secret");
  std::filesystem::create_symlink("my.key", scratch_ / "link.json");
  expect_refusal({"--redact-key", "my.key", "-o", "json:my.key"},
                 "-o my.key: is one of the keys that are read: write elsewhere");
  expect_refusal({"--redact-key", "my.key", "--stats-json", "link.json"},
                 "--stats-json link.json: is one of the keys that are read: write elsewhere");
  EXPECT_EQ(scratch_.read("my.key"), "secret");
}

}  // namespace
}  // namespace tierline
