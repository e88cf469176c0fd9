/// The rows of a workbook's registers: their ids, by which answers cite them, and their names, by
/// which people do.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/form.hpp"
#include "readers/workbook_tables.hpp"

namespace cosp {

struct WorkbookRegisterRow {
  std::string id;                   ///< empty: the row has no code
  std::uint32_t source = kNone;     ///< index of its row in the tables; kNone: no table has it
  std::uint32_t mark_cell = kNone;  ///< a cell that stands for the row
  bool is_in_register = false;      ///< stands in the register's table, be it empty
  bool is_filled = false;           ///< something is answered in it, or cites it
  std::uint32_t position = kNone;   ///< in the submission; set when it is written
};

class WorkbookRows {
 public:
  explicit WorkbookRows(const Form& form);

  /// Adds a row; one of a known id too.
  std::uint32_t add(std::uint32_t registry, WorkbookRegisterRow row);
  /// The first row of that id; kNone.
  std::uint32_t find(std::uint32_t registry, std::string_view id) const;
  WorkbookRegisterRow& row(std::uint32_t registry, std::uint32_t index) {
    return rows_[registry][index];
  }
  std::vector<WorkbookRegisterRow>& rows(std::uint32_t registry) { return rows_[registry]; }

  /// How people call the row; a name that two rows have calls none. `name` must outlive this.
  void name(std::uint32_t registry, std::uint32_t index, std::string_view name);

  /// The id that is meant by "Data Protection Act [act-1]", "act-1" or "Data Protection Act"; what
  /// was written where no row is.
  std::string resolve(std::uint32_t registry, std::string_view written) const;
  /// The same for a cell with several, and the rows count as filled from now on.
  std::vector<std::string> cite(std::uint32_t registry, std::string_view written);

  /// An entry such as "Criminal Code [act-1]" of which the name is another row's: rows have changed
  /// places since it was chosen.
  struct Contradiction {
    std::string name, id;
    std::string named;  ///< the id of the row that has the name
  };
  std::optional<Contradiction> find_contradiction(std::uint32_t registry,
                                                  std::string_view written) const;

 private:
  using Index = std::unordered_map<std::string, std::uint32_t>;

  /// kNone also when several rows have the name.
  std::uint32_t find_by_name(std::uint32_t registry, std::string_view name) const;
  std::optional<Contradiction> contradiction_of(std::uint32_t registry,
                                                std::string_view entry) const;
  /// The row that all of it names: a `;` in its name does not part it, and an id at its end is not
  /// taken for the whole.
  std::optional<std::string> one_row(std::uint32_t registry, std::string_view written) const;

  std::vector<std::vector<WorkbookRegisterRow>> rows_;
  std::vector<Index> by_id_;
  /// Names are folded when the first is looked for: few registers are ever cited by name.
  mutable std::vector<Index> by_name_;
  mutable std::vector<std::vector<std::pair<std::string_view, std::uint32_t>>> names_;
};

}  // namespace cosp
