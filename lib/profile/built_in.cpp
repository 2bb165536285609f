#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "support/documents.h"
#include "tierline/profile.h"

namespace tierline {

std::span<const Profile> built_in_profiles() {
  static const std::vector<Profile> profiles = [] {
    std::vector<Profile> all;
    for (const std::string_view document : embedded_profiles()) {
      auto profile = Profile::parse(document, "<built-in profile>");
      if (!profile) {
        std::fprintf(stderr, "tierline: %s\n", to_string(profile.error()).c_str());
        std::abort();
      }
      all.push_back(std::move(*profile));
    }
    std::ranges::sort(all, {}, &Profile::id);
    return all;
  }();
  return profiles;
}

std::string_view profile_schema() {
  return embedded_profile_schema();
}

}  // namespace tierline
