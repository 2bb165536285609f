// Explanations for a terminal of 80 columns.

#include "support/text.h"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/wording.h"
#include "support/paragraph.h"
#include "support/utf8.h"
#include "tierline/explain.h"

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
    head(one.item);
    owner(one);
    served(one);
    foundations(one);
    findings(one.findings, "Nothing is wrong with it, as far as rules could judge it.");
    not_judged(one);
  }

  /// `external service`, `component`.
  [[nodiscard]] std::string kind_of(ItemId item) const {
    const std::string tier(to_string(inventory_.tier(item)));
    return inventory_.is_service(item) && inventory_.facing(item) != Facing::unknown
               ? fmt::format("{} {}", to_string(inventory_.facing(item)), tier)
               : tier;
  }

  void head(ItemId item) {
    const int criticality = inventory_.criticality(item);
    paragraph("", fmt::format(
                      "{}: {}, {}{}", label(item), kind_of(item), to_string(inventory_.state(item)),
                      criticality == 0 ? "" : fmt::format(", criticality {}", criticality)));
    const std::string& class_name = inventory_.class_name(item);
    line(made_visible(fmt::format("  id {}{}", inventory_.id(item),
                                  class_name.empty() ? "" : ", class " + shortened(class_name))));
    const std::string place = to_string(inventory_.place(item));
    if (!place.empty()) {
      line("  " + made_visible(place));
    }
  }

  void owner(const ItemExplanation& one) {
    line("");
    line("Who answers for it");
    if (!one.owners.empty()) {
      for (const PartyId owner : one.owners) {
        paragraph("  ", known_owner(one, inventory_.party(owner)));
      }
    } else {
      paragraph("  ", nobody(one));
      for (std::size_t i = 0; i < one.candidates.size(); ++i) {
        const OwnerCandidate& candidate = one.candidates[i];
        paragraph(fmt::format("  {}. ", i + 1),
                  fmt::format("{}, who {}", candidate.name, candidate.reason));
      }
    }
    if (!one.holders.empty()) {
      paragraph("  ", fmt::format("It is in {}.", holders(one)));
    }
  }

  [[nodiscard]] std::string known_owner(const ItemExplanation& one, const Party& party) const {
    const std::string source =
        one.owner_fields.empty() ? "" : fmt::format(", says {}", one.owner_fields);
    const std::string_view known = !party.active ? ". That person or group is no longer active"
                                   : party.known ? ""
                                   : party.table_loaded
                                       ? ". No table of persons or groups has that name"
                                       : ". No such table was exported, so nobody checked the name";
    return fmt::format("{}{}{}.", shortened(tierline::label(party)), source, known);
  }

  [[nodiscard]] std::string nobody(const ItemExplanation& one) const {
    const std::string placeholder = placeholder_of(inventory_, one.item);
    std::string text = !one.can_have_owner
                           ? "Nobody knows: the export has no field for it in this class."
                       : placeholder.empty()
                           ? fmt::format("Nobody: {} is empty.",
                                         one.owner_fields.empty() ? "its owner" : one.owner_fields)
                           : fmt::format("Nobody: \"{}\" is a placeholder.", placeholder);
    if (one.can_have_owner && !one.candidates.empty()) {
      text += " It may fall to one of these; ask in this order:";
    }
    return text;
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
      line("    " + made_visible(fmt::format("{} ({})", join(steps, " > "),
                                             to_string(inventory_.facing(service.path.front())))));
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
      std::vector<std::string> names;
      for (const ItemId item : foundation.nearest) {
        names.push_back(owner_less(item) ? label(item) + " (no owner)" : label(item));
      }
      const std::uint64_t rest = foundation.count - names.size();
      paragraph(
          "  ",
          fmt::format("{}: {}{}", count_of(foundation.count, to_string(static_cast<Tier>(tier))),
                      join(names, ", "),
                      rest == 0 ? "" : fmt::format(" and {} more", with_thousands(rest))));
    }
    if (is_empty) {
      line("  Nothing live.");
    }
  }

  /// Of services and systems: components need none.
  [[nodiscard]] bool owner_less(ItemId item) const {
    return inventory_.tier(item) != Tier::component && !inventory_.has_owner(item) &&
           inventory_.has_input(item, Input::accountable);
  }

  void not_judged(const ItemExplanation& one) {
    if (one.not_judged.empty()) {
      return;
    }
    line("");
    line("What could not be judged");
    for (const NotEvaluated* const reason : one.not_judged) {
      paragraph("  ", fmt::format("{}: {}", reason->rule->id, reason->reason));
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
    items("Answers for", one.owned);
    if (!one.operated.empty()) {
      items("Runs", one.operated);
    }
    findings(one.findings,
             "Nothing is wrong with what it answers for, as far as rules could judge.");
  }

  void items(std::string_view title, const std::vector<ItemId>& all) {
    constexpr std::size_t most = 20;
    line("");
    line(fmt::format("{} {}", title,
                     all.empty() ? "nothing that is live" : count_of(all.size(), "item")));
    for (std::size_t i = 0; i < std::min(all.size(), most); ++i) {
      paragraph("  ", fmt::format("{}: {}", label(all[i]), kind_of(all[i])));
    }
    if (all.size() > most) {
      line(fmt::format("  and {} more", with_thousands(all.size() - most)));
    }
  }

  // --- findings

  void findings(const std::vector<FactView>& all, std::string_view none) {
    constexpr std::size_t most = 20;
    line("");
    line("What is wrong");
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
    for (const auto& [name, value] : finding.evidence) {
      paragraph("  ", fmt::format("{}: {}", name, text_of(value)));
    }
    section("What to do", finding.rule->remedy);
    if (fact.item() != no_item) {
      line("");
      explain(explain_item(report_, fact.item()));
    }
  }

  void section(std::string_view title, std::string_view text) {
    line("");
    line(title);
    paragraph("  ", text);
  }

  static std::string text_of(const EvidenceValue& value) {
    if (const auto* text = std::get_if<std::string>(&value)) {
      return shortened(*text);
    }
    if (const auto* count = std::get_if<std::uint64_t>(&value)) {
      return with_thousands(*count);
    }
    return name_list(std::get<std::vector<std::string>>(value), 6);
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
