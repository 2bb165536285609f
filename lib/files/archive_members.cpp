#include "files/archive_members.h"

#include <archive_entry.h>

#include <algorithm>
#include <cassert>

#include "files/text_source.h"
#include "files/zip_check.h"
#include "tierline/text.h"

namespace tierline {
namespace {

/// The bytes of the member that an archive stands at.
class MemberBytes final : public ByteStream {
 public:
  MemberBytes(std::shared_ptr<ArchiveReader> reader, std::string path)
      : reader_(std::move(reader)), path_(std::move(path)), entry_(reader_->entries()) {}

 private:
  Result<std::size_t> read_available(std::span<char> out) override {
    assert(entry_ == reader_->entries());  // Else the bytes are those of a later member.
    return reader_->read_some(out, path_);
  }

  std::shared_ptr<ArchiveReader> reader_;
  std::string path_;
  [[maybe_unused]] std::uint64_t entry_;  ///< That it is of.
};

/// The name of a member without steps that lead nowhere: `./exports//items.csv`.
std::string name_of(archive_entry* entry) {
  const char* text = ::archive_entry_pathname(entry);
  std::string name;
  for (const std::string_view part : split(text == nullptr ? "" : text, "/")) {
    if (!part.empty() && part != ".") {
      name += name.empty() ? "" : "/";
      name += part;
    }
  }
  return name;
}

/// Also what Finder puts beside the files of an archive.
bool is_hidden(std::string_view name) {
  return std::ranges::any_of(split(name, "/"), [](std::string_view part) {
    return part == "__MACOSX" || (part != ".." && is_hidden_name(part));
  });
}

bool is_file(archive_entry* entry) {
  return ::archive_entry_filetype(entry) == AE_IFREG && ::archive_entry_hardlink(entry) == nullptr;
}

}  // namespace

ArchiveMembers::ArchiveMembers(Unpacked archive, std::string path,
                               std::shared_ptr<Expansion> expansion)
    : path_(std::move(path)), compression_(archive.compression), expansion_(std::move(expansion)) {
  const bool compresses = compression_ == Compression::zip;
  reader_ =
      std::make_shared<ArchiveReader>(std::move(archive.bytes), compresses ? expansion_ : nullptr);
}

Status ArchiveMembers::begin() {
  if (compression_ == Compression::zip) {
    ::archive_read_support_format_zip(reader_->get());
    reader_->allow_seeking();
  } else {
    ::archive_read_support_format_tar(reader_->get());
  }
  return reader_->open(path_);
}

Result<std::optional<FileReader::File>> ArchiveMembers::next() {
  while (true) {
    auto entry = reader_->next(path_);
    if (!entry) {
      return std::move(entry).error();
    }
    if (*entry == nullptr) {
      if (auto ended = end(); !ended) {
        return std::move(ended).error();
      }
      return std::optional<File>();
    }
    const std::string name = name_of(*entry);
    if (name == "[Content_Types].xml") {
      return Error{"this is an Office document: save it as CSV", {path_}};
    }
    if (is_file(*entry) && !is_hidden(name)) {
      const std::string path = path_ + '/' + name;
      return std::optional(File{path, open_member(*entry, path)});
    }
  }
}

/// What a tar is cut to, or what was put behind its end, are records too; and what a zip holds that
/// its table of contents does not name.
Status ArchiveMembers::end() {
  if (compression_ == Compression::tar) {
    if (reader_->ran_out()) {
      return cut_off(path_);
    }
    auto rest = reader_->has_rest();
    if (!rest) {
      return std::move(rest).error();
    }
    if (*rest) {
      return followed_by_something(path_);
    }
  }
  if (compression_ == Compression::zip && reader_->compressed().can_seek()) {
    if (auto checked = check_zip(reader_->compressed(), path_); !checked) {
      return checked;
    }
  }
  return reader_->close();
}

Result<std::shared_ptr<TextSource>> ArchiveMembers::open_member(archive_entry* entry,
                                                                const std::string& path) {
  if (!seen_.insert(path).second) {
    return Error{"an older file of this name stands before it in the archive: pack it anew",
                 {path}};
  }
  if (::archive_entry_is_data_encrypted(entry) != 0) {
    return Error{"this is encrypted: unpack it with its password, and name what came out", {path}};
  }
  auto unpacked = unpack(std::make_unique<MemberBytes>(reader_, path), path, expansion_);
  if (!unpacked) {
    return std::move(unpacked).error();
  }
  if (unpacked->compression != Compression::none) {
    return Error{"an archive in an archive: unpack it, and name what came out", {path}};
  }
  return read_as_text(std::move(unpacked->bytes));
}

}  // namespace tierline
