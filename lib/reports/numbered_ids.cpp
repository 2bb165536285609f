#include "reports/numbered_ids.h"

namespace tierline {
namespace {

void* open(Agraph_t* /*graph*/, Agdisc_t* /*discipline*/) {
  return new IDTYPE{0};
}

/// Names are left to Graphviz, which asks for a number without a name for each new one.
long map(void* state, int /*type*/, char* name, IDTYPE* id, int /*create*/) {
  if (name != nullptr) {
    return 0;
  }
  *id = ++*static_cast<IDTYPE*>(state);
  return 1;
}

long alloc(void* /*state*/, int /*type*/, IDTYPE /*id*/) {
  return 0;
}

void free(void* /*state*/, int /*type*/, IDTYPE /*id*/) {}

char* print(void* /*state*/, int /*type*/, IDTYPE /*id*/) {
  return nullptr;
}

void close(void* state) {
  delete static_cast<IDTYPE*>(state);
}

void note(void* /*state*/, int /*type*/, void* /*object*/) {}

}  // namespace

Agdisc_t* numbered_ids() {
  static Agiddisc_t ids = {open, map, alloc, free, print, close, note};
  static Agdisc_t discipline = {nullptr, &ids, nullptr};
  return &discipline;
}

}  // namespace tierline
