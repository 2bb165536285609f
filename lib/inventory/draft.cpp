#include "inventory/draft.h"

#include <fmt/format.h>

#include <algorithm>

#include "inventory/id128.h"
#include "support/quote.h"

namespace tierline {

std::uint16_t InventoryDraft::source_number(const std::string& name) {
  if (sources_.size() == UINT16_MAX && !source_numbers_.contains(name)) {
    add_notice({"too-many-sources",
                fmt::format("more than {} sources: the rest counts as {}", UINT16_MAX - 1,
                            quoted(sources_.back())),
                {}});
    return UINT16_MAX - 1;
  }
  const auto next = static_cast<std::uint16_t>(sources_.size());
  const auto [entry, is_new] = source_numbers_.try_emplace(name, next);
  if (is_new) {
    sources_.push_back(name);
    policies_.push_back(OwnerPolicy::person);
  }
  return entry->second;
}

void InventoryDraft::add_notice(Notice notice) {
  const std::scoped_lock lock(noticing_);
  std::vector<Notice>& all = notices_;
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

Id128 InventoryDraft::add_text(std::string_view text) {
  const Id128 added{text_.size(), text.size()};
  text_ += text;
  return added;
}

std::string InventoryDraft::reference_text(const Id128& id, RefKind kind) const {
  return kind == RefKind::hex    ? to_hex(id)
         : kind == RefKind::text ? std::string(stored(id))
                                 : std::string();
}

}  // namespace tierline
