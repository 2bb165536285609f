#include "inventory/edit.h"

#include <algorithm>

namespace tierline {
namespace {

template <typename Column>
void drop(Column& column, const std::vector<bool>& dropped) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < column.size(); ++i) {
    if (!dropped[i]) {
      column[kept++] = column[i];
    }
  }
  column.resize(kept);
}

}  // namespace

void InventoryEdit::drop_relations(const std::vector<RelationId>& relations) {
  std::vector<bool> dropped(out_.relations_.size());
  for (const RelationId relation : relations) {
    dropped[index_of(relation)] = true;
  }
  std::vector<RelationId> number(dropped.size());
  std::uint32_t next = 0;
  for (std::size_t i = 0; i < dropped.size(); ++i) {
    number[i] = RelationId{next};
    next += dropped[i] ? 0U : 1U;
  }
  drop(out_.relations_, dropped);
  drop(out_.row_id_, dropped);
  drop(out_.relation_source_, dropped);
  drop(out_.relation_line_, dropped);
  std::map<std::uint32_t, std::uint32_t> files;
  for (const auto& [first, file] : out_.relation_file_) {
    files.insert_or_assign(first < number.size() ? index_of(number[first]) : next, file);
  }
  out_.relation_file_ = std::move(files);
  std::erase_if(out_.unresolved_,
                [&](const UnresolvedEnd& end) { return dropped[index_of(end.relation)]; });
  for (UnresolvedEnd& end : out_.unresolved_) {
    end.relation = number[index_of(end.relation)];
  }
}

void InventoryEdit::add_relation(Relation relation, std::uint16_t source) {
  relation.has_row_id = false;
  out_.relations_.push_back(relation);
  out_.row_id_.push_back({});
  out_.relation_source_.push_back(source);
  out_.relation_line_.push_back(0);
}

void InventoryEdit::set_uses(ItemId item, std::vector<PartyUse> uses) {
  std::ranges::stable_sort(uses, {}, &PartyUse::role);
  const std::uint32_t begin = out_.uses_begin_[index_of(item)];
  const std::uint32_t size = out_.uses_begin_[index_of(item) + 1] - begin;
  const auto first = out_.uses_.begin() + begin;
  out_.uses_.erase(first, first + size);
  out_.uses_.insert(out_.uses_.begin() + begin, uses.begin(), uses.end());
  for (std::size_t i = index_of(item) + 1; i < out_.uses_begin_.size(); ++i) {
    out_.uses_begin_[i] = out_.uses_begin_[i] - size + static_cast<std::uint32_t>(uses.size());
  }
}

}  // namespace tierline
