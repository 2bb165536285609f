#include "tierline/inventory.h"

#include <fmt/format.h>

#include <algorithm>

#include "inventory/id128.h"

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

std::string_view to_string(Input input) {
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

std::string_view phrase(Input input) {
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
  return std::ranges::binary_search(without_parent_, item);
}

std::string_view Inventory::name(ItemId item) const {
  return text(name_begin_[index_of(item)], name_size_[index_of(item)]);
}

std::string Inventory::label(ItemId item) const {
  const std::string_view own = name(item);
  return own.empty() ? id(item) : std::string(own);
}

std::string Inventory::id(ItemId item) const {
  const std::uint32_t i = index_of(item);
  switch (id_kind_[i]) {
    case IdKind::hex:
      return to_hex(id_[i]);
    case IdKind::text:
      return std::string(text(id_[i].high, static_cast<std::uint32_t>(id_[i].low)));
    case IdKind::name:
      break;
  }
  return numbered(name(item), id_[i].low);
}

const std::string& Inventory::source(ItemId item) const {
  return sources_[source_[index_of(item)]];
}

const std::string& Inventory::class_name(ItemId item) const {
  return class_names_[class_[index_of(item)]];
}

const std::string& Inventory::environment(ItemId item) const {
  return environments_[environment_[index_of(item)]];
}

const std::string& Inventory::cost(ItemId item) const {
  static const std::string none;
  const auto found = costs_.find(index_of(item));
  return found == costs_.end() ? none : found->second;
}

Place Inventory::place(ItemId item) const {
  return {inputs_[file_[index_of(item)]].path, line_[index_of(item)]};
}

std::string Inventory::exported_id(ItemId item) const {
  if (id_kind_[index_of(item)] == IdKind::name) {
    return numbered(exported_name(item), id_[index_of(item)].low);
  }
  const auto redacted = exported_ids_.find(index_of(item));
  return redacted == exported_ids_.end() ? id(item) : redacted->second;
}

std::string_view Inventory::exported_name(ItemId item) const {
  const auto redacted = exported_names_.find(index_of(item));
  return redacted == exported_names_.end() ? name(item) : redacted->second;
}

const std::string& Inventory::exported_source(ItemId item) const {
  const auto redacted = exported_sources_.find(source_of(item));
  return redacted == exported_sources_.end() ? source(item) : redacted->second;
}

std::string Inventory::key(ItemId item) const {
  std::string key = exported_source(item) + '\x1f';
  if (id_kind_[index_of(item)] != IdKind::name) {
    return key + exported_id(item);
  }
  key.append(class_name(item)).append(1, '\x1f').append(exported_name(item));
  if (const std::uint64_t ordinal = id_[index_of(item)].low; ordinal != 0) {
    key.append(1, '\x1f').append(std::to_string(ordinal + 1));
  }
  return key;
}

bool Inventory::comes_before(ItemId a, ItemId b) const {
  const std::uint32_t i = index_of(a);
  const std::uint32_t j = index_of(b);
  if (source_[i] == source_[j] && id_kind_[i] == IdKind::hex && id_kind_[j] == IdKind::hex) {
    return id_[i] < id_[j];
  }
  return key(a) < key(b);
}

std::span<const PartyUse> Inventory::parties_of(ItemId item) const {
  const std::uint32_t begin = uses_begin_[index_of(item)];
  return std::span(uses_).subspan(begin, uses_begin_[index_of(item) + 1] - begin);
}

std::vector<PartyId> Inventory::owners(ItemId item) const {
  return parties_in_role(item, Role::accountable);
}

bool Inventory::has_owner(ItemId item) const {
  return std::ranges::any_of(parties_of(item),
                             [](const PartyUse& use) { return use.role == Role::accountable; });
}

bool Inventory::has_operator(ItemId item) const {
  return std::ranges::any_of(parties_of(item),
                             [](const PartyUse& use) { return is_operator(use.role); });
}

bool Inventory::has_input(ItemId item, Input input) const {
  return (inputs_of_[index_of(item)] >> static_cast<unsigned>(input) & 1U) != 0;
}

std::vector<PartyId> Inventory::parties_in_role(ItemId item, Role role) const {
  std::vector<PartyId> parties;
  for (const PartyUse& use : parties_of(item)) {
    if (use.role == role) {
      parties.push_back(use.party);
    }
  }
  return parties;
}

std::string_view Inventory::stated(const std::vector<StatedText>& texts, ItemId item) const {
  const auto found = std::ranges::lower_bound(texts, item, {}, &StatedText::item);
  return found == texts.end() || found->item != item
             ? std::string_view()
             : text(found->text.high, static_cast<std::uint32_t>(found->text.low));
}

const Contradiction& Inventory::contradiction(ItemId item) const {
  static const Contradiction none;
  return contradiction_.empty() ? none : contradictions_[contradiction_[index_of(item)]];
}

const PartyDetails& Inventory::details(PartyId party) const {
  static const PartyDetails none;
  return index_of(party) < party_details_.size() ? party_details_[index_of(party)] : none;
}

const PartyContact& Inventory::contact(PartyId party) const {
  static const PartyContact none;
  return index_of(party) < party_contacts_.size() ? party_contacts_[index_of(party)] : none;
}

std::span<const RelationId> Inventory::steps_to(ItemId item) const {
  const auto end_of = [&](RelationId step) { return relations_[index_of(step)].to; };
  const auto begin =
      std::lower_bound(steps_.begin(), steps_.end(), item,
                       [&](RelationId step, ItemId of) { return end_of(step) < of; });
  const auto end = std::upper_bound(begin, steps_.end(), item,
                                    [&](ItemId of, RelationId step) { return of < end_of(step); });
  return {begin, end};
}

OwnerPolicy Inventory::owner_policy(ItemId item) const {
  return policies_[source_[index_of(item)]];
}

Place Inventory::place(RelationId relation) const {
  const auto file = std::prev(relation_file_.upper_bound(index_of(relation)));
  return {inputs_[file->second].path, relation_line_[index_of(relation)]};
}

std::string Inventory::row_id(RelationId relation) const {
  const std::uint32_t i = index_of(relation);
  if (!relations_[i].has_row_id) {
    return {};
  }
  return relations_[i].row_id_is_hex
             ? to_hex(row_id_[i])
             : std::string(text(row_id_[i].high, static_cast<std::uint32_t>(row_id_[i].low)));
}

}  // namespace tierline
