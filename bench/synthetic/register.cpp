#include "synthetic/register.h"

#include <fmt/format.h>

#include <string>

#include "synthetic/people.h"
#include "synthetic/table.h"

namespace tierline::synthetic {
namespace {

std::string said(const Estate& estate, Item item, std::string_view field) {
  const auto fact = estate.facts(item).find(field);
  return fact == estate.facts(item).end() ? std::string() : fact->second;
}

/// Whom the register names. Of what is retired, that may be anybody.
std::string registered_owner(const Estate& estate, Item service) {
  if (service.is_planted()) {
    return said(estate, service, "registered_owner");
  }
  auto dice = estate.random(service, Purpose::registered);
  const Item owner = estate.owner(service);
  return std::string(estate.id(owner ? owner : somebody(estate, Post::business, dice)));
}

bool is_listed(const Estate& estate, Item item) {
  return is_registered(item) || !said(estate, item, "registered_owner").empty();
}

void write_service(const Estate& estate, Item service, Table& table) {
  const auto ordinal = estate.ordinal(service);
  table.text("id", fmt::format("r{}", ordinal));
  table.text("tier", "service");
  table.text("name", fmt::format("Register entry {}", ordinal));
  table.text("owner", registered_owner(estate, service));
  table.text("correlation", service.is_planted() ? said(estate, service, "correlation_id")
                                                 : fmt::format("SVC-{}", ordinal));
}

/// By other names than elsewhere, and the same addresses.
void write_party(const Estate& estate, Item person, Table& table) {
  const auto name = said(estate, person, "registered_name");
  const auto email = said(estate, person, "registered_email");
  table.text("id", estate.id(person));
  table.text("kind", "person");
  table.text("name", name.empty() ? fmt::format("Clerk {}", person.number) : name);
  table.text("email",
             email.empty() ? fmt::format("USER.{}@synthetic.example", person.number) : email);
}

}  // namespace

void write_register(const Estate& estate, const std::filesystem::path& folder) {
  Options options = estate.options();
  options.format = Format::csv;
  options.page = 0;
  std::uint64_t services = 0;
  estate.visit_items([&](Item item) { services += is_listed(estate, item) ? 1 : 0; });
  Table items(options, folder, "items", services);
  estate.visit_items([&](Item item) {
    if (is_listed(estate, item)) {
      write_service(estate, item, items);
      items.end_record();
    }
  });
  items.close();
  const auto persons = estate.people() + estate.planted().count(Role::person);
  Table parties(options, folder, "parties", persons);
  for (std::uint32_t i = 0; i < persons; ++i) {
    write_party(estate, estate.party(Role::person, i), parties);
    parties.end_record();
  }
  parties.close();
}

}  // namespace tierline::synthetic
