#include <algorithm>
#include <filesystem>
#include <map>

#include "tierline/input.h"

namespace tierline {
namespace {

namespace fs = std::filesystem;

/// Adds the files of a folder and of those in it; returns how many it has.
std::size_t list_folder(const fs::path& folder, std::map<std::string, InputFile>& found,
                        std::error_code& error) {
  std::size_t count = 0;
  auto entry = fs::recursive_directory_iterator(folder, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (is_hidden_name(entry->path().filename().string())) {
      entry.disable_recursion_pending();
    } else if (entry->is_regular_file(error)) {
      const std::string path = entry->path().generic_string();
      found.try_emplace(fs::weakly_canonical(path).generic_string(), InputFile{path, false});
      ++count;
    }
  }
  return count;
}

}  // namespace

bool is_hidden_name(std::string_view name) {
  return name.starts_with('.') || name.starts_with("~$");
}

Result<std::vector<InputFile>> list_files(std::span<const std::string> inputs) {
  std::map<std::string, InputFile> found;  // By canonical path, so that no file is read twice.
  for (const std::string& input : inputs) {
    std::error_code error;
    if (input == "-") {
      found.insert_or_assign(input, InputFile{input, true});
    } else if (fs::is_directory(input, error)) {
      const std::size_t count = list_folder(input, found, error);
      if (error) {
        return Error{"cannot list this folder: " + error.message(), {input}};
      }
      if (count == 0) {
        return Error{"no files in this folder: name one that holds exports", {input}};
      }
    } else if (!fs::exists(input, error)) {
      return Error{"no such file or folder", {input}};
    } else {
      found.insert_or_assign(fs::weakly_canonical(input).generic_string(), InputFile{input, true});
    }
  }
  std::vector<InputFile> files;
  for (auto& [canonical, file] : found) {
    files.push_back(std::move(file));
  }
  std::ranges::sort(files, {}, &InputFile::path);
  return files;
}

}  // namespace tierline
