// How parties are reached, who is in groups, and what is said of items besides: kept where it is
// asked for, and whatever an export holds there.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "rules/from_files.h"
#include "tierline/import.h"
#include "tierline/item_link.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

AuditOptions asking_for_all() {
  AuditOptions options;
  for (const RuleInput input :
       {RuleInput::contact, RuleInput::members, RuleInput::vendor, RuleInput::link}) {
    options.import.details.set(static_cast<std::size_t>(input));
  }
  return options;
}

PartyId party(const Given& estate, std::string_view name) {
  for (std::uint32_t i = 0; i < estate.inventory().party_count(); ++i) {
    if (label(estate.inventory().party(PartyId{i})) == name) {
      return PartyId{i};
    }
  }
  return no_party;
}

const PartyContact& contact(const Given& estate, std::string_view name) {
  return estate.inventory().contact(party(estate, name));
}

std::vector<std::string> members(const Given& estate, std::string_view group) {
  std::vector<std::string> names;
  for (const PartyId member : contact(estate, group).members) {
    names.push_back(label(estate.inventory().party(member)));
  }
  return names;
}

const ExportFile shop = {"items.csv",
                         "id,tier,owner,vendor,link\nShop,service,ops,ACME,https://x/1\n"};
const ExportFile people = {"parties.csv",
                           "id,name,kind,email,phone,lead,members\n"
                           "ops,Operations,group,ops@x,,ann,bob;ann;nobody;bob\n"
                           "ann,Ann,person,ann@x,+46 8 1,,\nbob,Bob,person,,,,ann\n"};

TEST(Contacts, AreKeptWhereTheyAreAskedFor) {
  const Given estate = from_files({shop, people}, asking_for_all());
  EXPECT_EQ(contact(estate, "Ann").phone, "+46 8 1");
  EXPECT_EQ(contact(estate, "Ann").email, "ann@x");
  EXPECT_EQ(contact(estate, "Operations").email, "ops@x");
  EXPECT_THAT(contact(estate, "Bob").phone, IsEmpty());
  EXPECT_EQ(estate.inventory().vendor(estate.item("Shop")), "ACME");
  EXPECT_EQ(estate.inventory().own_link(estate.item("Shop")), "https://x/1");
}

TEST(Contacts, AreNotReadForRules) {
  const Given estate = from_files({shop, people}, by_all_rules());
  EXPECT_THAT(contact(estate, "Ann").phone, IsEmpty());
  EXPECT_THAT(contact(estate, "Ann").email, IsEmpty());
  EXPECT_THAT(members(estate, "Operations"), IsEmpty());
  EXPECT_THAT(estate.inventory().vendor(estate.item("Shop")), IsEmpty());
  EXPECT_FALSE(estate.inventory().states_links());
}

TEST(Contacts, AreNotKeptWherePersonsAreRedacted) {
  AuditOptions options = asking_for_all();
  options.import.redact_people = true;
  const Given estate = from_files({shop, people}, options);
  for (std::uint32_t i = 0; i < estate.inventory().party_count(); ++i) {
    EXPECT_THAT(estate.inventory().contact(PartyId{i}).phone, IsEmpty());
    EXPECT_THAT(estate.inventory().contact(PartyId{i}).email, IsEmpty());
  }
  EXPECT_FALSE(estate.inventory().states_links());
}

TEST(Members, AreThoseOfGroupsThatTablesHaveEachOnce) {
  const Given estate = from_files({shop, people}, asking_for_all());
  EXPECT_THAT(members(estate, "Operations"), ElementsAre("Ann", "Bob"));
  EXPECT_THAT(members(estate, "Bob"), IsEmpty()) << "a person has none";
  EXPECT_EQ(estate.inventory().details(party(estate, "Operations")).lead, party(estate, "Ann"));
}

TEST(Members, AreReadFromATableOfMemberships) {
  const std::string ann(32, 'a');
  const std::string ops(32, '0');
  const Given estate =
      from_files({{"cmdb_ci_service.csv", "sys_id,name,sys_class_name\ns1,Shop,cmdb_ci_service\n"},
                  {"sys_user.csv",
                   fmt::format("sys_id,name,user_name,phone,mobile_phone\n{},Ann,ann,,+46\n", ann)},
                  {"sys_user_group.csv", fmt::format("sys_id,name,manager\n{},Operations,\n", ops)},
                  {"sys_user_grmember.csv",
                   fmt::format("sys_id,group,user\nm1,{0},{1}\nm2,{0},gone\nm3,,{1}\n", ops, ann)}},
                 asking_for_all());
  EXPECT_THAT(members(estate, "Operations"), ElementsAre("Ann"));
  EXPECT_EQ(contact(estate, "Ann").phone, "+46");
}

TEST(Members, AreReadFromWhatPersonsSay) {
  const Given estate = from_files(
      {{"catalog.yaml",
        "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata:\n  name: ops\nspec:\n  type: "
        "team\n  children: []\n---\n"
        "apiVersion: backstage.io/v1alpha1\nkind: User\nmetadata:\n  name: ann\nspec:\n  memberOf: "
        "[ops]\n---\n"
        "apiVersion: backstage.io/v1alpha1\nkind: System\nmetadata:\n  name: shop\n  links:\n    - "
        "url: https://wiki.example/shop\nspec:\n  owner: ops\n"}},
      asking_for_all());
  EXPECT_THAT(members(estate, "ops"), ElementsAre("ann"));
  EXPECT_EQ(estate.inventory().own_link(estate.item("shop")), "https://wiki.example/shop");
}

TEST(Vendors, AreCalledByTheirLabelsAndNotByIds) {
  const std::string id(32, 'b');
  const Given estate = from_files(
      {{"cmdb_ci_server.json",
        fmt::format(
            R"({{"result": [{{"sys_id": "s1", "name": "One", "sys_class_name": "cmdb_ci_server",
          "vendor": {{"value": "{0}", "display_value": "ACME"}}}},
          {{"sys_id": "s2", "name": "Two", "sys_class_name": "cmdb_ci_server", "vendor": "{0}",
          "manufacturer": "Bolt"}}]}})",
            id)}},
      asking_for_all());
  EXPECT_EQ(estate.inventory().vendor(estate.item("One")), "ACME");
  EXPECT_EQ(estate.inventory().vendor(estate.item("Two")), "Bolt");
}

TEST(Links, AreWhatAnItemSaysOrWhatTheTemplateMakesOfIt) {
  const auto link = LinkTemplate::parse("https://cmdb.example/{source}/{class}?id={id}#{name}");
  ASSERT_TRUE(link) << link.error().message;
  const Given estate = from_files({{"items.csv",
                                    "id,name,class,tier,link\na b,Größe&\"'<>,server,component,\n"
                                    "own,Own,server,component,HTTPS://wiki.example/ä b\n"
                                    "bad,Bad,server,component,javascript:alert(1)\n"
                                    "none,None,,component,\n"}},
                                  asking_for_all());
  const auto of = [&](std::string_view name) {
    return link->of(estate.inventory(), estate.item(name));
  };
  EXPECT_EQ(of("Größe&\"'<>"),
            "https://cmdb.example/tierline/server?id=a%20b#Gr%C3%B6%C3%9Fe%26%22%27%3C%3E");
  EXPECT_EQ(of("Own"), "HTTPS://wiki.example/%C3%A4%20b");
  EXPECT_EQ(of("Bad"), "https://cmdb.example/tierline/server?id=bad#Bad");
  EXPECT_THAT(LinkTemplate().of(estate.inventory(), estate.item("Bad")), IsEmpty());
}

TEST(Links, HaveNoCharacterThatEndsThemAnywhere) {
  for (int c = 1; c < 256; ++c) {
    const std::string link =
        safe_link(fmt::format("https://x.example/{}/%41%", static_cast<char>(c)));
    ASSERT_TRUE(link.starts_with("https://x.example/")) << c;
    EXPECT_EQ(link.find_first_of(" \t\r\n\"'<>\\`{}|^"), std::string::npos) << c;
    EXPECT_TRUE(std::ranges::all_of(link, [](char one) { return one > ' ' && one < '\x7f'; })) << c;
    EXPECT_TRUE(link.ends_with("/%41%25")) << "only what is encoded stays so";
  }
}

TEST(Links, AreNoneOfOtherKinds) {
  for (const std::string_view text :
       {"", "x", "javascript:alert(1)", "java\nscript:x", "data:text/html,x", "//x.example",
        "http:/x", "http://", "https:///x", "https://@x/", "https://a:b@x/", "ftp://x",
        "\x01https://x", "https://\xc3\xa4.example/"}) {
    EXPECT_THAT(safe_link(text), IsEmpty()) << text;
  }
  EXPECT_THAT(safe_link("https://x/" + std::string(3000, 'a')), IsEmpty());
}

}  // namespace
}  // namespace tierline
