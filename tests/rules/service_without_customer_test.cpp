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

TEST(ServiceWithoutCustomer, ReadsTheSubscriptionsOfServiceNow) {
  EXPECT_THAT(
      from_files({{"cmdb_ci_service_business.csv", "sys_id,name\ns1,Shop\ns2,Mail\n"},
                  {"service_offering.csv", "sys_id,name,parent\no1,Gold,s1\no2,Basic,s2\n"},
                  {"service_subscribe_company.csv",
                   "sys_id,service_offering,core_company\n"
                   "x1,o1,ACME\n"},
                  {"cmdb_ci_business_app.csv", "sys_id,name\na1,Cart\n"},
                  {"cmdb_rel_ci.csv", "sys_id,parent,child,type\nr1,s1,a1,Depends on::Used by\n"}},
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
