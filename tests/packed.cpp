#include "packed.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <zlib.h>

#include <map>
#include <stdexcept>

namespace tierline {
namespace {

/// libarchive's writer, into a text.
class Writer {
 public:
  Writer() : before_(::uselocale(utf8())), archive_(::archive_write_new()) {
    ::archive_write_set_bytes_in_last_block(archive_, 1);
  }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer() {
    ::archive_write_free(archive_);
    ::uselocale(before_);
  }

  [[nodiscard]] archive* get() const { return archive_; }

  void compress(std::string_view ending) {
    const std::map<std::string_view, const char*> names = {{".gz", "gzip"}, {".bz2", "bzip2"},
                                                           {".xz", "xz"},   {".zst", "zstd"},
                                                           {".lz4", "lz4"}, {".lz", "lzip"}};
    demand(::archive_write_add_filter_by_name(archive_, names.at(ending)));
  }

  void open() { demand(::archive_write_open(archive_, this, nullptr, take, nullptr)); }

  void add(const Member& member) {
    archive_entry* entry = ::archive_entry_new();
    ::archive_entry_set_pathname(entry, member.name.c_str());
    ::archive_entry_set_filetype(entry, type_of(member.kind));
    ::archive_entry_set_perm(entry, 0644);
    const bool is_file = member.kind == Member::Kind::file;
    ::archive_entry_set_size(entry, is_file ? static_cast<la_int64_t>(member.text.size()) : 0);
    if (member.kind == Member::Kind::link) {
      ::archive_entry_set_symlink(entry, member.text.c_str());
    } else if (member.kind == Member::Kind::hard_link) {
      ::archive_entry_set_hardlink(entry, member.text.c_str());
    }
    demand(::archive_write_header(archive_, entry));
    ::archive_entry_free(entry);
    if (is_file && !member.text.empty()) {
      ::archive_write_data(archive_, member.text.data(), member.text.size());
    }
  }

  std::string close() {
    demand(::archive_write_close(archive_));
    return bytes_;
  }

 private:
  static locale_t utf8() {
    static const locale_t locale = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", locale_t{});
    return locale;
  }

  static unsigned type_of(Member::Kind kind) {
    switch (kind) {
      case Member::Kind::folder:
        return AE_IFDIR;
      case Member::Kind::link:
        return AE_IFLNK;
      case Member::Kind::pipe:
        return AE_IFIFO;
      default:
        return AE_IFREG;
    }
  }

  static la_ssize_t take(archive* /*archive*/, void* self, const void* bytes, std::size_t size) {
    static_cast<Writer*>(self)->bytes_.append(static_cast<const char*>(bytes), size);
    return static_cast<la_ssize_t>(size);
  }

  void demand(int status) const {
    if (status != ARCHIVE_OK && status != ARCHIVE_WARN) {
      throw std::runtime_error(::archive_error_string(archive_));
    }
  }

  locale_t before_;
  archive* archive_;
  std::string bytes_;
};

std::string written(Writer& writer, const std::vector<Member>& members) {
  writer.open();
  for (const Member& member : members) {
    writer.add(member);
  }
  return writer.close();
}

}  // namespace

std::string archive_of(const std::vector<Member>& members, std::string_view ending) {
  Writer writer;
  if (ending == ".zip") {
    ::archive_write_set_format_zip(writer.get());
  } else {
    ::archive_write_set_format_pax_restricted(writer.get());
  }
  if (ending.starts_with(".tar.")) {
    writer.compress(ending.substr(4));
  }
  return written(writer, members);
}

std::string zip_of(const std::vector<ZipMember>& members) {
  const auto number = [](std::uint64_t value, int size) {
    std::string bytes;
    for (; size > 0; --size, value >>= 8U) {
      bytes += static_cast<char>(value & 0xFFU);
    }
    return bytes;
  };
  std::string zip;
  std::string table;
  std::uint64_t count = 0;
  for (const ZipMember& member : members) {
    const auto sum = ::crc32(0, reinterpret_cast<const Bytef*>(member.text.data()),
                             static_cast<uInt>(member.text.size()));
    const auto head = [&](bool says_all, std::size_t size) {
      return number(20, 2) + number(member.has_descriptor ? 8 : 0, 2) + number(0, 6) +
             number(says_all ? sum : 0, 4) + number(says_all ? size : 0, 4) +
             number(says_all ? size : 0, 4);
    };
    const std::uint64_t begin = zip.size();
    zip += "PK\x03\x04" + head(!member.has_descriptor, member.text.size()) +
           number(member.name.size(), 2) + number(0, 2) + member.name + member.text;
    if (member.has_descriptor) {
      zip += "PK\x07\x08" + number(sum, 4) + number(member.text.size(), 4) +
             number(member.text.size(), 4);
    }
    if (!member.name_in_table.empty()) {
      ++count;
      table += "PK\x01\x02" + number(20, 2) +
               head(true, member.text.size() + static_cast<std::size_t>(member.more_bytes)) +
               number(member.name_in_table.size(), 2) + number(0, 12) + number(begin, 4) +
               member.name_in_table;
    }
  }
  return zip + table + "PK\x05\x06" + number(0, 4) + number(count, 2) + number(count, 2) +
         number(table.size(), 4) + number(zip.size(), 4) + number(0, 2);
}

std::string encrypted_zip_of(const std::vector<Member>& members) {
  Writer writer;
  ::archive_write_set_format_zip(writer.get());
  ::archive_write_set_passphrase(writer.get(), "secret");
  ::archive_write_set_options(writer.get(), "zip:encryption=traditional");
  return written(writer, members);
}

std::string compressed(std::string_view text, std::string_view ending) {
  Writer writer;
  ::archive_write_set_format_raw(writer.get());
  writer.compress(ending);
  return written(writer, {{"text", std::string(text)}});
}

}  // namespace tierline
