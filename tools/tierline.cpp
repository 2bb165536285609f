// tierline: who answers for which service, and whom does it serve?

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>
#include <system_error>

#include "commands.h"
#include "tierline/output.h"
#include "tierline/utf8.h"
#include "usage.h"

void tierline::say(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
}

/// One line, whatever stands in the names of files.
int tierline::fail(const std::string& message) {
  say(fmt::format("tierline: {}\n", without_controls(repair_utf8(message))));
  return 2;
}

namespace {

/// The first files that are opened must not become the standard streams where those are closed:
/// what is said would land in a report. Nothing can be read from or written to what stands there.
void reserve_standard_streams() {
  for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; ++stream) {
    if (::fcntl(stream, F_GETFD) < 0) {
      ::open("/", O_PATH | O_DIRECTORY);
    }
  }
}

/// Without memory of its own.
[[noreturn]] void end_at_once() {
  tierline::remove_unfinished_outputs();
  tierline::say("tierline: could not go on: out of memory, or an error of its own\n");
  std::_Exit(2);
}

/// The exit code, unless what went to standard output could not be written.
int written(int code) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) {
    return code;
  }
  return tierline::fail(fmt::format("<stdout>: cannot write: {}", std::strerror(errno)));
}

#ifdef TIERLINE_WITHOUT_PAGE
constexpr const char* version = "tierline " TIERLINE_VERSION ", built without HTML reports";
#else
constexpr const char* version = "tierline " TIERLINE_VERSION;
#endif

int run(int argc, char** argv) {
  CLI::App app(
      "Reads CMDB exports, and says which services have no owner and which supporting services "
      "support nobody.",
      "tierline");
  app.set_version_flag("--version", version);
  app.require_subcommand(1);
  app.footer("`tierline COMMAND --help` explains a command. To begin with: tierline audit EXPORT");
  tierline::Action action;
  tierline::add_audit(app, action);
  tierline::add_draw(app, action);
  tierline::add_baseline(app, action);
  tierline::add_accept(app, action);
  tierline::add_diff(app, action);
  tierline::add_history(app, action);
  tierline::add_explain(app, action);
  tierline::add_tables(app, action);
  tierline::add_rules(app, action);
  tierline::add_profiles(app, action);
  tierline::add_config(app, action);
  tierline::add_schema(app, action);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) {
      return written(app.exit(error));  // --help and --version
    }
    return tierline::fail(tierline::usage_error(app, error));
  }
  return written(action());
}

}  // namespace

int main(int argc, char** argv) {
  reserve_standard_streams();
  tierline::clean_up_on_signals();
  std::set_terminate(end_at_once);
  try {
    return run(argc, argv);
  } catch (const std::bad_alloc&) {
    tierline::say("tierline: out of memory\n");
  } catch (const std::system_error& error) {
    return tierline::fail(std::ferror(stdout) != 0 ? fmt::format("<stdout>: {}", error.what())
                                                   : error.what());
  } catch (const std::exception& error) {
    return tierline::fail(error.what());
  }
  return 2;
}
