#include <gmock/gmock.h>

#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "criticality-missing";

TEST(CriticalityMissing, FlagsCustomerFacingServicesWithout) {
  EXPECT_THAT(given("external Shop critical; external Bank; internal Payroll").messages(rule),
              ElementsAre("Bank: faces customers, and nothing says how critical it is",
                          "Payroll: faces customers, and nothing says how critical it is"));
}

TEST(CriticalityMissing, LeavesWhatFacesNoCustomersAlone) {
  EXPECT_THAT(given("external Shop critical; supporting Mail; system Cart; external Old retired;"
                    "external New planned")
                  .subjects(rule),
              IsEmpty());
}

TEST(CriticalityMissing, IsNotEvaluatedWhereNoServiceHasOne) {
  const Given estate = given("external Shop; system Cart critical");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule),
              ElementsAre("no service of the export has a criticality"));
}

TEST(CriticalityMissing, IsUndeterminedWhereNothingSaysWhomItFaces) {
  const Given estate = given("external Shop critical; service Riddle; service Sphinx critical");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule), ElementsAre("nothing says whom it faces"));
}

/// A rated service, one that is not, and its offerings.
Given offered(std::string_view offerings) {
  return from_files({{"cmdb_ci_service_business.csv",
                      "sys_id,name,busines_criticality\ns1,Shop,1 - most critical\ns2,Bank,\n"},
                     {"service_offering.csv",
                      "sys_id,name,parent,busines_criticality\n" + std::string(offerings)}});
}

TEST(CriticalityMissing, TakesAServiceAndItsOfferingsForOne) {
  EXPECT_THAT(offered("o1,Shop Gold,s1,\no2,Bank Gold,s2,\n").subjects(rule), ElementsAre("Bank"));
  EXPECT_THAT(offered("o2,Bank Gold,s2,2 - somewhat critical\n").subjects(rule), IsEmpty());
}

TEST(CriticalityMissing, IsLowAndWorseForExternalOnes) {
  EXPECT_EQ(given("external Shop critical; internal Bank").only(rule).severity, Severity::low);
  EXPECT_EQ(given("external Shop critical; external Bank").only(rule).severity, Severity::medium);
}

}  // namespace
}  // namespace tierline
