#include "input/json_forms.h"

#include <cstring>
#include <utility>

#include "input/json_text.h"
#include "input/scan.h"
#include "support/text.h"

namespace tierline {
namespace {

/// Pieces of up to 32 bytes, which most are, without a call.
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

}  // namespace

bool JsonForms::read(std::string_view text, bool has_escapes, JsonPicker& picker) {
  // Looking for a form costs a small part of what it saves.
  constexpr std::uint32_t trials = 64;
  if (unknown_ > trials && unknown_ / 8 > known_) {
    return false;
  }
  is_like_last_ = true;
  std::size_t told = 0;
  std::uint32_t place = 0;
  std::string_view rest = text;
  if (has_escapes) {
    unescaped_.clear();
    unescaped_.reserve(text.size());
  }
  while (const Step* const step = step_at(place, rest)) {
    rest.remove_prefix(step->piece.size());
    place = step->place;
    if (place == 0) {
      is_like_last_ = is_like_last_ && told == told_.size();
      told_.resize(told);
      ++known_;
      return true;
    }
    const std::size_t size = text_size(rest.data(), has_escapes);
    std::string_view found = rest.substr(0, size);
    if (has_escapes && !unescape(found)) {
      break;
    }
    if (step->want != nullptr) {
      picker.take(*step->want, found);
      if (told == told_.size()) {
        told_.push_back(nullptr);
      }
      is_like_last_ = std::exchange(told_[told++], step->want) == step->want && is_like_last_;
    }
    rest.remove_prefix(size);
  }
  ++unknown_;
  return false;
}

bool JsonForms::unescape(std::string_view& text) {
  if (text.find('\\') == std::string_view::npos) {
    return true;
  }
  const std::size_t begin = unescaped_.size();
  const bool is_right = append_json_unescaped(unescaped_, text);
  text = std::string_view(unescaped_).substr(begin);
  return is_right;
}

const JsonForms::Step* JsonForms::step_at(std::uint32_t place, std::string_view rest) const {
  for (const Step& step : places_[place]) {
    const std::size_t size = step.piece.size();
    const bool fits = step.place == 0 ? size == rest.size() : size < rest.size();
    if (fits && is_same(step.piece.data(), rest.data(), size)) {
      return &step;
    }
  }
  return nullptr;
}

void JsonForms::learn(std::string_view text, bool has_escapes) {
  struct Object {
    std::size_t path_size = 0;
    Wants::Node node = Wants::none;
  };
  std::vector<Object> open;
  std::string path;
  Wants::Node member = Wants::root;
  bool at_name = false;
  std::size_t piece = 0;
  std::uint32_t place = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const Want* const want = member == Wants::none ? nullptr : wants_.at(member);
    if (open.empty() && at > 0) {
      return;  // There is more than one object, so this is no JSON.
    }
    switch (text[at]) {
      case '{':
        if (open.size() + 1 >= JsonPicker::deepest ||
            (member != Wants::none &&
             (wants_.pair(member) != nullptr || wants_.any(member) != Wants::none))) {
          return;
        }
        open.push_back({path.size(), member});
        at_name = true;
        break;
      case '}':
        open.pop_back();
        at_name = false;
        break;
      case ',':
      case ':':
        at_name = text[at] == ',';
        break;
      case '"': {
        const std::size_t begin = at + 1;
        at = begin + text_size(text.data() + begin, has_escapes);
        if (at_name) {
          const Object& object = open.back();
          const std::string_view name = text.substr(begin, at - begin);
          if (has_escapes && name.find('\\') != std::string_view::npos) {
            return;
          }
          path.resize(object.path_size);
          path.append(1, '"').append(name);
          member = object.node == Wants::none ? Wants::none : wants_.child(object.node, name);
          break;
        }
        const std::uint32_t next = place_behind(path);
        if (!add_step(place, text.substr(piece, begin - piece), want, next)) {
          return;
        }
        piece = at;
        place = next;
        break;
      }
      default:
        if (!is_blank(text[at]) && (text[at] == '[' || want != nullptr)) {
          return;
        }
    }
  }
  add_step(place, text.substr(piece), nullptr, 0);
}

bool JsonForms::add_step(std::uint32_t place, std::string_view piece, const Want* want,
                         std::uint32_t next) {
  Place& steps = places_[place];
  const auto is_known = [&](const Step& step) { return step.piece == piece; };
  if (std::ranges::any_of(steps, is_known)) {
    return true;
  }
  if (steps.size() == most_steps || piece.size() > longest_piece || next == most_places) {
    return false;
  }
  steps.push_back({std::string(piece), want, next});
  return true;
}

/// All that may follow depends on the path alone: in which objects it is and what their members
/// are wanted for.
std::uint32_t JsonForms::place_behind(const std::string& path) {
  const auto [known, is_new] =
      place_by_path_.try_emplace(path, static_cast<std::uint32_t>(places_.size()));
  if (is_new && places_.size() < most_places) {
    places_.emplace_back();
  }
  return known->second;
}

}  // namespace tierline
