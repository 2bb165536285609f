// Two weeks of a nightly job on one estate, each export a small change of the one before: what is
// new, gone and updated, what is accepted, how the run ends and what the metrics say, night by
// night, exactly; and what a history of these nights answers, beside what their reports say. In
// SQLite, or in TIERLINE_TEST_HISTORY (tests/history/check: a PostgreSQL).

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <rapidjson/document.h>
#include <sys/time.h>

#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "json_schema.h"
#include "run_tool.h"
#include "scratch.h"
#include "tierline/report.h"
#include "tierline/text.h"

namespace tierline {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAreArray;

using Lines = std::vector<std::string>;

/// What a night is to come to.
struct Expected {
  int exit_code = 0;
  Lines changes;   ///< `RULE NAME new`, `RULE NAME updated`, `RULE NAME FATE` of what is gone.
  Lines accepted;  ///< `RULE NAME`
};

/// What a night's report says of a finding.
struct Found {
  std::string rule;
  std::string name;
  std::string since;
  std::string severity;
  std::string owner;  ///< Of its item, as the export has it.
  std::string accepted_until;
  bool is_updated = false;
  auto operator<=>(const Found&) const = default;
};

/// What a night's report says.
struct Night {
  std::string day;
  int exit_code = 0;
  std::string verdict;
  std::map<std::string, Found> found;         ///< By fingerprint.
  std::map<std::string, std::string> absent;  ///< Fates, by fingerprint.
  Lines metrics;                              ///< `NAME LABEL VALUE`.
};

class FourteenNights : public ::testing::Test {
 protected:
  FourteenNights() {
    items_ = {{"p1", "Retail,portfolio,portfolio,,ann,,"},
              {"s1", "Shop,service,service,external,ann,,p1"},
              {"s2", "Pay,service,service,external,bob,,p1"},
              {"s3", "Print,service,service,supporting,,,p1"},
              {"s4", "Fax,service,service,supporting,,,p1"},
              {"s5", "Telex,service,service,supporting,,,p1"},
              {"y1", "Cart,application,system,,ann,,"},
              {"y2", "Ledger,application,system,,,,"},
              {"y3", "Orders,application,system,,ann,,"},
              {"y4", "Stock,application,system,,ann,,"},
              {"y5", "Prices,application,system,,ann,,"}};
    relations_ = {"s1,y1", "s2,y2", "s1,s3", "y1,y3", "y3,y4", "y4,y3", "y4,y5"};
    for (int i = 0; i < 60; ++i) {
      items_[fmt::format("x{:02}", i)] = fmt::format("Host {},{},component,,ann,,", i, "server");
      relations_.push_back(fmt::format("y1,x{:02}", i));
    }
    parties_ = {{"ann", "Ann Archer,person,true"}, {"bob", "Bob Builder,person,true"}};
    accept("2026-10-01", "2026-11-08");
  }

  void accept(const std::string& created, const std::string& expires) {
    accepted_ += fmt::format(
        "[[accept]]\nrule = \"owner-missing\"\nmatch = {{item = \"s3\"}}\n"
        "reason = \"We print less\"\napprover = \"ann\"\ncreated = {}\nexpires = {}\n\n",
        created, expires);
    scratch_.write("acceptances.toml", accepted_);
  }

  void write_export() const {
    std::string items = "id,name,class,tier,facing,owner,state,portfolio\n";
    for (const auto& [id, rest] : items_) {
      items += fmt::format("{},{}\n", id, rest);
    }
    std::string relations = "id,from,to,type\n";
    for (std::size_t i = 0; i < relations_.size(); ++i) {
      relations += fmt::format("r{},{},needs\n", i, relations_[i]);
    }
    std::string parties = "id,name,kind,active\n";
    for (const auto& [id, rest] : parties_) {
      parties += fmt::format("{},{}\n", id, rest);
    }
    scratch_.write("exports/items.csv", items);
    scratch_.write("exports/relations.csv", relations);
    scratch_.write("exports/parties.csv", parties);
  }

  [[nodiscard]] ToolRun run(const std::string& day) const {
    return run_tool({"audit", "exports", "--acceptances", "acceptances.toml", "--as-of", day,
                     "--baseline", "night.json", "-o", "night.json", "-o", "night.prom", "-o",
                     "by-owner:owners", "--fail-on", "medium", "--history", history_},
                    {}, scratch_.path());
  }

  /// A run that ends somewhere, wherever that is.
  void killed(const std::string& day, int milliseconds) const {
    write_export();
    (void)run_tool({"audit", "exports", "--acceptances", "acceptances.toml", "--as-of", day,
                    "--baseline", "night.json", "-o", "killed.json", "--history", history_},
                   {}, scratch_.path(), [&] {
                     const itimerval alarm{{}, {0, milliseconds * 1000}};
                     ::setitimer(ITIMER_REAL, &alarm, nullptr);
                   });
  }

  /// A night that runs to its end.
  void night(const std::string& day, const Expected& expected) {
    SCOPED_TRACE(day);
    write_export();
    const ToolRun made = run(day);
    EXPECT_EQ(made.exit_code, expected.exit_code) << made.err;
    const std::string report = scratch_.read("night.json");
    EXPECT_THAT(schema_errors(findings_schema(), report), IsEmpty());
    rapidjson::Document document;
    document.Parse(report.data(), report.size());
    Lines changes;
    Lines accepted;
    std::map<std::string, std::uint64_t> states;
    for (const auto& finding : document["findings"].GetArray()) {
      const std::string name =
          fmt::format("{} {}", finding["rule"].GetString(), finding["subject"]["name"].GetString());
      const std::string state = finding["state"].GetString();
      if (state != "unchanged") {
        changes.push_back(name + ' ' + state);
      }
      const bool is_accepted = finding.HasMember("accepted");
      if (is_accepted) {
        accepted.push_back(name);
      }
      ++states[is_accepted ? "accepted" : state];
    }
    std::map<std::string, std::uint64_t> fates;
    for (const auto& one : document["absent"].GetArray()) {
      changes.push_back(fmt::format("{} {} {}", one["rule"].GetString(),
                                    one["subject"]["name"].GetString(), one["fate"].GetString()));
      ++fates[one["fate"].GetString()];
    }
    EXPECT_THAT(changes, UnorderedElementsAreArray(expected.changes));
    EXPECT_THAT(accepted, UnorderedElementsAreArray(expected.accepted));
    for (const char* state : {"new", "unchanged", "updated", "accepted"}) {
      EXPECT_EQ(metric("tierline_findings", fmt::format("state=\"{}\"", state)), states[state])
          << state;
    }
    for (const char* fate : {"resolved", "retired", "not-exported", "not-evaluated"}) {
      EXPECT_EQ(metric("tierline_findings_absent", fmt::format("fate=\"{}\"", fate)), fates[fate])
          << fate;
    }
    EXPECT_EQ(metric("tierline_exit_code", ""), static_cast<std::uint64_t>(made.exit_code));
    remember(document);
    expect_history();
  }

  /// A night that is run again takes the place of the first.
  void remember(const rapidjson::Document& report) {
    Night night;
    night.day = report["run"]["asOf"].GetString();
    night.exit_code = report["run"]["exitCode"].GetInt();
    night.verdict = report["ledger"]["verdict"].GetString();
    for (const auto& one : report["findings"].GetArray()) {
      Found found;
      found.rule = one["rule"].GetString();
      found.name = one["subject"]["name"].GetString();
      found.severity = one["severity"].GetString();
      found.since = one.HasMember("since") ? one["since"].GetString() : night.day;
      found.owner = owner_of(one["subject"]);
      found.accepted_until = one.HasMember("accepted") ? one["accepted"]["until"].GetString() : "";
      found.is_updated = one["state"] == "updated";
      night.found.emplace(one["fingerprint"].GetString(), std::move(found));
    }
    for (const auto& one : report["absent"].GetArray()) {
      night.absent.emplace(one["fingerprint"].GetString(), one["fate"].GetString());
    }
    night.metrics = metrics_of(report);
    if (!nights_.empty() && nights_.back().day == night.day) {
      nights_.pop_back();
    }
    nights_.push_back(std::move(night));
  }

  [[nodiscard]] std::string owner_of(const rapidjson::Value& subject) const {
    const bool is_item = subject["kind"] == "item";
    const auto found = is_item ? items_.find(subject["id"].GetString()) : items_.end();
    const std::string party =
        found == items_.end() ? "" : std::string(split(found->second, ",").at(4));
    const auto name = parties_.find(party);
    return name == parties_.end() ? party : std::string(split(name->second, ",").front());
  }

  static Lines metrics_of(const rapidjson::Document& report) {
    Lines all;
    const auto add = [&](std::string_view name, std::string_view label, std::uint64_t value) {
      all.push_back(fmt::format("{} {} {}", name, label, value));
    };
    const auto& summary = report["summary"];
    for (const auto& tier : summary["tiers"].GetObject()) {
      const auto& ownership = tier.value["ownership"];
      const std::string label = tier.name.GetString();
      add("items", label, tier.value["items"].GetUint64());
      add("live", label, ownership["live"].GetUint64());
      add("owned", label, ownership["owned"].GetUint64());
      add("unowned", label, ownership["unowned"].GetUint64());
      add("owner_unknown", label, ownership["notEvaluated"].GetUint64());
    }
    for (const auto& severity : summary["findings"].GetObject()) {
      add("findings", severity.name.GetString(), severity.value.GetUint64());
    }
    const auto& left_open = report["ledger"]["rulesNotEvaluated"].GetArray();
    for (const auto& rule : report["rules"].GetArray()) {
      const std::uint64_t findings = rule["findings"].GetUint64();
      if (findings > 0 || std::ranges::find(left_open, rule["id"]) == left_open.end()) {
        add("findings_of_rule", rule["id"].GetString(), findings);
      }
    }
    for (const auto& one : report["classes"].GetArray()) {
      add("items_of_class",
          fmt::format("{}/{}", one["source"].GetString(), one["class"].GetString()),
          one["items"].GetUint64());
    }
    return all;
  }

  [[nodiscard]] rapidjson::Document ask(std::vector<std::string> question) const {
    question.insert(question.begin(), {"history", history_});
    question.insert(question.end(), {"--estate", "tierline", "-o", "json:-"});
    const ToolRun asked = run_tool(question, {}, scratch_.path());
    EXPECT_EQ(asked.exit_code, 0) << asked.err;
    rapidjson::Document answer;
    answer.Parse(asked.out.data(), asked.out.size());
    return answer;
  }

  /// The members of each row of an answer, but for those that no report knows.
  static Lines rows(const rapidjson::Document& answer, const char* list,
                    const std::vector<const char*>& members) {
    Lines all;
    for (const auto& row : answer[list].GetArray()) {
      std::string line;
      for (const char* const member : members) {
        line += line.empty() ? "" : " ";
        line += row[member].IsString() ? fmt::format("'{}'", row[member].GetString())
                                       : fmt::format("{}", row[member].GetUint64());
      }
      all.push_back(line);
    }
    return all;
  }

  /// The history says of all nights what their reports said, each in its time.
  void expect_history() const {
    Lines runs;
    Lines metrics;
    for (const Night& night : nights_) {
      runs.push_back(fmt::format("'{}' '{}' {} {}", night.day, night.verdict, night.found.size(),
                                 night.exit_code));
      for (const std::string& metric : night.metrics) {
        const auto words = split(metric, " ");
        metrics.push_back(
            fmt::format("'{}' '{}' '{}' {}", night.day, words[0], words[1], words[2]));
      }
    }
    EXPECT_EQ(rows(ask({}), "runs", {"asOf", "verdict", "findings", "exitCode"}), runs);
    EXPECT_THAT(rows(ask({"trend"}), "metrics", {"asOf", "metric", "label", "value"}),
                UnorderedElementsAreArray(metrics));
    EXPECT_THAT(rows(ask({"log"}), "findings",
                     {"fingerprint", "rule", "subject", "since", "closed", "nights", "fate",
                      "severity", "owner", "acceptedUntil"}),
                UnorderedElementsAreArray(expected_log()));
  }

  [[nodiscard]] std::map<std::string, Found> all_found() const {
    std::map<std::string, Found> all;
    for (const Night& night : nights_) {
      for (const auto& [fingerprint, found] : night.found) {
        all.insert_or_assign(fingerprint, found);
      }
    }
    return all;
  }

  /// Nothing of a finding that goes on as another one, such as a cycle that has grown.
  static std::string fate_in(const Night& night, const std::string& fingerprint) {
    const auto absent = night.absent.find(fingerprint);
    return absent == night.absent.end() ? "" : absent->second;
  }

  [[nodiscard]] Lines expected_log() const {
    Lines log;
    for (const auto& [fingerprint, last] : all_found()) {
      std::string closed;
      std::string fate;
      std::size_t known = 0;
      for (const Night& night : nights_) {
        if (night.found.contains(fingerprint)) {
          closed.clear();
          ++known;
        } else if (known > 0 && closed.empty()) {
          closed = night.day;
          fate = fate_in(night, fingerprint);
        }
      }
      log.push_back(fmt::format("'{}' '{}' '{}' '{}' '{}' {} '{}' '{}' '{}' '{}'", fingerprint,
                                last.rule, last.name, last.since, closed, known, fate,
                                last.severity, last.owner, last.accepted_until));
    }
    return log;
  }

  /// From one night to the next, what a finding was.
  [[nodiscard]] Lines expected_life(const std::string& fingerprint) const {
    struct State {
      Found found;
      std::string from;
      std::string until;
      std::string fate;
    };
    std::vector<State> states;
    const auto end = [&](const std::string& day, const std::string& fate) {
      if (!states.empty() && states.back().until.empty()) {
        states.back().until = day;
        states.back().fate = fate;
      }
    };
    for (const Night& night : nights_) {
      const auto found = night.found.find(fingerprint);
      if (found == night.found.end()) {
        end(night.day, fate_in(night, fingerprint));
        continue;
      }
      Found same = found->second;
      same.is_updated = false;
      same.name.clear();
      const bool goes_on = !states.empty() && states.back().until.empty() &&
                           !found->second.is_updated && states.back().found == same;
      if (!goes_on) {
        end(night.day, "");
        states.push_back({same, night.day, "", ""});
      }
    }
    Lines life;
    for (const State& one : states) {
      life.push_back(fmt::format("'{}' '{}' '{}' '{}' '{}' '{}'", one.from, one.until,
                                 one.found.severity, one.found.owner, one.found.accepted_until,
                                 one.fate));
    }
    return life;
  }

  void expect_lives() const {
    for (const auto& [fingerprint, last] : all_found()) {
      EXPECT_EQ(rows(ask({"finding", fingerprint}), "states",
                     {"from", "until", "severity", "owner", "acceptedUntil", "fate"}),
                expected_life(fingerprint))
          << last.rule << ' ' << last.name;
    }
  }

  /// A night on which nothing is written.
  void refused(const std::string& day, int exit_code, const std::string& why) const {
    SCOPED_TRACE(day);
    const std::string report = scratch_.read("night.json");
    const std::string metrics = scratch_.read("night.prom");
    const std::string index = scratch_.read("owners/index.csv");
    const ToolRun made = run(day);
    EXPECT_EQ(made.exit_code, exit_code);
    EXPECT_THAT(made.err, HasSubstr(why));
    EXPECT_EQ(scratch_.read("night.json"), report);
    EXPECT_EQ(scratch_.read("night.prom"), metrics);
    EXPECT_EQ(scratch_.read("owners/index.csv"), index);
    expect_history();
  }

  /// The sum of what has this label.
  [[nodiscard]] std::uint64_t metric(const std::string& name, const std::string& label) const {
    const std::string metrics = scratch_.read("night.prom");
    std::uint64_t sum = 0;
    for (const std::string_view line : split(metrics, "\n")) {
      const std::string_view after = line.starts_with(name) ? line.substr(name.size()) : " ";
      if ((after.starts_with('{') || after.starts_with(' ')) && after.size() > 1 &&
          line.find(label) != std::string_view::npos) {
        sum += std::stoull(std::string(line.substr(line.rfind(' ') + 1)));
      }
    }
    return sum;
  }

  std::map<std::string, std::string> items_;
  std::vector<std::string> relations_;
  std::map<std::string, std::string> parties_;
  std::string accepted_;
  std::vector<Night> nights_;  ///< Those that were written.
  const char* const address_ = std::getenv("TIERLINE_TEST_HISTORY");
  const std::string history_ = address_ == nullptr ? "sqlite:runs.db" : address_;
  const Scratch scratch_;
};

TEST_F(FourteenNights, AreToldOneByOne) {
  const Lines print = {"owner-missing Print"};
  const std::string entry = "owner-missing (item s3)";

  // The first night: all of it is new, and Print is accepted for another week.
  night("2026-11-01",
        {1,
         {"acceptance-expires-soon " + entry + " new", "dependency-cycle Orders and Stock new",
          "owner-missing Fax new", "owner-missing Print new", "owner-missing Telex new",
          "orphaned-supporting-service Fax new", "orphaned-supporting-service Telex new",
          "system-owner-missing Ledger new"},
         print});
  // Nothing happens.
  night("2026-11-02", {0, {}, print});
  // An owner leaves.
  parties_["bob"] = "Bob Builder,person,false";
  night("2026-11-03", {1, {"owner-inactive Pay new"}, print});
  // A service is retired. Now that half of those left have parts, a service without any stands out.
  items_["s4"] = "Fax,service,service,supporting,,retired,p1";
  night("2026-11-04", {0,
                       {"owner-missing Fax retired", "orphaned-supporting-service Fax retired",
                        "service-without-parts Print new", "service-without-parts Telex new"},
                       print});
  // An item is renamed.
  items_["y2"] = "General Ledger,application,system,,,,";
  night("2026-11-05", {0, {}, print});
  // A file is cut off.
  const std::string whole = scratch_.read("exports/items.csv");
  scratch_.write("exports/items.csv", whole.substr(0, whole.find(",Host 40") + 4));
  refused("2026-11-06", 2, "items.csv");
  // A table is empty.
  write_export();
  scratch_.write("exports/relations.csv", "id,from,to,type\n");
  refused("2026-11-07", 3, "table 'tierline/relations' ");
  // Two nights were missed, and what was accepted no longer is from the day after its last.
  night("2026-11-09",
        {1,
         {"acceptance-expired " + entry + " new", "acceptance-expires-soon " + entry + " resolved",
          "owner-missing Print new"},
         {}});
  // A cycle grows; runs of that night are killed.
  relations_.push_back("y5,y3");
  for (const int milliseconds : {1, 5, 10, 20, 40, 80}) {
    killed("2026-11-10", milliseconds);
  }
  night("2026-11-10", {0, {"dependency-cycle Orders, Stock and Prices updated"}, {}});
  // A class is renamed.
  for (auto& [id, rest] : items_) {
    if (id.starts_with('x')) {
      rest.replace(rest.find("server"), 6, "host");
    }
  }
  night("2026-11-11", {0, {}, {}});
  // A night twice.
  night("2026-11-11", {0, {}, {}});
  // A night is missed. Somebody answers for the ledger, and nobody has to be reminded of Print.
  items_["y2"] = "General Ledger,application,system,,ann,,";
  accept("2026-11-13", "2027-03-31");
  night("2026-11-13",
        {0,
         {"acceptance-expired " + entry + " resolved", "acceptance-unused " + entry + " new",
          "system-owner-missing General Ledger resolved"},
         print});
  // A service is not exported any more, and there is a new one.
  items_.erase("s5");
  items_["s6"] = "Mail,service,service,internal,,,p1";
  relations_.push_back("s6,y1");
  night("2026-11-14",
        {1,
         {"orphaned-supporting-service Telex not-exported", "owner-missing Mail new",
          "owner-missing Telex not-exported", "service-without-parts Telex not-exported"},
         print});
  expect_lives();
}

}  // namespace
}  // namespace tierline
