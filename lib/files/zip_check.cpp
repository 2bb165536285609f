#include "files/zip_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <vector>

#include "support/quote.h"

namespace tierline {
namespace {

using namespace std::string_view_literals;

constexpr std::uint64_t largest_table = std::uint64_t{256} * 1024 * 1024;
constexpr std::uint32_t in_zip64 = UINT32_MAX;  // The number stands in an extra field.
constexpr std::string_view file_magic = "PK\x03\x04"sv;

/// The number of that many bytes at `at`, the lowest first; 0 where the text ends before.
std::uint64_t number_at(std::string_view text, std::size_t at, std::size_t size) {
  std::uint64_t number = 0;
  for (std::size_t i = size; i > 0 && at + size <= text.size(); --i) {
    number = number << 8U | static_cast<unsigned char>(text[at + i - 1]);
  }
  return number;
}

/// What the table of contents, or the header before its bytes, says of a file.
struct Entry {
  static constexpr std::uint64_t has_descriptor = 1U << 3U;  ///< Sizes stand behind the bytes.
  static constexpr std::uint64_t is_masked = 1U << 13U;      ///< With what is encrypted.

  std::string name;
  std::uint64_t flags = 0;
  std::uint64_t checksum = 0;
  std::uint64_t packed_size = 0;
  std::uint64_t size = 0;
  std::uint64_t begin = 0;  ///< Of its header.
};

/// Puts in the numbers that a zip of 64 bits has elsewhere.
void take_large_numbers(std::string_view extra, std::initializer_list<std::uint64_t*> numbers) {
  constexpr std::uint64_t zip64 = 1;
  while (extra.size() >= 4) {
    const std::uint64_t size = number_at(extra, 2, 2);
    if (number_at(extra, 0, 2) == zip64) {
      std::size_t at = 4;
      for (std::uint64_t* number : numbers) {
        if (*number == in_zip64) {
          *number = number_at(extra, at, 8);
          at += 8;
        }
      }
      return;
    }
    extra.remove_prefix(std::min<std::size_t>(extra.size(), 4 + size));
  }
}

class ZipCheck {
 public:
  ZipCheck(ByteStream& zip, const std::string& path) : zip_(zip), path_(path) {}

  Status run() {
    if (auto found = find_table(); !found || table_end_ == 0) {
      return found;
    }
    if (auto read = read_table(); !read) {
      return read;
    }
    std::ranges::sort(entries_, {}, &Entry::begin);
    std::uint64_t end = 0;
    for (const Entry& entry : entries_) {
      if (auto checked = check_between(end, entry.begin); !checked) {
        return checked;
      }
      const auto entry_end = check(entry);
      if (!entry_end) {
        return entry_end.error();
      }
      end = *entry_end;
    }
    return check_between(end, table_begin_);
  }

 private:
  [[nodiscard]] Error differ(const std::string& what) const {
    return {fmt::format("{}: files may be missing, pack it anew", what), {path_}};
  }

  Result<std::string> read(std::uint64_t at, std::uint64_t size) {
    std::string bytes(size, '\0');
    if (zip_.seek(static_cast<std::int64_t>(at), SEEK_SET) < 0) {
      return Error{"cannot go back in it", {path_}};
    }
    auto got = zip_.read(bytes);
    if (!got) {
      return std::move(got).error();
    }
    bytes.resize(*got);
    return bytes;
  }

  /// By the record at the end of the zip.
  Status find_table() {
    constexpr std::size_t shortest_end = 22;
    constexpr std::uint64_t longest_end = shortest_end + 65535;
    const std::int64_t zip_size = zip_.seek(0, SEEK_END);
    const std::uint64_t size = zip_size < 0 ? 0 : static_cast<std::uint64_t>(zip_size);
    const std::uint64_t begin = size - std::min(size, longest_end);
    const auto end = read(begin, size - begin);
    if (!end) {
      return end.error();
    }
    const std::size_t at = end->size() < shortest_end
                               ? std::string::npos
                               : end->rfind("PK\x05\x06"sv, end->size() - shortest_end);
    if (at == std::string::npos) {
      return Done{};
    }
    std::uint64_t table_size = number_at(*end, at + 12, 4);
    std::uint64_t table_begin = number_at(*end, at + 16, 4);
    table_end_ = begin + at;
    const std::uint64_t locator = at < 20 ? 0 : at - 20;
    if (std::string_view(*end).substr(locator).starts_with("PK\x06\x07"sv)) {
      const std::uint64_t record_begin = number_at(*end, locator + 8, 8);
      const auto record = read(record_begin, 56);
      if (!record) {
        return record.error();
      }
      if (record->starts_with("PK\x06\x06"sv)) {
        table_size = number_at(*record, 40, 8);
        table_begin = number_at(*record, 48, 8);
        table_end_ = record_begin;
      }
    }
    if (table_size > table_end_ || table_begin > table_end_ - table_size) {
      return differ("its table of contents does not stand where it says");
    }
    table_begin_ = table_end_ - table_size;
    before_ = table_begin_ - table_begin;
    return Done{};
  }

  Status read_table() {
    constexpr std::size_t fixed = 46;
    if (table_end_ - table_begin_ > largest_table) {
      return Error{fmt::format("its table of contents is larger than {} MiB: unpack it",
                               largest_table >> 20U),
                   {path_}};
    }
    const auto bytes = read(table_begin_, table_end_ - table_begin_);
    if (!bytes) {
      return bytes.error();
    }
    std::string_view rest = *bytes;
    while (rest.size() >= fixed && rest.starts_with("PK\x01\x02"sv)) {
      const std::uint64_t name_size = number_at(rest, 28, 2);
      const std::uint64_t extra_size = number_at(rest, 30, 2);
      Entry entry{.name = std::string(rest.substr(fixed, name_size)),
                  .flags = number_at(rest, 8, 2),
                  .checksum = number_at(rest, 16, 4),
                  .packed_size = number_at(rest, 20, 4),
                  .size = number_at(rest, 24, 4),
                  .begin = number_at(rest, 42, 4)};
      const std::size_t behind_name = std::min<std::size_t>(rest.size(), fixed + name_size);
      take_large_numbers(rest.substr(behind_name, extra_size),
                         {&entry.size, &entry.packed_size, &entry.begin});
      entry.begin += before_;
      entries_.push_back(std::move(entry));
      rest.remove_prefix(std::min<std::size_t>(
          rest.size(), fixed + name_size + extra_size + number_at(rest, 32, 2)));
    }
    return Done{};
  }

  /// Compares it with the header before its bytes; where these end.
  Result<std::uint64_t> check(const Entry& entry) {
    constexpr std::size_t fixed = 30;
    constexpr std::size_t some_extra = 1024;
    const auto bytes = read(entry.begin, fixed + entry.name.size() + some_extra);
    if (!bytes) {
      return bytes.error();
    }
    if (!bytes->starts_with(file_magic)) {
      return differ(
          fmt::format("{} does not stand where its table of contents says", quoted(entry.name)));
    }
    const std::uint64_t name_size = number_at(*bytes, 26, 2);
    const std::uint64_t extra_size = number_at(*bytes, 28, 2);
    const std::size_t behind_name = std::min<std::size_t>(bytes->size(), fixed + name_size);
    Entry own{.name = bytes->substr(fixed, name_size),
              .flags = number_at(*bytes, 6, 2),
              .checksum = number_at(*bytes, 14, 4),
              .packed_size = number_at(*bytes, 18, 4),
              .size = number_at(*bytes, 22, 4)};
    take_large_numbers(std::string_view(*bytes).substr(behind_name, extra_size),
                       {&own.size, &own.packed_size});
    const bool says_all = ((own.flags | entry.flags) & Entry::has_descriptor) == 0;
    const bool is_same = own.checksum == entry.checksum && own.packed_size == entry.packed_size &&
                         own.size == entry.size;
    if (((own.flags | entry.flags) & Entry::is_masked) == 0 &&
        (own.name != entry.name || (says_all && !is_same))) {
      return differ(fmt::format("its table of contents has another name, size or checksum for {}",
                                quoted(own.name)));
    }
    return entry.begin + fixed + name_size + extra_size + entry.packed_size;
  }

  /// Between files may be what else is known of them, or nothing that anybody reads.
  Status check_between(std::uint64_t begin, std::uint64_t end) {
    if (begin > end) {
      return differ("files in it overlap");
    }
    constexpr std::uint64_t at_once = std::uint64_t{1024} * 1024;
    for (; begin < end; begin += at_once - file_magic.size()) {
      const auto bytes = read(begin, std::min(end - begin, at_once));
      if (!bytes) {
        return bytes.error();
      }
      if (bytes->find(file_magic) != std::string::npos) {
        return differ("its table of contents does not name all that is in it");
      }
    }
    return Done{};
  }

  ByteStream& zip_;
  const std::string& path_;
  std::uint64_t before_ = 0;  ///< How much stands before the zip: a program that unpacks it.
  std::uint64_t table_begin_ = 0;
  std::uint64_t table_end_ = 0;  ///< 0 where there is none.
  std::vector<Entry> entries_;
};

}  // namespace

Status check_zip(ByteStream& zip, const std::string& path) {
  Status checked = ZipCheck(zip, path).run();
  zip.seek(0, SEEK_END);
  return checked;
}

}  // namespace tierline
