#pragma once
// What a profile made of an export, as a text for people.

#include <string>

#include "tierline/check.h"

namespace tierline {

std::string profile_check_text(const ProfileCheck& check, bool color);

}  // namespace tierline
