#include <algorithm>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "generator/form_workbook_book.hpp"

namespace cosp {
namespace {

using workbook::Property;

constexpr std::size_t kTitleCharacters = 32;
constexpr std::size_t kMessageCharacters = 255;

lxw_datetime datetime_of(Date day) {
  lxw_datetime value{};
  value.year = day.year;
  value.month = day.month;
  value.day = day.day;
  return value;
}

lxw_data_validation warning() {
  lxw_data_validation validation{};
  validation.error_type = LXW_VALIDATION_ERROR_TYPE_WARNING;
  return validation;
}

/// The first day that a cell takes unasked: the serial number of the day before is 2100, so that a
/// year typed alone is not taken for a day.
constexpr Date kFirstDay{1905, 10, 1};

std::string joined_message(const std::string& first, const std::string& second) {
  if (first.empty() || second.empty()) return first + second;
  return first + "\n" + second;
}

}  // namespace

void FormBook::validate(lxw_worksheet* sheet, std::uint32_t first, std::uint32_t last,
                        std::uint16_t column, lxw_data_validation& validation,
                        const std::string& title, const std::string& message,
                        const std::string& asked) {
  const bool is_warning = validation.error_type == LXW_VALIDATION_ERROR_TYPE_WARNING;
  std::string head = cell_text(cut_at_word(title, kTitleCharacters));
  std::string words_shown = cell_text(cut_at_word(message, kMessageCharacters));
  std::string error = cell_text(cut_at_word(
      is_warning ? words.own("error_asked", {{"asked", asked}}) : words.own("error_choice"),
      kMessageCharacters));
  validation.input_title = head.empty() ? nullptr : head.data();
  validation.input_message = words_shown.empty() ? nullptr : words_shown.data();
  validation.error_message = error.data();
  file.check(worksheet_data_validation_range(sheet, first, column, last, column, &validation),
             "setting what a cell takes");
}

void FormBook::drop_down(lxw_worksheet* sheet, std::uint32_t first, std::uint32_t last,
                         std::uint16_t column, const std::string& range, bool is_open,
                         const std::string& title, const std::string& message) {
  std::string source = "=" + range;
  lxw_data_validation validation{};
  validation.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
  validation.value_formula = source.data();
  if (is_open) validation.show_error = LXW_VALIDATION_OFF;
  validate(sheet, first, last, column, validation, title, message);
}

namespace {

/// Range of the names of a register's rows that hold something.
std::string row_choices(FormBook& book, std::uint32_t registry) {
  const std::string code(book.form.string(book.form.registry(registry).code));
  const auto count = book.plan.registers[registry].ids.size();
  return fmt::format("OFFSET({},0,0,MAX(1,{}),1)", book.lists().cell("=rows " + code, 0),
                     book.lists().cell("=count " + code, count - 1));
}

/// What a figure or a day is asked to be, for whoever typed another.
std::string asked_of(FormBook& book, const Field& field) {
  std::string asked = book.words.own(is_figure(field.type) ? "message_number" : "message_date");
  for (const std::string& line : book.words.range_limits(field, book.evaluation))
    asked = joined_message(asked, line);
  return asked;
}

void limit_figure(FormBook& book, lxw_worksheet* sheet, std::uint32_t first, std::uint32_t last,
                  std::uint16_t column, const Field& field, const std::string& title,
                  const std::string& message) {
  constexpr double kFarthest = 1e18;
  lxw_data_validation validation = warning();
  validation.validate =
      field.decimals == 0 ? LXW_VALIDATION_TYPE_INTEGER : LXW_VALIDATION_TYPE_DECIMAL;
  validation.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
  // The library writes whole numbers through an int: wider limits are decimals.
  if (field.decimals == 0 &&
      (!field.has_minimum || !field.has_maximum || field.maximum.approximate() > 2e9))
    validation.validate = LXW_VALIDATION_TYPE_DECIMAL;
  validation.minimum_number = field.has_minimum ? field.minimum.approximate() : -kFarthest;
  validation.maximum_number = field.has_maximum ? field.maximum.approximate() : kFarthest;
  book.validate(sheet, first, last, column, validation, title, message, asked_of(book, field));
}

void limit_day(FormBook& book, lxw_worksheet* sheet, std::uint32_t first, std::uint32_t last,
               std::uint16_t column, const Field& field, const std::string& title,
               const std::string& message) {
  const auto day = [&](const DateBound& bound, Date otherwise) {
    if (bound.is_set) return bound.date;
    return book.evaluation.moment(bound.moment).value_or(otherwise);
  };
  lxw_data_validation validation = warning();
  validation.validate = LXW_VALIDATION_TYPE_DATE;
  validation.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
  validation.minimum_datetime = datetime_of(std::max(kFirstDay, day(field.earliest, kFirstDay)));
  validation.maximum_datetime = datetime_of(day(field.latest, Date{Date::kLastYear, 12, 31}));
  book.validate(sheet, first, last, column, validation, title, message, asked_of(book, field));
}

/// What each reason needs beside it, reasons of the same need on one line.
std::string reason_message(FormBook& book) {
  std::map<std::string_view, std::vector<std::string>> needing;
  const auto declared = book.form.tables().reasons;
  for (std::size_t i = 0; i < declared.size(); ++i) {
    const std::string label = book.words.reason(static_cast<Reason>(i));
    if (declared[i].detail_list != kNone) needing["detail"].push_back(label);
    if (declared[i].registry != kNone) needing["rows"].push_back(label);
    if (declared[i].needs_note) needing["note"].push_back(label);
  }
  std::string said = book.words.own("message_reason");
  for (const auto& [column, reasons] : needing)
    said += "\n" + book.words.own("message_reason_needs",
                                  {{"reasons", fmt::format("{}", fmt::join(reasons, "; "))},
                                   {"column", book.words.own(column)}});
  return said;
}

}  // namespace

void FormBook::validate_value(lxw_worksheet* sheet, std::uint32_t first, std::uint32_t last,
                              std::uint16_t column, const Field& field, const std::string& title,
                              bool is_column) {
  const std::string help = words.of(field.help);
  const auto said = [&](std::string_view id, const Arguments& arguments = {}) {
    return joined_message(words.own(id, arguments), help);
  };
  lxw_data_validation anything{};
  anything.validate = LXW_VALIDATION_TYPE_ANY;
  const auto remark = [&](const std::string& message) {
    if (!message.empty()) validate(sheet, first, last, column, anything, title, message);
  };
  switch (field.type) {
    case QuestionType::status:
    case QuestionType::single:
    case QuestionType::yes_no:
      return drop_down(sheet, first, last, column, lists_->options(field.list, field.allowed),
                       false, title, said("message_choice"));
    case QuestionType::multi:
      return drop_down(sheet, first, last, column, lists_->options(field.list, field.allowed), true,
                       title, said(field.most_choices == 1 ? "message_choice" : "message_several"));
    case QuestionType::reference: {
      const std::string& place = sheet_name(plan.registers[field.registry].sheet);
      const std::string message = words.own("message_row", {{"sheet", place}});
      const bool takes_several = is_column && field.most_rows != 1;
      return drop_down(
          sheet, first, last, column, row_choices(*this, field.registry), true, title,
          joined_message(message, takes_several ? words.own("message_several") : help));
    }
    case QuestionType::number:
    case QuestionType::money:
      return limit_figure(*this, sheet, first, last, column, field, title, said("message_number"));
    case QuestionType::date:
    case QuestionType::period:
      return limit_day(*this, sheet, first, last, column, field, title, said("message_date"));
    case QuestionType::language:
    case QuestionType::languages: return remark(said("message_language"));
    case QuestionType::provisions: return remark(said("message_provisions"));
    case QuestionType::email: return remark(said("message_email"));
    case QuestionType::phone: return remark(said("message_phone"));
    default: break;
  }
  if (field.most_characters == 0) return remark(help);
  lxw_data_validation length = warning();
  length.validate = LXW_VALIDATION_TYPE_LENGTH;
  length.criteria = LXW_VALIDATION_CRITERIA_LESS_THAN_OR_EQUAL_TO;
  length.value_number = field.most_characters;
  const Arguments most{{"count", std::int64_t{field.most_characters}}};
  validate(sheet, first, last, column, length, title, said("characters", most),
           words.own("characters", most));
}

void FormBook::validate_second(lxw_worksheet* sheet, std::uint32_t first, std::uint32_t last,
                               std::uint16_t column, const Field& field, const std::string& title) {
  if (field.type == QuestionType::period)
    return limit_day(*this, sheet, first, last, column, field, title, words.own("message_date"));
  lxw_data_validation anything{};
  anything.validate = LXW_VALIDATION_TYPE_ANY;
  validate(sheet, first, last, column, anything, title, words.own("message_currency"));
}

void FormBook::validate_any_day(lxw_worksheet* sheet, std::uint32_t first, std::uint32_t last,
                                std::uint16_t column, const std::string& title) {
  lxw_data_validation day = warning();
  day.validate = LXW_VALIDATION_TYPE_DATE;
  day.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
  day.minimum_datetime = datetime_of(kFirstDay);
  day.maximum_datetime = datetime_of({Date::kLastYear, 12, 31});
  const std::string asked = words.own("message_date");
  validate(sheet, first, last, column, day, title, asked, asked);
}

void FormBook::validate_properties(lxw_worksheet* sheet, std::uint32_t first, std::uint32_t last,
                                   const std::map<Property, std::uint16_t>& columns) {
  if (last < first) return;
  const auto at = [&](Property property) { return columns.at(property); };
  drop_down(sheet, first, last, at(Property::reason), lists_->reasons(), false, words.own("reason"),
            reason_message(*this));
  if (const std::string details = lists_->details(); !details.empty())
    drop_down(sheet, first, last, at(Property::detail), details, false, words.own("detail"), {});
  for (const ReasonDeclaration& declared : form.tables().reasons) {
    if (declared.registry == kNone) continue;
    const std::string& place = sheet_name(plan.registers[declared.registry].sheet);
    drop_down(
        sheet, first, last, at(Property::rows), row_choices(*this, declared.registry), true,
        words.own("rows"),
        joined_message(words.own("message_row", {{"sheet", place}}), words.own("message_several")));
    break;
  }
  validate_any_day(sheet, first, last, at(Property::expected_on), words.own("expected_on"));
  drop_down(sheet, first, last, at(Property::origin), lists_->origins(), false, words.own("origin"),
            words.own("message_origin"));
  lxw_data_validation anything{};
  anything.validate = LXW_VALIDATION_TYPE_ANY;
  validate(sheet, first, last, at(Property::author), anything, words.own("author"),
           words.own("message_author"));
}

}  // namespace cosp
