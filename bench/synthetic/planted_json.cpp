#include "synthetic/planted_json.h"

#include <fmt/format.h>

#include <fstream>
#include <stdexcept>
#include <string>
#include <utility>

#include "synthetic/syntax.h"

namespace tierline::synthetic {
namespace {

std::string as_json(const Plant& plant) {
  std::string out;
  if (plant.facts.empty() && plant.members.empty()) {
    append_json(out, plant.id);
    return out;
  }
  out += "{\"id\":";
  append_json(out, plant.id);
  for (const auto& [name, value] : plant.facts) {
    append_json(out += ",", name);
    append_json(out += ":", value);
  }
  if (!plant.members.empty()) {
    out += fmt::format(",\"members\":[\"{}\"]", fmt::join(plant.members, "\",\""));
  }
  return out + "}";
}

}  // namespace

void write_planted(const Planted& planted, const Options& options,
                   const std::filesystem::path& path) {
  std::ofstream file(path, std::ios::binary);
  file << fmt::format("{{\"seed\":{},\"cis\":{},\"relations\":{},\"planted\":{{", options.seed,
                      options.cis, planted.relations);
  const auto* before_rule = "\n";
  for (const auto& [rule, plants] : planted.rules) {
    file << std::exchange(before_rule, ",\n") << '"' << rule << "\":[";
    const auto* before = "\n";
    for (const auto& plant : plants) {
      file << std::exchange(before, ",\n") << as_json(plant);
    }
    file << ']';
  }
  if (!(file << "}}\n").flush()) {
    throw std::runtime_error(fmt::format("cannot write {}", path.string()));
  }
}

}  // namespace tierline::synthetic
