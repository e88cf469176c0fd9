/// Tables as data for others' programs, and whose answers stand behind each figure
/// (docs/formats/open-data.md).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "generator/compilation.hpp"
#include "generator/output_file.hpp"
#include "model/table.hpp"

namespace cosp {

inline constexpr std::string_view kProvenancePath = "data/provenance.json";

/// A CSV of each table, all tables as JSON, and the provenance. Words are those of one language,
/// codes of none. In public, provenance names only States whose answer is public, and nothing
/// stands behind what is suppressed. Each file is handed over as soon as it is made. Errors: those
/// of the sink.
Result<void> make_open_data(const CompilationInput& input, std::span<const Table> tables,
                            std::string_view language, const OutputSink& sink);

}  // namespace cosp
