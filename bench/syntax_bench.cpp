// Each syntax in bytes of text per second, on one thread, three ways: `bare` is a parser of that
// syntax on the files' bytes, which drops what it finds; `rows` is our reader, which delivers the
// fields that the profile selects; `import` ends with an inventory.
//
//   build/release/bench/syntax_bench
//
// Bare parsers: libcsv, RapidJSON (SAX), expat, libyaml; zlib and libcsv for csv.gz. `rows/csv` may
// be faster than `bare/csv`: libcsv looks at one byte after the other.

#include <benchmark/benchmark.h>
#include <csv.h>
#include <expat.h>
#include <rapidjson/filereadstream.h>
#include <rapidjson/reader.h>
#include <yaml.h>
#include <zlib.h>

#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <stdexcept>

#include "export_request.h"
#include "exported.h"
#include "mapping/export_files.h"
#include "mapping/mapper.h"
#include "tierline/import.h"
#include "value_of.h"

namespace tierline {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t cis = 50'000;

struct Form {
  synthetic::Format format;
  bool packed = false;
};
constexpr Form csv{synthetic::Format::csv};
constexpr Form csv_gz{synthetic::Format::csv, true};
constexpr Form json{synthetic::Format::json};
constexpr Form ndjson{synthetic::Format::ndjson};
constexpr Form xml{synthetic::Format::xml};
constexpr Form yaml{synthetic::Format::yaml};

class Failure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The bytes of a file, a block at a time.
class Blocks {
 public:
  explicit Blocks(const fs::path& path) : file_(gzopen(path.c_str(), "rb")), bytes_(1 << 16) {
    if (file_ == nullptr) {
      throw Failure("cannot read " + path.string());
    }
    gzbuffer(file_, 1 << 18);
  }
  Blocks(const Blocks&) = delete;
  Blocks& operator=(const Blocks&) = delete;
  ~Blocks() { gzclose(file_); }

  /// The next ones; none at the end.
  std::span<const char> next() {
    const int got = gzread(file_, bytes_.data(), static_cast<unsigned>(bytes_.size()));
    return std::span(bytes_).first(static_cast<std::size_t>(std::max(got, 0)));
  }

 private:
  gzFile file_;
  std::vector<char> bytes_;
};

void pack(const fs::path& from) {
  Blocks blocks(from);
  const gzFile to = gzopen((from.string() + ".gz").c_str(), "wb");
  for (auto block = blocks.next(); !block.empty(); block = blocks.next()) {
    gzwrite(to, block.data(), static_cast<unsigned>(block.size()));
  }
  if (gzclose(to) != Z_OK) {
    throw Failure("cannot write " + from.string() + ".gz");
  }
  fs::remove(from);
}

/// An export in that form, written once.
class Export {
 public:
  explicit Export(Form form)
      : exported_(form.format, cis, form.packed ? "-gz" : ""), files_(exported_.files()) {
    if (form.packed) {
      for (fs::path& file : files_) {
        pack(file);
        file += ".gz";
      }
    }
  }

  [[nodiscard]] std::string path() const { return exported_.path(); }
  [[nodiscard]] const std::vector<fs::path>& files() const { return files_; }
  [[nodiscard]] std::int64_t bytes() const { return exported_.bytes(); }  ///< Of text.

 private:
  Exported exported_;
  std::vector<fs::path> files_;
};

const Export& an_export(Form form) {
  static std::map<std::pair<synthetic::Format, bool>, Export> exports;
  return exports.try_emplace({form.format, form.packed}, form).first->second;
}

// --- the bare parsers: how many values there are

std::size_t count_csv(const fs::path& path) {
  csv_parser parser;
  csv_init(&parser, 0);
  std::size_t count = 0;
  const auto cell = [](void*, std::size_t, void* counter) {
    ++*static_cast<std::size_t*>(counter);
  };
  Blocks blocks(path);
  for (auto block = blocks.next(); !block.empty(); block = blocks.next()) {
    csv_parse(&parser, block.data(), block.size(), cell, nullptr, &count);
  }
  csv_fini(&parser, cell, nullptr, &count);
  csv_free(&parser);
  return count;
}

struct JsonStrings : rapidjson::BaseReaderHandler<rapidjson::UTF8<>, JsonStrings> {
  std::size_t count = 0;
  bool String(const char* /*text*/, rapidjson::SizeType /*size*/, bool /*copy*/) {
    ++count;
    return true;
  }
};

std::size_t count_json(const fs::path& path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                             std::fclose);
  std::vector<char> block(1 << 16);
  rapidjson::FileReadStream stream(file.get(), block.data(), block.size());
  rapidjson::Reader reader;
  JsonStrings strings;
  while (reader.Parse<rapidjson::kParseStopWhenDoneFlag>(stream, strings)) {
  }
  if (reader.GetParseErrorCode() != rapidjson::kParseErrorDocumentEmpty) {
    throw Failure("RapidJSON does not read " + path.string());
  }
  return strings.count;
}

std::size_t count_xml(const fs::path& path) {
  const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser(XML_ParserCreate(nullptr),
                                                                       XML_ParserFree);
  std::size_t count = 0;
  XML_SetUserData(parser.get(), &count);
  XML_SetElementHandler(
      parser.get(),
      [](void* counter, const XML_Char*, const XML_Char**) {
        ++*static_cast<std::size_t*>(counter);
      },
      [](void*, const XML_Char*) {});
  XML_SetCharacterDataHandler(parser.get(), [](void*, const XML_Char*, int) {});
  Blocks blocks(path);
  for (auto block = blocks.next(); !block.empty(); block = blocks.next()) {
    if (XML_Parse(parser.get(), block.data(), static_cast<int>(block.size()), 0) ==
        XML_STATUS_ERROR) {
      throw Failure("expat does not read " + path.string());
    }
  }
  return count;
}

std::size_t count_yaml(const fs::path& path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                             std::fclose);
  yaml_parser_t parser;
  yaml_parser_initialize(&parser);
  yaml_parser_set_input_file(&parser, file.get());
  std::size_t count = 0;
  bool is_at_end = false;
  while (!is_at_end) {
    yaml_event_t event;
    if (yaml_parser_parse(&parser, &event) == 0) {
      throw Failure("libyaml does not read " + path.string());
    }
    count += event.type == YAML_SCALAR_EVENT ? 1U : 0U;
    is_at_end = event.type == YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
  return count;
}

void bare(benchmark::State& state, Form form, std::size_t (*values_in)(const fs::path&)) {
  const Export& exported = an_export(form);
  for (auto _ : state) {
    std::size_t values = 0;
    for (const fs::path& file : exported.files()) {
      values += values_in(file);
    }
    benchmark::DoNotOptimize(values);
  }
  state.SetBytesProcessed(state.iterations() * exported.bytes());
}

// --- ours

class Dropped final : public RowSink {
 public:
  void row(const Row& row) override { cells += row.cells.size(); }
  void issue(InputIssue /*issue*/) override {}
  bool remark(std::string_view /*text*/, std::uint64_t /*line*/) override { return false; }

  std::size_t cells = 0;
};

ImportOptions options_for(const Export& exported) {
  ImportOptions options;
  options.inputs = {exported.path()};
  options.as_of = "2026-11-21";
  options.jobs = 1;
  return options;
}

void rows(benchmark::State& state, Form form) {
  const Export& exported = an_export(form);
  const ImportOptions options = options_for(exported);
  for (auto _ : state) {
    ExportFiles exports(export_request(options));
    value_of(exports.list());
    Dropped dropped;
    value_of(exports.each([&](const OpenExport& file) {
      Records& records = *file.opened.records;
      return records.each_chunk([&](Chunk& chunk) { return records.parse(chunk, dropped); });
    }));
    benchmark::DoNotOptimize(dropped.cells);
  }
  state.SetBytesProcessed(state.iterations() * exported.bytes());
}

void whole_import(benchmark::State& state, Form form) {
  const Export& exported = an_export(form);
  const ImportOptions options = options_for(exported);
  for (auto _ : state) {
    benchmark::DoNotOptimize(value_of(import(options)));
  }
  state.SetBytesProcessed(state.iterations() * exported.bytes());
}

#define TIERLINE_MEASURE(form, count)                                                       \
  BENCHMARK_CAPTURE(bare, form, form, count)->UseRealTime()->Unit(benchmark::kMillisecond); \
  BENCHMARK_CAPTURE(rows, form, form)->UseRealTime()->Unit(benchmark::kMillisecond);        \
  BENCHMARK_CAPTURE(whole_import, form, form)                                               \
      ->Name("import/" #form)                                                               \
      ->UseRealTime()                                                                       \
      ->Unit(benchmark::kMillisecond)

TIERLINE_MEASURE(csv, count_csv);
TIERLINE_MEASURE(csv_gz, count_csv);
TIERLINE_MEASURE(json, count_json);
TIERLINE_MEASURE(ndjson, count_json);
TIERLINE_MEASURE(xml, count_xml);
TIERLINE_MEASURE(yaml, count_yaml);

}  // namespace
}  // namespace tierline

BENCHMARK_MAIN();
