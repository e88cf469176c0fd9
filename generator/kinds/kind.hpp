/// How kinds of tables are made: typed parameters read from a declaration, then a count for each
/// population. For generator/ only.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "generator/tally.hpp"
#include "model/mistake.hpp"

namespace cosp {

struct CellRef {
  std::uint32_t row = 0;
  std::uint32_t column = 0;
  friend auto operator<=>(const CellRef&, const CellRef&) = default;
};

/// The parts add up to the total: a cell, or (without one) a number that is published anyway.
struct Relation {
  std::vector<CellRef> parts;
  std::optional<CellRef> total;
};

/// A table with what ties its numbers together, from which suppression knows what could be
/// computed.
struct Draft {
  Table table;
  std::vector<Relation> relations;
  std::vector<std::vector<CellRef>>
      ties;  ///< suppressed all or none: equal, or telling of one another
  /// Counts that do not add up: also hidden when what their row was asked or answered less the
  /// count is too few.
  std::vector<CellRef> against;
  std::vector<std::uint32_t> public_columns, public_rows;  ///< never hidden for their own sake
  StateSet without_consent;  ///< entries of the roster that do not consent to publication
};

/// Hides each count of 1 to `below` - 1, each of one or two with somebody closed among them (fewer
/// than `kFewestClosed`), and as much beside them as keeps them from being computed; in hidden
/// cells and what depends on them the denominators become -1.
void suppress(Draft& draft, std::int64_t below);

/// Whether the value of a suppressed cell follows from those shown, by the relations: nobody should
/// find one.
std::vector<CellRef> computable_cells(const Draft& draft);

using StatusOptions =
    std::array<std::uint64_t, 3>;  ///< bits of options that mean in place, in part, no

/// Reads a declaration's parameters against the form, and collects every mistake. A getter that
/// finds a mistake returns something empty; who has mistakes must not count.
class ParameterReader {
 public:
  ParameterReader(const Form& form, const Declaration& declaration, const nlohmann::json& json,
                  std::vector<Mistake>& mistakes)
      : form_(form), declaration_(declaration), json_(json), mistakes_(mistakes) {}

  const Form& form() const { return form_; }
  bool has(std::string_view name) const;
  /// The blocks of `rows`, in the order it asks for, without those that lack a question of this
  /// suffix.
  std::vector<std::uint32_t> blocks(std::string_view name, std::string_view suffix);
  std::vector<std::uint32_t> chapters(std::string_view name);
  /// A word as written; empty, with a mistake, when it is missing.
  std::string word(std::string_view name);
  std::vector<std::string> words(std::string_view name);
  /// A suffix that some block of the form has.
  std::string suffix(std::string_view name);
  std::uint32_t question(std::string_view name);
  std::uint32_t registry(std::string_view name);
  std::uint32_t column(std::string_view name, std::uint32_t registry);
  std::vector<std::uint32_t> columns(std::string_view name, std::uint32_t registry);
  std::vector<Decimal> bands(std::string_view name);
  /// The compiled condition of the parameter, kNone when it is not declared.
  std::uint32_t condition(std::string_view name);
  /// A condition of form.yaml by name; `standard` when not declared.
  std::uint32_t named_condition(std::string_view name, std::string_view standard);
  StatusOptions status_options(std::string_view name, std::uint32_t list);
  void mistake(std::string what);

 private:
  const nlohmann::json* find(std::string_view name);
  const nlohmann::json* require(std::string_view name);

  const Form& form_;
  const Declaration& declaration_;
  const nlohmann::json& json_;
  std::vector<Mistake>& mistakes_;
};

/// Counts one population.
using Counter = std::function<Draft(Tally&, Population)>;

struct Parameter {
  std::string_view name;
  std::string_view type;
  bool is_required = true;
  std::string_view what;
};

struct Kind {
  std::string_view id;
  std::string_view what;
  std::span<const Parameter> parameters;
  bool is_counted_apart;  ///< has tables of its own for organizations and others
  bool compares_states;   ///< made only when the Conference asked for a comparison of States
  Counter (*prepare)(ParameterReader&);
};

/// All kinds, sorted by id.
std::span<const Kind> table_kinds();
const Kind* find_kind(std::string_view id);

Counter prepare_reporting_by_group(ParameterReader& parameters);
Counter prepare_options_by_block(ParameterReader& parameters);
Counter prepare_answers_by_option(ParameterReader& parameters);
Counter prepare_elements_by_block(ParameterReader& parameters);
Counter prepare_distribution(ParameterReader& parameters);
Counter prepare_rows_by_option(ParameterReader& parameters);
Counter prepare_pairs(ParameterReader& parameters);
Counter prepare_list_of_rows(ParameterReader& parameters);
Counter prepare_matrix(ParameterReader& parameters);

}  // namespace cosp
