#pragma once
// Who is who in an estate with people. Persons of one post answer for one kind of thing, so that no
// two rules about owners get in each other's way: those who own what customers use belong to the
// business, those who own what supports it to IT; whoever runs things owns none.

#include <cstdint>

#include "synthetic/estate.h"

namespace tierline::synthetic {

enum class Post : std::uint8_t { board, business, support, systems, operations };

constexpr Item head{Role::person, 0};
constexpr Item deputy{Role::person, 1};
constexpr Item networks{Role::department, 2};
constexpr Item sales{Role::department, 4};
constexpr Item ithaca{Role::department, 6};
constexpr std::uint32_t departments = 8;

/// The first eight persons own portfolios only; the others take turns.
Post post(Item person);
Item department(Item person);
/// In office.
Item somebody(const Estate& estate, Post post, Random& dice);
/// A live item's owner, where nothing is wrong with it.
Item sound_owner(const Estate& estate, Item item);

/// Whether the register has it too, where nothing is wrong with it: every third business service.
bool is_registered(Item item);

/// Whether a business service, or an offering of one, serves the organisation only.
bool is_internal(const Estate& estate, Item item);

}  // namespace tierline::synthetic
