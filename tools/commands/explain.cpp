#include "tierline/explain.h"

#include <array>
#include <memory>

#include "commands.h"
#include "run_audit.h"

namespace tierline {
namespace {

WriteOutput answer_about(std::shared_ptr<const Subjects> subjects) {
  return [subjects](const Audit& audit, const ReportFormat& format, Output& output) -> Status {
    const AuditReport report = audit.report();
    auto answers = answer(report, *subjects);
    if (!answers) {
      return std::move(answers).error();
    }
    output.write(format.id == "json" ? explanation_json(report, *answers)
                                     : explanation_text(report, *answers));
    return Done{};
  };
}

int explain(const AuditArguments& arguments, const Question& question) {
  const auto subjects = std::make_shared<Subjects>();
  const auto resolve = [&](const Inventory& inventory) -> Result<ItemSet> {
    auto found = subjects_of(inventory, question);
    if (!found) {
      return std::move(found).error();
    }
    *subjects = std::move(*found);
    return items_concerned(inventory, *subjects);
  };
  constexpr std::array reads = {RuleInput::contact, RuleInput::members, RuleInput::vendor,
                                RuleInput::link};
  const int code = exit_code(run_audit(arguments, answer_about(subjects), resolve, reads));
  return code == 1 ? 0 : code;
}

}  // namespace

void add_explain(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand(
      "explain", "Say why: who answers for an item, whom it serves, what is wrong, what to do");
  auto arguments = std::make_shared<AuditArguments>();
  auto question = std::make_shared<Question>();
  arguments->add_import_options(*command);
  arguments->add_rule_options(*command);
  auto* items = command->add_option(
      "--item", question->items, "An item, by name, id, or SOURCE/ID; may be given several times");
  items->type_name("NAME|ID|KEY")->allow_extra_args(false);
  auto* persons = command->add_option("--person", question->persons,
                                      "A person or group; may be given several times");
  persons->type_name("NAME|ID")->allow_extra_args(false);
  auto* findings = command->add_option(
      "--finding", question->findings,
      "A finding, by its fingerprint in a report, or how that begins; may be given several times");
  findings->type_name("FINGERPRINT")->allow_extra_args(false);
  arguments->add_output_option(*command, "text", {"json", "text"},
                               "Where to write: FILE.txt or FILE.json. Without it, text on "
                               "standard output");
  command->footer(
      "Examples:\n"
      "  tierline explain exports/ --item Payroll\n"
      "  tierline explain exports/ --person 'Ann Lindqvist' -o ann.json\n"
      "  tierline explain exports/ --finding 3f0c2a\n"
      "\n"
      "Exit status: 0 explained, 2 could not run, 3 explained from an export that is incomplete.");
  command->callback([arguments, question, items, persons, findings, &action] {
    if (items->empty() && persons->empty() && findings->empty()) {
      throw CLI::RequiredError("--item, --person or --finding");
    }
    action = [arguments, question] { return explain(*arguments, *question); };
  });
}

}  // namespace tierline
