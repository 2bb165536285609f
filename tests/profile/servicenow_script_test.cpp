// The script on ServiceNow's page: it fetches what the core rules ask for, page by page, and stops
// where something is wrong. `curl` stands for a server here, which knows the tables below.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "scratch.h"
#include "tierline/text.h"

namespace tierline {
namespace {

namespace fs = std::filesystem;

using ::testing::HasSubstr;
using ::testing::Not;

std::string script() {
  const std::string page =
      read_file(fs::path(TIERLINE_ROOT) / "lib" / "profile" / "profiles" / "servicenow.md");
  constexpr std::string_view fence = "```sh\n";
  const std::size_t begin = page.find(fence) + fence.size();
  return page.substr(begin, page.find("```", begin) - begin);
}

/// A table's records as a server has them: a field that is not named is empty.
struct Table {
  std::string name;
  std::vector<std::map<std::string, std::string>> records;
};

const std::vector<Table> server = {
    {"spm_service_portfolio", {{{"sys_id", "retail"}, {"name", "Retail"}, {"owner", "ann"}}}},
    {"spm_taxonomy_node",
     {{{"sys_id", "sales"},
       {"name", "Sales"},
       {"service_portfolio", "retail"},
       {"owned_by", "ann"}}}},
    {"cmdb_ci",
     {{{"sys_id", "shop"}, {"name", "Shop"}, {"sys_class_name", "cmdb_ci_service_business"}},
      {{"sys_id", "mail"}, {"name", "Mail"}, {"sys_class_name", "cmdb_ci_service_technical"}},
      {{"sys_id", "crm"},
       {"name", "CRM"},
       {"sys_class_name", "cmdb_ci_business_app"},
       {"owned_by", "ann"}},
      {{"sys_id", "web"}, {"name", "Web"}, {"sys_class_name", "u_host"}}}},
    {"cmdb_ci_service",
     {{{"sys_id", "shop"},
       {"name", "Shop"},
       {"sys_class_name", "cmdb_ci_service_business"},
       {"owned_by", "ann"},
       {"consumer_type", "external"},
       {"busines_criticality", "2 - somewhat critical"},
       {"operational_status", "1"},
       {"spm_taxonomy_node", "sales"}},
      {{"sys_id", "mail"}, {"name", "Mail"}, {"sys_class_name", "cmdb_ci_service_technical"}}}},
    {"cmdb_rel_ci",
     {{{"sys_id", "r1"}, {"parent", "shop"}, {"child", "crm"}, {"type", "Depends on::Used by"}}}},
    {"svc_ci_assoc", {{{"sys_id", "a1"}, {"service_id", "crm"}, {"ci_id", "web"}}}},
    {"sys_user",
     {{{"sys_id", "ann"},
       {"name", "Ann"},
       {"user_name", "ann"},
       {"active", "true"},
       {"department", "shops"}}}},
    {"sys_user_group", {{{"sys_id", "ops"}, {"name", "Operations"}, {"active", "true"}}}},
    {"sys_user_grmember", {{{"sys_id", "m1"}, {"group", "ops"}, {"user", "ann"}}}},
    {"cmn_department",
     {{{"sys_id", "shops"}, {"name", "Shops"}},
      {{"sys_id", "it"}, {"name", "Information Technology"}}}},
    {"sys_db_object",
     {{{"sys_id", "host"}, {"name", "u_host"}, {"label", "Host"}, {"super_class", "server"}},
      {{"sys_id", "server"}, {"name", "cmdb_ci_server"}, {"label", "Server"}}}},
};

/// What the Table API answers to a request for those fields.
std::string response(const Table& table, std::string_view fields) {
  std::vector<std::string> records;
  for (const auto& record : table.records) {
    std::vector<std::string> members;
    for (const std::string_view field : split(fields, ",")) {
      const auto value = record.find(std::string(field));
      members.push_back(fmt::format(R"("{}": {{"display_value": "{}", "value": "{}"}})", field,
                                    value == record.end() ? "" : value->second,
                                    value == record.end() ? "" : value->second));
    }
    records.push_back('{' + join(members, ", ") + '}');
  }
  return R"({"result": [)" + join(records, ", ") + "]}";
}

/// Gives the first page of a table with just the fields that are asked for, and no records for
/// those after it. A table whose name begins like $BROKEN fails.
constexpr std::string_view curl = R"sh(#!/bin/sh
for word; do
  case $word in
    https://*/api/now/table/*) table=${word##*/} ;;
    sysparm_fields=*) fields=${word#*=} ;;
    sysparm_offset=*) offset=${word#*=} ;;
  esac
  [ "$before" = --output ] && file=$word
  before=$word
done
case $table in ${BROKEN:-none}*) exit 22 ;; esac
echo "$table $offset" >>asked
if [ "$offset" != 0 ]; then
  echo '{"result": []}' >"$file"
else
  [ "$fields" = "$(cat "$SERVER/$table.fields")" ] && cp "$SERVER/$table.json" "$file"
fi
)sh";

/// The script in a folder of its own.
class ServicenowScript : public testing::Test {
 protected:
  ServicenowScript() {
    scratch_.write("script", text_);
    for (const std::string_view line : split(std::string_view(text_), "\n")) {
      const auto words = split(line, " ");
      const auto table = std::ranges::find_if(server, [&](const Table& candidate) {
        return words.size() == 3 && words[0] == "fetch" && words[1] == candidate.name;
      });
      if (table != server.end()) {
        scratch_.write(fmt::format("server/{}.json", table->name), response(*table, words[2]));
        scratch_.write(fmt::format("server/{}.fields", table->name), words[2]);
        ++tables_;
      }
    }
    fs::permissions(scratch_.write("bin/curl", curl), fs::perms::owner_all);
    fs::create_symlink(TIERLINE_TOOL, scratch_ / "bin/tierline");
  }

  /// What it says, on either stream.
  std::string run(const std::string& environment = {}) const {
    const std::string command = fmt::format(
        "cd {0} && SERVER={0}/server PATH={0}/bin:$PATH SERVICENOW_USER=u "
        "SERVICENOW_PASSWORD=p {1} sh ./script >said 2>&1",
        scratch_.path().string(), environment);
    const int status = std::system(command.c_str());  // NOLINT(concurrency-mt-unsafe)
    EXPECT_NE(status, -1);
    return scratch_.read("said");
  }

  Scratch scratch_;
  const std::string text_ = script();
  std::size_t tables_ = 0;
};

TEST_F(ServicenowScript, FetchesAllThatTheRulesAskFor) {
  ASSERT_EQ(tables_, server.size());
  const std::string said = run();
  EXPECT_THAT(said, HasSubstr("Mail: has no accountable owner"));
  EXPECT_THAT(said, Not(HasSubstr("Not evaluated")));
  const std::size_t end = said.find(" rules could be evaluated.\n");
  ASSERT_NE(end, std::string::npos) << said;
  const std::size_t begin = said.rfind(". ", end) + 2;
  const auto counts = split(std::string_view(said).substr(begin, end - begin), " of ");
  ASSERT_EQ(counts.size(), 2U) << said;
  EXPECT_EQ(counts[0], counts[1]);
}

TEST_F(ServicenowScript, AsksForPagesUntilOneIsEmpty) {
  run();
  EXPECT_THAT(scratch_.read("asked"),
              HasSubstr("cmdb_rel_ci 0\ncmdb_rel_ci 5000\nsvc_ci_assoc 0\n"));
}

TEST_F(ServicenowScript, StopsAtTheFirstError) {
  EXPECT_THAT(run("BROKEN=cmdb_rel"), Not(HasSubstr("tierline audit")));
  EXPECT_THAT(scratch_.read("asked"), Not(HasSubstr("svc_ci_assoc")));
}

TEST_F(ServicenowScript, AddsNothingToAnExportThatIsThere) {
  fs::create_directory(scratch_.path() / "export");
  EXPECT_THAT(run(), HasSubstr("export"));
  EXPECT_FALSE(fs::exists(scratch_.path() / "asked"));
}

}  // namespace
}  // namespace tierline
