#pragma once
// What an export says, in messages about it: nothing else of an export may stand in one.

#include <string>
#include <string_view>

namespace tierline {

/// In quotes, shortened: `'Payroll'`. While contents are hidden, only how long it is:
/// `[7 characters]`.
std::string quoted(std::string_view content);
/// The same, without the quotes.
std::string as_said(std::string_view content);

/// While there is one that is wanted, on whatever thread, contents are hidden.
class HiddenContents {
 public:
  explicit HiddenContents(bool is_wanted);
  HiddenContents(const HiddenContents&) = delete;
  HiddenContents& operator=(const HiddenContents&) = delete;
  ~HiddenContents();

 private:
  bool is_wanted_;
};

}  // namespace tierline
