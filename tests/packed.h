#pragma once
// Archives and compressed files, made for tests.

#include <string>
#include <string_view>
#include <vector>

namespace tierline {

struct Member {
  enum class Kind { file, folder, link, hard_link, pipe };
  std::string name;
  std::string text;  ///< Of a link: what it points to.
  Kind kind = Kind::file;
};

/// The bytes of an archive; `ending` says which: ".zip", ".tar", ".tar.gz", ...
std::string archive_of(const std::vector<Member>& members, std::string_view ending);

/// A file in a zip, and what the table of contents says of it.
struct ZipMember {
  std::string name;
  std::string text;
  std::string name_in_table;  ///< Empty where the table does not have it.
  int more_bytes = 0;         ///< That the table has than there are.
  bool has_descriptor = false;
};
/// A zip that need not be right.
std::string zip_of(const std::vector<ZipMember>& members);

/// A zip that wants to know a password.
std::string encrypted_zip_of(const std::vector<Member>& members);

/// The bytes of a compressed file; `ending` says how: ".gz", ".zst", ...
std::string compressed(std::string_view text, std::string_view ending);

}  // namespace tierline
