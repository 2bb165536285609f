#pragma once
// Puts batches together into an inventory: numbers become global, records of one id become one
// item, references become items and parties. The result does not depend on the order in which files
// come.

#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "inventory/batch.h"
#include "inventory/meaning.h"
#include "inventory/people.h"
#include "support/interner.h"
#include "tierline/inventory.h"

namespace tierline {

class InventoryBuilder {
 public:
  /// Announces a file; batches refer to it by the number that comes back. `meaning` must outlive
  /// the builder.
  std::uint32_t add_file(InputSummary summary, const Meaning& meaning);

  /// Adds a batch. Batches come in the order of the files and of the chunks in them.
  void append(Batch&& batch);

  /// What is known of a file only at its end.
  void end_file(std::uint32_t file, std::uint64_t bytes, std::string digest);

  void add_notice(Notice notice);

  struct Options {
    std::string as_of;  ///< YYYY-MM-DD: decides who has left.
    unsigned jobs = 1;
    bool redact_people = false;
    bool assume_complete = false;  ///< Tables of assignments that are not there are empty.
  };
  /// The builder is used up.
  Inventory finish(const Options& options);

 private:
  /// A batch's records stand together; `file` holds for all from `first` up to the next segment.
  struct Segment {
    std::size_t first = 0;
    std::uint32_t file = 0;
  };
  struct FileInfo {
    const Meaning* meaning = nullptr;
    std::uint16_t source = 0;
    std::uint16_t profile = 0;
  };
  /// A signature of one profile and source.
  struct GlobalSignature {
    std::uint16_t profile = 0;
    std::uint16_t source = 0;
    Signature local;
  };
  /// A text and the profile and source that it comes from.
  struct Scoped {
    std::uint16_t profile = 0;
    std::uint16_t source = 0;
    std::string text;
  };
  struct Page {
    std::uint32_t file = 0;
    std::uint32_t record = 0;
    std::uint32_t item_class = 0;
    friend auto operator<=>(const Page&, const Page&) = default;
  };
  template <typename Key>
  using Index = boost::unordered_flat_map<Key, std::uint32_t>;

  /// How the items of one source are found.
  struct SourceIndex {
    Index<Id128> by_id;
    Index<std::string_view> by_text_id;
    // Of items without ids, and once names are needed, of all.
    Index<std::string> by_class_and_name;
    Index<std::string_view> by_name;  // Made when a reference needs it; `ambiguous` for several.
  };

  /// How the parties of one source are found.
  struct PartyIndex {
    Index<Id128> by_id;
    ByText<std::uint32_t> by_text_id;  // Folded.
    ByText<std::uint32_t> by_name;  // Folded names and addresses; `ambiguous` for several parties.
    ByText<std::uint32_t> by_text;  // As written: what was looked up before.
    // What no table holds, by whether the table it points into was loaded.
    std::array<Index<Id128>, 2> unknown_by_id;
    std::array<ByText<std::uint32_t>, 2> unknown_by_text;
    bool has_persons = false;
    bool has_groups = false;
  };

  /// A name that several parties have: the first item that says it, and how often it is said.
  struct AmbiguousParty {
    std::uint32_t first = 0;
    std::uint64_t count = 0;
  };

  static constexpr std::uint32_t nothing = UINT32_MAX;
  static constexpr std::uint32_t ambiguous = UINT32_MAX - 1;

  // append
  std::uint16_t source_number(const std::string& name);
  std::uint16_t profile_number(const Meaning& meaning);
  std::uint32_t scoped_number(
      std::map<std::tuple<std::uint16_t, std::uint16_t, std::string>, std::uint32_t>& numbers,
      std::vector<Scoped>& all, const FileInfo& file, const std::string& text);
  std::uint32_t signature_number(GlobalSignature signature);
  static void append_counts(const Batch& batch, const FileInfo& file, InputSummary& summary);
  void append_items(const Batch& batch, const FileInfo& file, std::uint64_t text_base);
  void append_relations(const Batch& batch, const FileInfo& file, std::uint64_t text_base,
                        std::size_t item_base);
  void append_parties(Batch& batch, const FileInfo& file);
  void append_assignments(const Batch& batch, std::uint64_t text_base);
  void append_item_texts(const Batch& batch, std::uint64_t text_base, std::size_t item_base);
  [[nodiscard]] std::string reference_text(const Id128& id, RefKind kind) const;

  // finish: items.cpp
  void work_out_traits(std::size_t from);
  void identify_items();
  void number_items();
  [[nodiscard]] bool is_implied(std::uint32_t record) const;
  void join_sources();
  void renumber_items();
  void choose_costs();
  void add_from_other_sources(std::uint32_t item, std::span<const std::uint32_t> records);
  void merge_item(std::uint32_t item, std::span<const std::uint32_t> records);
  void fill_item(std::uint32_t item, std::uint32_t record);
  void set_traits(std::uint32_t item, std::uint32_t signature);
  std::uint8_t inputs_of(std::uint32_t file, std::uint32_t signature);
  void report_unmapped_values();
  void list_class_inputs();
  [[nodiscard]] std::uint32_t file_of(const std::vector<Segment>& segments, std::size_t at) const;

  class ItemMerge;  // merge.cpp

  // finish: parties.cpp
  void resolve_parties();
  void assign_parties();
  void index_parties();
  std::vector<std::uint32_t> merge_parties();
  std::uint32_t party_number(const PartyRecord& record, std::uint32_t next);
  void add_party(const PartyRecord& record);
  std::uint32_t resolve_party(const PartyRef& ref, std::uint16_t profile, std::uint16_t source,
                              std::uint32_t item);
  [[nodiscard]] std::uint32_t find_party(const PartyRef& ref, PartyIndex& index) const;
  std::uint32_t unknown_party(const PartyRef& ref, std::uint16_t profile, std::uint16_t source,
                              std::uint32_t item);
  bool is_placeholder(std::uint32_t party, const Meaning& meaning);
  void fill_uses();
  void fill_uses(std::uint32_t item);
  class ItemUses;
  [[nodiscard]] std::span<const PartyRef> uses_of(std::uint32_t record) const {
    return std::span(uses_).subspan(items_[record].uses_begin, items_[record].use_count);
  }
  void report_ambiguous_parties();

  // finish: relations.cpp
  void resolve_relations();
  void describe_relation_types();
  void report_relation_types();
  void index_names();
  void note_tiers();
  [[nodiscard]] std::uint32_t resolve(const Id128& id, RefKind kind, std::uint16_t source,
                                      const std::string& class_name) const;
  [[nodiscard]] bool is_beside_the_point(const std::vector<Tier>& tiers, std::uint32_t end,
                                         std::uint16_t source) const;
  [[nodiscard]] bool is_stated_before(const RelationRecord& record, std::uint32_t from,
                                      std::uint32_t to);
  void add_relation(std::size_t number, std::uint32_t from, std::uint32_t to);
  void note_unresolved(RelationId relation, std::uint32_t end, const Id128& id, RefKind kind,
                       bool is_from);
  RelationReading read_relation(std::uint32_t type, std::uint32_t from, std::uint32_t to);
  std::uint16_t relation_type_number(const std::string& name, bool known);
  void hand_down_facing();
  void mark_served();

  // finish: redaction.cpp
  void redact_parties();
  void redact_texts();
  void redact_item(std::uint32_t item);
  void redact(std::string& text) const;
  void list_people();
  [[nodiscard]] std::string shown_person(const std::string& source,
                                         const std::string& person) const;
  Id128 add_text(std::string_view text);

  // finish: builder.cpp
  void find_truncations();
  void sort_notices();

  [[nodiscard]] std::string_view stored(const Id128& text) const {
    return std::string_view(out_.text_).substr(text.high, text.low);
  }

  Options options_;
  Inventory out_;
  std::vector<FileInfo> files_;
  std::vector<const Meaning*> profiles_;
  std::map<std::string, std::uint16_t> source_numbers_;
  Interner classes_;
  Interner codes_;
  Interner environments_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint8_t> inputs_cache_;

  std::vector<GlobalSignature> signatures_;
  std::map<std::tuple<std::uint16_t, std::uint16_t, Signature>, std::uint32_t> signature_numbers_;
  std::vector<Traits> traits_;

  std::vector<ItemRecord> items_;
  std::vector<Segment> item_segments_;
  std::vector<PartyRef> uses_;
  std::vector<AssignmentRecord> assignments_;
  std::vector<Segment> assignment_segments_;
  std::map<std::uint32_t, std::vector<std::uint32_t>> assigned_parties_;  // Assignments, by item.
  std::map<std::pair<std::uint16_t, std::uint16_t>, Presence> assigned_;  // By profile and source.
  std::map<Page, Presence> pages_;
  std::vector<ItemText> aliases_;       // Of item records.
  std::vector<ItemText> correlations_;  // The same.
  std::vector<ItemCost> costs_;         // The same.
  std::vector<std::uint32_t> item_of_record_;
  std::map<std::uint32_t, std::uint32_t> same_as_;  // Items that are one of another source.
  std::map<std::uint32_t, std::vector<std::uint32_t>>
      joined_;  // Records of other sources, by item.
  // By item, where records were merged.
  std::map<std::uint32_t, std::vector<PartyRef>> merged_uses_;
  std::vector<std::uint32_t> record_of_item_;
  std::map<std::pair<std::string, std::uint32_t>, Notice> disagreements_;  // By field and file.
  std::vector<std::uint8_t> facing_from_parent_;

  Interner tables_;
  std::vector<PartyRecord> party_records_;
  std::vector<std::uint32_t> party_files_;  ///< Of each of them.
  std::vector<PartyIndex> party_indexes_;   // By source.
  std::map<std::tuple<std::uint16_t, std::uint8_t, std::uint32_t>, PartyTable> party_tables_;
  std::vector<std::optional<bool>> is_placeholder_;            // By party, once it was asked.
  std::map<std::uint32_t, AmbiguousParty> ambiguous_parties_;  // By party.
  People people_;  // Filled when they are to be redacted.

  std::vector<RelationRecord> relations_;
  std::vector<Segment> relation_segments_;
  std::vector<Scoped> relation_types_;
  std::map<std::tuple<std::uint16_t, std::uint16_t, std::string>, std::uint32_t> type_numbers_;
  std::vector<RelationMeaning> meanings_;
  std::vector<std::uint16_t> type_sources_;
  std::vector<std::uint8_t> tiers_of_source_;  // A bit for each tier that has items.
  std::map<std::tuple<std::uint32_t, std::string, std::string>, RelationReading> readings_;
  std::vector<std::uint16_t> out_types_;                                 // The inventory's numbers.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> facing_parents_;  // Item, parent.
  std::set<std::uint32_t> missing_parents_;  // Items whose parent is not there.
  std::vector<std::vector<std::pair<std::string, std::string>>> type_names_;  // By profile.
  std::vector<SourceIndex> indexes_;                                          // By source.
  std::map<std::string, std::uint16_t> out_type_numbers_;
  // Relations that items list: source, type, ends and row id.
  std::set<std::tuple<std::uint16_t, std::uint16_t, std::uint32_t, std::uint32_t, std::string>>
      stated_;

  std::map<std::pair<std::string, std::string>, std::size_t> notice_numbers_;
};

}  // namespace tierline
