#pragma once
// Fields that no export has, made from those of the row at hand: `{kind}:{name}`, or a reference
// with what people leave out of it. All that comes after takes them as it takes the export's own.

#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "input/row.h"
#include "mapping/row_fields.h"
#include "profile/compiled.h"

namespace tierline {

class DerivedFields {
 public:
  explicit DerivedFields(const CompiledProfile& profile) : profile_(profile) {}

  /// The cells of a row, which `fields` has taken, and with them those of the derived fields by
  /// these numbers. Valid until the next call.
  std::span<const Cell> add(const RowFields& fields, std::span<const Cell> cells,
                            std::span<const std::uint16_t> numbers, std::string_view table = {});

 private:
  /// The cells of one element of a list; all that stands outside of lists is in `fields_`.
  using Element = std::span<const Cell>;

  void derive_in(Element element, std::span<const std::uint16_t> numbers);
  void derive_outside(const DerivedField& field);
  /// The text of a part: from the element, else from the record as a whole.
  [[nodiscard]] std::string_view part_text(const TextPart& part, Element element) const;
  /// Empty where a part that has to be there is not. `driver` is the text of the part that varies.
  [[nodiscard]] std::string fill(const TextTemplate& text, Element element, const TextPart* driver,
                                 std::string_view driver_text) const;
  void put(const DerivedField& field, std::string text, Element element, std::uint32_t group);
  [[nodiscard]] std::string completed(const DerivedField& field, std::string_view text,
                                      Element element) const;

  const CompiledProfile& profile_;
  const RowFields* fields_ = nullptr;
  std::string_view table_;  ///< Of the record.
  std::vector<Cell> cells_;
  FieldSet in_lists_;
  std::uint32_t last_group_ = 0;
  std::deque<std::string> texts_;
};

}  // namespace tierline
