// A view into a row is not to outlive it: builds with assertions spoil what a record said as soon
// as its rows have been handed over, so that whoever kept a view of it shows rubbish.

#include <gmock/gmock.h>

#include <string>
#include <string_view>
#include <vector>

#include "input/input.h"
#include "input/row.h"
#include "scratch.h"

namespace tierline {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;

/// What no sink may do: keeps the texts of rows.
class Keeper final : public RowSink {
 public:
  void row(const Row& row) override {
    const std::string_view text = row.cells.front().text;
    seen.emplace_back(text);
    kept.push_back(text);
  }
  void issue(InputIssue /*issue*/) override {}
  bool remark(std::string_view /*text*/, std::uint64_t /*line*/) override { return false; }

  std::vector<std::string> seen;
  std::vector<std::string_view> kept;
};

void expect_spoilt(const std::string& name, std::string_view text) {
  SCOPED_TRACE(name);
  const Scratch scratch;
  auto reader = FileReader::open(scratch.write(name, text));
  ASSERT_TRUE(reader);
  auto file = (*reader)->next();
  ASSERT_TRUE(file && *file && (*file)->text);
  auto opened = open_export(std::move(*(*file)->text), name);
  ASSERT_TRUE(opened);
  FieldSelection selection;
  selection.add_path(std::vector<std::string>{"a"}, {});
  selection.add_column("a", {});
  opened->records->expect(selection);
  auto chunk = opened->records->next();
  ASSERT_TRUE(chunk && *chunk);
  Keeper keeper;
  ASSERT_TRUE(opened->records->parse(**chunk, keeper));
  EXPECT_THAT(keeper.seen, ElementsAre("one", "two"));
#ifndef NDEBUG
  EXPECT_THAT(keeper.kept, Each("\xDD\xDD\xDD"));
#endif
}

TEST(RowLifetime, EndsWithTheRow) {
  expect_spoilt("regular.csv", "a,b\none,1\ntwo,2\n");
  expect_spoilt("stray_quote.csv", "a,b\none,1\" disk\ntwo,2\n");
  expect_spoilt("list.json", R"([{"a":"one","b":1},{"a":"two","b":2}])");
  expect_spoilt("lines.ndjson", "{\"a\":\"one\"}\n{\"b\":[],\"a\":\"two\"}\n");
  expect_spoilt("list.yaml", "- a: one\n- a: two\n");
}

}  // namespace
}  // namespace tierline
