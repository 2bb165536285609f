#pragma once
// Texts as Graphviz takes them.

#include <string>
#include <string_view>

namespace tierline {

/// cgraph takes its texts as if it might change them; it does not.
char* text(const std::string& value);

/// Sets an attribute of a graph, node or edge.
void set(void* object, const std::string& name, const std::string& value);

/// A text as a label or a tooltip shows it. Control characters, and what XML does not allow, become
/// blanks.
std::string for_label(std::string_view value);
std::string for_tooltip(std::string_view value);

/// For a label, broken into lines that fit into a node: at blanks, or where a word is longer. What
/// is very long is cut.
std::string wrapped(std::string_view value);

}  // namespace tierline
