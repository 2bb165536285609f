#include "tierline/history.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <limits>
#include <map>
#include <tuple>

#include "history/database.h"
#include "history/record.h"
#include "history/schema.h"
#include "support/id128.h"
#include "tierline/text.h"
#include "tierline/utf8.h"

namespace tierline {
namespace {

std::vector<std::string> parts(std::string_view lines) {
  std::vector<std::string> all;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    all.emplace_back(lines.substr(0, end));
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return all;
}

/// The nights of an estate whose findings are kept, by number.
using Nights = std::map<std::int64_t, std::string>;

std::uint64_t nights_between(const Nights& nights, std::int64_t from, std::int64_t until) {
  return static_cast<std::uint64_t>(
      std::distance(nights.lower_bound(from), nights.lower_bound(until)));
}

constexpr std::int64_t still = std::numeric_limits<std::int64_t>::max();

/// A row of finding_state is open until there is a night for its end.
std::int64_t until_of(const SqlRow& row, int column) {
  return row.text(column).empty() ? still : row.number(column);
}

std::string day_of(const Nights& nights, std::int64_t run) {
  const auto night = nights.find(run);
  return night == nights.end() ? std::string() : night->second;
}

Result<Nights> nights_of(Database& database, const std::string& estate) {
  Nights nights;
  auto asked = database.query(
      "SELECT run, as_of FROM night WHERE estate = $1 AND verdict <> 'incomplete'", {estate},
      [&](const SqlRow& row) { nights.emplace(row.number(0), row.text(1)); });
  return gathered(asked, std::move(nights));
}

/// Findings with all that they have been, one row of `finding_state` after the other.
Result<std::vector<HistoryFinding>> findings_where(Database& database, const std::string& estate,
                                                   const std::string& prefix) {
  const auto nights = nights_of(database, estate);
  if (!nights) {
    return nights.error();
  }
  std::vector<HistoryFinding> findings;
  std::int64_t last = 0;
  auto asked = database.query(
      "SELECT finding.id, finding.fingerprint, finding.rule, finding.subject_name, "
      "finding.subject_id, finding.since, finding_state.severity, finding_state.owner, "
      "finding_state.from_run, finding_state.until_run, finding_state.fate, "
      "finding_state.accepted_until FROM finding "
      "JOIN estate ON estate.id = finding.estate JOIN finding_state ON finding_state.finding = "
      "finding.id WHERE estate.name = $1 AND finding.fingerprint LIKE $2 "
      "ORDER BY finding.id, finding_state.from_run",
      {estate, prefix + "%"}, [&](const SqlRow& row) {
        if (findings.empty() || row.number(0) != last) {
          last = row.number(0);
          HistoryFinding& one = findings.emplace_back();
          one.fingerprint = row.text(1);
          one.rule = row.text(2);
          one.subject = row.text(row.text(3).empty() ? 4 : 3);
          one.since = row.text(5);
        }
        HistoryFinding& one = findings.back();
        one.severity = row.text(6);
        one.owner = join(parts(row.text(7)), ", ");
        one.nights += nights_between(*nights, row.number(8), until_of(row, 9));
        one.closed = day_of(*nights, until_of(row, 9));
        one.fate = row.text(10);
        one.accepted_until = row.text(11);
      });
  // Not by the database: each orders texts in its own way.
  std::ranges::sort(findings, {}, [](const HistoryFinding& one) {
    return std::tie(one.since, one.rule, one.subject, one.fingerprint);
  });
  return gathered(asked, std::move(findings));
}

std::uint64_t* figure_of(Coverage& coverage, std::string_view name) {
  return name == "live"            ? &coverage.live
         : name == "owned"         ? &coverage.owned
         : name == "unowned"       ? &coverage.unowned
         : name == "owner_unknown" ? &coverage.not_evaluated
                                   : nullptr;
}

/// One row of `metric`, into the night that it is of.
void take_figure(std::string_view name, std::string_view label, std::uint64_t value,
                 NightFigures& night) {
  if (name == "findings_of_rule") {
    if (current_rule(label) == rule_of_orphans) {
      night.orphans = value;
    }
  } else if (name == "findings") {
    if (const auto severity = severity_called(label)) {
      night.severities[static_cast<std::size_t>(*severity)] = value;
    }
  } else {
    if (!night.coverage) {
      night.coverage.emplace();
    }
    for (std::size_t tier = 0; tier < tier_count; ++tier) {
      if (to_string(static_cast<Tier>(tier)) == label) {
        *figure_of((*night.coverage)[tier], name) = value;
      }
    }
  }
}

}  // namespace

bool History::is_address(std::string_view text) {
  return is_database_address(text);
}

std::string History::file_of(std::string_view address) {
  return database_file(address);
}

History::History(std::unique_ptr<Database> database) : database_(std::move(database)) {}
History::History(History&& other) noexcept = default;
History& History::operator=(History&& other) noexcept = default;
History::~History() = default;

Result<History> History::open(const std::string& address) {
  auto database = Database::open(address, true);
  if (!database) {
    return std::move(database).error();
  }
  if (auto ready = bring_up_to_date(**database); !ready) {
    return std::move(ready).error();
  }
  return History(std::move(*database));
}

Result<std::optional<History>> History::open_existing(const std::string& address) {
  std::error_code none;
  const std::string file = file_of(address);
  if (!file.empty() &&
      std::filesystem::status(file, none).type() == std::filesystem::file_type::not_found) {
    return std::optional<History>();
  }
  auto database = Database::open(address, false);
  if (!database) {
    return std::move(database).error();
  }
  auto ready = is_ready(**database);
  if (!ready) {
    return std::move(ready).error();
  }
  return *ready ? std::optional<History>(History(std::move(*database))) : std::nullopt;
}

const std::string& History::name() const {
  return database_->name();
}

Status History::record(const AuditReport& report, std::uint64_t milliseconds) {
  return record_run(*database_, report, milliseconds);
}

Status History::commit() {
  return database_->run("COMMIT");
}

Result<std::optional<Baseline>> History::baseline(const std::string& estate,
                                                  const std::string& day) {
  Baseline baseline;
  baseline.file = database_->name();
  baseline.estate = estate;
  std::string run;
  auto asked = database_->query(
      "SELECT night.run, night.as_of, run.redacted FROM night JOIN run ON run.id = night.run WHERE "
      "night.estate = $1 AND night.as_of < $2 AND night.verdict <> 'incomplete' ORDER BY "
      "night.as_of DESC LIMIT 1",
      {estate, day}, [&](const SqlRow& row) {
        run = row.text(0);
        baseline.as_of = row.text(1);
        baseline.is_redacted = row.number(2) != 0;
      });
  if (!asked) {
    return std::move(asked).error();
  }
  if (run.empty()) {
    return std::optional<Baseline>();
  }
  asked = database_->query("SELECT source, table_name, records FROM input WHERE run = $1", {run},
                           [&](const SqlRow& row) {
                             baseline.records[fmt::format("{}/{}", row.text(0), row.text(1))] +=
                                 static_cast<std::uint64_t>(row.number(2));
                           });
  if (!asked) {
    return std::move(asked).error();
  }
  asked = database_->query(
      "SELECT label, value FROM metric WHERE run = $1 AND name = 'items_of_class'", {run},
      [&](const SqlRow& row) {
        baseline.items[std::string(row.text(0))] = static_cast<std::uint64_t>(row.number(1));
      });
  if (!asked) {
    return std::move(asked).error();
  }
  asked = database_->query(
      "SELECT finding.fingerprint, finding.rule, finding_state.severity, finding.since, "
      "finding.subject_kind, finding.subject_id, finding.subject_name, finding.subject_source, "
      "finding.members, finding_state.accepted_until, finding_state.evidence FROM finding JOIN "
      "estate ON estate.id = finding.estate JOIN finding_state "
      "ON finding_state.finding = finding.id WHERE estate.name = $1 AND finding_state.from_run <= "
      "$2 AND (finding_state.until_run IS NULL OR finding_state.until_run > $2) ORDER BY "
      "finding.fingerprint",
      {estate, run}, [&](const SqlRow& row) {
        const auto severity = severity_called(row.text(2));
        const auto fingerprint = parse_id128(row.text(0));
        if (!severity || !fingerprint) {
          return;
        }
        BaselineFinding& finding = baseline.findings.emplace_back();
        finding.fingerprint = *fingerprint;
        finding.rule = current_rule(row.text(1));
        finding.severity = *severity;
        finding.since = row.text(3);
        finding.kind = row.text(4);
        finding.id = row.text(5);
        finding.name = row.text(6);
        finding.source = row.text(7);
        finding.members = parts(row.text(8));
        finding.was_accepted = !row.text(9).empty();
        finding.evidence = std::stoull(std::string(row.text(10)), nullptr, 16);
      });
  if (!asked) {
    return std::move(asked).error();
  }
  return std::optional(std::move(baseline));
}

Result<std::vector<NightFigures>> History::nights_before(const std::string& estate,
                                                         const std::string& day) {
  std::vector<NightFigures> nights;
  auto asked = database_->query(
      "SELECT night.as_of, metric.name, metric.label, metric.value, night.verdict FROM night JOIN "
      "metric ON metric.run = night.run WHERE night.estate = $1 AND night.as_of < $2 AND "
      "metric.name IN ('live', 'owned', 'unowned', 'owner_unknown', 'findings', "
      "'findings_of_rule') ORDER BY night.as_of",
      {repair_utf8(estate), day}, [&](const SqlRow& row) {
        if (nights.empty() || nights.back().as_of != row.text(0)) {
          nights.emplace_back().as_of = row.text(0);
          nights.back().is_incomplete = row.text(4) == to_string(Completeness::incomplete);
        }
        take_figure(row.text(1), row.text(2), static_cast<std::uint64_t>(row.number(3)),
                    nights.back());
      });
  return gathered(asked, std::move(nights));
}

Result<std::vector<std::string>> History::estates() {
  std::vector<std::string> names;
  auto asked = database_->query("SELECT name FROM estate ORDER BY name", {},
                                [&](const SqlRow& row) { names.emplace_back(row.text(0)); });
  return gathered(asked, std::move(names));
}

Result<std::vector<HistoryRun>> History::runs(const std::string& estate) {
  std::vector<HistoryRun> runs;
  auto asked = database_->query(
      "SELECT as_of, version, verdict, exit_code, milliseconds, (SELECT sum(value) FROM metric "
      "WHERE metric.run = night.run AND name = 'findings') FROM night WHERE estate = $1 ORDER BY "
      "as_of",
      {estate}, [&](const SqlRow& row) {
        runs.push_back({std::string(row.text(0)), std::string(row.text(1)),
                        std::string(row.text(2)), static_cast<int>(row.number(3)),
                        static_cast<std::uint64_t>(row.number(4)),
                        static_cast<std::uint64_t>(row.number(5))});
      });
  return gathered(asked, std::move(runs));
}

Result<HistoryTrends> History::trends(const std::string& estate) {
  HistoryTrends all;
  auto asked =
      database_->query("SELECT as_of FROM night WHERE estate = $1 ORDER BY as_of", {estate},
                       [&](const SqlRow& row) { all.nights.emplace_back(row.text(0)); });
  if (!asked) {
    return std::move(asked).error();
  }
  asked = database_->query(
      "SELECT name, label, as_of, value FROM night_metric WHERE estate = $1 ORDER BY name, label, "
      "as_of",
      {estate}, [&](const SqlRow& row) {
        if (all.trends.empty() || all.trends.back().name != row.text(0) ||
            all.trends.back().label != row.text(1)) {
          all.trends.push_back({std::string(row.text(0)), std::string(row.text(1)),
                                std::vector<std::optional<std::uint64_t>>(all.nights.size())});
        }
        const auto night = std::ranges::lower_bound(all.nights, row.text(2));
        all.trends.back().values[static_cast<std::size_t>(night - all.nights.begin())] =
            static_cast<std::uint64_t>(row.number(3));
      });
  std::ranges::sort(all.trends, {},
                    [](const HistoryTrend& one) { return std::tie(one.name, one.label); });
  return gathered(asked, std::move(all));
}

Result<std::vector<HistoryFinding>> History::log(const std::string& estate) {
  return findings_where(*database_, estate, "");
}

Result<std::vector<HistoryFinding>> History::findings(const std::string& estate,
                                                      const std::string& fingerprint) {
  return findings_where(*database_, estate, to_lower(fingerprint));
}

Result<std::vector<HistoryState>> History::life(const std::string& estate,
                                                const std::string& fingerprint) {
  std::vector<HistoryState> states;
  auto asked = database_->query(
      "SELECT from_night, until_night, severity, owner, fate, accepted_until FROM finding_life "
      "WHERE estate = $1 "
      "AND fingerprint = $2 ORDER BY from_night",
      {estate, fingerprint}, [&](const SqlRow& row) {
        states.push_back({std::string(row.text(0)), std::string(row.text(1)),
                          std::string(row.text(2)), join(parts(row.text(3)), ", "),
                          std::string(row.text(4)), std::string(row.text(5))});
      });
  return gathered(asked, std::move(states));
}

Result<std::uint64_t> History::prune(const std::string& estate, std::uint64_t keep) {
  std::vector<std::string> runs;
  Status done = database_->begin_writing();
  if (done) {
    done = database_->query("SELECT run FROM night WHERE estate = $1 ORDER BY as_of DESC", {estate},
                            [&](const SqlRow& row) { runs.emplace_back(row.text(0)); });
  }
  if (done && runs.size() <= keep) {
    done = database_->run("COMMIT");
    return gathered(done, std::uint64_t{0});
  }
  const std::string& first_kept = runs[keep - 1];
  const std::string estate_id = "(SELECT id FROM estate WHERE name = $1)";
  const std::string findings = "(SELECT id FROM finding WHERE estate = " + estate_id + ")";
  const std::string earlier =
      fmt::format("(SELECT id FROM run WHERE estate = {} AND id < {})", estate_id, first_kept);
  const std::string statements[] = {
      fmt::format("DELETE FROM finding_state WHERE until_run <= {} AND finding IN {}", first_kept,
                  findings),
      fmt::format("UPDATE finding_state SET from_run = {0} WHERE from_run < {0} AND finding IN {1}",
                  first_kept, findings),
      "DELETE FROM metric WHERE run IN " + earlier,
      "DELETE FROM input WHERE run IN " + earlier,
      fmt::format("DELETE FROM finding WHERE estate = {} AND NOT EXISTS (SELECT 1 FROM "
                  "finding_state WHERE finding_state.finding = finding.id)",
                  estate_id),
      "DELETE FROM run WHERE id IN " + earlier};
  for (const std::string& statement : statements) {
    if (done) {
      done = database_->query(statement, {estate}, [](const SqlRow&) {});
    }
  }
  if (done) {
    done = database_->run("COMMIT");
  }
  return gathered(done, runs.size() - keep);
}

}  // namespace tierline
