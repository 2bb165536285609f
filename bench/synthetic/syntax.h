#pragma once
// How records become text: one class a format. The fields of a record gather until it ends.

#include <memory>
#include <string>
#include <string_view>

#include "synthetic.h"

namespace tierline::synthetic {

class Syntax {
 public:
  Syntax() = default;
  Syntax(const Syntax&) = delete;
  Syntax& operator=(const Syntax&) = delete;
  virtual ~Syntax() = default;

  virtual std::string_view extension() const = 0;
  virtual void text(std::string_view field, std::string_view value) = 0;
  virtual void reference(std::string_view field, std::string_view table, std::string_view id) = 0;
  /// Called when the fields of the file's first record are known.
  virtual void begin_file(std::string& out) = 0;
  virtual void end_record(std::string& out) = 0;
  virtual void end_file(std::string& out) = 0;
};

/// Raw values, all quoted.
std::unique_ptr<Syntax> csv_syntax();
/// As the Table API answers.
std::unique_ptr<Syntax> json_syntax();
std::unique_ptr<Syntax> ndjson_syntax();
/// As the Table API answers when asked for XML.
std::unique_ptr<Syntax> xml_syntax();
/// A list of records, raw values.
std::unique_ptr<Syntax> yaml_syntax();

/// A JSON string.
void append_json(std::string& out, std::string_view text);

}  // namespace tierline::synthetic
