#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <utility>

#include "input/input.h"
#include "tierline/text.h"

namespace tierline {
namespace {

bool is_binary(std::string_view beginning) {
  return beginning.find('\0') != std::string_view::npos;
}

bool has_ending(const Syntax& syntax, const std::string& path) {
  const std::string ending =
      to_lower(std::filesystem::path(without_compression_ending(path)).extension().string());
  return std::ranges::find(syntax.endings, ending) != syntax.endings.end();
}

/// An ending counts for more than text that could be anything.
const Syntax& syntax_of(std::string_view beginning, const std::string& path) {
  constexpr int promised = 2;
  const auto syntaxes = Register<Syntax>::all();
  return **std::ranges::max_element(syntaxes, {}, [&](const Syntax* syntax) {
    const int likeness = syntax->likeness(beginning);
    return std::pair(likeness == 0 && has_ending(*syntax, path) ? promised : likeness, likeness);
  });
}

/// `CSV, JSON, XML or YAML`.
std::string names_of_syntaxes() {
  std::vector<std::string> names = Register<Syntax>::ids();
  for (std::string& name : names) {
    std::ranges::transform(name, name.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  }
  const std::string last = names.back();
  names.pop_back();
  return fmt::format("{} or {}", join(names, ", "), last);
}

}  // namespace

bool has_export_ending(const std::string& path) {
  return std::ranges::any_of(Register<Syntax>::all(),
                             [&](const Syntax* syntax) { return has_ending(*syntax, path); });
}

Result<OpenedFile> open_export(std::shared_ptr<TextSource> source, const std::string& path,
                               const RecordPaths& paths) {
  const std::string_view beginning = source->beginning();
  if (trim(beginning).empty()) {
    return Error{"the file is empty: the export failed, make it again", {path}};
  }
  if (is_binary(beginning)) {
    std::string message = fmt::format(
        "not text: export as {}, in UTF-8, or UTF-16 with a byte order mark", names_of_syntaxes());
    std::string bytes(beginning.size(), ' ');
    if (const auto got = source->read(bytes); !got) {
      message += "; " + got.error().message;
    }
    return Error{std::move(message), {path}};
  }
  const Syntax& syntax = syntax_of(beginning, path);
  auto records = syntax.open(source, path, paths);
  if (!records) {
    return std::move(records).error();
  }
  return OpenedFile{&syntax, std::move(source), std::move(*records)};
}

}  // namespace tierline
