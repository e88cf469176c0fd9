/// libxlsxwriter behind calls that check: every return code, every text. For generator/ only.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>

#include <xlsxwriter.h>

#include "base/date.hpp"
#include "base/decimal.hpp"
#include "base/result.hpp"

namespace cosp {

inline constexpr std::size_t kMostUnits = 32'767;  ///< UTF-16 units that Excel takes in a cell

/// A text as a cell can hold it: valid, visible, no longer than `most` UTF-16 units, and read back
/// as it is.
std::string cell_text(std::string_view text, std::size_t most = kMostUnits);
/// The first `most` UTF-16 units of valid UTF-8, whole characters.
std::string_view first_units(std::string_view text, std::size_t most);
/// A text within a page header or footer: `&` doubled, at most `most` characters.
std::string header_text(std::string_view text, std::size_t most);

/// A font that has the script of the language and is found in most places.
std::string_view font_of(std::string_view language);

enum class Style : std::uint8_t {
  figure,
  title,
  note,
  mark,
  heading,
  number_heading,
  words,
  number,
  share,
  date,
  link,
  ids,
  sign
};
inline constexpr int kStyleCount = 13;

/// The width of a line of text, in characters of Latin letters.
double width_of(std::string_view text);

/// Lines that a text takes in a column of so many characters: spreadsheets find heights late or, of
/// merged cells, never. A guess on the generous side; at least one.
double lines_of(std::string_view text, double width);

/// A workbook in the making. The first error of the library stays, and `close` tells it.
class WorkbookFile {
 public:
  WorkbookFile(const std::filesystem::path& path, std::string_view language, Date created,
               const std::string& title);
  ~WorkbookFile();
  WorkbookFile(const WorkbookFile&) = delete;
  WorkbookFile& operator=(const WorkbookFile&) = delete;

  /// A sheet under the name, made fit and unique; tells the name used through `used`.
  lxw_worksheet* add_sheet(std::string_view name, std::string& used);
  lxw_format* style(Style style) const { return styles_.at(static_cast<std::size_t>(style)); }
  lxw_workbook* get() { return book_; }

  /// Keeps the first error.
  void check(lxw_error error, std::string_view doing);
  void write(lxw_worksheet* sheet, std::uint32_t row, std::uint32_t column, std::string_view text,
             Style style);
  void write(lxw_worksheet* sheet, std::uint32_t row, std::uint32_t column, std::int64_t number,
             Style style);
  /// As a number when Excel holds all its digits, else as a text.
  void write(lxw_worksheet* sheet, std::uint32_t row, std::uint32_t column, const Decimal& number);
  void write(lxw_worksheet* sheet, std::uint32_t row, std::uint32_t column, Date date);
  void link(lxw_worksheet* sheet, std::uint32_t row, std::uint32_t column,
            std::string_view sheet_name, std::string_view text);
  /// The row as high as so many lines of text need, as far as Excel allows.
  void set_lines(lxw_worksheet* sheet, std::uint32_t row, double lines);
  /// One text over the columns from the first to `last`, together `width` characters wide, as high
  /// as it needs.
  void spread(lxw_worksheet* sheet, std::uint32_t row, std::uint32_t last, double width,
              std::string_view text, Style style);
  /// Writes the file. On failure it is removed.
  Result<void> close();

 private:
  void make_styles(std::string_view language);

  std::filesystem::path path_;
  lxw_workbook* book_ = nullptr;
  bool is_right_to_left_ = false;
  std::array<lxw_format*, kStyleCount> styles_{};
  std::set<std::string> names_;  ///< of sheets, folded: Excel does not tell case apart
  lxw_error error_ = LXW_NO_ERROR;
  std::string doing_;
};

/// "'sheet'" with its apostrophes doubled, for formulas and links.
std::string quoted_sheet(std::string_view name);

}  // namespace cosp
