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

void InventoryEdit::add_relation(Relation relation, std::uint16_t source) {
  relation.has_row_id = false;
  out_.columns.relations.push_back(relation);
  out_.columns.row_id.push_back({});
  out_.columns.relation_source.push_back(source);
  out_.columns.relation_line.push_back(0);
}

void InventoryEdit::set_responsibilities(ItemId item,
                                         std::vector<Responsibility> responsibilities) {
  std::ranges::stable_sort(responsibilities, {}, &Responsibility::role);
  const std::uint32_t begin = out_.columns.responsibilities_begin[index_of(item)];
  const std::uint32_t size = out_.columns.responsibilities_begin[index_of(item) + 1] - begin;
  const auto first = out_.columns.responsibilities.begin() + begin;
  out_.columns.responsibilities.erase(first, first + size);
  out_.columns.responsibilities.insert(out_.columns.responsibilities.begin() + begin,
                                       responsibilities.begin(), responsibilities.end());
  for (std::size_t i = index_of(item) + 1; i < out_.columns.responsibilities_begin.size(); ++i) {
    out_.columns.responsibilities_begin[i] = out_.columns.responsibilities_begin[i] - size +
                                             static_cast<std::uint32_t>(responsibilities.size());
  }
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
