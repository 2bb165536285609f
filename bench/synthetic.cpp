#include "synthetic.h"

#include <fmt/format.h>

#include <stdexcept>

#include "synthetic/estate.h"
#include "synthetic/planted_json.h"
#include "synthetic/register.h"
#include "synthetic/survey.h"
#include "synthetic/tables.h"

namespace tierline::synthetic {

namespace {

std::filesystem::path made(const std::filesystem::path& folder) {
  if (std::filesystem::exists(folder) && !std::filesystem::is_empty(folder)) {
    throw std::runtime_error(fmt::format("{} is not empty", folder.string()));
  }
  std::filesystem::create_directories(folder);
  return folder;
}

}  // namespace

Planted write(const Options& options, const std::filesystem::path& out) {
  const Estate estate(options);
  const auto folder = made(out / "export");
  auto planted = survey(estate);
  write_tables(estate, folder);
  if (estate.has_people()) {
    write_register(estate, made(out / "register"));
  }
  write_planted(planted, options, out / "planted.json");
  return planted;
}

}  // namespace tierline::synthetic
