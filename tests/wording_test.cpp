// What all rules have in common when they put what they found into words.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <filesystem>

#include "fixture_folders.h"
#include "given.h"
#include "rules/evidence.h"

namespace tierline {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// Characters, not bytes.
std::size_t length(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

class Brief : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(Brief, SaysItInAFewWords) {
  AuditOptions options;
  for (const auto& entry : std::filesystem::directory_iterator(GetParam())) {
    if (entry.path().stem() == "faulty") {
      options.import.inputs = {entry.path().string()};
    }
  }
  options.import.as_of = "2026-11-21";
  options.rules.set = RuleSet::all;
  const auto audited = audit(options);
  ASSERT_TRUE(audited.has_value());
  audited->report().each_fact([](const FactView& fact) {
    EXPECT_LE(length(brief(fact)), 60U) << brief(fact);
    EXPECT_THAT(brief(fact), Not(HasSubstr("\n")));
  });
}

INSTANTIATE_TEST_SUITE_P(Fixtures, Brief, testing::ValuesIn(fixture_folders("rules")), test_name);

TEST(BriefNames, CutsLongNames) {
  const Given estate =
      given(fmt::format("external Shop; system {0} retired; Shop -> {0}", std::string(100, 'x')));
  estate.audit().report().each_fact([](const FactView& fact) {
    if (fact.rule().id == "live-needs-retired") {
      EXPECT_EQ(brief(fact), fmt::format("needs {}..., which is retired", std::string(24, 'x')));
    }
  });
}

// A name that thousands of items depend on would otherwise stand in thousands of messages.
TEST(Messages, CutQuotedNamesAndSayHowLongTheyAre) {
  const std::string name(100'000, 'x');
  const Given estate = given(fmt::format("external Shop; system {0} retired; Shop -> {0}", name));
  EXPECT_EQ(estate.only("live-needs-retired").message,
            fmt::format("needs {}... (100,000 bytes), which is retired", std::string(160, 'x')));
}

}  // namespace
}  // namespace tierline
