#include <algorithm>
#include <array>

#include "generator/kinds/kind.hpp"

namespace cosp {
namespace {

constexpr Parameter kRows{"rows", "blocks", true,
                          "{chapter | module | blocks, having: suffix, order: article}"};

constexpr std::array kOptionsByBlock = {
    kRows, Parameter{"question", "suffix", true, "a question with options"}};
constexpr std::array kAnswersByOption = {
    Parameter{"question", "question", false, "whole code; or `questions` with `rows`"},
    Parameter{"questions", "suffix", false, "questions with options, over `rows`"},
    Parameter{"rows", "blocks", false, "with `questions`"}};
constexpr std::array kElementsByBlock = {
    kRows, Parameter{"status", "suffix", true, "the question that says whether all is in place"},
    Parameter{"elements", "suffix", true,
              "the question whose options, each a provision, are ticked"},
    Parameter{"scale", "scale", true,
              "options of the status: {in_place: [..], in_part: [..], no: [..]}"}};
constexpr std::array kDistribution = {
    kRows, Parameter{"question", "suffix", true, "a question of type number"},
    Parameter{"bands", "figures", true, "lower bounds, ascending"}};
constexpr std::array kRowsByOption = {
    Parameter{"register", "register", true, "whose rows are counted"},
    Parameter{"column", "column", true, "with options"},
    Parameter{"where", "condition", false, "on the row"}};
constexpr std::array kPairs = {
    Parameter{"left", "register", true, "such as needs"},
    Parameter{"right", "register", true, "such as offers"},
    Parameter{"match", "columns", true, "of both registers, with options of one list"},
    Parameter{"left_where", "condition", false, "on rows of the left"},
    Parameter{"right_where", "condition", false, "on rows of the right"}};
constexpr std::array kListOfRows = {
    Parameter{"register", "register", true, "whose rows are listed"},
    Parameter{"columns", "columns", true, "in this order"},
    Parameter{"where", "condition", false, "on the row"},
    Parameter{"consent", "named condition", false, "default may_publish"}};
constexpr std::array kMatrix = {
    Parameter{"chapters", "chapters", true, "whose provisions are columns"},
    Parameter{"status", "suffix", true, "the question that says whether all is in place"},
    Parameter{"elements", "suffix", false,
              "the question whose options, each a provision, are ticked"},
    Parameter{"options", "suffix", false, "the question of optional provisions used"},
    Parameter{"scale", "scale", true,
              "options of the status: {in_place: [..], in_part: [..], no: [..]}"}};

constexpr std::array<Kind, 9> kKinds = {{
    {"answers_by_option", "options of one question, or of one over several blocks, by States",
     kAnswersByOption, true, false, prepare_answers_by_option},
    {"distribution", "blocks by bands of a figure", kDistribution, true, false,
     prepare_distribution},
    {"elements_by_block", "options with a provision by in place, not indicated, no",
     kElementsByBlock, true, false, prepare_elements_by_block},
    {"list_of_rows", "rows of a register, attributed to their States", kListOfRows, false, false,
     prepare_list_of_rows},
    {"matrix", "States that consent to comparison by provisions, in neutral signs", kMatrix, false,
     true, prepare_matrix},
    {"options_by_block", "blocks by options of a question", kOptionsByBlock, true, false,
     prepare_options_by_block},
    {"pairs", "rows of two registers that agree", kPairs, false, false, prepare_pairs},
    {"reporting_by_group",
     "regional groups by parties and submissions",
     {},
     false,
     false,
     prepare_reporting_by_group},
    {"rows_by_option", "options of a register's column by States and rows", kRowsByOption, true,
     false, prepare_rows_by_option},
}};

}  // namespace

std::span<const Kind> table_kinds() { return kKinds; }

const Kind* find_kind(std::string_view id) {
  const auto found =
      std::find_if(kKinds.begin(), kKinds.end(), [&](const Kind& kind) { return kind.id == id; });
  return found == kKinds.end() ? nullptr : &*found;
}

}  // namespace cosp
