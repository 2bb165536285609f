#pragma once
// Documents held against the JSON Schemas that tierline publishes, and these against what a schema
// has to be: a validator passes over keywords that it does not know, so a slip of the pen in a
// schema would let everything through.

#include <string>
#include <string_view>
#include <vector>

namespace tierline {

/// What is wrong with a document, as `/findings/0/severity: why`; nothing when it fits the schema.
std::vector<std::string> schema_errors(std::string_view schema, std::string_view document);

/// What is wrong with a schema itself: keywords that draft 7 does not have, references that lead
/// nowhere, definitions that nothing refers to, and members that no description explains.
std::vector<std::string> schema_flaws(std::string_view schema);

}  // namespace tierline
