#include <gmock/gmock.h>

#include <algorithm>

#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "facing-unknown";

TEST(FacingUnknown, FlagsAServiceThatFacesNobodyKnown) {
  EXPECT_THAT(
      given("service Mystery; external A; internal B; supporting C").messages(rule),
      ElementsAre("Mystery: nothing says whether it faces customers or supports other services"));
}

TEST(FacingUnknown, FlagsAValueThatNobodyHasAMeaningFor) {
  const Given estate = from_files({{"items.csv", "id,tier,facing\nShop,service,sideways\n"}});
  EXPECT_THAT(estate.subjects(rule), ElementsAre("Shop"));
}

TEST(FacingUnknown, IgnoresWhatIsNotLive) {
  EXPECT_THAT(given("service Old retired; service Next planned").subjects(rule), IsEmpty());
}

TEST(FacingUnknown, LeavesOtherTiersOut) {
  EXPECT_THAT(given("external Shop; portfolio Retail; system Cart; component Rack; thing Cable")
                  .subjects(rule),
              IsEmpty());
}

TEST(FacingUnknown, DerivesFacingFromClassificationAndConsumer) {
  const Given estate = from_files({{"cmdb_ci_service.csv",
                                    "sys_id,name,service_classification,consumer_type\n"
                                    "s1,Shop,Business Service,external\n"
                                    "s2,Payroll,Business Service,\n"
                                    "s3,Backup,Technical Service,\n"
                                    "s4,Portal,,internal\n"
                                    "s5,Mystery,,\n"}});
  EXPECT_THAT(estate.subjects(rule), ElementsAre("Mystery"));
  EXPECT_EQ(estate.inventory().facing(estate.item("Shop")), Facing::external);
  EXPECT_EQ(estate.inventory().facing(estate.item("Payroll")), Facing::internal);
  EXPECT_EQ(estate.inventory().facing(estate.item("Backup")), Facing::supporting);
  EXPECT_EQ(estate.inventory().facing(estate.item("Portal")), Facing::internal);
}

TEST(FacingUnknown, DerivesFacingFromTheClass) {
  const Given estate = from_files({{"cmdb_ci_service_business.csv", "sys_id,name\nb1,Payroll\n"},
                                   {"cmdb_ci_service_technical.csv", "sys_id,name\nt1,Backup\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(FacingUnknown, GivesOfferingsTheirParentsFacing) {
  const Given estate = from_files({{"cmdb_ci_service_technical.csv", "sys_id,name\nt1,Backup\n"},
                                   {"service_offering.csv",
                                    "sys_id,name,parent,service_classification\n"
                                    "o1,Nightly backup,t1,\no2,Stray offering,,\n"}});
  EXPECT_THAT(estate.subjects(rule), ElementsAre("Stray offering"));
}

/// An offering of t0, an offering of that offering, and a table of as many technical services, from
/// t1 on.
std::vector<ExportFile> offerings_beside(int services) {
  std::string table = "sys_id,name\n";
  for (int i = 1; i <= services; ++i) {
    table += "t" + std::to_string(i) + ",Service\n";
  }
  return {{"cmdb_ci_service_technical.csv", table},
          {"service_offering.csv",
           "sys_id,name,parent,service_classification\n"
           "o1,Mail,t0,\no2,Mail small,o1,\no3,Stray,,\no4,Backup,t1,\n"}};
}

TEST(FacingUnknown, DoesNotJudgeByAParentThatMayBeCutOff) {
  const Given estate = from_files(offerings_beside(10'000));
  EXPECT_THAT(estate.subjects(rule), ElementsAre("Stray"));
  const auto& all = estate.audit().results.not_evaluated;
  const auto one = std::ranges::find_if(all, [](const auto& x) { return x.rule->id == rule; });
  ASSERT_NE(one, all.end());
  EXPECT_EQ(one->cause, NotEvaluated::Cause::undetermined);
  EXPECT_THAT(one->subjects, ElementsAre(estate.item("Mail"), estate.item("Mail small")));
}

TEST(FacingUnknown, JudgesByAMissingParentWhereNothingIsCutOffOrIsToBeTakenSo) {
  EXPECT_THAT(from_files(offerings_beside(2)).subjects(rule),
              ElementsAre("Mail", "Mail small", "Stray"));
  EXPECT_THAT(from_files(offerings_beside(10'000), assuming_complete()).subjects(rule),
              ElementsAre("Mail", "Mail small", "Stray"));
}

TEST(FacingUnknown, TakesAnApplicationServiceForASystem) {
  const Given estate = from_files({{"cmdb_ci_service.csv",
                                    "sys_id,name,service_classification\ns1,Shop app,Application "
                                    "Service\ns2,Shop,Business Service\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_EQ(estate.inventory().tier(estate.item("Shop app")), Tier::system);
}

TEST(FacingUnknown, IsMedium) {
  EXPECT_EQ(given("service Mystery").only(rule).severity, Severity::medium);
}

TEST(FacingUnknown, IsHighForCriticalServices) {
  EXPECT_EQ(given("service Mystery critical").only(rule).severity, Severity::high);
}

TEST(FacingUnknown, IsNotEvaluatedWithoutTheField) {
  const Given estate = from_files({{"items.csv", "id,tier,class\nShop,service,shop\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule), ElementsAre("the export of class 'shop' lacks facing"));
}

TEST(FacingUnknown, IsNotEvaluatedWithoutServices) {
  EXPECT_THAT(given("system Cart").not_evaluated(rule), ElementsAre("the export has no services"));
}

}  // namespace
}  // namespace tierline
