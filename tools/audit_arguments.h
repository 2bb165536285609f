#pragma once
// The options that commands which read exports have in common, and what they ask for.

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "tierline/audit.h"
#include "tierline/config.h"

namespace tierline {

/// An output that was asked for: `-o FILE` or `-o FORMAT:FILE`.
struct OutputRequest {
  const ReportFormat* format = nullptr;
  std::string path;
};

/// In UTC: 2026-11-21.
std::string today();

/// Those of the profiles that are no names of ours.
std::vector<std::string> profile_files(const std::vector<std::string>& profiles);

class AuditArguments {
 public:
  /// Adds the choice of exports and of what they mean.
  void add_export_options(CLI::App& command);
  void add_profile_option(CLI::App& command);
  /// Adds these and the other options for reading exports.
  void add_reading_options(CLI::App& command);
  /// Adds these, and how much is said while they are read.
  void add_import_options(CLI::App& command);
  /// Adds the options for judging them, and for where these are configured.
  void add_rule_options(CLI::App& command);
  /// Adds where configuration is read, and which rules it turns on. Without, none is read.
  void add_config_options(CLI::App& command);
  /// Adds the choice of what findings make the command fail.
  void add_fail_option(CLI::App& command);
  /// Adds what findings are compared with.
  void add_baseline_options(CLI::App& command);
  /// Adds where runs are remembered.
  void add_history_option(CLI::App& command);
  /// Adds the name under which an estate is compared with itself.
  void add_estate_option(CLI::App& command);
  void add_color_option(CLI::App& command);
  /// Adds the choice of reports, of the formats that are named; `standard` is the one when none is.
  void add_output_option(CLI::App& command, const std::string& standard,
                         std::vector<std::string> formats, const std::string& help);

  /// What is configured, and what the command line says in place of it.
  [[nodiscard]] Result<Config> config() const;
  /// What was asked for, checked: unknown rules, profiles and formats are errors that suggest the
  /// nearest name.
  [[nodiscard]] Result<AuditOptions> options(const Config& config) const;
  /// Standard output when none was asked for.
  [[nodiscard]] Result<std::vector<OutputRequest>> outputs() const;
  [[nodiscard]] bool names_outputs() const { return !outputs_.empty(); }
  /// Whether outputs are written even where the export looks broken beside the baseline.
  [[nodiscard]] bool accepts_change() const { return accepts_change_; }

  /// The exports, to be filled by a command that can do without.
  [[nodiscard]] std::vector<std::string>& inputs() { return inputs_; }
  [[nodiscard]] bool quiet() const { return quiet_; }
  /// Whether standard output is a terminal, and nobody asked it to be plain.
  [[nodiscard]] bool wants_color() const;
  [[nodiscard]] bool stats() const { return stats_; }
  /// Empty where none was named.
  [[nodiscard]] const std::string& redact_key_file() const { return redact_key_file_; }
  /// Empty where none was named.
  [[nodiscard]] const std::string& history() const { return history_; }
  /// Empty where none was asked for.
  [[nodiscard]] const std::string& stats_file() const { return stats_file_; }

 private:
  [[nodiscard]] Result<OutputRequest> output(const std::string& text) const;
  [[nodiscard]] Status read_redact_key(ImportOptions& import) const;
  [[nodiscard]] Status read_where(AuditOptions& options) const;

  std::vector<std::string> inputs_;
  std::vector<std::string> profiles_;
  std::vector<std::string> sources_;
  std::vector<std::string> outputs_;
  std::string standard_format_;
  std::vector<std::string> formats_;
  std::vector<std::string> only_;
  std::vector<std::string> skip_;
  std::string set_;  ///< Empty: as configured.
  std::vector<std::string> where_;
  std::string as_of_;
  std::string fail_on_;  ///< Empty: as configured.
  std::string config_file_;
  bool reads_config_ = false;
  std::vector<std::string> acceptance_files_;
  bool no_config_ = false;
  std::string redact_;
  std::string redact_key_file_;
  unsigned jobs_ = 0;
  bool assume_complete_ = false;
  bool quiet_ = false;
  bool no_color_ = false;
  bool stats_ = false;
  std::string stats_file_;
  std::string baseline_;
  std::string history_;
  std::string estate_;
  bool any_fails_ = false;
  bool accepts_change_ = false;
};

}  // namespace tierline
