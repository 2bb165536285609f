#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tierline {

/// Places in a document where records stand that nobody would look for there: `$.data.items[*]` are
/// the elements of a list, `$.objects.*` the members of an object, whatever they are called. `$` is
/// the document; in XML, its root.
class RecordPaths {
 public:
  using Node = std::uint32_t;
  static constexpr Node root = 0;
  static constexpr Node none = UINT32_MAX;

  RecordPaths() : nodes_(1) {}

  /// False where it is no path.
  bool add(std::string_view path);
  void add(const RecordPaths& others);

  [[nodiscard]] Node member(Node node, std::string_view name) const;
  /// Whether it is a place only because any name is.
  [[nodiscard]] bool is_any(Node node, std::string_view name) const;
  [[nodiscard]] Node element(Node node) const;
  /// Whether what stands here is a record or, where it is a list, records.
  [[nodiscard]] bool is_record(Node node) const;
  /// Whether there are places in what stands here.
  [[nodiscard]] bool leads_on(Node node) const;

 private:
  struct Step {
    std::map<std::string, Node, std::less<>> children;
    bool is_record = false;
  };
  [[nodiscard]] Node child(Node node, std::string_view step) const;
  void add(Node node, const RecordPaths& others, Node other);

  std::vector<Step> nodes_;
};

}  // namespace tierline
