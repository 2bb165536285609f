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
  context_.identity(node, record);
  record.aliases = context_.fields.slots(node.find("aliases"));
  def.party_kind = context_.cases(node.find("kind"), party_words, {"is", "field", "values"});
  def.until = context_.fields.slot(node.find("until"));
  def.leads = context_.fields.slots(node.find("leads"));
  context_.for_detail(RuleInput::title,
                      [&] { def.title = context_.fields.slot(node.find("title")); });
  context_.for_detail(RuleInput::reporting_line,
                      [&] { def.reports_to = context_.fields.slot(node.find("manager")); });
  context_.for_detail(RuleInput::organisation,
                      [&] { def.organisation = context_.fields.slots(node.find("organisation")); });
  context_.for_detail(RuleInput::employment, [&] {
    def.employment =
        context_.cases(node.find("employment"), employment_words, {"is", "field", "values"});
  });
  context_.for_detail(RuleInput::contact,
                      [&] { def.phone = context_.fields.slots(node.find("phone")); });
  context_.for_detail(RuleInput::members, [&] {
    def.members = read_members(node.find("members"));
    def.member_of = read_members(node.find("memberOf"));
  });
  if (const auto active = node.find("active")) {
    active->allow({"field", "inactive"});
    def.active = context_.fields.slot(active->require("field"));
    def.inactive = patterns(active->require("inactive"));
  }
  record.kind = std::move(def);
}

/// Fields that may hold several, in a list or with a separator.
std::vector<MemberDef> PartyReader::read_members(const std::optional<JsonNode>& node) {
  std::vector<MemberDef> all;
  if (node) {
    for (const JsonNode& field : node->elements()) {
      all.push_back({context_.fields.slot(field),
                     field.is_object() ? text_of(field.find("separator")) : std::string()});
    }
  }
  return all;
}

void PartyReader::read_membership(const JsonNode& node, RecordDef& record) {
  MembershipDef def;
  if (node.require("group") && node.require("member")) {
    context_.for_detail(RuleInput::members, [&] {
      def.group = context_.fields.slot(node.find("group"));
      def.member = context_.fields.slot(node.find("member"));
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
  def.assigned_item = context_.end(*item, {}, false);
  for (const Role role : assigned_roles) {
    const std::size_t before = record.parties.size();
    context_.party_fields(*party, role, record);
    if (record.parties.size() != before + 1) {
      party->fail("names one field");
      return;
    }
  }
  def.role = context_.cases(node.find("role"), role_words, {"is", "field", "values"});
  if (def.role.empty()) {
    def.role.push_back(context_.constant_case(0));
  }
  if (record.tables.empty()) {
    node.fail("needs 'tables', by which items name it in 'assignedIn'");
    return;
  }
  def.assigns =
      context_.fields.slot_without_field(node.find("tables")->elements().front().text(), node);
}

}  // namespace tierline
