#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "component-domain-owner-missing";

TEST(ComponentDomainOwnerMissing, FlagsAComponentWithoutOwnerAndGroup) {
  EXPECT_THAT(given("component Rack; component Disk +storage").messages(rule),
              ElementsAre("Rack: has neither an owner nor a group that runs it"));
}

TEST(ComponentDomainOwnerMissing, IsContentWithTheGroupThatRunsIt) {
  EXPECT_THAT(given("component Rack +servers").subjects(rule), IsEmpty());
}

TEST(ComponentDomainOwnerMissing, IsContentWithAnOwner) {
  EXPECT_THAT(given("component Rack @ann").subjects(rule), IsEmpty());
}

TEST(ComponentDomainOwnerMissing, IsContentWithAManagingOrASupportGroup) {
  const Given estate = from_files({{"cmdb_ci_linux_server.csv",
                                    "sys_id,name,owned_by,managed_by_group,support_group\n"
                                    "c1,web1,,Servers,\nc2,web2,,,Night shift\nc3,web3,,,\n"}});
  EXPECT_THAT(estate.subjects(rule), ElementsAre("web3"));
}

TEST(ComponentDomainOwnerMissing, TakesAContactForACandidateOnly) {
  const Given estate = given("component Rack ?eve");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("Rack: has neither an owner nor a group that runs it; ask eve"));
  EXPECT_THAT(names_in(estate.only(rule), "candidates"), ElementsAre("eve"));
}

TEST(ComponentDomainOwnerMissing, TakesPlaceholdersForNobody) {
  EXPECT_THAT(given("component Rack @tbd +n/a").messages(rule),
              ElementsAre("Rack: has neither an owner nor a group that runs it: "
                          "\"tbd\" is a placeholder"));
}

TEST(ComponentDomainOwnerMissing, IgnoresWhatIsNotLive) {
  EXPECT_THAT(given("component Rack retired; component Disk planned").subjects(rule), IsEmpty());
}

TEST(ComponentDomainOwnerMissing, LeavesOtherTiersToOtherRules) {
  EXPECT_THAT(given("portfolio Retail; external Shop; system Cart; thing Cable").subjects(rule),
              IsEmpty());
}

TEST(ComponentDomainOwnerMissing, IsLow) {
  EXPECT_EQ(given("component Rack").only(rule).severity, Severity::low);
}

TEST(ComponentDomainOwnerMissing, IsMediumForCriticalComponents) {
  EXPECT_EQ(given("component Rack critical").only(rule).severity, Severity::medium);
}

TEST(ComponentDomainOwnerMissing, IsNotEvaluatedWithoutTheOwner) {
  const Given estate = from_files({{"items.csv", "id,tier,class,group\nRack,component,racks,\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule), ElementsAre("the export of class 'racks' lacks owner"));
}

TEST(ComponentDomainOwnerMissing, IsNotEvaluatedWithoutTheGroup) {
  const Given estate = from_files({{"items.csv", "id,tier,class,owner\nRack,component,racks,\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule), ElementsAre("the export of class 'racks' lacks group"));
}

// What a count shows, a finding names.
TEST(ComponentDomainOwnerMissing, FlagsTheOneWithoutOwnerWhereOwnersStandInPlaceOfGroups) {
  const Given estate = from_files({{"items.csv",
                                    "id,tier,class,owner\nRack,component,racks,ann\n"
                                    "Disk,component,racks,\nLoose,component,cables,\n"
                                    "Lost,component,cables,\nWire,component,cables,ann\n"}});
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("Disk: has no owner, which 1 of 2 of its class have"));
  EXPECT_THAT(estate.not_evaluated(rule), ElementsAre("the export of class 'cables' lacks group"));
}

TEST(ComponentDomainOwnerMissing, ExpectsGroupsWhereSomeAreKnown) {
  const Given estate = from_files({{"export.json", R"({"items": [
      {"id": "Rack", "tier": "component", "class": "racks", "owner": "ann"},
      {"id": "Disk", "tier": "component", "class": "racks", "owner": ""}],
      "parties": [{"id": "ops", "kind": "group"}]})"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(ComponentDomainOwnerMissing, NeedsNoGroupOfWhatHasAnOwner) {
  const Given estate =
      from_files({{"items.csv", "id,tier,class,owner\nRack,component,racks,ann\n"}});
  EXPECT_THAT(estate.not_evaluated(rule), IsEmpty());
}

TEST(ComponentDomainOwnerMissing, IsNotEvaluatedWithoutSystemsOrComponents) {
  EXPECT_THAT(given("external Shop").not_evaluated(rule),
              ElementsAre("the export has no systems or components"));
}

}  // namespace
}  // namespace tierline
