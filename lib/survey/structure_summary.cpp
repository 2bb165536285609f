#include "survey/structure_summary.h"

#include <memory>

#include "input/buffer.h"
#include "input/json/rapidjson_reader.h"
#include "input/json/record_cursor.h"
#include "tierline/survey.h"

namespace tierline {
namespace {

/// The summary of what stands there, made where there is none.
StructureSummary& made(std::unique_ptr<StructureSummary>& summary) {
  if (summary == nullptr) {
    summary = std::make_unique<StructureSummary>();
  }
  return *summary;
}

/// What is kept of an object or a list that is open. Null where nothing more is noted.
struct StructureLevel {
  StructureSummary* place = nullptr;   ///< Its own.
  StructureSummary* member = nullptr;  ///< Of the member that comes next.
};

/// Adds a record to a summary while it is parsed.
class StructureTracer : public JsonRecordCursor<StructureTracer, StructureLevel> {
 public:
  StructureTracer(StructureSummary& documents, StructureSummary& place) : documents_(documents) {
    level().state.place = &place;
  }

 private:
  friend JsonRecordCursor<StructureTracer, StructureLevel>;

  void member(Level& level, std::string_view name, bool /*is_any*/) {
    level.state.member = level.state.place == nullptr ? nullptr : member(*level.state.place, name);
  }
  StructureSummary* member(StructureSummary& place, std::string_view name) {
    auto known = place.members.find(name);
    if (known == place.members.end() && place.members.size() < StructureSummary::most_members &&
        documents_.places < StructureSummary::most_places) {
      ++documents_.places;
      known = place.members.emplace(std::string(name), nullptr).first;
    }
    return known == place.members.end() ? nullptr : &made(known->second);
  }

  /// Lists in lists are one, and their objects another.
  void opened(Level& inner, const Level& above) {
    StructureSummary* place = value_in(above, depth() - 1);
    if (!inner.is_list && place != nullptr) {
      place = above.is_list ? &made(place->elements) : place;
      ++place->objects;
      place->has_tags |= documents_.has_tags;
    }
    inner.state.place = place;
  }

  void value(std::string_view text) {
    StructureSummary* const place = value_in(level(), depth());
    if (place != nullptr && !text.empty()) {
      ++place->texts;
      if (place->hashes.size() < StructureSummary::most_texts) {
        place->hashes.insert(FieldSurvey::hash_of(text));
      }
    }
  }
  void null() {
    if (StructureSummary* const place = value_in(level(), depth())) {
      ++place->nulls;
    }
  }

  /// Where the value that comes next belongs.
  static StructureSummary* value_in(const Level& level, std::size_t depth) {
    return depth == 0 || level.is_list ? level.state.place : level.state.member;
  }

  StructureSummary& documents_;
};

}  // namespace
}  // namespace tierline

template <>
template <>
void tierline::JsonReader::ParseNumber<tierline::json_record_flags, rapidjson::InsituStringStream,
                                       tierline::StructureTracer>(
    rapidjson::InsituStringStream& is, tierline::StructureTracer& handler) {
  tierline::read_json_number(is, handler, parseResult_);
}

namespace tierline {

void StructureSummary::add_record(std::string_view container, std::string_view json) {
  StructureSummary& place =
      container.empty() ? *this : made(made(members[std::string(container)]).elements);
  const Buffer text(json.substr(0, most_bytes - bytes));
  bytes += text.size();
  rapidjson::InsituStringStream stream(text.data());
  StructureTracer tracer(*this, place);
  JsonReader().Parse<json_record_flags>(stream, tracer);
}

void StructureSummary::add(const StructureSummary& other) {
  objects += other.objects;
  nulls += other.nulls;
  texts += other.texts;
  has_tags |= other.has_tags;
  for (auto hash = other.hashes.begin(); hash != other.hashes.end() && hashes.size() < most_texts;
       ++hash) {
    hashes.insert(*hash);
  }
  for (const auto& [name, member] : other.members) {
    made(members[name]).add(*member);
  }
  if (other.elements != nullptr) {
    made(elements).add(*other.elements);
  }
}

}  // namespace tierline
