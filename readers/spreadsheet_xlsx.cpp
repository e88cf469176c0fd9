#include <algorithm>
#include <charconv>

#include "readers/spreadsheet_builder.hpp"
#include "readers/spreadsheet_xlsx_parts.hpp"

namespace cosp {
namespace {

using Kind = SpreadsheetFault::Kind;
using CellKind = SpreadsheetCell::Kind;

constexpr std::size_t kMostStrings = 2'000'000;

/// The texts that cells name by number. Readings of Asian scripts are left out.
class StringHandler : public XmlHandler {
 public:
  StringHandler(SpreadsheetBuilder& builder, std::vector<TextSpan>& out)
      : builder_(builder), out_(out) {}

  bool open(std::string_view name, const XmlAttributes&) override {
    const std::string_view local = local_name(name);
    if (local == "si") {
      start_ = builder_.pool().size();
    } else if (local == "rPh") {
      is_reading_ = true;
    } else if (local == "t") {
      is_text_ = !is_reading_;
    }
    return true;
  }
  bool close(std::string_view name) override {
    const std::string_view local = local_name(name);
    if (local == "t") is_text_ = false;
    if (local == "rPh") is_reading_ = false;
    if (local != "si") return true;
    decode_escapes(builder_.pool(), start_);
    out_.push_back({static_cast<std::uint32_t>(start_),
                    static_cast<std::uint32_t>(builder_.pool().size() - start_)});
    is_over = out_.size() > kMostStrings;
    return !is_over;
  }
  bool text(std::string_view piece) override {
    if (is_text_) is_over = !builder_.add_text(piece);
    return !is_over;
  }

  bool is_over = false;

 private:
  SpreadsheetBuilder& builder_;
  std::vector<TextSpan>& out_;
  std::size_t start_ = 0;
  bool is_text_ = false;
  bool is_reading_ = false;
};

/// "AB12" taken apart; false when it is no place on a sheet.
bool parse_place(std::string_view text, std::uint32_t& row, std::uint32_t& column) {
  std::size_t i = 0;
  std::uint32_t letters = 0;
  for (; i < text.size() && text[i] >= 'A' && text[i] <= 'Z' && letters <= kMostColumns; ++i)
    letters = letters * 26 + static_cast<std::uint32_t>(text[i] - 'A') + 1;
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data() + i, text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return false;
  if (letters == 0 || letters > kMostColumns || number == 0 || number > kMostRows) return false;
  row = number - 1;
  column = letters - 1;
  return true;
}

class SheetHandler : public XmlHandler {
 public:
  SheetHandler(SpreadsheetBuilder& builder, const std::vector<TextSpan>& strings,
               const std::vector<XlsxStyle>& styles, bool is_1904)
      : builder_(builder), strings_(strings), styles_(styles), is_1904_(is_1904) {}

  bool open(std::string_view name, const XmlAttributes& attributes) override {
    const std::string_view local = local_name(name);
    if (local == "c") return open_cell(attributes);
    if (local == "row") return open_row(attributes);
    if (!is_in_cell_) return true;
    if (local == "v") {
      has_value_ = true;
      taken_ = Taken::value;
    } else if (local == "t") {
      taken_ = is_reading_ ? Taken::nothing : Taken::value;
    } else if (local == "f") {
      is_formula_ = true;
      taken_ = Taken::formula;
    } else if (local == "rPh") {
      is_reading_ = true;
    }
    return true;
  }

  bool close(std::string_view name) override {
    const std::string_view local = local_name(name);
    if (local == "c") return close_cell();
    if (local == "rPh") is_reading_ = false;
    if (local == "v" || local == "t" || local == "f") taken_ = Taken::nothing;
    return true;
  }

  bool text(std::string_view piece) override {
    if (taken_ == Taken::value) {
      if (builder_.add_text(piece)) return true;
      fault = Kind::too_large;
      return false;
    }
    constexpr std::size_t kKept = 16;
    if (taken_ == Taken::formula && formula_.size() < kKept) formula_ += piece.substr(0, kKept);
    return true;
  }

  std::optional<Kind> fault;

 private:
  enum class Taken { nothing, value, formula };

  bool open_row(const XmlAttributes& attributes) {
    const std::string_view number = attributes.get("r");
    std::uint32_t row = next_row_ + 1;
    if (!number.empty()) {
      const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), row);
      if (error != std::errc{} || row == 0 || row > kMostRows) return damaged();
    }
    row_ = row - 1;
    next_row_ = row;
    next_column_ = 0;
    const std::string_view hidden = attributes.get("hidden");
    is_hidden_ = hidden == "1" || hidden == "true";
    return row_ < kMostRows || damaged();
  }

  bool open_cell(const XmlAttributes& attributes) {
    is_in_cell_ = true;
    has_value_ = is_formula_ = is_reading_ = false;
    taken_ = Taken::nothing;
    formula_.clear();
    start_ = builder_.pool().size();
    cell_ = SpreadsheetCell{};
    cell_.row = row_;
    cell_.column = next_column_;
    cell_.is_hidden = is_hidden_;
    type_ = attributes.get("t").substr(0, sizeof(type_bytes_));
    std::copy(type_.begin(), type_.end(), type_bytes_);
    type_ = {type_bytes_, type_.size()};
    const std::string_view place = attributes.get("r");
    if (!place.empty() && !parse_place(place, cell_.row, cell_.column)) return damaged();
    if (cell_.column >= kMostColumns) return damaged();
    next_column_ = cell_.column + 1;
    style_ = 0;
    const std::string_view style = attributes.get("s");
    std::from_chars(style.data(), style.data() + style.size(), style_);
    return true;
  }

  bool close_cell() {
    is_in_cell_ = false;
    set_span(start_, builder_.pool().size() - start_);
    const bool is_done = type_ == "s" ? take_shared() : take_own();
    if (!is_done) return true;
    // LibreOffice keeps a boolean as a formula.
    const bool is_boolean = formula_ == "TRUE()" || formula_ == "FALSE()";
    cell_.is_formula = is_formula_ && !is_boolean;
    if (is_formula_ && is_boolean && cell_.kind == CellKind::number) cell_.kind = CellKind::boolean;
    if (builder_.add_cell(cell_)) return true;
    fault = Kind::too_large;
    return false;
  }

  /// A text that stands among the shared ones. False when the cell is empty.
  bool take_shared() {
    const std::string_view number = own_text();
    std::size_t index = strings_.size();
    std::from_chars(number.data(), number.data() + number.size(), index);
    builder_.pool().resize(start_);
    if (number.empty()) return take_nothing();
    if (index >= strings_.size()) {
      set_span(start_, 0);
      cell_.kind = CellKind::error;
      return true;
    }
    set_span(strings_[index].offset, strings_[index].size);
    cell_.kind = CellKind::text;
    return cell_.size != 0;
  }

  bool take_own() {
    if (cell_.size == 0) return take_nothing();
    if (type_ == "inlineStr" || type_ == "str") {
      decode_escapes(builder_.pool(), start_);
      set_span(start_, builder_.pool().size() - start_);
      cell_.kind = CellKind::text;
    } else if (type_ == "b") {
      cell_.kind = CellKind::boolean;
    } else if (type_ == "e") {
      cell_.kind = CellKind::error;
    } else if (type_ == "d") {
      cell_.kind = CellKind::date;
      constexpr std::uint32_t kDaySize = 10;
      cell_.size = std::min(cell_.size, kDaySize);
    } else {
      take_number();
    }
    return true;
  }

  /// A formula whose result is an empty text is an empty cell; one without a result is not, be it
  /// that its program wrote an empty element for it.
  bool take_nothing() {
    cell_.kind = CellKind::uncalculated;
    return is_formula_ && !(has_value_ && type_ == "str");
  }

  void take_number() {
    const XlsxStyle style = style_ < styles_.size() ? styles_[style_] : XlsxStyle::plain;
    cell_.kind = style == XlsxStyle::percentage ? CellKind::percentage : CellKind::number;
    if (style != XlsxStyle::date) return;
    const auto date = serial_to_date(own_text(), is_1904_);
    if (!date) return;
    builder_.pool().resize(start_);
    builder_.pool() += *date;
    set_span(start_, date->size());
    cell_.kind = CellKind::date;
  }

  std::string_view own_text() const { return builder_.text({cell_.offset, cell_.size}); }
  void set_span(std::size_t offset, std::size_t size) {
    cell_.offset = static_cast<std::uint32_t>(offset);
    cell_.size = static_cast<std::uint32_t>(size);
  }
  bool damaged() {
    fault = Kind::damaged;
    return false;
  }

  SpreadsheetBuilder& builder_;
  const std::vector<TextSpan>& strings_;
  const std::vector<XlsxStyle>& styles_;
  const bool is_1904_;

  std::uint32_t row_ = 0, next_row_ = 0, next_column_ = 0;
  bool is_hidden_ = false;

  SpreadsheetCell cell_;
  char type_bytes_[10] = {};
  std::string_view type_;
  std::size_t style_ = 0;
  std::size_t start_ = 0;
  std::string formula_;
  Taken taken_ = Taken::nothing;
  bool is_in_cell_ = false, has_value_ = false, is_formula_ = false, is_reading_ = false;
};

class XlsxReader {
 public:
  XlsxReader(ZipReader& zip, const SpreadsheetLimits& limits, const TimeBudget& budget,
             Spreadsheet& out)
      : zip_(zip), limits_(limits), budget_(budget), builder_(limits, out) {}

  std::optional<SpreadsheetFault> read() {
    std::vector<XlsxRelationship> package;
    if (auto fault = read_relationships(zip_, "", limits_, budget_, package)) return fault;
    const std::string book_part = target_of(package, "officeDocument");
    if (book_part.empty()) return SpreadsheetFault{Kind::not_workbook, {}, 0};
    if (auto fault = read_relationships(zip_, book_part, limits_, budget_, parts_)) return fault;
    if (auto fault = read_book(zip_, book_part, limits_, budget_, book_)) return fault;
    if (book_.sheets.empty()) return SpreadsheetFault{Kind::not_workbook, book_part, 0};
    if (auto fault = read_strings()) return fault;
    const std::string styles = target_of(parts_, "styles");
    if (zip_.has(styles))
      if (auto fault = read_styles(zip_, styles, limits_, budget_, styles_)) return fault;
    for (const XlsxSheet& sheet : book_.sheets)
      if (auto fault = read_sheet(sheet)) return fault;
    return std::nullopt;
  }

 private:
  static std::string target_of(const std::vector<XlsxRelationship>& all, std::string_view type) {
    const auto found = std::ranges::find(all, type, &XlsxRelationship::type);
    return found == all.end() ? std::string{} : found->target;
  }

  std::optional<SpreadsheetFault> read_strings() {
    const std::string part = target_of(parts_, "sharedStrings");
    if (!zip_.has(part)) return std::nullopt;
    StringHandler handler(builder_, strings_);
    if (auto fault = read_xml(zip_, part, limits_, budget_, handler)) return fault;
    if (handler.is_over) return SpreadsheetFault{Kind::too_large, part, 0};
    return std::nullopt;
  }

  std::optional<SpreadsheetFault> read_sheet(const XlsxSheet& sheet) {
    const auto found = std::ranges::find(parts_, sheet.relationship, &XlsxRelationship::id);
    if (found == parts_.end() || !zip_.has(found->target))
      return SpreadsheetFault{Kind::damaged, sheet.name, 0};
    if (found->type == "chartsheet" || found->type == "dialogsheet") return std::nullopt;
    if (found->type != "worksheet") return SpreadsheetFault{Kind::macros, found->target, 0};
    if (!builder_.add_sheet(sheet.name, sheet.is_hidden))
      return SpreadsheetFault{Kind::too_large, {}, 0};
    SheetHandler handler(builder_, strings_, styles_, book_.is_1904);
    if (auto fault = read_xml(zip_, found->target, limits_, budget_, handler)) return fault;
    if (handler.fault) return SpreadsheetFault{*handler.fault, found->target, 0};
    return std::nullopt;
  }

  ZipReader& zip_;
  const SpreadsheetLimits& limits_;
  const TimeBudget& budget_;
  SpreadsheetBuilder builder_;
  std::vector<XlsxRelationship> parts_;
  XlsxBook book_;
  std::vector<TextSpan> strings_;
  std::vector<XlsxStyle> styles_;
};

}  // namespace

std::optional<SpreadsheetFault> read_xlsx(ZipReader& zip, const SpreadsheetLimits& limits,
                                          const TimeBudget& budget, Spreadsheet& out) {
  return XlsxReader(zip, limits, budget, out).read();
}

}  // namespace cosp
