#include <dlfcn.h>
#include <fmt/format.h>
#include <libpq-fe.h>

#include <charconv>

#include "history/database.h"

namespace tierline {
namespace {

/// PostgreSQL's client library, loaded when it is asked for: it brings twenty others with it, which
/// nobody who has no server should wait or have memory for.
class Libpq {
 private:
  template <typename Function>
  Function found(const char* name) {
    auto* const function =
        library_ == nullptr ? nullptr : reinterpret_cast<Function>(::dlsym(library_, name));
    is_whole_ = is_whole_ && function != nullptr;
    return function;
  }

  void* library_ = ::dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
  bool is_whole_ = library_ != nullptr;

 public:
  [[nodiscard]] bool is_there() const { return is_whole_; }

#define TIERLINE_LIBPQ(name) decltype(&::PQ##name) name = found<decltype(&::PQ##name)>("PQ" #name)
  TIERLINE_LIBPQ(clear);
  TIERLINE_LIBPQ(connectdb);
  TIERLINE_LIBPQ(db);
  TIERLINE_LIBPQ(errorMessage);
  TIERLINE_LIBPQ(exec);
  TIERLINE_LIBPQ(execParams);
  TIERLINE_LIBPQ(finish);
  TIERLINE_LIBPQ(getResult);
  TIERLINE_LIBPQ(getlength);
  TIERLINE_LIBPQ(getvalue);
  TIERLINE_LIBPQ(host);
  TIERLINE_LIBPQ(ntuples);
  TIERLINE_LIBPQ(putCopyData);
  TIERLINE_LIBPQ(putCopyEnd);
  TIERLINE_LIBPQ(resultStatus);
  TIERLINE_LIBPQ(setNoticeProcessor);
  TIERLINE_LIBPQ(status);
#undef TIERLINE_LIBPQ
};

const Libpq& libpq() {
  static const Libpq loaded;
  return loaded;
}

struct Clear {
  void operator()(PGresult* result) const { libpq().clear(result); }
};
using Answer = std::unique_ptr<PGresult, Clear>;

class PostgresqlRow : public SqlRow {
 public:
  explicit PostgresqlRow(const PGresult* answer) : answer_(answer) {}
  void move_to(int row) { row_ = row; }
  [[nodiscard]] std::string_view text(int column) const override {
    return {libpq().getvalue(answer_, row_, column),
            static_cast<std::size_t>(libpq().getlength(answer_, row_, column))};
  }
  [[nodiscard]] std::int64_t number(int column) const override {
    const std::string_view digits = text(column);
    std::int64_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
  }

 private:
  const PGresult* answer_;
  int row_ = 0;
};

/// Text as COPY reads it: a row a line, cells by tabs.
void append_cell(std::string& line, const SqlValue& value) {
  if (!value) {
    line += "\\N";
    return;
  }
  for (const char c : *value) {
    switch (c) {
      case '\\':
        line += "\\\\";
        break;
      case '\t':
        line += "\\t";
        break;
      case '\n':
        line += "\\n";
        break;
      case '\r':
        line += "\\r";
        break;
      default:
        line += c;
    }
  }
}

class Postgresql : public Database {
 public:
  Postgresql(std::string name, PGconn* connection)
      : Database(std::move(name)), connection_(connection) {}
  Postgresql(const Postgresql&) = delete;
  Postgresql& operator=(const Postgresql&) = delete;
  ~Postgresql() override { libpq().finish(connection_); }

  /// Its tables have a schema of their own.
  Status prepare(bool may_create) {
    if (libpq().status(connection_) != CONNECTION_OK) {
      return error(libpq().errorMessage(connection_));
    }
    libpq().setNoticeProcessor(
        connection_, [](void*, const char*) {}, nullptr);
    return run(fmt::format("SET client_encoding = 'UTF8'; {}SET search_path = tierline, pg_temp",
                           may_create ? "CREATE SCHEMA IF NOT EXISTS tierline; " : ""));
  }

  Status run(const std::string& statements) override {
    return checked(Answer(libpq().exec(connection_, statements.c_str())).get());
  }

  Status query(const std::string& statement, const std::vector<SqlValue>& values,
               const std::function<void(const SqlRow&)>& use) override {
    std::vector<const char*> texts;
    for (const SqlValue& value : values) {
      texts.push_back(value ? value->c_str() : nullptr);
    }
    const Answer answer(libpq().execParams(connection_, statement.c_str(),
                                           static_cast<int>(texts.size()), nullptr, texts.data(),
                                           nullptr, nullptr, 0));
    if (auto done = checked(answer.get()); !done) {
      return done;
    }
    PostgresqlRow row(answer.get());
    for (int i = 0; i < libpq().ntuples(answer.get()); ++i) {
      row.move_to(i);
      use(row);
    }
    return Done{};
  }

  Result<bool> has_table(const std::string& name) override {
    bool found = false;
    auto asked = query("SELECT to_regclass($1) IS NOT NULL", {"tierline." + name},
                       [&](const SqlRow& row) { found = row.text(0) == "t"; });
    return gathered(asked, found);
  }

  /// The lock is the database's, whatever the tables: it goes with the transaction.
  Status begin_writing() override {
    return run("BEGIN; SELECT pg_advisory_xact_lock(hashtext('tierline'))");
  }

  Status fill(const std::string& table, const std::vector<std::string>& columns,
              const std::function<bool(std::vector<SqlValue>& row)>& next) override {
    if (auto begun = run(fmt::format("COPY {} ({}) FROM STDIN", table, fmt::join(columns, ", ")));
        !begun) {
      return begun;
    }
    constexpr std::size_t worth_sending = 64 * 1024;
    std::string lines;
    std::vector<SqlValue> row(columns.size());
    bool goes_on = true;
    while (goes_on) {
      goes_on = next(row);
      for (std::size_t i = 0; goes_on && i < row.size(); ++i) {
        append_cell(lines, row[i]);
        lines += i + 1 < row.size() ? '\t' : '\n';
      }
      if (!goes_on || lines.size() >= worth_sending) {
        if (libpq().putCopyData(connection_, lines.data(), static_cast<int>(lines.size())) != 1) {
          return error(libpq().errorMessage(connection_));
        }
        lines.clear();
      }
    }
    if (libpq().putCopyEnd(connection_, nullptr) != 1) {
      return error(libpq().errorMessage(connection_));
    }
    Status status = Done{};
    while (const Answer answer{libpq().getResult(connection_)}) {
      if (auto done = checked(answer.get()); !done) {
        status = done;
      }
    }
    return status;
  }

 private:
  Status checked(const PGresult* answer) const {
    const ExecStatusType state = libpq().resultStatus(answer);
    if (state == PGRES_COMMAND_OK || state == PGRES_TUPLES_OK || state == PGRES_COPY_IN) {
      return Done{};
    }
    return error(libpq().errorMessage(connection_));
  }

  PGconn* connection_;
};

/// Its host and name: the rest of an address is nobody's business.
std::string name_of(const PGconn* connection) {
  const auto text = [](const char* value) { return std::string(value == nullptr ? "" : value); };
  return fmt::format("postgresql://{}/{}", text(libpq().host(connection)),
                     text(libpq().db(connection)));
}

}  // namespace

Result<std::unique_ptr<Database>> open_postgresql(const std::string& address, bool may_create) {
  if (!libpq().is_there()) {
    return Error{"history: PostgreSQL's client library (libpq.so.5) is not on this machine"};
  }
  PGconn* const connection = libpq().connectdb(address.c_str());
  auto database = std::make_unique<Postgresql>(name_of(connection), connection);
  if (auto prepared = database->prepare(may_create); !prepared) {
    return std::move(prepared).error();
  }
  return std::unique_ptr<Database>(std::move(database));
}

}  // namespace tierline
