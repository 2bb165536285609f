#include "mapping/row_context.h"

#include <fmt/format.h>

#include "support/id128.h"
#include "support/quote.h"
#include "tierline/text.h"

namespace tierline {

RowContext::RowContext(const CompiledProfile& profile_of_rows, const ChunkContext& chunk_of_rows,
                       Batch& batch_of_rows)
    : profile(profile_of_rows), chunk(chunk_of_rows), batch(batch_of_rows) {}

bool RowContext::holds(const FieldTest& test) const {
  const auto fits = [&](Facet facet) {
    const std::string_view text = fields.facet(test.slot, facet, 0);
    return !text.empty() && any_matches(test.values, fold(text));
  };
  return fields.has(test.slot) && (fits(Facet::value) || fits(Facet::text) || fits(Facet::label));
}

/// One notice a field, whatever stands there: each record may have another text.
void RowContext::notice_unreadable_date(Slot slot, std::string_view so) {
  const std::string_view text = fields.text(slot);
  if (fold(text) == "unknown" || text.starts_with("0000-00-00")) {
    return;
  }
  notice("unreadable-date",
         fmt::format("what stands in '{}' is no date, or could be two ('dates' in a profile says "
                     "which number is the day): {}",
                     profile.fields[slot], so),
         line, 1, profile.fields[slot]);
}

bool RowContext::is_asked_for(Role role) const {
  switch (role) {
    case Role::manager:
      return is_asked_for(RuleInput::manager);
    case Role::delegate:
      return is_asked_for(RuleInput::delegate);
    case Role::customer:
      return is_asked_for(RuleInput::customers);
    default:
      return true;
  }
}

/// What the first case that gives a meaning makes of the record; nothing when none does.
std::optional<std::uint8_t> RowContext::meaning_of(std::span<const Case> cases) {
  for (const Case& one : cases) {
    if (one.kind == Case::Kind::constant) {
      return one.constant;
    }
    const Slot slot = profile.coded[one.code];
    const std::string_view written = fields.text(slot);
    const std::string folded = fold(written);
    for (const auto& [pattern, value] : one.values) {
      if (pattern.matches(folded)) {
        return value;
      }
    }
    if (!folded.empty()) {
      notice("unmapped-value",
             fmt::format("profile '{}' has no meaning for the value {} of '{}'", profile.id,
                         quoted(written), profile.fields[slot]),
             line, 1, profile.fields[slot]);
    }
  }
  return std::nullopt;
}

/// The first that a field refers to; empty where it refers to nothing.
std::string RowContext::reference_in(std::optional<Slot> slot) {
  std::string found;
  if (slot && fields.has(*slot)) {
    fields.each_reference(*slot, {}, [&](const FieldReference& reference, std::uint32_t) {
      found = found.empty() && !profile.is_nothing(reference.text) ? std::string(reference.text)
                                                                   : found;
    });
  }
  return found;
}

void RowContext::notice(const char* kind, std::string message, std::uint64_t at,
                        std::uint64_t count, std::string field) {
  for (Notice& known : batch.notices) {
    if (known.kind == kind && known.message == message) {
      known.count += count;
      return;
    }
  }
  batch.notices.push_back({kind, std::move(message), {chunk.path, at}, count, std::move(field)});
}

Ref RowContext::reference(std::string_view text) {
  if (text.empty()) {
    return {};
  }
  if (const auto id = parse_id128(text)) {
    return {*id, RefKind::hex};
  }
  return {store(text).as_id(), RefKind::text};
}

TextRange RowContext::store(std::string_view text) {
  const std::size_t begin = batch.text.size();
  std::size_t blank = text.find(no_break_space);
  while (blank != std::string_view::npos) {
    batch.text.append(text.substr(0, blank)).append(1, ' ');
    text.remove_prefix(blank + no_break_space.size());
    blank = text.find(no_break_space);
  }
  batch.text.append(text);
  return {begin, batch.text.size() - begin};
}

}  // namespace tierline
