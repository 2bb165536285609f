#include <memory>

#include "commands.h"
#include "run_audit.h"

namespace tierline {

namespace {

/// What the command's own options say.
struct DrawArguments {
  std::string focus;
  std::size_t most = 0;
  std::string theme = "auto";
  std::string layout = "tierline";
  ReportStyle style;

  [[nodiscard]] bool by_graphviz() const { return layout == "graphviz"; }
};

void add_choice(CLI::App& command, DrawArguments& arguments) {
  command
      .add_option("--portfolio", arguments.style.subject.portfolios,
                  "The map: only services that this portfolio holds; may be given several times")
      ->type_name("NAME|ID")
      ->allow_extra_args(false);
  command
      .add_option("--owner", arguments.style.subject.owners,
                  "The map: only services that this person or group owns; may be given several "
                  "times")
      ->type_name("NAME|ID")
      ->allow_extra_args(false);
  command.add_option("--focus", arguments.focus, "Draw what stands around this item")
      ->type_name("NAME|ID");
  command
      .add_option("--most", arguments.most,
                  "DOT and --layout graphviz: at most so many items; 300 without it, 25 around a "
                  "--focus")
      ->type_name("N")
      ->check(CLI::Range(std::size_t{1}, std::size_t{2000}));
}

void add_look(CLI::App& command, DrawArguments& arguments) {
  command
      .add_option("--theme", arguments.theme,
                  "SVG: colours; auto is light, and dark where the viewer prefers it")
      ->type_name("auto|light|dark")
      ->check(CLI::IsMember({"auto", "light", "dark"}).description(""))
      ->capture_default_str();
  command
      .add_option("--width", arguments.style.width,
                  "SVG: so many pixels wide; without it, as fills a slide of 16:9 best")
      ->type_name("N")
      ->check(CLI::Range(300U, 10'000U));
  command
      .add_option("--layout", arguments.layout,
                  "SVG: tierline's own, or that of Graphviz: items and relations, tiers from top "
                  "to bottom, worst findings first")
      ->type_name("tierline|graphviz")
      ->check(CLI::IsMember({"tierline", "graphviz"}).description(""))
      ->capture_default_str();
}

ReportStyle style_of(const DrawArguments& arguments) {
  ReportStyle style = arguments.style;
  style.theme = arguments.theme == "dark"    ? Theme::dark
                : arguments.theme == "light" ? Theme::light
                                             : Theme::automatic;
  style.by_graphviz = arguments.by_graphviz();
  style.most_items = arguments.most != 0       ? arguments.most
                     : arguments.focus.empty() ? style.most_items
                                               : 25;
  return style;
}

/// The picture, around the item called `focus` if there is one.
WriteOutput draw_as(const DrawArguments& arguments) {
  return [focus = arguments.focus, style = style_of(arguments)](
             const Audit& audit, const ReportFormat& format, Output& output) -> Status {
    ReportStyle chosen = style;
    if (!focus.empty()) {
      auto item = find_item(*audit.inventory, focus);
      if (!item) {
        return std::move(item).error();
      }
      chosen.subject.focus = *item;
    }
    return format.write(audit.report(), chosen, output);
  };
}

std::vector<std::string> picture_formats() {
  std::vector<std::string> pictures;
  for (const ReportFormat* format : Register<ReportFormat>::all()) {
    if (format->is_picture) {
      pictures.emplace_back(format->id);
    }
  }
  return pictures;
}

}  // namespace

void add_draw(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand("draw", "Draw who answers for which service");
  auto arguments = std::make_shared<AuditArguments>();
  auto drawn = std::make_shared<DrawArguments>();
  arguments->add_import_options(*command);
  arguments->add_rule_options(*command);
  arguments->add_output_option(*command, "dot", picture_formats(),
                               "Where to draw: FILE.svg, or FILE.dot for Graphviz. Without it, DOT "
                               "on standard output");
  add_choice(*command, *drawn);
  add_look(*command, *drawn);
  command->footer(
      "Examples:\n"
      "  tierline draw exports/ -o map.svg\n"
      "  tierline draw exports/ --portfolio Retail --theme dark -o retail.svg\n"
      "  tierline draw exports/ --focus Payroll -o payroll.svg\n"
      "\n"
      "Exit status: 0 drawn, 2 could not run, 3 drawn from an export that is incomplete.");
  command->callback([arguments, drawn, &action] {
    action = [arguments, drawn] {
      const int code = run_audit(*arguments, draw_as(*drawn));
      return code == 1 ? 0 : code;
    };
  });
}

}  // namespace tierline
