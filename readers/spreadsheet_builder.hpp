/// Gathering the cells of one workbook, under limits. For the readers of the two formats.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "readers/spreadsheet.hpp"
#include "readers/xml_stream.hpp"

namespace cosp {

inline constexpr std::uint32_t kMostRows = 1'048'576;
inline constexpr std::uint32_t kMostColumns = 16'384;

/// What a cell's text is within the pool.
struct TextSpan {
  std::uint32_t offset = 0;
  std::uint32_t size = 0;
};

class SpreadsheetBuilder {
 public:
  SpreadsheetBuilder(const SpreadsheetLimits& limits, Spreadsheet& out)
      : limits_(limits), out_(out) {}

  const SpreadsheetLimits& limits() const { return limits_; }
  std::string& pool() { return out_.pool; }
  std::string_view text(TextSpan span) const {
    return std::string_view(out_.pool).substr(span.offset, span.size);
  }

  /// False when that is beyond the limits.
  bool add_sheet(std::string name, bool is_hidden);
  bool add_cell(const SpreadsheetCell& cell);
  bool add_text(std::string_view text);
  /// Copies the cells from `first` on into another row.
  bool repeat_row(std::size_t first, std::size_t last, std::uint32_t row);
  SpreadsheetSheet& sheet() { return out_.sheets.back(); }
  std::size_t cell_count() const { return out_.cells.size(); }

 private:
  const SpreadsheetLimits& limits_;
  Spreadsheet& out_;
};

/// A day as a serial number counts it, "2027-12-31" and nothing where there is none; 1900-02-29,
/// which spreadsheets have, is none.
std::optional<std::string> serial_to_date(std::string_view number, bool is_1904);

std::optional<SpreadsheetFault> read_xlsx(ZipReader& zip, const SpreadsheetLimits& limits,
                                          const TimeBudget& budget, Spreadsheet& out);
std::optional<SpreadsheetFault> read_ods(ZipReader& zip, const SpreadsheetLimits& limits,
                                         const TimeBudget& budget, Spreadsheet& out);

/// Whether "xl/vbaProject.bin" or the like stands in an archive.
bool has_macros(const ZipReader& zip);

}  // namespace cosp
