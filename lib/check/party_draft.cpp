#include "check/party_draft.h"

#include <algorithm>

#include "support/dates.h"
#include "support/text.h"

namespace tierline {
namespace {

bool holds_addresses(const SheetColumn& column) {
  const auto has_at = [](const std::string& text) { return text.find('@') != std::string::npos; };
  return column.words.has_any({"email", "mail"}) && !column.field->sample.empty() &&
         std::ranges::all_of(column.field->sample, has_at);
}

bool is_gone(std::string_view text) {
  constexpr std::string_view texts[] = {"false", "no", "n", "0"};
  return std::ranges::find(texts, fold(text)) != std::end(texts) ||
         NameWords(text).has_any(
             {"inactive", "left", "terminated", "disabled", "gone", "leaver", "dissolved"});
}

std::vector<std::string> texts_of_gone(const SheetColumn& column) {
  std::vector<std::string> texts;
  for (const auto& [text, count] : column.field->values) {
    if (is_gone(text)) {
      texts.push_back(text);
    }
  }
  return texts;
}

void draft_activity(Sheet& sheet, DraftRecord& record) {
  const SheetColumn* column =
      sheet.take({"active", "enabled", "status", "state"}, [&](const SheetColumn& one) {
        return sheet.is_code(one) && (one.words.has_any({"active", "enabled"}) ||
                                      std::ranges::any_of(one.field->sample, is_gone));
      });
  if (column != nullptr) {
    record.active = column->field->path;
    record.inactive = texts_of_gone(*column);
    if (record.inactive.empty()) {
      record.inactive = {"false", "no", "0"};
    }
  }
  const SheetColumn* until =
      sheet.take({"until", "end", "leave", "left", "last"}, [](const SheetColumn& one) {
        const auto is_day = [](const std::string& text) { return parse_day(text).has_value(); };
        return one.field->texts > 0 && std::ranges::all_of(one.field->sample, is_day);
      });
  record.until = until == nullptr ? std::string() : until->field->path;
}

/// A column that says of each record whether it is a person or a group.
bool draft_kinds(Sheet& sheet, DraftRecord& record) {
  const SheetColumn* column = sheet.take({"kind", "type", "category"}, [&](const SheetColumn& one) {
    const auto tells = [](const auto& value) {
      return party_kind_of(NameWords(value.first)).has_value();
    };
    return sheet.is_code(one) && std::ranges::all_of(one.field->values, tells);
  });
  if (column == nullptr) {
    return false;
  }
  DraftCase& one = record.party_kind.emplace_back();
  one.field = column->field->path;
  for (const auto& [text, count] : column->field->values) {
    one.values[std::string(to_string(*party_kind_of(NameWords(text))))].push_back(text);
  }
  return true;
}

}  // namespace

bool looks_like_parties(const Sheet& sheet) {
  return party_kind_of(sheet.words) || sheet.words.has_any({"party", "owner", "member"}) ||
         (!tier_of(sheet.words) &&
          std::ranges::any_of(sheet.columns, [&](const SheetColumn& column) {
            return holds_addresses(column) && !is_about_parties(column.words) &&
                   sheet.is_unique(column);
          }));
}

bool is_where_owners_are(const Sheet& sheet, std::span<Sheet> sheets) {
  const Sheet* const target = &sheet;
  return !tier_of(sheet.words) && std::ranges::any_of(sheets, [&](const Sheet& other) {
    return &other != target && std::ranges::any_of(other.columns, [&](const SheetColumn& column) {
      return is_about_parties(column.words) &&
             reference_of(column, std::span(&target, 1)).leads_somewhere();
    });
  });
}

void draft_inactive(const Sheet& sheet, const std::string& field, DraftRecord& record) {
  const auto column = std::ranges::find_if(
      sheet.columns, [&](const SheetColumn& one) { return one.field->path == field; });
  if (column != sheet.columns.end()) {
    record.inactive = texts_of_gone(*column);
    record.active = record.inactive.empty() ? std::string() : field;
  }
}

void draft_party(Sheet& sheet, DraftRecord& record, Advice& advice) {
  const auto holds = [](const SheetColumn& column) { return column.field->texts > 0; };
  while (const SheetColumn* alias =
             sheet.take({"email", "mail", "login", "username", "user"}, holds)) {
    record.aliases.push_back(alias->field->path);
  }
  if (!draft_kinds(sheet, record)) {
    const auto told = party_kind_of(sheet.words);
    sheet.party_kind = told                     ? *told
                       : record.aliases.empty() ? PartyKind::unknown
                                                : PartyKind::person;
    if (sheet.party_kind == PartyKind::unknown) {
      advice.add(sheet, "are these persons or groups? Say so: \"kind\": {\"is\": \"person\"}");
    } else {
      record.party_kind.emplace_back().is = to_string(sheet.party_kind);
    }
  }
  draft_activity(sheet, record);
  if (sheet.party_kind == PartyKind::person) {
    return;
  }
  if (const SheetColumn* lead = sheet.take({"lead", "leader", "manager", "head"}, holds)) {
    record.leads.push_back(lead->field->path);
  }
}

}  // namespace tierline
