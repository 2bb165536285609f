#include "mapping/export_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <filesystem>
#include <fstream>

#include "mapping/detect.h"
#include "profile/compiled.h"
#include "support/quote.h"
#include "tierline/output_mark.h"
#include "tierline/text.h"

namespace tierline {
namespace {

namespace fs = std::filesystem;

const std::shared_ptr<OpenExport> none;

std::string canonical(const std::string& path) {
  std::error_code error;
  const fs::path place = fs::weakly_canonical(path, error);
  return error ? path : place.generic_string();
}

/// Whether a file is that one, or in that folder; both canonical.
bool is_inside(std::string_view file, std::string_view folder) {
  return file.starts_with(folder) &&
         (file.size() == folder.size() || folder.ends_with('/') || file[folder.size()] == '/');
}

Error nothing_there(const std::string& name, const std::string& path) {
  return {fmt::format("--source {}={}: none of the inputs is there", name, path)};
}

/// What the end of a broken file says about why: APIs put an error object there.
std::string reason_in(const std::string& path) {
  std::error_code error_of_path;
  if (!fs::is_regular_file(path, error_of_path)) {
    return {};  // What a pipe held is gone.
  }
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) {
    return {};
  }
  constexpr std::streamoff tail_size = 4096;
  const std::streamoff size = file.tellg();
  file.seekg(std::max<std::streamoff>(0, size - tail_size));
  std::string tail(static_cast<std::size_t>(std::min(size, tail_size)), '\0');
  file.read(tail.data(), static_cast<std::streamsize>(tail.size()));
  const std::size_t error = tail.find("\"error\"");
  const std::size_t name = error == std::string::npos ? error : tail.find("\"message\"", error);
  const std::size_t begin = name == std::string::npos ? name : tail.find('"', name + 9);
  const std::size_t end = begin == std::string::npos ? begin : tail.find('"', begin + 1);
  return end == std::string::npos ? std::string() : tail.substr(begin + 1, end - begin - 1);
}

}  // namespace

ExportFiles::ExportFiles(const ExportRequest& request) : request_(request) {
  for (const Profile& profile : request_.profiles) {
    paths_.add(profile.compiled().record_paths);
  }
}

Status ExportFiles::list() {
  auto files = list_files(request_.inputs, has_export_ending);
  if (!files) {
    return std::move(files).error();
  }
  files_ = std::move(files->files);
  notices_ = std::move(files->notices);
  for (const InputFile& file : files_) {
    std::error_code error;
    const auto size = fs::file_size(file.path, error);
    bytes_ += error ? 0 : size;
  }
  return find_sources();
}

/// Whether members of archives are there shows when they are read.
Status ExportFiles::find_sources() {
  for (const auto& [name, path] : request_.sources) {
    SourceRoot root{name, canonical(path)};
    bool may_be_in_archive = false;
    for (const InputFile& file : files_) {
      const std::string place = canonical(file.path);
      root.has_files |= is_inside(place, root.path);
      may_be_in_archive |= is_inside(root.path, place);
    }
    if (!root.has_files && !may_be_in_archive) {
      return nothing_there(name, path);
    }
    sources_.push_back(std::move(root));
  }
  return Done{};
}

ExportFiles::Opened ExportFiles::next() {
  assert(current_ == nullptr);
  while (reader_ != nullptr || next_ < files_.size()) {
    auto opened = reader_ != nullptr ? next_in_reader() : open(files_[next_++]);
    if (!opened || *opened != nullptr) {
      return opened;
    }
  }
  return finish();
}

Result<std::optional<ExportChunk>> ExportFiles::next_chunk() {
  if (current_ == nullptr) {
    auto opened = next();
    if (!opened) {
      return std::move(opened).error();
    }
    if (*opened == nullptr) {
      return std::optional<ExportChunk>();
    }
    current_ = std::move(*opened);
  }
  auto chunk = current_->opened.records->next();
  if (!chunk) {
    return with_reason(std::move(chunk).error(), current_->disk_path);
  }
  ExportChunk taken{current_, std::move(*chunk)};
  if (!taken.chunk) {
    current_.reset();
  }
  return std::optional<ExportChunk>(std::move(taken));
}

ExportFiles::Opened ExportFiles::finish() {
  if (started_ == 0 && !may_be_unknown()) {
    const std::string advice =
        !request_.profiles_are_named
            ? "`tierline profiles` lists what can be read; describe anything "
              "else with --profile"
            : "`tierline profiles check` with the same --profile shows why";
    return Error{"nothing here is an export that a profile understands: " + advice,
                 {request_.inputs.size() == 1 ? request_.inputs.front() : ""}};
  }
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    if (!sources_[i].has_files) {
      return nothing_there(sources_[i].name, request_.sources[i].second);
    }
  }
  return none;
}

/// Begins with what stands at a path. Null, like all below, where there is no export yet.
ExportFiles::Opened ExportFiles::open(const InputFile& file) {
  disk_file_ = file;
  started_before_ = started_;
  passed_over_.reset();
  auto reader = FileReader::open(file.path);
  if (!reader) {
    return reject(file, std::move(reader).error());
  }
  reader_ = std::move(*reader);
  return none;
}

ExportFiles::Opened ExportFiles::next_in_reader() {
  auto file = reader_->next();
  if (!file) {
    reader_.reset();
    const bool matters = started_ > started_before_;
    return matters ? Opened(std::move(file).error()) : reject(disk_file_, std::move(file).error());
  }
  if (!*file) {
    return end_reader();
  }
  auto& [path, text] = **file;
  const InputFile input{path, disk_file_.named && !reader_->is_archive()};
  return text ? open_file(input, std::move(*text)) : reject(input, std::move(text).error());
}

/// An archive without exports is as good as a file that is none.
ExportFiles::Opened ExportFiles::end_reader() {
  const bool is_fruitless =
      reader_->is_archive() && started_ == started_before_ && !may_be_unknown();
  done_bytes_ += reader_->bytes_read();
  reader_.reset();
  if (!is_fruitless) {
    return none;
  }
  std::string message = "nothing in this archive is an export that a profile understands";
  if (passed_over_) {
    message +=
        fmt::format("; first of all {}: {}", passed_over_->place.file, passed_over_->message);
  }
  return reject(disk_file_, {message, {disk_file_.path}});
}

ExportFiles::Opened ExportFiles::open_file(const InputFile& file,
                                           std::shared_ptr<TextSource> text) {
  if (is_own_output(text->beginning())) {
    return skip(file, own_output_kind, "a report of tierline itself: skipped");
  }
  auto opened = open_export(std::move(text), file.path, paths_);
  if (!opened) {
    return reject(file, std::move(opened).error());
  }
  auto found = matching_profiles(request_.profiles, *opened->records, file.path);
  if (!found) {
    return reject(file, std::move(found).error());
  }
  const std::vector<const Profile*>& matching = found->profiles;
  if (request_.hands_out_all || matching.size() == 1) {
    return start(file, std::move(*opened), std::move(*found));
  }
  Error error = unclear(file.path, *opened, matching);
  if (!may_be_unknown() && (file.named || !matching.empty())) {
    return error;
  }
  return skip(file, "not-an-export", error.message);
}

/// A broken file ends the run when it was named or must be an export; others in a folder or an
/// archive are none of ours.
ExportFiles::Opened ExportFiles::reject(const InputFile& file, Error error) {
  if (file.named || has_export_ending(file.path) || is_table(file.path)) {
    return with_reason(std::move(error), disk_file_.path);
  }
  return skip(file, "not-an-export", error.message);
}

ExportFiles::Opened ExportFiles::skip(const InputFile& file, std::string_view kind,
                                      const std::string& why) {
  notices_.push_back({std::string(kind), why, {file.path}});
  if (!passed_over_) {
    passed_over_ = notices_.back();
  }
  return none;
}

ExportFiles::Opened ExportFiles::start(const InputFile& file, OpenedFile opened,
                                       Matching matching) {
  auto started = std::make_shared<OpenExport>();
  ++started_;
  started->path = file.path;
  started->disk_path = disk_file_.path;
  started->opened = std::move(opened);
  if (matching.profiles.size() == 1) {
    const Profile& profile = *matching.profiles.front();
    started->profile = &profile;
    started->table = profile.compiled().table_of_file(file.path);
    started->source = source_of(file.path, profile);
  }
  started->opened.records->expect(started->profile == nullptr
                                      ? FieldSelection::nothing()
                                      : selection_of(*started->profile, started->table));
  started->matching = std::move(matching);
  return started;
}

/// Items may have fields that are called as those of persons are: a department, a manager.
const FieldSelection& ExportFiles::selection_of(const Profile& profile, const std::string& table) {
  const bool holds_items = profile.compiled().holds_items(table);
  const auto known = selection_.find({&profile, holds_items});
  if (known != selection_.end()) {
    return known->second;
  }
  InputSet details = request_.details;
  constexpr auto first_of_parties = static_cast<std::size_t>(RuleInput::title);
  constexpr auto last_of_parties = static_cast<std::size_t>(RuleInput::members);
  for (std::size_t i = first_of_parties; holds_items && i <= last_of_parties; ++i) {
    details.reset(i);
  }
  return selection_
      .emplace(std::pair(&profile, holds_items), profile.compiled().selection_for(details))
      .first->second;
}

/// The innermost source that the file is in. What a member is called leads nowhere on disk.
std::string ExportFiles::source_of(const std::string& path, const Profile& profile) {
  const std::string place = canonical(disk_file_.path) + path.substr(disk_file_.path.size());
  std::string name = profile.id();
  std::size_t longest = 0;
  for (SourceRoot& root : sources_) {
    if (is_inside(place, root.path)) {
      root.has_files = true;
      if (root.path.size() >= longest) {
        longest = root.path.size();
        name = root.name;
      }
    }
  }
  return name;
}

/// Whether a profile has a table of that file's name.
bool ExportFiles::is_table(const std::string& path) const {
  return std::ranges::any_of(request_.profiles, [&](const Profile& profile) {
    return !profile.compiled().table_of_file(path).empty();
  });
}

Error ExportFiles::unclear(const std::string& path, const OpenedFile& opened,
                           std::span<const Profile* const> matching) const {
  std::vector<std::string> names;
  if (matching.empty()) {
    for (const Profile& profile : request_.profiles) {
      names.push_back(profile.id());
    }
  } else {
    for (const Profile* profile : matching) {
      names.push_back(profile->id());
    }
  }
  std::vector<std::string> fields = opened.records->fields();
  const bool cut = fields.size() > 8;
  fields.resize(std::min<std::size_t>(fields.size(), 8));
  const std::string seen =
      fields.empty()
          ? std::string("no records")
          : fmt::format("the fields {}{}", as_said(join(fields, ", ")), cut ? ", ..." : "");
  if (matching.empty()) {
    const std::string advice =
        path == "-" ? "save it as a file that is named after its table"
        : opened.syntax->has_header_line
            ? "name the file after its table, with the fields' names in its first line"
            : "name the file after its table";
    return {fmt::format("no profile understands this file: {} {} tried, and {} found; {}, or "
                        "describe it with --profile",
                        join(names, ", "), names.size() == 1 ? "was" : "were", seen, advice),
            {path}};
  }
  return {fmt::format("more than one profile understands this file: {}; {} found; choose one with "
                      "--profile",
                      join(names, ", "), seen),
          {path}};
}

Error with_reason(Error error, const std::string& disk_path) {
  const std::string reason = error.place.file == disk_path ? reason_in(disk_path) : "";
  if (!reason.empty()) {
    error.message += fmt::format(" (the file itself says: {})", as_said(reason));
  }
  return error;
}

}  // namespace tierline
