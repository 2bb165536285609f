#include "suggest/vocabulary.h"

#include <algorithm>
#include <utility>

#include "suggest/translation.h"
#include "tierline/text.h"

namespace tierline {
namespace {

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

bool is_word_character(char c) {
  return is_upper(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

std::string singular(std::string word) {
  const auto ends = [&](std::string_view ending) {
    return word.size() > ending.size() + 1 && word.ends_with(ending);
  };
  if (ends("ies")) {
    word.replace(word.size() - 3, 3, "y");
  } else if (word.size() > 3 && ends("s") && !ends("ss") && !ends("us") && !ends("is")) {
    word.pop_back();
  }
  return word;
}

template <typename Interpretation>
struct WordMeaning {
  std::string_view word;
  Interpretation meaning;
};

/// What the last word with a meaning means: a database server is a server.
template <typename Interpretation, std::size_t Count>
std::optional<Interpretation> last_meaning(const NameWords& words,
                                           const WordMeaning<Interpretation> (&meanings)[Count]) {
  for (auto word = words.all().rbegin(); word != words.all().rend(); ++word) {
    for (const auto& [known, meaning] : meanings) {
      if (*word == known) {
        return meaning;
      }
    }
  }
  return std::nullopt;
}

bool is_denied(const NameWords& words) {
  return words.has_any({"not", "non", "no", "never"});
}

}  // namespace

NameWords::NameWords(std::string_view name) {
  std::string word;
  const auto close = [&] {
    if (!word.empty()) {
      words_.push_back(singular(to_lower(std::exchange(word, {}))));
    }
  };
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool begins_word = is_upper(name[i]) && i > 0 && !is_upper(name[i - 1]);
    if (begins_word || !is_word_character(name[i])) {
      close();
    }
    if (is_word_character(name[i])) {
      word += name[i];
    }
  }
  close();
  words_ = in_english(std::move(words_));
  text_ = join(words_, " ");
}

bool NameWords::has(std::string_view word) const {
  return std::ranges::find(words_, word) != words_.end();
}

bool NameWords::has_any(std::initializer_list<std::string_view> words) const {
  return std::ranges::any_of(words, [&](std::string_view word) { return has(word); });
}

std::optional<Tier> tier_of(const NameWords& words) {
  static constexpr WordMeaning<Tier> meanings[] = {
      {"portfolio", Tier::portfolio},
      {"domain", Tier::portfolio},
      {"capability", Tier::portfolio},
      {"service", Tier::service},
      {"product", Tier::service},
      {"offering", Tier::service},
      {"offer", Tier::service},
      {"application", Tier::system},
      {"app", Tier::system},
      {"appl", Tier::system},
      {"system", Tier::system},
      {"software", Tier::system},
      {"solution", Tier::system},
      {"platform", Tier::system},
      {"server", Tier::component},
      {"database", Tier::component},
      {"db", Tier::component},
      {"host", Tier::component},
      {"vm", Tier::component},
      {"machine", Tier::component},
      {"component", Tier::component},
      {"node", Tier::component},
      {"device", Tier::component},
      {"cluster", Tier::component},
      {"network", Tier::component},
      {"storage", Tier::component},
      {"switch", Tier::component},
      {"router", Tier::component},
      {"firewall", Tier::component},
      {"container", Tier::component},
      {"instance", Tier::component},
      {"middleware", Tier::component},
      {"queue", Tier::component},
      {"hardware", Tier::component},
      {"infrastructure", Tier::component},
  };
  return last_meaning(words, meanings);
}

std::optional<State> state_of(const NameWords& words) {
  static constexpr WordMeaning<State> meanings[] = {
      {"retiring", State::retiring},
      {"sunset", State::retiring},
      {"sunsetting", State::retiring},
      {"decommissioning", State::retiring},
      {"deprecated", State::retiring},
      {"retired", State::retired},
      {"decommissioned", State::retired},
      {"obsolete", State::retired},
      {"disposed", State::retired},
      {"removed", State::retired},
      {"archived", State::retired},
      {"terminated", State::retired},
      {"inactive", State::retired},
      {"closed", State::retired},
      {"eol", State::retired},
      {"planned", State::planned},
      {"plan", State::planned},
      {"planning", State::planned},
      {"proposed", State::planned},
      {"design", State::planned},
      {"development", State::planned},
      {"build", State::planned},
      {"ordered", State::planned},
      {"pipeline", State::planned},
      {"draft", State::planned},
      {"live", State::live},
      {"active", State::live},
      {"production", State::live},
      {"productive", State::live},
      {"operational", State::live},
      {"operation", State::live},
      {"run", State::live},
      {"running", State::live},
      {"installed", State::live},
      {"deployed", State::live},
      {"use", State::live},
      {"current", State::live},
      {"maintenance", State::live},
  };
  const auto has_both = [&](std::string_view a, std::string_view b) {
    return words.has(a) && words.has(b);
  };
  if (is_denied(words)) {
    return std::nullopt;
  }
  if (has_both("phase", "out") || has_both("phasing", "out") || has_both("to", "retire") ||
      has_both("be", "retired")) {
    return State::retiring;
  }
  return has_both("end", "life") || has_both("out", "operation") || has_both("phased", "out")
             ? State::retired
             : last_meaning(words, meanings);
}

std::optional<Facing> facing_of(const NameWords& words) {
  static constexpr WordMeaning<Facing> meanings[] = {
      {"external", Facing::external},     {"customer", Facing::external},
      {"public", Facing::external},       {"client", Facing::external},
      {"consumer", Facing::external},     {"citizen", Facing::external},
      {"partner", Facing::external},      {"internal", Facing::internal},
      {"staff", Facing::internal},        {"employee", Facing::internal},
      {"supporting", Facing::supporting}, {"support", Facing::supporting},
      {"technical", Facing::supporting},  {"shared", Facing::supporting},
      {"enabling", Facing::supporting},
  };
  if (is_denied(words)) {
    return std::nullopt;
  }
  if (words.has("internal")) {
    return words.has("it") ? Facing::supporting : Facing::internal;  // Those whom IT itself uses.
  }
  return last_meaning(words, meanings);
}

std::optional<int> criticality_of(const NameWords& words) {
  static constexpr WordMeaning<int> meanings[] = {
      {"1", 1},        {"2", 2},      {"3", 3},       {"4", 4},      {"critical", 1},
      {"highest", 1},  {"most", 1},   {"mission", 1}, {"vital", 1},  {"gold", 1},
      {"platinum", 1}, {"high", 2},   {"silver", 2},  {"medium", 3}, {"moderate", 3},
      {"normal", 3},   {"bronze", 3}, {"low", 4},     {"minor", 4},  {"lowest", 4},
  };
  if (words.text().size() == 1 && words.text() >= "a" && words.text() <= "d") {
    return words.text().front() - 'a' + 1;
  }
  for (const std::string& word : words.all()) {
    for (const auto& [known, meaning] : meanings) {
      const bool is_number = meaning == known.front() - '0';
      if (word == known && (is_number || !is_denied(words))) {
        return meaning;
      }
    }
  }
  return std::nullopt;
}

std::optional<PartyKind> party_kind_of(const NameWords& words) {
  static constexpr WordMeaning<PartyKind> meanings[] = {
      {"person", PartyKind::person},      {"people", PartyKind::person},
      {"user", PartyKind::person},        {"employee", PartyKind::person},
      {"staff", PartyKind::person},       {"contact", PartyKind::person},
      {"individual", PartyKind::person},  {"team", PartyKind::group},
      {"group", PartyKind::group},        {"squad", PartyKind::group},
      {"department", PartyKind::group},   {"organisation", PartyKind::group},
      {"organization", PartyKind::group}, {"unit", PartyKind::group},
  };
  return last_meaning(words, meanings);
}

std::optional<RelationGuess> relation_of(const NameWords& words) {
  const bool is_passive = words.has("by");
  if (words.has_any({"send", "receive", "feed", "flow", "stream", "publish"})) {
    return RelationGuess{RelationKind::data, words.has_any({"receive", "from"}) || is_passive};
  }
  if (words.has_any({"parent", "part", "belong", "portfolio", "domain", "capability"}) ||
      (words.has("member") && words.has("of")) || (words.has("child") && words.has("of"))) {
    return RelationGuess{RelationKind::contains, !(words.has("parent") && words.has("of"))};
  }
  if (words.has_any({"contain", "contained", "include", "included", "consist", "child", "children",
                     "member", "component", "module", "subsystem"})) {
    return RelationGuess{RelationKind::contains, is_passive || words.has("in")};
  }
  if (words.has_any(
          {"hosted", "hosting", "provided", "supported", "served", "powered", "virtualized"})) {
    return RelationGuess{RelationKind::needs, false};
  }
  if (words.has_any({"serve", "support", "provide", "dependent", "consumer", "downstream"})) {
    return RelationGuess{RelationKind::needs, true};
  }
  if (words.has_any({"depend",   "depended", "dependency", "use",     "used",   "require",
                     "required", "need",     "needed",     "rely",    "call",   "called",
                     "consume",  "consumed", "run",        "host",    "server", "database",
                     "db",       "deployed", "installed",  "upstream"})) {
    return RelationGuess{RelationKind::needs, is_passive};
  }
  return std::nullopt;
}

bool names_parties(std::string_view text) {
  const NameWords words(text);
  return !words.all().empty() && party_kind_of(NameWords(words.all().back())).has_value();
}

bool is_nobody(std::string_view text) {
  constexpr std::string_view words[] = {
      "tbd",           "tba",     "n/a",         "na",      "none",     "null",
      "nobody",        "unknown", "-",           "--",      "?",        "??",
      "unassigned",    "vacant",  "xxx",         "missing", "no owner", "not assigned",
      "to be defined", "x",       "placeholder", "open"};
  return std::ranges::find(words, fold(text)) != std::end(words);
}

}  // namespace tierline
