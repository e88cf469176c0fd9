#include "validator/checks.hpp"

#include <algorithm>
#include <array>

#include "validator/checks/check.hpp"

namespace cosp {
namespace {

constexpr std::array<std::string_view, 3> kTextScopes = {"texts", "long_texts", "texts_and_notes"};
constexpr std::array<std::string_view, 1> kFigureScopes = {"figures"};
constexpr std::array<std::string_view, 1> kQuestionWords = {"long_texts"};
constexpr std::array<std::string_view, 1> kBesides = {"exclusive"};
constexpr std::array<std::string_view, 1> kPublic = {"public"};
constexpr std::array<std::string_view, 1> kEnds = {"ends"};
constexpr std::array<std::string_view, 1> kMatches = {"matches"};

constexpr CheckParameter kTextScope{"scope", ParameterKind::word, true, kTextScopes,
                                    "which texts are read"};
constexpr CheckParameter kRegister{
    "register", ParameterKind::registry, true, {}, "whose rows are read"};

constexpr std::array kAllTicked = {
    CheckParameter{"question", ParameterKind::question, true, {}, "of the type multi"},
    CheckParameter{"besides", ParameterKind::word, false, kBesides,
                   "options that need not be ticked: those that stand alone"}};
constexpr std::array kDuplicateRows = {
    kRegister,
    CheckParameter{"columns",
                   ParameterKind::columns,
                   true,
                   {},
                   "in which two rows must agree; rows that lack one of them are passed over"}};
constexpr std::array kFigureJump = {
    CheckParameter{"scope", ParameterKind::word, true, kFigureScopes, "which answers are compared"},
    CheckParameter{
        "factor", ParameterKind::count, true, {}, "more than so many times as large or as small"},
    CheckParameter{"least", ParameterKind::figure, true, {}, "what the larger figure must reach"}};
constexpr std::array kTextsOnly = {kTextScope};
constexpr CheckParameter kOnlyQuestions{"questions", ParameterKind::questions, false,
                                        kQuestionWords,
                                        "whose texts alone are read, with those of `register`"};
constexpr CheckParameter kOnlyRegister{"register",
                                       ParameterKind::registry,
                                       false,
                                       {},
                                       "whose texts alone are read, with those of `questions`"};
constexpr std::array kLabel = {kTextScope, kOnlyQuestions, kOnlyRegister};
constexpr std::array kPatterns = {
    kTextScope,
    CheckParameter{"patterns", ParameterKind::patterns, true, {}, "of which a text may hold none"},
    CheckParameter{"most_bytes", ParameterKind::count, false, {}, "of a text that is searched"},
    kOnlyQuestions,
    kOnlyRegister,
    CheckParameter{"visibility", ParameterKind::word, false, kPublic,
                   "only texts that are published"},
    CheckParameter{"strip", ParameterKind::word, false, kEnds,
                   "the text is searched without white space, punctuation and symbols at its ends"},
    CheckParameter{"mask", ParameterKind::word, false, kMatches,
                   "the finding shows dots in place of what was found"}};
constexpr std::array kTotal = {
    kTextScope, kOnlyQuestions, kOnlyRegister,
    CheckParameter{"most", ParameterKind::count, true, {}, "words of all texts together"}};
constexpr std::array kAsRow = {
    CheckParameter{"questions", ParameterKind::questions, true, kQuestionWords,
                   "whose texts are compared"},
    kRegister,
    CheckParameter{
        "columns", ParameterKind::columns, true, {}, "with whose texts they are compared"},
    CheckParameter{"least_characters", ParameterKind::count, true, {}, "of a text that counts"}};
constexpr std::array kPosition = {CheckParameter{
    "question", ParameterKind::question, true, {}, "whose options are named as positions are"}};
constexpr std::array kRowsUnused = {
    kRegister,
    CheckParameter{
        "columns", ParameterKind::columns, true, {}, "a value in one of them is a use of the row"}};
constexpr std::array kSameText = {
    CheckParameter{"questions", ParameterKind::questions, true, kQuestionWords,
                   "which texts are compared"},
    CheckParameter{"least_characters", ParameterKind::count, true, {}, "of a text that counts"},
    CheckParameter{"least_answers", ParameterKind::count, true, {}, "that are the same"}};
constexpr std::array kScript = {kTextScope,
                                CheckParameter{"least_characters",
                                               ParameterKind::count,
                                               false,
                                               {},
                                               "of a text that counts; 20 when not given"}};

constexpr std::array<std::string_view, 2> kDuplicateArguments = {"first", "row"};
constexpr std::array<std::string_view, 2> kJumpArguments = {"figure", "previous"};
constexpr std::array<std::string_view, 2> kHiddenArguments = {"character", "position"};
constexpr std::array<std::string_view, 2> kTotalArguments = {"most", "words"};
constexpr std::array<std::string_view, 2> kPositionArguments = {"recorded", "reported"};
constexpr std::array<std::string_view, 1> kLabelArguments = {"question"};
constexpr std::array<std::string_view, 1> kRowArguments = {"row"};
constexpr std::array<std::string_view, 2> kSameArguments = {"answers", "questions"};
constexpr std::array<std::string_view, 2> kScriptArguments = {"language", "script"};

constexpr std::array kChecks = {
    CheckDeclaration{"all_ticked", "Every option of a question is ticked.", kAllTicked, {}},
    CheckDeclaration{"duplicate_rows", "A row agrees with an earlier one in all of the columns.",
                     kDuplicateRows, kDuplicateArguments},
    CheckDeclaration{"figure_jump",
                     "A figure is many times larger or smaller than in the last cycle.",
                     kFigureJump, kJumpArguments},
    CheckDeclaration{"hidden_characters",
                     "A text has characters that cannot be seen or that reorder what is seen.",
                     kTextsOnly, kHiddenArguments},
    CheckDeclaration{"label_repeated", "A text only repeats the label or the help of its question.",
                     kLabel, kLabelArguments},
    CheckDeclaration{"position_matches", "The treaty position reported is not the one on record.",
                     kPosition, kPositionArguments},
    CheckDeclaration{"rows_unused",
                     "No answer cites a row, and the row names nothing in the columns.",
                     kRowsUnused, kRowArguments},
    CheckDeclaration{"same_text", "The same text stands under several questions.", kSameText,
                     kSameArguments},
    CheckDeclaration{"script_matches_language",
                     "A text is written in a script that its language is not written in.", kScript,
                     kScriptArguments},
    CheckDeclaration{"text_as_row", "A text is nearly the same as one of a register's rows.",
                     kAsRow, kRowArguments},
    CheckDeclaration{"text_matches", "A text holds what a pattern looks for.", kPatterns, {}},
    CheckDeclaration{"words_total", "All texts together have more words.", kTotal, kTotalArguments},
};

/// In the order of kChecks.
constexpr std::array<CheckFunction, kChecks.size()> kFunctions = {
    checks::all_ticked,        checks::duplicate_rows, checks::figure_jump,
    checks::hidden_characters, checks::label_repeated, checks::position_matches,
    checks::rows_unused,       checks::same_text,      checks::script_matches_language,
    checks::text_as_row,       checks::text_matches,   checks::words_total,
};

}  // namespace

std::span<const CheckDeclaration> check_declarations() { return kChecks; }

const CheckDeclaration* find_check(std::string_view name) {
  const auto found =
      std::find_if(kChecks.begin(), kChecks.end(),
                   [&](const CheckDeclaration& check) { return check.name == name; });
  return found == kChecks.end() ? nullptr : &*found;
}

CheckFunction check_function(std::string_view name) {
  const CheckDeclaration* check = find_check(name);
  return check ? kFunctions[static_cast<std::size_t>(check - kChecks.data())] : nullptr;
}

}  // namespace cosp
