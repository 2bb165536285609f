#pragma once
// Texts as Graphviz takes them.

#include <string>
#include <string_view>

namespace tierline {

/// cgraph takes its texts as if it might change them; it does not.
char* text(const std::string& value);

/// Sets an attribute of a graph, node or edge.
void set(void* object, const std::string& name, const std::string& value);

/// A text as Graphviz shows it: without control characters, backslashes doubled.
std::string escaped(std::string_view value);

/// Escaped, and broken at blanks into lines that fit into a node.
std::string wrapped(std::string_view value);

}  // namespace tierline
