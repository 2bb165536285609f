#pragma once
// Persons get pseudonyms, wherever the export names them. What is not shown stays as it is: keys of
// items and ends of relations, and so fingerprints, are those of a report with names.

#include <cstdint>
#include <string>

#include "inventory/collected.h"
#include "inventory/draft.h"
#include "inventory/parties.h"
#include "inventory/people.h"
#include "inventory/pseudonyms.h"

namespace tierline {

class Redaction {
 public:
  /// Groups keep their names; whoever may be a person loses it.
  Redaction(const Collected& in, InventoryDraft& out, const Parties& parties,
            const Pseudonyms& pseudonyms);

  /// Every text that a report may show, once all are there. Paths of files are left as they are. A
  /// class or a type of relations that names a person has another name in the end, and what is
  /// found wrong with it another fingerprint.
  void redact_texts();

 private:
  void list_people(const Collected& in);
  void list_people_of_fields(const Parties& parties);
  void redact_parties(const Parties& parties);
  void redact_item(std::uint32_t item);
  void redact(std::string& text) const;

  InventoryDraft& out_;
  Pseudonyms pseudonyms_;
  People people_;
};

}  // namespace tierline
