#include "synthetic.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <functional>
#include <span>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace tierline::synthetic {
namespace {

using namespace std::string_view_literals;

// ---- Chance -----------------------------------------------------------------------------------

/// A bijection, so that distinct keys give distinct sys_ids.
constexpr std::uint64_t mix(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15U;
  x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31U);
}

class Random {
 public:
  explicit Random(std::uint64_t key) : state_(key) {}

  /// From 0 to `limit` - 1; 0 when `limit` is 0.
  std::uint32_t below(std::uint32_t limit) {
    return static_cast<std::uint32_t>(((next() >> 32U) * limit) >> 32U);
  }
  double unit() { return static_cast<double>(next() >> 11U) * 0x1p-53; }
  /// Crowds towards 0: a few numbers are drawn very often.
  std::uint32_t crowded(std::uint32_t limit) {
    const auto u = unit();
    return static_cast<std::uint32_t>(u * u * u * limit);
  }
  bool percent(std::uint32_t share) { return below(100) < share; }
  template <typename Choices>
  auto pick(const Choices& choices) {
    return choices[below(static_cast<std::uint32_t>(std::size(choices)))];
  }

 private:
  std::uint64_t next() { return mix(state_++); }

  std::uint64_t state_;
};

// ---- What there is ----------------------------------------------------------------------------

/// What an item is in the estate. The order matters: an item relies only on roles further down, or
/// on lower numbers of its own role, so that the sound part has no cycle. After the configuration
/// items come what else has a sys_id.
enum class Role : std::uint8_t {
  portfolio,
  node,
  business,
  business_offering,
  business_app,
  instance,
  technical,
  technical_offering,
  application,
  database,
  cluster,
  vm,
  server,
  hypervisor,
  storage,
  network,
  kiosk,
  person,
  group,
  place,
  company,
  department,
  row,
  stranger,
  nothing
};
constexpr std::size_t ci_roles = 17;

constexpr std::size_t index(Role role) {
  return static_cast<std::size_t>(role);
}

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
constexpr std::array sites{"EMEA"sv, "NYC"sv, "APAC"sv, "DR"sv, "München"sv, "Łódź"sv};

struct Trait {
  std::array<std::string_view, 2> classes;
  double share;           // Of the sound part; servers take what is left.
  std::uint32_t minimum;  // In the smallest estate.
  double relations;       // That an item is the parent of, on average.
  fmt::string_view name;  // Of a word, a site and a number.
  std::span<const std::string_view> words;
};

constexpr std::array<Trait, ci_roles> traits{{
    {{"spm_service_portfolio"}, 0.0005, 1, 0, "{} {} portfolio {}", businesses},
    {{"spm_taxonomy_node"}, 0.0025, 1, 0, "{}: {} {}", businesses},
    {{"cmdb_ci_service_business"}, 0.025, 2, 12, "{} - {} {}", businesses},
    {{"service_offering"}, 0.02, 1, 3, "{} / Gold {} {}", businesses},
    {{"cmdb_ci_business_app"}, 0.05, 1, 2, "{} {} {}", businesses},
    {{"cmdb_ci_service_auto"}, 0.09, 4, 8, "SVC - {} ({}) {}", programs},
    {{"cmdb_ci_service_technical"}, 0.015, 3, 5, "{} {} {}", technologies},
    {{"service_offering"}, 0.01, 1, 2, "{} / 24x7 {} {}", technologies},
    {{"cmdb_ci_appl", "cmdb_ci_app_server_tomcat"}, 0.2, 2, 4, "{}_{}_{:05}", programs},
    {{"cmdb_ci_db_mssql_instance", "cmdb_ci_db_ora_instance"}, 0.1, 2, 3, "{}@{}-{}", programs},
    {{"cmdb_ci_cluster"}, 0.01, 1, 5, "{}{} cluster {}", hosts},
    {{"cmdb_ci_vm_instance"}, 0.15, 2, 2, "{}{}-vm{:05}", hosts},
    {{"cmdb_ci_linux_server", "cmdb_ci_win_server"}, 0, 2, 1, "{}{}{:05}", hosts},
    {{"cmdb_ci_esx_server"}, 0.01, 1, 1, "{}{}-esx{:03}", hosts},
    {{"cmdb_ci_storage_server"}, 0.03, 1, 1, "{}{}-san{:03}", hosts},
    {{"cmdb_ci_netgear", "cmdb_ci_ip_switch"}, 0.09, 2, 1, "{}{}-net{:04}", hosts},
    {{"u_cmdb_ci_kiosk"}, 0.015, 1, 1, "{}{}, kiosk {}", hosts},
}};

/// Numbers from here on are those of the planted part.
constexpr std::uint32_t first_planted = 1U << 31U;

struct Item {
  Role role = Role::nothing;
  std::uint32_t number = 0;

  bool operator==(const Item&) const = default;
  explicit operator bool() const { return role != Role::nothing; }

  bool is_planted() const { return number >= first_planted; }
  bool is_portfolio() const { return role <= Role::node; }
  bool is_component() const { return role >= Role::cluster && role <= Role::network; }
  bool is_offering() const {
    return role == Role::business_offering || role == Role::technical_offering;
  }
  bool is_business() const { return role == Role::business || role == Role::business_offering; }
  bool is_supporting() const { return role == Role::technical || role == Role::technical_offering; }
  bool is_service() const { return is_business() || is_supporting(); }
};

enum class State : std::uint8_t { live, retiring, unknown, planned, retired };

// ---- Relations --------------------------------------------------------------------------------

enum class Type : std::uint8_t {
  depends_on,
  runs_on,
  hosted_on,
  virtualized_by,
  uses,
  contains,
  members,
  cluster_of,
  exchanges_data,
  custom,
  association  // A row of svc_ci_assoc.
};

constexpr std::array type_ids{
    "1a9cb166f1571100a92eb60da2bce5c5"sv, "60bc4e22c0a8010e01f074cbe6bd73c3"sv,
    "5f985e0ec0a8010e00a9714f2a172815"sv, "d93304fb0a0a0b78006081a72ef08444"sv,
    "cb5592603751200032ff8c00dfbe5d17"sv, "55c95bf6c0a8010e0118ec7056ebc54d"sv,
    "55c913d3c0a8010e012d1563182d6050"sv, "a99d39118f10310091769012cbbe4429"sv,
    "607ad1b2c0a8010e01941856b365af90"sv, "7e57ab1ec0a8010e01c0ffee0ddba115"sv,
};

constexpr std::string_view type_id(Type type) {
  return type_ids[static_cast<std::size_t>(type)];
}

enum class Fault : std::uint8_t { none, self_loop, dangling, duplicate, needs_retired };

struct Relation {
  Type type = Type::depends_on;
  Item parent;
  Item child;
  Fault fault = Fault::none;
  std::uint32_t row = 0;
  std::uint32_t original = 0;  // Of a duplicate.
};

/// How the sound part holds together. `all`: the live parents share the live children out among
/// them, so that every live child has one. Then parents fill up with `some`, drawn evenly, or with
/// `hubs`.
enum class Draw : std::uint8_t { all, some, hubs };

struct Tie {
  Role parent;
  Type type;
  Role child;
  Draw draw;
  std::uint32_t weight = 1;
};

constexpr Tie ties[] = {
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

// ---- Planted scenes ---------------------------------------------------------------------------

/// Words: B business service, T technical service, O offering, S application service, N taxonomy
/// node, with a digit where there are several; - before it for retired, + planned, * retiring,
/// ? state unknown. Between them: `>` depends on, `=` contains, `~` exchanges data with, `!` a
/// relation of a custom type, `/` has the offering. The verdicts are what an audit finds, in pairs
/// of names and a rule or a kind of orphan; live items needing retired ones and self-loops go
/// without saying.
struct Scene {
  std::string_view graph;
  std::string_view verdicts;
};

constexpr Scene scenes[] = {
    // Nobody uses it: portfolios, data flows, unknown relations, retired users and itself do not
    // count.
    {"T", "T isolated"},
    {"N = T", "T isolated"},
    {"B ~ T", "T isolated"},
    {"B ! T", "T isolated"},
    {"T > T", "T isolated"},
    {"-S > T", "T isolated"},
    {"T / O", "T isolated O isolated"},
    {"T / -O", "T isolated"},
    // Used by what serves no customer.
    {"T1 > T2, T2 > T1", "T1 island T2 island T1,T2 cycle"},
    {"T1 > T2 > T3 > T1", "T1 island T2 island T3 island T1,T2,T3 cycle"},
    {"T1 > T2 > T3", "T1 isolated T2 island T3 island"},
    {"S > T", "T island S orphan-system"},
    {"T = S", "T island S orphan-system"},
    // Its customers are retired, or the way to them is.
    {"-B > T", "T outlived"},
    {"-B > T1 > T2", "T1 outlived T2 outlived"},
    {"-B > S > T", "T outlived S retired-service-live-infrastructure"},
    {"B > -S > T", "T outlived"},
    {"B > -T1 > T2", "T2 outlived"},
    {"B / -O > T", "T outlived"},
    {"T / O, -B > O", "T outlived O outlived"},
    {"T / -O, B > O", "T outlived"},
    {"-B1 > T, +B2 > T", "T outlived"},
    // Its customers are still to come.
    {"+B > T", "T awaited"},
    {"B > +S > T", "T awaited"},
    {"+B > T / O", "T awaited O awaited"},
    // Near misses: none of these is an orphan.
    {"B > S1 > S2 > S3 > S4 > S5 > S6 > T", ""},
    {"T / O, B > S > O", ""},
    {"T = S, B > S", ""},
    {"T1 = S, B > T2 > S", ""},
    {"B / O > S > T", ""},
    {"*B > *S > *T", ""},
    {"?B > ?T", ""},
    {"-B1 > T, B2 > T", ""},
    {"T1 > T2 > T1, B > T1", "T1,T2 cycle"},
    {"-T1, +T2 > T1", ""},
    {"B > S1 > S2 > S3 > S1", "S1,S2,S3 cycle"},
};

std::vector<std::string_view> words(std::string_view text, char separator = ' ') {
  std::vector<std::string_view> found;
  while (!text.empty()) {
    const auto end = std::min(text.find(separator), text.size());
    found.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return found;
}

constexpr bool is_orphan_kind(std::string_view verdict) {
  return verdict == "isolated" || verdict == "island" || verdict == "outlived" ||
         verdict == "awaited";
}

// ---- The estate -------------------------------------------------------------------------------

/// Empty for no item.
struct Id {
  std::array<char, 32> hex{};

  operator std::string_view() const { return {hex.data(), hex[0] == 0 ? 0 : hex.size()}; }
};

/// For what a number is drawn; each purpose draws its own.
enum class Purpose { state, owner, group, portfolio, parent, link, defect, repeat, name, record };

class Estate {
 public:
  explicit Estate(const Options& options);

  std::uint32_t count(Role role) const { return sound(role) + size(planted_[index(role)]); }
  std::uint32_t ordinal(Item item) const {
    return item.is_planted() ? sound(item.role) + (item.number - first_planted) : item.number;
  }
  Item item(Role role, std::uint32_t ordinal) const {
    return {role, ordinal < sound(role) ? ordinal : first_planted + (ordinal - sound(role))};
  }
  std::string_view class_of(Item item) const {
    const auto& classes = traits[index(item.role)].classes;
    return classes[classes[1].empty() ? 0 : ordinal(item) % 2];
  }

  Id id(Item item) const;
  Random random(Item item, Purpose purpose) const;
  State state(Item item) const;
  bool is_live(Item item) const { return state(item) <= State::unknown; }
  /// Of an offering its service, of a service or taxonomy node the one that contains it, if any.
  Item parent(Item item) const;
  /// A person, a group, a stranger that is in no table, or nothing.
  Item owner(Item item) const;
  /// A component that no group runs.
  bool is_abandoned(Item item) const;
  /// The portfolio and the taxonomy node that a service names, if any.
  std::pair<Item, Item> portfolios(Item service) const;
  bool in_portfolio(Item service) const;

  std::uint32_t people() const { return people_; }  // The last of them is called "Unassigned".
  std::uint32_t groups() const { return groups_; }
  Item placeholder() const { return {Role::person, people_ - 1}; }
  bool is_active(Item person) const { return person.number < active_ || person == placeholder(); }

  /// Role by role, otherwise in an order that looks unsorted, as an export does.
  template <typename Visit>
  void visit_items(Visit visit) const {
    constexpr std::uint64_t stride = 2'654'435'761;  // A prime beyond any count.
    for (std::size_t i = 0; i < ci_roles; ++i) {
      const auto role = static_cast<Role>(i);
      for (std::uint64_t at = 0; at < count(role); ++at) {
        visit(item(role, static_cast<std::uint32_t>(at * stride % count(role))));
      }
    }
  }
  void visit_relations(const std::function<void(const Relation&)>& visit) const;
  const Planted& verdicts() const { return verdicts_; }

 private:
  using Batch = std::vector<Relation>;
  struct Actor {
    State state;
    Item parent;
    Batch relations;
  };
  using Cast = std::map<std::string_view, Item>;

  template <typename Vector>
  static std::uint32_t size(const Vector& vector) {
    return static_cast<std::uint32_t>(vector.size());
  }
  /// The sound part of a role is first the live ones, then 3 % planned, then 12 % retired.
  std::uint32_t sound(Role role) const { return sound_[index(role)]; }
  std::uint32_t retired(Role role) const { return role <= Role::node ? 0 : sound(role) * 12 / 100; }
  std::uint32_t planned(Role role) const { return role <= Role::node ? 0 : sound(role) * 3 / 100; }
  std::uint32_t live(Role role) const { return sound(role) - retired(role) - planned(role); }
  const Actor& actor(Item item) const {
    return planted_[index(item.role)][item.number - first_planted];
  }

  void apportion(std::uint32_t cis);
  void stage(const Scene& scene);
  Item enter(std::string_view word, std::string_view tie, Item before);
  void relate(Item parent, std::string_view tie, Item child);
  void judge(std::string_view names, std::string_view verdict, const Cast& cast);

  void relations_of(Item parent, Batch& batch) const;
  void share_out(Item parent, Batch& batch) const;
  void put_to_use(Item parent, Batch& batch) const;
  void spoil(Item parent, Batch& batch) const;
  void fill_up(Item parent, Batch& batch) const;

  std::uint64_t seed_;
  double relations_per_ci_;
  std::uint32_t scale_;  // Of every share of planted defects.
  std::uint32_t people_;
  std::uint32_t active_;
  std::uint32_t groups_;
  std::array<std::uint32_t, ci_roles> sound_{};
  std::array<std::vector<Actor>, ci_roles> planted_;
  std::array<std::vector<Tie>, ci_roles> shared_;
  std::array<std::vector<Tie>, ci_roles> drawn_;  // As often as its weight says.
  Planted verdicts_;
};

Estate::Estate(const Options& options)
    : seed_(mix(options.seed)),
      relations_per_ci_(options.relations_per_ci),
      scale_(options.defects == Defects::none    ? 0
             : options.defects == Defects::usual ? 1
                                                 : 3),
      people_(static_cast<std::uint32_t>(std::max<std::uint64_t>(20, options.cis / 25)) + 1),
      active_(people_ - people_ / 10 - 1),
      groups_(static_cast<std::uint32_t>(std::max<std::uint64_t>(5, options.cis / 300))) {
  if (options.cis < fewest_cis || options.cis > most_cis) {
    throw std::invalid_argument(fmt::format("cis is {} to {}", fewest_cis, most_cis));
  }
  if (!(options.relations_per_ci >= 0 && options.relations_per_ci <= most_relations_per_ci)) {
    throw std::invalid_argument(fmt::format("relations per ci is 0 to {}", most_relations_per_ci));
  }
  const auto cis = static_cast<std::uint32_t>(options.cis);
  const auto wanted = scale_ * std::max<std::uint32_t>(std::size(scenes), cis / 400);
  for (std::uint32_t i = 0; i < std::min(wanted, cis / 10); ++i) {
    stage(scenes[(seed_ + i) % std::size(scenes)]);
  }
  apportion(cis);
  for (const auto& tie : ties) {
    if (tie.type != Type::custom || scale_ > 0) {
      auto& list = (tie.draw == Draw::all ? shared_ : drawn_)[index(tie.parent)];
      list.insert(list.end(), tie.weight, tie);
    }
  }
}

/// Divides what the planted part leaves over among the roles of the sound part.
void Estate::apportion(std::uint32_t cis) {
  for (const auto& actors : planted_) {
    cis -= size(actors);
  }
  auto rest = cis;
  for (std::size_t role = 0; role < ci_roles; ++role) {
    const auto share = static_cast<std::uint32_t>(traits[role].share * cis);
    sound_[role] = std::max(traits[role].minimum, share);
    rest -= sound_[role];
  }
  sound_[index(Role::server)] += rest;
}

Id Estate::id(Item item) const {
  if (!item) {
    return {};
  }
  const auto key = (static_cast<std::uint64_t>(item.role) << 32U | item.number) ^ seed_;
  const std::array halves{mix(key), mix(mix(key) + seed_)};
  Id id;
  for (std::size_t i = 0; i < id.hex.size(); ++i) {
    id.hex[i] = "0123456789abcdef"[halves[i / 16] >> (60 - i % 16 * 4) & 15U];
  }
  return id;
}

Random Estate::random(Item item, Purpose purpose) const {
  const auto key = static_cast<std::uint64_t>(item.role) << 32U | item.number;
  return Random(mix(key ^ mix(seed_ + static_cast<std::uint64_t>(purpose))));
}

State Estate::state(Item item) const {
  if (item.is_planted()) {
    return actor(item).state;
  }
  if (item.number >= live(item.role)) {
    return item.number < sound(item.role) - retired(item.role) ? State::planned : State::retired;
  }
  const auto dice = random(item, Purpose::state).below(100);
  return dice < 3 ? State::retiring : dice < 4 ? State::unknown : State::live;
}

Item Estate::parent(Item item) const {
  if (item.is_planted()) {
    return actor(item).parent;
  }
  if (item.is_offering()) {
    const auto service = item.role == Role::business_offering ? Role::business : Role::technical;
    const auto choice = item.number < live(item.role) ? live(service) : sound(service);
    return {service, item.number % choice};
  }
  const auto tops = std::max(1U, live(item.role) / 10);
  const bool has_parent = item.role == Role::node || item.role == Role::business;
  auto dice = random(item, Purpose::parent);
  return has_parent && item.number >= tops && dice.percent(10) ? Item{item.role, dice.below(tops)}
                                                               : Item{};
}

bool Estate::is_abandoned(Item item) const {
  return item.is_component() && random(item, Purpose::group).percent(scale_);
}

Item Estate::owner(Item item) const {
  auto dice = random(item, Purpose::owner);
  const Item person{Role::person, dice.below(active_)};
  const auto share = dice.below(100);
  if (!is_live(item)) {
    return share < 90 ? Item{} : person;
  }
  if (item.is_component()) {
    return share < 60 || is_abandoned(item) ? Item{} : person;
  }
  if (!item.is_service()) {
    return share < (item.is_portfolio() ? 5 : 10) * scale_ ? Item{} : person;
  }
  const std::array<std::pair<std::uint32_t, Item>, 5> faults{{
      {14, {}},
      {15, placeholder()},
      {16, {Role::stranger, item.number % 50}},
      {18, {Role::person, active_ + dice.below(people_ - 1 - active_)}},
      {20, {Role::group, dice.below(groups_)}},
  }};
  const auto* fault = std::find_if(faults.begin(), faults.end(),
                                   [&](const auto& f) { return share < f.first * scale_; });
  return fault == faults.end() ? person : fault->second;
}

std::pair<Item, Item> Estate::portfolios(Item service) const {
  if (service.role != Role::business && service.role != Role::technical) {
    return {};
  }
  const Item portfolio{Role::portfolio, ordinal(service) % sound(Role::portfolio)};
  const Item node{Role::node, ordinal(service) % sound(Role::node)};
  const auto share = random(service, Purpose::portfolio).below(100);
  const bool first = service.number < sound(Role::node);  // So that no node is empty.
  if (share < 2 * scale_ && !first && !service.is_planted()) {
    return {};
  }
  return {share < 50 ? Item{} : portfolio, share < 80 || first ? node : Item{}};
}

bool Estate::in_portfolio(Item service) const {
  const auto above = parent(service);
  return portfolios(service) != std::pair(Item{}, Item{}) || (above && in_portfolio(above));
}

// ---- Staging the scenes -----------------------------------------------------------------------

void Estate::stage(const Scene& scene) {
  Cast cast;
  Item before;
  std::string_view tie;
  for (auto word : words(scene.graph)) {
    const bool ends = word.back() == ',';
    word.remove_suffix(ends ? 1 : 0);
    if (word.find_first_not_of(">=~!/") == word.npos) {
      tie = word;
      continue;
    }
    const auto name = word.substr(std::min(word.find_first_not_of("-+*?"), word.size()));
    const auto known = cast.find(name);
    const auto item = known != cast.end() ? known->second : enter(word, tie, before);
    cast.emplace(name, item);
    relate(before, tie, item);
    before = item;
    tie = {};
  }
  const auto verdicts = words(scene.verdicts);
  for (std::size_t i = 0; i + 1 < verdicts.size(); i += 2) {
    judge(verdicts[i], verdicts[i + 1], cast);
  }
}

Item Estate::enter(std::string_view word, std::string_view tie, Item before) {
  static const std::map<char, State> marks{
      {'-', State::retired}, {'+', State::planned}, {'*', State::retiring}, {'?', State::unknown}};
  static const std::map<char, Role> letters{
      {'B', Role::business}, {'T', Role::technical}, {'S', Role::instance}, {'N', Role::node}};
  const auto mark = marks.find(word.front());
  const auto state = mark == marks.end() ? State::live : mark->second;
  auto role = before.role == Role::business ? Role::business_offering : Role::technical_offering;
  if (tie != "/") {
    role = letters.at(word[mark == marks.end() ? 0 : 1]);
  }
  auto& actors = planted_[index(role)];
  actors.push_back({state, tie == "/" ? before : Item{}, {}});
  return {role, first_planted + size(actors) - 1};
}

void Estate::relate(Item parent, std::string_view tie, Item child) {
  static const std::map<std::string_view, Type> types{{">", Type::depends_on},
                                                      {"=", Type::contains},
                                                      {"~", Type::exchanges_data},
                                                      {"!", Type::custom}};
  const auto type = types.find(tie);
  if (type == types.end()) {
    return;  // The start of a chain, or an offering, which names its parent.
  }
  const bool needs_retired =
      type->second == Type::depends_on && is_live(parent) && state(child) == State::retired;
  auto& relations = planted_[index(parent.role)][parent.number - first_planted].relations;
  relations.push_back({.type = type->second,
                       .parent = parent,
                       .child = child,
                       .fault = parent == child ? Fault::self_loop
                                : needs_retired ? Fault::needs_retired
                                                : Fault::none});
}

void Estate::judge(std::string_view names, std::string_view verdict, const Cast& cast) {
  if (verdict == "cycle") {
    Plant cycle;
    for (const auto name : words(names, ',')) {
      cycle.members.emplace_back(id(cast.at(name)));
    }
    std::sort(cycle.members.begin(), cycle.members.end());
    cycle.id = cycle.members.front();
    verdicts_.rules["dependency-cycle"].push_back(cycle);
    return;
  }
  Plant plant{std::string(id(cast.at(names))), {}, {}};
  if (is_orphan_kind(verdict)) {
    plant.facts["kind"] = verdict;
    verdict = "orphaned-supporting-service";
  }
  verdicts_.rules[std::string(verdict)].push_back(plant);
}

// ---- Relations, parent by parent --------------------------------------------------------------

/// Nothing is said twice: all relations of one parent are made together.
void add(std::vector<Relation>& batch, const Relation& relation) {
  const bool said = std::any_of(batch.begin(), batch.end(), [&](const Relation& other) {
    return other.child == relation.child && other.type == relation.type;
  });
  if (!said) {
    batch.push_back(relation);
  }
}

void Estate::share_out(Item parent, Batch& batch) const {
  for (const auto& tie : shared_[index(parent.role)]) {
    for (auto i = parent.number; i < live(tie.child); i += live(parent.role)) {
      batch.push_back({.type = tie.type, .parent = parent, .child = {tie.child, i}});
    }
  }
}

/// Technical service t is what application service t needs, or reaches it in another way, by turns.
void Estate::put_to_use(Item parent, Batch& batch) const {
  const auto technicals = live(Role::technical);
  const auto t = parent.number;
  if (parent.role == Role::instance && t < technicals && t % 4 < 2) {
    const bool through_offering = t % 4 == 1 && t < live(Role::technical_offering);
    const auto role = through_offering ? Role::technical_offering : Role::technical;
    add(batch, {.type = Type::depends_on, .parent = parent, .child = {role, t}});
  }
  if (parent.role == Role::technical && t % 4 == 2) {
    add(batch, {.type = Type::contains, .parent = parent, .child = {Role::instance, t}});
  }
  for (auto u = t; parent.role == Role::business && u < technicals; u += live(Role::business)) {
    if (u % 4 == 3) {
      add(batch, {.type = Type::depends_on, .parent = parent, .child = {Role::technical, u}});
    }
  }
}

void Estate::fill_up(Item parent, Batch& batch) const {
  const auto& choice = drawn_[index(parent.role)];
  const bool parent_live = is_live(parent);
  auto dice = random(parent, Purpose::link);
  const auto u = dice.unit();
  const auto mean =
      traits[index(parent.role)].relations * relations_per_ci_ / (parent_live ? 3 : 9);
  const auto wish = static_cast<std::size_t>(3 * u * u * mean + 0.5);
  for (auto tries = choice.empty() ? 0 : 2 * wish; tries > 0 && batch.size() < wish; --tries) {
    const auto tie = dice.pick(choice);
    if (parent.is_planted() && tie.type == Type::contains) {
      continue;  // A supporting service would be used by what it contains.
    }
    auto pool = parent_live ? live(tie.child) : sound(tie.child);
    if (tie.child == parent.role) {
      pool = std::min(pool, parent.number);
    }
    if (pool > 0) {
      const auto number = tie.draw == Draw::hubs ? dice.crowded(pool) : dice.below(pool);
      add(batch, {.type = tie.type, .parent = parent, .child = {tie.child, number}});
    }
  }
}

void Estate::spoil(Item parent, Batch& batch) const {
  auto dice = random(parent, Purpose::defect);
  const auto share = dice.below(1000);
  const auto apps = sound(Role::application);
  const auto retired_apps = retired(Role::application);
  if (parent.role == Role::instance && share < 30 * scale_ && retired_apps > 0 && is_live(parent)) {
    const Item app{Role::application, apps - 1 - dice.below(retired_apps)};
    batch.push_back({.parent = parent, .child = app, .fault = Fault::needs_retired});
  }
  if (parent.role == Role::application && share < 10 * scale_) {
    batch.push_back({.parent = parent, .child = parent, .fault = Fault::self_loop});
  }
  if (parent.role == Role::server && share < 60 * scale_) {
    const Item lost = dice.percent(60) ? Item{Role::stranger, parent.number} : Item{};
    const bool is_parent = dice.percent(40);
    batch.push_back({.type = Type::runs_on,
                     .parent = is_parent ? lost : parent,
                     .child = is_parent ? parent : lost,
                     .fault = Fault::dangling});
  }
}

void Estate::relations_of(Item parent, Batch& batch) const {
  batch.clear();
  if (parent.is_planted()) {
    batch = actor(parent).relations;
    if (parent.role == Role::business) {
      const Item support{Role::instance, ordinal(parent) % live(Role::instance)};
      batch.push_back({.parent = parent, .child = support});
    }
  } else {
    if (parent.number < live(parent.role)) {
      share_out(parent, batch);
      put_to_use(parent, batch);
    }
    spoil(parent, batch);
  }
  fill_up(parent, batch);
}

void Estate::visit_relations(const std::function<void(const Relation&)>& visit) const {
  std::uint32_t rows = 0;
  Batch batch;
  visit_items([&](Item parent) {
    relations_of(parent, batch);
    for (auto& relation : batch) {
      relation.row = rows++;
      visit(relation);
    }
    auto dice = random(parent, Purpose::repeat);
    if (dice.percent(3 * scale_) && !batch.empty()) {
      auto relation = dice.pick(batch);
      if (relation.fault == Fault::none && relation.type < Type::custom) {
        relation.fault = Fault::duplicate;
        relation.original = std::exchange(relation.row, rows++);
        visit(relation);
      }
    }
  });
}

// ---- What there is to find --------------------------------------------------------------------

constexpr std::string_view rules =
    "component-domain-owner-missing customer-facing-unsupported dangling-edge dependency-cycle "
    "duplicate-edge empty-portfolio live-needs-retired orphan-component orphan-system "
    "orphaned-supporting-service owner-dangling owner-inactive owner-missing owner-not-single "
    "portfolio-owner-missing retired-service-live-infrastructure self-loop "
    "service-not-in-portfolio tier-unmapped unknown-relationship-type";

/// By Fault.
constexpr std::array fault_rules{"", "self-loop", "dangling-edge", "duplicate-edge",
                                 "live-needs-retired"};

/// The rule that an owner of a live service breaks; empty for a person in office.
std::string_view owner_rule(const Estate& estate, Item owner) {
  switch (owner.role) {
    case Role::nothing:
      return "owner-missing";
    case Role::stranger:
      return "owner-dangling";
    case Role::group:
      return "owner-not-single";
    default:
      return owner == estate.placeholder() ? "owner-missing"
             : estate.is_active(owner)     ? ""
                                           : "owner-inactive";
  }
}

/// The rules that an item breaks, but for those that the scenes are about.
std::vector<std::string_view> broken(const Estate& estate, Item item) {
  std::vector<std::string_view> found;
  const bool live = estate.is_live(item);
  if (live && item.is_service()) {
    if (const auto rule = owner_rule(estate, estate.owner(item)); !rule.empty()) {
      found.push_back(rule);
    }
    if (!estate.in_portfolio(item)) {
      found.emplace_back("service-not-in-portfolio");
    }
  }
  if (live && item.is_portfolio() && estate.owner(item).role == Role::nothing) {
    found.emplace_back("portfolio-owner-missing");
  }
  if (live && estate.is_abandoned(item)) {
    found.emplace_back("component-domain-owner-missing");
  }
  return found;
}

void find_in_items(const Estate& estate, Planted& planted) {
  estate.visit_items([&](Item item) {
    for (const auto rule : broken(estate, item)) {
      planted.rules[std::string(rule)].push_back({std::string(estate.id(item)), {}, {}});
    }
  });
  const auto kiosks = std::to_string(estate.count(Role::kiosk));
  planted.rules["tier-unmapped"] = {
      {std::string(traits[index(Role::kiosk)].classes[0]), {{"count", kiosks}}, {}}};
}

void find_in_relations(const Estate& estate, Planted& planted) {
  std::uint64_t custom = 0;
  const auto text = [&](Item item) { return std::string(estate.id(item)); };
  estate.visit_relations([&](const Relation& relation) {
    ++planted.relations;
    custom += relation.type == Type::custom ? 1 : 0;
    if (relation.fault == Fault::none) {
      return;
    }
    Plant plant{text(relation.parent), {}, {}};
    if (relation.fault != Fault::needs_retired) {
      plant = {text({Role::row, relation.row}),
               {{"parent", text(relation.parent)},
                {"child", text(relation.child)},
                {"type", std::string(type_id(relation.type))}},
               {}};
    }
    if (relation.fault == Fault::duplicate) {
      plant.facts["of"] = text({Role::row, relation.original});
    }
    planted.rules[fault_rules[static_cast<std::size_t>(relation.fault)]].push_back(plant);
  });
  if (custom > 0) {
    planted.rules["unknown-relationship-type"] = {
        {std::string(type_id(Type::custom)), {{"count", std::to_string(custom)}}, {}}};
  }
}

Planted survey(const Estate& estate) {
  auto planted = estate.verdicts();
  for (const auto rule : words(rules)) {
    planted.rules[std::string(rule)];
  }
  find_in_items(estate, planted);
  find_in_relations(estate, planted);
  for (auto& [rule, plants] : planted.rules) {
    std::ranges::sort(plants, {}, &Plant::id);
  }
  return planted;
}

// ---- Files ------------------------------------------------------------------------------------

void append_json(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c == '"' || c == '\\' ? "\\" : "";
      out += c;
    }
  }
  out += '"';
}

void append_csv(std::string& out, std::string_view text) {
  out += '"';
  for (auto quote = text.find('"'); quote != text.npos; quote = text.find('"')) {
    out.append(text.substr(0, quote + 1)).append("\"");
    text.remove_prefix(quote + 1);
  }
  out.append(text).append("\"");
}

/// ServiceNow cuts an export off at this many rows, so no file may happen to have just as many.
constexpr std::uint64_t export_cap = 10'000;

std::uint64_t records_per_file(std::uint64_t records, std::uint64_t page) {
  page = page == 0 ? std::max<std::uint64_t>(records, 1) : page;
  while (std::min(page, records) == export_cap || records % page == export_cap) {
    --page;
  }
  return page;
}

/// Writes one table, record by record, field by field, to one file or several.
class Table {
 public:
  Table(const Options& options, const std::filesystem::path& folder, std::string_view name,
        std::uint64_t records)
      : format_(options.format),
        page_(records_per_file(records, options.page)),
        paged_(options.page > 0 || records > page_),
        path_(folder / name) {}

  void text(std::string_view field, std::string_view value);
  void reference(std::string_view field, std::string_view table, std::string_view id);
  void end_record();
  /// To be called after the last record: a destructor could not tell that the disk is full.
  void close();

 private:
  void begin_field(std::string_view field);
  void begin_file();
  void flush();

  Format format_;
  std::uint64_t page_;
  bool paged_;
  std::filesystem::path path_;
  std::ofstream file_;
  std::uint64_t files_ = 0;
  std::uint64_t records_ = 0;  // In this file.
  std::string header_;
  std::string record_;
  std::string buffer_;
};

void Table::begin_field(std::string_view field) {
  record_ += record_.empty() ? "" : ",";
  if (format_ != Format::csv) {
    record_.append("\"").append(field).append("\":");
  } else if (files_ == 0) {
    header_ += header_.empty() ? "" : ",";
    append_csv(header_, field);
  }
}

void Table::text(std::string_view field, std::string_view value) {
  begin_field(field);
  format_ == Format::csv ? append_csv(record_, value) : append_json(record_, value);
}

void Table::reference(std::string_view field, std::string_view table, std::string_view id) {
  if (format_ == Format::csv || id.empty()) {
    text(field, id);
    return;
  }
  begin_field(field);
  record_.append(R"({"link":"https://synthetic.example/api/now/table/)").append(table);
  record_.append("/").append(id).append(R"(","value":")").append(id).append(R"("})");
}

void Table::begin_file() {
  const auto* extension = format_ == Format::csv    ? "csv"
                          : format_ == Format::json ? "json"
                                                    : "ndjson";
  const auto number = paged_ ? fmt::format("_{:03}", files_ + 1) : "";
  file_.open(fmt::format("{}{}.{}", path_.string(), number, extension), std::ios::binary);
  ++files_;
  if (format_ == Format::csv) {
    buffer_ = header_ + "\r\n";
  }
}

void Table::end_record() {
  if (records_ == page_) {
    close();
  }
  if (records_ == 0) {
    begin_file();
  }
  const bool first = records_++ == 0;
  if (format_ == Format::csv) {
    buffer_.append(record_).append("\r\n");
  } else if (format_ == Format::ndjson) {
    buffer_.append("{").append(record_).append("}\n");
  } else {
    buffer_.append(first ? "{\"result\":[\n{" : ",\n{").append(record_).append("}");
  }
  record_.clear();
  if (buffer_.size() > (1U << 20U)) {
    flush();
  }
}

void Table::flush() {
  if (!file_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size())).flush()) {
    throw std::runtime_error(fmt::format("cannot write {}", path_.string()));
  }
  buffer_.clear();
}

void Table::close() {
  if (records_ > 0) {
    buffer_ += format_ == Format::json ? "\n]}\n" : "";
    flush();
    file_.close();
    records_ = 0;
  }
}

// ---- Records ----------------------------------------------------------------------------------

/// operational_status, install_status, life_cycle_stage and its status, with slashes between.
std::string_view status(State state, Random& dice) {
  static constexpr std::array live{"1/1"sv, "1/1"sv, "1/1"sv, "1/1/Operational/In Use"sv,
                                   "/1"sv,  "2/5"sv, "3/3"sv, "4/1"sv,
                                   "5/1"sv};
  static constexpr std::array retiring{"1/1/Operational/End of Support"sv,
                                       "1/1/Operational/Pending Retirement"sv};
  static constexpr std::array planned{"7/4"sv, "7/0"sv, "8/2"sv};
  static constexpr std::array retired{"6/7"sv, "6/7"sv, "/8"sv, "/100"sv,
                                      "6/7/End of Life/Retired"sv};
  switch (state) {
    case State::live:
      return dice.pick(live);
    case State::retiring:
      return dice.pick(retiring);
    case State::planned:
      return dice.pick(planned);
    case State::retired:
      return dice.pick(retired);
    case State::unknown:
      break;
  }
  return {};
}

std::string name(const Estate& estate, Item item) {
  const auto& [classes, share, minimum, relations, pattern, words] = traits[index(item.role)];
  auto dice = estate.random(item, Purpose::name);
  const auto ordinal = estate.ordinal(item);
  const auto number = dice.percent(3) ? ordinal / 2 : ordinal;  // Somebody else's name.
  return fmt::format(fmt::runtime(pattern), words[number % words.size()],
                     sites[number / 7 % sites.size()], number);
}

/// Braces draw from left to right; what a call's arguments draw would depend on the compiler.
std::string date(Random& dice, std::uint32_t year, std::uint32_t years) {
  const std::array d{year + dice.below(years), 1 + dice.below(12), 1 + dice.below(28),
                     dice.below(24),           dice.below(60),     dice.below(60)};
  return fmt::format("{}-{:02}-{:02} {:02}:{:02}:{:02}", d[0], d[1], d[2], d[3], d[4], d[5]);
}

std::string_view owner_table(Item owner) {
  return owner.role == Role::group ? "sys_user_group" : "sys_user";
}

void write_dates(Random& dice, Table& table) {
  table.text("sys_created_on", date(dice, 2014, 8));
  table.text("sys_updated_on", date(dice, 2022, 3));
}

void write_accountability(const Estate& estate, Item item, Random& dice, Table& table) {
  const auto owner = estate.owner(item);
  const bool is_run = !estate.is_abandoned(item);
  auto maybe = [&](std::uint32_t share, Role role, std::uint32_t count) {
    const Item chosen{role, dice.below(count)};
    return dice.percent(share) && is_run ? estate.id(chosen) : Id{};
  };
  const auto manager_share = item.is_component() ? 100U : 70U;
  table.reference("owned_by", owner_table(owner), estate.id(owner));
  table.reference("managed_by", "sys_user", maybe(40, Role::person, estate.people() - 1));
  table.reference("managed_by_group", "sys_user_group",
                  maybe(manager_share, Role::group, estate.groups()));
  table.reference("support_group", "sys_user_group", maybe(80, Role::group, estate.groups()));
  table.reference("assignment_group", "sys_user_group", maybe(20, Role::group, estate.groups()));
}

/// Whom a service serves. An offering may leave that to its service, and then says nothing at all.
void write_facing(const Estate& estate, Item item, Random& dice, Table& table) {
  static constexpr std::array consumers{"external"sv, "external"sv, "internal"sv, "internal"sv,
                                        ""sv};
  const auto [portfolio, node] = estate.portfolios(item);
  const bool silent = item.is_offering() && dice.percent(50);
  const bool business = item.is_service() && !item.is_supporting();
  const auto* classification = silent                        ? ""
                               : business                    ? "Business Service"
                               : item.is_supporting()        ? "Technical Service"
                               : item.role == Role::instance ? "Application Service"
                                                             : "";
  table.reference("spm_service_portfolio", "spm_service_portfolio", estate.id(portfolio));
  table.reference("spm_taxonomy_node", "spm_taxonomy_node", estate.id(node));
  table.text("service_classification", classification);
  table.text("consumer_type", business && !silent ? dice.pick(consumers) : "");
}

void write_status(const Estate& estate, Item item, Random& dice, Table& table) {
  auto codes = words(status(estate.state(item), dice), '/');
  codes.resize(4);
  table.text("operational_status", codes[0]);
  table.text("install_status", codes[1]);
  table.text("life_cycle_stage", codes[2]);
  table.text("life_cycle_stage_status", codes[3]);
}

void write_description(const Estate& estate, Item item, Random& dice, Table& table) {
  static constexpr std::array levels{"1 - most critical"sv, "2 - somewhat critical"sv,
                                     "3 - less critical"sv, "4 - not critical"sv, ""sv};
  static constexpr std::array uses{"Production"sv, "Production"sv, "Test"sv, "Development"sv};
  static constexpr std::array texts{
      "Taken over from the previous inventory; not reviewed since, see the ticket"sv,
      "See the run book, chapter \"Restart, step by step\", before touching it"sv,
      "Appelez l'équipe d'exploitation avant tout redémarrage, même planifié"sv,
      "Временно, до миграции в новый центр обработки данных"sv, ""sv};
  auto place = [&](std::uint32_t share, Role role, std::uint32_t count) {
    const Item chosen{role, dice.below(count)};
    return dice.percent(share) ? estate.id(chosen) : Id{};
  };
  const auto use = dice.pick(uses);
  const bool physical = item.is_component();
  table.text("busines_criticality", dice.pick(levels));
  table.text("environment", use);
  table.text("used_for", use);
  table.text("cost", dice.percent(50) ? fmt::format("{}.50", dice.below(90'000)) : "");
  table.text("cost_cc", dice.percent(80) ? "USD" : "EUR");
  table.text("short_description",
             dice.percent(1) ? "Two lines:\n\"quoted\", and more" : dice.pick(texts));
  table.reference("location", "cmn_location", place(70, Role::place, 300));
  table.reference("company", "core_company", place(90, Role::company, 30));
  table.reference("department", "cmn_department", place(60, Role::department, 100));
  table.text("serial_number", physical ? fmt::format("SN-{:010}", dice.below(4'000'000'000U)) : "");
  table.text("discovery_source", physical ? "ServiceNow" : "");
  table.text("last_discovered", physical ? date(dice, dice.percent(25) ? 2023 : 2025, 1) : "");
}

void write_item(const Estate& estate, Item item, Table& table) {
  auto dice = estate.random(item, Purpose::record);
  table.text("sys_id", estate.id(item));
  table.text("name", name(estate, item));
  table.text("sys_class_name", estate.class_of(item));
  if (item.is_portfolio()) {
    const auto owner = estate.owner(item);
    const Item portfolio{Role::portfolio, estate.ordinal(item) % estate.count(Role::portfolio)};
    table.reference("owned_by", owner_table(owner), estate.id(owner));
    if (item.role == Role::node) {
      table.reference("parent", "spm_taxonomy_node", estate.id(estate.parent(item)));
      table.reference("service_portfolio", "spm_service_portfolio", estate.id(portfolio));
    }
  } else {
    table.reference("parent", "cmdb_ci_service", estate.id(estate.parent(item)));
    write_accountability(estate, item, dice, table);
    write_facing(estate, item, dice, table);
    write_status(estate, item, dice, table);
    write_description(estate, item, dice, table);
  }
  write_dates(dice, table);
}

void write_person(const Estate& estate, Item person, Table& table) {
  static constexpr std::array first{"Beth"sv,  "Zoë"sv,      "José"sv, "Ivan"sv,
                                    "Ольга"sv, "Mary Ann"sv, "Søren"sv};
  static constexpr std::array last{"Anglin"sv, "O'Neill"sv, "Müller"sv, "Петрова"sv, "Łukasz"sv};
  static constexpr std::array titles{"Service Owner"sv, "Head of Operations"sv, "Engineer"sv, ""sv};
  auto dice = estate.random(person, Purpose::record);
  const bool is_placeholder = person == estate.placeholder();
  const std::array names{std::string(dice.pick(first)), std::string(dice.pick(last))};
  const auto user = is_placeholder ? "unassigned" : fmt::format("user.{}", person.number);
  const Item manager{Role::person, person.number / 8};
  const bool is_managed = !is_placeholder && person.number > 0;
  table.text("sys_id", estate.id(person));
  table.text("user_name", user);
  table.text("name", is_placeholder ? "Unassigned" : names[0] + " " + names[1]);
  table.text("email", user + "@synthetic.example");
  table.text("title", dice.pick(titles));
  table.text("active", estate.is_active(person) ? "true" : "false");
  table.reference("manager", "sys_user", is_managed ? estate.id(manager) : Id{});
  table.reference("department", "cmn_department", estate.id({Role::department, dice.below(100)}));
  table.text("sys_class_name", "sys_user");
  write_dates(dice, table);
}

void write_group(const Estate& estate, Item group, Table& table) {
  auto dice = estate.random(group, Purpose::record);
  table.text("sys_id", estate.id(group));
  table.text("name", fmt::format("{} team {}", dice.pick(technologies), group.number));
  table.text("active", "true");
  table.reference("manager", "sys_user",
                  estate.id({Role::person, dice.below(estate.people() - 1)}));
  table.text("email", fmt::format("team.{}@synthetic.example", group.number));
  write_dates(dice, table);
}

// ---- The whole --------------------------------------------------------------------------------

void write_items(const Estate& estate, const Options& options,
                 const std::filesystem::path& folder) {
  std::map<std::string_view, std::uint64_t> tables;
  estate.visit_items([&](Item item) { ++tables[estate.class_of(item)]; });
  for (const auto& [name, records] : tables) {
    Table table(options, folder, name, records);
    estate.visit_items([&, wanted = name](Item item) {
      if (estate.class_of(item) == wanted) {
        write_item(estate, item, table);
        table.end_record();
      }
    });
    table.close();
  }
}

void write_parties(const Estate& estate, const Options& options,
                   const std::filesystem::path& folder) {
  Table people(options, folder, "sys_user", estate.people());
  for (std::uint32_t i = 0; i < estate.people(); ++i) {
    write_person(estate, {Role::person, i}, people);
    people.end_record();
  }
  people.close();
  Table groups(options, folder, "sys_user_group", estate.groups());
  for (std::uint32_t i = 0; i < estate.groups(); ++i) {
    write_group(estate, {Role::group, i}, groups);
    groups.end_record();
  }
  groups.close();
}

void write_relation(const Estate& estate, const Relation& relation, Table& table) {
  const Item row{Role::row, relation.row};
  auto dice = estate.random(row, Purpose::record);
  table.text("sys_id", estate.id(row));
  if (relation.type == Type::association) {
    table.reference("service_id", "cmdb_ci_service", estate.id(relation.parent));
    table.reference("ci_id", "cmdb_ci", estate.id(relation.child));
  } else {
    table.reference("parent", "cmdb_ci", estate.id(relation.parent));
    table.reference("type", "cmdb_rel_type", type_id(relation.type));
    table.reference("child", "cmdb_ci", estate.id(relation.child));
  }
  table.text("sys_updated_on", date(dice, 2020, 5));
  table.end_record();
}

void write_relations(const Estate& estate, const Options& options,
                     const std::filesystem::path& folder) {
  std::uint64_t rows = 0;
  std::uint64_t associations = 0;
  estate.visit_relations([&](const Relation& relation) {
    ++(relation.type == Type::association ? associations : rows);
  });
  Table relation_table(options, folder, "cmdb_rel_ci", rows);
  Table association_table(options, folder, "svc_ci_assoc", associations);
  estate.visit_relations([&](const Relation& relation) {
    const bool typed = relation.type != Type::association;
    write_relation(estate, relation, typed ? relation_table : association_table);
  });
  relation_table.close();
  association_table.close();
}

std::string as_json(const Plant& plant) {
  std::string out;
  if (plant.facts.empty() && plant.members.empty()) {
    append_json(out, plant.id);
    return out;
  }
  out += "{\"id\":";
  append_json(out, plant.id);
  for (const auto& [name, value] : plant.facts) {
    append_json(out += ",", name);
    append_json(out += ":", value);
  }
  if (!plant.members.empty()) {
    out += fmt::format(",\"members\":[\"{}\"]", fmt::join(plant.members, "\",\""));
  }
  return out + "}";
}

void write_planted(const Planted& planted, const Options& options,
                   const std::filesystem::path& path) {
  std::ofstream file(path, std::ios::binary);
  file << fmt::format("{{\"seed\":{},\"cis\":{},\"relations\":{},\"planted\":{{", options.seed,
                      options.cis, planted.relations);
  const auto* before_rule = "\n";
  for (const auto& [rule, plants] : planted.rules) {
    file << std::exchange(before_rule, ",\n") << '"' << rule << "\":[";
    const auto* before = "\n";
    for (const auto& plant : plants) {
      file << std::exchange(before, ",\n") << as_json(plant);
    }
    file << ']';
  }
  if (!(file << "}}\n").flush()) {
    throw std::runtime_error(fmt::format("cannot write {}", path.string()));
  }
}

}  // namespace

Planted plan(const Options& options) {
  return survey(Estate(options));
}

Planted write(const Options& options, const std::filesystem::path& out) {
  const Estate estate(options);
  const auto folder = out / "export";
  if (std::filesystem::exists(folder) && !std::filesystem::is_empty(folder)) {
    throw std::runtime_error(fmt::format("{} is not empty", folder.string()));
  }
  std::filesystem::create_directories(folder);
  auto planted = survey(estate);
  write_items(estate, options, folder);
  write_parties(estate, options, folder);
  write_relations(estate, options, folder);
  write_planted(planted, options, out / "planted.json");
  return planted;
}

}  // namespace tierline::synthetic
