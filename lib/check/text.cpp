// What a profile made of an export, as a text for people.

#include "tierline/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <span>

#include "analysis/wording.h"
#include "tierline/check.h"
#include "tierline/dates.h"
#include "tierline/utf8.h"

namespace tierline {
namespace {

constexpr std::size_t shown_fields = 20;  // Of one table.
constexpr std::size_t shown_notices = 3;  // Of one kind.
constexpr std::size_t shown_names = 5;

/// A text from an export: on one line, without what a terminal would obey, and not too long.
std::string shown(std::string_view text, std::size_t most = 40) {
  std::string line = without_controls(text);
  if (line.size() > most) {
    std::size_t end = most - 3;
    while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) {
      --end;
    }
    line = line.substr(0, end) + "...";
  }
  return line;
}

/// `live 14, retired 2`: what there is, by its word; the word alone where there is only one.
template <typename Word, std::size_t Count>
std::string counts_by_word(const std::array<std::uint64_t, Count>& counts) {
  std::vector<std::string> parts;
  const bool is_one = std::ranges::count(counts, std::uint64_t{0}) + 1 == Count;
  for (std::size_t i = 0; i < Count; ++i) {
    if (counts[i] > 0) {
      const std::string count = is_one ? "" : " " + with_thousands(counts[i]);
      parts.push_back(std::string(to_string(static_cast<Word>(i))) + count);
    }
  }
  return join(parts, ", ");
}

std::string describe_items(const CheckedTable& table) {
  const ItemCounts& items = table.items;
  if (items.all == 0) {
    return "items, put together with records of them that were read before";
  }
  std::string text = "items of tier " + counts_by_word<Tier>(items.tiers);
  const std::string facings = counts_by_word<Facing>(items.facings);
  text += facings.empty() ? "" : "; facing " + facings;
  text += "; state " + counts_by_word<State>(items.states);
  if (items.all < table.records.records) {
    text += fmt::format("; {} in all, as records of one item are put together",
                        count_of(items.all, "item"));
  }
  return text;
}

std::string describe(const CheckedTable& table) {
  switch (table.records.disposition) {
    case RecordDisposition::item:
      return describe_items(table);
    case RecordDisposition::relation:
      return "relations";
    case RecordDisposition::party:
      return "persons and groups";
    case RecordDisposition::assignment:
      return "who answers for which item";
    case RecordDisposition::membership:
      return "who is in which group";
    case RecordDisposition::relation_type:
      return "names of relation types";
    case RecordDisposition::item_class:
      return "classes and what they extend";
    case RecordDisposition::left_out:
      return table.records.why.empty() ? "left out, as the profile says"
                                       : "left out: " + shown(table.records.why, 120);
    case RecordDisposition::unmapped:
      break;
  }
  return "left out: the profile has no mapping for them";
}

class CheckText {
 public:
  CheckText(const ProfileCheck& check, bool color) : check_(check), color_(color) {}

  std::string write() {
    summary();
    for (const CheckedFile& file : check_.files) {
      describe_file(file);
    }
    if (check_.audit) {
      not_judged();
      without_meaning();
      loose_references();
      notices();
      samples();
    }
    unknown_tables();
    suggestion();
    return std::move(text_);
  }

 private:
  template <typename... Arguments>
  void line(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    text_ += fmt::format(format, std::forward<Arguments>(arguments)...) + "\n";
  }
  void heading(std::string_view text) { line("{}", bold(text)); }
  [[nodiscard]] std::string bold(std::string_view text) const {
    return color_ ? fmt::format("\x1b[1m{}\x1b[0m", text) : std::string(text);
  }
  [[nodiscard]] const Inventory& inventory() const { return *check_.audit->inventory; }

  void summary() {
    const auto read = static_cast<std::size_t>(std::ranges::count_if(
        check_.files, [](const CheckedFile& file) { return file.problem.empty(); }));
    const std::size_t left = check_.files.size() - read;
    line("{}", bold("tierline profiles check"));
    if (check_.audit) {
      line("Read {}: {}, {}, {}.", count_of(read, "file"),
           count_of(inventory().item_count(), "item"),
           count_of(inventory().relation_count(), "relation"),
           count_of(check_.audit->summary.parties, "party", "parties"));
    }
    if (left > 0) {
      line("Not read: {}.", count_of(left, "file"));
    }
    line("");
  }

  // --- files

  void describe_file(const CheckedFile& file) {
    heading(shown(file.path, 200));
    if (!file.problem.empty()) {
      line("  {}not read: {}", file.syntax.empty() ? "" : file.syntax + ", ",
           shown(file.problem, 200));
      line("");
      return;
    }
    const InputSummary& input = *file.input;
    line("  {}, {}; profile {}, told by {}; table {}; source {}", input.syntax,
         count_of(input.records, "record"), input.profile, file.told_by,
         input.table.empty() ? "not told" : shown(input.table), shown(input.source));
    std::size_t width = 0;
    for (const CheckedTable& table : file.tables) {
      width = std::max(width, name_of(table).size());
    }
    for (const CheckedTable& table : file.tables) {
      line("  {:<{}}  {}: {}", name_of(table), width, count_of(table.records.records, "record"),
           describe(table));
    }
    unused_fields(file);
    missing_fields(file);
    if (!file.passed_over.empty()) {
      list("Read past, for records stand elsewhere in this file ('recordsAt')", file.passed_over);
    }
    line("");
  }

  static std::string name_of(const CheckedTable& table) {
    return table.records.name.empty() ? "(no table)" : shown(table.records.name);
  }

  /// A field as it is shown, of one table or of several.
  struct FieldLine {
    std::string path;
    std::uint64_t filled = 0;
    std::uint64_t records = 0;
    std::string example;
    std::vector<std::string> tables;  ///< That do not use it, where others do.
  };

  /// What no table of a file uses is told once.
  void unused_fields(const CheckedFile& file) {
    std::vector<FieldLine> lines;
    for (const CheckedTable& table : file.tables) {
      for (const FieldSurvey& field : table.unused) {
        auto known = std::ranges::find(lines, field.path, &FieldLine::path);
        if (known == lines.end()) {
          known = lines.insert(known, {field.path, 0, 0, {}, {}});
        }
        known->filled += field.filled;
        known->records += table.records.records;
        known->example = known->example.empty() ? field.example : known->example;
        known->tables.push_back(name_of(table));
      }
    }
    for (FieldLine& one : lines) {
      if (one.tables.size() == file.tables.size()) {
        one.tables.clear();
      }
    }
    if (!lines.empty()) {
      line("  Not used:");
      fields(lines);
    }
  }

  /// Where no record has what the profile asks for, its name may be wrong.
  void missing_fields(const CheckedFile& file) {
    for (const CheckedTable& table : file.tables) {
      if (!table.missing.empty()) {
        list(fmt::format("Not in any record of {}", name_of(table)), table.missing);
      }
    }
  }

  void list(std::string_view what, std::span<const std::string> names) {
    std::vector<std::string> all;
    for (const std::string& name : names) {
      all.push_back(shown(name));
    }
    line("  {}: {}", what, join(all, ", "));
  }

  void fields(std::span<const FieldLine> all) {
    const auto few = all.subspan(0, std::min(all.size(), shown_fields));
    std::size_t width = 0;
    for (const FieldLine& field : few) {
      width = std::max(width, shown(field.path).size());
    }
    for (const FieldLine& field : few) {
      line("    {:<{}}  {} of {} filled{}{}", shown(field.path), width,
           with_thousands(field.filled), with_thousands(field.records),
           field.example.empty() ? "" : fmt::format(", such as \"{}\"", shown(field.example)),
           field.tables.empty() ? "" : fmt::format(" ({})", name_list(field.tables)));
    }
    if (all.size() > few.size()) {
      line("    and {} more", with_thousands(all.size() - few.size()));
    }
  }

  // --- what is missing, and what is not understood

  void not_judged() {
    const auto reasons = reasons_not_evaluated(check_.audit->results);
    if (reasons.empty()) {
      return;
    }
    heading("What rules lack");
    for (const SharedReason& shared : reasons) {
      line("  {}{}: {}", shown(shared.reason, 200),
           shared.count > 0 ? fmt::format(" ({})", count_of(shared.count, shared.counted)) : "",
           join(shared.rules, ", "));
    }
    line("");
  }

  /// Values in no mapping, relation types that nobody knows, classes of no tier.
  void without_meaning() {
    std::vector<std::string> lines;
    for (const Notice& notice : inventory().notices()) {
      if (notice.kind == "unmapped-value") {
        lines.push_back(noticed(notice));
      }
    }
    for (const Finding& finding : check_.audit->findings()) {
      const std::string_view id = finding.rule->id;
      if (id == "unknown-relationship-type" || id == "tier-unmapped") {
        lines.push_back(
            fmt::format("  {}: {}", shown(finding.subject.name), shown(finding.message, 200)));
      }
    }
    if (!lines.empty()) {
      heading("Without a meaning");
      line("{}", join(lines, "\n"));
      line("");
    }
  }

  void loose_references() {
    if (check_.loose.empty()) {
      return;
    }
    heading("References that lead nowhere");
    for (const LooseReferences& loose : check_.loose) {
      std::vector<std::string> examples;
      for (const auto& [text, place] : loose.examples) {
        examples.push_back(fmt::format("'{}' ({})", shown(text), shown(to_string(place), 200)));
      }
      line("  {} {}: {}, {}{}", shown(loose.what), loose.why, with_thousands(loose.count),
           loose.count > examples.size() ? "such as " : "", join(examples, ", "));
    }
    line("");
  }

  void notices() {
    std::map<std::string, std::vector<const Notice*>> kinds;
    for (const Notice& notice : inventory().notices()) {
      const bool is_told = notice.kind == "unmapped-value" || notice.kind == "not-an-export" ||
                           notice.kind == "own-output";
      if (!is_told) {
        kinds[notice.kind].push_back(&notice);
      }
    }
    if (kinds.empty()) {
      return;
    }
    heading("Noticed while reading");
    for (const auto& [kind, all] : kinds) {
      for (std::size_t i = 0; i < std::min(all.size(), shown_notices); ++i) {
        line("{}", noticed(*all[i]));
      }
      if (all.size() > shown_notices) {
        line("  and {} more of this kind ({})", with_thousands(all.size() - shown_notices), kind);
      }
    }
    line("");
  }

  static std::string noticed(const Notice& notice) {
    const std::string place = to_string(notice.place);
    return fmt::format(
        "  {}{}{}", place.empty() ? "" : shown(place, 200) + ": ", shown(notice.message, 200),
        notice.count > 1 ? fmt::format(" ({} times)", with_thousands(notice.count)) : "");
  }

  // --- samples

  void samples() {
    if (check_.samples.empty()) {
      return;
    }
    heading("One item of each tier, as tierline understood it");
    for (const ItemId item : check_.samples) {
      sample(item);
    }
  }

  void sample(ItemId item) {
    line("  {} {}  {}", to_string(inventory().tier(item)), bold(shown(inventory().label(item))),
         shown(to_string(inventory().place(item)), 200));
    property("id", shown(inventory().id(item)));
    property("class", shown(inventory().class_name(item)));
    property("state", std::string(to_string(inventory().state(item))));
    if (inventory().is_service(item)) {
      property("facing", std::string(to_string(inventory().facing(item))));
    }
    const int criticality = inventory().criticality(item);
    property("criticality", criticality == 0 ? "-" : std::to_string(criticality));
    property("environment", shown(inventory().environment(item)));
    property("owned by", parties(item, {Role::accountable, Role::placeholder}));
    property("run by", parties(item, {Role::operates, Role::domain}));
    property("ask", parties(item, {Role::candidate}));
    details(item);
    property("needs", related(item, RelationKind::needs));
    property("contains", related(item, RelationKind::contains));
    line("");
  }

  /// What there is of them: few exports have any.
  void details(ItemId item) {
    const auto given = [&](std::string_view name, const std::string& value) {
      if (!value.empty()) {
        property(name, value);
      }
    };
    const auto day = [&](RuleInput input) {
      const std::uint32_t days = inventory().detail(item, input);
      return days == 0 ? std::string() : day_text(days);
    };
    given("manager", parties(item, {Role::manager}));
    given("delegate", parties(item, {Role::delegate}));
    given("customers", parties(item, {Role::customer}));
    given("seen", day(RuleInput::seen));
    given("attested", day(RuleInput::attested));
    given("reviewed", day(RuleInput::reviewed));
    given("ends", day(RuleInput::ends));
    if (const std::uint32_t words = inventory().detail(item, RuleInput::description); words > 0) {
      property("description", count_of(words, "word"));
    }
    if (const std::uint32_t needed = inventory().detail(item, RuleInput::redundancy); needed > 0) {
      property("redundancy", fmt::format("stands while {} of its members do", needed));
    }
    std::vector<std::string> keys;
    for (const StrongKey& key : inventory().strong_keys()) {
      if (key.item == item) {
        keys.push_back(shown(inventory().strong_key(key)));
      }
    }
    given("strong keys", name_list(keys, shown_names));
    given("vendor", shown(inventory().vendor(item)));
    given("link", shown(inventory().own_link(item)));
  }

  void property(std::string_view name, const std::string& value) {
    line("    {:<12} {}", name, value.empty() ? "-" : value);
  }

  [[nodiscard]] std::string parties(ItemId item, std::initializer_list<Role> roles) const {
    std::vector<std::string> names;
    for (const Responsibility& responsibility : inventory().parties_of(item)) {
      if (std::ranges::find(roles, responsibility.role) == roles.end()) {
        continue;
      }
      const Party& party = inventory().party(responsibility.party);
      const std::string name = shown(label(party));
      names.push_back(responsibility.role == Role::placeholder ? fmt::format("nobody: '{}'", name)
                      : !party.known             ? fmt::format("{} (in no table)", name)
                      : party.id != label(party) ? fmt::format("{} ({})", name, shown(party.id))
                                                 : name);
    }
    return name_list(names, shown_names);
  }

  [[nodiscard]] std::string related(ItemId item, RelationKind kind) const {
    std::vector<ItemId> others;
    for (const RelationId id : inventory().relations()) {
      const Relation& relation = inventory().relation(id);
      if (relation.kind == kind && relation.from == item && relation.to != no_item) {
        others.push_back(relation.to);
      }
    }
    return shown(name_list(inventory(), in_order(inventory(), others), shown_names), 200);
  }

  // --- files that no profile understands

  void unknown_tables() {
    if (check_.unknown.empty()) {
      return;
    }
    heading("What is in the files that no profile understands");
    for (const auto& [name, table] : check_.unknown) {
      line("  {}: {}", shown(name), count_of(table.records, "record"));
      std::vector<FieldLine> lines;
      for (const FieldSurvey& field : table.fields) {
        lines.push_back({field.path, field.filled, table.records, field.example, {}});
      }
      fields(lines);
    }
    line("");
  }

  void suggestion() {
    if (!check_.suggestion) {
      return;
    }
    heading("A profile to start from (--suggest prints it alone)");
    text_ += check_.suggestion->document;
    line("");
    heading("What to look at in it");
    for (const std::string& advice : check_.suggestion->advice) {
      line("  {}", shown(advice, 300));
    }
  }

  const ProfileCheck& check_;
  bool color_;
  std::string text_;
};

}  // namespace

std::string profile_check_text(const ProfileCheck& check, bool color) {
  return CheckText(check, color).write();
}

}  // namespace tierline
