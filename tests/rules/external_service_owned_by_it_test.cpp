#include <gmock/gmock.h>

#include "given.h"
#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "external-service-owned-by-it";

const std::string organisations =
    "organisation Corp; organisation IT in:Corp; organisation Networks in:IT;"
    "organisation Sales in:Corp; person ann in:Networks; person bob in:Sales; person eve;";

TEST(ExternalServiceOwnedByIt, FlagsAnExternalServiceAllOfWhoseOwnersAreIt) {
  const Given estate = given(organisations +
                             "external Shop @ann; external Mail @bob;"
                             "internal Wiki @ann; external Bank @ann @bob");
  EXPECT_THAT(
      estate.messages(rule),
      ElementsAre("Shop: faces customers outside, and is owned by IT: ann of IT, which is IT "
                  "by its name"));
  EXPECT_THAT(names_in(estate.only(rule), "itOrganisations"), ElementsAre("IT"));
}

TEST(ExternalServiceOwnedByIt, CannotTellOfAnOwnerWhoBelongsNowhere) {
  const Given estate = given(organisations + "external Shop @eve");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule), ElementsAre("nothing says where its owner belongs"));
}

TEST(ExternalServiceOwnedByIt, IsNotEvaluatedWhereNoOrganisationIsCalledAsItIs) {
  EXPECT_THAT(
      given("organisation Digital; person ann in:Digital; external Shop @ann").not_evaluated(rule),
      ElementsAre("no organisation of the export is IT by its name"));
}

TEST(ExternalServiceOwnedByIt, TakesExactNamesOnly) {
  EXPECT_THAT(given("organisation IT; organisation It_works; person ann in:It_works;"
                    "external Shop @ann")
                  .subjects(rule),
              IsEmpty());
}

TEST(ExternalServiceOwnedByIt, IsNotFooledByOrganisationsInACircle) {
  EXPECT_THAT(given("organisation IT; organisation A in:B; organisation B in:A; person ann in:A;"
                    "external Shop @ann")
                  .subjects(rule),
              IsEmpty());
}

TEST(ExternalServiceOwnedByIt, ReadsTheDepartmentsOfServiceNow) {
  EXPECT_THAT(
      from_files({{"cmdb_ci_service_business.csv",
                   "sys_id,name,consumer_type,owned_by\ns1,Shop,External,u1\n"},
                  {"sys_user.csv", "sys_id,user_name,name,department\nu1,ann,Ann,d2\n"},
                  {"cmn_department.csv",
                   "sys_id,name,parent,dept_head\nd1,Information Technology,,u1\nd2,Web,d1,\n"}})
          .messages(rule),
      ElementsAre("Shop: faces customers outside, and is owned by IT: Ann of Information "
                  "Technology, which is IT by its name"));
}

}  // namespace
}  // namespace tierline
