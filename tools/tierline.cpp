// tierline: who answers for which service, and whom does it serve?

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "commands.h"
#include "support/utf8.h"
#include "usage.h"

/// One line, whatever stands in the names of files.
int tierline::fail(const std::string& message) {
  fmt::print(stderr, "tierline: {}\n", without_controls(repair_utf8(message)));
  return 2;
}

int main(int argc, char** argv) {
  CLI::App app(
      "Reads CMDB exports, and says which services have no owner and which supporting services "
      "support nobody.",
      "tierline");
  app.set_version_flag("--version", "tierline " TIERLINE_VERSION);
  app.require_subcommand(1);
  app.footer("`tierline COMMAND --help` explains a command. To begin with: tierline audit EXPORT");
  tierline::Action action;
  tierline::add_audit(app, action);
  tierline::add_draw(app, action);
  tierline::add_rules(app, action);
  tierline::add_profiles(app, action);
  tierline::add_schema(app, action);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) {
      return app.exit(error);  // --help and --version
    }
    return tierline::fail(tierline::usage_error(app, error));
  }
  return action();
}
