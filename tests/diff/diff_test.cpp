// Two exports: what changed, which findings came and went, and what each of them hangs on. Causes
// are held against estates that are written and audited anew without the change.

#include "tierline/diff.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "given.h"
#include "json_schema.h"
#include "run_tool.h"
#include "scratch.h"

namespace tierline {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr std::size_t all_changes = 1000;

Difference between(std::string_view before, std::string_view after,
                   std::size_t most_undone = all_changes) {
  const Given earlier = given(before);
  const Given later = given(after);
  AuditOptions options;
  options.import.jobs = 1;
  return difference(earlier.audit(), later.audit(), options, most_undone);
}

/// `new RULE SUBJECT because CAUSE, CAUSE`.
std::vector<std::string> told(const Difference& difference) {
  std::vector<std::string> all;
  for (const ChangedFinding& finding : difference.findings) {
    std::string line =
        fmt::format("{} {} {}", finding.is_new ? "new" : "gone", finding.rule, finding.subject);
    for (const std::size_t cause : finding.causes) {
      line += fmt::format(", {}", sentence(difference.changes[cause]));
    }
    all.push_back(line);
  }
  return all;
}

TEST(Diff, TellsAFindingByTheOwnerThatWasTakenAway) {
  EXPECT_THAT(told(between("person ann; external Shop @ann; system Cart @ann; Shop -> Cart",
                           "person ann; external Shop; system Cart @ann; Shop -> Cart")),
              Contains("new owner-missing Shop, the owner of 'Shop' was ann, and is nobody"));
}

/// By others, she never was one who leads all, and any change would seem to be why she is found.
TEST(Diff, JudgesEachChangeByTheTitlesOfTheRun) {
  const auto with = [](std::string_view shop, std::string_view mail) {
    return given(fmt::format("person ann title:Head_of_All; person bob; external Shop @{}; "
                             "{} Mail @bob; system Cart @bob; Shop -> Cart; Mail -> Cart",
                             shop, mail),
                 {.executive_titles = {"head of *"}});
  };
  const Given earlier = with("bob", "external");
  const Given later = with("ann", "internal");
  EXPECT_THAT(told(difference(earlier.audit(), later.audit(), AuditOptions(), all_changes)),
              Contains("new owner-catch-all Shop, the owner of 'Shop' was bob, and is ann"));
}

TEST(Diff, TellsAFindingByAPersonThatLeft) {
  EXPECT_THAT(told(between("person ann; external Shop @ann; system Cart; Shop -> Cart",
                           "person ann left; external Shop @ann; system Cart; Shop -> Cart")),
              Contains("new owner-inactive Shop, ann was active, and is inactive"));
}

TEST(Diff, TellsAFindingByARelationThatIsGoneFarAway) {
  const Difference found = between(
      "external Shop @ann; supporting A @ann; supporting B @ann; Shop -> A; A -> B; "
      "external Till @ann; system S @ann; Till -> S; Shop -> S",
      "external Shop @ann; supporting A @ann; supporting B @ann; A -> B; "
      "external Till @ann; system S @ann; Till -> S; Shop -> S");
  EXPECT_THAT(told(found),
              Contains(AllOf(HasSubstr("new orphaned-supporting-service B, "),
                             HasSubstr("the relation Shop -> A"), HasSubstr("is gone"))));
}

TEST(Diff, TellsAFindingByAnItemThatIsGoneWithAllItsRelations) {
  EXPECT_THAT(told(between("external Shop @ann; supporting A @ann; Shop -> A; external Till @ann; "
                           "system S @ann; Till -> S; Shop -> S",
                           "supporting A @ann; external Till @ann; system S @ann; Till -> S")),
              Contains("new orphaned-supporting-service A, 'Shop' is gone (service)"));
}

TEST(Diff, TellsWhatBecameRightAsWell) {
  EXPECT_THAT(told(between("person ann; external Shop; system Cart @ann; Shop -> Cart",
                           "person ann; external Shop @ann; system Cart @ann; Shop -> Cart")),
              Contains("gone owner-missing Shop, the owner of 'Shop' was nobody, and is ann"));
}

TEST(Diff, NamesNoCauseWhereARuleIsNotJudgedAnyMore) {
  const Difference found =
      between("external Shop @ann; supporting A @ann; system S @ann; Shop -> S",
              "external Shop @ann; supporting A @ann; system S @ann");
  const auto orphan =
      std::ranges::find(found.findings, "orphaned-supporting-service", &ChangedFinding::rule);
  ASSERT_NE(orphan, found.findings.end());
  EXPECT_FALSE(orphan->is_new);
  EXPECT_THAT(orphan->causes, IsEmpty());
  EXPECT_THAT(orphan->not_judged, HasSubstr("relations"));
  EXPECT_THAT(difference_text(found), HasSubstr("it is not judged now: "));
}

TEST(Diff, SaysThatNoSingleChangeExplainsWhatTakesTwo) {
  const Difference found = between(
      "external One @ann; external Two @ann; supporting A @ann; One -> A; Two -> A; system S @ann; "
      "One -> S; Two -> S",
      "external One @ann; external Two @ann; supporting A @ann; system S @ann; One -> S; Two -> S");
  EXPECT_THAT(told(found), Contains("new orphaned-supporting-service A, the relation One -> A "
                                    "(needs) is gone, the relation Two -> A (needs) is gone"))
      << "either of them alone would do";
  const Difference both = between(
      "external One @ann; supporting A @ann; supporting B @ann; One -> A; A -> B; system S @ann; "
      "One -> S",
      "external One @ann; supporting A @ann; supporting B @ann; system S @ann; One -> S");
  EXPECT_THAT(told(both), Contains("new orphaned-supporting-service B"));
  EXPECT_THAT(difference_text(both), HasSubstr("no single change explains it"));
}

TEST(Diff, SaysWhenItDidNotLookAtEveryChange) {
  const Difference found = between("person ann; external Shop @ann; system Cart @ann; Shop -> Cart",
                                   "person ann; external Shop; system Cart; Shop -> Cart", 1);
  EXPECT_EQ(found.undone, 1U);
  EXPECT_THAT(difference_text(found),
              HasSubstr("none of the 1 change that was looked at explains it"));
}

TEST(Diff, FindsNothingBetweenAnEstateAndItself) {
  const std::string_view estate = "external Shop; supporting A; Shop -> A; person bob left";
  const Difference found = between(estate, estate);
  EXPECT_THAT(found.changes, IsEmpty());
  EXPECT_THAT(found.findings, IsEmpty());
  EXPECT_GT(found.unchanged, 0U);
}

// --- against estates that are made anew

struct Part {
  std::string tier;
  std::string owner;  ///< Empty: nobody.
  std::string state;  ///< Empty: live.
  auto operator<=>(const Part&) const = default;
};

struct Estate {
  std::map<std::string, Part> parts;
  std::set<std::pair<std::string, std::string>> relations;

  [[nodiscard]] std::string statements() const {
    // What is always there, so that neither table ever is empty.
    std::string text =
        "person ann; person bob; external Kiosk @ann; system Till @bob; Kiosk -> Till";
    for (const auto& [name, part] : parts) {
      text += fmt::format("; {} {}{} {}", part.tier, name,
                          part.owner.empty() ? "" : " @" + part.owner, part.state);
    }
    for (const auto& [from, to] : relations) {
      text += fmt::format("; {} -> {}", from, to);
    }
    return text;
  }
  void remove(const std::string& name) {
    parts.erase(name);
    std::erase_if(relations,
                  [&](const auto& one) { return one.first == name || one.second == name; });
  }
};

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}
  std::size_t below(std::size_t count) { return random_() % count; }
  template <typename T>
  const T& of(const std::vector<T>& all) {
    return all[below(all.size())];
  }

 private:
  std::mt19937_64 random_;
};

const std::vector<std::string> part_names = {"A", "B", "C", "D", "E", "F", "G"};

Part any_part(Dice& dice) {
  static const std::vector<std::string> tiers = {"external", "internal", "supporting", "system",
                                                 "component"};
  static const std::vector<std::string> owners = {"ann", "bob", ""};
  static const std::vector<std::string> states = {"", "", "", "retired", "planned"};
  return {dice.of(tiers), dice.of(owners), dice.of(states)};
}

Estate any_estate(Dice& dice) {
  Estate estate;
  for (const std::string& name : part_names) {
    if (dice.below(5) != 0) {
      estate.parts[name] = any_part(dice);
    }
  }
  for (const auto& [from, one] : estate.parts) {
    for (const auto& [to, other] : estate.parts) {
      if (from != to && dice.below(4) == 0) {
        estate.relations.emplace(from, to);
      }
    }
  }
  return estate;
}

/// Some other owner, state, relation or item. What comes back is of the tier that it was of: tier
/// and facing are one word here, and would be two changes.
void change(Estate& estate, const Estate& before, Dice& dice) {
  const std::string name = dice.of(part_names);
  const std::string other = dice.of(part_names);
  const bool is_there = estate.parts.contains(name);
  switch (dice.below(4)) {
    case 0:
      if (is_there) {
        estate.remove(name);
      } else {
        estate.parts[name] = any_part(dice);
        if (const auto was = before.parts.find(name); was != before.parts.end()) {
          estate.parts[name].tier = was->second.tier;
        }
      }
      break;
    case 1:
      if (is_there) {
        estate.parts[name].owner = any_part(dice).owner;
      }
      break;
    case 2:
      if (is_there) {
        estate.parts[name].state = any_part(dice).state;
      }
      break;
    default:
      if (is_there && name != other && estate.parts.contains(other) &&
          estate.relations.erase({name, other}) == 0) {
        estate.relations.emplace(name, other);
      }
  }
}

/// The later estate without a change, made from what its words say.
Estate without(const Change& change, const Estate& before, Estate after) {
  const std::string& name = change.subject;
  switch (change.kind) {
    case ChangeKind::item_added:
      after.remove(name);
      break;
    case ChangeKind::item_removed:
      after.parts[name] = before.parts.at(name);
      for (const auto& relation : before.relations) {
        if ((relation.first == name || relation.second == name) &&
            after.parts.contains(relation.first) && after.parts.contains(relation.second)) {
          after.relations.insert(relation);
        }
      }
      break;
    case ChangeKind::owner:
      after.parts[name].owner = before.parts.at(name).owner;
      break;
    case ChangeKind::state:
      after.parts[name].state = before.parts.at(name).state;
      break;
    case ChangeKind::relation_added:
      after.relations.erase({name.substr(0, 1), name.substr(5, 1)});
      break;
    case ChangeKind::relation_removed:
      after.relations.emplace(name.substr(0, 1), name.substr(5, 1));
      break;
    default:
      ADD_FAILURE() << sentence(change) << ": is no change that was made";
  }
  return after;
}

std::set<std::string> fingerprints(const Estate& estate) {
  std::set<std::string> all;
  for (const Finding& finding : given(estate.statements()).audit().findings()) {
    all.insert(finding.fingerprint);
  }
  return all;
}

TEST(Diff, NamesExactlyTheChangesWithoutWhichAFindingWouldBeAsBefore) {
  int findings = 0;
  int causes = 0;
  for (std::uint64_t seed = 1; seed <= 240; ++seed) {
    Dice dice(seed);
    const Estate before = any_estate(dice);
    Estate after = before;
    for (std::size_t edits = 1 + dice.below(4); edits > 0; --edits) {
      change(after, before, dice);
    }
    const Difference found = between(before.statements(), after.statements());
    std::vector<std::set<std::string>> without_change;
    for (const Change& one : found.changes) {
      without_change.push_back(fingerprints(without(one, before, after)));
    }
    for (const ChangedFinding& finding : found.findings) {
      if (!finding.not_judged.empty()) {
        EXPECT_TRUE(finding.causes.empty()) << "seed " << seed << ": " << finding.rule;
        continue;
      }
      std::vector<std::size_t> expected;
      for (std::size_t i = 0; i < found.changes.size(); ++i) {
        if (without_change[i].contains(finding.fingerprint) != finding.is_new) {
          expected.push_back(i);
        }
      }
      EXPECT_EQ(finding.causes, expected)
          << "seed " << seed << ": " << finding.rule << " " << finding.subject << "\n"
          << before.statements() << "\n"
          << after.statements();
      ++findings;
      causes += static_cast<int>(expected.size());
    }
  }
  EXPECT_GT(findings, 200);
  EXPECT_GT(causes, 150);
}

// --- the command

class DiffCommand : public ::testing::Test {
 protected:
  DiffCommand() {
    write("monday", "s1,Shop,service,service,external,ann\ny1,Cart,application,system,,ann\n");
    write("tuesday", "s1,Shop,service,service,external,\ny1,Cart,application,system,,ann\n");
  }
  void write(const std::string& day, const std::string& items) const {
    scratch_.write(day + "/items.csv", "id,name,class,tier,facing,owner\n" + items);
    scratch_.write(day + "/relations.csv", "id,from,to,type\nr1,s1,y1,needs\n");
    scratch_.write(day + "/parties.csv", "id,name,kind\nann,Ann <Archer>,person\n");
  }
  [[nodiscard]] ToolRun run(std::vector<std::string> arguments) const {
    arguments.push_back("--no-config");
    return run_tool(arguments, {}, scratch_.path());
  }
  const Scratch scratch_;
};

TEST_F(DiffCommand, ComparesTwoExports) {
  const ToolRun text = run({"diff", "monday", "tuesday", "--as-of", "2026-11-21"});
  EXPECT_EQ(text.exit_code, 0) << text.err;
  EXPECT_THAT(text.out, HasSubstr("monday (2026-11-21) to tuesday (2026-11-21)\n"));
  EXPECT_THAT(text.out, HasSubstr("because the owner of 'Shop' was Ann <Archer>, and is nobody"));
  const ToolRun json = run({"diff", "monday", "tuesday", "-o", "json:-"});
  EXPECT_THAT(schema_errors(difference_schema(), json.out), IsEmpty());
  EXPECT_THAT(run({"diff", "monday", "tuesday", "-o", "markdown:-"}).out,
              HasSubstr("the owner of 'Shop' was Ann \\<Archer\\>, and is nobody |"));
}

/// Each change is undone to see what hangs on it: here the only relation comes back.
TEST_F(DiffCommand, TakesARelationBackWhereThereIsNoneAnyMore) {
  scratch_.write("monday/relations.csv", "id,from,to,type\nr1,s1,y1,haunts\n");
  scratch_.write("tuesday/relations.csv", "id,from,to,type\n");
  const ToolRun text = run({"diff", "monday", "tuesday"});
  EXPECT_EQ(text.exit_code, 3) << "an export without relations looks incomplete: " << text.err;
  EXPECT_THAT(text.out, HasSubstr("because the relation Shop -> Cart (haunts) is gone"));
}

TEST_F(DiffCommand, HasASchemaWithoutFlaws) {
  EXPECT_THAT(schema_flaws(difference_schema()), IsEmpty());
  EXPECT_EQ(run_tool({"schema", "difference"}).out, difference_schema());
}

TEST_F(DiffCommand, ComparesTwoReportsByTheirFindings) {
  for (const std::string day : {"monday", "tuesday"}) {
    (void)run({"audit", day, "-q", "-o", day + ".json"});
  }
  const ToolRun made = run({"diff", "monday.json", "tuesday.json"});
  EXPECT_THAT(made.out, HasSubstr("owner-missing: Shop"));
  EXPECT_THAT(made.out, Not(HasSubstr("because")));
  EXPECT_THAT(schema_errors(difference_schema(),
                            run({"diff", "monday.json", "tuesday.json", "-o", "json:-"}).out),
              IsEmpty());
  EXPECT_THAT(run({"diff", "monday.json", "tuesday"}).err,
              HasSubstr("is a report, and the other one is an export"));
}

TEST_F(DiffCommand, NeverWritesOverWhatItCompares) {
  (void)run({"audit", "monday", "-q", "-o", "monday.json"});
  (void)run({"audit", "tuesday", "-q", "-o", "tuesday.json"});
  const std::string report = scratch_.read("monday.json");
  const ToolRun refused = run({"diff", "monday.json", "tuesday.json", "-o", "monday.json"});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.err, HasSubstr("is one of those that are compared"));
  EXPECT_EQ(scratch_.read("monday.json"), report);
}

TEST_F(DiffCommand, LooksOnlyAtWhatIsAskedFor) {
  EXPECT_THAT(
      run({"diff", "monday", "tuesday", "--skip", "owner-missing", "--skip", "no-crisis-lead"}).out,
      Not(HasSubstr("because")));
  EXPECT_THAT(run({"diff", "monday", "tuesday", "--redact", "people"}).out,
              Not(HasSubstr("Archer")));
  EXPECT_EQ(run({"diff", "monday"}).exit_code, 2);
  EXPECT_EQ(run({"diff", "monday", "missing"}).exit_code, 2);
}

}  // namespace
}  // namespace tierline
