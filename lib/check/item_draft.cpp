#include "check/item_draft.h"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/wording.h"
#include "support/text.h"

namespace tierline {
namespace {

/// What a text means, in the word that profiles have for it.
using Meaning = std::function<std::optional<std::string>(std::string_view)>;

/// A meaning by words, as a meaning of texts.
template <typename Guess>
Meaning meaning_by(Guess guess) {
  return [guess](std::string_view text) -> std::optional<std::string> {
    const auto found = guess(NameWords(text));
    return found ? std::optional(std::string(to_string(*found))) : std::nullopt;
  };
}

const Meaning tier_meaning = meaning_by(tier_of);
/// Classes of persons and groups are known, too: they are no items.
const Meaning class_meaning = [](std::string_view text) {
  const auto tier = tier_meaning(text);
  return tier || !names_parties(text) ? tier : std::optional<std::string>("");
};
const Meaning state_meaning = meaning_by(state_of);
const Meaning facing_meaning = meaning_by(facing_of);
const Meaning criticality_meaning = [](std::string_view text) -> std::optional<std::string> {
  const auto found = criticality_of(NameWords(text));
  return found ? std::optional(std::to_string(*found)) : std::nullopt;
};

std::vector<std::string> texts_without(const SheetColumn& column, const Meaning& meaning) {
  std::vector<std::string> unknown;
  for (const auto& [text, count] : column.field->values) {
    if (!meaning(text)) {
      unknown.push_back(text);
    }
  }
  return unknown;
}

DraftCase case_of(const SheetColumn& column, const Meaning& meaning) {
  DraftCase one;
  one.field = column.field->path;
  for (const auto& [text, count] : column.field->values) {
    if (const auto found = meaning(text)) {
      one.values[*found].push_back(text);
    }
  }
  return one;
}

/// The column of codes with one of these words in its name of whose texts most are understood.
SheetColumn* take_codes(Sheet& sheet, std::initializer_list<std::string_view> words,
                        const Meaning& meaning) {
  return sheet.take_best([&](const SheetColumn& column) {
    if (!column.words.has_any(words) || !sheet.is_code(column)) {
      return Sheet::none;
    }
    const std::size_t unknown = texts_without(column, meaning).size();
    const std::size_t known = column.field->values.size() - unknown;
    return Sheet::none - static_cast<int>(known);
  });
}

void advise_on_unknown(const Sheet& sheet, const SheetColumn& column, const Meaning& meaning,
                       std::string_view member, Advice& advice) {
  const auto unknown = texts_without(column, meaning);
  if (!unknown.empty()) {
    const bool is_one = unknown.size() == 1;
    advice.add(sheet, fmt::format("no meaning is known for {} in '{}': put {} where {} in `{}`",
                                  quoted_list(unknown), column.field->path, is_one ? "it" : "them",
                                  is_one ? "it belongs" : "they belong", member));
  }
}

/// Services of a class that sounds as if they support others do, where nothing tells whom services
/// face; where something does, it may say otherwise of them.
void draft_supporting(const Sheet& sheet, const SheetColumn* told_by, DraftRecord& record,
                      Advice& advice) {
  const auto services = record.tier.front().values.find(to_string(Tier::service));
  DraftCase supporting;
  if (services != record.tier.front().values.end()) {
    std::ranges::copy_if(
        services->second, std::back_inserter(supporting.when_texts),
        [](const std::string& text) { return facing_of(NameWords(text)) == Facing::supporting; });
  }
  if (supporting.when_texts.empty()) {
    return;
  }
  supporting.is = to_string(Facing::supporting);
  supporting.when_field = record.tier.front().field;
  if (told_by == nullptr) {
    advice.add(sheet, fmt::format("services of '{}' {} are taken for supporting ones",
                                  supporting.when_field, quoted_list(supporting.when_texts)));
    record.facing.push_back(std::move(supporting));
  } else if (texts_without(*told_by, facing_meaning).empty()) {
    advice.add(
        sheet,
        fmt::format("whom services of '{}' {} face is what '{}' says, though they sound as if "
                    "they support others: is that so?",
                    supporting.when_field, quoted_list(supporting.when_texts),
                    told_by->field->path));
  }
}

/// Drafts a trait that a column of codes tells, where there is one.
const SheetColumn* draft_codes(Sheet& sheet, std::initializer_list<std::string_view> words,
                               const Meaning& meaning, std::string_view member,
                               std::vector<DraftCase>& cases, Advice& advice) {
  const SheetColumn* column = take_codes(sheet, words, meaning);
  if (column != nullptr) {
    cases.push_back(case_of(*column, meaning));
    advise_on_unknown(sheet, *column, meaning, member, advice);
  }
  return column;
}

/// Where there are portfolios and systems but no services between them, one may stand for the
/// other.
void advise_on_services(const Sheet& sheet, const DraftCase& tiers, Advice& advice) {
  const auto portfolios = tiers.values.find(to_string(Tier::portfolio));
  if (portfolios != tiers.values.end() && tiers.values.size() > 1 &&
      !tiers.values.contains(to_string(Tier::service))) {
    advice.add(sheet,
               fmt::format("{} in '{}' {} taken for portfolios, and nothing for services: is "
                           "that so?",
                           quoted_list(portfolios->second), tiers.field,
                           portfolios->second.size() == 1 ? "is" : "are"));
  }
}

DraftCase constant(Tier tier) {
  DraftCase one;
  one.is = to_string(tier);
  return one;
}

// --- parties

enum class Part : std::uint8_t { accountable, operates, candidate };

Part part_of(const NameWords& words) {
  if (words.has_any({"owner", "owned", "owning", "accountable", "responsible"})) {
    return Part::accountable;
  }
  const bool is_person = words.has_any({"lead", "contact", "manager", "steward", "deputy"});
  return !is_person && words.has_any({"team", "group", "squad", "support", "operator", "operated",
                                      "maintained"})
             ? Part::operates
             : Part::candidate;
}

/// What stands between names that no table tells: not a comma, which names have in them.
std::string separator_in(const FieldSurvey& field) {
  for (const std::string_view separator : {";", "|", " & "}) {
    const auto has = [&](const std::string& text) {
      return text.find(separator) != std::string::npos;
    };
    if (std::ranges::any_of(field.sample, has)) {
      return std::string(separator);
    }
  }
  return {};
}

DraftParty party_of(const SheetColumn& column, const Reference& reference) {
  DraftParty party;
  party.field = column.field->path;
  party.separator = reference.leads_somewhere() ? reference.separator : separator_in(*column.field);
  party.after = reference.after;
  party.until = reference.until;
  PartyKind kind = reference.leads_somewhere() ? reference.target->party_kind : PartyKind::unknown;
  if (kind == PartyKind::unknown && column.words.has_any({"team", "group", "squad"})) {
    kind = PartyKind::group;
  }
  party.points_to = kind == PartyKind::unknown ? std::string() : std::string(to_string(kind));
  return party;
}

/// `supports` names what an item supports; `support` may also name who supports it.
bool names_supported(const SheetColumn& column, std::span<const Sheet* const> items) {
  return column.words.text() == "support" && reference_of(column, items).leads_somewhere();
}

void note_placeholders(const FieldSurvey& field, std::vector<std::string>& placeholders) {
  for (const std::string& text : field.sample) {
    const std::string folded = fold(text);
    if (is_nobody(text) && std::ranges::find(placeholders, folded) == placeholders.end()) {
      placeholders.push_back(folded);
    }
  }
}

// --- relations

bool is_number(const std::string& text) {
  return text.size() <= 4 && text.find_first_not_of("0123456789") == std::string::npos;
}

/// Whether texts that happen to be ids or names of items are meant to be.
bool can_be_relation(const Sheet& sheet, const SheetColumn& column, const Reference& reference) {
  const bool repeats_name = reference.target == &sheet && sheet.is_unique(column);
  const bool counts = std::ranges::all_of(column.field->sample, is_number);
  return reference.leads_somewhere() && !repeats_name && (!counts || relation_of(column.words));
}

/// By the tiers of both sides, where words do not tell: what stands above needs what is below.
RelationGuess guess_by_tiers(const Sheet& sheet, const Sheet& target) {
  if (sheet.tier && target.tier && *sheet.tier != *target.tier) {
    return {RelationKind::needs, *target.tier < *sheet.tier};
  }
  return {};
}

}  // namespace

void advise(const Sheet& sheet, const std::string& field, const RelationGuess& guess,
            Advice& advice) {
  if (guess.kind == RelationKind::other) {
    advice.add(sheet, fmt::format("'{}' names other items, but not what they are to this one: "
                                  "make its kind `needs` or `contains`, or it is not followed",
                                  field));
    return;
  }
  const std::string_view relation = guess.kind == RelationKind::contains
                                        ? (guess.reversed ? "contains it" : "it contains")
                                    : guess.kind == RelationKind::data
                                        ? (guess.reversed ? "sends data to it" : "it sends data to")
                                    : guess.reversed ? "needs it"
                                                     : "it needs";
  advice.add(sheet, fmt::format("'{}' is taken to name what {}", field, relation));
}

std::string quoted_list(std::span<const std::string> texts) {
  std::vector<std::string> quoted;
  for (const std::string& text : texts) {
    quoted.push_back(fmt::format("'{}'", text));
  }
  return name_list(quoted, 5);
}

bool name_records(Sheet& sheet, DraftRecord& record, Advice& advice) {
  if (sheet.id == nullptr && sheet.name == nullptr) {
    sheet.name = sheet.take_best([&](const SheetColumn& column) {
      return sheet.is_unique(column) && !is_about_parties(column.words) ? 0 : Sheet::none;
    });
    if (sheet.name == nullptr) {
      return false;
    }
    advice.add(sheet, fmt::format("records are known by '{}', the first field that differs in all "
                                  "of them: is it their name?",
                                  sheet.name->field->path));
  }
  if (sheet.name == nullptr && sheet.take_name_by_texts() != nullptr) {
    advice.add(sheet, fmt::format("'{}' is taken for what people call these records",
                                  sheet.name->field->path));
  }
  record.tables = {sheet.table_name()};
  record.id = sheet.id == nullptr ? std::string() : sheet.id->field->path;
  record.name = sheet.name == nullptr ? std::string() : sheet.name->field->path;
  return true;
}

bool name_some_records(Sheet& sheet, DraftRecord& record, Advice& advice) {
  sheet.id = sheet.take_best([](const SheetColumn& column) {
    const FieldSurvey& field = *column.field;
    const bool differs = field.texts > 0 && !field.is_list && field.hashes.size() == field.texts;
    return !differs || is_about_parties(column.words) ? Sheet::none : tier_of(column.words) ? 0 : 1;
  });
  if (sheet.id == nullptr) {
    return false;
  }
  record.fields = record.id = sheet.id->field->path;
  advice.add(sheet,
             fmt::format("only those with '{}' are taken for records of their own, called by "
                         "it: the others hold records",
                         record.fields));
  return true;
}

void draft_tier(Sheet& sheet, DraftRecord& record, Advice& advice) {
  const SheetColumn* column = take_codes(
      sheet, {"tier", "layer", "level", "class", "type", "kind", "category"}, tier_meaning);
  const DraftCase by_field = column == nullptr ? DraftCase() : case_of(*column, tier_meaning);
  const auto by_table = tier_of(record.fields.empty() ? sheet.words : NameWords(record.fields));
  const bool agree = by_table && by_field.values.size() <= 1 &&
                     (by_field.values.empty() || by_field.values.contains(to_string(*by_table)));
  if (!by_field.values.empty() && !agree) {
    record.tier.push_back(by_field);
    advise_on_unknown(sheet, *column, class_meaning, "tier", advice);
    advise_on_services(sheet, by_field, advice);
    if (by_field.values.size() == 1) {
      sheet.tier = tier_of(NameWords(by_field.values.begin()->first));
    }
  } else {
    sheet.tier = by_table.value_or(Tier::system);
    record.tier.push_back(constant(*sheet.tier));
    if (!by_table) {
      advice.add(sheet,
                 "nothing tells the tier of these items, so all of them are systems: change "
                 "`tier`");
    }
  }
  record.item_class = column == nullptr ? std::string() : column->field->path;
}

void draft_traits(Sheet& sheet, DraftRecord& record, Advice& advice) {
  draft_codes(sheet, {"state", "status", "lifecycle", "life", "phase", "stage"}, state_meaning,
              "state", record.state, advice);
  draft_codes(sheet, {"criticality", "priority", "importance", "impact"}, criticality_meaning,
              "criticality", record.criticality, advice);
  const SheetColumn* facing = draft_codes(
      sheet,
      {"facing", "audience", "consumer", "customer", "visibility", "exposure", "classification"},
      facing_meaning, "facing", record.facing, advice);
  draft_supporting(sheet, facing, record, advice);
  const auto is_code = [&](const SheetColumn& column) { return sheet.is_code(column); };
  if (record.item_class.empty()) {
    const SheetColumn* column = sheet.take({"class", "type", "kind"}, is_code);
    record.item_class = column == nullptr ? std::string() : column->field->path;
  }
  const auto any = [](const SheetColumn& /*column*/) { return true; };
  const SheetColumn* environment = sheet.take({"environment", "env"}, any);
  record.environment = environment == nullptr ? std::string() : environment->field->path;
  const SheetColumn* updated =
      sheet.take({"updated", "modified", "changed"},
                 [](const SheetColumn& column) { return !column.words.has("by"); });
  record.updated = updated == nullptr ? std::string() : updated->field->path;
  if (record.facing.empty() && sheet.tier == Tier::service) {
    advice.add(sheet,
               "nothing tells whom these services face: add `facing`, or they are neither "
               "judged as facing customers nor as supporting others");
  }
}

void draft_owners(Sheet& sheet, std::span<const Sheet* const> parties,
                  std::span<const Sheet* const> items, DraftRecord& record,
                  std::vector<std::string>& placeholders, Advice& advice) {
  for (SheetColumn& column : sheet.columns) {
    const Reference reference = column.taken ? Reference() : reference_of(column, parties);
    const bool is_about = is_about_parties(column.words) && !names_supported(column, items);
    if (column.taken || !(is_about || reference.leads_somewhere())) {
      continue;
    }
    column.taken = true;
    const Part part = part_of(column.words);
    // Persons may stand among the items.
    const DraftParty party =
        party_of(column, reference.leads_somewhere() ? reference : reference_of(column, items));
    (part == Part::accountable ? record.accountable
     : part == Part::operates  ? record.operates
                               : record.candidates)
        .push_back(party);
    if (part == Part::accountable) {
      note_placeholders(*column.field, placeholders);
    }
    if (!is_about) {
      advice.add(sheet, fmt::format("'{}' names persons or groups, and is taken for somebody to "
                                    "ask: is it who answers for the item?",
                                    party.field));
    }
  }
  if (record.accountable.empty()) {
    advice.add(sheet,
               "nothing tells who answers for these items: name the field in `accountable`, "
               "or no rule about owners is evaluated");
  } else if (record.accountable.size() > 1) {
    advice.add(sheet, fmt::format("several fields name owners: '{}' counts first, and the next "
                                  "where it is empty",
                                  record.accountable.front().field));
  }
}

void draft_relations(Sheet& sheet, std::span<const Sheet* const> items, DraftRecord& record,
                     Advice& advice) {
  for (SheetColumn& column : sheet.columns) {
    if (column.taken || column.field->texts == 0) {
      continue;
    }
    const Reference reference = reference_of(column, items);
    const auto told = relation_of(column.words);
    if (!can_be_relation(sheet, column, reference)) {
      if (told && reference.share > 0 && !reference.leads_somewhere()) {
        advice.add(sheet, fmt::format("'{}' sounds like a relation, but few of its texts are ids "
                                      "or names of items: it is left out",
                                      column.field->path));
      }
      continue;
    }
    column.taken = true;
    const RelationGuess guess = told ? *told : guess_by_tiers(sheet, *reference.target);
    record.relations.push_back({.kind = std::string(to_string(guess.kind)),
                                .names_first = guess.reversed,
                                .is_portfolio = guess.kind == RelationKind::contains &&
                                                guess.reversed &&
                                                reference.target->tier == Tier::portfolio,
                                .end = {.field = column.field->path,
                                        .separator = reference.separator,
                                        .after = reference.after,
                                        .until = reference.until}});
    advise(sheet, column.field->path, guess, advice);
  }
}

}  // namespace tierline
