/// A table's declaration as read against its form. For generator/ only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "generator/kinds/kind.hpp"

namespace cosp {

struct TableDeclaration {
  std::string id;
  const Kind* kind = nullptr;
  DenominatorKind denominator = DenominatorKind::none;
  std::int64_t suppress_below = 0;
  std::optional<FigureShape> shape;
  Counter count;
};

/// Nothing when there is a mistake; all of them are in `mistakes`.
std::optional<TableDeclaration> read_table_declaration(const Form& form,
                                                       const Declaration& declared,
                                                       std::vector<Mistake>& mistakes);

}  // namespace cosp
