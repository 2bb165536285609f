#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "service-named-as-thing";

/// Items and relations with these rows.
Given stating(const std::string& items, const std::string& relations = "") {
  AuditOptions options;
  options.rules.set = RuleSet::all;
  return from_files({{"items.csv", "id,name,tier,facing,state\n" + items},
                     {"relations.csv", "from,to,type\n" + relations}},
                    options);
}

TEST(ServiceNamedAsThing, FlagsTheNameOfASystemThatTheServiceNeeds) {
  const Given estate = stating(
      "s1,SAP  Payroll,service,internal,live\na1,sap payroll,system,,live\n", "s1,a1,needs\n");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("SAP  Payroll: has the name of a system that it stands on"));
  EXPECT_EQ(word_in(estate.only(rule), "namesake"), "a1");
}

TEST(ServiceNamedAsThing, FlagsTheNameOfAComponentThatItContains) {
  EXPECT_THAT(stating("s1,Exchange,service,internal,live\nc1,Exchange,component,,live\n",
                      "s1,c1,contains\n")
                  .messages(rule),
              ElementsAre("Exchange: has the name of a component that it stands on"));
}

TEST(ServiceNamedAsThing, IsContentWithTheNameOfWhatItDoesNotStandOn) {
  EXPECT_THAT(
      stating(
          "s1,Mail,service,internal,live\ns2,Mail,service,supporting,live\na1,Mail,system,,live\n"
          "a2,Post,system,,live\na3,Mail,system,,retired\n",
          "s1,s2,needs\ns1,a2,needs\na2,a1,needs\ns1,a3,needs\n")
          .subjects(rule),
      IsEmpty());
}

TEST(ServiceNamedAsThing, FlagsANameThatLooksLikeAHost) {
  const Given estate = given_all("external web01; external SRVSQL123");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("SRVSQL123: is named like a host, and not like what customers get",
                          "web01: is named like a host, and not like what customers get"));
}

TEST(ServiceNamedAsThing, IsContentWithNumbersInOtherNames) {
  EXPECT_THAT(given_all("external Office365; external web1; external 2026; external s3web;"
                        "external web01x; system db01")
                  .subjects(rule),
              IsEmpty());
}

TEST(ServiceNamedAsThing, LooksAtLiveServicesOnly) {
  EXPECT_THAT(given_all("external web01 retired").subjects(rule), IsEmpty());
}

TEST(ServiceNamedAsThing, IsAHintAndNoCoreRule) {
  EXPECT_EQ(given_all("external web01").only(rule).rule->confidence, Confidence::hint);
  EXPECT_THAT(given("external web01").subjects(rule), IsEmpty());
}

TEST(ServiceNamedAsThing, IsLow) {
  EXPECT_EQ(given_all("internal web01").only(rule).severity, Severity::low);
}

}  // namespace
}  // namespace tierline
