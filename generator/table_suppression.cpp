#include <algorithm>
#include <map>
#include <tuple>

#include "generator/kinds/kind.hpp"

namespace cosp {
namespace {

/// Arithmetic modulo a prime: whether a cell follows from others does not depend on their values.
constexpr std::uint64_t kPrime = 2147483647;  // 2^31 - 1: products fit

std::uint64_t inverse(std::uint64_t value) {
  std::uint64_t result = 1;
  for (std::uint64_t power = kPrime - 2; power != 0; power >>= 1) {
    if ((power & 1) != 0) result = result * value % kPrime;
    value = value * value % kPrime;
  }
  return result;
}

using Equation = std::map<std::size_t, std::uint64_t>;  ///< coefficient by unknown, none zero

/// left - factor × right
void subtract(Equation& left, const Equation& right, std::uint64_t factor) {
  for (const auto& [unknown, coefficient] : right) {
    std::uint64_t& value = left[unknown];
    value = (value + kPrime - coefficient * factor % kPrime) % kPrime;
    if (value == 0) left.erase(unknown);
  }
}

constexpr auto kFewest = static_cast<std::int64_t>(kFewestClosed);

/// Whose contribution to a source is not public: answers that are counted and not shown, and, where
/// there is no answer, States that do not consent. "Not published" tells nothing of an answer, and
/// that a final submission came is public, as is what the depositary has on record.
StateSet closed_of(const Source& source, const StateSet& without_consent) {
  const bool is_of_answers = source.question != kNone || source.registry != kNone;
  if (source.is_position || !is_of_answers || source.standing == Standing::not_published) return {};
  const bool is_answer = source.standing != Standing::not_provided &&
                         source.standing != Standing::not_asked &&
                         source.standing != Standing::outside_phase;
  if (is_answer) return source.closed;
  StateSet closed;
  for (const std::uint32_t entry : source.closed.members())
    if (without_consent.contains(entry)) closed.insert(entry);
  return closed;
}

StateSet closed_of(const Cell& cell, const StateSet& without_consent) {
  StateSet closed;
  for (const Source& source : cell.sources) closed.merge(closed_of(source, without_consent));
  return closed;
}

std::uint32_t open_of(const Cell& cell) {
  StateSet open;
  for (const Source& source : cell.sources) open.merge(source.open);
  return open.size();
}

class Suppression {
 public:
  Suppression(Draft& draft, std::int64_t below) : draft_(draft), below_(below) {}

  void run() {
    hide_closed();
    hide_small();
    if (!draft_.table.has_suppressed()) return;
    do {
      while (hide_ties() || widen_relations()) {
      }
    } while (break_one());
    hide_denominators();
  }

 private:
  Cell& at(CellRef ref) { return draft_.table.rows[ref.row].cells[ref.column]; }

  bool is_public(CellRef ref) const {
    const auto has = [](const std::vector<std::uint32_t>& list, std::uint32_t value) {
      return std::find(list.begin(), list.end(), value) != list.end();
    };
    return has(draft_.public_columns, ref.column) || has(draft_.public_rows, ref.row);
  }

  bool is_small(std::int64_t count) const { return count > 0 && count < below_; }
  static bool is_one_or_two(std::int64_t count) { return count > 0 && count < kFewest; }

  /// One or two of whom at least one is closed: whoever subtracts the public answers would learn
  /// what that one said.
  void hide_closed() {
    Table& table = draft_.table;
    for (std::uint32_t row = 0; row < table.rows.size(); ++row)
      for (std::uint32_t column = 0; column < table.columns.size(); ++column) {
        Cell& cell = table.rows[row].cells[column];
        if (cell.kind == Cell::Kind::count && !is_public({row, column}) &&
            is_one_or_two(cell.count) && !closed_of(cell, draft_.without_consent).is_empty())
          cell.is_suppressed = has_closed_ = true;
      }
    for (const CellRef ref : draft_.against) {
      const TableRow& row = table.rows[ref.row];
      for (const std::int64_t whole : {row.asked, row.answered, at(ref).denominator})
        if (at(ref).count > 0 && is_one_or_two(whole - at(ref).count) && has_closed_beside(ref))
          at(ref).is_suppressed = has_closed_ = true;
    }
    if (has_closed_) below_ = std::max(below_, kFewest);
  }

  /// Whether somebody closed is counted beside the cell: in its row where that has a denominator of
  /// its own, else in the table.
  bool has_closed_beside(CellRef ref) {
    const Table& table = draft_.table;
    StateSet all;
    const bool is_in_row = table.columns.front().role == Role::denominator;
    for (std::uint32_t row = 0; row < table.rows.size(); ++row)
      if (!is_in_row || row == ref.row)
        for (const Cell& cell : table.rows[row].cells)
          all.merge(closed_of(cell, draft_.without_consent));
    const StateSet own = closed_of(at(ref), draft_.without_consent);
    const auto members = all.members();
    return std::any_of(members.begin(), members.end(),
                       [&](std::uint32_t entry) { return !own.contains(entry); });
  }

  void hide_small() {
    Table& table = draft_.table;
    for (std::uint32_t row = 0; row < table.rows.size(); ++row)
      for (std::uint32_t column = 0; column < table.columns.size(); ++column) {
        Cell& cell = table.rows[row].cells[column];
        if (cell.kind == Cell::Kind::count && !is_public({row, column}) && is_small(cell.count))
          cell.is_suppressed = true;
      }
    for (const CellRef ref : draft_.against) {
      const TableRow& row = table.rows[ref.row];
      for (const std::int64_t whole : {row.asked, row.answered, at(ref).denominator})
        if (at(ref).count > 0 && is_small(whole - at(ref).count)) at(ref).is_suppressed = true;
    }
  }

  bool hide_ties() {
    bool has_changed = false;
    for (const auto& tied : draft_.ties) {
      const bool is_hidden =
          std::any_of(tied.begin(), tied.end(), [&](CellRef ref) { return at(ref).is_suppressed; });
      for (const CellRef ref : tied)
        if (is_hidden && !at(ref).is_suppressed) at(ref).is_suppressed = has_changed = true;
    }
    return has_changed;
  }

  /// The smallest shown part above zero, else one that is zero. Beside a closed answer rather one
  /// in which it could be as well: of more than one public answer nobody would believe it.
  const CellRef* next_part(const Relation& relation, bool is_first) {
    const CellRef* best = nullptr;
    for (const CellRef& ref : relation.parts) {
      if (at(ref).is_suppressed || (is_public(ref) && relation.parts.size() > 2)) continue;
      const auto rank = [&](const CellRef& cell) {
        const bool is_known = is_first && has_closed_ && open_of(at(cell)) > 1;
        return std::tuple(is_known, at(cell).count == 0, at(cell).count);
      };
      if (best == nullptr || rank(ref) < rank(*best)) best = &ref;
    }
    return best;
  }

  /// One hidden number of a sum could be computed; hidden ones whose sum is known and small tell
  /// too much.
  bool widen(const Relation& relation) {
    std::int64_t hidden = 0, sum = 0;
    for (const CellRef& ref : relation.parts)
      if (at(ref).is_suppressed) ++hidden, sum += at(ref).count;
    const bool is_total_hidden = relation.total && at(*relation.total).is_suppressed;
    const std::int64_t unknowns = hidden + (is_total_hidden ? 1 : 0);
    if (unknowns == 0) return false;
    if (unknowns > 1 && (is_total_hidden || sum >= below_)) return false;
    if (const CellRef* part = next_part(relation, unknowns == 1))
      return at(*part).is_suppressed = true;
    if (!relation.total || is_total_hidden || unknowns > 1) return false;
    return at(*relation.total).is_suppressed = true;
  }

  bool widen_relations() {
    bool has_changed = false;
    for (const Relation& relation : draft_.relations) has_changed = widen(relation) || has_changed;
    return has_changed;
  }

  /// Several sums together can tell what none tells alone: hide one more beside such a cell.
  bool break_one() {
    for (const CellRef ref : computable_cells(draft_)) {
      if (at(ref).kind != Cell::Kind::count) continue;
      for (const Relation& relation : draft_.relations) {
        const bool is_part =
            std::find(relation.parts.begin(), relation.parts.end(), ref) != relation.parts.end();
        if (!is_part && relation.total != ref) continue;
        if (const CellRef* part = next_part(relation, true)) return at(*part).is_suppressed = true;
        if (relation.total && !at(*relation.total).is_suppressed)
          return at(*relation.total).is_suppressed = true;
      }
    }
    return false;
  }

  void hide_denominators() {
    Table& table = draft_.table;
    const bool is_asked_row_hidden = is_row_hidden("asked");
    const bool is_answered_row_hidden = is_row_hidden("answered");
    for (TableRow& row : table.rows) {
      bool is_asked_hidden = is_asked_row_hidden, is_any_hidden = is_answered_row_hidden;
      for (std::size_t column = 0; column < row.cells.size(); ++column) {
        const bool is_hidden = row.cells[column].is_suppressed;
        is_any_hidden = is_any_hidden || (is_hidden && row.cells[column].kind == Cell::Kind::count);
        is_asked_hidden =
            is_asked_hidden || (is_hidden && table.columns[column].role == Role::denominator);
      }
      if (is_asked_hidden || is_small(row.asked)) row.asked = -1;
      if (is_any_hidden || is_small(row.answered)) row.answered = -1;
      for (Cell& cell : row.cells) {
        if (cell.denominator_kind == DenominatorKind::asked && row.asked < 0) cell.denominator = -1;
        if (cell.denominator_kind == DenominatorKind::answered && row.answered < 0)
          cell.denominator = -1;
      }
    }
  }

  /// A denominator that stands as a row is that of all other rows.
  bool is_row_hidden(std::string_view id) const {
    const TableRow* row = draft_.table.find_row(id);
    return row != nullptr && row->role == Role::denominator &&
           std::any_of(row->cells.begin(), row->cells.end(),
                       [](const Cell& cell) { return cell.is_suppressed; });
  }

  Draft& draft_;
  std::int64_t below_;
  bool has_closed_ = false;  ///< something is hidden for the sake of a closed answer
};

}  // namespace

std::vector<CellRef> computable_cells(const Draft& draft) {
  std::map<CellRef, std::size_t> unknowns;
  std::vector<CellRef> cells;
  const auto unknown = [&](CellRef ref) {
    const auto [found, is_new] = unknowns.emplace(ref, cells.size());
    if (is_new) cells.push_back(ref);
    return found->second;
  };
  const auto is_hidden = [&](CellRef ref) {
    return draft.table.rows[ref.row].cells[ref.column].is_suppressed;
  };
  std::map<std::size_t, Equation> solved;  // by leading unknown, reduced
  for (const Relation& relation : draft.relations) {
    Equation equation;
    for (const CellRef& part : relation.parts)
      if (is_hidden(part)) equation[unknown(part)] = 1;
    if (relation.total && is_hidden(*relation.total))
      equation[unknown(*relation.total)] = kPrime - 1;
    while (!equation.empty()) {
      // Eliminate whatever is led by a known equation, from the first unknown on.
      auto lead = std::find_if(equation.begin(), equation.end(),
                               [&](const auto& term) { return solved.count(term.first) != 0; });
      if (lead == equation.end()) break;
      subtract(equation, solved.at(lead->first), lead->second);
    }
    if (equation.empty()) continue;
    const std::size_t lead = equation.begin()->first;
    const std::uint64_t scale = inverse(equation.begin()->second);
    for (auto& [index, coefficient] : equation) coefficient = coefficient * scale % kPrime;
    for (auto& [index, other] : solved)
      if (const auto term = other.find(lead); term != other.end())
        subtract(other, equation, std::uint64_t{term->second});
    solved.emplace(lead, std::move(equation));
  }
  std::vector<CellRef> computable;
  for (const auto& [lead, equation] : solved)
    if (equation.size() == 1) computable.push_back(cells[lead]);
  std::sort(computable.begin(), computable.end());
  return computable;
}

void suppress(Draft& draft, std::int64_t below) {
  if (draft.table.columns.empty()) return;
  Suppression(draft, below).run();
}

}  // namespace cosp
