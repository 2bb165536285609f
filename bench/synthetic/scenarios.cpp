#include "synthetic/scenarios.h"

namespace tierline::synthetic {
namespace {

constexpr Scenario table[] = {
    // Nobody uses it: portfolios, data flows, unknown relations and itself do not count.
    {"T", "T isolated"},
    {"N = T", "T isolated"},
    {"B ~ T", "T isolated"},
    {"B ! T", "T isolated"},
    {"T > T", "T isolated"},
    {"T / O", "T isolated O isolated"},
    {"T / -O", "T isolated"},
    // Used by what serves no customer.
    {"T1 > T2, T2 > T1", "T1 island T2 island T1,T2 cycle"},
    {"T1 > T2 > T3 > T1", "T1 island T2 island T3 island T1,T2,T3 cycle"},
    {"T1 > T2 > T3", "T1 isolated T2 island T3 island"},
    {"-S > T", "T island"},
    {"S > T", "T island S orphan-system"},
    {"T = S", "T island S orphan-system"},
    // Its customers are retired, or the way to them is.
    {"-B > T", "T outlived"},
    {"-B > T1 > T2", "T1 outlived T2 outlived"},
    {"-B > S > T", "T outlived S retired-service-live-infrastructure"},
    {"B > -S > T", "T outlived"},
    {"B > -T1 > T2", "T2 outlived"},
    {"B / -O > T", "T outlived"},
    {"T / O, -B > O", "T outlived O outlived"},
    {"T / -O, B > O", "T outlived"},
    {"-B1 > T, +B2 > T", "T outlived"},
    // Its customers are still to come.
    {"+B > T", "T awaited"},
    {"B > +S > T", "T awaited"},
    {"+B > T / O", "T awaited O awaited"},
    // Near misses: none of these is an orphan.
    {"B > S1 > S2 > S3 > S4 > S5 > S6 > T", ""},
    {"T / O, B > S > O", ""},
    {"T = S, B > S", ""},
    {"T1 = S, B > T2 > S", ""},
    {"B / O > S > T", ""},
    {"*B > *S > *T", ""},
    {"?B > ?T", ""},
    {"-B1 > T, B2 > T", ""},
    {"T1 > T2 > T1, B > T1", "T1,T2 cycle"},
    {"-T1, +T2 > T1", ""},
    {"B > S1 > S2 > S3 > S1", "S1,S2,S3 cycle"},
};

}  // namespace

std::span<const Scenario> scenarios() {
  return table;
}

}  // namespace tierline::synthetic
