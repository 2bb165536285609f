#include "profile/servicenow_estate.h"

#include <fmt/format.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <map>
#include <stdexcept>

#include "tierline/json_buffer.h"
#include "tierline/text.h"

namespace tierline::servicenow {
namespace {

class Json : public rapidjson::Writer<JsonBuffer> {
 public:
  Json() : Writer(text_) {}
  void text(const std::string& value) { String(value.c_str()); }
  void member(const std::string& name, const std::string& value) {
    Key(name.c_str());
    text(value);
  }
  [[nodiscard]] std::string written() const { return text_.GetString(); }

 private:
  JsonBuffer text_;
};

std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells;
  for (const std::string_view cell : split(line, "|")) {
    cells.emplace_back(trim(cell));
  }
  return cells;
}

Table read_table(std::string_view line) {
  const auto cells = cells_of(line);
  const std::size_t label = cells[0].find(" (");
  Table table;
  table.name = cells[0].substr(0, label);
  table.label = cells[0].substr(label + 2, cells[0].size() - label - 3);
  for (std::size_t i = 1; i < cells.size(); ++i) {
    const auto parts = split(cells[i], " > ");
    table.fields.push_back({std::string(parts[0]), parts.size() > 1 ? std::string(parts[1]) : ""});
  }
  return table;
}

Value read_value(const Field& field, const std::string& text) {
  const auto parts = split(text, " = ");
  if (parts.size() > 1) {
    return {std::string(parts[0]), std::string(parts[1])};
  }
  if (field.refers_to.empty() || text.empty()) {
    return {text, text};
  }
  // What was deleted has no name any more.
  const bool is_deleted = text.starts_with('!');
  const std::string id = id_of(is_deleted ? text.substr(1) : text);
  return {id, is_deleted ? id : text};
}

std::string link_to(const Field& field, const Value& value) {
  return fmt::format("https://example.service-now.com/api/now/table/{}/{}", field.refers_to,
                     value.stored);
}

void write_value(Json& json, const Field& field, const Value& value, TableApi how) {
  const bool has_link = how.links && !field.refers_to.empty() && !value.stored.empty();
  if (how.display != Display::both && !has_link) {
    json.text(how.display == Display::labels ? value.label : value.stored);
    return;
  }
  json.StartObject();
  if (how.display != Display::stored) {
    json.member("display_value", value.label);
  }
  if (how.display != Display::labels) {
    json.member("value", value.stored);
  }
  if (has_link) {
    json.member("link", link_to(field, value));
  }
  json.EndObject();
}

/// Every field of a record, those that all records have counted in.
template <typename Use>
void each_value(const Table& table, const Record& record, Use use) {
  use(Field{"sys_id", ""}, Value{record.id, record.id});
  if (table.holds_items()) {
    use(Field{"sys_class_name", ""}, Value{table.name, table.label});
  }
  for (std::size_t i = 0; i < table.fields.size(); ++i) {
    use(table.fields[i], record.values[i]);
  }
}

const Value& value_of(const Table& table, const Record& record, std::string_view field) {
  for (std::size_t i = 0; i < table.fields.size(); ++i) {
    if (table.fields[i].name == field) {
      return record.values[i];
    }
  }
  throw std::invalid_argument(fmt::format("{} has no field {}", table.name, field));
}

/// The relations of `cmdb_rel_ci` with `record` at the end `near`.
template <typename Use>
void each_relation(const Estate& estate, const Record& record, const std::string& near, Use use) {
  for (const Table& table : estate) {
    for (const Record& relation : table.records) {
      if (table.name == "cmdb_rel_ci" && value_of(table, relation, near).stored == record.id) {
        use(table, relation);
      }
    }
  }
}

/// The header of a column as people see it.
std::string header_label(const std::string& field) {
  const std::map<std::string, std::string> labels = {
      {"sys_id", "Sys ID"},
      {"sys_class_name", "Class"},
      {"name", "Name"},
      {"owned_by", "Owned by"},
      {"managed_by_group", "Managed By Group"},
      {"spm_service_portfolio", "Service portfolio"},
      {"service_portfolio", "Service portfolio"},
      {"spm_taxonomy_node", "Taxonomy node"},
      {"parent", "Parent"},
      {"child", "Child"},
      {"type", "Type"},
      {"service_id", "Service"},
      {"ci_id", "Configuration Item"},
      {"consumer_type", "Consumer type"},
      {"service_classification", "Service classification"},
      {"busines_criticality", "Business criticality"},
      {"operational_status", "Operational status"},
      {"parent_descriptor", "Parent descriptor"},
      {"child_descriptor", "Child descriptor"},
      {"user_name", "User ID"},
      {"active", "Active"},
      {"manager", "Manager"},
  };
  return labels.at(field);
}

std::string escaped(const std::string& text) {
  std::string xml;
  for (const char c : text) {
    xml += c == '<'   ? "&lt;"
           : c == '>' ? "&gt;"
           : c == '&' ? "&amp;"
           : c == '"' ? "&quot;"
                      : std::string(1, c);
  }
  return xml;
}

std::string element(const std::string& name, const std::string& text) {
  return text.empty() ? fmt::format("<{}/>", name)
                      : fmt::format("<{0}>{1}</{0}>", name, escaped(text));
}

std::string unloaded(const Table& table, const Record& record) {
  std::string xml = fmt::format("<{} action=\"INSERT_OR_UPDATE\">\n", table.name);
  each_value(table, record, [&](const Field& field, const Value& value) {
    const bool is_reference = !field.refers_to.empty();
    xml += is_reference && !value.stored.empty()
               ? fmt::format("<{0} display_value=\"{1}\">{2}</{0}>\n", field.name,
                             escaped(value.label), escaped(value.stored))
           : is_reference ? fmt::format("<{} display_value=\"\"/>\n", field.name)
                          : element(field.name, value.stored) + '\n';
  });
  return xml + fmt::format("</{}>\n", table.name);
}

std::string csv_cell(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    quoted += c == '"' ? "\"\"" : std::string(1, c);
  }
  return quoted + '"';
}

}  // namespace

bool Table::holds_items() const {
  return name.starts_with("cmdb_ci") || name.starts_with("spm_") || name == "service_offering";
}

std::string id_of(std::string_view name) {
  std::string id;
  for (const char letter : name) {
    id += fmt::format("{:02x}", static_cast<unsigned char>(letter));
  }
  id.resize(32, '0');
  return id;
}

Estate read_estate(std::string_view text) {
  Estate estate;
  bool in_table = false;
  for (const std::string_view line : split(text, "\n")) {
    if (trim(line).empty()) {
      in_table = false;
    } else if (!in_table) {
      estate.push_back(read_table(line));
      in_table = true;
    } else {
      Table& table = estate.back();
      const auto cells = cells_of(line);
      Record record{id_of(fmt::format("{}{}", table.name.substr(0, 12), table.records.size())), {}};
      for (std::size_t i = 0; i < table.fields.size(); ++i) {
        record.values.push_back(read_value(table.fields[i], cells.at(i)));
        record.id = table.fields[i].name == "name" ? id_of(cells.at(i)) : record.id;
      }
      table.records.push_back(std::move(record));
    }
  }
  return estate;
}

std::string as_table_api(const Table& table, TableApi how) {
  Json json;
  json.StartObject();
  json.Key("result");
  json.StartArray();
  for (const Record& record : table.records) {
    json.StartObject();
    each_value(table, record, [&](const Field& field, const Value& value) {
      json.Key(field.name.c_str());
      write_value(json, field, value, how);
    });
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  return json.written();
}

std::string as_rest_xml(const Table& table, TableApi how) {
  std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<response>";
  for (const Record& record : table.records) {
    xml += "<result>";
    each_value(table, record, [&](const Field& field, const Value& value) {
      const bool has_link = how.links && !field.refers_to.empty() && !value.stored.empty();
      if (how.display != Display::both && !has_link) {
        xml += element(field.name, how.display == Display::labels ? value.label : value.stored);
        return;
      }
      xml += fmt::format("<{}>", field.name);
      xml += how.display != Display::stored ? element("display_value", value.label) : "";
      xml += how.display != Display::labels ? element("value", value.stored) : "";
      xml += has_link ? element("link", link_to(field, value)) : "";
      xml += fmt::format("</{}>", field.name);
    });
    xml += "</result>";
  }
  return xml + "</response>";
}

std::string as_xml(const Estate& estate, const std::string& root, Order order) {
  std::string xml = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{} unload_date=\"2026-11-21 06:00:00\">\n",
      root);
  std::size_t longest = 0;
  for (const Table& table : estate) {
    for (const Record& record : table.records) {
      xml += order == Order::by_table ? unloaded(table, record) : "";
    }
    longest = std::max(longest, table.records.size());
  }
  for (std::size_t i = 0; i < longest && order == Order::in_turns; ++i) {
    for (const Table& table : estate) {
      xml += i < table.records.size() ? unloaded(table, table.records[i]) : "";
    }
  }
  return xml + fmt::format("</{}>\n", root);
}

std::string as_list_json(const Table& table, bool with_dv_fields) {
  Json json;
  json.StartObject();
  json.Key("records");
  json.StartArray();
  for (const Record& record : table.records) {
    json.StartObject();
    json.member("__status", "success");
    each_value(table, record, [&](const Field& field, const Value& value) {
      json.member(field.name, value.stored);
      if (with_dv_fields) {
        json.member("dv_" + field.name, value.label);
      }
    });
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  return json.written();
}

std::string as_csv(const Table& table, Display display, Headers headers) {
  std::string header;
  std::string rows;
  for (const Record& record : table.records) {
    std::string row;
    header.clear();
    each_value(table, record, [&](const Field& field, const Value& value) {
      const std::string separator = row.empty() ? "" : ",";
      header +=
          separator + csv_cell(headers == Headers::labels ? header_label(field.name) : field.name);
      row += separator + csv_cell(display == Display::labels ? value.label : value.stored);
    });
    rows += row + "\r\n";
  }
  return header + "\r\n" + rows;
}

std::string as_instance(const Estate& estate, const Table& table, const Record& record) {
  Json json;
  json.StartObject();
  json.Key("result");
  json.StartObject();
  json.Key("attributes");
  json.StartObject();
  each_value(table, record, [&](const Field& field, const Value& value) {
    json.Key(field.name.c_str());
    const bool is_reference = !field.refers_to.empty() && !value.stored.empty();
    write_value(json, field, value, {is_reference ? Display::both : Display::stored, is_reference});
  });
  json.EndObject();
  for (const auto& [list, near, far] : {std::tuple("outbound_relations", "parent", "child"),
                                        std::tuple("inbound_relations", "child", "parent")}) {
    json.Key(list);
    json.StartArray();
    each_relation(estate, record, near, [&](const Table& relations, const Record& relation) {
      json.StartObject();
      json.member("sys_id", relation.id);
      json.Key("type");
      write_value(json, {"type", "cmdb_rel_type"}, value_of(relations, relation, "type"),
                  {Display::both, true});
      json.Key("target");
      write_value(json, {"target", "cmdb_ci"}, value_of(relations, relation, far),
                  {Display::both, true});
      json.EndObject();
    });
    json.EndArray();
  }
  json.EndObject();
  json.EndObject();
  return json.written();
}

std::string as_service_graph(const Estate& estate, const Table& table, const Record& record) {
  Json json;
  json.StartObject();
  json.Key("result");
  json.StartObject();
  each_value(table, record, [&](const Field& field, const Value& value) {
    json.Key(field.name.c_str());
    value.stored.empty() ? json.Null() : json.String(value.stored.c_str());
  });
  json.Key("relationships");
  json.StartArray();
  each_relation(estate, record, "parent", [&](const Table& relations, const Record& relation) {
    const Value& child = value_of(relations, relation, "child");
    json.StartObject();
    json.member("name", child.label);
    json.member("sys_id", child.stored);
    json.Key("number");
    json.Null();
    json.member("relationship", value_of(relations, relation, "type").label);
    json.EndObject();
  });
  json.EndArray();
  json.EndObject();
  json.EndObject();
  return json.written();
}

}  // namespace tierline::servicenow
