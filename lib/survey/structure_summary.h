#pragma once
// The structure of nested documents: which objects and lists stand in which, with all that stands
// at one place put together. A survey looks through lists and objects; this tells what they are,
// before anyone has said where records stand.

#include <boost/unordered/unordered_flat_set.hpp>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace tierline {

struct StructureSummary {
  using Members = std::map<std::string, std::unique_ptr<StructureSummary>, std::less<>>;
  static constexpr std::size_t most_members = 2'000;
  static constexpr std::size_t most_texts = 2'000;
  static constexpr std::size_t most_places = 200'000;
  static constexpr std::size_t most_bytes = 32 * 1024 * 1024;

  std::uint64_t objects = 0;
  std::uint64_t nulls = 0;
  std::uint64_t texts = 0;  ///< That are not empty, also those in lists.
  bool has_tags = false;    ///< Names are never those of records; said before records are added.
  Members members;          ///< Of the objects.
  std::unique_ptr<StructureSummary> elements;       ///< Of lists, where some are objects.
  boost::unordered_flat_set<std::uint64_t> hashes;  ///< Of the first texts.
  std::size_t places = 0;                           ///< In all, of the documents.
  std::size_t bytes = 0;                            ///< The same.

  /// Adds a record, which stands in the list of that name, or is a document where that is empty. Of
  /// what is no JSON, and of what is too much, the beginning.
  void add_record(std::string_view container, std::string_view json);
  /// Adds what another place has.
  void add(const StructureSummary& other);
  [[nodiscard]] std::uint64_t occurrences() const { return objects + nulls + texts; }
};

}  // namespace tierline
