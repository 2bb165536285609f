#include "tierline/audit.h"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/scope.h"
#include "baseline/night.h"
#include "support/parallel.h"
#include "tierline/history.h"
#include "tierline/stopwatch.h"
#include "tierline/text.h"

namespace tierline {
namespace {

bool is_incomplete(const Audit& audit) {
  return audit.inventory->item_count() == 0 || !audit.inventory->truncations().empty() ||
         audit.results.lacks_records;
}

int exit_code(const Audit& audit, std::optional<Severity> fail_on, bool any_fails) {
  if (audit.run.is_incomplete) {
    return 3;
  }
  const auto fails = [&](const Fact& fact) {
    return fail_on && fact.acceptance == 0 && fact.severity >= *fail_on &&
           (any_fails || fact.state == FindingState::added);
  };
  return std::ranges::any_of(audit.results.found, [&](const RuleFacts& found) {
    return found.settings.may_fail(*found.rule) && std::ranges::any_of(found.facts, fails);
  });
}

/// Its sources and what of it is looked at.
std::string estate_of(const Inventory& inventory, const std::vector<std::string>& scope) {
  std::vector<std::string> sources(inventory.sources().begin(), inventory.sources().end());
  std::ranges::sort(sources);
  return join(sources, ", ") + (scope.empty() ? "" : " where " + join(scope, ", "));
}

RunInfo describe(const AuditOptions& options, const Inventory& inventory) {
  RunInfo run;
  run.version = options.version;
  run.as_of = options.import.as_of;
  run.fail_on = options.fail_on ? to_string(*options.fail_on) : "never";
  run.assume_complete = options.rules.assume_complete;
  run.redacted = options.import.redact_people;
  run.jobs = options.import.jobs;
  run.config_files = options.config_files;
  run.config_digest = options.config_digest;
  run.link = options.link;
  for (const ScopeTerm& term : options.where) {
    run.scope.push_back(fmt::format("{}={}", term.field, term.value));
  }
  std::ranges::sort(run.scope);
  run.estate_is_named = !options.estate.empty();
  run.estate = options.estate.empty() ? estate_of(inventory, run.scope) : options.estate;
  return run;
}

/// Where the earlier run is known from.
struct Earlier {
  std::string name;
  std::optional<History> history;
  std::optional<Baseline> baseline;
  NightFigures figures = {};  ///< Of a baseline that is read from a file.
};

/// Before the work, as far as that can be, so that what cannot be read fails at once.
Result<Earlier> open_baseline(const std::string& address) {
  Earlier earlier{.name = address, .history = {}, .baseline = {}};
  if (!History::is_address(address)) {
    auto read = read_night(address, earlier.figures);
    if (!read) {
      return std::move(read).error();
    }
    earlier.baseline = std::move(*read);
    return earlier;
  }
  auto history = History::open_existing(address);
  if (!history) {
    return std::move(history).error();
  }
  earlier.history = std::move(*history);
  earlier.name = earlier.history ? earlier.history->name() : History::file_of(address);
  return earlier;
}

/// Compares with the earlier run; an error where that was of something else.
Status look_back(const AuditOptions& options, const ItemSet& scope, Earlier& earlier,
                 Audit& audit) {
  if (earlier.history) {
    auto night = earlier.history->baseline(audit.run.estate, audit.run.as_of);
    if (!night) {
      return std::move(night).error();
    }
    earlier.baseline = std::move(*night);
    auto nights = earlier.history->nights_before(audit.run.estate, audit.run.as_of);
    if (!nights) {
      return std::move(nights).error();
    }
    audit.earlier_nights = std::move(*nights);
  } else if (earlier.baseline && earlier.baseline->as_of <= audit.run.as_of) {
    audit.earlier_nights = {earlier.figures};
  }
  const std::optional<Baseline>& baseline = earlier.baseline;
  if (!baseline) {
    audit.changes.emplace();
    audit.changes->file = earlier.name;
    audit.changes->added = audit.results.fact_count();
    return Done{};
  }
  const Place place{baseline->file};
  if (baseline->estate != audit.run.estate) {
    return Error{fmt::format("is a baseline of '{}', and this is '{}'; where they are one, give "
                             "both the same --estate NAME",
                             shortened(baseline->estate), shortened(audit.run.estate)),
                 place};
  }
  if (options.import.redact_people && !baseline->is_redacted) {
    return Error{"names persons, and is not to be told with --redact people: make one with it",
                 place};
  }
  audit.suspicions = suspicious_changes(*audit.inventory, *baseline, audit.results, options.guard);
  audit.changes = compare(*audit.inventory, *audit.graph, scope, *baseline,
                          options.import.redact_people, audit.results, options.import.jobs);
  return Done{};
}

}  // namespace

std::vector<Finding> Audit::findings() const {
  std::vector<Finding> findings;
  report().each_fact([&](const FactView& fact) { findings.push_back(word(fact)); });
  return findings;
}

Result<Audit> audit(const AuditOptions& options) {
  Stopwatch watch;
  Audit audit;
  Earlier earlier;
  if (!options.baseline.empty()) {
    auto opened = open_baseline(options.baseline);
    if (!opened) {
      return std::move(opened).error();
    }
    earlier = std::move(*opened);
    watch.lap(audit.times, "baseline");
  }
  ImportOptions importing = options.import;
  importing.details |= inputs_of(options.rules);
  for (const Acceptance& one : options.rules.acceptances.all) {
    for (const std::string& person : {one.approver, one.owner}) {
      importing.mentioned_people.push_back(person);
    }
    for (const std::string& text :
         {one.reason, one.item, one.portfolio, one.glob, one.item_class}) {
      importing.mentioned_texts.push_back(text);
    }
  }
  auto inventory = import(importing);
  if (!inventory) {
    return std::move(inventory).error();
  }
  audit.inventory = std::make_unique<const Inventory>(std::move(*inventory));
  watch.lap(audit.times, "import");
  audit.graph = std::make_unique<const TieredGraph>(*audit.inventory, options.import.jobs);
  watch.lap(audit.times, "graph");
  auto scope = items_in_scope(*audit.inventory, *audit.graph, options.where);
  if (!scope) {
    return std::move(scope).error();
  }
  if (options.only_about) {
    auto about = options.only_about(*audit.inventory);
    if (!about) {
      return std::move(about).error();
    }
    scope = items_where(*audit.inventory, [&](ItemId item) {
      return scope->contains(item) && about->contains(item);
    });
  }
  audit.scope = std::move(*scope);
  audit.rules = options.rules;
  audit.results =
      run_rules(*audit.inventory, *audit.graph, audit.rules, audit.scope, options.import.jobs);
  audit.run = describe(options, *audit.inventory);
  audit.run.is_incomplete = is_incomplete(audit);
  if (!options.baseline.empty()) {
    if (auto compared = look_back(options, audit.scope, earlier, audit); !compared) {
      return std::move(compared).error();
    }
  }
  parallel_calls(
      options.import.jobs,
      [&] { audit.summary = summarize(*audit.inventory, audit.scope, audit.results); },
      [&] { audit.ledger = ledger_of(*audit.inventory, audit.results, audit.run.is_incomplete); });
  audit.run.exit_code = exit_code(audit, options.fail_on, options.any_fails);
  watch.lap(audit.times, "rules");
  return audit;
}

}  // namespace tierline
