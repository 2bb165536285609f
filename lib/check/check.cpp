#include "tierline/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "input/own_output.h"
#include "profile/compiled.h"
#include "profile/detect.h"
#include "support/text.h"
#include "tierline/input.h"

namespace tierline {
namespace {

constexpr std::size_t most_examples = 3;

std::string_view words_for(Match match) {
  constexpr std::string_view words[] = {"", "its name", "what is in it",
                                        "its name and what is in it"};
  return words[static_cast<std::size_t>(match)];
}

/// A file as it is before it is read.
struct Seen {
  OpenedFile opened;
  Matching found;
  bool is_own_output = false;
};

Result<Seen> look_at(const FileReader::File& file, std::span<const Profile> profiles) {
  Seen seen;
  if (!file.text) {
    return file.text.error();
  }
  seen.is_own_output = tierline::is_own_output((*file.text)->beginning());
  if (seen.is_own_output) {
    return seen;
  }
  RecordPaths paths;
  for (const Profile& profile : profiles) {
    paths.add(profile.compiled().record_paths);
  }
  auto opened = open_export(*file.text, file.path, paths);
  if (!opened) {
    return std::move(opened).error();
  }
  seen.opened = std::move(*opened);
  auto found = matching_profiles(profiles, *seen.opened.records, file.path);
  if (!found) {
    return std::move(found).error();
  }
  seen.found = std::move(*found);
  return seen;
}

/// Whether a file that cannot be read has to be one.
bool matters(const InputFile& file) {
  return file.named || has_export_ending(file.path);
}

bool is_own_output(const FileReader::File& file) {
  return file.text && tierline::is_own_output((*file.text)->beginning());
}

/// Calls `use` with each file that stands there: one, or the members of an archive.
template <typename Use>
Status each_file(const InputFile& input, Use use) {
  auto reader = FileReader::open(input.path);
  if (!reader) {
    return std::move(reader).error();
  }
  while (true) {
    auto file = (*reader)->next();
    if (!file) {
      return std::move(file).error();
    }
    if (!*file) {
      return Done{};
    }
    const InputFile as_input{(*file)->path, input.named && !(*reader)->is_archive()};
    if (auto used = use(**file, as_input); !used) {
      return used;
    }
  }
}

Result<std::vector<InputFile>> files_twice_readable(std::span<const std::string> inputs) {
  if (std::ranges::find(inputs, "-") != inputs.end()) {
    return Error{"-: an export is read twice to be checked: save it as a file first"};
  }
  return list_files(inputs);
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
  constexpr std::string_view words[] = {"accountable owner", "group that operates it",
                                        "person or group to ask", ""};
  return words[static_cast<std::size_t>(role)];
}

class Checker {
 public:
  explicit Checker(const AuditOptions& options)
      : options_(options),
        profiles_(options.import.profiles.empty() ? built_in_profiles() : options.import.profiles) {
  }

  Result<ProfileCheck> run() {
    auto files = files_twice_readable(options_.import.inputs);
    if (!files) {
      return std::move(files).error();
    }
    for (const InputFile& input : *files) {
      const auto look_into = [&](const FileReader::File& file, const InputFile& as_input) {
        return look(file, as_input, input.path);
      };
      if (auto looked = each_file(input, look_into); !looked && matters(input)) {
        return looked.error();
      }
    }
    if (auto status = import_known(); !status) {
      return status.error();
    }
    for (const InputFile& input : *files) {
      const auto survey_each = [&](const FileReader::File& file, const InputFile& /*as_input*/) {
        return survey(file);
      };
      if (auto surveyed = each_file(input, survey_each); !surveyed && matters(input)) {
        return surveyed.error();
      }
    }
    if (auto suggested = suggest_profile(check_.unknown)) {
      check_.suggestion = std::move(*suggested);
    }
    return std::move(check_);
  }

 private:
  // --- which profile understands which file

  Status look(const FileReader::File& file, const InputFile& as_input,
              const std::string& disk_path) {
    CheckedFile checked;
    checked.path = file.path;
    const Profile* profile = nullptr;
    auto seen = look_at(file, profiles_);
    if (!seen && matters(as_input)) {
      return std::move(seen).error();
    }
    if (!seen) {
      checked.problem = "no export: " + seen.error().message;
    } else if (seen->is_own_output) {
      checked.problem = "a report of tierline itself: skipped";
    } else {
      checked.syntax = seen->opened.syntax->id;
      checked.told_by = words_for(seen->found.match);
      const auto& found = seen->found.profiles;
      profile = found.size() == 1 ? found.front() : nullptr;
      checked.problem = problem_with(found);
    }
    if (checked.problem.empty()) {
      known_.insert(disk_path);
    }
    check_.files.push_back(std::move(checked));
    profile_of_.push_back(profile);
    return Done{};
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
    for (const Profile& profile : profiles_) {
      names.push_back(profile.id());
    }
    return found.empty() ? fmt::format("no profile understands it; tried: {}", join(names, ", "))
                         : std::string();
  }

  // --- what became of the records

  Status import_known() {
    AuditOptions options = options_;
    options.import.inputs.assign(known_.begin(), known_.end());
    if (options.import.inputs.empty()) {
      return Done{};
    }
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
    for (const InputSummary& input : inventory().inputs()) {
      CheckedFile& file = *std::ranges::find(check_.files, input.path, &CheckedFile::path);
      file.input = &input;
      for (const TableSummary& table : input.tables) {
        file.tables.push_back({table, {}, {}});
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
    for (const auto& [key, its] : counts) {
      CheckedFile& file = *std::ranges::find(check_.files, key.first, &CheckedFile::path);
      for (CheckedTable& table : file.tables) {
        if (table.records.use == RecordUse::item &&
            table.records.name == inventory().class_names()[key.second]) {
          table.items = its;
        }
      }
    }
  }

  // --- references

  void find_loose_parties() {
    for (const ItemId item : inventory().items()) {
      for (const PartyUse& use : inventory().parties_of(item)) {
        const Party& party = inventory().party(use.party);
        if (!party.known && use.role != Role::placeholder) {
          loose_.add(std::string(words_for(use.role)),
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

  Status survey(const FileReader::File& read) {
    const auto found = std::ranges::find(check_.files, read.path, &CheckedFile::path);
    if (found == check_.files.end()) {
      return Done{};
    }
    CheckedFile& file = *found;
    const Profile* profile = profile_of_[static_cast<std::size_t>(found - check_.files.begin())];
    const bool is_unknown = profile == nullptr && file.told_by.empty();
    if (file.syntax.empty() || (profile == nullptr && !is_unknown)) {
      return Done{};
    }
    SurveyedTables tables;
    if (auto surveyed = survey_file(read, profile, is_unknown ? check_.unknown : tables);
        !surveyed) {
      return surveyed;
    }
    for (CheckedTable& table : file.tables) {
      const auto surveyed = tables.find(table.records.name);
      if (surveyed != tables.end() && is_read(table.records.use)) {
        std::ranges::copy_if(surveyed->second.fields, std::back_inserter(table.unused),
                             [](const FieldSurvey& field) { return !field.used; });
      }
    }
    return Done{};
  }

  static bool is_read(RecordUse use) {
    return use != RecordUse::left_out && use != RecordUse::unmapped;
  }

  const AuditOptions& options_;
  std::span<const Profile> profiles_;
  ProfileCheck check_;
  std::set<std::string> known_;             ///< What on disk holds files that were understood.
  std::vector<const Profile*> profile_of_;  ///< By file; null where it is not clear which.
  LooseEnds loose_;
};

}  // namespace

Result<ProfileCheck> check_profiles(const AuditOptions& options) {
  return Checker(options).run();
}

Result<Suggestion> suggest_for(const std::vector<std::string>& inputs) {
  auto files = files_twice_readable(inputs);
  if (!files) {
    return std::move(files).error();
  }
  SurveyedTables tables;
  for (const InputFile& file : *files) {
    const auto survey = [&](const FileReader::File& each, const InputFile& as_input) -> Status {
      auto surveyed = is_own_output(each) ? Status(Done{}) : survey_file(each, nullptr, tables);
      return surveyed || matters(as_input) ? std::move(surveyed) : Status(Done{});
    };
    if (auto surveyed = each_file(file, survey); !surveyed && matters(file)) {
      return std::move(surveyed).error();
    }
  }
  return suggest_profile(tables);
}

}  // namespace tierline
