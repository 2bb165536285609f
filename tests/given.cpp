#include "given.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <map>
#include <stdexcept>

#include "scratch.h"
#include "tierline/json_buffer.h"
#include "tierline/text.h"

namespace tierline {
namespace {

using Fields = std::map<std::string, std::string>;

/// The three tables of tierline's own format.
struct Tables {
  std::vector<Fields> items;
  std::vector<Fields> relations;
  std::vector<Fields> parties;
};

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (const std::string_view word : split(text, " ")) {
    if (!word.empty()) {
      words.emplace_back(word);
    }
  }
  return words;
}

void add_to(std::string& list, std::string_view value) {
  list += (list.empty() ? "" : ";") + std::string(value);
}

void read_chain(const std::vector<std::string>& words, Tables& tables) {
  const std::map<std::string, std::string> types = {
      {"->", "needs"}, {"=>", "contains"}, {"~>", "data"}, {"-|>", "serves"}};
  for (std::size_t i = 0; i + 2 < words.size(); i += 2) {
    tables.relations.push_back({{"id", fmt::format("r{}", tables.relations.size() + 1)},
                                {"from", words[i]},
                                {"to", words[i + 2]},
                                {"type", types.at(words[i + 1])}});
  }
}

/// `NAME:VALUE` for the names that fields have as well, `_` standing for a blank.
bool read_detail(const std::string& word, std::initializer_list<std::string_view> names,
                 Fields& fields) {
  const std::size_t colon = word.find(':');
  const std::string name = word.substr(0, colon);
  if (colon == std::string::npos || std::ranges::find(names, name) == names.end()) {
    return false;
  }
  std::string value = word.substr(colon + 1);
  std::ranges::replace(value, '_', ' ');
  fields[name] = value;
  return true;
}

void read_flag(const std::string& word, Fields& item) {
  const auto value = [&](std::string_view prefix) { return word.substr(prefix.size()); };
  if (word.starts_with('@')) {
    add_to(item["owner"], value("@"));
  } else if (word.starts_with('+')) {
    add_to(item["group"], value("+"));
  } else if (word.starts_with('?')) {
    add_to(item["contact"], value("?"));
  } else if (word.starts_with("in:")) {
    add_to(item["portfolio"], value("in:"));
  } else if (word.starts_with("class:")) {
    item["class"] = value("class:");
  } else if (word.starts_with("env:")) {
    item["environment"] = value("env:");
  } else if (word.starts_with("criticality:")) {
    item["criticality"] = value("criticality:");
  } else if (word == "critical") {
    item["criticality"] = "1";
  } else if (word == "planned" || word == "retiring" || word == "retired") {
    item["state"] = word;
  } else if (!read_detail(word,
                          {"manager", "delegate", "updated", "attested", "reviewed", "ends",
                           "customers", "serial", "minUp", "description"},
                          item)) {
    throw std::invalid_argument("given: what is '" + word + "'?");
  }
}

void read_item(const std::vector<std::string>& words, Tables& tables) {
  const std::string& kind = words[0];
  Fields item = {{"id", words[1]},  {"name", words[1]}, {"tier", kind},  {"facing", ""},
                 {"owner", ""},     {"group", ""},      {"contact", ""}, {"state", "live"},
                 {"portfolio", ""}, {"criticality", ""}};
  if (kind == "external" || kind == "internal" || kind == "supporting") {
    item["tier"] = "service";
    item["facing"] = kind;
  } else if (kind == "thing") {
    item["tier"] = "none";
  }
  item["class"] = item["tier"];
  for (std::size_t i = 2; i < words.size(); ++i) {
    read_flag(words[i], item);
  }
  tables.items.push_back(std::move(item));
}

void read_party(const std::vector<std::string>& words, Tables& tables) {
  Fields party = {{"id", words[1]}, {"name", words[1]}, {"kind", words[0]}};
  for (std::size_t i = 2; i < words.size(); ++i) {
    if (words[i] == "left") {
      party["active"] = "false";
    } else if (words[i].starts_with("until:")) {
      party["until"] = words[i].substr(6);
    } else if (words[i].starts_with("lead:")) {
      party["lead"] = words[i].substr(5);
    } else if (words[i].starts_with("in:")) {
      party["organisation"] = words[i].substr(3);
    } else if (!read_detail(words[i], {"title", "manager", "employment"}, party)) {
      throw std::invalid_argument("given: what is '" + words[i] + "'?");
    }
  }
  tables.parties.push_back(std::move(party));
}

std::string to_json(const Tables& tables) {
  JsonBuffer text;
  rapidjson::Writer<JsonBuffer> json(text);
  const auto table = [&](const char* name, const std::vector<Fields>& rows) {
    json.Key(name);
    json.StartArray();
    for (const Fields& row : rows) {
      json.StartObject();
      for (const auto& [field, value] : row) {
        json.Key(field.c_str());
        json.String(value.c_str());
      }
      json.EndObject();
    }
    json.EndArray();
  };
  json.StartObject();
  table("items", tables.items);
  table("relations", tables.relations);
  table("parties", tables.parties);
  json.EndObject();
  return text.GetString();
}

std::string name_of(const Inventory& inventory, const Finding& finding) {
  return finding.subject.kind == SubjectKind::item ? inventory.label(finding.subject.item)
                                                   : finding.subject.name;
}

}  // namespace

Given given(std::string_view statements, const RuleSelection& rules) {
  Tables tables;
  for (const std::string_view statement : split(statements, ";")) {
    const auto words = words_of(statement);
    if (words.empty()) {
      continue;
    }
    const bool is_chain = words.size() > 2 && words[1].ends_with('>');
    const bool is_party = words[0] == "person" || words[0] == "group" || words[0] == "organisation";
    is_chain   ? read_chain(words, tables)
    : is_party ? read_party(words, tables)
               : read_item(words, tables);
  }
  const Scratch scratch;
  AuditOptions options;
  options.import.inputs = {scratch.write("estate.json", to_json(tables))};
  options.import.as_of = "2026-11-21";
  options.rules = rules;
  auto audited = audit(options);
  if (!audited) {
    throw std::runtime_error("given: " + to_string(audited.error()));
  }
  return Given(std::move(*audited));
}

std::vector<std::string> Given::subjects(std::string_view rule) const {
  std::vector<std::string> names;
  for (const Finding& finding : audit_.findings()) {
    if (finding.rule->id == rule) {
      names.push_back(name_of(inventory(), finding));
    }
  }
  std::ranges::sort(names);
  return names;
}

std::vector<std::string> Given::messages(std::string_view rule) const {
  std::vector<std::string> messages;
  for (const Finding& finding : audit_.findings()) {
    if (finding.rule->id == rule) {
      messages.push_back(name_of(inventory(), finding) + ": " + finding.message);
    }
  }
  std::ranges::sort(messages);
  return messages;
}

Finding Given::only(std::string_view rule) const {
  std::vector<Finding> findings = audit_.findings();
  std::erase_if(findings, [&](const Finding& finding) { return finding.rule->id != rule; });
  if (findings.size() != 1) {
    throw std::runtime_error(fmt::format("{} findings of {}, not one", findings.size(), rule));
  }
  return std::move(findings.front());
}

std::vector<std::string> Given::not_evaluated(std::string_view rule) const {
  std::vector<std::string> reasons;
  for (const NotEvaluated& one : audit_.results.not_evaluated) {
    if (one.rule->id == rule) {
      reasons.push_back(one.reason);
    }
  }
  std::ranges::sort(reasons);
  return reasons;
}

ItemId Given::item(std::string_view name) const {
  auto found = find_item(inventory(), name);
  if (!found) {
    throw std::runtime_error(to_string(found.error()));
  }
  return *found;
}

}  // namespace tierline
