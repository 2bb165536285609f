#include "synthetic/ties.h"

namespace tierline::synthetic {
namespace {

constexpr Tie table[] = {
    {Role::business, Type::depends_on, Role::instance, Draw::all},
    {Role::business, Type::uses, Role::business_app, Draw::all},
    {Role::instance, Type::depends_on, Role::application, Draw::all},
    {Role::application, Type::depends_on, Role::database, Draw::all},
    {Role::application, Type::runs_on, Role::server, Draw::all},
    {Role::application, Type::hosted_on, Role::vm, Draw::all},
    {Role::database, Type::runs_on, Role::cluster, Draw::all},
    {Role::vm, Type::virtualized_by, Role::hypervisor, Draw::all},
    {Role::server, Type::uses, Role::storage, Draw::all},
    {Role::server, Type::depends_on, Role::network, Draw::all},

    {Role::business, Type::depends_on, Role::technical, Draw::hubs, 3},
    {Role::business, Type::contains, Role::instance, Draw::some, 2},
    {Role::business, Type::uses, Role::instance, Draw::hubs, 2},
    {Role::business_offering, Type::depends_on, Role::instance, Draw::some, 3},
    {Role::business_offering, Type::depends_on, Role::technical_offering, Draw::hubs, 1},
    {Role::business_app, Type::uses, Role::instance, Draw::some, 4},
    {Role::business_app, Type::exchanges_data, Role::business_app, Draw::hubs, 1},
    {Role::instance, Type::depends_on, Role::technical, Draw::hubs, 1},
    {Role::instance, Type::depends_on, Role::instance, Draw::hubs, 1},
    {Role::instance, Type::depends_on, Role::application, Draw::hubs, 2},
    {Role::instance, Type::contains, Role::application, Draw::some, 5},
    {Role::instance, Type::association, Role::application, Draw::some, 2},
    {Role::instance, Type::association, Role::server, Draw::some, 1},
    {Role::technical, Type::depends_on, Role::application, Draw::some, 1},
    {Role::technical, Type::depends_on, Role::server, Draw::some, 2},
    {Role::technical, Type::contains, Role::server, Draw::some, 2},
    {Role::technical, Type::contains, Role::database, Draw::some, 1},
    {Role::technical_offering, Type::contains, Role::vm, Draw::some, 2},
    {Role::technical_offering, Type::depends_on, Role::server, Draw::some, 1},
    {Role::application, Type::depends_on, Role::application, Draw::hubs, 2},
    {Role::application, Type::depends_on, Role::database, Draw::hubs, 3},
    {Role::application, Type::runs_on, Role::server, Draw::some, 8},
    {Role::application, Type::hosted_on, Role::vm, Draw::some, 4},
    {Role::application, Type::exchanges_data, Role::application, Draw::some, 2},
    {Role::application, Type::custom, Role::database, Draw::some, 1},
    {Role::database, Type::runs_on, Role::server, Draw::some, 8},
    {Role::database, Type::hosted_on, Role::vm, Draw::some, 2},
    {Role::database, Type::depends_on, Role::storage, Draw::hubs, 1},
    {Role::cluster, Type::members, Role::server, Draw::some, 2},
    {Role::cluster, Type::cluster_of, Role::vm, Draw::some, 1},
    {Role::vm, Type::virtualized_by, Role::hypervisor, Draw::some, 2},
    {Role::vm, Type::depends_on, Role::network, Draw::hubs, 1},
    {Role::server, Type::depends_on, Role::network, Draw::hubs, 1},
    {Role::server, Type::hosted_on, Role::hypervisor, Draw::some, 1},
    {Role::hypervisor, Type::uses, Role::storage, Draw::hubs, 1},
    {Role::storage, Type::depends_on, Role::network, Draw::hubs, 1},
    {Role::network, Type::depends_on, Role::network, Draw::hubs, 1},
    {Role::kiosk, Type::depends_on, Role::network, Draw::hubs, 1},
};

}  // namespace

std::span<const Tie> ties() {
  return table;
}

}  // namespace tierline::synthetic
