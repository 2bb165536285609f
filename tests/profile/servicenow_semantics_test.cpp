// What the fields, codes and names of a ServiceNow export mean.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// --- what class a record is of

/// The class of the only item.
std::string class_in(const ExportFile& file) {
  const Given given = from_files({file});
  return given.inventory().item_count() == 1
             ? given.inventory().class_name(*given.inventory().items().begin())
             : fmt::format("{} items", given.inventory().item_count());
}

TEST(ServiceNowClass, IsWhatTheRecordSays) {
  EXPECT_EQ(class_in({"cmdb_ci.csv", "sys_id,name,sys_class_name\na1,web,cmdb_ci_linux_server\n"}),
            "cmdb_ci_linux_server");
  EXPECT_EQ(class_in({"cmdb_ci.csv", "sys_id,name,sys_class_name\na1,web,Linux Server\n"}),
            "cmdb_ci_linux_server");
  EXPECT_EQ(class_in({"cmdb_ci.csv", "Sys ID,Name,Class\na1,web,linux server\n"}),
            "cmdb_ci_linux_server");
}

TEST(ServiceNowClass, IsReadWhateverTheCaseOfColumnsLabelsAndMembers) {
  const ExportFile files[] = {
      {"a.csv", "SYS ID,name,class\na1,web,linux server\n"},
      {"a.csv", "Sys_ID,NAME,Sys_Class_Name\na1,web,linux server\n"},
      {"a.json",
       R"([{"Sys_ID":"a1","NAME":"web","Sys_Class_Name":{"Display_Value":"Linux Server"}}])"},
      {"a.xml",
       "<x><CI><Sys_ID>a1</Sys_ID><NAME>web</NAME><Sys_class_name>Linux Server"
       "</Sys_class_name></CI></x>"},
      {"a.yaml", "- Sys_ID: a1\n  NAME: web\n  Sys_Class_Name: Linux Server\n"},
  };
  for (const ExportFile& file : files) {
    SCOPED_TRACE(file.text);
    EXPECT_EQ(class_in(file), "cmdb_ci_linux_server");
  }
}

TEST(ServiceNowClass, TheRecordGoesBeforeTheFile) {
  EXPECT_EQ(class_in({"cmdb_ci_computer.csv",
                      "sys_id,name,sys_class_name\na1,web,cmdb_ci_linux_server\n"}),
            "cmdb_ci_linux_server");
}

TEST(ServiceNowClass, IsThatOfTheFileWhereTheRecordSaysNothing) {
  EXPECT_EQ(class_in({"cmdb_ci_linux_server.csv", "sys_id,name\na1,web\n"}),
            "cmdb_ci_linux_server");
  EXPECT_EQ(class_in({"cmdb_ci_linux_server.csv", "sys_id,name,sys_class_name\na1,web,\n"}),
            "cmdb_ci_linux_server");
}

TEST(ServiceNowClass, IsThatOfTheFileWithoutTheNumberOfThePage) {
  for (const char* name :
       {"cmdb_ci_linux_server_1.csv", "cmdb_ci_linux_server (2).csv",
        "cmdb_ci_linux_server-page03.csv", "cmdb_ci_linux_server_2026-11-21.csv"}) {
    SCOPED_TRACE(name);
    EXPECT_EQ(class_in({name, "sys_id,name\na1,web\n"}), "cmdb_ci_linux_server");
  }
}

TEST(ServiceNowClass, KeepsTheDigitsThatBelongToIt) {
  EXPECT_EQ(class_in({"cmdb_ci_db_db2_instance.csv", "sys_id,name\na1,x\n"}),
            "cmdb_ci_db_db2_instance");
  EXPECT_EQ(class_in({"u_ec2.csv", "sys_id,name\na1,x\n"}), "u_ec2");
  EXPECT_EQ(class_in({"u_ec2_page3.csv", "sys_id,name\na1,x\n"}), "u_ec2");
}

TEST(ServiceNowClass, IsThatOfTheTopKeyWhereNothingElseSaysIt) {
  EXPECT_EQ(class_in({"dump.json", R"({"cmdb_ci_linux_server":[{"sys_id":"a1","name":"web"}]})"}),
            "cmdb_ci_linux_server");
}

TEST(ServiceNowClass, IsToldByFieldsForRelationsAndPersons) {
  const Given given = from_files(
      {{"one.csv",
        "sys_id,name,sys_class_name\na1,Shop,cmdb_ci_service_business\na2,web,cmdb_ci_server\n"},
       {"two.csv", "parent,child,type\na1,a2,Depends on::Used by\n"},
       {"three.csv", "sys_id,name,user_name\nu1,Ann,ann\n"}});
  EXPECT_EQ(given.inventory().item_count(), 2U);
  EXPECT_EQ(given.inventory().relation_count(), 1U);
  EXPECT_EQ(given.inventory().party_count(), 1U);
}

TEST(ServiceNowClass, ASubclassThatNobodyKnowsKeepsItsNameAndIsCounted) {
  const Given given =
      from_files({{"cmdb_ci.csv", "sys_id,name,sys_class_name\na1,Robot,u_cmdb_ci_robot\n"}});
  EXPECT_EQ(given.inventory().tier(given.item("Robot")), Tier::unmapped);
  EXPECT_THAT(given.subjects("tier-unmapped"), ElementsAre("u_cmdb_ci_robot"));
}

struct ClassTier {
  const char* name;
  Tier tier;
};

TEST(ServiceNowClass, DecidesTheTier) {
  const ClassTier classes[] = {
      {"spm_service_portfolio", Tier::portfolio},
      {"spm_taxonomy_node", Tier::portfolio},
      {"cmdb_ci_service", Tier::service},
      {"cmdb_ci_service_business", Tier::service},
      {"cmdb_ci_service_technical", Tier::service},
      {"service_offering", Tier::service},
      {"cmdb_ci_service_auto", Tier::system},
      {"cmdb_ci_service_discovered", Tier::system},
      {"cmdb_ci_service_by_tags", Tier::system},
      {"cmdb_ci_query_based_service", Tier::system},
      {"cmdb_ci_business_app", Tier::system},
      {"cmdb_ci_service_auto", Tier::system},
      {"cmdb_ci_service_calculated", Tier::system},
      {"cmdb_ci_san", Tier::system},
      {"cmdb_ci_san_fabric", Tier::system},
      {"cmdb_ci_san_switch", Tier::component},
      {"cmdb_ci_appl", Tier::component},
      {"cmdb_ci_appl_something_new", Tier::component},
      {"cmdb_ci_app_server_tomcat", Tier::component},
      {"cmdb_ci_web_server", Tier::component},
      {"cmdb_ci_database", Tier::component},
      {"cmdb_ci_db_mysql_instance", Tier::component},
      {"cmdb_ci_db_ora_catalog", Tier::component},
      {"cmdb_ci_db_something_new", Tier::component},
      {"cmdb_ci_infra_service", Tier::component},
      {"cmdb_ci_server", Tier::component},
      {"cmdb_ci_linux_server", Tier::component},
      {"cmdb_ci_somebodys_server", Tier::component},
      {"cmdb_ci_vm_instance", Tier::component},
      {"cmdb_ci_ip_router", Tier::component},
      {"cmdb_ci_storage_device", Tier::component},
      {"cmdb_ci_win_cluster", Tier::component},
  };
  for (const ClassTier& one : classes) {
    SCOPED_TRACE(one.name);
    const Given given = from_files(
        {{"cmdb_ci.csv", fmt::format("sys_id,name,sys_class_name\na1,X,{}\n", one.name)}});
    EXPECT_EQ(to_string(given.inventory().tier(given.item("X"))), to_string(one.tier));
  }
}

// --- what extends what, as sys_db_object says

constexpr const char* robots = "sys_id,name,sys_class_name\na1,Robot,u_robot\n";

/// The tier of a record of class u_robot beside a table of classes.
Tier tier_beside(const ExportFile& classes) {
  const Given given = from_files({{"cmdb_ci.csv", robots}, classes});
  return given.inventory().tier(given.item("Robot"));
}

TEST(ServiceNowOwnClasses, HaveTheTierOfWhatTheyExtendByIdNameOrLabel) {
  const std::string header = "sys_id,name,label,super_class\n";
  const std::string computer = "0123456789abcdef0123456789abcdef,cmdb_ci_computer,Computer,\n";
  for (const char* super : {"0123456789abcdef0123456789abcdef", "cmdb_ci_computer", "Computer"}) {
    SCOPED_TRACE(super);
    EXPECT_EQ(tier_beside({"sys_db_object.csv",
                           fmt::format("{}{}t2,u_robot,Robot,{}\n", header, computer, super)}),
              Tier::component);
    if (std::string_view(super).size() != 32) {
      EXPECT_EQ(
          tier_beside({"sys_db_object.csv", fmt::format("{}t2,u_robot,Robot,{}\n", header, super)}),
          Tier::component);
    }
  }
}

TEST(ServiceNowOwnClasses, AreReadFromEveryFormOfTheTable) {
  const ExportFile tables[] = {
      {"sys_db_object.csv", "Label,Name,Extends table\nRobot,u_robot,Business Application\n"},
      {"sys_db_object.json",
       R"({"result":[{"sys_id":"t1","name":"u_robot","super_class":{"link":"https://x/api/now/table/sys_db_object/t2","value":"t2"}},
                     {"sys_id":"t2","name":"cmdb_ci_business_app","super_class":""}]})"},
      {"sys_db_object.json",
       R"({"result":[{"name":"u_robot","super_class":{"display_value":"Business Application","link":"https://x/t2"}}]})"},
      {"sys_db_object.xml",
       "<unload><sys_db_object><sys_id>t1</sys_id><name>u_robot</name><super_class "
       "display_value=\"Business Application\">t2</super_class></sys_db_object><sys_db_object>"
       "<sys_id>t2</sys_id><name>cmdb_ci_business_app</name></sys_db_object></unload>"},
      {"classes.json", R"([{"sys_class_name":"sys_db_object","name":"u_robot",
                            "super_class":"cmdb_ci_business_app"}])"},
      {"classes.csv", "name,super_class\nu_robot,cmdb_ci_business_app\n"},
  };
  for (const ExportFile& table : tables) {
    SCOPED_TRACE(table.text);
    EXPECT_EQ(to_string(tier_beside(table)), to_string(Tier::system));
  }
}

TEST(ServiceNowOwnClasses, TakeTheNearestClassAboveThatTheProfileKnows) {
  EXPECT_EQ(tier_beside({"sys_db_object.csv",
                         "name,super_class\nu_device,cmdb_ci_ip_device\nu_robot,u_machine\n"
                         "u_machine,U_Device\ncmdb_ci_ip_device,cmdb_ci_service\n"}),
            Tier::component);
}

TEST(ServiceNowOwnClasses, StayUnmappedWhereTheyExtendNothingThatHasATier) {
  for (const char* rows :
       {"u_robot,cmdb_ci\n", "u_robot,u_other\n", "u_robot,\n", "u_cat,u_dog\n"}) {
    SCOPED_TRACE(rows);
    EXPECT_EQ(tier_beside({"sys_db_object.csv", fmt::format("name,super_class\n{}", rows)}),
              Tier::unmapped);
  }
}

TEST(ServiceNowOwnClasses, MayGoRoundInACircle) {
  EXPECT_EQ(tier_beside(
                {"sys_db_object.csv", "name,super_class\nu_robot,u_machine\nu_machine,u_robot\n"}),
            Tier::unmapped);
  EXPECT_EQ(tier_beside({"sys_db_object.csv", "name,super_class\nu_robot,u_robot\n"}),
            Tier::unmapped);
}

TEST(ServiceNowOwnClasses, DoNotTakeALabelThatTwoTablesHave) {
  EXPECT_EQ(tier_beside({"sys_db_object.csv",
                         "name,label,super_class\nu_robot,Robot,Machine\n"
                         "u_a,Machine,cmdb_ci_server\nu_b,Machine,cmdb_ci_business_app\n"}),
            Tier::unmapped);
}

TEST(ServiceNowOwnClasses, LeaveAClassThatTheProfileMapsItsTier) {
  const Given given = from_files(
      {{"cmdb_ci.csv", "sys_id,name,sys_class_name\na1,Crm,cmdb_ci_business_app\n"},
       {"sys_db_object.csv", "name,super_class\ncmdb_ci_business_app,cmdb_ci_server\n"}});
  EXPECT_EQ(given.inventory().tier(given.item("Crm")), Tier::system);
}

TEST(ServiceNowOwnClasses, MeanTheSameWhateverTheOrderOfTheFiles) {
  const std::string component = "name,super_class\nu_robot,cmdb_ci_server\n";
  const std::string service = "name,super_class\nu_robot,cmdb_ci_service\n";
  const auto tier = [](const std::string& first, const std::string& second) {
    const Given given = from_files(
        {{"cmdb_ci.csv", robots}, {"sys_db_object_1.csv", first}, {"sys_db_object_2.csv", second}});
    return given.inventory().tier(given.item("Robot"));
  };
  EXPECT_EQ(tier(component, service), tier(service, component));
}

TEST(ServiceNowOwnClasses, AreOfferingsAndServicesWhereTheyExtendThem) {
  const Given given = from_files(
      {{"cmdb_ci.csv",
        "sys_id,name,sys_class_name\na1,Help,u_help\na2,Gold,u_gold\na3,Base,cmdb_ci_service\n"},
       {"sys_db_object.csv",
        "name,super_class\nu_help,cmdb_ci_service_technical\nu_gold,service_offering\n"}});
  EXPECT_EQ(given.inventory().facing(given.item("Help")), Facing::supporting);
  EXPECT_TRUE(given.inventory().is_offering(given.item("Gold")));
}

TEST(ServiceNowOwnClasses, SayMoreThanTheClassThatTheyExtend) {
  const Given given =
      from_files({{"cmdb_ci.csv", "sys_id,name,sys_class_name\na1,Robot,cmdb_ci_computer\n"},
                  {"u_robot.csv", "sys_id,name\na1,Robot\n"},
                  {"sys_db_object.csv", "name,super_class\nu_robot,cmdb_ci_computer\n"}});
  EXPECT_EQ(given.inventory().class_name(given.item("Robot")), "u_robot");
  EXPECT_EQ(given.inventory().tier(given.item("Robot")), Tier::component);
}

TEST(ServiceNowOwnClasses, AreCountedAsRead) {
  const Given given = from_files(
      {{"cmdb_ci.csv", robots}, {"sys_db_object.csv", "name,super_class\nu_robot,cmdb_ci\n"}});
  EXPECT_THAT(given.inventory().notices(), IsEmpty());
}

// --- whom a service faces

/// A service of a class with a classification and a consumer type.
struct Service {
  const char* class_name;
  const char* classification;
  const char* consumer_type;
  Facing facing;
};

TEST(ServiceNowFacing, ComesFromClassificationThenConsumerTypeThenClass) {
  const Service services[] = {
      {"cmdb_ci_service", "Business Service", "", Facing::internal},
      {"cmdb_ci_service", "Business Service", "internal", Facing::internal},
      {"cmdb_ci_service", "Business Service", "external", Facing::external},
      {"cmdb_ci_service", "business_service", "External", Facing::external},
      {"cmdb_ci_service", "Technical Service", "", Facing::supporting},
      {"cmdb_ci_service", "Technical Service", "external", Facing::supporting},
      {"cmdb_ci_service", "technology management service", "", Facing::supporting},
      {"cmdb_ci_service", "", "external", Facing::external},
      {"cmdb_ci_service", "", "internal", Facing::internal},
      {"cmdb_ci_service", "", "", Facing::unknown},
      {"cmdb_ci_service_business", "", "", Facing::internal},
      {"cmdb_ci_service_business", "", "external", Facing::external},
      {"cmdb_ci_service_technical", "", "", Facing::supporting},
      {"cmdb_ci_service_business", "Technical Service", "", Facing::supporting},
  };
  for (const Service& one : services) {
    SCOPED_TRACE(
        fmt::format("{} '{}' '{}'", one.class_name, one.classification, one.consumer_type));
    const Given given = from_files(
        {{"cmdb_ci_service.csv",
          fmt::format(
              "sys_id,name,sys_class_name,service_classification,consumer_type\na1,X,{},{},{}\n",
              one.class_name, one.classification, one.consumer_type)}});
    EXPECT_EQ(to_string(given.inventory().facing(given.item("X"))), to_string(one.facing));
  }
}

TEST(ServiceNowFacing, AnApplicationServiceIsASystem) {
  for (const char* word : {"Application Service", "application service", "Service Instance"}) {
    SCOPED_TRACE(word);
    const Given given =
        from_files({{"cmdb_ci_service.csv",
                     fmt::format("sys_id,name,service_classification\na1,X,{}\n", word)}});
    EXPECT_EQ(given.inventory().tier(given.item("X")), Tier::system);
  }
}

/// Whom the offering of a service faces; both say `class`, classification and consumer type.
Facing offering_of(const std::string& service, const std::string& offering) {
  const std::string header = "sys_id,name,sys_class_name,service_classification,consumer_type";
  const Given given =
      from_files({{"cmdb_ci_service.csv", header + "\na1,Mail," + service + "\n"},
                  {"service_offering.csv", header + ",parent\no1,Gold," + offering + ",a1\n"}});
  return given.inventory().facing(given.item("Gold"));
}

TEST(ServiceNowOffering, FacesWhomItsOwnClassificationSays) {
  EXPECT_EQ(
      offering_of("cmdb_ci_service_business,,external", "service_offering,Technical Service,"),
      Facing::supporting);
  EXPECT_EQ(
      offering_of("cmdb_ci_service_technical,,", "service_offering,Business Service,external"),
      Facing::external);
}

TEST(ServiceNowOffering, FacesWhomItsServiceFacesOtherwise) {
  EXPECT_EQ(offering_of("cmdb_ci_service_business,,external", "service_offering,,"),
            Facing::external);
  EXPECT_EQ(offering_of("cmdb_ci_service_technical,,", "service_offering,,"), Facing::supporting);
  EXPECT_EQ(offering_of("cmdb_ci_service,,", "service_offering,,"), Facing::unknown);
}

TEST(ServiceNowOffering, UsingItIsUsingItsService) {
  const Given given =
      from_files({{"cmdb_ci_service.csv",
                   "sys_id,name,sys_class_name\na1,Mail,cmdb_ci_service_technical\na2,Shop,cmdb_ci_"
                   "service_business\n"},
                  {"service_offering.csv", "sys_id,name,parent\no1,Mail Gold,a1\n"},
                  {"cmdb_rel_ci.csv", "sys_id,parent,child,type\nr1,a2,o1,Depends on::Used by\n"}});
  EXPECT_THAT(given.subjects("orphaned-supporting-service"), IsEmpty());
}

TEST(ServiceNowOffering, StandsInThePortfolioOfItsService) {
  const Given given = from_files(
      {{"spm_service_portfolio.csv", "sys_id,name\np1,Retail\n"},
       {"cmdb_ci_service_business.csv",
        "sys_id,name,spm_service_portfolio\na1,Shop,p1\na2,Bank,\n"},
       {"service_offering.csv", "sys_id,name,parent\no1,Shop Gold,a1\no2,Bank Gold,a2\n"},
       {"cmdb_rel_ci.csv", "sys_id,parent,child,type\nr1,a1,a2,Uses::Used by\n"}});
  EXPECT_THAT(given.subjects("service-not-in-portfolio"), ElementsAre("Bank", "Bank Gold"));
}

TEST(ServiceNowPortfolio, IsReachedThroughTaxonomyNodes) {
  const Given given = from_files(
      {{"spm_service_portfolio.csv", "sys_id,name,owned_by\np1,Retail,Ann\np2,Empty,Ann\n"},
       {"spm_taxonomy_node.csv",
        "sys_id,name,parent,service_portfolio,owned_by\nt1,Sales,,p1,Ann\nt2,Online,t1,,Ann\n"},
       {"cmdb_ci_service_business.csv", "sys_id,name,spm_taxonomy_node\na1,Shop,t2\n"}},
      assuming_complete());
  EXPECT_THAT(given.subjects("service-not-in-portfolio"), IsEmpty());
  EXPECT_THAT(given.subjects("empty-portfolio"), ElementsAre("Empty"));
}

// --- states

struct Status {
  const char* fields;
  const char* values;
  State state;
};

TEST(ServiceNowState, ComesFromLifeCycleThenOperationalThenInstallStatus) {
  const Status table[] = {
      {"operational_status", "1", State::live},
      {"operational_status", "Operational", State::live},
      {"operational_status", "2", State::live},
      {"operational_status", "3", State::live},
      {"operational_status", "DR Standby", State::live},
      {"operational_status", "5", State::live},
      {"operational_status", "6", State::retired},
      {"operational_status", "Retired", State::retired},
      {"operational_status", "7", State::planned},
      {"operational_status", "Catalog", State::planned},
      {"operational_status", "", State::unknown},
      {"operational_status", "99", State::unknown},
      {"install_status", "1", State::live},
      {"install_status", "3", State::live},
      {"install_status", "5", State::live},
      {"install_status", "0", State::planned},
      {"install_status", "On Order", State::planned},
      {"install_status", "4", State::planned},
      {"install_status", "6", State::planned},
      {"install_status", "7", State::retired},
      {"install_status", "8", State::retired},
      {"install_status", "Stolen", State::retired},
      {"install_status", "100", State::retired},
      {"install_status", "Absent", State::retired},
      {"life_cycle_stage", "Ideation", State::planned},
      {"life_cycle_stage", "Purchase", State::planned},
      {"life_cycle_stage", "Inventory", State::planned},
      {"life_cycle_stage", "Design", State::planned},
      {"life_cycle_stage", "Deploy", State::planned},
      {"life_cycle_stage", "Operational", State::live},
      {"life_cycle_stage", "End of Operation", State::retired},
      {"life_cycle_stage", "End of Life", State::retired},
      {"life_cycle_stage,life_cycle_stage_status", "Operational,In Use", State::live},
      {"life_cycle_stage,life_cycle_stage_status", "Operational,End of Support", State::retiring},
      {"life_cycle_stage,life_cycle_stage_status", "Operational,Pending Retirement",
       State::retiring},
      {"life_cycle_stage,life_cycle_stage_status", "End of Life,Retired", State::retired},
      {"life_cycle_stage,life_cycle_stage_status", "End of Life,Obsolete", State::retired},
      {"life_cycle_stage,life_cycle_stage_status", "End of Operation,On Hold", State::retired},
      {"life_cycle_stage,operational_status", "Operational,6", State::live},
      {"life_cycle_stage,operational_status", ",6", State::retired},
      {"operational_status,install_status", "6,1", State::retired},
      {"operational_status,install_status", "1,7", State::live},
      {"operational_status,install_status", ",7", State::retired},
  };
  for (const Status& one : table) {
    SCOPED_TRACE(fmt::format("{} = {}", one.fields, one.values));
    const Given given = from_files(
        {{"cmdb_ci_server.csv", fmt::format("sys_id,name,{}\na1,X,{}\n", one.fields, one.values)}});
    EXPECT_EQ(to_string(given.inventory().state(given.item("X"))), to_string(one.state));
    EXPECT_TRUE(one.state == State::unknown || given.inventory().notices().empty());
  }
}

TEST(ServiceNowState, AValueThatNobodyKnowsIsANoticeAndLeavesTheItemLive) {
  const Given given = from_files(
      {{"cmdb_ci_service_business.csv", "sys_id,name,operational_status,owned_by\na1,X,99,\n"}});
  EXPECT_THAT(given.subjects("owner-missing"), ElementsAre("X"));
  ASSERT_FALSE(given.inventory().notices().empty());
  EXPECT_THAT(given.inventory().notices()[0].message, HasSubstr("'99' of 'operational_status'"));
}

struct Criticality {
  const char* field;
  const char* value;
  int level;
};

TEST(ServiceNowCriticality, IsToldByItsDigitUnderEitherSpelling) {
  const Criticality table[] = {
      {"busines_criticality", "1 - most critical", 1},
      {"busines_criticality", "2 - somewhat critical", 2},
      {"busines_criticality", "3 - less critical", 3},
      {"busines_criticality", "4 - not critical", 4},
      {"busines_criticality", "1\xE2\x80\x94most critical", 1},
      {"busines_criticality", "4 - low", 4},
      {"busines_criticality", "9 - bogus", 0},
      {"busines_criticality", "", 0},
      {"business_criticality", "1 - most critical", 1},
      {"Business criticality", "1 - most critical", 1},
  };
  for (const Criticality& one : table) {
    SCOPED_TRACE(fmt::format("{} = {}", one.field, one.value));
    const Given given =
        from_files({{"cmdb_ci_service_business.csv",
                     fmt::format("sys_id,name,{}\na1,X,{}\n", one.field, one.value)}});
    EXPECT_EQ(given.inventory().criticality(given.item("X")), one.level);
  }
}

// --- relation types

struct TypeReading {
  const char* type;
  RelationKind kind;
  bool parent_first;
};

TEST(ServiceNowRelation, TypesHaveAKindAndADirection) {
  const TypeReading types[] = {
      {"1a9cb166f1571100a92eb60da2bce5c5", RelationKind::needs, true},
      {"Depends on::Used by", RelationKind::needs, true},
      {"depends  on :: used by", RelationKind::needs, true},
      {"Runs on::Runs", RelationKind::needs, true},
      {"Hosted on::Hosts", RelationKind::needs, true},
      {"Virtualized by::Virtualizes", RelationKind::needs, true},
      {"Uses::Used by", RelationKind::needs, true},
      {"Consumes::Consumed by", RelationKind::needs, true},
      {"Provided By::Provides", RelationKind::needs, true},
      {"Provides::Provided by", RelationKind::needs, false},
      {"f67e9ecdff602000dada361332f49d35", RelationKind::needs, false},
      {"Registered on::Has registered", RelationKind::needs, true},
      {"Defines resources for::Gets resources from", RelationKind::needs, false},
      {"Provides power for::Powered by", RelationKind::needs, false},
      {"Cools::Cooled By", RelationKind::needs, false},
      {"Contains::Contained by", RelationKind::contains, true},
      {"Members::Member of", RelationKind::contains, true},
      {"Cluster of::Cluster", RelationKind::contains, true},
      {"Exchanges data with::Exchanges data with", RelationKind::data, true},
      {"Owns::Owned by", RelationKind::other, true},
      {"Used by::Uses", RelationKind::unknown, true},
      {"Depends on", RelationKind::unknown, true},
  };
  for (const TypeReading& one : types) {
    SCOPED_TRACE(one.type);
    const Given given = from_files(
        {{"cmdb_ci_business_app.csv", "sys_id,name\na1,Parent\na2,Child\n"},
         {"cmdb_rel_ci.csv", fmt::format("sys_id,parent,child,type\nr1,a1,a2,{}\n", one.type)}});
    const Relation& relation = given.inventory().relation(RelationId{0});
    EXPECT_EQ(to_string(relation.kind), to_string(one.kind));
    EXPECT_EQ(given.inventory().name(relation.from), one.parent_first ? "Parent" : "Child");
  }
}

TEST(ServiceNowRelation, TheIdOfATypeGoesBeforeItsLabelWithANotice) {
  const Given given = from_files(
      {{"cmdb_ci_business_app.csv", "sys_id,name\na1,Parent\na2,Child\n"},
       {"cmdb_rel_ci.json",
        R"([{"parent":"a1","child":"a2","type":{"value":"1a9cb166f1571100a92eb60da2bce5c5","display_value":"Cools"}}])"}});
  EXPECT_EQ(given.inventory().relation(RelationId{0}).kind, RelationKind::needs);
  ASSERT_THAT(given.inventory().notices(), Not(IsEmpty()));
  EXPECT_EQ(given.inventory().notices()[0].kind, "relation-type-mismatch");
}

TEST(ServiceNowRelation, TheNoticeOfATypeSaysItsFirstRowAndHowManyThereAre) {
  const std::string row =
      R"({"parent":"a1","child":"a2","type":{"value":"1a9cb166f1571100a92eb60da2bce5c5","display_value":"Cools"}})";
  const Given given =
      from_files({{"cmdb_ci_business_app.csv", "sys_id,name\na1,Parent\na2,Child\n"},
                  {"cmdb_rel_ci.json", fmt::format("[\n{},\n{}\n]", row, row)}});
  const Notice& notice = given.inventory().notices()[0];
  EXPECT_THAT(notice.message, HasSubstr("(first from 'a1' to 'a2')"));
  EXPECT_THAT(notice.place.file, HasSubstr("cmdb_rel_ci.json"));
  EXPECT_EQ(notice.place.line, 2U);
  EXPECT_EQ(notice.count, 2U);
}

TEST(ServiceNowRelation, TheParentOfAServerIsNone) {
  const Given given =
      from_files({{"cmdb_ci_service_business.csv", "sys_id,name\na1,Shop\n"},
                  {"cmdb_ci_server.csv", "sys_id,name,parent\nb1,web,a1\nb2,db,gone\n"}});
  EXPECT_THAT(given.graph().dependents_of(given.item("web")), IsEmpty());
}

TEST(ServiceNowRelation, ARowThatBothItsItemsListIsOneRelation) {
  const auto item = [](const char* id, const char* class_name, const char* list,
                       const char* other) {
    return fmt::format(
        R"({{"result":{{"attributes":{{"sys_id":"{}","name":"{}","sys_class_name":"{}"}},)"
        R"("{}":[{{"sys_id":"r1","type":{{"display_value":"Feeds::Fed by"}},"target":"{}"}}]}}}})",
        id, id, class_name, list, other);
  };
  const Given given =
      from_files({{"a1.json", item("a1", "cmdb_ci_business_app", "outbound_relations", "a2")},
                  {"a2.json", item("a2", "cmdb_ci_business_app", "inbound_relations", "a1")}});
  EXPECT_EQ(given.inventory().relation_count(), 1U);
  EXPECT_THAT(given.messages("unknown-relationship-type"),
              ElementsAre(HasSubstr("1 relation is left out")));
}

TEST(ServiceNowRelation, OneRelationThroughTwoTablesIsNoDuplicate) {
  const Given given =
      from_files({{"cmdb_ci_service_auto.csv", "sys_id,name\na1,Till\n"},
                  {"cmdb_ci_server.csv", "sys_id,name\nb1,web\n"},
                  {"svc_ci_assoc.csv", "sys_id,service_id,ci_id\nm1,a1,b1\n"},
                  {"cmdb_rel_ci.csv", "sys_id,parent,child,type\nr1,a1,b1,Depends on::Used by\n"}});
  EXPECT_EQ(given.inventory().relation_count(), 2U);
  EXPECT_THAT(given.subjects("duplicate-edge"), IsEmpty());
}

}  // namespace
}  // namespace tierline
