// A profile's document, checked and compiled; record_reader.cpp reads what it says of records.
// profile.schema.json says the same for other programs.

#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include <algorithm>
#include <set>

#include "profile/compiled.h"
#include "profile/document_words.h"
#include "profile/field_table.h"
#include "profile/json_node.h"
#include "profile/record_reader.h"
#include "tierline/profile.h"
#include "tierline/small_file.h"
#include "tierline/text.h"

namespace tierline {
namespace {

const Words policy_words = {"person", "team"};

class Compiler {
 public:
  explicit Compiler(CompiledProfile& profile) : profile_(profile), fields_(profile) {}

  void compile(const JsonNode& root) {
    root.allow({"$schema", "profile", "title", "description", "owners", "values", "under",
                "tableFields", "aliases", "labels", "classes", "records", "relationTypes",
                "truncation", "supportingServicesServeWhatTheyContain", "recordsAt",
                "nestedRecords", "pairs", "dates"});
    read_names(root);
    fields_.read_spelling(root);
    read_owners(root.find("owners"));
    read_truncation(root.find("truncation"));
    profile_.supporting_serves_contained =
        flag_of(root.find("supportingServicesServeWhatTheyContain"));
    if (const auto dates = root.find("dates")) {
      static const Words orders = {"day first", "month first"};
      profile_.date_order =
          dates->word(orders) == 0 ? DateOrder::day_first : DateOrder::month_first;
    }
    profile_.class_fields = fields_.slots(root.find("tableFields"));
    profile_.class_derived = fields_.take_derived();
    profile_.class_fields_used = fields_.take_used();
    profile_.always_selected |= profile_.class_fields_used;
    if (const auto classes = root.find("classes")) {
      read_classes(*classes);
    }
    if (const auto types = root.find("relationTypes")) {
      read_relation_types(*types);
    }
    if (const auto records = root.require("records")) {
      read_records(*records, fields_, profile_);
    }
  }

 private:
  void read_names(const JsonNode& root) {
    if (const auto id = root.require("profile")) {
      profile_.id = id->text();
      const auto is_plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
      };
      if (profile_.id.empty() || !std::ranges::all_of(profile_.id, is_plain)) {
        id->fail("expected a word of small letters, digits, '-', '_' and '.'");
      }
    }
    if (const auto title = root.require("title")) {
      profile_.title = title->name();
    }
    profile_.description = text_of(root.find("description"));
  }

  void read_owners(const std::optional<JsonNode>& owners) {
    if (owners) {
      owners->allow({"policy", "placeholders", "itOrganisations"});
      if (const auto policy = owners->find("policy")) {
        profile_.policy = policy->word(policy_words) == 0 ? OwnerPolicy::person : OwnerPolicy::team;
      }
      profile_.placeholders = patterns(owners->find("placeholders"));
      profile_.it_organisations = patterns(owners->find("itOrganisations"));
    }
  }

  void read_truncation(const std::optional<JsonNode>& truncation) {
    if (truncation) {
      truncation->allow({"caps", "remarks"});
      if (const auto caps = truncation->find("caps")) {
        for (const JsonNode& cap : caps->elements()) {
          profile_.known_caps.push_back(cap.positive_number());
        }
      }
      profile_.withheld_remarks = patterns(truncation->find("remarks"));
    }
  }

  // --- classes and types of relations

  void read_classes(const JsonNode& classes) {
    for (const auto& [id, node] : classes.members()) {
      node.allow({"extends", "labels", "tier", "offering", "membersNeeded"});
      ClassDef def{.name = {fold(id)}, .id = id, .extends = {}, .tier = {}, .offering = false};
      if (const auto needed = node.find("membersNeeded")) {
        def.members_needed = static_cast<std::uint32_t>(
            std::min<std::uint64_t>(needed->positive_number(), UINT32_MAX));
      }
      def.extends = name_of(node.find("extends"));
      if (def.name.text.empty()) {
        node.fail("a class has to have a name");
      }
      if (const auto tier = node.find("tier")) {
        def.tier = static_cast<Tier>(tier->word(tier_words));
      }
      def.offering = flag_of(node.find("offering"));
      if (!profile_.class_by_name.try_emplace(fold(id), profile_.classes.size()).second) {
        node.fail(fmt::format("'{}' names two classes", id));
      }
      profile_.classes.push_back(std::move(def));
    }
    read_class_labels(classes);
    for (const auto& [id, node] : classes.members()) {
      check_chain(id, node);
    }
  }

  /// After all ids: a label that is also another class's name would hide it.
  void read_class_labels(const JsonNode& classes) {
    std::size_t number = 0;
    for (const auto& [id, node] : classes.members()) {
      if (const auto labels = node.find("labels")) {
        for (const JsonNode& label : labels->elements()) {
          const auto [known, is_new] =
              profile_.class_by_name.try_emplace(fold(label.name()), number);
          if (known->second != number) {
            label.fail(fmt::format("'{}' already names the class '{}'", label.name(),
                                   profile_.classes[known->second].id));
          }
        }
      }
      ++number;
    }
  }

  void check_chain(const std::string& id, const JsonNode& node) const {
    std::set<std::string> seen;
    for (const ClassDef* def = profile_.find_class(id); def != nullptr && !def->extends.empty();) {
      if (!seen.insert(def->id).second) {
        node.fail("the classes that it extends go round in a circle");
        return;
      }
      const std::string& base = def->extends;
      def = profile_.find_class(base);
      if (def == nullptr) {
        node.fail(fmt::format("extends '{}', which is no class of this profile", base));
      }
    }
  }

  void read_relation_types(const JsonNode& types) {
    for (const JsonNode& node : types.elements()) {
      node.allow({"name", "ids", "kind", "reversed", "membership", "fromClass", "toClass"});
      RelationTypeDef def;
      def.name = name_of(node.require("name"));
      def.folded = fold_type(def.name);
      if (node.require("kind")) {
        def.interpretation = read_interpretation(node);
      }
      def.from_classes = patterns(node.find("fromClass"));
      def.to_classes = patterns(node.find("toClass"));
      profile_.relation_types.push_back(std::move(def));
      if (const auto ids = node.find("ids")) {
        read_type_ids(*ids);
      }
    }
  }

  /// Of the last type. Entries of one name may share ids: the classes of the ends tell them apart.
  void read_type_ids(const JsonNode& ids) {
    const auto& types = profile_.relation_types;
    for (const JsonNode& id : ids.elements()) {
      const auto [known, is_new] =
          profile_.type_by_id.try_emplace(to_lower(id.name()), types.size() - 1);
      if (types[known->second].folded != types.back().folded) {
        id.fail(fmt::format("'{}' is already an id of '{}'", id.name(), types[known->second].name));
      }
    }
  }

  CompiledProfile& profile_;
  FieldTable fields_;
};

}  // namespace

Result<Profile> Profile::parse(std::string_view document, const std::string& file) {
  constexpr unsigned flags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;
  rapidjson::Document json;
  json.Parse<flags>(document.data(), document.size());
  if (json.HasParseError()) {
    const auto before = document.substr(0, json.GetErrorOffset());
    std::string why = to_lower(rapidjson::GetParseError_En(json.GetParseError()));
    why.erase(why.find_last_not_of('.') + 1);
    return Error{"not JSON: " + why, {file, 1 + lines_in(before)}};
  }
  auto compiled = std::make_shared<CompiledProfile>();
  compiled->document = document;
  JsonErrors errors;
  Compiler(*compiled).compile(JsonNode(json, "", errors));
  if (errors.first()) {
    return Error{*errors.first(), {file}};
  }
  return Profile(std::move(compiled));
}

Result<Profile> Profile::load(const std::string& path) {
  constexpr std::size_t most = 4 * 1024 * 1024;
  auto text = read_small_file(path, most, "profile");
  if (!text) {
    return std::move(text).error();
  }
  return parse(*text, path);
}

Profile Profile::with_placeholders(std::span<const std::string> words) const {
  auto changed = std::make_shared<CompiledProfile>(*compiled_);
  for (const std::string& word : words) {
    changed->placeholders.push_back({fold(word)});
  }
  return Profile(std::move(changed));
}

Profile Profile::with_it_organisations(std::span<const std::string> names) const {
  auto changed = std::make_shared<CompiledProfile>(*compiled_);
  changed->it_organisations.clear();
  for (const std::string& name : names) {
    changed->it_organisations.push_back({fold(name)});
  }
  return Profile(std::move(changed));
}

const std::string& Profile::id() const {
  return compiled_->id;
}
const std::string& Profile::title() const {
  return compiled_->title;
}
const std::string& Profile::description() const {
  return compiled_->description;
}
const std::string& Profile::document() const {
  return compiled_->document;
}

}  // namespace tierline
