#include "inventory/edit.h"

#include <algorithm>
#include <iterator>

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
  std::vector<bool> dropped(out_.columns.relations.size());
  for (const RelationId relation : relations) {
    dropped[index_of(relation)] = true;
  }
  std::vector<RelationId> number(dropped.size());
  std::uint32_t next = 0;
  for (std::size_t i = 0; i < dropped.size(); ++i) {
    number[i] = RelationId{next};
    next += dropped[i] ? 0U : 1U;
  }
  drop(out_.columns.relations, dropped);
  drop(out_.columns.row_id, dropped);
  drop(out_.columns.relation_source, dropped);
  drop(out_.columns.relation_line, dropped);
  std::map<std::uint32_t, std::uint32_t> files;
  for (const auto& [first, file] : out_.columns.relation_file) {
    files.insert_or_assign(first < number.size() ? index_of(number[first]) : next, file);
  }
  out_.columns.relation_file = std::move(files);
  std::erase_if(out_.columns.unresolved,
                [&](const UnresolvedEnd& end) { return dropped[index_of(end.relation)]; });
  for (UnresolvedEnd& end : out_.columns.unresolved) {
    end.relation = number[index_of(end.relation)];
  }
}

void InventoryEdit::add_relation(Relation relation, std::uint16_t source, ItemId stated_by) {
  relation.has_row_id = false;
  out_.columns.relation_file[static_cast<std::uint32_t>(out_.columns.relations.size())] =
      out_.columns.file[index_of(stated_by)];
  out_.columns.relations.push_back(relation);
  out_.columns.row_id.push_back({});
  out_.columns.relation_source.push_back(source);
  out_.columns.relation_line.push_back(out_.columns.line[index_of(stated_by)]);
}

void InventoryEdit::set_responsibilities(
    std::map<ItemId, std::vector<Responsibility>> responsibilities) {
  ColumnOf<Responsibility> all;
  for (const ItemId item : out_.so_far.items()) {
    const auto begin = static_cast<std::uint32_t>(all.size());
    if (const auto found = responsibilities.find(item); found != responsibilities.end()) {
      std::ranges::stable_sort(found->second, {}, &Responsibility::role);
      std::ranges::copy(found->second, std::back_inserter(all));
    } else {
      std::ranges::copy(out_.so_far.parties_of(item), std::back_inserter(all));
    }
    out_.columns.responsibilities_begin[index_of(item)] = begin;
  }
  out_.columns.responsibilities_begin.back() = static_cast<std::uint32_t>(all.size());
  out_.columns.responsibilities = std::move(all);
}

void InventoryEdit::set_state(ItemId item, State state) {
  const std::uint32_t number = index_of(item);
  out_.columns.state[number] = state;
  if (!out_.so_far.contradiction(item).state.empty()) {
    Contradiction settled{.facing = out_.so_far.contradiction(item).facing, .state = {}};
    out_.columns.contradiction[number] =
        static_cast<std::uint32_t>(out_.columns.contradictions.size());
    out_.columns.contradictions.push_back(std::move(settled));
  }
}

}  // namespace tierline
