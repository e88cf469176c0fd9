/// The cells of one answer put together as its JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/finding.hpp"
#include "model/workbook_layout.hpp"
#include "readers/marked_json.hpp"
#include "readers/workbook_cells.hpp"
#include "readers/workbook_labels.hpp"
#include "readers/workbook_rows.hpp"
#include "readers/workbook_texts.hpp"

namespace cosp {

/// One cell of an answer.
struct AnswerPiece {
  /// Lines of an answer. Options are named by their position from `kFirst` on, references by
  /// their numbers.
  static constexpr std::uint32_t kWhole = 0;
  static constexpr std::uint32_t kFirst = 1;  ///< start of a period, amount of money
  static constexpr std::uint32_t kSecond = 2;
  static constexpr std::uint32_t kUnknown = kNone;

  std::uint32_t field = 0;  ///< index of the question, absolute one of the column
  std::uint32_t row = 0;    ///< among the register's rows
  workbook::Property property = workbook::Property::answer;
  std::uint32_t line = kWhole;
  std::uint32_t cell = 0;
};

/// Writes answers. What a cell does not let it write becomes a finding there; the answer is then
/// among `rejected_places`.
class WorkbookValues {
 public:
  WorkbookValues(WorkbookCells& cells, WorkbookLabels& labels, WorkbookRows& rows,
                 WorkbookTexts& texts, std::string language, MarkedJson& out)
      : cells_(cells),
        labels_(labels),
        rows_(rows),
        texts_(texts),
        language_(std::move(language)),
        out_(out) {}

  /// Writes `"name": answer`, nothing when there is none. `pieces` are sorted by property and line;
  /// `code` is how the table of texts names the place.
  void write(std::string_view name, const Field& field, const Place& place, const std::string& code,
             std::span<const AnswerPiece> pieces);
  enum class Wrote { nothing, value, rejected };
  /// Writes a text with its versions; `original` becomes the language of the original when it is
  /// not the default. `cell` may be kNone.
  Wrote text(std::uint32_t cell, const std::string& code, const Place& place,
             std::string* original = nullptr);

  /// A cell's text as people see it: a figure with a point, a day as year-month-day.
  std::string shown(std::uint32_t cell) const;
  /// The same without a copy where there is no need; `room` keeps what is not in the workbook.
  std::string_view seen(std::uint32_t cell, std::string& room) const;
  /// A figure as JSON writes it, nothing and a finding where it could be several.
  std::optional<std::string> figure(std::uint32_t cell, const Place& place);
  std::optional<std::string> date(std::uint32_t cell, const Place& place);
  /// Whether the cell holds something to read; tells of formulas and errors.
  bool is_usable(std::uint32_t cell, const Place& place);

  const std::string& language() const { return language_; }
  const std::vector<Place>& rejected_places() const { return rejected_; }
  const std::vector<std::pair<std::uint32_t, Place>>& answer_cells() const { return answer_cells_; }

 private:
  using Pieces = std::span<const AnswerPiece>;

  bool is_bare(const Field& field, const Place& place, Pieces pieces) const;
  Wrote value(const Field& field, const Place& place, const std::string& code, Pieces pieces,
              std::string& original);
  Wrote one_cell(const Field& field, const Place& place, std::uint32_t cell);
  Wrote choice(const Field& field, std::uint32_t cell);
  Wrote choices(const Field& field, std::uint32_t cell);
  Wrote ticks(const Field& field, const Place& place, Pieces pieces);
  Wrote references(const Field& field, const Place& place, Pieces pieces);
  /// Rejects the cell when an entry's name and id are those of two rows.
  bool names_its_rows(std::uint32_t registry, std::uint32_t cell, const Place& place);
  Wrote money(const Place& place, Pieces pieces);
  Wrote period(const Place& place, Pieces pieces);
  Wrote strings(const std::vector<std::string>& items, std::uint32_t cell);
  bool beside(const Place& place, const std::string& code, const AnswerPiece& piece, Reason reason);
  Wrote write_value(const Field& field, const Place& place, const std::string& code,
                    Pieces answers);
  void write_beside(const Place& place, const std::string& code, Pieces rest);
  std::optional<std::string> unescaped(std::string_view written, std::uint32_t cell,
                                       const Place& place);

  struct Version {
    std::string language, text;
    std::uint32_t cell;
  };
  std::vector<Version> versions_of(std::uint32_t cell, const std::string& code, const Place& place,
                                   bool& is_good, std::string* original);
  std::vector<AnswerPiece> without_doubles(const Place& place, Pieces pieces, bool& is_rejected);
  bool same(std::uint32_t left, std::uint32_t right) const;
  /// All pieces of one text joined and unescaped.
  std::optional<std::string> whole_text(std::string text, std::uint32_t cell,
                                        std::string_view language,
                                        std::vector<WorkbookTextRow>* rows, const Place& place);
  Reason reason_of(Pieces pieces);

  WorkbookCells& cells_;
  WorkbookLabels& labels_;
  WorkbookRows& rows_;
  WorkbookTexts& texts_;
  std::string language_;
  MarkedJson& out_;
  std::vector<Place> rejected_;
  std::vector<std::pair<std::uint32_t, Place>> answer_cells_;
};

}  // namespace cosp
