/// What the narrative pieces of documents may say: the cycle's counts and dates, and a table's row
/// in figures.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/messages.hpp"
#include "generator/compilation.hpp"
#include "generator/table_text.hpp"
#include "model/table.hpp"

namespace cosp {

/// Those of every piece (docs/formats/documents.md, "Arguments"), names in the alphabetical order
/// of the language.
Arguments standard_arguments(const CompilationInput& input, std::string_view language);

/// Those of a document of one submitter, beside the standard ones.
Arguments submitter_arguments(const CompilationInput& input, const Contributor& contributor,
                              std::string_view language);

/// The figures of a row, under the ids of their columns (`.` and `-` written `_`), for
/// `paragraphs_by_row`.
struct RowArguments {
  Arguments arguments;
  std::set<std::string, std::less<>>
      suppressed;             ///< arguments that may not be told; they are not in `arguments`
  bool is_of_nobody = false;  ///< put to nobody, and that may be told
};
RowArguments row_arguments(const Table& table, const TableRow& row, TableText& words);

/// The word for a share of `whole` in the fixed bands: none, all, one; `number` where the whole is
/// under ten, which numbers tell better; else a_few (under 10 per cent), some (to 40), many (to
/// 70), most (to 90), almost_all.
std::string_view band_of(std::int64_t count, std::int64_t whole);

/// Codes of contributors of that population whose names may be shown: in public those that consent
/// to it.
std::vector<const Contributor*> named_contributors(const CompilationInput& input,
                                                   Population population);

/// Their names, in the alphabetical order of the language.
std::vector<std::string> names_of(const CompilationInput& input,
                                  const std::vector<const Contributor*>& contributors,
                                  std::string_view language);

/// The cycle's period, or those of its phases where they differ.
struct PhasePeriod {
  std::int64_t phase = 0;  ///< from 1, in the order of the cycle; 0: the same for all
  Period period;
};
std::vector<PhasePeriod> reporting_periods(const Cycle& cycle);

}  // namespace cosp
