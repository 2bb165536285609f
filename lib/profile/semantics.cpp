// What the inventory asks of a profile: what codes, relation types and references to parties mean.

#include <fmt/format.h>

#include <algorithm>

#include "profile/compiled.h"
#include "profile/packed_text.h"
#include "support/quote.h"
#include "tierline/text.h"

namespace tierline {
namespace {

/// The coded fields of one item, asked case by case.
class CaseReader {
 public:
  CaseReader(const CompiledProfile& profile, std::span<const std::string> lineage,
             std::span<const std::string* const> codes, ItemAttributes& attributes)
      : profile_(profile), lineage_(lineage), codes_(codes), attributes_(attributes) {}

  /// The first meaning that the cases give; nothing when none does.
  std::optional<std::uint8_t> read(std::span<const Case> cases) {
    for (const Case& one : cases) {
      if (!holds(one.when)) {
        continue;
      }
      if (one.kind == Case::Kind::constant) {
        return one.constant;
      }
      if (one.kind == Case::Kind::parent) {
        attributes_.facing_from_parent = true;
        return std::nullopt;
      }
      if (const auto value = look_up(one)) {
        return value;
      }
    }
    return std::nullopt;
  }

  /// Two cases that hold and whose meanings are of different sides, in words; empty where there are
  /// none. A case that looks at nothing but what one before it has looked at is what is meant where
  /// that one does not hold, and says nothing beside it.
  std::string contradiction(std::span<const Case> cases, int (*side_of)(std::uint8_t)) {
    std::vector<const Case*> told;
    std::optional<std::uint8_t> first;
    for (const Case& one : cases) {
      const bool is_fallback =
          one.kind == Case::Kind::constant && one.when.fields.empty() && one.when.classes.empty();
      if (one.kind == Case::Kind::parent || is_fallback || !holds(one.when) ||
          adds_nothing(one, told)) {
        continue;
      }
      const auto value =
          one.kind == Case::Kind::constant ? std::optional(one.constant) : meaning_of(one);
      if (!value) {
        continue;
      }
      if (first && side_of(*first) != side_of(*value)) {
        return fmt::format("{}, but {}", said(*told.front()), said(one));
      }
      first = first.value_or(*value);
      told.push_back(&one);
    }
    return {};
  }

  /// The fields whose texts give the meaning; none where something else does.
  std::vector<StateField> state_fields(std::span<const Case> cases) const {
    std::vector<StateField> all;
    for (const Case& one : cases) {
      const bool says_nothing_beside =
          one.kind == Case::Kind::constant && one.when.fields.empty() && one.when.classes.empty();
      if (says_nothing_beside || !holds(one.when)) {
        continue;
      }
      if (one.kind != Case::Kind::field || is_derived(one)) {
        return {};
      }
      if (codes_[one.code] == nullptr) {
        continue;
      }
      const CodeText said(*codes_[one.code]);
      StateField& field = all.emplace_back();
      field.field = profile_.fields[profile_.coded[one.code]];
      field.text = said.value.empty() ? said.label : said.value;
      if (const auto value = meaning_of(one)) {
        field.state = static_cast<State>(*value);
      }
      field.live = text_for(one, State::live);
      field.retired = text_for(one, State::retired);
    }
    return all;
  }

  [[nodiscard]] std::string text(std::size_t code) const {
    return codes_[code] == nullptr ? std::string() : CodeText(*codes_[code]).shown();
  }

 private:
  std::optional<std::uint8_t> look_up(const Case& one) {
    if (codes_[one.code] == nullptr || codes_[one.code]->empty()) {
      return std::nullopt;
    }
    const auto value = meaning_of(one);
    if (!value) {
      attributes_.unmapped.emplace_back(profile_.fields[profile_.coded[one.code]],
                                        CodeText(*codes_[one.code]).shown());
    }
    return value;
  }

  [[nodiscard]] std::optional<std::uint8_t> meaning_of(const Case& one) const {
    if (codes_[one.code] == nullptr || codes_[one.code]->empty()) {
      return std::nullopt;
    }
    for (const std::string& text : CodeText(*codes_[one.code]).folded()) {
      for (const auto& [pattern, value] : one.values) {
        if (pattern.matches(text)) {
          return value;
        }
      }
    }
    return std::nullopt;
  }

  /// No export has a field that is made from others.
  [[nodiscard]] bool is_derived(const Case& one) const {
    return std::ranges::find(profile_.derived, profile_.coded[one.code], &DerivedField::slot) !=
           profile_.derived.end();
  }

  /// The first text that means a state.
  static std::string text_for(const Case& one, State state) {
    const auto found = std::ranges::find_if(one.values, [&](const auto& value) {
      return value.second == static_cast<std::uint8_t>(state) &&
             value.first.text.find('*') == std::string::npos;
    });
    return found == one.values.end() ? std::string() : found->first.text;
  }

  /// The fields that a case looks at; without any, it is the class that speaks.
  static std::vector<std::size_t> fields_of(const Case& one) {
    std::vector<std::size_t> fields;
    for (const Condition::Test& test : one.when.fields) {
      fields.push_back(test.code);
    }
    if (one.kind == Case::Kind::field) {
      fields.push_back(one.code);
    }
    return fields;
  }

  static bool adds_nothing(const Case& one, std::span<const Case* const> told) {
    const std::vector<std::size_t> fields = fields_of(one);
    return std::ranges::any_of(told, [&](const Case* before) {
      const std::vector<std::size_t> known = fields_of(*before);
      return std::ranges::all_of(fields,
                                 [&](std::size_t field) {
                                   return std::ranges::find(known, field) != known.end();
                                 }) &&
             !(fields.empty() && !known.empty());
    });
  }

  /// `operational_status says Retired`
  [[nodiscard]] std::string said(const Case& one) const {
    std::vector<std::string> fields;
    for (const std::size_t code : fields_of(one)) {
      fields.push_back(
          fmt::format("{} says {}", profile_.fields[profile_.coded[code]], shortened(text(code))));
    }
    return fields.empty() ? "its class says " + lineage_.back() : join(fields, " and ");
  }

  [[nodiscard]] bool holds(const Condition& when) const {
    const auto field_holds = [&](const Condition::Test& test) {
      if (codes_[test.code] == nullptr) {
        return false;
      }
      const auto texts = CodeText(*codes_[test.code]).folded();
      return std::ranges::any_of(texts,
                                 [&](const auto& text) { return any_matches(test.values, text); });
    };
    return std::ranges::all_of(when.fields, field_holds) &&
           (when.classes.empty() || is_of_class(when.classes));
  }

  [[nodiscard]] bool is_of_class(std::span<const Pattern> patterns) const {
    if (std::ranges::any_of(lineage_, [&](const std::string& item_class) {
          return any_matches(patterns, fold(item_class));
        })) {
      return true;
    }
    for (const ClassDef* def = profile_.find_class(lineage_.back()); def != nullptr;
         def = def->extends.empty() ? nullptr : profile_.find_class(def->extends)) {
      if (any_matches(patterns, def->name.text)) {
        return true;
      }
    }
    return false;
  }

  const CompiledProfile& profile_;
  std::span<const std::string> lineage_;
  std::span<const std::string* const> codes_;
  ItemAttributes& attributes_;
};

/// What cannot be true together with what: to support others and to face customers.
int side_of_facing(std::uint8_t facing) {
  return static_cast<Facing>(facing) == Facing::supporting ? 1 : 2;
}

int side_of_state(std::uint8_t state) {
  return side_of(static_cast<State>(state));
}

template <typename Answer>
void follow_classes(const CompiledProfile& profile, std::string_view name, Answer answer) {
  for (const ClassDef* def = profile.find_class(name); def != nullptr && !answer(*def);
       def = def->extends.empty() ? nullptr : profile.find_class(def->extends)) {
  }
}

int specificity(const CompiledProfile& profile, std::span<const std::string> lineage) {
  int depth = 0;
  follow_classes(profile, lineage.back(), [&](const ClassDef&) {
    ++depth;
    return false;
  });
  const int own = static_cast<int>(lineage.size()) - 1;
  // A class that nobody knows says more than the base class that everything extends.
  return depth == 0 ? 2 + own : depth + own;
}

/// The same, the other way round where the record says so.
std::optional<RelationInterpretation> turned(std::optional<RelationInterpretation> interpretation,
                                             bool reversed) {
  if (interpretation) {
    interpretation->reversed = interpretation->reversed != reversed;
  }
  return interpretation;
}

/// The role of those whom an input is.
std::optional<Role> role_of(RuleInput input) {
  switch (input) {
    case RuleInput::accountable:
      return Role::accountable;
    case RuleInput::operates:
      return Role::operates;
    case RuleInput::manager:
      return Role::manager;
    case RuleInput::delegate:
      return Role::delegate;
    default:
      return std::nullopt;
  }
}

bool ends_fit(const RelationTypeDef& def, const std::string& from, const std::string& to) {
  return (def.from_classes.empty() || any_matches(def.from_classes, from)) &&
         (def.to_classes.empty() || any_matches(def.to_classes, to));
}

/// Whether it stands for a table that gives items parties.
bool is_table(const ItemDef& item, Slot slot) {
  return std::ranges::find(item.assigned_in, slot, &AssignedIn::slot) != item.assigned_in.end();
}

}  // namespace

ItemAttributes CompiledProfile::attributes(std::uint32_t record_kind,
                                           std::span<const std::string> lineage,
                                           std::span<const std::string* const> codes) const {
  const ItemDef& def = item(record_kind);
  ItemAttributes attributes;
  CaseReader reader(*this, lineage, codes, attributes);
  if (const auto tier = reader.read(def.tier)) {
    attributes.tier = static_cast<Tier>(*tier);
  } else {
    follow_classes(*this, lineage.back(), [&](const ClassDef& one) {
      attributes.tier = one.tier.value_or(Tier::unmapped);
      return one.tier.has_value();
    });
  }
  if (attributes.tier == Tier::service) {
    if (const auto facing = reader.read(def.facing)) {
      attributes.facing = static_cast<Facing>(*facing);
    }
    follow_classes(*this, lineage.back(), [&](const ClassDef& one) {
      attributes.offering = one.offering;
      return one.offering;
    });
  }
  if (const auto state = reader.read(def.state)) {
    attributes.state = static_cast<State>(*state);
  }
  if (const auto criticality = reader.read(def.criticality)) {
    attributes.criticality = static_cast<std::uint8_t>(*criticality + 1);
  }
  if (attributes.tier == Tier::service) {
    attributes.contradiction.facing = reader.contradiction(def.facing, side_of_facing);
  }
  attributes.contradiction.state = reader.contradiction(def.state, side_of_state);
  follow_classes(*this, lineage.back(), [&](const ClassDef& one) {
    attributes.members_needed = one.members_needed;
    return one.members_needed != 0;
  });
  for (const std::size_t code : def.environment) {
    if (attributes.environment.empty()) {
      attributes.environment = reader.text(code);
    }
  }
  if (def.source_code) {
    attributes.source = reader.text(*def.source_code);
  }
  attributes.specificity = specificity(*this, lineage);
  return attributes;
}

std::vector<StateField> CompiledProfile::state_fields(
    std::uint32_t record_kind, std::span<const std::string> lineage,
    std::span<const std::string* const> codes) const {
  ItemAttributes unused;
  return CaseReader(*this, lineage, codes, unused).state_fields(item(record_kind).state);
}

bool CompiledProfile::is_implied(std::uint32_t record_kind) const {
  return !item(record_kind).implied_class.empty();
}

FieldSet CompiledProfile::assignable() const {
  FieldSet all;
  for (const RecordDef& record : records) {
    if (record.is<AssignmentDef>() && record.of<AssignmentDef>().assigns) {
      all.set(*record.of<AssignmentDef>().assigns);
    }
  }
  return all;
}

RelationSemantics CompiledProfile::relation(
    std::string_view type, std::span<const std::pair<std::string, std::string>> names) const {
  const RelationText text(type);
  const RelationDef& def = relation_defs[text.def];
  RelationSemantics semantics;
  semantics.source = text.source;
  semantics.from_class = text.from_class.empty() ? "" : canonical_class(text.from_class);
  semantics.to_class = text.to_class.empty() ? "" : canonical_class(text.to_class);
  semantics.is_row = def.is_row;
  semantics.is_listed = def.each;
  semantics.gives_facing = def.gives_facing;
  semantics.from_tiers = def.from_tiers;
  semantics.to_tiers = def.to_tiers;
  if (!def.type || (text.type.empty() && def.interpretation.kind != RelationKind::unknown)) {
    semantics.type = def.type ? std::string(to_string(def.interpretation.kind)) : def.name;
    semantics.interpretation = turned(def.interpretation, text.reversed);
    return semantics;
  }
  const auto by_id = type_by_id.find(to_lower(text.type.value));
  if (by_id != type_by_id.end()) {
    const RelationTypeDef& found = relation_types[by_id->second];
    semantics.type = found.name;
    if (!text.type.label.empty() && fold_type(text.type.label) != found.folded) {
      semantics.notice =
          fmt::format("relation type {} is '{}', not {} as its label says: the id counts",
                      as_said(text.type.value), found.name, quoted(text.type.label));
    }
    semantics.interpretation = turned(fixed_interpretation(found.folded), text.reversed);
    return semantics;
  }
  std::string name = text.type.shown();
  for (const auto& [type_id, type_name] : names) {
    if (type_id == to_lower(text.type.value)) {
      name = type_name;
    }
  }
  const std::string folded = fold_type(name);
  const auto found = std::ranges::find(relation_types, folded, &RelationTypeDef::folded);
  semantics.known = found != relation_types.end();
  semantics.type = semantics.known ? found->name : std::string(trim(name));
  semantics.interpretation = turned(fixed_interpretation(folded), text.reversed);
  return semantics;
}

std::optional<RelationInterpretation> CompiledProfile::fixed_interpretation(
    std::string_view type_name) const {
  for (const RelationTypeDef& one : relation_types) {
    if (one.folded == type_name) {
      const bool depends = !one.from_classes.empty() || !one.to_classes.empty();
      return depends ? std::nullopt : std::optional(one.interpretation);
    }
  }
  return RelationInterpretation{};
}

RelationInterpretation CompiledProfile::interpretation(std::string_view type,
                                                       std::string_view type_name,
                                                       std::string_view from_class,
                                                       std::string_view to_class) const {
  const RelationText text(type);
  const RelationDef& def = relation_defs[text.def];
  if (!def.type || text.type.empty()) {
    return *turned(def.interpretation, text.reversed);
  }
  const std::string folded = fold_type(type_name);
  const std::string from = fold(from_class);
  const std::string to = fold(to_class);
  for (const RelationTypeDef& one : relation_types) {
    if (one.folded == folded && ends_fit(one, from, to)) {
      return *turned(one.interpretation, text.reversed);
    }
  }
  return {};
}

PartyTable CompiledProfile::party_table(std::uint8_t field, std::string_view table) const {
  PartyTable points_to{party_fields[field].points_to, false};
  if (!table.empty()) {
    const RecordDef* record = record_of_table(table);
    points_to.elsewhere = record == nullptr || !record->is<PartyDef>();
    const std::span<const Case> kind =
        points_to.elsewhere ? std::span<const Case>() : record->of<PartyDef>().party_kind;
    if (kind.size() == 1 && kind.front().kind == Case::Kind::constant) {
      points_to.kind = static_cast<PartyKind>(kind.front().constant);
    }
  }
  return points_to;
}

bool CompiledProfile::is_placeholder(std::string_view text) const {
  return any_matches(placeholders, fold(text));
}

bool CompiledProfile::has_input(std::uint32_t record_kind, RuleInput input,
                                const FieldSet& present) const {
  const auto says_by_place = [&](std::uint32_t relation) {
    return relation_defs[relation].from_portfolio && relation_defs[relation].from->is_outer;
  };
  if (input == RuleInput::portfolio &&
      std::ranges::any_of(records[record_kind].relations, says_by_place)) {
    return true;
  }
  const auto slots_found = input_slots(record_kind, input);
  return std::ranges::any_of(slots_found, [&](Slot slot) { return present.test(slot); });
}

std::string CompiledProfile::input_fields(std::uint32_t record_kind, RuleInput input) const {
  std::vector<std::string> names;
  for (const Slot slot : input_slots(record_kind, input)) {
    names.push_back(fields[slot]);
  }
  return join(names, " or ");
}

std::vector<std::string> CompiledProfile::own_fields(std::uint32_t record_kind, RuleInput input,
                                                     const FieldSet& present) const {
  std::vector<std::string> names;
  for (const Slot slot : input_slots(record_kind, input)) {
    const bool is_made = fields[slot].find('{') != std::string::npos;
    if (present.test(slot) && !is_made && !is_table(item(record_kind), slot)) {
      names.push_back(fields[slot]);
    }
  }
  return names;
}

bool CompiledProfile::is_field(std::uint32_t record_kind, RuleInput input) const {
  return !std::ranges::all_of(input_slots(record_kind, input),
                              [&](Slot slot) { return is_table(item(record_kind), slot); });
}

std::vector<Slot> CompiledProfile::input_slots(std::uint32_t record_kind, RuleInput input) const {
  const ItemDef& def = item(record_kind);
  std::vector<Slot> found;
  const auto add = [&](Slot slot) {
    if (std::ranges::find(found, slot) == found.end()) {
      found.push_back(slot);
    }
  };
  if (input == RuleInput::facing) {
    for (const Case& one : def.facing) {
      for (const Condition::Test& test : one.when.fields) {
        add(coded[test.code]);
      }
      if (one.kind == Case::Kind::field) {
        add(coded[one.code]);
      }
    }
  } else if (input == RuleInput::portfolio) {
    for (const std::uint32_t relation_number : records[record_kind].relations) {
      const RelationDef& relation = relation_defs[relation_number];
      if (relation.from_portfolio && relation.from->slot) {
        add(*relation.from->slot);
      }
    }
  } else if (const auto role = role_of(input)) {
    for (const std::uint8_t field : records[record_kind].parties) {
      if (party_fields[field].role == *role) {
        add(party_fields[field].slot);
      }
    }
    for (const AssignedIn& table : def.assigned_in) {
      if ((input == RuleInput::accountable && table.accountable) ||
          (input == RuleInput::operates && table.operates)) {
        add(table.slot);
      }
    }
  }
  for (const DetailDef& detail : def.details) {
    if (detail.input == input) {
      std::ranges::for_each(detail.slots, add);
    }
  }
  return found;
}

}  // namespace tierline
