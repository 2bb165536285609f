#include "reports/tables_json.h"

#include <optional>
#include <string>

#include "support/parallel.h"
#include "tierline/json_writer.h"

namespace tierline {
namespace {

class Writer : JsonMembers<rapidjson::Writer<JsonStream>> {
 public:
  Writer(const Inventory& inventory, rapidjson::Writer<JsonStream>& json)
      : JsonMembers(json), inventory_(inventory) {}

  void write(const OwnershipTable& table) {
    object("ownership", [&] {
      for (std::size_t tier = 0; tier < owned_tiers; ++tier) {
        const Ownership& counts = table[tier];
        object(to_string(static_cast<Tier>(tier)), [&] {
          number("live", counts.live);
          number("owned", counts.owned);
          number("inactive", counts.inactive);
          number("dangling", counts.dangling);
          number("groupOnly", counts.group_only);
          number("inherited", counts.inherited);
          number("none", counts.none);
          number("notEvaluated", counts.not_evaluated);
        });
      }
    });
  }

  void write(const DepthProfile& profile) {
    object("depthProfile", [&] {
      number("wantedPercent", DepthProfile::wanted_percent);
      object("estate", [&] { depth(profile.estate); });
      objects("portfolios", profile.portfolios, [&](const Depth& one) {
        key("portfolio");
        item(one.portfolio);
        depth(one);
      });
      object("inNone", [&] { depth(profile.in_none); });
    });
  }

  void write(const DefinedRatio& ratio) {
    object("definedRatio", [&] {
      const auto count = [&](std::string_view name, const DefinedRatio::Count& one) {
        object(name, [&] {
          number("live", one.live);
          number("inServices", one.in_services);
        });
      };
      count("systems", ratio.systems);
      count("components", ratio.components);
      number("organisationsPercent", DefinedRatio::organisations_percent);
    });
  }

  void write(const std::vector<Owner>& owners) {
    objects("owners", owners, [&](const Owner& owner) {
      const Party& party = inventory_.party(owner.party);
      text("id", party.id);
      text("name", party.name);
      text("kind", to_string(party.kind));
      text("source", party.source);
      flag("known", party.known);
      flag("active", party.active);
      object("items", [&] {
        for (std::size_t tier = 0; tier < owned_tiers; ++tier) {
          number(to_string(static_cast<Tier>(tier)), owner.items[tier]);
        }
      });
      number("external", owner.external);
      object("criticalities", [&] {
        constexpr std::string_view names[] = {"unknown", "1", "2", "3", "4"};
        for (std::size_t i = 0; i < owner.criticalities.size(); ++i) {
          number(names[i], owner.criticalities[i]);
        }
      });
      number("load", owner.load);
      object("findings", [&] {
        for (std::size_t i = 0; i < owner.findings.size(); ++i) {
          number(to_string(static_cast<Severity>(i)), owner.findings[i]);
        }
      });
    });
  }

  void write(const FacingLayers& layers) {
    const auto by_layer = [&](std::string_view name, auto write) {
      object(name, [&] {
        for (std::size_t layer = 0; layer < FacingLayers::layer_count; ++layer) {
          write(to_string(static_cast<Facing>(layer)), layer);
        }
      });
    };
    object("facingLayers", [&] {
      by_layer("services", [&](std::string_view name, std::size_t layer) {
        number(name, layers.services[layer]);
      });
      by_layer("uses", [&](std::string_view name, std::size_t user) {
        by_layer(name, [&](std::string_view used_name, std::size_t used) {
          number(used_name, layers.uses[user][used]);
        });
      });
      objects("supporting", layers.supporting, [&](const FacingLayers::Reuse& one) {
        key("service");
        item(one.service);
        users(one.users);
      });
    });
  }

  void write(const PlatformCollaborators& table) {
    object("platformCollaborators", [&] {
      number("shared", table.shared);
      objects("platforms", table.platforms, [&](const Platform& platform) {
        key("platform");
        item(platform.platform);
        owners(inventory_.owners(platform.platform));
        users(platform.users);
        objects("consumers", platform.consumers, [&](const Platform::Consumer& consumer) {
          key("service");
          item(consumer.service);
          owners(consumer.owners);
        });
      });
    });
  }

 private:
  /// A list of objects, whose members `write` writes.
  template <typename Range, typename Write>
  void objects(std::string_view name, const Range& range, Write write) {
    list(name, range, [&](const auto& one) { object([&] { write(one); }); });
  }

  void item(ItemId item) {
    json_.StartObject();
    text("id", inventory_.id(item));
    text("name", inventory_.name(item));
    text("tier", to_string(inventory_.tier(item)));
    text("source", inventory_.source(item));
    json_.EndObject();
  }

  void owners(std::span<const PartyId> owners) {
    objects("owners", owners, [&](PartyId owner) {
      const Party& party = inventory_.party(owner);
      text("id", party.id);
      text("name", party.name);
      flag("active", party.active);
    });
  }

  void users(ServiceReach::Count count) {
    object("users", [&] {
      number("services", count.services);
      flag("exact", count.exact);
    });
  }

  void depth(const Depth& depth) {
    object("tiers", [&] {
      for (std::size_t tier = 0; tier < owned_tiers; ++tier) {
        object(to_string(static_cast<Tier>(tier)), [&] {
          number("answered", depth.tiers[tier].answered);
          number("judged", depth.tiers[tier].judged);
        });
      }
    });
    text("deepest", depth.deepest ? to_string(*depth.deepest) : "none");
  }

  const Inventory& inventory_;
};

}  // namespace

void write_tables(const AuditReport& report, rapidjson::Writer<JsonStream>& json,
                  const std::function<void()>& end_line) {
  const TableSource source(report.inventory, report.graph, report.results, report.scope);
  OwnershipTable ownership;
  DepthProfile depth;
  DefinedRatio ratio;
  std::vector<Owner> owners;
  FacingLayers layers;
  PlatformCollaborators platforms;
  parallel_calls(
      report.run.jobs, [&] { platforms = platform_collaborators(source); },
      [&] { layers = facing_layers(source); }, [&] { depth = depth_profile(source); },
      [&] { owners = owner_table(source); }, [&] { ratio = defined_ratio(source); },
      [&] { ownership = ownership_table(source); });
  Writer writer(report.inventory, json);
  const auto write = [&](const auto& table) {
    writer.write(table);
    end_line();
  };
  write(ownership);
  write(depth);
  write(ratio);
  write(owners);
  write(layers);
  write(platforms);
}

}  // namespace tierline
