#include "mapping/party_mapper.h"

#include <string>
#include <utility>

#include "tierline/dates.h"
#include "tierline/text.h"

namespace tierline {

void PartyMapper::add(const RecordDef& record) {
  const auto& def = record.of<PartyDef>();
  PartyRecord party;
  party.id = row_.fields.text(record.id);
  party.name = row_.fields.text(record.name);
  party.line = row_.line;
  if (party.id.empty() && party.name.empty()) {
    row_.notice("unusable-record", "a party has neither an id nor a name, and was left out",
                row_.line);
    return;
  }
  for (const Slot slot : record.aliases) {
    if (!row_.fields.text(slot).empty()) {
      party.aliases.emplace_back(row_.fields.text(slot));
    }
  }
  party.kind = static_cast<PartyKind>(
      row_.meaning_of(def.party_kind).value_or(static_cast<std::uint8_t>(PartyKind::unknown)));
  party.source = record.source ? row_.fields.text(*record.source) : std::string_view();
  if (def.active && row_.fields.has(*def.active)) {
    party.active = !any_matches(def.inactive, fold(row_.fields.text(*def.active)));
  }
  if (const std::string_view text = def.until ? row_.fields.text(*def.until) : "";
      !row_.profile.is_nothing(text)) {
    party.until = parse_day(text, row_.profile.date_order).value_or("");
    if (party.until.empty()) {
      row_.notice_unreadable_date(*def.until, "whether this party has left is not known by it");
    }
  }
  for (const Slot slot : def.leads) {
    if (row_.fields.has(slot)) {
      std::uint32_t leads = party.lead_count.value_or(0);
      row_.fields.each_reference(slot, {}, [&](const FieldReference& lead, std::uint32_t) {
        leads += lead.empty() ? 0U : 1U;
        if (party.text(PartyText::lead).empty()) {
          party.set(PartyText::lead, lead.text);
        }
      });
      party.lead_count = leads;
    }
  }
  if (def.title) {
    party.set(PartyText::title, row_.fields.text(*def.title));
  }
  party.set(PartyText::manager, row_.reference_in(def.reports_to));
  for (const Slot slot : def.organisation) {
    if (party.text(PartyText::organisation).empty()) {
      party.set(PartyText::organisation, row_.reference_in(slot));
    }
  }
  if (const auto employment = row_.meaning_of(def.employment)) {
    party.employment = static_cast<Employment>(*employment);
  }
  party.set(PartyText::phone, row_.fields.text(def.phone));
  add_members(def, party);
  row_.batch.parties.push_back(std::move(party));
}

/// What a group says of its members, and a person of the groups.
void PartyMapper::add_members(const PartyDef& def, const PartyRecord& party) {
  const std::string& self = party.id.empty() ? party.name : party.id;
  const auto each = [&](std::span<const MemberDef> all, auto sink) {
    for (const MemberDef& field : all) {
      if (row_.is_asked_for(RuleInput::members) && row_.fields.has(field.slot)) {
        row_.fields.each_reference(field.slot, field.separator,
                                   [&](const FieldReference& reference, std::uint32_t) {
                                     if (!row_.profile.is_nothing(reference.text)) {
                                       sink(std::string(reference.text));
                                     }
                                   });
      }
    }
  };
  each(def.members, [&](std::string member) {
    row_.batch.memberships.push_back({self, std::move(member), party.source});
  });
  each(def.member_of, [&](std::string group) {
    row_.batch.memberships.push_back({std::move(group), self, party.source});
  });
}

void PartyMapper::add_membership(const MembershipDef& def) {
  if (row_.is_asked_for(RuleInput::members)) {
    std::string group = row_.reference_in(def.group);
    std::string member = row_.reference_in(def.member);
    if (!group.empty() && !member.empty()) {
      row_.batch.memberships.push_back({std::move(group), std::move(member), {}});
    }
  }
}

void PartyMapper::add_assignments(const RecordDef& record, RelationMapper& relations) {
  const auto& def = record.of<AssignmentDef>();
  row_.batch.assigned.set(*def.assigns);
  ++row_.batch.assignment_records;
  const auto role = row_.meaning_of(def.role);
  const PartyField& field = row_.profile.party_fields[record.parties[role.value_or(0)]];
  if (!role || !row_.fields.has(field.slot) || !row_.is_asked_for(field.role)) {
    return;
  }
  for (const Ref& item : relations.ends(*def.assigned_item)) {
    row_.fields.each_reference(
        field.slot, field.separator, [&](const FieldReference& party, std::uint32_t group) {
          if (!row_.profile.is_nothing(party.text)) {
            row_.batch.assignments.push_back(
                {item.id,
                 parties_.of(record.parties[*role], party, group, FieldPerson::no_signature),
                 item.kind, row_.line});
          }
        });
  }
}

}  // namespace tierline
