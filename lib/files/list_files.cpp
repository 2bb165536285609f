#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <set>

#include "files/files.h"
#include "tierline/text.h"

namespace tierline {
namespace {

namespace fs = std::filesystem;

std::string why_unreadable(fs::file_type type, const std::error_code& error) {
  switch (type) {
    case fs::file_type::not_found:
      return "a link that leads nowhere: mend it, or take it away";
    case fs::file_type::none:
      return "cannot open: " + error.message();
    default:
      return "a pipe, a socket or a device: name it itself if it is to be read";
  }
}

class Lister {
 public:
  explicit Lister(const std::function<bool(const std::string& path)>& has_export_ending)
      : has_export_ending_(has_export_ending) {}

  Status add(const std::string& input) {
    if (input == "-") {
      found_.insert_or_assign(input, InputFile{input, true});
      return Done{};
    }
    std::error_code error;
    switch (fs::status(input, error).type()) {
      case fs::file_type::directory:
        return add_folder(input);
      case fs::file_type::not_found:
        return Error{"no such file or folder", {input}};
      case fs::file_type::none:
        return Error{"cannot open: " + error.message(), {input}};
      default:
        found_.insert_or_assign(key_of(input), InputFile{input, true});
        return Done{};
    }
  }

  FileList take() {
    FileList list;
    for (auto& [key, file] : found_) {
      list.files.push_back(std::move(file));
    }
    std::ranges::sort(list.files, {}, &InputFile::path);
    list.notices = std::move(notices_);
    return list;
  }

 private:
  /// Whether somebody will miss what stands there when it is not read.
  [[nodiscard]] bool looks_like_exports(const std::string& path) const {
    const std::string lower = to_lower(without_compression_ending(path));
    return has_export_ending_(path) || lower.ends_with(".zip") || lower.ends_with(".tar") ||
           lower.ends_with(".tgz");
  }

  /// What is the same for a file however it is named. A pipe has nothing of the kind.
  static std::string key_of(const std::string& path) {
    std::error_code error;
    const fs::path canonical = fs::canonical(path, error);
    return error ? path : canonical.generic_string();
  }

  /// Adds the files of a folder and of those in it, each folder once, whatever links lead to it.
  Status add_folder(const std::string& input) {
    std::set<std::pair<dev_t, ino_t>> seen;
    folders_ = {input};
    links_.clear();
    files_here_ = 0;
    while (!folders_.empty() || !links_.empty()) {
      auto& next = folders_.empty() ? links_ : folders_;  // A folder's own name comes first.
      const fs::path folder = std::move(next.back());
      next.pop_back();
      struct stat status {};
      if (::stat(folder.c_str(), &status) == 0 &&
          !seen.emplace(status.st_dev, status.st_ino).second) {
        continue;
      }
      if (auto added = add_entries(folder); !added) {
        return added;
      }
    }
    if (files_here_ == 0) {
      return Error{"no files in this folder: name one that holds exports", {input}};
    }
    return Done{};
  }

  /// The folder is closed again before those in it are opened.
  Status add_entries(const fs::path& folder) {
    std::vector<fs::path> entries;
    std::error_code error;
    auto entry = fs::directory_iterator(folder, error);
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
      if (!is_hidden_name(entry->path().filename().string())) {
        entries.push_back(entry->path());
      }
    }
    if (error) {
      return Error{"cannot list this folder: " + error.message(), {folder.generic_string()}};
    }
    std::ranges::sort(entries);
    for (const fs::path& path : entries) {
      if (auto added = add_entry(path); !added) {
        return added;
      }
    }
    return Done{};
  }

  Status add_entry(const fs::path& entry) {
    const std::string path = entry.generic_string();
    std::error_code error;
    const fs::file_type type = fs::status(entry, error).type();
    if (type == fs::file_type::directory) {
      (fs::is_symlink(entry, error) ? links_ : folders_).push_back(entry);
    } else if (type == fs::file_type::regular) {
      found_.try_emplace(key_of(path), InputFile{path, false});
      ++files_here_;
    } else if (looks_like_exports(path)) {
      return Error{why_unreadable(type, error), {path}};
    } else {
      notices_.push_back({"not-an-export", why_unreadable(type, error), {path}});
    }
    return Done{};
  }

  const std::function<bool(const std::string& path)>& has_export_ending_;
  std::map<std::string, InputFile> found_;  ///< So that no file is read twice.
  std::vector<Notice> notices_;
  std::vector<fs::path> folders_;  ///< Yet to be listed, of the input at hand.
  std::vector<fs::path> links_;    ///< The same, of links to folders.
  std::size_t files_here_ = 0;
};

}  // namespace

bool is_hidden_name(std::string_view name) {
  return name.starts_with('.') || name.starts_with("~$");
}

Result<FileList> list_files(std::span<const std::string> inputs,
                            const std::function<bool(const std::string& path)>& has_export_ending) {
  Lister lister(has_export_ending);
  for (const std::string& input : inputs) {
    if (auto added = lister.add(input); !added) {
      return std::move(added).error();
    }
  }
  return lister.take();
}

}  // namespace tierline
