// The built-in profiles on small exports of their sources: each folder of fixtures/profiles has one
// in its main shape, `export`, what comes of it, and the same estate in other shapes.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "fixture_folders.h"
#include "inventory_text.h"
#include "tierline/audit.h"
#include "tierline/text.h"
#include "transcript.h"

namespace tierline {
namespace {

namespace fs = std::filesystem;

const fs::path fixtures = fs::path(TIERLINE_ROOT) / "fixtures" / "profiles";

Audit audit_of(const fs::path& folder) {
  AuditOptions options;
  options.import.inputs = {folder.string()};
  options.import.as_of = "2026-11-21";
  auto audited = audit(options);
  if (!audited) {
    throw std::runtime_error(to_string(audited.error()));
  }
  return std::move(*audited);
}

/// What was found, without places: these differ from shape to shape.
std::string findings_text(const Audit& audit) {
  std::vector<std::string> lines;
  for (const Finding& finding : audit.findings()) {
    const Subject& subject = finding.subject;
    const std::string name =
        subject.kind == SubjectKind::item ? audit.inventory->label(subject.item) : subject.name;
    lines.push_back(fmt::format("{}: {} ({})", finding.rule->id, name, finding.fingerprint));
  }
  std::ranges::sort(lines);
  return join(lines, "\n") + "\n";
}

class BuiltIn : public testing::TestWithParam<fs::path> {};

TEST_P(BuiltIn, UnderstandsItsSource) {
  const Audit audited = audit_of(GetParam() / "export");
  for (const InputSummary& input : audited.inventory->inputs()) {
    EXPECT_EQ(input.profile, GetParam().filename()) << input.path;
  }
  expect_file(GetParam() / "expected.txt",
              without_folder(GetParam(), inventory_text(*audited.inventory)) + "\n" +
                  findings_text(audited));
}

TEST_P(BuiltIn, SaysTheSameOfEveryShape) {
  const std::string expected = findings_text(audit_of(GetParam() / "export"));
  for (const fs::directory_entry& entry : fs::directory_iterator(GetParam())) {
    if (entry.path().filename().string().starts_with("export-")) {
      EXPECT_EQ(findings_text(audit_of(entry.path())), expected) << entry.path();
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Fixtures, BuiltIn, testing::ValuesIn(fixture_folders("profiles")),
                         test_name);

TEST(BuiltInProfiles, EachHaveAnExportOfTheirOwn) {
  for (const Profile& profile : built_in_profiles()) {
    const bool has_estate = profile.id() == "servicenow" || profile.id() == "tierline";
    EXPECT_TRUE(has_estate || fs::exists(fixtures / profile.id() / "export")) << profile.id();
  }
}

}  // namespace
}  // namespace tierline
