#pragma once
// The program as a user runs it.

#include <functional>
#include <string>
#include <vector>

namespace tierline {

struct ToolRun {
  int exit_code = 0;
  std::string out;
  std::string err;
};

/// Runs `tierline ARGUMENT...` with `input` as its standard input, in the folder `where`. `prepare`
/// is done in the new process, right before it becomes the tool.
ToolRun run_tool(const std::vector<std::string>& arguments, const std::string& input = {},
                 const std::string& where = ".", const std::function<void()>& prepare = {});

/// Becomes a user without rights, where this one has them all; false where that cannot be.
bool become_nobody();

}  // namespace tierline
