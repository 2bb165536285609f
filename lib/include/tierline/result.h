#pragma once
// Errors are values with a place. An `Error` means that the run cannot go on (unreadable file, text
// that is not its format, unknown option); a record that is merely unusable is a `Notice`
// (notice.h), and what a rule says is a `Finding` (finding.h).

#include <cassert>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>

namespace tierline {

/// Where something was read. Lines count from 1; line 0 means the file as a whole, an empty file
/// name means no place at all.
struct Place {
  std::string file;
  std::uint64_t line = 0;
};

/// `file:line`, or `file` where there is no line; empty for no place.
std::string to_string(const Place& place);

/// Why a run cannot go on: lower case, no full stop, with what to do where that is not obvious.
struct Error {
  std::string message;
  Place place = {};
};

/// `file:line: message`, as `tierline` prints it.
std::string to_string(const Error& error);

/// A value, or the error that kept it from being made. Named like std::expected, to become it.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  [[nodiscard]] bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  T& value() & { return checked(); }
  const T& value() const& { return const_cast<Result*>(this)->checked(); }
  T&& value() && { return std::move(checked()); }
  T& operator*() & { return checked(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(checked()); }
  T* operator->() { return &checked(); }
  const T* operator->() const { return &value(); }

  [[nodiscard]] const Error& error() const& { return std::get<1>(state_); }
  [[nodiscard]] Error&& error() && { return std::get<1>(std::move(state_)); }

 private:
  T& checked() {
    assert(has_value());
    return *std::get_if<0>(&state_);
  }
  std::variant<T, Error> state_;
};

/// The result of an act that has nothing to return.
struct Done {};
using Status = Result<Done>;

}  // namespace tierline
