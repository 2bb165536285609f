#include "reports/numbered_ids.h"

#include <array>
#include <string_view>
#include <unordered_map>

namespace tierline {
namespace {

/// The names of one kind of object, both ways, as strings of Graphviz: it looks in front of a name
/// for whether that is HTML.
struct Names {
  std::unordered_map<std::string_view, IDTYPE> ids;
  std::unordered_map<IDTYPE, char*> names;
};

/// Of a graph. Were names left to Graphviz, which does not give its own back, they would stay when
/// the graph is closed.
struct Numbering {
  Agraph_t* graph = nullptr;
  IDTYPE last = 0;
  std::array<Names, 3> kinds = {};

  /// Both ends of an edge are one kind.
  Names& of(int type) { return kinds[static_cast<std::size_t>(type == AGINEDGE ? AGEDGE : type)]; }
};

void* open(Agraph_t* graph, Agdisc_t* /*discipline*/) {
  return new Numbering{.graph = graph};
}

long map(void* state, int type, char* name, IDTYPE* id, int create) {
  auto& numbering = *static_cast<Numbering*>(state);
  if (name == nullptr) {
    *id = ++numbering.last;
    return 1;
  }
  Names& names = numbering.of(type);
  const auto known = names.ids.find(name);
  if (known != names.ids.end()) {
    *id = known->second;
    return 1;
  }
  if (create == 0) {
    return 0;
  }
  *id = ++numbering.last;
  char* const kept = agstrdup(numbering.graph, name);
  names.ids.emplace(kept, *id);
  names.names.emplace(*id, kept);
  return 1;
}

long alloc(void* /*state*/, int /*type*/, IDTYPE /*id*/) {
  return 0;
}

void free(void* state, int type, IDTYPE id) {
  auto& numbering = *static_cast<Numbering*>(state);
  Names& names = numbering.of(type);
  if (const auto known = names.names.find(id); known != names.names.end()) {
    names.ids.erase(known->second);
    agstrfree(numbering.graph, known->second);
    names.names.erase(known);
  }
}

char* print(void* state, int type, IDTYPE id) {
  const Names& names = static_cast<Numbering*>(state)->of(type);
  const auto known = names.names.find(id);
  return known == names.names.end() ? nullptr : known->second;
}

void close(void* state) {
  delete static_cast<Numbering*>(state);
}

void note(void* /*state*/, int /*type*/, void* /*object*/) {}

}  // namespace

Agdisc_t* numbered_ids() {
  static Agiddisc_t ids = {open, map, alloc, free, print, close, note};
  static Agdisc_t discipline = {nullptr, &ids, nullptr};
  return &discipline;
}

}  // namespace tierline
