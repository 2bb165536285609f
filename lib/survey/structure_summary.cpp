#include "survey/structure_summary.h"

#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <vector>

#include "tierline/survey.h"

namespace tierline {
namespace {

constexpr std::size_t deepest = 64;

/// Adds a value to a summary while it is parsed.
class Tracer : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Tracer> {
 public:
  Tracer(StructureSummary& documents, StructureSummary& place) : documents_(documents) {
    open_.push_back({&place, false});
  }

  bool Null() {
    if (StructureSummary* place = value()) {
      ++place->nulls;
    }
    return true;
  }
  bool Bool(bool b) { return text(b ? "true" : "false"); }
  bool RawNumber(const char* text, rapidjson::SizeType length, bool) {
    return this->text({text, length});
  }
  bool String(const char* text, rapidjson::SizeType length, bool) {
    return this->text({text, length});
  }

  bool Key(const char* text, rapidjson::SizeType length, bool) {
    Frame& frame = open_.back();
    frame.member = nullptr;
    if (frame.place == nullptr) {
      return true;
    }
    const std::string_view name(text, length);
    auto& members = frame.place->members;
    auto known = members.find(name);
    if (known == members.end() && members.size() < StructureSummary::most_members &&
        documents_.places < StructureSummary::most_places) {
      ++documents_.places;
      known = members.emplace(std::string(name), std::make_unique<StructureSummary>()).first;
    }
    frame.member = known == members.end() ? nullptr : known->second.get();
    return true;
  }

  bool StartObject() {
    StructureSummary* place = value();
    if (place != nullptr && open_.back().is_list) {
      auto& elements = place->elements;
      elements = elements == nullptr ? std::make_unique<StructureSummary>() : std::move(elements);
      place = elements.get();
    }
    if (place != nullptr) {
      ++place->objects;
      place->is_xml |= documents_.is_xml;
    }
    return enter({place, false});
  }
  bool EndObject(rapidjson::SizeType) { return leave(); }
  /// Lists in lists are one.
  bool StartArray() { return enter({value(), true}); }
  bool EndArray(rapidjson::SizeType) { return leave(); }

 private:
  struct Frame {
    StructureSummary* place = nullptr;  ///< Null where nothing more is noted.
    bool is_list = false;
    StructureSummary* member = nullptr;
  };

  /// Where the value that comes next belongs.
  StructureSummary* value() {
    const Frame& frame = open_.back();
    return open_.size() == 1 || frame.is_list ? frame.place : frame.member;
  }

  bool text(std::string_view text) {
    StructureSummary* place = value();
    if (place != nullptr && !text.empty()) {
      ++place->texts;
      if (place->hashes.size() < StructureSummary::most_texts) {
        place->hashes.insert(FieldSurvey::hash_of(text));
      }
    }
    return true;
  }

  /// Deeper records are left out when they are read.
  bool enter(Frame frame) {
    open_.push_back(frame);
    return open_.size() <= deepest;
  }
  bool leave() {
    open_.pop_back();
    return true;
  }

  StructureSummary& documents_;
  std::vector<Frame> open_;
};

}  // namespace

void StructureSummary::add_record(std::string_view container, std::string_view json) {
  StructureSummary* place = this;
  if (!container.empty()) {
    auto& list = members[std::string(container)];
    list = list == nullptr ? std::make_unique<StructureSummary>() : std::move(list);
    list->elements = list->elements == nullptr ? std::make_unique<StructureSummary>()
                                               : std::move(list->elements);
    place = list->elements.get();
  }
  constexpr unsigned flags = rapidjson::kParseIterativeFlag |
                             rapidjson::kParseNumbersAsStringsFlag |
                             rapidjson::kParseStopWhenDoneFlag;
  json = json.substr(0, most_bytes - bytes);
  bytes += json.size();
  rapidjson::MemoryStream stream(json.data(), json.size());
  Tracer tracer(*this, *place);
  rapidjson::Reader().Parse<flags>(stream, tracer);
}

void StructureSummary::add(const StructureSummary& other) {
  objects += other.objects;
  nulls += other.nulls;
  texts += other.texts;
  is_xml |= other.is_xml;
  for (auto hash = other.hashes.begin(); hash != other.hashes.end() && hashes.size() < most_texts;
       ++hash) {
    hashes.insert(*hash);
  }
  for (const auto& [name, member] : other.members) {
    auto& own = members[name];
    own = own == nullptr ? std::make_unique<StructureSummary>() : std::move(own);
    own->add(*member);
  }
  if (other.elements != nullptr) {
    elements = elements == nullptr ? std::make_unique<StructureSummary>() : std::move(elements);
    elements->add(*other.elements);
  }
}

}  // namespace tierline
