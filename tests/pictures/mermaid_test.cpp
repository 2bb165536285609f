#include <gmock/gmock.h>

#include "given.h"
#include "reports/written.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Mermaid, IsTheMapAsBoxes) {
  const Given estate = given("portfolio Retail @ann; external Shop in:Retail; internal Pay @bob");
  EXPECT_THAT(written(estate.audit(), "mermaid"),
              AllOf(HasSubstr("flowchart TB\n"), HasSubstr("subgraph p0[\"Retail, ann\"]\n"),
                    HasSubstr("[\"Shop<br/>external<br/>NO OWNER\"]:::unowned\n"),
                    HasSubstr("accDescr: 1 of 2 live services has no accountable owner.")));
}

TEST(Mermaid, HoldsNoMarkupOfANames) {
  const Given estate = from_files(
      {{"items.json", R"j([{"id": "a", "name": "\"]; click n0 <b>#lt;`(x)", "tier": "service",
                           "facing": "external", "owner": ""}])j"}});
  const std::string chart = written(estate.audit(), "mermaid");
  EXPECT_THAT(chart, HasSubstr("[\"#34;#93;#59; click n0 #60;b#62;#35;lt#59;#96;#40;x#41;<br/>"));
  EXPECT_THAT(chart, Not(HasSubstr("<b>")));
}

}  // namespace
}  // namespace tierline
