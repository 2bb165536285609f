// Persons are found in other texts by whole names and addresses, and nowhere else.

#include "inventory/people.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

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
      {"Baker, Bob", "P1"},
      {"bob@corp.com.au", "P1.au"},
  };
  const People known = people();
  for (const Sentence& one : sentences) {
    EXPECT_EQ(known.redacted(one.text).value_or("(nobody)"), one.shown) << one.text;
  }
}

People quixworth() {
  People people;
  people.add_name("Zebulon Quixworth", "P1");
  people.add_address("zebulon.quixworth@corp.example", "P1");
  people.add_name("Émile Zöllner", "P2");
  people.add_name("Mononym", "P3");
  people.add_name("Ludwig van der Rohe-Schmidt", "P4");
  people.add_name("山田太郎", "P5");
  people.add_name("O'Brannigan, Patrick", "P6");
  people.add_name("Иванов Пётр", "P7");
  return people;
}

TEST(People, AreFoundByWholeNamesInEveryForm) {
  const Sentence sentences[] = {
      {"ZEBULON QUIXWORTH", "P1"},
      {"zebulon quixworth's", "P1's"},
      {"Zebulon  Quixworth", "P1"},
      {"Zebulon    Quixworth", "P1"},
      {"Zebulon\tQuixworth", "P1"},
      {"Zebulon\nQuixworth", "P1"},
      {"Zebulon\u00A0Quixworth", "P1"},
      {"Zebulon\u2009Quixworth", "P1"},
      {"Zebulon\u200BQuixworth", "P1"},
      {"Zebu\u200Blon Quix\u00ADworth", "P1"},
      {"Zebulon_Quixworth", "P1"},
      {"Zebulon-Quixworth", "P1"},
      {"x/Zebulon.Quixworth/y", "x/P1/y"},
      {"(Zebulon/Quixworth)", "(P1)"},
      {"Quixworth, Zebulon", "P1"},
      {"Patrick O'Brannigan", "P6"},
      {"Patrick O\u2019Brannigan", "P6"},
      {"O\u2019BRANNIGAN, PATRICK", "P6"},
      {"Zebulon Quixworth\u2019s", "P1\u2019s"},
      {"Émile Zöllner", "P2"},
      {"ÉMILE ZÖLLNER", "P2"},
      {"E\u0301mile Zo\u0308llner", "P2"},
      {"E\u0301MILE ZO\u0308LLNER", "P2"},
      {"ludwig VAN DER rohe schmidt", "P4"},
      {"van der Rohe-Schmidt, Ludwig", "P4"},
      {"ИВАНОВ ПЁТР, пётр иванов", "P7, P7"},
      {"山田太郎", "P5"},
      {"本番山田太郎のサーバ", "本番P5のサーバ"},
      {"山田 太郎", "P5"},
      {"Ｚｅｂｕｌｏｎ　Ｑｕｉｘｗｏｒｔｈ", "P1"},
      {"Zebulon&nbsp;Quixworth", "P1"},
      {"Zebulon&#32;Quixworth", "P1"},
      {"Zebulon%20Quixworth", "P1"},
      {"Mononym's", "P3's"},
  };
  const People known = quixworth();
  for (const Sentence& one : sentences) {
    EXPECT_EQ(known.redacted(one.text).value_or("(nobody)"), one.shown) << one.text;
  }
}

TEST(People, AreFoundByAddressesWhateverStandsAroundThem) {
  const People known = quixworth();
  const std::string address = "zebulon.quixworth@corp.example";
  for (const char* after :
       {"_prod", "-old", ".old", "'s", "+db", ";x", "/share", "%20", ".", ">"}) {
    EXPECT_EQ(known.redacted(address + after), std::string("P1") + after);
  }
  for (const char* before : {"db_", "a.", "mailto:", "\"", "<"}) {
    EXPECT_EQ(known.redacted(before + address), std::string(before) + "P1");
  }
  EXPECT_EQ(known.redacted("ZEBULON.QUIXWORTH@CORP.EXAMPLE"), "P1");
  EXPECT_EQ(known.redacted("zebulon.quixworth%40corp.example"), "P1");
}

TEST(People, HaveAPseudonymEachAmongAMillion) {
  const Pseudonyms pseudonyms("secret");
  std::unordered_set<std::string> seen;
  for (int i = 0; i < 1'000'000; ++i) {
    EXPECT_TRUE(seen.insert(pseudonyms.of("cmdb", fmt::format("user{}", i))).second);
  }
}

TEST(People, AreNotFoundInOtherWordsAndAddresses) {
  const People known = people();
  for (const char* text :
       {"", "Payroll", "Bob", "Bobby Baker", "Bob Bakers", "Bob, the owner, and Baker",
        "xbob@corp.com", "@", "bob@", "@corp.com", "a@b@c", "prince", "Princess"}) {
    EXPECT_EQ(known.redacted(text), std::nullopt) << text;
  }
}

TEST(People, AreNotFoundByWhatReadmeSaysIsNotFound) {
  const People known = quixworth();
  for (const char* text :
       {"zquixworth", "Z. Quixworth", "ZQ", "Zeb Quixworth", "Quixworth", "Emile Zollner",
        "ZebulonQuixworth", "xZebulon Quixworth", "Zebulon Quixworth2", "mononym", "Mononyms"}) {
    EXPECT_EQ(known.redacted(text), std::nullopt) << text;
  }
}

TEST(People, AreFoundByShortNamesInAnyCaseBesideThemOnly) {
  const People known = quixworth();
  const std::vector<std::string_view> beside = {"P1", "P3"};
  EXPECT_EQ(known.redacted("desk of mononym, MONONYM's", beside), "desk of P3, P3's");
  EXPECT_EQ(known.redacted("desk of mononym", std::span(beside).first(1)), std::nullopt);
  EXPECT_TRUE(known.has_short_name("P3"));
  EXPECT_FALSE(known.has_short_name("P1"));
}

TEST(People, OfOneNameHaveAPseudonymOfTheNamesOwn) {
  for (const bool swapped : {false, true}) {
    People twins;
    twins.add_name("Bob Baker", swapped ? "P2" : "P1");
    twins.add_name("bob baker", swapped ? "P1" : "P2");
    EXPECT_EQ(twins.redacted("Bob Baker"), Pseudonyms().of({}, "bob baker"));
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
