#pragma once
// From files to an inventory: opens each file, finds the profile that understands it, and reads it
// chunk by chunk on all threads.

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "tierline/inventory.h"
#include "tierline/profile.h"
#include "tierline/result.h"

namespace tierline {

struct ImportOptions {
  std::vector<std::string> inputs;  ///< Files, archives, folders, "-" for standard input.
  std::vector<Profile> profiles;    ///< To choose from, by content; none means the built-in ones.
  /// Which estate a file, folder or archive, or a folder in an archive, tells of. Others are named
  /// after the profile that reads them. Name and path; one whose path has none of the inputs in it
  /// is an error.
  std::vector<std::pair<std::string, std::string>> sources;
  std::string as_of;  ///< The day of the audit, YYYY-MM-DD.
  unsigned jobs = 1;  ///< Threads.
  /// Persons get pseudonyms, the same in every run, wherever the export names them: in what they
  /// own, in the names of items and files. Errors and notices quote nothing of the export; errors
  /// name files as they are called.
  bool redact_people = false;
  /// A secret that pseudonyms depend on. Without one, who guesses the id of a person can tell its
  /// pseudonym.
  std::string redact_key;
  /// Files that no profile understands, or several, are notices, wherever they stand.
  bool pass_over_unknown = false;
  /// What to keep besides, of the inputs that are details. `audit` adds what its rules ask for.
  InputSet details;
  /// By class. Of several that fit one, the class itself, else the longest pattern.
  std::vector<DomainOwner> domain_owners;
  /// Tables that give items parties, and are not there, are empty ones.
  bool assume_complete = false;
  /// Texts from elsewhere that reports will show: who is meant by some, and what others say.
  std::vector<std::string> mentioned_people;
  std::vector<std::string> mentioned_texts;
  /// Told now and then how many of all bytes have been read. 0 of all means that nobody knows.
  std::function<void(std::uint64_t done, std::uint64_t all)> progress;
};

/// An error where an export is unreadable, broken, or understood by no profile. In a folder or an
/// archive, files that are no exports are notices.
Result<Inventory> import(const ImportOptions& options);

}  // namespace tierline
