/// What questions and columns have in common: types, lists, limits.

#include <algorithm>
#include <optional>

#include "readers/form_context.hpp"

namespace cosp {
namespace {

constexpr std::int64_t kMostWords = 100'000;
constexpr std::int64_t kMostCharacters = 1'000'000;
constexpr std::int64_t kMostRows = 100'000;
constexpr std::int64_t kMostDecimals = 9;

class FieldReader {
 public:
  FieldReader(FormContext& context, const YamlNode& node, const FormSource& source, Field& field)
      : context_(context), node_(node), source_(source), field_(field) {}

  void read() {
    if (!read_type()) {
      context_.broken_fields.insert(context_.name_of(field_));
      return;
    }
    field_.required =
        word("required", parse_requirement, Requirement::never, "draft, final, parties or never");
    field_.floor =
        word("visibility", parse_visibility, Visibility::open, "public, counted or secretariat");
    field_.bind =
        word("bind", parse_binding, Binding::none, "submitter, period, language or organization");
    field_.is_personal = source_.yaml.boolean_of(node_, "personal");
    field_.stays_open = source_.yaml.boolean_of(node_, "stays_open");
    field_.always_answered = source_.yaml.boolean_of(node_, "always_answered");
    read_choices();
    read_figures();
    read_texts();
    read_dates();
    read_rows();
    read_provisions();
  }

 private:
  bool read_type() {
    const YamlNode* type = source_.yaml.require(node_, "type", "a question or column");
    if (type == nullptr) return false;
    const auto parsed = parse_question_type(type->scalar);
    if (!parsed) {
      constexpr std::string_view kTypes[] = {
          "status",    "single",    "multi",      "yes_no", "number",   "money",
          "text",      "long",      "date",       "period", "language", "languages",
          "submitter", "reference", "provisions", "email",  "phone"};
      source_.yaml.add(*type, unknown_name("type", type->scalar, kTypes));
      return false;
    }
    field_.type = *parsed;
    return true;
  }

  template <class Enum>
  Enum word(std::string_view key, std::optional<Enum> (*parse)(std::string_view), Enum absent,
            std::string_view words) {
    const YamlNode* value = node_.find(key);
    if (value == nullptr) return absent;
    const auto parsed = value->is_scalar() ? parse(value->scalar) : std::nullopt;
    if (!parsed)
      source_.yaml.add(*value, "expected " + std::string(words) + ", got " + describe_node(*value));
    return parsed.value_or(absent);
  }

  /// The value of a key that only some types have; null when it is absent or not theirs.
  const YamlNode* key_for(std::string_view key, bool is_theirs, std::string_view whose) {
    const YamlNode* value = node_.find(key);
    if (value == nullptr || is_theirs) return value;
    source_.yaml.add(*value, "expected \"" + std::string(key) + "\" only for " +
                                 std::string(whose) + ", got the type " +
                                 std::string(to_string(field_.type)));
    return nullptr;
  }

  void read_choices() {
    const bool chooses = is_choice(field_.type);
    const bool has_list = chooses && field_.type != QuestionType::yes_no;
    const bool many = field_.type == QuestionType::multi;
    const YamlNode* list = key_for("list", has_list, "choices");
    const YamlNode* only = key_for("only", has_list, "choices");
    const YamlNode* exclusive = key_for("exclusive", many, "several choices");
    const YamlNode* most = key_for("choices", many, "several choices");
    const YamlNode* offered = key_for("offered_when", chooses, "choices");
    if (!chooses) return;
    if (field_.type == QuestionType::yes_no) {
      field_.list = context_.yes_no_list;
    } else if (list == nullptr) {
      if (node_.find("list") == nullptr)
        source_.yaml.add(node_, "expected \"list\" for a choice, got none");
      return;
    } else {
      field_.list = context_.lists.resolve(source_.yaml, *list, list->scalar);
      if (field_.list == kNone) context_.broken_fields.insert(context_.name_of(field_));
    }
    if (field_.list == kNone) return;
    const std::uint32_t count = context_.draft.lists[field_.list].options.count;
    field_.allowed = count >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
    if (only != nullptr) field_.allowed = mask_of(*only);
    if (many) field_.exclusive = exclusive_of_list();
    if (exclusive != nullptr) field_.exclusive |= mask_of(*exclusive);
    field_.exclusive &= field_.allowed;
    if (most != nullptr)
      field_.most_choices =
          static_cast<std::uint32_t>(source_.yaml.integer(*most, 1, 64).value_or(0));
    if (offered != nullptr) read_offered(*offered);
  }

  std::uint64_t mask_of(const YamlNode& codes) {
    std::uint64_t mask = 0;
    for (const YamlNode& code : source_.yaml.sequence(codes)) {
      const auto written = source_.yaml.text(code);
      if (!written) continue;
      const std::uint32_t position = context_.option(source_, code, field_.list, *written);
      if (position < 64) mask |= std::uint64_t{1} << position;
    }
    return mask;
  }

  std::uint64_t exclusive_of_list() const {
    const Range options = context_.draft.lists[field_.list].options;
    std::uint64_t mask = 0;
    for (std::uint32_t i = 0; i < options.count && i < 64; ++i)
      if (context_.draft.options[options.first + i].is_exclusive) mask |= std::uint64_t{1} << i;
    return mask;
  }

  /// The question is found when all are known.
  void read_offered(const YamlNode& offered) {
    if (!source_.yaml.check_map(offered, {"question"}, "offered_when")) return;
    source_.yaml.require(offered, "question", "offered_when");
  }

  void read_figures() {
    const bool figure = is_figure(field_.type);
    const YamlNode* minimum = key_for("minimum", figure, "figures");
    const YamlNode* maximum = key_for("maximum", figure, "figures");
    const YamlNode* decimals = key_for("decimals", figure, "figures");
    const YamlNode* unit = key_for("unit", figure, "figures");
    if (unit != nullptr) field_.unit = context_.add(source_.yaml.text(*unit).value_or(""));
    if (decimals != nullptr)
      field_.decimals = static_cast<std::uint8_t>(
          source_.yaml.integer(*decimals, 0, kMostDecimals).value_or(kMostDecimals));
    read_bound(minimum, field_.has_minimum, field_.minimum);
    read_bound(maximum, field_.has_maximum, field_.maximum);
    if (field_.has_minimum && field_.has_maximum && field_.minimum > field_.maximum)
      source_.yaml.add(*maximum, "expected a maximum of at least the minimum " +
                                     field_.minimum.to_string() + ", got " +
                                     field_.maximum.to_string());
  }

  void read_bound(const YamlNode* node, bool& has, Decimal& bound) {
    if (node == nullptr) return;
    const auto value = source_.yaml.decimal(*node);
    if (!value) return;
    if (value->decimals() > field_.decimals)
      source_.yaml.add(*node, "expected a limit of at most " + std::to_string(field_.decimals) +
                                  " decimals, got " + value->to_string());
    has = true;
    bound = *value;
  }

  void read_texts() {
    const bool text = is_text(field_.type);
    if (const YamlNode* words = key_for("words", text, "texts"))
      field_.most_words =
          static_cast<std::uint32_t>(source_.yaml.integer(*words, 1, kMostWords).value_or(0));
    if (const YamlNode* characters = key_for("characters", text, "texts"))
      field_.most_characters = static_cast<std::uint32_t>(
          source_.yaml.integer(*characters, 1, kMostCharacters).value_or(0));
    if (const YamlNode* pattern = key_for("pattern", text, "texts"))
      field_.pattern = context_.add(source_.yaml.text(*pattern).value_or(""));
  }

  void read_dates() {
    const bool dates = field_.type == QuestionType::date;
    if (const YamlNode* earliest = key_for("earliest", dates, "dates"))
      field_.earliest = bound_of(*earliest);
    if (const YamlNode* latest = key_for("latest", dates, "dates"))
      field_.latest = bound_of(*latest);
    if (field_.earliest.is_set && field_.latest.is_set && field_.latest.date < field_.earliest.date)
      source_.yaml.add(*node_.find("latest"), "expected a day not before the earliest, got " +
                                                  field_.latest.date.to_string());
  }

  DateBound bound_of(const YamlNode& node) {
    DateBound bound;
    if (const auto moment = parse_moment(node.scalar)) {
      bound.moment = *moment;
    } else if (const auto date = Date::parse(node.scalar)) {
      bound.is_set = true;
      bound.date = *date;
    } else {
      source_.yaml.add(node,
                       "expected a date (yyyy-mm-dd), period_start, period_end or cut_off, got " +
                           describe_node(node));
    }
    return bound;
  }

  void read_rows() {
    const bool cites = field_.type == QuestionType::reference;
    const YamlNode* registry = key_for("register", cites, "references");
    const YamlNode* rows = key_for("rows", cites, "references");
    if (cites && node_.find("register") == nullptr)
      source_.yaml.add(node_, "expected \"register\" for a reference, got none");
    if (registry != nullptr)
      field_.registry = context_.registers.resolve(source_.yaml, *registry, registry->scalar);
    if (rows == nullptr) return;
    if (!rows->is_sequence() || rows->items.size() != 2) {
      source_.yaml.add(*rows, "expected [least, most] rows, got " + describe_node(*rows));
      return;
    }
    field_.least_rows =
        static_cast<std::uint32_t>(source_.yaml.integer(rows->items[0], 0, kMostRows).value_or(0));
    field_.most_rows =
        static_cast<std::uint32_t>(source_.yaml.integer(rows->items[1], 1, kMostRows).value_or(0));
    if (field_.most_rows < field_.least_rows)
      source_.yaml.add(*rows, "expected at least as many rows at most, got [" +
                                  std::to_string(field_.least_rows) + ", " +
                                  std::to_string(field_.most_rows) + "]");
  }

  void read_provisions() {
    if (const YamlNode* provisions = node_.find("provisions"))
      field_.provisions = context_.read_provisions(source_, *provisions);
    field_.obligation = context_.strictest(field_.provisions);
    field_.obligation = word("obligation", parse_obligation, field_.obligation,
                             "mandatory, consider, optional, guarantee, saving or informational");
  }

  FormContext& context_;
  const YamlNode& node_;
  const FormSource& source_;
  Field& field_;
};

}  // namespace

void compile_field(FormContext& context, const YamlNode& node, const FormSource& source,
                   Field& field) {
  FieldReader(context, node, source, field).read();
}

}  // namespace cosp
