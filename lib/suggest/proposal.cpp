#include "suggest/proposal.h"

#include "input/input.h"
#include "mapping/export_files.h"
#include "profile/compiled.h"
#include "survey/survey_records.h"
#include "tierline/json_writer.h"

namespace tierline {
namespace {

using Counts = std::function<bool(const std::string& path)>;

/// A profile that says where records stand, and nothing of what they are.
std::string profile_of(const Layout& layout) {
  JsonText json;
  const auto list = [&](std::string_view name, const std::vector<std::string>& texts) {
    if (!texts.empty()) {
      json.texts(name, texts);
    }
  };
  json.object([&] {
    json.text("profile", "layout");
    json.text("title", "layout");
    list("recordsAt", layout.records_at);
    std::vector<std::string> nested;
    for (const Layout::Nested& one : layout.nested) {
      nested.push_back(one.name + (one.by_key ? ".*" : ""));
    }
    list("nestedRecords", nested);
    json.object("records", [&] {
      json.text("as", "item");
      json.text("tables", "*");
      json.text("id", "$key");
      if (layout.references.empty()) {
        return;
      }
      json.list("relations", layout.references, [&](const Layout::References& one) {
        json.object([&] {
          json.text("kind", "needs");
          json.text("each", one.path + ".*");
          json.text("to", "$key");
        });
      });
    });
  });
  return std::string(json.str());
}

/// Surveys the files as they are, or as a layout has them.
Result<SurveyedTables> survey_all(const std::vector<std::string>& inputs, const Counts& counts,
                                  std::span<const Profile> layout, StructureSummary* structure) {
  ExportFiles exports({.inputs = inputs, .profiles = layout, .hands_out_all = true});
  if (auto listed = exports.list(); !listed) {
    return listed.error();
  }
  SurveyedTables tables;
  auto surveyed = exports.each([&](const OpenExport& file) {
    if (!counts(file.path)) {
      return Status(Done{});
    }
    if (!layout.empty()) {
      file.opened.records->expect(layout.front().compiled().selection);
    }
    if (structure != nullptr) {
      structure->has_tags = file.opened.syntax->has_tags;
    }
    return survey(file.path, *file.opened.records, nullptr, tables, structure);
  });
  if (!surveyed) {
    return surveyed.error();
  }
  for (auto& [name, table] : tables) {
    drop_empty_objects(table);
  }
  return tables;
}

}  // namespace

Result<Proposal> propose(const std::vector<std::string>& inputs, const Counts& counts) {
  StructureSummary structure;
  auto tables = survey_all(inputs, counts, {}, &structure);
  if (!tables) {
    return std::move(tables).error();
  }
  Layout layout = layout_of(structure);
  if (!layout.says_nothing()) {
    const auto profile = Profile::parse(profile_of(layout), "layout.json");
    auto again = profile ? survey_all(inputs, counts, {&*profile, 1}, nullptr)
                         : Result<SurveyedTables>(profile.error());
    if (again && !again->empty()) {
      tables = std::move(again);
    } else {
      layout = {};
    }
  }
  auto suggestion = suggest_profile(*tables, layout);
  if (!suggestion) {
    return std::move(suggestion).error();
  }
  return Proposal{std::move(*tables), std::move(*suggestion)};
}

}  // namespace tierline
