#include "synthetic/traits.h"

namespace tierline::synthetic {
namespace {

using namespace std::string_view_literals;

constexpr std::array businesses{
    "Payroll"sv,         "Retail POS (Point of Sale)"sv, "Bond Trading"sv,
    "SAP Materials"sv,   "Crédit à la consommation"sv,   "Учёт персонала"sv,
    "Orders, Returns"sv, "Label \"Fragile\" Printing"sv, "Claims & Benefits"sv,
};
constexpr std::array technologies{
    "Backup"sv,      "Storage (S.A.N.)"sv,      "Identity, Access"sv,          "E-Mail"sv,
    "Überwachung"sv, "Резервное копирование"sv, "Database \"Gold\" Hosting"sv,
};
constexpr std::array programs{"bond_trade"sv, ".NET Framework"sv, "EXCH-SD"sv, "PS LinuxApp"sv,
                              "SAP MM"sv,     "tomcat"sv,         "Señal"sv};
constexpr std::array hosts{"lnux"sv, "dbaix"sv, "ns-prd-"sv, "*ANNIE-IBM"sv, "MacBook Pro 17\" "sv};

constexpr std::array<Trait, ci_roles> traits{{
    {{"spm_service_portfolio"}, 0.0005, 1, 0, "{} {} portfolio {}", businesses},
    {{"spm_taxonomy_node"}, 0.0025, 1, 0, "{}: {} {}", businesses},
    {{"cmdb_ci_service_business"}, 0.025, 2, 12, "{} - {} {}", businesses},
    {{"service_offering"}, 0.02, 1, 3, "{} / Gold {} {}", businesses},
    {{"cmdb_ci_business_app"}, 0.05, 1, 2, "{} {} {}", businesses},
    {{"cmdb_ci_service_auto"}, 0.09, 4, 8, "SVC - {} ({}) {}", programs},
    {{"cmdb_ci_service_technical"}, 0.015, 3, 5, "{} {} {}", technologies},
    {{"service_offering"}, 0.01, 1, 2, "{} / 24x7 {} {}", technologies},
    {{"cmdb_ci_service_discovered", "cmdb_ci_service_by_tags"}, 0.2, 2, 4, "{}_{}_{:05}", programs},
    {{"cmdb_ci_db_mssql_instance", "cmdb_ci_db_ora_instance"}, 0.1, 2, 3, "{}@{}-{}", programs},
    {{"cmdb_ci_cluster"}, 0.01, 1, 5, "{}{} cluster {}", hosts},
    {{"cmdb_ci_vm_instance"}, 0.15, 2, 2, "{}{}-vm{:05}", hosts},
    {{"cmdb_ci_linux_server", "cmdb_ci_win_server"}, 0, 2, 1, "{}{}{:05}", hosts},
    {{"cmdb_ci_esx_server"}, 0.01, 1, 1, "{}{}-esx{:03}", hosts},
    {{"cmdb_ci_storage_server"}, 0.03, 1, 1, "{}{}-san{:03}", hosts},
    {{"cmdb_ci_netgear", "cmdb_ci_ip_switch"}, 0.09, 2, 1, "{}{}-net{:04}", hosts},
    {{"u_cmdb_ci_kiosk"}, 0.015, 1, 1, "{}{}, kiosk {}", hosts},
}};

}  // namespace

const Trait& trait(Role role) {
  return traits[index(role)];
}

}  // namespace tierline::synthetic
