// Hostile exports and profiles, as libFuzzer makes them up: `fuzz
// json|csv|xml|yaml|archive|profile`. An export goes the whole way from bytes to an inventory, a
// profile is compiled and then used. Whatever comes in, an inventory or an error comes out; the
// sanitizers watch.

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tierline/import.h"
#include "tierline/profile.h"

namespace {

namespace fs = std::filesystem;

/// What an export of each kind is called, and by that taken for.
const std::map<std::string_view, const char*> file_names = {{"json", "export.json"},
                                                            {"csv", "export.csv"},
                                                            {"xml", "export.xml"},
                                                            {"yaml", "export.yaml"},
                                                            {"archive", "export.zip"}};

constexpr const char* usual_export = R"({"items": [
  {"id": "a", "name": "A", "tier": "service", "owner": "x", "needs": ["b", {"id": "c"}]},
  {"id": "b", "parts": {"p": {"id": "c"}}, "props": [{"name": "owner", "value": "y"}]}]})";

std::string target;
fs::path folder;
std::vector<tierline::Profile> profiles;

void write(const fs::path& path, std::string_view text) {
  std::ofstream(path, std::ios::binary)
      .write(text.data(), static_cast<std::streamsize>(text.size()));
}

void read_export(std::string_view text) {
  const fs::path path = folder / file_names.at(target);
  write(path, text);
  tierline::ImportOptions options;
  options.inputs = {path.string()};
  options.profiles = profiles;
  options.as_of = "2026-11-21";
  options.redact_people = text.size() % 2 == 1;
  (void)tierline::import(options);
}

void use_profile(std::string_view text) {
  auto profile = tierline::Profile::parse(text, "mine.json");
  if (!profile) {
    return;
  }
  tierline::ImportOptions options;
  options.inputs = {(folder / "items.json").string()};
  options.profiles = {*profile};
  options.as_of = "2026-11-21";
  (void)tierline::import(options);
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
  target = *argc > 1 ? (*argv)[1] : "";
  if (!file_names.contains(target) && target != "profile") {
    std::cerr << "fuzz json|csv|xml|yaml|archive|profile [libFuzzer's options]\n";
    std::exit(2);
  }
  // What is left is for libFuzzer.
  (*argv)[1] = (*argv)[0];
  ++*argv;
  --*argc;
  folder = fs::temp_directory_path() / ("tierline-fuzz-" + std::to_string(getpid()));
  fs::create_directories(folder);
  std::atexit([] { fs::remove_all(folder); });
  write(folder / "items.json", usual_export);
  const auto built_in = tierline::built_in_profiles();
  profiles.assign(built_in.begin(), built_in.end());
  // Reads records at places, inside of others and by their names, and pairs, which few others do.
  profiles.push_back(
      tierline::Profile::load(TIERLINE_ROOT "/fixtures/language/places-of-records/profile.json")
          .value());
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  target == "profile" ? use_profile(text) : read_export(text);
  return 0;
}
