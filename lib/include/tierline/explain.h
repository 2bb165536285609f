#pragma once
// Why an item is as the findings say, whom to ask, and what to do: of single items, persons and
// findings of a finished audit.

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "tierline/report.h"

namespace tierline {

/// Somebody who may be the right owner of an item that has none, or none who is there.
struct OwnerCandidate {
  PartyId party{};
  std::string reason;  ///< "owns the portfolio Retail, which holds it"
};

/// A live customer-facing service that relies on an item, and how: from the service, or an offering
/// of it, to the item, by a shortest path through live items.
struct ServedService {
  std::vector<ItemId> path;
  Facing facing = Facing::unknown;
};

/// Live items of a tier that an item relies on through live items, or holds. A service and its
/// offerings are one.
struct Foundation {
  std::uint64_t count = 0;
  std::uint64_t shared = 0;            ///< Those that something else directly relies on as well.
  std::vector<ItemId> nearest;         ///< A few of them, the nearest first.
  std::vector<ItemId> nearest_shared;  ///< Those of the nearest that are shared.
};

struct ItemExplanation {
  ItemId item = no_item;
  std::vector<PartyId> owners;
  std::string owner_fields;     ///< Where the export says it, such as `owned_by`.
  bool can_have_owner = true;   ///< The export has these fields for its class.
  std::vector<ItemId> holders;  ///< Portfolios and services that hold it, the nearest first.
  std::vector<OwnerCandidate> candidates;  ///< The most likely first; none where an owner is there.
  std::uint64_t served_count = 0;
  std::vector<ServedService> served;  ///< A few of them: external ones first, then the nearest.
  std::array<Foundation, tier_count> foundations;
  Foundation held;                 ///< Of a portfolio: the services in it and in what it holds.
  std::vector<FactView> findings;  ///< The worst first; groups and relations it is part of too.
  std::vector<const NotEvaluated*> not_judged;
};

ItemExplanation explain_item(const AuditReport& report, ItemId item);

/// What a person or group answers for, and what is wrong with it.
struct PartyExplanation {
  PartyId party{};
  std::vector<ItemId> owned;       ///< Live items, by tier, then name.
  std::vector<ItemId> operated;    ///< Live items that it runs.
  std::vector<FactView> findings;  ///< About it, what it owns, and what that is part of.
};

PartyExplanation explain_party(const AuditReport& report, PartyId party);

/// What somebody asks about, in his words.
struct Question {
  std::vector<std::string> items;     ///< Ids, keys or names.
  std::vector<std::string> persons;   ///< Ids or names of parties.
  std::vector<std::string> findings;  ///< Fingerprints.
};

/// What that is.
struct Subjects {
  std::vector<ItemId> items;
  std::vector<PartyId> parties;
  std::vector<std::string> findings;
};

/// An error for what is not there, or is ambiguous: it lists the choices.
Result<Subjects> subjects_of(const Inventory& inventory, const Question& question);

/// The items that an audit has to report about, so that its findings answer that: those asked about
/// and what the persons own; all where single findings are asked for.
ItemSet items_concerned(const Inventory& inventory, const Subjects& subjects);

struct Answers {
  std::vector<ItemExplanation> items;
  std::vector<PartyExplanation> parties;
  std::vector<FactView> findings;
};

/// An error for a finding that is not there.
Result<Answers> answer(const AuditReport& report, const Subjects& subjects);

/// For a terminal of 80 columns; paths are not broken.
std::string explanation_text(const AuditReport& report, const Answers& answers);
/// By the JSON Schema that `explanation_schema` returns.
std::string explanation_json(const AuditReport& report, const Answers& answers);
std::string_view explanation_schema();

}  // namespace tierline
