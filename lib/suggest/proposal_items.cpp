#include "suggest/proposal_items.h"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/wording.h"
#include "tierline/text.h"

namespace tierline {
namespace {

/// What a text means, in the word that profiles have for it.
using Interpretation = std::function<std::optional<std::string>(std::string_view)>;

/// A meaning by words, as a meaning of texts.
template <typename Guess>
Interpretation meaning_by(Guess guess) {
  return [guess](std::string_view text) -> std::optional<std::string> {
    const auto found = guess(NameWords(text));
    return found ? std::optional(std::string(to_string(*found))) : std::nullopt;
  };
}

const Interpretation tier_meaning = meaning_by(tier_of);
/// Classes of persons and groups are known, too: they are no items.
const Interpretation class_meaning = [](std::string_view text) {
  const auto tier = tier_meaning(text);
  return tier || !names_parties(text) ? tier : std::optional<std::string>("");
};
const Interpretation state_meaning = meaning_by(state_of);
const Interpretation facing_meaning = meaning_by(facing_of);
const Interpretation criticality_meaning = [](std::string_view text) -> std::optional<std::string> {
  const auto found = criticality_of(NameWords(text));
  return found ? std::optional(std::to_string(*found)) : std::nullopt;
};

std::vector<std::string> texts_without(const AnalysedColumn& column,
                                       const Interpretation& meaning) {
  std::vector<std::string> unknown;
  for (const auto& [text, count] : column.field->values) {
    if (!meaning(text)) {
      unknown.push_back(text);
    }
  }
  return unknown;
}

ProposedCase case_of(const AnalysedColumn& column, const Interpretation& meaning) {
  ProposedCase one;
  one.field = column.field->path;
  for (const auto& [text, count] : column.field->values) {
    if (const auto found = meaning(text)) {
      one.values[*found].push_back(text);
    }
  }
  return one;
}

/// The column of codes with one of these words in its name of whose texts most are understood.
AnalysedColumn* take_codes(TableAnalysis& analysis, std::initializer_list<std::string_view> words,
                           const Interpretation& meaning) {
  return analysis.take_best([&](const AnalysedColumn& column) {
    if (!column.words.has_any(words) || !analysis.is_code(column)) {
      return TableAnalysis::none;
    }
    const std::size_t unknown = texts_without(column, meaning).size();
    const std::size_t known = column.field->values.size() - unknown;
    return TableAnalysis::none - static_cast<int>(known);
  });
}

void advise_on_unknown(const TableAnalysis& analysis, const AnalysedColumn& column,
                       const Interpretation& meaning, std::string_view member, Advice& advice) {
  const auto unknown = texts_without(column, meaning);
  if (!unknown.empty()) {
    const bool is_one = unknown.size() == 1;
    advice.add(analysis,
               fmt::format("no meaning is known for {} in '{}': put {} where {} in `{}`",
                           quoted_list(unknown), column.field->path, is_one ? "it" : "them",
                           is_one ? "it belongs" : "they belong", member));
  }
}

/// Services of a class that sounds as if they support others do, where nothing tells whom services
/// face; where something does, it may say otherwise of them.
void propose_supporting(const TableAnalysis& analysis, const AnalysedColumn* told_by,
                        ProposedRecord& record, Advice& advice) {
  const auto services = record.tier.front().values.find(to_string(Tier::service));
  ProposedCase supporting;
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
    advice.add(analysis, fmt::format("services of '{}' {} are taken for supporting ones",
                                     supporting.when_field, quoted_list(supporting.when_texts)));
    record.facing.push_back(std::move(supporting));
  } else if (texts_without(*told_by, facing_meaning).empty()) {
    advice.add(
        analysis,
        fmt::format("whom services of '{}' {} face is what '{}' says, though they sound as if "
                    "they support others: is that so?",
                    supporting.when_field, quoted_list(supporting.when_texts),
                    told_by->field->path));
  }
}

/// Proposes an attribute that a column of codes tells, where there is one.
const AnalysedColumn* propose_codes(TableAnalysis& analysis,
                                    std::initializer_list<std::string_view> words,
                                    const Interpretation& meaning, std::string_view member,
                                    std::vector<ProposedCase>& cases, Advice& advice) {
  const AnalysedColumn* column = take_codes(analysis, words, meaning);
  if (column != nullptr) {
    cases.push_back(case_of(*column, meaning));
    advise_on_unknown(analysis, *column, meaning, member, advice);
  }
  return column;
}

/// Where there are portfolios and systems but no services between them, one may stand for the
/// other.
void advise_on_services(const TableAnalysis& analysis, const ProposedCase& tiers, Advice& advice) {
  const auto portfolios = tiers.values.find(to_string(Tier::portfolio));
  if (portfolios != tiers.values.end() && tiers.values.size() > 1 &&
      !tiers.values.contains(to_string(Tier::service))) {
    advice.add(analysis,
               fmt::format("{} in '{}' {} taken for portfolios, and nothing for services: is "
                           "that so?",
                           quoted_list(portfolios->second), tiers.field,
                           portfolios->second.size() == 1 ? "is" : "are"));
  }
}

ProposedCase constant(Tier tier) {
  ProposedCase one;
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

ProposedParty party_of(const AnalysedColumn& column, const ForeignKeyGuess& reference) {
  ProposedParty party;
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
bool names_supported(const AnalysedColumn& column, std::span<const TableAnalysis* const> items) {
  return column.words.text() == "support" && guess_foreign_key(column, items).leads_somewhere();
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
bool can_be_relation(const TableAnalysis& analysis, const AnalysedColumn& column,
                     const ForeignKeyGuess& reference) {
  const bool repeats_name = reference.target == &analysis && analysis.is_unique(column);
  const bool counts = std::ranges::all_of(column.field->sample, is_number);
  return reference.leads_somewhere() && !repeats_name && (!counts || relation_of(column.words));
}

/// By the tiers of both sides, where words do not tell: what stands above needs what is below.
RelationGuess guess_by_tiers(const TableAnalysis& analysis, const TableAnalysis& target) {
  if (analysis.tier && target.tier && *analysis.tier != *target.tier) {
    return {RelationKind::needs, *target.tier < *analysis.tier};
  }
  return {};
}

}  // namespace

void advise(const TableAnalysis& analysis, const std::string& field, const RelationGuess& guess,
            Advice& advice) {
  if (guess.kind == RelationKind::other) {
    advice.add(analysis, fmt::format("'{}' names other items, but not what they are to this one: "
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
  advice.add(analysis, fmt::format("'{}' is taken to name what {}", field, relation));
}

std::string quoted_list(std::span<const std::string> texts) {
  std::vector<std::string> quoted;
  for (const std::string& text : texts) {
    quoted.push_back(fmt::format("'{}'", text));
  }
  return name_list(quoted, 5);
}

bool name_records(TableAnalysis& analysis, ProposedRecord& record, Advice& advice) {
  if (analysis.id == nullptr && analysis.name == nullptr) {
    analysis.name = analysis.take_best([&](const AnalysedColumn& column) {
      return analysis.is_unique(column) && !is_about_parties(column.words) ? 0
                                                                           : TableAnalysis::none;
    });
    if (analysis.name == nullptr) {
      return false;
    }
    advice.add(analysis,
               fmt::format("records are known by '{}', the first field that differs in all "
                           "of them: is it their name?",
                           analysis.name->field->path));
  }
  if (analysis.name == nullptr && analysis.take_name_by_texts() != nullptr) {
    advice.add(analysis, fmt::format("'{}' is taken for what people call these records",
                                     analysis.name->field->path));
  }
  record.tables = {analysis.table_name()};
  record.id = analysis.id == nullptr ? std::string() : analysis.id->field->path;
  record.name = analysis.name == nullptr ? std::string() : analysis.name->field->path;
  return true;
}

bool name_some_records(TableAnalysis& analysis, ProposedRecord& record, Advice& advice) {
  analysis.id = analysis.take_best([](const AnalysedColumn& column) {
    const FieldSurvey& field = *column.field;
    const bool differs = field.texts > 0 && !field.is_list && field.hashes.size() == field.texts;
    return !differs || is_about_parties(column.words) ? TableAnalysis::none
           : tier_of(column.words)                    ? 0
                                                      : 1;
  });
  if (analysis.id == nullptr) {
    return false;
  }
  record.fields = record.id = analysis.id->field->path;
  advice.add(analysis,
             fmt::format("only those with '{}' are taken for records of their own, called by "
                         "it: the others hold records",
                         record.fields));
  return true;
}

void propose_tier(TableAnalysis& analysis, ProposedRecord& record, Advice& advice) {
  const AnalysedColumn* column = take_codes(
      analysis, {"tier", "layer", "level", "class", "type", "kind", "category"}, tier_meaning);
  const ProposedCase by_field = column == nullptr ? ProposedCase() : case_of(*column, tier_meaning);
  const auto by_table = tier_of(record.fields.empty() ? analysis.words : NameWords(record.fields));
  const bool agree = by_table && by_field.values.size() <= 1 &&
                     (by_field.values.empty() || by_field.values.contains(to_string(*by_table)));
  if (!by_field.values.empty() && !agree) {
    record.tier.push_back(by_field);
    advise_on_unknown(analysis, *column, class_meaning, "tier", advice);
    advise_on_services(analysis, by_field, advice);
    if (by_field.values.size() == 1) {
      analysis.tier = tier_of(NameWords(by_field.values.begin()->first));
    }
  } else {
    analysis.tier = by_table.value_or(Tier::system);
    record.tier.push_back(constant(*analysis.tier));
    if (!by_table) {
      advice.add(analysis,
                 "nothing tells the tier of these items, so all of them are systems: change "
                 "`tier`");
    }
  }
  record.item_class = column == nullptr ? std::string() : column->field->path;
}

void propose_attributes(TableAnalysis& analysis, ProposedRecord& record, Advice& advice) {
  propose_codes(analysis, {"state", "status", "lifecycle", "life", "phase", "stage"}, state_meaning,
                "state", record.state, advice);
  propose_codes(analysis, {"criticality", "priority", "importance", "impact"}, criticality_meaning,
                "criticality", record.criticality, advice);
  const AnalysedColumn* facing = propose_codes(
      analysis,
      {"facing", "audience", "consumer", "customer", "visibility", "exposure", "classification"},
      facing_meaning, "facing", record.facing, advice);
  propose_supporting(analysis, facing, record, advice);
  const auto is_code = [&](const AnalysedColumn& column) { return analysis.is_code(column); };
  if (record.item_class.empty()) {
    const AnalysedColumn* column = analysis.take({"class", "type", "kind"}, is_code);
    record.item_class = column == nullptr ? std::string() : column->field->path;
  }
  const auto any = [](const AnalysedColumn& /*column*/) { return true; };
  const AnalysedColumn* environment = analysis.take({"environment", "env"}, any);
  record.environment = environment == nullptr ? std::string() : environment->field->path;
  const AnalysedColumn* updated =
      analysis.take({"updated", "modified", "changed"},
                    [](const AnalysedColumn& column) { return !column.words.has("by"); });
  record.updated = updated == nullptr ? std::string() : updated->field->path;
  if (record.facing.empty() && analysis.tier == Tier::service) {
    advice.add(analysis,
               "nothing tells whom these services face: add `facing`, or they are neither "
               "judged as facing customers nor as supporting others");
  }
}

void propose_owners(TableAnalysis& analysis, std::span<const TableAnalysis* const> parties,
                    std::span<const TableAnalysis* const> items, ProposedRecord& record,
                    std::vector<std::string>& placeholders, Advice& advice) {
  for (AnalysedColumn& column : analysis.columns) {
    const ForeignKeyGuess reference =
        column.taken ? ForeignKeyGuess() : guess_foreign_key(column, parties);
    const bool is_about = is_about_parties(column.words) && !names_supported(column, items);
    if (column.taken || !(is_about || reference.leads_somewhere())) {
      continue;
    }
    column.taken = true;
    const Part part = part_of(column.words);
    // Persons may stand among the items.
    const ProposedParty party = party_of(
        column, reference.leads_somewhere() ? reference : guess_foreign_key(column, items));
    (part == Part::accountable ? record.accountable
     : part == Part::operates  ? record.operates
                               : record.candidates)
        .push_back(party);
    if (part == Part::accountable) {
      note_placeholders(*column.field, placeholders);
    }
    if (!is_about) {
      advice.add(analysis, fmt::format("'{}' names persons or groups, and is taken for somebody to "
                                       "ask: is it who answers for the item?",
                                       party.field));
    }
  }
  if (record.accountable.empty()) {
    advice.add(analysis,
               "nothing tells who answers for these items: name the field in `accountable`, "
               "or no rule about owners is evaluated");
  } else if (record.accountable.size() > 1) {
    advice.add(analysis, fmt::format("several fields name owners: '{}' counts first, and the next "
                                     "where it is empty",
                                     record.accountable.front().field));
  }
}

void propose_relations(TableAnalysis& analysis, std::span<const TableAnalysis* const> items,
                       ProposedRecord& record, Advice& advice) {
  for (AnalysedColumn& column : analysis.columns) {
    if (column.taken || column.field->texts == 0) {
      continue;
    }
    const ForeignKeyGuess reference = guess_foreign_key(column, items);
    const auto told = relation_of(column.words);
    if (!can_be_relation(analysis, column, reference)) {
      if (told && reference.share > 0 && !reference.leads_somewhere()) {
        advice.add(analysis,
                   fmt::format("'{}' sounds like a relation, but few of its texts are ids "
                               "or names of items: it is left out",
                               column.field->path));
      }
      continue;
    }
    column.taken = true;
    const RelationGuess guess = told ? *told : guess_by_tiers(analysis, *reference.target);
    record.relations.push_back({.kind = std::string(to_string(guess.kind)),
                                .names_first = guess.reversed,
                                .is_portfolio = guess.kind == RelationKind::contains &&
                                                guess.reversed &&
                                                reference.target->tier == Tier::portfolio,
                                .end = {.field = column.field->path,
                                        .separator = reference.separator,
                                        .after = reference.after,
                                        .until = reference.until}});
    advise(analysis, column.field->path, guess, advice);
  }
}

}  // namespace tierline
