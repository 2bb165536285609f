// What an export says besides: kept where it is asked for, and merged as everything else is.

#include <gmock/gmock.h>

#include "rules/from_files.h"
#include "tierline/dates.h"
#include "tierline/import.h"
#include "tierline/text.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

AuditOptions asking_for(std::initializer_list<RuleInput> inputs) {
  AuditOptions options;
  for (const RuleInput input : inputs) {
    options.import.details.set(static_cast<std::size_t>(input));
  }
  return options;
}

std::string day_of(const Given& estate, std::string_view item, RuleInput input) {
  const std::uint32_t day = estate.inventory().detail(estate.item(item), input);
  return day == 0 ? "" : day_text(day);
}

const std::vector<ExportFile> attested_shop = {
    {"items.csv", "id,tier,attested,description\nShop,service,2026-02-28,Customers buy here\n"}};

TEST(Details, AreKeptWhereTheyAreAskedFor) {
  const Given estate = from_files(attested_shop, asking_for({RuleInput::attested}));
  const ItemId shop = estate.item("Shop");
  EXPECT_EQ(day_of(estate, "Shop", RuleInput::attested), "2026-02-28");
  EXPECT_TRUE(estate.inventory().has_input(shop, RuleInput::attested));
  EXPECT_EQ(estate.inventory().detail(shop, RuleInput::description), 0U);
  EXPECT_FALSE(estate.inventory().has_input(shop, RuleInput::description));
}

TEST(Details, AreNotReadForTheCoreRules) {
  const Given estate = from_files(attested_shop);
  EXPECT_FALSE(estate.inventory().has_input(estate.item("Shop"), RuleInput::attested));
}

TEST(Details, AreAskedForByRules) {
  const Given estate = from_files(attested_shop, by_all_rules());
  EXPECT_EQ(estate.inventory().detail(estate.item("Shop"), RuleInput::description), 3U);
}

TEST(Details, OfTheNewestRecordCount) {
  for (const bool first : {true, false}) {
    const Given estate =
        from_files({{first ? "a.csv" : "b.csv",
                     "id,tier,updated,attested\nShop,service,2026-01-01,2026-05-05\n"},
                    {first ? "b.csv" : "a.csv",
                     "id,tier,updated,attested\nShop,service,2026-06-01,2025-05-05\n"}},
                   asking_for({RuleInput::attested}));
    EXPECT_EQ(day_of(estate, "Shop", RuleInput::attested), "2025-05-05");
  }
}

TEST(Details, ThatWereEmptiedAreEmpty) {
  EXPECT_EQ(
      day_of(from_files({{"a.csv", "id,tier,updated,ends\nShop,service,2026-01-01,2026-05-05\n"},
                         {"b.csv", "id,tier,updated,ends\nShop,service,2026-06-01,\n"}},
                        asking_for({RuleInput::ends})),
             "Shop", RuleInput::ends),
      "");
}

TEST(Details, StayWhereANewerPageLacksTheField) {
  EXPECT_EQ(
      day_of(from_files({{"a.csv", "id,tier,updated,ends\nShop,service,2026-01-01,2026-05-05\n"},
                         {"b.csv", "id,tier,updated\nShop,service,2026-06-01\n"}},
                        asking_for({RuleInput::ends})),
             "Shop", RuleInput::ends),
      "2026-05-05");
}

TEST(Details, OfOtherSourcesFillInWhatItsOwnDoesNotSay) {
  const Given estate = from_files(
      {{"items.csv",
        "id,tier,source,correlation,attested,reviewed\n"
        "s1,service,east,Shop,2026-01-01,\ns2,service,west,shop,2026-05-05,2026-06-06\n"}},
      asking_for({RuleInput::attested, RuleInput::reviewed}));
  EXPECT_EQ(estate.inventory().item_count(), 1U);
  EXPECT_EQ(day_of(estate, "s1", RuleInput::attested), "2026-01-01");
  EXPECT_EQ(day_of(estate, "s1", RuleInput::reviewed), "2026-06-06");
}

TEST(Correlation, JoinsNothingWhereOneSourceHasSeveralOfAName) {
  const std::string columns = "id,tier,source,correlation\n";
  const Given estate =
      from_files({{"items.csv", columns + "e1,service,east,Shop\ne2,service,east,Shop\n"
                                          "w1,service,west,Shop\n"}});
  EXPECT_EQ(estate.inventory().item_count(), 3U);
  EXPECT_THAT(estate.inventory().notices(),
              ElementsAre(Field(&Notice::kind, "ambiguous-correlation")));
}

TEST(Correlation, SaysNothingWithinASource) {
  const Given estate =
      from_files({{"items.csv", "id,tier,correlation\ne1,service,Shop\ne2,service,Shop\n"}});
  EXPECT_EQ(estate.inventory().item_count(), 2U);
  EXPECT_THAT(estate.inventory().notices(), IsEmpty());
}

TEST(Details, OfPartiesAreResolvedByIdOrName) {
  const Given estate = from_files(
      {{"items.csv", "id,tier\nShop,service\n"},
       {"parties.csv",
        "id,kind,name,title,manager,organisation,parent,lead\n"
        "u1,person,Ann,Clerk,Bob,Sales,,\nu2,person,Bob,,nobody known,d2,,\n"
        "d1,organisation,Sales,,,,d2,u2\nd2,organisation,Corp,,,,,\n"}},
      asking_for({RuleInput::title, RuleInput::reporting_line, RuleInput::organisation}));
  const Inventory& inventory = estate.inventory();
  const auto name = [&](PartyId party) {
    return party == no_party ? "" : inventory.party(party).name;
  };
  const auto details = [&](std::uint32_t party) { return inventory.details(PartyId{party}); };
  EXPECT_EQ(details(0).title, "Clerk");
  EXPECT_EQ(name(details(0).manager), "Bob");
  EXPECT_EQ(name(details(0).organisation), "Sales");
  EXPECT_EQ(name(details(1).manager), "");
  EXPECT_TRUE(details(1).has_unknown_manager);
  EXPECT_EQ(name(details(2).organisation), "Corp");
  EXPECT_EQ(name(details(2).lead), "Bob");
}

TEST(Details, AnOrganisationHidesNoPersonOfItsName) {
  const Given estate =
      from_files({{"items.csv", "id,tier,owner\nShop,service,Sales\nMail,service,Corp\n"},
                  {"parties.csv",
                   "id,kind,name\nu1,person,Sales\nd1,organisation,Sales\n"
                   "d2,organisation,Corp\n"}});
  const Inventory& inventory = estate.inventory();
  const auto kind_of_owner = [&](std::string_view item) {
    return inventory.party(inventory.owners(estate.item(item)).front()).kind;
  };
  EXPECT_EQ(kind_of_owner("Shop"), PartyKind::person);
  EXPECT_EQ(kind_of_owner("Mail"), PartyKind::organisation);
}

TEST(Details, NameNoPersonsWhereTheseAreRedacted) {
  AuditOptions options = by_all_rules();
  options.import.redact_people = true;
  const Given estate =
      from_files({{"items.csv",
                   "id,tier,facing,criticality,owner,manager,delegate,serial\n"
                   "Shop,service,external,1,u1,Zeb Quix,Yan Vole,\n"
                   "a,component,,,u1,,,ZEB QUIX 01\nb,component,,,u1,,,zeb quix 01\n"},
                  {"parties.csv", "id,kind,name,title\nu1,person,Zeb Quix,CIO and Zeb Quix\n"}},
                 options);
  const Inventory& inventory = estate.inventory();
  std::string texts;
  for (const Finding& finding : estate.audit().findings()) {
    texts += finding.subject.name + finding.message + "\n";
    for (const auto& [key, value] : finding.evidence) {
      if (const auto* text = std::get_if<std::string>(&value)) {
        texts += *text + "\n";
      } else if (const auto* list = std::get_if<std::vector<std::string>>(&value)) {
        for (const std::string& one : *list) {
          texts += one + "\n";
        }
      }
    }
  }
  for (std::uint32_t i = 0; i < inventory.party_count(); ++i) {
    texts += inventory.party(PartyId{i}).name + inventory.details(PartyId{i}).title + "\n";
  }
  texts = to_lower(texts);
  EXPECT_THAT(texts, HasSubstr("records of class"));
  EXPECT_THAT(texts, HasSubstr("cio and "));
  for (const char* name : {"zeb", "quix", "yan", "vole"}) {
    EXPECT_THAT(texts, Not(HasSubstr(name)));
  }
}

TEST(Details, ChangeNothingWhereNoFieldHasThem) {
  const Given estate =
      from_files({{"items.csv", "id,tier,owner\nShop,service,ann\n"}}, by_all_rules());
  const ItemId shop = estate.item("Shop");
  EXPECT_THAT(estate.inventory().strong_keys(), IsEmpty());
  EXPECT_EQ(estate.inventory().parties_of(shop).size(), 1U);
  EXPECT_THAT(estate.inventory().contradiction(shop).state, IsEmpty());
}

}  // namespace
}  // namespace tierline
