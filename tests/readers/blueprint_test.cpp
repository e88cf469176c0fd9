/// The compiled questionnaire against the blueprint that it was made from, question by question.
///
/// tests/support/blueprint holds a copy of the blueprint's questions and code lists, and
/// `differences.json`: where the form departs from it on purpose, with the reason. A difference
/// that is not listed there fails, and so does one listed that no longer occurs.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "readers/form_loader.hpp"
#include "readers/yaml_reader.hpp"

namespace cosp {
namespace {

using nlohmann::json;

constexpr const char* kForm = "forms/uncc-implementation/0.9.0";
constexpr const char* kBlueprint = "tests/support/blueprint/";

/// What is compared of a question: aspect and value, both as a reader would write them.
using Facts = std::map<std::string, std::string>;

json read_json(const std::string& name) {
  std::ifstream file(kBlueprint + name);
  EXPECT_TRUE(file.good()) << name;
  return json::parse(file);
}

const Form& form() {
  static const Form compiled = [] {
    FormCompilation compilation = compile_form(kForm, "data/texts");
    for (const Mistake& mistake : compilation.mistakes) ADD_FAILURE() << describe(mistake);
    return compilation.form.value();
  }();
  return compiled;
}

std::string joined(std::vector<std::string> words, const char* with = ", ") {
  return fmt::format("{}", fmt::join(words, with));
}

std::string sorted(std::vector<std::string> words, const char* with = ", ") {
  std::sort(words.begin(), words.end());
  return joined(std::move(words), with);
}

// --- The blueprint

/// "status:yes,in_part & gen.stats:courts" with whole codes, values and clauses sorted.
std::string condition_of_blueprint(const std::string& text, const std::string& block) {
  const auto split = [](const std::string& whole, const std::string& by) {
    std::vector<std::string> parts;
    std::size_t from = 0;
    for (std::size_t at; (at = whole.find(by, from)) != std::string::npos; from = at + by.size())
      parts.push_back(whole.substr(from, at - from));
    parts.push_back(whole.substr(from));
    return parts;
  };
  if (text.empty()) return "";
  std::vector<std::string> alternatives;
  for (const std::string& alternative : split(text, " || ")) {
    std::vector<std::string> clauses;
    for (const std::string& clause : split(alternative, " & ")) {
      const std::vector<std::string> sides = split(clause, ":");
      const bool is_bare = sides[0].find('.') == std::string::npos;
      clauses.push_back((is_bare ? block + "." : "") + sides[0] + ": " +
                        sorted(split(sides[1], ",")));
    }
    alternatives.push_back(sorted(std::move(clauses), " and "));
  }
  return sorted(std::move(alternatives), " or ");
}

std::string limits_of_blueprint(const json& question) {
  std::vector<std::string> limits;
  const auto range = [](const json& pair) {
    return pair.is_string() ? pair.get<std::string>()
                            : fmt::format("{}-{}", pair[0].get<int>(), pair[1].get<int>());
  };
  if (question.contains("minimum"))
    limits.push_back(fmt::format("{}-{}", question["minimum"].get<std::int64_t>(),
                                 question["maximum"].get<std::int64_t>()));
  for (const char* key : {"decimals", "choices", "words", "characters"})
    if (question.contains(key)) limits.push_back(fmt::format("{} {}", key, question[key].dump()));
  for (const char* key : {"rows", "languages"})
    if (question.contains(key)) limits.push_back(fmt::format("{} {}", key, range(question[key])));
  for (const char* key : {"earliest", "latest"})
    if (question.contains(key))
      limits.push_back(fmt::format("{} {}", key, question[key].get<std::string>()));
  return joined(limits);
}

std::vector<std::string> options_of_blueprint(const json& question, const json& lists) {
  std::vector<std::string> options;
  if (question.contains("options")) {
    for (const json& option : question["options"])
      options.push_back(option["code"].get<std::string>() + " " + option["provisions"].dump());
    for (const json& code : question["exclusive"]) options.push_back(code.get<std::string>());
    return options;
  }
  const json& codes =
      question.contains("only") ? question["only"] : lists[question["list"].get<std::string>()];
  for (const json& code : codes) options.push_back(code.get<std::string>());
  return options;
}

Facts facts_of_blueprint(const json& question, const json& lists) {
  const auto code = question["code"].get<std::string>();
  Facts facts;
  facts["type"] = question["type"].get<std::string>();
  for (const char* key : {"unit", "register"})
    if (question.contains(key)) facts["type"] += " " + question[key].get<std::string>();
  facts["required"] = question["required"].get<std::string>();
  facts["visibility"] = question["visibility"].get<std::string>();
  facts["provisions"] = sorted(question["provisions"].get<std::vector<std::string>>());
  facts["asked_when"] =
      condition_of_blueprint(question.value("asked_when", ""), code.substr(0, code.find('.')));
  facts["limits"] = limits_of_blueprint(question);
  if (question.contains("list")) {
    facts["list"] = question["list"].get<std::string>();
    facts["options"] = joined(options_of_blueprint(question, lists));
    facts["exclusive"] =
        sorted(question.value("exclusive", json::array()).get<std::vector<std::string>>());
  }
  return facts;
}

// --- The form

std::vector<std::string> provisions_of_form(Range range) {
  std::vector<std::string> codes;
  for (const std::uint32_t index : form().provisions_of(range))
    codes.emplace_back(form().string(form().provisions()[index].code));
  return codes;
}

std::vector<std::string> options_of_form(const Field& field, std::uint64_t mask) {
  std::vector<std::string> codes;
  const auto options = form().options_of(field.list);
  for (std::size_t position = 0; position < options.size(); ++position)
    if ((mask >> position) & 1) codes.emplace_back(form().string(options[position].code));
  return codes;
}

std::string condition_of_form(std::uint32_t index);

/// The children of a node, each in normal form.
std::vector<std::string> children_of(std::uint32_t index) {
  const auto nodes = form().tables().conditions;
  std::vector<std::string> children;
  for (std::uint32_t child = index + 1; child < nodes[index].next; child = nodes[child].next)
    children.push_back(condition_of_form(child));
  return children;
}

std::string condition_of_form(std::uint32_t index) {
  const ConditionNode& node = form().tables().conditions[index];
  switch (node.kind) {
    case ConditionKind::all: return sorted(children_of(index), " and ");
    case ConditionKind::any: return sorted(children_of(index), " or ");
    case ConditionKind::position: {
      std::vector<std::string> positions;
      for (const Position position :
           {Position::neither, Position::signatory, Position::party, Position::former_party})
        if ((node.mask >> static_cast<int>(position)) & 1)
          positions.emplace_back(to_string(position));
      return "position: " + sorted(positions);
    }
    case ConditionKind::answer: {
      const std::set<Operator> choosing{Operator::is, Operator::is_any, Operator::includes_any,
                                        Operator::includes_all};
      if (!choosing.count(node.op)) break;
      const Question& question = form().question(node.subject);
      return fmt::format("{}: {}", form().code(question),
                         sorted(options_of_form(question, node.mask)));
    }
    case ConditionKind::rows:
      return fmt::format("rows of {}", form().string(form().registry(node.subject).code));
    default: break;
  }
  return "of another kind";
}

std::string limits_of_form(const Field& field) {
  std::vector<std::string> limits;
  if (field.has_minimum)
    limits.push_back(fmt::format("{}-{}", field.minimum.to_string(), field.maximum.to_string()));
  if (field.decimals > 0) limits.push_back(fmt::format("decimals {}", field.decimals));
  if (field.most_choices > 0) limits.push_back(fmt::format("choices {}", field.most_choices));
  if (field.most_words > 0) limits.push_back(fmt::format("words {}", field.most_words));
  if (field.most_characters > 0)
    limits.push_back(fmt::format("characters {}", field.most_characters));
  if (field.type == QuestionType::reference)
    limits.push_back(fmt::format("rows {}-{}", field.least_rows, field.most_rows));
  if (field.earliest.is_set) limits.push_back("earliest " + field.earliest.date.to_string());
  if (field.latest.moment != Moment::none)
    limits.push_back(fmt::format("latest {}", to_string(field.latest.moment)));
  return joined(limits);
}

/// Of a list of the block's own each option's provisions are compared too.
std::string own_options(const Field& field) {
  std::vector<std::string> options;
  for (const Option& option : form().options_of(field.list)) {
    const std::vector<std::string> provisions = provisions_of_form(option.provisions);
    options.push_back(std::string(form().string(option.code)) +
                      (provisions.empty() ? "" : " " + json(provisions).dump()));
  }
  return joined(options);
}

Facts facts_of_form(const Question& question) {
  Facts facts;
  const bool is_yes_no = question.type == QuestionType::yes_no;
  facts["type"] = is_yes_no ? "single" : std::string(to_string(question.type));
  if (question.unit.size > 0) facts["type"] += " " + std::string(form().string(question.unit));
  if (question.registry != kNone)
    facts["type"] += " " + std::string(form().string(form().registry(question.registry).code));
  facts["required"] = to_string(question.required);
  facts["visibility"] = to_string(question.floor);
  facts["provisions"] = sorted(provisions_of_form(question.provisions));
  facts["asked_when"] = question.condition == kNone ? "" : condition_of_form(question.condition);
  facts["limits"] = limits_of_form(question);
  if (question.list == kNone) return facts;
  const std::string list(form().string(form().list(question.list).code));
  const std::string block(form().string(form().block(question.block).code));
  facts["list"] = list;
  facts["options"] = list.rfind(block + "-", 0) == 0
                         ? own_options(question)
                         : joined(options_of_form(question, question.allowed));
  facts["exclusive"] = sorted(options_of_form(question, question.exclusive & question.allowed));
  return facts;
}

// --- The comparison

struct Difference {
  std::string question, aspect, blueprint, form;
};

std::vector<Difference> differences_found() {
  const json lists = read_json("lists.json");
  std::vector<Difference> found;
  for (const json& question : read_json("questions.json")) {
    const auto code = question["code"].get<std::string>();
    const std::uint32_t index = form().find_question(code);
    if (index == kNone) continue;  // told by AsksTheSameQuestionsInTheSameOrder
    Facts asked = facts_of_form(form().question(index));
    Facts wanted = facts_of_blueprint(question, lists);
    std::set<std::string> aspects;
    for (const auto& [aspect, value] : asked) aspects.insert(aspect);
    for (const auto& [aspect, value] : wanted) aspects.insert(aspect);
    for (const std::string& aspect : aspects)
      if (asked[aspect] != wanted[aspect])
        found.push_back({code, aspect, wanted[aspect], asked[aspect]});
  }
  return found;
}

/// "*.notified" stands for that question of every block.
bool fits(const std::string& pattern, const std::string& code) {
  return pattern[0] == '*' ? code.substr(code.find('.')) == pattern.substr(1) : pattern == code;
}

/// The value that a listed difference gives the form; "{block}" stands for the question's block.
std::string value_listed(const json& entry, const std::string& code) {
  std::string value = entry["form"].get<std::string>();
  const std::string block = code.substr(0, code.find('.'));
  for (std::size_t at; (at = value.find("{block}")) != std::string::npos;)
    value.replace(at, 7, block);
  return value;
}

TEST(Blueprint, AsksTheSameQuestionsInTheSameOrder) {
  std::vector<std::string> wanted, asked;
  for (const json& question : read_json("questions.json"))
    wanted.push_back(question["code"].get<std::string>());
  for (const Question& question : form().questions()) asked.emplace_back(form().code(question));
  EXPECT_EQ(wanted.size(), 696u);
  EXPECT_EQ(asked, wanted);
}

TEST(Blueprint, DiffersOnlyWhereThatIsListedWithAReason) {
  const json listed = read_json("differences.json")["questions"];
  std::vector<bool> occurs(listed.size());
  for (const Difference& difference : differences_found()) {
    bool is_listed = false;
    for (std::size_t i = 0; i < listed.size(); ++i) {
      const bool speaks_of_it = fits(listed[i]["questions"], difference.question) &&
                                listed[i]["aspect"] == difference.aspect &&
                                value_listed(listed[i], difference.question) == difference.form;
      if (speaks_of_it) occurs[i] = is_listed = true;
    }
    EXPECT_TRUE(is_listed) << difference.question << ", " << difference.aspect << ": blueprint \""
                           << difference.blueprint << "\", form \"" << difference.form << '"';
  }
  for (std::size_t i = 0; i < listed.size(); ++i) {
    EXPECT_TRUE(occurs[i]) << "listed, but no longer so: " << listed[i].dump();
    EXPECT_GE(listed[i]["reason"].get<std::string>().size(), 20u) << listed[i].dump();
  }
}

TEST(Blueprint, HoldsEveryCodeListWithItsOptions) {
  const json listed = read_json("differences.json")["lists"];
  const json lists = read_json("lists.json");
  for (const auto& [code, wanted] : lists.items()) {
    const std::uint32_t list = form().find_list(code);
    ASSERT_NE(list, kNone) << code;
    std::vector<std::string> options;
    for (const Option& option : form().options_of(list))
      options.emplace_back(form().string(option.code));
    if (listed.contains(code)) {
      EXPECT_EQ(json(options), listed[code]["form"]) << code;
    }
    EXPECT_EQ(listed.contains(code), options != wanted.get<std::vector<std::string>>()) << code;
  }
}

TEST(Blueprint, HoldsEveryProvisionWithItsObligation) {
  const json listed = read_json("differences.json")["provisions"];
  std::set<std::string> wanted;
  for (const json& row : read_json("provisions.json")) {
    auto code = row["code"].get<std::string>();
    if (listed.contains(code)) code = listed[code]["form"].get<std::string>();
    wanted.insert(code);
    const std::uint32_t index = form().find_provision(code);
    ASSERT_NE(index, kNone) << code;
    const Provision& provision = form().provisions()[index];
    EXPECT_EQ(to_string(provision.obligation), row["obligation"].get<std::string>()) << code;
    EXPECT_EQ(provision.is_verified, row["verified"].get<bool>()) << code;
  }
  EXPECT_EQ(wanted.size(), 343u);
  for (const Provision& provision : form().provisions()) {
    const std::string code(form().string(provision.code));
    EXPECT_TRUE(provision.is_whole_article || wanted.count(code)) << code;
  }
}

}  // namespace
}  // namespace cosp
