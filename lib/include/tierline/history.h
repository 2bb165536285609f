#pragma once
// The runs of many nights, in SQLite or PostgreSQL. What was found is kept by change: a finding
// that stays as it is costs nothing from one night to the next. The tables are documented in
// `lib/history/README.md`.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tierline/baseline.h"
#include "tierline/report.h"
#include "tierline/result.h"

namespace tierline {

class Database;

/// One night of one estate.
struct HistoryRun {
  std::string as_of;
  std::string version;  ///< Of the program.
  std::string verdict;  ///< As in `Ledger`; what an incomplete run found is not kept.
  int exit_code = 0;
  std::uint64_t milliseconds = 0;
  std::uint64_t findings = 0;
};

/// One figure over the nights.
struct HistoryTrend {
  std::string name;                                  ///< `owned`, `findings`, ...
  std::string label;                                 ///< A tier, a severity, a rule.
  std::vector<std::optional<std::uint64_t>> values;  ///< By night; nothing where it was not known.
};

/// The days of one estate and its figures, all of the same length.
struct HistoryTrends {
  std::vector<std::string> nights;
  std::vector<HistoryTrend> trends;  ///< By name, then label.
};

/// A finding from the first night that knew it to the last one.
struct HistoryFinding {
  std::string fingerprint;
  std::string rule;
  std::string subject;
  std::string severity;        ///< The latest.
  std::string owner;           ///< Of its item; the latest. Empty where there is none.
  std::string since;           ///< The night it was first seen.
  std::string closed;          ///< The first night without it; empty while it is open.
  std::string fate;            ///< What became of it, where that is known.
  std::string accepted_until;  ///< The latest; empty where nobody accepts it.
  std::uint64_t nights = 0;    ///< How many runs knew it.
};

/// What a finding was from one night on, until another one.
struct HistoryState {
  std::string from;
  std::string until;  ///< Empty: still.
  std::string severity;
  std::string owner;
  std::string fate;
  std::string accepted_until;
};

class History {
 public:
  /// `sqlite:FILE` or `postgresql://...`.
  static bool is_address(std::string_view text);
  /// The file that holds it; empty for a server.
  static std::string file_of(std::string_view address);
  /// To write: made where it is not there, and brought to the schema of this version.
  static Result<History> open(const std::string& address);
  /// To read. Nothing where no run has been written there yet.
  static Result<std::optional<History>> open_existing(const std::string& address);

  History(History&& other) noexcept;
  History& operator=(History&& other) noexcept;
  ~History();

  /// How messages and reports call it: never with a password.
  [[nodiscard]] const std::string& name() const;

  /// Writes a run down in place of one of the same estate and day. Nothing is there for others
  /// before `commit`. An error where a later day of the estate is written already.
  Status record(const AuditReport& report, std::uint64_t milliseconds);
  Status commit();

  /// The findings of the last run of an estate before a day that was complete enough to be kept.
  Result<std::optional<Baseline>> baseline(const std::string& estate, const std::string& day);

  /// The figures of an estate's nights before a day, the earliest first.
  Result<std::vector<NightFigures>> nights_before(const std::string& estate,
                                                  const std::string& day);

  Result<std::vector<std::string>> estates();
  /// The earliest first.
  Result<std::vector<HistoryRun>> runs(const std::string& estate);
  Result<HistoryTrends> trends(const std::string& estate);
  /// Every finding there ever was, the oldest first.
  Result<std::vector<HistoryFinding>> log(const std::string& estate);
  /// Those whose fingerprint begins like that.
  Result<std::vector<HistoryFinding>> findings(const std::string& estate,
                                               const std::string& fingerprint);
  Result<std::vector<HistoryState>> life(const std::string& estate, const std::string& fingerprint);
  /// Forgets all but the latest runs of an estate, and findings that none of these knew. Returns
  /// how many runs that were.
  Result<std::uint64_t> prune(const std::string& estate, std::uint64_t keep);

 private:
  explicit History(std::unique_ptr<Database> database);
  std::unique_ptr<Database> database_;
};

}  // namespace tierline
