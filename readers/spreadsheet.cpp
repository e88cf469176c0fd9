#include "readers/spreadsheet.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/date.hpp"
#include "base/text.hpp"
#include "readers/spreadsheet_builder.hpp"

namespace cosp {
namespace {

using Kind = SpreadsheetFault::Kind;

constexpr std::string_view kOle = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
constexpr std::string_view kZip = "PK\x03\x04";
constexpr std::string_view kEmptyZip = "PK\x05\x06";
/// "EncryptedPackage", as an OLE container names its streams: what Office makes of a workbook with
/// a password.
constexpr std::string_view kEncryptedPackage{"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
                                             32};
constexpr std::string_view kOdsType = "application/vnd.oasis.opendocument.spreadsheet";

/// What is no archive, told as far as its first bytes tell.
SpreadsheetFault fault_of_other(std::string_view bytes) {
  if (bytes.empty()) return {Kind::empty, {}, 0};
  if (bytes.starts_with(kOle))
    return {
        bytes.find(kEncryptedPackage) == std::string_view::npos ? Kind::legacy : Kind::encrypted,
        {},
        0};
  constexpr std::size_t kLooked = 4'096;
  const std::string_view start = bytes.substr(0, kLooked);
  const bool is_text = std::none_of(start.begin(), start.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t';
  });
  return {is_text ? Kind::text_file : Kind::not_workbook, {}, 0};
}

std::string mimetype(ZipReader& zip) {
  if (!zip.has("mimetype")) return {};
  constexpr std::uint64_t kMost = 200;
  auto type = zip.read_whole("mimetype", kMost);
  return std::holds_alternative<std::string>(type) ? std::get<std::string>(type) : std::string{};
}

std::optional<SpreadsheetFault> read_archive(std::string_view bytes,
                                             const SpreadsheetLimits& limits, Spreadsheet& out) {
  const TimeBudget budget(limits.milliseconds);
  auto opened = ZipReader::open(bytes, limits.zip);
  if (const auto* fault = std::get_if<ZipFault>(&opened)) return fault_of(*fault);
  ZipReader& zip = std::get<ZipReader>(opened);
  if (has_macros(zip)) return SpreadsheetFault{Kind::macros, {}, 0};
  if (zip.has("xl/workbook.bin")) return SpreadsheetFault{Kind::legacy, {}, 0};
  const std::string type = mimetype(zip);
  if (type.starts_with(kOdsType)) return read_ods(zip, limits, budget, out);
  if (type.empty() && zip.has("[Content_Types].xml")) return read_xlsx(zip, limits, budget, out);
  return SpreadsheetFault{Kind::not_workbook, {}, 0};
}

}  // namespace

void Spreadsheet::clear() {
  sheets.clear();
  cells.clear();
  pool.clear();
}

std::string cell_name(std::uint32_t row, std::uint32_t column) {
  std::string letters;
  for (std::uint32_t rest = column + 1; rest > 0; rest = (rest - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  return letters + std::to_string(row + 1);
}

FileKind file_kind(std::string_view bytes) {
  if (bytes.starts_with(kZip) || bytes.starts_with(kEmptyZip) || bytes.starts_with(kOle))
    return FileKind::workbook;
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const std::size_t start = bytes.find_first_not_of(" \t\r\n");
  return start != std::string_view::npos && bytes[start] == '{' ? FileKind::json : FileKind::other;
}

bool SpreadsheetBuilder::add_sheet(std::string name, bool is_hidden) {
  if (out_.sheets.size() >= limits_.sheets) return false;
  const auto first = static_cast<std::uint32_t>(out_.cells.size());
  out_.sheets.push_back({std::move(name), is_hidden, first, 0});
  return true;
}

bool SpreadsheetBuilder::add_cell(const SpreadsheetCell& cell) {
  if (out_.cells.size() >= limits_.cells) return false;
  out_.cells.push_back(cell);
  ++out_.sheets.back().count;
  return true;
}

bool SpreadsheetBuilder::add_text(std::string_view text) {
  if (out_.pool.size() + text.size() > limits_.text_bytes) return false;
  out_.pool += text;
  return true;
}

bool SpreadsheetBuilder::repeat_row(std::size_t first, std::size_t last, std::uint32_t row) {
  for (std::size_t i = first; i < last; ++i) {
    SpreadsheetCell cell = out_.cells[i];
    cell.row = row;
    if (!add_cell(cell)) return false;
  }
  return true;
}

std::optional<std::string> serial_to_date(std::string_view number, bool is_1904) {
  double serial = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), serial);
  if (error != std::errc{} || end != number.data() + number.size() || !std::isfinite(serial))
    return std::nullopt;
  constexpr double kMost = 200'000;
  if (serial < 1 || serial > kMost) return std::nullopt;
  auto days = static_cast<int>(std::floor(serial));
  constexpr int kLeapDayThatNeverWas = 60;
  if (is_1904) return Date{1904, 1, 1}.add_days(days).to_string();
  if (days == kLeapDayThatNeverWas) return std::nullopt;
  if (days < kLeapDayThatNeverWas) ++days;
  return Date{1899, 12, 30}.add_days(days).to_string();
}

bool has_macros(const ZipReader& zip) {
  bool found = false;
  zip.visit_names([&](std::string_view name) {
    const bool is_office =
        name.ends_with("vbaProject.bin") || name.find("macrosheets/") != std::string_view::npos;
    // What LibreOffice keeps of macros; its lists of modules stand there without any.
    const bool is_basic = name.starts_with("Basic/") && name.ends_with(".xml") &&
                          !name.ends_with("script-lc.xml") && !name.ends_with("script-lb.xml") &&
                          !name.ends_with("dialog-lc.xml") && !name.ends_with("dialog-lb.xml");
    found = found || is_office || is_basic || name.starts_with("Scripts/");
  });
  return found;
}

std::optional<SpreadsheetFault> read_spreadsheet(std::string_view bytes,
                                                 const SpreadsheetLimits& limits,
                                                 Spreadsheet& out) {
  out.clear();
  if (bytes.size() > limits.packed_bytes) return SpreadsheetFault{Kind::too_large, {}, 0};
  const bool is_archive = bytes.starts_with(kZip) || bytes.starts_with(kEmptyZip);
  auto fault = is_archive ? read_archive(bytes, limits, out) : fault_of_other(bytes);
  if (fault) out.clear();
  return fault;
}

}  // namespace cosp
