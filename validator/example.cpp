#include "validator/example.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace cosp {
namespace {

using Json = nlohmann::json;

constexpr Period kPeriod{{2026, 1, 1}, {2027, 12, 31}};
constexpr Date kCutOff{2028, 6, 30};
constexpr std::string_view kSubmitter = "EXAMPLE";

/// Scalars as their text; `true` and `false` are how YAML may read the words yes and no.
std::string scalar(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
  return value.dump();
}

std::vector<std::string> list(const Json& value) {
  std::vector<std::string> members;
  if (value.is_array())
    for (const Json& member : value) members.push_back(scalar(member));
  else if (!value.is_null())
    members.push_back(scalar(value));
  return members;
}

std::string member(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() ? std::string() : scalar(*found);
}

class Builder {
 public:
  Builder(const Form& form, Submission& submission, std::vector<std::string>& problems)
      : form_(form), submission_(submission), problems_(problems) {
    submission.answers.resize(form.questions().size());
    submission.registers.resize(form.registers().size());
  }

  /// Rows first by their ids, so that answers may cite them in any order.
  void add_registers(const Json& registers) {
    for (const auto& [code, rows] : registers.items()) {
      const std::uint32_t registry = form_.find_register(code);
      if (registry == kNone) {
        problem("a register", code);
        continue;
      }
      for (const Json& row : rows) {
        Row added;
        added.id = member(row, "id");
        added.cells.resize(form_.registry(registry).columns.count);
        submission_.registers[registry].push_back(std::move(added));
      }
    }
    for (const auto& [code, rows] : registers.items()) {
      const std::uint32_t registry = form_.find_register(code);
      if (registry == kNone) continue;
      std::size_t index = 0;
      for (const Json& row : rows) add_cells(registry, index++, row);
    }
  }

  void add_answers(const Json& answers) {
    for (const auto& [code, value] : answers.items()) {
      const std::uint32_t question = form_.find_question(code);
      if (question == kNone)
        problem("a question", code);
      else
        submission_.answers[question] = answer(form_.question(question), value);
    }
  }

 private:
  void problem(std::string_view expected, std::string_view got) {
    problems_.push_back(fmt::format("expected {} in the example, got \"{}\"", expected, got));
  }

  void add_cells(std::uint32_t registry, std::size_t row, const Json& cells) {
    for (const auto& [code, value] : cells.items()) {
      if (code == "id") continue;
      const std::uint32_t column = form_.find_column(form_.registry(registry), code);
      if (column == kNone) {
        problem("a column of the register", code);
        continue;
      }
      Answer made = answer(form_.column(column), value);
      submission_.registers[registry][row].cells[column - form_.registry(registry).columns.first] =
          made;
    }
  }

  Answer answer(const Field& field, const Json& value) {
    Answer made;
    made.visibility = field.floor;
    if (value.is_object() && value.contains("reason")) {
      const std::string word = member(value, "reason");
      const auto reason = parse_reason(word);
      if (!reason) problem("a reason", word);
      made.state = Answer::State::reason;
      made.reason = reason.value_or(Reason::not_applicable);
      add_note(value, made);
      return made;
    }
    made.state = Answer::State::value;
    if (value.is_object() && value.contains("value")) {
      set_value(field, value["value"], made);
      add_note(value, made);
      restrict_answer(value, made);
    } else {
      set_value(field, value, made);
    }
    return made;
  }

  void restrict_answer(const Json& value, Answer& made) {
    if (!value.contains("visibility")) return;
    const std::string word = member(value, "visibility");
    const auto visibility = parse_visibility(word);
    if (!visibility) problem("a visibility", word);
    made.visibility = std::max(made.visibility, visibility.value_or(made.visibility));
  }

  void add_note(const Json& value, Answer& made) {
    if (!value.contains("note")) return;
    AnswerExtra extra;
    extra.note = texts(value["note"]);
    made.extra = static_cast<std::uint32_t>(submission_.extras.size());
    submission_.extras.push_back(std::move(extra));
  }

  void set_value(const Field& field, const Json& value, Answer& made) {
    switch (field.type) {
      case QuestionType::status:
      case QuestionType::single:
      case QuestionType::multi:
      case QuestionType::yes_no: return set_choice(field, value, made);
      case QuestionType::number: return set_number(scalar(value), made);
      case QuestionType::money: return set_money(value, made);
      case QuestionType::text:
      case QuestionType::long_text: return set_texts(value, made);
      case QuestionType::date: made.date = date(scalar(value)); return;
      case QuestionType::period: return set_period(value, made);
      case QuestionType::reference: return set_rows(field, value, made);
      case QuestionType::provisions: return set_provisions(value, made);
      case QuestionType::language:
      case QuestionType::languages:
      case QuestionType::submitter:
      case QuestionType::email:
      case QuestionType::phone: return set_items(list(value), made);
    }
  }

  void set_choice(const Field& field, const Json& value, Answer& made) {
    for (const std::string& code : list(value)) {
      const std::uint32_t option = form_.find_option(field.list, code);
      if (option == kNone)
        problem("an option of the list", code);
      else
        made.mask |= std::uint64_t{1} << option;
    }
  }

  void set_number(const std::string& text, Answer& made) {
    const auto number = Decimal::parse(text);
    if (!number) problem("a figure", text);
    made.number = number.value_or(Decimal{});
  }

  void set_money(const Json& value, Answer& made) {
    set_number(member(value, "amount"), made);
    set_items({member(value, "currency")}, made);
  }

  void set_period(const Json& value, Answer& made) {
    made.date = date(member(value, "start"));
    made.end = date(member(value, "end"));
  }

  Date date(const std::string& text) {
    const auto parsed = Date::parse(text);
    if (!parsed) problem("a date", text);
    return parsed.value_or(Date{});
  }

  /// A text, or `{repeat: TEXT, times: N}` for one that has to be long.
  std::string text_of(const Json& value) {
    if (!value.is_object()) return scalar(value);
    constexpr int kMost = 100'000;
    const auto times = Decimal::parse(member(value, "times"));
    const bool is_good =
        times && *times > Decimal{} && times->decimals() == 0 && times->coefficient() <= kMost;
    if (!is_good) problem("a number of times", member(value, "times"));
    std::string repeated;
    for (std::int64_t i = 0; is_good && i < times->coefficient(); ++i)
      repeated += member(value, "repeat");
    return repeated;
  }

  std::vector<LocalText> texts(const Json& value) {
    std::vector<LocalText> versions;
    if (!value.is_object()) return {{std::string(form_.language_tag(0)), scalar(value), true}};
    for (const auto& [language, text] : value.items())
      versions.push_back({language, text_of(text), versions.empty()});
    return versions;
  }

  void set_texts(const Json& value, Answer& made) {
    made.content.first = static_cast<std::uint32_t>(submission_.texts.size());
    for (LocalText& text : texts(value)) submission_.texts.push_back(std::move(text));
    made.content.count = static_cast<std::uint32_t>(submission_.texts.size()) - made.content.first;
  }

  void set_items(const std::vector<std::string>& items, Answer& made) {
    made.content = {static_cast<std::uint32_t>(submission_.items.size()),
                    static_cast<std::uint32_t>(items.size())};
    submission_.items.insert(submission_.items.end(), items.begin(), items.end());
  }

  void set_rows(const Field& field, const Json& value, Answer& made) {
    made.content.first = static_cast<std::uint32_t>(submission_.numbers.size());
    for (const std::string& id : list(value)) {
      // An example may cite a row that it need not spell out.
      std::uint32_t row = submission_.find_row(field.registry, id);
      if (row == kNone) row = add_row(field.registry, id);
      submission_.numbers.push_back(row);
    }
    made.content.count =
        static_cast<std::uint32_t>(submission_.numbers.size()) - made.content.first;
  }

  std::uint32_t add_row(std::uint32_t registry, const std::string& id) {
    auto& rows = submission_.registers[registry];
    rows.push_back({id, std::vector<Answer>(form_.registry(registry).columns.count)});
    return static_cast<std::uint32_t>(rows.size() - 1);
  }

  void set_provisions(const Json& value, Answer& made) {
    made.content.first = static_cast<std::uint32_t>(submission_.numbers.size());
    for (const std::string& code : list(value)) {
      const std::uint32_t provision = form_.find_provision(code);
      if (provision == kNone)
        problem("a provision", code);
      else
        submission_.numbers.push_back(provision);
    }
    made.content.count =
        static_cast<std::uint32_t>(submission_.numbers.size()) - made.content.first;
  }

  const Form& form_;
  Submission& submission_;
  std::vector<std::string>& problems_;
};

void set_header(const Form& form, const Json& declared, Example& example) {
  SubmissionHeader& header = example.submission.header;
  header.form_id = form.id();
  header.form_version = form.version();
  header.submitter = kSubmitter;
  header.stage = Stage::final;
  header.language = form.language_tag(0);
  header.purpose = Purpose::test;
  header.period = kPeriod;
  Position position = Position::party;
  const auto take = [&](const char* name, auto parse, auto& target) {
    if (!declared.contains(name)) return;
    const std::string word = member(declared, name);
    if (const auto parsed = parse(word))
      target = *parsed;
    else
      example.problems.push_back(
          fmt::format("expected a {} in the example, got \"{}\"", name, word));
  };
  take("position", parse_position, position);
  take("stage", parse_stage, header.stage);
  take("submitter", parse_submitter_kind, header.submitter_kind);
  example.cycle.id = "example";
  example.cycle.purpose = Purpose::test;
  example.cycle.forms = {{header.form_id, header.form_version}};
  example.cycle.period = kPeriod;
  example.cycle.cut_off = kCutOff;
  PositionEntry entry;
  entry.on = kPeriod.start;
  entry.position = position;
  example.cycle.positions[std::string(kSubmitter)] = {entry};
}

}  // namespace

Example make_example(const Form& form, const Json& declared) {
  Example example;
  constexpr std::string_view kMembers[] = {"answers",  "contacts", "registers", "previous",
                                           "position", "stage",    "submitter"};
  for (const auto& [name, value] : declared.items())
    if (std::find(std::begin(kMembers), std::end(kMembers), name) == std::end(kMembers))
      example.problems.push_back(fmt::format("unknown member \"{}\" of the example", name));
  set_header(form, declared, example);
  Builder builder(form, example.submission, example.problems);
  if (declared.contains("registers")) builder.add_registers(declared["registers"]);
  if (declared.contains("answers")) builder.add_answers(declared["answers"]);
  if (declared.contains("contacts")) builder.add_answers(declared["contacts"]);
  if (declared.contains("previous")) {
    Builder before(form, example.previous, example.problems);
    before.add_answers(declared["previous"]);
    example.has_previous = true;
  }
  share_answers(form, example.submission);
  return example;
}

}  // namespace cosp
