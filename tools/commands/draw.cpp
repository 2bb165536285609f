#include <fmt/format.h>

#include <memory>

#include "commands.h"
#include "run_audit.h"
#include "tierline/text.h"

namespace tierline {

namespace {

/// What the command's own options say.
struct DrawArguments {
  std::string focus;
  std::string from;
  std::string to;
  std::string rule;
  std::string lowest;
  std::size_t most = 0;
  std::string theme = "auto";
  std::string layout = "tierline";
  ReportStyle style;
};

/// Options that choose what the map shows.
std::vector<CLI::Option*> add_choice(CLI::App& command, DrawArguments& arguments) {
  auto* portfolio =
      command
          .add_option(
              "--portfolio", arguments.style.subject.portfolios,
              "The map: only services that this portfolio holds; may be given several times")
          ->type_name("NAME|ID")
          ->allow_extra_args(false);
  auto* owner =
      command
          .add_option("--owner", arguments.style.subject.owners,
                      "The map: only services that this person or group owns; may be given several "
                      "times")
          ->type_name("NAME|ID")
          ->allow_extra_args(false);
  return {portfolio, owner};
}

void add_neighbourhood(CLI::App& command, DrawArguments& arguments,
                       const std::vector<CLI::Option*>& choices) {
  auto* focus = command.add_option("--focus", arguments.focus,
                                   "Draw what stands around this item: whom it serves, and what it "
                                   "stands on");
  auto* from = command.add_option("--from", arguments.from, "Draw the ways from this item");
  auto* to = command.add_option("--to", arguments.to, "... to this one, which it relies on");
  for (CLI::Option* option : {focus, from, to}) {
    option->type_name("NAME|ID");
  }
  auto* rule =
      command.add_option("--rule", arguments.rule, "Draw what stands around this rule's findings")
          ->type_name("RULE");
  from->needs(to)->excludes(focus, rule);
  to->needs(from);
  rule->excludes(focus);
  for (CLI::Option* choice : choices) {
    choice->excludes(focus, from, rule);
  }
  command.add_option("--up", arguments.style.up, "Around a --focus: no more steps upwards")
      ->type_name("N")
      ->needs(focus);
  command.add_option("--down", arguments.style.down, "The same downwards")
      ->type_name("N")
      ->needs(focus);
  command
      .add_option("--to-tier", arguments.lowest,
                  "Around a --focus: downwards no further than this tier")
      ->type_name("service|system|component")
      ->check(CLI::IsMember({"service", "system", "component"}).description(""))
      ->needs(focus);
  command
      .add_option(
          "--most", arguments.most,
          "At most so many cards around a --focus, between two items or around findings, 40 "
          "without it; with Graphviz at most so many items, 300 without it, 25 around a "
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
  style.by_graphviz = arguments.layout == "graphviz";
  style.lowest = arguments.lowest.empty()        ? std::optional<Tier>()
                 : arguments.lowest == "service" ? Tier::service
                 : arguments.lowest == "system"  ? Tier::system
                                                 : Tier::component;
  return style;
}

bool is_by_graphviz(const DrawArguments& arguments, const ReportFormat& format) {
  return format.id == "dot" || (format.id == "svg" && arguments.layout == "graphviz");
}

/// Items for Graphviz, cards for pictures of ours.
std::size_t most_items(const DrawArguments& arguments, const ReportFormat& format) {
  if (arguments.most != 0) {
    return arguments.most;
  }
  const bool is_around = !arguments.focus.empty();
  return is_by_graphviz(arguments, format) ? (is_around ? 25 : 300) : 40;
}

/// What a format cannot do is not quietly left undone.
Status check_format(const DrawArguments& arguments, const ReportFormat& format) {
  const ReportStyle& style = arguments.style;
  const bool is_ours = !is_by_graphviz(arguments, format);
  const bool is_map = arguments.focus.empty() && arguments.from.empty() && arguments.rule.empty();
  if (is_ours && is_map && arguments.most != 0) {
    return Error{
        "--most: the map shows every service; --portfolio, --owner and --where choose some"};
  }
  for (const auto& [option, is_given, is_fine] :
       {std::tuple("--portfolio", !style.subject.portfolios.empty(), is_ours),
        {"--owner", !style.subject.owners.empty(), is_ours},
        {"--from", !arguments.from.empty(), is_ours},
        {"--rule", !arguments.rule.empty(), is_ours},
        {"--up", style.up.has_value(), is_ours},
        {"--down", style.down.has_value(), is_ours},
        {"--to-tier", !arguments.lowest.empty(), is_ours},
        {"--width", style.width != 0, is_ours && format.id == "svg"},
        {"--theme", arguments.theme != "auto", is_ours && format.id == "svg"},
        {"--layout graphviz", arguments.layout == "graphviz", format.id != "mermaid"}}) {
    if (is_given && !is_fine) {
      return Error{fmt::format("{}: does not go with {}{}", option, format.id,
                               is_ours ? "" : ", which Graphviz lays out")};
    }
  }
  return Done{};
}

Status find_items(const Inventory& inventory, const DrawArguments& arguments,
                  PictureSubject& subject) {
  for (const auto& [name, place] : {std::pair(&arguments.focus, &subject.focus),
                                    {&arguments.from, &subject.from},
                                    {&arguments.to, &subject.to}}) {
    if (name->empty()) {
      continue;
    }
    auto item = find_item(inventory, *name);
    if (!item) {
      return std::move(item).error();
    }
    *place = *item;
  }
  return Done{};
}

Status find_rule(const RuleResults& results, const std::string& id, PictureSubject& subject) {
  if (id.empty()) {
    return Done{};
  }
  std::vector<std::string> ids;
  for (const Rule* rule : results.rules) {
    ids.emplace_back(rule->id);
    subject.rule = rule->id == current_rule(id) ? rule : subject.rule;
  }
  if (subject.rule == nullptr) {
    return Error{
        fmt::format("--rule {}: no rule of this run is called this{}", id, did_you_mean(id, ids))};
  }
  return Done{};
}

/// The picture, of what is named in the audited estate.
WriteOutput draw_as(const DrawArguments& arguments) {
  return [arguments](const Audit& audit, const ReportFormat& format, Output& output) -> Status {
    ReportStyle style = style_of(arguments);
    style.most_items = most_items(arguments, format);
    for (const Status& status :
         {check_format(arguments, format), find_items(*audit.inventory, arguments, style.subject),
          find_rule(audit.results, arguments.rule, style.subject)}) {
      if (!status) {
        return status.error();
      }
    }
    return format.write(audit.report(), style, output);
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
  arguments->add_estate_option(*command);
  arguments->add_output_option(*command, "dot", picture_formats(),
                               "Where to draw: FILE.svg, FILE.dot for Graphviz, or FILE.mmd for "
                               "Mermaid. Without it, DOT on standard output");
  add_neighbourhood(*command, *drawn, add_choice(*command, *drawn));
  add_look(*command, *drawn);
  command->footer(
      "Examples:\n"
      "  tierline draw exports/ -o map.svg\n"
      "  tierline draw exports/ --portfolio Retail --theme dark -o retail.svg\n"
      "  tierline draw exports/ --focus Payroll -o payroll.svg\n"
      "  tierline draw exports/ --from Payroll --to db-01 -o ways.svg\n"
      "\n"
      "Exit status: 0 drawn, 2 could not run, 3 drawn from an export that is incomplete.");
  command->callback([arguments, drawn, &action] {
    action = [arguments, drawn] {
      const int code = exit_code(run_audit(*arguments, draw_as(*drawn)));
      return code == 1 ? 0 : code;
    };
  });
}

}  // namespace tierline
