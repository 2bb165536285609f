#include "audit_arguments.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "tierline/dates.h"
#include "tierline/small_file.h"
#include "tierline/text.h"

namespace tierline {
namespace {

/// Adds the rules by the ids that they have today.
Status add_rules(const std::vector<std::string>& names, std::vector<std::string>& ids) {
  for (const std::string& name : names) {
    const Rule* const rule = rule_called(name);
    if (rule == nullptr) {
      return Error{fmt::format("no rule is called '{}'{}; `tierline rules` lists them", name,
                               did_you_mean(name, Register<Rule>::ids()))};
    }
    ids.emplace_back(rule->id);
  }
  return Done{};
}

/// Splits `NAME=VALUE`.
Result<std::pair<std::string, std::string>> assignment(const std::string& text,
                                                       std::string_view option) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) {
    return Error{fmt::format("{} {}: expected NAME=VALUE", option, text)};
  }
  return std::pair(text.substr(0, equals), text.substr(equals + 1));
}

std::vector<std::string> built_in_names() {
  std::vector<std::string> names;
  for (const Profile& profile : built_in_profiles()) {
    names.push_back(profile.id());
  }
  return names;
}

Result<Profile> profile_of(const std::string& wanted, const Place& said) {
  const std::vector<std::string> names = built_in_names();
  const auto named = std::ranges::find(names, wanted);
  if (named != names.end()) {
    return built_in_profiles()[static_cast<std::size_t>(named - names.begin())];
  }
  std::error_code error;
  if (std::filesystem::status(wanted, error).type() == std::filesystem::file_type::not_found) {
    return Error{fmt::format("{}: neither a file nor one of {}{}", wanted, join(names, ", "),
                             did_you_mean(wanted, names)),
                 said};
  }
  return Profile::load(wanted);
}

/// Those of the configuration, which know its words for nobody.
Status read_profiles(const Config& config, ImportOptions& import) {
  for (const std::string& wanted : config.profiles) {
    auto profile = profile_of(wanted, config.places.at("profiles"));
    if (!profile) {
      return std::move(profile).error();
    }
    import.profiles.push_back(std::move(*profile));
  }
  if (config.placeholder_words.empty() && config.it_orgs.empty()) {
    return Done{};
  }
  if (import.profiles.empty()) {
    import.profiles.assign(built_in_profiles().begin(), built_in_profiles().end());
  }
  for (Profile& profile : import.profiles) {
    profile = profile.with_placeholders(config.placeholder_words);
    if (!config.it_orgs.empty()) {
      profile = profile.with_it_organisations(config.it_orgs);
    }
  }
  return Done{};
}

const ReportFormat* format_of_ending(const std::string& path) {
  const std::string ending = to_lower(std::filesystem::path(path).extension().string());
  for (const ReportFormat* format : Register<ReportFormat>::all()) {
    if (!ending.empty() && format->ending == ending) {
      return format;
    }
  }
  return nullptr;
}

}  // namespace

std::string today() {
  const std::chrono::year_month_day day(
      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

std::vector<std::string> profile_files(const std::vector<std::string>& profiles) {
  std::vector<std::string> files = profiles;
  for (const std::string& name : built_in_names()) {
    std::erase(files, name);
  }
  return files;
}

void AuditArguments::add_export_options(CLI::App& command) {
  command
      .add_option(
          "exports", inputs_,
          "Export files, folders or archives of them, or - for standard input; compressed or not")
      ->required()
      ->type_name("EXPORT");
  add_profile_option(command);
}

void AuditArguments::add_profile_option(CLI::App& command) {
  command
      .add_option("--profile", profiles_,
                  "What the export means: a profile's name or a file; several are tried by "
                  "content. Without it, all that `tierline profiles` lists")
      ->type_name("PROFILE")
      ->allow_extra_args(false);
}

void AuditArguments::add_reading_options(CLI::App& command) {
  add_export_options(command);
  command
      .add_option(
          "--source", sources_,
          "Which estate a file, folder or archive tells of, when several are audited together")
      ->type_name("NAME=PATH")
      ->allow_extra_args(false);
  command.add_option("--as-of", as_of_, "The day of the audit; today in UTC without it")
      ->type_name("YYYY-MM-DD");
  command.add_option("--jobs", jobs_, "Threads; one for each processor without it")
      ->type_name("N")
      ->check(CLI::Range(1U, 1024U));
  command.add_option("--redact", redact_, "people: persons appear under stable pseudonyms")
      ->type_name("people")
      ->check(CLI::IsMember({"people"}));
  command
      .add_option("--redact-key", redact_key_file_,
                  "A file with a secret that pseudonyms depend on. Without it, who guesses ids can "
                  "undo them")
      ->type_name("FILE");
}

void AuditArguments::add_import_options(CLI::App& command) {
  add_reading_options(command);
  command.add_flag("-q,--quiet", quiet_, "No summary and no progress");
  command.add_flag("--stats", stats_, "Say on standard error how long each stage and rule took");
  command.add_option("--stats-json", stats_file_, "Write the same into a file, as JSON")
      ->type_name("FILE");
}

void AuditArguments::add_config_options(CLI::App& command) {
  reads_config_ = true;
  auto* config = command.add_option(
      "--config", config_file_,
      "What to take for the configuration. Without it, the nearest tierline.toml in the working "
      "folder or above; `tierline schema config` says what may stand in it");
  config->type_name("FILE");
  command.add_flag("--no-config", no_config_, "Without any configuration")->excludes(config);
  command
      .add_option("--acceptances", acceptance_files_,
                  "Findings that somebody accepts, in TOML or CSV, besides those that are "
                  "configured; may be given several times. `tierline accept --help` explains them")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command.add_option("--set", set_, "Judge by the core rules, or by all; --only reaches any rule")
      ->type_name("core|all")
      ->check(CLI::IsMember({"core", "all"}).description(""))
      ->default_str("core");
}

void AuditArguments::add_rule_options(CLI::App& command) {
  add_config_options(command);
  command.add_option("--only", only_, "Judge by this rule only; may be given several times")
      ->type_name("RULE")
      ->allow_extra_args(false);
  command.add_option("--skip", skip_, "Do not judge by this rule; may be given several times")
      ->type_name("RULE")
      ->allow_extra_args(false);
  command
      .add_option("--where", where_,
                  "Report only subjects of this environment, portfolio or class; what relies on "
                  "what is still followed everywhere")
      ->type_name("FIELD=VALUE")
      ->allow_extra_args(false);
  command.add_flag("--assume-complete", assume_complete_,
                   "Judge what follows from absence even when the export looks cut off");
}

void AuditArguments::add_fail_option(CLI::App& command) {
  command
      .add_option("--fail-on", fail_on_,
                  "Exit with 1 if a finding is at least this severe: info, low, medium, high, "
                  "critical or never")
      ->type_name("SEVERITY")
      ->default_str("high");
}

void AuditArguments::add_estate_option(CLI::App& command) {
  command
      .add_option("--estate", estate_,
                  "What the estate is called, in titles and from night to night; without it, its "
                  "sources and what of it --where looks at")
      ->type_name("NAME");
}

void AuditArguments::add_baseline_options(CLI::App& command) {
  auto* baseline = command.add_option(
      "--baseline", baseline_,
      "Compare with an earlier run: its JSON report, what `tierline baseline create` wrote, or the "
      "last night in a history (sqlite:FILE, postgresql://...). Only findings that are new then "
      "fail. What is not there yet is the first night");
  baseline->type_name("FILE");
  command.add_flag("--fail-on-any", any_fails_, "Findings that were there before fail as well")
      ->needs(baseline);
  command
      .add_flag("--accept-change", accepts_change_,
                "Write reports even where so much has changed that the export looks broken")
      ->needs(baseline);
  add_estate_option(command);
}

void AuditArguments::add_history_option(CLI::App& command) {
  command
      .add_option("--history", history_,
                  "Remember this run in a database: sqlite:FILE, which is made, or "
                  "postgresql://...; `tierline history` asks it, and HTML reports show how it has "
                  "gone")
      ->type_name("DATABASE");
}

void AuditArguments::add_color_option(CLI::App& command) {
  command.add_flag("--no-color", no_color_,
                   "No colours; NO_COLOR in the environment does the same");
}

void AuditArguments::add_output_option(CLI::App& command, const std::string& standard,
                                       std::vector<std::string> formats, const std::string& help) {
  standard_format_ = standard;
  formats_ = std::move(formats);
  command.add_option("-o,--output", outputs_, help)
      ->type_name("[FORMAT:]FILE")
      ->allow_extra_args(false);
}

bool AuditArguments::wants_color() const {
  const char* no_color = std::getenv("NO_COLOR");
  return !no_color_ && (no_color == nullptr || *no_color == '\0') && ::isatty(STDOUT_FILENO) == 1;
}

Status AuditArguments::read_redact_key(ImportOptions& import) const {
  if (redact_key_file_.empty()) {
    return Done{};
  }
  if (redact_.empty()) {
    return Error{fmt::format("--redact-key {}: goes with --redact people", redact_key_file_)};
  }
  constexpr std::size_t most = 64 * 1024;
  auto key = read_small_file(redact_key_file_, most, "key");
  if (!key) {
    return std::move(key).error();
  }
  if (trim(*key).empty()) {
    return Error{"this key is empty: make one with `head -c 32 /dev/urandom`", {redact_key_file_}};
  }
  import.redact_key = std::move(*key);
  return Done{};
}

Status AuditArguments::read_where(AuditOptions& options) const {
  const std::vector<std::string> fields = {"environment", "portfolio", "class"};
  for (const std::string& text : where_) {
    auto term = assignment(text, "--where");
    if (!term) {
      return std::move(term).error();
    }
    if (std::ranges::find(fields, term->first) == fields.end()) {
      return Error{fmt::format("--where {}: the field is none of {}{}", text, join(fields, ", "),
                               did_you_mean(term->first, fields))};
    }
    options.where.push_back({term->first, term->second});
  }
  return Done{};
}

Result<Config> AuditArguments::config() const {
  ConfigSearch search{.file = config_file_, .passed_over = {}};
  if (search.file.empty() && reads_config_ && !no_config_) {
    search = find_config(inputs_);
  }
  Config config;
  if (!search.file.empty()) {
    auto read = read_config(search.file, inputs_);
    if (!read) {
      return read;
    }
    config = std::move(*read);
  }
  config.passed_over = std::move(search.passed_over);
  for (const std::string& file : acceptance_files_) {
    if (auto read = read_acceptances(file, inputs_, config); !read) {
      return std::move(read).error();
    }
    config.acceptance_files.push_back(file);
  }
  if (!set_.empty()) {
    config.set = set_ == "all" ? RuleSet::all : RuleSet::core;
    config.places["set"] = {"--set"};
  }
  if (!fail_on_.empty()) {
    auto fail_on = fail_on_of(fail_on_);
    if (!fail_on) {
      return Error{fmt::format("--fail-on {}: {}", fail_on_, fail_on.error().message)};
    }
    config.fail_on = *fail_on;
    config.places["fail_on"] = {"--fail-on"};
  }
  if (!estate_.empty()) {
    config.estate = estate_;
    config.places["estate"] = {"--estate"};
  }
  if (!profiles_.empty()) {
    config.profiles = profiles_;
    config.places["profiles"] = {"--profile"};
  }
  return config;
}

Result<AuditOptions> AuditArguments::options(const Config& config) const {
  AuditOptions options;
  options.version = TIERLINE_VERSION;
  options.import.inputs = inputs_;
  options.import.redact_people = !redact_.empty();
  options.import.assume_complete = assume_complete_;
  options.import.jobs = jobs_ != 0 ? jobs_ : std::max(1U, std::thread::hardware_concurrency());
  options.import.as_of = as_of_.empty() ? today() : as_of_;
  if (parse_day(options.import.as_of) != options.import.as_of) {
    return Error{fmt::format("--as-of {}: expected a day such as 2026-11-21", as_of_)};
  }
  for (const std::string& text : sources_) {
    auto source = assignment(text, "--source");
    if (!source) {
      return std::move(source).error();
    }
    options.import.sources.push_back(*source);
  }
  options.import.domain_owners = config.domain_owners;
  options.link = config.link;
  options.guard = config.guard;
  options.rules = {.assume_complete = assume_complete_,
                   .set = config.set,
                   .settings = config.rules,
                   .acceptances = config.acceptances,
                   .executive_titles = config.executive_titles};
  // Who is IT is known then, where it was likely only.
  if (!config.it_orgs.empty()) {
    for (const Rule* rule : Register<Rule>::all()) {
      if (rule->rests_on_it) {
        RuleSettings& settings = options.rules.settings[std::string(rule->id)];
        settings.fails = settings.fails.value_or(true);
      }
    }
  }
  options.fail_on = config.fail_on;
  options.baseline = baseline_;
  options.any_fails = any_fails_;
  options.estate = config.estate;
  options.config_files = config.files;
  options.config_digest = config.digest;
  for (const Status& status :
       {add_rules(only_, options.rules.only), add_rules(skip_, options.rules.skip),
        read_profiles(config, options.import), read_redact_key(options.import),
        read_where(options)}) {
    if (!status) {
      return status.error();
    }
  }
  return options;
}

Result<OutputRequest> AuditArguments::output(const std::string& text) const {
  const std::size_t colon = text.find(':');
  const std::string prefix = text.substr(0, colon);
  const ReportFormat* named =
      colon == std::string::npos ? nullptr : Register<ReportFormat>::find(prefix);
  // A path may have a colon in it, but hardly behind what is almost a format.
  if (named == nullptr && colon != std::string::npos && prefix.size() > 2 &&
      nearest(prefix, formats_)) {
    return Error{fmt::format("-o {}: no format is called '{}'{}; there are {}", text, prefix,
                             did_you_mean(prefix, formats_), join(formats_, ", "))};
  }
  const std::string path = named != nullptr ? text.substr(colon + 1) : text;
  const ReportFormat* format = named != nullptr ? named
                               : path == "-"    ? Register<ReportFormat>::find(standard_format_)
                                                : format_of_ending(path);
  if (format == nullptr && Register<ReportFormat>::find(text) != nullptr) {
    return Error{fmt::format("-o {0}: is a format, and names no file: write {0}:FILE", text)};
  }
  if (format == nullptr) {
    return Error{fmt::format(
        "-o {}: neither its ending nor a prefix says the format; write FORMAT:FILE "
        "with one of {}{}",
        text, join(formats_, ", "), did_you_mean(text.substr(text.rfind('.') + 1), formats_))};
  }
  if (std::ranges::find(formats_, format->id) == formats_.end()) {
    return Error{fmt::format("-o {}: this command writes {} only", text, join(formats_, " or "))};
  }
  if (path.empty()) {
    return Error{fmt::format("-o {}: the file is missing", text)};
  }
  if (format->is_folder && path == "-") {
    return Error{fmt::format("-o {}: writes a folder: name one", text)};
  }
  return OutputRequest{format, path};
}

Result<std::vector<OutputRequest>> AuditArguments::outputs() const {
  std::vector<OutputRequest> requests;
  for (const std::string& text : outputs_) {
    auto request = output(text);
    if (!request) {
      return std::move(request).error();
    }
    const auto same = [&](const OutputRequest& other) { return other.path == request->path; };
    if (std::ranges::any_of(requests, same)) {
      return Error{fmt::format("-o {}: two outputs go to the same place", text)};
    }
    requests.push_back(*request);
  }
  if (requests.empty()) {
    requests.push_back({Register<ReportFormat>::find(standard_format_), "-"});
  }
  return requests;
}

}  // namespace tierline
