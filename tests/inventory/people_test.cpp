// Persons are found in other texts by whole names and addresses, and nowhere else.

#include "inventory/people.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace tierline {
namespace {

People people() {
  People people;
  people.add_name("Bob Baker", "P1");
  people.add_address("bob@corp.com", "P1");
  people.add_name("Ann-Marie O'Hara", "P2");
  people.add_name("Prince", "P3");
  people.add_name("Zoë Åkesson", "P4");
  people.add_name("Bob Baker Junior", "P5");
  return people;
}

struct Sentence {
  const char* text;
  const char* shown;
};

TEST(People, AreFoundByWholeNamesAndAddresses) {
  const Sentence sentences[] = {
      {"Payroll (Bob Baker)", "Payroll (P1)"},
      {"BOB  BAKER's desk", "P1's desk"},
      {"desk_of_bob.baker", "desk_of_P1"},
      {"Bob\u00A0Baker", "P1"},
      {"Bob Baker, Bob Baker Junior", "P1, P5"},
      {"Bob Baker Senior", "P1 Senior"},
      {"ann-marie o'hara", "P2"},
      {"Zoë Åkesson: Zoë Åkesson", "P4: P4"},
      {"Mail of <BOB@corp.com>.", "Mail of <P1>."},
      {"bob@corp.com, bob@corp.com", "P1, P1"},
      {"mailto:bob@corp.com.", "mailto:P1."},
      {"Prince's palace", "P3's palace"},
  };
  const People known = people();
  for (const Sentence& one : sentences) {
    EXPECT_EQ(known.redacted(one.text).value_or("(nobody)"), one.shown) << one.text;
  }
}

TEST(People, AreNotFoundInOtherWordsAndAddresses) {
  const People known = people();
  for (const char* text : {"", "Payroll", "Bob", "Bobby Baker", "Bob Bakers", "Baker Bob",
                           "Bob, the owner, and Baker", "xbob@corp.com", "bob@corp.com.au", "@",
                           "bob@", "@corp.com", "a@b@c", "prince", "Princess"}) {
    EXPECT_EQ(known.redacted(text), std::nullopt) << text;
  }
}

TEST(People, OfOneNameHaveAPseudonymOfTheNamesOwn) {
  for (const bool swapped : {false, true}) {
    People twins;
    twins.add_name("Bob Baker", swapped ? "P2" : "P1");
    twins.add_name("bob baker", swapped ? "P1" : "P2");
    EXPECT_EQ(twins.redacted("Bob Baker"), People::pseudonym({}, "bob baker"));
  }
}

TEST(People, AreFoundInTimeThatDoesNotDependOnHowManyThereAre) {
  People many;
  for (int i = 0; i < 100'000; ++i) {
    many.add_name(fmt::format("Bob Baker of the House Number {}", i), "P");
    many.add_address(fmt::format("bob{}@corp.com", i), "P");
  }
  std::string text;
  for (int i = 0; i < 100'000; ++i) {
    text += "Bob Baker of the House x@y ";
  }
  EXPECT_EQ(many.redacted(text), std::nullopt);
}

}  // namespace
}  // namespace tierline
