#pragma once
// What input hands to a profile: rows of wanted fields, as views into the buffer they were read in.
//
//   export file ─syntax→ Row {Cell, Cell, ...} ─profile→ inventory
//
// A syntax knows nothing of CMDBs. A profile says beforehand which fields it wants (`Wants`); what
// nobody wants is skipped, not stored.

#include <bitset>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tierline {

/// The number a profile gave to a field that it wants.
using Slot = std::uint16_t;
inline constexpr std::size_t max_slots = 256;

/// Which part of a value a cell holds. Most exports write a value as one text; some write the
/// stored value, the label shown to people, and a link, beside one another.
enum class Facet : std::uint8_t { text, value, label, link };

/// A wanted field, as found: present, and possibly empty. A list gives one cell an element; cells
/// of the same element of the outermost list share a `group` (from 1; 0 outside of lists).
struct Cell {
  std::string_view text;
  std::uint32_t group = 0;
  Slot slot = 0;
  Facet facet = Facet::text;
};

/// One record of an export. Valid only during the call that hands it over.
struct Row {
  std::span<const Cell> cells;
  std::uint64_t line = 0;  ///< Where the record starts, from 1.
  /// How many records it stands inside of; these come before it, the outermost first.
  std::uint32_t depth = 0;
  /// The list that it stands in inside of another record; at depth 0, the chunk tells.
  std::string_view container = {};
  /// Its cells are known to be of the same slots and facets, one by one, as those of the row
  /// before.
  bool is_like_last = false;
};

/// Something in the text of an export that was put right, or left out, on the way in.
struct Flaw {
  const char* kind;     ///< One of the ids in `flaw`.
  std::uint64_t line;   ///< Where it happened first.
  std::string message;  ///< What, for people; the same for all flaws of one kind in a file.
  std::uint64_t count = 1;
};

namespace flaw {
inline constexpr const char* empty_row = "empty-row";
inline constexpr const char* ragged_row = "ragged-row";
inline constexpr const char* no_line_end = "no-line-end";
inline constexpr const char* repeated_column = "repeated-column";
inline constexpr const char* duplicate_member = "duplicate-member";
inline constexpr const char* names_differ_in_case = "names-differ-in-case";
inline constexpr const char* repaired_text = "repaired-text";
inline constexpr const char* stray_quote = "stray-quote";
inline constexpr const char* not_a_record = "not-a-record";
inline constexpr const char* nested_too_deep = "nested-too-deep";
}  // namespace flaw

/// Receives the rows of one chunk, in the order of the file.
class RowSink {
 public:
  virtual ~RowSink() = default;
  virtual void row(const Row& row) = 0;
  virtual void flaw(Flaw flaw) = 0;
  /// A text that stands where a record might: what exports say about themselves. Returns whether it
  /// is something that they say.
  virtual bool remark(std::string_view text, std::uint64_t line) = 0;
};

/// The fields that a profile wants, by the names that exports write them under. The case of letters
/// makes no difference, but what is spelled exactly goes before what is not.
class Wants {
 public:
  struct Want {
    Slot slot = 0;
    Facet facet = Facet::text;
  };
  /// A place in the tree of wanted names; `none` leads nowhere.
  using Node = std::uint32_t;
  static constexpr Node root = 0;
  static constexpr Node none = UINT32_MAX;

  Wants();

  /// Wants the value under these names, outermost first. Lists on the way are looked through. The
  /// name `*` stands for any other, so that the members of an object are taken as the elements of a
  /// list are; after it, or alone, `$key` is the name itself.
  void add_path(std::span<const std::string> names, Want want);
  /// Members of that name hold records: an object or a list of them; with `by_key`, an object whose
  /// members are records.
  void add_nested(std::string_view name, bool by_key);
  /// The elements of the list under these names are pairs: each stands for a member of the list's
  /// parent that is called what `name` says and has what `value` says, under the list's name.
  void add_pairs(std::span<const std::string> names, std::string name, std::string value);
  /// Wants a column of that name.
  void add_column(std::string_view name, Want want);
  /// Wants nothing any more but what goes to these slots.
  void keep_only(const std::bitset<max_slots>& slots);
  /// Wants a column of that label, if it is no name of a wanted column.
  void add_label(std::string_view label, Want want);

  /// Which members make a pair.
  struct Pair {
    std::string name;
    std::string value;
  };
  /// Members that hold records.
  struct Nested {
    std::string name;
    bool by_key = false;
  };

  [[nodiscard]] Node child(Node node, std::string_view name) const;
  /// The name that leads to a node, as the profile spells it.
  [[nodiscard]] const std::string& name(Node node) const { return nodes_[node].name; }
  /// Where any name leads that has no place of its own.
  [[nodiscard]] Node any(Node node) const { return nodes_[node].any; }
  /// The want for the name of what stands at a node under any name; null when nobody wants it.
  [[nodiscard]] const Want* key(Node node) const;
  /// How the elements of the list at a node make pairs; null when they do not.
  [[nodiscard]] const Pair* pair(Node node) const;
  /// Calls `use` with the want at each node right below this one.
  template <typename Use>
  void each_below(Node node, Use use) const {
    for (const auto& [name, below] : nodes_[node].children) {
      if (nodes_[below].wanted) {
        use(nodes_[below].want);
      }
    }
  }
  /// Null where members of that name hold no records.
  [[nodiscard]] const Nested* nested(std::string_view name) const;
  [[nodiscard]] bool has_nested() const { return !nested_.empty(); }
  /// The want at a node, or null when it is only on the way to one.
  [[nodiscard]] const Want* at(Node node) const;
  /// The want for a column header; null when nobody wants it.
  [[nodiscard]] const Want* column(std::string_view header) const;
  /// Of headers that differ only in case, the one of the greatest number is the one to read.
  /// Below 0 is one that only a label in another case makes wanted.
  [[nodiscard]] int exactness(std::string_view header) const;

 private:
  struct NameHash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  template <typename T>
  using ByName = boost::unordered_flat_map<std::string, T, NameHash, std::equal_to<>>;
  struct Entry {
    std::string name;
    ByName<Node> children;
    ByName<Node> children_in_small_letters;  ///< Of one such name, the first.
    Want want;
    bool wanted = false;
    Node any = none;
    std::optional<Pair> pair;
  };
  Node step(Node node, const std::string& name);
  Node walk(std::span<const std::string> names);

  std::vector<Entry> nodes_;
  ByName<Nested> nested_;
  struct Column {
    std::string name;
    Want want;
  };
  ByName<Column> columns_;  ///< By folded name.
  ByName<Column> labels_;   ///< The same.
};

}  // namespace tierline
