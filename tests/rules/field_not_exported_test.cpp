#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr const char* rule = "field-not-exported";

TEST(FieldNotExported, FlagsAFieldThatRulesNeed) {
  const Given estate =
      from_files({{"items.csv", "id,tier,class,facing\nShop,service,shop,external\n"}});
  EXPECT_THAT(names_in(estate.only(rule), "rules"),
              ElementsAre("external-service-owned-by-it", "it-service-owned-outside-it",
                          "no-crisis-lead", "owner-catch-all", "owner-dangling", "owner-inactive",
                          "owner-missing", "owner-not-single"));
}

TEST(FieldNotExported, IsContentWithAnEmptyField) {
  const Given estate =
      from_files({{"items.csv", "id,tier,class,facing,owner\nShop,service,shop,external,\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(FieldNotExported, IsContentWithAFieldThatOneRecordHas) {
  const Given estate = from_files({{"estate.json", R"({"items": [
      {"id": "Shop", "tier": "service", "facing": "external", "owner": "ann"},
      {"id": "Bank", "tier": "service", "facing": "external"}]})"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(FieldNotExported, IsContentWithAFieldThatOnePageHas) {
  const Given estate = from_files({{"1/cmdb_ci_service_business.csv",
                                    "sys_id,name,sys_class_name,owned_by\n"
                                    "s1,Shop,cmdb_ci_service_business,\n"},
                                   {"2/cmdb_ci_service_business.csv",
                                    "sys_id,name,sys_class_name\n"
                                    "s2,Till,cmdb_ci_service_business\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(FieldNotExported, IsContentWithOneOfTheFieldsThatOwnersAreLookedForIn) {
  const Given estate =
      from_files({{"cmdb_ci_service_business.csv", "sys_id,name,owner\ns1,Shop,\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(FieldNotExported, NamesEveryFieldThatOwnersAreLookedForIn) {
  const Given estate = from_files({{"cmdb_ci_service_business.csv", "sys_id,name\ns1,Shop\n"}});
  EXPECT_THAT(estate.subjects(rule), ElementsAre("owned_by or owner of cmdb_ci_service_business"));
}

TEST(FieldNotExported, MakesAFindingForEachClassAndField) {
  const Given estate =
      from_files({{"items.csv", "id,tier,class\nShop,service,shop\nTill,service,pos\n"}});
  std::vector<std::string> ids;
  for (const Finding& finding : estate.audit().findings()) {
    if (finding.rule->id == rule) {
      ids.push_back(finding.subject.id);
    }
  }
  EXPECT_THAT(ids, testing::UnorderedElementsAre("pos.accountable", "pos.facing",
                                                 "shop.accountable", "shop.facing"));
}

TEST(FieldNotExported, FlagsTheGroupThatRunsComponents) {
  const Given estate = from_files({{"items.csv", "id,tier,class,owner\nRack,component,racks,\n"}});
  EXPECT_THAT(
      estate.messages(rule),
      ElementsAre("group of racks: is not in the export; component-domain-owner-missing needs it"));
}

TEST(FieldNotExported, MissesNoGroupOfComponentsThatAllHaveOwners) {
  const Given estate =
      from_files({{"items.csv", "id,tier,class,owner\nRack,component,racks,ann\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(FieldNotExported, FlagsThePortfolioOfServicesWherePortfoliosWereLoaded) {
  const Given estate = from_files({{"items.csv",
                                    "id,tier,class,facing,owner\n"
                                    "Retail,portfolio,lines,,ann\n"
                                    "Shop,service,shop,external,ann\n"}});
  EXPECT_THAT(estate.subjects(rule), ElementsAre("portfolio of shop"));
}

TEST(FieldNotExported, MissesNoPortfolioOfServicesWhereNoneWasLoaded) {
  const Given estate =
      from_files({{"items.csv", "id,tier,class,facing,owner\nShop,service,shop,external,ann\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(FieldNotExported, MissesNoPortfolioOfServicesWherePortfoliosListThem) {
  const Given estate = from_files({{"items.csv",
                                    "id,tier,class,facing,owner,contains\n"
                                    "Retail,portfolio,lines,,ann,Shop\n"
                                    "Shop,service,shop,external,ann,\n"}});
  EXPECT_THAT(estate.not_evaluated("service-not-in-portfolio"),
              Not(Contains(testing::HasSubstr("lacks"))));
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(FieldNotExported, MissesNoFacingWhereTheClassTellsIt) {
  const Given estate =
      from_files({{"cmdb_ci_service_technical.csv", "sys_id,name,owned_by\nt1,Backup,ann\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(FieldNotExported, MissesNoStateOrCriticality) {
  const Given estate =
      from_files({{"items.csv", "id,tier,class,facing,owner\nShop,service,shop,external,ann\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(FieldNotExported, IgnoresClassesOfWhichNothingIsLive) {
  const Given estate = from_files(
      {{"items.csv", "id,tier,class,facing,state\nShop,service,shop,external,retired\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(FieldNotExported, IgnoresClassesOfNoTier) {
  const Given estate = from_files({{"items.csv", "id,tier,class\nCable,none,cable\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(FieldNotExported, IsAboutAFieldOfAClass) {
  const Given estate =
      from_files({{"items.csv", "id,tier,class,facing\nShop,service,shop,external\n"}});
  EXPECT_EQ(estate.only(rule).subject.kind, SubjectKind::field);
  EXPECT_THAT(estate.only(rule).subject.attributes,
              ElementsAre(std::pair("class", "shop"), std::pair("input", "accountable")));
}

TEST(FieldNotExported, IsMedium) {
  const Given estate =
      from_files({{"items.csv", "id,tier,class,facing\nShop,service,shop,external\n"}});
  EXPECT_EQ(estate.only(rule).severity, Severity::medium);
}

}  // namespace
}  // namespace tierline
