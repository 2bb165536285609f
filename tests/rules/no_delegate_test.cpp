#include <gmock/gmock.h>

#include "given.h"
#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "no-delegate";

TEST(NoDelegate, FlagsACriticalServiceOfOnePersonWithoutDelegate) {
  const Given estate = given_all(
      "external Shop critical @ann delegate:; internal Mail criticality:2 @ann delegate:bob;"
      "internal Menu criticality:3 @ann delegate:; person ann; person bob");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("Shop: is of criticality 1, and nobody stands in for its owner ann"));
  EXPECT_THAT(names_in(estate.only(rule), "owners"), ElementsAre("ann"));
}

TEST(NoDelegate, LooksAtServicesOfOnePersonOnly) {
  EXPECT_THAT(given_all("external Shop critical @ops delegate:; external Bank critical delegate:;"
                        "external Till critical @ann @bob delegate:;"
                        "internal Mail critical @ann delegate:bob;"
                        "person ann; person bob; group ops")
                  .subjects(rule),
              IsEmpty());
}

TEST(NoDelegate, IsNotEvaluatedWhereNobodyHasADelegate) {
  EXPECT_THAT(given_all("external Shop critical @ann delegate:; person ann").not_evaluated(rule),
              ElementsAre("nobody fills in the delegate"));
  EXPECT_THAT(given_all("external Shop critical @ann; person ann").not_evaluated(rule),
              ElementsAre("the export has no field for the delegate"));
}

TEST(NoDelegate, TakesAPlaceholderForNobody) {
  EXPECT_THAT(given_all("external Shop critical @ann delegate:tbd; external Mail critical @ann "
                        "delegate:bob; person ann; person bob")
                  .subjects(rule),
              ElementsAre("Shop"));
}

}  // namespace
}  // namespace tierline
