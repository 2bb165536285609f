// What the built program is made of, read from its file: it runs nobody's code but ours.

#include <gmock/gmock.h>

#include <cstdio>
#include <string>

namespace {

using testing::AnyOf;
using testing::HasSubstr;
using testing::Not;

/// What a command line prints.
std::string output_of(const std::string& command) {
  std::string text;
  std::FILE* const pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) {
    return text;
  }
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) {
    text += static_cast<char>(c);
  }
  ::pclose(pipe);
  return text;
}

std::string readelf(const std::string& options) {
  return output_of("readelf --wide " + options + " '" TIERLINE_TOOL "'");
}

class Hardening : public testing::Test {
 protected:
  void SetUp() override {
#if !defined(__OPTIMIZE__) || defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "only optimised builds without sanitizers are hardened";
#endif
  }
};

TEST(Program, LooksForLibrariesNowhereButWhereTheLoaderDoes) {
  const std::string dynamic = readelf("--dynamic");
  EXPECT_THAT(dynamic, HasSubstr("NEEDED"));
  EXPECT_THAT(dynamic, Not(AnyOf(HasSubstr("RUNPATH"), HasSubstr("RPATH"))));
}

TEST_F(Hardening, ResolvesEverySymbolAtTheStartAndClosesTheTable) {
  EXPECT_THAT(readelf("--dynamic"), HasSubstr("BIND_NOW"));
  EXPECT_THAT(readelf("--program-headers"), HasSubstr("GNU_RELRO"));
}

TEST_F(Hardening, StandsAtNoFixedAddress) {
  EXPECT_THAT(readelf("--file-header"), HasSubstr("DYN"));
  EXPECT_THAT(readelf("--dynamic"), HasSubstr("PIE"));
}

TEST_F(Hardening, ChecksStacksAndBuffers) {
  const std::string symbols = readelf("--dyn-syms");
  EXPECT_THAT(symbols, HasSubstr("__stack_chk_fail"));
  EXPECT_THAT(symbols, HasSubstr("_chk@"));
}

#if defined(__x86_64__)
TEST_F(Hardening, MarksWhereJumpsMayLandAndTouchesEveryPageOfTheStack) {
  const std::string instructions =
      "objdump --disassemble --no-show-raw-insn '" TIERLINE_TOOL "' | ";
  EXPECT_EQ(output_of(instructions + "grep -m 1000 -c endbr64"), "1000\n");
  EXPECT_EQ(output_of(instructions + "grep -m 1 -c 'or. *\\$0x0,(%rsp)'"), "1\n");
}
#endif

}  // namespace
