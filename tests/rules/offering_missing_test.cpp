#include <gmock/gmock.h>

#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "offering-missing";

/// Services with these rows, and offerings with those.
Given offered(const std::string& services, const std::string& offerings,
              RuleSet set = RuleSet::all) {
  AuditOptions options;
  options.rules.set = set;
  return from_files(
      {{"cmdb_ci_service.csv",
        "sys_id,name,service_classification,operational_status\n" + services},
       {"service_offering.csv", "sys_id,name,parent,operational_status\n" + offerings}},
      options);
}

constexpr const char* shop_and_mail = "s1,Shop,Business Service,1\ns2,Mail,Business Service,1\n";

TEST(OfferingMissing, FlagsAServiceWithoutWhereOthersHaveSome) {
  EXPECT_THAT(offered(shop_and_mail, "o1,Gold,s1,1\n").messages(rule),
              ElementsAre("Mail: faces customers, but has no live offering"));
}

TEST(OfferingMissing, CountsLiveOfferingsOnly) {
  EXPECT_THAT(offered(shop_and_mail, "o1,Gold,s1,1\no2,Basic,s2,6\n").subjects(rule),
              ElementsAre("Mail"));
}

TEST(OfferingMissing, IsContentWithOne) {
  EXPECT_THAT(offered(shop_and_mail, "o1,Gold,s1,1\no2,Basic,s2,1\n").subjects(rule), IsEmpty());
}

TEST(OfferingMissing, LooksAtLiveServicesThatFaceCustomers) {
  EXPECT_THAT(offered("s1,Shop,Business Service,1\ns2,Tape,Technical Service,1\n"
                      "s3,Old,Business Service,6\n",
                      "o1,Gold,s1,1\n")
                  .subjects(rule),
              IsEmpty());
}

TEST(OfferingMissing, CannotTellWhereNobodyKnowsWhomAServiceFaces) {
  const Given estate = offered("s1,Shop,Business Service,1\ns2,Riddle,,1\n", "o1,Gold,s1,1\n");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule), ElementsAre("nothing says whom the service faces"));
}

TEST(OfferingMissing, IsNotEvaluatedWhereOfferingsWereNotExported) {
  const Given estate = given_all("external Shop");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule), ElementsAre("the export has no service offerings"));
}

TEST(OfferingMissing, IsNoCoreRule) {
  EXPECT_THAT(offered(shop_and_mail, "o1,Gold,s1,1\n", RuleSet::core).subjects(rule), IsEmpty());
}

TEST(OfferingMissing, IsLow) {
  EXPECT_EQ(offered(shop_and_mail, "o1,Gold,s1,1\n").only(rule).severity, Severity::low);
}

}  // namespace
}  // namespace tierline
