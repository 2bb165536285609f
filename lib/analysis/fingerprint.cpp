#include "analysis/fingerprint.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "analysis/wording.h"
#include "support/id128.h"

namespace tierline {

namespace {

constexpr char separator = '\x1e';

/// Parts in their order, behind what they are parts of.
template <typename Parts>
std::string joined(SubjectKind kind, const Parts& parts) {
  std::string key(to_string(kind));
  for (const auto& part : parts) {
    key.append(1, separator).append(part);
  }
  return key;
}

std::string group_key(const FactView& fact) {
  if (fact.rule().group_key != nullptr) {
    return joined(SubjectKind::group, std::array{fact.rule().group_key(fact)});
  }
  std::vector<std::string> members;
  for (const ItemId member : fact.members()) {
    members.push_back(fact.inventory().key(member));
  }
  std::ranges::sort(members);
  return joined(SubjectKind::group, members);
}

std::string described_key(const Subject& subject) {
  std::vector<std::string_view> parts{subject.id};
  for (const auto& [name, value] : subject.attributes) {
    parts.push_back(value);
  }
  return joined(subject.kind, parts);
}

/// Made once: there are few of them, and no finding is without a fingerprint.
const std::vector<const RuleAlias*>& aliases() {
  static const std::vector<const RuleAlias*> all = Register<RuleAlias>::all();
  return all;
}

/// Nothing where the key is made of the words.
std::optional<std::string> numbered_key(const FactView& fact) {
  switch (fact.kind()) {
    case SubjectKind::item:
      return fact.inventory().key(fact.item());
    case SubjectKind::relation:
      return joined(SubjectKind::relation, exported_parts(fact.inventory(), fact.relation()));
    case SubjectKind::group:
      return group_key(fact);
    default:
      return std::nullopt;
  }
}

}  // namespace

std::string_view current_rule(std::string_view id) {
  const auto alias = std::ranges::find(aliases(), id, &RuleAlias::id);
  return alias == aliases().end() ? id : (*alias)->now;
}

const Rule* rule_called(std::string_view id) {
  return Register<Rule>::find(current_rule(id));
}

std::string_view first_name_of(std::string_view rule) {
  const auto alias = std::ranges::find_if(
      aliases(), [&](const RuleAlias* one) { return one->is_first && one->now == rule; });
  return alias == aliases().end() ? rule : (*alias)->id;
}

std::string subject_key(const FactView& fact, const Subject& subject) {
  auto key = numbered_key(fact);
  return key ? std::move(*key) : described_key(subject);
}

std::string subject_key(const FactView& fact) {
  auto key = numbered_key(fact);
  return key ? std::move(*key) : described_key(word(fact).subject);
}

Id128 fingerprint_number(std::string_view rule, std::string_view subject_key) {
  // The number behind the rule is raised when what rules mean changes, and their findings with it.
  const std::string text =
      fmt::format("tierline/v1\x1e{}/1\x1e{}", first_name_of(rule), subject_key);
  const XXH128_hash_t hash = XXH3_128bits(text.data(), text.size());
  return {hash.high64, hash.low64};
}

Id128 fingerprint_of(const FactView& fact) {
  return fingerprint_number(fact.rule().id, subject_key(fact));
}

std::string fingerprint(std::string_view rule, std::string_view subject_key) {
  return to_hex(fingerprint_number(rule, subject_key));
}

}  // namespace tierline
