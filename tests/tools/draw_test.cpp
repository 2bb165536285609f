// `tierline draw` as people run it.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <string>

#include "run_tool.h"
#include "scratch.h"

namespace tierline {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Draw, SaysOfManyServicesWhatWasNotJudged) {
  const Scratch scratch;
  std::string items = "id,name,tier,facing\n";
  for (int i = 0; i < 700; ++i) {
    items += fmt::format("s{0},Service {0},service,supporting\n", i);
  }
  scratch.write("export/items.csv", items);  // Neither owners nor relations.
  EXPECT_EQ(run_tool({"draw", "export", "-o", "map.svg"}, {}, scratch.path()).exit_code, 3);
  const std::string map = scratch.read("map.svg");
  EXPECT_THAT(map, HasSubstr(">owners not exported<"));
  EXPECT_THAT(map, HasSubstr(">700 not judged in full<"));
  EXPECT_THAT(map, Not(HasSubstr("all owned")));
  EXPECT_THAT(map, Not(HasSubstr("none supports nobody")));
  EXPECT_THAT(map, Not(HasSubstr("nothing found")));
}

}  // namespace
}  // namespace tierline
