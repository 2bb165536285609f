#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "service-named-as-activity";

/// Live internal services of these names.
Given named(const std::vector<std::string>& names) {
  AuditOptions options;
  options.rules.set = RuleSet::all;
  std::string items = "id,name,tier,facing\n";
  for (std::size_t i = 0; i < names.size(); ++i) {
    items += std::to_string(i) + ',' + names[i] + ",service,internal\n";
  }
  return from_files({{"items.csv", items}}, options);
}

TEST(ServiceNamedAsActivity, FlagsAVerbWithSomethingBehindIt) {
  const Given estate = named({"Reset Password"});
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("Reset Password: is named like an activity: begins with \"reset\""));
  EXPECT_EQ(word_in(estate.only(rule), "word"), "reset");
}

TEST(ServiceNamedAsActivity, FlagsGerunds) {
  EXPECT_THAT(named({"Creating Users"}).subjects(rule), ElementsAre("Creating Users"));
}

TEST(ServiceNamedAsActivity, FlagsRequestsTicketsAndTasks) {
  EXPECT_THAT(named({"Laptop Request", "Support Ticket", "Month End Task"}).messages(rule),
              ElementsAre("Laptop Request: is named like an activity: ends with \"request\"",
                          "Month End Task: is named like an activity: ends with \"task\"",
                          "Support Ticket: is named like an activity: ends with \"ticket\""));
}

TEST(ServiceNamedAsActivity, KnowsGerman) {
  EXPECT_THAT(
      named({"Passwort zurücksetzen", "Einrichten von Druckern", "VPN-Antrag"}).subjects(rule),
      ElementsAre("Einrichten von Druckern", "Passwort zurücksetzen", "VPN-Antrag"));
}

TEST(ServiceNamedAsActivity, KnowsTheWordsOfNamesWithoutBlanks) {
  EXPECT_THAT(named({"reset-password", "create_user"}).subjects(rule),
              ElementsAre("create_user", "reset-password"));
}

TEST(ServiceNamedAsActivity, IsContentWithNamesOfServices) {
  EXPECT_THAT(named({"Backup", "Backup Service", "Reset", "Web Hosting", "Request Management",
                     "Task Tracking", "Order Management", "Monitoring", "Change Enablement",
                     "Grant Management", "Windows Update", "Password Reset", "Bestellung",
                     "Einrichtung Arbeitsplatz", "Ticketing"})
                  .subjects(rule),
              IsEmpty());
}

TEST(ServiceNamedAsActivity, LooksAtLiveServicesOnly) {
  AuditOptions options;
  options.rules.set = RuleSet::all;
  EXPECT_THAT(from_files({{"items.csv",
                           "id,name,tier,facing,state\n1,Reset Password,service,internal,retired\n"
                           "2,Manage Users,system,,live\n"}},
                         options)
                  .subjects(rule),
              IsEmpty());
}

TEST(ServiceNamedAsActivity, IsAHintAndNoCoreRule) {
  EXPECT_EQ(named({"Reset Password"}).only(rule).rule->confidence, Confidence::hint);
  EXPECT_THAT(given("internal reset-password").subjects(rule), IsEmpty());
}

TEST(ServiceNamedAsActivity, IsLow) {
  EXPECT_EQ(named({"Reset Password"}).only(rule).severity, Severity::low);
}

}  // namespace
}  // namespace tierline
