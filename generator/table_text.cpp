#include "generator/table_text.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "base/language.hpp"
#include "base/numbers.hpp"

namespace cosp {

TableText::TableText(const Form& form, const Cycle& cycle, std::string_view language)
    : form_(form),
      cycle_(cycle),
      language_(language),
      form_language_(form.language(language)),
      formatter_(language) {}

std::string TableText::text(std::string_view id, const Arguments& arguments) {
  const TextId index = form_.find_text(id);
  const std::string_view wording =
      index == kNone ? form_.text(id, form_language_).value : pattern(index);
  if (arguments.empty()) return std::string(wording);
  return formatter_.format(wording, arguments);
}

std::string_view TableText::pattern(TextId id) {
  const Text text = form_.text(id, form_language_);
  const bool is_foreign = text.is_fallback || form_.language_tag(form_language_) != language_;
  if (id != kNone && is_foreign && form_.language_tag(0) != language_) {
    fallbacks_.insert(id);
    has_fallen_back_ = true;
  }
  return text.value;
}

bool TableText::take_fallback() { return std::exchange(has_fallen_back_, false); }

std::string TableText::label(const Label& label) {
  const auto of = [&](TextId id) { return std::string(pattern(id)); };
  switch (label.kind) {
    case Label::Kind::none: return {};
    case Label::Kind::text: return text(label.value, label.arguments);
    case Label::Kind::form_text: return of(label.index);
    case Label::Kind::block: {
      const Block& block = form_.block(label.index);
      const std::string article(form_.string(block.article));
      if (article.empty()) return of(block.title);
      return text("label.article", {{"article", article}, {"title", of(block.title)}});
    }
    case Label::Kind::question: return of(form_.question(label.index).label);
    case Label::Kind::column: return of(form_.column(label.index).label);
    case Label::Kind::option: return of(form_.tables().options[label.index].label);
    case Label::Kind::provision: return std::string(form_.number(form_.provisions()[label.index]));
    case Label::Kind::entry:
      return std::string(cycle_.roster.entries.at(label.index).name(language_));
    case Label::Kind::group:
      return text(label.value.empty() ? "group.none" : "group." + label.value);
    case Label::Kind::plain: return label.value;
  }
  return {};
}

std::string TableText::cell(const Cell& cell) {
  if (cell.is_suppressed) return text("cell.suppressed");
  if (cell.is_restricted) return text("cell.restricted");
  switch (cell.kind) {
    case Cell::Kind::empty: return {};
    case Cell::Kind::count: return format_number(cell.count, language_);
    case Cell::Kind::share: return format_per_cent(cell.count, cell.denominator, language_);
    case Cell::Kind::figure: return format_number(cell.figure, language_);
    case Cell::Kind::date: return format_date(cell.date, language_);
    case Cell::Kind::text: return state_text(cell.texts);
    case Cell::Kind::symbol: return std::string(sign_of(cell.symbol));
    case Cell::Kind::labels: break;
  }
  std::vector<std::string> words;
  for (const Label& each : cell.labels) words.push_back(label(each));
  return format_list(words, language_);
}

std::string TableText::state_text(const std::vector<LocalText>& texts) {
  const LocalText* original = nullptr;
  for (const LocalText& version : texts) {
    if (version.language == language_) return version.text;
    if (version.is_original || original == nullptr) original = &version;
  }
  if (original == nullptr) return {};
  return text("cell.original", {{"text", original->text},
                                {"language", language_name(original->language, language_)}});
}

std::string TableText::title(const Table& table) {
  std::string title = label(table.title);
  if (table.population == Population::parties) return title;
  return text("title.apart." + std::string(to_string(table.population)), {{"title", title}});
}

std::vector<std::uint32_t> TableText::row_order(const Table& table) const {
  std::vector<std::uint32_t> order(table.rows.size());
  std::iota(order.begin(), order.end(), 0u);
  if (!table.is_alphabetical) return order;
  const auto names = cycle_.roster.alphabetical(language_);
  std::vector<std::size_t> rank(cycle_.roster.entries.size());
  for (std::size_t i = 0; i < names.size(); ++i) rank[names[i]] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t left, std::uint32_t right) {
    return rank.at(table.rows[left].entry) < rank.at(table.rows[right].entry);
  });
  return order;
}

std::string TableText::denominator_line(const Table& table) {
  const std::string kind(to_string(table.denominator_kind));
  return text("denominator.line." + kind,
              {{"count", table.denominator}, {"cut_off", cycle_.cut_off}});
}

std::string TableText::alternative(const Table& table) {
  if (!table.figure || table.alternative_id.empty()) return {};
  if (form_.find_text(table.alternative_id) == kNone) return title(table);
  return text(table.alternative_id);
}

}  // namespace cosp
