#include "reports/numbered_ids.h"

#include <array>
#include <string>
#include <unordered_map>

namespace tierline {
namespace {

/// The names of one kind of object, both ways.
struct Names {
  std::unordered_map<std::string, IDTYPE> ids;
  std::unordered_map<IDTYPE, const std::string*> names;
};

/// Of a graph. Were names left to Graphviz, which does not give its own back, they would stay when
/// the graph is closed.
struct Numbering {
  IDTYPE last = 0;
  std::array<Names, 3> kinds;

  /// Both ends of an edge are one kind.
  Names& of(int type) { return kinds[static_cast<std::size_t>(type == AGINEDGE ? AGEDGE : type)]; }
};

void* open(Agraph_t* /*graph*/, Agdisc_t* /*discipline*/) {
  return new Numbering;
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
  names.names.emplace(*id, &names.ids.emplace(name, *id).first->first);
  return 1;
}

long alloc(void* /*state*/, int /*type*/, IDTYPE /*id*/) {
  return 0;
}

void free(void* state, int type, IDTYPE id) {
  Names& names = static_cast<Numbering*>(state)->of(type);
  if (const auto known = names.names.find(id); known != names.names.end()) {
    const std::string name = *known->second;
    names.ids.erase(name);
    names.names.erase(known);
  }
}

char* print(void* state, int type, IDTYPE id) {
  const Names& names = static_cast<Numbering*>(state)->of(type);
  const auto known = names.names.find(id);
  return known == names.names.end() ? nullptr : const_cast<char*>(known->second->c_str());
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
