#include "history/record.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "baseline/evidence.h"
#include "reports/answers.h"
#include "reports/parallel_format.h"
#include "support/id128.h"
#include "tierline/text.h"
#include "tierline/utf8.h"

namespace tierline {
namespace {

/// Texts that make a list in one column, a line each.
std::string lines(const std::vector<std::string>& texts) {
  return join(texts, "\n");
}

/// Rows for a table, one after the other.
class Rows {
 public:
  void add(std::vector<SqlValue> row) { rows_.push_back(std::move(row)); }

  Status fill(Database& database, const std::string& table,
              const std::vector<std::string>& columns) {
    std::size_t at = 0;
    return database.fill(table, columns, [&](std::vector<SqlValue>& row) {
      if (at == rows_.size()) {
        return false;
      }
      row = std::move(rows_[at++]);
      return true;
    });
  }

  void take(Rows&& other) { std::ranges::move(other.rows_, std::back_inserter(rows_)); }

 private:
  std::vector<std::vector<SqlValue>> rows_;
};

class Recording {
 public:
  Recording(Database& database, const AuditReport& report) : database_(database), report_(report) {}

  Status record(std::uint64_t milliseconds) {
    Status done = database_.begin_writing();
    const auto then = [&](auto step) {
      if (done) {
        done = step();
      }
    };
    then([&] { return find_estate(); });
    then([&] { return make_room(); });
    then([&] { return write_run(milliseconds); });
    then([&] { return write_inputs(); });
    then([&] { return write_metrics(); });
    // What is missing in an incomplete export cannot be told from what was mended.
    if (!report_.run.is_incomplete) {
      then([&] { return write_findings(); });
    }
    return done;
  }

 private:
  /// One number.
  Result<std::int64_t> number(const std::string& statement, const std::vector<SqlValue>& values) {
    std::int64_t number = 0;
    auto asked =
        database_.query(statement, values, [&](const SqlRow& row) { number = row.number(0); });
    return gathered(asked, number);
  }

  Status change(const std::string& statement, const std::vector<SqlValue>& values) {
    return database_.query(statement, values, [](const SqlRow&) {});
  }

  Status find_estate() {
    const std::string name = repair_utf8(report_.run.estate);
    auto known = number("SELECT id FROM estate WHERE name = $1", {name});
    if (known && *known == 0) {
      known = number("SELECT coalesce(max(id), 0) + 1 FROM estate", {});
      if (known) {
        if (auto made = change("INSERT INTO estate (id, name) VALUES ($1, $2)",
                               {std::to_string(*known), name});
            !made) {
          return made;
        }
      }
    }
    if (!known) {
      return known.error();
    }
    estate_ = std::to_string(*known);
    return Done{};
  }

  /// Nights follow one another; of one that is repeated, nothing is left.
  Status make_room() {
    std::string day;
    std::string run;
    bool is_redacted = report_.run.redacted;
    auto asked = database_.query(
        "SELECT id, as_of, redacted FROM run WHERE estate = $1 ORDER BY as_of DESC LIMIT 1",
        {estate_}, [&](const SqlRow& row) {
          run = row.text(0);
          day = row.text(1);
          is_redacted = row.number(2) != 0;
        });
    if (!asked) {
      return asked;
    }
    if (is_redacted != report_.run.redacted) {
      return database_.error(is_redacted
                                 ? "persons have pseudonyms in it: audit with --redact people, or "
                                   "write to another one"
                                 : "names persons: audit without --redact people, or write to "
                                   "another one");
    }
    if (day > report_.run.as_of) {
      return database_.error(fmt::format(
          "the night of {} is written already, and nights are written in their order: this one is "
          "of {}",
          day, report_.run.as_of));
    }
    return day == report_.run.as_of ? remove(run) : Done{};
  }

  Status remove(const std::string& run) {
    for (const char* const statement :
         {"DELETE FROM finding_state WHERE from_run = $1",
          "UPDATE finding_state SET until_run = NULL, fate = NULL WHERE until_run = $1",
          "DELETE FROM metric WHERE run = $1", "DELETE FROM input WHERE run = $1",
          "DELETE FROM run WHERE id = $1"}) {
      if (auto done = change(statement, {run}); !done) {
        return done;
      }
    }
    return change(
        "DELETE FROM finding WHERE estate = $1 AND NOT EXISTS (SELECT 1 FROM "
        "finding_state WHERE finding_state.finding = finding.id)",
        {estate_});
  }

  Status write_run(std::uint64_t milliseconds) {
    const auto next = number("SELECT coalesce(max(id), 0) + 1 FROM run", {});
    if (!next) {
      return next.error();
    }
    run_ = std::to_string(*next);
    const RunInfo& run = report_.run;
    std::set<std::string> profiles;
    for (const InputSummary& input : report_.inventory.inputs()) {
      if (!input.profile.empty()) {
        profiles.insert(input.profile);
      }
    }
    return change(
        "INSERT INTO run (id, estate, as_of, scope, version, profiles, config, redacted, verdict, "
        "exit_code, milliseconds) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        {run_, estate_, run.as_of, repair_utf8(lines(run.scope)), run.version,
         repair_utf8(lines({profiles.begin(), profiles.end()})), run.config_digest,
         run.redacted ? "1" : "0", std::string(to_string(report_.ledger.verdict)),
         std::to_string(run.exit_code), std::to_string(milliseconds)});
  }

  Status write_inputs() {
    Rows rows;
    for (const InputSummary& input : report_.inventory.inputs()) {
      rows.add({run_, repair_utf8(input.path), repair_utf8(input.source), repair_utf8(input.table),
                input.digest, std::to_string(input.records)});
    }
    return rows.fill(database_, "input",
                     {"run", "path", "source", "table_name", "digest", "records"});
  }

  Status write_metrics() {
    Rows rows;
    const auto add = [&](std::string_view name, std::string_view label, std::uint64_t value) {
      rows.add({run_, std::string(name), std::string(label), std::to_string(value)});
    };
    const Summary& summary = report_.summary;
    for (std::size_t tier = 0; tier < tier_count; ++tier) {
      const std::string_view label = to_string(static_cast<Tier>(tier));
      const Coverage& coverage = summary.coverage[tier];
      add("items", label, summary.items[tier]);
      add("live", label, coverage.live);
      add("owned", label, coverage.owned);
      add("unowned", label, coverage.unowned);
      add("owner_unknown", label, coverage.not_evaluated);
    }
    for (std::size_t severity = 0; severity < summary.severities.size(); ++severity) {
      add("findings", to_string(static_cast<Severity>(severity)), summary.severities[severity]);
    }
    for (const RuleFacts& found : report_.results.found) {
      if (was_judged(report_, found)) {
        add("findings_of_rule", found.rule->id, found.facts.size());
      }
    }
    for (const auto& [item_class, count] : items_by_class(report_.inventory)) {
      add("items_of_class", repair_utf8(item_class), count);
    }
    return rows.fill(database_, "metric", {"run", "name", "label", "value"});
  }

  std::vector<SqlValue> row_of(const FactView& fact) const {
    const Finding finding = word(fact);
    const Inventory& inventory = report_.inventory;
    const Subject& subject = finding.subject;
    const bool is_item = subject.kind == SubjectKind::item;
    std::vector<std::string> members;
    if (subject.kind == SubjectKind::group) {
      for (const ItemId member : subject.members) {
        members.push_back(repair_utf8(inventory.id(member)));
      }
    }
    std::vector<std::string> owners;
    if (is_item) {
      for (const PartyId owner : inventory.owners(subject.item)) {
        owners.push_back(repair_utf8(label(inventory.party(owner))));
      }
    }
    return {finding.fingerprint,
            std::string(finding.rule->id),
            std::string(to_string(finding.severity)),
            std::string(report_.since(*parse_id128(finding.fingerprint))),
            std::string(to_string(subject.kind)),
            repair_utf8(is_item ? inventory.id(subject.item) : subject.id),
            repair_utf8(is_item ? std::string(inventory.name(subject.item)) : subject.name),
            repair_utf8(is_item ? std::string(inventory.source(subject.item)) : std::string()),
            lines(members),
            lines(owners),
            finding.accepted == nullptr ? SqlValue() : SqlValue(finding.accepted->expires),
            fmt::format("{:016x}", evidence_hash(finding.evidence))};
  }

  /// Tonight's findings beside what is open: a finding that is as it was leaves no trace.
  Status write_findings() {
    if (auto made = database_.run(
            "CREATE TEMPORARY TABLE tonight (fingerprint TEXT PRIMARY KEY, rule TEXT, severity "
            "TEXT, since DATE, kind TEXT, id TEXT, name TEXT, source TEXT, members TEXT, owner "
            "TEXT, accepted_until DATE, evidence TEXT); CREATE TEMPORARY TABLE gone (fingerprint "
            "TEXT PRIMARY KEY, fate TEXT)");
        !made) {
      return made;
    }
    const std::vector<FactRange> ranges = fact_ranges(report_.results.found);
    std::vector<Rows> parts(ranges.size());
    parallel_each(ranges.size(), report_.run.jobs, [&](std::size_t i) {
      for (const Fact& fact : ranges[i].facts) {
        parts[i].add(row_of(report_.view(*ranges[i].found, fact)));
      }
    });
    Rows rows;
    for (Rows& part : parts) {
      rows.take(std::move(part));
    }
    if (auto filled = rows.fill(database_, "tonight",
                                {"fingerprint", "rule", "severity", "since", "kind", "id", "name",
                                 "source", "members", "owner", "accepted_until", "evidence"});
        !filled) {
      return filled;
    }
    if (auto filled = write_fates(); !filled) {
      return filled;
    }
    return merge();
  }

  Status write_fates() {
    Rows rows;
    if (report_.changes != nullptr) {
      for (const AbsentFinding& one : report_.changes->absent) {
        rows.add({to_hex(one.finding.fingerprint), std::string(to_string(one.fate))});
      }
    }
    return rows.fill(database_, "gone", {"fingerprint", "fate"});
  }

  Status merge() {
    const auto highest = number("SELECT coalesce(max(id), 0) FROM finding", {});
    if (!highest) {
      return highest.error();
    }
    const std::pair<const char*, std::vector<SqlValue>> statements[] = {
        {"INSERT INTO finding (id, estate, fingerprint, rule, since, subject_kind, subject_id, "
         "subject_name, subject_source, members) "
         "SELECT CAST($2 AS INTEGER) + row_number() OVER (ORDER BY rule, fingerprint), "
         "CAST($1 AS INTEGER), fingerprint, rule, since, kind, id, name, source, "
         "members FROM tonight WHERE NOT EXISTS (SELECT 1 FROM finding WHERE finding.estate = $1 "
         "AND finding.fingerprint = tonight.fingerprint)",
         {estate_, std::to_string(*highest)}},
        {"UPDATE finding SET subject_name = tonight.name, members = tonight.members FROM tonight "
         "WHERE finding.estate = $1 AND finding.fingerprint = tonight.fingerprint AND "
         "(finding.subject_name <> tonight.name OR finding.members <> tonight.members)",
         {estate_}},
        {"UPDATE finding_state SET until_run = CAST($2 AS INTEGER), fate = (SELECT gone.fate FROM "
         "gone JOIN finding ON finding.fingerprint = gone.fingerprint WHERE finding.id = "
         "finding_state.finding) "
         "WHERE until_run IS NULL AND finding IN (SELECT id FROM finding WHERE estate = $1) AND "
         "NOT EXISTS (SELECT 1 FROM finding JOIN tonight ON tonight.fingerprint = "
         "finding.fingerprint WHERE finding.id = finding_state.finding AND tonight.severity = "
         "finding_state.severity AND tonight.owner = finding_state.owner AND tonight.evidence = "
         "finding_state.evidence AND tonight.accepted_until IS NOT DISTINCT FROM "
         "finding_state.accepted_until)",
         {estate_, run_}},
        {"INSERT INTO finding_state (finding, from_run, severity, owner, accepted_until, evidence) "
         "SELECT finding.id, "
         "CAST($2 AS INTEGER), tonight.severity, tonight.owner, tonight.accepted_until, "
         "tonight.evidence FROM tonight JOIN finding ON "
         "finding.estate = $1 AND finding.fingerprint = tonight.fingerprint WHERE NOT EXISTS "
         "(SELECT 1 FROM finding_state WHERE finding_state.finding = finding.id AND "
         "finding_state.until_run IS NULL)",
         {estate_, run_}},
    };
    for (const auto& [statement, values] : statements) {
      if (auto done = change(statement, values); !done) {
        return done;
      }
    }
    return database_.run("DROP TABLE tonight; DROP TABLE gone");
  }

  Database& database_;
  const AuditReport& report_;
  std::string estate_;
  std::string run_;
};

}  // namespace

Status record_run(Database& database, const AuditReport& report, std::uint64_t milliseconds) {
  return Recording(database, report).record(milliseconds);
}

}  // namespace tierline
