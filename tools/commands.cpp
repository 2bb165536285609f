#include "commands.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>

#include "audit_options.h"
#include "support/text.h"

namespace tierline {
namespace {

/// Bytes read so far, on a terminal only, in one line that goes away again.
class Progress {
 public:
  explicit Progress(bool wanted) : shown_(wanted && ::isatty(STDERR_FILENO) == 1) {}
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() {
    if (drawn_) {
      fmt::print(stderr, "\r\x1b[K");
    }
  }

  void operator()(std::uint64_t done, std::uint64_t all) {
    constexpr std::uint64_t step = 8 * 1024 * 1024;
    if (!shown_ || done < next_) {
      return;
    }
    next_ = done + step;
    drawn_ = true;
    fmt::print(stderr, "\rreading: {} MB{}", done / 1'000'000,
               all > 0 ? fmt::format(" of {} MB", all / 1'000'000) : "");
  }

 private:
  bool shown_;
  bool drawn_ = false;
  std::uint64_t next_ = 0;
};

bool wants_color(const AuditArguments& arguments) {
  const char* no_color = std::getenv("NO_COLOR");
  return !arguments.no_color() && (no_color == nullptr || *no_color == '\0') &&
         ::isatty(STDOUT_FILENO) == 1;
}

struct OpenOutput {
  OutputRequest request;
  std::unique_ptr<Output> output;
};

/// Opened before the work, so that a place that cannot be written to fails at once.
Result<std::vector<OpenOutput>> open_outputs(const std::vector<OutputRequest>& requests) {
  std::vector<OpenOutput> outputs;
  for (const OutputRequest& request : requests) {
    auto output = Output::open(request.path);
    if (!output) {
      return std::move(output).error();
    }
    outputs.push_back({request, std::move(*output)});
  }
  return outputs;
}

Status write_outputs(const Audit& audit, const ReportStyle& style,
                     std::vector<OpenOutput>& outputs) {
  for (OpenOutput& one : outputs) {
    if (auto written = one.request.format->write(audit.report(), style, *one.output); !written) {
      return written;
    }
  }
  for (OpenOutput& one : outputs) {
    if (auto committed = one.output->commit(); !committed) {
      return committed;
    }
  }
  return Done{};
}

std::string summary_line(const Audit& audit) {
  std::vector<std::string> counts;
  for (std::size_t i = audit.summary.severities.size(); i-- > 0;) {
    if (audit.summary.severities[i] > 0) {
      counts.push_back(fmt::format("{} {}", with_thousands(audit.summary.severities[i]),
                                   to_string(static_cast<Severity>(i))));
    }
  }
  return fmt::format("tierline: {} and {} in {}: {}{}",
                     count_of(audit.inventory->item_count(), "item"),
                     count_of(audit.inventory->relation_count(), "relation"),
                     count_of(audit.inventory->inputs().size(), "file"),
                     counts.empty() ? "no findings" : join(counts, ", "),
                     audit.run.is_incomplete ? "; the export looks incomplete" : "");
}

void print_stats(const Audit& audit, double report_seconds) {
  double all = report_seconds;
  std::uint64_t bytes = 0;
  for (const StageTime& time : audit.times) {
    all += time.seconds;
  }
  for (const InputSummary& input : audit.inventory->inputs()) {
    bytes += input.bytes;
  }
  auto times = audit.times;
  times.push_back({"reports", report_seconds});
  const auto print = [&](const StageTime& time, std::string_view indent) {
    fmt::print(stderr, "{}{:<40}{:>9.3f} s{:>7.1f} %\n", indent, time.stage, time.seconds,
               100 * time.seconds / all);
  };
  for (const StageTime& time : times) {
    print(time, "");
    if (time.stage == "rules") {
      for (const StageTime& rule : audit.results.times) {
        print(rule, "  ");
      }
    }
  }
  fmt::print(stderr, "{:<40}{:>9.3f} s{:>9.0f} MB/s\n", "all", all,
             static_cast<double>(bytes) / 1e6 / all);
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  fmt::print(stderr, "{:<40}{:>9} MB\n", "peak memory", usage.ru_maxrss / 1000);
}

/// Reads, judges and writes; the exit code.
int run(const AuditArguments& arguments, const ReportStyle& style, const std::string& focus,
        const ReportFormat& default_format) {
  auto options = arguments.options();
  if (!options) {
    return fail(to_string(options.error()));
  }
  auto requests = arguments.outputs();
  if (!requests) {
    return fail(to_string(requests.error()));
  }
  const bool to_files = !requests->empty();
  if (!to_files) {
    requests->push_back({&default_format, "-"});
  }
  auto outputs = open_outputs(*requests);
  if (!outputs) {
    return fail(to_string(outputs.error()));
  }
  auto progress = std::make_unique<Progress>(!arguments.quiet());
  options->import.progress = [&](std::uint64_t done, std::uint64_t all) { (*progress)(done, all); };
  auto audited = audit(*options);
  progress.reset();
  if (!audited) {
    return fail(to_string(audited.error()));
  }
  ReportStyle chosen = style;
  if (!focus.empty()) {
    auto item = find_item(*audited->inventory, focus);
    if (!item) {
      return fail(to_string(item.error()));
    }
    chosen.focus = *item;
  }
  const auto start = std::chrono::steady_clock::now();
  if (auto written = write_outputs(*audited, chosen, *outputs); !written) {
    return fail(to_string(written.error()));
  }
  if (arguments.stats()) {
    print_stats(*audited,
                std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  if (to_files && !arguments.quiet()) {
    fmt::print(stderr, "{}\n", summary_line(*audited));
  }
  return audited->run.exit_code;
}

std::string names_of_rules() {
  std::vector<std::string> ids;
  for (const Rule* rule : Register<Rule>::all()) {
    ids.emplace_back(rule->id);
  }
  return join(ids, ", ");
}

template <typename Element>
std::string words(const std::vector<Element>& elements) {
  std::vector<std::string> all;
  for (const Element& element : elements) {
    all.emplace_back(to_string(element));
  }
  return all.empty() ? "-" : join(all, ", ");
}

/// A text in lines of a readable width.
std::string paragraph(std::string_view text) {
  std::string lines = "  ";
  std::size_t width = 2;
  for (const std::string_view word : split(text, " ")) {
    if (width + word.size() > 80) {
      lines += "\n  ";
      width = 2;
    }
    lines += std::string(word) + ' ';
    width += word.size() + 1;
  }
  return lines;
}

void print_rule(const Rule& rule) {
  fmt::print("{}: {}\n\n{}\n\nWhat it finds\n{}\n\nWhat to do\n{}\n\n", rule.id, rule.title,
             paragraph(rule.rationale), paragraph(rule.definition), paragraph(rule.remedy));
  fmt::print("Severity   {}; a step worse for criticality 1 and external services\n",
             to_string(rule.severity));
  fmt::print("Certainty  {}\n", to_string(rule.certainty));
  fmt::print("Judges     {}\n", rule.tiers.empty() ? "the export" : words(rule.tiers));
  std::vector<std::string> inputs;
  for (const Input input : rule.inputs) {
    inputs.emplace_back(phrase(input));
  }
  fmt::print("Needs      {}\nFields     {}\n", words(rule.needs),
             inputs.empty() ? "-" : join(inputs, ", "));
}

}  // namespace

int fail(const std::string& message) {
  fmt::print(stderr, "tierline: {}\n", message);
  return 2;
}

void add_audit(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand("audit", "Find what nobody owns and what supports nobody");
  auto arguments = std::make_shared<AuditArguments>();
  arguments->add_import_options(*command);
  arguments->add_rule_options(*command);
  arguments->add_output_option(
      *command,
      "Write a report; may be given several times. The format is told by the ending "
      "(.txt .json .csv .dot .svg) or by a prefix (json:FILE); - is standard output. "
      "Without it, text on standard output");
  command->footer(
      "Examples:\n"
      "  tierline audit exports/\n"
      "  tierline audit exports/ -o findings.json -o picture.svg --fail-on critical\n"
      "  tierline audit exports/ --where environment=production --skip orphan-component\n"
      "\n"
      "Exit status: 0 nothing as severe as --fail-on, 1 findings, 2 could not run,\n"
      "3 ran on an export that is incomplete.");
  command->callback([arguments, &action] {
    action = [arguments] {
      ReportStyle style;
      style.color = wants_color(*arguments);
      return run(*arguments, style, {}, *Register<ReportFormat>::find("text"));
    };
  });
}

void add_draw(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand("draw", "Draw the estate, worst findings first");
  auto arguments = std::make_shared<AuditArguments>();
  auto focus = std::make_shared<std::string>();
  auto most = std::make_shared<std::size_t>(0);
  arguments->add_import_options(*command);
  arguments->add_rule_options(*command);
  arguments->add_output_option(*command,
                               "Where to draw: FILE.svg or FILE.dot. Without it, DOT on standard "
                               "output");
  command->add_option("--focus", *focus, "Draw what stands around this item")->type_name("NAME|ID");
  command
      ->add_option("--most", *most,
                   "Draw at most so many items; 300 without it, 25 around a --focus")
      ->type_name("N")
      ->check(CLI::Range(std::size_t{1}, std::size_t{2000}));
  command->footer(
      "Examples:\n"
      "  tierline draw exports/ -o estate.svg\n"
      "  tierline draw exports/ --focus Payroll -o payroll.svg\n"
      "\n"
      "Exit status: 0 drawn, 2 could not run, 3 drawn from an export that is incomplete.");
  command->callback([arguments, focus, most, &action] {
    action = [arguments, focus, most] {
      ReportStyle style;
      style.most_nodes = *most != 0 ? *most : focus->empty() ? style.most_nodes : 25;
      const int code = run(*arguments, style, *focus, *Register<ReportFormat>::find("dot"));
      return code == 1 ? 0 : code;
    };
  });
}

void add_rules(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand("rules", "List the rules, or explain one");
  auto id = std::make_shared<std::string>();
  command->add_option("rule", *id, "The rule to explain")->type_name("RULE");
  command->footer("Example:\n  tierline rules orphaned-supporting-service");
  command->callback([id, &action] {
    action = [id] {
      if (id->empty()) {
        for (const Rule* rule : Register<Rule>::all()) {
          fmt::print("{:<38}{:<9}{}\n", rule->id, to_string(rule->severity), rule->title);
        }
        return 0;
      }
      const Rule* rule = Register<Rule>::find(*id);
      if (rule == nullptr) {
        std::vector<std::string> ids;
        for (const Rule* known : Register<Rule>::all()) {
          ids.emplace_back(known->id);
        }
        return fail(fmt::format("no rule is called '{}'{}; there are {}", *id,
                                did_you_mean(*id, ids), names_of_rules()));
      }
      print_rule(*rule);
      return 0;
    };
  });
}

void add_profiles(CLI::App& app, Action& action) {
  auto* command =
      app.add_subcommand("profiles", "List what exports can be read, or print a profile");
  command->require_subcommand(0, 1);
  command->callback([&action, command] {
    if (command->get_subcommands().empty()) {
      action = [] {
        for (const Profile& profile : built_in_profiles()) {
          fmt::print("{:<14}{}\n{}\n\n", profile.id(), profile.title(),
                     paragraph(profile.description()));
        }
        fmt::print(
            "An export of another kind is described by a profile of your own:\n"
            "  tierline profiles show servicenow > mine.json\n"
            "  tierline audit EXPORT --profile mine.json\n");
        return 0;
      };
    }
  });
  auto* show = command->add_subcommand("show", "Print a profile, to start one from");
  auto name = std::make_shared<std::string>();
  show->add_option("name", *name, "The profile")->required()->type_name("NAME");
  show->callback([name, &action] {
    action = [name] {
      std::vector<std::string> names;
      for (const Profile& profile : built_in_profiles()) {
        if (profile.id() == *name) {
          fmt::print("{}", profile.document());
          return 0;
        }
        names.push_back(profile.id());
      }
      return fail(fmt::format("no profile is called '{}'{}; there are {}", *name,
                              did_you_mean(*name, names), join(names, ", ")));
    };
  });
}

void add_schema(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand("schema", "Print a JSON Schema");
  auto name = std::make_shared<std::string>();
  command->add_option("name", *name, "findings: the JSON report; profile: profile documents")
      ->required()
      ->type_name("NAME");
  command->callback([name, &action] {
    action = [name] {
      const std::vector<std::string> names = {"findings", "profile"};
      if (*name != names[0] && *name != names[1]) {
        return fail(fmt::format("no schema is called '{}'{}; there are findings and profile", *name,
                                did_you_mean(*name, names)));
      }
      fmt::print("{}", *name == names[0] ? findings_schema() : profile_schema());
      return 0;
    };
  });
}

}  // namespace tierline
