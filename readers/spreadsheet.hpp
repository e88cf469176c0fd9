/// The cells of a workbook, xlsx or ods, as a plain sequence: where each stands, what kind it is,
/// what stands in it. Knows nothing of forms.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/zip.hpp"

namespace cosp {

struct SpreadsheetCell {
  enum class Kind : std::uint8_t {
    text,
    number,        ///< as the file writes it: "12.5", "1E-3"
    percentage,    ///< a number shown with a per cent sign: 0.25 is shown as 25 %
    boolean,       ///< "1" or "0"
    date,          ///< "2027-12-31"; the time of day is left out
    error,         ///< "#REF!" and the like
    uncalculated,  ///< a formula of which the program kept no value; no text
  };
  std::uint32_t row = 0;     ///< from 0
  std::uint32_t column = 0;  ///< from 0
  std::uint32_t offset = 0;  ///< of its text in `Spreadsheet::pool`
  std::uint32_t size = 0;
  Kind kind = Kind::text;
  bool is_formula = false;  ///< but not TRUE() and FALSE(), by which LibreOffice writes booleans
  bool is_hidden = false;   ///< stands in a hidden row
};

struct SpreadsheetSheet {
  std::string name;
  bool is_hidden = false;
  std::uint32_t first = 0;  ///< into `Spreadsheet::cells`
  std::uint32_t count = 0;
};

/// Only cells that are not empty, sheet by sheet, in the order of the file (rows ascend in what
/// spreadsheet programs write; nobody must rely on it).
struct Spreadsheet {
  std::vector<SpreadsheetSheet> sheets;
  std::vector<SpreadsheetCell> cells;
  std::string pool;  ///< UTF-8; cells with the same shared text share its bytes

  std::string_view text(const SpreadsheetCell& cell) const {
    return std::string_view(pool).substr(cell.offset, cell.size);
  }
  void clear();  ///< keeps the buffers
};

/// "B7": column and row as people read them.
std::string cell_name(std::uint32_t row, std::uint32_t column);

struct SpreadsheetLimits {
  ZipLimits zip{};
  std::uint64_t packed_bytes = 20u << 20;
  std::uint64_t text_bytes = 40u << 20;  ///< of all texts together
  std::uint32_t cells = 400'000;         ///< that are not empty, in all sheets
  std::uint32_t sheets = 300;
  std::uint32_t depth = 100;  ///< XML elements within each other
  std::uint32_t styles = 1'000'000;
  std::uint32_t milliseconds = 2'000;  ///< of the thread's processor time
};

struct SpreadsheetFault {
  enum class Kind : std::uint8_t {
    empty,
    not_workbook,  ///< other bytes, or an archive of something else
    text_file,     ///< plain text: a CSV file of another name
    legacy,        ///< .xls of before 2007, or xlsb
    encrypted,
    macros,
    cut,
    damaged,
    refused_markup,  ///< a DOCTYPE or an entity of its own
    bad_name,        ///< names of parts that no program writes
    too_large,
    too_slow,
  };
  Kind kind = Kind::not_workbook;
  std::string part;  ///< "xl/styles.xml"; empty: the file as a whole
  std::uint32_t line = 0;
};

enum class FileKind : std::uint8_t { json, workbook, other };

/// By the first bytes: a zip archive or an OLE container is (or was meant to be) a workbook, and
/// what begins with a brace, white space or a byte-order mark before it is JSON. Total.
FileKind file_kind(std::string_view bytes);

/// Reads every sheet, hidden ones too. On a fault `out` is empty. Never throws for what the bytes
/// hold. Thread-safe for different `out`.
std::optional<SpreadsheetFault> read_spreadsheet(std::string_view bytes,
                                                 const SpreadsheetLimits& limits, Spreadsheet& out);

}  // namespace cosp
