#pragma once
// What of the options of an import says which exports are read.

#include "mapping/export_files.h"
#include "tierline/import.h"

namespace tierline {

/// `options` must outlive it.
inline ExportRequest export_request(const ImportOptions& options) {
  const bool named = !options.profiles.empty();
  return {.inputs = options.inputs,
          .profiles = named ? std::span<const Profile>(options.profiles) : built_in_profiles(),
          .profiles_are_named = named,
          .pass_over_unknown = options.pass_over_unknown,
          .sources = options.sources,
          .details = options.details};
}

}  // namespace tierline
