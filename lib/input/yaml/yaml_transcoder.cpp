#include "input/yaml/yaml_transcoder.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <boost/unordered/unordered_flat_set.hpp>

#include "input/json/json_escapes.h"
#include "support/quote.h"

namespace tierline {
namespace {

constexpr std::size_t piece_size = 64 * 1024;
constexpr std::size_t most_keys = 1'000'000;  // Of all mappings that are open.
constexpr std::uint64_t step_cost = 16;

std::uint64_t hash_of(std::string_view text) {
  return XXH3_64bits(text.data(), text.size());
}

bool is_merge_key(const YamlEvent& event) {
  return event.kind == YamlEvent::Kind::scalar && event.plain && event.text == "<<";
}

bool is_null(const YamlEvent& event) {
  constexpr std::string_view nulls[] = {"", "~", "null", "Null", "NULL"};
  return event.plain && event.text.size() <= 4 &&
         std::ranges::find(nulls, event.text) != std::end(nulls);
}

}  // namespace

YamlTranscoder::YamlTranscoder(std::shared_ptr<TextSource> yaml, std::string path)
    : JsonTranscoder(std::move(yaml)), path_(std::move(path)), parser_(*source_, path_) {}

Result<bool> YamlTranscoder::write_on() {
  while (!ended_ && json_.size() < piece_size) {
    if (auto stepped = step(); !stepped) {
      return std::move(stepped).error();
    }
  }
  return !json_.empty();
}

// --- from the file: what is kept for later, what is written now

Status YamlTranscoder::step() {
  const auto event = parser_.next();
  if (!event) {
    return event.error();
  }
  line_ = event->line;
  switch (event->kind) {
    case Kind::document:
      nodes_.clear();
      return Done{};
    case Kind::end_of_file:
      ended_ = true;
      return Done{};
    case Kind::list:
    case Kind::map:
      if (++depth_ > deepest) {
        return wrong(fmt::format("nested deeper than {} levels: is this an export?", deepest));
      }
      return take(*event);
    case Kind::end:
      --depth_;
      return take(*event);
    case Kind::scalar:
    case Kind::alias:
      break;
  }
  return take(*event);
}

Status YamlTranscoder::take(const YamlEvent& event) {
  Node target = 0;
  if (event.kind == Kind::alias) {
    const auto found = target_of(event);
    if (!found) {
      return found.error();
    }
    target = *found;
  }
  if (in_merged_ || (!frames_.empty() && frames_.back().at_merge)) {
    return take_merged(event, target);
  }
  if (nodes_.in_node() || !event.anchor.empty()) {
    nodes_.add(event, target);
  }
  if (event.kind != Kind::end) {
    go_to_line(event.line);
  }
  return event.kind == Kind::alias ? repeat(target, 0) : write(event);
}

/// Keeps what `<<` merges until the mapping's own keys are known.
Status YamlTranscoder::take_merged(const YamlEvent& event, Node target) {
  if (!in_merged_) {
    note_merge(event.kind == Kind::alias ? target : nodes_.size());
    if (event.kind == Kind::alias && !nodes_.in_node()) {
      return Done{};
    }
    in_merged_ = true;
    merged_depth_ = nodes_.depth();
  }
  nodes_.add(event, target);
  if (nodes_.is_full()) {
    return wrong(
        "what '<<' merges, and the anchors before it, are too much to be kept: write the "
        "keys out");
  }
  in_merged_ = nodes_.depth() > merged_depth_;
  return Done{};
}

void YamlTranscoder::note_merge(Node node) {
  Frame& frame = frames_.back();
  if (frame.merges.empty()) {
    frame.kept_begin = nodes_.size();
    frame.merge_line = line_;
  }
  frame.merges.push_back(node);
  frame.at_merge = false;
  frame.at_key = true;
}

Result<YamlTranscoder::Node> YamlTranscoder::target_of(const YamlEvent& alias) const {
  const auto found = nodes_.find(alias.text);
  if (found && nodes_.is_whole(*found)) {
    return *found;
  }
  const std::string name = quoted(fmt::format("*{}", alias.text));
  if (nodes_.is_full()) {
    return wrong(name + " refers to more than can be kept: write it out");
  }
  return wrong(found ? name + " stands inside of what it refers to"
                     : fmt::format("{} refers to nothing: no {} stands before it in its document",
                                   name, quoted(fmt::format("&{}", alias.text))));
}

// --- to JSON

Status YamlTranscoder::write(const YamlEvent& event) {
  if (event.kind == Kind::end) {
    return write_end();
  }
  if (!frames_.empty() && frames_.back().at_key) {
    return write_key(event);
  }
  return write_value(event);
}

Status YamlTranscoder::write_key(const YamlEvent& event) {
  if (event.kind != Kind::scalar) {
    return wrong("a key is a list or a mapping: only texts can be keys here");
  }
  Frame& frame = frames_.back();
  frame.at_key = false;
  frame.at_merge = is_merge_key(event);
  if (!frame.at_merge) {
    put_key(event.text);
    if (keys_.size() < most_keys) {
      keys_.push_back(hash_of(event.text));
    } else {
      forgot_keys_ = true;
    }
  }
  return Done{};
}

Status YamlTranscoder::write_value(const YamlEvent& event) {
  if (frames_.empty() && event.kind == Kind::scalar) {
    return is_null(event) ? Status(Done{})
                          : wrong("not a record: expected 'key: value' lines, or a list of them");
  }
  if (!frames_.empty()) {
    Frame& frame = frames_.back();
    frame.at_key = frame.is_map;
    if (!frame.is_map) {
      put_comma();
    }
  }
  if (event.kind == Kind::scalar) {
    is_null(event) ? void(json_ += "null") : append_json_text(json_, event.text);
    return Done{};
  }
  if (frames_.size() >= deepest) {
    return wrong(fmt::format("nested deeper than {} levels with its aliases written out", deepest));
  }
  const bool is_map = event.kind == Kind::map;
  frames_.push_back({.is_map = is_map, .at_key = is_map, .keys_begin = keys_.size()});
  json_ += is_map ? '{' : '[';
  return Done{};
}

/// Finds the keys of what `<<` refers to that their mapping does not have itself.
class YamlTranscoder::Merge {
 public:
  explicit Merge(YamlTranscoder& source) : source_(source), nodes_(source.nodes_) {
    for (std::size_t i = source.frames_.back().keys_begin; i < source.keys_.size(); ++i) {
      seen_.insert(source.keys_[i]);
    }
  }

  Status merge(Node node, std::size_t depth) {
    if (depth > deepest) {
      return source_.wrong(fmt::format("'<<' leads to more than {} others in turn", deepest));
    }
    node = nodes_.resolved(node);
    if (auto spent = source_.spend(nodes_.event(node)); !spent) {
      return spent;
    }
    switch (nodes_.kind(node)) {
      case Kind::map:
        return merge_map(node, depth);
      case Kind::list:
        for (Node element = node + 1; nodes_.kind(element) != Kind::end;
             element = nodes_.after(element)) {
          if (auto merged = merge(element, depth + 1); !merged) {
            return merged;
          }
        }
        return Done{};
      default:
        return source_.wrong("'<<' merges a text: it can merge a mapping, or a list of them");
    }
  }

 private:
  Status merge_map(Node map, std::size_t depth) {
    std::vector<Node> further;
    for (Node key = map + 1; nodes_.kind(key) != Kind::end;) {
      const Node value = nodes_.after(key);
      const YamlEvent name = nodes_.event(nodes_.resolved(key));
      if (auto spent = source_.spend(name); !spent) {
        return spent;
      }
      if (is_merge_key(name)) {
        further.push_back(value);
      } else if (name.kind != Kind::scalar || seen_.insert(hash_of(name.text)).second) {
        if (auto written = write_pair(name, value); !written) {
          return written;
        }
      }
      key = nodes_.after(value);
    }
    for (const Node node : further) {
      if (auto merged = merge(node, depth + 1); !merged) {
        return merged;
      }
    }
    return Done{};
  }

  Status write_pair(const YamlEvent& name, Node value) {
    if (name.kind != Kind::scalar) {
      return source_.write_key(name);
    }
    source_.put_key(name.text);
    source_.frames_.back().at_key = false;
    return source_.repeat(value, 0);
  }

  YamlTranscoder& source_;
  const YamlNodes& nodes_;
  boost::unordered_flat_set<std::uint64_t> seen_;
};

Status YamlTranscoder::write_end() {
  if (!frames_.back().merges.empty()) {
    if (forgot_keys_) {
      return wrong("a mapping that '<<' merges into has too many keys: write the keys out");
    }
    const std::vector<Node> merges = std::move(frames_.back().merges);
    line_ = frames_.back().merge_line;
    Merge merge(*this);
    for (const Node node : merges) {
      if (auto merged = merge.merge(node, 0); !merged) {
        return merged;
      }
    }
    nodes_.forget(frames_.back().kept_begin);
  }
  const Frame& frame = frames_.back();
  keys_.resize(frame.keys_begin);
  json_ += frame.is_map ? '}' : ']';
  frames_.pop_back();
  if (frames_.empty()) {
    forgot_keys_ = false;
  }
  return Done{};
}

Status YamlTranscoder::repeat(Node node, std::size_t depth) {
  if (depth > deepest) {
    return wrong(fmt::format("an alias leads to more than {} others in turn", deepest));
  }
  const Node end = nodes_.after(node);
  while (node < end) {
    if (frames_.back().at_merge) {
      note_merge(node);
      node = nodes_.after(node);
      continue;
    }
    const YamlEvent event = nodes_.event(node);
    if (auto spent = spend(event); !spent) {
      return spent;
    }
    auto written =
        event.kind == Kind::alias ? repeat(nodes_.resolved(node), depth + 1) : write(event);
    if (!written) {
      return written;
    }
    ++node;
  }
  return Done{};
}

void YamlTranscoder::put_key(std::string_view text) {
  put_comma();
  append_json_text(json_, text);
  json_ += ':';
}

void YamlTranscoder::put_comma() {
  Frame& frame = frames_.back();
  if (frame.has_members) {
    json_ += ',';
  }
  frame.has_members = true;
}

/// Counts what aliases add, so that a few lines cannot become a file without end.
Status YamlTranscoder::spend(const YamlEvent& event) {
  expanded_ += step_cost + event.text.size();
  if (expanded_ > free_expansion + largest_expansion * parser_.bytes()) {
    return wrong(
        fmt::format("its aliases make this file more than {} times as large: an alias "
                    "bomb? write them out, or split the file",
                    largest_expansion));
  }
  return Done{};
}

Error YamlTranscoder::wrong(std::string message) const {
  return {std::move(message), {path_, line_}};
}

}  // namespace tierline
