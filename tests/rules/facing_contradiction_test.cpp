#include <gmock/gmock.h>

#include "given.h"
#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "facing-contradiction";

Given services(const std::string& rows) {
  return from_files({{"cmdb_ci_service.csv",
                      "sys_id,name,sys_class_name,service_classification,consumer_type\n" + rows}},
                    by_all_rules());
}

TEST(FacingContradiction, FlagsATechnicalServiceWithConsumers) {
  EXPECT_THAT(services("s1,Mail,cmdb_ci_service,Technical Service,External\n").messages(rule),
              ElementsAre("Mail: faces customers and supports others at once: "
                          "service_classification says Technical Service, but consumer_type says "
                          "External"));
  EXPECT_THAT(services("s1,Disk,cmdb_ci_service_technical,,internal\n").messages(rule),
              ElementsAre("Disk: faces customers and supports others at once: its class says "
                          "cmdb_ci_service_technical, but consumer_type says internal"));
}

TEST(FacingContradiction, IsContentWhereFieldsAgreeOrSayNothing) {
  EXPECT_THAT(services("s1,A,cmdb_ci_service,Technical Service,\n"
                       "s2,B,cmdb_ci_service_business,Business Service,External\n"
                       "s3,C,cmdb_ci_service_business,Business Service,Internal\n"
                       "s4,D,cmdb_ci_service_business,,External\n"
                       "s5,E,cmdb_ci_service_technical,Technical Service,\n"
                       "s6,F,cmdb_ci_service,,\n")
                  .subjects(rule),
              IsEmpty());
}

}  // namespace
}  // namespace tierline
