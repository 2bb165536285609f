// What a run found, in few words, for a later one to be compared with: a JSON value a line, sorted,
// so that differences read well under version control. The first line says of what it is a
// baseline.

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "reports/parallel_format.h"
#include "support/id128.h"
#include "tierline/json_writer.h"
#include "tierline/output_mark.h"
#include "tierline/report.h"

namespace tierline {
namespace {

void counts(JsonText& json, std::string_view name,
            const std::map<std::string, std::uint64_t>& counted) {
  json.object(name, [&] {
    for (const auto& [key, count] : counted) {
      json.foreign_key(key);
      json.number(count);
    }
  });
}

/// Of the tiers that have live items.
void coverage(JsonText& json, const CoverageByTier& tiers) {
  for (std::size_t tier = 0; tier < tier_count; ++tier) {
    const Coverage& one = tiers[tier];
    if (one.live == 0) {
      continue;
    }
    json.object(to_string(static_cast<Tier>(tier)), [&] {
      json.number("live", one.live);
      json.number("owned", one.owned);
      json.number("unowned", one.unowned);
      json.number("notEvaluated", one.not_evaluated);
    });
  }
}

std::string header(const AuditReport& report) {
  JsonText json;
  json.object([&] {
    json.text("tierline", "baseline");
    json.number("version", 1);
    json.text("asOf", report.run.as_of);
    json.text("estate", report.run.estate);
    json.flag("redacted", report.run.redacted);
    counts(json, "records", records_by_table(report.inventory));
    counts(json, "items", items_by_class(report.inventory));
    json.object("coverage", [&] { coverage(json, report.summary.coverage); });
  });
  return json.line();
}

/// What defines the finding.
void evidence(JsonText& json, const Evidence& evidence) {
  for (const auto& [name, value] : evidence) {
    if (!is_defining(name)) {
      continue;
    }
    if (const auto* single = std::get_if<std::string>(&value)) {
      json.text(name, *single);
    } else if (const auto* several = std::get_if<std::vector<std::string>>(&value)) {
      json.texts(name, *several);
    }
  }
}

std::string line(const AuditReport& report, const Finding& finding, Id128 fingerprint) {
  const Subject& subject = finding.subject;
  const Inventory& inventory = report.inventory;
  const bool is_item = subject.kind == SubjectKind::item;
  JsonText json;
  json.object([&] {
    json.text("fingerprint", finding.fingerprint);
    json.text("rule", finding.rule->id);
    json.text("severity", to_string(finding.severity));
    json.text("since", report.since(fingerprint));
    if (finding.accepted != nullptr) {
      json.object("accepted", [&] { json.text("until", finding.accepted->expires); });
    }
    json.object("evidence", [&] { evidence(json, finding.evidence); });
    json.object("subject", [&] {
      json.text("kind", to_string(subject.kind));
      json.text("id", is_item ? inventory.id(subject.item) : subject.id);
      json.text("name", is_item ? inventory.name(subject.item) : std::string_view(subject.name));
      if (is_item) {
        json.text("source", inventory.source(subject.item));
      }
      if (subject.kind == SubjectKind::group) {
        json.list("members", [&] {
          for (const ItemId item : subject.members) {
            json.text(inventory.id(item));
          }
        });
      }
    });
  });
  return json.line();
}

Status write(const AuditReport& report, const ReportStyle& /*style*/, Output& output) {
  const std::vector<FactRange> ranges = fact_ranges(report.results.found);
  std::vector<std::vector<std::pair<Id128, std::string>>> parts(ranges.size());
  parallel_each(ranges.size(), report.run.jobs, [&](std::size_t i) {
    for (const Fact& fact : ranges[i].facts) {
      const Finding finding = word(report.view(*ranges[i].found, fact));
      const Id128 fingerprint = *parse_id128(finding.fingerprint);
      parts[i].emplace_back(fingerprint, line(report, finding, fingerprint));
    }
  });
  std::vector<std::pair<Id128, std::string>> lines;
  for (auto& part : parts) {
    std::ranges::move(part, std::back_inserter(lines));
  }
  std::ranges::sort(lines);
  output.write(header(report));
  for (const auto& [fingerprint, text] : lines) {
    output.write(text);
  }
  return Done{};
}

const Register<OutputMark> mark{
    {.id = "baseline", .beginning = R"({"tierline":"baseline","version":)", .is_json = true}};

const Register<ReportFormat> format{{.id = "baseline",
                                     .ending = ".baseline",
                                     .help = "fingerprints only, to compare the next run with",
                                     .write = write}};

}  // namespace
}  // namespace tierline
