#include "model/conditions.hpp"

#include <algorithm>
#include <bit>
#include <string>

namespace cosp {
namespace {

constexpr bool is_quantity_operator(Operator op) {
  return op == Operator::equals || op == Operator::differs || op == Operator::is ||
         op == Operator::is_not || op == Operator::above || op == Operator::below ||
         op == Operator::at_least || op == Operator::at_most;
}

/// How a figure, a count or a position on a scale stands to another. False for operators of other
/// kinds.
template <class T>
bool stands(const T& left, Operator op, const T& right) {
  switch (op) {
    case Operator::is:
    case Operator::equals: return left == right;
    case Operator::is_not:
    case Operator::differs: return !(left == right);
    case Operator::above:
    case Operator::after: return left > right;
    case Operator::below:
    case Operator::before: return left < right;
    case Operator::at_least:
    case Operator::on_or_after: return left >= right;
    case Operator::at_most:
    case Operator::on_or_before: return left <= right;
    default: return false;
  }
}

/// How a set stands to another; both sorted, each member once.
template <class T>
bool sets_stand(const std::vector<T>& left, Operator op, const std::vector<T>& right) {
  const auto shares = [&] {
    return std::any_of(left.begin(), left.end(), [&](const T& member) {
      return std::binary_search(right.begin(), right.end(), member);
    });
  };
  switch (op) {
    case Operator::is:
    case Operator::equals: return left == right;
    case Operator::is_not:
    case Operator::differs: return left != right;
    case Operator::is_any:
    case Operator::includes_any: return shares();
    case Operator::is_none_of:
    case Operator::excludes: return !shares();
    case Operator::includes_all:
      return std::includes(left.begin(), left.end(), right.begin(), right.end());
    case Operator::includes_only:
      return std::includes(right.begin(), right.end(), left.begin(), left.end());
    default: return false;
  }
}

bool masks_stand(std::uint64_t left, Operator op, std::uint64_t right) {
  switch (op) {
    case Operator::is:
    case Operator::equals: return left == right;
    case Operator::is_not:
    case Operator::differs: return left != right;
    case Operator::is_any:
    case Operator::includes_any: return (left & right) != 0;
    case Operator::is_none_of:
    case Operator::excludes: return (left & right) == 0;
    case Operator::includes_all: return (right & ~left) == 0;
    case Operator::includes_only: return (left & ~right) == 0;
    default: return false;
  }
}

template <class T>
void sort_unique(std::vector<T>& members) {
  std::sort(members.begin(), members.end());
  members.erase(std::unique(members.begin(), members.end()), members.end());
}

/// The options of one list as bits of another, by code; those the other lacks are told by `lost`.
std::uint64_t translate(const Form& form, std::uint64_t mask, std::uint32_t from, std::uint32_t to,
                        bool& lost) {
  std::uint64_t result = 0;
  const auto options = form.options_of(from);
  for (std::size_t i = 0; i < options.size(); ++i) {
    if ((mask >> i & 1) == 0) continue;
    const std::uint32_t position = form.find_option(to, form.string(options[i].code));
    if (position == kNone)
      lost = true;
    else
      result |= std::uint64_t{1} << position;
  }
  return result;
}

}  // namespace

/// One side of a relation: an answer, with the field it answers and the submission that holds its
/// content.
struct ConditionWalk::Operand {
  const Field* field = nullptr;
  const Answer* answer = nullptr;
  const Submission* submission = nullptr;
};

bool ConditionWalk::holds(std::uint32_t condition) const {
  const Form& form = evaluation_.form();
  const ConditionNode& node = form.tables().conditions[condition];
  switch (node.kind) {
    case ConditionKind::all: return holds_all(node, condition, true);
    case ConditionKind::any: return !holds_all(node, condition, false);
    case ConditionKind::negation: return !holds(condition + 1);
    case ConditionKind::answer: return holds_answer(node, node.subject);
    case ConditionKind::cell: return holds_cell(node);
    case ConditionKind::rows: return holds_rows(node, condition);
    case ConditionKind::count: return holds_count(node, condition);
    case ConditionKind::sum: return holds_sum(node);
    case ConditionKind::previous: return holds_previous(node);
    case ConditionKind::reserved: return evaluation_.is_reserved(node.subject);
    case ConditionKind::position:
      return node.mask >> static_cast<unsigned>(evaluation_.position()) & 1;
    case ConditionKind::submitter:
      return node.mask >> static_cast<unsigned>(evaluation_.submission().header.submitter_kind) & 1;
    case ConditionKind::stage:
      return node.mask >> static_cast<unsigned>(evaluation_.submission().header.stage) & 1;
  }
  return false;
}

/// Whether every child's result is `wanted`.
bool ConditionWalk::holds_all(const ConditionNode& node, std::uint32_t index, bool wanted) const {
  const auto nodes = evaluation_.form().tables().conditions;
  for (std::uint32_t child = index + 1; child < node.next; child = nodes[child].next)
    if (holds(child) != wanted) return false;
  return true;
}

bool ConditionWalk::row_names(const ConditionNode& node, const Row& row) const {
  if (node.naming_column == kNone) return true;
  const Form& form = evaluation_.form();
  const Column& column = form.column(node.naming_column);
  const Answer& cell = row.cells[node.naming_column - form.registry(column.owner).columns.first];
  if (!cell.has_value()) return false;
  if (is_choice(column.type)) return node.naming < 64 && (cell.mask >> node.naming & 1) != 0;
  const auto named = evaluation_.submission().numbers_of(cell);
  return std::find(named.begin(), named.end(), node.naming) != named.end();
}

bool ConditionWalk::holds_rows(const ConditionNode& node, std::uint32_t index) const {
  const Submission& submission = evaluation_.submission();
  std::int64_t considered = 0;
  std::int64_t fitting = 0;
  if (trace_ && node.cited_by != kNone) trace_->questions.push_back(node.cited_by);
  for (const std::uint32_t number : evaluation_.rows(node.subject, node.cited_by)) {
    const Row& row = submission.registers[node.subject][number];
    if (trace_) trace_->rows.push_back({node.subject, number});
    if (!row_names(node, row)) continue;
    ++considered;
    const ConditionWalk inner(evaluation_, &row, node.subject, trace_);
    if (!node.has_child || inner.holds(index + 1)) ++fitting;
  }
  switch (node.quantifier) {
    case Quantifier::any: return fitting > 0;
    case Quantifier::all: return fitting == considered;
    case Quantifier::none: return fitting == 0;
    case Quantifier::count: return stands(Decimal::from_integer(fitting), node.op, node.number);
  }
  return false;
}

bool ConditionWalk::holds_count(const ConditionNode& node, std::uint32_t index) const {
  const Form& form = evaluation_.form();
  const auto operands =
      form.tables().condition_operands.subspan(node.operands.first, node.operands.count);
  std::int64_t fitting = 0;
  for (const std::uint32_t question : operands) {
    ConditionNode given;
    given.op = Operator::given;
    const bool fits =
        holds_answer(node.has_child ? form.tables().conditions[index + 1] : given, question);
    if (fits) ++fitting;
  }
  return stands(Decimal::from_integer(fitting), node.op, node.number);
}

std::optional<Decimal> ConditionWalk::sum(Range operands) const {
  const auto questions =
      evaluation_.form().tables().condition_operands.subspan(operands.first, operands.count);
  std::optional<Decimal> total = Decimal{};
  for (const std::uint32_t question : questions) {
    if (trace_) trace_->questions.push_back(question);
    const Answer& answer = evaluation_.answer(question);
    if (!answer.has_value() || !total) return std::nullopt;
    total = total->plus(answer.number);
  }
  return total;
}

bool ConditionWalk::holds_sum(const ConditionNode& node) const {
  const std::optional<Decimal> left = sum(node.operands);
  std::optional<Decimal> right = node.number;
  if (node.other_operands.count > 0) right = sum(node.other_operands);
  return left && right && stands(*left, node.op, *right);
}

ConditionWalk::Operand ConditionWalk::operand_of_question(std::uint32_t question) const {
  if (trace_) trace_->questions.push_back(question);
  return {&evaluation_.form().question(question), &evaluation_.answer(question),
          &evaluation_.submission()};
}

ConditionWalk::Operand ConditionWalk::operand_of_cell(std::uint32_t column) const {
  static const Answer absent;
  const Form& form = evaluation_.form();
  Operand operand{&form.column(column), &absent, &evaluation_.submission()};
  const std::uint32_t owner = form.column(column).owner;
  if (!row_ || owner != registry_) return operand;
  const std::uint32_t position = column - form.registry(owner).columns.first;
  if (position < row_->cells.size()) operand.answer = &row_->cells[position];
  return operand;
}

bool ConditionWalk::holds_answer(const ConditionNode& node, std::uint32_t question) const {
  const Operand left = operand_of_question(question);
  if (node.other == kNone) return relates(node, left, nullptr);
  const Operand right = operand_of_question(node.other);
  return relates(node, left, &right);
}

bool ConditionWalk::holds_cell(const ConditionNode& node) const {
  const Operand left = operand_of_cell(node.subject);
  if (node.other == kNone) return relates(node, left, nullptr);
  const Operand right = operand_of_cell(node.other);
  return relates(node, left, &right);
}

bool ConditionWalk::holds_previous(const ConditionNode& node) const {
  static const Answer absent;
  const Submission* previous = evaluation_.surroundings().previous;
  Operand left{&evaluation_.form().question(node.subject), &absent, previous};
  if (previous && node.subject < previous->answers.size())
    left.answer = &previous->answers[node.subject];
  if (node.other == kNone) return relates(node, left, nullptr);
  const Operand right = operand_of_question(node.other);
  return relates(node, left, &right);
}

bool ConditionWalk::relates(const ConditionNode& node, const Operand& left,
                            const Operand* right) const {
  const Answer& answer = *left.answer;
  switch (node.op) {
    case Operator::given: return answer.has_value();
    case Operator::answered: return !answer.is_absent();
    case Operator::absent: return answer.is_absent();
    case Operator::reason_is:
      return answer.has_reason() && (node.mask >> static_cast<unsigned>(answer.reason) & 1) != 0;
    default: break;
  }
  // A comparison with something not given is false, whichever the operator.
  if (!answer.has_value() || (right && !right->answer->has_value())) return false;
  const QuestionType type = left.field->type;
  if (is_choice(type)) return relates_choices(node, left, right);
  if (type == QuestionType::date || type == QuestionType::period)
    return relates_dates(node, left, right);
  if (!is_figure(type)) return relates_sets(node, left, right);
  if (!right) return node.has_number && stands(answer.number, node.op, node.number);
  if (!is_figure(right->field->type) || !is_quantity_operator(node.op)) return false;
  // Sums of money are compared within one currency only.
  if (type == QuestionType::money || right->field->type == QuestionType::money) {
    const auto own = left.submission->items_of(answer);
    const auto other = right->submission->items_of(*right->answer);
    if (!std::equal(own.begin(), own.end(), other.begin(), other.end())) return false;
  }
  return stands(answer.number, node.op, right->answer->number);
}

bool ConditionWalk::relates_dates(const ConditionNode& node, const Operand& left,
                                  const Operand* right) const {
  const auto day = [](const Operand& operand) {
    return operand.field->type == QuestionType::period ? operand.answer->end : operand.answer->date;
  };
  std::optional<Date> other;
  if (right)
    other = day(*right);
  else if (node.moment != Moment::none)
    other = evaluation_.moment(node.moment);
  else if (node.has_date)
    other = node.date;
  return other && stands(day(left), node.op, *other);
}

bool ConditionWalk::relates_choices(const ConditionNode& node, const Operand& left,
                                    const Operand* right) const {
  std::uint64_t other = node.mask;
  bool lost = false;
  if (right) {
    if (!is_choice(right->field->type)) return false;
    other = right->answer->mask;
    if (right->field->list != left.field->list)
      other = translate(evaluation_.form(), other, right->field->list, left.field->list, lost);
  }
  const std::uint64_t mask = left.answer->mask;
  switch (node.op) {
    case Operator::above:
    case Operator::below:
    case Operator::at_least:
    case Operator::at_most:
      // Positions on a scale; only single choices have one.
      return !lost && std::has_single_bit(mask) && std::has_single_bit(other) &&
             stands(std::countr_zero(mask), node.op, std::countr_zero(other));
    case Operator::is:
    case Operator::equals:
    case Operator::includes_all: return !lost && masks_stand(mask, node.op, other);
    case Operator::is_not:
    case Operator::differs: return lost || masks_stand(mask, node.op, other);
    default: return masks_stand(mask, node.op, other);
  }
}

bool ConditionWalk::relates_sets(const ConditionNode& node, const Operand& left,
                                 const Operand* right) const {
  const Form& form = evaluation_.form();
  const QuestionType type = left.field->type;
  if (type == QuestionType::reference || type == QuestionType::provisions) {
    const auto members = [](const Operand& operand) {
      const auto numbers = operand.submission->numbers_of(*operand.answer);
      std::vector<std::uint32_t> sorted(numbers.begin(), numbers.end());
      sort_unique(sorted);
      return sorted;
    };
    std::vector<std::uint32_t> other;
    if (right) {
      if (right->field->type != type || right->field->registry != left.field->registry)
        return false;
      other = members(*right);
    } else {
      const auto declared = form.provisions_of(node.provisions);
      other.assign(declared.begin(), declared.end());
      sort_unique(other);
    }
    return sets_stand(members(left), node.op, other);
  }
  const auto members = [](const Operand& operand) {
    std::vector<std::string> sorted;
    if (is_text(operand.field->type))
      sorted.emplace_back(operand.submission->original_text(*operand.answer));
    else
      for (const std::string& item : operand.submission->items_of(*operand.answer))
        sorted.push_back(item);
    sort_unique(sorted);
    return sorted;
  };
  std::vector<std::string> other;
  if (right) {
    other = members(*right);
  } else {
    for (std::uint32_t i = 0; i < node.strings.count; ++i)
      other.emplace_back(form.string(form.tables().condition_strings[node.strings.first + i]));
    sort_unique(other);
  }
  return sets_stand(members(left), node.op, other);
}

}  // namespace cosp
