#include <fmt/format.h>
#include <sqlite3.h>

#include <filesystem>

#include "history/database.h"

namespace tierline {
namespace {

struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

class SqliteRow : public SqlRow {
 public:
  explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}
  [[nodiscard]] std::string_view text(int column) const override {
    const auto* bytes = sqlite3_column_text(statement_, column);
    const int size = sqlite3_column_bytes(statement_, column);
    return bytes == nullptr ? std::string_view()
                            : std::string_view(reinterpret_cast<const char*>(bytes),
                                               static_cast<std::size_t>(size));
  }
  [[nodiscard]] std::int64_t number(int column) const override {
    return sqlite3_column_int64(statement_, column);
  }

 private:
  sqlite3_stmt* statement_;
};

class Sqlite : public Database {
 public:
  Sqlite(const std::string& file, sqlite3* connection) : Database(file), connection_(connection) {}
  Sqlite(const Sqlite&) = delete;
  Sqlite& operator=(const Sqlite&) = delete;
  ~Sqlite() override { sqlite3_close(connection_); }

  Status run(const std::string& statements) override {
    return checked(sqlite3_exec(connection_, statements.c_str(), nullptr, nullptr, nullptr));
  }

  Status query(const std::string& statement, const std::vector<SqlValue>& values,
               const std::function<void(const SqlRow&)>& use) override {
    auto prepared = prepare(statement);
    if (!prepared) {
      return std::move(prepared).error();
    }
    bind(prepared->get(), values);
    const SqliteRow row(prepared->get());
    int state = SQLITE_ROW;
    while ((state = sqlite3_step(prepared->get())) == SQLITE_ROW) {
      use(row);
    }
    return checked(state);
  }

  Result<bool> has_table(const std::string& name) override {
    bool found = false;
    auto asked = query("SELECT name FROM sqlite_schema WHERE name = $1", {name},
                       [&](const SqlRow&) { found = true; });
    return gathered(asked, found);
  }

  /// Those who wait for another writer do so before they have read anything.
  Status begin_writing() override { return run("BEGIN IMMEDIATE"); }

  Status fill(const std::string& table, const std::vector<std::string>& columns,
              const std::function<bool(std::vector<SqlValue>& row)>& next) override {
    std::string names;
    std::string places;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      names += (i == 0 ? "" : ", ") + columns[i];
      places += fmt::format("{}${}", i == 0 ? "" : ", ", i + 1);
    }
    auto prepared = prepare(fmt::format("INSERT INTO {} ({}) VALUES ({})", table, names, places));
    if (!prepared) {
      return std::move(prepared).error();
    }
    std::vector<SqlValue> row(columns.size());
    while (next(row)) {
      bind(prepared->get(), row);
      if (auto done = checked(sqlite3_step(prepared->get())); !done) {
        return done;
      }
      sqlite3_reset(prepared->get());
    }
    return Done{};
  }

 private:
  Result<Statement> prepare(const std::string& text) {
    sqlite3_stmt* statement = nullptr;
    const int state = sqlite3_prepare_v2(connection_, text.c_str(), -1, &statement, nullptr);
    if (state != SQLITE_OK) {
      return error(sqlite3_errmsg(connection_));
    }
    return Statement(statement);
  }

  /// The values must live until the statement has been run.
  static void bind(sqlite3_stmt* statement, const std::vector<SqlValue>& values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      // `$2` may stand before `$1`: SQLite numbers them as they come.
      const int place = sqlite3_bind_parameter_index(statement, fmt::format("${}", i + 1).c_str());
      if (values[i]) {
        sqlite3_bind_text64(statement, place, values[i]->data(), values[i]->size(), SQLITE_STATIC,
                            SQLITE_UTF8);
      } else {
        sqlite3_bind_null(statement, place);
      }
    }
  }

  Status checked(int state) const {
    if (state == SQLITE_OK || state == SQLITE_DONE) {
      return Done{};
    }
    return error(sqlite3_errmsg(connection_));
  }

  sqlite3* connection_;
};

}  // namespace

Result<std::unique_ptr<Database>> open_sqlite(const std::string& file, bool may_create) {
  std::error_code none;
  if (std::filesystem::exists(file, none) && !std::filesystem::is_regular_file(file, none)) {
    return Error{"history: is no file", {file}};
  }
  sqlite3* connection = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | (may_create ? SQLITE_OPEN_CREATE : 0);
  const int state = sqlite3_open_v2(file.c_str(), &connection, flags, nullptr);
  auto database = std::make_unique<Sqlite>(file, connection);
  if (state != SQLITE_OK) {
    return Error{fmt::format("history: {}",
                             connection == nullptr ? "out of memory" : sqlite3_errmsg(connection)),
                 {file}};
  }
  constexpr int patience = 60'000;  // Milliseconds; a night takes two seconds to be written.
  sqlite3_busy_timeout(connection, patience);
  // Readers need not wait for a writer, and a run that is killed leaves what was there before.
  const std::string writing = may_create ? "PRAGMA journal_mode = WAL; " : "";
  // What is looked up all over a year of nights stays in memory: so many KiB of it at most.
  const std::string caching = "PRAGMA cache_size = -65536; ";
  if (auto set =
          database->run(writing + caching + "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY");
      !set) {
    return std::move(set).error();
  }
  return std::unique_ptr<Database>(std::move(database));
}

}  // namespace tierline
