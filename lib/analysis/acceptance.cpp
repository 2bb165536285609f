#include "tierline/acceptance.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "tierline/text.h"

namespace tierline {
namespace {

constexpr std::array<std::string_view, 3> policy_words = {"off", "warn", "require"};

}  // namespace

std::string_view to_string(AcceptancePolicy policy) {
  return policy_words[static_cast<std::size_t>(policy)];
}

std::optional<AcceptancePolicy> acceptance_policy_called(std::string_view word) {
  const auto* const found = std::ranges::find(policy_words, word);
  return found == policy_words.end()
             ? std::nullopt
             : std::optional(static_cast<AcceptancePolicy>(found - policy_words.begin()));
}

std::string Acceptance::label() const {
  const std::pair<std::string_view, const std::string*> said[] = {
      {"item", &item},           {"class", &item_class}, {"owner", &owner},
      {"portfolio", &portfolio}, {"glob", &glob},        {"fingerprint", &fingerprint}};
  std::vector<std::string> terms;
  for (const auto& [name, value] : said) {
    if (!value->empty()) {
      terms.push_back(std::string(name) + ' ' + *value);
    }
  }
  const std::string all = join(terms, ", ");
  return rule.empty() || terms.empty() ? rule + all : rule + " (" + all + ')';
}

}  // namespace tierline
