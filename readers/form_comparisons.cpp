#include "readers/form_comparisons.hpp"

#include <algorithm>
#include <array>

namespace cosp {
namespace {

/// Fields that the same operators fit.
enum class Family { one_choice, choices, figure, date, text, set };

struct OperatorWord {
  std::string_view word;
  Operator op;
};
constexpr OperatorWord kWords[] = {
    {"given", Operator::given},
    {"answered", Operator::answered},
    {"absent", Operator::absent},
    {"reason_is", Operator::reason_is},
    {"is", Operator::is},
    {"is_not", Operator::is_not},
    {"is_any", Operator::is_any},
    {"is_none_of", Operator::is_none_of},
    {"includes", Operator::includes_all},
    {"includes_any", Operator::includes_any},
    {"includes_all", Operator::includes_all},
    {"includes_only", Operator::includes_only},
    {"excludes", Operator::excludes},
    {"equals", Operator::equals},
    {"differs", Operator::differs},
    {"above", Operator::above},
    {"below", Operator::below},
    {"at_least", Operator::at_least},
    {"at_most", Operator::at_most},
    {"before", Operator::before},
    {"after", Operator::after},
    {"on_or_before", Operator::on_or_before},
    {"on_or_after", Operator::on_or_after},
};

Family family_of(const Field& field) {
  switch (field.type) {
    case QuestionType::multi: return Family::choices;
    case QuestionType::status:
    case QuestionType::single:
    case QuestionType::yes_no: return Family::one_choice;
    case QuestionType::number:
    case QuestionType::money: return Family::figure;
    case QuestionType::date:
    case QuestionType::period: return Family::date;
    case QuestionType::languages:
    case QuestionType::reference:
    case QuestionType::provisions: return Family::set;
    case QuestionType::text:
    case QuestionType::long_text:
    case QuestionType::language:
    case QuestionType::submitter:
    case QuestionType::email:
    case QuestionType::phone: break;
  }
  return Family::text;
}

bool is_order(Operator op) { return op >= Operator::equals && op <= Operator::at_most; }
bool is_identity(Operator op) { return op >= Operator::is && op <= Operator::is_none_of; }
bool is_inclusion(Operator op) { return op >= Operator::includes_any && op <= Operator::excludes; }
bool is_chronology(Operator op) { return op >= Operator::before && op <= Operator::on_or_after; }

/// The operators that fit a field, for messages.
std::string_view fitting(Family family, bool is_ordered) {
  switch (family) {
    case Family::one_choice:
      return is_ordered ? "is, is_not, is_any, is_none_of, equals, differs, above, below, at_least "
                          "or at_most"
                        : "is, is_not, is_any or is_none_of";
    case Family::text: return "is, is_not, is_any or is_none_of";
    case Family::choices:
    case Family::set: return "includes, includes_any, includes_all, includes_only or excludes";
    case Family::figure: return "equals, differs, above, below, at_least or at_most";
    case Family::date: return "before, after, on_or_before or on_or_after";
  }
  return "";
}

bool fits(Family family, bool is_ordered, Operator op) {
  switch (family) {
    case Family::one_choice: return is_identity(op) || (is_ordered && is_order(op));
    case Family::text: return is_identity(op);
    case Family::choices:
    case Family::set: return is_inclusion(op);
    case Family::figure: return is_order(op);
    case Family::date: return is_chronology(op);
  }
  return false;
}

std::optional<Operator> read_operator(const FormSource& source, const YamlNode& leaf) {
  const YamlNode* word = source.yaml.require(leaf, "operator", "a condition");
  if (word == nullptr) return std::nullopt;
  std::vector<std::string_view> known;
  for (const OperatorWord& entry : kWords) {
    if (entry.word == word->scalar) return entry.op;
    known.push_back(entry.word);
  }
  source.yaml.add(*word, unknown_name("operator", word->scalar, known));
  return std::nullopt;
}

class Comparison {
 public:
  Comparison(FormContext& context, const FormSource& source, const YamlNode& leaf,
             const Field& field, ConditionNode& node)
      : context_(context),
        source_(source),
        leaf_(leaf),
        field_(field),
        node_(node),
        family_(family_of(field)) {
    is_ordered_ = family_ == Family::one_choice && field.list != kNone &&
                  context.draft.lists[field.list].is_ordered;
  }

  bool compile(const Field* other) {
    const auto op = read_operator(source_, leaf_);
    if (!op) return false;
    node_.op = *op;
    if (*op == Operator::given || *op == Operator::answered || *op == Operator::absent)
      return expect_no_value();
    if (*op == Operator::reason_is) return read_reasons();
    if (!fits(family_, is_ordered_, *op))
      return refuse(*leaf_.find("operator"),
                    "expected " + std::string(fitting(family_, is_ordered_)) + " for " + what() +
                        ", got \"" + leaf_.find("operator")->scalar + "\"");
    const YamlNode* value = leaf_.find("value");
    const YamlNode* moment = leaf_.find("moment");
    const int given = (value != nullptr) + (moment != nullptr) + (other != nullptr);
    if (given != 1)
      return refuse(leaf_, "expected one of value, other and moment, got " +
                               std::string(given == 0 ? "none" : "more than one"));
    if (other != nullptr) return check_other(*other);
    if (moment != nullptr) return read_moment(*moment);
    return read_value(*value);
  }

 private:
  bool refuse(const YamlNode& at, std::string text) {
    source_.yaml.add(at, std::move(text));
    return false;
  }

  std::string what() const {
    return "\"" + context_.name_of(field_) + "\" of type " + std::string(to_string(field_.type));
  }

  bool expect_no_value() {
    for (const std::string_view key : {"value", "other", "moment"})
      if (const YamlNode* found = leaf_.find(key))
        return refuse(*found, "expected nothing behind \"" + leaf_.find("operator")->scalar +
                                  "\", got \"" + std::string(key) + "\"");
    return true;
  }

  bool read_reasons() {
    const YamlNode* value = source_.yaml.require(leaf_, "value", "a condition");
    if (value == nullptr) return false;
    constexpr std::string_view kReasons[] = {
        "not_applicable", "by_reservation",     "not_available",     "under_consideration",
        "withheld",       "reported_elsewhere", "outside_competence"};
    return for_each_value(*value, [&](const YamlNode& item) {
      const auto reason = parse_reason(item.scalar);
      if (!reason) return refuse(item, unknown_name("reason", item.scalar, kReasons));
      node_.mask |= std::uint64_t{1} << static_cast<int>(*reason);
      return true;
    });
  }

  template <class Take>
  bool for_each_value(const YamlNode& value, Take take) {
    if (value.is_scalar()) return take(value);
    if (!value.is_sequence() || value.items.empty())
      return refuse(value, "expected a value or a list of values, got " + describe_node(value));
    bool is_good = true;
    for (const YamlNode& item : value.items)
      is_good = (item.is_scalar() ? take(item)
                                  : refuse(item, "expected a value, got " + describe_node(item))) &&
                is_good;
    return is_good;
  }

  bool check_other(const Field& other) {
    const Family theirs = family_of(other);
    const bool both_choose = is_choice(field_.type) && is_choice(other.type);
    const bool is_same =
        both_choose ? field_.list == other.list
                    : theirs == family_ && (family_ != Family::set || other.type == field_.type);
    const bool same_register =
        field_.type != QuestionType::reference || field_.registry == other.registry;
    if (is_same && same_register) return true;
    return refuse(*leaf_.find("other"), "expected something like " + what() + ", got \"" +
                                            context_.name_of(other) + "\" of type " +
                                            std::string(to_string(other.type)) +
                                            (both_choose ? " with another list" : ""));
  }

  bool read_moment(const YamlNode& moment) {
    if (family_ != Family::date)
      return refuse(moment, "expected a value for " + what() + ", got a moment");
    const auto parsed = parse_moment(moment.scalar);
    if (!parsed)
      return refuse(moment,
                    "expected period_start, period_end or cut_off, got " + describe_node(moment));
    node_.moment = *parsed;
    return true;
  }

  bool read_value(const YamlNode& value) {
    const bool takes_one = node_.op == Operator::is || node_.op == Operator::is_not;
    if (takes_one && !value.is_scalar())
      return refuse(value, "expected one value behind \"" + leaf_.find("operator")->scalar +
                               "\", got " + describe_node(value));
    switch (family_) {
      case Family::one_choice: return is_order(node_.op) ? read_place(value) : read_options(value);
      case Family::choices: return read_options(value);
      case Family::figure: {
        const auto number = source_.yaml.decimal(value);
        if (!number) return false;
        node_.number = *number;
        node_.has_number = true;
        return true;
      }
      case Family::date: {
        const auto date = source_.yaml.date(value);
        if (!date) return false;
        node_.date = *date;
        node_.has_date = true;
        return true;
      }
      case Family::text: return read_strings(value);
      case Family::set:
        return field_.type == QuestionType::provisions ? read_provisions(value)
                                                       : read_strings(value);
    }
    return false;
  }

  bool read_options(const YamlNode& value) {
    if (field_.list == kNone) return false;  // reported with the field
    return for_each_value(value, [&](const YamlNode& item) {
      const std::uint32_t position = context_.option(source_, item, field_.list, item.scalar);
      if (position >= 64) return false;
      node_.mask |= std::uint64_t{1} << position;
      return true;
    });
  }

  bool read_place(const YamlNode& value) {
    if (!value.is_scalar())
      return refuse(value, "expected one option, got " + describe_node(value));
    const std::uint32_t position = context_.option(source_, value, field_.list, value.scalar);
    if (position >= 64) return false;
    const std::uint32_t count =
        std::min<std::uint32_t>(context_.draft.lists[field_.list].options.count, 64);
    const Operator written = node_.op;
    node_.op = Operator::is_any;
    for (std::uint32_t i = 0; i < count; ++i) {
      const bool fits_place = (written == Operator::equals && i == position) ||
                              (written == Operator::differs && i != position) ||
                              (written == Operator::above && i > position) ||
                              (written == Operator::below && i < position) ||
                              (written == Operator::at_least && i >= position) ||
                              (written == Operator::at_most && i <= position);
      if (fits_place) node_.mask |= std::uint64_t{1} << i;
    }
    return true;
  }

  bool read_strings(const YamlNode& value) {
    std::vector<std::string> texts;
    const bool is_good = for_each_value(value, [&](const YamlNode& item) {
      texts.push_back(item.scalar);
      return true;
    });
    node_.strings = context_.strings(texts);
    return is_good;
  }

  bool read_provisions(const YamlNode& value) {
    std::vector<std::uint32_t> indexes;
    const bool is_good = for_each_value(value, [&](const YamlNode& item) {
      indexes.push_back(context_.provisions.resolve(source_.yaml, item, item.scalar));
      return indexes.back() != kNone;
    });
    if (is_good)
      node_.provisions =
          context_.provision_ranges.add(context_.draft.provision_refs, indexes, indexes);
    return is_good;
  }

  FormContext& context_;
  const FormSource& source_;
  const YamlNode& leaf_;
  const Field& field_;
  ConditionNode& node_;
  Family family_;
  bool is_ordered_ = false;
};

}  // namespace

std::string_view to_string(Operator op) {
  for (const OperatorWord& entry : kWords)
    if (entry.op == op && entry.word != "includes") return entry.word;
  return "";
}

bool compile_comparison(FormContext& context, const FormSource& source, const YamlNode& leaf,
                        const Field* field, const Field* other, ConditionNode& node) {
  const auto is_broken = [&](const Field* it) {
    return it != nullptr && context.broken_fields.contains(context.name_of(*it));
  };
  if (is_broken(field) || is_broken(other)) return false;
  return Comparison(context, source, leaf, *field, node).compile(other);
}

bool compile_number_operator(const FormSource& source, const YamlNode& leaf, ConditionNode& node) {
  const auto op = read_operator(source, leaf);
  if (!op) return false;
  node.op = *op;
  if (is_order(*op)) return true;
  source.yaml.add(*leaf.find("operator"), "expected " +
                                              std::string(fitting(Family::figure, false)) +
                                              ", got \"" + leaf.find("operator")->scalar + "\"");
  return false;
}

bool compile_number(FormContext&, const FormSource& source, const YamlNode& leaf,
                    ConditionNode& node) {
  if (!compile_number_operator(source, leaf, node)) return false;
  const YamlNode* value = source.yaml.require(leaf, "value", "a condition");
  const auto number = value == nullptr ? std::nullopt : source.yaml.decimal(*value);
  if (!number) return false;
  node.number = *number;
  node.has_number = true;
  return true;
}

}  // namespace cosp
