#include "synthetic/sound_records.h"

#include <fmt/format.h>

#include <array>
#include <string>

#include "synthetic/dates.h"
#include "synthetic/people.h"

namespace tierline::synthetic {
namespace {

using namespace std::string_view_literals;

constexpr int year = 365;
constexpr int two_months = 60;

/// So many days before that of the audit at most.
std::string within(int days, Random& dice) {
  return day(-static_cast<int>(dice.below(static_cast<std::uint32_t>(days) + 1)));
}

std::string long_ago(Random& dice) {
  return day(-2 * year - static_cast<int>(dice.below(2 * year)));
}

}  // namespace

std::string_view owner_table(Item owner) {
  return owner.role == Role::group ? "sys_user_group" : "sys_user";
}

/// Whoever runs something owns nothing; a service has somebody who stands in for its owner, unless
/// it is not critical.
void write_sound_accountability(const Estate& estate, Item item, Random& dice, Table& table) {
  const auto owner = estate.owner(item);
  const bool has_delegate =
      item.is_service() && (item.is_planted() || estate.criticality(item) < 3 || dice.percent(50));
  const auto group = [&] { return estate.id({Role::group, dice.below(estate.groups())}); };
  const auto person = [&] { return estate.id(somebody(estate, Post::operations, dice)); };
  table.reference("owned_by", owner_table(owner), estate.id(owner));
  table.reference("managed_by", "sys_user", person());
  table.reference("managed_by_group", "sys_user_group", group());
  table.reference("support_group", "sys_user_group", group());
  table.reference("assignment_group", "sys_user_group", group());
  table.reference("service_owner_delegate", "sys_user", has_delegate ? person() : Id{});
}

void write_sound_description(const Estate& estate, Item item, Random& dice, Table& table) {
  static constexpr std::array levels{""sv, "1 - most critical"sv, "2 - somewhat critical"sv,
                                     "3 - less critical"sv, "4 - not critical"sv};
  static constexpr std::array uses{"Production"sv, "production "sv, ""sv, "DR"sv};
  static constexpr std::array outcomes{
      "Pays staff on time"sv, "Customers order and return goods, day and night"sv,
      "Two lines:\n\"quoted\", and more"sv, "Kunden sehen ihren Kontostand"sv,
      "\u0417\u0430\u043a\u0430\u0437\u044b \u0438 \u0432\u043e\u0437\u0432\u0440\u0430\u0442\u044b"sv};
  const auto use = item.role == Role::kiosk ? "Test"sv : dice.pick(uses);
  const auto ordinal = estate.ordinal(item);
  const bool is_told = item.is_business() || dice.percent(50);
  const bool is_short = is_told && dice.percent(50);
  table.text("busines_criticality", levels[estate.criticality(item)]);
  table.text("environment", use);
  table.text("used_for", use);
  table.text("short_description", is_short ? dice.pick(outcomes) : ""sv);
  table.text("description", is_told && !is_short ? dice.pick(outcomes) : ""sv);
  table.reference("location", "cmn_location", estate.id({Role::place, dice.below(300)}));
  table.reference("company", "core_company", estate.id({Role::company, dice.below(30)}));
  table.text("correlation_id", is_registered(item) ? fmt::format("svc-{}", ordinal) : "");
  table.text("serial_number", !item.is_physical() ? ""
                              : dice.percent(10)
                                  ? "To be filled by O.E.M."
                                  : fmt::format("SN-{:02}-{:08}", index(item.role), ordinal));
  table.text("fqdn", item.is_physical() && dice.percent(80)
                         ? fmt::format("n{}.role{}.synthetic.example", ordinal, index(item.role))
                         : "");
  table.text("discovery_source", item.is_physical() ? "ServiceNow" : "");
}

void write_sound_dates(const Estate& estate, Item item, Random& dice, Table& table) {
  const bool is_kept = estate.is_live(item);
  const bool is_seen = item.is_physical() && is_kept && dice.percent(90);
  if (!item.is_portfolio()) {
    const bool is_service = item.is_service();
    const auto asked = [&] {
      return !is_service ? "" : is_kept ? within(year, dice) : long_ago(dice);
    };
    table.text("attested_date", asked());
    table.text("last_review_date", asked());
    table.text("end_date", estate.state(item) == State::retiring
                               ? day(static_cast<int>(dice.below(year)))
                           : dice.percent(10) ? long_ago(dice)
                                              : "");
    table.text("last_discovered", is_seen           ? within(two_months, dice)
                                  : dice.percent(5) ? long_ago(dice)
                                                    : "");
  }
  table.text("sys_created_on", day(-4 * year));
  table.text("sys_updated_on", !is_kept || is_seen   ? long_ago(dice)
                               : item.is_component() ? within(two_months, dice)
                                                     : within(year, dice));
}

}  // namespace tierline::synthetic
