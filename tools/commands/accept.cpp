#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <optional>

#include "audit_arguments.h"
#include "commands.h"
#include "tierline/baseline.h"
#include "tierline/config.h"
#include "tierline/output.h"
#include "tierline/small_file.h"
#include "tierline/text.h"
#include "tierline/utf8.h"

namespace tierline {
namespace {

namespace fs = std::filesystem;

struct AcceptArguments {
  Acceptance entry;
  std::string report;  ///< To look the finding up in; empty for none.
  std::string file;    ///< To add the entry to; empty: beside the configuration.
};

std::string shown(std::string_view text) {
  return made_visible(repair_utf8(text));
}

/// `# Print (item s2)`: what of a report the fingerprint is.
Result<std::string> look_up(const std::string& report, Acceptance& entry) {
  auto known = read_baseline(report);
  if (!known) {
    return std::move(known).error();
  }
  if (!*known) {
    return Error{"is not there", {report}};
  }
  const BaselineFinding* const found = (*known)->find(entry.fingerprint);
  if (found == nullptr) {
    return Error{fmt::format("has no finding with the fingerprint {}", entry.fingerprint),
                 {report}};
  }
  entry.rule = found->rule;
  return fmt::format("# {} ({} {})\n", shown(found->name.empty() ? found->id : found->name),
                     shown(found->kind), shown(found->id));
}

/// Where entries go that no file is named for.
Result<std::string> standard_file() {
  const ConfigSearch search = find_config({});
  if (search.file.empty()) {
    return Error{
        "there is no tierline.toml here or above, beside which acceptances.toml would count: name "
        "a file with --to, and give it to audits with --acceptances"};
  }
  return (fs::path(search.file).parent_path() / "acceptances.toml").string();
}

/// What the file holds; nothing where it is not there yet.
Result<std::string> content_of(const std::string& file) {
  constexpr std::size_t most_bytes = std::size_t{4} * 1024 * 1024;
  std::error_code error;
  if (!fs::exists(file, error)) {
    return std::string();
  }
  return read_small_file(file, most_bytes, "file of acceptances");
}

std::optional<Error> doubled(const std::vector<Acceptance>& all, const Acceptance& entry) {
  for (const Acceptance& one : all) {
    if (one.fingerprint == entry.fingerprint && one.expires >= entry.created) {
      return Error{fmt::format("accepts this finding already, until {} by {}: change that entry",
                               one.expires, one.approver),
                   one.place};
    }
  }
  return std::nullopt;
}

/// The file with the entry at its end; an error where either says what it must not.
Result<std::string> with_entry(const std::string& file, const std::string& comment,
                               const Acceptance& entry) {
  auto content = content_of(file);
  if (!content) {
    return std::move(content).error();
  }
  const auto known = parse_acceptances(*content, file);
  if (!known) {
    return known.error();
  }
  if (auto error = doubled(*known, entry)) {
    return std::move(*error);
  }
  const std::string added = comment + acceptance_text(entry);
  if (const auto one = parse_acceptances(added, "this entry"); !one) {
    return Error{one.error().message};
  }
  const std::string gap = content->empty() ? "" : content->ends_with('\n') ? "\n" : "\n\n";
  return *content + gap + added;
}

Status write(const std::string& file, const std::string& text) {
  auto output = Output::open(file);
  if (!output) {
    return std::move(output).error();
  }
  (*output)->write(text);
  const std::array<Output*, 1> all = {output->get()};
  return commit(all);
}

Status accept(AcceptArguments arguments) {
  Acceptance& entry = arguments.entry;
  entry.fingerprint = to_lower(entry.fingerprint);
  entry.created = entry.created.empty() ? today() : entry.created;
  std::string comment;
  if (!arguments.report.empty()) {
    auto found = look_up(arguments.report, entry);
    if (!found) {
      return std::move(found).error();
    }
    comment = std::move(*found);
  }
  auto file = arguments.file.empty() ? standard_file() : Result<std::string>(arguments.file);
  if (!file) {
    return std::move(file).error();
  }
  if (to_lower(fs::path(*file).extension().string()) == ".csv") {
    return Error{"rows are added where the sheet is kept: name a TOML file", {*file}};
  }
  const auto text = with_entry(*file, comment, entry);
  if (!text) {
    return text.error();
  }
  if (auto written = write(*file, *text); !written) {
    return written;
  }
  fmt::print("{}: {} is accepted until {}\n", shown(*file), shown(entry.label()), entry.expires);
  return Done{};
}

}  // namespace

void add_accept(CLI::App& app, Action& action) {
  auto* command =
      app.add_subcommand("accept", "Live with a finding for some time: it stays, and fails no run");
  auto arguments = std::make_shared<AcceptArguments>();
  Acceptance& entry = arguments->entry;
  command->add_option("fingerprint", entry.fingerprint, "The finding, as reports name it")
      ->required()
      ->type_name("FINGERPRINT");
  command->add_option("--reason", entry.reason, "Why it can be lived with")
      ->required()
      ->type_name("TEXT");
  command
      ->add_option("--until", entry.expires, "The last day of it, at most 365 days after the first")
      ->required()
      ->type_name("YYYY-MM-DD");
  command->add_option("--as", entry.approver, "Who decided it, by id or name")
      ->required()
      ->type_name("WHO");
  command->add_option("--as-of", entry.created, "The first day of it; today in UTC without it")
      ->type_name("YYYY-MM-DD");
  command
      ->add_option("--in", arguments->report,
                   "A JSON report or baseline that has the finding: the entry then says its rule, "
                   "and what it is about")
      ->type_name("FILE");
  command
      ->add_option("--to", arguments->file,
                   "Where to add the entry. Without it, acceptances.toml beside the nearest "
                   "tierline.toml, which audits read by themselves")
      ->type_name("FILE");
  command->footer(
      "Adds an entry such as this, which may as well be written by hand, here or in "
      "tierline.toml:\n"
      "\n"
      "  [[accept]]\n"
      "  rule = \"owner-missing\"\n"
      "  match = {class = \"cmdb_ci_service\", glob = \"Print*\"}\n"
      "  reason = \"Printing moves to the landlord in spring\"\n"
      "  approver = \"ann.archer\"\n"
      "  created = \"2026-11-01\"\n"
      "  expires = \"2027-04-30\"\n"
      "\n"
      "`match` says which findings of the rule, and all of it has to fit: item (id), class, "
      "owner,\n"
      "portfolio, glob (name or id), fingerprint. Only a fingerprint can do without a rule. In "
      "CSV,\n"
      "these names are columns. What is accepted stays in every report, is counted, and fails no\n"
      "run. Rules tell of acceptances that have expired, will within 14 days, fit nothing, or fit\n"
      "too much. `acceptance_policy = \"require\"` in tierline.toml asks that who approves is an\n"
      "owner of the subject, or of what contains it.\n"
      "\n"
      "Examples:\n"
      "  tierline accept 0123456789abcdef0123456789abcdef --in findings.json --as ann.archer \\\n"
      "      --until 2027-04-30 --reason 'Printing moves to the landlord in spring'\n"
      "  tierline audit exports/ --acceptances accepted.csv");
  command->callback([arguments, &action] {
    action = [arguments] {
      const auto done = accept(*arguments);
      return done ? 0 : fail(to_string(done.error()));
    };
  });
}

}  // namespace tierline
