/// Rows of registers as tables see them. For generator/kinds/ only.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "generator/kinds/counting.hpp"

namespace cosp {

/// A row of a member's register.
struct RegisterRow {
  std::size_t member = 0;  ///< position in the tally's members
  std::uint32_t row = 0;

  const Row& of(const Tally& tally, std::uint32_t registry) const {
    return tally.members()[member].contributor->submission->registers[registry][row];
  }
};

/// Rows for which the condition holds (kNone: all), by member, each member's in the order of the
/// file.
std::vector<RegisterRow> rows_where(const Tally& tally, std::uint32_t registry,
                                    std::uint32_t condition);

/// The row's cell in the column.
const Answer& cell_of(const Tally& tally, const RegisterRow& row, std::uint32_t column);

/// What the cell came to; `not_asked` never.
AnswerView view_cell(const Tally& tally, const RegisterRow& row, std::uint32_t column);

/// "CODE.row": how a row is named in ids.
std::string row_id(const Tally& tally, const RegisterRow& row, std::uint32_t registry);

/// The cell's content as words of a table, with its provenance.
Cell words_of(const Tally& tally, const RegisterRow& row, std::uint32_t column);
/// The name of the row's State, and a row's title.
Cell state_cell(const Tally& tally, const RegisterRow& row, std::uint32_t registry);

}  // namespace cosp
