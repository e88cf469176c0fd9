// Values that stand in several cells, or that people write in several ways.
#include <algorithm>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "base/written.hpp"
#include "readers/json_tree.hpp"
#include "readers/json_write.hpp"
#include "readers/workbook_values.hpp"

namespace cosp {
namespace {

using CellKind = SpreadsheetCell::Kind;

/// A year typed into a cell that has the format of a date: the days of the serial numbers 1900 to
/// 2100.
bool is_of_bare_year(std::string_view day) { return day >= "1905-03-14" && day <= "1905-09-30"; }

}  // namespace

bool WorkbookValues::names_its_rows(std::uint32_t registry, std::uint32_t cell,
                                    const Place& place) {
  auto found = rows_.find_contradiction(registry, shown(cell));
  if (!found) return true;
  Finding& finding = cells_.reject("row-names-another", cell, place);
  finding.arguments.emplace_back("name", std::move(found->name));
  finding.arguments.emplace_back("id", std::move(found->id));
  finding.arguments.emplace_back("named", std::move(found->named));
  return false;
}

WorkbookValues::Wrote WorkbookValues::references(const Field& field, const Place& place,
                                                 Pieces pieces) {
  std::size_t count = 0;
  bool is_clear = true;
  for (const AnswerPiece& piece : pieces)
    is_clear = names_its_rows(field.registry, piece.cell, place) && is_clear;
  if (!is_clear) return Wrote::rejected;
  out_.open('[');
  for (const AnswerPiece& piece : pieces)
    for (const std::string& id : rows_.cite(field.registry, shown(piece.cell))) {
      out_.string(id, piece.cell);
      ++count;
    }
  out_.close(']');
  return count == 0 ? Wrote::nothing : Wrote::value;
}

WorkbookValues::Wrote WorkbookValues::money(const Place& place, Pieces pieces) {
  bool is_good = true;
  out_.open('{');
  for (const AnswerPiece& piece : pieces) {
    if (piece.line == AnswerPiece::kFirst) {
      const auto amount = figure(piece.cell, place);
      is_good = is_good && amount.has_value();
      out_.key("amount");
      out_.raw(amount.value_or("0"), piece.cell);
    } else if (piece.line == AnswerPiece::kSecond) {
      out_.key("currency");
      out_.string(trim(shown(piece.cell)), piece.cell);
    } else {
      cells_.reject("row-code-unknown", piece.cell, place);
      is_good = false;
    }
  }
  out_.close('}');
  return is_good ? Wrote::value : Wrote::rejected;
}

WorkbookValues::Wrote WorkbookValues::period(const Place& place, Pieces pieces) {
  bool is_good = true;
  out_.open('{');
  for (const AnswerPiece& piece : pieces) {
    const bool is_known = piece.line == AnswerPiece::kFirst || piece.line == AnswerPiece::kSecond;
    const auto day = is_known ? date(piece.cell, place) : std::nullopt;
    if (!is_known) cells_.reject("row-code-unknown", piece.cell, place);
    is_good = is_good && day.has_value();
    if (!day) continue;
    out_.key(piece.line == AnswerPiece::kFirst ? workbook::kStart : workbook::kEnd);
    out_.string(*day, piece.cell);
  }
  out_.close('}');
  return is_good ? Wrote::value : Wrote::rejected;
}

std::optional<std::string> WorkbookValues::figure(std::uint32_t cell, const Place& place) {
  const CellKind kind = cells_.cell(cell).kind;
  const std::string written = shown(cell);
  const auto quoted = [](std::string_view text) {
    std::string json;
    append_string(json, text);
    return json;
  };
  if (kind == CellKind::date) {
    cells_.reject("date-for-figure", cell, place);
    return std::nullopt;
  }
  if (kind == CellKind::number) {
    // A figure of many digits stands bare, so that the reader counts them.
    const bool is_json = is_json_number(written);
    return is_json && written.find_first_of("eE") != std::string::npos ? written : quoted(written);
  }
  if (kind == CellKind::percentage) {
    Finding& finding = cells_.reject("percentage-unclear", cell, place);
    finding.arguments.emplace_back("figure", written);
    return std::nullopt;
  }
  const WrittenNumber read = parse_written_number(written);
  if (read.kind == WrittenNumber::Kind::number) return quoted(read.plain);
  if (read.kind == WrittenNumber::Kind::unreadable) return quoted(trim(written));
  Finding& finding = cells_.reject("figure-ambiguous", cell, place);
  finding.arguments.emplace_back("first", read.plain);
  finding.arguments.emplace_back("second", read.other);
  return std::nullopt;
}

std::optional<std::string> WorkbookValues::date(std::uint32_t cell, const Place& place) {
  const CellKind kind = cells_.cell(cell).kind;
  const std::string written = shown(cell);
  if (kind == CellKind::date && !is_of_bare_year(written)) return written;
  if (kind == CellKind::date || kind == CellKind::number) {
    cells_.reject(kind == CellKind::date ? "year-for-date" : "figure-for-date", cell, place);
    return std::nullopt;
  }
  if (Date::parse(written)) return written;
  const WrittenDate read = parse_written_date(written, language_);
  if (read.kind == WrittenDate::Kind::date) return read.date.to_string();
  if (read.kind == WrittenDate::Kind::unreadable) return trim(written);
  Finding& finding = cells_.reject("date-ambiguous", cell, place);
  finding.arguments.emplace_back("first", read.date);
  finding.arguments.emplace_back("second", read.other);
  return std::nullopt;
}

}  // namespace cosp
