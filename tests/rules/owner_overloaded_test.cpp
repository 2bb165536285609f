#include <fmt/format.h>
#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "owner-overloaded";

/// So many services of one owner, `more` said of each.
std::string services(int count, std::string_view more) {
  std::string statements = "person ann; group ops";
  for (int i = 0; i < count; ++i) {
    statements += fmt::format("; external s{:02} {}", i, more);
  }
  return statements;
}

TEST(OwnerOverloaded, FlagsAPersonWithMoreThanTwelveServices) {
  const Given estate = given(services(13, "@ann"));
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("ann: answers for 13 live services: s00, s01, s02, s03 and 9 more"));
  EXPECT_EQ(estate.only(rule).subject.kind, SubjectKind::party);
  EXPECT_EQ(number_in(estate.only(rule), "serviceCount"), 13U);
  EXPECT_EQ(names_in(estate.only(rule), "services").size(), 13U);
}

TEST(OwnerOverloaded, IsContentWithTwelve) {
  EXPECT_THAT(given(services(12, "@ann")).subjects(rule), IsEmpty());
}

TEST(OwnerOverloaded, CountsLiveServicesOnly) {
  EXPECT_THAT(
      given(services(12, "@ann") + "; external old @ann retired; system Cart @ann").subjects(rule),
      IsEmpty());
}

TEST(OwnerOverloaded, LeavesGroupsAlone) {
  EXPECT_THAT(given(services(13, "@ops")).subjects(rule), IsEmpty());
}

TEST(OwnerOverloaded, CountsAServiceAndItsOfferingsOnce) {
  std::string offerings = "sys_id,name,parent,owned_by\n";
  for (int i = 0; i < 20; ++i) {
    offerings += fmt::format("o{0},Offering {0},s1,u1\n", i);
  }
  const Given estate =
      from_files({{"cmdb_ci_service_business.csv", "sys_id,name,owned_by\ns1,Shop,u1\n"},
                  {"service_offering.csv", offerings},
                  {"sys_user.csv", "sys_id,name,active\nu1,Ann,true\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(OwnerOverloaded, IsMedium) {
  EXPECT_EQ(given(services(13, "@ann critical")).only(rule).severity, Severity::medium);
}

}  // namespace
}  // namespace tierline
