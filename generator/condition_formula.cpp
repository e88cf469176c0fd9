#include "generator/condition_formula.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include <fmt/format.h>

#include "base/text.hpp"
#include "generator/comparisons.hpp"
#include "generator/formula_algebra.hpp"

namespace cosp {
namespace {

constexpr std::string_view kNotEqual = "<>";

using Kind = ConditionFormula::Kind;

bool is_order(Operator op) {
  return op == Operator::above || op == Operator::below || op == Operator::at_least ||
         op == Operator::at_most;
}

/// One side of a relation.
struct Side {
  const Field* field = nullptr;
  std::string answer, second;
  std::vector<std::string> options;  ///< ticks
  bool has_ticks = false;
};

class Compiler {
 public:
  Compiler(const Form& form, FormulaPlaces& places, const FormulaKnowledge& knowledge,
           bool is_range)
      : form_(form), places_(places), knowledge_(knowledge), algebra_{is_range} {}

  ConditionFormula compile(std::uint32_t index) {
    const ConditionNode& node = nodes()[index];
    switch (node.kind) {
      case ConditionKind::all: return algebra_.all(children(node, index));
      case ConditionKind::any: return algebra_.any(children(node, index));
      case ConditionKind::negation: return algebra_.negate(compile(index + 1));
      case ConditionKind::answer: return answer(node, node.subject, index);
      case ConditionKind::cell: return cell(node);
      case ConditionKind::rows: return rows(node, index);
      case ConditionKind::count: return count(node, index);
      case ConditionKind::sum: return sum(node);
      case ConditionKind::previous: return node.other == kNone ? settled(index) : unknown();
      case ConditionKind::reserved: {
        std::string cell = places_.reserved(node.subject);
        return cell.empty() ? settled(index) : algebra_.atom(cell + "=1");
      }
      case ConditionKind::position: return position(node, index);
      case ConditionKind::submitter: return knowledge_.knows_submitter ? settled(index) : unknown();
      case ConditionKind::stage: return stage(node);
    }
    return unknown();
  }

 private:
  std::span<const ConditionNode> nodes() const { return form_.tables().conditions; }
  ConditionFormula settled(std::uint32_t index) const {
    return constant(knowledge_.evaluation.holds(index));
  }

  std::vector<ConditionFormula> children(const ConditionNode& node, std::uint32_t index) {
    std::vector<ConditionFormula> parts;
    for (std::uint32_t child = index + 1; child < node.next; child = nodes()[child].next)
      parts.push_back(compile(child));
    return parts;
  }

  ConditionFormula stage(const ConditionNode& node) {
    std::vector<ConditionFormula> parts;
    for (const Stage stage : {Stage::draft, Stage::final})
      if ((node.mask >> static_cast<unsigned>(stage) & 1) != 0)
        parts.push_back(algebra_.atom(places_.stage_is(stage)));
    return algebra_.any(std::move(parts));
  }

  /// As the cycle has it, else as reported; nothing reported is no position at all.
  ConditionFormula position(const ConditionNode& node, std::uint32_t index) {
    if (knowledge_.knows_position) return settled(index);
    ConditionFormula is_party = constant(false);
    if (const std::uint32_t named = form_.named_condition("is_party"); named != kNone)
      is_party = compile(named);
    const std::uint32_t role = form_.role("participation");
    std::vector<ConditionFormula> wanted, elsewhere{is_party};
    const auto wants = [&](Position position) {
      return (node.mask >> static_cast<unsigned>(position) & 1) != 0;
    };
    if (wants(Position::party)) wanted.push_back(is_party);
    const auto options =
        role == kNone ? std::span<const Option>{} : form_.options_of(form_.question(role).list);
    for (std::uint32_t i = 0; i < options.size(); ++i) {
      const auto reported = parse_position(form_.string(options[i].code));
      if (!reported || *reported == Position::party || *reported == Position::neither) continue;
      ConditionNode leaf;
      leaf.op = Operator::is;
      leaf.mask = std::uint64_t{1} << i;
      ConditionFormula is_so =
          algebra_.all(with(algebra_.negate(is_party), answer(leaf, role, kNone)));
      if (wants(*reported)) wanted.push_back(is_so);
      elsewhere.push_back(std::move(is_so));
    }
    if (wants(Position::neither))
      wanted.push_back(algebra_.negate(algebra_.any(std::move(elsewhere))));
    return algebra_.any(std::move(wanted));
  }

  static std::vector<ConditionFormula> with(ConditionFormula first, ConditionFormula second) {
    std::vector<ConditionFormula> both;
    both.push_back(std::move(first));
    both.push_back(std::move(second));
    return both;
  }

  static Side side_of(const Field& field, FormulaPlaces::QuestionCells cells) {
    return {&field, std::move(cells.answer), std::move(cells.second), std::move(cells.options),
            field.type == QuestionType::multi};
  }

  /// `index`: of the node, where it can be settled by itself; kNone for a leaf made for another.
  ConditionFormula answer(const ConditionNode& node, std::uint32_t question, std::uint32_t index) {
    auto cells = places_.question(question);
    std::optional<FormulaPlaces::QuestionCells> others;
    if (node.other != kNone) others = places_.question(node.other);
    if (!cells || (node.other != kNone && !others)) {
      // Left out of this workbook: as it was answered elsewhere, if it was.
      const bool is_known = index != kNone && node.other == kNone &&
                            !knowledge_.evaluation.answer(question).is_absent();
      return is_known ? settled(index) : unknown();
    }
    if (algebra_.is_range) return unknown();
    const std::string& standing = cells->standing;
    switch (node.op) {
      case Operator::given: return formula(standing + ">=6");
      case Operator::answered: return formula(standing + ">=4");
      case Operator::absent: return formula(standing + "<4");
      case Operator::reason_is: return reason_is(node, *cells);
      default: break;
    }
    std::vector<ConditionFormula> parts{formula(standing + ">=6")};
    if (others) parts.push_back(formula(others->standing + ">=6"));
    const Side left = side_of(form_.question(question), std::move(*cells));
    if (!others) {
      parts.push_back(relation(node, left, nullptr));
    } else {
      const Side right = side_of(form_.question(node.other), std::move(*others));
      parts.push_back(relation(node, left, &right));
    }
    if (parts.back().kind == Kind::unknown) return unknown();
    return algebra_.all(std::move(parts));
  }

  ConditionFormula reason_is(const ConditionNode& node, const FormulaPlaces::QuestionCells& cells) {
    std::vector<ConditionFormula> reasons;
    for (int i = 0; i < kReasonCount; ++i)
      if ((node.mask >> i & 1) != 0)
        reasons.push_back(
            formula(fmt::format("{}={}", cells.reason, places_.reason(static_cast<Reason>(i)))));
    std::vector<ConditionFormula> parts{formula(cells.standing + ">=4"),
                                        formula(cells.standing + "<6")};
    parts.push_back(algebra_.any(std::move(reasons)));
    return algebra_.all(std::move(parts));
  }

  ConditionFormula cell(const ConditionNode& node) {
    const auto side = [&](std::uint32_t column) {
      return Side{&form_.column(column),
                  places_.column(column, false),
                  places_.column(column, true),
                  {},
                  false};
    };
    const Side left = side(node.subject);
    if (left.answer.empty() || !algebra_.is_range) return unknown();
    switch (node.op) {
      case Operator::given:
      case Operator::answered: return algebra_.atom(left.answer + "<>\"\"");
      case Operator::absent: return algebra_.atom(left.answer + "=\"\"");
      case Operator::reason_is: return unknown();
      default: break;
    }
    std::vector<ConditionFormula> parts{algebra_.atom(left.answer + "<>\"\"")};
    if (node.other == kNone) {
      parts.push_back(relation(node, left, nullptr));
    } else {
      const Side right = side(node.other);
      if (right.answer.empty()) return unknown();
      parts.push_back(algebra_.atom(right.answer + "<>\"\""));
      parts.push_back(relation(node, left, &right));
    }
    if (parts.back().kind == Kind::unknown) return unknown();
    return algebra_.all(std::move(parts));
  }

  /// Both sides are given.
  ConditionFormula relation(const ConditionNode& node, const Side& left, const Side* right) {
    const QuestionType type = left.field->type;
    if (is_choice(type)) return choices(node, left, right);
    if (type == QuestionType::date || type == QuestionType::period) return dates(node, left, right);
    if (is_figure(type)) return figures(node, left, right);
    return right == nullptr ? members(node, left) : unknown();
  }

  ConditionFormula figures(const ConditionNode& node, const Side& left, const Side* right) {
    const std::string_view sign = sign_of(node.op, kNotEqual);
    if (sign.empty() || (right == nullptr && !node.has_number)) return constant(false);
    std::vector<ConditionFormula> parts{algebra_.atom(fmt::format("ISNUMBER({})", left.answer))};
    if (right == nullptr) {
      parts.push_back(
          algebra_.atom(fmt::format("{}{}{}", left.answer, sign, node.number.to_string())));
      return algebra_.all(std::move(parts));
    }
    if (!is_figure(right->field->type)) return constant(false);
    const bool is_money = left.field->type == QuestionType::money;
    // Sums of money are compared within one currency only.
    if (is_money != (right->field->type == QuestionType::money)) return constant(false);
    if (is_money) parts.push_back(algebra_.atom(fmt::format("{}={}", left.second, right->second)));
    parts.push_back(algebra_.atom(fmt::format("ISNUMBER({})", right->answer)));
    parts.push_back(algebra_.atom(fmt::format("{}{}{}", left.answer, sign, right->answer)));
    return algebra_.all(std::move(parts));
  }

  ConditionFormula dates(const ConditionNode& node, const Side& left, const Side* right) {
    const auto day = [](const Side& side) {
      return side.field->type == QuestionType::period ? side.second : side.answer;
    };
    const std::string_view sign = sign_of(node.op, kNotEqual);
    std::optional<Date> known;
    if (node.moment != Moment::none)
      known = knowledge_.evaluation.moment(node.moment);
    else if (node.has_date)
      known = node.date;
    // The period may still be entered; without a cycle there is no cut-off, as `Evaluation` has it.
    if (right == nullptr && !known && node.moment != Moment::none && node.moment != Moment::cut_off)
      return unknown();
    if (sign.empty() || (right == nullptr && !known)) return constant(false);
    std::vector<ConditionFormula> parts{algebra_.atom(fmt::format("ISNUMBER({})", day(left)))};
    if (right != nullptr) parts.push_back(algebra_.atom(fmt::format("ISNUMBER({})", day(*right))));
    parts.push_back(algebra_.atom(fmt::format(
        "{}{}{}", day(left), sign,
        right != nullptr ? day(*right)
                         : fmt::format("DATE({},{},{})", known->year, known->month, known->day))));
    return algebra_.all(std::move(parts));
  }

  /// Whether the side has the option of that position in its own list.
  ConditionFormula bit(const Side& side, std::uint32_t position) {
    if (side.has_ticks) {
      if (position >= side.options.size() || side.options[position].empty()) return constant(false);
      return algebra_.atom(side.options[position] + "<>\"\"");
    }
    const std::string label = places_.option(side.field->list, position);
    if (side.field->type == QuestionType::multi)
      return algebra_.atom(names_entry(side.answer, label));
    return algebra_.atom(fmt::format("{}={}", side.answer, label));
  }

  /// The same of the other side, whose list may be another.
  ConditionFormula other_bit(const ConditionNode& node, const Side& left, const Side* right,
                             std::uint32_t position) {
    if (right == nullptr) return constant((node.mask >> position & 1) != 0);
    std::uint32_t own = position;
    if (right->field->list != left.field->list) {
      const auto options = form_.options_of(left.field->list);
      own = form_.find_option(right->field->list, form_.string(options[position].code));
      if (own == kNone) return constant(false);
    }
    return bit(*right, own);
  }

  ConditionFormula choices(const ConditionNode& node, const Side& left, const Side* right) {
    if (right != nullptr && !is_choice(right->field->type)) return constant(false);
    const auto size = static_cast<std::uint32_t>(form_.options_of(left.field->list).size());
    if (is_order(node.op)) return scale(node, left, right, size);
    // Options of the other list that this one lacks could not be seen.
    if (right != nullptr && right->field->list != left.field->list &&
        node.op != Operator::includes_any && node.op != Operator::is_any &&
        node.op != Operator::excludes && node.op != Operator::is_none_of)
      return unknown();
    std::vector<ConditionFormula> shared, covered, within;
    for (std::uint32_t i = 0; i < size; ++i) {
      ConditionFormula own = bit(left, i);
      ConditionFormula other = other_bit(node, left, right, i);
      shared.push_back(algebra_.all(with(own, other)));
      covered.push_back(algebra_.any(with(algebra_.negate(other), own)));
      within.push_back(algebra_.any(with(algebra_.negate(own), other)));
    }
    switch (node.op) {
      case Operator::is_any:
      case Operator::includes_any: return algebra_.any(std::move(shared));
      case Operator::is_none_of:
      case Operator::excludes: return algebra_.negate(algebra_.any(std::move(shared)));
      case Operator::includes_all: return algebra_.all(std::move(covered));
      case Operator::includes_only: return within_of(left, right, shared, within);
      case Operator::is:
      case Operator::equals: return equal(left, right, shared, covered, within);
      case Operator::is_not:
      case Operator::differs: return algebra_.negate(equal(left, right, shared, covered, within));
      default: return constant(false);
    }
  }

  static bool is_one(const Side& side) { return side.field->type != QuestionType::multi; }

  /// Of a single choice, to have nothing else is to have one of the others.
  ConditionFormula within_of(const Side& left, const Side* right,
                             std::vector<ConditionFormula> shared,
                             std::vector<ConditionFormula> within) const {
    if (is_one(left) || (right != nullptr && is_one(*right)))
      if (is_one(left)) return algebra_.any(std::move(shared));
    return algebra_.all(std::move(within));
  }

  ConditionFormula equal(const Side& left, const Side* right, std::vector<ConditionFormula> shared,
                         std::vector<ConditionFormula> covered,
                         const std::vector<ConditionFormula>& within) const {
    // Two single choices are equal when they share one: the short way to say the same.
    if (is_one(left) && right != nullptr && is_one(*right)) return algebra_.any(std::move(shared));
    return algebra_.all(
        with(algebra_.all(std::move(covered)), within_of(left, right, shared, within)));
  }

  /// Positions on a scale, which only single choices have.
  ConditionFormula scale(const ConditionNode& node, const Side& left, const Side* right,
                         std::uint32_t size) {
    if (right != nullptr) return unknown();
    if (!std::has_single_bit(node.mask)) return constant(false);
    if (!is_one(left)) return unknown();
    std::vector<ConditionFormula> fitting;
    for (std::uint32_t i = 0; i < size; ++i)
      if (stands_in_order(static_cast<int>(i), node.op, std::countr_zero(node.mask)))
        fitting.push_back(bit(left, i));
    return algebra_.any(std::move(fitting));
  }

  /// Texts, tags, addresses, provisions.
  ConditionFormula members(const ConditionNode& node, const Side& left) {
    const QuestionType type = left.field->type;
    if (type == QuestionType::reference) return unknown();
    const bool is_set = type == QuestionType::languages || type == QuestionType::provisions;
    std::vector<std::string> wanted;
    for (std::uint32_t i = 0; i < node.strings.count; ++i)
      wanted.emplace_back(form_.string(form_.tables().condition_strings[node.strings.first + i]));
    for (const std::uint32_t provision : form_.provisions_of(node.provisions))
      wanted.emplace_back(form_.string(form_.provisions()[provision].code));
    std::vector<ConditionFormula> has;
    for (const std::string& word : wanted) {
      const auto quoted = quoted_text(word);
      if (!quoted) return unknown();
      has.push_back(algebra_.atom(is_set ? names_entry(left.answer, *quoted)
                                         : fmt::format("EXACT({},{})", left.answer, *quoted)));
    }
    const bool has_one = wanted.size() == 1;
    switch (node.op) {
      case Operator::is_any:
      case Operator::includes_any: return algebra_.any(std::move(has));
      case Operator::is_none_of:
      case Operator::excludes: return algebra_.negate(algebra_.any(std::move(has)));
      case Operator::includes_all: return algebra_.all(std::move(has));
      case Operator::is:
      case Operator::equals:
        return is_set ? unknown() : has_one ? algebra_.any(std::move(has)) : constant(false);
      case Operator::is_not:
      case Operator::differs:
        return is_set ? unknown()
                      : algebra_.negate(has_one ? algebra_.any(std::move(has)) : constant(false));
      case Operator::includes_only: return is_set ? unknown() : algebra_.any(std::move(has));
      default: return constant(false);
    }
  }

  ConditionFormula rows(const ConditionNode& node, std::uint32_t index) {
    const std::string names = places_.row_names(node.subject);
    if (names.empty() || algebra_.is_range) return unknown();
    Compiler inner(form_, places_, knowledge_, true);
    std::string considered = fmt::format("--({}<>\"\")", names);
    if (node.cited_by != kNone) {
      const auto citing = places_.question(node.cited_by);
      if (!citing) return unknown();
      const std::string ids = places_.row_ids(node.subject);
      considered += fmt::format(",({0}>=6)*SIGN(COUNTIF({1},\"*[\"&{2}&\"]\")+COUNTIF({1},{2}))",
                                citing->standing, citing->lines, ids);
    }
    if (node.naming_column != kNone) {
      const ConditionFormula naming = inner.row_names(node);
      if (naming.kind != Kind::formula) return unknown();
      considered += "," + naming.text;
    }
    ConditionFormula fits = constant(true);
    if (node.has_child) fits = inner.compile(index + 1);
    if (fits.kind == Kind::unknown) return unknown();
    if (node.quantifier == Quantifier::all) fits = inner.algebra_.negate(std::move(fits));
    std::string count = "0";
    if (fits.kind == Kind::formula)
      count = fmt::format("SUMPRODUCT({},{})", considered, fits.text);
    else if (fits.kind == Kind::yes)
      count = fmt::format("SUMPRODUCT({})", considered);
    switch (node.quantifier) {
      case Quantifier::any: return formula(count + ">0");
      case Quantifier::all:
      case Quantifier::none: return formula(count + "=0");
      case Quantifier::count: break;
    }
    return formula(
        fmt::format("{}{}{}", count, sign_of(node.op, kNotEqual), node.number.to_string()));
  }

  /// Rows whose column names the option or provision.
  ConditionFormula row_names(const ConditionNode& node) {
    const Column& column = form_.column(node.naming_column);
    const std::string cells = places_.column(node.naming_column, false);
    if (cells.empty()) return unknown();
    if (is_choice(column.type)) return bit({&column, cells, {}, {}, false}, node.naming);
    const auto code = quoted_text(form_.string(form_.provisions()[node.naming].code));
    return code ? algebra_.atom(names_entry(cells, *code)) : unknown();
  }

  ConditionFormula count(const ConditionNode& node, std::uint32_t index) {
    ConditionNode given;
    given.op = Operator::given;
    const ConditionNode& leaf = node.has_child ? nodes()[index + 1] : given;
    std::string text = "0";
    int certain = 0;
    for (const std::uint32_t question :
         form_.tables().condition_operands.subspan(node.operands.first, node.operands.count)) {
      const ConditionFormula fits = answer(leaf, question, kNone);
      if (fits.kind == Kind::unknown) return unknown();
      if (fits.kind == Kind::formula) text += fmt::format("+IF({},1,0)", fits.text);
      certain += fits.kind == Kind::yes ? 1 : 0;
    }
    return formula(fmt::format("({}+{}){}{}", text, certain, sign_of(node.op, kNotEqual),
                               node.number.to_string()));
  }

  ConditionFormula sum(const ConditionNode& node) {
    std::vector<ConditionFormula> parts;
    const auto add = [&](Range operands) -> std::optional<std::string> {
      std::string text = "0";
      for (const std::uint32_t question :
           form_.tables().condition_operands.subspan(operands.first, operands.count)) {
        const auto cells = places_.question(question);
        if (!cells) return std::nullopt;
        parts.push_back(formula(cells->standing + ">=6"));
        text += fmt::format("+N({})", cells->answer);
      }
      return "(" + text + ")";
    };
    const auto left = add(node.operands);
    const auto right = node.other_operands.count > 0 ? add(node.other_operands)
                                                     : std::optional(node.number.to_string());
    if (!left || !right) return unknown();
    parts.push_back(formula(fmt::format("{}{}{}", *left, sign_of(node.op, kNotEqual), *right)));
    return algebra_.all(std::move(parts));
  }

  const Form& form_;
  FormulaPlaces& places_;
  const FormulaKnowledge& knowledge_;
  Algebra algebra_;
};

/// Excel takes 8,192 characters; what stands around a condition needs some of them.
ConditionFormula fitting(ConditionFormula result) {
  constexpr std::size_t kLongest = 7'500;
  if (count_characters(result.text) > kLongest) return unknown();
  return result;
}

}  // namespace

ConditionFormula condition_formula(const Form& form, std::uint32_t condition, FormulaPlaces& places,
                                   const FormulaKnowledge& knowledge) {
  if (condition == kNone) return constant(true);
  return fitting(Compiler(form, places, knowledge, false).compile(condition));
}

ConditionFormula rows_formula(const Form& form, std::uint32_t condition, FormulaPlaces& places,
                              const FormulaKnowledge& knowledge) {
  if (condition == kNone) return constant(true);
  return fitting(Compiler(form, places, knowledge, true).compile(condition));
}

}  // namespace cosp
