// The HTML report: one file that fetches nothing, in which nothing of an export is ever more than
// data. What a reader can do in it is tested in a browser (browser.mjs).

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <rapidjson/document.h>
#include <zlib.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <regex>
#include <set>

#include "page/data.h"
#include "page/pack.h"
#include "page/trend.h"
#include "reports/written.h"
#include "rules/acceptances.h"
#include "rules/from_files.h"
#include "run_tool.h"
#include "tierline/text.h"

namespace tierline {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

const fs::path root = TIERLINE_ROOT;

Audit estate(unsigned jobs = 1, bool redacted = false) {
  AuditOptions options;
  options.import.inputs = {root / "fixtures" / "estate" / "export"};
  options.import.as_of = "2026-11-21";
  options.import.jobs = jobs;
  options.import.redact_people = redacted;
  return std::move(*audit(options));
}

constexpr std::string_view data_begin = R"(<script type="text/plain" id="data">)";
constexpr std::string_view script_end = "</script>";

/// Base64, and what stands around it.
struct Parts {
  std::string before;
  std::string data;
  std::string after;
};

Parts parts_of(const std::string& page) {
  const std::size_t begin = page.find(data_begin) + data_begin.size();
  const std::size_t end = page.find(script_end, begin);
  return {page.substr(0, begin), page.substr(begin, end - begin), page.substr(end)};
}

std::string from_base64(std::string_view digits) {
  constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char digit : digits.substr(0, digits.find('='))) {
    bits = bits << 6U | static_cast<std::uint32_t>(alphabet.find(digit));
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes += static_cast<char>(bits >> count & 0xFFU);
    }
  }
  return bytes;
}

/// Throws what is no raw deflate stream with an end.
std::string unpacked(std::string_view packed) {
  z_stream stream{};
  ::inflateInit2(&stream, -15);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  std::string text;
  std::string piece(1 << 16, '\0');
  int state = Z_OK;
  while (state == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = static_cast<uInt>(piece.size());
    state = ::inflate(&stream, Z_NO_FLUSH);
    text.append(piece, 0, piece.size() - stream.avail_out);
  }
  ::inflateEnd(&stream);
  if (state != Z_STREAM_END || stream.avail_in != 0) {
    throw std::runtime_error("not one deflate stream");
  }
  return text;
}

using Json = rapidjson::Document;

/// The lines of the data, by their type.
struct Data {
  explicit Data(const std::string& text) {
    for (const std::string_view line : split(text, "\n")) {
      if (!line.empty()) {
        auto json = std::make_shared<Json>();
        json->Parse(line.data(), line.size());
        lines.emplace((*json)["type"].GetString(), json);
      }
    }
  }

  [[nodiscard]] const Json& head() const { return *lines.find("head")->second; }

  /// All entries of a text column; where it has no text, nothing.
  [[nodiscard]] std::vector<std::string> column(const char* type, const char* name) const {
    std::vector<std::string> entries;
    const auto [begin, end] = lines.equal_range(type);
    for (auto line = begin; line != end; ++line) {
      for (const auto& entry : (*line->second)[name].GetArray()) {
        entries.emplace_back(entry.IsString() ? entry.GetString() : "");
      }
    }
    return entries;
  }

  std::multimap<std::string, std::shared_ptr<Json>> lines;
};

Data data_in(const std::string& page) {
  return Data(unpacked(from_base64(parts_of(page).data)));
}

Data data_of(const Audit& audit, std::size_t most) {
  std::string packed;
  for (const std::string& line : page_data(audit.report(), most)) {
    packed += line;
  }
  packed += end_of_pack();
  return Data(unpacked(packed));
}

// --- one file

TEST(Page, FetchesNothing) {
  const Parts page = parts_of(written(estate(), "html"));
  const std::string around = page.before + page.after;
  for (std::size_t at = around.find("://"); at != std::string::npos;
       at = around.find("://", at + 1)) {
    EXPECT_THAT(around.substr(at), StartsWith("://www.w3.org/"));  // Names of namespaces.
  }
  for (const char* fetching : {"<link", "<img", "<iframe", " src=", "url(", "@import", "fetch(",
                               "XMLHttpRequest", "WebSocket", "import(", "sendBeacon"}) {
    EXPECT_THAT(around, Not(HasSubstr(fetching)));
  }
}

/// Of a text, as policies write it.
std::string hash_of(std::string_view text) {
  const Scratch scratch;
  const std::string file = scratch.write("text", text);
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(("sha256sum " + file).c_str(), "r"),
                                                   ::pclose);
  std::string hex(64, ' ');
  EXPECT_EQ(std::fread(hex.data(), 1, hex.size(), pipe.get()), hex.size());
  std::string bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  }
  const std::string path = scratch / "base64";
  auto output = std::move(*Output::open(path));
  Base64 base64(*output);
  base64.write(bytes);
  base64.end();
  EXPECT_TRUE(commit(std::array{output.get()}));
  return "'sha256-" + read_file(path) + "'";
}

std::string between(std::string_view text, std::string_view begin, std::string_view end) {
  const std::size_t at = text.find(begin) + begin.size();
  return std::string(text.substr(at, text.find(end, at) - at));
}

TEST(Page, LetsNothingRunButItsOwnScriptAndStyle) {
  const std::string page = written(estate(), "html");
  const std::string policy =
      between(page, "<meta http-equiv=\"Content-Security-Policy\" content=\"", "\"");
  const std::string script = between(parts_of(page).after, "<script>", script_end);
  EXPECT_EQ(policy, "default-src 'none'; script-src " + hash_of(script) + "; style-src " +
                        hash_of(between(page, "<style>", "</style>")) +
                        "; base-uri 'none'; form-action 'none'; "
                        "require-trusted-types-for 'script'");
}

TEST(Page, MakesMarkupOfNothing) {
  const std::regex parsing(
      "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|DOMParser|createContextualFragment|"
      "\\beval\\(|new Function|srcdoc|javascript:");
  std::size_t scripts = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(root / "lib" / "page" / "web")) {
    if (entry.path().extension() == ".ts") {
      EXPECT_FALSE(std::regex_search(read_file(entry.path()), parsing)) << entry.path();
      ++scripts;
    }
  }
  EXPECT_GT(scripts, 0U);
}

TEST(Page, IsTheSameWhateverTheNumberOfThreads) {
  EXPECT_EQ(written(estate(1), "html"), written(estate(8), "html"));
}

// --- what an export says

TEST(Page, IsTheSameAroundItsDataWhateverNamesAre) {
  const auto page_of = [](const std::string& name) {
    return written(
        from_files({{"items.json", "[{\"id\": \"i" + name + "\", \"name\": \"" + name +
                                       "\", \"tier\": \"service\", \"facing\": \"external\", "
                                       "\"owner\": \"\"}]"}})
            .audit(),
        "html");
  };
  const Parts harmless = parts_of(page_of("Shop"));
  const std::string hostile =
      R"(</script><script>alert(1)</script><!--\" ' `${1}` <img src=x onerror=alert(1)>)";
  const Parts page = parts_of(page_of(hostile));
  EXPECT_EQ(page.before, harmless.before);
  EXPECT_EQ(page.after, harmless.after);
  EXPECT_EQ(page.data.find_first_not_of(
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="),
            std::string::npos);
  EXPECT_THAT(
      data_in(page_of(hostile)).column("nodes", "name"),
      Contains(R"(</script><script>alert(1)</script><!--" ' `${1}` <img src=x onerror=alert(1)>)"));
}

TEST(Page, ShowsWhatIsInvisibleAndTurnsNothingRound) {
  const Given estate =
      from_files({{"items.json",
                   "[{\"id\": \"1\", \"name\": \"a\u202Eb\u200Bc\\u0000\", \"tier\": "
                   "\"service\", \"facing\": \"external\", \"owner\": \"\"}]"}});
  EXPECT_THAT(data_in(written(estate.audit(), "html")).column("nodes", "name"),
              Contains("a b[U+200B]c "));
}

TEST(Page, HoldsEveryFindingTheGravestFirst) {
  const Audit audit = estate();
  const Data data = data_in(written(audit, "html"));
  std::multiset<std::string> expected;
  for (const Finding& finding : audit.findings()) {
    expected.insert(finding.fingerprint + " " + finding.message);
  }
  const std::vector<std::string> marks = data.column("findings", "mark");
  const std::vector<std::string> messages = data.column("findings", "message");
  std::multiset<std::string> held;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    held.insert(marks[i] + " " + messages[i]);
  }
  EXPECT_EQ(held, expected);
  const auto& severities = (*data.lines.find("findings")->second)["severity"];
  for (rapidjson::SizeType i = 1; i < severities.Size(); ++i) {
    EXPECT_LE(severities[i].GetInt(), severities[i - 1].GetInt());
  }
}

TEST(Page, HoldsWhoReliesOnWhom) {
  const Data data =
      data_in(written(given("portfolio Retail; external Shop in:Retail; system Cart; component db; "
                            "Shop -> Cart -> db; component alone @ann")
                          .audit(),
                      "html"));
  // The component that no service stands on is told of by its finding.
  EXPECT_EQ(data.column("nodes", "name"),
            (std::vector<std::string>{"Retail", "Shop", "Cart", "db", "alone"}));
  const auto numbers = [&](const char* type, const char* name) {
    std::vector<int> all;
    for (const auto& number : (*data.lines.find(type)->second)[name].GetArray()) {
      all.push_back(number.GetInt());
    }
    return all;
  };
  EXPECT_EQ(numbers("relies", "count"), (std::vector{0, 1, 1, 0, 0}));
  EXPECT_EQ(numbers("relies", "step"), (std::vector{2, 3}));
  EXPECT_EQ(numbers("holds", "count"), (std::vector{1, 0, 0, 0, 0}));
  EXPECT_EQ(numbers("nodes", "portfolio"), (std::vector{-1, 0, 0, 0, -1}));
}

TEST(Page, KnowsWhoseServicesASystemIsUnder) {
  const Data data = data_in(written(given("portfolio A; portfolio B; external X in:A; external Y "
                                          "in:B; system Both; system One; X -> Both; Y -> Both; X "
                                          "-> One; external Z; Z -> One")
                                        .audit(),
                                    "html"));
  std::map<std::string, int> portfolios;
  const Json& nodes = *data.lines.find("nodes")->second;
  for (rapidjson::SizeType i = 0; i < nodes["name"].Size(); ++i) {
    portfolios[nodes["name"][i].GetString()] = nodes["portfolio"][i].GetInt();
  }
  EXPECT_EQ(portfolios["Both"], -2);
  EXPECT_EQ(portfolios["One"], portfolios["X"]);
  EXPECT_EQ(portfolios["Z"], -1);
}

TEST(Page, HoldsNoNameOfAPersonWhereThesePseudonymsStand) {
  const std::string text = unpacked(from_base64(parts_of(written(estate(1, true), "html")).data));
  for (const char* name : {"Sandberg", "sandberg", "Lindqvist", "Holm", "Oskar"}) {
    EXPECT_THAT(text, Not(HasSubstr(name)));
  }
  EXPECT_THAT(unpacked(from_base64(parts_of(written(estate(), "html")).data)),
              HasSubstr("Lindqvist"));
}

TEST(Page, SaysWhatHasBecomeOfFindingsSinceAnEarlierNight) {
  const auto services = [](const std::string& names) {
    return std::vector<ExportFile>{
        {"items.csv",
         "id,tier,facing,owner\n" + names + ",service,external,\nSame,service,external,\n"}};
  };
  const Scratch scratch;
  AuditOptions options;
  options.rules.only = {"owner-missing"};
  options.baseline =
      scratch.write("night.json", written(from_files(services("Old"), options).audit(), "json"));
  const Data data = data_in(written(from_files(services("New"), options).audit(), "html"));
  const auto& baseline = data.head()["baseline"];
  EXPECT_STREQ(baseline["asOf"].GetString(), "2026-11-21");
  EXPECT_EQ(baseline["added"].GetUint(), 1U);
  EXPECT_EQ(baseline["unchanged"].GetUint(), 1U);
  EXPECT_STREQ(baseline["gone"][0]["name"].GetString(), "Old");
  EXPECT_STREQ(baseline["gone"][0]["fate"].GetString(), "not-exported");
  EXPECT_EQ(data.column("findings", "since").size(), 2U);
  EXPECT_THAT(data.column("findings", "since"), Contains("2026-11-21"));
  EXPECT_FALSE(data_in(written(estate(), "html")).head().HasMember("baseline"));
}

// --- over the nights

/// The nights of a job that keeps a history, each a day later, with what pages say of them.
class PageOfNights : public ::testing::Test {
 protected:
  /// `services` are `NAME,FACING,OWNER`; `user_`, or else the first of them, stands on a system,
  /// unless there are none. What is said of the trend, which is null where nothing is.
  Json night(int day, const std::vector<std::string>& services,
             std::vector<std::string> more = {"--history", "sqlite:runs.db"}) const {
    std::string items = "id,tier,facing,owner\n";
    for (const std::string& service : services) {
      const std::size_t name = service.find(',');
      items += service.substr(0, name) + ",service" + service.substr(name) + "\n";
    }
    std::string relations = "from,to,type\n";
    if (!services.empty()) {
      items += "Cart,system,,ann\nTill,system,,ann\n";
      const std::string first = services.front().substr(0, services.front().find(','));
      relations += (user_.empty() ? first : user_) + ",Cart,needs\n";
    }
    scratch_.write("export/items.csv", items);
    scratch_.write("export/relations.csv", relations);
    more.insert(more.begin(), {"audit", "export", "--no-config", "-q", "--as-of",
                               fmt::format("2026-11-{:02}", day), "-o", "page.html", "-o",
                               "night.json", "-o", "night.baseline"});
    const ToolRun run = run_tool(more, {}, scratch_.path());
    EXPECT_THAT(run.err, IsEmpty());
    const Data data = data_in(scratch_.read("page.html"));
    Json trend;
    if (data.head().HasMember("trend")) {
      trend.CopyFrom(data.head()["trend"], trend.GetAllocator());
    }
    return trend;
  }

  std::string user_;
  const Scratch scratch_;
};

/// `1 2 -1`; the texts of a list as well.
std::string in_line(const rapidjson::Value& list) {
  std::string line;
  for (const auto& one : list.GetArray()) {
    line += (line.empty() ? "" : " ") +
            (one.IsString() ? std::string(one.GetString()) : std::to_string(one.GetInt64()));
  }
  return line;
}

constexpr rapidjson::SizeType services_of = 1;  // The number of the tier.

TEST_F(PageOfNights, IsWithoutATrendOnTheFirst) {
  EXPECT_TRUE(night(1, {"Shop,external,ann"}).IsNull());
  EXPECT_TRUE(night(2, {"Shop,external,ann"}, {}).IsNull()) << "nobody asked a history";
}

TEST_F(PageOfNights, HoldsEveryNightOnceAndThisOneLast) {
  (void)night(1, {"Shop,external,ann", "Bank,external,"});
  (void)night(2, {"Shop,external,", "Bank,external,", "Tape,supporting,ann"});
  const Json trend = night(4, {"Shop,external,ann", "Bank,external,ann", "Tape,supporting,"});
  EXPECT_EQ(in_line(trend["nights"]), "2026-11-01 2026-11-02 2026-11-04");
  EXPECT_EQ(trend["all"].GetUint(), 3U);
  EXPECT_STREQ(trend["every"].GetString(), "night");
  EXPECT_EQ(in_line(trend["owned"][services_of]), "1 1 2");
  EXPECT_EQ(in_line(trend["unowned"][services_of]), "1 2 1");
  EXPECT_EQ(in_line(trend["orphans"]), "0 1 1");
  EXPECT_EQ(in_line(trend["owned"][0]), "0 0 0");
}

TEST_F(PageOfNights, TakesTheLastOfOneThatIsRepeated) {
  (void)night(1, {"Shop,external,", "Bank,external,"});
  (void)night(2, {"Shop,external,", "Bank,external,"});
  const Json again = night(2, {"Shop,external,ann", "Bank,external,"});
  EXPECT_EQ(in_line(again["nights"]), "2026-11-01 2026-11-02");
  EXPECT_EQ(in_line(again["owned"][services_of]), "0 1");
  const Json next = night(3, {"Shop,external,ann", "Bank,external,"});
  EXPECT_EQ(in_line(next["nights"]), "2026-11-01 2026-11-02 2026-11-03");
  EXPECT_EQ(in_line(next["owned"][services_of]), "0 1 1");
}

TEST_F(PageOfNights, CountsThoseItLeavesOut) {
  (void)night(1, {"Shop,external,ann"});
  (void)night(2, {});
  const Json trend = night(3, {"Shop,external,"});
  EXPECT_EQ(in_line(trend["nights"]), "2026-11-01 2026-11-03");
  EXPECT_EQ(trend["incomplete"].GetUint(), 1U);
}

TEST_F(PageOfNights, DoesNotKnowWhatWasNotJudged) {
  user_ = "Till";  // A system: whom services support cannot be judged.
  (void)night(1, {"Shop,external,ann", "Tape,supporting,ann"});
  user_ = "";
  (void)night(2, {"Shop,external,ann", "Tape,supporting,ann"});
  user_ = "Till";
  const Json trend = night(3, {"Shop,external,ann", "Tape,supporting,ann"});
  EXPECT_EQ(in_line(trend["orphans"]), "-1 1 -1");
}

TEST_F(PageOfNights, AreTheLongerOfTwoHistories) {
  (void)night(1, {"Shop,external,ann"}, {"--history", "sqlite:long.db"});
  (void)night(2, {"Shop,external,ann"}, {"--history", "sqlite:long.db"});
  const std::vector<std::string> both = {"--baseline", "sqlite:long.db", "--history",
                                         "sqlite:new.db"};
  (void)night(3, {"Shop,external,ann"}, both);
  EXPECT_EQ(in_line(night(4, {"Shop,external,ann"}, both)["nights"]),
            "2026-11-01 2026-11-02 2026-11-04");
}

TEST_F(PageOfNights, IsOfOneEstateAlone) {
  const auto of = [](const std::string& name) {
    return std::vector<std::string>{"--history", "sqlite:runs.db", "--estate", name};
  };
  (void)night(1, {"Shop,external,ann"}, of("north"));
  EXPECT_TRUE(night(2, {"Shop,external,ann"}, of("south")).IsNull());
}

TEST_F(PageOfNights, NamesNobodyWhereThesePseudonymsStand) {
  const std::vector<std::string> redacted = {"--history", "sqlite:runs.db", "--redact", "people"};
  (void)night(1, {"Shop,external,Ann Archer"}, redacted);
  const Json trend = night(2, {"Shop,external,", "Bank,external,Ann Archer"}, redacted);
  EXPECT_EQ(in_line(trend["owned"][services_of]), "1 1");
  EXPECT_THAT(unpacked(from_base64(parts_of(scratch_.read("page.html")).data)),
              Not(HasSubstr("Archer")));
}

TEST_F(PageOfNights, IsComparedWithABaselineInEveryForm) {
  const std::vector<std::string> before = {"Shop,external,", "Bank,external,ann"};
  const std::vector<std::string> now = {"Shop,external,ann", "Bank,external,ann"};
  for (const std::string baseline : {"night.json", "night.baseline", "sqlite:runs.db"}) {
    SCOPED_TRACE(baseline);
    (void)night(1, before);
    const Json trend = night(2, now, {"--baseline", baseline});
    EXPECT_EQ(in_line(trend["nights"]), "2026-11-01 2026-11-02");
    EXPECT_EQ(in_line(trend["owned"][services_of]), "1 2");
    EXPECT_EQ(in_line(trend["severities"][4]), "2 1");
    EXPECT_EQ(in_line(trend["orphans"]), baseline.ends_with(".baseline") ? "-1 0" : "0 0");
  }
}

TEST_F(PageOfNights, KnowsOfAReportWhatWasNotJudged) {
  const std::vector<std::string> services = {"Shop,external,ann", "Tape,supporting,ann"};
  user_ = "Till";
  (void)night(1, services);
  user_ = "";
  EXPECT_EQ(in_line(night(2, services, {"--baseline", "night.json"})["orphans"]), "-1 1");
  EXPECT_EQ(in_line(night(3, services, {"--baseline", "night.json"})["orphans"]), "1 1");
}

TEST_F(PageOfNights, IsNotComparedWithAReportOfAPart) {
  (void)night(1, {});
  EXPECT_TRUE(night(2, {"Shop,external,ann"}, {"--baseline", "night.json"}).IsNull());
}

TEST_F(PageOfNights, KnowsOnlyFindingsOfABaselineThatCountsNoOwners) {
  (void)night(1, {"Shop,external,"});
  const std::string lines = scratch_.read("night.baseline");
  const std::size_t at = lines.find(",\"coverage\":");
  scratch_.write("old.baseline", lines.substr(0, at) + lines.substr(lines.find("}}", at) + 2));
  const Json trend = night(2, {"Shop,external,ann"}, {"--baseline", "old.baseline"});
  EXPECT_EQ(in_line(trend["owned"][services_of]), "-1 1");
  EXPECT_EQ(in_line(trend["severities"][4]), "1 0");
}

TEST_F(PageOfNights, HasNoTrendBesideABaselineOfALaterDay) {
  (void)night(2, {"Shop,external,"});
  EXPECT_TRUE(night(1, {"Shop,external,"}, {"--baseline", "night.json"}).IsNull());
}

TEST_F(PageOfNights, HasNoTrendBesideABaselineThatIsNotThereYet) {
  EXPECT_TRUE(night(1, {"Shop,external,"}, {"--baseline", "none.json"}).IsNull());
}

/// So many nights before the one of 21 November 2026, one a day, each with another count.
std::vector<NightFigures> nights_before(int count) {
  std::vector<NightFigures> nights;
  const auto day = std::chrono::sys_days(std::chrono::year(2026) / 11 / 21);
  for (int i = count; i > 0; --i) {
    const std::chrono::year_month_day date(day - std::chrono::days(i));
    NightFigures& night = nights.emplace_back();
    night.as_of =
        fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                    static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    night.severities[0] = static_cast<std::uint64_t>(i);
  }
  return nights;
}

TEST(PageTrend, DrawsAYearByTheLastNightOfEachWeek) {
  Audit audit = estate();
  audit.earlier_nights = nights_before(364);
  const PageTrend trend = page_trend(audit.report());
  EXPECT_EQ(trend.all, 365U);
  EXPECT_EQ(trend.every, "week");
  EXPECT_EQ(trend.nights.front().as_of, audit.earlier_nights.front().as_of);
  EXPECT_EQ(trend.nights.back().as_of, "2026-11-21");
  EXPECT_EQ(trend.nights.size(), 54U);
  // 21 November 2026 is a Saturday: those between are the Sundays.
  for (std::size_t i = 1; i + 1 < trend.nights.size(); ++i) {
    EXPECT_EQ(trend.nights[i].severities[0] % 7, 6U) << trend.nights[i].as_of;
  }
}

TEST(PageTrend, HasNoMoreNightsThanThereIsRoomFor) {
  Audit audit = estate();
  for (const auto& [count, every] : std::map<int, std::string>{
           {1, "night"}, {119, "night"}, {120, "week"}, {2000, "month"}, {20'000, "year"}}) {
    audit.earlier_nights = nights_before(count);
    const PageTrend trend = page_trend(audit.report());
    EXPECT_EQ(trend.every, every) << count;
    EXPECT_LE(trend.nights.size(), most_trend_nights) << count;
    EXPECT_EQ(trend.all, static_cast<std::size_t>(count) + 1);
    EXPECT_TRUE(std::ranges::is_sorted(trend.nights, {}, &NightFigures::as_of));
  }
}

TEST(PageTrend, OfManyNightsIsSmall) {
  Audit audit = estate();
  const std::size_t without = written(audit, "html").size();
  audit.earlier_nights = nights_before(119);
  for (NightFigures& night : audit.earlier_nights) {
    night.coverage.emplace();
    std::uint64_t figure = night.severities[0] * 7919;
    for (Coverage& one : *night.coverage) {
      one = {.live = figure += 31, .owned = figure * 3, .unowned = figure * 5};
    }
  }
  EXPECT_LT(written(audit, "html").size(), without + 10'000);
}

TEST(Page, SaysWhatIsAccepted) {
  const Data data = data_in(written(
      given_accepting("external Shop; external Bank @ann", {accepting("owner-missing", "Shop")},
                      AcceptancePolicy::off, {.only = {"owner-missing"}})
          .audit(),
      "html"));
  EXPECT_STREQ(data.head()["acceptances"][0]["until"].GetString(), "2026-12-31");
  EXPECT_STREQ(data.head()["acceptances"][0]["reason"].GetString(), "We know");
  EXPECT_EQ((*data.lines.find("findings")->second)["accepted"][0].GetInt(), 1);
  EXPECT_FALSE(data_in(written(estate(), "html")).head().HasMember("acceptances"));
}

// --- how large it is

/// Services without owner, each on a system without owner: of three severities.
Given many(int services) {
  std::string items = "id,name,tier,facing,owner\n";
  std::string relations = "from,to,kind\n";
  for (int i = 0; i < services; ++i) {
    const std::string number = std::to_string(i);
    items += "s" + number + ",Service " + number + ",service," +
             (i % 4 == 0 ? "external" : "internal") + ",\n";
    items += "y" + number + ",System " + number + ",system,,\n";
    relations += "s" + number + ",y" + number + ",needs\n";
  }
  return from_files({{"items.csv", items}, {"relations.csv", relations}});
}

TEST(Page, LeavesOutWhatMattersLeastAndSaysHowMuch) {
  const Given estate = many(4000);
  constexpr std::size_t most = 250'000;
  std::size_t size = 0;
  for (const std::string& line : page_data(estate.audit().report(), most)) {
    size += line.size();
  }
  EXPECT_LE(size, most);
  const Data data = data_of(estate.audit(), most);
  const std::size_t held = data.column("findings", "mark").size();
  const std::size_t all = estate.audit().results.fact_count();
  ASSERT_LT(held, all);
  std::size_t left_out = 0;
  for (const auto& count : data.head()["leftOut"]["findings"].GetArray()) {
    left_out += count.GetUint();
  }
  EXPECT_EQ(held + left_out, all);
  EXPECT_EQ(data.head()["leftOut"]["findings"][4].GetUint(), 0U);  // None that is critical.
  std::size_t items_left_out = 0;
  for (const auto& count : data.head()["leftOut"]["items"].GetArray()) {
    items_left_out += count.GetUint();
  }
  EXPECT_EQ(data.column("nodes", "name").size() + items_left_out, 8000U);
  EXPECT_EQ(data.head()["leftOut"]["items"][1].GetUint(), 0U);  // No service.
}

TEST(Page, LeavesNothingOutThatFits) {
  const Data data = data_of(estate(), 1'000'000);
  for (const char* what : {"items", "findings"}) {
    for (const auto& count : data.head()["leftOut"][what].GetArray()) {
      EXPECT_EQ(count.GetUint(), 0U) << what;
    }
  }
  EXPECT_FALSE(data.head()["leftOut"]["relations"].GetBool());
}

}  // namespace
}  // namespace tierline
