#include "support/temporary_file.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <string_view>
#include <vector>

#include "tierline/output.h"

namespace tierline {
namespace {

constexpr std::string_view prefix = ".tierline-";
constexpr std::string_view ending = ".part";
constexpr std::size_t digits = 16;
constexpr std::size_t name_size = prefix.size() + digits + ending.size();

}  // namespace

bool is_temporary_name(std::string_view name) {
  return name.size() == name_size && name.starts_with(prefix) && name.ends_with(ending) &&
         name.substr(prefix.size(), digits).find_first_not_of("0123456789abcdef") ==
             std::string_view::npos;
}

std::string temporary_name() {
  std::uint64_t number = 0;
  if (::getrandom(&number, sizeof number, 0) != sizeof number) {
    number = static_cast<std::uint64_t>(::getpid()) << 32 ^ static_cast<std::uint64_t>(::clock());
  }
  return fmt::format("{}{:016x}{}", prefix, number, ending);
}

namespace {

/// Removes a file that a killed run has left: old, and locked by nobody.
void sweep(int folder, const char* name) {
  constexpr std::time_t old_enough = 3600;
  const int file =
      ::openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  struct stat status {};
  if (file >= 0 && ::fstat(file, &status) == 0 && S_ISREG(status.st_mode) &&
      status.st_mtime < std::time(nullptr) - old_enough && ::flock(file, LOCK_EX | LOCK_NB) == 0) {
    ::unlinkat(folder, name, 0);
  }
  if (file >= 0) {
    ::close(file);
  }
}

void sweep(int folder) {
  const int listed = ::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR* entries = listed < 0 ? nullptr : ::fdopendir(listed);
  if (entries == nullptr) {
    if (listed >= 0) {
      ::close(listed);
    }
    return;
  }
  while (const dirent* entry = ::readdir(entries)) {
    if (is_temporary_name(entry->d_name)) {
      sweep(folder, entry->d_name);
    }
  }
  ::closedir(entries);
}

/// What files get unless the user's mask takes it away. Asked for before there are threads.
mode_t mode_of_new_files() {
  const mode_t mask = ::umask(077);
  ::umask(mask);
  return 0666 & ~mask;
}

}  // namespace

/// Kept until the process ends, since a signal handler may be reading it.
struct TemporaryFile::Entry {
  std::atomic<int> folder = -1;  ///< -1: nothing is there any more.
  std::array<char, name_size + 1> name{};
  Entry* next = nullptr;
};

namespace {
std::atomic<void*> entries = nullptr;
}

TemporaryFile::TemporaryFile(int folder, std::string name)
    : folder_(folder), name_(std::move(name)), entry_(new Entry) {
  temporary_name().copy(entry_->name.data(), name_size);
  entry_->next = static_cast<Entry*>(entries.load());
  entry_->folder = folder;
  entries = entry_;
}

Result<std::unique_ptr<TemporaryFile>> TemporaryFile::create(int folder, std::string name) {
  sweep(folder);
  std::unique_ptr<TemporaryFile> file(new TemporaryFile(folder, std::move(name)));
  file->descriptor_ = ::openat(folder, file->entry_->name.data(),
                               O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (file->descriptor_ < 0) {
    const int error = errno;
    file->entry_->folder = -1;
    return Error{std::strerror(error)};
  }
  // Where files cannot be locked, none can be swept either.
  ::flock(file->descriptor_, LOCK_EX | LOCK_NB);
  return file;
}

TemporaryFile::~TemporaryFile() {
  if (entry_->folder.exchange(-1) >= 0) {
    ::unlinkat(folder_, entry_->name.data(), 0);
  }
  if (descriptor_ >= 0) {
    ::close(descriptor_);
  }
  ::close(folder_);
}

int TemporaryFile::save() const {
  keep_what_the_old_file_has();
  return ::fsync(descriptor_) == 0 ? 0 : errno;
}

/// Owner and attributes, as far as that is allowed. The mode comes last: until then nobody else
/// reads it.
void TemporaryFile::keep_what_the_old_file_has() const {
  struct stat old {};
  if (::fstatat(folder_, name_.c_str(), &old, AT_SYMLINK_NOFOLLOW) != 0) {
    return;
  }
  if (::fchown(descriptor_, old.st_uid, old.st_gid) != 0 &&
      ::fchown(descriptor_, static_cast<uid_t>(-1), old.st_gid) != 0) {
    errno = 0;
  }
  const std::string path = fmt::format("/proc/self/fd/{}/{}", folder_, name_);
  std::vector<char> names(64 * 1024);
  std::vector<char> value(64 * 1024);
  const ssize_t size = ::listxattr(path.c_str(), names.data(), names.size());
  for (const char* name = names.data(); name < names.data() + std::max<ssize_t>(size, 0);
       name += std::strlen(name) + 1) {
    const ssize_t got = ::getxattr(path.c_str(), name, value.data(), value.size());
    if (got >= 0) {
      ::fsetxattr(descriptor_, name, value.data(), static_cast<std::size_t>(got), 0);
    }
  }
  // An access list among them would let others in already.
  ::fchmod(descriptor_, 0600);
}

int TemporaryFile::put_in_place() {
  struct stat old {};
  struct stat now {};
  mode_t mode = 0;
  if (::fstatat(folder_, name_.c_str(), &old, AT_SYMLINK_NOFOLLOW) == 0 &&
      ::fstat(descriptor_, &now) == 0) {
    // Who may not give it its owner does not lend it their rights either.
    const bool same_owner = old.st_uid == now.st_uid && old.st_gid == now.st_gid;
    mode = old.st_mode & (same_owner ? 07777U : 0777U);
  } else {
    mode = mode_of_new_files();
  }
  if (::fchmod(descriptor_, mode) != 0 ||
      ::renameat(folder_, entry_->name.data(), folder_, name_.c_str()) != 0) {
    return errno;
  }
  entry_->folder = -1;
  return 0;
}

void TemporaryFile::settle() const {
  ::fsync(descriptor_);
  ::fsync(folder_);
}

void remove_unfinished_outputs() {
  for (auto* entry = static_cast<TemporaryFile::Entry*>(entries.load()); entry != nullptr;
       entry = entry->next) {
    if (const int folder = entry->folder.load(); folder >= 0) {
      ::unlinkat(folder, entry->name.data(), 0);
    }
  }
}

}  // namespace tierline
