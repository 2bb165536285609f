#pragma once
// Persons get pseudonyms, wherever the export names them. What is not shown stays as it is: keys of
// items and ends of relations, and so fingerprints, are those of a report with names.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "inventory/assembly.h"
#include "inventory/attribute_table.h"
#include "inventory/collected.h"
#include "inventory/parties.h"
#include "inventory/people.h"
#include "inventory/pseudonyms.h"

namespace tierline {

class Redaction {
 public:
  /// Groups keep their names; whoever may be a person loses it.
  Redaction(const Collected& in, InventoryAssembly& out, const AttributeTable& attributes,
            Parties& parties, const Pseudonyms& pseudonyms);

  /// Every text that a report may show, once all are there. A class, a table, a source or a type of
  /// relations that names a person has another name in the end, and what is found wrong with it
  /// another fingerprint.
  void redact_texts();

 private:
  void list_people(const Collected& in);
  void list_people_of_fields(const Collected& in, const AttributeTable& attributes);
  void list_person_of_field(const Collected& in, const FieldPerson& person,
                            const CollectedFile& of);
  void list_people_in(std::string_view cell, std::uint16_t source, const std::string& pseudonym);
  void list_people_side_by_side(std::string_view text, std::uint16_t source,
                                const std::string& pseudonym);
  [[nodiscard]] std::optional<std::string> pseudonym_of(std::string_view name,
                                                        std::uint16_t source);
  void list_person(std::string_view text, const std::string& pseudonym);
  void list_mentioned();
  void redact_parties();
  void redact_items();
  void redact_item(std::uint32_t item, std::span<const std::string_view> beside);
  void redact_relations();
  void redact_inputs();
  void redact_sources();
  void redact_mentioned();
  void redact(std::string& text) const;

  InventoryAssembly& out_;
  Parties& parties_;
  Pseudonyms pseudonyms_;
  People people_;
};

}  // namespace tierline
