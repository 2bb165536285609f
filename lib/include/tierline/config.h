#pragma once
// tierline.toml: what all audits of an estate have in common, in a file that people can review.
// Options of the command line win. `tierline config` prints what is in force and who says so;
// `tierline schema config` prints the JSON Schema.

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tierline/baseline.h"
#include "tierline/inventory.h"
#include "tierline/item_link.h"
#include "tierline/result.h"
#include "tierline/rule.h"

namespace tierline {

struct Config {
  /// Those that were read, as messages name them: what a file extends before it. None without one.
  std::vector<std::string> files;
  std::string digest;                    ///< XXH3-128 of all of them; empty without one.
  std::vector<std::string> passed_over;  ///< Nearer ones that lie within what is audited.

  std::string estate;  ///< What it is called; empty where nobody says.
  RuleSet set = RuleSet::core;
  std::optional<Severity> fail_on = Severity::high;  ///< Nothing: findings never fail the run.
  std::vector<std::string> placeholder_words;        ///< Those of the profiles hold as well.
  std::vector<std::string> it_orgs;                  ///< In place of those of the profiles.
  std::vector<std::string> executive_titles = standard_executive_titles();
  std::vector<DomainOwner> domain_owners;  ///< By class, sorted by it.
  LinkTemplate link;                       ///< To pages of items.
  std::vector<std::string> profiles;       ///< Names, and paths from the working folder.
  std::map<std::string, RuleSettings, std::less<>> rules;
  Acceptances acceptances;
  GuardLimits guard;
  std::vector<std::string> acceptance_files;  ///< Where those stand that stand by themselves.

  /// Who says it, by key, such as `rules.owner-overloaded.severity`: a line of a file, or an
  /// option. What is not in here is built in.
  std::map<std::string, Place, std::less<>> places;
};

/// An error names file and line, and what is nearest to a key, rule or value that is not known.
/// `exports` are the folders and files that are to be audited: configuration never comes from
/// within them, as an export must not say how it is judged.
Result<Config> read_config(const std::string& file, std::span<const std::string> exports);

/// Adds those of a file of acceptances, TOML or CSV by its ending, to a configuration. An error
/// names file and line, and what to do.
Status read_acceptances(const std::string& file, std::span<const std::string> exports,
                        Config& config);

/// What a file of acceptances holds, of which this is the text; its ending tells the format.
Result<std::vector<Acceptance>> parse_acceptances(std::string text, const std::string& file);

/// An acceptance as an entry of such a file, `[[accept]]` and what follows.
std::string acceptance_text(const Acceptance& acceptance);

struct ConfigSearch {
  std::string file;                      ///< Empty where there is none.
  std::vector<std::string> passed_over;  ///< Nearer ones that lie within an export.
};

/// The nearest tierline.toml in the working folder or above it.
ConfigSearch find_config(std::span<const std::string> exports);

/// What is in force, as a tierline.toml that says the same, with who says so in comments.
std::string config_text(const Config& config);

/// The JSON Schema of tierline.toml.
std::string_view config_schema();

/// `high`, or `never` for nothing.
std::string_view to_string(const std::optional<Severity>& fail_on);

/// The severity, or nothing for `never`; an error for any other word, without place.
Result<std::optional<Severity>> fail_on_of(std::string_view word);

}  // namespace tierline
