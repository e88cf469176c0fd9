#include "generator/form_xlsform_rows.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include <fmt/format.h>

#include "base/language.hpp"
#include "generator/form_workbook_words.hpp"
#include "generator/form_xlsform_conditions.hpp"

namespace cosp {
namespace {

using Kind = XlsCondition::Kind;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Names of one space: letters, digits and "_" of ASCII, begun by a letter, unlike each other in
/// more than case.
class NameSpace {
 public:
  std::string take(std::string_view wanted) {
    std::string name;
    for (const char c : wanted) {
      const bool is_kept = (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9');
      name += is_kept ? c : '_';
    }
    if (name.empty() || lower(name.front()) < 'a' || lower(name.front()) > 'z') name = "n_" + name;
    std::string unique = name;
    for (int number = 2; !taken_.insert(folded(unique)).second; ++number)
      unique = fmt::format("{}_{}", name, number);
    return unique;
  }

 private:
  static std::string folded(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), lower);
    return text;
  }

  std::set<std::string> taken_{"meta", "data", "instanceid", "instancename"};
};

/// A "${" of a text would be read as a reference.
std::string label_text(std::string text) {
  for (std::size_t at = text.find("${"); at != std::string::npos; at = text.find("${", at + 3))
    text.insert(at + 1, " ");
  return text;
}

class Survey {
 public:
  Survey(const Form& form, std::string_view first_language, const ConditionWords& words)
      : form_(form), condition_words_(words), evaluation_(form, blank(), {}) {
    survey_.languages = languages_from(form, first_language);
    for (const std::uint32_t language : survey_.languages) {
      const std::string tag(form.language_tag(language));
      words_.push_back(std::make_unique<WorkbookWords>(form, tag));
      survey_.language_names.push_back(fmt::format("{} ({})", language_name(tag, tag), tag));
      survey_.titles.push_back(words_.back()->title_of_form());
    }
    name_everything();
  }

  XlsSurvey make() {
    add_header();
    // Entries come before the questions that cite them, behind what everybody is asked first.
    std::size_t chapter = 0;
    const auto chapters = form_.chapters();
    while (chapter < chapters.size() && chapters[chapter].is_always_asked)
      add_chapter(chapters[chapter++]);
    for (std::uint32_t i = 0; i < form_.registers().size(); ++i) add_register(i);
    while (chapter < chapters.size()) add_chapter(chapters[chapter++]);
    return std::move(survey_);
  }

 private:
  using Texts = std::vector<std::string>;

  const Submission& blank() {
    blank_.answers.resize(form_.questions().size());
    blank_.registers.resize(form_.registers().size());
    return blank_;
  }

  template <class Say>
  Texts say(const Say& words) const {
    Texts texts;
    for (const auto& language : words_) texts.push_back(label_text(words(*language)));
    return texts;
  }
  Texts own(std::string_view id) const {
    return say([&](WorkbookWords& words) { return words.own(id); });
  }
  Texts of(TextId id) const {
    return say([&](WorkbookWords& words) { return words.of(id); });
  }

  void name_everything() {
    header_ = names_.take("header");
    conditions_.stage = names_.take("header_stage");
    conditions_.submitter_kind = names_.take("header_submitter_kind");
    for (const Question& question : form_.questions()) {
      const std::string_view code = form_.code(question);
      XlsNames::OfQuestion named;
      named.value = value_name(question, code, named.second);
      if (!question.always_answered) named.reason = names_.take(fmt::format("{}_reason", code));
      conditions_.questions.push_back(std::move(named));
    }
    for (const Register& registry : form_.registers()) {
      const std::string code(form_.string(registry.code));
      conditions_.registers.push_back(names_.take("register_" + code));
      row_ids_.push_back(names_.take(code + "_row_id"));
    }
  }

  std::string value_name(const Field& field, std::string_view code, std::string& second) {
    if (field.type == QuestionType::money) {
      std::string first = names_.take(fmt::format("{}_amount", code));
      second = names_.take(fmt::format("{}_currency", code));
      return first;
    }
    if (field.type == QuestionType::period) {
      std::string first = names_.take(fmt::format("{}_start", code));
      second = names_.take(fmt::format("{}_end", code));
      return first;
    }
    return names_.take(code);
  }

  XlsRow& add(std::string type, std::string name, Texts labels) {
    XlsRow& row = survey_.rows.emplace_back();
    row.type = std::move(type);
    row.name = std::move(name);
    row.labels = std::move(labels);
    return row;
  }
  void end(const char* type) { add(type, {}, {}); }

  void add_header() {
    add("begin_group", header_, own("header_title"));
    add("text", names_.take("header_cycle"), own("header.cycle"));
    const std::string kinds = lists_.take("submitter_kind");
    for (const SubmitterKind kind :
         {SubmitterKind::state, SubmitterKind::organization, SubmitterKind::body})
      add_choice(kinds, to_string(kind), fmt::format("submitter_kind.{}", to_string(kind)));
    add("select_one " + kinds, conditions_.submitter_kind, own("header.kind")).required = "yes";
    add("text", names_.take("header_submitter"), own("header.submitter")).required = "yes";
    const std::string stages = lists_.take("stage");
    for (const Stage stage : {Stage::draft, Stage::final})
      add_choice(stages, to_string(stage), fmt::format("stage.{}", to_string(stage)));
    add("select_one " + stages, conditions_.stage, own("header.stage")).required = "yes";
    add("text", names_.take("header_language"), own("header.language")).required = "yes";
    end("end_group");
    reasons_ = lists_.take("reason");
    for (int i = 0; i < kReasonCount; ++i) {
      const std::string_view reason = to_string(static_cast<Reason>(i));
      add_choice(reasons_, reason, fmt::format("reason.{}", reason));
    }
  }

  void add_choice(const std::string& list, std::string_view name, const std::string& text) {
    survey_.choices.push_back(
        {list, std::string(name), say([&](WorkbookWords& words) { return words.text(text); })});
  }

  void add_chapter(const Chapter& chapter) {
    const std::string code(form_.string(chapter.code));
    add("begin_group", names_.take("chapter_" + code), of(chapter.title)).code = code;
    for (std::uint32_t b = 0; b < chapter.blocks.count; ++b) {
      const Block& block = form_.block(chapter.blocks.first + b);
      const std::string block_code(form_.string(block.code));
      add("begin_group", names_.take("block_" + block_code),
          say([&](WorkbookWords& words) { return words.block(block); }))
          .code = block_code;
      for (std::uint32_t q = 0; q < block.questions.count; ++q)
        add_question(block.questions.first + q);
      end("end_group");
    }
    end("end_group");
  }

  void add_register(std::uint32_t index) {
    const Register& registry = form_.registry(index);
    const std::string code(form_.string(registry.code));
    const std::string& repeat = conditions_.registers[index];
    add("begin_repeat", repeat, of(registry.title)).code = code;
    if (registry.most_rows > 0)
      survey_.rows.back().note = fmt::format("most_rows={}", registry.most_rows);
    // What a question that cites entries is answered with.
    add("calculate", row_ids_[index], {}).calculation =
        fmt::format("concat('{}-', position(..))", code);
    add("note", names_.take(code + "_row_note"),
        say([&](WorkbookWords& words) { return fmt::format("{}: ", words.own("entry")); }));
    for (std::string& label : survey_.rows.back().labels) label += xls_reference(row_ids_[index]);
    for (const Column& column : form_.columns_of(registry)) {
      const std::string column_code = fmt::format("{}/{}", code, form_.code(column));
      XlsNames::OfQuestion named;
      named.value = value_name(column, column_code, named.second);
      XlsCondition required{required_at(column), {}, true};
      if (required.kind == Kind::expression) required.text = is_final();
      add_field(column, std::max(registry.floor, column.floor), column_code, named, {}, required,
                {});
    }
    end("end_repeat");
  }

  static Kind required_at(const Field& field) {
    if (field.required == Requirement::never) return Kind::no;
    return field.required == Requirement::draft ? Kind::yes : Kind::expression;
  }

  std::string is_final() const { return xls_reference(conditions_.stage) + " = 'final'"; }

  /// With what else must hold for an answer to be owed.
  XlsCondition required_of(const Question& question, const std::string& reason,
                           std::vector<std::string>& notes) const {
    if (question.required == Requirement::never) return {Kind::no, {}, true};
    std::vector<XlsCondition> parts;
    if (question.required != Requirement::draft) parts.push_back(xls_expression(is_final()));
    if (question.required == Requirement::parties) {
      const std::uint32_t is_party = form_.named_condition("is_party");
      XlsCondition party = xlsform_condition(form_, is_party, conditions_);
      if (is_party == kNone || party.kind == Kind::unknown || !party.is_exact) {
        notes.emplace_back("required: parties");
        return {Kind::no, {}, true};
      }
      parts.push_back(std::move(party));
    }
    if (!reason.empty()) parts.push_back(xls_expression(xls_reference(reason) + " = ''"));
    return xls_all(std::move(parts));
  }

  void add_question(std::uint32_t index) {
    const Question& question = form_.question(index);
    const XlsNames::OfQuestion& named = conditions_.questions[index];
    std::vector<std::string> notes;
    const XlsCondition condition = xlsform_condition(form_, question.condition, conditions_);
    if (!condition.is_exact)
      notes.push_back(fmt::format("asked when: {}", condition_words_(question.condition)));
    const std::string relevant = condition.kind == Kind::expression ? condition.text
                                 : condition.kind == Kind::no       ? "false()"
                                                                    : "";
    const XlsCondition required = required_of(question, named.reason, notes);
    const std::string code(form_.code(question));
    add_field(question, question.floor, code, named, relevant, required, std::move(notes));
    if (named.reason.empty()) return;
    XlsRow& row = add("select_one " + reasons_, named.reason, own("reason"));
    row.relevant = relevant;
    row.appearance = "minimal";
    row.constraint = fmt::format(". = '' or {} = ''", xls_reference(named.value));
    row.messages = own("both");
    row.code = code + "#reason";
  }

  /// The row, or the group of rows, of one answer.
  void add_field(const Field& field, Visibility floor, const std::string& code,
                 const XlsNames::OfQuestion& named, const std::string& relevant,
                 const XlsCondition& required, std::vector<std::string> notes) {
    const Texts label = of(field.label);
    const bool is_pair = field.type == QuestionType::money || field.type == QuestionType::period;
    if (is_pair) {
      XlsRow& group = add("begin_group", names_.take(code + "_group"), label);
      group.relevant = relevant;
      group.code = code;
    }
    XlsRow& row = add(type_of(field, code), named.value, is_pair ? own(first_word(field)) : label);
    row.hints = say([&](WorkbookWords& words) { return hint(words, field, floor); });
    row.required = required.kind == Kind::yes          ? "yes"
                   : required.kind == Kind::expression ? required.text
                                                       : "";
    if (!is_pair) row.relevant = relevant;
    row.code = code;
    if (field.type == QuestionType::long_text) row.appearance = "multiline";
    if (field.offered_when != kNone)
      row.choice_filter = fmt::format(
          "selected({}, name)", xls_reference(conditions_.questions[field.offered_when].value));
    row.constraint = constraint_of(field, notes);
    if (!row.constraint.empty())
      row.messages = say([&](WorkbookWords& words) {
        return fmt::format("{}", fmt::join(words.limits(field, floor, evaluation_, false), "\n"));
      });
    if (field.is_personal) notes.emplace_back("personal");
    row.note = fmt::format("{}", fmt::join(notes, "; "));
    if (is_pair) add_second(field, named, survey_.rows.back().required);
  }

  static const char* first_word(const Field& field) {
    return field.type == QuestionType::money ? "amount" : "start";
  }

  void add_second(const Field& field, const XlsNames::OfQuestion& named, std::string required) {
    const bool is_money = field.type == QuestionType::money;
    // Its own copy: the row that it came from moves when another is added.
    XlsRow& row = add(is_money ? "text" : "date", named.second, own(is_money ? "currency" : "end"));
    row.required = std::move(required);
    row.constraint =
        is_money ? "regex(., '^[A-Z]{3}$')" : fmt::format(". >= {}", xls_reference(named.value));
    row.messages = own(is_money ? "message_currency" : "message_date");
    end("end_group");
  }

  std::string hint(WorkbookWords& words, const Field& field, Visibility floor) const {
    std::vector<std::string> lines;
    if (std::string help = words.of(field.help); !help.empty()) lines.push_back(std::move(help));
    for (std::string& line : words.limits(field, floor, evaluation_, false))
      lines.push_back(std::move(line));
    if (std::string cited = words.provisions(field.provisions); !cited.empty())
      lines.push_back(std::move(cited));
    return fmt::format("{}", fmt::join(lines, "\n"));
  }

  std::string type_of(const Field& field, const std::string& code) {
    switch (field.type) {
      case QuestionType::status:
      case QuestionType::single:
      case QuestionType::yes_no: return "select_one " + list_of(field);
      case QuestionType::multi: return "select_multiple " + list_of(field);
      case QuestionType::number: return field.decimals == 0 ? "integer" : "decimal";
      case QuestionType::money: return "decimal";
      case QuestionType::date:
      case QuestionType::period: return "date";
      case QuestionType::provisions: return "select_multiple " + provisions_list();
      case QuestionType::reference:
        return fmt::format("select_multiple {}", xls_reference(row_ids_[field.registry]));
      case QuestionType::text:
      case QuestionType::long_text:
      case QuestionType::language:
      case QuestionType::languages:
      case QuestionType::submitter:
      case QuestionType::email:
      case QuestionType::phone: return "text";
    }
    throw std::logic_error("type of question without an XLSForm type: " + code);
  }

  /// One list for each set of options that is offered somewhere.
  std::string list_of(const Field& field) {
    const auto [found, is_new] = list_names_.try_emplace({field.list, field.allowed});
    if (!is_new) return found->second;
    const auto options = form_.options_of(field.list);
    found->second = lists_.take(form_.string(form_.list(field.list).code));
    for (std::uint32_t i = 0; i < options.size(); ++i)
      if ((field.allowed >> i & 1) != 0)
        survey_.choices.push_back(
            {found->second, std::string(form_.string(options[i].code)),
             say([&](WorkbookWords& words) { return words.option(field.list, i); })});
    return found->second;
  }

  const std::string& provisions_list() {
    if (!provisions_.empty()) return provisions_;
    provisions_ = lists_.take("provision");
    for (const Provision& provision : form_.provisions()) {
      const std::string number(form_.number(provision));
      survey_.choices.push_back(
          {provisions_, std::string(form_.string(provision.code)), say([&](WorkbookWords& words) {
             const std::string summary = words.of(provision.summary);
             return summary.empty() ? number : fmt::format("{}: {}", number, summary);
           })});
    }
    return provisions_;
  }

  std::string constraint_of(const Field& field, std::vector<std::string>& notes) const {
    std::vector<std::string> parts;
    if (is_figure(field.type)) {
      if (field.has_minimum) parts.push_back(fmt::format(". >= {}", field.minimum.to_string()));
      if (field.has_maximum) parts.push_back(fmt::format(". <= {}", field.maximum.to_string()));
      if (field.decimals > 0 || field.type == QuestionType::money)
        parts.push_back(fmt::format("round(., {}) = .", static_cast<unsigned>(field.decimals)));
    }
    add_day(field.earliest, "earliest", ">=", parts, notes);
    add_day(field.latest, "latest", "<=", parts, notes);
    if (field.type == QuestionType::multi) add_ticks(field, parts);
    if (field.least_rows > 0 && field.type == QuestionType::reference)
      parts.push_back(fmt::format("count-selected(.) >= {}", field.least_rows));
    if (field.most_rows > 0 && field.type == QuestionType::reference)
      parts.push_back(fmt::format("count-selected(.) <= {}", field.most_rows));
    if (field.most_characters > 0)
      parts.push_back(fmt::format("string-length(.) <= {}", field.most_characters));
    if (field.most_words > 0) notes.push_back(fmt::format("words={}", field.most_words));
    if (field.pattern.size > 0) {
      const std::string_view pattern = form_.string(field.pattern);
      if (pattern.find('\'') == std::string_view::npos)
        parts.push_back(fmt::format("regex(., '^({})$')", pattern));
      else
        notes.push_back(fmt::format("pattern={}", pattern));
    }
    if (field.type == QuestionType::language)
      parts.emplace_back("regex(., '^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$')");
    if (field.type == QuestionType::languages)
      parts.emplace_back(
          "regex(., '^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*( [A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*)*$')");
    return fmt::format("{}", fmt::join(parts, " and "));
  }

  static void add_day(const DateBound& bound, std::string_view name, std::string_view sign,
                      std::vector<std::string>& parts, std::vector<std::string>& notes) {
    if (bound.is_set)
      parts.push_back(fmt::format(". {} date('{}')", sign, bound.date.to_string()));
    else if (bound.moment != Moment::none)
      notes.push_back(fmt::format("{}={}", name, to_string(bound.moment)));
  }

  void add_ticks(const Field& field, std::vector<std::string>& parts) const {
    const auto options = form_.options_of(field.list);
    for (std::uint32_t i = 0; i < options.size(); ++i)
      if ((field.exclusive & field.allowed & std::uint64_t{1} << i) != 0)
        parts.push_back(fmt::format("not(selected(., {}) and count-selected(.) > 1)",
                                    xls_string(form_.string(options[i].code))));
    if (field.most_choices > 0)
      parts.push_back(fmt::format("count-selected(.) <= {}", field.most_choices));
  }

  const Form& form_;
  const ConditionWords& condition_words_;
  Submission blank_;
  Evaluation evaluation_;
  std::vector<std::unique_ptr<WorkbookWords>> words_;
  NameSpace names_, lists_;
  XlsNames conditions_;
  XlsSurvey survey_;
  std::string header_, reasons_, provisions_;
  std::vector<std::string> row_ids_;
  std::map<std::pair<std::uint32_t, std::uint64_t>, std::string> list_names_;
};

}  // namespace

XlsSurvey xlsform_survey(const Form& form, std::string_view first_language,
                         const ConditionWords& condition_words) {
  return Survey(form, first_language, condition_words).make();
}

}  // namespace cosp
