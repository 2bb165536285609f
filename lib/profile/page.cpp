// A profile as a page for people, made from its document.

#include <fmt/format.h>
#include <rapidjson/document.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tierline/profile.h"
#include "tierline/text.h"

namespace tierline {
namespace {

using Value = rapidjson::Value;

std::string_view text_of(const Value& value) {
  return value.IsString() ? std::string_view(value.GetString(), value.GetStringLength())
                          : std::string_view();
}

const Value* find(const Value& object, const char* name) {
  const auto member = object.FindMember(name);
  return member == object.MemberEnd() ? nullptr : &member->value;
}

std::string_view text_in(const Value& object, const char* name) {
  const Value* value = find(object, name);
  return value == nullptr ? std::string_view() : text_of(*value);
}

/// The elements of a list; anything else is a list of one.
std::vector<const Value*> elements(const Value& value) {
  std::vector<const Value*> all;
  if (!value.IsArray()) {
    return {&value};
  }
  for (const Value& element : value.GetArray()) {
    all.push_back(&element);
  }
  return all;
}

template <typename Words>
std::string listed(const Value& value, std::string_view separator, Words words) {
  std::vector<std::string> all;
  for (const Value* element : elements(value)) {
    all.push_back(words(*element));
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

std::string texts(const Value& value) {
  return listed(value, ", ", [](const Value& one) { return plain(text_of(one)); });
}

std::string field(const Value& value) {
  if (!value.IsObject()) {
    return code(text_of(value));
  }
  if (const Value* is = find(value, "is")) {
    return plain(text_of(*is));
  }
  if (const Value* table = find(value, "field"); table != nullptr && table->IsString()) {
    std::string text = code(text_of(*table));
    if (const Value* separator = find(value, "separator")) {
      text += fmt::format(", several set off by {}", code(text_of(*separator)));
    }
    if (const Value* prefixes = find(value, "prefixes")) {
      text += ", where left out beginning with " + listed(*prefixes, " and ", [](const Value& one) {
                return code(fmt::format("{}{}", text_in(one, "otherwise"), text_in(one, "ends")));
              });
    }
    return text;
  }
  return {};
}

std::string fields(const Value& value) {
  return listed(value, ", else ", field);
}

std::string condition(const Value& when) {
  std::vector<std::string> parts;
  if (const Value* tests = find(when, "field")) {
    for (const auto& test : tests->GetObject()) {
      parts.push_back(fmt::format(
          "{} is {}", code(text_of(test.name)),
          listed(test.value, " or ", [](const Value& one) { return plain(text_of(one)); })));
    }
  }
  if (const Value* classes = find(when, "class")) {
    parts.push_back("the class is " + listed(*classes, " or ", field));
  }
  return join(parts, " and ");
}

std::string one_case(const Value& value) {
  std::string text;
  if (const Value* is = find(value, "is")) {
    text = text_of(*is);
  } else if (const Value* parent = find(value, "sameAs")) {
    text = fmt::format("that of what {} names", field(*parent));
  } else if (const Value* values = find(value, "values")) {
    std::vector<std::string> meanings;
    for (const auto& word : values->GetObject()) {
      meanings.push_back(fmt::format("{} = {}", text_of(word.name), texts(word.value)));
    }
    text = fmt::format("by {}: {}", field(*find(value, "field")), join(meanings, "; "));
  }
  const Value* when = find(value, "when");
  return when == nullptr ? text : fmt::format("{} when {}", text, condition(*when));
}

std::string cases(const Value& value) {
  return listed(value, "; else ", one_case);
}

/// What a relation says, with its ends in words: "it needs what `to` names".
std::string relation_words(const Value& relation, std::string from, std::string to) {
  const std::string_view kind = text_in(relation, "kind");
  const Value* reversed = find(relation, "reversed");
  if (reversed != nullptr && reversed->IsBool() && reversed->GetBool()) {
    std::swap(from, to);
  }
  std::string verb = kind == "needs"      ? "needs"
                     : kind == "contains" ? "contains"
                     : kind.empty()       ? "relates to"
                                          : "has (" + std::string(kind) + ") to do with";
  std::string text = fmt::format("{} {} {}", from, verb, to);
  if (const Value* type = find(relation, "type")) {
    text += fmt::format(", as {} says", field(*type));
  }
  if (reversed != nullptr && reversed->IsObject()) {
    text += fmt::format(", the other way round when {}", condition(*reversed));
  }
  return text;
}

std::string end(const Value& relation, const char* name) {
  const Value* value = find(relation, name);
  if (value == nullptr) {
    return "it";
  }
  if (text_of(*value) == "$outer") {
    return "what it stands inside of";
  }
  const Value* each = find(relation, "each");
  const Value* implied = value->IsObject() ? find(*value, "implies") : nullptr;
  return fmt::format("what {}{} names{}", field(*value),
                     each == nullptr ? "" : " in " + code(text_of(*each)),
                     implied == nullptr ? "" : ", an item by that alone,");
}

std::string relation(const Value& value) {
  return relation_words(value, end(value, "from"), end(value, "to"));
}

std::string told_by(const Value& record) {
  std::vector<std::string> ways;
  if (const Value* tables = find(record, "tables")) {
    ways.push_back(listed(*tables, ", ", field));
  }
  if (const Value* known = find(record, "fields")) {
    ways.push_back("records with " + listed(*known, ", ", field));
  }
  if (const Value* when = find(record, "when")) {
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

using Words = std::string (*)(const Value&);

/// The members of a record that are worth a line, in their order.
const std::vector<std::pair<const char*, Words>>& members() {
  static const std::vector<std::pair<const char*, Words>> all = {{"id", fields},
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

std::string record_text(const Value& record) {
  std::string text = fmt::format("**{}**: {}\n\n", heading(text_in(record, "as")), told_by(record));
  for (const auto& [name, words] : members()) {
    // `kind` and the like of relations are in the line that says the relation.
    if (const Value* value = find(record, name)) {
      text += fmt::format("- {}: {}\n", name, words(*value));
    }
  }
  if (const Value* kind = find(record, "kind"); kind != nullptr && !kind->IsString()) {
    text += fmt::format("- kind: {}\n", cases(*kind));
  }
  if (const Value* active = find(record, "active")) {
    text += fmt::format("- has left when {} is {}\n", field(*find(*active, "field")),
                        texts(*find(*active, "inactive")));
  }
  if (find(record, "from") != nullptr) {
    text += fmt::format("- {}\n", relation(record));
  }
  if (const Value* relations = find(record, "relations")) {
    for (const Value* one : elements(*relations)) {
      text += fmt::format("- {}\n", relation(*one));
    }
  }
  return text + (text.ends_with("\n\n") ? "" : "\n");
}

std::string class_table(const Value& classes) {
  std::string text =
      "## Classes\n\n| class | tier | a special case of | also called |\n|---|---|---|---|\n";
  for (const auto& one : classes.GetObject()) {
    const Value* labels = find(one.value, "labels");
    text +=
        fmt::format("| {} | {} | {} | {} |\n", code(text_of(one.name)), text_in(one.value, "tier"),
                    plain(text_in(one.value, "extends")), labels == nullptr ? "" : texts(*labels));
  }
  return text + "\n";
}

std::string type_table(const Value& types) {
  std::string text = "## Types of relations\n\n| type | means |\n|---|---|\n";
  for (const Value* type : elements(types)) {
    text += fmt::format("| {} | {} |\n", plain(text_in(*type, "name")),
                        relation_words(*type, "the first", "the second"));
  }
  return text + "\n";
}

}  // namespace

std::string Profile::page() const {
  rapidjson::Document document;
  document.Parse(this->document().data(), this->document().size());
  std::string text =
      fmt::format("# {}\n\nProfile `{}`. {}\n\n", title(), id(), plain(description()));
  if (const Value* places = find(document, "recordsAt")) {
    text += fmt::format("Records also stand at {}.\n\n", listed(*places, ", ", field));
  }
  text += "## Records\n\n";
  for (const Value* record : elements(*find(document, "records"))) {
    text += record_text(*record);
  }
  if (const Value* classes = find(document, "classes")) {
    text += class_table(*classes);
  }
  if (const Value* types = find(document, "relationTypes")) {
    text += type_table(*types);
  }
  text += fmt::format(
      "`tierline profiles show {}` prints the document that this page is made from.\n", id());
  return text;
}

}  // namespace tierline
