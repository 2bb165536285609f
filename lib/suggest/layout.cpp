#include "suggest/layout.h"

#include <algorithm>
#include <utility>

#include "suggest/table_analysis.h"
#include "suggest/vocabulary.h"

namespace tierline {
namespace {

bool has_texts(const StructureSummary& place) {
  return std::ranges::any_of(place.members,
                             [](const auto& member) { return member.second->texts > 0; });
}

/// Whether all members of an object are objects or nothing, so that their names may be anything.
bool holds_objects(const StructureSummary& place) {
  return !place.has_tags && !place.members.empty() &&
         std::ranges::all_of(place.members, [](const auto& member) {
           return member.second->texts == 0 && member.second->elements == nullptr;
         });
}

/// Whether their names are not fixed: few stand in several of these objects, and not each object
/// has just one of them, as where a name says what kind of thing it holds.
bool is_keyed(const StructureSummary& place) {
  std::uint64_t occurrences = 0;
  for (const auto& [name, member] : place.members) {
    occurrences += member->occurrences();
  }
  return holds_objects(place) && occurrences * 2 <= place.members.size() * 3 &&
         (place.objects == 1 || occurrences > place.objects);
}

/// All members of an object as one.
StructureSummary merged_members(const StructureSummary& place) {
  StructureSummary merged;
  for (const auto& [name, member] : place.members) {
    merged.add(*member);
  }
  return merged;
}

bool sounds_like_records(std::string_view name) {
  const NameWords words(name);
  return tier_of(words) || party_kind_of(words);
}

/// Whether most of what the members of an object have, several of them have.
bool are_alike(std::string_view name, const StructureSummary& merged) {
  std::uint64_t all = 0;
  std::uint64_t shared = 0;
  for (const auto& [field, place] : merged.members) {
    const std::uint64_t count = place->occurrences() + (place->elements == nullptr ? 0U : 1U);
    all += count;
    shared += count > 1 ? count : 0U;
  }
  return all > 0 && (merged.objects > 1 ? shared * 2 >= all : sounds_like_records(name));
}

bool is_map_of_records(std::string_view name, const StructureSummary& place) {
  return is_keyed(place) && are_alike(name, merged_members(place));
}

/// The hashes of what tells the elements of a list apart; nothing where nothing does.
boost::unordered_flat_set<std::uint64_t> names_in(const StructureSummary& elements) {
  for (const auto& [name, member] : elements.members) {
    const NameWords words(name);
    const bool can_name =
        words.has_any({"id", "key", "name", "title", "label", "code", "number", "uuid"}) ||
        (words.all().size() == 1 && tier_of(words));
    const bool is_unique = member->texts >= elements.objects &&
                           (member->hashes.size() == member->texts ||
                            member->hashes.size() >= StructureSummary::most_texts);
    if (can_name && is_unique) {
      return member->hashes;
    }
  }
  return {};
}

class Finder {
 public:
  Layout run(const StructureSummary& documents) {
    if (documents.objects > 1 && are_records(documents)) {
      records_.emplace_back("", &documents);
    } else if (documents.objects > 0) {
      find_members(documents, "$", false);
    }
    for (const auto& [name, list] : documents.members) {
      if (documents.objects == 0 && list->elements != nullptr) {
        const bool is_list = list->elements->objects > 1 || !names_in(*list->elements).empty();
        find(*list->elements, "$." + name, {is_list ? "[*]" : "", is_list}, name);
      }
    }
    if (std::ranges::all_of(layout_.records_at, [&](const std::string& path) {
          return documents.objects == 0 && path.find('.', 2) == std::string::npos;
        })) {
      layout_.records_at.clear();  // Lists that are found without a word.
    }
    for (std::size_t i = 0; i < records_.size(); ++i) {  // Further ones are found on the way.
      look_inside(*records_[i].second, std::string(records_[i].first));
    }
    for (const auto& [table, record] : records_) {
      find_references(*record, table, "");
    }
    return std::move(layout_);
  }

 private:
  /// Whether documents differ in a text of their own, also in one that stands deeper.
  static bool are_records(const StructureSummary& documents) {
    return std::ranges::any_of(documents.members, [](const auto& member) {
      const StructureSummary& place = *member.second;
      const bool differs = place.texts > 1 && place.hashes.size() == place.texts;
      return differs ||
             (place.objects > 1 && !is_map_of_records(member.first, place) && are_records(place));
    });
  }

  /// Whether what stands outside of records is one, rather than only around some.
  static bool is_record(const StructureSummary& place) {
    if (!has_texts(place) || place.objects > 1) {
      return has_texts(place);
    }
    return std::ranges::none_of(
               place.members,
               [](const auto& member) {
                 const StructureSummary& inside = *member.second;
                 return (inside.elements != nullptr && inside.elements->objects > 0) ||
                        is_map_of_records(member.first, inside);
               }) ||
           !names_in(place).empty();
  }

  /// How the way went on from a place, or goes on.
  struct Step {
    std::string_view inwards;  ///< `[*]`, into a list.
    bool in_list = false;      ///< It has gone through a list.
  };

  void find_members(const StructureSummary& place, const std::string& path, bool in_list) {
    for (const auto& [name, member] : place.members) {
      if (name.empty() || name.find_first_of(".[]*") != std::string::npos) {
        continue;
      }
      if (member->elements != nullptr) {
        find(*member->elements, path + '.' + name, {"[*]", true}, name);
      }
      if (member->objects > 0) {
        find(*member, path + '.' + name, {"", in_list}, name);
      }
    }
  }

  /// Finds the records in objects at a place outside of records.
  void find(const StructureSummary& place, const std::string& path, const Step& step,
            const std::string& name) {
    const std::string inwards = path + std::string(step.inwards);
    if (is_map_of_records(name, place)) {
      note(inwards + ".*");
      for (const auto& [key, record] : place.members) {
        known_.insert(FieldSurvey::hash_of(key));
      }
      records_.emplace_back(name, &keep(merged_members(place)));
      return;
    }
    const auto names = names_in(place);
    const bool is_one = step.in_list || (!names.empty() && sounds_like_records(name));
    if (!is_one || !is_record(place)) {
      find_members(place, inwards, step.in_list);
      return;
    }
    note(inwards);
    known_.insert(names.begin(), names.end());
    records_.emplace_back(name, &place);
  }

  void note(std::string path) {
    if (std::ranges::find(layout_.records_at, path) == layout_.records_at.end()) {
      layout_.records_at.push_back(std::move(path));
    }
  }

  /// Finds records inside of records.
  void look_inside(const StructureSummary& record, const std::string& table) {
    for (const auto& [name, member] : record.members) {
      const NameWords words(name);
      const auto relation = relation_of(words);
      const bool is_relation =
          relation && relation->kind != RelationKind::contains && !tier_of(words);
      if (is_about_parties(words) || is_relation || name.empty() ||
          name.find_first_of(".*[") != std::string::npos) {
        continue;
      }
      if (member->elements != nullptr) {
        look_into_list(*member->elements, name, table);
      } else if (is_map_of_records(name, *member) && !refers(*member)) {
        for (const auto& [key, inner] : member->members) {
          known_.insert(FieldSurvey::hash_of(key));
        }
        add_nested(name, true, table);
        records_.emplace_back(name, &keep(merged_members(*member)));
      }
    }
  }

  void look_into_list(const StructureSummary& elements, const std::string& name,
                      const std::string& table) {
    const auto names = names_in(elements);
    const auto known = static_cast<std::size_t>(
        std::ranges::count_if(names, [&](std::uint64_t hash) { return known_.contains(hash); }));
    const bool are_pairs = elements.members.size() == 2 && elements.members.contains("value");
    if (elements.members.size() > 1 && !are_pairs && !names.empty() && known * 2 <= names.size()) {
      known_.insert(names.begin(), names.end());
      add_nested(name, false, table);
      records_.emplace_back(name, &elements);
    }
  }

  void add_nested(const std::string& name, bool by_key, const std::string& outer) {
    auto known = std::ranges::find(layout_.nested, name, &Layout::Nested::name);
    if (known == layout_.nested.end()) {
      known = layout_.nested.insert(known, {name, by_key});
    }
    known->outer.insert(outer);
  }

  /// Whether the members of an object are called as records are.
  [[nodiscard]] bool refers(const StructureSummary& place) const {
    const auto known = std::ranges::count_if(place.members, [&](const auto& member) {
      return known_.contains(FieldSurvey::hash_of(member.first));
    });
    return known > 0 && static_cast<std::size_t>(known) * 2 >= place.members.size();
  }

  void find_references(const StructureSummary& place, const std::string& table,
                       const std::string& path) {
    for (const auto& [name, member] : place.members) {
      if (member->objects + member->nulls == 0 || member->elements != nullptr || name.empty() ||
          name.find_first_of(".*$") != std::string::npos || layout_.find_nested(name) != nullptr) {
        continue;
      }
      const std::string inner = path.empty() ? name : path + '.' + name;
      if (holds_objects(*member) && refers(*member)) {
        layout_.references.push_back({table, inner});
      } else {
        find_references(*member, table, inner);
      }
    }
  }

  const StructureSummary& keep(StructureSummary structure) {
    return *kept_.emplace_back(std::make_unique<StructureSummary>(std::move(structure)));
  }

  Layout layout_;
  std::vector<std::pair<std::string, const StructureSummary*>>
      records_;  ///< All found, by their tables.
  std::vector<std::unique_ptr<StructureSummary>> kept_;
  boost::unordered_flat_set<std::uint64_t> known_;  ///< What records are called.
};

}  // namespace

const Layout::Nested* Layout::find_nested(std::string_view name) const {
  const auto found = std::ranges::find(nested, name, &Nested::name);
  return found == nested.end() ? nullptr : &*found;
}

Layout layout_of(const StructureSummary& documents) {
  return Finder().run(documents);
}

}  // namespace tierline
