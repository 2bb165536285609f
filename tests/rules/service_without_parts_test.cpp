#include <gmock/gmock.h>

#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "service-without-parts";

TEST(ServiceWithoutParts, FlagsASupportingServiceThatConsistsOfNothing) {
  EXPECT_THAT(given("external Shop; supporting Mail; supporting Disk; system Cart; Shop -> Cart;"
                    "Shop -> Mail; Disk -> Cart")
                  .messages(rule),
              ElementsAre("Mail: consists of nothing: it relies on no live system or component, "
                          "and holds none"));
}

TEST(ServiceWithoutParts, FlagsAServiceOfUnknownFacing) {
  EXPECT_THAT(given("external Shop; service Riddle; system Cart; Shop -> Cart").subjects(rule),
              ElementsAre("Riddle"));
}

TEST(ServiceWithoutParts, LeavesThoseThatFaceCustomersToAnotherRule) {
  EXPECT_THAT(given("external Shop; internal Payroll; system Cart; Shop -> Cart").subjects(rule),
              IsEmpty());
}

TEST(ServiceWithoutParts, FollowsPathsThroughLiveItemsOnly) {
  EXPECT_THAT(given("supporting A; supporting B; supporting C; system Gone retired; system Cart;"
                    "A -> B -> Cart; C -> Gone -> Cart")
                  .subjects(rule),
              ElementsAre("C"));
}

// In ServiceNow a technical service serves what it contains, which thereby relies on it.
TEST(ServiceWithoutParts, IsContentWithMembers) {
  const Given estate = from_files(
      {{"cmdb_ci_service_technical.csv", "sys_id,name\nt1,Storage\nt2,Backup\n"},
       {"cmdb_ci_linux_server.csv", "sys_id,name\ns1,web1\n"},
       {"cmdb_rel_ci.csv", "sys_id,parent,child,type\nr1,t1,s1,Contains::Contained by\n"}});
  EXPECT_THAT(estate.subjects(rule), ElementsAre("Backup"));
}

TEST(ServiceWithoutParts, SaysNothingWhereFewServicesHaveParts) {
  EXPECT_THAT(given("external Shop; supporting Mail; supporting Disk; system Cart; Shop -> Cart")
                  .subjects(rule),
              IsEmpty());
}

TEST(ServiceWithoutParts, IgnoresWhatIsNotLive) {
  EXPECT_THAT(
      given("external Shop; supporting Mail retired; system Cart; Shop -> Cart").subjects(rule),
      IsEmpty());
}

TEST(ServiceWithoutParts, IsNotEvaluatedWithoutInfrastructure) {
  EXPECT_THAT(given("external Shop; supporting Mail; Shop -> Mail").not_evaluated(rule),
              ElementsAre("the export has no systems or components"));
}

TEST(ServiceWithoutParts, IsLow) {
  EXPECT_EQ(
      given("supporting Mail; supporting Disk; system Cart; Disk -> Cart").only(rule).severity,
      Severity::low);
}

}  // namespace
}  // namespace tierline
