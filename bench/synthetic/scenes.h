#pragma once
// The scenes of the planted part, each with what an audit has to say about it.

#include <span>
#include <string_view>

namespace tierline::synthetic {

/// Words: B business service, T technical service, O offering, S application service, N taxonomy
/// node, with a digit where there are several; - before it for retired, + planned, * retiring,
/// ? state unknown. Between them: `>` depends on, `=` contains, `~` exchanges data with, `!` a
/// relation of a custom type, `/` has the offering. The verdicts are what an audit finds, in pairs
/// of names and a rule or a kind of orphan; live items needing retired ones and self-loops go
/// without saying.
struct Scene {
  std::string_view graph;
  std::string_view verdicts;
};

std::span<const Scene> scenes();

}  // namespace tierline::synthetic
