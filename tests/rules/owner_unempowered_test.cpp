#include <gmock/gmock.h>

#include "given.h"
#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "owner-unempowered";

TEST(OwnerUnempowered, FlagsAServiceThatNoEmployeeOwns) {
  EXPECT_THAT(given_all("external Shop @ann; internal Wiki @bot @ann; external Mail @ann @bob;"
                        "supporting Disk @ann; person ann employment:contractor;"
                        "person bob employment:employee; person bot employment:service_account")
                  .messages(rule),
              ElementsAre("Shop: faces customers, and is owned by nobody of the organisation: ann "
                          "(contractor)",
                          "Wiki: faces customers, and is owned by nobody of the organisation: ann "
                          "(contractor) and bot (service account)"));
}

TEST(OwnerUnempowered, CannotTellOfAnOwnerOfWhomNothingIsSaid) {
  const Given estate =
      given_all("external Shop @ann @eve; person ann employment:vendor; person eve employment:");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule), ElementsAre("nothing says how its owner is employed"));
}

TEST(OwnerUnempowered, IsNotEvaluatedWhereEmploymentIsNotExported) {
  EXPECT_THAT(given_all("external Shop @ann; person ann").not_evaluated(rule),
              ElementsAre("the export does not say how persons are employed"));
}

}  // namespace
}  // namespace tierline
