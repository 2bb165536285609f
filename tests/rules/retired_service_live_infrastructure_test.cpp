#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "retired-service-live-infrastructure";

TEST(RetiredServiceLiveInfrastructure, FlagsWhatOnlyARetiredServiceStoodOn) {
  const Given estate =
      given("internal Fax retired; system Gateway; component Rack; Fax -> Gateway -> Rack");
  EXPECT_THAT(
      estate.messages(rule),
      ElementsAre("Gateway: is live, but no live service relies on it; Fax, which is retired, did",
                  "Rack: is live, but no live service relies on it; Fax, which is retired, did"));
}

TEST(RetiredServiceLiveInfrastructure, NamesTheRetiredService) {
  const Given estate = given("internal Fax retired; system Gateway; Fax -> Gateway");
  EXPECT_THAT(names_in(estate.only(rule), "nearest"), ElementsAre("Fax"));
}

TEST(RetiredServiceLiveInfrastructure, NamesTheRetiredServiceThatStandsNearest) {
  const Given estate = given(
      "internal Fax retired; supporting Phone retired; system Gateway; Fax -> Phone -> Gateway");
  EXPECT_THAT(names_in(estate.only(rule), "nearest"), ElementsAre("Phone"));
}

TEST(RetiredServiceLiveInfrastructure, KeepsWhatALiveServiceSharesWithIt) {
  EXPECT_THAT(
      given("internal Fax retired; internal Mail; system Gateway; Fax -> Gateway; Mail -> Gateway")
          .subjects(rule),
      IsEmpty());
}

TEST(RetiredServiceLiveInfrastructure, KeepsWhatAnyLiveServiceSharesWithIt) {
  EXPECT_THAT(given("internal Fax retired; supporting Scan; service Copy; system Gateway;"
                    "system Feeder; Fax -> Gateway; Fax -> Feeder; Scan -> Gateway; Copy -> Feeder")
                  .subjects(rule),
              IsEmpty());
}

TEST(RetiredServiceLiveInfrastructure, KeepsWhatAServiceThatIsRetiringUses) {
  EXPECT_THAT(given("internal Fax retiring; system Gateway; Fax -> Gateway").subjects(rule),
              IsEmpty());
}

TEST(RetiredServiceLiveInfrastructure, FollowsPathsThroughItemsOfAnyState) {
  const Given estate = given(
      "internal Fax retired; system Gateway retired; system Spooler planned; component Rack;"
      "Fax -> Gateway -> Spooler -> Rack");
  EXPECT_THAT(estate.subjects(rule), ElementsAre("Rack"));
}

TEST(RetiredServiceLiveInfrastructure, FlagsWhatALiveServiceReachesOnlyThroughRetiredItems) {
  const Given estate = given(
      "internal Fax retired; internal Mail; system Gateway retired; component Rack;"
      "Fax -> Rack; Mail -> Gateway -> Rack");
  EXPECT_THAT(estate.subjects(rule), ElementsAre("Rack"));
}

TEST(RetiredServiceLiveInfrastructure, TakesAPlannedServiceForNoUserYet) {
  EXPECT_THAT(given("internal Fax retired; internal Mail planned; system Gateway; Fax -> Gateway;"
                    "Mail -> Gateway")
                  .subjects(rule),
              ElementsAre("Gateway"));
}

TEST(RetiredServiceLiveInfrastructure, IgnoresWhatNoServiceEverStoodOn) {
  EXPECT_THAT(
      given("internal Fax retired; system Gateway; system Other; Fax -> Gateway").subjects(rule),
      ElementsAre("Gateway"));
}

TEST(RetiredServiceLiveInfrastructure, IgnoresWhatARetiredSystemStoodOn) {
  EXPECT_THAT(given("internal Mail; system Queue; Mail -> Queue; system Old retired;"
                    "component Rack; Old -> Rack")
                  .subjects(rule),
              IsEmpty());
}

TEST(RetiredServiceLiveInfrastructure, TakesADataFlowForNoUse) {
  EXPECT_THAT(given("internal Fax retired; system Gateway; internal Mail; system Queue;"
                    "Mail -> Queue; Fax ~> Gateway")
                  .subjects(rule),
              IsEmpty());
}

TEST(RetiredServiceLiveInfrastructure, IgnoresWhatIsNotLive) {
  EXPECT_THAT(given("internal Fax retired; system Gateway retired; component Next planned;"
                    "Fax -> Gateway; Fax -> Next")
                  .subjects(rule),
              IsEmpty());
}

TEST(RetiredServiceLiveInfrastructure, IgnoresServices) {
  EXPECT_THAT(given("internal Fax retired; supporting Phone; Fax -> Phone").subjects(rule),
              IsEmpty());
}

TEST(RetiredServiceLiveInfrastructure, SpeaksInsteadOfTheOrphanRules) {
  const Given estate =
      given("internal Fax retired; system Gateway; component Rack; Fax -> Gateway -> Rack");
  EXPECT_THAT(estate.subjects("orphan-system"), IsEmpty());
  EXPECT_THAT(estate.subjects("orphan-component"), IsEmpty());
}

TEST(RetiredServiceLiveInfrastructure, IsHigh) {
  EXPECT_EQ(given("internal Fax retired; system Gateway; Fax -> Gateway").only(rule).severity,
            Severity::high);
}

TEST(RetiredServiceLiveInfrastructure, IsCriticalForCriticalItems) {
  EXPECT_EQ(
      given("internal Fax retired; system Gateway critical; Fax -> Gateway").only(rule).severity,
      Severity::critical);
}

TEST(RetiredServiceLiveInfrastructure, IsNotEvaluatedWithoutRelationsOfServices) {
  EXPECT_THAT(given("internal Fax retired; system Gateway; component Rack; Gateway -> Rack")
                  .not_evaluated(rule),
              ElementsAre("the export has no relations of services"));
}

}  // namespace
}  // namespace tierline
