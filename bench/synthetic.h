#pragma once
// A seeded generator of ServiceNow-like exports with planted defects, for benchmarks and property
// tests.
//
// An estate is not stored: whatever is said about a configuration item is a function of the seed
// and its number, so that an export of any size streams out, and one seed and size give the same
// estate in every format. It has two parts. In the *sound* part every live service, system and
// component is in use by a live customer-facing service, by construction. The *planted* part is a
// set of scenarios, each written as one line ("B > -S > T": a business service needs a retired
// system, which needs a technical service) beside what an audit has to say about it. Relations
// never lead from the sound part into the planted one, so what is planted is exactly what there is
// to find.

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tierline::synthetic {

enum class Format { csv, json, ndjson, xml, yaml };
/// Neglected: of systems and components a third has no owner, and a third is used by no service;
/// one in twenty needs what is retired.
enum class Defects { none, usual, many, neglected };

/// Scattered: anybody owns anything. Organised: each portfolio has a department, and who owns what
/// in it follows in part from who owns what stands above it; how far is in organisation.cpp.
enum class Owners { scattered, organised };

/// The day that dates in an estate with people are set by: it is to be audited as of this one.
constexpr std::string_view as_of = "2026-11-21";

struct Options {
  std::uint64_t seed = 1;
  std::uint64_t cis = 1000;     // Services included; people, groups and relation rows come on top.
  double relations_per_ci = 3;  // About; what keeps the sound part sound is always written.
  Format format = Format::csv;
  std::uint64_t page = 0;  // Records a file at most; 0 for one file a table.
  Defects defects = Defects::usual;
  Owners owners = Owners::scattered;
  /// With what the deeper rules read: titles, managers, departments, employment, delegates, dates,
  /// descriptions, serial numbers, agreements, a register that names owners as well. The sound part
  /// is then sound by all rules that the plan names, and everything planted is in a scenario.
  bool people = false;
};

constexpr std::uint64_t fewest_cis = 100;
constexpr std::uint64_t most_cis = 40'000'000;
constexpr double most_relations_per_ci = 50;

/// One planted fault, told by the sys_id of the item, person or relation row (or by the class or
/// relation type, for the rules that count those). `facts` are an orphan's `kind`, a row's
/// `parent`, `child` and `type`, a `count`, what a class contains; `members` are those of a cycle
/// or another group, sorted, the first being the `id`.
struct Plant {
  std::string id;
  std::map<std::string, std::string> facts;
  std::vector<std::string> members;
};

/// What there is to find, by rule id, each list sorted by `id`. Complete for every rule that it
/// names ("owner-missing", "orphaned-supporting-service", ...); says nothing about other rules.
struct Planted {
  std::uint64_t relations = 0;  // Rows of cmdb_rel_ci and svc_ci_assoc.
  std::map<std::string, std::vector<Plant>> rules;
};

/// Writes `out`/export/TABLE.csv (.json, .ndjson, .xml, .yaml; TABLE_001.csv and so on when paged)
/// and, beside the export, `out`/planted.json, and returns what the latter holds. No file has
/// exactly 10,000 records, which would look like ServiceNow's export cap. With people, there is
/// also `out`/register, a second source: items.csv and parties.csv in tierline's own format. Throws
/// std::invalid_argument for options out of bounds, std::runtime_error when `out`/export or
/// `out`/register is not empty or a file cannot be written.
Planted write(const Options& options, const std::filesystem::path& out);

}  // namespace tierline::synthetic
