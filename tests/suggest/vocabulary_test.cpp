#include "suggest/vocabulary.h"

#include <gtest/gtest.h>

namespace tierline {
namespace {

TEST(NameWords, AreTheSameHoweverANameIsWritten) {
  for (const char* name : {"ownedBy", "owned_by", "Owned By", "owned-by", "OWNED BY", "owned.by"}) {
    EXPECT_EQ(NameWords(name).text(), "owned by") << name;
  }
  EXPECT_EQ(NameWords("Dependencies / statuses of APPs").text(), "dependency statuse of app");
  EXPECT_EQ(NameWords("sysID status").text(), "sys id status");
  EXPECT_EQ(NameWords("--").text(), "");
}

TEST(Words, OfTiersCountTheLast) {
  EXPECT_EQ(tier_of(NameWords("Database Server")), Tier::component);
  EXPECT_EQ(tier_of(NameWords("server application")), Tier::system);
  EXPECT_EQ(tier_of(NameWords("Business Services")), Tier::service);
  EXPECT_EQ(tier_of(NameWords("domains")), Tier::portfolio);
  EXPECT_EQ(tier_of(NameWords("gizmo")), std::nullopt);
}

TEST(Words, OfStatesAreNotTurnedRound) {
  EXPECT_EQ(state_of(NameWords("In Use")), State::live);
  EXPECT_EQ(state_of(NameWords("not in use")), std::nullopt);
  EXPECT_EQ(state_of(NameWords("Non-Operational")), std::nullopt);
  EXPECT_EQ(state_of(NameWords("To be retired")), State::retiring);
  EXPECT_EQ(state_of(NameWords("phase out")), State::retiring);
  EXPECT_EQ(state_of(NameWords("End of Life")), State::retired);
  EXPECT_EQ(state_of(NameWords("under development")), State::planned);
}

TEST(Words, OfCriticalityCountTheFirst) {
  EXPECT_EQ(criticality_of(NameWords("1 - most critical")), 1);
  EXPECT_EQ(criticality_of(NameWords("4 - not critical")), 4);
  EXPECT_EQ(criticality_of(NameWords("Business critical")), 1);
  EXPECT_EQ(criticality_of(NameWords("not critical")), std::nullopt);
  EXPECT_EQ(criticality_of(NameWords("Silver")), 2);
}

struct RelationWords {
  const char* text;
  RelationKind kind;
  bool reversed;
};

TEST(Words, OfRelationsTellTheirDirection) {
  const RelationWords known[] = {
      {"depends on", RelationKind::needs, false},
      {"depended on by", RelationKind::needs, true},
      {"usedBy", RelationKind::needs, true},
      {"runs on", RelationKind::needs, false},
      {"hosted_by", RelationKind::needs, false},
      {"supports", RelationKind::needs, true},
      {"supported by", RelationKind::needs, false},
      {"contains", RelationKind::contains, false},
      {"contained by", RelationKind::contains, true},
      {"parent", RelationKind::contains, true},
      {"parent of", RelationKind::contains, false},
      {"member of", RelationKind::contains, true},
      {"members", RelationKind::contains, false},
      {"sends data to", RelationKind::data, false},
      {"receives data from", RelationKind::data, true},
  };
  for (const RelationWords& one : known) {
    const auto guess = relation_of(NameWords(one.text));
    ASSERT_TRUE(guess) << one.text;
    EXPECT_EQ(guess->kind, one.kind) << one.text;
    EXPECT_EQ(guess->reversed, one.reversed) << one.text;
  }
  EXPECT_FALSE(relation_of(NameWords("replicates")));
}

}  // namespace
}  // namespace tierline
