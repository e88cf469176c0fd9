#include "generator/form_workbook_words.hpp"

#include <fmt/format.h>

#include "base/language.hpp"
#include "base/numbers.hpp"
#include "base/text.hpp"

namespace cosp {
namespace {

constexpr std::string_view kPrefix = "questionnaire.";

std::string joined(const std::vector<std::string>& lines, std::string_view between) {
  return fmt::format("{}", fmt::join(lines, between));
}

}  // namespace

WorkbookWords::WorkbookWords(const Form& form, std::string_view language)
    : form_(form),
      language_(language),
      form_language_(form.language(language)),
      formatter_(language) {}

std::string WorkbookWords::text(std::string_view id, const Arguments& arguments) {
  const Text wording = form_.text(id, form_language_);
  if (arguments.empty()) return std::string(wording.value);
  return formatter_.format(wording.value, arguments);
}

std::string WorkbookWords::own(std::string_view id, const Arguments& arguments) {
  return text(std::string(kPrefix) + std::string(id), arguments);
}

std::string WorkbookWords::title_of_form() {
  return has("form.title") ? text("form.title") : std::string(form_.id());
}

std::string WorkbookWords::block(const Block& block) {
  if (block.article.size == 0) return of(block.title);
  return text("label.article",
              {{"article", std::string(form_.string(block.article))}, {"title", of(block.title)}});
}

const std::string& WorkbookWords::option(std::uint32_t list, std::uint32_t position) {
  const auto [found, is_new] = options_.try_emplace(list);
  if (is_new) {
    std::map<std::string, int> seen;
    for (const Option& option : form_.options_of(list))
      ++seen[fold_for_comparison(form_.text(option.label, form_language_).value)];
    for (const Option& option : form_.options_of(list)) {
      const std::string label = of(option.label);
      const bool is_clear = !label.empty() && seen[fold_for_comparison(label)] == 1;
      found->second.push_back(is_clear ? label : std::string(form_.string(option.code)));
    }
  }
  return found->second.at(position);
}

std::string WorkbookWords::joined_option(std::uint32_t list, std::uint32_t position) {
  const std::string& label = option(list, position);
  if (label.find_first_of(";\n") == std::string::npos) return label;
  return std::string(form_.string(form_.options_of(list)[position].code));
}

std::string WorkbookWords::reason(Reason reason) {
  return text(fmt::format("reason.{}", to_string(reason)));
}

std::string WorkbookWords::visibility(Visibility visibility) {
  return text(fmt::format("visibility.{}", to_string(visibility)));
}

std::string WorkbookWords::origin(Origin origin) {
  return text(fmt::format("origin.{}", to_string(origin)));
}

std::string WorkbookWords::provisions(Range range) const {
  std::vector<std::string> codes;
  for (const std::uint32_t index : form_.provisions_of(range))
    codes.emplace_back(form_.number(form_.provisions()[index]));
  return joined(codes, "; ");
}

std::string WorkbookWords::unit(const Field& field) {
  if (field.unit.size == 0) return {};
  const std::string id = fmt::format("unit.{}", form_.string(field.unit));
  // A unit that bends with its figure is shown as it stands beside many.
  return has(id) ? text(id, {{"count", std::int64_t{100}}}) : std::string(form_.string(field.unit));
}

void WorkbookWords::add_figure_limits(const Field& field, std::vector<std::string>& lines) {
  if (!is_figure(field.type)) return;
  if (const std::string named = unit(field); !named.empty()) lines.push_back(named);
  const std::string minimum = format_number(field.minimum, language_);
  const std::string maximum = format_number(field.maximum, language_);
  if (field.has_minimum && field.has_maximum)
    lines.push_back(own("between", {{"minimum", minimum}, {"maximum", maximum}}));
  else if (field.has_minimum)
    lines.push_back(own("not_below", {{"minimum", minimum}}));
  else if (field.has_maximum)
    lines.push_back(own("not_above", {{"maximum", maximum}}));
  lines.push_back(own("decimals", {{"count", std::int64_t{field.decimals}}}));
}

void WorkbookWords::add_date_limits(const Field& field, const Evaluation& evaluation,
                                    std::vector<std::string>& lines) {
  const auto day = [&](const DateBound& bound) {
    return bound.is_set ? std::optional(bound.date) : evaluation.moment(bound.moment);
  };
  if (const auto earliest = day(field.earliest))
    lines.push_back(own("day_from", {{"date", earliest->to_string()}}));
  if (const auto latest = day(field.latest))
    lines.push_back(own("day_until", {{"date", latest->to_string()}}));
}

std::vector<std::string> WorkbookWords::range_limits(const Field& field,
                                                     const Evaluation& evaluation) {
  std::vector<std::string> lines;
  add_figure_limits(field, lines);
  add_date_limits(field, evaluation, lines);
  return lines;
}

std::vector<std::string> WorkbookWords::limits(const Field& field, Visibility floor,
                                               const Evaluation& evaluation, bool has_counter) {
  std::vector<std::string> lines;
  if (field.required != Requirement::never)
    lines.push_back(own(fmt::format("required_{}", to_string(field.required))));
  for (std::string& line : range_limits(field, evaluation)) lines.push_back(std::move(line));
  const auto counted = [&](std::string_view id, std::uint32_t count) {
    if (count > 0) lines.push_back(own(id, {{"count", std::int64_t{count}}}));
  };
  counted("ticks", field.most_choices);
  if (field.type == QuestionType::reference) {
    counted("at_least_entries", field.least_rows > 1 ? field.least_rows : 0);
    counted("entries", field.most_rows);
  }
  if (!has_counter) {
    counted("words", field.most_words);
    counted("characters", field.most_characters);
  }
  if (floor != Visibility::open) lines.push_back(visibility(floor));
  return lines;
}

bool WorkbookWords::is_unreviewed() const {
  const FormTables& tables = form_.tables();
  const std::size_t ids = tables.text_ids.size();
  if (form_language_ == 0 || ids == 0) return false;
  const auto states = tables.text_states.subspan(form_language_ * ids, ids);
  for (const TextState state : states)
    if (state == TextState::translated || state == TextState::missing) return true;
  return false;
}

std::string cut_at_word(std::string_view text, std::size_t most) {
  if (count_characters(text) <= most) return std::string(text);
  std::size_t characters = 0;
  std::size_t end = 0;
  std::size_t space = 0;
  for (; end < text.size() && characters + 1 < most; ++end) {
    const auto byte = static_cast<unsigned char>(text[end]);
    if ((byte & 0xC0U) == 0x80U) continue;
    if (text[end] == ' ' || text[end] == '\n') space = end;
    ++characters;
  }
  while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
    ++end;
  // A text without spaces, as in Chinese, is cut between characters.
  if (space > end / 2) end = space;
  return std::string(text.substr(0, end)) + "…";
}

}  // namespace cosp
