#include "profile/party_reader.h"

#include <array>
#include <utility>

namespace tierline {
namespace {

const Words party_words = words_up_to(PartyKind::organisation);
const Words employment_words = words_up_to(Employment::service_account);
const Words role_words = {"accountable", "operates", "candidate", "customer"};
constexpr std::array assigned_roles = {Role::accountable, Role::operates, Role::candidate,
                                       Role::customer};

}  // namespace

void PartyReader::read(const JsonNode& node, RecordDef& record) {
  PartyDef def;
  reading_.identity(node, record);
  record.aliases = reading_.fields.slots(node.find("aliases"));
  def.party_kind = reading_.cases(node.find("kind"), party_words, {"is", "field", "values"});
  def.until = reading_.fields.slot(node.find("until"));
  def.leads = reading_.fields.slots(node.find("leads"));
  reading_.for_detail(Input::title, [&] { def.title = reading_.fields.slot(node.find("title")); });
  reading_.for_detail(Input::reporting_line,
                      [&] { def.reports_to = reading_.fields.slot(node.find("manager")); });
  reading_.for_detail(Input::organisation,
                      [&] { def.organisation = reading_.fields.slots(node.find("organisation")); });
  reading_.for_detail(Input::employment, [&] {
    def.employment =
        reading_.cases(node.find("employment"), employment_words, {"is", "field", "values"});
  });
  reading_.for_detail(Input::contact,
                      [&] { def.phone = reading_.fields.slots(node.find("phone")); });
  reading_.for_detail(Input::members, [&] {
    def.members = read_members(node.find("members"));
    def.member_of = read_members(node.find("memberOf"));
  });
  if (const auto active = node.find("active")) {
    active->allow({"field", "inactive"});
    def.active = reading_.fields.slot(active->require("field"));
    def.inactive = patterns(active->require("inactive"));
  }
  record.kind = std::move(def);
}

/// Fields that may hold several, in a list or with a separator.
std::vector<MemberDef> PartyReader::read_members(const std::optional<JsonNode>& node) {
  std::vector<MemberDef> all;
  if (node) {
    for (const JsonNode& field : node->elements()) {
      all.push_back({reading_.fields.slot(field),
                     field.is_object() ? text_of(field.find("separator")) : std::string()});
    }
  }
  return all;
}

void PartyReader::read_membership(const JsonNode& node, RecordDef& record) {
  MembershipDef def;
  if (node.require("group") && node.require("member")) {
    reading_.for_detail(Input::members, [&] {
      def.group = reading_.fields.slot(node.find("group"));
      def.member = reading_.fields.slot(node.find("member"));
    });
  }
  record.kind = std::move(def);
}

void PartyReader::read_assignment(const JsonNode& node, RecordDef& record) {
  auto& def = record.kind.emplace<AssignmentDef>();
  const auto item = node.require("item");
  const auto party = node.require("party");
  if (!item || !party) {
    return;
  }
  def.assigned_item = reading_.end(*item, {}, false);
  for (const Role role : assigned_roles) {
    const std::size_t before = record.parties.size();
    reading_.party_fields(*party, role, record);
    if (record.parties.size() != before + 1) {
      party->fail("names one field");
      return;
    }
  }
  def.role = reading_.cases(node.find("role"), role_words, {"is", "field", "values"});
  if (def.role.empty()) {
    def.role.push_back(reading_.constant_case(0));
  }
  if (record.tables.empty()) {
    node.fail("needs 'tables', by which items name it in 'assignedIn'");
    return;
  }
  def.assigns =
      reading_.fields.slot_without_field(node.find("tables")->elements().front().text(), node);
}

}  // namespace tierline
