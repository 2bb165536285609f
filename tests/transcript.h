#pragma once
// A scenario as a person reads it: what was typed, and what came back.
//
//   # A service that nobody owns is found; one that is retired is not.
//   $ tierline audit faulty.json --only owner-missing --as-of 2026-11-21
//   | tierline audit as of 2026-11-21
//   | ...
//   exit 1
//
// Lines with # are remarks; $ is a command, run in a copy of the folder that the transcript stands
// in; | is a line of what it prints on standard output, ! one on standard error.

#include <filesystem>
#include <string>
#include <string_view>

namespace tierline {

/// Runs a transcript's commands; returns it with what they print today. Files that they write are
/// left in `workplace`, which gets a copy of the transcript's folder first.
std::string replay(const std::filesystem::path& transcript, const std::filesystem::path& workplace);

/// Replays and compares, or with UPDATE_EXPECTED=1 in the environment rewrites the transcript and
/// the files in `expected/` beside it: every file there is compared with what the commands wrote.
void expect_transcript(const std::filesystem::path& transcript);

/// Compares an expected file with what was written today, or rewrites it, by the same switch.
void expect_file(const std::filesystem::path& expected, std::string_view written);

}  // namespace tierline
