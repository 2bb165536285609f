#pragma once
// Who there is: records of parties become parties, and references to them are resolved, by id
// first, then by name or address.

#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "inventory/assembly.h"
#include "inventory/collected.h"
#include "inventory/id_table.h"
#include "inventory/profile_semantics.h"
#include "support/interner.h"

namespace tierline {

class Parties {
 public:
  /// A name that several parties have: the first item that says it, and how often it is said.
  struct Ambiguous {
    std::uint32_t first = 0;
    std::uint64_t count = 0;
  };

  /// The sources of parties become sources of `out`.
  Parties(const Collected& in, InventoryAssembly& out, const InputSet& details);

  /// Takes in the records. `as_of` (YYYY-MM-DD) decides who has left.
  void read(const std::string& as_of);

  /// Whom an id names in a source; `no_index` when no table of the export has it. May be asked side
  /// by side.
  [[nodiscard]] std::uint32_t find(const Id128& id, std::uint16_t source) const {
    return indexes_[source].by_id.find(id);
  }
  /// Has what `find` will look at brought from memory.
  void prefetch(const Id128& id, std::uint16_t source) const {
    indexes_[source].by_id.prefetch(id);
  }
  /// Whom a field of an item names; somebody new where no table of the export tells.
  std::uint32_t resolve(const PartyRef& ref, std::uint16_t profile, std::uint16_t source,
                        std::uint32_t item);
  /// The same, of those whom tables of the export have; `no_index` or `ambiguous` where not one is.
  [[nodiscard]] std::uint32_t known(const PartyRef& ref, std::uint16_t source) {
    return find(ref, indexes_[source]);
  }
  [[nodiscard]] std::uint32_t known(std::string_view text, std::uint16_t source) {
    return find(text, indexes_[source]);
  }
  /// Whom texts from elsewhere name, by id, name or address, in any source: also those whom no
  /// table of the export has.
  [[nodiscard]] std::vector<MentionedPerson> mentioned(const std::vector<std::string>& texts) const;
  /// What tells whether two parties are one person: names and addresses, folded.
  [[nodiscard]] std::vector<std::string> names_of(std::uint32_t party);
  bool is_placeholder(std::uint32_t party, const ProfileSemantics& semantics);
  /// Who of any source is called this, by id, name or address; somebody new where nobody is, or
  /// several are.
  std::uint32_t called(const std::string& text);

  /// Whether it was found to be a placeholder.
  [[nodiscard]] bool is_known_placeholder(std::uint32_t party) const {
    return party < is_placeholder_.size() && is_placeholder_[party].value_or(false);
  }
  /// By party.
  [[nodiscard]] const std::map<std::uint32_t, Ambiguous>& ambiguous_ones() const {
    return ambiguous_;
  }

 private:
  template <typename Key>
  using Index = boost::unordered_flat_map<Key, std::uint32_t>;

  /// How the parties of one source are found.
  struct SourceIndex {
    IdTable by_id;
    ByText<std::uint32_t> by_text_id;  // Folded.
    ByText<std::uint32_t> by_name;  // Folded names and addresses; `ambiguous` for several parties.
    ByText<std::uint32_t> by_organisation;  // The same of organisations, which hide nobody else.
    ByText<std::uint32_t> by_text;          // As written: what was looked up before.
    // What no table holds, by whether the table it points into was loaded.
    std::array<Index<Id128>, 2> unknown_by_id;
    std::array<ByText<std::uint32_t>, 2> unknown_by_text;
    bool has_persons = false;
    bool has_groups = false;
  };

  void index_names();
  void merge_records(const std::string& as_of);
  void add_details(const PartyRecord& record, const ProfileSemantics& semantics);
  void add_contact(const PartyRecord& record);
  void resolve_details();
  void resolve_members();
  [[nodiscard]] PartyId party_at(const std::string& text, const std::string& source) const;
  std::uint32_t number(const PartyRecord& record, std::uint32_t next);
  void add(const PartyRecord& record, const std::string& as_of);
  [[nodiscard]] std::uint32_t find(const PartyRef& ref, SourceIndex& index) const;
  [[nodiscard]] static std::uint32_t find(std::string_view text, SourceIndex& index);
  [[nodiscard]] static std::uint32_t look_up(std::string_view text, const SourceIndex& index);
  std::uint32_t unknown(const PartyRef& ref, std::uint16_t profile, std::uint16_t source,
                        std::uint32_t item);

  const Collected& in_;
  InventoryAssembly& out_;
  bool wants_contact_;
  std::vector<SourceIndex> indexes_;  // By source: those of files and records, whom all ask by.
  std::map<std::tuple<std::uint16_t, std::uint8_t, std::uint32_t>, PartyTable> tables_;
  std::vector<std::optional<bool>> is_placeholder_;  // By party, once it was asked.
  std::map<std::uint32_t, Ambiguous> ambiguous_;
  std::vector<std::uint32_t> party_of_record_;
  std::optional<std::map<std::uint32_t, std::vector<std::string>>> addresses_;  // By party.
  // Until all parties are there, and their details: by party.
  std::vector<std::uint32_t> first_record_;
  std::map<std::uint32_t, PartyRecord> merged_;  // Where there are several records.
};

}  // namespace tierline
