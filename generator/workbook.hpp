/// The consolidated workbook: a sheet for each table of a product, with native tables and charts,
/// and how it was counted.
#pragma once

#include <filesystem>
#include <span>
#include <string_view>

#include "base/result.hpp"
#include "generator/compilation.hpp"
#include "model/form.hpp"
#include "model/table.hpp"

namespace cosp {

/// Writes the workbook of a product (format xlsx) in one language: contents, the tables of its
/// parts in their order (each followed by its tables apart; those that were not made are left out),
/// method. Same input, same bytes.
///
/// Every figure's id can be put together from two hidden places: column ids in the row above the
/// headings, row ids in the column behind the table. The table's cells are also a defined name (its
/// id, other signs written `_`).
///
/// Errors: `io` if the file cannot be written whole (nothing is left then); `bad_input` if the
/// declaration cannot be read. The file is written in place: give a path in a staging folder.
Result<void> write_workbook(const CompilationInput& input, std::span<const Table> tables,
                            const Declaration& product, std::string_view language,
                            const std::filesystem::path& path);

}  // namespace cosp
