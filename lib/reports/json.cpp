// JSON for programs: a contract, described by findings.schema.json. A finding a line, so that two
// reports can be compared with ordinary tools.

#include <rapidjson/writer.h>

#include <algorithm>
#include <span>
#include <vector>

#include "baseline/class_counts.h"
#include "reports/finding_json.h"
#include "reports/parallel_format.h"
#include "reports/tables_json.h"
#include "support/id128.h"
#include "support/json_stream.h"
#include "tierline/json_writer.h"
#include "tierline/output_mark.h"
#include "tierline/report.h"

namespace tierline {
namespace {

class TextOutput final : public Output {
 public:
  explicit TextOutput(std::string& text) : text_(text) {}

  void write(std::string_view more) override { text_ += more; }

 private:
  std::string& text_;
};

class Report : JsonMembers<rapidjson::Writer<JsonStream>> {
 public:
  Report(const AuditReport& report, Output& output)
      : JsonMembers(writer_),
        report_(report),
        inventory_(report.inventory),
        stream_(output),
        writer_(stream_) {}

  void write() {
    json_.StartObject();
    json_.Key("schemaVersion");
    json_.Int(1);
    json_.Key("tool");
    json_.StartObject();
    text("name", "tierline");
    text("version", report_.run.version);
    json_.EndObject();
    stream_.break_at_comma();
    run();
    summary();
    ledger();
    write_tables(report_, json_, [&] { stream_.break_at_comma(); });
    inputs();
    classes();
    rules();
    findings();
    absent();
    acceptances();
    not_evaluated();
    notices();
    truncated();
    json_.EndObject();
    stream_.Put('\n');
    stream_.Flush();
  }

  /// Single values, each by itself.
  template <typename Values, typename Write>
  void values(const Values& values, std::string_view between, Write write) {
    bool is_first = true;
    for (const auto& value : values) {
      stream_.write(is_first ? "" : between);
      json_.Reset(stream_);
      write(*this, value);
      is_first = false;
    }
    stream_.Flush();
  }

  void finding(const Finding& finding) {
    json_.StartObject();
    text("rule", finding.rule->id);
    text("severity", to_string(finding.severity));
    key("subject");
    subject(finding.subject);
    text("message", finding.message);
    text("certainty", to_string(finding.certainty));
    text("confidence", to_string(finding.rule->confidence));
    key("evidence");
    evidence(finding.evidence);
    if (finding.subject.item != no_item) {
      reach(report_.results.reach.of(finding.subject.item));
    }
    text("fingerprint", finding.fingerprint);
    text("state", to_string(finding.state));
    if (report_.changes != nullptr) {
      text("since", report_.since(*parse_id128(finding.fingerprint)));
    }
    if (finding.accepted != nullptr) {
      key("accepted");
      json_.StartObject();
      text("reason", finding.accepted->reason);
      text("approver", finding.accepted->approver);
      text("until", finding.accepted->expires);
      json_.EndObject();
    }
    location(finding.location);
    json_.EndObject();
  }

  void absent(const AbsentFinding& one) {
    json_.StartObject();
    text("rule", one.finding.rule);
    text("severity", to_string(one.finding.severity));
    key("subject");
    json_.StartObject();
    text("kind", one.finding.kind);
    text("id", one.finding.id);
    text("name", one.finding.name);
    if (!one.finding.source.empty()) {
      text("source", one.finding.source);
    }
    if (!one.finding.members.empty()) {
      texts("members", one.finding.members);
    }
    json_.EndObject();
    text("fingerprint", to_hex(one.finding.fingerprint));
    text("state", "absent");
    text("fate", to_string(one.fate));
    text("since", one.finding.since);
    json_.EndObject();
  }

 private:
  /// A list with an element a line.
  template <typename Range, typename Write>
  void lines(std::string_view name, const Range& range, Write write) {
    key(name);
    json_.StartArray();
    bool is_first = true;
    for (const auto& element : range) {
      next_line(is_first);
      write(element);
    }
    json_.EndArray();
    stream_.break_at_comma();
  }
  void next_line(bool& is_first) {
    if (is_first) {
      stream_.Put('\n');
    } else {
      stream_.break_at_comma();
    }
    is_first = false;
  }

  void run() {
    const RunInfo& run = report_.run;
    key("run");
    json_.StartObject();
    text("asOf", run.as_of);
    text("failOn", run.fail_on);
    number("exitCode", static_cast<std::uint64_t>(run.exit_code));
    texts("scope", run.scope);
    text("estate", run.estate);
    flag("incomplete", run.is_incomplete);
    flag("assumeComplete", run.assume_complete);
    flag("redacted", run.redacted);
    if (!run.config_files.empty()) {
      key("config");
      json_.StartObject();
      texts("files", run.config_files);
      text("xxh128", run.config_digest);
      json_.EndObject();
    }
    baseline();
    json_.EndObject();
    stream_.break_at_comma();
  }

  void baseline() {
    if (report_.changes == nullptr) {
      return;
    }
    const Changes& changes = *report_.changes;
    key("baseline");
    json_.StartObject();
    text("file", changes.file);
    if (!changes.as_of.empty()) {
      text("asOf", changes.as_of);
    }
    number("new", changes.added);
    number("unchanged", changes.unchanged);
    number("updated", changes.updated);
    number("absent", changes.absent.size());
    json_.EndObject();
  }

  /// What the baseline had, and is no longer found.
  void absent() {
    if (report_.changes == nullptr) {
      return;
    }
    lines("absent", report_.changes->absent, [&](const AbsentFinding& one) { absent(one); });
  }

  /// What people accept, and what that came to.
  void acceptances() {
    if (!report_.results.acceptances.are_given) {
      return;
    }
    lines("acceptances", report_.results.acceptances.all, [&](const Acceptance& one) {
      json_.StartObject();
      text("label", one.label());
      text("state", state_of(one));
      text("reason", one.reason);
      text("approver", one.approver);
      text("created", one.created);
      text("until", one.expires);
      number("fitting", one.fitting);
      number("accepted", one.accepted);
      if (report_.results.acceptances.policy != AcceptancePolicy::off) {
        number("unapproved", one.unapproved);
      }
      location(one.place);
      json_.EndObject();
    });
  }

  static std::string_view state_of(const Acceptance& one) {
    return one.is_in_force ? "in-force" : one.has_expired ? "expired" : "not-yet";
  }

  void summary() {
    const Summary& summary = report_.summary;
    key("summary");
    json_.StartObject();
    key("tiers");
    json_.StartObject();
    for (std::size_t tier = 0; tier < tier_count; ++tier) {
      key(to_string(static_cast<Tier>(tier)));
      json_.StartObject();
      number("items", summary.items[tier]);
      counts("states", summary.states[tier],
             [](std::size_t i) { return to_string(static_cast<State>(i)); });
      key("ownership");
      json_.StartObject();
      number("live", summary.coverage[tier].live);
      number("owned", summary.coverage[tier].owned);
      number("unowned", summary.coverage[tier].unowned);
      number("notEvaluated", summary.coverage[tier].not_evaluated);
      json_.EndObject();
      json_.EndObject();
    }
    json_.EndObject();
    counts("facings", summary.facings,
           [](std::size_t i) { return to_string(static_cast<Facing>(i)); });
    counts("relations", summary.relations,
           [](std::size_t i) { return to_string(static_cast<RelationKind>(i)); });
    number("unresolvedEnds", summary.unresolved_ends);
    number("parties", summary.parties);
    counts("findings", summary.severities,
           [](std::size_t i) { return to_string(static_cast<Severity>(i)); });
    if (report_.results.acceptances.are_given) {
      number("accepted", report_.results.accepted_count());
    }
    json_.EndObject();
    stream_.break_at_comma();
  }

  template <typename Counts, typename Name>
  void counts(std::string_view name, const Counts& counts, Name name_of) {
    key(name);
    json_.StartObject();
    for (std::size_t i = 0; i < counts.size(); ++i) {
      number(name_of(i), counts[i]);
    }
    json_.EndObject();
  }

  void ledger() {
    const Ledger& ledger = report_.ledger;
    key("ledger");
    json_.StartObject();
    text("verdict", to_string(ledger.verdict));
    number("files", ledger.files);
    number("records", ledger.records);
    number("items", ledger.items);
    number("relations", ledger.relations);
    number("parties", ledger.parties);
    number("recordsLeftOut", ledger.records_left_out);
    number("recordsUnmapped", ledger.records_unmapped);
    number("truncatedTables", ledger.truncated_tables);
    key("unresolved");
    json_.StartObject();
    number("missing", ledger.unresolved.missing);
    number("ambiguous", ledger.unresolved.ambiguous);
    number("empty", ledger.unresolved.empty);
    json_.EndObject();
    number("ownersInNoTable", ledger.owners_in_no_table);
    number("itemsWithoutTier", ledger.items_without_tier);
    tallies("unknownRelationTypes", "type", ledger.unknown_types);
    tallies("notices", "kind", ledger.notices);
    texts("ownOutputs", ledger.own_outputs);
    number("rules", ledger.rules);
    texts("rulesEvaluatedInPart", ledger.rules_evaluated_in_part);
    texts("rulesNotEvaluated", ledger.rules_not_evaluated);
    json_.EndObject();
    stream_.break_at_comma();
  }

  void tallies(std::string_view name, std::string_view of, std::span<const Ledger::Count> tallies) {
    key(name);
    json_.StartArray();
    for (const Ledger::Count& tally : tallies) {
      json_.StartObject();
      text(of, tally.name);
      number("count", tally.count);
      json_.EndObject();
    }
    json_.EndArray();
  }

  void classes() {
    lines("classes", class_counts(inventory_), [&](const ClassCount& one) {
      object([&] {
        text("source", one.source);
        text("class", one.item_class);
        number("items", one.items);
      });
    });
  }

  void inputs() {
    const auto read = inventory_.inputs();
    std::vector<InputSummary> sorted(read.begin(), read.end());
    std::ranges::stable_sort(sorted, {}, &InputSummary::path);
    lines("inputs", sorted, [&](const InputSummary& input) {
      json_.StartObject();
      text("path", input.path);
      text("format", input.syntax);
      text("profile", input.profile);
      text("source", input.source);
      text("table", input.table);
      number("bytes", input.bytes);
      text("xxh128", input.digest);
      number("records", input.records);
      number("items", input.items);
      number("relations", input.relations);
      number("parties", input.parties);
      number("ignored", input.ignored);
      json_.EndObject();
    });
  }

  void rules() {
    lines("rules", report_.results.found, [&](const RuleFacts& found) {
      json_.StartObject();
      text("id", found.rule->id);
      text("title", found.rule->title);
      text("severity", to_string(found.rule->severity));
      text("confidence", to_string(found.rule->confidence));
      number("findings", found.facts.size());
      number("judged", found.judged);
      number("notJudged", found.not_judged);
      json_.EndObject();
    });
  }

  void findings() {
    key("findings");
    json_.StartArray();
    format_in_parallel(
        fact_ranges(report_.results.found), report_.run.jobs,
        [&](const FactRange& range, std::string& text) {
          TextOutput output(text);
          Report(report_, output).elements(range);
        },
        [&](std::string_view text) { stream_.write(text); });
    json_.EndArray();
    stream_.break_at_comma();
  }

  /// Elements of a list, with what stands before each.
  void elements(const FactRange& range) {
    bool is_first = range.is_first;
    for (const Fact& fact : range.facts) {
      if (!is_first) {
        stream_.Put(',');
      }
      stream_.Put('\n');
      json_.Reset(stream_);
      finding(word(report_.view(*range.found, fact)));
      is_first = false;
    }
    stream_.Flush();
  }

  void item(ItemId item) {
    text("kind", to_string(SubjectKind::item));
    text("id", inventory_.id(item));
    text("name", inventory_.name(item));
    text("tier", to_string(inventory_.tier(item)));
    text("class", inventory_.class_name(item));
    text("source", inventory_.source(item));
    text("state", to_string(inventory_.state(item)));
    if (inventory_.is_service(item)) {
      text("facing", to_string(inventory_.facing(item)));
    }
    if (inventory_.criticality(item) != 0) {
      number("criticality", static_cast<std::uint64_t>(inventory_.criticality(item)));
    }
    if (!inventory_.environment(item).empty()) {
      text("environment", inventory_.environment(item));
    }
  }

  void subject(const Subject& subject) {
    json_.StartObject();
    if (subject.kind == SubjectKind::item) {
      item(subject.item);
    } else {
      text("kind", to_string(subject.kind));
      text("id", subject.id);
      text("name", subject.name);
      for (const auto& [name, value] : subject.attributes) {
        text(name, value);
      }
      if (!subject.members.empty() && subject.kind == SubjectKind::group) {
        key("members");
        json_.StartArray();
        for (const ItemId member : subject.members) {
          text(inventory_.id(member));
        }
        json_.EndArray();
      }
    }
    json_.EndObject();
  }

  void evidence(const Evidence& evidence) {
    json_.StartObject();
    for (const auto& [name, value] : evidence) {
      if (const auto* single = std::get_if<std::string>(&value)) {
        text(name, *single);
      } else if (const auto* count = std::get_if<std::uint64_t>(&value)) {
        number(name, *count);
      } else {
        texts(name, std::get<std::vector<std::string>>(value));
      }
    }
    json_.EndObject();
  }

  void reach(ServiceReach::Count count) {
    key("reach");
    json_.StartObject();
    number("services", count.services);
    flag("exact", count.exact);
    json_.EndObject();
  }

  void location(const Place& place) {
    if (place.file.empty()) {
      return;
    }
    key("location");
    json_.StartObject();
    text("file", place.file);
    if (place.line > 0) {
      number("line", place.line);
    }
    json_.EndObject();
  }

  void not_evaluated() {
    lines("notEvaluated", report_.results.not_evaluated, [&](const NotEvaluated& one) {
      json_.StartObject();
      text("rule", one.rule->id);
      text("cause", to_string(one.cause));
      text("reason", one.reason);
      if (one.input) {
        text("class", one.item_class);
        text("input", to_string(*one.input));
      }
      if (one.count > 0) {
        number("count", one.count);
      }
      if (!one.subjects.empty()) {
        key("subjects");
        json_.StartArray();
        for (const ItemId subject : one.subjects) {
          json_.StartObject();
          item(subject);
          json_.EndObject();
        }
        json_.EndArray();
      }
      json_.EndObject();
    });
  }

  void notices() {
    lines("notices", inventory_.notices(), [&](const Notice& notice) {
      json_.StartObject();
      text("kind", notice.kind);
      text("message", notice.message);
      number("count", notice.count);
      location(notice.place);
      json_.EndObject();
    });
  }

  void truncated() {
    lines("truncated", inventory_.truncations(), [&](const Truncation& cut) {
      json_.StartObject();
      text("source", cut.source);
      text("table", cut.table);
      text("reason", cut.reason);
      texts("files", cut.files);
      json_.EndObject();
    });
  }

  const AuditReport& report_;
  const Inventory& inventory_;
  JsonStream stream_;
  rapidjson::Writer<JsonStream> writer_;
};

}  // namespace

void append_findings(const AuditReport& report, std::span<const FactView> facts,
                     std::string_view between, std::string& text) {
  TextOutput output(text);
  Report(report, output).values(facts, between, [](Report& to, const FactView& fact) {
    to.finding(word(fact));
  });
}

void append_absent(const AuditReport& report, std::span<const AbsentFinding> absent,
                   std::string_view between, std::string& text) {
  TextOutput output(text);
  Report(report, output).values(absent, between, [](Report& to, const AbsentFinding& one) {
    to.absent(one);
  });
}

namespace {

Status write(const AuditReport& report, const ReportStyle& /*style*/, Output& output) {
  Report(report, output).write();
  return Done{};
}

const Register<OutputMark> mark{
    {.id = "json",
     .beginning = R"({"schemaVersion":1,"tool":{"name":"tierline","version":")",
     .is_json = true}};

const Register<ReportFormat> format{
    {.id = "json",
     .ending = ".json",
     .help = "everything, for programs (`tierline schema findings`)",
     .write = write}};

}  // namespace
}  // namespace tierline
