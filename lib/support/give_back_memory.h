#pragma once
// Memory that nobody needs any more, for the system.

#include <cstdlib>  // Says which library this is.

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace tierline {

/// Gives back what was freed between things that are still in use. Worth it after many megabytes.
inline void give_back_memory() {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

}  // namespace tierline
