// expat does the reading. DOCTYPE is refused: no export needs one, and with it come entities that
// expand without end and files that are fetched from elsewhere.

#include "input/xml/xml_transcoder.h"

#include <expat.h>
#include <fmt/format.h>

#include <algorithm>

#include "files/text_source.h"
#include "input/conflict_marker.h"
#include "input/json/transcoder.h"
#include "input/refill_buffer.h"
#include "input/xml/xml_record.h"
#include "support/quote.h"
#include "tierline/text.h"
#include "tierline/utf8.h"

namespace tierline {
namespace {

/// A tag with its attributes, or a comment: expat keeps it whole.
constexpr std::size_t largest_tag = 4 * 1024 * 1024;
/// Records are left out long before; this bounds what expat keeps.
constexpr std::size_t deepest = 10'000;
/// Line ends that may wait for the next record.
constexpr std::uint64_t most_lines_owed = 64 * 1024;

struct FreeParser {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

/// The encoding that the first line names, in small letters.
std::string declared_encoding(std::string_view beginning) {
  const std::string_view text = trim(beginning);
  const std::string_view line = text.substr(0, text.find("?>"));
  const std::size_t name = line.find("encoding");
  const std::size_t begin =
      line.starts_with("<?xml") ? line.find_first_of("\"'", name) : std::string_view::npos;
  if (name == std::string_view::npos || begin == std::string_view::npos) {
    return {};
  }
  const std::string encoding =
      to_lower(line.substr(begin + 1, line.find(line[begin], begin + 1) - begin - 1));
  const bool is_name =
      encoding.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-:") == std::string::npos;
  return is_name ? encoding : std::string();
}

/// Tells expat what the bytes of Windows-1252 stand for; other encodings that it does not know
/// itself are refused.
int know_encoding(void* /*data*/, const XML_Char* name, XML_Encoding* encoding) {
  const std::string lower = to_lower(name);
  if (lower != "windows-1252" && lower != "cp1252") {
    return XML_STATUS_ERROR;
  }
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    const std::string utf8 = from_windows_1252({&c, 1});
    const auto unit = [&](std::size_t i) { return static_cast<unsigned char>(utf8[i]); };
    encoding->map[byte] =
        utf8.size() == 1   ? unit(0)
        : utf8.size() == 2 ? ((unit(0) & 0x1F) << 6) + (unit(1) & 0x3F)
                           : ((unit(0) & 0x0F) << 12) + ((unit(1) & 0x3F) << 6) + (unit(2) & 0x3F);
  }
  encoding->data = nullptr;
  encoding->convert = nullptr;
  encoding->release = nullptr;
  return XML_STATUS_OK;
}

class XmlTranscoder final : public JsonTranscoder {
 public:
  XmlTranscoder(std::shared_ptr<TextSource> source, std::string path, const RecordPaths& paths,
                std::size_t piece_size)
      : JsonTranscoder(std::move(source)),
        path_(std::move(path)),
        paths_(paths),
        encoding_(declared_encoding(source_->beginning())),
        piece_(piece_size, '\0') {
    // UTF-16 was converted when the file was opened, whatever its first line still says.
    const bool is_converted = encoding_.starts_with("utf-16") || encoding_.starts_with("ucs-2");
    parser_.reset(XML_ParserCreate(is_converted ? "UTF-8" : nullptr));
    XML_Parser parser = parser_.get();
    XML_SetUserData(parser, this);
    XML_SetElementHandler(
        parser,
        [](void* self, const char* name, const char** attributes) {
          static_cast<XmlTranscoder*>(self)->start(name, attributes);
        },
        [](void* self, const char*) { static_cast<XmlTranscoder*>(self)->end(); });
    XML_SetCharacterDataHandler(parser, [](void* self, const char* text, int size) {
      static_cast<XmlTranscoder*>(self)->text({text, static_cast<std::size_t>(size)});
    });
    XML_SetStartDoctypeDeclHandler(parser,
                                   [](void* self, const char* name, const char*, const char*, int) {
                                     static_cast<XmlTranscoder*>(self)->doctype(name);
                                   });
    XML_SetCommentHandler(
        parser, [](void* self, const char*) { static_cast<XmlTranscoder*>(self)->see(); });
    XML_SetProcessingInstructionHandler(parser, [](void* self, const char*, const char*) {
      static_cast<XmlTranscoder*>(self)->see();
    });
    XML_SetDefaultHandlerExpand(
        parser, [](void* self, const char*, int) { static_cast<XmlTranscoder*>(self)->see_end(); });
    XML_SetUnknownEncodingHandler(parser, know_encoding, nullptr);
  }

 private:
  // --- XML in

  Result<bool> write_on() override {
    if (failure_) {
      return *failure_;
    }
    if (at_end_) {
      return false;
    }
    auto got = source_->read(piece_);
    if (!got) {
      return in_file(std::move(got).error(), path_);
    }
    at_end_ = *got < piece_.size();
    std::string_view piece(piece_.data(), *got);
    if (fed_ == 0) {
      piece = without_blanks(piece);
    }
    fed_ += piece.size();
    const XML_Status status =
        XML_Parse(parser_.get(), piece.data(), static_cast<int>(piece.size()), at_end_ ? 1 : 0);
    if (status != XML_STATUS_OK && !failure_) {
      if (waiting() > largest_tag && is_cut_off()) {
        refuse_tag();
      } else {
        failure_ = broken();
      }
    }
    if (!failure_) {
      check_sizes();
    }
    if (!failure_ && !in_record() && line() > json_line() + most_lines_owed) {
      go_to_line(line());
    }
    return true;
  }

  /// Blank lines before the first tag, which XML forbids and scripts write.
  std::string_view without_blanks(std::string_view piece) {
    const std::size_t blank = std::min(piece.find_first_not_of(" \t\r\n"), piece.size());
    skipped_lines_ += lines_in(piece.substr(0, blank));
    return piece.substr(blank);
  }

  /// Bytes that expat was given and has told nothing of.
  [[nodiscard]] std::uint64_t waiting() const { return fed_ - std::min(fed_, told_); }

  /// Whatever expat tells of ends what waits; counted here, because expat tells of it whenever it
  /// likes to.
  void see_end() {
    told_ = static_cast<std::uint64_t>(XML_GetCurrentByteIndex(parser_.get())) +
            static_cast<std::uint64_t>(XML_GetCurrentByteCount(parser_.get()));
  }

  /// The same for what expat tells of as a whole.
  void see() {
    see_end();
    if (static_cast<std::size_t>(XML_GetCurrentByteCount(parser_.get())) > largest_tag &&
        !failure_) {
      refuse_tag();
    }
  }

  void refuse_tag() {
    fail(fmt::format("a tag or comment is larger than {} MiB", largest_tag >> 20U), line());
  }

  void check_sizes() {
    // Newer versions of expat look at what they could not read again once it has doubled.
    if (waiting() > 2 * largest_tag + piece_.size()) {
      refuse_tag();
    } else if (in_record() && fed_ - record_begin_ > RefillBuffer::largest_record) {
      fail(fmt::format("a record is larger than {} MiB", RefillBuffer::largest_record >> 20U),
           record_line_);
    } else if (const char* excess = record_.excess()) {
      fail(excess, in_record() ? record_line_ : line());
    }
  }

  [[nodiscard]] std::uint64_t line() const {
    return XML_GetCurrentLineNumber(parser_.get()) + skipped_lines_;
  }

  void start(const char* name, const char** attributes) {
    see();
    if (failure_) {
      return;
    }
    if (++depth_ > deepest) {
      fail(fmt::format("elements stand in one another more than {} deep: this is no export",
                       deepest),
           line());
      return;
    }
    if (!in_record() && !leads_on(name)) {
      record_depth_ = depth_;
      name_ = name;
      record_line_ = line();
      record_begin_ = static_cast<std::uint64_t>(XML_GetCurrentByteIndex(parser_.get()));
    }
    if (in_record()) {
      record_.start(name, attributes);
    }
  }

  [[nodiscard]] bool in_record() const { return record_depth_ != 0; }

  /// Whether records stand inside of the element that begins; it then wraps them.
  bool leads_on(const char* name) {
    if (wrappers_.empty()) {
      go_to_line(line());
      json_ += '{';
      wrappers_.push_back({RecordPaths::root, {}, false});
      return true;
    }
    // Elements of one name are a list of that name.
    const RecordPaths::Node list = paths_.member(wrappers_.back().place, name);
    const RecordPaths::Node element = paths_.element(list);
    const RecordPaths::Node place = paths_.leads_on(element) ? element : list;
    if (paths_.is_record(list) || paths_.is_record(element) || !paths_.leads_on(place)) {
      return false;
    }
    close_list();
    begin_member(name);
    json_ += '{';
    wrappers_.push_back({place, {}, false});
    return true;
  }

  void end() {
    see_end();
    if (failure_) {
      return;
    }
    if (in_record()) {
      if (record_.end()) {
        write_record();
        record_depth_ = 0;
      }
    } else {
      close_list();
      json_ += wrappers_.back().has_members || wrappers_.size() > 1 ? "}" : "\"\":[]}";
      wrappers_.pop_back();
    }
    --depth_;
  }

  void text(std::string_view text) {
    see_end();
    if (in_record() && !failure_) {
      record_.text(text);
    }
  }

  void doctype(std::string_view name) {
    fail(to_lower(name) == "html"
             ? "an HTML page, not an export: log in again, and make the export again"
             : "a DOCTYPE is refused, for what it can make a reader do: export without it",
         line());
  }

  void fail(std::string message, std::uint64_t line_number) {
    failure_ = Error{std::move(message), {path_, line_number}};
    XML_StopParser(parser_.get(), XML_FALSE);
  }

  // --- JSON out

  void write_record() {
    const std::string& json = record_.json();
    std::string& list = wrappers_.back().list;
    if (json.starts_with('{')) {
      if (list != name_) {
        close_list();
        begin_member(name_);
        json_ += '[';
        list = name_;
      } else {
        json_ += ',';
      }
      go_to_line(record_line_);
      json_ += json;
    } else {
      close_list();
      begin_member(name_);
      json_ += json == "\"\"" ? "[]" : json;
    }
    record_.clear();
  }

  void begin_member(std::string_view name) {
    json_ += std::exchange(wrappers_.back().has_members, true) ? ",\"" : "\"";
    json_ += name;
    json_ += "\":";
  }

  void close_list() {
    if (!wrappers_.back().list.empty()) {
      json_ += ']';
      wrappers_.back().list.clear();
    }
  }

  // --- what went wrong

  [[nodiscard]] Error broken() const {
    const Place place{path_, line()};
    if (is_conflict_marker(line_at_error())) {
      return {std::string(conflict_message), place};
    }
    return {why_broken(), place};
  }

  [[nodiscard]] bool is_cut_off() const {
    const XML_Error code = XML_GetErrorCode(parser_.get());
    return code == XML_ERROR_NO_ELEMENTS || code == XML_ERROR_UNCLOSED_TOKEN ||
           code == XML_ERROR_UNCLOSED_CDATA_SECTION || code == XML_ERROR_PARTIAL_CHAR;
  }

  [[nodiscard]] std::string why_broken() const {
    if (is_cut_off()) {
      return "the file ends in the middle of its XML: the export was cut off, make it again";
    }
    const XML_Error code = XML_GetErrorCode(parser_.get());
    switch (code) {
      case XML_ERROR_INVALID_TOKEN:
        return invalid_token();
      case XML_ERROR_BAD_CHAR_REF:
        return "not XML: a reference to a character that XML forbids: take it out, or export as "
               "JSON or CSV";
      case XML_ERROR_JUNK_AFTER_DOC_ELEMENT:
        return "not XML: something stands after the end of the document: a file can hold one "
               "document only";
      case XML_ERROR_UNKNOWN_ENCODING:
        return fmt::format("the encoding {} is not known: export in UTF-8", quoted(encoding_));
      default:
        return fmt::format("not XML: {}: make the export again, or mend this line",
                           XML_ErrorString(code));
    }
  }

  [[nodiscard]] std::string invalid_token() const {
    int offset = 0;
    int size = 0;
    const char* context = XML_GetInputContext(parser_.get(), &offset, &size);
    const auto byte =
        context != nullptr && offset < size ? static_cast<unsigned char>(context[offset]) : ' ';
    if (byte >= 0x80) {
      return fmt::format(
          "the byte 0x{:02X} is not {}: export in UTF-8, or name the encoding in the "
          "first line, as in <?xml version=\"1.0\" encoding=\"windows-1252\"?>",
          byte, encoding_.empty() ? "UTF-8" : encoding_);
    }
    if (byte < ' ' && byte != '\n' && byte != '\r' && byte != '\t') {
      return fmt::format(
          "not XML: the control character 0x{:02X}, which XML forbids: take it out, "
          "or export as JSON or CSV",
          byte);
    }
    return "not XML: a character that cannot stand here, such as a bare '<' or '&': make the "
           "export again, or mend this line";
  }

  /// The line that expat stopped at, as far as it still has it.
  [[nodiscard]] std::string_view line_at_error() const {
    int offset = 0;
    int size = 0;
    const char* context = XML_GetInputContext(parser_.get(), &offset, &size);
    if (context == nullptr) {
      return {};
    }
    const std::string_view text(context, static_cast<std::size_t>(size));
    const std::string_view before = text.substr(0, static_cast<std::size_t>(offset));
    return text.substr(before.rfind('\n') + 1);
  }

  std::string path_;
  RecordPaths paths_;
  std::string encoding_;  ///< As declared.
  std::unique_ptr<XML_ParserStruct, FreeParser> parser_;
  std::string piece_;
  std::uint64_t fed_ = 0;
  std::uint64_t told_ = 0;  ///< How much of that was told of.
  std::uint64_t skipped_lines_ = 0;
  bool at_end_ = false;
  std::optional<Error> failure_;

  /// An element that wraps records: the root, or one that leads to some.
  struct Wrapper {
    RecordPaths::Node place = RecordPaths::none;
    std::string list;  ///< The open list, if there is one.
    bool has_members = false;
  };

  std::size_t depth_ = 0;
  std::size_t record_depth_ = 0;  ///< Where the open record stands; 0 outside of one.
  std::vector<Wrapper> wrappers_;
  XmlRecord record_;
  std::string name_;  ///< Of the record.
  std::uint64_t record_line_ = 0;
  std::uint64_t record_begin_ = 0;
};

}  // namespace

std::shared_ptr<TextSource> transcode_xml(std::shared_ptr<TextSource> source, std::string path,
                                          const RecordPaths& paths, std::size_t piece_size) {
  return std::make_shared<XmlTranscoder>(std::move(source), std::move(path), paths, piece_size);
}

}  // namespace tierline
