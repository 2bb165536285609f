#include <fmt/format.h>

#include <memory>
#include <optional>

#include "commands.h"
#include "run_audit.h"
#include "tierline/text.h"

namespace tierline {
namespace {

/// Those that are named; all where none is.
Result<std::vector<Table>> chosen(const std::vector<std::string>& wanted) {
  std::vector<std::string> names;
  std::vector<Table> all;
  for (std::size_t i = 0; i < table_count; ++i) {
    all.push_back(static_cast<Table>(i));
    names.emplace_back(to_string(all.back()));
  }
  std::vector<Table> tables;
  for (const std::string& name : wanted) {
    const auto at = std::ranges::find(names, name);
    if (at == names.end()) {
      return Error{fmt::format("--table {}: no table is called that{}; there are {}", name,
                               did_you_mean(name, names), join(names, ", "))};
    }
    tables.push_back(static_cast<Table>(at - names.begin()));
  }
  return tables.empty() ? all : tables;
}

WriteOutput tables_in(std::vector<Table> tables, bool all_rows) {
  return [tables = std::move(tables), all_rows](const Audit& audit, const ReportFormat& format,
                                                Output& output) -> Status {
    output.write(format.id == "csv" ? table_csv(audit.report(), tables.front())
                                    : tables_text(audit.report(), tables, all_rows));
    return Done{};
  };
}

/// CSV has one header, and so one table.
bool asks_for_csv(const AuditArguments& arguments) {
  const auto outputs = arguments.outputs();
  return outputs && std::ranges::any_of(*outputs, [](const OutputRequest& request) {
           return request.format->id == "csv";
         });
}

int write_tables(const AuditArguments& arguments, const std::vector<std::string>& wanted) {
  auto tables = chosen(wanted);
  if (!tables) {
    return fail(to_string(tables.error()));
  }
  if (tables->size() != 1 && asks_for_csv(arguments)) {
    return fail("-o csv: holds one table: name it with --table");
  }
  const int code = exit_code(run_audit(arguments, tables_in(std::move(*tables), !wanted.empty())));
  return code == 1 ? 0 : code;
}

}  // namespace

void add_tables(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand(
      "tables", "Show how well owned the estate is, who owns how much, and who shares what");
  auto arguments = std::make_shared<AuditArguments>();
  auto tables = std::make_shared<std::vector<std::string>>();
  arguments->add_import_options(*command);
  arguments->add_rule_options(*command);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < table_count; ++i) {
    names.emplace_back(to_string(static_cast<Table>(i)));
  }
  command
      ->add_option("--table", *tables,
                   "Every row of this table; may be given several times. Without it, how each "
                   "begins: " +
                       join(names, ", "))
      ->type_name("TABLE")
      ->allow_extra_args(false);
  arguments->add_output_option(*command, "text", {"csv", "text"},
                               "Where to write: FILE.txt, or FILE.csv for one table. Without it, "
                               "text on standard output. In JSON, the tables are members of what "
                               "`audit -o json:FILE` writes");
  command->footer(
      "Examples:\n"
      "  tierline tables exports/\n"
      "  tierline tables exports/ --table owners -o owners.csv\n"
      "  tierline tables exports/ --table platformCollaborators --where portfolio=Retail\n"
      "\n"
      "Exit status: 0 shown, 2 could not run, 3 shown of an export that is incomplete.");
  command->callback([arguments, tables, &action] {
    action = [arguments, tables] { return write_tables(*arguments, *tables); };
  });
}

}  // namespace tierline
