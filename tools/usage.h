#pragma once
// What is wrong with a command line, in the form of all other errors: an unknown command or option
// gets the nearest one that there is.

#include <CLI/CLI.hpp>
#include <string>

namespace tierline {

/// Why `app` could not read its command line. `error` is what CLI11 says of it.
std::string usage_error(const CLI::App& app, const CLI::ParseError& error);

}  // namespace tierline
