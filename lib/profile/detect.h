#pragma once
// Which profile understands a file: found by trying them on its first records.

#include <span>
#include <string>
#include <vector>

#include "tierline/input.h"
#include "tierline/profile.h"

namespace tierline {

/// The profiles that recognise a file's first records best: by its name and by what is in it, else
/// by what is in it, else by its name alone. Records that are not what the file's syntax demands
/// are an error.
Result<std::vector<const Profile*>> matching_profiles(std::span<const Profile> profiles,
                                                      Records& records, const std::string& path);

}  // namespace tierline
