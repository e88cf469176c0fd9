#include "readers/workbook_json.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.hpp"
#include "readers/json_tree.hpp"
#include "readers/submission_findings.hpp"

namespace cosp {
namespace {

using workbook::HeaderMember;
using workbook::Property;

constexpr std::string_view kSubmissionFormat = "cosp-submission/1";

class WorkbookJson {
 public:
  WorkbookJson(const Form& form, WorkbookCells& cells, WorkbookContent& content,
               WorkbookLabels& labels, WorkbookValues& values, MarkedJson& json,
               std::uint64_t most_bytes)
      : form_(form),
        cells_(cells),
        content_(content),
        labels_(labels),
        values_(values),
        json_(json),
        most_bytes_(most_bytes) {}

  bool write() {
    cite_from_registers();
    json_.open('{');
    write_header();
    json_.key("answers");
    json_.open('{');
    write_answers(false);
    write_unknown();
    json_.close('}');
    write_registers();
    write_explanations();
    write_contacts();
    json_.close('}');
    reject_unused_texts();
    return !is_over();
  }

 private:
  bool is_over() const { return json_.size() > most_bytes_; }
  std::uint32_t header(HeaderMember member) const {
    return content_.header.at(static_cast<std::size_t>(member));
  }

  // The header.

  void member(HeaderMember member, std::string_view name) {
    const std::uint32_t cell = header(member);
    if (cell == kNone || !values_.is_usable(cell, {})) return;
    json_.key(name);
    json_.string(trim(values_.shown(cell)), cell);
  }

  void word(HeaderMember member, std::string_view name, Vocabulary vocabulary) {
    const std::uint32_t cell = header(member);
    if (cell == kNone || !values_.is_usable(cell, {})) return;
    const std::string written = trim(values_.shown(cell));
    json_.key(name);
    json_.string(labels_.word(vocabulary, written).value_or(written), cell);
  }

  void day(HeaderMember member, std::string_view name) {
    const std::uint32_t cell = header(member);
    if (cell == kNone || !values_.is_usable(cell, {})) return;
    const auto date = values_.date(cell, {});
    if (!date) return;
    json_.key(name);
    json_.string(*date, cell);
  }

  /// Members within an object, which is left out when it has none.
  template <class Write>
  void object(std::string_view name, const Write& write) {
    const MarkedJson::Point before = json_.point();
    json_.key(name);
    json_.open('{');
    const std::size_t empty_size = json_.size();
    write();
    if (json_.size() == empty_size)
      json_.back_to(before);
    else
      json_.close('}');
  }

  void write_header() {
    if (const std::uint32_t cell = header(HeaderMember::format); cell != kNone) {
      const std::string written = trim(values_.shown(cell));
      json_.key("format");
      json_.string(written == workbook::kFormat ? kSubmissionFormat : written, cell);
    }
    object("form", [&] {
      member(HeaderMember::form, "id");
      member(HeaderMember::version, "version");
      member(HeaderMember::structure, "structure");
    });
    member(HeaderMember::cycle, "cycle");
    object("submitter", [&] {
      word(HeaderMember::kind, "kind", Vocabulary::kind);
      submitter_code();
    });
    write_revision();
    word(HeaderMember::stage, "stage", Vocabulary::stage);
    if (header(HeaderMember::language) != kNone) {
      json_.key("language");
      json_.string(values_.language(), header(HeaderMember::language));
    }
    word(HeaderMember::purpose, "purpose", Vocabulary::purpose);
    object("period", [&] {
      day(HeaderMember::period_start, "start");
      day(HeaderMember::period_end, "end");
    });
    write_parts();
  }

  void submitter_code() {
    const std::uint32_t cell = header(HeaderMember::submitter);
    if (cell == kNone || !values_.is_usable(cell, {})) return;
    const std::string written = trim(values_.shown(cell));
    json_.key("code");
    json_.string(workbook::id_of_label(written).value_or(written), cell);
  }

  void write_revision() {
    const std::uint32_t cell = header(HeaderMember::revision);
    if (cell == kNone || !values_.is_usable(cell, {})) return;
    const std::string written = trim(values_.shown(cell));
    constexpr std::size_t kMostDigits = 9;
    const bool is_number = !written.empty() && written.size() <= kMostDigits &&
                           written.front() != '0' &&
                           written.find_first_not_of("0123456789") == std::string::npos;
    json_.key("revision");
    if (is_number)
      json_.raw(written, cell);
    else
      json_.string(written, cell);
  }

  void write_parts() {
    const std::uint32_t cell = header(HeaderMember::parts);
    if (cell == kNone || !values_.is_usable(cell, {})) return;
    json_.key("parts");
    json_.open('[');
    for (const std::string& part : split_entries(values_.shown(cell))) json_.string(part, cell);
    json_.close(']');
  }

  // Answers.

  /// The pieces of one place, from `first` on.
  template <class Pieces>
  static std::size_t end_of_place(const Pieces& pieces, std::size_t first) {
    std::size_t end = first + 1;
    while (end < pieces.size() && pieces[end].field == pieces[first].field &&
           pieces[end].row == pieces[first].row)
      ++end;
    return end;
  }

  void write_answer(std::uint32_t question, std::span<const AnswerPiece> pieces) {
    const Question& field = form_.question(question);
    Place place;
    place.question = question;
    written_.insert(std::string(form_.code(field)));
    values_.write(form_.code(field), field, place, std::string(form_.code(field)), pieces);
  }

  void write_answers(bool personal) {
    const std::vector<AnswerPiece>& pieces = content_.answers;
    std::size_t next = 0;
    for (std::uint32_t question = 0; question < form_.questions().size(); ++question) {
      if (is_over()) return;
      const std::size_t first = next;
      if (next < pieces.size() && pieces[next].field == question) next = end_of_place(pieces, next);
      const Question& field = form_.question(question);
      if (field.is_personal != personal) continue;
      const bool has_texts = is_known_text(std::string(form_.code(field)));
      if (next > first || has_texts)
        write_answer(question, std::span(pieces).subspan(first, next - first));
    }
  }

  bool is_known_text(const std::string& code) {
    return !content_.texts.is_empty() &&
           (content_.texts.find(code) != nullptr ||
            content_.texts.find(code + std::string(workbook::kNoteSuffix)) != nullptr);
  }

  /// Answers whose codes the form does not know: kept as they stand.
  void write_unknown() {
    const std::vector<UnknownPiece>& all = content_.unknown;
    for (std::size_t first = 0; first < all.size() && !is_over();) {
      std::size_t end = first + 1;
      while (end < all.size() && all[end].code == all[first].code) ++end;
      write_unknown_answer(std::span(all).subspan(first, end - first));
      first = end;
    }
    for (const auto& [code_cell, cell] : content_.unknown_json)
      if (!is_over()) write_unknown_json(code_cell, cell);
  }

  void write_unknown_answer(std::span<const UnknownPiece> pieces) {
    written_.insert(pieces.front().code);
    json_.key(pieces.front().code, pieces.front().code_cell);
    json_.open('{');
    std::set<std::string> members;
    for (const UnknownPiece& piece : pieces) {
      std::string name(piece.property == Property::answer ? "value" : to_string(piece.property));
      if (!piece.line.empty()) name += "/" + piece.line;
      if (!members.insert(name).second) {
        cells_.reject("rows-disagree", piece.cell)
            .arguments.emplace_back("other", cells_.name(cells_.position(pieces.front().cell)));
        continue;
      }
      cells_.set(piece.cell, CellFate::imported);
      json_.key(name);
      json_.string(values_.shown(piece.cell), piece.code_cell);
    }
    json_.close('}');
  }

  void write_unknown_json(std::uint32_t code_cell, std::uint32_t cell) {
    const std::string code = trim(cells_.text(code_cell));
    const auto value = workbook::unescape_cell(cells_.text(cell));
    std::string whole = "{\"\":" + value.value_or("") + "}";
    JsonLimits limits;
    limits.depth = 20;
    const bool is_json = value && !parser_.parse(whole, limits) && parser_.tree().root().count == 1;
    if (!is_json) {
      cells_.reject("escape-broken", cell);
    } else if (!written_.insert(code).second) {
      cells_.reject("rows-disagree", cell).arguments.emplace_back("other", code);
    } else {
      cells_.set(cell, CellFate::imported);
      json_.key(code, code_cell);
      json_.raw(*value, cell);
    }
  }

  // Registers.

  /// Rows that a register's cells cite are rows, though nothing may be answered in them.
  void cite_from_registers() {
    for (auto* all : {&content_.registers, &content_.contacts})
      for (const auto& pieces : *all)
        for (const AnswerPiece& piece : pieces) {
          const Column& column = form_.column(piece.field);
          if (column.type == QuestionType::reference && piece.property == Property::answer)
            content_.rows.cite(column.registry, cells_.text(piece.cell));
          if (piece.property != Property::rows) continue;
          for (const ReasonDeclaration& reason : form_.tables().reasons)
            if (reason.registry != kNone)
              content_.rows.cite(reason.registry, cells_.text(piece.cell));
        }
  }

  void write_registers() {
    object("registers", [&] {
      for (std::uint32_t i = 0; i < form_.registers().size(); ++i)
        if (!is_over()) write_register(i);
    });
  }

  void write_register(std::uint32_t registry) {
    const std::vector<AnswerPiece>& pieces = content_.registers[registry];
    auto& rows = content_.rows.rows(registry);
    const MarkedJson::Point before = json_.point();
    json_.key(form_.string(form_.registry(registry).code));
    json_.open('[');
    std::size_t next = 0;
    std::uint32_t position = 0;
    for (std::uint32_t row = 0; row < rows.size() && !is_over(); ++row) {
      std::size_t end = next;
      while (end < pieces.size() && pieces[end].row == row) ++end;
      const auto of_row = std::span(pieces).subspan(next, end - next);
      next = end;
      if (!rows[row].is_in_register || !rows[row].is_filled) continue;
      rows[row].position = position++;
      write_row(registry, rows[row], of_row);
    }
    json_.close(']');
    if (position == 0) json_.back_to(before);
  }

  void write_row(std::uint32_t registry, const WorkbookRegisterRow& row,
                 std::span<const AnswerPiece> pieces) {
    json_.open('{', row.mark_cell);
    if (!row.id.empty()) {
      json_.key("id", row.mark_cell);
      json_.string(row.id, row.mark_cell);
    }
    json_.key("values", row.mark_cell);
    json_.open('{');
    write_cells(registry, row, pieces, false);
    json_.close('}');
    json_.close('}');
  }

  void write_cells(std::uint32_t registry, const WorkbookRegisterRow& row,
                   std::span<const AnswerPiece> pieces, bool personal) {
    Place place;
    place.registry = registry;
    place.row = row.position;
    const std::string start =
        std::string(form_.string(form_.registry(registry).code)) + "/" + row.id + "/";
    std::size_t first = 0;
    const auto columns = form_.registry(registry).columns;
    for (std::uint32_t field = columns.first; field < columns.first + columns.count; ++field) {
      const std::size_t end = first < pieces.size() && pieces[first].field == field
                                  ? end_of_place(pieces, first)
                                  : first;
      const Column& column = form_.column(field);
      place.column = field;
      const bool may_have_texts = !content_.texts.is_empty() && column.is_personal == personal;
      if (end > first || may_have_texts) {
        const std::string code =
            content_.texts.is_empty() ? std::string{} : start + std::string(form_.code(column));
        if (end > first || is_known_text(code))
          values_.write(form_.code(column), column, place, code,
                        pieces.subspan(first, end - first));
      }
      first = end;
    }
  }

  void write_contacts() {
    object("contacts", [&] {
      object("answers", [&] { write_answers(true); });
      object("registers", [&] {
        for (std::uint32_t i = 0; i < form_.registers().size(); ++i)
          object(form_.string(form_.registry(i).code), [&] { write_contact_rows(i); });
      });
    });
  }

  void write_contact_rows(std::uint32_t registry) {
    const std::vector<AnswerPiece>& pieces = content_.contacts[registry];
    auto& rows = content_.rows.rows(registry);
    std::size_t next = 0;
    std::set<std::string_view> ids;
    for (std::uint32_t row = 0; row < rows.size() && !is_over(); ++row) {
      std::size_t end = next;
      while (end < pieces.size() && pieces[end].row == row) ++end;
      const auto of_row = std::span(pieces).subspan(next, end - next);
      next = end;
      // Of what has no cell here, a version in a further language may stand on their sheet.
      if (of_row.empty() && content_.texts.is_empty()) continue;
      if (!ids.insert(rows[row].id).second) continue;
      const MarkedJson::Point before = json_.point();
      json_.key(rows[row].id, of_row.empty() ? rows[row].mark_cell : of_row.front().cell);
      json_.open('{');
      const std::size_t empty_size = json_.size();
      write_cells(registry, rows[row], of_row, true);
      if (of_row.empty() && json_.size() == empty_size)
        json_.back_to(before);
      else
        json_.close('}');
    }
  }

  // What is left.

  void write_explanations() {
    if (content_.explanations.empty()) return;
    json_.key("explanations");
    json_.open('[');
    for (const WorkbookExplanation& one : content_.explanations) {
      json_.open('{', one.code_cell);
      json_.key("rule");
      json_.string(one.rule, one.code_cell);
      json_.key("place");
      json_.string(one.place, one.code_cell);
      if (one.digest != kNone) {
        json_.key("answers");
        json_.string(trim(values_.shown(one.digest)), one.digest);
      }
      const MarkedJson::Point before = json_.point();
      json_.key("text");
      if (values_.text(one.text, one.rule + "@" + one.place, {}) != WorkbookValues::Wrote::value)
        json_.back_to(before);
      json_.close('}');
    }
    json_.close(']');
  }

  /// Texts that belong to nothing in this workbook.
  void reject_unused_texts() {
    for (auto& [code, rows] : content_.texts.all())
      for (const WorkbookTextRow& row : rows) {
        if (row.is_used) continue;
        for (const std::uint32_t cell : {row.text, row.language_cell, row.original})
          if (cell != kNone) cells_.set(cell, CellFate::rejected);
        cells_.add("row-code-unknown", row.code_cell);
      }
  }

  const Form& form_;
  WorkbookCells& cells_;
  WorkbookContent& content_;
  WorkbookLabels& labels_;
  WorkbookValues& values_;
  MarkedJson& json_;
  std::uint64_t most_bytes_;
  std::set<std::string> written_;  ///< codes of answers
  JsonParser parser_;
};

}  // namespace

bool write_workbook_json(const Form& form, WorkbookCells& cells, WorkbookContent& content,
                         WorkbookLabels& labels, WorkbookValues& values, MarkedJson& json,
                         std::uint64_t most_bytes) {
  return WorkbookJson(form, cells, content, labels, values, json, most_bytes).write();
}

}  // namespace cosp
