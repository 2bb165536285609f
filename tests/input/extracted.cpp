#include "input/extracted.h"

#include <fmt/format.h>

#include "input/input.h"

namespace tierline::extracted {

const FieldSelection& selection() {
  static const FieldSelection all = [] {
    FieldSelection some;
    const std::vector<std::vector<std::string>> paths = {{"id"},
                                                         {"name"},
                                                         {"owner", "value"},
                                                         {"owner", "display_value"},
                                                         {"tags"},
                                                         {"parts", "name"},
                                                         {"size"},
                                                         {"a key of 17 byte"},
                                                         {"by_name", "*"},
                                                         {"deep", "x", "y"},
                                                         {"a key of 12", "inside"}};
    for (std::size_t i = 0; i < paths.size(); ++i) {
      some.add_path(paths[i], {static_cast<Slot>(i), Facet::text});
    }
    some.add_pairs(std::vector<std::string>{"pairs"}, "name", "value");
    some.add_path(std::vector<std::string>{"pairs", "colour"}, {20, Facet::text});
    return some;
  }();
  return all;
}

std::string as_text(const JsonCellExtractor& extractor) {
  std::string text;
  for (std::size_t i = 0; i < extractor.row_count(); ++i) {
    for (const Cell& cell : extractor.row(i).cells) {
      text += fmt::format("{}[{}]={};", cell.slot, cell.group, cell.text);
    }
  }
  return text;
}

std::string by_rapidjson(std::string_view record) {
  JsonCellExtractor extractor(selection());
  const Buffer text(record);
  rapidjson::InsituStringStream stream(text.data());
  extractor.start(stream, text.padded(), 1, {});
  const auto parsed = JsonReader().Parse<json_record_flags>(stream, extractor);
  return parsed.IsError() || extractor.repaired() > 0 ? "refused" : as_text(extractor);
}

const std::vector<std::string_view> records = {
    R"({})",
    R"({"id":"1","name":"Pay","other":"x"})",
    R"({ "id" : "1" , "skipped" : { "a" : [ 1 , 2.5e3 , { "b" : null } ] , "c" : true } , "name" : "" })",
    R"({"owner":{"display_value":"Ann","link":"https://x/y","value":"ann"},"size":-12.50})",
    R"({"owner":{"display_value":"Ann","link":"https://x/y","value":"ann"},"size":"2","no":null})",
    R"({"owner":"ann","tags":["a","b"],"parts":[{"name":"p","n":1},{"name":"q"}]})",
    R"({"tags":[],"parts":{},"by_name":{"k":"v","l":["w","x"]},"deep":{"x":{"y":false,"z":0}}})",
    R"({"pairs":[{"name":"colour","value":"red"},{"name":"weight","value":"7"}],"size":null})",
    R"({"name":"say \"hi\"\n","other":"\u00e4\ud83d\ude00","id":"\u0031","k\u0065y":"v"})",
    R"({"name":"\"hi\" \\","other":"c:\\dir\/\b\f\r\t","id":"\u20ac\u00E4"})",
    R"({"name":"Bäcker 😀","a key of 17 byte":"1","a key of 12":{"inside":"2"},"a key of 13":"3"})",
    R"({"id":"1","id":"2","name":["a",["b",["c"]]]})",
    R"({"id":"1","deep":{"x":{"y":"a text that is longer than two registers","z":""},"w":""}})",
};

std::string damaged_record(std::mt19937& random) {
  constexpr std::string_view bytes = "\"\\{}[]:,0-eu tn\xC3\n";
  std::string record(records[random() % records.size()]);
  for (auto damage = random() % 3 + 1; damage > 0; --damage) {
    record[random() % record.size()] = bytes[random() % bytes.size()];
  }
  record.front() = '{';
  record.back() = '}';
  return record;
}

}  // namespace tierline::extracted
