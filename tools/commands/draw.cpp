#include <memory>

#include "commands.h"
#include "run_audit.h"

namespace tierline {

namespace {

/// The picture, around the item called `focus` if there is one.
WriteOutput draw_around(const std::string& focus, ReportStyle style) {
  return [focus, style](const Audit& audit, const ReportFormat& format, Output& output) -> Status {
    ReportStyle chosen = style;
    if (!focus.empty()) {
      auto item = find_item(*audit.inventory, focus);
      if (!item) {
        return std::move(item).error();
      }
      chosen.focus = *item;
    }
    return format.write(audit.report(), chosen, output);
  };
}

}  // namespace

void add_draw(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand("draw", "Draw the estate, worst findings first");
  auto arguments = std::make_shared<AuditArguments>();
  auto focus = std::make_shared<std::string>();
  auto most = std::make_shared<std::size_t>(0);
  arguments->add_import_options(*command);
  arguments->add_rule_options(*command);
  std::vector<std::string> pictures;
  for (const ReportFormat* format : Register<ReportFormat>::all()) {
    if (format->is_picture) {
      pictures.emplace_back(format->id);
    }
  }
  arguments->add_output_option(*command, "dot", std::move(pictures),
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
      const int code = run_audit(*arguments, draw_around(*focus, style));
      return code == 1 ? 0 : code;
    };
  });
}

}  // namespace tierline
