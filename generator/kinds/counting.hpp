/// What kinds share: columns of non-answers, counting with provenance. For generator/kinds/ only.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "generator/kinds/kind.hpp"

namespace cosp {

/// The standings that are no value, in the order in which tables show them.
inline constexpr std::array<Standing, kStandingCount - 1> kNonAnswers = {
    Standing::not_applicable, Standing::not_available,      Standing::under_consideration,
    Standing::withheld,       Standing::reported_elsewhere, Standing::not_provided,
    Standing::not_published,  Standing::by_reservation,     Standing::outside_competence,
    Standing::not_asked,      Standing::outside_phase};

Role role_of(Standing standing);

/// `column.<id>` as heading.
TableColumn heading(std::string_view id, Role role);
TableColumn heading(Standing standing);
/// A column for an option of a list; `option` is a position.
TableColumn option_heading(const Form& form, std::uint32_t list, std::uint32_t option);
/// Reservations are the depositary's record, phases the Conference's: no secret of a State.
bool is_on_record(Standing standing);
/// A column for each of `kNonAnswers`; tells the first.
std::uint32_t add_non_answers(Draft& draft);

/// A row of count cells, all zero.
TableRow count_row(const Table& table, std::string id, Label label);
TableRow block_row(const Table& table, const Form& form, std::uint32_t block);

/// One more State in the cell.
void count_in(Cell& cell, const Source& like, const Member& member, bool is_open);
/// The State's answer stands behind the cell, which counts it already.
void trace_in(Cell& cell, const Source& like, const Member& member, bool is_open);

Source source_of(std::uint32_t question, Standing standing, std::uint32_t option = kNone);

bool is_offered(const Field& field, std::uint32_t option);

/// Within a row: values and non-answers make "asked"; with what is beside it, those who submitted.
void relate_row(Draft& draft, std::uint32_t row, std::uint32_t asked_column);

}  // namespace cosp
