// Real exports that nobody here wrote. They lie beside the project, not in it; without them these
// tests are skipped.

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <stdexcept>

#include "given.h"

namespace tierline {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

const std::string root = TIERLINE_ROOT "/../shared/data/";

/// Skips the test, and says what is missing.
#define REQUIRE_EXPORT(path)                                           \
  if (!std::filesystem::exists(root + (path))) {                       \
    GTEST_SKIP() << "the export " << root + (path) << " is not there"; \
  }

Result<Audit> audit_of(const std::string& path, const std::string& profile = {},
                       bool assume_complete = false) {
  AuditOptions options;
  options.rules.assume_complete = options.import.assume_complete = assume_complete;
  options.import.inputs = {root + path};
  options.import.as_of = "2026-11-21";
  if (!profile.empty()) {
    options.import.profiles = {Profile::load(TIERLINE_ROOT "/tests/profiles/" + profile).value()};
  }
  return audit(options);
}

/// An export that a built-in profile reads, or the one of that name beside these tests.
Given read_export(const std::string& path, const std::string& profile = {},
                  bool assume_complete = false) {
  auto audited = audit_of(path, profile, assume_complete);
  if (!audited) {
    throw std::runtime_error(to_string(audited.error()));
  }
  return Given(std::move(*audited));
}

Given cmdb_kit(const std::string& edition) {
  return read_export("cmdb-kit/schema/" + edition + "/data", "cmdb-kit.json");
}

std::size_t count_of_class(const Given& estate, std::string_view name) {
  const Inventory& inventory = estate.inventory();
  return static_cast<std::size_t>(std::ranges::count_if(
      inventory.items(), [&](ItemId item) { return inventory.class_name(item) == name; }));
}

TEST(CmdbKitCore, HasTheItemsAndRelationsThatItIsKnownFor) {
  REQUIRE_EXPORT("cmdb-kit/schema/core/data");
  const Given estate = cmdb_kit("core");
  EXPECT_EQ(count_of_class(estate, "product"), 6U);
  EXPECT_EQ(count_of_class(estate, "product-component"), 6U);
  EXPECT_EQ(count_of_class(estate, "database"), 4U);
  EXPECT_EQ(count_of_class(estate, "server"), 8U);
  EXPECT_EQ(estate.inventory().item_count(), 24U);
  std::map<std::string, int> types;
  for (const RelationId id : estate.inventory().relations()) {
    const Relation& relation = estate.inventory().relation(id);
    types[estate.inventory().type(relation).id] += relation.is_row ? 1 : 0;
  }
  EXPECT_EQ(types["Runs on::Runs"], 9);
  EXPECT_EQ(types["Depends on::Used by"], 7);
  EXPECT_EQ(types["Contains::Contained by"], 4);
}

TEST(CmdbKitCore, HasNoneOfTheFaultsOfTheOther) {
  REQUIRE_EXPORT("cmdb-kit/schema/core/data");
  const Given estate = cmdb_kit("core");
  for (const char* rule : {"system-owner-missing", "owner-missing", "shared-platform-unowned",
                           "owner-dangling", "empty-portfolio", "dangling-edge", "dependency-cycle",
                           "unknown-relationship-type", "tier-inversion", "direction-suspect"}) {
    SCOPED_TRACE(rule);
    EXPECT_THAT(estate.subjects(rule), IsEmpty());
  }
}

TEST(CmdbKitCore, AServerThatContainsADatabaseIsNeededByIt) {
  REQUIRE_EXPORT("cmdb-kit/schema/core/data");
  const Given estate = cmdb_kit("core");
  const Inventory& inventory = estate.inventory();
  int contained = 0;
  for (const RelationId id : inventory.relations()) {
    const Relation& relation = inventory.relation(id);
    if (inventory.type(relation).id == "Contains::Contained by") {
      EXPECT_EQ(inventory.class_name(relation.from), "database");
      EXPECT_EQ(inventory.class_name(relation.to), "server");
      ++contained;
    }
  }
  EXPECT_EQ(contained, 4);
}

TEST(CmdbKitEnterprise, HasSixProductsWithoutOwner) {
  REQUIRE_EXPORT("cmdb-kit/schema/enterprise/data");
  const Given estate = cmdb_kit("enterprise");
  EXPECT_EQ(count_of_class(estate, "product"), 12U);
  EXPECT_THAT(estate.subjects("system-owner-missing"),
              ElementsAre("Contact Manager", "Deal Pipeline", "Email Integration", "REST API",
                          "Report Generator", "Webhook Service"));
}

TEST(CmdbKitEnterprise, HasTwelveOwnersInNoTable) {
  REQUIRE_EXPORT("cmdb-kit/schema/enterprise/data");
  EXPECT_THAT(cmdb_kit("enterprise").subjects("owner-dangling"), SizeIs(12));
}

TEST(CmdbKitEnterprise, HasTwoPortfoliosWithoutService) {
  REQUIRE_EXPORT("cmdb-kit/schema/enterprise/data");
  EXPECT_THAT(cmdb_kit("enterprise").subjects("empty-portfolio"), SizeIs(2));
}

TEST(SwcatFlights, HasWhatItIsKnownForAndNothingWrong) {
  REQUIRE_EXPORT("swcat-flights/examples");
  const Given estate = read_export("swcat-flights/examples");
  EXPECT_EQ(count_of_class(estate, "Domain"), 5U);
  EXPECT_EQ(count_of_class(estate, "System"), 11U);
  EXPECT_EQ(count_of_class(estate, "Component"), 16U);
  EXPECT_EQ(count_of_class(estate, "API"), 13U);
  EXPECT_EQ(count_of_class(estate, "Resource"), 4U);
  EXPECT_EQ(estate.inventory().party_count(), 5U);
  EXPECT_EQ(estate.inventory().relation_count(), 83U);
  EXPECT_THAT(estate.inventory().unresolved_ends(), IsEmpty());
  EXPECT_THAT(estate.audit().findings(), IsEmpty());
}

TEST(GiantSwarmCatalogs, HaveOwnersThatNameNoGroupAndSystemsThatAreNotThere) {
  REQUIRE_EXPORT("giantswarm-catalogs-head/catalogs");
  const Given estate = read_export("giantswarm-catalogs-head/catalogs");
  // 93 records of 84 names: some components stand there several times.
  EXPECT_EQ(count_of_class(estate, "Component"), 68U);
  EXPECT_EQ(count_of_class(estate, "API"), 16U);
  std::uint64_t records = 0;
  for (const InputSummary& input : estate.inventory().inputs()) {
    records += input.items;
  }
  EXPECT_EQ(records, 93U);
  EXPECT_THAT(estate.subjects("owner-dangling"), SizeIs(11));
  EXPECT_THAT(estate.subjects("dangling-edge"), SizeIs(5));
}

TEST(ITopSample, HasNoContactsAndSaysSoRatherThanJudging) {
  REQUIRE_EXPORT("itop-sample/datamodels");
  const Given estate = read_export("itop-sample/datamodels");
  EXPECT_EQ(count_of_class(estate, "ApplicationSolution"), 4U);
  EXPECT_EQ(count_of_class(estate, "WebApplication"), 3U);
  EXPECT_EQ(count_of_class(estate, "DatabaseSchema"), 3U);
  EXPECT_EQ(count_of_class(estate, "DBServer"), 3U);
  EXPECT_EQ(count_of_class(estate, "VirtualMachine"), 4U);
  EXPECT_EQ(count_of_class(estate, "Server"), 4U);
  EXPECT_EQ(count_of_class(estate, "ServiceFamily"), 1U);
  EXPECT_EQ(count_of_class(estate, "Service"), 3U);
  EXPECT_EQ(count_of_class(estate, "ServiceSubcategory"), 17U);
  EXPECT_EQ(std::ranges::count_if(
                estate.inventory().items(),
                [&](ItemId item) { return estate.inventory().tier(item) == Tier::component; }),
            27);
  for (const char* rule : {"owner-missing", "system-owner-missing", "orphan-system",
                           "orphan-component", "field-not-exported"}) {
    EXPECT_THAT(estate.subjects(rule), IsEmpty()) << rule;
  }
  EXPECT_THAT(estate.not_evaluated("owner-missing"),
              ::testing::Contains(HasSubstr("lnkContactToService")));
}

TEST(ITopSample, HasNoOwnersWhenItIsTakenForComplete) {
  REQUIRE_EXPORT("itop-sample/datamodels");
  const Given estate = read_export("itop-sample/datamodels", {}, true);
  EXPECT_THAT(estate.subjects("owner-missing"), SizeIs(3));
  EXPECT_THAT(estate.subjects("system-owner-missing"), SizeIs(4));
}

TEST(FinosCalm, HasItsNodesAndRelationshipsAndNoOwners) {
  REQUIRE_EXPORT("finos-calm");
  const Given estate = read_export("finos-calm");
  EXPECT_EQ(estate.inventory().inputs().size(), 10U);
  // 117 nodes, of which 9 are actors.
  EXPECT_EQ(estate.inventory().item_count(), 108U);
  // 150 relationships, of which 9 are interactions, and some have several ends.
  EXPECT_EQ(estate.inventory().relation_count(), 158U);
  EXPECT_THAT(estate.inventory().unresolved_ends(), IsEmpty());
  EXPECT_THAT(estate.subjects("owner-missing"), IsEmpty());
  EXPECT_THAT(estate.not_evaluated("owner-missing"), ::testing::Not(IsEmpty()));
  EXPECT_THAT(estate.subjects("tier-unmapped"), SizeIs(12));
}

constexpr const char* shapes = "servicenow-shapes/";

TEST(ServiceNowShapeFiles, AListOfComputersIsRead) {
  const std::string file = std::string(shapes) + "mock_collect_components_batch.derived.json";
  REQUIRE_EXPORT(file);
  const auto audited = audit_of(file);
  ASSERT_TRUE(audited) << to_string(audited.error());
  const Inventory& inventory = *audited->inventory;
  ASSERT_GT(inventory.item_count(), 3U);
  for (const ItemId item : inventory.items()) {
    EXPECT_THAT(inventory.class_name(item), StartsWith("cmdb_ci"));
    EXPECT_THAT(inventory.id(item), SizeIs(32));
    EXPECT_THAT(inventory.name(item), ::testing::Not(IsEmpty()));
  }
}

TEST(ServiceNowShapeFiles, AResultThatIsOneRecordIsRead) {
  const std::string file = std::string(shapes) + "mock_result_with_utf8.derived.json";
  REQUIRE_EXPORT(file);
  const auto audited = audit_of(file);
  ASSERT_TRUE(audited) << to_string(audited.error());
  ASSERT_EQ(audited->inventory->item_count(), 1U);
  EXPECT_EQ(audited->inventory->name(ItemId{0}), "Avery® Wizard 2.1 forMicrosoft® Word 2000");
}

TEST(ServiceNowShapeFiles, RelationsWithALabelThatIsNotTheirTypesAreNotices) {
  for (const char* name :
       {"mock_relation_components.derived.json", "mock_relation_with_filter.derived.json"}) {
    const std::string file = shapes + std::string(name);
    REQUIRE_EXPORT(file);
    const auto audited = audit_of(file);
    ASSERT_TRUE(audited) << to_string(audited.error());
    const Inventory& inventory = *audited->inventory;
    ASSERT_EQ(inventory.relation_count(), 1U);
    EXPECT_EQ(inventory.relation(RelationId{0}).kind, RelationKind::needs);
    EXPECT_EQ(inventory.notices()[0].kind, "relation-type-mismatch");
    EXPECT_THAT(inventory.unresolved_ends(), SizeIs(2));
    EXPECT_EQ(inventory.unresolved_ends()[0].text, "451047c6c0a8016400de0ae6df9b9d76");
  }
}

TEST(ServiceNowShapeFiles, AnAnswerThatBrokeOffIsRefusedWithItsReason) {
  const std::string file =
      std::string(shapes) + "mock_result_malformed_str_with_error_msg.derived.json";
  REQUIRE_EXPORT(file);
  const auto audited = audit_of(file);
  ASSERT_FALSE(audited);
  EXPECT_THAT(to_string(audited.error()),
              HasSubstr("Transaction cancelled: maximum execution time exceeded"));
}

TEST(ServiceNowShapeFiles, AnAnswerThatIsNoJsonIsRefusedAtItsLine) {
  const std::string file = std::string(shapes) + "mock_result_with_malformed_str.derived.json";
  REQUIRE_EXPORT(file);
  const auto audited = audit_of(file);
  ASSERT_FALSE(audited);
  EXPECT_THAT(to_string(audited.error()),
              ::testing::ContainsRegex("derived\\.json:[0-9]+: not JSON"));
}

TEST(ServiceNowShapeFiles, AListOfChangesIsNoExportOfItems) {
  const std::string file = std::string(shapes) + "planned_crs.json";
  REQUIRE_EXPORT(file);
  const auto audited = audit_of(file);
  ASSERT_FALSE(audited);
  EXPECT_THAT(to_string(audited.error()), HasSubstr("no profile understands this file"));
}

}  // namespace
}  // namespace tierline
