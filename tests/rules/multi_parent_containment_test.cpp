#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "multi-parent-containment";

TEST(MultiParentContainment, FlagsAServiceInTwoPortfolios) {
  const Given estate =
      given_all("portfolio Retail; portfolio Staff; external Shop in:Retail in:Staff");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("Shop: is in 2 portfolios, none of which holds another: Retail and "
                          "Staff"));
  EXPECT_THAT(names_in(estate.only(rule), "portfolios"), ElementsAre("Retail", "Staff"));
}

TEST(MultiParentContainment, IsContentWhereOneHoldsTheOther) {
  EXPECT_THAT(given_all("portfolio Group; portfolio Sales in:Group; portfolio Retail in:Sales;"
                        "external Shop in:Retail in:Group")
                  .subjects(rule),
              IsEmpty());
}

TEST(MultiParentContainment, TellsTheInnermostOnly) {
  EXPECT_THAT(names_in(given_all("portfolio Group; portfolio Retail in:Group; portfolio Staff;"
                                 "external Shop in:Retail in:Group in:Staff")
                           .only(rule),
                       "portfolios"),
              ElementsAre("Retail", "Staff"));
}

TEST(MultiParentContainment, IsContentWithOneListedTwice) {
  EXPECT_THAT(given_all("portfolio Retail; external Shop in:Retail; Retail => Shop").subjects(rule),
              IsEmpty());
}

TEST(MultiParentContainment, CountsLivePortfoliosAndServicesOnly) {
  EXPECT_THAT(given_all("portfolio Retail; portfolio Old retired; portfolio Staff;"
                        "external Shop in:Retail in:Old; external Past retired in:Retail in:Staff;"
                        "system Cart; Retail => Cart; Staff => Cart")
                  .subjects(rule),
              IsEmpty());
}

TEST(MultiParentContainment, LeavesServicesThatSeveralServicesHoldAlone) {
  EXPECT_THAT(given_all("portfolio Retail; portfolio Staff; external Shop in:Retail; internal Desk "
                        "in:Staff; supporting Mail; Shop => Mail; Desk => Mail")
                  .subjects(rule),
              IsEmpty());
}

TEST(MultiParentContainment, TakesAServiceAndItsOfferingsForOne) {
  AuditOptions options;
  options.rules.set = RuleSet::all;
  const Given estate = from_files(
      {{"spm_service_portfolio.csv", "sys_id,name\np1,Retail\np2,Staff\n"},
       {"cmdb_ci_service_business.csv", "sys_id,name,spm_service_portfolio\ns1,Shop,p1\n"},
       {"service_offering.csv", "sys_id,name,parent,spm_service_portfolio\no1,Gold,s1,p2\n"}},
      options);
  EXPECT_THAT(estate.subjects(rule), ElementsAre("Shop"));
}

TEST(MultiParentContainment, IsLowAndWorseForExternalOnes) {
  EXPECT_EQ(given_all("portfolio A; portfolio B; internal Shop in:A in:B").only(rule).severity,
            Severity::low);
  EXPECT_EQ(given_all("portfolio A; portfolio B; external Shop in:A in:B").only(rule).severity,
            Severity::medium);
}

TEST(MultiParentContainment, IsNoCoreRule) {
  EXPECT_THAT(given("portfolio A; portfolio B; internal Shop in:A in:B").subjects(rule), IsEmpty());
}

}  // namespace
}  // namespace tierline
