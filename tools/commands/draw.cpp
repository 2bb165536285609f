#include <memory>

#include "commands.h"
#include "run_audit.h"

namespace tierline {

void add_draw(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand("draw", "Draw the estate, worst findings first");
  auto arguments = std::make_shared<AuditArguments>();
  auto focus = std::make_shared<std::string>();
  auto most = std::make_shared<std::size_t>(0);
  arguments->add_import_options(*command);
  arguments->add_rule_options(*command);
  arguments->add_output_option(*command, "dot", true,
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
      style.most_items = *most != 0 ? *most : focus->empty() ? style.most_items : 25;
      const int code = run_audit(*arguments, style, *focus);
      return code == 1 ? 0 : code;
    };
  });
}

}  // namespace tierline
