// An earlier run, as a report or a baseline file tells of it. Both have the same members where they
// say the same, so one reader reads both: a report is one JSON value, a baseline file one a line.

#include <fmt/format.h>
#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "baseline/night.h"
#include "files/files.h"
#include "support/id128.h"
#include "tierline/baseline.h"
#include "tierline/text.h"

namespace tierline {
namespace {

/// The text of a file, as RapidJSON takes it.
class CharacterStream {
 public:
  using Ch = char;

  explicit CharacterStream(TextSource& source) : source_(source) {}

  char Peek() { return at_ < size_ || fill() ? buffer_[at_] : '\0'; }
  char Take() {
    const char c = Peek();
    if (at_ < size_) {
      lines_ += c == '\n' ? 1U : 0U;
      ++at_;
      ++taken_;
    }
    return c;
  }
  [[nodiscard]] std::size_t Tell() const { return taken_; }
  [[nodiscard]] std::uint64_t line() const { return 1 + lines_; }
  [[nodiscard]] bool is_at_end() { return at_ == size_ && !fill(); }
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

  // RapidJSON asks for these when it parses in place, which it does not here.
  char* PutBegin() { return nullptr; }
  void Put(char) {}
  void Flush() {}
  std::size_t PutEnd(char*) { return 0; }

 private:
  bool fill() {
    if (is_over_) {
      return false;
    }
    auto got = source_.read(buffer_);
    if (!got) {
      error_ = std::move(got).error();
    }
    size_ = got ? *got : 0;
    at_ = 0;
    is_over_ = size_ < buffer_.size();
    return size_ > 0;
  }

  TextSource& source_;
  std::array<char, 64 * 1024> buffer_;
  std::size_t at_ = 0;
  std::size_t size_ = 0;
  std::size_t taken_ = 0;
  std::uint64_t lines_ = 0;
  bool is_over_ = false;
  std::optional<Error> error_;
};

/// Takes what is wanted of the values as they come. Where a value stands is a text such as
/// `findings[].subject.id`.
class Handler : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Handler> {
 public:
  explicit Handler(Baseline& baseline) : baseline_(baseline) {}

  bool StartObject() {
    frames_.push_back(path_.size());
    if (is_finding()) {
      finding_ = {};
      has_fingerprint_ = false;
      has_evidence_ = false;
      evidence_.clear();
    }
    has_evidence_ |= path_ == "evidence" || path_ == "findings[].evidence";
    return true;
  }
  bool Key(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    path_.resize(frames_.back());
    path_ += path_.empty() ? "" : ".";
    path_.append(text, size);
    return true;
  }
  bool EndObject(rapidjson::SizeType /*members*/) {
    path_.resize(frames_.back());
    if (is_finding() && has_fingerprint_) {
      if (has_evidence_) {
        finding_.evidence = evidence_hash(evidence_);
      }
      baseline_.findings.push_back(std::move(finding_));
    }
    if (path_ == "classes[]") {
      baseline_.items[fmt::format("{}/{}", class_source_, class_name_)] = class_items_;
    }
    if (path_ == "rules[]" && current_rule(rule_) == rule_of_orphans) {
      orphans_ = rule_findings_;
    }
    if (path_ == "inputs[]") {
      baseline_.records[fmt::format("{}/{}", input_source_, input_table_)] += input_records_;
    }
    frames_.pop_back();
    return true;
  }
  bool StartArray() {
    frames_.push_back(path_.size());
    path_ += "[]";
    return true;
  }
  bool EndArray(rapidjson::SizeType /*elements*/) {
    path_.resize(frames_.back());
    frames_.pop_back();
    return true;
  }
  bool String(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    return take_text({text, size});
  }
  bool Uint(unsigned number) { return take_number(number); }
  bool Uint64(std::uint64_t number) { return take_number(number); }
  bool Bool(bool flag) {
    if (path_ == "run.redacted" || path_ == "redacted") {
      baseline_.is_redacted = flag;
    } else if (path_ == "run.incomplete") {
      is_incomplete_ = flag;
    }
    return true;
  }
  bool Default() { return true; }

  /// Whether what was read is tierline's at all.
  [[nodiscard]] bool is_known() const { return is_report_ || is_baseline_; }
  [[nodiscard]] bool is_later() const { return version_ > 1; }
  [[nodiscard]] const std::string& complaint() const { return complaint_; }
  [[nodiscard]] bool is_incomplete() const { return is_incomplete_; }
  /// That none were found says nothing where nobody could look.
  [[nodiscard]] std::optional<std::uint64_t> orphans() const {
    return orphans_ == 0U && are_orphans_left_open_ ? std::nullopt : orphans_;
  }

 private:
  static constexpr std::string_view in_list = "findings[]";
  static constexpr std::string_view of_evidence = "evidence.";
  static constexpr std::string_view of_summary = "summary.tiers.";
  static constexpr std::string_view of_coverage = "coverage.";

  /// A finding is an element of the list of a report, or a line of a baseline file.
  [[nodiscard]] bool is_finding() const { return path_.empty() || path_ == in_list; }

  bool take_text(std::string_view text) {
    std::string_view at = path_;
    if (at.starts_with("findings[].")) {
      return take_of_finding(at.substr(in_list.size() + 1), text);
    }
    if (at == "tool.name") {
      is_report_ = text == "tierline";
    } else if (at == "tierline") {
      is_baseline_ = text == "baseline";
    } else if (at == "run.asOf" || at == "asOf") {
      baseline_.as_of = text;
    } else if (at == "run.estate" || at == "estate") {
      baseline_.estate = text;
    } else if (at == "classes[].source") {
      class_source_ = text;
    } else if (at == "classes[].class") {
      class_name_ = text;
    } else if (at == "inputs[].source") {
      input_source_ = text;
    } else if (at == "inputs[].table") {
      input_table_ = text;
    } else if (at == "rules[].id") {
      rule_ = text;
    } else if (at == "ledger.rulesNotEvaluated[]") {
      are_orphans_left_open_ |= current_rule(text) == rule_of_orphans;
    } else {
      return take_of_finding(at, text);
    }
    return true;
  }

  bool take_number(std::uint64_t number) {
    if (path_ == "schemaVersion" || path_ == "version") {
      version_ = number;
    } else if (path_ == "inputs[].records") {
      input_records_ = number;
    } else if (path_ == "classes[].items") {
      class_items_ = number;
    } else if (path_ == "rules[].findings") {
      rule_findings_ = number;
    } else if (std::uint64_t* const figure = figure_at(path_)) {
      *figure = number;
    } else if (path_.starts_with("items.")) {
      baseline_.items[path_.substr(std::string_view("items.").size())] = number;
    } else if (path_.starts_with("records.")) {
      baseline_.records[path_.substr(std::string_view("records.").size())] = number;
    }
    return true;
  }

  /// What a report or a baseline counts of the live items of a tier; null for all else.
  std::uint64_t* figure_at(std::string_view path) {
    if (path.starts_with(of_summary)) {
      path.remove_prefix(of_summary.size());
    } else if (path.starts_with(of_coverage)) {
      path.remove_prefix(of_coverage.size());
    } else {
      return nullptr;
    }
    for (std::size_t tier = 0; tier < tier_count; ++tier) {
      const std::string_view name = to_string(static_cast<Tier>(tier));
      if (path.starts_with(name)) {
        path.remove_prefix(name.size());
        path.remove_prefix(path.starts_with(".ownership") ? std::string_view(".ownership").size()
                                                          : 0);
        return figure_called(path, tier);
      }
    }
    return nullptr;
  }

  std::uint64_t* figure_called(std::string_view member, std::size_t tier) {
    const std::array<std::pair<std::string_view, std::uint64_t Coverage::*>, 4> members = {{
        {".live", &Coverage::live},
        {".owned", &Coverage::owned},
        {".unowned", &Coverage::unowned},
        {".notEvaluated", &Coverage::not_evaluated},
    }};
    for (const auto& [name, figure] : members) {
      if (name == member) {
        if (!baseline_.coverage) {
          baseline_.coverage.emplace();
        }
        return &((*baseline_.coverage)[tier].*figure);
      }
    }
    return nullptr;
  }

  bool take_of_finding(std::string_view member, std::string_view text) {
    if (member == "fingerprint") {
      const auto id = parse_id128(text);
      if (!id) {
        return complain(fmt::format("'{}' is no fingerprint", shortened(text)));
      }
      finding_.fingerprint = *id;
      has_fingerprint_ = true;
    } else if (member == "severity") {
      const auto severity = severity_called(text);
      if (!severity) {
        return complain(fmt::format("'{}' is no severity", shortened(text)));
      }
      finding_.severity = *severity;
    } else if (std::string* const wanted = member_of_finding(member)) {
      *wanted = text;
    } else if (member == "subject.members[]") {
      finding_.members.emplace_back(text);
    } else if (member == "accepted.until") {
      finding_.was_accepted = true;
    } else if (member.starts_with(of_evidence)) {
      take_evidence(member.substr(of_evidence.size()), text);
    }
    return true;
  }

  void take_evidence(std::string_view name, std::string_view text) {
    name = name.substr(0, name.find("[]"));
    if (is_defining(name)) {
      append_evidence(evidence_, name, text);
    }
  }

  std::string* member_of_finding(std::string_view member) {
    const std::array<std::pair<std::string_view, std::string*>, 6> members = {{
        {"rule", &finding_.rule},
        {"since", &finding_.since},
        {"subject.kind", &finding_.kind},
        {"subject.id", &finding_.id},
        {"subject.name", &finding_.name},
        {"subject.source", &finding_.source},
    }};
    const auto* const found =
        std::ranges::find(members, member, &std::pair<std::string_view, std::string*>::first);
    return found == members.end() ? nullptr : found->second;
  }

  bool complain(std::string complaint) {
    complaint_ = std::move(complaint);
    return false;
  }

  Baseline& baseline_;
  std::string path_;
  std::vector<std::size_t> frames_;  ///< How long the path was where each began.
  BaselineFinding finding_;
  bool has_fingerprint_ = false;
  std::string evidence_;  ///< What defines it.
  bool has_evidence_ = false;
  std::string input_source_;
  std::string input_table_;
  std::uint64_t input_records_ = 0;
  std::string class_source_;
  std::string class_name_;
  std::uint64_t class_items_ = 0;
  std::string rule_;
  std::uint64_t rule_findings_ = 0;
  std::optional<std::uint64_t> orphans_;  ///< As the report counts them.
  bool are_orphans_left_open_ = false;
  bool is_incomplete_ = false;
  std::uint64_t version_ = 0;
  bool is_report_ = false;
  bool is_baseline_ = false;
  std::string complaint_;
};

/// Every JSON value in the text.
Status read_values(const std::string& path, CharacterStream& stream, Handler& handler) {
  constexpr unsigned flags = rapidjson::kParseIterativeFlag | rapidjson::kParseStopWhenDoneFlag |
                             rapidjson::kParseValidateEncodingFlag;
  rapidjson::Reader reader;
  const auto skip_blanks = [&] {
    while (!stream.is_at_end() && is_blank(stream.Peek())) {
      stream.Take();
    }
  };
  for (skip_blanks(); !stream.is_at_end(); skip_blanks()) {
    reader.Parse<flags>(stream, handler);
    if (stream.error()) {
      return *stream.error();
    }
    if (reader.HasParseError()) {
      const std::string why =
          handler.complaint().empty()
              ? to_lower(rapidjson::GetParseError_En(reader.GetParseErrorCode()))
              : handler.complaint();
      return Error{fmt::format("no baseline that can be read: {}", why), {path, stream.line()}};
    }
    if (!handler.is_known()) {
      break;
    }
  }
  if (stream.error()) {
    return *stream.error();
  }
  if (!handler.is_known()) {
    return Error{"neither a JSON report of tierline nor what `tierline baseline create` writes",
                 {path}};
  }
  if (handler.is_later()) {
    return Error{"was written by a later version of tierline", {path}};
  }
  return Done{};
}

}  // namespace

Result<std::optional<Baseline>> read_baseline(const std::string& path) {
  NightFigures figures;
  return read_night(path, figures);
}

Result<std::optional<Baseline>> read_night(const std::string& path, NightFigures& figures) {
  std::error_code error;
  if (std::filesystem::status(path, error).type() == std::filesystem::file_type::not_found) {
    return std::optional<Baseline>();
  }
  auto reader = FileReader::open(path);
  if (!reader) {
    return std::move(reader).error();
  }
  auto file = (*reader)->next();
  if (!file) {
    return std::move(file).error();
  }
  if (!*file || (*reader)->is_archive()) {
    return Error{"no baseline: it is empty, or an archive", {path}};
  }
  if (!(*file)->text) {
    return std::move((*file)->text).error();
  }
  Baseline baseline;
  baseline.file = path;
  Handler handler(baseline);
  const auto stream = std::make_unique<CharacterStream>(**(*file)->text);
  if (auto read = read_values(path, *stream, handler); !read) {
    return std::move(read).error();
  }
  for (BaselineFinding& finding : baseline.findings) {
    if (finding.since.empty()) {
      finding.since = baseline.as_of;
    }
    finding.rule = current_rule(finding.rule);
  }
  std::ranges::stable_sort(baseline.findings, {}, &BaselineFinding::fingerprint);
  const auto doubles = std::ranges::unique(baseline.findings, {}, &BaselineFinding::fingerprint);
  baseline.findings.erase(doubles.begin(), doubles.end());
  figures = figures_of(baseline);
  figures.orphans = handler.orphans();
  figures.is_incomplete = handler.is_incomplete();
  return std::optional(std::move(baseline));
}

const BaselineFinding* Baseline::find(std::string_view fingerprint) const {
  const auto id = parse_id128(fingerprint);
  const auto found = std::ranges::find_if(
      findings, [&](const BaselineFinding& one) { return id && one.fingerprint == *id; });
  return found == findings.end() ? nullptr : &*found;
}

}  // namespace tierline
