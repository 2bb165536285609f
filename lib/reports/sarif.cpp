// SARIF 2.1.0, for code scanning services and editors. A finding stands where its record stands in
// the export. At most 25,000 results are written, as services refuse more: the worst, then those
// that most services rely on; how many were left out is said.

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "reports/subject.h"
#include "support/id128.h"
#include "support/parallel.h"
#include "tierline/json_writer.h"
#include "tierline/output_mark.h"
#include "tierline/report.h"
#include "tierline/text.h"

namespace tierline {
namespace {

constexpr std::size_t most_results = 25'000;
constexpr std::size_t most_related = 100;

std::string_view level_of(Severity severity) {
  return severity >= Severity::high ? "error" : severity == Severity::medium ? "warning" : "note";
}

/// 0 to 100, the worst first.
std::uint64_t rank_of(Severity severity) {
  return 20 * (1 + static_cast<std::uint64_t>(severity));
}

/// The path as a URI, relative where it is; standard input has no place.
std::string uri_of(std::string_view path) {
  constexpr std::string_view plain = "-._~/";
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || plain.find(c) != std::string_view::npos;
    if (is_plain) {
      uri += c;
    } else {
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return uri;
}

class Sarif {
 public:
  explicit Sarif(const AuditReport& report) : report_(report) {}

  void write(Output& output) {
    choose();
    output.write(
        R"({"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{)"
        "\n");
    JsonText tool;
    tool.object([&] { driver(tool); });
    output.write(fmt::format("\"tool\":{},\n", tool.str()));
    JsonText details;
    details.object([&] { details.text("id", "tierline/" + report_.run.estate + '/'); });
    output.write(fmt::format("\"automationDetails\":{},\n", details.str()));
    output.write(fmt::format("\"invocations\":[{}],\n", invocation()));
    output.write("\"columnKind\":\"utf16CodeUnits\",\n\"results\":[");
    results(output);
    output.write("]\n}]}\n");
  }

 private:
  struct Chosen {
    std::size_t rule;
    std::size_t fact;
  };

  [[nodiscard]] FactView view(const Chosen& chosen) const {
    const RuleFacts& found = report_.results.found[chosen.rule];
    return report_.view(found, found.facts[chosen.fact]);
  }

  /// The worst of them, in the order of the report.
  void choose() {
    for (std::size_t rule = 0; rule < report_.results.found.size(); ++rule) {
      for (std::size_t fact = 0; fact < report_.results.found[rule].facts.size(); ++fact) {
        chosen_.push_back({rule, fact});
      }
    }
    absent_ =
        report_.changes == nullptr ? 0 : std::min(report_.changes->absent.size(), most_results / 2);
    const std::size_t room = most_results - absent_;
    if (chosen_.size() <= room) {
      return;
    }
    left_out_ = chosen_.size() - room;
    const auto badness = [&](const Chosen& one) {
      const FactView fact = view(one);
      return std::tuple(fact.accepted() != nullptr, -static_cast<int>(fact.severity()),
                        -std::int64_t{services_on(report_, fact).services}, one.rule, one.fact);
    };
    const auto end = chosen_.begin() + static_cast<std::ptrdiff_t>(room);
    std::nth_element(chosen_.begin(), end, chosen_.end(),
                     [&](const Chosen& a, const Chosen& b) { return badness(a) < badness(b); });
    chosen_.erase(end, chosen_.end());
    std::ranges::sort(chosen_, {}, [](const Chosen& one) { return std::pair(one.rule, one.fact); });
  }

  void driver(JsonText& json) {
    json.object("driver", [&] {
      json.text("name", "tierline");
      json.text("version", report_.run.version);
      json.text("semanticVersion", report_.run.version);
      json.list("rules", [&] {
        for (const RuleFacts& found : report_.results.found) {
          json.object([&] { rule(json, *found.rule); });
        }
      });
    });
  }

  static void rule(JsonText& json, const Rule& rule) {
    json.text("id", rule.id);
    json.object("shortDescription", [&] { json.text("text", fmt::format("{}.", rule.title)); });
    json.object("fullDescription", [&] { json.text("text", rule.definition); });
    json.object("help", [&] {
      json.text("text", fmt::format("{}\n\n{}", rule.rationale, rule.remedy));
      json.text("markdown", fmt::format("{}\n\n**What it finds:** {}\n\n**What to do:** {}",
                                        rule.rationale, rule.definition, rule.remedy));
    });
    json.object("defaultConfiguration", [&] { json.text("level", level_of(rule.severity)); });
    json.object("properties", [&] {
      json.text("severity", to_string(rule.severity));
      json.text("confidence", to_string(rule.confidence));
    });
  }

  /// How the run ended, with what could not be judged.
  [[nodiscard]] std::string invocation() const {
    JsonText json;
    json.object([&] {
      json.flag("executionSuccessful", report_.run.exit_code <= 1);
      json.number("exitCode", static_cast<std::uint64_t>(report_.run.exit_code));
      json.list("toolExecutionNotifications", [&] {
        if (left_out_ > 0) {
          json.object([&] {
            json.text("level", "warning");
            json.object("message", [&] {
              json.text("text", fmt::format("{} are left out: services take no more than {}",
                                            count_of(left_out_, "less severe finding"),
                                            with_thousands(most_results)));
            });
          });
        }
        if (absent_left_out() > 0) {
          json.object([&] {
            json.text("level", "warning");
            json.object("message", [&] {
              json.text("text",
                        fmt::format("{} that are gone are left out: services take no more than {}",
                                    count_of(absent_left_out(), "finding"),
                                    with_thousands(most_results)));
            });
          });
        }
        for (const NotEvaluated& one : report_.results.not_evaluated) {
          json.object([&] {
            json.text("level", "note");
            json.object("associatedRule", [&] { json.text("id", one.rule->id); });
            json.object("message", [&] {
              json.text("text", one.count == 0
                                    ? fmt::format("Not evaluated: {}.", one.reason)
                                    : fmt::format("Not evaluated for {}: {}.",
                                                  with_thousands(one.count), one.reason));
            });
          });
        }
      });
      json.object("properties", [&] {
        json.text("asOf", report_.run.as_of);
        json.number("findingsLeftOut", left_out_);
        if (report_.changes != nullptr) {
          json.number("absentLeftOut", absent_left_out());
        }
      });
    });
    return std::string(json.str());
  }

  [[nodiscard]] std::size_t absent_left_out() const {
    return report_.changes == nullptr ? 0 : report_.changes->absent.size() - absent_;
  }

  void results(Output& output) const {
    constexpr std::size_t at_once = 4096;
    bool is_first = true;
    const auto put = [&](const std::string& text) {
      output.write(is_first ? "\n" : ",\n");
      output.write(text);
      is_first = false;
    };
    std::vector<std::string> texts;
    for (std::size_t begin = 0; begin < chosen_.size(); begin += at_once) {
      texts.assign(std::min(at_once, chosen_.size() - begin), {});
      parallel_ranges(texts.size(), report_.run.jobs, [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) {
          texts[i] = result(chosen_[begin + i]);
        }
      });
      std::ranges::for_each(texts, put);
    }
    for (std::size_t i = 0; i < absent_; ++i) {
      put(absent(report_.changes->absent[i]));
    }
  }

  void message(JsonText& json, std::string_view name, std::string_view said) const {
    json.object("message", [&] { json.text("text", fmt::format("{}: {}.", name, said)); });
  }

  void location(JsonText& json, const Place& place) const {
    json.object("physicalLocation", [&] {
      json.object("artifactLocation",
                  [&] { json.text("uri", uri_of(place.file.empty() ? any_file() : place.file)); });
      json.object("region",
                  [&] { json.number("startLine", std::max<std::uint64_t>(place.line, 1)); });
    });
  }

  /// What is about the export as a whole stands at its first file: results without a place are
  /// refused.
  [[nodiscard]] std::string any_file() const {
    const auto inputs = report_.inventory.inputs();
    return inputs.empty() ? "export" : std::ranges::min(inputs, {}, &InputSummary::path).path;
  }

  void common(JsonText& json, std::string_view rule, Severity severity,
              const std::string& fingerprint) const {
    json.text("ruleId", rule);
    json.text("level", level_of(severity));
    json.object("partialFingerprints", [&] { json.text("tierline/v1", fingerprint); });
    json.object("properties", [&] { json.text("severity", to_string(severity)); });
  }

  [[nodiscard]] std::string result(const Chosen& chosen) const {
    const Finding finding = word(view(chosen));
    const Inventory& inventory = report_.inventory;
    const bool is_item = finding.subject.item != no_item;
    const std::string name = subject_name(report_, finding.subject);
    JsonText json;
    json.object([&] {
      common(json, finding.rule->id, finding.severity, finding.fingerprint);
      json.number("ruleIndex", chosen.rule);
      json.text("kind", "fail");
      json.number("rank", rank_of(finding.severity));
      json.text("baselineState", to_string(finding.state));
      suppressions(json, finding.accepted);
      message(json, name, finding.message);
      json.list("locations", [&] {
        json.object([&] {
          location(json, finding.location);
          json.list("logicalLocations", [&] {
            json.object([&] {
              json.text("name", name);
              json.text("fullyQualifiedName",
                        is_item ? inventory.id(finding.subject.item) : finding.subject.id);
              json.text("kind", "resource");
            });
          });
        });
      });
      related(json, finding.subject.members);
    });
    return std::string(json.str());
  }

  /// Where one result has some, all have, if none.
  void suppressions(JsonText& json, const Acceptance* accepted) const {
    if (!report_.results.acceptances.are_given) {
      return;
    }
    json.list("suppressions", [&] {
      if (accepted == nullptr) {
        return;
      }
      json.object([&] {
        json.text("kind", "external");
        json.text("status", "accepted");
        json.text("justification", accepted->reason);
        json.object("location", [&] { location(json, accepted->place); });
        json.object("properties", [&] {
          json.text("approver", accepted->approver);
          json.text("until", accepted->expires);
        });
      });
    });
  }

  void related(JsonText& json, const std::vector<ItemId>& members) const {
    if (members.empty()) {
      return;
    }
    json.list("relatedLocations", [&] {
      for (std::size_t i = 0; i < std::min(members.size(), most_related); ++i) {
        json.object([&] {
          json.number("id", i);
          location(json, report_.inventory.place(members[i]));
          json.object("message", [&] { json.text("text", report_.inventory.label(members[i])); });
        });
      }
    });
  }

  [[nodiscard]] std::string absent(const AbsentFinding& one) const {
    JsonText json;
    json.object([&] {
      common(json, one.finding.rule, one.finding.severity, to_hex(one.finding.fingerprint));
      json.text("baselineState", "absent");
      suppressions(json, nullptr);
      message(json, one.finding.name.empty() ? one.finding.id : one.finding.name,
              fmt::format("gone ({})", to_string(one.fate)));
      json.list("locations", [&] { json.object([&] { location(json, {}); }); });
    });
    return std::string(json.str());
  }

  const AuditReport& report_;
  std::vector<Chosen> chosen_;
  std::size_t left_out_ = 0;
  std::size_t absent_ = 0;  ///< Of these, as many are written.
};

Status write(const AuditReport& report, const ReportStyle& /*style*/, Output& output) {
  Sarif(report).write(output);
  return Done{};
}

const Register<OutputMark> mark{
    {.id = "sarif",
     .beginning = R"({"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0",)"
                  R"("runs":[{"tool":{"driver":{"name":"tierline",)",
     .is_json = true}};

const Register<ReportFormat> format{{.id = "sarif",
                                     .ending = ".sarif",
                                     .help = "findings for code scanning, as SARIF 2.1.0",
                                     .write = write}};

}  // namespace
}  // namespace tierline
