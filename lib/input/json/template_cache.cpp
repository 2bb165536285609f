#include "input/json/template_cache.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

#include "input/json/json_escapes.h"
#include "input/json/rapidjson_reader.h"
#include "input/json/record_cursor.h"
#include "input/scan.h"
#include "tierline/text.h"

namespace tierline {
namespace {

constexpr std::string_view empty_list = "[]";

/// Literals of up to 32 bytes, which most are, without a call.
bool is_same(const char* one, const char* other, std::size_t size) {
  const auto word = [](const char* at) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, at, sizeof(bytes));
    return bytes;
  };
  const auto differ = [&](std::size_t at) { return word(one + at) ^ word(other + at); };
  if (size < 8 || size > 32) {
    return std::memcmp(one, other, size) == 0;
  }
  std::uint64_t bits = differ(0) | differ(size - 8);
  if (size > 16) {
    bits |= differ(8) | differ(size - 16);
  }
  return bits == 0;
}

/// How long the text is that begins at `at`, up to its closing quote.
std::size_t text_size(const char* at, bool has_escapes) {
  if (!has_escapes) {
    return scan::distance_to<'"'>(at);
  }
  std::size_t size = scan::distance_to<'"', '\\'>(at);
  while (at[size] == '\\') {
    size += 2;
    size += scan::distance_to<'"', '\\'>(at + size);
  }
  return size;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Whether a value stands there that is not in quotes, and neither an object nor a list of
/// anything.
bool begins_bare(std::string_view text) {
  return is_digit(text.front()) || text.front() == '-' || text.front() == 't' ||
         text.front() == 'f' || text.front() == 'n' || text.starts_with(empty_list);
}

/// How long such a value is, as far as it can be one.
std::size_t bare_size(std::string_view text) {
  const auto belongs = [](char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || c == '-' || c == '+' || c == '.' || c == 'E';
  };
  return text.starts_with(empty_list)
             ? empty_list.size()
             : static_cast<std::size_t>(std::ranges::find_if_not(text, belongs) - text.begin());
}

/// What is told of such a value; nothing where it is none.
std::optional<std::string_view> bare_text(std::string_view value) {
  if (value == "null" || value == empty_list) {
    return "";
  }
  const auto is_number = [&] {
    const JsonNumber number = json_number_at(value.data());
    return number.size == value.size() && number.fault == rapidjson::kParseErrorNone;
  };
  const bool is_right = value == "true" || value == "false" || is_number();
  return is_right ? std::optional(value) : std::nullopt;
}

}  // namespace

bool JsonTemplateCache::read(PaddedView padded, bool has_escapes, JsonCellExtractor& extractor) {
  const std::string_view text = padded.text();
  if (unknown_ > trials && !pays()) {
    return false;
  }
  same_columns_as_previous_ = true;
  std::size_t told = 0;
  std::uint32_t state = 0;
  std::uint32_t elements = 0;
  ++record_;
  std::string_view rest = text;
  if (has_escapes) {
    unescaped_.clear();
    unescaped_.reserve(text.size());
  }
  while (const Step* const step = step_at(state, rest)) {
    if (!are_new(step->members, elements)) {
      break;
    }
    rest.remove_prefix(step->literal.size());
    state = step->state;
    if (state == 0) {
      same_columns_as_previous_ = same_columns_as_previous_ && told == previous_fields_.size();
      previous_fields_.resize(told);
      ++known_;
      return true;
    }
    const std::size_t size =
        step->is_quoted ? text_size(rest.data(), has_escapes) : bare_size(rest);
    std::string_view found = rest.substr(0, size);
    if (!step->is_quoted) {
      const auto bare = bare_text(found);
      if (!bare) {
        break;
      }
      found = *bare;
    } else if (has_escapes && !unescape(found)) {
      break;
    }
    elements += step->elements;
    if (step->selected != nullptr) {
      extractor.add_cell(*step->selected, found, step->is_in_list ? elements : 0);
      if (told == previous_fields_.size()) {
        previous_fields_.push_back(nullptr);
      }
      same_columns_as_previous_ =
          std::exchange(previous_fields_[told++], step->selected) == step->selected &&
          same_columns_as_previous_;
    }
    rest.remove_prefix(size);
  }
  ++unknown_;
  return false;
}

bool JsonTemplateCache::are_new(const std::vector<Member>& members, std::uint32_t elements) {
  for (const Member& member : members) {
    const std::uint32_t element = member.is_in_list ? elements + member.elements : 0;
    const std::uint64_t now = std::uint64_t{record_} << 32U | element;
    if (std::exchange(last_seen_[member.node], now) == now) {
      return false;
    }
  }
  return true;
}

bool JsonTemplateCache::unescape(std::string_view& text) {
  if (text.find('\\') == std::string_view::npos) {
    return true;
  }
  const std::size_t begin = unescaped_.size();
  const bool is_right = append_json_unescaped(unescaped_, text);
  text = std::string_view(unescaped_).substr(begin);
  return is_right;
}

bool JsonTemplateCache::Step::fits(std::string_view rest) const {
  const std::size_t size = literal.size();
  if (state == 0 ? size != rest.size() : size >= rest.size()) {
    return false;
  }
  return is_same(literal.data(), rest.data(), size) &&
         (state == 0 || is_quoted || begins_bare(rest.substr(size)));
}

const JsonTemplateCache::Step* JsonTemplateCache::step_at(std::uint32_t state,
                                                          std::string_view rest) const {
  for (const Step& step : states_[state]) {
    if (step.fits(rest)) {
      return &step;
    }
  }
  return nullptr;
}

const JsonTemplateCache::Step* JsonTemplateCache::known_step(std::uint32_t state,
                                                             std::string_view literal,
                                                             bool is_quoted) const {
  const auto known = std::ranges::find_if(states_[state], [&](const Step& step) {
    return step.literal == literal && step.is_quoted == is_quoted;
  });
  return known == states_[state].end() ? nullptr : &*known;
}

std::uint32_t JsonTemplateCache::add_step(std::uint32_t state, Step step, const std::string& path) {
  for (const Member& member : step.members) {
    last_seen_.resize(std::max<std::size_t>(last_seen_.size(), member.node + 1));
  }
  const bool is_too_much =
      states_[state].size() == most_steps || step.literal.size() > longest_literal;
  step.state = is_too_much ? no_state : state_behind(path);
  if (step.state == no_state) {
    return no_state;
  }
  return states_[state].emplace_back(std::move(step)).state;
}

/// All that may follow depends on the path alone: in which objects and lists it is, and what their
/// members are selected for. At the end of a record there is none.
std::uint32_t JsonTemplateCache::state_behind(const std::string& path) {
  if (path.empty()) {
    return 0;
  }
  if (const auto known = state_by_path_.find(path); known != state_by_path_.end()) {
    return known->second;
  }
  if (states_.size() == most_states || path.size() > longest_path) {
    return no_state;
  }
  const auto state = static_cast<std::uint32_t>(states_.size());
  states_.emplace_back();
  state_by_path_.emplace(path, state);
  return state;
}

namespace {

/// What is kept of an object or a list that is open.
struct TemplateLevel {
  std::size_t path_size = 0;  ///< Of the path that leads here.
};

}  // namespace

/// Takes down the literals of one record.
class JsonTemplateLearner : public JsonRecordCursor<JsonTemplateLearner, TemplateLevel> {
 public:
  JsonTemplateLearner(JsonTemplateCache& templates, PaddedView text)
      : JsonRecordCursor(templates.selection_),
        templates_(templates),
        text_(text.text()),
        copy_(text_),
        stream_(copy_.data()) {}

  void learn();

 private:
  friend JsonRecordCursor<JsonTemplateLearner, TemplateLevel>;

  // --- what the cursor tells

  void member(const Level& level, std::string_view name, bool /*is_any*/) {
    const std::size_t begin = token();
    at_ = behind_text(begin);
    // What has no escapes is as long as it stands there, quotes aside.
    has_template_ &= at_ - begin == name.size() + 2;
    path_.resize(level.state.path_size);
    path_.append(1, '"').append(name);
    if (level.member != FieldSelection::none) {
      members_.push_back({level.member, elements_, list_depth_ != 0});
    }
  }

  void element() { elements_ += list_depth_ != 0 && depth() == list_depth_ ? 1 : 0; }

  void opened(Level& inner, const Level& /*above*/) {
    const std::size_t begin = token();
    const bool is_empty_list = text_.substr(begin).starts_with(empty_list);
    at_ = is_empty_list ? begin + empty_list.size() : stream_.Tell();
    inner.state.path_size = path_.size();
    const FieldSelection::Node node = inner.is_list ? inner.member : inner.node;
    const bool is_selected = node != FieldSelection::none;
    if (is_selected && (selection().pair(node) != nullptr ||
                        (!inner.is_list && selection().any(node) != FieldSelection::none))) {
      has_template_ = false;
    } else if (is_empty_list) {
      take_value(begin, false);
    } else if (inner.is_list) {
      list_depth_ = is_selected && list_depth_ == 0 ? depth() : list_depth_;
      path_ += '\n';
    }
  }

  void leave(const Level& level) {
    list_depth_ = depth() == list_depth_ ? 0 : list_depth_;
    path_.resize(level.state.path_size);
    at_ = stream_.Tell();
  }

  void value(std::string_view /*text*/) {
    const std::size_t begin = token();
    at_ = text_[begin] == '"' ? behind_text(begin) : stream_.Tell();
    take_value(begin, list_depth_ != 0);
  }

  /// Where what the cursor tells of begins: the first that stands behind what it told of before.
  [[nodiscard]] std::size_t token() const {
    std::size_t at = at_;
    while (is_blank(text_[at]) || text_[at] == ':' || text_[at] == ',') {
      ++at;
    }
    return at;
  }

  /// Behind the closing quote. The stream stays before a text until it has been told of.
  [[nodiscard]] std::size_t behind_text(std::size_t begin) const {
    return begin + 2 + text_size(text_.data() + begin + 1, true);
  }

  /// The value, with its quotes, stands from `begin` up to `at_`.
  void take_value(std::size_t begin, bool is_in_list) {
    if (!has_template_) {
      return;
    }
    const std::size_t quote = text_[begin] == '"' ? 1 : 0;
    const FieldSelection::Node node = level().member;
    take_step(text_.substr(literal_, begin + quote - literal_),
              {.is_quoted = quote != 0,
               .is_in_list = is_in_list,
               .selected = node == FieldSelection::none ? nullptr : selection().at(node)});
    literal_ = at_ - quote;
  }

  /// Most are known. `step` without what was gathered on the way to it.
  void take_step(std::string_view literal, JsonTemplateCache::Step step) {
    const auto* const known = templates_.known_step(state_, literal, step.is_quoted);
    if (known != nullptr) {
      state_ = known->state;
    } else {
      step.literal = literal;
      step.elements = elements_;
      step.members = std::move(members_);
      state_ = templates_.add_step(state_, std::move(step), path_);
    }
    elements_ = 0;
    members_.clear();
    has_template_ = state_ != JsonTemplateCache::no_state;
  }

  JsonTemplateCache& templates_;
  std::string_view text_;  ///< With padding.
  Buffer copy_;
  rapidjson::InsituStringStream stream_;  ///< Of the copy.
  bool has_template_ = true;
  std::size_t at_ = 0;       ///< Behind what the cursor told of last.
  std::size_t literal_ = 0;  ///< Where the literal begins that leads to the next value.
  std::uint32_t state_ = 0;  ///< Behind the last value.
  std::uint32_t elements_ = 0;
  std::vector<JsonTemplateCache::Member> members_;  ///< Whose names stand in the literal.
  std::size_t list_depth_ = 0;  ///< Of the outermost selected list; 0 outside of one.
  std::string path_;  ///< A quote before each name, a line end for each list: no name has these.
};

}  // namespace tierline

template <>
template <>
void tierline::JsonReader::ParseNumber<tierline::json_record_flags, rapidjson::InsituStringStream,
                                       tierline::JsonTemplateLearner>(
    rapidjson::InsituStringStream& is, tierline::JsonTemplateLearner& handler) {
  tierline::read_json_number(is, handler, parseResult_);
}

namespace tierline {

void JsonTemplateLearner::learn() {
  start_record();
  if (!JsonReader().Parse<json_record_flags>(stream_, *this).IsError() && has_template_) {
    take_step(text_.substr(literal_), {});
  }
}

void JsonTemplateCache::learn(PaddedView text) {
  // What is still unknown after many records mostly has no template.
  if (unknown_ < trials || (pays() && unknown_ % 16 == 0)) {
    JsonTemplateLearner(*this, text).learn();
  }
}

}  // namespace tierline
