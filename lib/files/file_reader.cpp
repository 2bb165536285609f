#include <algorithm>

#include "files/archive_members.h"
#include "files/text_source.h"
#include "tierline/text.h"

namespace tierline {
namespace {

class SingleFile final : public FileReader {
 public:
  SingleFile(File file, std::shared_ptr<Expansion> expansion)
      : file_(std::move(file)), expansion_(std::move(expansion)) {}

  Result<std::optional<File>> next() override { return std::exchange(file_, std::nullopt); }
  [[nodiscard]] bool is_archive() const override { return false; }
  [[nodiscard]] std::uint64_t bytes_read() const override { return expansion_->taken(); }

 private:
  std::optional<File> file_;
  std::shared_ptr<Expansion> expansion_;
};

}  // namespace

Result<std::unique_ptr<FileReader>> FileReader::open(const std::string& path) {
  const auto expansion = std::make_shared<Expansion>();
  auto bytes = open_bytes(path, expansion);
  if (!bytes) {
    return std::move(bytes).error();
  }
  auto unpacked = unpack(std::move(*bytes), path, expansion);
  if (!unpacked) {
    return std::move(unpacked).error();
  }
  if (unpacked->compression == Compression::none) {
    return std::unique_ptr<FileReader>(std::make_unique<SingleFile>(
        File{path, read_as_text(std::move(unpacked->bytes))}, expansion));
  }
  auto archive = std::make_unique<ArchiveMembers>(std::move(*unpacked), path, expansion);
  if (auto begun = archive->begin(); !begun) {
    return std::move(begun).error();
  }
  return std::unique_ptr<FileReader>(std::move(archive));
}

std::string_view without_compression_ending(std::string_view path) {
  constexpr std::string_view endings[] = {".gz", ".bz2", ".xz", ".zst", ".lz4", ".lz"};
  const std::string lower = to_lower(path);
  const auto* const found = std::ranges::find_if(
      endings, [&](std::string_view ending) { return lower.ends_with(ending); });
  return found == std::end(endings) ? path : path.substr(0, path.size() - found->size());
}

}  // namespace tierline
