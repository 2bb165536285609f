#include "input/archive.h"

#include <archive_entry.h>

#include <algorithm>

#include "input/byte_source.h"
#include "input/zip_check.h"
#include "support/text.h"

namespace tierline {
namespace {

/// The bytes of the member that an archive stands at.
class MemberBytes final : public Bytes {
 public:
  MemberBytes(std::shared_ptr<PackedReader> reader, std::string path)
      : reader_(std::move(reader)), path_(std::move(path)) {}

 private:
  Result<std::size_t> take(std::span<char> out) override { return reader_->read_some(out, path_); }

  std::shared_ptr<PackedReader> reader_;
  std::string path_;
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

Archive::Archive(Unpacked archive, std::string path, std::shared_ptr<Expansion> expansion)
    : path_(std::move(path)), packing_(archive.packing), expansion_(std::move(expansion)) {
  const bool compresses = packing_ == Packing::zip;
  reader_ =
      std::make_shared<PackedReader>(std::move(archive.bytes), compresses ? expansion_ : nullptr);
}

Status Archive::begin() {
  if (packing_ == Packing::zip) {
    ::archive_read_support_format_zip(reader_->get());
    reader_->allow_seeking();
  } else {
    ::archive_read_support_format_tar(reader_->get());
  }
  return reader_->open(path_);
}

Result<std::optional<FileReader::File>> Archive::next() {
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
Status Archive::end() {
  if (packing_ == Packing::tar) {
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
  if (packing_ == Packing::zip && reader_->packed().can_seek()) {
    if (auto checked = check_zip(reader_->packed(), path_); !checked) {
      return checked;
    }
  }
  return reader_->close();
}

Result<std::shared_ptr<ByteSource>> Archive::open_member(archive_entry* entry,
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
  if (unpacked->packing != Packing::none) {
    return Error{"an archive in an archive: unpack it, and name what came out", {path}};
  }
  return read_as_text(std::move(unpacked->bytes));
}

}  // namespace tierline
