#pragma once
// planted.json, beside an export: what there is to find in it.

#include <filesystem>

#include "synthetic.h"

namespace tierline::synthetic {

/// Throws std::runtime_error when the file cannot be written.
void write_planted(const Planted& planted, const Options& options,
                   const std::filesystem::path& path);

}  // namespace tierline::synthetic
