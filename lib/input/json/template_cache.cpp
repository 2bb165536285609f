#include "input/json/template_cache.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

#include "input/json/json_escapes.h"
#include "input/json/rapidjson_reader.h"
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
  std::uint32_t slot = 0;
  std::uint32_t elements = 0;
  ++record_;
  std::string_view rest = text;
  if (has_escapes) {
    unescaped_.clear();
    unescaped_.reserve(text.size());
  }
  while (const Step* const step = step_at(slot, rest)) {
    if (!are_new(step->members, elements)) {
      break;
    }
    rest.remove_prefix(step->literal.size());
    slot = step->slot;
    if (slot == 0) {
      same_columns_as_previous_ = same_columns_as_previous_ && told == told_.size();
      told_.resize(told);
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
      extractor.take(*step->selected, found, step->is_in_list ? elements : 0);
      if (told == told_.size()) {
        told_.push_back(nullptr);
      }
      same_columns_as_previous_ = std::exchange(told_[told++], step->selected) == step->selected &&
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
  if (slot == 0 ? size != rest.size() : size >= rest.size()) {
    return false;
  }
  return is_same(literal.data(), rest.data(), size) &&
         (slot == 0 || is_quoted || begins_bare(rest.substr(size)));
}

const JsonTemplateCache::Step* JsonTemplateCache::step_at(std::uint32_t slot,
                                                          std::string_view rest) const {
  for (const Step& step : slots_[slot]) {
    if (step.fits(rest)) {
      return &step;
    }
  }
  return nullptr;
}

std::uint32_t JsonTemplateCache::add_step(std::uint32_t slot, Step step, const std::string& path) {
  const auto is_known = [&](const Step& known) {
    return known.literal == step.literal && known.is_quoted == step.is_quoted;
  };
  const std::vector<Step>& steps = slots_[slot];
  if (const auto known = std::ranges::find_if(steps, is_known); known != steps.end()) {
    return known->slot;
  }
  for (const Member& member : step.members) {
    last_seen_.resize(std::max<std::size_t>(last_seen_.size(), member.node + 1));
  }
  const bool is_too_much = steps.size() == most_steps || step.literal.size() > longest_literal;
  step.slot = is_too_much ? no_slot : slot_behind(path);
  if (step.slot == no_slot) {
    return no_slot;
  }
  return slots_[slot].emplace_back(std::move(step)).slot;
}

/// All that may follow depends on the path alone: in which objects and lists it is, and what their
/// members are selected for. At the end of a record there is none.
std::uint32_t JsonTemplateCache::slot_behind(const std::string& path) {
  if (path.empty()) {
    return 0;
  }
  if (const auto known = slot_by_path_.find(path); known != slot_by_path_.end()) {
    return known->second;
  }
  if (slots_.size() == most_slots || path.size() > longest_path) {
    return no_slot;
  }
  const auto slot = static_cast<std::uint32_t>(slots_.size());
  slots_.emplace_back();
  slot_by_path_.emplace(path, slot);
  return slot;
}

/// Goes through one record, and takes down its literals.
class JsonTemplateCache::TemplateLearner {
 public:
  TemplateLearner(JsonTemplateCache& templates, std::string_view text, bool has_escapes)
      : templates_(templates), text_(text), has_escapes_(has_escapes) {}

  void take() {
    for (bool goes_on = true; goes_on && at_ < text_.size();) {
      // If there is more than one object, this is no JSON.
      goes_on = (at_ == 0 || !open_.empty()) && take_token();
    }
    if (at_ == text_.size() && open_.empty()) {
      templates_.add_step(
          slot_, {.literal = std::string(text_.substr(literal_)), .members = std::move(members_)},
          path_);
    }
  }

 private:
  struct Open {
    bool is_list = false;
    std::size_t path_size = 0;
    FieldSelection::Node node = FieldSelection::none;
  };

  /// False where the record has no template.
  bool take_token() {
    switch (text_[at_]) {
      case '{':
        begin_element();
        return open(false);
      case '[':
        return text_.substr(at_).starts_with(empty_list) ? take_value(false) : open(true);
      case '}':
      case ']':
        close();
        return true;
      case ',':
        at_name_ = !open_.back().is_list;
        ++at_;
        return true;
      case '"':
        return at_name_ ? take_name() : take_value(true);
      default:
        if (text_[at_] == ':' || is_blank(text_[at_])) {
          ++at_;
          return true;
        }
        return begins_bare(text_.substr(at_)) && take_value(false);
    }
  }

  bool open(bool is_list) {
    const bool is_selected = member_ != FieldSelection::none;
    if (open_.size() + 1 >= deepest_json ||
        (is_selected &&
         (templates_.selection_.pair(member_) != nullptr ||
          (!is_list && templates_.selection_.any(member_) != FieldSelection::none)))) {
      return false;
    }
    open_.push_back({is_list, path_.size(), member_});
    if (is_list && is_selected && list_depth_ == 0) {
      list_depth_ = open_.size();
    }
    path_ += is_list ? "\n" : "";
    at_name_ = !is_list;
    ++at_;
    return true;
  }

  void close() {
    list_depth_ = open_.size() == list_depth_ ? 0 : list_depth_;
    path_.resize(open_.back().path_size);
    member_ = open_.back().node;
    open_.pop_back();
    at_name_ = false;
    ++at_;
  }

  /// A value or an object begins, which may be an element of the outermost selected list.
  void begin_element() { elements_ += list_depth_ != 0 && open_.size() == list_depth_ ? 1 : 0; }

  bool take_name() {
    const std::size_t begin = at_ + 1;
    const std::size_t size = text_size(text_.data() + begin, has_escapes_);
    const std::string_view name = text_.substr(begin, size);
    if (has_escapes_ && name.find('\\') != std::string_view::npos) {
      return false;
    }
    const Open& object = open_.back();
    path_.resize(object.path_size);
    path_.append(1, '"').append(name);
    member_ = object.node == FieldSelection::none ? FieldSelection::none
                                                  : templates_.selection_.child(object.node, name);
    if (member_ != FieldSelection::none) {
      members_.push_back({member_, elements_, list_depth_ != 0});
    }
    at_ = begin + size + 1;
    at_name_ = false;
    return true;
  }

  bool take_value(bool is_quoted) {
    const bool is_list = text_[at_] == '[';
    if (!is_list) {
      begin_element();
    } else if (member_ != FieldSelection::none && templates_.selection_.pair(member_) != nullptr) {
      return false;
    }
    at_ += is_quoted ? 1 : 0;
    slot_ = templates_.add_step(
        slot_,
        {.literal = std::string(text_.substr(literal_, at_ - literal_)),
         .is_quoted = is_quoted,
         .elements = std::exchange(elements_, 0),
         .is_in_list = list_depth_ != 0 && !is_list,
         .selected = member_ == FieldSelection::none ? nullptr : templates_.selection_.at(member_),
         .members = std::exchange(members_, {})},
        path_);
    if (slot_ == no_slot) {
      return false;
    }
    const std::string_view rest = text_.substr(at_);
    literal_ = at_ + (is_quoted ? text_size(rest.data(), has_escapes_) : bare_size(rest));
    at_ = literal_ + (is_quoted ? 1 : 0);
    return true;
  }

  JsonTemplateCache& templates_;
  std::string_view text_;
  bool has_escapes_;
  std::size_t at_ = 0;
  std::size_t literal_ = 0;  ///< Where the literal begins that leads to the next value.
  std::uint32_t slot_ = 0;   ///< Behind the last value.
  std::uint32_t elements_ = 0;
  std::vector<Member> members_;  ///< Whose names stand in the literal.
  std::vector<Open> open_;
  std::size_t list_depth_ = 0;  ///< Of the outermost selected list; 0 outside of one.
  std::string path_;  ///< A quote before each name, a line end for each list: no name has these.
  FieldSelection::Node member_ = FieldSelection::root;
  bool at_name_ = false;
};

void JsonTemplateCache::learn(std::string_view text, bool has_escapes) {
  // What is still unknown after many records mostly has no template.
  if (unknown_ < trials || (pays() && unknown_ % 16 == 0)) {
    TemplateLearner(*this, text, has_escapes).take();
  }
}

}  // namespace tierline
