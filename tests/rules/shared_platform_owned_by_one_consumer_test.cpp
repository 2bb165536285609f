#include <fmt/format.h>
#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "shared-platform-owned-by-one-consumer";
constexpr const char* people = "person ann; person bob; person cat; person eve; group ops;";

Given shared(std::string_view statements) {
  return given_all(std::string(people) + std::string(statements));
}

TEST(SharedPlatformOwnedByOneConsumer, FlagsASystemOwnedByTheOwnerOfOneOfItsServices) {
  const Given estate = shared(
      "system Crm @ann; external A @ann; internal B @bob; internal C @cat; A -> Crm; B -> Crm;"
      "C -> Crm");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("Crm: is owned by ann, of whose services only A relies on it; 2 other "
                          "services do, such as those of bob and cat"));
  EXPECT_THAT(names_in(estate.only(rule), "owners"), ElementsAre("ann"));
  EXPECT_EQ(word_in(estate.only(rule), "ownService"), "A");
  EXPECT_EQ(number_in(estate.only(rule), "serviceCount"), 3U);
  EXPECT_THAT(names_in(estate.only(rule), "sharedBy"), ElementsAre("A", "B", "C"));
  EXPECT_THAT(names_in(estate.only(rule), "consumerOwners"), ElementsAre("bob", "cat"));
}

TEST(SharedPlatformOwnedByOneConsumer, FollowsPathsThroughLiveItemsOnly) {
  const std::string estate =
      "system Crm @ann; external A @ann; internal B @bob; internal C @cat; A -> Crm; B -> Crm;";
  EXPECT_THAT(shared(estate + "system Hub; C -> Hub -> Crm").subjects(rule), ElementsAre("Crm"));
  EXPECT_THAT(shared(estate + "system Hub retired; C -> Hub -> Crm").subjects(rule), IsEmpty());
}

TEST(SharedPlatformOwnedByOneConsumer, IsContentWithAnOwnerOfTwo) {
  EXPECT_THAT(shared("system Crm @ann; external A @ann; internal B @bob; internal C @cat; internal "
                     "D @ann; A -> Crm; B -> Crm; C -> Crm; D -> Crm")
                  .subjects(rule),
              IsEmpty());
}

TEST(SharedPlatformOwnedByOneConsumer, IsContentWithAnOwnerOfNone) {
  EXPECT_THAT(shared("system Crm @eve; external A @ann; internal B @bob; internal C @cat; internal "
                     "D @eve; A -> Crm; B -> Crm; C -> Crm")
                  .subjects(rule),
              IsEmpty());
}

TEST(SharedPlatformOwnedByOneConsumer, WantsThreeServices) {
  EXPECT_THAT(shared("system Crm @ann; external A @ann; internal B @bob @cat; A -> Crm; B -> Crm")
                  .subjects(rule),
              IsEmpty());
}

TEST(SharedPlatformOwnedByOneConsumer, WantsTwoOtherOwners) {
  EXPECT_THAT(shared("system Crm @ann; external A @ann; internal B @bob; internal C @bob; A -> Crm;"
                     "B -> Crm; C -> Crm")
                  .subjects(rule),
              IsEmpty());
}

TEST(SharedPlatformOwnedByOneConsumer, CountsOneServiceOfTwoOwnersOnce) {
  EXPECT_THAT(shared("system Crm @ann @eve; external A @ann @eve; internal B @bob; internal C @cat;"
                     "A -> Crm; B -> Crm; C -> Crm")
                  .subjects(rule),
              ElementsAre("Crm"));
}

TEST(SharedPlatformOwnedByOneConsumer, CountsTheServicesOfAllItsOwnersTogether) {
  EXPECT_THAT(shared("system Crm @ann @eve; external A @ann; internal E @eve; internal B @bob;"
                     "internal C @cat; A -> Crm; B -> Crm; C -> Crm; E -> Crm")
                  .subjects(rule),
              IsEmpty());
}

TEST(SharedPlatformOwnedByOneConsumer, LeavesServicesThatAreSharedAlone) {
  EXPECT_THAT(shared("supporting Crm @ann; external A @ann; internal B @bob; internal C @cat;"
                     "A -> Crm; B -> Crm; C -> Crm")
                  .subjects(rule),
              IsEmpty());
}

/// The CRM of Ann, her service and two others that rely on it; `offerings` besides.
Given with_offerings(std::string_view offerings) {
  AuditOptions options;
  options.rules.set = RuleSet::all;
  return from_files(
      {{"cmdb_ci_service_business.csv",
        "sys_id,name,owned_by\ns1,Shop,u1\ns2,Bank,u2\ns3,Mail,u3\n"},
       {"service_offering.csv", "sys_id,name,parent,owned_by\n" + std::string(offerings)},
       {"cmdb_ci_service_auto.csv", "sys_id,name,owned_by\na1,Crm,u1\n"},
       {"cmdb_rel_ci.csv",
        "sys_id,parent,child,type\nr1,s1,a1,Depends on::Used by\nr2,s2,a1,Depends on::Used by\n"
        "r3,s3,a1,Depends on::Used by\nr4,o1,a1,Depends on::Used by\n"},
       {"sys_user.csv", "sys_id,name,active\nu1,Ann,true\nu2,Bob,true\nu3,Cat,true\n"}},
      options);
}

TEST(SharedPlatformOwnedByOneConsumer, CountsAServiceAndItsOfferingsOnce) {
  EXPECT_THAT(with_offerings("o1,Gold,s1,u1\n").subjects(rule), ElementsAre("Crm"));
  EXPECT_THAT(with_offerings("o1,Gold,s2,u1\n").subjects(rule), IsEmpty());
}

TEST(SharedPlatformOwnedByOneConsumer, IsUndeterminedWhereItHangsOnAnOwnerWhoIsNobody) {
  const std::string nobody =
      "person ann; external A @ann; internal B @bob; internal C @cat;"
      "A -> Crm; B -> Crm; C -> Crm;";
  const Given estate = given_all(nobody + "system Crm @ann");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule),
              ElementsAre("an owner on whom it hangs is in no table of persons or groups"));
}

TEST(SharedPlatformOwnedByOneConsumer, LooksAtSystemsThatRelyOnOneAnotherTogether) {
  const Given estate = shared(
      "system Crm @ann; system Erp @bob; external A @ann; internal B @bob; internal C @cat;"
      "internal D @bob; A -> Crm -> Erp -> Crm; B -> Erp; C -> Erp; D -> Crm");
  EXPECT_THAT(estate.subjects(rule), ElementsAre("Crm"));
}

/// Ann's CRM, her service and so many of others that rely on it.
std::string relied_on_by(int others) {
  std::string estate = "system Crm @ann; external A @ann; A -> Crm";
  for (int i = 0; i < others; ++i) {
    estate += fmt::format("; internal S{0} @o{0}; S{0} -> Crm", i);
  }
  return estate;
}

TEST(SharedPlatformOwnedByOneConsumer, IsNotEvaluatedWhereMoreThanSixtyFourRelyOnIt) {
  EXPECT_EQ(number_in(given_all(relied_on_by(63)).only(rule), "serviceCount"), 64U);
  const Given estate = given_all(relied_on_by(64));
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule), ElementsAre("more than 64 services rely on it"));
}

TEST(SharedPlatformOwnedByOneConsumer, IsLowAndWorseForCriticalOnes) {
  const std::string estate =
      "external A @ann; internal B @bob; internal C @cat; A -> Crm; B -> Crm; C -> Crm;";
  EXPECT_EQ(shared(estate + "system Crm @ann").only(rule).severity, Severity::low);
  EXPECT_EQ(shared(estate + "system Crm @ann critical").only(rule).severity, Severity::medium);
}

}  // namespace
}  // namespace tierline
