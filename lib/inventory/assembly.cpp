#include "inventory/assembly.h"

#include <fmt/format.h>

#include <algorithm>

#include "support/id128.h"
#include "support/quote.h"

namespace tierline {

std::uint16_t InventoryAssembly::source_number(const std::string& name) {
  if (columns.sources.size() == UINT16_MAX && !source_numbers_.contains(name)) {
    add_notice({"too-many-sources",
                fmt::format("more than {} sources: the rest counts as {}", UINT16_MAX - 1,
                            quoted(columns.sources.back())),
                {}});
    return UINT16_MAX - 1;
  }
  const auto next = static_cast<std::uint16_t>(columns.sources.size());
  const auto [entry, is_new] = source_numbers_.try_emplace(name, next);
  if (is_new) {
    columns.sources.push_back(name);
    columns.policies.push_back(OwnerPolicy::person);
  }
  return entry->second;
}

void InventoryAssembly::add_notice(Notice notice) {
  const std::scoped_lock lock(noticing_);
  std::vector<Notice>& all = columns.notices;
  const std::pair<std::string, std::string> key{notice.kind,
                                                notice.message + '\x1f' + notice.place.file};
  const auto [known, is_new] = notice_numbers_.try_emplace(key, all.size());
  if (is_new) {
    all.push_back(std::move(notice));
    return;
  }
  Notice& first = all[known->second];
  first.count += notice.count;
  first.place.line = std::min(first.place.line, notice.place.line);
}

TextRange InventoryAssembly::add_text(std::string_view text) {
  const TextRange added{columns.text.size(), text.size()};
  columns.text += text;
  return added;
}

std::string InventoryAssembly::reference_text(const Id128& id, RefKind kind) const {
  return kind == RefKind::hex    ? to_hex(id)
         : kind == RefKind::text ? std::string(columns.stored(id))
                                 : std::string();
}

}  // namespace tierline
