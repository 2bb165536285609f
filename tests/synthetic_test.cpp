// Generated exports with planted defects: found, all of them and no others, whatever the encoding,
// the order and the pages of the files, and the number of threads.

#include "synthetic.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <stdexcept>

#include "scratch.h"
#include "tierline/audit.h"

namespace tierline {
namespace {

namespace fs = std::filesystem;

Audit audited(std::vector<std::string> folders, RuleSelection rules, unsigned jobs = 2) {
  AuditOptions options;
  options.rules = std::move(rules);
  options.import.inputs = std::move(folders);
  options.import.as_of = "2026-11-21";
  options.import.jobs = jobs;
  auto result = audit(options);
  if (!result) {
    throw std::runtime_error(to_string(result.error()));
  }
  return std::move(*result);
}

Audit audited(const std::string& folder, unsigned jobs = 2) {
  return audited({folder}, {}, jobs);
}

/// An item's id, the ids of a group's members, or what else there is.
std::string told(const Audit& audit, const Subject& subject) {
  if (subject.kind != SubjectKind::group) {
    return subject.kind == SubjectKind::item ? audit.inventory->id(subject.item) : subject.id;
  }
  std::set<std::string> members;
  for (const ItemId member : subject.members) {
    members.insert(audit.inventory->id(member));
  }
  return fmt::format("{}", fmt::join(members, " "));
}

std::set<std::string> found(const Audit& audit, std::string_view rule) {
  std::set<std::string> ids;
  for (const Finding& finding : audit.findings()) {
    if (finding.rule->id == rule) {
      ids.insert(told(audit, finding.subject));
    }
  }
  return ids;
}

std::set<std::string> planted(const synthetic::Planted& planted, const std::string& rule) {
  std::set<std::string> ids;
  for (const synthetic::Plant& plant : planted.rules.at(rule)) {
    ids.insert(plant.members.empty() ? plant.id : fmt::format("{}", fmt::join(plant.members, " ")));
  }
  return ids;
}

std::set<std::string> orphans(const Audit& audit) {
  std::set<std::string> orphans;
  for (const Finding& finding : audit.findings()) {
    if (finding.rule->id == "orphaned-supporting-service") {
      orphans.insert(audit.inventory->id(finding.subject.item) + " " +
                     std::get<std::string>(finding.evidence.front().second));
    }
  }
  return orphans;
}

std::set<std::string> planted_orphans(const synthetic::Planted& planted) {
  std::set<std::string> orphans;
  for (const synthetic::Plant& plant : planted.rules.at("orphaned-supporting-service")) {
    orphans.insert(plant.id + " " + plant.facts.at("kind"));
  }
  return orphans;
}

/// Everything about findings but where they were read.
std::vector<std::string> findings(const Audit& audit) {
  std::vector<std::string> lines;
  for (const Finding& finding : audit.findings()) {
    lines.push_back(fmt::format("{} {} {} {}", finding.fingerprint, finding.rule->id,
                                to_string(finding.severity), finding.message));
  }
  return lines;
}

/// Puts the rows of every CSV file of a folder in another order. Cells with line ends stay whole,
/// because only rows that begin with a quote start a row.
void shuffle_rows(const fs::path& folder, unsigned seed) {
  std::mt19937 random(seed);
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    const std::string text = read_file(entry.path());
    std::vector<std::string> rows;
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = text.find("\"\r\n\"", begin);
      rows.push_back(text.substr(begin, end == std::string::npos ? end : end + 3 - begin));
      begin = end == std::string::npos ? text.size() : end + 3;
    }
    std::shuffle(rows.begin() + 1, rows.end(), random);
    std::ofstream file(entry.path(), std::ios::binary);
    for (const std::string& row : rows) {
      file << row;
    }
  }
}

struct Written {
  synthetic::Planted planted;
  std::string folder;
};

Written write(const Scratch& scratch, const std::string& name, const synthetic::Options& options) {
  return {synthetic::write(options, scratch / name), scratch / name + "/export"};
}

class Planted : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Planted, IsFoundExactly) {
  const Scratch scratch;
  const auto [plan, folder] =
      write(scratch, "x", {.seed = GetParam(), .cis = 700, .defects = synthetic::Defects::many});
  const Audit audit = audited(folder);
  EXPECT_EQ(orphans(audit), planted_orphans(plan));
  for (const char* rule :
       {"owner-missing", "owner-dangling", "owner-inactive", "owner-not-single",
        "portfolio-owner-missing", "component-domain-owner-missing", "service-not-in-portfolio",
        "live-needs-retired", "orphan-system", "orphan-component",
        "retired-service-live-infrastructure", "customer-facing-unsupported", "empty-portfolio",
        "tier-unmapped", "unknown-relationship-type", "self-loop", "dangling-edge"}) {
    EXPECT_EQ(found(audit, rule), planted(plan, rule)) << rule;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Planted, testing::Range<std::uint64_t>(1, 21));

/// With people: everything that is wrong is in a scenario, and each of these is planted.
synthetic::Options with_people(std::uint64_t seed) {
  return {.seed = seed, .cis = 2000, .defects = synthetic::Defects::many, .people = true};
}

Audit audited_by_all(const Scratch& scratch, const std::string& name) {
  return audited({scratch / name + "/export", scratch / name + "/register"}, {.set = RuleSet::all});
}

class PlantedWithPeople : public testing::TestWithParam<std::uint64_t> {};

TEST_P(PlantedWithPeople, IsFoundExactlyByAllRules) {
  const Scratch scratch;
  const auto plan = write(scratch, "x", with_people(GetParam())).planted;
  const Audit audit = audited_by_all(scratch, "x");
  EXPECT_EQ(orphans(audit), planted_orphans(plan));
  for (const auto& [rule, plants] : plan.rules) {
    EXPECT_EQ(found(audit, rule), planted(plan, rule)) << rule;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, PlantedWithPeople, testing::Range<std::uint64_t>(1, 21));

TEST(Synthetic, PlantsEveryDeeperRuleAmongPeople) {
  const Scratch scratch;
  std::set<std::string> without;
  for (const auto& [rule, plants] : write(scratch, "x", with_people(1)).planted.rules) {
    if (plants.empty()) {
      without.insert(rule);
    }
  }
  // Those that other estates are for.
  EXPECT_EQ(without,
            (std::set<std::string>{"customer-facing-unsupported", "duplicate-edge",
                                   "empty-portfolio", "orphan-component", "owner-dangling",
                                   "portfolio-owner-missing", "service-not-in-portfolio"}));
}

TEST(Synthetic, IsTheSameWithPeopleInEveryEncoding) {
  const Scratch scratch;
  auto options = with_people(42);
  write(scratch, "csv", options);
  const auto expected = findings(audited_by_all(scratch, "csv"));
  ASSERT_FALSE(expected.empty());
  options.format = synthetic::Format::json;
  write(scratch, "json", options);
  EXPECT_EQ(findings(audited_by_all(scratch, "json")), expected);
  options.format = synthetic::Format::xml;
  write(scratch, "xml", options);
  EXPECT_EQ(findings(audited_by_all(scratch, "xml")), expected);
}

TEST(Synthetic, IsTheSameInEveryEncodingOrderAndNumberOfThreads) {
  const Scratch scratch;
  synthetic::Options options{.seed = 42, .cis = 3000};
  const auto csv = write(scratch, "csv", options);
  const auto expected = findings(audited(csv.folder, 1));
  ASSERT_FALSE(expected.empty());
  EXPECT_EQ(findings(audited(csv.folder, 4)), expected);
  options.page = 400;
  EXPECT_EQ(findings(audited(write(scratch, "paged", options).folder)), expected);
  options.format = synthetic::Format::json;
  EXPECT_EQ(findings(audited(write(scratch, "json", options).folder, 3)), expected);
  options.format = synthetic::Format::ndjson;
  options.page = 0;
  EXPECT_EQ(findings(audited(write(scratch, "ndjson", options).folder)), expected);
  options.format = synthetic::Format::xml;
  EXPECT_EQ(findings(audited(write(scratch, "xml", options).folder)), expected);
  options.format = synthetic::Format::yaml;
  EXPECT_EQ(findings(audited(write(scratch, "yaml", options).folder)), expected);
  shuffle_rows(csv.folder, 7);
  EXPECT_EQ(findings(audited(csv.folder)), expected);
}

TEST(Synthetic, HoldsAtAHundredThousandItems) {
  const Scratch scratch;
  const auto [plan, folder] = write(scratch, "x", {.seed = 20261121, .cis = 100'000});
  const Audit audit = audited(folder);
  EXPECT_EQ(audit.inventory->item_count(), 100'000);
  EXPECT_EQ(orphans(audit), planted_orphans(plan));
  EXPECT_EQ(found(audit, "owner-missing"), planted(plan, "owner-missing"));
  EXPECT_TRUE(found(audit, "direction-suspect").empty());
}

}  // namespace
}  // namespace tierline
