// The pages of the built-in profiles, which stand beside them for people to read.

#include <gtest/gtest.h>

#include <filesystem>

#include "tierline/profile.h"
#include "transcript.h"

namespace tierline {
namespace {

TEST(ProfilePages, AreMadeFromTheProfiles) {
  for (const Profile& profile : built_in_profiles()) {
    expect_file(std::filesystem::path(TIERLINE_ROOT) / "lib" / "profile" / "profiles" /
                    (profile.id() + ".md"),
                profile.page());
  }
}

}  // namespace
}  // namespace tierline
