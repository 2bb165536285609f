#pragma once
// Entries of `[[accept]]`, wherever they stand.

#include <toml++/toml.h>

#include <string>
#include <vector>

#include "tierline/acceptance.h"

namespace tierline {

/// Adds those of a document; an error names the line, and what to do.
Status add_accept_entries(const toml::node& entries, const std::string& file,
                          std::vector<Acceptance>& all);

}  // namespace tierline
