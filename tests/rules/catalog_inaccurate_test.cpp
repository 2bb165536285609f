#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "catalog-inaccurate";

/// A live service (s1), a retired one (s2), a planned one (s3), and these offerings.
Given offered(std::string_view offerings, AuditOptions options = {}) {
  return from_files({{"cmdb_ci_service_business.csv",
                      "sys_id,name,operational_status\ns1,Shop,1\ns2,Fax,6\ns3,Chat,7\n"},
                     {"service_offering.csv",
                      "sys_id,name,parent,operational_status\n" + std::string(offerings)}},
                    std::move(options));
}

constexpr const char* sound = "o1,Shop Gold,s1,1\n";

TEST(CatalogInaccurate, FlagsALiveOfferingOfARetiredService) {
  const Given estate = offered(std::string(sound) + "o2,Fax Gold,s2,1\n");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("Fax Gold: is live, though its service Fax is retired"));
  EXPECT_THAT(names_in(estate.only(rule), "services"), ElementsAre("s2"));
}

TEST(CatalogInaccurate, FlagsOneOfAPlannedService) {
  EXPECT_THAT(offered(std::string(sound) + "o2,Chat Gold,s3,1\n").messages(rule),
              ElementsAre("Chat Gold: is live, though its service Chat is still planned"));
}

TEST(CatalogInaccurate, FlagsOneWhoseServiceIsNotThere) {
  const Given estate = offered(std::string(sound) + "o2,Gone Gold,s9,1\n");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("Gone Gold: is live, though its service s9 is not there"));
  EXPECT_THAT(names_in(estate.only(rule), "missing"), ElementsAre("s9"));
}

TEST(CatalogInaccurate, FlagsOneOfNoService) {
  EXPECT_THAT(offered(std::string(sound) + "o2,Stray,,1\n").messages(rule),
              ElementsAre("Stray: is live, though it is an offering of no service"));
}

TEST(CatalogInaccurate, IsContentWithOfferingsThatAreNotLiveEither) {
  EXPECT_THAT(offered(std::string(sound) + "o2,Fax Gold,s2,6\no3,Chat Gold,s3,7\no4,Stray,,6\n")
                  .subjects(rule),
              IsEmpty());
}

TEST(CatalogInaccurate, IsContentWithOneLiveService) {
  const Given estate = from_files(
      {{"cmdb_ci_service_business.csv", "sys_id,name,operational_status\ns1,Shop,1\ns2,Fax,6\n"},
       {"service_offering.csv", "sys_id,name,parent\no1,Gold,s1\n"},
       {"cmdb_rel_ci.csv", "sys_id,parent,child,type\nr1,s2,o1,Contains::Contained by\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(CatalogInaccurate, IsNotEvaluatedWhereNoOfferingsServiceIsThere) {
  const Given estate = offered("o1,Lost,s8,1\no2,Gone,s9,1\n");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule),
              ElementsAre("the export holds the service of no offering"));
}

TEST(CatalogInaccurate, LeavesServicesThatAreNoOfferingsAlone) {
  EXPECT_THAT(given("external Shop retired; internal Bank; Shop => Bank").subjects(rule),
              IsEmpty());
}

TEST(CatalogInaccurate, ReportsOnlyWhatIsInScope) {
  AuditOptions options;
  options.where = {{"class", "cmdb_ci_service_business"}};
  EXPECT_THAT(offered(std::string(sound) + "o2,Fax Gold,s2,1\n", options).subjects(rule),
              IsEmpty());
}

TEST(CatalogInaccurate, IsMedium) {
  EXPECT_EQ(offered(std::string(sound) + "o2,Fax Gold,s2,1\n").only(rule).severity,
            Severity::medium);
}

}  // namespace
}  // namespace tierline
