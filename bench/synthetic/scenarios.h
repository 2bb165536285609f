#pragma once
// The scenarios of the planted part, each with what an audit has to say about it.

#include <span>
#include <string_view>

namespace tierline::synthetic {

/// Words: B business service, T technical service, O offering, S application service, N taxonomy
/// node, with a digit where there are several; - before it for retired, + planned, * retiring,
/// ? state unknown. Between them: `>` depends on, `=` contains, `~` exchanges data with, `!` a
/// relation of a custom type, `/` has the offering. The verdicts are what an audit finds, in pairs
/// of names and a rule or a kind of orphan; live items needing retired ones and self-loops go
/// without saying.
struct Scenario {
  std::string_view graph;
  std::string_view verdicts;
  std::string_view facts = {};
};

std::span<const Scenario> scenarios();

/// Those of an estate with people, after the others. Further words: H server, C cluster, W network
/// device, P person, G group, X something that is not there. `facts` say what is in fields of their
/// records instead of what is right there, set off by semicolons: "B.end_date={-1};
/// P*.title=Clerk". A name with * stands for all that begin with it; `@P` is the sys_id of P
/// (@head, @deputy, @networks, @sales, @ithaca: of persons and departments that are always there),
/// `{-1}` the day before that of the audit, # a number that no other planted scenario has. Verdicts
/// of names set off by commas are groups. Owners that are missing, placeholders or groups, services
/// without live offerings, and what much stops with go without saying as well.
std::span<const Scenario> people_scenarios();

}  // namespace tierline::synthetic
