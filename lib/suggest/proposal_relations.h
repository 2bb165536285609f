#pragma once
// Tables each record of which is a relation between two items.

#include <optional>
#include <span>

#include "suggest/proposal_items.h"

namespace tierline {

/// The two columns of a table that name the ends of relations.
struct RelationEnds {
  const AnalysedColumn* from = nullptr;
  const AnalysedColumn* to = nullptr;
  ForeignKeyGuess from_reference;
  ForeignKeyGuess to_reference;
  RelationKind kind = RelationKind::needs;  ///< What the names of the columns suggest.
  bool is_guess = false;                    ///< The names do not tell which end is first.
};

/// Nothing where the table holds no relations between those items.
std::optional<RelationEnds> relation_ends(const TableAnalysis& analysis,
                                          std::span<const TableAnalysis* const> items);

void propose_relations(TableAnalysis& analysis, const RelationEnds& ends, ProposedProfile& proposal,
                       Advice& advice);

}  // namespace tierline
