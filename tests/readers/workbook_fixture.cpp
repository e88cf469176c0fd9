#include "tests/readers/workbook_fixture.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <algorithm>

#include "base/date.hpp"
#include "tests/readers/submission_fixture.hpp"

namespace cosp::test {
namespace {

constexpr std::string_view kDeclaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
constexpr std::string_view kMain = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr std::string_view kRelations =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '<')
      out += "&lt;";
    else if (c == '&')
      out += "&amp;";
    else if (c == '"')
      out += "&quot;";
    else
      out += c;
  }
  return out;
}

std::string relation(std::string_view id, std::string_view type, std::string_view target) {
  return "<Relationship Id=\"" + std::string(id) + "\" Type=\"" + std::string(kRelations) + "/" +
         std::string(type) + "\" Target=\"" + std::string(target) + "\"/>";
}

std::string relations(std::string_view inner) {
  return std::string(kDeclaration) +
         "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" +
         std::string(inner) + "</Relationships>";
}

std::string serial(std::string_view day) {
  const Date epoch{1899, 12, 30};
  return std::to_string(Date::parse(day)->days_from_epoch() - epoch.days_from_epoch());
}

std::string xlsx_cell(const std::string& cell, std::size_t row, std::size_t column) {
  const std::string place =
      " r=\"" + cell_name(static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(column)) +
      "\"";
  const std::string rest = cell.substr(1);
  const std::size_t bar = cell.find('|');
  switch (cell.front()) {
    case '#': return "<c" + place + "><v>" + rest + "</v></c>";
    case '%': return "<c" + place + " s=\"2\"><v>" + rest + "</v></c>";
    case '@': return "<c" + place + " s=\"1\"><v>" + serial(rest) + "</v></c>";
    case '?': return "<c" + place + " t=\"b\"><v>" + rest + "</v></c>";
    case '!': return "<c" + place + " t=\"e\"><v>" + rest + "</v></c>";
    default: break;
  }
  if (cell.front() == '=' && bar != std::string::npos) {
    const std::string value = cell.substr(bar + 1);
    return "<c" + place + "><f>" + escaped(cell.substr(1, bar - 1)) + "</f>" +
           (value.empty() ? "" : "<v>" + value + "</v>") + "</c>";
  }
  return "<c" + place + " t=\"inlineStr\"><is><t xml:space=\"preserve\">" + escaped(cell) +
         "</t></is></c>";
}

std::string xlsx_data(const TestSheet& sheet) {
  std::string data;
  for (std::size_t row = 0; row < sheet.rows.size(); ++row) {
    data += "<row r=\"" + std::to_string(row + 1) + "\">";
    for (std::size_t column = 0; column < sheet.rows[row].size(); ++column)
      if (!sheet.rows[row][column].empty()) data += xlsx_cell(sheet.rows[row][column], row, column);
    data += "</row>";
  }
  return data;
}

constexpr std::string_view kStyles =
    "<cellXfs count=\"3\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"9\"/></cellXfs>";

std::string worksheet(std::string_view data) {
  return std::string(kDeclaration) + "<worksheet xmlns=\"" + std::string(kMain) + "\"><sheetData>" +
         std::string(data) + "</sheetData></worksheet>";
}

std::string ods_cell(const std::string& cell) {
  const std::string rest = cell.empty() ? "" : cell.substr(1);
  const auto typed = [&](std::string_view type, std::string_view member, std::string_view value,
                         std::string_view formula = {}) {
    std::string out = "<table:table-cell office:value-type=\"" + std::string(type) + "\"";
    if (!formula.empty()) out += " table:formula=\"of:=" + escaped(formula) + "\"";
    return out + " office:" + std::string(member) + "=\"" + std::string(value) +
           "\"><text:p>shown</text:p></table:table-cell>";
  };
  if (cell.empty()) return "<table:table-cell/>";
  const std::size_t bar = cell.find('|');
  switch (cell.front()) {
    case '#': return typed("float", "value", rest);
    case '%': return typed("percentage", "value", rest);
    case '@': return typed("date", "date-value", rest);
    case '?': return typed("boolean", "boolean-value", rest == "1" ? "true" : "false");
    case '!':
      return "<table:table-cell office:value-type=\"string\" calcext:value-type=\"error\">"
             "<text:p>" +
             rest + "</text:p></table:table-cell>";
    default: break;
  }
  if (cell.front() == '=' && bar != std::string::npos)
    return bar + 1 == cell.size()
               ? "<table:table-cell table:formula=\"of:=1\"/>"
               : typed("float", "value", cell.substr(bar + 1), cell.substr(1, bar - 1));
  std::string paragraphs;
  std::size_t start = 0;
  while (true) {
    const std::size_t end = std::min(cell.find('\n', start), cell.size());
    paragraphs += "<text:p>" + escaped(cell.substr(start, end - start)) + "</text:p>";
    if (end == cell.size()) break;
    start = end + 1;
  }
  return "<table:table-cell office:value-type=\"string\">" + paragraphs + "</table:table-cell>";
}

}  // namespace

Parts xlsx_parts(std::string_view sheet_data, std::string_view shared_strings,
                 std::string_view styles) {
  Parts parts = {
      {"[Content_Types].xml", std::string(kDeclaration) + "<Types/>"},
      {"_rels/.rels", relations(relation("rId1", "officeDocument", "xl/workbook.xml"))},
      {"xl/workbook.xml", std::string(kDeclaration) + "<workbook xmlns=\"" + std::string(kMain) +
                              "\" xmlns:r=\"" + std::string(kRelations) +
                              "\"><sheets><sheet name=\"One\" sheetId=\"1\" r:id=\"rId1\"/>"
                              "</sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels",
       relations(relation("rId1", "worksheet", "worksheets/sheet1.xml") +
                 relation("rId2", "sharedStrings", "/xl/sharedStrings.xml") +
                 relation("rId3", "styles", "styles.xml"))},
      {"xl/worksheets/sheet1.xml", worksheet(sheet_data)},
      {"xl/styles.xml", std::string(kDeclaration) + "<styleSheet>" +
                            std::string(styles.empty() ? kStyles : styles) + "</styleSheet>"}};
  if (!shared_strings.empty())
    parts.emplace_back("xl/sharedStrings.xml", std::string(kDeclaration) + "<sst>" +
                                                   std::string(shared_strings) + "</sst>");
  return parts;
}

std::string xlsx_of(const std::vector<TestSheet>& sheets) {
  std::string names;
  std::string targets = relation("styles", "styles", "styles.xml");
  Parts parts = {{"[Content_Types].xml", std::string(kDeclaration) + "<Types/>"},
                 {"_rels/.rels", relations(relation("rId1", "officeDocument", "xl/workbook.xml"))},
                 {"xl/styles.xml", std::string(kDeclaration) + "<styleSheet>" +
                                       std::string(kStyles) + "</styleSheet>"}};
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    const std::string part = "worksheets/sheet" + number + ".xml";
    names +=
        fmt::format(R"(<sheet name="{}" sheetId="{}" r:id="rId{}"{}/>)", escaped(sheets[i].name),
                    number, number, sheets[i].is_hidden ? R"( state="hidden")" : "");
    targets += relation("rId" + number, "worksheet", part);
    parts.emplace_back("xl/" + part, worksheet(xlsx_data(sheets[i])));
  }
  parts.emplace_back("xl/workbook.xml", std::string(kDeclaration) + "<workbook xmlns=\"" +
                                            std::string(kMain) + "\" xmlns:r=\"" +
                                            std::string(kRelations) + "\"><sheets>" + names +
                                            "</sheets></workbook>");
  parts.emplace_back("xl/_rels/workbook.xml.rels", relations(targets));
  return zip_of(parts);
}

std::string ods_of(const std::vector<TestSheet>& sheets) {
  std::string tables;
  for (const TestSheet& sheet : sheets) {
    tables += "<table:table table:name=\"" + escaped(sheet.name) + "\"" +
              (sheet.is_hidden ? " table:style-name=\"hidden\"" : "") + ">";
    for (const auto& row : sheet.rows) {
      tables += "<table:table-row>";
      for (const std::string& cell : row) tables += ods_cell(cell);
      tables += "<table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row>";
    }
    tables +=
        "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell "
        "table:number-columns-repeated=\"16384\"/></table:table-row></table:table>";
  }
  return zip_of(
      {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
       {"META-INF/manifest.xml", std::string(kDeclaration) + "<manifest:manifest/>"},
       {"content.xml",
        std::string(kDeclaration) +
            "<office:document-content><office:automatic-styles><style:style style:name=\"hidden\" "
            "style:family=\"table\"><style:table-properties table:display=\"false\"/>"
            "</style:style></office:automatic-styles><office:body><office:spreadsheet>" +
            tables + "</office:spreadsheet></office:body></office:document-content>"}});
}

TestSheet cover(std::vector<std::vector<std::string>> more) {
  TestSheet sheet{"Cover",
                  {{"cosp/1 header", "=label", "answer"},
                   {"header.format", "Format", "cosp-workbook/1"},
                   {"header.form", "Form", "all-types"},
                   {"header.version", "", "1.0.0"},
                   {"header.cycle", "", "c"},
                   {"header.kind", "", "state"},
                   {"header.submitter", "", "QMA"},
                   {"header.stage", "", "final"},
                   {"header.language", "", "en"}},
                  false};
  for (auto& row : more) sheet.rows.push_back(std::move(row));
  return sheet;
}

TestSheet questions(std::vector<std::vector<std::string>> rows) {
  TestSheet sheet{"Questions",
                  {{"cosp/1 questions", "=label", "answer", "reason", "detail", "rows",
                    "expected_on", "note", "visibility", "author", "origin"}},
                  false};
  for (auto& row : rows) sheet.rows.push_back(std::move(row));
  return sheet;
}

ReadWorkbook read_all_types_workbook(const std::string& bytes, const WorkbookLimits& limits) {
  WorkbookReader reader;
  ReadWorkbook read = reader.read(bytes, all_types_form(), limits);
  EXPECT_EQ(read.counts.imported + read.counts.rejected + read.counts.ignored, read.counts.read);
  return read;
}

ReadWorkbook read_all_types_workbook(const std::vector<TestSheet>& sheets) {
  return read_all_types_workbook(xlsx_of(sheets));
}

namespace {

std::vector<std::string> places_of(const ReadWorkbook& read, bool are_gaps) {
  std::vector<std::string> places;
  for (const Finding& finding : read.findings)
    if (is_about_a_gap(finding) == are_gaps) places.push_back(finding.rule + "@" + finding.cell);
  return places;
}

}  // namespace

bool is_about_a_gap(const Finding& finding) {
  constexpr std::string_view kGaps[] = {"column-missing", "contacts-missing", "registers-missing",
                                        "rows-missing"};
  return std::ranges::find(kGaps, finding.rule) != std::end(kGaps);
}

std::vector<std::string> placed(const ReadWorkbook& read) { return places_of(read, false); }
std::vector<std::string> gaps(const ReadWorkbook& read) { return places_of(read, true); }

TestSheet papers_sheet(std::vector<std::vector<std::string>> rows) {
  const Form& form = all_types_form();
  TestSheet sheet{"Papers", {{"cosp/1 register papers", "name"}}, false};
  for (const Column& column : form.columns_of(form.registry(form.find_register("papers")))) {
    const std::string code(form.code(column));
    if (!column.is_personal && code != "name") sheet.rows.front().push_back(code);
  }
  for (auto& row : rows) sheet.rows.push_back(std::move(row));
  return sheet;
}

}  // namespace cosp::test
