#include <gmock/gmock.h>

#include "given.h"
#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "service-without-outcome";

TEST(ServiceWithoutOutcome, FlagsAServiceOfWhichFewerThanThreeWordsAreSaid) {
  const Given estate = given_all(
      "external Shop description:; external Mail description:Mail; internal Wiki "
      "description:A_wiki; internal Till description:Customers_pay_here;"
      "supporting Disk description:");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("Mail: faces customers, and one word is all that is said of what they "
                          "get from it",
                          "Shop: faces customers, and nothing says what they get from it",
                          "Wiki: faces customers, and two words are all that is said of what they "
                          "get from it"));
}

TEST(ServiceWithoutOutcome, TakesTheLongerOfTwoDescriptions) {
  EXPECT_THAT(from_files({{"cmdb_ci_service_business.csv",
                           "sys_id,name,short_description,description\n"
                           "s1,Shop,Shop,Customers buy here\ns2,Bank,Bank,\n"}},
                         by_all_rules())
                  .subjects(rule),
              ElementsAre("Bank"));
}

TEST(ServiceWithoutOutcome, IsNotEvaluatedWhereNothingIsDescribed) {
  EXPECT_THAT(given_all("external Shop description:").not_evaluated(rule),
              ElementsAre("nobody fills in the description"));
}

}  // namespace
}  // namespace tierline
