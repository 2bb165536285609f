#pragma once
// Which profile understands a file: found by trying them on its first records.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "input/input.h"
#include "tierline/profile.h"

namespace tierline {

/// By what a profile knows a file.
enum class Match : std::uint8_t { none, by_name, by_content, by_both };

struct Matching {
  std::vector<const Profile*> profiles;
  Match match = Match::none;  ///< How all of them know it.
};

/// The profiles that recognise a file's first records best: by its name and by what is in it, else
/// by what is in it, else by its name alone. Records that are not what the file's syntax demands
/// are an error.
Result<Matching> matching_profiles(std::span<const Profile> profiles, Records& records,
                                   const std::string& path);

}  // namespace tierline
