#pragma once
// An estate in a line, and what the rules say of it.
//
//   const Given estate = given("external Shop @ann; system Cart; Shop -> Cart; supporting Tape");
//   EXPECT_THAT(estate.subjects("orphaned-supporting-service"), ElementsAre("Tape"));
//
// Statements are set off by semicolons:
//
//   portfolio Retail        an item: portfolio, external, internal, supporting, service (facing
//                           unknown), system, component or thing (no tier), and its name
//     @ann @bob             its accountable owners       +ops    the group that runs it
//     ?eve                  a candidate                  in:Retail   the portfolio that holds it
//     planned, retiring, retired, critical (criticality 1), criticality:2, class:NAME, env:NAME
//     manager:eve, delegate:eve, updated:DAY, attested:DAY, reviewed:DAY, ends:DAY, customers:ACME,
//     serial:NUMBER, minUp:1, description:two_words; with nothing behind the colon: empty
//   person ann left         a person (left: inactive, until:DAY: leaves after that day)
//     title:Chief_Clerk, manager:bob, in:Sales, employment:vendor
//   group ops lead:ann      a group and its lead
//   organisation Sales in:Corp lead:ann    an organisation, the one above it and its head
//   A -> B -> C             A needs B, B needs C         A => B    A contains B
//   A ~> B                  A sends data to B            A -|> B   A serves B
//
// The estate is written in tierline's own format and imported like any other export.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tierline/audit.h"

namespace tierline {

class Given {
 public:
  explicit Given(Audit audit) : audit_(std::move(audit)) {}

  [[nodiscard]] const Audit& audit() const { return audit_; }
  [[nodiscard]] const Inventory& inventory() const { return *audit_.inventory; }
  [[nodiscard]] const TieredGraph& graph() const { return *audit_.graph; }

  /// The names that a rule finds something wrong with, sorted.
  [[nodiscard]] std::vector<std::string> subjects(std::string_view rule) const;
  /// `NAME: message`, sorted.
  [[nodiscard]] std::vector<std::string> messages(std::string_view rule) const;
  /// The only finding of a rule.
  [[nodiscard]] Finding only(std::string_view rule) const;
  /// Why a rule was not evaluated.
  [[nodiscard]] std::vector<std::string> not_evaluated(std::string_view rule) const;
  [[nodiscard]] ItemId item(std::string_view name) const;

 private:
  Audit audit_;
};

/// The estate, audited by the core rules, or those that are selected, as of 2026-11-21.
Given given(std::string_view statements, const RuleSelection& rules = {});
/// The same, by all rules.
inline Given given_all(std::string_view statements) {
  return given(statements, {.set = RuleSet::all});
}

}  // namespace tierline
