#include <gmock/gmock.h>

#include "given.h"
#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "duplicate-ci";

TEST(DuplicateCi, FlagsItemsOfOneClassWithOneSerialNumber) {
  const Given estate =
      given_all("component a serial:SN1; component b serial:sn1; component c serial:SN2");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("a and b: are 2 records of class 'component' of one thing: sn1"));
  EXPECT_THAT(names_in(estate.only(rule), "strongKeys"), ElementsAre("sn1"));
}

TEST(DuplicateCi, PassesOverWhatTellsNothingApart) {
  for (const char* text :
       {"0", "0000", "None", "N/A", "To_be_filled_by_O.E.M.", "Default_string"}) {
    EXPECT_THAT(given_all(std::string("component a serial:") + text +
                          "; component b serial:" + text + "; component c serial:1")
                    .subjects(rule),
                IsEmpty())
        << text;
  }
}

TEST(DuplicateCi, LeavesItemsOfOtherClassesAndRetiredOnesAlone) {
  EXPECT_THAT(given_all("component a serial:1A; system b serial:1A; component c retired serial:1A")
                  .subjects(rule),
              IsEmpty());
}

TEST(DuplicateCi, MakesOneFindingOfAllThatAreTheSame) {
  EXPECT_THAT(
      from_files({{"cmdb_ci_server.csv",
                   "sys_id,name,serial_number,fqdn\nc1,A,SN1,a.example\nc2,B,SN1,b.example\n"
                   "c3,C,SN3,B.example\nc4,D,SN4,d.example\n"}},
                 by_all_rules())
          .messages(rule),
      ElementsAre("A, B and C: are 3 records of class 'cmdb_ci_server' of one thing: b.example and "
                  "sn1"));
}

TEST(DuplicateCi, IsNotEvaluatedWithoutSuchNumbers) {
  EXPECT_THAT(given_all("component a; component b").not_evaluated(rule),
              ElementsAre("the export has no serial numbers or host names"));
}

}  // namespace
}  // namespace tierline
