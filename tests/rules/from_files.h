#pragma once
// An estate as an export states it, for what the one-line form has no words for.
//
//   const Given estate = from_files({{"items.csv", "id,tier,facing\nShop,service,external\n"}});

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "given.h"
#include "scratch.h"

namespace tierline {

/// A file of the export; its name may have folders in it.
struct ExportFile {
  std::string name;
  std::string text;
};

/// The files, read as one folder and audited as of 2026-11-21 unless `options` say otherwise.
inline Given from_files(const std::vector<ExportFile>& files, AuditOptions options = {}) {
  const Scratch scratch;
  for (const ExportFile& file : files) {
    scratch.write(file.name, file.text);
  }
  options.import.inputs = {scratch.path().string()};
  if (options.import.as_of.empty()) {
    options.import.as_of = "2026-11-21";
  }
  auto audited = audit(options);
  if (!audited) {
    throw std::runtime_error("from_files: " + to_string(audited.error()));
  }
  return Given(std::move(*audited));
}

/// Options that judge as if nothing were left out.
inline AuditOptions assuming_complete() {
  AuditOptions options;
  options.rules.assume_complete = true;
  return options;
}

/// Options that judge by all rules.
inline AuditOptions by_all_rules() {
  AuditOptions options;
  options.rules.set = RuleSet::all;
  return options;
}

}  // namespace tierline
