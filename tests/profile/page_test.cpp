// The pages of the built-in profiles, which stand beside them for people to read.

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "scratch.h"
#include "tierline/profile.h"
#include "transcript.h"

namespace tierline {
namespace {

constexpr std::string_view records = "## Records\n";

/// What people have written on a page about how to make the export. It stands before what is made
/// from the profile, and stays when that is made anew.
std::string written_by_hand(const std::string& page) {
  const std::size_t begin = page.find("## Making the export\n");
  const std::size_t end = page.find(records);
  return begin < end && end != std::string::npos ? page.substr(begin, end - begin) : "";
}

TEST(ProfilePages, AreMadeFromTheProfiles) {
  for (const Profile& profile : built_in_profiles()) {
    const std::filesystem::path file = std::filesystem::path(TIERLINE_ROOT) / "lib" / "profile" /
                                       "profiles" / (profile.id() + ".md");
    std::string page = profile.page();
    if (std::filesystem::exists(file)) {
      page.insert(page.find(records), written_by_hand(read_file(file)));
    }
    expect_file(file, page);
  }
}

}  // namespace
}  // namespace tierline
