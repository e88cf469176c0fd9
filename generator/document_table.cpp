#include "generator/document_table.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/language.hpp"
#include "generator/svg_chart.hpp"

namespace cosp {
namespace {

constexpr std::size_t kWideColumns = 7;
constexpr std::size_t kMostCodes = 4;

std::string css_of(Role role) {
  switch (role) {
    case Role::denominator: return "denominator";
    case Role::non_answer: return "non-answer";
    case Role::beside: return "beside";
    case Role::total: return "total";
    case Role::share: return "share";
    case Role::words: return "words";
    case Role::value: break;
  }
  return "value";
}

TemplateObject head_cell(NarrativeText& words, const Label& label, std::size_t columns,
                         std::size_t rows, std::string_view scope, std::string css) {
  TemplateObject cell = marked_object(words, words.label(label));
  cell.set("columns", std::to_string(columns)).set("rows", std::to_string(rows));
  cell.set("scope", scope).set("css", std::move(css));
  return cell;
}

/// One row of headings, or two where columns stand under a common heading.
TemplateList head_rows(NarrativeText& words, const Table& table) {
  const bool has_groups =
      std::any_of(table.columns.begin(), table.columns.end(),
                  [](const TableColumn& column) { return column.group.kind != Label::Kind::none; });
  const std::size_t height = has_groups ? 2 : 1;
  TemplateList upper, lower;
  upper.push_back(head_cell(words, table.row_heading, 1, height, "col", "row-heading"));
  for (std::size_t i = 0; i < table.columns.size();) {
    const TableColumn& column = table.columns[i];
    if (column.group.kind == Label::Kind::none) {
      upper.push_back(head_cell(words, column.label, 1, height, "col", css_of(column.role)));
      ++i;
      continue;
    }
    const std::string group = words.label(column.group).text;
    std::size_t end = i;
    for (; end < table.columns.size() && table.columns[end].group.kind != Label::Kind::none &&
           words.label(table.columns[end].group).text == group;
         ++end)
      lower.push_back(
          head_cell(words, table.columns[end].label, 1, 1, "col", css_of(table.columns[end].role)));
    upper.push_back(head_cell(words, column.group, end - i, 1, "colgroup", "group"));
    i = end;
  }
  TemplateList rows;
  rows.emplace_back().set("cells", std::move(upper));
  if (has_groups) rows.emplace_back().set("cells", std::move(lower));
  return rows;
}

/// What a State wrote: its version in the page's language and the original, each with its language.
TemplateList state_lines(NarrativeText& words, const std::vector<LocalText>& texts) {
  TemplateList lines;
  for (const LocalText& text : texts)
    lines.push_back(text_line(words, text.text, text.language, "state-text"));
  return lines;
}

bool is_named(const Cell& cell) {
  return cell.kind == Cell::Kind::count || cell.kind == Cell::Kind::share ||
         cell.kind == Cell::Kind::figure;
}

TemplateObject cell_of(DocumentPage& page, const Table& table, std::uint32_t row,
                       std::uint32_t column) {
  NarrativeText& words = page.words();
  const Cell& cell = table.rows[row].cells[column];
  TemplateObject made;
  TemplateList identity;
  if (is_named(cell) || cell.is_suppressed)
    identity.emplace_back().set("id", figure_id(table, row, column));
  std::string css = css_of(table.columns[column].role);
  if (is_named(cell)) css += " figure";
  if (cell.is_suppressed) css += " suppressed";
  if (cell.kind == Cell::Kind::symbol) css += " symbol";
  made.set("identity", std::move(identity)).set("css", std::move(css));
  const bool has_lines = cell.kind == Cell::Kind::text && !cell.is_restricted;
  const MarkedText shown = has_lines ? MarkedText{} : words.cell(cell);
  made.set("text", shown.text).set("mark", language_mark(words, shown.language));
  std::string hint;
  if (cell.is_suppressed)
    hint = words.words("document.suppressed_mark");
  else if (cell.kind == Cell::Kind::symbol)
    hint = words.words(fmt::format("symbol.{}", to_string(cell.symbol)));
  made.set("hint", words_of(std::move(hint)));
  made.set("lines", has_lines ? state_lines(words, cell.texts) : TemplateList{});
  return made;
}

TemplateList body_rows(DocumentPage& page, const Table& table) {
  TemplateList rows;
  for (const std::uint32_t i : page.words().tables().row_order(table)) {
    const TableRow& row = table.rows[i];
    TemplateList cells;
    for (std::uint32_t j = 0; j < table.columns.size() && j < row.cells.size(); ++j)
      cells.push_back(cell_of(page, table, i, j));
    const MarkedText label = page.words().label(row.label);
    rows.emplace_back()
        .set("id", fmt::format("row-{}-{}", table.id, row.id))
        .set("css", css_of(row.role))
        .set("label", label.text)
        .set("mark", language_mark(page.words(), label.language))
        .set("cells", std::move(cells));
  }
  return rows;
}

TemplateList symbols_of(NarrativeText& words, const Table& table) {
  TemplateList legend;
  const bool has_symbols =
      std::any_of(table.rows.begin(), table.rows.end(), [](const TableRow& row) {
        return std::any_of(row.cells.begin(), row.cells.end(),
                           [](const Cell& cell) { return cell.kind == Cell::Kind::symbol; });
      });
  if (!has_symbols) return legend;
  for (int i = 0; i < kSymbolCount; ++i) {
    const auto symbol = static_cast<Symbol>(i);
    legend.emplace_back()
        .set("sign", sign_of(symbol))
        .set("text", words.words(fmt::format("symbol.{}", to_string(symbol))));
  }
  return legend;
}

/// Which questions and registers the figures come from; empty when there is nothing to name.
std::string source_of(NarrativeText& words, const Table& table) {
  const Form& form = words.form();
  std::set<std::uint32_t> questions, registers;
  bool is_position = false;
  for (const TableRow& row : table.rows)
    for (const Cell& cell : row.cells)
      for (const Source& source : cell.sources) {
        if (source.question != kNone) questions.insert(source.question);
        if (source.registry != kNone) registers.insert(source.registry);
        is_position = is_position || source.is_position;
      }
  std::vector<std::string> codes, titles;
  for (const std::uint32_t question : questions)
    if (codes.size() < kMostCodes) codes.emplace_back(form.code(form.question(question)));
  for (const std::uint32_t registry : registers)
    titles.push_back(words.form_text(form.registry(registry).title).text);
  std::string source;
  const auto add = [&](const std::string& sentence) {
    (source += source.empty() ? "" : " ") += sentence;
  };
  if (!questions.empty())
    add(words.words("document.source_questions",
                    {{"count", static_cast<std::int64_t>(questions.size())},
                     {"codes", codes},
                     {"more", static_cast<std::int64_t>(questions.size() - codes.size())}}));
  if (!registers.empty())
    add(words.words("document.source_registers",
                    {{"count", static_cast<std::int64_t>(registers.size())}, {"titles", titles}}));
  if (is_position) add(words.words("document.source_positions"));
  return source;
}

bool is_drawn(const Cell& cell) { return is_named(cell) && !cell.is_suppressed; }

Chart chart_of(DocumentPage& page, const Table& table) {
  TableText& words = page.words().tables();
  Chart chart;
  chart.id = fmt::format("chart-{}", page.figures());
  chart.title = words.title(table);
  chart.description = words.alternative(table);
  chart.axis = page.words().words(fmt::format("document.axis_{}", to_string(table.population)));
  chart.is_stacked = table.figure->shape == FigureShape::stacked_bar;
  chart.is_right_to_left = page.words().is_right_to_left();
  for (const std::uint32_t column : table.figure->series)
    chart.series.push_back(words.label(table.columns[column].label));
  for (const std::uint32_t row : table.figure->rows) {
    ChartBar& bar = chart.bars.emplace_back();
    bar.label = words.label(table.rows[row].label);
    for (const std::uint32_t column : table.figure->series) {
      const Cell& cell = table.rows[row].cells[column];
      ChartSegment& segment = bar.segments.emplace_back();
      segment.id = figure_id(table, row, column);
      if (!is_drawn(cell)) continue;
      segment.value = cell.kind == Cell::Kind::figure ? cell.figure.approximate()
                                                      : static_cast<double>(cell.count);
      segment.label = words.cell(cell);
    }
  }
  return chart;
}

bool leaves_out(const Table& table) {
  for (const std::uint32_t row : table.figure->rows)
    for (const std::uint32_t column : table.figure->series)
      if (table.rows[row].cells[column].is_suppressed) return true;
  return false;
}

}  // namespace

TemplateObject text_line(const NarrativeText& words, std::string text, std::string_view language,
                         std::string_view css, std::string caption) {
  TemplateObject line;
  line.set("css", css).set("caption", words_of(std::move(caption))).set("text", std::move(text));
  line.set("mark", language_mark(words, language)).set("links", TemplateList{});
  line.set("has_items", false).set("items", TemplateList{});
  return line;
}

bool has_chart(const Table& table) {
  if (!table.figure) return false;
  for (const std::uint32_t row : table.figure->rows)
    for (const std::uint32_t column : table.figure->series) {
      const Cell& cell = table.rows[row].cells[column];
      if (is_drawn(cell) &&
          (cell.kind == Cell::Kind::figure ? !cell.figure.is_zero() : cell.count > 0))
        return true;
    }
  return false;
}

TemplateObject table_part(DocumentPage& page, const Table& table) {
  NarrativeText& words = page.words();
  TemplateObject part;
  part.set("id", fmt::format("table-{}", table.id)).set("number", words_of(page.next_table()));
  const MarkedText title = words.title(table);
  part.set("caption", title.text).set("mark", language_mark(words, title.language));
  part.set("denominator", words_of(words.tables().denominator_line(table)));
  part.set("is_wide", table.columns.size() > kWideColumns);
  const std::string source = source_of(words, table);
  if (source.empty())
    part.set("footnote", TemplateList{});
  else
    part.set("footnote", page.footnote(source));
  part.set("head", head_rows(words, table)).set("rows", body_rows(page, table));
  TemplateList notes;
  for (const Label& note : table.notes) notes.push_back(marked_object(words, words.label(note)));
  TemplateList symbols = symbols_of(words, table);
  part.set("has_symbols", !symbols.empty());
  part.set("notes", std::move(notes)).set("symbols", std::move(symbols));
  return part;
}

TemplateObject figure_part(DocumentPage& page, const Table& table) {
  NarrativeText& words = page.words();
  const std::string number = page.next_figure();
  TemplateObject part;
  part.set("id", fmt::format("figure-{}", table.id)).set("number", number);
  const MarkedText title = words.title(table);
  part.set("caption", title.text).set("mark", language_mark(words, title.language));
  part.set("svg", svg_chart(chart_of(page, table)));
  TemplateObject link;
  link.set("href", fmt::format("#table-{}", table.id))
      .set("text", words.words("document.figure_table"));
  part.set("table_link", std::move(link));
  part.set("notes", leaves_out(table) ? marked_list(words, words.message("note.chart_suppressed"))
                                      : TemplateList{});
  return part;
}

}  // namespace cosp
