// The rows of questions, in chapters and among the contacts.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "generator/form_workbook_book.hpp"

namespace cosp {
namespace {

using workbook::Property;
using workbook::Shape;

// Stands for the number in a message of which a formula is made.
constexpr std::string_view kCountHere = "\x01";

const std::map<Property, std::uint16_t> kColumns = {
    {Property::answer, QuestionColumn::kAnswer},
    {Property::reason, QuestionColumn::kReason},
    {Property::detail, QuestionColumn::kDetail},
    {Property::rows, QuestionColumn::kRows},
    {Property::expected_on, QuestionColumn::kExpectedOn},
    {Property::note, QuestionColumn::kNote},
    {Property::visibility, QuestionColumn::kVisibility},
    {Property::author, QuestionColumn::kAuthor},
    {Property::origin, QuestionColumn::kOrigin},
};

class QuestionRows {
 public:
  QuestionRows(FormBook& book, std::uint32_t index)
      : book_(book), index_(index), sheet_(book.sheet(index)), form_(book.form) {}

  void write(std::uint32_t question) {
    question_ = question;
    const QuestionPlace& place = book_.plan.questions[question];
    row_ = place.row;
    const Question& field = form_.question(question);
    book_.text(sheet_, row_, QuestionColumn::kCode, form_.code(field), Look::hidden);
    book_.number(sheet_, row_, QuestionColumn::kNumber, question + 1, Look::number);
    write_standing(place, field);
    book_.text(sheet_, row_, QuestionColumn::kProvision, provision_words(field), Look::provision);
    book_.two_runs(sheet_, row_, QuestionColumn::kText, cell_text(book_.words.of(field.label)),
                   cell_text(book_.words.of(field.help)), Look::question);
    const Answer& answer = book_.submission.answers[question];
    const AnswerAt at{field, answer, std::string(form_.code(field))};
    write_answer(place, at);
    write_limits(place, field);
    write_properties(at);
    note_floor(row_, field.floor);
    set_height(at);
  }

  /// Drop-downs of visibility: one for each run of rows of the same floor.
  void finish(std::uint32_t first, std::uint32_t last) {
    flush_floor(last);
    book_.validate_properties(sheet_, first, last, kColumns);
  }

 private:
  static std::string own(std::uint32_t row, std::uint16_t column) { return cell_name(row, column); }

  std::string provision_words(const Question& field) {
    std::string said = book_.words.provisions(field.provisions);
    if (field.obligation == Obligation::none) return said;
    const std::string obligation =
        book_.words.text(fmt::format("obligation.{}", to_string(field.obligation)));
    return said.empty() ? obligation : said + "\n" + obligation;
  }

  /// As high as its texts need, and with room for the answer where it can be long.
  void set_height(const AnswerAt& at) {
    constexpr double kRoomWords = 40;  ///< one line more for so many
    constexpr double kMostRoom = 5;
    const Question& field = form_.question(question_);
    const AnswerExtra* extra = book_.submission.extra_of(at.answer);
    double lines =
        lines_of(book_.words.of(field.label), 0.9 * question_column_width(QuestionColumn::kText));
    if (const std::string help = book_.words.of(field.help); !help.empty())
      lines += lines_of(help, question_column_width(QuestionColumn::kText));
    // In smaller letters.
    lines =
        std::max(lines, 0.85 * lines_of(provision_words(field),
                                        1.15 * question_column_width(QuestionColumn::kProvision)));
    lines =
        std::max(lines, 0.85 * lines_of(limits_, question_column_width(QuestionColumn::kLimits)));
    if (workbook::shape_of(field.type, false) == Shape::one_cell) {
      if (is_text(field.type))
        lines = std::max(lines, std::min(kMostRoom, field.most_words / kRoomWords + 1));
      lines = std::max(lines, lines_of(book_.cell_words(field, at.answer),
                                       question_column_width(QuestionColumn::kAnswer)));
    }
    if (extra != nullptr && !extra->note.empty())
      lines = std::max(
          lines, lines_of(extra->note.front().text, question_column_width(QuestionColumn::kNote)));
    if (at.answer.has_reason())
      lines = std::max(lines, lines_of(book_.words.reason(at.answer.reason),
                                       question_column_width(QuestionColumn::kReason)));
    book_.height(sheet_, row_, lines);
  }

  void write_asked(const Question& field) {
    const bool is_asked = book_.evaluation.is_asked(question_);
    asked_ = ConditionFormula{ConditionFormula::Kind::no, {}};
    if (book_.evaluation.asked(question_) != Asked::outside_phase)
      asked_ = condition_formula(form_, field.condition, book_, book_.knowledge);
    const std::uint32_t whole = form_.block(field.block).provision;
    const std::string closed =
        whole == kNone || field.stays_open ? std::string() : book_.reserved(whole);
    using Kind = ConditionFormula::Kind;
    if (asked_.kind == Kind::unknown) asked_ = {Kind::yes, {}};
    if (!closed.empty() && asked_.kind == Kind::yes)
      asked_ = {Kind::formula, closed + "=0"};
    else if (!closed.empty() && asked_.kind == Kind::formula)
      asked_.text = fmt::format("AND({}=0,{})", closed, asked_.text);
    if (asked_.kind == Kind::formula)
      book_.formula(sheet_, row_, QuestionColumn::kAsked, fmt::format("=IF({},1,0)", asked_.text),
                    Look::hidden, is_asked ? 1 : 0);
    else
      book_.number(sheet_, row_, QuestionColumn::kAsked, asked_.kind == Kind::yes ? 1 : 0,
                   Look::hidden);
  }

  /// Whether the cells hold a value, whether or not it is asked for.
  void write_given(const QuestionPlace& place, const Question& field) {
    const Answer& answer = book_.submission.answers[question_];
    const bool has_value = answer.has_value() && answer.origin != Origin::shared;
    // A text in further languages only stands in another table.
    if (has_value && !book_.has_value_in_cells(field, answer))
      return book_.number(sheet_, row_, QuestionColumn::kGiven, 1, Look::hidden);
    const std::string lines = fmt::format("{}:{}", own(row_ + 1, QuestionColumn::kAnswer),
                                          own(row_ + place.lines, QuestionColumn::kAnswer));
    std::string test;
    switch (workbook::shape_of(field.type, false)) {
      case Shape::one_cell: test = own(row_, QuestionColumn::kAnswer) + "<>\"\""; break;
      case Shape::ticks:
      case Shape::references: test = fmt::format("COUNTA({})>0", lines); break;
      case Shape::start_end:
      case Shape::amount_currency: test = fmt::format("COUNTA({})=2", lines); break;
    }
    book_.formula(sheet_, row_, QuestionColumn::kGiven, fmt::format("=IF({},1,0)", test),
                  Look::hidden, has_value ? 1 : 0);
  }

  /// 1 where an open question may not stay so; a formula where that depends on an answer.
  std::string required_term(const Question& field) {
    if (field.required == Requirement::never) return "1";
    if (field.required != Requirement::parties) return "2";
    if (book_.knowledge.knows_position) return book_.is_required(field) ? "2" : "1";
    const ConditionFormula is_party =
        condition_formula(form_, form_.named_condition("is_party"), book_, book_.knowledge);
    if (is_party.kind == ConditionFormula::Kind::formula)
      return fmt::format("IF({},2,1)", is_party.text);
    return is_party.kind == ConditionFormula::Kind::no ? "1" : "2";
  }

  void write_standing(const QuestionPlace& place, const Question& field) {
    write_asked(field);
    write_given(place, field);
    const std::string unconfirmed =
        fmt::format("IF(OR({0}=\"\",{0}={1}),0,1)", own(row_, QuestionColumn::kOrigin),
                    book_.lists().origin(Origin::typed));
    const std::string reason = own(row_, QuestionColumn::kReason);
    const std::string given = own(row_, QuestionColumn::kGiven);
    const Standing standing = book_.standing_of(question_);
    book_.formula(sheet_, row_, QuestionColumn::kStanding,
                  fmt::format("=IF({}=0,0,IF({}=1,IF({}<>\"\",3,6+{}),IF({}<>\"\",4+{},{})))",
                              own(row_, QuestionColumn::kAsked), given, reason, unconfirmed, reason,
                              unconfirmed, required_term(field)),
                  Look::hidden, static_cast<double>(standing));
    write_word(row_, Look::standing);
  }

  void write_word(std::uint32_t row, Look look) {
    const std::string word = row == row_ ? fmt::format("=INDEX({},{}+1)", book_.lists().standings(),
                                                       own(row_, QuestionColumn::kStanding))
                                         : "=" + own(row_, QuestionColumn::kWord);
    const auto standing = static_cast<std::size_t>(book_.standing_of(question_));
    book_.formula(sheet_, row, QuestionColumn::kWord, word, look,
                  book_.lists().columns().at("=standing").cells[standing].text);
  }

  bool is_known(const Question& field) const {
    const Answer& answer = book_.submission.answers[question_];
    return field.bind != Binding::none && answer.has_value() && answer.origin != Origin::typed;
  }

  std::string title_at_cell(const Question& field) const {
    return fmt::format("{} · {}", question_ + 1, book_.words.of(field.label));
  }

  void write_answer(const QuestionPlace& place, const AnswerAt& at) {
    const Question& field = form_.question(question_);
    const bool known = is_known(field);
    const std::string title = title_at_cell(field);
    switch (workbook::shape_of(field.type, false)) {
      case Shape::one_cell:
        book_.write_value(sheet_, row_, QuestionColumn::kAnswer, at, known);
        if (!known)
          book_.validate_value(sheet_, row_, row_, QuestionColumn::kAnswer, field, title, false);
        return;
      case Shape::start_end:
      case Shape::amount_currency: return write_pair(at, known, title);
      case Shape::ticks: return write_ticks(place, at, title);
      case Shape::references: return write_references(place, at, title);
    }
  }

  void begin_line(std::uint32_t line, std::string_view code, const std::string& label) {
    const std::uint32_t row = row_ + line;
    book_.text(sheet_, row, QuestionColumn::kCode,
               workbook::row_code(form_.code(form_.question(question_)), code), Look::hidden);
    book_.text(sheet_, row, QuestionColumn::kText, cell_text(label), Look::line);
    line_height_ = lines_of(label, question_column_width(QuestionColumn::kText) - 4);
    book_.height(sheet_, row, line_height_);
    write_word(row, Look::standing_of_line);
  }

  void line_asked_as_question(std::uint32_t line) {
    const bool is_settled = asked_.kind != ConditionFormula::Kind::formula;
    if (is_settled)
      return book_.number(sheet_, row_ + line, QuestionColumn::kAsked,
                          asked_.kind == ConditionFormula::Kind::yes ? 1 : 0, Look::hidden);
    book_.formula(sheet_, row_ + line, QuestionColumn::kAsked,
                  "=" + own(row_, QuestionColumn::kAsked), Look::hidden,
                  book_.evaluation.is_asked(question_) ? 1 : 0);
  }

  void write_pair(const AnswerAt& at, bool known, const std::string& title) {
    const bool is_period = at.field.type == QuestionType::period;
    begin_line(1, is_period ? workbook::kStart : workbook::kAmount,
               book_.words.own(is_period ? "start" : "amount"));
    begin_line(2, is_period ? workbook::kEnd : workbook::kCurrency,
               book_.words.own(is_period ? "end" : "currency"));
    line_asked_as_question(1);
    line_asked_as_question(2);
    book_.write_value(sheet_, row_ + 1, QuestionColumn::kAnswer, at, known);
    book_.write_second(sheet_, row_ + 2, QuestionColumn::kAnswer, at, known);
    if (known) return;
    book_.validate_value(sheet_, row_ + 1, row_ + 1, QuestionColumn::kAnswer, at.field, title,
                         false);
    book_.validate_second(sheet_, row_ + 2, row_ + 2, QuestionColumn::kAnswer, at.field, title);
  }

  /// Only what is ticked in the other question is offered here.
  void line_asked_as_offered(std::uint32_t line, const Question& field, std::uint32_t position) {
    if (field.offered_when == kNone) return line_asked_as_question(line);
    const auto other = book_.question(field.offered_when);
    const Question& offering = form_.question(field.offered_when);
    const std::uint32_t there =
        form_.find_option(offering.list, form_.string(form_.options_of(field.list)[position].code));
    if (!other || there == kNone || there >= other->options.size() || other->options[there].empty())
      return line_asked_as_question(line);
    const bool is_offered = book_.evaluation.is_asked(question_) &&
                            (book_.evaluation.answer(field.offered_when).mask >> there & 1) != 0;
    book_.formula(sheet_, row_ + line, QuestionColumn::kAsked,
                  fmt::format("=IF(AND({}=1,{}<>\"\"),1,0)", own(row_, QuestionColumn::kAsked),
                              other->options[there]),
                  Look::hidden, is_offered ? 1 : 0);
  }

  void write_ticks(const QuestionPlace& place, const AnswerAt& at, const std::string& title) {
    const Question& field = form_.question(question_);
    book_.text(sheet_, row_, QuestionColumn::kAnswer, book_.words.own("choose_ticks"),
               Look::limits);
    const auto options = form_.options_of(field.list);
    const bool has_value = at.answer.has_value() && at.answer.origin != Origin::shared;
    for (std::uint32_t i = 0; i < place.options.size(); ++i) {
      const std::uint32_t position = place.options[i];
      const Option& option = options[position];
      begin_line(i + 1, form_.string(option.code), book_.words.of(option.label));
      line_asked_as_offered(i + 1, field, position);
      if (option.provisions.count > 0)
        book_.text(sheet_, row_ + i + 1, QuestionColumn::kProvision,
                   book_.words.provisions(option.provisions), Look::provision);
      const bool is_ticked = has_value && (at.answer.mask >> position & 1) != 0;
      book_.text(sheet_, row_ + i + 1, QuestionColumn::kAnswer,
                 is_ticked ? workbook::kTick : std::string_view{}, Look::tick);
      write_remark_on(option, field, position, row_ + i + 1);
    }
    book_.drop_down(sheet_, row_ + 1, row_ + place.lines, QuestionColumn::kAnswer,
                    book_.lists().ticks(), false, title, book_.words.own("message_tick"));
  }

  void write_remark_on(const Option& option, const Question& field, std::uint32_t position,
                       std::uint32_t row) {
    std::string said;
    if (option.is_exclusive || (field.exclusive >> position & 1) != 0)
      said = book_.words.own("exclusive");
    if (option.needs_note) said += (said.empty() ? "" : "\n") + book_.words.own("needs_note");
    if (said.empty()) return;
    book_.text(sheet_, row, QuestionColumn::kLimits, said, Look::limits);
    book_.height(
        sheet_, row,
        std::max(line_height_, lines_of(said, question_column_width(QuestionColumn::kLimits))));
  }

  void write_references(const QuestionPlace& place, const AnswerAt& at, const std::string& title) {
    book_.text(sheet_, row_, QuestionColumn::kAnswer, book_.words.own("choose_rows"), Look::limits);
    const auto cited = at.answer.has_value() && at.answer.origin != Origin::shared
                           ? book_.submission.numbers_of(at.answer)
                           : std::span<const std::uint32_t>{};
    for (std::uint32_t i = 0; i < place.lines; ++i) {
      const std::string number = std::to_string(i + 1);
      begin_line(i + 1, number, book_.words.own("line_number", {{"number", number}}));
      line_asked_as_question(i + 1);
      const bool is_used =
          i < cited.size() && cited[i] < book_.submission.registers[at.field.registry].size();
      book_.text(sheet_, row_ + i + 1, QuestionColumn::kAnswer,
                 is_used ? book_.row_label(at.field.registry, cited[i]) : std::string(),
                 Look::text);
    }
    book_.validate_value(sheet_, row_ + 1, row_ + place.lines, QuestionColumn::kAnswer, at.field,
                         title, false);
  }

  /// Words or characters of the answer, as a formula counts them; words by the spaces between.
  std::string counter(const Question& field) const {
    const std::string cell = own(row_, QuestionColumn::kAnswer);
    if (field.most_words == 0) return fmt::format("LEN({})", cell);
    const std::string plain = fmt::format("TRIM(SUBSTITUTE({},CHAR(10),\" \"))", cell);
    return fmt::format("IF({0}=\"\",0,LEN({1})-LEN(SUBSTITUTE({1},\" \",\"\"))+1)", cell, plain);
  }

  std::int64_t counted_now(const Question& field) const {
    const Answer& answer = book_.submission.answers[question_];
    if (!book_.has_value_in_cells(field, answer)) return 0;
    const std::string words = book_.cell_words(field, answer);
    if (field.most_words == 0) return static_cast<std::int64_t>(count_characters(words));
    std::int64_t count = 0;
    bool is_in_word = false;
    for (const char c : words) {
      const bool is_space = c == ' ' || c == '\n';
      count += !is_space && !is_in_word ? 1 : 0;
      is_in_word = !is_space;
    }
    return count;
  }

  /// Words cannot be counted by spaces where the language has none.
  bool has_counter(const Question& field) const {
    if (!is_text(field.type)) return false;
    const std::string language = book_.submission.header.language.substr(0, 2);
    const bool has_spaces = language != "zh" && language != "ja" && language != "th";
    return field.most_characters > 0 || (field.most_words > 0 && has_spaces);
  }

  void write_limits(const QuestionPlace&, const Question& field) {
    const bool counts = has_counter(field);
    const auto lines = book_.words.limits(field, field.floor, book_.evaluation, counts);
    const std::string said = fmt::format("{}", fmt::join(lines, "\n"));
    limits_ = counts ? said + "\n " : said;
    if (!counts) {
      if (!said.empty())
        book_.text(sheet_, row_, QuestionColumn::kLimits, cell_text(said), Look::limits);
      return;
    }
    const bool is_words = field.most_words > 0;
    const std::string pattern = book_.words.own(
        is_words ? "words_counted" : "characters_counted",
        {{"count", std::string(kCountHere)},
         {"most", std::int64_t{is_words ? field.most_words : field.most_characters}}});
    const std::size_t at = pattern.find(kCountHere);
    if (at == std::string::npos) return;
    const std::string before = (said.empty() ? "" : said + "\n") + pattern.substr(0, at);
    const std::string after = pattern.substr(at + kCountHere.size());
    std::string joined;
    for (const std::string& line : split(before))
      joined += (joined.empty() ? "" : "&CHAR(10)&") + quoted_text(line).value_or("\"\"");
    book_.formula(
        sheet_, row_, QuestionColumn::kLimits,
        fmt::format("={}&{}&{}", joined, counter(field), quoted_text(after).value_or("\"\"")),
        Look::limits, before + std::to_string(counted_now(field)) + after);
  }

  static std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin <= text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      lines.push_back(text.substr(begin, end - begin));
      begin = end + 1;
    }
    return lines;
  }

  void write_properties(const AnswerAt& at) {
    const Question& field = form_.question(question_);
    for (const auto& [property, column] : kColumns) {
      if (property == Property::answer) continue;
      const bool is_of_reason = property == Property::reason || property == Property::detail ||
                                property == Property::rows || property == Property::expected_on;
      if (is_of_reason && field.always_answered && !at.answer.has_reason()) continue;
      book_.write_property(sheet_, row_, column, property, at, field.floor);
    }
  }

  void note_floor(std::uint32_t row, Visibility floor) {
    if (has_floor_ && floor == floor_) return;
    if (has_floor_) flush_floor(row - 1);
    has_floor_ = true;
    floor_ = floor;
    floor_from_ = row;
  }

  void flush_floor(std::uint32_t last) {
    if (!has_floor_) return;
    book_.drop_down(sheet_, floor_from_, last, QuestionColumn::kVisibility,
                    book_.lists().visibilities(floor_), false, book_.words.own("visibility"),
                    book_.words.own("message_visibility"));
    has_floor_ = false;
  }

  FormBook& book_;
  [[maybe_unused]] std::uint32_t index_;
  lxw_worksheet* sheet_;
  const Form& form_;
  std::uint32_t question_ = kNone;
  std::uint32_t row_ = 0;
  ConditionFormula asked_;
  std::string limits_;  ///< as written
  double line_height_ = 1;
  bool has_floor_ = false;
  Visibility floor_ = Visibility::open;
  std::uint32_t floor_from_ = 0;
};

}  // namespace

std::uint32_t write_question_rows(FormBook& book, std::uint32_t index,
                                  std::span<const std::uint32_t> questions) {
  QuestionRows rows(book, index);
  std::uint32_t last = HeadRows::kFirst;
  for (const std::uint32_t question : questions) {
    rows.write(question);
    last = book.plan.questions[question].row + book.plan.questions[question].lines;
  }
  if (questions.empty()) return HeadRows::kFirst;
  rows.finish(HeadRows::kFirst, last);
  return last + 1;
}

}  // namespace cosp
