#pragma once
// The room of YAML: yaml.cpp tells what is YAML, yaml_parser.h steps through it, yaml_nodes.h keeps
// what an alias or a merge may ask for again. All that comes after reads JSON.
//
// YAML as a source of JSON, a document a value:
//
//   ---                               (nothing)
//   - name: a    # the first          [{"name":"a"
//     note: ~                         ,"note":null}
//   - {name: b}                       ,{"name":"b"}]
//
// Scalars become texts, except that a plain null is one. Aliases are replaced by what they stand
// for, `<<` by the keys that it merges, tags are left out.

#include <memory>
#include <string>
#include <vector>

#include "input/json/json.h"
#include "input/json/transcoder.h"
#include "input/yaml/yaml_nodes.h"
#include "input/yaml/yaml_parser.h"

namespace tierline {

class YamlTranscoder final : public JsonTranscoder {
 public:
  static constexpr std::size_t deepest = deepest_json;
  /// Aliases may add that much, and beyond that this many times what the file itself holds.
  static constexpr std::uint64_t free_expansion = 8 * 1024 * 1024;
  static constexpr std::uint64_t largest_expansion = 100;

  YamlTranscoder(std::shared_ptr<TextSource> yaml, std::string path);

 private:
  using Kind = YamlEvent::Kind;
  using Node = YamlNodes::Node;

  /// A list or mapping that is being written.
  struct Frame {
    bool is_map = false;
    bool has_members = false;
    bool at_key = false;
    bool at_merge = false;       ///< The next node is what `<<` merges.
    std::size_t keys_begin = 0;  ///< Its keys stand in `keys_` from here on.
    std::vector<Node> merges = {};
    Node kept_begin = 0;  ///< What was kept for its merges stands behind this.
    std::uint64_t merge_line = 0;
  };
  class Merge;

  Result<bool> write_on() override;
  Status step();
  Status take(const YamlEvent& event);
  Status take_merged(const YamlEvent& event, Node target);
  void note_merge(Node node);
  [[nodiscard]] Result<Node> target_of(const YamlEvent& alias) const;

  Status write(const YamlEvent& event);
  Status write_key(const YamlEvent& event);
  Status write_value(const YamlEvent& event);
  Status write_end();
  /// Writes a kept node once more.
  Status repeat(Node node, std::size_t depth);
  void put_key(std::string_view text);
  void put_comma();

  Status spend(const YamlEvent& event);
  [[nodiscard]] Error wrong(std::string message) const;

  std::string path_;
  YamlParser parser_;
  YamlNodes nodes_;
  std::size_t merged_depth_ = 0;  ///< How many kept nodes were open before the one that is merged.
  bool in_merged_ = false;        ///< A node that is to be merged is being kept, not written.
  std::size_t depth_ = 0;         ///< Of the YAML itself.
  std::uint64_t line_ = 1;        ///< Of the YAML at hand.
  std::uint64_t expanded_ = 0;

  std::vector<Frame> frames_;
  std::vector<std::uint64_t> keys_;  ///< Their hashes.
  bool forgot_keys_ = false;

  bool ended_ = false;
};

}  // namespace tierline
