#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "unknown-relationship-type";

/// An export of two applications, with these rows of cmdb_rel_ci.
Given related(const std::string& rows) {
  return from_files({{"cmdb_ci_business_app.csv", "sys_id,name\na1,Cart\na2,Crm\n"},
                     {"cmdb_rel_ci.csv", "sys_id,parent,child,type\n" + rows}});
}

TEST(UnknownRelationshipType, FlagsATypeThatTheProfileDoesNotMap) {
  EXPECT_THAT(related("r1,a1,a2,Haunts::Haunted by\nr2,a1,a2,Uses::Used by\n").messages(rule),
              ElementsAre("Haunts::Haunted by: 1 relation is left out: nobody says what this type "
                          "means, or which way round"));
}

TEST(UnknownRelationshipType, MakesOneFindingForEachType) {
  const Given estate = related(
      "r1,a1,a2,Haunts::Haunted by\nr2,a2,a1,Haunts::Haunted by\nr3,a1,a2,Greets::Greeted by\n");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("Greets::Greeted by: 1 relation is left out: nobody says what this type "
                          "means, or which way round",
                          "Haunts::Haunted by: 2 relations are left out: nobody says what this "
                          "type means, or which way round"));
}

TEST(UnknownRelationshipType, CountsTheRelationsOfTheType) {
  const Given estate = related("r1,a1,a2,Haunts::Haunted by\nr2,a2,a1,Haunts::Haunted by\n");
  EXPECT_EQ(number_in(estate.only(rule), "relationCount"), 2U);
  EXPECT_EQ(estate.only(rule).subject.kind, SubjectKind::relation_type);
}

TEST(UnknownRelationshipType, FollowsNoRelationOfTheType) {
  const Given estate = related("r1,a1,a2,Haunts::Haunted by\n");
  EXPECT_TRUE(estate.graph().dependencies_of(estate.item("Cart")).empty());
  EXPECT_TRUE(estate.graph().dependents_of(estate.item("Cart")).empty());
}

TEST(UnknownRelationshipType, KnowsATypeByItsFullNameWhateverItsCaseAndSpacing) {
  EXPECT_THAT(related("r1,a1,a2,depends ON::used  by\n").subjects(rule), IsEmpty());
}

TEST(UnknownRelationshipType, KnowsATypeWithBlanksAroundItsColons) {
  EXPECT_THAT(related("r1,a1,a2,Depends on :: Used by\n").subjects(rule), IsEmpty());
}

TEST(UnknownRelationshipType, NeverKnowsATypeByHalfOfItsName) {
  EXPECT_THAT(related("r1,a1,a2,Depends on\nr2,a1,a2,Used by\nr3,a1,a2,Used by::Uses\n"
                      "r4,a1,a2,Depends on::Needed by\n")
                  .subjects(rule),
              ElementsAre("Depends on", "Depends on::Needed by", "Used by", "Used by::Uses"));
}

TEST(UnknownRelationshipType, KnowsATypeByItsId) {
  EXPECT_THAT(related("r1,a1,a2,1a9cb166f1571100a92eb60da2bce5c5\n").subjects(rule), IsEmpty());
}

TEST(UnknownRelationshipType, FlagsAnIdThatNobodyHasANameFor) {
  EXPECT_THAT(related("r1,a1,a2,00000000000000000000000000000001\n").subjects(rule),
              ElementsAre("00000000000000000000000000000001"));
}

TEST(UnknownRelationshipType, KnowsAnIdByTheTableOfTypes) {
  const Given estate =
      from_files({{"cmdb_ci_business_app.csv", "sys_id,name\na1,Cart\na2,Crm\n"},
                  {"cmdb_rel_type.csv",
                   "sys_id,name,parent_descriptor,child_descriptor\n"
                   "00000000000000000000000000000001,Depends on::Used by,Depends on,Used by\n"},
                  {"cmdb_rel_ci.csv",
                   "sys_id,parent,child,type\n"
                   "r1,a1,a2,00000000000000000000000000000001\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_EQ(estate.graph().dependencies_of(estate.item("Cart")).size(), 1U);
}

TEST(UnknownRelationshipType, TrustsTheIdOverTheLabelAndNoticesIt) {
  const Given estate =
      from_files({{"cmdb_ci_business_app.csv", "sys_id,name\na1,Cart\na2,Crm\n"},
                  {"cmdb_rel_ci.json", R"({"result": [{"sys_id": "r1", "parent": {"value": "a1"},
          "child": {"value": "a2"}, "type": {"value": "1a9cb166f1571100a92eb60da2bce5c5",
          "display_value": "Haunts::Haunted by"}}]})"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_EQ(estate.graph().dependencies_of(estate.item("Cart")).size(), 1U);
  ASSERT_EQ(estate.inventory().notices().size(), 1U);
  EXPECT_EQ(estate.inventory().notices()[0].kind, "relation-type-mismatch");
}

TEST(UnknownRelationshipType, FlagsAnEmptyType) {
  EXPECT_EQ(related("r1,a1,a2,\n").only(rule).message,
            "1 relation is left out: nobody says what the empty type means, or which way round");
}

TEST(UnknownRelationshipType, KnowsTypesThatAreNoUse) {
  EXPECT_THAT(related("r1,a1,a2,Exchanges data with::Exchanges data with\n"
                      "r2,a1,a2,Owns::Owned by\n")
                  .subjects(rule),
              IsEmpty());
}

TEST(UnknownRelationshipType, FlagsATypeOfThePlainFormat) {
  const Given estate = from_files({{"items.csv", "id,tier\nShop,service\nCart,system\n"},
                                   {"relations.csv", "from,to,type\nShop,Cart,haunts\n"}});
  EXPECT_THAT(estate.subjects(rule), ElementsAre("haunts"));
}

TEST(UnknownRelationshipType, IsMedium) {
  EXPECT_EQ(related("r1,a1,a2,Haunts::Haunted by\n").only(rule).severity, Severity::medium);
}

}  // namespace
}  // namespace tierline
