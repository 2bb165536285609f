// The CSV report: each row says what the header says it does.

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "given.h"
#include "reports/written.h"
#include "tierline/text.h"

namespace tierline {
namespace {

using ::testing::EndsWith;

TEST(CsvReport, HasACellForEachColumnInEachRow) {
  const Given estate = given("external Shop; supporting Backup; system Cart; Shop -> Cart");
  const std::string csv = written(estate.audit(), "csv");
  const std::vector<std::string_view> rows = split(csv, "\r\n");
  ASSERT_GT(rows.size(), 2U);
  const std::size_t columns = split(rows.front(), ",").size();
  for (const std::string_view row : rows) {
    if (!row.empty() && row != rows.front()) {
      EXPECT_EQ(split(row, "\",\"").size(), columns) << row;
      EXPECT_THAT(std::string(row), EndsWith(",\"certain\",\"\",\"\",\"\"")) << row;
    }
  }
}

}  // namespace
}  // namespace tierline
