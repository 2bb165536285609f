#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "shared-platform-unowned";

TEST(SharedPlatformUnowned, FlagsASystemThatServicesOfDifferentOwnersShare) {
  const Given estate = given(
      "system Crm; external A @ann; external B @bob; internal C @ann; A -> Crm; B -> Crm; C -> "
      "Crm");
  EXPECT_THAT(estate.subjects(rule), ElementsAre("Crm"));
  EXPECT_THAT(names_in(estate.only(rule), "sharedBy"), ElementsAre("A", "B", "C"));
  EXPECT_THAT(names_in(estate.only(rule), "consumerOwners"), ElementsAre("ann", "bob"));
}

TEST(SharedPlatformUnowned, WantsThreeServices) {
  const Given estate = given("system Crm; external A @ann; external B @bob; A -> Crm; B -> Crm");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(SharedPlatformUnowned, WantsTwoOwners) {
  const Given estate = given(
      "system Crm; external A @ann; external B @ann; internal C @ann; A -> Crm; B -> Crm; C -> "
      "Crm");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(SharedPlatformUnowned, TakesNobodyForNoOwner) {
  const Given estate = given(
      "system Crm; external A @ann; external B @tbd; internal C; A -> Crm; B -> Crm; C -> Crm");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(SharedPlatformUnowned, CountsServicesThatNobodyOwns) {
  const Given estate = given(
      "system Crm; external A @ann; external B @bob; internal C; A -> Crm; B -> Crm; C -> Crm");
  EXPECT_THAT(estate.subjects(rule), ElementsAre("Crm"));
}

TEST(SharedPlatformUnowned, CountsTheOwnersOfOneServiceEach) {
  const Given estate = given(
      "system Crm; external A @ann @bob; external B; internal C; A -> Crm; B -> Crm; C -> Crm");
  EXPECT_THAT(estate.subjects(rule), ElementsAre("Crm"));
}

TEST(SharedPlatformUnowned, IgnoresAPlatformWithAnOwner) {
  const Given estate = given(
      "system Crm @eve; external A @ann; external B @bob; internal C @ann;"
      "A -> Crm; B -> Crm; C -> Crm");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(SharedPlatformUnowned, IgnoresWhatIsNotLive) {
  const Given estate = given(
      "system Crm retired; external A @ann; external B @bob; internal C @ann;"
      "A -> Crm; B -> Crm; C -> Crm");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(SharedPlatformUnowned, CountsOnlyLiveServices) {
  const Given estate = given(
      "system Crm; external A @ann; external B @bob; internal C @ann retired;"
      "A -> Crm; B -> Crm; C -> Crm");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(SharedPlatformUnowned, CountsServicesOnly) {
  const Given estate = given(
      "system Crm; external A @ann; external B @bob; system C @eve; A -> Crm; B -> Crm; C -> Crm");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(SharedPlatformUnowned, JudgesSystemsOnly) {
  const Given estate = given(
      "supporting Mail; component San; external A @ann; external B @bob; internal C @ann;"
      "A -> Mail; B -> Mail; C -> Mail; A -> San; B -> San; C -> San");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(SharedPlatformUnowned, FollowsPathsThroughOtherItems) {
  const Given estate = given(
      "system Crm; system Cart @eve; external A @ann; external B @bob; internal C @ann;"
      "A -> Cart; B -> Cart; C -> Cart; Cart -> Crm");
  EXPECT_THAT(estate.subjects(rule), ElementsAre("Crm"));
}

TEST(SharedPlatformUnowned, FollowsNoPathThroughRetiredItems) {
  const Given estate = given(
      "system Crm; system Cart @eve retired; external A @ann; external B @bob; internal C @ann;"
      "A -> Crm; B -> Crm; C -> Cart; Cart -> Crm");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(SharedPlatformUnowned, CountsAServiceThatReachesItTwiceOnce) {
  const Given estate = given(
      "system Crm; system Cart @eve; external A @ann; external B @bob;"
      "A -> Crm; B -> Crm; A -> Cart -> Crm");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(SharedPlatformUnowned, CountsServicesThatRelyOnOneAnother) {
  const Given estate =
      given("system Crm; external A @ann; external B @bob; internal C; A -> B -> C -> A; C -> Crm");
  EXPECT_THAT(estate.subjects(rule), ElementsAre("Crm"));
}

TEST(SharedPlatformUnowned, TakesADataFlowForNoUse) {
  const Given estate = given(
      "system Crm; external A @ann; external B @bob; internal C @ann; A -> Crm; B -> Crm; C ~> "
      "Crm");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(SharedPlatformUnowned, NamesCandidates) {
  const Given estate = given(
      "system Crm +sales; external A @ann; external B @bob; internal C @ann;"
      "A -> Crm; B -> Crm; C -> Crm");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("Crm: has no accountable owner, though services of several owners rely "
                          "on it, such as A, B and C, owned by ann and bob; ask sales"));
  EXPECT_THAT(names_in(estate.only(rule), "candidates"), ElementsAre("sales"));
}

TEST(SharedPlatformUnowned, SaysTheSameInWhateverOrderTheExportStands) {
  const Given one = given(
      "system Crm; external A @ann; external B @bob; internal C @eve; internal D @dan;"
      "A -> Crm; B -> Crm; C -> Crm; D -> Crm");
  const Given other = given(
      "D -> Crm; C -> Crm; B -> Crm; A -> Crm; internal D @dan; internal C @eve;"
      "external B @bob; external A @ann; system Crm");
  EXPECT_EQ(one.only(rule).message, other.only(rule).message);
  EXPECT_EQ(one.only(rule).evidence, other.only(rule).evidence);
  EXPECT_EQ(one.only(rule).fingerprint, other.only(rule).fingerprint);
}

TEST(SharedPlatformUnowned, IsHigh) {
  const Given estate = given(
      "system Crm; external A @ann; external B @bob; internal C @ann; A -> Crm; B -> Crm; C -> "
      "Crm");
  EXPECT_EQ(estate.only(rule).severity, Severity::high);
}

TEST(SharedPlatformUnowned, IsCriticalForCriticalSystems) {
  const Given estate = given(
      "system Crm critical; external A @ann; external B @bob; internal C @ann;"
      "A -> Crm; B -> Crm; C -> Crm");
  EXPECT_EQ(estate.only(rule).severity, Severity::critical);
}

TEST(SharedPlatformUnowned, IsNotEvaluatedWithoutTheField) {
  const Given estate = from_files({{"estate.json", R"({"items": [
          {"id": "Crm", "class": "apps", "tier": "system", "needs": ""},
          {"id": "A", "class": "shop", "tier": "service", "owner": "ann", "needs": "Crm"},
          {"id": "B", "class": "shop", "tier": "service", "owner": "bob", "needs": "Crm"},
          {"id": "C", "class": "shop", "tier": "service", "owner": "eve", "needs": "Crm"}]})"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule), ElementsAre("the export of class 'apps' lacks owner"));
}

TEST(SharedPlatformUnowned, IsNotEvaluatedWithoutRelationsOfServices) {
  EXPECT_THAT(given("external A; system Crm; component Rack; Crm -> Rack").not_evaluated(rule),
              ElementsAre("the export has no relations of services"));
}

}  // namespace
}  // namespace tierline
