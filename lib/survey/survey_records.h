#pragma once
// Counting what stands in the records of a file, selected or not.

#include <string>

#include "input/input.h"
#include "survey/structure_summary.h"
#include "tierline/profile.h"
#include "tierline/survey.h"

namespace tierline {

/// Adds what stands in a file. With a profile, whose fields the records expect, tables are classes
/// as it tells them, without those that it leaves out. Without one (null), they are called after
/// the list or file they stand in.
/// `structure`, unless it is null, gets what stands in what, as far as the syntax has such a thing.
Status survey(const std::string& path, Records& records, const Profile* profile,
              SurveyedTables& tables, StructureSummary* structure = nullptr);

/// Takes out what is told as a field only because an object has nothing in it, or no text beside
/// its members: where `owner` has a member `key`, an empty `owner`, and an empty `owner.value`.
void drop_empty_objects(TableSurvey& table);

}  // namespace tierline
