#include "inventory/responsibilities.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "support/parallel.h"
#include "support/quote.h"
#include "tierline/text.h"

namespace tierline {

/// Gathers the parties of one item. The first accountable field with a party in it names the
/// owners; what later ones name are candidates. A placeholder is nobody, and is kept only to be
/// told of.
class Responsibilities::OfItem {
 public:
  OfItem(Responsibilities& all, std::uint32_t item)
      : all_(all),
        item_(item),
        begin_(static_cast<std::ptrdiff_t>(all.out_.columns.responsibilities.size())) {}

  void add(const PartyRef& ref, std::uint16_t profile, std::uint16_t source) {
    add_party(ref, profile, source, all_.parties_.resolve(ref, profile, source, item_));
  }

  /// All that the item's record names.
  void add_record(std::uint32_t record) {
    const SourceSignature& signature = all_.attributes_.signature_of(record);
    const std::uint32_t* found = all_.found_.data() + all_.in_.responsibilities_begin[record];
    for (const PartyRef& ref : all_.in_.responsibilities_of(record)) {
      if (*found == no_index) {
        add(ref, signature.profile, signature.source);
      } else {
        add_party(ref, signature.profile, signature.source, *found);
      }
      ++found;
    }
  }

  void finish() {
    if (placeholder_ && !owner_field_) {
      add(*placeholder_);
    }
    auto& responsibilities = all_.out_.columns.responsibilities;
    if (const std::uint32_t owner = all_.domain_owner_of(item_);
        owner != no_index && std::none_of(responsibilities.begin() + begin_, responsibilities.end(),
                                          [](const Responsibility& responsibility) {
                                            return is_operator(responsibility.role);
                                          })) {
      add({PartyId{owner}, Role::domain});
    }
    const auto goes_before = [&](const Responsibility& a, const Responsibility& b) {
      return a.role == Role::accountable && b.role == Role::accountable
                 ? all_.out_.so_far.party(a.party).id < all_.out_.so_far.party(b.party).id
                 : a.role < b.role;
    };
    if (!std::is_sorted(responsibilities.begin() + begin_, responsibilities.end(), goes_before)) {
      std::stable_sort(responsibilities.begin() + begin_, responsibilities.end(), goes_before);
    }
  }

  /// The first two sources whose owners are others than one another's.
  void compare_sources() const {
    for (auto one = owners_.begin(); one != owners_.end(); ++one) {
      for (auto other = std::next(one); other != owners_.end(); ++other) {
        const OwnersOf& a = one->second;
        const OwnersOf& b = other->second;
        const auto are_others = all_.are_others(a.owners, b.owners);
        if (are_others.value_or(true)) {
          all_.out_.columns.owner_conflicts.push_back(
              {ItemId{item_}, {a.source, b.source}, {a.owners, b.owners}, are_others.has_value()});
          return;
        }
      }
    }
  }

 private:
  void add_party(const PartyRef& ref, std::uint16_t profile, std::uint16_t source,
                 std::uint32_t party) {
    const ProfileSemantics& semantics = *all_.in_.profiles[profile];
    Role role = semantics.role(ref.field);
    if (all_.parties_.is_placeholder(party, semantics)) {
      if (role == Role::accountable && !placeholder_) {
        placeholder_ = Responsibility{PartyId{party}, Role::placeholder};
      }
      return;
    }
    if (role == Role::accountable) {
      all_.note_form(item_, ref, party);
      const std::pair field(profile, ref.field);
      if (all_.compares_sources_) {
        OwnersOf& of =
            owners_.try_emplace(all_.out_.columns.sources[source], OwnersOf{source, field})
                .first->second;
        if (of.field == field) {
          of.owners.push_back(PartyId{party});
        }
      }
      owner_field_ = owner_field_.value_or(field);
      role = field == *owner_field_ ? role : Role::candidate;
    }
    add({PartyId{party}, role});
  }

  void add(Responsibility responsibility) {
    auto& responsibilities = all_.out_.columns.responsibilities;
    const auto same = [&](const Responsibility& other) {
      return other.party == responsibility.party && other.role == responsibility.role;
    };
    if (std::none_of(responsibilities.begin() + begin_, responsibilities.end(), same)) {
      responsibilities.push_back(responsibility);
    }
  }

  Responsibilities& all_;
  std::uint32_t item_;
  std::ptrdiff_t begin_;  ///< Where the item's parties begin.
  std::optional<Responsibility> placeholder_;
  using Field = std::pair<std::uint16_t, std::uint8_t>;  ///< Of which profile.
  std::optional<Field> owner_field_;
  /// What one source says: the first accountable field with a party in it, and whom it names.
  struct OwnersOf {
    std::uint16_t source = 0;
    Field field;
    std::vector<PartyId> owners = {};
  };
  std::map<std::string, OwnersOf> owners_;  ///< By source, where they are compared.
};

Responsibilities::Responsibilities(const Collected& in, InventoryAssembly& out,
                                   const AttributeTable& attributes, const ItemIndex& item_index,
                                   const Items& items, Parties& parties, const InputSet& details,
                                   unsigned jobs)
    : in_(in),
      out_(out),
      attributes_(attributes),
      item_index_(item_index),
      items_(items),
      parties_(parties),
      compares_sources_(details[static_cast<std::size_t>(RuleInput::correlation)] &&
                        !item_index.joined().empty()),
      names_parties_(in.classes.size()) {
  look_up(jobs);
  assign();
}

/// The class itself before patterns, longer ones first.
void Responsibilities::answer_for_classes(std::span<const DomainOwner> owners) {
  std::vector<const DomainOwner*> order;
  for (const DomainOwner& one : owners) {
    order.push_back(&one);
  }
  std::ranges::sort(order, {}, [](const DomainOwner* one) {
    return std::tuple(one->classes.find('*') != std::string::npos,
                      std::string::npos - one->classes.size(), one->classes);
  });
  std::map<std::string, std::uint32_t> parties;
  for (std::uint32_t i = 0; !order.empty() && i < in_.classes.size(); ++i) {
    const std::string name = fold(in_.classes[i]);
    const auto fits = std::ranges::find_if(
        order, [&](const DomainOwner* one) { return matches_glob(fold(one->classes), name); });
    domain_owner_.push_back(no_index);
    if (fits != order.end()) {
      const auto [party, is_new] = parties.try_emplace((*fits)->owner);
      if (is_new) {
        party->second = parties_.called((*fits)->owner);
      }
      domain_owner_.back() = party->second;
    }
  }
  for (const DomainOwner* one : order) {
    const auto party = parties.find(one->owner);
    if (party != parties.end() && !out_.columns.parties[party->second].known) {
      out_.add_notice({"unknown-domain-owner",
                       fmt::format("domain_owners: {} is nobody, or several, in the tables of "
                                   "persons and groups: it counts as somebody",
                                   quoted(one->owner)),
                       one->said});
    }
  }
}

/// Of a component whose class has one; else `no_index`.
std::uint32_t Responsibilities::domain_owner_of(std::uint32_t item) const {
  return !domain_owner_.empty() && out_.so_far.tier(ItemId{item}) == Tier::component
             ? domain_owner_[out_.so_far.item_class(ItemId{item})]
             : no_index;
}

void Responsibilities::fill() {
  out_.columns.responsibilities_begin.reserve(item_index_.size() + 1);
  out_.columns.responsibilities.reserve(in_.responsibilities.size());
  for (std::uint32_t item = 0; item < item_index_.size(); ++item) {
    out_.columns.responsibilities_begin.push_back(
        static_cast<std::uint32_t>(out_.columns.responsibilities.size()));
    fill(item);
  }
  out_.columns.responsibilities_begin.push_back(
      static_cast<std::uint32_t>(out_.columns.responsibilities.size()));
  report_ambiguous();
}

/// Whom items name by id: side by side, before items take them one after the other.
void Responsibilities::look_up(unsigned jobs) {
  found_.resize(in_.responsibilities.size(), no_index);
  constexpr std::uint32_t ahead = 8;
  const auto records = static_cast<std::uint32_t>(in_.responsibilities_begin.size());
  parallel_ranges(records, jobs, [&](std::size_t begin, std::size_t end) {
    for (auto record = static_cast<std::uint32_t>(begin); record < end; ++record) {
      const std::uint16_t source = attributes_.signature_of(record).source;
      for (const PartyRef& later : in_.responsibilities_of(std::min(record + ahead, records - 1))) {
        parties_.prefetch(later.id, source);
      }
      std::uint32_t* found = found_.data() + in_.responsibilities_begin[record];
      for (const PartyRef& ref : in_.responsibilities_of(record)) {
        *found++ = ref.kind == RefKind::hex ? parties_.find(ref.id, source) : no_index;
      }
    }
  });
}

/// Which item each assignment is about.
void Responsibilities::assign() {
  std::map<std::uint32_t, Notice> lost;  // By file.
  for (std::uint32_t i = 0; i < in_.assignments.size(); ++i) {
    const AssignmentRecord& assignment = in_.assignments[i];
    const std::uint32_t file = Collected::file_of(in_.assignment_segments, i);
    const std::uint32_t item =
        item_index_.resolve(assignment.item, assignment.item_kind, in_.files[file].source, {});
    if (item < ambiguous) {
      assigned_[item].push_back(i);
      continue;
    }
    const auto [known, is_new] = lost.try_emplace(file);
    if (is_new) {
      known->second = {"dangling-assignment",
                       fmt::format("parties are assigned to items that the export does not have, "
                                   "or has several of (first {})",
                                   quoted(item_index_.said(assignment.item, assignment.item_kind))),
                       {out_.columns.inputs[file].path, assignment.line},
                       0};
    }
    ++known->second.count;
  }
  for (auto& [file, notice] : lost) {
    out_.add_notice(std::move(notice));
  }
}

/// What the item's own record says, then tables of assignments, then other sources.
void Responsibilities::fill(std::uint32_t item) {
  OfItem responsibilities(*this, item);
  const std::uint32_t record = item_index_.record_of(item);
  if (const std::vector<PartyRef>* merged = items_.merged_responsibilities(item);
      merged == nullptr) {
    responsibilities.add_record(record);
  } else {
    const SourceSignature& signature = attributes_.signature_of(record);
    for (const PartyRef& ref : *merged) {
      responsibilities.add(ref, signature.profile, signature.source);
    }
  }
  if (const auto assigned = assigned_.find(item); assigned != assigned_.end()) {
    for (const std::uint32_t number : assigned->second) {
      const CollectedFile& file = in_.files[Collected::file_of(in_.assignment_segments, number)];
      responsibilities.add(in_.assignments[number].party, file.profile, file.source);
    }
  }
  if (const auto others = item_index_.joined().find(item); others != item_index_.joined().end()) {
    for (const std::uint32_t other : others->second) {
      responsibilities.add_record(other);
    }
    if (compares_sources_) {
      responsibilities.compare_sources();
    }
  }
  responsibilities.finish();
}

/// The first owner of a class who is in a table tells how its owners are written.
void Responsibilities::note_form(std::uint32_t item, const PartyRef& ref, std::uint32_t number) {
  std::optional<bool>& names = names_parties_[out_.columns.item_class[item]];
  const Party& party = out_.columns.parties[number];
  if (names || !party.known) {
    return;
  }
  const std::string text = out_.reference_text(ref.id, ref.kind);
  if (text == party.id || text == party.name) {
    names = text != party.id;
  }
}

/// Whether none of some owners is one of the others, by name or address; nothing where one of them
/// is in no table and is told by no address.
std::optional<bool> Responsibilities::are_others(std::span<const PartyId> owners,
                                                 std::span<const PartyId> others) const {
  std::vector<std::string> names;
  for (const PartyId owner : owners) {
    std::ranges::move(parties_.names_of(index_of(owner)), std::back_inserter(names));
  }
  for (const PartyId other : others) {
    for (const std::string& name : parties_.names_of(index_of(other))) {
      if (std::ranges::find(names, name) != names.end()) {
        return false;
      }
    }
  }
  const auto is_told = [&](PartyId party) {
    const Party& one = out_.so_far.party(party);
    return one.known || one.id.find('@') != std::string::npos;
  };
  return std::ranges::all_of(owners, is_told) && std::ranges::all_of(others, is_told)
             ? std::optional(true)
             : std::nullopt;
}

/// Names that several parties have, with the first item that one of them answers for.
void Responsibilities::report_ambiguous() {
  for (const auto& [number, seen] : parties_.ambiguous_ones()) {
    const Party& party = out_.columns.parties[number];
    const ItemId item{seen.first};
    out_.add_notice(
        {"ambiguous-reference",
         fmt::format("{} names several parties: it counts as somebody, but nobody knows "
                     "who (first of {})",
                     quoted(party.id), as_said(out_.so_far.label(item))),
         out_.so_far.place(item), seen.count});
  }
}

}  // namespace tierline
