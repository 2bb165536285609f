#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "domain-owner-only";
/// Five parts of a shop, four of which somebody answers for.
constexpr const char* parts =
    "system A @ann; system B @bob; component C @cat; component D +ops; system E;"
    "Shop -> A; Shop => B; Shop -> C; Shop => D; Shop -> E;";

TEST(DomainOwnerOnly, FlagsAServiceWhosePartsAreOwnedAndItIsNot) {
  const Given estate = given_all(std::string(parts) + "external Shop");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("Shop: has no accountable owner, though somebody answers for 4 of its 5 "
                          "systems and components"));
  EXPECT_EQ(number_in(estate.only(rule), "ownedParts"), 4U);
  EXPECT_EQ(number_in(estate.only(rule), "partCount"), 5U);
}

TEST(DomainOwnerOnly, TakesAPlaceholderForNoOwnerAndSaysWhomToAsk) {
  const Finding finding = given_all(std::string(parts) + "external Shop @tbd ?eve").only(rule);
  EXPECT_EQ(word_in(finding, "placeholder"), "tbd");
  EXPECT_THAT(names_in(finding, "candidates"), ElementsAre("eve"));
}

TEST(DomainOwnerOnly, IsContentWithAnOwner) {
  EXPECT_THAT(given_all(std::string(parts) + "external Shop @eve").subjects(rule), IsEmpty());
}

TEST(DomainOwnerOnly, WantsFiveParts) {
  EXPECT_THAT(given_all("external Shop; system A @ann; system B @bob; system C @cat; system D @ann;"
                        "Shop -> A; Shop -> B; Shop -> C; Shop -> D; Shop -> D")
                  .subjects(rule),
              IsEmpty());
}

TEST(DomainOwnerOnly, WantsFourOfFiveToBeOwned) {
  EXPECT_THAT(given_all(std::string(parts) + "external Shop; system F; Shop -> F").subjects(rule),
              IsEmpty());
}

TEST(DomainOwnerOnly, CountsOwnersOfSystemsAndNotWhoRunsThem) {
  EXPECT_THAT(given_all(std::string(parts) +
                        "external Shop; system F +ops; system G @ann; Shop -> F; Shop -> G")
                  .subjects(rule),
              IsEmpty());
}

TEST(DomainOwnerOnly, CountsLiveDirectPartsOnly) {
  EXPECT_THAT(given_all("external Shop; system A @ann; system B @bob; system C @cat; system D @ann;"
                        "system E @ann retired; system F @ann; Shop -> A; Shop -> B; Shop -> C;"
                        "Shop -> D -> F; Shop -> E")
                  .subjects(rule),
              IsEmpty());
}

TEST(DomainOwnerOnly, TakesAServiceAndItsOfferingsForOne) {
  const auto estate = [](std::string_view offering_owner) {
    return from_files(
        {{"cmdb_ci_service_business.csv", "sys_id,name,owned_by\ns1,Shop,\n"},
         {"service_offering.csv",
          "sys_id,name,parent,owned_by\no1,Gold,s1," + std::string(offering_owner) + "\n"},
         {"cmdb_ci_service_auto.csv",
          "sys_id,name,owned_by\na1,A,u1\na2,B,u1\na3,C,u1\na4,D,u1\na5,E,u1\n"},
         {"cmdb_rel_ci.csv",
          "sys_id,parent,child,type\nr1,s1,a1,Depends on::Used by\nr2,s1,a2,Depends on::Used by\n"
          "r3,s1,a3,Depends on::Used by\nr4,o1,a4,Depends on::Used by\n"
          "r5,o1,a5,Depends on::Used by\n"},
         {"sys_user.csv", "sys_id,name,active\nu1,Ann,true\n"}},
        [] {
          AuditOptions options;
          options.rules.set = RuleSet::all;
          return options;
        }());
  };
  EXPECT_THAT(estate("").subjects(rule), ElementsAre("Shop"));
  EXPECT_THAT(estate("u1").subjects(rule), IsEmpty());
}

TEST(DomainOwnerOnly, IsMediumAndLikelyAndWorseForExternalOnes) {
  const Given estate = given_all(std::string(parts) + "internal Shop");
  EXPECT_EQ(estate.only(rule).severity, Severity::medium);
  EXPECT_EQ(estate.only(rule).rule->confidence, Confidence::likely);
  EXPECT_EQ(given_all(std::string(parts) + "external Shop").only(rule).severity, Severity::high);
}

TEST(DomainOwnerOnly, IsNoCoreRule) {
  EXPECT_THAT(given(std::string(parts) + "external Shop").subjects(rule), IsEmpty());
}

}  // namespace
}  // namespace tierline
