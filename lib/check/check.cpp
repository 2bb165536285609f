#include "tierline/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "export_request.h"
#include "input/input.h"
#include "mapping/export_files.h"
#include "suggest/proposal.h"
#include "survey/survey_records.h"
#include "tierline/text.h"

namespace tierline {
namespace {

constexpr std::size_t most_examples = 3;

std::string_view words_for(Match match) {
  constexpr std::string_view words[] = {"", "its name", "what is in it",
                                        "its name and what is in it"};
  return words[static_cast<std::size_t>(match)];
}

Status check_readable_twice(std::span<const std::string> inputs) {
  const auto once = std::ranges::find_if(inputs, [](const std::string& input) {
    std::error_code error;
    return input == "-" || std::filesystem::is_fifo(input, error);
  });
  if (once != inputs.end()) {
    return Error{"an export is read twice to be checked: save it as a file first", {*once}};
  }
  return Done{};
}

/// References that lead nowhere, by what they are and why.
class LooseEnds {
 public:
  void add(const std::string& what, const std::string& why, const std::string& text, Place place) {
    LooseReferences& all = all_.try_emplace({what, why}).first->second;
    all.what = what;
    all.why = why;
    ++all.count;
    const auto same = [&](const auto& example) { return example.first == text; };
    if (all.examples.size() < most_examples && std::ranges::none_of(all.examples, same)) {
      all.examples.emplace_back(text, std::move(place));
    }
  }

  [[nodiscard]] std::vector<LooseReferences> take() {
    std::vector<LooseReferences> sorted;
    for (auto& [key, loose] : all_) {
      sorted.push_back(std::move(loose));
    }
    return sorted;
  }

 private:
  std::map<std::pair<std::string, std::string>, LooseReferences> all_;
};

/// What a role is called where a party is missing.
std::string_view words_for(Role role) {
  constexpr std::string_view words[] = {"accountable owner",
                                        "group that operates it",
                                        "person or group to ask",
                                        "",
                                        "manager",
                                        "delegate",
                                        "customer",
                                        ""};
  return words[static_cast<std::size_t>(role)];
}

class Checker {
 public:
  explicit Checker(const AuditOptions& options)
      : options_(options),
        profiles_(options.import.profiles.empty() ? built_in_profiles() : options.import.profiles) {
    options_.import.details.set();
  }

  Result<ProfileCheck> run() {
    for (const auto step :
         {&Checker::survey_files, &Checker::import_known, &Checker::compare_fields}) {
      if (auto done = (this->*step)(); !done) {
        return done.error();
      }
    }
    suggest_for_unknown();
    return std::move(check_);
  }

 private:
  // --- which profile understands which file, and what is in it

  Status survey_files() {
    ExportRequest request = export_request(options_.import);
    request.profiles = profiles_;
    request.hands_out_all = true;
    ExportFiles exports(request);
    if (auto listed = exports.list(); !listed) {
      return listed;
    }
    if (auto seen = exports.each([&](const OpenExport& file) { return survey_file(file); });
        !seen) {
      return seen;
    }
    for (const Notice& notice : exports.notices()) {
      check_.files.emplace_back().path = notice.place.file;
      check_.files.back().problem = notice.message;
    }
    std::ranges::stable_sort(check_.files, {}, &CheckedFile::path);
    return Done{};
  }

  Status survey_file(const OpenExport& file) {
    CheckedFile& checked = check_.files.emplace_back();
    checked.path = file.path;
    checked.syntax = file.opened.syntax->id;
    checked.told_by = words_for(file.matching.match);
    checked.problem = problem_with(file.matching.profiles);
    if (file.matching.profiles.size() > 1) {
      return Done{};
    }
    if (file.profile == nullptr) {
      unknown_.insert(file.path);
    }
    auto seen = survey(file.path, *file.opened.records, file.profile,
                       file.profile == nullptr ? check_.unknown : surveyed_[file.path]);
    if (file.profile != nullptr) {
      checked.passed_over = file.opened.records->passed_over();
    }
    return seen;
  }

  [[nodiscard]] std::string problem_with(std::span<const Profile* const> found) const {
    std::vector<std::string> names;
    for (const Profile* profile : found) {
      names.push_back(profile->id());
    }
    if (found.size() > 1) {
      return fmt::format("more than one profile understands it: {}; choose one with --profile",
                         join(names, ", "));
    }
    if (found.size() == 1) {
      return {};
    }
    for (const Profile& profile : options_.import.profiles) {
      names.push_back(profile.id());
    }
    return names.empty() ? "no built-in profile understands it"
                         : fmt::format("no profile understands it; tried: {}", join(names, ", "));
  }

  // --- what became of the records

  Status import_known() {
    if (surveyed_.empty()) {
      return Done{};
    }
    AuditOptions options = options_;
    options.import.pass_over_unknown = true;
    auto audited = audit(options);
    if (!audited) {
      return std::move(audited).error();
    }
    check_.audit = std::move(*audited);
    list_tables();
    count_items();
    find_loose_parties();
    find_loose_ends();
    check_.loose = loose_.take();
    choose_samples();
    return Done{};
  }

  [[nodiscard]] const Inventory& inventory() const { return *check_.audit->inventory; }

  void list_tables() {
    std::map<std::string_view, CheckedFile*> files;
    for (CheckedFile& file : check_.files) {
      files.try_emplace(file.path, &file);
    }
    for (const InputSummary& input : inventory().inputs()) {
      CheckedFile& file = *files.at(input.path);
      file.input = &input;
      for (const TableSummary& table : input.tables) {
        file.tables.push_back({table, {}, {}, {}});
      }
    }
  }

  void count_items() {
    std::map<std::pair<std::string, std::uint32_t>, ItemCounts> counts;
    for (const ItemId item : inventory().items()) {
      ItemCounts& its = counts[{inventory().place(item).file, inventory().item_class(item)}];
      ++its.all;
      ++its.tiers[static_cast<std::size_t>(inventory().tier(item))];
      ++its.states[static_cast<std::size_t>(inventory().state(item))];
      its.facings[static_cast<std::size_t>(inventory().facing(item))] +=
          inventory().is_service(item) ? 1U : 0U;
    }
    std::map<std::string_view, std::uint32_t> classes;
    for (const std::string& name : inventory().class_names()) {
      classes.try_emplace(name, static_cast<std::uint32_t>(classes.size()));
    }
    for (CheckedFile& file : check_.files) {
      for (CheckedTable& table : file.tables) {
        const auto its_class = classes.find(table.records.name);
        if (table.records.disposition == RecordDisposition::item && its_class != classes.end()) {
          table.items = counts[{file.path, its_class->second}];
        }
      }
    }
  }

  // --- references

  /// Nobody needs to have a table of customers, and a manager or delegate is often one to ask.
  [[nodiscard]] bool is_listed(ItemId item, const Responsibility& responsibility) const {
    if (responsibility.role == Role::manager || responsibility.role == Role::delegate) {
      const std::vector<PartyId> to_ask = inventory().parties_in_role(item, Role::candidate);
      return std::ranges::find(to_ask, responsibility.party) == to_ask.end();
    }
    return responsibility.role != Role::placeholder && responsibility.role != Role::customer;
  }

  void find_loose_parties() {
    for (const ItemId item : inventory().items()) {
      for (const Responsibility& responsibility : inventory().parties_of(item)) {
        const Party& party = inventory().party(responsibility.party);
        if (!party.known && is_listed(item, responsibility)) {
          loose_.add(std::string(words_for(responsibility.role)),
                     party.table_loaded ? "is in none of the tables of persons and groups"
                                        : "is in no table that was read, and is taken as it stands",
                     label(party), inventory().place(item));
        }
      }
    }
  }

  void find_loose_ends() {
    for (const UnresolvedEnd& end : inventory().unresolved_ends()) {
      const std::string what =
          fmt::format("relation '{}'", inventory().type(inventory().relation(end.relation)).id);
      loose_.add(what,
                 end.reason == Unresolved::empty       ? "has an empty end"
                 : end.reason == Unresolved::ambiguous ? "has an end that fits several items"
                                                       : "has an end that is no item of the export",
                 end.text, inventory().place(end.relation));
    }
  }

  // --- samples

  /// How much there is to see of each item in relations, up to a few.
  [[nodiscard]] std::vector<std::uint8_t> relations_shown() const {
    constexpr std::uint8_t enough = 6;
    std::vector<std::uint8_t> shown(inventory().item_count());
    for (const RelationId id : inventory().relations()) {
      const Relation& relation = inventory().relation(id);
      const bool counts =
          relation.from != no_item && relation.to != no_item &&
          (relation.kind == RelationKind::needs || relation.kind == RelationKind::contains);
      if (counts && shown[index_of(relation.from)] < enough) {
        ++shown[index_of(relation.from)];
      }
    }
    return shown;
  }

  [[nodiscard]] unsigned richness(ItemId item) const {
    const auto worth = [](bool there, unsigned points) { return there ? points : 0U; };
    return worth(inventory().has_owner(item), 4) + worth(inventory().has_operator(item), 2) +
           worth(!inventory().name(item).empty(), 2) +
           worth(inventory().state(item) != State::unknown, 2) +
           worth(inventory().criticality(item) != 0, 1) + worth(inventory().is_live(item), 1) +
           worth(!inventory().environment(item).empty(), 1) +
           worth(inventory().facing(item) != Facing::unknown, 2);
  }

  /// Of those with equally much in them, the first that was read.
  void choose_samples() {
    const std::vector<std::uint8_t> relations = relations_shown();
    std::array<std::pair<unsigned, ItemId>, tier_count> best;
    best.fill({0, no_item});
    for (const ItemId item : inventory().items()) {
      auto& [most, chosen] = best[static_cast<std::size_t>(inventory().tier(item))];
      const unsigned its = richness(item) + relations[index_of(item)];
      if (chosen == no_item || its > most) {
        most = its;
        chosen = item;
      }
    }
    for (const auto& [most, chosen] : best) {
      if (chosen != no_item) {
        check_.samples.push_back(chosen);
      }
    }
  }

  // --- fields

  Status compare_fields() {
    for (CheckedFile& file : check_.files) {
      SurveyedTables& tables = surveyed_[file.path];
      for (CheckedTable& table : file.tables) {
        const auto found = tables.find(table.records.name);
        if (found != tables.end() && is_read(table.records.disposition)) {
          drop_empty_objects(found->second);
          std::ranges::copy_if(found->second.fields, std::back_inserter(table.unused),
                               [](const FieldSurvey& field) { return !field.used; });
          if (!options_.import.profiles
                   .empty()) {  // Built-in ones name what only some exports have.
            table.missing = found->second.missing;
          }
        }
      }
    }
    return Done{};
  }

  /// Shows what no profile understands as the proposed one has it.
  void suggest_for_unknown() {
    if (check_.unknown.empty()) {
      return;
    }
    auto proposed = propose(options_.import.inputs,
                            [&](const std::string& path) { return unknown_.contains(path); });
    if (proposed) {
      check_.unknown = std::move(proposed->tables);
      check_.suggestion = std::move(proposed->suggestion);
    }
  }

  static bool is_read(RecordDisposition disposition) {
    return disposition != RecordDisposition::left_out && disposition != RecordDisposition::unmapped;
  }

  AuditOptions options_;  // With all details.
  std::span<const Profile> profiles_;
  ProfileCheck check_;
  std::map<std::string, SurveyedTables> surveyed_;  ///< By path, of files that are understood.
  std::set<std::string> unknown_;                   ///< The paths of files that are not.
  LooseEnds loose_;
};

}  // namespace

Result<ProfileCheck> check_profiles(const AuditOptions& options) {
  if (auto readable = check_readable_twice(options.import.inputs); !readable) {
    return readable.error();
  }
  return Checker(options).run();
}

Result<Suggestion> suggest_for(const std::vector<std::string>& inputs) {
  if (auto readable = check_readable_twice(inputs); !readable) {
    return readable.error();
  }
  auto proposal = propose(inputs, [](const std::string& /*path*/) { return true; });
  if (!proposal) {
    return std::move(proposal).error();
  }
  return std::move(proposal->suggestion);
}

}  // namespace tierline
