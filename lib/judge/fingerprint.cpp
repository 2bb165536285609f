#include "judge/fingerprint.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>

#include "inventory/id128.h"

namespace tierline {

std::string subject_key(const Inventory& inventory, const Subject& subject) {
  if (subject.kind == SubjectKind::item) {
    return inventory.key(subject.item);
  }
  std::string key(to_string(subject.kind));
  const auto add = [&](std::string_view part) { key.append(1, '\x1e').append(part); };
  if (subject.kind == SubjectKind::group && !subject.members.empty()) {
    std::vector<std::string> members;
    for (const ItemId member : subject.members) {
      members.push_back(inventory.key(member));
    }
    std::ranges::sort(members);
    std::ranges::for_each(members, add);
    return key;
  }
  if (subject.kind != SubjectKind::relation) {
    add(subject.id);
  }
  if (!subject.exported.empty()) {
    std::ranges::for_each(subject.exported, add);
    return key;
  }
  for (const auto& [name, value] : subject.attributes) {
    add(value);
  }
  return key;
}

std::string fingerprint(std::string_view rule, std::string_view subject_key) {
  // The number behind the rule is raised when what rules mean changes, and their findings with it.
  const std::string text = fmt::format("tierline/v1\x1e{}/1\x1e{}", rule, subject_key);
  const XXH128_hash_t hash = XXH3_128bits(text.data(), text.size());
  return to_hex({hash.high64, hash.low64});
}

}  // namespace tierline
