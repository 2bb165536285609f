#pragma once
// A row of cmdb_rel_ci or svc_ci_assoc.

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "synthetic/item.h"

namespace tierline::synthetic {

enum class Type : std::uint8_t {
  depends_on,
  runs_on,
  hosted_on,
  virtualized_by,
  uses,
  contains,
  members,
  cluster_of,
  exchanges_data,
  custom,
  association  // A row of svc_ci_assoc.
};

/// The sys_id of a type other than `association`.
constexpr std::string_view type_id(Type type) {
  constexpr std::array<std::string_view, 10> ids{
      "1a9cb166f1571100a92eb60da2bce5c5", "60bc4e22c0a8010e01f074cbe6bd73c3",
      "5f985e0ec0a8010e00a9714f2a172815", "d93304fb0a0a0b78006081a72ef08444",
      "cb5592603751200032ff8c00dfbe5d17", "55c95bf6c0a8010e0118ec7056ebc54d",
      "55c913d3c0a8010e012d1563182d6050", "a99d39118f10310091769012cbbe4429",
      "607ad1b2c0a8010e01941856b365af90", "7e57ab1ec0a8010e01c0ffee0ddba115",
  };
  return ids[static_cast<std::size_t>(type)];
}

enum class Fault : std::uint8_t { none, self_loop, dangling, duplicate, needs_retired };

struct Relation {
  Type type = Type::depends_on;
  Item parent;
  Item child;
  Fault fault = Fault::none;
  std::uint32_t row = 0;
  std::uint32_t original = 0;  // Of a duplicate.
};

using Relations = std::vector<Relation>;

}  // namespace tierline::synthetic
