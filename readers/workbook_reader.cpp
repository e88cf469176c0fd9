#include "readers/workbook_reader.hpp"

#include <algorithm>
#include <stdexcept>

#include "base/language.hpp"
#include "base/text.hpp"
#include "readers/submission_findings.hpp"
#include "readers/workbook_content.hpp"
#include "readers/workbook_gaps.hpp"
#include "readers/workbook_json.hpp"
#include "readers/workbook_outcome.hpp"

namespace cosp {

using workbook::HeaderMember;

struct WorkbookReader::Implementation {
  Spreadsheet sheets;
  SubmissionReader reader;
  MarkedJson json;
};

namespace {

std::string_view finding_of(SpreadsheetFault::Kind kind) {
  using Kind = SpreadsheetFault::Kind;
  switch (kind) {
    case Kind::empty: return "empty-file";
    case Kind::not_workbook: return "not-a-workbook";
    case Kind::text_file: return "text-not-workbook";
    case Kind::legacy: return "legacy-workbook";
    case Kind::encrypted: return "encrypted-workbook";
    case Kind::macros: return "macro-workbook";
    case Kind::cut: return "cut-workbook";
    case Kind::damaged:
    case Kind::bad_name: return "damaged-workbook";
    case Kind::refused_markup: return "workbook-markup";
    case Kind::too_large:
    case Kind::too_slow: return "workbook-too-large";
  }
  return "not-a-workbook";
}

ReadWorkbook unreadable(const Form& form, std::string_view id, std::string_view part = {}) {
  ReadWorkbook result;
  result.is_unreadable = true;
  Finding& finding = result.findings.emplace_back(read_finding(id, kNone));
  finding.written = shortened(part);
  finding.arguments.emplace_back("part", shortened(part));
  result.submission.answers.resize(form.questions().size());
  result.submission.registers.resize(form.registers().size());
  for (Answer& answer : result.submission.answers) answer.is_rejected = true;
  return result;
}

/// The language in which the texts of the workbook are written.
std::string language_of(const Form& form, const WorkbookCells& cells,
                        const WorkbookContent& content) {
  const std::string written = content.header_text(cells, HeaderMember::language);
  if (written.empty()) return {};
  const std::string named = WorkbookLabels(form, "").language(written);
  const std::string canonical = canonical_language(named);
  return canonical.empty() ? named : canonical;
}

/// Where what stands beside the answers of questions has its cells.
void place_question_rows(const Form& form, const WorkbookTables& tables, WorkbookPlaces& places) {
  places.question_rows.resize(form.questions().size());
  for (std::uint32_t i = 0; i < tables.tables.size(); ++i) {
    if (tables.tables[i].marker.table != workbook::Table::questions) continue;
    for (const WorkbookColumn& column : tables.tables[i].columns)
      if (const auto property = workbook::parse_property(column.property))
        places.table_columns[i].emplace_back(static_cast<std::uint32_t>(*property), column.column);
  }
  for (const WorkbookRow& row : tables.rows) {
    const WorkbookTable& table = tables.tables[row.table];
    if (table.marker.table != workbook::Table::questions) continue;
    const workbook::RowCode code = workbook::split_row_code(row.code);
    const std::uint32_t question = code.line.empty() ? form.find_question(code.code) : kNone;
    if (question != kNone && places.question_rows[question].table == kNone)
      places.question_rows[question] = {{table.sheet, row.row, table.code_column}, row.table};
  }
}

void fill_places(const Form& form, const WorkbookCells& cells, const WorkbookTables& tables,
                 WorkbookContent& content, const CellMarks& marks, WorkbookPlaces& places) {
  for (const SpreadsheetSheet& sheet : cells.sheets().sheets) places.sheets.push_back(sheet.name);
  marks.visit([&](std::uint32_t offset, std::uint32_t cell) {
    places.marks.emplace_back(offset, cell == kNone ? CellPosition{} : cells.position(cell));
  });
  places.header = content.header_positions;
  places.questions = content.question_positions;
  places.rows.resize(form.registers().size());
  places.contacts.resize(form.registers().size());
  places.register_heads.resize(form.registers().size());
  for (const WorkbookTable& table : tables.tables) {
    auto& columns = places.table_columns.emplace_back();
    const bool is_register = table.marker.table == workbook::Table::registry;
    if (!is_register && table.marker.table != workbook::Table::contacts) continue;
    const std::uint32_t registry = form.find_register(table.marker.registry);
    if (registry == kNone) continue;
    if (is_register && !places.register_heads[registry].is_somewhere())
      places.register_heads[registry] = cells.position(table.head_cell);
    for (const WorkbookColumn& column : table.columns)
      columns.emplace_back(
          form.find_column(form.registry(registry), workbook::split_row_code(column.property).code),
          column.column);
  }
  for (std::uint32_t registry = 0; registry < form.registers().size(); ++registry)
    for (const WorkbookRegisterRow& row : content.rows.rows(registry)) {
      if (row.position == kNone) continue;
      const WorkbookRow& source = tables.rows[row.source];
      const WorkbookTable& table = tables.tables[source.table];
      places.rows[registry].push_back({{table.sheet, source.row, table.code_column}, source.table});
    }
  for (std::uint32_t registry = 0; registry < form.registers().size(); ++registry)
    places.contacts[registry].resize(places.rows[registry].size());
  for (const WorkbookRow& source : tables.rows) {
    const WorkbookTable& table = tables.tables[source.table];
    if (table.marker.table != workbook::Table::contacts) continue;
    const std::uint32_t registry = form.find_register(table.marker.registry);
    const std::uint32_t row = registry == kNone ? kNone : content.rows.find(registry, source.code);
    if (row == kNone) continue;
    const std::uint32_t position = content.rows.row(registry, row).position;
    if (position < places.contacts[registry].size())
      places.contacts[registry][position] = {{table.sheet, source.row, table.code_column},
                                             source.table};
  }
}

void fill_coverage(const Form& form, const WorkbookCells& cells, WorkbookContent& content,
                   const WorkbookTables& tables, const WorkbookGaps& gaps,
                   WorkbookCoverage& coverage) {
  for (std::uint32_t i = 0; i < content.question_positions.size(); ++i)
    if (content.question_positions[i].is_somewhere() &&
        !std::ranges::binary_search(gaps.questions, i))
      coverage.questions.push_back(i);
  for (const WorkbookTable& table : tables.tables) {
    const bool is_register = table.marker.table == workbook::Table::registry ||
                             table.marker.table == workbook::Table::contacts;
    const std::uint32_t registry = is_register ? form.find_register(table.marker.registry) : kNone;
    if (registry == kNone) continue;
    auto found = std::ranges::find(coverage.registers, registry, &WorkbookCoverage::Rows::registry);
    if (found == coverage.registers.end()) {
      coverage.registers.push_back({registry, {}, {}});
      found = std::prev(coverage.registers.end());
      for (const WorkbookRegisterRow& row : content.rows.rows(registry))
        if (!row.id.empty()) found->ids.push_back(row.id);
    }
    for (const WorkbookColumn& column : table.columns) {
      const std::uint32_t field =
          form.find_column(form.registry(registry), workbook::split_row_code(column.property).code);
      if (field != kNone && !std::ranges::binary_search(gaps.columns, field))
        found->columns.push_back(field);
    }
  }
  for (WorkbookCoverage::Rows& rows : coverage.registers) {
    std::ranges::sort(rows.columns);
    rows.columns.erase(std::unique(rows.columns.begin(), rows.columns.end()), rows.columns.end());
  }
  coverage.held_back = split_entries(content.header_text(cells, HeaderMember::held_back));
}

/// How people call the rows: by what stands in the register's column of titles.
void name_rows(const Form& form, const WorkbookCells& cells, WorkbookContent& content) {
  for (std::uint32_t registry = 0; registry < form.registers().size(); ++registry) {
    const std::uint32_t title = form.registry(registry).title_column;
    if (title == kNone) continue;
    for (const auto* pieces : {&content.registers[registry], &content.contacts[registry]})
      for (const AnswerPiece& piece : *pieces)
        if (piece.field == title && piece.property == workbook::Property::answer)
          content.rows.name(registry, piece.row, cells.text(piece.cell));
  }
}

}  // namespace

WorkbookReader::WorkbookReader() : implementation_(std::make_unique<Implementation>()) {}
WorkbookReader::WorkbookReader(WorkbookReader&&) noexcept = default;
WorkbookReader& WorkbookReader::operator=(WorkbookReader&&) noexcept = default;
WorkbookReader::~WorkbookReader() = default;

SubmissionHead WorkbookReader::head(std::string_view bytes, const WorkbookLimits& limits) {
  Spreadsheet& sheets = implementation_->sheets;
  if (read_spreadsheet(bytes, limits.spreadsheet, sheets)) return {};
  WorkbookCells cells(sheets, limits.submission.findings);
  const WorkbookTables tables = find_tables(cells);
  SubmissionHead head;
  for (const WorkbookRow& row : tables.rows) {
    if (tables.tables[row.table].marker.table != workbook::Table::header || row.count == 0)
      continue;
    const std::string text = trim(cells.text(tables.entries[row.first].cell));
    const auto member = workbook::parse_header_member(row.code);
    if (member == HeaderMember::form) head.form_id = text;
    if (member == HeaderMember::version) head.form_version = text;
    if (member == HeaderMember::cycle) head.cycle = text;
    if (member == HeaderMember::submitter)
      head.submitter = workbook::id_of_label(text).value_or(text);
  }
  return head;
}

ReadWorkbook WorkbookReader::read(std::string_view bytes, const Form& form,
                                  const WorkbookLimits& limits) {
  Implementation& own = *implementation_;
  if (const auto fault = read_spreadsheet(bytes, limits.spreadsheet, own.sheets))
    return unreadable(form, finding_of(fault->kind), fault->part);
  WorkbookCells cells(own.sheets, limits.submission.findings);
  const WorkbookTables tables = find_tables(cells);
  if (tables.tables.empty()) return unreadable(form, "not-our-workbook");
  WorkbookContent content = gather_content(form, cells, tables);
  const WorkbookGaps gaps = find_gaps(form, cells, tables, content);
  const std::string language = language_of(form, cells, content);
  name_rows(form, cells, content);
  WorkbookLabels labels(form, language);
  own.json.clear();
  WorkbookValues values(cells, labels, content.rows, content.texts, language, own.json);
  if (!write_workbook_json(form, cells, content, labels, values, own.json, limits.submission.bytes))
    return unreadable(form, "workbook-too-large");

  ReadWorkbook result;
  static_cast<ReadSubmission&>(result) = own.reader.read(own.json.text(), form, limits.submission);
  if (result.is_unreadable) return unreadable(form, "workbook-too-large");
  fill_places(form, cells, tables, content, own.json.marks(), result.places);
  place_question_rows(form, tables, result.places);
  fill_coverage(form, cells, content, tables, gaps, result.coverage);
  settle_outcome(form, cells, values, gaps, labels, own.json.marks(), result);
  return result;
}

}  // namespace cosp
