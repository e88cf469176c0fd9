#include "generator/form_xlsform_conditions.hpp"

#include <algorithm>
#include <bit>

#include <fmt/format.h>

#include "generator/comparisons.hpp"

namespace cosp {
namespace {

constexpr std::string_view kNotEqual = "!=";

using Kind = XlsCondition::Kind;
using Names = XlsNames::OfQuestion;

XlsCondition constant(bool value) { return {value ? Kind::yes : Kind::no, {}, true}; }
XlsCondition unknown() { return {Kind::unknown, {}, false}; }

XlsCondition any_of(std::vector<XlsCondition> parts) {
  std::vector<std::string> texts;
  bool is_exact = true;
  bool is_unknown = false;
  for (XlsCondition& part : parts) {
    if (part.kind == Kind::yes) return constant(true);
    is_unknown |= part.kind == Kind::unknown;
    is_exact &= part.is_exact;
    if (part.kind == Kind::expression) texts.push_back(std::move(part.text));
  }
  if (is_unknown) return unknown();
  if (texts.empty()) return constant(false);
  std::string text =
      texts.size() == 1 ? texts.front() : fmt::format("({})", fmt::join(texts, " or "));
  return {Kind::expression, std::move(text), is_exact};
}

/// What is only implied cannot be turned round.
XlsCondition negated(const XlsCondition& part) {
  if (part.kind == Kind::unknown || !part.is_exact) return unknown();
  if (part.kind != Kind::expression) return constant(part.kind == Kind::no);
  return xls_expression(fmt::format("not({})", part.text));
}

bool is_negative(Operator op) {
  return op == Operator::is_not || op == Operator::differs || op == Operator::is_none_of ||
         op == Operator::excludes;
}

XlsCondition given(const std::string& name) {
  return xls_expression(fmt::format("{} != ''", xls_reference(name)));
}

class Writer {
 public:
  Writer(const Form& form, const XlsNames& names) : form_(form), names_(names) {}

  XlsCondition write(std::uint32_t index) {
    const ConditionNode& node = nodes()[index];
    switch (node.kind) {
      case ConditionKind::all: return xls_all(children(node, index));
      case ConditionKind::any: return any_of(children(node, index));
      case ConditionKind::negation: return negated(write(index + 1));
      case ConditionKind::answer: return answer(node, node.subject);
      case ConditionKind::rows: return rows(node);
      case ConditionKind::count: return count(node, index);
      case ConditionKind::sum: return sum(node);
      case ConditionKind::position: return position(node);
      case ConditionKind::submitter:
        return words<SubmitterKind>(node.mask, 3, names_.submitter_kind);
      case ConditionKind::stage: return words<Stage>(node.mask, 2, names_.stage);
      case ConditionKind::cell:
      case ConditionKind::previous:
      case ConditionKind::reserved: return unknown();
    }
    return unknown();
  }

 private:
  std::span<const ConditionNode> nodes() const { return form_.tables().conditions; }

  std::vector<XlsCondition> children(const ConditionNode& node, std::uint32_t index) {
    std::vector<XlsCondition> parts;
    for (std::uint32_t child = index + 1; child < node.next; child = nodes()[child].next)
      parts.push_back(write(child));
    return parts;
  }

  static XlsCondition equals(const std::string& name, std::string_view value) {
    return xls_expression(fmt::format("{} = {}", xls_reference(name), xls_string(value)));
  }
  static XlsCondition selected(const std::string& name, std::string_view value) {
    return xls_expression(fmt::format("selected({}, {})", xls_reference(name), xls_string(value)));
  }

  template <class E>
  XlsCondition words(std::uint64_t mask, int most, const std::string& name) const {
    std::vector<XlsCondition> parts;
    for (int i = 0; i < most; ++i)
      if ((mask >> i & 1) != 0) parts.push_back(equals(name, to_string(static_cast<E>(i))));
    return any_of(std::move(parts));
  }

  XlsCondition answer(const ConditionNode& node, std::uint32_t question) {
    const Names& names = names_.questions[question];
    XlsCondition has_value = given(names.value);
    switch (node.op) {
      case Operator::given: return has_value;
      case Operator::answered: return answered(names);
      case Operator::absent: return negated(answered(names));
      case Operator::reason_is:
        return names.reason.empty() ? constant(false)
                                    : words<Reason>(node.mask, kReasonCount, names.reason);
      default: break;
    }
    const Field& field = form_.question(question);
    if (node.other != kNone)
      return xls_all(
          {has_value, given(names_.questions[node.other].value), with_other(node, field, names)});
    return xls_all({has_value, relation(node, field, names)});
  }

  static XlsCondition answered(const Names& names) {
    if (names.reason.empty()) return given(names.value);
    return any_of({given(names.value), given(names.reason)});
  }

  XlsCondition relation(const ConditionNode& node, const Field& field, const Names& names) {
    if (is_choice(field.type)) return choices(node, field, names);
    const std::string_view sign = sign_of(node.op, kNotEqual);
    if (is_figure(field.type)) {
      if (sign.empty() || !node.has_number) return constant(false);
      return xls_expression(
          fmt::format("{} {} {}", xls_reference(names.value), sign, node.number.to_string()));
    }
    if (field.type == QuestionType::date || field.type == QuestionType::period)
      return dates(node, field, names);
    return members(node, field, names);
  }

  static const std::string& day_of(const Field& field, const Names& names) {
    return field.type == QuestionType::period ? names.second : names.value;
  }

  XlsCondition dates(const ConditionNode& node, const Field& field, const Names& names) const {
    const std::string_view sign = sign_of(node.op, kNotEqual);
    if (sign.empty()) return constant(false);
    std::string bound;
    if (node.has_date) {
      bound = fmt::format("date('{}')", node.date.to_string());
    } else {
      const std::uint32_t period = form_.role("period");
      if (node.moment == Moment::cut_off || node.moment == Moment::none || period == kNone)
        return unknown();
      const Names& reported = names_.questions[period];
      bound = xls_reference(node.moment == Moment::period_start ? reported.value : reported.second);
    }
    return xls_expression(
        fmt::format("{} {} {}", xls_reference(day_of(field, names)), sign, bound));
  }

  /// Texts, languages, submitters, provisions.
  XlsCondition members(const ConditionNode& node, const Field& field, const Names& names) const {
    if (field.type == QuestionType::reference) return unknown();
    const bool is_several =
        field.type == QuestionType::provisions || field.type == QuestionType::languages;
    std::vector<XlsCondition> parts;
    const auto add = [&](std::string_view value) {
      parts.push_back(is_several ? selected(names.value, value) : equals(names.value, value));
    };
    for (const StringRef text :
         form_.tables().condition_strings.subspan(node.strings.first, node.strings.count))
      add(form_.string(text));
    for (const std::uint32_t provision : form_.provisions_of(node.provisions))
      add(form_.string(form_.provisions()[provision].code));
    switch (node.op) {
      case Operator::is_any:
      case Operator::includes_any: return any_of(std::move(parts));
      case Operator::is_none_of:
      case Operator::excludes: return negated(any_of(std::move(parts)));
      case Operator::includes_all: return xls_all(std::move(parts));
      case Operator::is:
      case Operator::equals: return is_several ? unknown() : any_of(std::move(parts));
      case Operator::is_not:
      case Operator::differs: return is_several ? unknown() : negated(any_of(std::move(parts)));
      default: return unknown();
    }
  }

  XlsCondition choices(const ConditionNode& node, const Field& field, const Names& names) const {
    const auto options = form_.options_of(field.list);
    const bool is_several = field.type == QuestionType::multi;
    std::vector<XlsCondition> within, beyond, in_order;
    for (std::uint32_t i = 0; i < options.size(); ++i) {
      const std::string_view code = form_.string(options[i].code);
      const XlsCondition has = is_several ? selected(names.value, code) : equals(names.value, code);
      if ((node.mask >> i & 1) != 0)
        within.push_back(has);
      else if ((field.allowed >> i & 1) != 0)
        beyond.push_back(has);
      if (!is_several && std::has_single_bit(node.mask) &&
          stands_in_order(static_cast<int>(i), node.op, std::countr_zero(node.mask)))
        in_order.push_back(has);
    }
    XlsCondition equal = is_several ? xls_all({xls_all(within), negated(any_of(beyond))})
                                    : (within.size() == 1 ? within.front() : constant(false));
    switch (node.op) {
      case Operator::is_any:
      case Operator::includes_any: return any_of(within);
      case Operator::is_none_of:
      case Operator::excludes: return negated(any_of(within));
      case Operator::includes_all: return is_several ? xls_all(within) : equal;
      case Operator::includes_only: return is_several ? negated(any_of(beyond)) : any_of(within);
      case Operator::is:
      case Operator::equals: return equal;
      case Operator::is_not:
      case Operator::differs: return negated(equal);
      case Operator::above:
      case Operator::below:
      case Operator::at_least:
      case Operator::at_most: return is_several ? unknown() : any_of(in_order);
      default: return constant(false);
    }
  }

  /// Both are given.
  XlsCondition with_other(const ConditionNode& node, const Field& field, const Names& names) const {
    const Field& other = form_.question(node.other);
    const Names& right = names_.questions[node.other];
    const std::string left = xls_reference(names.value);
    if (is_choice(field.type) && is_choice(other.type)) {
      if (other.type == QuestionType::multi || node.op == Operator::includes_only) return unknown();
      if (field.type != QuestionType::multi)
        return xls_expression(fmt::format("{} {} {}", left, is_negative(node.op) ? "!=" : "=",
                                          xls_reference(right.value)));
      const XlsCondition has =
          xls_expression(fmt::format("selected({}, {})", left, xls_reference(right.value)));
      if (node.op == Operator::excludes) return negated(has);
      return node.op == Operator::includes_any || node.op == Operator::includes_all ? has
                                                                                    : unknown();
    }
    const std::string_view sign = sign_of(node.op, kNotEqual);
    if (sign.empty()) return unknown();
    const auto is_day = [](const Field& one) {
      return one.type == QuestionType::date || one.type == QuestionType::period;
    };
    if (is_day(field) && is_day(other))
      return xls_expression(fmt::format("{} {} {}", xls_reference(day_of(field, names)), sign,
                                        xls_reference(day_of(other, right))));
    if (!is_figure(field.type) || field.type != other.type) return unknown();
    XlsCondition compared =
        xls_expression(fmt::format("{} {} {}", left, sign, xls_reference(right.value)));
    if (field.type != QuestionType::money) return compared;
    return xls_all({xls_expression(fmt::format("{} = {}", xls_reference(names.second),
                                               xls_reference(right.second))),
                    compared});
  }

  /// Which rows fit a condition is not asked of a survey, how many there are is.
  XlsCondition rows(const ConditionNode& node) const {
    if (node.has_child || node.naming_column != kNone) return unknown();
    const std::string number =
        node.cited_by != kNone
            ? fmt::format("count-selected({})",
                          xls_reference(names_.questions[node.cited_by].value))
            : fmt::format("count({})", xls_reference(names_.registers[node.subject]));
    switch (node.quantifier) {
      case Quantifier::all: return constant(true);
      case Quantifier::any: return xls_expression(number + " > 0");
      case Quantifier::none: return xls_expression(number + " = 0");
      case Quantifier::count: break;
    }
    return compared(number, node);
  }

  static XlsCondition compared(const std::string& number, const ConditionNode& node) {
    const std::string_view sign = sign_of(node.op, kNotEqual);
    if (sign.empty()) return constant(false);
    return xls_expression(fmt::format("{} {} {}", number, sign, node.number.to_string()));
  }

  std::span<const std::uint32_t> operands(Range range) const {
    return form_.tables().condition_operands.subspan(range.first, range.count);
  }

  XlsCondition count(const ConditionNode& node, std::uint32_t index) {
    std::vector<std::string> ones;
    for (const std::uint32_t question : operands(node.operands)) {
      const XlsCondition fits = node.has_child ? answer(nodes()[index + 1], question)
                                               : given(names_.questions[question].value);
      if (fits.kind == Kind::unknown || !fits.is_exact) return unknown();
      if (fits.kind == Kind::yes) ones.emplace_back("1");
      if (fits.kind == Kind::expression) ones.push_back(fmt::format("if({}, 1, 0)", fits.text));
    }
    return compared(ones.empty() ? "0" : fmt::format("({})", fmt::join(ones, " + ")), node);
  }

  XlsCondition sum(const ConditionNode& node) const {
    std::vector<XlsCondition> parts;
    const auto total = [&](Range range) {
      std::vector<std::string> terms;
      for (const std::uint32_t question : operands(range)) {
        const std::string& name = names_.questions[question].value;
        parts.push_back(given(name));
        terms.push_back(xls_reference(name));
      }
      return fmt::format("({})", fmt::join(terms, " + "));
    };
    const std::string_view sign = sign_of(node.op, kNotEqual);
    if (sign.empty()) return constant(false);
    const std::string left = total(node.operands);
    const std::string right =
        node.other_operands.count > 0 ? total(node.other_operands) : node.number.to_string();
    parts.push_back(xls_expression(fmt::format("{} {} {}", left, sign, right)));
    return xls_all(std::move(parts));
  }

  /// As reported: a survey has no cycle.
  XlsCondition position(const ConditionNode& node) {
    XlsCondition is_party = constant(false);
    if (const std::uint32_t named = form_.named_condition("is_party"); named != kNone)
      is_party = write(named);
    const std::uint32_t role = form_.role("participation");
    const auto wants = [&](Position wanted) {
      return (node.mask >> static_cast<unsigned>(wanted) & 1) != 0;
    };
    std::vector<XlsCondition> wanted, elsewhere{is_party};
    if (wants(Position::party)) wanted.push_back(is_party);
    const auto options =
        role == kNone ? std::span<const Option>{} : form_.options_of(form_.question(role).list);
    for (const Option& option : options) {
      const auto reported = parse_position(form_.string(option.code));
      if (!reported || *reported == Position::party || *reported == Position::neither) continue;
      const XlsCondition is_so = xls_all(
          {negated(is_party), equals(names_.questions[role].value, form_.string(option.code))});
      if (wants(*reported)) wanted.push_back(is_so);
      elsewhere.push_back(is_so);
    }
    if (wants(Position::neither)) wanted.push_back(negated(any_of(std::move(elsewhere))));
    return any_of(std::move(wanted));
  }

  const Form& form_;
  const XlsNames& names_;
};

}  // namespace

std::string xls_reference(std::string_view name) { return fmt::format("${{{}}}", name); }

std::string xls_string(std::string_view text) {
  std::string quoted = "'";
  std::copy_if(text.begin(), text.end(), std::back_inserter(quoted),
               [](char c) { return c != '\''; });
  return quoted + "'";
}

XlsCondition xls_expression(std::string text) { return {Kind::expression, std::move(text), true}; }

XlsCondition xls_all(std::vector<XlsCondition> parts) {
  std::vector<std::string> texts;
  bool is_exact = true;
  for (XlsCondition& part : parts) {
    if (part.kind == Kind::no) return constant(false);
    is_exact &= part.is_exact;
    if (part.kind == Kind::expression &&
        std::find(texts.begin(), texts.end(), part.text) == texts.end())
      texts.push_back(std::move(part.text));
  }
  if (texts.empty()) return is_exact ? constant(true) : unknown();
  std::string text =
      texts.size() == 1 ? texts.front() : fmt::format("({})", fmt::join(texts, " and "));
  return {Kind::expression, std::move(text), is_exact};
}

XlsCondition xlsform_condition(const Form& form, std::uint32_t condition, const XlsNames& names) {
  return condition == kNone ? constant(true) : Writer(form, names).write(condition);
}

}  // namespace cosp
