// A profile as a page for people, made from its document.

#include <fmt/format.h>
#include <rapidjson/document.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "profile/document_words.h"
#include "profile/json_node.h"
#include "tierline/profile.h"
#include "tierline/text.h"

namespace tierline {
namespace {

template <typename Words>
std::string listed(const JsonNode& value, std::string_view separator, Words words) {
  std::vector<std::string> all;
  for (const JsonNode& element : value.elements()) {
    all.push_back(words(element));
  }
  return join(all, separator);
}

/// A text of Markdown that stands for itself.
std::string plain(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    escaped +=
        c == '|' || c == '*' || c == '<' || c == '_' ? std::string("\\") + c : std::string(1, c);
  }
  return escaped;
}

std::string code(std::string_view text) {
  std::string escaped(text);
  for (std::size_t at = escaped.find('|'); at != std::string::npos;
       at = escaped.find('|', at + 2)) {
    escaped.insert(at, "\\");
  }
  return "`" + escaped + "`";
}

std::string texts(const JsonNode& value) {
  return listed(value, ", ", [](const JsonNode& one) { return plain(one.text()); });
}

std::string field(const JsonNode& value) {
  if (!value.is_object()) {
    return code(value.text());
  }
  if (const auto is = value.find("is")) {
    return plain(is->text());
  }
  if (const auto table = value.find("field"); table && !table->text().empty()) {
    std::string text = code(table->text());
    if (const auto separator = value.find("separator")) {
      text += fmt::format(", several set off by {}", code(separator->text()));
    }
    if (const auto prefixes = value.find("prefixes")) {
      text +=
          ", where left out beginning with " + listed(*prefixes, " and ", [](const JsonNode& one) {
            return code(
                fmt::format("{}{}", text_of(one.find("otherwise")), text_of(one.find("ends"))));
          });
    }
    return text;
  }
  return {};
}

std::string fields(const JsonNode& value) {
  return listed(value, ", else ", field);
}

std::string condition(const JsonNode& when) {
  std::vector<std::string> parts;
  if (const auto tests = when.find("field")) {
    for (const auto& [name, values] : tests->members()) {
      parts.push_back(fmt::format(
          "{} is {}", code(name),
          listed(values, " or ", [](const JsonNode& one) { return plain(one.text()); })));
    }
  }
  if (const auto classes = when.find("class")) {
    parts.push_back("the class is " + listed(*classes, " or ", field));
  }
  return join(parts, " and ");
}

std::string one_case(const JsonNode& value) {
  std::string text;
  if (const auto is = value.find("is")) {
    text = is->text();
  } else if (const auto parent = value.find("sameAs")) {
    text = fmt::format("that of what {} names", field(*parent));
  } else if (const auto values = value.find("values")) {
    std::vector<std::string> meanings;
    for (const auto& [word, meant] : values->members()) {
      meanings.push_back(fmt::format("{} = {}", word, texts(meant)));
    }
    text = fmt::format("by {}: {}", field(*value.find("field")), join(meanings, "; "));
  }
  const auto when = value.find("when");
  return !when ? text : fmt::format("{} when {}", text, condition(*when));
}

std::string cases(const JsonNode& value) {
  return listed(value, "; else ", one_case);
}

/// What a relation says, with its ends in words: "it needs what `to` names".
std::string relation_words(const JsonNode& relation, std::string from, std::string to) {
  const std::string kind = text_of(relation.find("kind"));
  const auto reversed = relation.find("reversed");
  if (reversed && !reversed->is_object() && reversed->boolean()) {
    std::swap(from, to);
  }
  std::string verb = kind == "needs"      ? "needs"
                     : kind == "contains" ? "contains"
                     : kind.empty()       ? "relates to"
                                          : "has (" + std::string(kind) + ") to do with";
  std::string text = fmt::format("{} {} {}", from, verb, to);
  if (const auto type = relation.find("type")) {
    text += fmt::format(", as {} says", field(*type));
  }
  if (reversed && reversed->is_object()) {
    text += fmt::format(", the other way round when {}", condition(*reversed));
  }
  return text;
}

std::string end(const JsonNode& relation, const char* name) {
  const auto value = relation.find(name);
  if (!value) {
    return "it";
  }
  if (value->text() == "$outer") {
    return "what it stands inside of";
  }
  const auto each = relation.find("each");
  const auto implied = value->is_object() ? value->find("implies") : std::nullopt;
  return fmt::format("what {}{} names{}", field(*value), !each ? "" : " in " + code(each->text()),
                     !implied ? "" : ", an item by that alone,");
}

std::string relation(const JsonNode& value) {
  return relation_words(value, end(value, "from"), end(value, "to"));
}

std::string told_by(const JsonNode& record) {
  std::vector<std::string> ways;
  if (const auto tables = record.find("tables")) {
    ways.push_back(listed(*tables, ", ", field));
  }
  if (const auto known = record.find("fields")) {
    ways.push_back("records with " + listed(*known, ", ", field));
  }
  if (const auto when = record.find("when")) {
    ways.push_back("where " + condition(*when));
  }
  return join(ways, "; ");
}

std::string_view heading(std::string_view as) {
  static const std::map<std::string_view, std::string_view> headings = {
      {"item", "Items"},
      {"relation", "Relations"},
      {"party", "Persons and groups"},
      {"assignment", "Who answers for what"},
      {"membership", "Who is in which group"},
      {"relationType", "Names of relation types"},
      {"class", "Classes and what they extend"},
      {"failure", "Failures, which stop the run"},
      {"ignore", "Left out"}};
  const auto found = headings.find(as);
  return found == headings.end() ? as : found->second;
}

using InWords = std::string (*)(const JsonNode&);

/// The members of a record that are worth a line, in their order.
const std::vector<std::pair<const char*, InWords>>& members() {
  static const std::vector<std::pair<const char*, InWords>> all = {{"id", fields},
                                                                   {"name", fields},
                                                                   {"class", fields},
                                                                   {"aliases", fields},
                                                                   {"tier", cases},
                                                                   {"facing", cases},
                                                                   {"state", cases},
                                                                   {"criticality", cases},
                                                                   {"environment", fields},
                                                                   {"accountable", fields},
                                                                   {"operates", fields},
                                                                   {"candidates", fields},
                                                                   {"manager", fields},
                                                                   {"delegate", fields},
                                                                   {"assignedIn", fields},
                                                                   {"correlation", fields},
                                                                   {"cost", field},
                                                                   {"updated", fields},
                                                                   {"seen", fields},
                                                                   {"attested", fields},
                                                                   {"reviewed", fields},
                                                                   {"ends", fields},
                                                                   {"description", fields},
                                                                   {"customers", fields},
                                                                   {"membersNeeded", fields},
                                                                   {"strongKeys", fields},
                                                                   {"vendor", fields},
                                                                   {"link", fields},
                                                                   {"item", fields},
                                                                   {"party", fields},
                                                                   {"role", cases},
                                                                   {"until", fields},
                                                                   {"leads", fields},
                                                                   {"title", fields},
                                                                   {"organisation", fields},
                                                                   {"employment", cases},
                                                                   {"phone", fields},
                                                                   {"members", fields},
                                                                   {"memberOf", fields},
                                                                   {"group", fields},
                                                                   {"member", fields},
                                                                   {"label", fields},
                                                                   {"extends", fields},
                                                                   {"message", fields},
                                                                   {"notice", texts}};
  return all;
}

std::string record_text(const JsonNode& record) {
  std::string text =
      fmt::format("**{}**: {}\n\n", heading(text_of(record.find("as"))), told_by(record));
  for (const auto& [name, words] : members()) {
    // `kind` and the like of relations are in the line that says the relation.
    if (const auto value = record.find(name)) {
      text += fmt::format("- {}: {}\n", name, words(*value));
    }
  }
  if (const auto kind = record.find("kind"); kind && kind->text().empty()) {
    text += fmt::format("- kind: {}\n", cases(*kind));
  }
  if (const auto active = record.find("active")) {
    text += fmt::format("- has left when {} is {}\n", field(*active->find("field")),
                        texts(*active->find("inactive")));
  }
  if (record.find("from")) {
    text += fmt::format("- {}\n", relation(record));
  }
  if (const auto relations = record.find("relations")) {
    for (const JsonNode& one : relations->elements()) {
      text += fmt::format("- {}\n", relation(one));
    }
  }
  return text + (text.ends_with("\n\n") ? "" : "\n");
}

std::string class_table(const JsonNode& classes) {
  std::string text =
      "## Classes\n\n| class | tier | a special case of | also called |\n|---|---|---|---|\n";
  for (const auto& [name, one] : classes.members()) {
    const auto labels = one.find("labels");
    text += fmt::format("| {} | {} | {} | {} |\n", code(name), text_of(one.find("tier")),
                        plain(text_of(one.find("extends"))), !labels ? "" : texts(*labels));
  }
  return text + "\n";
}

std::string type_table(const JsonNode& types) {
  std::string text = "## Types of relations\n\n| type | means |\n|---|---|\n";
  for (const JsonNode& type : types.elements()) {
    text += fmt::format("| {} | {} |\n", plain(text_of(type.find("name"))),
                        relation_words(type, "the first", "the second"));
  }
  return text + "\n";
}

}  // namespace

std::string Profile::page() const {
  rapidjson::Document document;
  document.Parse(this->document().data(), this->document().size());
  JsonErrors none;  // It has been read before.
  const JsonNode root(document, {}, none);
  std::string text =
      fmt::format("# {}\n\nProfile `{}`. {}\n\n", title(), id(), plain(description()));
  if (const auto places = root.find("recordsAt")) {
    text += fmt::format("Records also stand at {}.\n\n", listed(*places, ", ", field));
  }
  text += "## Records\n\n";
  for (const JsonNode& record : root.find("records")->elements()) {
    text += record_text(record);
  }
  if (const auto classes = root.find("classes")) {
    text += class_table(*classes);
  }
  if (const auto types = root.find("relationTypes")) {
    text += type_table(*types);
  }
  text += fmt::format(
      "`tierline profiles show {}` prints the document that this page is made from.\n", id());
  return text;
}

}  // namespace tierline
