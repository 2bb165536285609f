// Where configuration comes from, and where it must not come from.

#include <algorithm>
#include <filesystem>

#include "config/within.h"
#include "tierline/config.h"

namespace tierline {
namespace {

namespace fs = std::filesystem;

fs::path resolved(const fs::path& path) {
  std::error_code error;
  const fs::path real = fs::weakly_canonical(path, error);
  return error ? fs::absolute(path, error).lexically_normal() : real;
}

bool is_in(const fs::path& path, const fs::path& folder) {
  return std::ranges::mismatch(folder, path).in1 == folder.end();
}

}  // namespace

bool is_within(const std::string& file, std::span<const std::string> exports) {
  // A link lies where it stands, and where it leads.
  const fs::path path(file);
  const fs::path stands = resolved(path.has_parent_path() ? path.parent_path() : ".");
  const fs::path leads = resolved(path);
  return std::ranges::any_of(exports, [&](const std::string& one) {
    std::error_code error;
    const fs::path root = resolved(one);
    return fs::is_directory(root, error) ? is_in(stands, root) || is_in(leads, root)
                                         : leads == root;
  });
}

ConfigSearch find_config(std::span<const std::string> exports) {
  ConfigSearch search;
  std::error_code error;
  const fs::path here = fs::current_path(error);
  if (error) {
    return search;
  }
  fs::path prefix;
  for (fs::path folder = here;; folder = folder.parent_path(), prefix /= "..") {
    const std::string file = (prefix / "tierline.toml").string();
    if (fs::exists(file, error)) {
      if (!is_within(file, exports)) {
        search.file = file;
        return search;
      }
      search.passed_over.push_back(file);
    }
    if (folder == folder.parent_path()) {
      return search;
    }
  }
}

}  // namespace tierline
