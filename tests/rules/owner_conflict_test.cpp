#include <gmock/gmock.h>

#include "given.h"
#include "rules/evidence.h"
#include "scratch.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "owner-conflict";

/// Two sources with one service each, which are one.
Given sources(const std::string& owner, const std::string& other, const std::string& parties,
              const std::string& other_parties) {
  const Scratch scratch;
  const std::string columns = "id,tier,facing,correlation,owner\n";
  const std::string party_columns = "id,kind,name,email\n";
  scratch.write("east/items.csv", columns + "s1,service,external,Shop," + owner + "\n");
  scratch.write("west/items.csv", columns + "w1,service,external,SHOP," + other + "\n");
  scratch.write("east/parties.csv", party_columns + parties);
  scratch.write("west/parties.csv", party_columns + other_parties);
  AuditOptions options;
  options.import.inputs = {scratch.path().string()};
  options.import.sources = {{"east", (scratch.path() / "east").string()},
                            {"west", (scratch.path() / "west").string()}};
  options.import.as_of = "2026-11-21";
  auto audited = audit(options);
  if (!audited) {
    throw std::runtime_error(to_string(audited.error()));
  }
  return Given(std::move(*audited));
}

TEST(OwnerConflict, FlagsAnItemThatTwoSourcesGiveDifferentOwners) {
  const Given estate =
      sources("e1", "w1", "e1,person,Ann Berg,ann@east\n", "w1,person,Bob Lund,bob@west\n");
  EXPECT_THAT(estate.messages(rule), ElementsAre("s1: is owned by Ann Berg as east says, and by "
                                                 "Bob Lund as west says"));
  EXPECT_THAT(names_in(estate.only(rule), "otherOwners"), ElementsAre("Bob Lund"));
  EXPECT_THAT(names_in(estate.only(rule), "sources"), ElementsAre("east", "west"));
}

TEST(OwnerConflict, IsContentWhereNamesOrAddressesAreTheSame) {
  EXPECT_THAT(sources("e1", "w1", "e1,person,Ann Berg,a@east\n", "w1,person,ANN  BERG,a@west\n")
                  .subjects(rule),
              IsEmpty());
  EXPECT_THAT(sources("e1", "w1", "e1,person,Ann Berg,ann@corp\n", "w1,person,A. Berg,Ann@Corp\n")
                  .subjects(rule),
              IsEmpty());
}

TEST(OwnerConflict, IsContentWhereOneSourceNamesNobody) {
  EXPECT_THAT(sources("e1", "", "e1,person,Ann Berg,\n", "w1,person,Bob Lund,\n").subjects(rule),
              IsEmpty());
  EXPECT_THAT(sources("e1", "tbd", "e1,person,Ann Berg,\n", "w1,person,Bob Lund,\n").subjects(rule),
              IsEmpty());
}

TEST(OwnerConflict, CannotTellOfOwnersInNoTable) {
  const Given estate = sources("e1", "w9", "e1,person,Ann Berg,\n", "w1,person,Bob Lund,\n");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule),
              ElementsAre("an owner is in no table: who it is, nobody knows"));
}

}  // namespace
}  // namespace tierline
