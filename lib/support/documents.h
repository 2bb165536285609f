#pragma once
// The JSON documents that are compiled into the program.

#include <span>
#include <string_view>

namespace tierline {

std::span<const std::string_view> embedded_profiles();
std::string_view embedded_profile_schema();
std::string_view embedded_findings_schema();
std::string_view embedded_explanation_schema();
std::string_view embedded_config_schema();
std::string_view embedded_difference_schema();

}  // namespace tierline
