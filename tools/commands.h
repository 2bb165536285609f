#pragma once
// The commands of the tool. Each adds itself to the command line, and sets the action when it is
// chosen.

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <string_view>

namespace tierline {

/// What to run once the command line has been read. Returns the exit code: 0 nothing to report, 1
/// findings, 2 could not run, 3 ran on an incomplete export.
using Action = std::function<int()>;

void add_accept(CLI::App& app, Action& action);
void add_audit(CLI::App& app, Action& action);
void add_baseline(CLI::App& app, Action& action);
void add_config(CLI::App& app, Action& action);
void add_diff(CLI::App& app, Action& action);
void add_draw(CLI::App& app, Action& action);
void add_explain(CLI::App& app, Action& action);
void add_history(CLI::App& app, Action& action);
void add_rules(CLI::App& app, Action& action);
void add_profiles(CLI::App& app, Action& action);
void add_profiles_check(CLI::App& profiles, Action& action);
void add_tables(CLI::App& app, Action& action);
void add_schema(CLI::App& app, Action& action);

/// Onto standard error. Whether anybody can read it changes nothing.
void say(std::string_view text);

/// The one form in which errors are told; returns 2.
int fail(const std::string& message);

}  // namespace tierline
