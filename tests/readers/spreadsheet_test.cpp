#include "readers/spreadsheet.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "readers/spreadsheet_xlsx_parts.hpp"
#include "tests/readers/workbook_fixture.hpp"

namespace cosp::test {
namespace {

using testing::ElementsAre;

std::string letter(SpreadsheetCell::Kind kind) {
  constexpr std::string_view kLetters = "tnpbdeu";
  return std::string(1, kLetters[static_cast<std::size_t>(kind)]);
}

/// "B2 t text" of each cell. How long it takes is not what these tests are about.
std::vector<std::string> cells_of(const std::string& bytes) {
  SpreadsheetLimits limits;
  limits.milliseconds = 60'000;
  Spreadsheet sheets;
  const auto fault = read_spreadsheet(bytes, limits, sheets);
  if (fault) return {"fault " + std::to_string(static_cast<int>(fault->kind)) + " " + fault->part};
  std::vector<std::string> cells;
  for (const SpreadsheetCell& cell : sheets.cells)
    cells.push_back(cell_name(cell.row, cell.column) + " " + letter(cell.kind) +
                    (cell.is_formula ? "f " : " ") + std::string(sheets.text(cell)));
  return cells;
}

/// The same of a sheet with these rows.
std::vector<std::string> cells_in(std::string_view data, std::string_view strings = {},
                                  std::string_view styles = {}) {
  return cells_of(zip_of(xlsx_parts(data, strings, styles)));
}

TEST(Spreadsheet, ReadsTheSameCellsFromBothFormats) {
  const std::vector<TestSheet> sheets = {
      {"One", {{"text", "#12.5", "?1"}, {}, {"", "@2027-12-31", "%0.25", "=A1+1|12"}}, false},
      {"Two", {{"two\nlines"}}, true}};
  const auto expected = ElementsAre("A1 t text", "B1 n 12.5", "C1 b 1", "B3 d 2027-12-31",
                                    "C3 p 0.25", "D3 nf 12", "A1 t two\nlines");
  EXPECT_THAT(cells_of(xlsx_of(sheets)), expected);
  EXPECT_THAT(cells_of(ods_of(sheets)), expected);
  for (const std::string& bytes : {xlsx_of(sheets), ods_of(sheets)}) {
    Spreadsheet read;
    ASSERT_FALSE(read_spreadsheet(bytes, {}, read));
    EXPECT_FALSE(read.sheets[0].is_hidden);
    EXPECT_TRUE(read.sheets[1].is_hidden);
    EXPECT_EQ(read.sheets[1].name, "Two");
  }
}

TEST(Spreadsheet, JoinsRunsOfSharedStringsAndLeavesReadingsOut) {
  EXPECT_THAT(cells_in("<row><c t='s'><v>0</v></c><c t='s'><v>1</v></c><c t='s'><v>2</v></c>"
                       "<c t='s'><v>9</v></c></row>",
                       "<si><r><t>Da</t></r><r><t>ta</t></r></si><si><t></t></si>"
                       "<si><t>課</t><rPh><t>か</t></rPh></si>"),
              ElementsAre("A1 t Data", "C1 t 課", "D1 e "));
}

TEST(Spreadsheet, DecodesTheEscapesOfOffice) {
  EXPECT_THAT(cells_in("<row><c t='inlineStr'><is><t>a_x000A_b_x005F_x0041_ _xD83D__xDE00_ "
                       "_xD800_</t></is></c></row>"),
              ElementsAre("A1 t a\nb_x0041_ 😀 _xD800_"));
}

TEST(Spreadsheet, CountsRowsAndCellsThatHaveNoPlaceOfTheirOwn) {
  EXPECT_THAT(cells_in("<row><c><v>1</v></c><c r='D1'><v>2</v></c><c><v>3</v></c></row>"
                       "<row r='7'><c><v>4</v></c></row><row><c><v>5</v></c></row>"),
              ElementsAre("A1 n 1", "D1 n 2", "E1 n 3", "A7 n 4", "A8 n 5"));
}

TEST(Spreadsheet, TakesABooleanHoweverLibreOfficeKeptIt) {
  EXPECT_THAT(cells_in("<row><c t='b'><f>TRUE()</f><v>1</v></c><c><f>FALSE()</f><v>0</v></c>"
                       "<c t='b'><f>A1</f><v>1</v></c></row>"),
              ElementsAre("A1 b 1", "B1 b 0", "C1 bf 1"));
}

TEST(Spreadsheet, TellsFormulasWithoutAValueFromEmptyOnes) {
  EXPECT_THAT(cells_in("<row><c><f>A9</f></c><c t='str'><f>A9</f><v></v></c>"
                       "<c t='e'><f>A9</f><v>#REF!</v></c></row>"),
              ElementsAre("A1 uf ", "C1 ef #REF!"));
}

TEST(Spreadsheet, KnowsDatesByTheirFormat) {
  struct Case {
    std::string_view format;
    XlsxStyle style;
  };
  const Case cases[] = {{"yyyy\\-mm\\-dd", XlsxStyle::date},
                        {"[$-409]d mmm", XlsxStyle::date},
                        {"[Red]0.00", XlsxStyle::plain},
                        {"0 \"days\"", XlsxStyle::plain},
                        {"General", XlsxStyle::plain},
                        {"General\" d\"", XlsxStyle::plain},
                        {"#,##0.00_);[Red]\\(#,##0.00\\)", XlsxStyle::plain},
                        {"[h]:mm", XlsxStyle::date},
                        {"0.0%", XlsxStyle::percentage}};
  for (const Case& one : cases) EXPECT_EQ(style_of_format(one.format), one.style) << one.format;
}

TEST(Spreadsheet, CountsDaysFromEitherEpoch) {
  EXPECT_EQ(serial_to_date("46752", false), "2027-12-31");
  EXPECT_EQ(serial_to_date("46752.75", false), "2027-12-31");
  EXPECT_EQ(serial_to_date("45290", true), "2027-12-31");
  EXPECT_EQ(serial_to_date("59", false), "1900-02-28");
  EXPECT_EQ(serial_to_date("60", false), std::nullopt);  // 29 February 1900
  EXPECT_EQ(serial_to_date("61", false), "1900-03-01");
  EXPECT_EQ(serial_to_date("0.5", false), std::nullopt);
  EXPECT_EQ(serial_to_date("1e9", false), std::nullopt);
}

TEST(Spreadsheet, ResolvesTargetsThatStayWithinTheFile) {
  EXPECT_EQ(resolve_target("xl/workbook.xml", "worksheets/a.xml"), "xl/worksheets/a.xml");
  EXPECT_EQ(resolve_target("xl/workbook.xml", "/xl/a.xml"), "xl/a.xml");
  EXPECT_EQ(resolve_target("xl/worksheets/a.xml", "../b.xml"), "xl/b.xml");
  EXPECT_EQ(resolve_target("xl/a.xml", "../../etc/passwd"), std::nullopt);
}

TEST(Spreadsheet, KeepsSpacesParagraphsAndBreaksOfOds) {
  const std::string content =
      "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"S\">"
      "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell "
      "office:value-type=\"string\" table:number-columns-repeated=\"2\"><office:annotation><text:p>"
      "a comment</text:p></office:annotation><text:p><text:s text:c=\"2\"/>a  <text:span>b"
      "</text:span><text:line-break/>c</text:p><text:p>d<text:tab/>e</text:p></table:table-cell>"
      "</table:table-row></table:table></office:spreadsheet></office:body>"
      "</office:document-content>";
  EXPECT_THAT(cells_of(zip_of({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
                               {"content.xml", content}})),
              ElementsAre("A1 t   a b\nc\nd\te", "B1 t   a b\nc\nd\te", "A2 t   a b\nc\nd\te",
                          "B2 t   a b\nc\nd\te"));
}

// Files that nobody honest sends.

SpreadsheetFault::Kind fault_of_bytes(const std::string& bytes) {
  Spreadsheet sheets;
  const auto start = std::chrono::steady_clock::now();
  const auto fault = read_spreadsheet(bytes, {}, sheets);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  EXPECT_LT(took.count(), 20);  // the budget is of processor time; a loaded machine takes longer
  EXPECT_TRUE(fault);
  EXPECT_TRUE(sheets.cells.empty());
  return fault ? fault->kind : SpreadsheetFault::Kind::empty;
}

Parts with(Parts parts, std::string name, std::string content) {
  for (auto& [known, old] : parts)
    if (known == name) {
      old = std::move(content);
      return parts;
    }
  parts.emplace_back(std::move(name), std::move(content));
  return parts;
}

TEST(HostileSpreadsheet, IsToldByItsKind) {
  using Kind = SpreadsheetFault::Kind;
  const Parts good = xlsx_parts("<row><c><v>1</v></c></row>");
  const std::string whole = zip_of(good);
  const std::string ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(600, '\0');
  std::string encrypted = ole;
  for (const char c : std::string_view("EncryptedPackage")) encrypted += {c, '\0'};
  const std::string ods = "application/vnd.oasis.opendocument.spreadsheet";
  struct Case {
    std::string_view name;
    std::string bytes;
    Kind kind;
  };
  const Case cases[] = {
      {"empty", "", Kind::empty},
      {"csv", "code;answer\r\na;b\r\n", Kind::text_file},
      {"noise", std::string("\x00\x01\x02\x03", 4), Kind::not_workbook},
      {"old excel", ole, Kind::legacy},
      {"excel with a password", encrypted, Kind::encrypted},
      {"binary workbook", zip_of(with(good, "xl/workbook.bin", "x")), Kind::legacy},
      {"cut", whole.substr(0, whole.size() / 2), Kind::cut},
      {"macros", zip_of(with(good, "xl/vbaProject.bin", "x")), Kind::macros},
      {"macros of LibreOffice", zip_of({{"mimetype", ods}, {"Basic/Standard/Module1.xml", "<x/>"}}),
       Kind::macros},
      {"other archive", zip_of({{"readme.txt", "x"}}), Kind::not_workbook},
      {"text document",
       zip_of({{"mimetype", "application/vnd.oasis.opendocument.text"}, {"content.xml", "<x/>"}}),
       Kind::not_workbook},
      {"ods with a password",
       zip_of({{"mimetype", ods},
               {"META-INF/manifest.xml", "<m:manifest><m:encryption-data/></m:manifest>"},
               {"content.xml", "noise"}}),
       Kind::encrypted},
      {"absolute name", zip_of(with(good, "/etc/passwd", "x")), Kind::bad_name},
      {"name above", zip_of(with(good, "xl/../../x", "x")), Kind::bad_name},
      {"name twice but for case", zip_of(with(good, "XL/workbook.xml", "x")), Kind::bad_name},
      {"no XML", zip_of(with(good, "xl/styles.xml", "<a><b></a>")), Kind::damaged},
      {"target above",
       zip_of(with(good, "xl/_rels/workbook.xml.rels",
                   "<R><Relationship Id='rId1' Type='x/worksheet' Target='../../x'/></R>")),
       Kind::bad_name},
      {"sheet is missing",
       zip_of(with(good, "xl/_rels/workbook.xml.rels",
                   "<R><Relationship Id='rId1' Type='x/worksheet' Target='none.xml'/></R>")),
       Kind::damaged},
      {"cell beyond the last column", zip_of(xlsx_parts("<row><c r='XFE1'><v>1</v></c></row>")),
       Kind::damaged},
      {"row beyond the last", zip_of(xlsx_parts("<row r='1048577'/>")), Kind::damaged},
  };
  for (const Case& one : cases)
    EXPECT_EQ(static_cast<int>(fault_of_bytes(one.bytes)), static_cast<int>(one.kind)) << one.name;
}

TEST(HostileSpreadsheet, RefusesDeclarationsAndTheirEntities) {
  const std::string bomb =
      "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
      "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><worksheet>&c;</worksheet>";
  const std::string outside =
      "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><worksheet>&e;</worksheet>";
  for (const std::string& text : {bomb, outside})
    EXPECT_EQ(fault_of_bytes(zip_of(with(xlsx_parts(""), "xl/worksheets/sheet1.xml", text))),
              SpreadsheetFault::Kind::refused_markup);
}

TEST(HostileSpreadsheet, StopsAtItsLimits) {
  using Kind = SpreadsheetFault::Kind;
  const std::string deep = [] {
    std::string text;
    for (int i = 0; i < 1'000; ++i) text += "<a>";
    return text;
  }();
  std::string many_sheets;
  for (int i = 0; i < 400; ++i) many_sheets += "<sheet name='s' r:id='rId1'/>";
  const std::string ods_start =
      "<o><table:table table:name='S'><table:table-row table:number-rows-repeated='1048576'>"
      "<table:table-cell table:number-columns-repeated='16384' office:value-type='float' "
      "office:value='1'/></table:table-row></table:table></o>";
  struct Case {
    std::string_view name;
    std::string bytes;
    Kind kind;
  };
  const Case cases[] = {
      {"a bomb", zip_of(xlsx_parts(std::string(120u << 20, ' '))), Kind::too_large},
      {"a bomb among the strings",
       zip_of(xlsx_parts("", "<si><t>" + std::string(90u << 20, 'x') + "</t></si>")),
       Kind::too_large},
      {"depth", zip_of(xlsx_parts(deep)), Kind::damaged},
      {"a tag of a megabyte", zip_of(xlsx_parts("<row a='" + std::string(1u << 20, 'x') + "'/>")),
       Kind::damaged},
      {"sheets",
       zip_of(with(xlsx_parts(""), "xl/workbook.xml",
                   "<workbook><sheets>" + many_sheets + "</sheets></workbook>")),
       Kind::too_large},
      {"repeated cells",
       zip_of({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
               {"content.xml", ods_start}}),
       Kind::too_large},
  };
  for (const Case& one : cases)
    EXPECT_EQ(static_cast<int>(fault_of_bytes(one.bytes)), static_cast<int>(one.kind)) << one.name;
}

TEST(HostileSpreadsheet, CostsOnlyParsingWhenItsCellsAreEmpty) {
  std::string rows;
  for (int i = 1; i <= 1'000'000; ++i)
    rows += "<row r=\"" + std::to_string(i) + "\"><c s=\"1\"/></row>";
  rows.insert(rows.size(), "<row r=\"1048576\"><c r=\"XFD1048576\"><v>7</v></c></row>");
  EXPECT_THAT(cells_in(rows), ElementsAre("XFD1048576 n 7"));
  std::string styles = "<cellXfs>";
  for (int i = 0; i < 900'000; ++i)
    styles += "<xf numFmtId=\"14\" xfId=\"" + std::to_string(i) + "\"/>";
  EXPECT_THAT(cells_in("<row><c s=\"899999\"><v>46752</v></c></row>", {}, styles + "</cellXfs>"),
              ElementsAre("A1 d 2027-12-31"));
}

TEST(HostileSpreadsheet, WalksRelationshipsThatPointAtEachOtherOnce) {
  const std::string rels =
      "<R><Relationship Id='rId1' Type='x/worksheet' Target='workbook.xml'/>"
      "<Relationship Id='rId2' Type='x/officeDocument' Target='/xl/workbook.xml'/></R>";
  EXPECT_THAT(cells_of(zip_of(with(xlsx_parts(""), "xl/_rels/workbook.xml.rels", rels))),
              ElementsAre());
}

}  // namespace
}  // namespace cosp::test
