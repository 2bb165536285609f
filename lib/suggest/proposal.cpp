#include "suggest/proposal.h"

#include <rapidjson/writer.h>

#include "input/input.h"
#include "mapping/export_files.h"
#include "profile/compiled.h"
#include "tierline/json_buffer.h"
#include "tierline/utf8.h"

namespace tierline {
namespace {

using Counts = std::function<bool(const std::string& path)>;

class LayoutWriter {
 public:
  /// A profile that says where records stand, and nothing of what they are.
  std::string write(const Layout& layout) {
    writer_.StartObject();
    member("profile", "layout");
    member("title", "layout");
    list("recordsAt", layout.records_at);
    std::vector<std::string> nested;
    for (const Layout::Nested& one : layout.nested) {
      nested.push_back(one.name + (one.by_key ? ".*" : ""));
    }
    list("nestedRecords", nested);
    writer_.Key("records");
    writer_.StartObject();
    member("as", "item");
    member("tables", "*");
    member("id", "$key");
    write_relations(layout);
    writer_.EndObject();
    writer_.EndObject();
    return {buffer_.GetString(), buffer_.GetSize()};
  }

 private:
  /// A table may be called after a file, whose name may be of any bytes.
  void text(const std::string& value) {
    const std::string text = repair_utf8(value);
    writer_.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  }
  void member(const char* name, const std::string& value) {
    writer_.Key(name);
    text(value);
  }
  void list(const char* name, const std::vector<std::string>& texts) {
    if (texts.empty()) {
      return;
    }
    writer_.Key(name);
    writer_.StartArray();
    for (const std::string& one : texts) {
      text(one);
    }
    writer_.EndArray();
  }
  void write_relations(const Layout& layout) {
    if (layout.references.empty()) {
      return;
    }
    writer_.Key("relations");
    writer_.StartArray();
    for (const Layout::References& one : layout.references) {
      writer_.StartObject();
      member("kind", "needs");
      member("each", one.path + ".*");
      member("to", "$key");
      writer_.EndObject();
    }
    writer_.EndArray();
  }

  JsonBuffer buffer_;
  rapidjson::Writer<JsonBuffer> writer_{buffer_};
};

/// Surveys the files as they are, or as a layout has them.
Result<SurveyedTables> survey_all(const std::vector<std::string>& inputs, const Counts& counts,
                                  std::span<const Profile> layout, StructureSummary* structure) {
  ExportFiles exports({.inputs = inputs, .profiles = layout, .hands_out_all = true});
  if (auto listed = exports.list(); !listed) {
    return listed.error();
  }
  SurveyedTables tables;
  while (true) {
    auto file = exports.next();
    if (!file) {
      return std::move(file).error();
    }
    if (*file == nullptr) {
      for (auto& [name, table] : tables) {
        drop_empty_objects(table);
      }
      return tables;
    }
    if (!counts((*file)->path)) {
      continue;
    }
    const OpenedFile& opened = (*file)->opened;
    if (!layout.empty()) {
      opened.records->expect(layout.front().compiled().selection);
    }
    if (structure != nullptr) {
      structure->is_xml = opened.syntax->id == "xml";
    }
    if (auto seen = survey((*file)->path, *opened.records, nullptr, tables, structure); !seen) {
      return with_reason(std::move(seen).error(), (*file)->disk_path);
    }
  }
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
    const auto profile = Profile::parse(LayoutWriter().write(layout), "layout.json");
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
