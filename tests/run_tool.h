#pragma once
// The program as a user runs it.

#include <string>
#include <vector>

namespace tierline {

struct ToolRun {
  int exit_code = 0;
  std::string out;
  std::string err;
};

/// Runs `tierline ARGUMENT...` with `input` as its standard input, in the folder `where`.
ToolRun run_tool(const std::vector<std::string>& arguments, const std::string& input = {},
                 const std::string& where = ".");

}  // namespace tierline
