#include "tierline/inventory.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "support/id128.h"

namespace tierline {

std::string_view to_string(Tier tier) {
  constexpr std::string_view words[] = {"portfolio", "service", "system", "component", "unmapped"};
  return words[static_cast<std::size_t>(tier)];
}

std::string_view to_string(Facing facing) {
  constexpr std::string_view words[] = {"external", "internal", "supporting", "unknown"};
  return words[static_cast<std::size_t>(facing)];
}

std::string_view to_string(State state) {
  constexpr std::string_view words[] = {"planned", "live", "retiring", "retired", "unknown"};
  return words[static_cast<std::size_t>(state)];
}

std::string_view to_string(PartyKind kind) {
  constexpr std::string_view words[] = {"person", "group", "organisation", "unknown"};
  return words[static_cast<std::size_t>(kind)];
}

std::string_view to_string(RelationKind kind) {
  constexpr std::string_view words[] = {"needs",     "contains", "data",   "step",
                                        "agreement", "other",    "unknown"};
  return words[static_cast<std::size_t>(kind)];
}

std::string_view to_string(RuleInput input) {
  constexpr std::string_view words[] = {
      "accountable",  "operates",   "facing",      "portfolio",      "manager",     "delegate",
      "seen",         "attested",   "reviewed",    "ends",           "description", "customers",
      "redundancy",   "strongKeys", "correlation", "contradictions", "title",       "reportingLine",
      "organisation", "employment", "contact",     "members",        "vendor",      "link"};
  static_assert(std::size(words) == input_count);
  return words[static_cast<std::size_t>(input)];
}

std::string_view to_string(Employment employment) {
  constexpr std::string_view words[] = {"employee", "contractor", "vendor", "service account",
                                        "unknown"};
  return words[static_cast<std::size_t>(employment)];
}

std::string_view phrase(RuleInput input) {
  constexpr std::string_view words[] = {"accountable owner",
                                        "operating group",
                                        "facing",
                                        "portfolio",
                                        "manager",
                                        "delegate",
                                        "date of last being seen or changed",
                                        "date of attestation",
                                        "date of last review",
                                        "end date",
                                        "description",
                                        "customers",
                                        "redundancy",
                                        "serial number or host name",
                                        "owners by other sources",
                                        "fields that contradict one another",
                                        "title of persons",
                                        "manager of persons",
                                        "organisation of persons",
                                        "employment of persons",
                                        "telephone number or e-mail address",
                                        "members of groups",
                                        "vendor",
                                        "link to its page"};
  static_assert(std::size(words) == input_count);
  return words[static_cast<std::size_t>(input)];
}

namespace {

/// A name that several items have, for those after the first.
std::string numbered(std::string_view name, std::uint64_t ordinal) {
  return ordinal == 0 ? std::string(name) : fmt::format("{} #{}", name, ordinal + 1);
}

}  // namespace

bool Inventory::is_live(ItemId item) const {
  const State is = state(item);
  return is == State::live || is == State::retiring || is == State::unknown;
}

bool Inventory::is_customer_facing(ItemId item) const {
  return is_service(item) && is_live(item) &&
         (facing(item) == Facing::external || facing(item) == Facing::internal);
}

bool Inventory::faces_as_a_missing_parent(ItemId item) const {
  return std::ranges::binary_search(columns_.without_parent, item);
}

std::string_view Inventory::name(ItemId item) const {
  return text(columns_.name_begin[index_of(item)], columns_.name_size[index_of(item)]);
}

std::string Inventory::label(ItemId item) const {
  const std::string_view own = name(item);
  return own.empty() ? id(item) : std::string(own);
}

std::string Inventory::id(ItemId item) const {
  const std::uint32_t i = index_of(item);
  switch (columns_.id_kind[i]) {
    case InventoryColumns::IdKind::hex:
      return to_hex(columns_.id[i]);
    case InventoryColumns::IdKind::text:
      return std::string(text(columns_.id[i].high, static_cast<std::uint32_t>(columns_.id[i].low)));
    case InventoryColumns::IdKind::name:
      break;
  }
  return numbered(name(item), columns_.id[i].low);
}

const std::string& Inventory::source(ItemId item) const {
  return columns_.sources[columns_.source[index_of(item)]];
}

const std::string& Inventory::class_name(ItemId item) const {
  return columns_.class_names[columns_.item_class[index_of(item)]];
}

const std::string& Inventory::environment(ItemId item) const {
  return columns_.environments[columns_.environment[index_of(item)]];
}

const std::string& Inventory::cost(ItemId item) const {
  static const std::string none;
  const auto found = columns_.costs.find(index_of(item));
  return found == columns_.costs.end() ? none : found->second;
}

Place Inventory::place(ItemId item) const {
  return {columns_.inputs[columns_.file[index_of(item)]].path, columns_.line[index_of(item)]};
}

std::string Inventory::exported_id(ItemId item) const {
  if (columns_.id_kind[index_of(item)] == InventoryColumns::IdKind::name) {
    return numbered(exported_name(item), columns_.id[index_of(item)].low);
  }
  const auto redacted = columns_.exported_ids.find(index_of(item));
  return redacted == columns_.exported_ids.end() ? id(item) : redacted->second;
}

std::string_view Inventory::exported_name(ItemId item) const {
  const auto redacted = columns_.exported_names.find(index_of(item));
  return redacted == columns_.exported_names.end() ? name(item) : redacted->second;
}

const std::string& Inventory::exported_source(ItemId item) const {
  const auto redacted = columns_.exported_sources.find(source_of(item));
  return redacted == columns_.exported_sources.end() ? source(item) : redacted->second;
}

std::string Inventory::key(ItemId item) const {
  std::string key = exported_source(item) + '\x1f';
  if (columns_.id_kind[index_of(item)] != InventoryColumns::IdKind::name) {
    return key + exported_id(item);
  }
  key.append(class_name(item)).append(1, '\x1f').append(exported_name(item));
  if (const std::uint64_t ordinal = columns_.id[index_of(item)].low; ordinal != 0) {
    key.append(1, '\x1f').append(std::to_string(ordinal + 1));
  }
  return key;
}

bool Inventory::comes_before(ItemId a, ItemId b) const {
  const std::uint32_t i = index_of(a);
  const std::uint32_t j = index_of(b);
  if (columns_.source[i] == columns_.source[j] &&
      columns_.id_kind[i] == InventoryColumns::IdKind::hex &&
      columns_.id_kind[j] == InventoryColumns::IdKind::hex) {
    return columns_.id[i] < columns_.id[j];
  }
  return key(a) < key(b);
}

std::span<const Responsibility> Inventory::parties_of(ItemId item) const {
  const std::uint32_t begin = columns_.responsibilities_begin[index_of(item)];
  return std::span(columns_.responsibilities)
      .subspan(begin, columns_.responsibilities_begin[index_of(item) + 1] - begin);
}

std::vector<PartyId> Inventory::owners(ItemId item) const {
  return parties_in_role(item, Role::accountable);
}

bool Inventory::has_owner(ItemId item) const {
  return std::ranges::any_of(parties_of(item), [](const Responsibility& responsibility) {
    return responsibility.role == Role::accountable;
  });
}

bool Inventory::has_operator(ItemId item) const {
  return std::ranges::any_of(parties_of(item), [](const Responsibility& responsibility) {
    return is_operator(responsibility.role);
  });
}

bool Inventory::has_input(ItemId item, RuleInput input) const {
  return (columns_.inputs_of[index_of(item)] >> static_cast<unsigned>(input) & 1U) != 0;
}

std::vector<PartyId> Inventory::parties_in_role(ItemId item, Role role) const {
  std::vector<PartyId> parties;
  for (const Responsibility& responsibility : parties_of(item)) {
    if (responsibility.role == role) {
      parties.push_back(responsibility.party);
    }
  }
  return parties;
}

std::string_view Inventory::stated(const std::vector<StatedText>& texts, ItemId item) const {
  const auto found = std::ranges::lower_bound(texts, item, {}, &StatedText::item);
  return found == texts.end() || found->item != item ? std::string_view()
                                                     : columns_.stored(found->text);
}

int side_of(State state) {
  switch (state) {
    case State::planned:
      return 1;
    case State::retired:
      return 2;
    default:
      return 3;
  }
}

const Contradiction& Inventory::contradiction(ItemId item) const {
  static const Contradiction none;
  return columns_.contradiction.empty()
             ? none
             : columns_.contradictions[columns_.contradiction[index_of(item)]];
}

const PartyDetails& Inventory::details(PartyId party) const {
  static const PartyDetails none;
  return index_of(party) < columns_.party_details.size() ? columns_.party_details[index_of(party)]
                                                         : none;
}

const PartyContact& Inventory::contact(PartyId party) const {
  static const PartyContact none;
  return index_of(party) < columns_.party_contacts.size() ? columns_.party_contacts[index_of(party)]
                                                          : none;
}

std::span<const RelationId> Inventory::steps_to(ItemId item) const {
  const auto end_of = [&](RelationId step) { return columns_.relations[index_of(step)].to; };
  const auto begin =
      std::lower_bound(columns_.steps.begin(), columns_.steps.end(), item,
                       [&](RelationId step, ItemId of) { return end_of(step) < of; });
  const auto end = std::upper_bound(begin, columns_.steps.end(), item,
                                    [&](ItemId of, RelationId step) { return of < end_of(step); });
  return {begin, end};
}

OwnerPolicy Inventory::owner_policy(ItemId item) const {
  return columns_.policies[columns_.source[index_of(item)]];
}

Place Inventory::place(RelationId relation) const {
  const auto next = columns_.relation_file.upper_bound(index_of(relation));
  assert(next != columns_.relation_file.begin());
  const auto file = std::prev(next);
  return {columns_.inputs[file->second].path, columns_.relation_line[index_of(relation)]};
}

std::string Inventory::row_id(RelationId relation) const {
  const std::uint32_t i = index_of(relation);
  if (!columns_.relations[i].has_row_id) {
    return {};
  }
  return columns_.relations[i].row_id_is_hex
             ? to_hex(columns_.row_id[i])
             : std::string(text(columns_.row_id[i].high,
                                static_cast<std::uint32_t>(columns_.row_id[i].low)));
}

}  // namespace tierline
