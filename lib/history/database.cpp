#include "history/database.h"

#include <fmt/format.h>

#include <algorithm>

#include "tierline/text.h"

namespace tierline {
namespace {

constexpr std::string_view sqlite_prefix = "sqlite:";
constexpr std::string_view postgresql_prefixes[] = {"postgresql://", "postgres://"};

bool is_server(std::string_view text) {
  return text.starts_with(postgresql_prefixes[0]) || text.starts_with(postgresql_prefixes[1]);
}

}  // namespace

bool is_database_address(std::string_view text) {
  return text.starts_with(sqlite_prefix) || is_server(text);
}

std::string database_file(std::string_view address) {
  if (is_server(address)) {
    return {};
  }
  return std::string(address.substr(address.starts_with(sqlite_prefix) ? sqlite_prefix.size() : 0));
}

Error Database::error(std::string_view why) const {
  std::string line =
      to_lower(why.substr(0, 1)) + std::string(why.substr(std::min<std::size_t>(why.size(), 1)));
  while (line.ends_with('\n')) {
    line.pop_back();
  }
  std::ranges::replace(line, '\n', ' ');
  return Error{fmt::format("history: {}", line), {name_}};
}

Result<std::unique_ptr<Database>> Database::open(const std::string& address, bool may_create) {
  if (is_server(address)) {
    return open_postgresql(address, may_create);
  }
  const std::string file = database_file(address);
  if (file.empty() || file == "-") {
    return Error{fmt::format("history {}: expected sqlite:FILE or postgresql://...", address)};
  }
  return open_sqlite(file, may_create);
}

}  // namespace tierline
