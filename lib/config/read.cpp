// tierline.toml, read with everything that it extends.

#include <fmt/format.h>
#include <toml++/toml.h>
#include <xxhash.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>

#include "config/accept_entries.h"
#include "config/within.h"
#include "tierline/config.h"
#include "tierline/profile.h"
#include "tierline/small_file.h"
#include "tierline/text.h"

namespace tierline {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_bytes = std::size_t{1024} * 1024;
/// `is no x (did you mean 'y'?); there are a, b and c`
std::string unknown(std::string_view kind, std::string_view word,
                    const std::vector<std::string>& known) {
  return fmt::format("'{}' is no {}{}; there are {}", shortened(word), kind,
                     did_you_mean(word, known), join(known, ", "));
}

/// Reads one file into a configuration that has what it extends. The first error counts.
class FileReader {
 public:
  FileReader(const std::string& file, Config& config) : file_(file), config_(config) {}

  Status read(const toml::table& document) {
    read_keys(
        document, "key",
        {{"accept", [&](const toml::node& node) { read_accept(node); }},
         {"acceptance_policy", [&](const toml::node& node) { read_policy(node); }},
         {"acceptances", [&](const toml::node& node) { read_acceptance_files(node); }},
         {"domain_owners", [&](const toml::node& node) { read_domain_owners(node); }},
         {"estate", [&](const toml::node& node) { read_estate(node); }},
         {"executive_titles",
          [&](const toml::node& node) {
            config_.executive_titles = texts_of(node, "executive_titles");
          }},
         {"extends", [](const toml::node&) {}},
         {"fail_on", [&](const toml::node& node) { read_fail_on(node); }},
         {"guard", [&](const toml::node& node) { read_guard(node); }},
         {"it_orgs", [&](const toml::node& node) { config_.it_orgs = texts_of(node, "it_orgs"); }},
         {"link", [&](const toml::node& node) { read_link(node); }},
         {"placeholder_words",
          [&](const toml::node& node) {
            config_.placeholder_words = texts_of(node, "placeholder_words");
          }},
         {"profiles", [&](const toml::node& node) { read_profiles(node); }},
         {"rules", [&](const toml::node& node) { read_rules(node); }},
         {"set", [&](const toml::node& node) { read_set(node); }}});
    return error_ ? Status(*error_) : Status(Done{});
  }

  /// The files it extends, seen from the working folder.
  Result<std::vector<std::string>> extended(const toml::table& document) {
    std::vector<std::string> files;
    if (const toml::node* const node = document.get("extends")) {
      for (const std::string& name : texts_of(*node, "extends")) {
        if (fs::path(name).is_absolute()) {
          fail(*node, fmt::format("extends: '{}' is not relative to this file", shortened(name)));
        }
        files.push_back(beside(name));
      }
    }
    if (error_) {
      return *error_;
    }
    return files;
  }

 private:
  using Read = std::function<void(const toml::node&)>;

  void fail(const toml::node& node, std::string message) {
    if (!error_) {
      error_ = Error{std::move(message), {file_, node.source().begin.line}};
    }
  }

  void said(const std::string& key, const toml::node& node) {
    config_.places[key] = {file_, node.source().begin.line};
  }

  /// Each key by what reads it; others are errors.
  void read_keys(const toml::table& table, std::string_view kind,
                 const std::map<std::string, Read, std::less<>>& known) {
    for (const auto& [key, node] : table) {
      const auto found = known.find(key.str());
      if (found != known.end()) {
        found->second(node);
        continue;
      }
      std::vector<std::string> names;
      for (const auto& [name, read] : known) {
        names.push_back(name);
      }
      if (!error_) {
        error_ = Error{unknown(kind, key.str(), names), {file_, key.source().begin.line}};
      }
    }
  }

  std::optional<std::string> text_of(const toml::node& node, std::string_view key) {
    if (const auto* const text = node.as_string(); text != nullptr && !text->get().empty()) {
      return text->get();
    }
    fail(node, fmt::format("{}: expected a text", key));
    return std::nullopt;
  }

  /// A list of texts, or one of them.
  std::vector<std::string> texts_of(const toml::node& node, const std::string& key) {
    said(key, node);
    std::vector<std::string> all;
    if (const toml::array* const list = node.as_array()) {
      for (const toml::node& element : *list) {
        if (auto text = text_of(element, key)) {
          all.push_back(std::move(*text));
        }
      }
    } else if (auto text = text_of(node, key)) {
      all.push_back(std::move(*text));
    }
    return all;
  }

  void read_set(const toml::node& node) {
    const auto word = text_of(node, "set");
    if (!word) {
      return;
    }
    if (*word != "core" && *word != "all") {
      return fail(node, "set: " + unknown("set of rules", *word, {"core", "all"}));
    }
    config_.set = *word == "all" ? RuleSet::all : RuleSet::core;
    said("set", node);
  }

  void read_fail_on(const toml::node& node) {
    if (const auto word = text_of(node, "fail_on")) {
      auto severity = fail_on_of(*word);
      if (!severity) {
        return fail(node, "fail_on: " + severity.error().message);
      }
      config_.fail_on = *severity;
      said("fail_on", node);
    }
  }

  /// Those of all files hold, whichever extends which.
  void read_accept(const toml::node& node) {
    config_.acceptances.are_given = true;
    if (auto added = add_accept_entries(node, file_, config_.acceptances.all); !added && !error_) {
      error_ = added.error();
    }
  }

  void read_policy(const toml::node& node) {
    if (const auto word = text_of(node, "acceptance_policy")) {
      const auto policy = acceptance_policy_called(*word);
      if (!policy) {
        return fail(node,
                    "acceptance_policy: " + unknown("policy", *word, {"off", "warn", "require"}));
      }
      config_.acceptances.policy = *policy;
      said("acceptance_policy", node);
    }
  }

  void read_acceptance_files(const toml::node& node) {
    config_.acceptance_files = texts_of(node, "acceptances");
    for (std::string& file : config_.acceptance_files) {
      file = beside(file);
    }
  }

  /// Names of ours stay; all others are paths beside this file.
  void read_profiles(const toml::node& node) {
    config_.profiles = texts_of(node, "profiles");
    for (std::string& profile : config_.profiles) {
      const auto is_it = [&](const Profile& one) { return one.id() == profile; };
      if (std::ranges::none_of(built_in_profiles(), is_it)) {
        profile = beside(profile);
      }
    }
  }

  void read_estate(const toml::node& node) {
    if (auto name = text_of(node, "estate")) {
      config_.estate = std::move(*name);
      said("estate", node);
    }
  }

  void read_link(const toml::node& node) {
    const auto text = text_of(node, "link");
    if (!text) {
      return;
    }
    auto link = LinkTemplate::parse(*text);
    if (!link) {
      return fail(node, "link: " + link.error().message);
    }
    config_.link = std::move(*link);
    said("link", node);
  }

  /// Class by class; those of what this extends hold where it says nothing.
  void read_guard(const toml::node& node) {
    const toml::table* const table = node.as_table();
    if (table == nullptr) {
      return fail(node, "guard: expected a table, [guard]");
    }
    GuardLimits& limits = config_.guard;
    const auto limit = [&](const char* name, std::uint32_t& value) {
      return std::pair<std::string, std::function<void(const toml::node&)>>(
          name, [this, name, &value](const toml::node& said_here) {
            const std::string key = fmt::format("guard.{}", name);
            const auto* const number = said_here.as_integer();
            if (number == nullptr || **number < 0 || **number > 1'000'000'000) {
              return fail(said_here, key + ": expected a whole number from 0 to 1000000000");
            }
            value = static_cast<std::uint32_t>(**number);
            said(key, said_here);
          });
    };
    read_keys(*table, "key of guard",
              {limit("fall", limits.fall), limit("fallen_records", limits.fallen_records),
               limit("rise", limits.rise), limit("risen_findings", limits.risen_findings)});
  }

  void read_domain_owners(const toml::node& node) {
    const toml::table* const table = node.as_table();
    if (table == nullptr) {
      return fail(node, "domain_owners: expected a table, [domain_owners]");
    }
    for (const auto& [classes, owner] : *table) {
      const std::string key = fmt::format("domain_owners.{}", shortened(classes.str()));
      const auto text = text_of(owner, key);
      if (!text) {
        continue;
      }
      const DomainOwner said_here{
          std::string(classes.str()), *text, {file_, owner.source().begin.line}};
      auto& all = config_.domain_owners;
      const auto at = std::ranges::lower_bound(all, said_here.classes, {}, &DomainOwner::classes);
      if (at != all.end() && at->classes == said_here.classes) {
        *at = said_here;
      } else {
        all.insert(at, said_here);
      }
    }
  }

  void read_rules(const toml::node& node) {
    const toml::table* const table = node.as_table();
    if (table == nullptr) {
      return fail(node, "rules: expected a table, [rules]");
    }
    for (const auto& [key, settings] : *table) {
      const Rule* const rule = rule_called(key.str());
      if (rule != nullptr) {
        read_rule(*rule, settings);
      } else if (!error_) {
        const std::string id(key.str());
        error_ = Error{fmt::format("no rule is called '{}'{}; `tierline rules` lists them",
                                   shortened(id), did_you_mean(id, Register<Rule>::ids())),
                       {file_, key.source().begin.line}};
      }
    }
  }

  /// `false`, a severity, or a table of all there is to say.
  void read_rule(const Rule& rule, const toml::node& node) {
    const std::string key = fmt::format("rules.{}", rule.id);
    RuleSettings& settings = config_.rules[std::string(rule.id)];
    if (const toml::table* const table = node.as_table()) {
      std::map<std::string, Read, std::less<>> known = {
          {"on", [&](const toml::node& one) { read_flag(one, key + ".on", settings.on); }},
          {"fails", [&](const toml::node& one) { read_flag(one, key + ".fails", settings.fails); }},
          {"severity", [&](const toml::node& one) { read_severity(one, key, settings); }}};
      for (const RuleOption& option : rule.options) {
        known.emplace(option.name,
                      [&](const toml::node& one) { read_option(one, key, option, settings); });
      }
      read_keys(*table, fmt::format("setting of {}", rule.id), known);
    } else if (node.is_boolean()) {
      read_flag(node, key + ".on", settings.on);
    } else if (node.is_string()) {
      read_severity(node, key, settings);
    } else {
      fail(node, fmt::format("{}: expected true, false, a severity or a table", key));
    }
  }

  void read_flag(const toml::node& node, const std::string& key, std::optional<bool>& flag) {
    if (const auto* const value = node.as_boolean()) {
      flag = value->get();
      said(key, node);
    } else {
      fail(node, fmt::format("{}: expected true or false", key));
    }
  }

  void read_severity(const toml::node& node, const std::string& rule_key, RuleSettings& settings) {
    const std::string key = rule_key + ".severity";
    const auto word = text_of(node, key);
    if (!word) {
      return;
    }
    settings.severity = severity_called(*word);
    if (!settings.severity) {
      return fail(node, fmt::format("{}: {}", key, unknown("severity", *word, severity_names())));
    }
    said(key, node);
  }

  void read_option(const toml::node& node, const std::string& rule_key, const RuleOption& option,
                   RuleSettings& settings) {
    const std::string key = fmt::format("{}.{}", rule_key, option.name);
    const auto* const number = node.as_integer();
    if (number == nullptr || number->get() < option.least || number->get() > option.most) {
      return fail(node, fmt::format("{}: expected a whole number from {} to {}", key, option.least,
                                    option.most));
    }
    settings.options.insert_or_assign(std::string(option.name),
                                      static_cast<std::uint32_t>(number->get()));
    said(key, node);
  }

  [[nodiscard]] std::string beside(const std::string& name) const {
    return (fs::path(file_).parent_path() / name).lexically_normal().string();
  }

  const std::string& file_;
  Config& config_;
  std::optional<Error> error_;
};

/// A file and all that it extends, the deepest first.
class ConfigReader {
 public:
  explicit ConfigReader(std::span<const std::string> exports) : exports_(exports) {}

  Result<Config> read(const std::string& file) {
    if (auto done = add(file, {}); !done) {
      return std::move(done).error();
    }
    const XXH128_hash_t hash = XXH3_128bits(digested_.data(), digested_.size());
    config_.digest = fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
    find_acceptances(file);
    for (const std::string& acceptances : config_.acceptance_files) {
      if (auto done = read_acceptances(acceptances, exports_, config_); !done) {
        return std::move(done).error();
      }
    }
    return std::move(config_);
  }

 private:
  Status add(const std::string& file, const Place& said_in) {
    if (is_within(file, exports_)) {
      return Error{
          "lies within what is audited: an export must not say how it is judged; keep "
          "it elsewhere",
          {file}};
    }
    const bool is_open = std::ranges::find(open_, identity(file)) != open_.end();
    if (is_open) {
      return Error{fmt::format("extends: '{}' extends this file in turn", file), said_in};
    }
    auto text = read_small_file(file, most_bytes, "configuration");
    if (!text) {
      return std::move(text).error();
    }
    toml::table document;
    try {
      document = toml::parse(*text, file);
    } catch (const toml::parse_error& error) {
      return Error{fmt::format("not TOML: {}", error.description()),
                   {file, error.source().begin.line}};
    }
    open_.push_back(identity(file));
    FileReader reader(file, config_);
    auto extended = reader.extended(document);
    if (!extended) {
      return std::move(extended).error();
    }
    for (const std::string& other : *extended) {
      if (auto done = add(other, config_.places["extends"]); !done) {
        return done;
      }
    }
    open_.pop_back();
    config_.places.erase("extends");
    config_.files.push_back(file);
    digested_ += fmt::format("{}\n", text->size()) + *text;
    return reader.read(document);
  }

  /// Those beside the configuration count without being named.
  void find_acceptances(const std::string& file) {
    const std::string beside =
        (fs::path(file).parent_path() / "acceptances.toml").lexically_normal().string();
    const auto is_it = [&](const std::string& one) { return identity(one) == identity(beside); };
    std::error_code error;
    if (fs::exists(beside, error) && std::ranges::none_of(config_.acceptance_files, is_it)) {
      config_.acceptance_files.push_back(beside);
    }
  }

  static std::string identity(const std::string& file) {
    std::error_code error;
    return fs::weakly_canonical(file, error).string();
  }

  std::span<const std::string> exports_;
  Config config_;
  std::vector<std::string> open_;
  std::string digested_;
};

}  // namespace

Result<Config> read_config(const std::string& file, std::span<const std::string> exports) {
  return ConfigReader(exports).read(file);
}

std::string_view to_string(const std::optional<Severity>& fail_on) {
  return fail_on ? to_string(*fail_on) : "never";
}

Result<std::optional<Severity>> fail_on_of(std::string_view word) {
  if (word == "never") {
    return std::optional<Severity>();
  }
  const auto severity = severity_called(word);
  if (!severity) {
    std::vector<std::string> known = severity_names();
    known.emplace_back("never");
    return Error{unknown("severity", word, known)};
  }
  return severity;
}

}  // namespace tierline
