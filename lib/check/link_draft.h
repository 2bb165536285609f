#pragma once
// Tables each record of which is a relation between two items.

#include <optional>
#include <span>
#include <vector>

#include "check/item_draft.h"

namespace tierline {

/// The two columns of a table that name the ends of relations.
struct LinkEnds {
  const SheetColumn* from = nullptr;
  const SheetColumn* to = nullptr;
  Reference from_reference;
  Reference to_reference;
  RelationKind kind = RelationKind::needs;  ///< What the names of the columns suggest.
  bool is_guess = false;                    ///< The names do not tell which end is first.
};

/// Nothing where the table holds no relations between those items.
std::optional<LinkEnds> link_ends(const Sheet& sheet, std::span<const Sheet* const> items);

void draft_link(Sheet& sheet, const LinkEnds& ends, Draft& draft, Advice& advice);

}  // namespace tierline
