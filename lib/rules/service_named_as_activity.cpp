#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/families.h"
#include "tierline/rule.h"
#include "tierline/text.h"

namespace tierline {
namespace {

/// What tells an activity in a language, folded. No word that is also a noun which services are
/// named after (Backup, Update, Monitoring, Hosting, Grant, Provision).
struct Language {
  std::span<const std::string_view> verbs;
  std::span<const std::string_view> nouns;  ///< That stand last.
  bool has_verbs_last = false;              ///< As well as first.
};

constexpr std::string_view english_verbs[] = {
    "approve",   "assign",  "configure", "create",  "creating",   "decommission", "delete",
    "deleting",  "deploy",  "disable",   "install", "installing", "manage",       "migrate",
    "migrating", "provide", "providing", "remove",  "removing",   "renew",        "renewing",
    "replace",   "reset",   "resetting", "revoke",  "unlock"};
constexpr std::string_view english_nouns[] = {"request", "task", "ticket"};
constexpr std::string_view german_verbs[] = {
    "anlegen",       "anpassen",     "beantragen",       "bereitstellen", "bestellen",
    "einrichten",    "entsperren",   "erstellen",        "freischalten",  "installieren",
    "konfigurieren", "l\u00f6schen", "zur\u00fccksetzen"};
constexpr std::string_view german_nouns[] = {"anfrage", "antrag", "aufgabe"};

constexpr Language languages[] = {{english_verbs, english_nouns, false},
                                  {german_verbs, german_nouns, true}};

bool has(std::span<const std::string_view> words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

/// The words of a name, folded; of one without blanks, what is between its hyphens and underscores.
std::vector<std::string> words_of(std::string_view name) {
  std::string folded = fold(name);
  if (folded.find(' ') == std::string::npos) {
    std::ranges::replace_if(
        folded, [](char c) { return c == '-' || c == '_'; }, ' ');
    folded = fold(folded);
  }
  std::vector<std::string> words;
  for (const std::string_view word : split(folded, " ")) {
    words.emplace_back(word);
  }
  return words;
}

/// Which word of a name says that it is an activity.
struct Sign {
  std::string word;
  bool is_first = false;
};

/// No word where none does.
Sign sign_in(std::string_view name) {
  const std::vector<std::string> words = words_of(name);
  for (const Language& language : languages) {
    if (words.size() > 1 && has(language.verbs, words.front())) {
      return {words.front(), true};
    }
    const bool is_verb_last =
        language.has_verbs_last && words.size() > 1 && has(language.verbs, words.back());
    if (is_verb_last || has(language.nouns, words.back())) {
      return {words.back(), false};
    }
  }
  return {};
}

void check(const Estate& estate, Facts& facts) {
  const Families families(estate);
  for (const ItemId item : estate.inventory.items()) {
    if (families.is_head(item) && !sign_in(estate.inventory.name(item)).word.empty()) {
      facts.add(item);
    }
  }
}

void word(const FactView& fact, Finding& finding) {
  const Sign sign = sign_in(fact.inventory().name(fact.item()));
  finding.message = fmt::format("is named like an activity: {} with \"{}\"",
                                sign.is_first ? "begins" : "ends", sign.word);
  finding.evidence = {{"word", sign.word}};
}

const Register<Rule> rule{{
    .id = "service-named-as-activity",
    .title = "Service is named after an activity",
    .severity = Severity::low,
    .certainty = Certainty::proven,
    .confidence = Confidence::hint,
    .set = RuleSet::all,
    .rationale = "Resetting a password is a step of a service, and not one that anybody answers "
                 "for. A catalogue of activities has hundreds of entries, and nobody can say what "
                 "a customer loses when one of them fails.",
    .definition =
        "A live service whose name begins with a verb or gerund of a list, behind which another "
        "word stands (Reset Password, Creating Users), or whose last word is request, ticket or "
        "task; in German, whose name begins or ends with such a verb, or ends with Anfrage, Antrag "
        "or Aufgabe. Of a name without blanks, words are what is between its hyphens and "
        "underscores. Offerings are not judged by themselves.",
    .remedy = "Make it a request of the service that it is a step of, such as Identity Management.",
    .tiers = {Tier::service},
    .needs = {Need::services},
    .inputs = {},
    .check = check,
    .word = word,
}};

}  // namespace
}  // namespace tierline
