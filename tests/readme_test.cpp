// What README.md and the tutorial show is what happens.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "run_tool.h"
#include "scratch.h"
#include "tierline/text.h"

namespace tierline {
namespace {

const std::string root = TIERLINE_ROOT;

/// The lines of a page of this repository.
std::vector<std::string> lines_of(const std::string& page) {
  std::ifstream file(root + '/' + page);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    lines.push_back(line);
  }
  return lines;
}

std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  for (const std::string_view word : split(line, " ")) {
    words.emplace_back(word);
  }
  return words;
}

/// A command, and the output shown below it: runs of lines, between which others are left out.
struct Transcript {
  std::vector<std::string> arguments;
  std::vector<std::string> runs = {"\n"};
};

std::vector<Transcript> transcripts(const std::string& page) {
  std::vector<Transcript> all;
  bool inside = false;
  for (const std::string& line : lines_of(page)) {
    if (line.starts_with("```")) {
      inside = line == "```console";
    } else if (inside && line.starts_with("$ tierline ")) {
      all.push_back({words_of(line.substr(std::string_view("$ tierline ").size()))});
    } else if (inside && line == "...") {
      all.back().runs.emplace_back("\n");
    } else if (inside) {
      all.back().runs.back() += line + '\n';
    }
  }
  return all;
}

class Page : public testing::TestWithParam<const char*> {};

TEST_P(Page, ShowsWhatTheProgramPrints) {
  const auto shown = transcripts(GetParam());
  ASSERT_FALSE(shown.empty());
  for (const Transcript& transcript : shown) {
    const std::string printed = '\n' + run_tool(transcript.arguments, "", root).out;
    std::size_t from = 0;
    for (const std::string& run : transcript.runs) {
      const std::size_t found = printed.find(run, from);
      ASSERT_NE(found, std::string::npos) << run << "is not what it prints:\n" << printed;
      from = found + run.size() - 1;
    }
  }
}

std::string name_of(const testing::TestParamInfo<const char*>& page) {
  const std::vector<std::string> names = {"ReadmeItself", "TheTutorial", "ItsSecondPart"};
  return names[page.index];
}

INSTANTIATE_TEST_SUITE_P(Readme, Page,
                         testing::Values("README.md", "fixtures/tutorial/README.md",
                                         "fixtures/tutorial/nested/README.md"),
                         name_of);

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

TEST(Readme, FetchesAllThatTheRulesAskFor) {
  const Scratch scratch;
  std::size_t fetched = 0;
  for (const std::string& line : lines_of("README.md")) {
    const std::vector<std::string> words = words_of(line);
    const auto table = std::ranges::find_if(server, [&](const Table& candidate) {
      return words.size() == 3 && words[0] == "fetch" && words[1] == candidate.name;
    });
    if (table != server.end()) {
      scratch.write(table->name + "_001.json", response(*table, words[2]));
      ++fetched;
    }
  }
  ASSERT_EQ(fetched, server.size());
  const ToolRun run = run_tool({"audit", scratch.path().string(), "--as-of", "2026-11-21"});
  EXPECT_THAT(run.out, testing::HasSubstr("41 of 41 rules could be evaluated.\n")) << run.err;
  EXPECT_THAT(run.out, testing::Not(testing::HasSubstr("Not evaluated")));
  EXPECT_THAT(run.out, testing::HasSubstr("Mail: has no accountable owner")) << run.out;
}

}  // namespace
}  // namespace tierline
