#pragma once
// English for the words that exports in other languages use for fields, states and relations. Only
// words that stand in headers and codes of CMDBs; what is not among them stays as it is.

#include <string>
#include <vector>

namespace tierline {

/// Words in small letters, translated one by one; a German compound is taken apart where its last
/// part is known: `objekttyp` is `objekt`, `type`.
std::vector<std::string> in_english(std::vector<std::string> words);

}  // namespace tierline
