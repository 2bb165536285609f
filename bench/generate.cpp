// The command around synthetic.h: writes an export that looks like ServiceNow's, and beside it what
// is wrong with it.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <map>
#include <string>

#include "synthetic.h"

namespace {

using namespace tierline::synthetic;

const char* const introduction =
    "Writes a made-up ServiceNow export for tests and benchmarks: portfolios, services, "
    "offerings,\n"
    "applications, servers, people, groups and their relations. DIR/export holds one file a "
    "table;\n"
    "DIR/planted.json tells what is wrong with them, rule by rule. One seed and size give the "
    "same\n"
    "estate in every format and page size. With people, DIR/register is a second source, and it is "
    "all\n"
    "to be audited as of 2026-11-21.\n";

const char* const examples =
    "Examples:\n"
    "  generate --seed 1 --cis 5000                          a small estate, CSV, in ./synthetic\n"
    "  generate --seed 1 --cis 1000000 --format json --out /tmp/big\n"
    "  generate --seed 7 --cis 300 --defects many --page 50  files TABLE_001.csv, TABLE_002.csv, "
    "...\n"
    "\n"
    "Exit code: 0 written, 2 not (wrong options, DIR/export not empty, disk full).";

struct Arguments {
  Options options;
  std::string format = "csv";
  std::string defects = "default";
  bool neglected = false;
  bool organised = false;
  std::string out = "synthetic";
};

void declare(CLI::App& app, Arguments& arguments) {
  auto& options = arguments.options;
  app.footer(examples);
  app.add_option("--seed", options.seed, "Another seed, another estate")
      ->required()
      ->type_name("N");
  app.add_option("--cis", options.cis, "Configuration items, services included; 100 or more")
      ->required()
      ->check(CLI::Range(fewest_cis, most_cis).description(""))
      ->type_name("N");
  app.add_option("--relations-per-ci", options.relations_per_ci, "About so many; 3 unless told")
      ->check(CLI::Range(0.0, most_relations_per_ci).description(""))
      ->type_name("X");
  app.add_option(
         "--format", arguments.format,
         "csv (raw values, all quoted; unless told), json or xml (Table API, raw), ndjson, yaml")
      ->check(CLI::IsMember({"csv", "json", "ndjson", "xml", "yaml"}).description(""))
      ->type_name("FORMAT");
  app.add_option("--page", options.page, "At most so many records a file; else one file a table")
      ->type_name("N");
  app.add_option("--defects", arguments.defects, "none, default or many")
      ->check(CLI::IsMember({"none", "default", "many"}).description(""))
      ->type_name("HOW");
  app.add_flag("--neglected", arguments.neglected,
               "A third of systems and components without owner, a third used by no service")
      ->excludes("--defects");
  app.add_flag("--organised", arguments.organised,
               "Owners follow departments and what stands above; else anybody owns anything");
  app.add_flag(
         "--people", options.people,
         "Titles, managers, departments, dates, agreements, a register: what the deeper rules "
         "read,\nwith faults planted for each of them")
      ->excludes("--neglected")
      ->excludes("--organised");
  app.add_option("--out", arguments.out, "Folder to write into; ./synthetic unless told")
      ->type_name("DIR");
}

void generate(Arguments& arguments) {
  static const std::map<std::string, Format> formats{{"csv", Format::csv},
                                                     {"json", Format::json},
                                                     {"ndjson", Format::ndjson},
                                                     {"xml", Format::xml},
                                                     {"yaml", Format::yaml}};
  static const std::map<std::string, Defects> defects{
      {"none", Defects::none}, {"default", Defects::usual}, {"many", Defects::many}};
  auto& options = arguments.options;
  options.format = formats.at(arguments.format);
  options.defects = arguments.neglected ? Defects::neglected : defects.at(arguments.defects);
  options.owners = arguments.organised ? Owners::organised : Owners::scattered;
  const auto planted = write(options, arguments.out);
  fmt::print("{}: {} CIs, {} relations; planted:\n", arguments.out, options.cis, planted.relations);
  for (const auto& [rule, plants] : planted.rules) {
    fmt::print("{:>9} {}\n", plants.size(), rule);
  }
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{introduction, "generate"};
  Arguments arguments;
  declare(app, arguments);
  try {
    app.parse(argc, argv);
    generate(arguments);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  } catch (const std::exception& error) {
    fmt::print(stderr, "generate: {}\n", error.what());
    return 2;
  }
  return 0;
}
