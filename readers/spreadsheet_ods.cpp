#include <algorithm>
#include <charconv>
#include <unordered_set>

#include "readers/spreadsheet_builder.hpp"

namespace cosp {
namespace {

using Kind = SpreadsheetFault::Kind;
using CellKind = SpreadsheetCell::Kind;

constexpr std::size_t kMostHiddenStyles = 10'000;

std::uint32_t repeat_of(std::string_view text) {
  std::uint32_t count = 1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error == std::errc::result_out_of_range) return kMostRows;
  return error != std::errc{} || count == 0 ? 1 : count;
}

/// The text of one cell: its paragraphs, spaces as ODF counts them.
class CellText {
 public:
  explicit CellText(SpreadsheetBuilder& builder) : builder_(builder) {}

  void start() { paragraphs_ = 0; }
  bool open_paragraph() {
    is_open_ = true;
    was_space_ = true;
    return ++paragraphs_ == 1 || builder_.add_text("\n");
  }
  void close_paragraph() { is_open_ = false; }
  bool is_open() const { return is_open_; }

  bool add(std::string_view piece) {
    if (!is_open_) return true;
    while (!piece.empty()) {
      const std::size_t space = piece.find_first_of(" \t\r\n");
      const std::string_view word = piece.substr(0, space);
      if (!word.empty()) was_space_ = false;
      if (!builder_.add_text(word)) return false;
      if (space == std::string_view::npos) return true;
      // White space runs together; what is meant stands as an element.
      if (!was_space_ && !builder_.add_text(" ")) return false;
      was_space_ = true;
      piece.remove_prefix(space + 1);
    }
    return true;
  }
  bool add_spaces(std::uint32_t count) {
    was_space_ = false;
    return builder_.add_text(std::string(std::min(count, kMostSpaces), ' '));
  }
  bool add_mark(std::string_view mark) {
    was_space_ = false;
    return builder_.add_text(mark);
  }

 private:
  static constexpr std::uint32_t kMostSpaces = 32'767;
  SpreadsheetBuilder& builder_;
  std::uint32_t paragraphs_ = 0;
  bool is_open_ = false;
  bool was_space_ = true;
};

class ContentHandler : public XmlHandler {
 public:
  explicit ContentHandler(SpreadsheetBuilder& builder) : builder_(builder), text_(builder) {}

  bool open(std::string_view name, const XmlAttributes& attributes) override {
    if (skipped_ > 0) {
      ++skipped_;
      return true;
    }
    if (in_cell_) return open_in_cell(name, attributes);
    if (name == "style:style") {
      style_ = attributes.get("style:name");
    } else if (name == "style:table-properties") {
      if (attributes.get("table:display") == "false" && hidden_.size() < kMostHiddenStyles)
        hidden_.insert(style_);
    } else if (name == "table:table") {
      return open_table(attributes);
    } else if (name == "table:table-row") {
      open_row(attributes);
    } else if (name == "table:table-cell" || name == "table:covered-table-cell") {
      if (in_row_) return open_cell(attributes);
    } else if (name == "table:shapes" || name == "office:annotation") {
      skipped_ = 1;
    }
    return true;
  }

  bool close(std::string_view name) override {
    if (skipped_ > 0) {
      --skipped_;
      return true;
    }
    if (in_cell_) {
      if (name == "text:p") text_.close_paragraph();
      if (name == "table:table-cell" || name == "table:covered-table-cell") return close_cell();
      return true;
    }
    if (name == "table:table-row" && in_row_) return close_row();
    if (name == "table:table") in_table_ = false;
    return true;
  }

  bool text(std::string_view piece) override {
    if (!in_cell_ || skipped_ > 0) return true;
    return text_.add(piece) || too_large();
  }

  std::optional<Kind> fault;

 private:
  bool open_table(const XmlAttributes& attributes) {
    if (in_table_) {
      skipped_ = 1;  // a table within a table
      return true;
    }
    in_table_ = true;
    row_ = 0;
    const bool is_hidden = hidden_.contains(std::string(attributes.get("table:style-name")));
    return builder_.add_sheet(std::string(attributes.get("table:name")), is_hidden) || too_large();
  }

  void open_row(const XmlAttributes& attributes) {
    in_row_ = in_table_;
    row_repeat_ = repeat_of(attributes.get("table:number-rows-repeated"));
    const std::string_view visibility = attributes.get("table:visibility");
    is_hidden_ = visibility == "collapse" || visibility == "filter";
    column_ = 0;
    row_first_ = builder_.cell_count();
  }

  bool close_row() {
    in_row_ = false;
    const std::size_t last = builder_.cell_count();
    if (last > row_first_)
      for (std::uint32_t i = 1; i < row_repeat_; ++i)
        if (row_ + i >= kMostRows || !builder_.repeat_row(row_first_, last, row_ + i))
          return too_large();
    row_ = std::min(row_ + row_repeat_, kMostRows);
    return true;
  }

  bool open_cell(const XmlAttributes& attributes) {
    in_cell_ = true;
    cell_ = SpreadsheetCell{};
    cell_.row = row_;
    cell_.column = column_;
    cell_.is_hidden = is_hidden_;
    cell_repeat_ = repeat_of(attributes.get("table:number-columns-repeated"));
    start_ = builder_.pool().size();
    text_.start();
    const std::string_view formula = attributes.get("table:formula");
    const bool is_boolean = formula.ends_with("=TRUE()") || formula.ends_with("=FALSE()");
    cell_.is_formula = !formula.empty() && !is_boolean;
    return take_value(attributes, is_boolean);
  }

  /// The value that an attribute holds; texts follow as paragraphs.
  bool take_value(const XmlAttributes& attributes, bool is_boolean_formula) {
    const std::string_view type = attributes.get("office:value-type");
    has_value_ = true;
    const auto take = [&](CellKind kind, std::string_view value) {
      cell_.kind = kind;
      return builder_.add_text(value) || too_large();
    };
    if (attributes.get("calcext:value-type") == "error") return take(CellKind::error, "#");
    if (type == "float" && is_boolean_formula)
      return take(CellKind::boolean, attributes.get("office:value"));
    if (type == "float" || type == "currency")
      return take(CellKind::number, attributes.get("office:value"));
    if (type == "percentage") return take(CellKind::percentage, attributes.get("office:value"));
    if (type == "date") {
      constexpr std::size_t kDaySize = 10;
      return take(CellKind::date, attributes.get("office:date-value").substr(0, kDaySize));
    }
    if (type == "boolean")
      return take(CellKind::boolean, attributes.get("office:boolean-value") == "true" ? "1" : "0");
    cell_.kind = CellKind::text;
    const std::string_view own = attributes.get("office:string-value");
    has_value_ = type == "string" && !own.empty();
    is_untyped_formula_ = cell_.is_formula && type.empty();
    return !has_value_ || builder_.add_text(own) || too_large();
  }

  bool open_in_cell(std::string_view name, const XmlAttributes& attributes) {
    const bool is_inline = name == "text:span" || name == "text:a" || name == "text:s" ||
                           name == "text:tab" || name == "text:line-break" || name == "text:p";
    // Comments, drawings and tables within the cell are not its text.
    if (has_value_ || !is_inline) {
      skipped_ = 1;
      return true;
    }
    bool fits = true;
    if (name == "text:p") {
      fits = text_.open_paragraph();
    } else if (name == "text:s") {
      const std::string_view count = attributes.get("text:c");
      fits = text_.add_spaces(count.empty() ? 1 : repeat_of(count));
    } else if (name == "text:tab") {
      fits = text_.add_mark("\t");
    } else if (name == "text:line-break") {
      fits = text_.add_mark("\n");
    }
    return fits || too_large();
  }

  bool close_cell() {
    in_cell_ = false;
    text_.close_paragraph();
    cell_.offset = static_cast<std::uint32_t>(start_);
    cell_.size = static_cast<std::uint32_t>(builder_.pool().size() - start_);
    if (cell_.size == 0 && is_untyped_formula_) cell_.kind = CellKind::uncalculated;
    const bool is_empty = cell_.size == 0 && cell_.kind != CellKind::uncalculated;
    is_untyped_formula_ = false;
    if (is_empty) {
      column_ = std::min(column_ + cell_repeat_, kMostColumns);
      return true;
    }
    for (std::uint32_t i = 0; i < cell_repeat_; ++i, ++column_) {
      cell_.column = column_;
      if (column_ >= kMostColumns || row_ >= kMostRows || !builder_.add_cell(cell_))
        return too_large();
    }
    return true;
  }

  bool too_large() {
    fault = Kind::too_large;
    return false;
  }

  SpreadsheetBuilder& builder_;
  CellText text_;
  std::unordered_set<std::string> hidden_;
  std::string style_;
  std::uint32_t skipped_ = 0;  ///< elements open within one that is left out
  std::uint32_t row_ = 0, column_ = 0, row_repeat_ = 1, cell_repeat_ = 1;
  std::size_t row_first_ = 0, start_ = 0;
  SpreadsheetCell cell_;
  bool in_table_ = false, in_row_ = false, in_cell_ = false, is_hidden_ = false;
  bool has_value_ = false, is_untyped_formula_ = false;
};

/// Notices entries that are packed with a password, which the archive itself does not tell.
class ManifestHandler : public XmlHandler {
 public:
  bool open(std::string_view name, const XmlAttributes&) override {
    is_encrypted = is_encrypted || local_name(name) == "encryption-data";
    return !is_encrypted;
  }
  bool close(std::string_view) override { return true; }
  bool is_encrypted = false;
};

}  // namespace

std::optional<SpreadsheetFault> read_ods(ZipReader& zip, const SpreadsheetLimits& limits,
                                         const TimeBudget& budget, Spreadsheet& out) {
  constexpr std::string_view kManifest = "META-INF/manifest.xml";
  constexpr std::string_view kContent = "content.xml";
  if (zip.has(kManifest)) {
    ManifestHandler manifest;
    auto fault = read_xml(zip, kManifest, limits, budget, manifest);
    // Old programs wrote a DOCTYPE into this part alone; nothing of it was read.
    if (fault && fault->kind != Kind::refused_markup) return fault;
    if (manifest.is_encrypted) return SpreadsheetFault{Kind::encrypted, {}, 0};
  }
  SpreadsheetBuilder builder(limits, out);
  ContentHandler handler(builder);
  if (auto fault = read_xml(zip, kContent, limits, budget, handler)) return fault;
  if (handler.fault) return SpreadsheetFault{*handler.fault, std::string(kContent), 0};
  if (out.sheets.empty()) return SpreadsheetFault{Kind::not_workbook, std::string(kContent), 0};
  return std::nullopt;
}

}  // namespace cosp
