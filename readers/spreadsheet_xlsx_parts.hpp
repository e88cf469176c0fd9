/// The small parts of an xlsx file: which sheets there are, where they lie, and which styles show
/// dates.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "readers/spreadsheet_builder.hpp"

namespace cosp {

struct XlsxRelationship {
  std::string id;
  std::string type;    ///< the last step of its name: "worksheet"
  std::string target;  ///< a part's name, resolved
};

struct XlsxSheet {
  std::string name;
  std::string relationship;
  bool is_hidden = false;
};

struct XlsxBook {
  std::vector<XlsxSheet> sheets;
  bool is_1904 = false;
};

enum class XlsxStyle : std::uint8_t { plain, date, percentage };

/// The relationships of a part ("" for the package). Targets outside the file are left out; one
/// that leads above the root is a fault.
std::optional<SpreadsheetFault> read_relationships(ZipReader& zip, std::string_view part,
                                                   const SpreadsheetLimits& limits,
                                                   const TimeBudget& budget,
                                                   std::vector<XlsxRelationship>& out);
std::optional<SpreadsheetFault> read_book(ZipReader& zip, std::string_view part,
                                          const SpreadsheetLimits& limits, const TimeBudget& budget,
                                          XlsxBook& out);
/// By position, as cells name them.
std::optional<SpreadsheetFault> read_styles(ZipReader& zip, std::string_view part,
                                            const SpreadsheetLimits& limits,
                                            const TimeBudget& budget, std::vector<XlsxStyle>& out);

/// What a number looks like by its format: "yyyy-mm-dd", "0.00%".
XlsxStyle style_of_format(std::string_view code);
/// "_x000A_" becomes a line feed; what stands for no character stays.
void decode_escapes(std::string& pool, std::size_t from);
/// "../media/x" seen from "xl/worksheets/sheet1.xml"; nothing above the root.
std::optional<std::string> resolve_target(std::string_view part, std::string_view target);

}  // namespace cosp
