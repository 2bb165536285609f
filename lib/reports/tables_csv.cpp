// A table as CSV: a row for whatever it is about. The first column names the table, which is how
// tierline knows it again among exports.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

#include "analysis/wording.h"
#include "tierline/csv_row.h"
#include "tierline/output_mark.h"
#include "tierline/report.h"
#include "tierline/text.h"

namespace tierline {
namespace {

std::string number(std::uint64_t value) {
  return std::to_string(value);
}

std::string joined_labels(const Inventory& inventory, std::span<const PartyId> parties) {
  return join(labels_of(inventory, parties), "; ");
}

/// A row of as many cells as the table has columns.
template <std::size_t columns, std::size_t cells>
void append_row(std::string& rows, const std::array<const char*, columns>& /*header*/,
                const std::string_view (&row)[cells]) {
  static_assert(columns == cells);
  append_csv_row(rows, row);
}

/// Left unquoted: `tierline_table` is how tierline knows its own reports again.
template <std::size_t columns>
void append_header(std::string& rows, const std::array<const char*, columns>& header) {
  rows += fmt::format("{}\r\n", fmt::join(header, ","));
}

std::string_view exactness(ServiceReach::Count count) {
  return count.exact ? "true" : "false";
}

void write_ownership(const TableSource& source, std::string& rows) {
  constexpr std::array header = {"table",    "tier",       "live",      "owned", "inactive",
                                 "dangling", "group_only", "inherited", "none",  "not_evaluated"};
  append_header(rows, header);
  const OwnershipTable table = ownership_table(source);
  for (std::size_t tier = 0; tier < owned_tiers; ++tier) {
    const Ownership& counts = table[tier];
    append_row(
        rows, header,
        {"ownership", to_string(static_cast<Tier>(tier)), number(counts.live), number(counts.owned),
         number(counts.inactive), number(counts.dangling), number(counts.group_only),
         number(counts.inherited), number(counts.none), number(counts.not_evaluated)});
  }
}

constexpr std::array depth_columns = {"table",
                                      "rows_of",
                                      "portfolio_id",
                                      "portfolio_name",
                                      "portfolios_answered",
                                      "portfolios_judged",
                                      "services_answered",
                                      "services_judged",
                                      "systems_answered",
                                      "systems_judged",
                                      "components_answered",
                                      "components_judged",
                                      "deepest"};

void append_depth(const Inventory& inventory, const Depth& depth, std::string_view rows_of,
                  std::string& rows) {
  const bool is_one = depth.portfolio != no_item;
  std::vector<std::string> counts;
  for (const TierCoverage& coverage : depth.tiers) {
    counts.push_back(number(coverage.answered));
    counts.push_back(number(coverage.judged));
  }
  append_row(
      rows, depth_columns,
      {"depthProfile", rows_of, is_one ? inventory.id(depth.portfolio) : "",
       is_one ? inventory.name(depth.portfolio) : "", counts[0], counts[1], counts[2], counts[3],
       counts[4], counts[5], counts[6], counts[7], depth.deepest ? to_string(*depth.deepest) : ""});
}

void write_depth_profile(const TableSource& source, std::string& rows) {
  append_header(rows, depth_columns);
  const DepthProfile profile = depth_profile(source);
  append_depth(source.inventory(), profile.estate, "estate", rows);
  for (const Depth& depth : profile.portfolios) {
    append_depth(source.inventory(), depth, "portfolio", rows);
  }
  append_depth(source.inventory(), profile.in_none, "none", rows);
}

void write_defined_ratio(const TableSource& source, std::string& rows) {
  constexpr std::array header = {"table", "tier", "live", "in_services"};
  append_header(rows, header);
  const DefinedRatio ratio = defined_ratio(source);
  for (const auto& [tier, count] :
       {std::pair(Tier::system, ratio.systems), std::pair(Tier::component, ratio.components)}) {
    append_row(rows, header,
               {"definedRatio", to_string(tier), number(count.live), number(count.in_services)});
  }
}

void write_owners(const TableSource& source, std::string& rows) {
  constexpr std::array header = {"table",         "owner_id",
                                 "owner_name",    "kind",
                                 "source",        "known",
                                 "active",        "services",
                                 "external",      "criticality_1",
                                 "criticality_2", "criticality_3",
                                 "criticality_4", "criticality_unknown",
                                 "portfolios",    "systems",
                                 "components",    "load",
                                 "critical",      "high",
                                 "medium",        "low",
                                 "info"};
  append_header(rows, header);
  for (const Owner& owner : owner_table(source)) {
    const Party& party = source.inventory().party(owner.party);
    const auto of_tier = [&](Tier tier) {
      return number(owner.items[static_cast<std::size_t>(tier)]);
    };
    const auto of_criticality = [&](std::size_t criticality) {
      return number(owner.criticalities[criticality]);
    };
    const auto findings = [&](Severity severity) {
      return number(owner.findings[static_cast<std::size_t>(severity)]);
    };
    append_row(rows, header,
               {"owners",
                party.id,
                party.name,
                to_string(party.kind),
                party.source,
                party.known ? "true" : "false",
                party.active ? "true" : "false",
                number(owner.services()),
                number(owner.external),
                of_criticality(1),
                of_criticality(2),
                of_criticality(3),
                of_criticality(4),
                of_criticality(0),
                of_tier(Tier::portfolio),
                of_tier(Tier::system),
                of_tier(Tier::component),
                number(owner.load),
                findings(Severity::critical),
                findings(Severity::high),
                findings(Severity::medium),
                findings(Severity::low),
                findings(Severity::info)});
  }
}

void write_facing_layers(const TableSource& source, std::string& rows) {
  constexpr std::array header = {"table",         "layer",           "services",    "uses_external",
                                 "uses_internal", "uses_supporting", "uses_unknown"};
  append_header(rows, header);
  const FacingLayers layers = facing_layers(source);
  for (std::size_t layer = 0; layer < FacingLayers::layer_count; ++layer) {
    append_row(
        rows, header,
        {"facingLayers", to_string(static_cast<Facing>(layer)), number(layers.services[layer]),
         number(layers.uses[layer][0]), number(layers.uses[layer][1]),
         number(layers.uses[layer][2]), number(layers.uses[layer][3])});
  }
}

void write_supporting_reuse(const TableSource& source, std::string& rows) {
  constexpr std::array header = {"table", "service_id",  "service_name", "source",
                                 "users", "users_exact", "owners"};
  append_header(rows, header);
  const Inventory& inventory = source.inventory();
  for (const FacingLayers::Reuse& one : facing_layers(source).supporting) {
    append_row(rows, header,
               {"supportingReuse", inventory.id(one.service), inventory.name(one.service),
                inventory.source(one.service), number(one.users.services), exactness(one.users),
                joined_labels(inventory, inventory.owners(one.service))});
  }
}

/// A row for each consumer: whom to invite, and for what.
void write_platform_collaborators(const TableSource& source, std::string& rows) {
  constexpr std::array header = {"table",      "platform_id",     "platform_name", "tier",
                                 "source",     "platform_owners", "users",         "users_exact",
                                 "service_id", "service_name",    "service_owners"};
  append_header(rows, header);
  const Inventory& inventory = source.inventory();
  for (const Platform& platform : platform_collaborators(source).platforms) {
    for (const Platform::Consumer& consumer : platform.consumers) {
      append_row(rows, header,
                 {"platformCollaborators", inventory.id(platform.platform),
                  inventory.name(platform.platform), to_string(inventory.tier(platform.platform)),
                  inventory.source(platform.platform),
                  joined_labels(inventory, inventory.owners(platform.platform)),
                  number(platform.users.services), exactness(platform.users),
                  inventory.id(consumer.service), inventory.name(consumer.service),
                  joined_labels(inventory, consumer.owners)});
    }
  }
}

const Register<OutputMark> mark{{.id = "tables-csv", .beginning = "tierline_table,"}};

}  // namespace

std::string table_csv(const AuditReport& report, Table table) {
  const TableSource source(report.inventory, report.graph, report.results, report.scope);
  std::string rows = "tierline_";
  switch (table) {
    case Table::ownership:
      write_ownership(source, rows);
      break;
    case Table::depth_profile:
      write_depth_profile(source, rows);
      break;
    case Table::defined_ratio:
      write_defined_ratio(source, rows);
      break;
    case Table::owners:
      write_owners(source, rows);
      break;
    case Table::facing_layers:
      write_facing_layers(source, rows);
      break;
    case Table::supporting_reuse:
      write_supporting_reuse(source, rows);
      break;
    case Table::platform_collaborators:
      write_platform_collaborators(source, rows);
      break;
  }
  return rows;
}

}  // namespace tierline
