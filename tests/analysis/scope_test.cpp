// Which subjects a run reports: `--where FIELD=VALUE`.

#include <gmock/gmock.h>

#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

AuditOptions where(std::vector<ScopeTerm> terms) {
  AuditOptions options;
  options.where = std::move(terms);
  return options;
}

/// Sales (id p1) holds Online (id p2), which holds Shop, which stands on Cart and its host; Office
/// holds Payroll, which stands on Ledger. Cellar is held and used by nobody.
Given two_portfolios(std::vector<ScopeTerm> terms) {
  return from_files({{"items.csv",
                      "id,name,tier,facing,owner,portfolio,needs\n"
                      "p1,Sales,portfolio,,,,\n"
                      "p2,Online,portfolio,,,p1,\n"
                      "p3,Office,portfolio,,,,\n"
                      "s1,Shop,service,external,,p2,y1\n"
                      "s2,Payroll,service,internal,,p3,y2\n"
                      "y1,Cart,system,,,,c1\n"
                      "y2,Ledger,system,,,,\n"
                      "y3,Cellar,system,,,,\n"
                      "c1,host,component,,,,\n"}},
                    where(std::move(terms)));
}

TEST(Scope, HoldsEverythingUnlessTold) {
  EXPECT_THAT(two_portfolios({}).subjects("system-owner-missing"),
              ElementsAre("Cart", "Cellar", "Ledger"));
}

TEST(Scope, OfAPortfolioIsWhatItHoldsAndWhatThatReliesOn) {
  const Given estate = two_portfolios({{"portfolio", "Online"}});
  EXPECT_THAT(estate.subjects("portfolio-owner-missing"), ElementsAre("Online"));
  EXPECT_THAT(estate.subjects("owner-missing"), ElementsAre("Shop"));
  EXPECT_THAT(estate.subjects("system-owner-missing"), ElementsAre("Cart"));
}

TEST(Scope, KnowsAPortfolioByItsIdAndInAnyCase) {
  EXPECT_THAT(two_portfolios({{"portfolio", "p3"}}).subjects("owner-missing"),
              ElementsAre("Payroll"));
  EXPECT_THAT(two_portfolios({{"portfolio", "oFFice"}}).subjects("owner-missing"),
              ElementsAre("Payroll"));
}

TEST(Scope, OfAPortfolioReachesIntoThoseNestedInIt) {
  const Given estate = two_portfolios({{"portfolio", "Sales"}});
  EXPECT_THAT(estate.subjects("portfolio-owner-missing"), ElementsAre("Online", "Sales"));
  EXPECT_THAT(estate.subjects("owner-missing"), ElementsAre("Shop"));
}

TEST(Scope, OfSeveralPortfoliosIsThatOfEach) {
  const Given estate = two_portfolios({{"portfolio", "Online"}, {"portfolio", "Office"}});
  EXPECT_THAT(estate.subjects("owner-missing"), ElementsAre("Payroll", "Shop"));
}

TEST(Scope, OfTwoFieldsIsWhatBothLetThrough) {
  const std::vector<ExportFile> files = {{"items.csv",
                                          "id,tier,facing,owner,portfolio,environment\n"
                                          "Sales,portfolio,,,,\n"
                                          "Shop,service,external,,Sales,production\n"
                                          "Shop2,service,external,,Sales,test\n"
                                          "Till,service,external,,,production\n"}};
  EXPECT_THAT(from_files(files, where({{"portfolio", "Sales"}, {"environment", "production"}}))
                  .subjects("owner-missing"),
              ElementsAre("Shop"));
}

TEST(Scope, TakesNoServiceOfThatNameForThePortfolio) {
  AuditOptions options = where({{"portfolio", "Shop"}});
  const Scratch scratch;
  scratch.write("items.csv", "id,tier,owner\nSales,portfolio,\nShop,service,\n");
  options.import.inputs = {scratch.path().string()};
  const auto audited = audit(options);
  ASSERT_FALSE(audited.has_value());
  EXPECT_EQ(audited.error().message,
            "--where portfolio=Shop: nothing in the export has this portfolio");
}

/// A technical service that contains a server serves it: the server relies on the service.
std::vector<ExportFile> hosting_in_a_portfolio() {
  return {{"spm_service_portfolio.csv", "sys_id,name,owned_by\np1,Shared,\n"},
          {"cmdb_ci_service_technical.csv",
           "sys_id,name,owned_by,spm_service_portfolio\nt1,Hosting,,p1\n"},
          {"cmdb_ci_linux_server.csv",
           "sys_id,name,owned_by,managed_by_group,support_group\nc1,web1,,,\n"},
          {"cmdb_rel_ci.csv", "sys_id,parent,child,type\nr1,t1,c1,Contains::Contained by\n"}};
}

TEST(Scope, OfAPortfolioEndsAtServersThatItsTechnicalServicesServe) {
  const Given estate = from_files(hosting_in_a_portfolio(), where({{"portfolio", "Shared"}}));
  EXPECT_THAT(estate.subjects("owner-missing"), ElementsAre("Hosting"));
  EXPECT_THAT(estate.subjects("component-domain-owner-missing"), IsEmpty());
  EXPECT_THAT(from_files(hosting_in_a_portfolio()).subjects("component-domain-owner-missing"),
              ElementsAre("web1"));
}

TEST(Scope, NeverChangesWhatTheGraphContains) {
  const std::vector<ExportFile> files = {{"items.csv",
                                          "id,tier,facing,owner,environment,needs\n"
                                          "Shop,service,external,,production,\n"
                                          "Tape,service,supporting,,production,\n"
                                          "Lab,service,internal,,test,Tape\n"}};
  EXPECT_THAT(from_files(files, where({{"environment", "production"}}))
                  .subjects("orphaned-supporting-service"),
              IsEmpty());
}

}  // namespace
}  // namespace tierline
