#include "history/schema.h"

#include <fmt/format.h>

#include <iterator>

namespace tierline {
namespace {

/// What leads from each version of the schema to the next; the first one makes it. Released ones
/// never change. Numbers are given by us, as the two engines have no word for that in common.
constexpr const char* steps[] = {
    R"(
CREATE TABLE estate (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
);
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  estate INTEGER NOT NULL REFERENCES estate (id),
  as_of DATE NOT NULL,
  scope TEXT NOT NULL,
  version TEXT NOT NULL,
  profiles TEXT NOT NULL,
  config TEXT NOT NULL,
  redacted INTEGER NOT NULL,
  verdict TEXT NOT NULL,
  exit_code INTEGER NOT NULL,
  milliseconds BIGINT NOT NULL,
  UNIQUE (estate, as_of)
);
CREATE TABLE input (
  run INTEGER NOT NULL REFERENCES run (id),
  path TEXT NOT NULL,
  source TEXT NOT NULL,
  table_name TEXT NOT NULL,
  digest TEXT NOT NULL,
  records BIGINT NOT NULL
);
CREATE INDEX input_of_run ON input (run);
CREATE TABLE metric (
  run INTEGER NOT NULL REFERENCES run (id),
  name TEXT NOT NULL,
  label TEXT NOT NULL,
  value BIGINT NOT NULL,
  PRIMARY KEY (run, name, label)
);
CREATE TABLE finding (
  id INTEGER PRIMARY KEY,
  estate INTEGER NOT NULL REFERENCES estate (id),
  fingerprint TEXT NOT NULL,
  rule TEXT NOT NULL,
  since DATE NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  subject_name TEXT NOT NULL,
  subject_source TEXT NOT NULL,
  members TEXT NOT NULL,
  UNIQUE (estate, fingerprint)
);
CREATE TABLE finding_state (
  finding INTEGER NOT NULL REFERENCES finding (id),
  from_run INTEGER NOT NULL REFERENCES run (id),
  until_run INTEGER REFERENCES run (id),
  severity TEXT NOT NULL,
  owner TEXT NOT NULL,
  accepted_until DATE,
  evidence TEXT NOT NULL,
  fate TEXT,
  PRIMARY KEY (finding, from_run)
);
CREATE UNIQUE INDEX open_state ON finding_state (finding) WHERE until_run IS NULL;
CREATE INDEX state_from ON finding_state (from_run);
CREATE INDEX state_until ON finding_state (until_run);
CREATE VIEW night AS
  SELECT run.id AS run, estate.name AS estate, run.as_of, run.verdict, run.exit_code, run.version,
         run.milliseconds
  FROM run JOIN estate ON estate.id = run.estate;
CREATE VIEW night_metric AS
  SELECT night.estate, night.as_of, metric.name, metric.label, metric.value
  FROM metric JOIN night ON night.run = metric.run;
CREATE VIEW finding_life AS
  SELECT estate.name AS estate, finding.fingerprint, finding.rule, finding.subject_name,
         finding.since, finding_state.severity, finding_state.owner, finding_state.accepted_until,
         first_run.as_of AS from_night, next_run.as_of AS until_night, finding_state.fate
  FROM finding_state
  JOIN finding ON finding.id = finding_state.finding
  JOIN estate ON estate.id = finding.estate
  JOIN run AS first_run ON first_run.id = finding_state.from_run
  LEFT JOIN run AS next_run ON next_run.id = finding_state.until_run;
)",
};

constexpr auto newest = static_cast<std::int64_t>(std::size(steps));

/// 0 for a database without any of it.
Result<std::int64_t> version_of(Database& database) {
  std::int64_t version = 0;
  auto known = database.has_table("schema_version");
  if (!known) {
    return std::move(known).error();
  }
  if (*known) {
    auto asked = database.query("SELECT version FROM schema_version", {},
                                [&](const SqlRow& row) { version = row.number(0); });
    if (!asked) {
      return asked.error();
    }
  }
  return version;
}

Status take_steps(Database& database, std::int64_t version) {
  if (version == 0) {
    if (auto made = database.run("CREATE TABLE schema_version (version INTEGER NOT NULL); "
                                 "INSERT INTO schema_version VALUES (0)");
        !made) {
      return made;
    }
  }
  for (; version < newest; ++version) {
    if (auto taken = database.run(steps[version]); !taken) {
      return taken;
    }
  }
  return database.run(fmt::format("UPDATE schema_version SET version = {}; COMMIT", newest));
}

Error later(const Database& database) {
  return database.error("was written by a later version of tierline");
}

}  // namespace

Result<bool> is_ready(Database& database) {
  const auto version = version_of(database);
  if (!version) {
    return version.error();
  }
  if (*version > newest) {
    return later(database);
  }
  if (*version > 0 && *version < newest) {
    return database.error("is of an earlier version: the next run with --history brings it up");
  }
  return *version == newest;
}

Status bring_up_to_date(Database& database) {
  const auto seen = version_of(database);
  if (seen && *seen == newest) {
    return Done{};
  }
  if (auto begun = database.begin_writing(); !begun) {
    return begun;
  }
  // Asked again: another run may have come first.
  const auto version = version_of(database);
  if (!version) {
    return version.error();
  }
  if (*version > newest) {
    return later(database);
  }
  return *version == newest ? database.run("COMMIT") : take_steps(database, *version);
}

}  // namespace tierline
