// Tables for a terminal of 80 columns. What they mean stands below each; programs read JSON or CSV.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "analysis/wording.h"
#include "tierline/output_mark.h"
#include "tierline/paragraph.h"
#include "tierline/report.h"
#include "tierline/text.h"
#include "tierline/utf8.h"

namespace tierline {

std::string_view to_string(Table table) {
  constexpr std::string_view names[] = {
      "ownership",    "depthProfile",    "definedRatio",         "owners",
      "facingLayers", "supportingReuse", "platformCollaborators"};
  return names[static_cast<std::size_t>(table)];
}

namespace {

constexpr std::size_t first_rows = 10;

std::string percent(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? "-" : fmt::format("{} %", part * 100 / whole);
}

class Writer {
 public:
  Writer(const AuditReport& report, bool all_rows)
      : inventory_(report.inventory),
        source_(report.inventory, report.graph, report.results, report.scope),
        all_rows_(all_rows) {
    line("tierline tables as of {}", report.run.as_of);
    line("Live items are counted; a service and its offerings count once.");
    if (!report.run.scope.empty()) {
      paragraph("", fmt::format("Only items with {} are counted.", join(report.run.scope, ", ")));
    }
  }

  void write(Table table) {
    line("");
    switch (table) {
      case Table::ownership:
        return ownership();
      case Table::depth_profile:
        return depth();
      case Table::defined_ratio:
        return ratio();
      case Table::owners:
        return owners();
      case Table::facing_layers:
        return layers();
      case Table::supporting_reuse:
        return reuse();
      case Table::platform_collaborators:
        return platforms();
    }
  }

  [[nodiscard]] std::string text() && { return std::move(text_); }

 private:
  template <typename... Arguments>
  void line(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    text_ += fmt::format(format, std::forward<Arguments>(arguments)...) + '\n';
  }

  void paragraph(std::string_view lead, std::string_view text) {
    text_ += tierline::paragraph(lead, made_visible(text)) + '\n';
  }

  /// Rows, as many as are shown, and how many more there are.
  template <typename Row, typename Write>
  void rows(const std::vector<Row>& all, Table table, std::size_t in_all, Write write) {
    const std::size_t shown = all_rows_ ? all.size() : std::min(all.size(), first_rows);
    for (std::size_t i = 0; i < shown; ++i) {
      write(all[i]);
    }
    if (shown < in_all) {
      line("  and {} more{}", with_thousands(in_all - shown),
           all_rows_ ? "" : fmt::format("; --table {} shows them", to_string(table)));
    }
  }

  [[nodiscard]] std::string brief(ItemId item) const {
    return made_visible(brief_label_of(inventory_, item));
  }

  void ownership() {
    line("Who answers, by tier (ownership)");
    line("  {:<10}{:>9}{:>9}{:>9}{:>10}{:>9}{:>9}{:>11}", "", "live", "owner", "has left",
         "unknown", "a group", "nobody", "not judged");
    const OwnershipTable table = ownership_table(source_);
    std::uint64_t inherited = 0;
    for (std::size_t tier = 0; tier < owned_tiers; ++tier) {
      const Ownership& one = table[tier];
      inherited += one.inherited;
      line("  {:<10}{:>9}{:>9}{:>9}{:>10}{:>9}{:>9}{:>11}", to_string(static_cast<Tier>(tier)),
           with_thousands(one.live), with_thousands(one.owned), with_thousands(one.inactive),
           with_thousands(one.dangling), with_thousands(one.group_only),
           with_thousands(one.inherited + one.none), with_thousands(one.not_evaluated));
    }
    paragraph("  ",
              "Unknown: the owner is in no table of persons or groups. A group: one runs it, "
              "and nobody owns it.");
    if (inherited > 0) {
      paragraph("  ", fmt::format(
                          "Of what nobody owns, {} directly in something that has an "
                          "owner: ask there.",
                          inherited == 1 ? "1 item is" : with_thousands(inherited) + " items are"));
    }
  }

  void depth() {
    const DepthProfile profile = depth_profile(source_);
    line("How deep ownership goes (depthProfile)");
    line("  {:<27}{:>10}{:>9}{:>8}{:>11}  {}", "", "portfolio", "service", "system", "component",
         "down to");
    depth("everything", profile.estate);
    rows(profile.portfolios, Table::depth_profile, profile.portfolios.size(),
         [&](const Depth& one) { depth(brief(one.portfolio), one); });
    const auto judged = [](const TierCoverage& coverage) { return coverage.judged > 0; };
    if (std::ranges::any_of(profile.in_none.tiers, judged)) {
      depth("in no portfolio", profile.in_none);
    }
    paragraph("  ",
              fmt::format("Down to: the lowest tier to which somebody answers for {} % or more "
                          "of each. Systems and components stand with the nearest service; "
                          "for components, a group that runs them will do.",
                          DepthProfile::wanted_percent));
  }

  void depth(std::string_view name, const Depth& one) {
    const auto share = [&](Tier tier) {
      const TierCoverage& coverage = one.tiers[static_cast<std::size_t>(tier)];
      return percent(coverage.answered, coverage.judged);
    };
    line("  {:<27}{:>10}{:>9}{:>8}{:>11}  {}", name, share(Tier::portfolio), share(Tier::service),
         share(Tier::system), share(Tier::component),
         one.deepest ? to_string(*one.deepest) : "nothing");
  }

  void ratio() {
    const DefinedRatio ratio = defined_ratio(source_);
    line("Technology that belongs to a service (definedRatio)");
    const auto row = [&](std::string_view name, const DefinedRatio::Count& count) {
      line("  {:<11}{:>10} of {:>10}{:>9}", name, with_thousands(count.in_services),
           with_thousands(count.live), percent(count.in_services, count.live));
    };
    row("systems", ratio.systems);
    row("components", ratio.components);
    row("together", {ratio.systems.live + ratio.components.live,
                     ratio.systems.in_services + ratio.components.in_services});
    paragraph("  ", fmt::format("Beside it: less than {} % of IT organisations, it is said, have "
                                "defined their technology by services at all.",
                                DefinedRatio::organisations_percent));
  }

  void owners() {
    const std::vector<Owner> all = owner_table(source_);
    line("Owners ({}: {})", to_string(Table::owners), with_thousands(all.size()));
    line("  {:<27}{:>9}{:>9}{:>9}{:>8}{:>7}  {}", "", "services", "critical", "external", "others",
         "load", "findings");
    rows(all, Table::owners, all.size(), [&](const Owner& owner) { this->owner(owner); });
    paragraph("  ",
              "Critical: of criticality 1 or 2. Others: portfolios, systems and components. "
              "Load: services, those of criticality 1 three times and of 2 twice.");
  }

  void owner(const Owner& one) {
    const Party& party = inventory_.party(one.party);
    const std::uint64_t items =
        std::accumulate(one.items.begin(), one.items.end(), std::uint64_t{0});
    const std::uint64_t findings =
        std::accumulate(one.findings.begin(), one.findings.end(), std::uint64_t{0});
    const auto worst = std::ranges::find_if(one.findings.rbegin(), one.findings.rend(),
                                            [](std::uint64_t count) { return count > 0; });
    const std::string told =
        findings == 0
            ? "none"
            : fmt::format("{}, {} {}", with_thousands(findings), with_thousands(*worst),
                          to_string(static_cast<Severity>(one.findings.rend() - worst - 1)));
    line("  {:<27}{:>9}{:>9}{:>9}{:>8}{:>7}  {}", made_visible(brief_label(label(party))),
         with_thousands(one.services()),
         with_thousands(one.criticalities[1] + one.criticalities[2]), with_thousands(one.external),
         with_thousands(items - one.services()), with_thousands(one.load), told);
  }

  void layers() {
    const FacingLayers layers = facing_layers(source_);
    line("Services by whom they face, and what they rely on (facingLayers)");
    line("  {:<12}{:>10}  {:<10}{:>10}{:>10}{:>12}{:>10}", "", "services", "rely on", "external",
         "internal", "supporting", "unknown");
    for (std::size_t layer = 0; layer < FacingLayers::layer_count; ++layer) {
      const auto& uses = layers.uses[layer];
      line("  {:<12}{:>10}  {:<10}{:>10}{:>10}{:>12}{:>10}", to_string(static_cast<Facing>(layer)),
           with_thousands(layers.services[layer]), "", with_thousands(uses[0]),
           with_thousands(uses[1]), with_thousands(uses[2]), with_thousands(uses[3]));
    }
    paragraph("  ",
              "Pairs of services, one of which relies on the other with nothing between them.");
  }

  [[nodiscard]] static std::string about(ServiceReach::Count count) {
    return (count.exact ? "" : "about ") + with_thousands(count.services);
  }

  [[nodiscard]] std::string owners_of(std::span<const PartyId> owners) const {
    return owners.empty() ? "nobody" : name_list(labels_of(inventory_, owners));
  }

  void reuse() {
    const FacingLayers layers = facing_layers(source_);
    line("Supporting services, and how many services rely on each (supportingReuse: {})",
         with_thousands(layers.supporting.size()));
    rows(layers.supporting, Table::supporting_reuse, layers.supporting.size(),
         [&](const FacingLayers::Reuse& one) {
           line("  {:<27}{:>10}  owner: {}", brief(one.service), about(one.users),
                made_visible(brief_label(owners_of(inventory_.owners(one.service)))));
         });
  }

  void platforms() {
    const PlatformCollaborators table = platform_collaborators(source_);
    line("Platforms that three services or more rely on, and who has a say in them");
    line("({}: {})", to_string(Table::platform_collaborators), with_thousands(table.shared));
    rows(table.platforms, Table::platform_collaborators, table.shared,
         [&](const Platform& platform) { this->platform(platform); });
  }

  /// By person, so that it can be sent as an invitation.
  void platform(const Platform& one) {
    line("");
    paragraph("  ", fmt::format("{}: {} {} rely on it; its owner: {}",
                                label_of(inventory_, one.platform), about(one.users), "services",
                                owners_of(inventory_.owners(one.platform))));
    std::vector<std::pair<std::string, std::vector<std::string>>> invited;
    std::map<PartyId, std::size_t> place;
    std::vector<std::string> ownerless;
    for (const Platform::Consumer& consumer : one.consumers) {
      const std::string service = label_of(inventory_, consumer.service);
      for (const PartyId owner : consumer.owners) {
        const auto [at, is_new] = place.try_emplace(owner, invited.size());
        if (is_new) {
          const Party& party = inventory_.party(owner);
          invited.emplace_back(shortened(label(party)) + (party.active ? "" : " (has left)"),
                               std::vector<std::string>());
        }
        invited[at->second].second.push_back(service);
      }
      if (consumer.owners.empty()) {
        ownerless.push_back(service);
      }
    }
    for (const auto& [name, services] : invited) {
      paragraph("    ", fmt::format("{}, for {}", name, name_list(services)));
    }
    if (!ownerless.empty()) {
      paragraph("    ", fmt::format("nobody, for {}", name_list(ownerless)));
    }
    if (one.consumers.size() < one.users.services) {
      paragraph(
          "    ",
          fmt::format("and the owners of {} services that are not shown",
                      about({static_cast<std::uint32_t>(one.users.services - one.consumers.size()),
                             one.users.exact})));
    }
  }

  const Inventory& inventory_;
  TableSource source_;
  bool all_rows_;
  std::string text_;
};

const Register<OutputMark> mark{{.id = "tables-text", .beginning = "tierline tables as of "}};

}  // namespace

std::string tables_text(const AuditReport& report, std::span<const Table> tables, bool all_rows) {
  Writer writer(report, all_rows);
  for (const Table table : tables) {
    writer.write(table);
  }
  return std::move(writer).text();
}

}  // namespace tierline
