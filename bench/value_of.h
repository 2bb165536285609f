#pragma once
// What a result holds. Benchmarks have no use for an error but to end with it.

#include <stdexcept>
#include <utility>

#include "tierline/result.h"

namespace tierline {

template <typename T>
T value_of(Result<T> result) {
  if (!result) {
    throw std::runtime_error(to_string(result.error()));
  }
  return std::move(*result);
}

}  // namespace tierline
