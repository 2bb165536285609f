#include "run_tool.h"

#include <fcntl.h>
#include <grp.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>

#include "scratch.h"

namespace tierline {
namespace {

void redirect(const std::string& path, int flags, int to) {
  const int from = ::open(path.c_str(), flags, 0600);
  ::dup2(from, to);
  ::close(from);
}

}  // namespace

ToolRun run_tool(const std::vector<std::string>& arguments, const std::string& input,
                 const std::string& where, const std::function<void()>& prepare) {
  const Scratch scratch;
  const std::string in = scratch.write("in", input);
  const std::string out = scratch / "out";
  const std::string err = scratch / "err";
  std::vector<char*> words = {const_cast<char*>(TIERLINE_TOOL)};
  for (const std::string& argument : arguments) {
    words.push_back(const_cast<char*>(argument.c_str()));
  }
  words.push_back(nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    redirect(in, O_RDONLY, STDIN_FILENO);
    redirect(out, O_WRONLY | O_CREAT, STDOUT_FILENO);
    redirect(err, O_WRONLY | O_CREAT, STDERR_FILENO);
    // Opened before rights are given up: somebody else may not reach its place.
    const int tool = ::open(TIERLINE_TOOL, O_RDONLY | O_CLOEXEC);
    if (::chdir(where.c_str()) == 0) {
      if (prepare) {
        prepare();
      }
      ::fexecve(tool, words.data(), ::environ);
    }
    ::_exit(127);
  }
  int status = 0;
  if (child < 0 || ::waitpid(child, &status, 0) != child) {
    throw std::runtime_error("cannot run the tool");
  }
  ToolRun run;
  run.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  run.out = read_file(out);
  run.err = read_file(err);
  return run;
}

bool become_nobody() {
  constexpr uid_t nobody = 65534;
  return ::geteuid() != 0 ||
         (::setgroups(0, nullptr) == 0 && ::setgid(nobody) == 0 && ::setuid(nobody) == 0);
}

}  // namespace tierline
