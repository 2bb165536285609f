// Profiles proposed for exports that nobody foresaw, and what these exports are when they are read
// by them.

#include "tierline/suggest.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <map>
#include <memory>

#include "json_schema.h"
#include "scratch.h"
#include "tierline/check.h"
#include "tierline/import.h"
#include "tierline/text.h"

namespace tierline {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

using Files = std::map<std::string, std::string>;

TEST(Suggest, LooksAtTheLargestOfManyTablesOnly) {
  const Scratch scratch;
  std::string text = "{";
  for (int i = 0; i < 20'000; ++i) {
    text += fmt::format(R"("list_{}":[{{"id":"{}","name":"x"}}],)", i, i);
  }
  scratch.write("export.json", text + R"("apps":[{"id":"a","name":"A"},{"id":"b","name":"B"}]})");
  const Suggestion suggestion = suggest_for({scratch.path()}).value();
  EXPECT_THAT(
      suggestion.advice,
      Contains("20001 tables, more than can be compared: only the 256 with the most records "
               "were looked at"));
  EXPECT_THAT(suggestion.document, HasSubstr("\"apps\""));
  EXPECT_THAT(suggestion.document, Not(HasSubstr("\"list_19999\"")));
}

/// An export, read by the profile that is proposed for it.
class Proposed {
 public:
  explicit Proposed(const Files& files) {
    for (const auto& [name, text] : files) {
      scratch_.write(name, text);
    }
    suggestion_ = suggest_for({scratch_.path()}).value();
    EXPECT_THAT(schema_errors(profile_schema(), suggestion_.document), IsEmpty());
    ImportOptions options;
    options.inputs = {scratch_.path()};
    options.profiles = {Profile::parse(suggestion_.document, "mine.json").value()};
    inventory_ = std::make_unique<Inventory>(import(options).value());
  }

  /// `service Shop: external, live, 1, owned by ann`, without what is not known.
  [[nodiscard]] std::vector<std::string> items() const {
    std::vector<std::string> all;
    for (const ItemId item : inventory_->items()) {
      std::vector<std::string> traits;
      if (inventory_->facing(item) != Facing::unknown) {
        traits.emplace_back(to_string(inventory_->facing(item)));
      }
      if (inventory_->state(item) != State::unknown) {
        traits.emplace_back(to_string(inventory_->state(item)));
      }
      if (inventory_->criticality(item) != 0) {
        traits.push_back(std::to_string(inventory_->criticality(item)));
      }
      for (const Responsibility& responsibility : inventory_->parties_of(item)) {
        constexpr std::string_view verbs[] = {"owned by", "run by", "ask", "not owned by"};
        const Party& party = inventory_->party(responsibility.party);
        traits.push_back(fmt::format("{} {}{}",
                                     verbs[static_cast<std::size_t>(responsibility.role)],
                                     label(party), party.known ? "" : "?"));
      }
      all.push_back(fmt::format("{} {}{}{}", to_string(inventory_->tier(item)),
                                inventory_->label(item), traits.empty() ? "" : ": ",
                                join(traits, ", ")));
    }
    return all;
  }

  /// `Shop needs CRM`
  [[nodiscard]] std::vector<std::string> relations() const {
    std::vector<std::string> all;
    for (const RelationId id : inventory_->relations()) {
      const Relation& relation = inventory_->relation(id);
      const auto name = [&](ItemId item) {
        return item == no_item ? std::string("?") : inventory_->label(item);
      };
      all.push_back(fmt::format("{} {} {}", name(relation.from), to_string(relation.kind),
                                name(relation.to)));
    }
    return all;
  }

  [[nodiscard]] const std::vector<std::string>& advice() const { return suggestion_.advice; }
  [[nodiscard]] const std::string& document() const { return suggestion_.document; }

 private:
  Scratch scratch_;
  Suggestion suggestion_;
  std::unique_ptr<Inventory> inventory_;
};

TEST(Suggest, UnderstandsATableOfServicesAndATableOfLinks) {
  const Proposed proposed(
      Files{{"services.csv",
             "Service ID,Service Name,Status,Service Owner,Business Criticality\n"
             "S1,Shop,Live,ann,1 - most critical\nS2,Mail,Live,bob,2 - high\n"
             "S3,Pay,Retired,TBD,3 - medium\nS4,Old,Sunset,carl,\n"},
            {"links.csv",
             "id,source,target,relationship\nL1,S1,S2,depends on\nL2,S1,S3,depends on\n"
             "L3,S3,S2,is used by\nL4,S4,S1,haunts\n"}});
  EXPECT_THAT(proposed.items(), ElementsAre("service Shop: live, 1, owned by ann?",
                                            "service Mail: live, 2, owned by bob?",
                                            "service Pay: retired, 3, not owned by TBD?",
                                            "service Old: retiring, owned by carl?"));
  EXPECT_THAT(proposed.relations(),
              ElementsAre("Shop needs Mail", "Shop needs Pay", "Mail needs Pay", "Old other Shop"));
  EXPECT_THAT(proposed.advice(),
              Contains("links: type 'is used by' is taken for `needs`, from the second end to the "
                       "first"));
  EXPECT_THAT(proposed.advice(), Contains(HasSubstr("links: nothing is known of type 'haunts'")));
  EXPECT_THAT(proposed.advice(),
              Contains(HasSubstr("services: nothing tells whom these services")));
}

TEST(Suggest, UnderstandsYamlLists) {
  const Proposed proposed(Files{{"estate.yaml",
                                 "services:\n"
                                 "  - {id: shop, title: Web Shop, owner: ann@example.com,"
                                 " lifecycle: production, dependsOn: [crm, mail]}\n"
                                 "  - {id: mail, title: Mail, owner: bob@example.com,"
                                 " lifecycle: deprecated, dependsOn: []}\n"
                                 "applications:\n"
                                 "  - {id: crm, title: CRM, owner: TBD, runsOn: srv-1}\n"
                                 "servers:\n"
                                 "  - {id: srv-1, title: One, support_group: ops}\n"
                                 "people:\n"
                                 "  - {login: ann, email: ann@example.com}\n"
                                 "  - {login: bob, email: bob@example.com}\n"}});
  EXPECT_THAT(
      proposed.items(),
      ElementsAre("service Web Shop: live, owned by ann", "service Mail: retiring, owned by bob",
                  "system CRM: not owned by TBD?", "component One: run by ops?"));
  EXPECT_THAT(proposed.relations(),
              ElementsAre("Web Shop needs CRM", "Web Shop needs Mail", "CRM needs One"));
}

TEST(Suggest, UnderstandsXml) {
  const Proposed proposed(Files{
      {"export.xml",
       "<export>"
       "<application key='A1'><name>CRM</name><status>Live</status><host>H1</host></application>"
       "<application "
       "key='A2'><name>Bill</name><status>Retired</status><host>H2</host></application>"
       "<server key='H1'><name>one</name></server><server key='H2'><name>two</name></server>"
       "</export>"}});
  EXPECT_THAT(proposed.items(), ElementsAre("system CRM: live", "system Bill: retired",
                                            "component one", "component two"));
  EXPECT_THAT(proposed.relations(), ElementsAre("CRM needs one", "Bill needs two"));
}

TEST(Suggest, TakesEverythingForASystemWhereNothingTellsTheTier) {
  const Proposed proposed(Files{{"things.csv", "id,name\n1,Shop\n2,Mail\n"}});
  EXPECT_THAT(proposed.items(), ElementsAre("system Shop", "system Mail"));
  EXPECT_THAT(proposed.advice(), Contains(HasSubstr("things: nothing tells the tier of these")));
  EXPECT_THAT(proposed.advice(), Contains(HasSubstr("things: nothing tells who answers for")));
}

TEST(Suggest, FindsWhatContainsWhat) {
  const Proposed proposed(
      Files{{"portfolios.csv", "id,name,lead\np1,Retail,ann\np2,Corporate,bob\n"},
            {"services.csv",
             "id,name,portfolio,audience\ns1,Shop,p1,customers\ns2,Mail,p2,shared\n"
             "s3,Pay,Retail,employees\n"},
            {"systems.csv", "id,name,service,parts\ny1,CRM,s1|s2,\ny2,DWH,s3,y1\n"}});
  EXPECT_THAT(proposed.items(),
              ElementsAre("portfolio Retail: ask ann?", "portfolio Corporate: ask bob?",
                          "service Shop: external", "service Mail: supporting",
                          "service Pay: internal", "system CRM", "system DWH"));
  EXPECT_THAT(proposed.relations(),
              ElementsAre("Retail contains Shop", "Corporate contains Mail", "Retail contains Pay",
                          "Shop needs CRM", "Mail needs CRM", "Pay needs DWH", "CRM contains DWH"));
}

TEST(Suggest, PointsOwnersToTheTableTheyStandIn) {
  const Proposed proposed(
      Files{{"apps.csv", "id,name,owner,team\na1,CRM,Ann A,ops\na2,DWH,Bob B,ops;web\n"},
            {"crew.csv", "name,phone\nAnn A,1\nBob B,2\n"},
            {"teams.csv", "id,name,lead\nops,Operations,Ann A\nweb,Web,\n"}});
  EXPECT_THAT(proposed.items(),
              ElementsAre("system CRM: owned by Ann A, run by Operations",
                          "system DWH: owned by Bob B, run by Operations, run by Web"));
  EXPECT_THAT(proposed.advice(), Contains(HasSubstr("crew: are these persons or groups?")));
}

TEST(Suggest, KnowsWhoHasLeft) {
  const Proposed proposed(Files{{"people.csv", "name,mail,active\nAnn,a@x,yes\nBob,b@x,no\n"},
                                {"apps.csv", "id,name,owner\n1,CRM,Ann\n2,DWH,b@x\n"}});
  EXPECT_THAT(proposed.document(), HasSubstr(R"("inactive": "no")"));
  EXPECT_THAT(proposed.items(),
              ElementsAre("system CRM: owned by Ann", "system DWH: owned by Bob"));
}

TEST(Suggest, TakesPagesOfATableForOne) {
  const Proposed proposed(
      Files{{"apps_001.csv", "id,name\n1,CRM\n"}, {"apps_002.csv", "id,name\n2,DWH\n"}});
  EXPECT_THAT(proposed.items(), ElementsAre("system CRM", "system DWH"));
  EXPECT_THAT(proposed.document(), Not(HasSubstr("001")));
}

TEST(Suggest, DoesNotTakeCountsForReferences) {
  const Proposed proposed(Files{{"apps.csv", "id,name,seats\n1,CRM,2\n2,DWH,1\n3,Shop,2\n"}});
  EXPECT_THAT(proposed.relations(), IsEmpty());
}

TEST(Suggest, DoesNotTakeAmountsForReferences) {
  const Proposed proposed(
      Files{{"apps.csv", "id,name,size\n1,CRM,2 GB\n2,DWH,1 GB\n3,Shop,2 GB\n"}});
  EXPECT_THAT(proposed.relations(), IsEmpty());
}

TEST(Suggest, SaysWhatAFieldThatNamesItemsMayMean) {
  const Proposed proposed(
      Files{{"apps.csv", "id,name,friend\na1,CRM,DWH\na2,DWH,CRM\na3,Shop,CRM\n"}});
  EXPECT_THAT(proposed.relations(),
              ElementsAre("CRM other DWH", "DWH other CRM", "Shop other CRM"));
  EXPECT_THAT(proposed.advice(), Contains(HasSubstr("'friend' names other items, but not what")));
}

TEST(Suggest, UnderstandsGermanTables) {
  const Proposed proposed(Files{
      {"Objekte_2026-11-20.csv",
       "Obj-Nr|Objekttyp|Titel|Verantwortlich|Team|Status|Zielgruppe|Krit.\n"
       "4001|Business Service|Kai-Buchung|Petersen, Anna|IT Apps|in Betrieb|Kunden|A (vital)\n"
       "4002|Business Service|Anmeldung|TBD|DC Ops|in Betrieb|IT-intern|B\n"
       "4003|Business Service|Telex|Petersen, Anna & Voss, Jan|IT Apps|ausser Betrieb||C\n"
       "4010|Anwendung|BerthPlan|Voss, Jan|IT Apps|in Betrieb||B\n"
       "4021|Virtuelle Maschine|app-07||DC Ops|in Betrieb||\n"
       "5001|Person|Petersen, Anna|||aktiv||\n"
       "5002|Person|Voss, Jan|||ausgeschieden 30.06.26||\n"
       "5010|Team|IT Apps|||aktiv||\n"
       "5011|Team|DC Ops|||aktiv||\n"},
      {"Beziehungen_2026-11-20.csv",
       "Lfd|Von|Beziehung|Nach\n"
       "1|4001 Kai-Buchung|nutzt|4010 BerthPlan\n"
       "2|4010 BerthPlan|läuft auf|4021 app-07\n"
       "3|4021 app-07|hostet|4010 BerthPlan\n"
       "4|4002 Anmeldung|wird genutzt von|4001 Kai-Buchung\n"
       "5|4010 BerthPlan|Teil von|4001 Kai-Buchung\n"
       "6|4010 BerthPlan|siehe auch|4002 Anmeldung\n"}});
  EXPECT_THAT(
      proposed.items(),
      ElementsAre(
          "service Kai-Buchung: external, live, 1, owned by Petersen, Anna, run by IT Apps",
          "service Anmeldung: supporting, live, 2, run by DC Ops, not owned by TBD?",
          "service Telex: retired, 3, owned by Petersen, Anna, owned by Voss, Jan, run by IT Apps",
          "system BerthPlan: live, 2, owned by Voss, Jan, run by IT Apps",
          "component app-07: live, run by DC Ops"));
  EXPECT_THAT(proposed.relations(),
              ElementsAre("Kai-Buchung needs BerthPlan", "BerthPlan needs app-07",
                          "BerthPlan needs app-07", "Kai-Buchung needs Anmeldung",
                          "Kai-Buchung contains BerthPlan", "BerthPlan other Anmeldung"));
  EXPECT_THAT(proposed.document(), HasSubstr(R"("inactive": "ausgeschieden 30.06.26")"));
  EXPECT_THAT(proposed.advice(),
              Contains("objekte: 'Objekttyp' tells what a record is: 'Person' and 'Team' are taken "
                       "for persons and groups"));
}

TEST(Suggest, KnowsATableOfLinksByItsValues) {
  const Proposed proposed(
      Files{{"things.csv",
             "mark,kind,words\nx1,service,Web Shop\nx2,application,Cart\n"
             "x3,database,Orders\n"},
            {"pairs.csv", "no,one,how,other\n1,x1,hangs on,x2\n2,x2,uses,x3\n3,x1,uses,x2\n"}});
  EXPECT_THAT(proposed.items(), ElementsAre("service Web Shop", "system Cart", "component Orders"));
  EXPECT_THAT(proposed.relations(),
              ElementsAre("Web Shop other Cart", "Cart needs Orders", "Web Shop needs Cart"));
  EXPECT_THAT(proposed.advice(),
              Contains("pairs: is it 'one' that needs 'other', or the other way round?"));
  EXPECT_THAT(proposed.advice(),
              Contains("things: 'words' is taken for what people call these records"));
}

TEST(Suggest, TakesServicesForItForSupportingOnes) {
  const Proposed proposed(
      Files{{"services.csv",
             "id,name,service_type,audience\n1,Shop,Business Service,Customers\n"
             "2,Login,Technical Service,Internal IT\n"}});
  EXPECT_THAT(proposed.items(), ElementsAre("service Shop: external", "service Login: supporting"));
}

TEST(Suggest, LooksAtTheClassOfServicesWhereNothingElseTellsWhomTheyFace) {
  const Files by_class = {{"assets.csv",
                           "id,name,type\n1,Shop,Business Service\n2,Login,Technical Service\n"
                           "3,CRM,Application\n"}};
  EXPECT_THAT(Proposed(by_class).items(),
              ElementsAre("service Shop", "service Login: supporting", "system CRM"));
  const Files by_audience = {{"assets.csv",
                              "id,name,type,audience\n1,Shop,Business Service,Customers\n"
                              "2,Login,Technical Service,Staff\n3,CRM,Application,\n"}};
  EXPECT_THAT(
      Proposed(by_audience).advice(),
      Contains("assets: whom services of 'type' 'Technical Service' face is what 'audience' "
               "says, though they sound as if they support others: is that so?"));
}

TEST(Suggest, FindsRecordsUnderTheirNames) {
  const Proposed proposed(
      Files{{"estate.yaml",
             "services:\n"
             "  web-shop: {owner: ann, status: live, depends_on: [cart, payments]}\n"
             "  payments: {owner: tbd, status: live, depends_on: [db1]}\n"
             "applications:\n"
             "  cart: {owner: bob, status: live, depends_on: [db1]}\n"
             "databases:\n"
             "  db1: {team: dba}\n"}});
  EXPECT_THAT(proposed.items(),
              ElementsAre("service web-shop: live, owned by ann?",
                          "service payments: live, not owned by tbd?",
                          "system cart: live, owned by bob?", "component db1: run by dba?"));
  EXPECT_THAT(proposed.relations(), ElementsAre("web-shop needs cart", "web-shop needs payments",
                                                "payments needs db1", "cart needs db1"));
}

TEST(Suggest, FindsRecordsInsideOfRecords) {
  const Proposed proposed(
      Files{{"estate.yaml",
             "domain: Care\nhead: mia\noffers:\n"
             "  portal:\n"
             "    title: Portal\n"
             "    owner: {login: mia, since: 2024-03}\n"
             "    needs: {hard: {records: {why: calendar}, login: }, soft: {login: {why: mails}}}\n"
             "    stack:\n"
             "      - {app: portal-web, owner: {login: jon}, hosts: k8s-a & k8s-b}\n"
             "      - {app: portal-api, owner: {login: nobody}, hosts: k8s-a}\n"
             "  board: {title: Board, needs: {hard: {records: }}}\n"
             "---\n"
             "domain: Shared\nhead: jon\noffers:\n"
             "  records: {title: Records, owner: [{login: mia}, {login: jon}]}\n"
             "  login: {title: Login, owner: {login: jon}}\n"
             "---\n"
             "people: {mia: {name: Mia Holt}, jon: {name: Jon Kade}}\n"
             "machines: {k8s-a: {kind: cluster}, k8s-b: {kind: cluster}}\n"}});
  EXPECT_THAT(
      proposed.items(),
      ElementsAre("portfolio Care: ask Mia Holt", "service Portal: owned by Mia Holt",
                  "system portal-web: owned by Jon Kade", "system portal-api: not owned by nobody?",
                  "service Board", "portfolio Shared: ask Jon Kade",
                  "service Records: owned by Jon Kade, owned by Mia Holt",
                  "service Login: owned by Jon Kade", "component k8s-a", "component k8s-b"));
  EXPECT_THAT(
      proposed.relations(),
      ElementsAre("Care contains Portal", "Portal needs Records", "Portal needs Login",
                  "Portal needs Login", "Portal contains portal-web", "portal-web needs k8s-a",
                  "portal-web needs k8s-b", "Portal contains portal-api", "portal-api needs k8s-a",
                  "Care contains Board", "Board needs Records", "Shared contains Records",
                  "Shared contains Login"));
  EXPECT_THAT(proposed.advice(), Contains("stack: these stand inside of those of 'offers', which "
                                          "are taken to contain them"));
}

TEST(Suggest, FindsRecordsInWrappedXml) {
  const Proposed proposed(Files{
      {"landscape.xml",
       "<ea:landscape xmlns:ea='urn:ea' generated='2026-11-20'>"
       "<ea:domains><ea:domain key='D1'><ea:label>Policies</ea:label>"
       "<ea:responsible person='P1'/></ea:domain></ea:domains>"
       "<ea:elements>"
       "<ea:entry><ea:element key='E1' type='BusinessService'><ea:label>Quote</ea:label>"
       "<ea:domainRef>#D1</ea:domainRef><ea:responsible person='P1'/><ea:responsible person='P2'/>"
       "<ea:dependsOn><ea:ref to='#E10'/></ea:dependsOn></ea:element></ea:entry>"
       "<ea:entry><ea:element key='E10' type='Application'><ea:label>Engine</ea:label>"
       "<ea:responsible/><ea:runsOn machine='M1'/></ea:element></ea:entry>"
       "</ea:elements>"
       "<ea:machines><ea:machine key='M1' team='T1'>lx-101</ea:machine>"
       "<ea:machine key='M2' team='T1'>lx-102</ea:machine></ea:machines>"
       "<ea:staff><ea:person key='P1'>Ada</ea:person><ea:person key='P2'>Bo</ea:person>"
       "<ea:team key='T1'><ea:label>Crew</ea:label><ea:lead person='P2'/></ea:team></ea:staff>"
       "</ea:landscape>"}});
  EXPECT_THAT(proposed.items(),
              ElementsAre("portfolio Policies: owned by Ada",
                          "service Quote: owned by Ada, owned by Bo", "system Engine",
                          "component lx-101: run by Crew", "component lx-102: run by Crew"));
  EXPECT_THAT(proposed.relations(),
              ElementsAre("Policies contains Quote", "Quote needs Engine", "Engine needs lx-101"));
}

TEST(Suggest, AsksForServicesBetweenPortfoliosAndSystems) {
  const Proposed proposed(Files{
      {"things.csv", "id,name,type\n1,Shop,Capability\n2,CRM,Application\n3,DWH,Application\n"}});
  EXPECT_THAT(proposed.advice(), Contains("things: 'Capability' in 'type' is taken for portfolios, "
                                          "and nothing for services: is that so?"));
}

TEST(Suggest, PassesOverRecordsThatNothingTellsApart) {
  const Proposed proposed(
      Files{{"apps.csv", "id,name\na1,CRM\n"}, {"log.csv", "day,level\n1,2\n1,2\n"}});
  EXPECT_THAT(proposed.items(), ElementsAre("system CRM"));
  EXPECT_THAT(proposed.advice(),
              Contains("log: no field tells its records apart, so they are passed over"));
}

}  // namespace
}  // namespace tierline
