#pragma once
// What an export means, as data: a JSON document that says which records are items, parties and
// relations, which fields hold what, and what their values stand for. `tierline schema profile`
// prints its JSON Schema; profiles/ has the built-in ones. No export needs code.

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "tierline/result.h"

namespace tierline {

struct CompiledProfile;

/// A profile, checked and ready to use.
class Profile {
 public:
  /// An error names the place in the document: `/records/2/from: ...`.
  static Result<Profile> parse(std::string_view document, const std::string& file);
  static Result<Profile> load(const std::string& path);

  [[nodiscard]] const std::string& id() const;
  [[nodiscard]] const std::string& title() const;
  [[nodiscard]] const std::string& description() const;
  /// The document as it was written.
  [[nodiscard]] const std::string& document() const;

  /// What it reads and what it makes of that, as a page of Markdown.
  [[nodiscard]] std::string page() const;

  /// The same, for which these stand for nobody as well, in owner fields. `*` is any characters.
  [[nodiscard]] Profile with_placeholders(std::span<const std::string> words) const;

  /// The same, to which organisations of these names are IT, and no others. `*` is any characters.
  [[nodiscard]] Profile with_it_organisations(std::span<const std::string> names) const;

  [[nodiscard]] const CompiledProfile& compiled() const { return *compiled_; }

 private:
  explicit Profile(std::shared_ptr<const CompiledProfile> compiled)
      : compiled_(std::move(compiled)) {}
  std::shared_ptr<const CompiledProfile> compiled_;
};

/// The profiles that come with tierline, sorted by id.
std::span<const Profile> built_in_profiles();

/// The JSON Schema of profile documents.
std::string_view profile_schema();

}  // namespace tierline
