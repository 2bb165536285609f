#pragma once
// From finding to fix: what can be mended in the CMDB mechanically, or proposed, as rows that a
// person reviews and the CMDB imports. Nothing is written to a CMDB by tierline.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "tierline/report.h"

namespace tierline {

enum class FixAction : std::uint8_t { update, remove };
std::string_view to_string(FixAction action);

/// One row to change, or to delete.
struct Fix {
  std::string table;  ///< As the export calls it: `cmdb_rel_ci`, `items`.
  std::string id;     ///< Of the row.
  FixAction action = FixAction::update;
  std::string field;   ///< Of an update.
  std::string before;  ///< What it says now: parties by name or by id, as the column has them.
  std::string after;   ///< What it should say: of a person or item, the id.
  std::string reason;
  std::string finding;  ///< The fingerprint of the finding that it mends.
  std::string rule;
  Confidence confidence = Confidence::certain;
};

struct Fixes {
  std::vector<Fix> fixes;  ///< By table, id and field.
  /// How many more there would have been, if they did not lead to findings that are not there now.
  std::uint64_t withdrawn = 0;
  /// How many more there would be, if all could be written.
  std::uint64_t unwritten = 0;
  /// Items whose fields disagree about their state, and nothing tells which of them is right.
  std::uint64_t undecided = 0;
};

/// What mends findings of an audit without making new ones: all fixes together are tried on a copy
/// of the estate, which is judged by the same rules with the same settings. Nothing is proposed for
/// what somebody accepts. A service that supports nobody is retired only on trial as well: where
/// what it stands on would be left running for nobody, or something in use still needs it, it
/// stays. What mends a finding stays out, with all else that does, where `can_be_written` does not
/// hold.
Fixes fixes_for(
    const AuditReport& report,
    const std::function<bool(const Fix&)>& can_be_written = [](const Fix&) { return true; });

}  // namespace tierline
