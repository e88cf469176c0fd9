/// The content of a workbook as the JSON form of a submission, every value marked with its cell.
#pragma once

#include <cstdint>
#include <string>

#include "model/form.hpp"
#include "readers/marked_json.hpp"
#include "readers/workbook_content.hpp"
#include "readers/workbook_values.hpp"

namespace cosp {

/// Writes the submission; sets the position of each row that it writes. False when the text would
/// pass `most_bytes`: what stands in `json` is then of no use.
bool write_workbook_json(const Form& form, WorkbookCells& cells, WorkbookContent& content,
                         WorkbookLabels& labels, WorkbookValues& values, MarkedJson& json,
                         std::uint64_t most_bytes);

}  // namespace cosp
