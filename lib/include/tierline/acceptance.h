#pragma once
// What somebody has decided to live with. Findings that are accepted stay in every report, with who
// said so, why and until when, and fail no run. They are accepted for some time, at most a year:
// what nobody looks at again is no decision.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tierline/result.h"

namespace tierline {

/// Whether an approver has to be an owner of what the finding is about, or of what contains that.
enum class AcceptancePolicy : std::uint8_t {
  off,
  warn,    ///< Reports say where one is not.
  require  ///< Where one is not, the finding is not accepted.
};
std::string_view to_string(AcceptancePolicy policy);
std::optional<AcceptancePolicy> acceptance_policy_called(std::string_view word);

/// The longest that anything is accepted for.
inline constexpr std::uint32_t most_days_accepted = 365;

/// One entry of a file of acceptances. All that it says of the finding has to fit.
struct Acceptance {
  std::string rule;         ///< Empty only where there is a fingerprint.
  std::string fingerprint;  ///< In hex, as all below empty where it is not said.
  std::string item;         ///< Id or key of the item, of a member of the group, of an end.
  std::string item_class;
  std::string owner;      ///< Id or name of somebody who answers for the item.
  std::string portfolio;  ///< Name or id of a portfolio that holds the item or relies on it.
  std::string glob;       ///< Name or id of the subject, `*` standing for anything.
  std::string reason;
  std::string approver;
  std::string created;  ///< The first day, YYYY-MM-DD.
  std::string expires;  ///< The last day.
  Place place;

  // --- what became of it in a run

  bool is_in_force = false;  ///< The day of the audit is one of its days.
  bool has_expired = false;
  bool was_judged = false;       ///< The run looked for all that it could accept.
  std::uint64_t fitting = 0;     ///< Findings that are as it says.
  std::uint64_t accepted = 0;    ///< Of these, those that no other one accepts for longer.
  std::uint64_t open = 0;        ///< Of one that has expired: what it no longer accepts.
  std::uint64_t unapproved = 0;  ///< Findings of whose subject its approver is no owner.

  /// `owner-missing (item b1, class Service)`: what it is for.
  [[nodiscard]] std::string label() const;
};

}  // namespace tierline
