#include "transcript.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "run_tool.h"
#include "scratch.h"
#include "tierline/text.h"

namespace tierline {
namespace {

namespace fs = std::filesystem;

/// The words of a command line; single and double quotes keep blanks together.
std::vector<std::string> words_of(std::string_view command) {
  std::vector<std::string> words;
  std::string word;
  char quote = '\0';
  bool has_word = false;
  for (const char c : command) {
    if (quote != '\0') {
      quote = c == quote ? '\0' : quote;
      if (quote != '\0') {
        word += c;
      }
    } else if (c == '\'' || c == '"') {
      quote = c;
      has_word = true;
    } else if (c == ' ') {
      if (has_word) {
        words.push_back(std::exchange(word, {}));
      }
      has_word = false;
    } else {
      word += c;
      has_word = true;
    }
  }
  if (has_word) {
    words.push_back(word);
  }
  return words;
}

std::string marked(std::string_view mark, std::string_view text) {
  std::string lines;
  if (text.ends_with('\n')) {
    text.remove_suffix(1);
  }
  if (text.empty()) {
    return lines;
  }
  for (const std::string_view line : split(text, "\n")) {
    lines += line.empty() ? fmt::format("{}\n", mark) : fmt::format("{} {}\n", mark, line);
  }
  return lines;
}

std::string run(std::string_view command, const fs::path& workplace) {
  auto words = words_of(command);
  if (words.empty() || words.front() != "tierline") {
    return fmt::format("! not a command of tierline: {}\n", command);
  }
  words.erase(words.begin());
  const ToolRun ran = run_tool(words, {}, workplace);
  return marked("|", ran.out) + marked("!", ran.err) + fmt::format("exit {}\n", ran.exit_code);
}

}  // namespace

std::string replay(const fs::path& transcript, const fs::path& workplace) {
  fs::copy(transcript.parent_path(), workplace,
           fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  const std::string text = read_file(transcript);
  std::string replayed;
  for (const std::string_view line : split(std::string_view(text), "\n")) {
    if (line.starts_with("$ ")) {
      replayed += fmt::format("{}\n{}", line, run(line.substr(2), workplace));
    } else if (line.starts_with('#') || line.empty()) {
      replayed += fmt::format("{}\n", line);
    }
  }
  // The text ends in one line end, and splitting gives one empty line for it.
  return replayed.substr(0, replayed.size() - 1);
}

void expect_file(const fs::path& expected, std::string_view written) {
  if (std::getenv("UPDATE_EXPECTED") != nullptr) {
    std::ofstream(expected, std::ios::binary) << written;
  } else {
    EXPECT_EQ(read_file(expected), written) << expected;
  }
}

void expect_transcript(const fs::path& transcript) {
  const Scratch scratch;
  expect_file(transcript, replay(transcript, scratch.path()));
  const fs::path expected = transcript.parent_path() / "expected";
  if (!fs::exists(expected)) {
    return;
  }
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(expected)) {
    if (entry.is_directory()) {
      continue;
    }
    const fs::path written = scratch.path() / entry.path().lexically_relative(expected);
    ASSERT_TRUE(fs::exists(written)) << "no command of " << transcript << " writes " << written;
    expect_file(entry.path(), read_file(written));
  }
}

}  // namespace tierline
