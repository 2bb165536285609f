#include <algorithm>

#include "support/text.h"
#include "tierline/input.h"

namespace tierline {
namespace {

bool is_binary(std::string_view beginning) {
  return beginning.find('\0') != std::string_view::npos;
}

}  // namespace

Result<OpenedFile> open_export(const std::string& path) {
  auto source = ByteSource::open(path);
  if (!source) {
    return std::move(source).error();
  }
  const std::string_view beginning = (*source)->beginning();
  if (trim(beginning).empty()) {
    return Error{"the file is empty: the export failed, make it again", {path}};
  }
  if (is_binary(beginning)) {
    return Error{"not text: export as JSON, CSV or XML, in UTF-8, or UTF-16 with a byte order mark",
                 {path}};
  }
  OpenedFile file{.syntax = nullptr, .source = *source, .records = nullptr};
  const auto syntaxes = Register<Syntax>::all();
  file.syntax = *std::ranges::max_element(
      syntaxes, {}, [&](const Syntax* syntax) { return syntax->likeness(beginning); });
  auto records = file.syntax->open(*source, path);
  if (!records) {
    return std::move(records).error();
  }
  file.records = std::move(*records);
  return file;
}

}  // namespace tierline
