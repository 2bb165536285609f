#include "files/archive_reader.h"

#include <archive_entry.h>
#include <fmt/format.h>
#include <locale.h>

#include <algorithm>
#include <cerrno>

#include "tierline/text.h"

namespace tierline {
namespace {

constexpr std::size_t given_capacity = 1024 * 1024;
constexpr std::size_t record_size = 512;  // Of a tar.
constexpr std::int64_t most_padding = 64 * 1024 * 1024;

bool is_zero(std::span<const char> bytes) {
  return std::ranges::all_of(bytes, [](char byte) { return byte == '\0'; });
}

/// While it lives, libarchive on this thread takes names for UTF-8, whatever the environment says.
class NamesInUtf8 {
 public:
  NamesInUtf8() : before_(::uselocale(utf8())) {}
  NamesInUtf8(const NamesInUtf8&) = delete;
  NamesInUtf8& operator=(const NamesInUtf8&) = delete;
  ~NamesInUtf8() { ::uselocale(before_); }

 private:
  static locale_t utf8() {
    static const locale_t locale = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", locale_t{});
    return locale;
  }

  locale_t before_;
};

}  // namespace

Error cut_off(const std::string& path) {
  return {"its packed data ends too early: the export was cut off, make it again", {path}};
}

Error broken(const std::string& path, std::string_view why) {
  return {fmt::format("its packed data is broken ({}): make the export again", trim(why)), {path}};
}

Error followed_by_something(const std::string& path) {
  return {"its packed data is cut off, or something else follows it: make the export again",
          {path}};
}

Error expands_too_far(const std::string& path) {
  return {fmt::format("this unpacks to more than {} times its size, as no export does: if it is "
                      "one, unpack it and name what came out",
                      Expansion::most),
          {path}};
}

ArchiveReader::ArchiveReader(std::unique_ptr<ByteStream> compressed,
                             std::shared_ptr<Expansion> expansion)
    : archive_(::archive_read_new()),
      compressed_(std::move(compressed)),
      expansion_(std::move(expansion)),
      given_(std::make_unique_for_overwrite<char[]>(given_capacity)) {
  ::archive_read_set_read_callback(archive_, give);
  ::archive_read_set_callback_data(archive_, this);
}

ArchiveReader::~ArchiveReader() {
  ::archive_read_free(archive_);
}

void ArchiveReader::allow_seeking() {
  if (compressed_->can_seek()) {
    ::archive_read_set_seek_callback(archive_, seek);
  }
}

Status ArchiveReader::open(const std::string& path) {
  if (::archive_read_open1(archive_) != ARCHIVE_OK) {
    return failure(path);
  }
  return Done{};
}

Result<archive_entry*> ArchiveReader::next(const std::string& path) {
  block_ = {};
  offset_ = 0;
  has_entry_ = false;
  const NamesInUtf8 names;
  archive_entry* entry = nullptr;
  switch (::archive_read_next_header(archive_, &entry)) {
    case ARCHIVE_OK:
    case ARCHIVE_WARN:
      has_entry_ = true;
      ++entries_;
      return entry;
    case ARCHIVE_EOF:
      return static_cast<archive_entry*>(nullptr);
    default:
      return failure(path);
  }
}

Result<std::size_t> ArchiveReader::read_some(std::span<char> out, const std::string& path) {
  while (block_.empty()) {
    auto more = next_block(path);
    if (!more) {
      return std::move(more).error();
    }
    if (!*more) {
      return 0;
    }
  }
  const std::size_t count = std::min(block_.size(), out.size());
  std::copy_n(block_.data(), count, out.data());
  block_.remove_prefix(count);
  return count;
}

Result<bool> ArchiveReader::next_block(const std::string& path) {
  if (!has_entry_) {
    return false;
  }
  const void* block = nullptr;
  std::size_t size = 0;
  la_int64_t offset = 0;
  const int status = ::archive_read_data_block(archive_, &block, &size, &offset);
  if (status == ARCHIVE_EOF) {
    return false;
  }
  if (status != ARCHIVE_OK) {
    return failure(path);
  }
  if (size > 0 && offset != offset_) {
    return Error{"the file has holes in it: it is no export", {path}};
  }
  if (expansion_ != nullptr && !expansion_->allows(size)) {
    return expands_too_far(path);
  }
  block_ = {static_cast<const char*>(block), size};
  offset_ += static_cast<std::int64_t>(size);
  return true;
}

bool ArchiveReader::ran_out() const {
  return at_end_ && !is_zero(last_given(std::min(record_size, given_size_)));
}

Result<bool> ArchiveReader::has_rest() {
  const std::int64_t used = ::archive_filter_bytes(archive_, -1);
  std::span<const char> rest =
      last_given(std::min(given_size_, static_cast<std::size_t>(position_ - used)));
  while (is_zero(rest) && position_ - used < most_padding) {  // A device of zeros has no end.
    auto got = take();
    if (!got) {
      return std::move(got).error();
    }
    if (got->empty()) {
      return false;
    }
    rest = *got;
  }
  return true;
}

Status ArchiveReader::close() {
  Status checked = compressed_->check_size();
  compressed_.reset();
  return checked;
}

std::span<const char> ArchiveReader::last_given(std::size_t size) const {
  return {given_.get() + given_size_ - size, size};
}

Result<std::span<const char>> ArchiveReader::take() {
  auto got = compressed_->read_some({given_.get(), given_capacity});
  if (!got) {
    return std::move(got).error();
  }
  at_end_ = *got == 0;
  given_size_ = at_end_ ? given_size_ : *got;
  position_ += static_cast<std::int64_t>(*got);
  return std::span<const char>(given_.get(), *got);
}

Error ArchiveReader::failure(const std::string& path) const {
  if (failure_) {
    return {failure_->message, {path}};
  }
  const char* why = ::archive_error_string(archive_);
  return at_end_ ? cut_off(path) : broken(path, why == nullptr ? "nobody knows why" : why);
}

la_ssize_t ArchiveReader::give(archive* archive, void* reader, const void** block) {
  auto& self = *static_cast<ArchiveReader*>(reader);
  auto got = self.take();
  if (!got) {
    self.failure_ = std::move(got).error();
    ::archive_set_error(archive, EIO, "%s", self.failure_->message.c_str());
    return ARCHIVE_FATAL;
  }
  *block = got->data();
  return static_cast<la_ssize_t>(got->size());
}

la_int64_t ArchiveReader::seek(archive* archive, void* reader, la_int64_t offset, int whence) {
  auto& self = *static_cast<ArchiveReader*>(reader);
  const std::int64_t at = self.compressed_->seek(offset, whence);
  if (at < 0) {
    ::archive_set_error(archive, EIO, "cannot go back in it");
    return ARCHIVE_FATAL;
  }
  self.position_ = at;
  self.at_end_ = false;
  return at;
}

}  // namespace tierline
