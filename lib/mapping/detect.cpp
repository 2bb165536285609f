#include "mapping/detect.h"

#include <algorithm>

#include "mapping/mapper.h"

namespace tierline {
namespace {

/// A file without records can only be told by its name and its columns.
Match match_empty(const CompiledProfile& profile, const Records& records,
                  const std::string& table) {
  const std::vector<Slot> columns = records.columns();
  const auto has = [&](Slot slot) { return std::ranges::find(columns, slot) != columns.end(); };
  for (const RecordDef& record : profile.records) {
    if (!record.fields.empty() && std::ranges::all_of(record.fields, has)) {
      return table.empty() ? Match::by_content : Match::by_both;
    }
  }
  const RecordDef* named = table.empty() ? nullptr : profile.record_of_table(table);
  const bool fits =
      named != nullptr &&
      (records.fields().empty() || named->essentials.none() ||
       std::ranges::any_of(columns, [&](Slot slot) { return named->essentials.test(slot); }));
  return fits ? Match::by_name : Match::none;
}

Result<Match> match(const CompiledProfile& profile, Records& records, const std::string& path) {
  records.expect(profile.selection);
  const std::string table = profile.table_of_file(path);
  std::vector<Chunk> samples = records.sample();
  if (samples.empty()) {
    return match_empty(profile, records, table);
  }
  Match best = Match::none;
  for (Chunk& sample : samples) {
    const ChunkContext context{0, path, table, sample.container, false, {}};
    Batch batch;
    Mapper mapper(profile, context, batch);
    if (auto parsed = records.parse(sample, mapper); !parsed) {
      return std::move(parsed).error();
    }
    best = std::max(best, batch.certain > 0 && !table.empty()  ? Match::by_both
                          : batch.certain > 0                  ? Match::by_content
                          : batch.records > batch.unrecognised ? Match::by_name
                                                               : Match::none);
  }
  return best;
}

}  // namespace

Result<Matching> matching_profiles(std::span<const Profile> profiles, Records& records,
                                   const std::string& path) {
  Matching matching;
  for (const Profile& profile : profiles) {
    const auto found = match(profile.compiled(), records, path);
    if (!found) {
      return found.error();
    }
    if (*found > matching.match) {
      matching = {{}, *found};
    }
    if (*found == matching.match && *found != Match::none) {
      matching.profiles.push_back(&profile);
    }
  }
  return matching;
}

}  // namespace tierline
