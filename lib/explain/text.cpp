// Explanations for a terminal of 80 columns.

#include "tierline/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <span>

#include "analysis/answered.h"
#include "analysis/wording.h"
#include "tierline/explain.h"
#include "tierline/paragraph.h"
#include "tierline/utf8.h"

namespace tierline {
namespace {

class Writer {
 public:
  explicit Writer(const AuditReport& report) : report_(report), inventory_(report.inventory) {}

  std::string write(const Answers& answers) {
    for (const ItemExplanation& item : answers.items) {
      begin();
      explain(item);
    }
    for (const PartyExplanation& party : answers.parties) {
      begin();
      explain(party);
    }
    for (const FactView& fact : answers.findings) {
      begin();
      explain(fact);
    }
    return std::move(text_);
  }

 private:
  void begin() { text_ += text_.empty() ? "" : "\n"; }

  void line(std::string_view text) { text_ += std::string(text) + "\n"; }

  void paragraph(std::string_view lead, std::string_view text) {
    line(tierline::paragraph(lead, made_visible(text)));
  }

  [[nodiscard]] std::string label(ItemId item) const { return label_of(inventory_, item); }

  // --- an item

  void explain(const ItemExplanation& one) {
    about(one);
    if (report_.scope.contains(one.item)) {
      findings("What is wrong", one.findings,
               "Nothing is wrong with it, as far as rules could judge it.");
    } else {
      line("");
      paragraph("", "--where leaves it out, so no finding about it is shown.");
    }
    not_judged(one);
  }

  void about(const ItemExplanation& one) {
    head(one.item);
    owner(one);
    if (inventory_.tier(one.item) == Tier::portfolio) {
      held(one);
    } else {
      served(one);
      foundations(one);
    }
  }

  /// `external service`, `component`.
  [[nodiscard]] std::string kind_of(ItemId item) const {
    const std::string tier(to_string(inventory_.tier(item)));
    return inventory_.is_service(item) && inventory_.facing(item) != Facing::unknown
               ? fmt::format("{} {}", to_string(inventory_.facing(item)), tier)
               : tier;
  }

  [[nodiscard]] std::string state_of(ItemId item) const {
    const State state = inventory_.state(item);
    return state == State::unknown ? "" : fmt::format(", {}", to_string(state));
  }

  [[nodiscard]] std::string criticality_of(ItemId item) const {
    const int criticality = inventory_.criticality(item);
    return criticality == 0 ? "" : fmt::format(", criticality {}", criticality);
  }

  void head(ItemId item) {
    paragraph("", fmt::format("{}: {}{}{}", label(item), kind_of(item), state_of(item),
                              criticality_of(item)));
    const std::string& class_name = inventory_.class_name(item);
    const bool is_one_source = inventory_.sources().size() <= 1;
    line(made_visible(
        fmt::format("  id {}{}{}", inventory_.id(item),
                    class_name.empty() ? "" : ", class " + shortened(class_name),
                    is_one_source ? "" : ", source " + shortened(inventory_.source(item)))));
    const std::string_view vendor = inventory_.vendor(item);
    if (!vendor.empty()) {
      line(made_visible(fmt::format("  vendor {}", shortened(vendor))));
    }
    const std::string place = to_string(inventory_.place(item));
    if (!place.empty()) {
      line("  " + made_visible(place));
    }
    if (const std::string link = report_.link_to(item); !link.empty()) {
      line("  " + link);
    }
  }

  /// Its name, and how to reach it.
  [[nodiscard]] std::string called(PartyId party) const {
    const PartyContact& contact = inventory_.contact(party);
    std::vector<std::string> ways;
    for (const std::string& way : {contact.email, contact.phone}) {
      if (!way.empty()) {
        ways.push_back(shortened(way));
      }
    }
    const std::string name = shortened(tierline::label(inventory_.party(party)));
    return ways.empty() ? name : fmt::format("{} ({})", name, join(ways, ", "));
  }

  /// Who leads a group and who is in it; empty where nothing tells.
  [[nodiscard]] std::string who_is_in(PartyId group) const {
    constexpr std::size_t most = 6;
    const PartyDetails& details = inventory_.details(group);
    if (inventory_.party(group).kind != PartyKind::group) {
      return {};
    }
    std::vector<std::string> members;
    for (const PartyId member : inventory_.contact(group).members) {
      if (member != details.lead && is_there(inventory_.party(member))) {
        members.push_back(called(member));
      }
    }
    std::string text =
        details.lead == no_party ? "" : fmt::format("{} leads it.", called(details.lead));
    if (!members.empty()) {
      text += fmt::format("{}In it: {}.", text.empty() ? "" : " ", name_list(members, most));
    }
    return text;
  }

  void owner(const ItemExplanation& one) {
    line("");
    line("Who answers for it");
    if (one.owners.empty()) {
      paragraph("  ", nobody(one));
    }
    for (const PartyId owner : one.owners) {
      paragraph("  ", known_owner(one, owner));
      if (const std::string members = who_is_in(owner); !members.empty()) {
        paragraph("    ", members);
      }
    }
    candidates(one);
    if (!one.holders.empty()) {
      paragraph("  ", fmt::format("It is in {}.", holders(one)));
    }
  }

  [[nodiscard]] std::string known_owner(const ItemExplanation& one, PartyId owner) const {
    const Party& party = inventory_.party(owner);
    const std::string says_so = one.owner_fields.empty()
                                    ? "The record says so"
                                    : fmt::format("The record says so ({})", one.owner_fields);
    return fmt::format(
        "{}{}. {}{}.", party.kind == PartyKind::group ? "The group " : "", called(owner), says_so,
        !party.active        ? "; that owner has left"
        : party.known        ? fmt::format(", and the table of {}s has it", to_string(party.kind))
        : party.table_loaded ? "; no table of persons or groups has that name"
                             : "; no table was exported to check the name by");
  }

  [[nodiscard]] std::string nobody(const ItemExplanation& one) const {
    if (!one.can_have_owner) {
      return "Nobody knows: the export has no field for it in this class.";
    }
    const std::string placeholder = placeholder_of(inventory_, one.item);
    const std::string what =
        placeholder.empty() ? "the record leaves it empty"
                            : fmt::format("the record says \"{}\", which is no name", placeholder);
    return one.owner_fields.empty() ? fmt::format("Nobody: {}.", what)
                                    : fmt::format("Nobody: {} ({}).", what, one.owner_fields);
  }

  void candidates(const ItemExplanation& one) {
    const auto is_one_there = [&](PartyId owner) { return is_there(inventory_.party(owner)); };
    if (!one.can_have_owner || std::ranges::any_of(one.owners, is_one_there)) {
      return;
    }
    paragraph("  ", one.candidates.empty() ? "Nobody who is on record near it could be asked."
                                           : "It may fall to one of these; ask in this order:");
    for (std::size_t i = 0; i < one.candidates.size(); ++i) {
      const OwnerCandidate& candidate = one.candidates[i];
      paragraph(fmt::format("  {}. ", i + 1),
                fmt::format("{}: {}", called(candidate.party), candidate.reason));
    }
  }

  [[nodiscard]] std::string holders(const ItemExplanation& one) const {
    std::vector<std::string> all;
    for (const ItemId holder : one.holders) {
      const auto owners = labels_of(inventory_, inventory_.owners(holder));
      all.push_back(owners.empty()
                        ? fmt::format("{} (nobody owns it)", label(holder))
                        : fmt::format("{} ({} owns it)", label(holder), name_list(owners)));
    }
    return name_list(all, 4);
  }

  void held(const ItemExplanation& one) {
    line("");
    line("What it holds");
    if (one.held.count == 0) {
      line("  No live service.");
    } else {
      some_of("service", one.held);
    }
  }

  /// `7 services, 3 of them shared: A, B (no owner, shared) and 5 more`
  void some_of(std::string_view tier, const Foundation& items) {
    std::vector<std::string> names;
    for (const ItemId item : items.nearest) {
      const auto& shared = items.nearest_shared;
      const bool is_shared = std::ranges::find(shared, item) != shared.end();
      names.push_back(label(item) + (owner_less(item)
                                         ? is_shared ? " (no owner, shared)" : " (no owner)"
                                     : is_shared ? " (shared)"
                                                 : ""));
    }
    const std::uint64_t rest = items.count - names.size();
    paragraph("  ",
              fmt::format("{}{}: {}{}", count_of(items.count, tier),
                          items.count <= names.size() || items.shared == 0
                              ? ""
                              : fmt::format(", {} of them shared", with_thousands(items.shared)),
                          join(names, ", "),
                          rest == 0 ? "" : fmt::format(" and {} more", with_thousands(rest))));
  }

  void served(const ItemExplanation& one) {
    line("");
    line("Whom it serves");
    if (one.served_count == 0) {
      paragraph("  ", inventory_.is_customer_facing(one.item)
                          ? "Its customers. No other customer-facing service relies on it."
                          : "No live customer-facing service relies on it.");
      return;
    }
    paragraph("  ",
              fmt::format("{} {} on it{}", count_of(one.served_count, "customer-facing service"),
                          one.served_count == 1 ? "relies" : "rely",
                          one.served_count > one.served.size() ? ", such as" : ":"));
    for (const ServedService& service : one.served) {
      std::vector<std::string> steps;
      for (const ItemId step : service.path) {
        steps.push_back(label(step));
      }
      line("    " +
           made_visible(fmt::format("{} ({})", join(steps, " > "), to_string(service.facing))));
    }
  }

  void foundations(const ItemExplanation& one) {
    line("");
    line("What it stands on");
    bool is_empty = true;
    for (std::size_t tier = 0; tier < tier_count; ++tier) {
      const Foundation& foundation = one.foundations[tier];
      if (foundation.count == 0) {
        continue;
      }
      is_empty = false;
      some_of(to_string(static_cast<Tier>(tier)), foundation);
    }
    const auto has_shared = [](const Foundation& items) { return items.shared > 0; };
    if (std::ranges::any_of(one.foundations, has_shared)) {
      paragraph("  ", "Shared: something else relies on it as well, which this does not stand on.");
    }
    if (is_empty) {
      line("  Nothing live.");
    }
  }

  /// Of services and systems: components need none.
  [[nodiscard]] bool owner_less(ItemId item) const {
    return inventory_.tier(item) != Tier::component && !inventory_.has_owner(item) &&
           inventory_.has_input(item, RuleInput::accountable);
  }

  void not_judged(const ItemExplanation& one) {
    if (one.not_judged.empty()) {
      return;
    }
    line("");
    line("What could not be judged");
    for (const NotEvaluated* const reason : one.not_judged) {
      paragraph("  ",
                fmt::format("{} ({}): {}", reason->rule->title, reason->rule->id, reason->reason));
    }
  }

  // --- a party

  void explain(const PartyExplanation& one) {
    const Party& party = inventory_.party(one.party);
    const std::string_view kind =
        party.kind == PartyKind::unknown ? "person or group" : to_string(party.kind);
    paragraph("", fmt::format("{}: {}{}", shortened(tierline::label(party)), kind,
                              !party.active ? ", no longer active"
                              : party.known ? ""
                                            : ", in no table of persons or groups"));
    line("  id " + made_visible(party.id));
    reach(one.party);
    std::map<ItemId, std::size_t> wrong;
    for (const FactView& fact : one.findings) {
      ++wrong[fact.item()];
    }
    items("Answers for", one.owned, wrong);
    if (!one.operated.empty()) {
      items("Runs", one.operated, {});
    }
    findings("What is wrong", one.findings,
             "Nothing is wrong with what it answers for, as far as rules could judge.");
  }

  /// How to reach a party; of a group, who is in it.
  void reach(PartyId party) {
    const PartyContact& contact = inventory_.contact(party);
    for (const auto& [word, text] :
         {std::pair("e-mail", &contact.email), {"phone", &contact.phone}}) {
      if (!text->empty()) {
        line(made_visible(fmt::format("  {} {}", word, shortened(*text))));
      }
    }
    if (const std::string members = who_is_in(party); !members.empty()) {
      paragraph("  ", members);
    }
  }

  void items(std::string_view title, const std::vector<ItemId>& all,
             const std::map<ItemId, std::size_t>& wrong) {
    constexpr std::size_t most = 20;
    line("");
    line(fmt::format("{} {}", title,
                     all.empty() ? "nothing that is live" : count_of(all.size(), "item")));
    for (std::size_t i = 0; i < std::min(all.size(), most); ++i) {
      const auto found = wrong.find(all[i]);
      paragraph(
          "  ",
          fmt::format(
              "{}: {}{}{}", label(all[i]), kind_of(all[i]), criticality_of(all[i]),
              found == wrong.end() ? "" : fmt::format("; {}", count_of(found->second, "finding"))));
    }
    if (all.size() > most) {
      line(fmt::format("  and {} more", with_thousands(all.size() - most)));
    }
  }

  // --- findings

  void findings(std::string_view title, const std::vector<FactView>& all, std::string_view none) {
    constexpr std::size_t most = 20;
    line("");
    line(title);
    if (all.empty()) {
      paragraph("  ", none);
    }
    for (std::size_t i = 0; i < std::min(all.size(), most); ++i) {
      told(word(all[i]));
    }
    if (all.size() > most) {
      line(fmt::format("  and {} more", with_thousands(all.size() - most)));
    }
  }

  void told(const Finding& finding) {
    paragraph(fmt::format("  {:8} ", to_string(finding.severity)),
              fmt::format("{}: {}", subject_of(finding), finding.message));
    paragraph(std::string(11, ' '), finding.rule->remedy);
  }

  [[nodiscard]] std::string subject_of(const Finding& finding) const {
    return finding.subject.item == no_item ? shortened(finding.subject.name)
                                           : label(finding.subject.item);
  }

  void explain(const FactView& fact) {
    const Finding finding = word(fact);
    paragraph("", fmt::format("{}: {}", subject_of(finding), finding.message));
    line(fmt::format("  rule {}, {}, {}", finding.rule->id, to_string(finding.severity),
                     finding.certainty == Certainty::proven
                         ? "the records alone show it"
                         : "true if nothing is missing from the export"));
    const std::string place = to_string(finding.location);
    if (!place.empty()) {
      line("  " + made_visible(place));
    }
    section("Why it matters", finding.rule->rationale);
    section("How we know", finding.rule->definition);
    evidence(finding.evidence);
    section("What to do", finding.rule->remedy);
    if (fact.item() == no_item) {
      whom_to_ask(fact);
      return;
    }
    line("");
    ItemExplanation item = explain_item(report_, fact.item());
    about(item);
    std::erase_if(item.findings, [&](const FactView& other) {
      return other.kind() == fact.kind() && &other.rule() == &fact.rule();
    });
    if (!item.findings.empty()) {
      findings("What else is wrong", item.findings, "");
    }
  }

  /// Who answers for what is in it; for what is about the export, whoever makes that.
  void whom_to_ask(const FactView& fact) {
    line("");
    line("Whom to ask");
    if (fact.kind() == SubjectKind::party) {
      paragraph("  ", fmt::format("{}.", called(fact.party())));
      return;
    }
    std::vector<std::pair<std::string, std::vector<std::string>>> asked;
    for (const ItemId member : fact.members()) {
      const std::string who = who_knows(member);
      const auto same = std::ranges::find(asked, who, &decltype(asked)::value_type::first);
      if (same == asked.end()) {
        asked.push_back({who, {label(member)}});
      } else {
        same->second.push_back(label(member));
      }
    }
    for (const auto& [who, items] : asked) {
      paragraph("  ", fmt::format("{} {}.", who, name_list(items)));
    }
    if (asked.empty()) {
      line("  Whoever makes the export.");
    }
  }

  /// Goes on with what it is about: `Ann, who answers for`.
  [[nodiscard]] std::string who_knows(ItemId item) const {
    std::vector<PartyId> owners = inventory_.owners(item);
    std::erase_if(owners, [&](PartyId owner) { return !is_there(inventory_.party(owner)); });
    const auto others = candidates_of(inventory_, item);
    std::vector<std::string> names;
    std::ranges::transform(owners, std::back_inserter(names),
                           [&](PartyId owner) { return called(owner); });
    return !owners.empty()   ? name_list(names) + ", who answers for"
           : !others.empty() ? name_list(others) + ", who runs or manages"
                             : "Nobody is on record for";
  }

  /// What the message and the rest of the explanation do not say. Items are called by their names.
  void evidence(const Evidence& evidence) {
    constexpr std::string_view told[] = {
        "candidates", "placeholder",     "owners",         "missing", "kind",   "memberCount",
        "heldBy",     "inheritedOwners", "consumerOwners", "retired", "nearest"};
    for (const auto& [name, value] : evidence) {
      if (std::ranges::find(told, name) == std::end(told)) {
        paragraph("  ", fmt::format("{}: {}", in_words(name), text_of(value)));
      }
    }
  }

  /// `closedBy` as `Closed by`.
  static std::string in_words(std::string_view name) {
    std::string words;
    for (const char c : name) {
      const bool is_capital = c >= 'A' && c <= 'Z';
      const bool is_first = words.empty() && c >= 'a' && c <= 'z';
      words += is_capital ? std::string{' ', static_cast<char>(c - 'A' + 'a')}
               : is_first ? std::string{static_cast<char>(c - 'a' + 'A')}
                          : std::string{c};
    }
    return words;
  }

  void section(std::string_view title, std::string_view text) {
    line("");
    line(title);
    paragraph("  ", text);
  }

  [[nodiscard]] std::string text_of(const EvidenceValue& value) const {
    if (const auto* text = std::get_if<std::string>(&value)) {
      return name_list(named(std::span(text, 1)));
    }
    if (const auto* count = std::get_if<std::uint64_t>(&value)) {
      return with_thousands(*count);
    }
    return name_list(named(std::get<std::vector<std::string>>(value)), 6);
  }

  /// Those that are ids of items, by name.
  [[nodiscard]] std::vector<std::string> named(std::span<const std::string> values) const {
    std::vector<std::string> names(values.begin(), values.end());
    for (const ItemId item : inventory_.items()) {
      const auto at = std::ranges::find(values, inventory_.id(item));
      if (at != values.end()) {
        names[static_cast<std::size_t>(at - values.begin())] = inventory_.label(item);
      }
    }
    return names;
  }

  const AuditReport& report_;
  const Inventory& inventory_;
  std::string text_;
};

}  // namespace

std::string explanation_text(const AuditReport& report, const Answers& answers) {
  return Writer(report).write(answers);
}

}  // namespace tierline
