#include "reports/name_numbers.h"

#include <map>
#include <string>
#include <utility>

namespace tierline {
namespace {

/// The state of one graph. The functions below are called by cgraph, with it as `state`.
struct Numbers {
  Agraph_t* graph;
  std::map<std::pair<int, std::string>, IDTYPE> numbers;
  /// Kept by the graph; cgraph looks for marks of its own before their first letter.
  std::map<IDTYPE, char*> names;
  IDTYPE last = 0;
};

void* open(Agraph_t* graph, Agdisc_t* /*discipline*/) {
  return new Numbers{.graph = graph, .numbers = {}, .names = {}};
}

void close(void* state) {
  delete static_cast<Numbers*>(state);
}

/// Whether an object of that name has an id, or now gets one. Edges without name get one each.
long map(void* state, int kind, char* name, IDTYPE* id, int create) {
  Numbers& all = *static_cast<Numbers*>(state);
  if (name == nullptr) {
    *id = create != 0 ? ++all.last : 0;
    return create;
  }
  const std::pair key(kind == AGINEDGE ? static_cast<int>(AGEDGE) : kind, std::string(name));
  const auto found = all.numbers.find(key);
  if (found != all.numbers.end()) {
    *id = found->second;
    return 1;
  }
  if (create != 0) {
    *id = ++all.last;
    all.numbers.emplace(key, *id);
    all.names.emplace(*id, agstrdup(all.graph, name));
  }
  return create;
}

char* print(void* state, int /*kind*/, IDTYPE id) {
  const Numbers& all = *static_cast<Numbers*>(state);
  const auto found = all.names.find(id);
  return found == all.names.end() ? nullptr : found->second;
}

long refuse(void* /*state*/, int /*kind*/, IDTYPE /*id*/) {
  return 0;
}
void keep(void* /*state*/, int /*kind*/, IDTYPE /*id*/) {}
void ignore(void* /*state*/, int /*kind*/, void* /*object*/) {}

}  // namespace

Agdisc_t* numbered_names() {
  static Agiddisc_t ids = {open, map, refuse, keep, print, close, ignore};
  static Agdisc_t discipline = {.mem = nullptr, .id = &ids, .io = nullptr};
  return &discipline;
}

}  // namespace tierline
