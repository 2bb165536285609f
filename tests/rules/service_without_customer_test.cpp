#include <gmock/gmock.h>

#include "given.h"
#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "service-without-customer";

TEST(ServiceWithoutCustomer, FlagsACustomerFacingServiceWithoutCustomers) {
  EXPECT_THAT(given_all("external Shop customers:ACME; external Mail customers:;"
                        "supporting Disk customers:; external Old retired customers:; Shop -> Disk")
                  .messages(rule),
              ElementsAre("Mail: faces customers, and no customer has an agreement about it"));
}

TEST(ServiceWithoutCustomer, TakesRelationsForAgreements) {
  EXPECT_THAT(from_files({{"items.csv",
                           "id,tier,facing\nShop,service,external\nMail,service,external\n"
                           "Contract,component,\n"},
                          {"relations.csv",
                           "id,from,to,type\nr1,Contract,Shop,agreement\n"
                           "r2,Mail,Contract,needs\n"}},
                         by_all_rules())
                  .subjects(rule),
              ElementsAre("Mail"));
}

TEST(ServiceWithoutCustomer, IsNotEvaluatedWhereNothingHasACustomer) {
  EXPECT_THAT(given_all("external Shop customers:; system Cart; Shop -> Cart").not_evaluated(rule),
              ElementsAre("the export has no agreements with customers"));
}

}  // namespace
}  // namespace tierline
