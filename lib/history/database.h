#pragma once
// A database that a history is kept in: SQLite in a file, or PostgreSQL. The statements are those
// that both understand, with `$1` for the first value; values are texts, which the types of the
// columns turn into what they are.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tierline/result.h"

namespace tierline {

using SqlValue = std::optional<std::string>;  ///< Nothing is NULL.

/// One row of an answer, valid until the next one.
class SqlRow {
 public:
  virtual ~SqlRow() = default;
  /// Empty for NULL.
  [[nodiscard]] virtual std::string_view text(int column) const = 0;
  /// 0 for NULL.
  [[nodiscard]] virtual std::int64_t number(int column) const = 0;
};

class Database {
 public:
  /// `sqlite:FILE` or a file, `postgresql://...` as libpq reads it. What is not there is made where
  /// `may_create`. Errors never tell the address of a server, which may hold a password.
  static Result<std::unique_ptr<Database>> open(const std::string& address, bool may_create);
  virtual ~Database() = default;

  /// Statements that have no values and whose rows nobody wants.
  virtual Status run(const std::string& statements) = 0;
  /// One statement, and `use(row)` for every row of its answer.
  virtual Status query(const std::string& statement, const std::vector<SqlValue>& values,
                       const std::function<void(const SqlRow&)>& use) = 0;
  virtual Result<bool> has_table(const std::string& name) = 0;
  /// Begins a transaction that no other writer of a history works beside.
  virtual Status begin_writing() = 0;
  /// Rows into the table, column by column; `next(row)` fills one in, or says that there are no
  /// more.
  virtual Status fill(const std::string& table, const std::vector<std::string>& columns,
                      const std::function<bool(std::vector<SqlValue>& row)>& next) = 0;

  /// How messages call it.
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] Error error(std::string_view why) const;

 protected:
  explicit Database(std::string name) : name_(std::move(name)) {}

 private:
  std::string name_;
};

/// What was gathered while a question was asked, or why it could not be asked.
template <typename T>
Result<T> gathered(const Status& asked, T value) {
  return asked ? Result<T>(std::move(value)) : Result<T>(asked.error());
}

/// Whether a text is the address of a database rather than a path.
bool is_database_address(std::string_view text);
/// The file of `sqlite:FILE`, or of a path; empty for a server.
std::string database_file(std::string_view address);

Result<std::unique_ptr<Database>> open_sqlite(const std::string& file, bool may_create);
Result<std::unique_ptr<Database>> open_postgresql(const std::string& address, bool may_create);

}  // namespace tierline
