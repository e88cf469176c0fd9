#include "readers/workbook_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "base/written.hpp"
#include "readers/json_scan.hpp"

namespace cosp {
namespace {

using workbook::Property;
using CellKind = SpreadsheetCell::Kind;

/// "0.30000000000000004" as a spreadsheet shows it; the text itself when it is no number.
std::string fifteen_digits(std::string_view written) {
  const bool is_plain =
      written.size() <= static_cast<std::size_t>(workbook::kMostDigits) &&
      std::all_of(written.begin(), written.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (is_plain) return std::string(written);
  double value = 0;
  const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), value);
  if (error != std::errc{} || end != written.data() + written.size()) return std::string(written);
  const std::string rounded = fmt::format("{:.{}g}", value, workbook::kMostDigits);
  const auto exact = Decimal::parse(rounded);
  return exact ? exact->to_string() : rounded;
}

}  // namespace

std::string_view WorkbookValues::seen(std::uint32_t cell, std::string& room) const {
  const std::string_view text = cells_.text(cell);
  switch (cells_.cell(cell).kind) {
    case CellKind::number:
    case CellKind::percentage: return room = fifteen_digits(text);
    case CellKind::boolean: return text == "0" ? "FALSE" : "TRUE";
    default: return text;
  }
}

std::string WorkbookValues::shown(std::uint32_t cell) const {
  std::string room;
  return std::string(seen(cell, room));
}

bool WorkbookValues::is_usable(std::uint32_t cell, const Place& place) {
  const SpreadsheetCell& read = cells_.cell(cell);
  if (read.kind == CellKind::error) {
    cells_.reject("cell-error", cell, place);
    return false;
  }
  if (read.kind == CellKind::uncalculated) {
    cells_.reject("formula-not-calculated", cell, place);
    return false;
  }
  if (read.is_formula) cells_.add("formula-value", cell, place);
  return true;
}

bool WorkbookValues::same(std::uint32_t left, std::uint32_t right) const {
  return shown(left) == shown(right);
}

std::vector<AnswerPiece> WorkbookValues::without_doubles(const Place& place, Pieces pieces,
                                                         bool& is_rejected) {
  std::vector<AnswerPiece> kept;
  for (const AnswerPiece& piece : pieces) {
    const bool is_again = !kept.empty() && kept.back().property == piece.property &&
                          kept.back().line == piece.line && piece.line != AnswerPiece::kUnknown;
    if (!is_again) {
      kept.push_back(piece);
    } else if (!same(kept.back().cell, piece.cell)) {
      Finding& finding = cells_.reject("rows-disagree", piece.cell, place);
      finding.arguments.emplace_back("other", cells_.name(cells_.position(kept.back().cell)));
      is_rejected = is_rejected || piece.property == Property::answer;
    } else {
      cells_.set(piece.cell, CellFate::imported);
    }
  }
  return kept;
}

Reason WorkbookValues::reason_of(Pieces pieces) {
  for (const AnswerPiece& piece : pieces)
    if (piece.property == Property::reason)
      if (const auto word = labels_.word(Vocabulary::reason, trim(shown(piece.cell))))
        return parse_reason(*word).value_or(Reason::not_applicable);
  return Reason::not_applicable;
}

/// Nothing can stand beside the value, and it is no object: it needs no members.
bool WorkbookValues::is_bare(const Field& field, const Place& place, Pieces pieces) const {
  const workbook::Shape shape = workbook::shape_of(field.type, place.column != kNone);
  return texts_.is_empty() && shape != workbook::Shape::start_end &&
         shape != workbook::Shape::amount_currency && !pieces.empty() &&
         pieces.back().property == Property::answer;
}

void WorkbookValues::write(std::string_view name, const Field& field, const Place& place,
                           const std::string& code, Pieces pieces) {
  const MarkedJson::Point start = out_.point();
  cells_.mask(field.is_personal);
  bool is_rejected = false;
  std::vector<AnswerPiece> single;
  if (pieces.size() > 1) single = without_doubles(place, pieces, is_rejected);
  const Pieces kept = pieces.size() > 1 ? Pieces(single) : pieces;
  const auto beside_first = std::ranges::find_if(
      kept, [](const AnswerPiece& piece) { return piece.property != Property::answer; });
  const auto answer_count = static_cast<std::size_t>(beside_first - kept.begin());
  const Pieces answers = kept.first(answer_count);
  const Pieces rest = kept.subspan(answer_count);
  for (const AnswerPiece& piece : answers) {
    answer_cells_.emplace_back(piece.cell, place);
    cells_.set(piece.cell, CellFate::answer);
  }
  if (kept.empty())
    out_.key(name);
  else
    out_.key(name, kept.front().cell);
  if (!is_rejected && is_bare(field, place, kept)) {
    std::string original;
    const Wrote wrote = value(field, place, code, answers, original);
    if (wrote != Wrote::value) out_.back_to(start);
    if (wrote == Wrote::rejected) rejected_.push_back(place);
    cells_.mask(false);
    return;
  }
  out_.open('{');
  const std::size_t empty_size = out_.size();
  const bool may_be_elsewhere = is_text(field.type) && texts_.find(code) != nullptr;
  if (!is_rejected && (!answers.empty() || may_be_elsewhere))
    is_rejected = write_value(field, place, code, answers) == Wrote::rejected;
  write_beside(place, code, rest);
  if (out_.size() == empty_size)
    out_.back_to(start);
  else
    out_.close('}');
  if (is_rejected) rejected_.push_back(place);
  cells_.mask(false);
}

WorkbookValues::Wrote WorkbookValues::write_value(const Field& field, const Place& place,
                                                  const std::string& code, Pieces answers) {
  const MarkedJson::Point before = out_.point();
  std::string original;
  out_.key("value");
  const Wrote wrote = value(field, place, code, answers, original);
  if (wrote != Wrote::value) {
    out_.back_to(before);
  } else if (!original.empty()) {
    out_.key("original");
    out_.string(original, answers.empty() ? kNone : answers.front().cell);
  }
  return wrote;
}

void WorkbookValues::write_beside(const Place& place, const std::string& code, Pieces rest) {
  const Reason reason = reason_of(rest);
  for (const AnswerPiece& piece : rest) {
    cells_.set(piece.cell, CellFate::beside);
    if (!is_usable(piece.cell, place)) continue;
    const MarkedJson::Point before = out_.point();
    out_.key(workbook::to_string(piece.property));
    if (!beside(place, code, piece, reason)) out_.back_to(before);
  }
  const std::string note = code + std::string(workbook::kNoteSuffix);
  const bool has_own =
      std::ranges::find(rest, Property::note, &AnswerPiece::property) != rest.end();
  if (has_own || texts_.find(note) == nullptr) return;
  const MarkedJson::Point before = out_.point();
  out_.key("note");
  if (text(kNone, note, place) != Wrote::value) out_.back_to(before);
}

WorkbookValues::Wrote WorkbookValues::value(const Field& field, const Place& place,
                                            const std::string& code, Pieces pieces,
                                            std::string& original) {
  if (is_text(field.type)) {
    const std::uint32_t cell = pieces.empty() ? kNone : pieces.front().cell;
    if (cell != kNone && !is_usable(cell, place)) return Wrote::rejected;
    return text(cell, code, place, &original);
  }
  bool is_good = true;
  for (const AnswerPiece& piece : pieces) {
    is_good = is_usable(piece.cell, place) && is_good;
    if (piece.line != AnswerPiece::kUnknown) continue;
    cells_.reject("row-code-unknown", piece.cell, place);
    is_good = false;
  }
  if (!is_good) return Wrote::rejected;
  const bool is_whole = pieces.size() == 1 && pieces.front().line == AnswerPiece::kWhole;
  switch (workbook::shape_of(field.type, place.column != kNone)) {
    case workbook::Shape::ticks:
      return is_whole ? choices(field, pieces.front().cell) : ticks(field, place, pieces);
    case workbook::Shape::references: return references(field, place, pieces);
    case workbook::Shape::start_end: return period(place, pieces);
    case workbook::Shape::amount_currency: return money(place, pieces);
    case workbook::Shape::one_cell: return one_cell(field, place, pieces.front().cell);
  }
  return Wrote::nothing;
}

WorkbookValues::Wrote WorkbookValues::one_cell(const Field& field, const Place& place,
                                               std::uint32_t cell) {
  const auto put = [&](const std::optional<std::string>& text) {
    if (!text) return Wrote::rejected;
    out_.string(*text, cell);
    return Wrote::value;
  };
  switch (field.type) {
    case QuestionType::status:
    case QuestionType::single:
    case QuestionType::yes_no: return choice(field, cell);
    case QuestionType::multi: return choices(field, cell);
    case QuestionType::number: {
      const auto read = figure(cell, place);
      if (!read) return Wrote::rejected;
      out_.raw(*read, cell);
      return Wrote::value;
    }
    case QuestionType::date: return put(date(cell, place));
    case QuestionType::language: return put(labels_.language(shown(cell)));
    case QuestionType::languages: {
      std::vector<std::string> tags;
      for (const std::string& entry : split_entries(shown(cell)))
        tags.push_back(labels_.language(entry));
      return strings(tags, cell);
    }
    case QuestionType::submitter: {
      const std::string text = trim(shown(cell));
      const auto code = workbook::id_of_label(text);
      return put(code ? std::string(*code) : text);
    }
    case QuestionType::reference:
      if (!names_its_rows(field.registry, cell, place)) return Wrote::rejected;
      return strings(rows_.cite(field.registry, shown(cell)), cell);
    case QuestionType::provisions: return strings(split_entries(shown(cell)), cell);
    default: return put(unescaped(shown(cell), cell, place));
  }
}

WorkbookValues::Wrote WorkbookValues::strings(const std::vector<std::string>& items,
                                              std::uint32_t cell) {
  out_.open('[');
  for (const std::string& item : items) out_.string(item, cell);
  out_.close(']');
  return items.empty() ? Wrote::nothing : Wrote::value;
}

WorkbookValues::Wrote WorkbookValues::choice(const Field& field, std::uint32_t cell) {
  const bool is_boolean = cells_.cell(cell).kind == CellKind::boolean;
  std::string room;
  const std::string_view written = trimmed(seen(cell, room));
  if (is_boolean && field.type == QuestionType::yes_no)
    out_.string(cells_.text(cell) == "0" ? "no" : "yes", cell);
  else
    out_.string(labels_.option(field.list, written).value_or(written), cell);
  return Wrote::value;
}

WorkbookValues::Wrote WorkbookValues::choices(const Field& field, std::uint32_t cell) {
  const std::string written = trim(shown(cell));
  std::vector<std::string> codes;
  if (const auto whole = labels_.option(field.list, written)) {
    codes.emplace_back(*whole);
  } else {
    for (const std::string& entry : split_entries(written))
      codes.emplace_back(labels_.option(field.list, entry).value_or(entry));
  }
  return strings(codes, cell);
}

WorkbookValues::Wrote WorkbookValues::ticks(const Field& field, const Place& place, Pieces pieces) {
  const auto options = labels_.form().options_of(field.list);
  bool is_clear = true;
  std::size_t count = 0;
  out_.open('[');
  for (const AnswerPiece& piece : pieces) {
    const auto is_ticked = cells_.cell(piece.cell).kind == CellKind::boolean
                               ? std::optional(cells_.text(piece.cell) != "0")
                               : labels_.tick(trim(shown(piece.cell)));
    const bool is_option = piece.line != AnswerPiece::kWhole && piece.line <= options.size();
    if (!is_ticked || !is_option) {
      cells_.reject(is_option ? "tick-unclear" : "row-code-unknown", piece.cell, place);
      is_clear = false;
    } else if (*is_ticked) {
      out_.string(labels_.form().string(options[piece.line - AnswerPiece::kFirst].code),
                  piece.cell);
      ++count;
    }
  }
  out_.close(']');
  if (!is_clear) return Wrote::rejected;
  return count == 0 ? Wrote::nothing : Wrote::value;
}

bool WorkbookValues::beside(const Place& place, const std::string& code, const AnswerPiece& piece,
                            Reason reason) {
  const std::uint32_t cell = piece.cell;
  const std::string written = shown(cell);
  const ReasonDeclaration& declared =
      labels_.form().tables().reasons[static_cast<std::size_t>(reason)];
  const auto word = [&](Vocabulary vocabulary) {
    const std::string entry = trim(written);
    out_.string(labels_.word(vocabulary, entry).value_or(entry), cell);
    return true;
  };
  const auto put = [&](const std::optional<std::string>& value) {
    if (value) out_.string(*value, cell);
    return value.has_value();
  };
  switch (piece.property) {
    case Property::answer: return false;
    case Property::reason: return word(Vocabulary::reason);
    case Property::visibility: return word(Vocabulary::visibility);
    case Property::origin: return word(Vocabulary::origin);
    case Property::detail: {
      const std::string entry = trim(written);
      const auto option = declared.detail_list == kNone
                              ? std::nullopt
                              : labels_.option(declared.detail_list, entry);
      return put(option ? std::string(*option) : entry);
    }
    case Property::rows:
      if (declared.registry != kNone && !names_its_rows(declared.registry, cell, place))
        return false;
      strings(declared.registry == kNone ? split_entries(written)
                                         : rows_.cite(declared.registry, written),
              cell);
      return true;
    case Property::expected_on: return put(date(cell, place));
    case Property::note:
      return text(cell, code + std::string(workbook::kNoteSuffix), place) == Wrote::value;
    case Property::author: return put(unescaped(written, cell, place));
  }
  return false;
}

std::optional<std::string> WorkbookValues::unescaped(std::string_view written, std::uint32_t cell,
                                                     const Place& place) {
  auto text = workbook::unescape_cell(written);
  if (!text) cells_.reject("escape-broken", cell, place);
  return text;
}

std::optional<std::string> WorkbookValues::whole_text(std::string text, std::uint32_t cell,
                                                      std::string_view language,
                                                      std::vector<WorkbookTextRow>* rows,
                                                      const Place& place) {
  bool goes_on = text.ends_with(workbook::kContinued);
  if (rows != nullptr)
    for (WorkbookTextRow& row : *rows) {
      if (!goes_on) break;
      if (row.is_used || row.language != language || row.text == kNone) continue;
      row.is_used = true;
      text.resize(text.size() - workbook::kContinued.size());
      text += cells_.text(row.text);
      goes_on = text.ends_with(workbook::kContinued);
      cells_.set(row.text, CellFate::beside);
    }
  if (goes_on) {
    cells_.reject("text-breaks-off", cell, place);
    return std::nullopt;
  }
  return unescaped(text, cell, place);
}

std::vector<WorkbookValues::Version> WorkbookValues::versions_of(std::uint32_t cell,
                                                                 const std::string& code,
                                                                 const Place& place, bool& is_good,
                                                                 std::string* original) {
  std::vector<WorkbookTextRow>* rows = texts_.is_empty() ? nullptr : texts_.find(code);
  std::vector<Version> versions;
  const auto take = [&](std::string start, std::uint32_t at, const std::string& language) {
    auto whole = whole_text(std::move(start), at, language, rows, place);
    is_good = is_good && whole.has_value();
    if (whole) versions.push_back({language, std::move(*whole), at});
  };
  if (cell != kNone) take(shown(cell), cell, language_);
  if (rows == nullptr) return versions;
  for (WorkbookTextRow& row : *rows) {
    if (row.is_original && original != nullptr) *original = row.language;
    if (row.is_used || row.text == kNone) continue;
    row.is_used = true;
    const auto known = std::ranges::find(versions, row.language, &Version::language);
    if (known == versions.end()) {
      cells_.set(row.text, CellFate::beside);
      take(shown(row.text), row.text, row.language);
    } else {
      cells_.reject("rows-disagree", row.text, place)
          .arguments.emplace_back("other", cells_.name(cells_.position(known->cell)));
    }
  }
  return versions;
}

WorkbookValues::Wrote WorkbookValues::text(std::uint32_t cell, const std::string& code,
                                           const Place& place, std::string* original) {
  std::string room;
  const std::string_view only =
      cell == kNone || !texts_.is_empty() ? std::string_view{} : seen(cell, room);
  if (!only.empty() && !only.starts_with('\\') && !only.ends_with(workbook::kContinued)) {
    out_.string(only, cell);
    return Wrote::value;
  }
  bool is_good = true;
  const std::vector<Version> versions = versions_of(cell, code, place, is_good, original);
  if (!is_good) return Wrote::rejected;
  if (versions.empty()) return Wrote::nothing;
  if (versions.size() == 1 && versions.front().language == language_) {
    out_.string(versions.front().text, versions.front().cell);
    return Wrote::value;
  }
  out_.open('{');
  for (const Version& version : versions) {
    out_.key(version.language.empty() ? "und" : version.language, version.cell);
    out_.string(version.text, version.cell);
  }
  out_.close('}');
  return Wrote::value;
}

}  // namespace cosp
